"""A page's visible text in reading order: the stretches between its block elements, each with where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from lxml import etree, html

from variorum.intake.page_depth import flattened

LONGEST_PAGE = 64 * 2**20
"""Code points of a page that are parsed."""
MOST_BLOCKS = 100_000

_INVISIBLE = frozenset(
    ("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio",
    "video", "head", "title", "meta", "link", "base", "select", "option", "datalist", "textarea", "input", "map",
    "area", "progress", "meter", "param", "source", "track", "picture", "img", "frameset", "frame", "noframes",
    "applet", "colgroup", "col", "rp", "dialog")
)  # fmt: skip
_HOLDERS = frozenset(
    ("svg", "math", "object", "embed", "canvas", "audio", "video", "select", "map", "dialog", "picture")
)
"""Elements that show no text of an article, but hold all that follows where they are not closed."""
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "shape", "o:p", "amp-fit-text")
)  # fmt: skip
_APART = frozenset(("a", "span", "time", "label", "small", "cite", "address"))
"""Inline elements between which a small letter and a capital are two words: nobody writes one name in two of them."""
_HALF_A_NAME = re.compile(r"\b(?:Mc|Mac|De|Del|Di|Du|La|Le|Van|Fitz)$")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r") + b"\x7f"
_BLANKS = bytes(32 if c in _CONTROLS else c for c in range(256))
_LONGEST_TAG = 20_000
_LONG_TAG = re.compile(rb"<([A-Za-z][A-Za-z0-9:-]{0,40})\s[^<>]{%d,}(?:>|(?=<)|\Z)" % _LONGEST_TAG)
"""A tag with more attributes than any page has: the parser takes time that grows with their square."""
_ELEMENTS = etree.ElementDefaultClassLookup(element=html.HtmlElement)
"""lxml's own way asks a Python function for the class of each element each time that one is touched."""
_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u2002\u2003\u2009\u200a\u202f\u3000]+")
_EMPTY = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


@dataclass(slots=True)
class PageBlock:
    """One stretch of a page's text."""

    text: str
    element: Any
    """The block element that it stands in."""
    linked: int
    """Code points of it that stand in links."""
    emphasised: int
    """Code points of it in italics, bold or small print."""

    @property
    def tag(self) -> str:
        """Name of the block element."""
        return str(self.element.tag)

    @property
    def link_share(self) -> float:
        """Part of it that stands in links, 0 to 1."""
        return self.linked / max(1, len(self.text))


def parse_page(source: str) -> Any:
    """The page's tree, or None where it holds no element.

    Parsed as browsers do with broken markup: nothing raises. Scripts do not run and nothing is fetched.
    """
    content = source[:LONGEST_PAGE].encode("utf-8", "replace").translate(_BLANKS)
    opens = np.flatnonzero(np.frombuffer(content, dtype=np.uint8) == ord("<"))
    if np.diff(opens, append=len(content)).max(initial=0) > _LONGEST_TAG:
        content = _LONG_TAG.sub(rb"<\1>", content)
    tree, is_cut = _parsed(content)
    return _parsed(flattened(content), huge=True)[0] if is_cut else tree


def _parsed(content: bytes, *, huge: bool = False) -> tuple[Any, bool]:
    """The tree, and whether the parser gave up in the middle: it bears 256 elements one in another and 10 MB of words."""
    parser = html.HTMLParser(
        recover=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=huge
    )
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        tree = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = None
    last = parser.error_log.last_error
    return tree, last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT


def is_hidden(element: Any) -> bool:
    """Whether the markup itself hides an element."""
    get = element.get
    if get("hidden") is not None and get("hidden") != "until-found":
        return True
    style = get("style")
    return bool(style and _HIDDEN_STYLE.search(style))


class Paths:
    """Where elements stand in a page, as ``/html/body/div[2]/p[1]``; the time taken grows with the page only."""

    def __init__(self) -> None:
        self._of: dict[Any, str] = {}

    def of(self, element: Any) -> str:
        """The path of one element."""
        known = self._of
        found = known.get(element)
        if found is not None:
            return found
        chain = []
        at = element
        while at is not None and at not in known:
            chain.append(at)
            at = at.getparent()
        for link in reversed(chain):
            if link in known:
                continue
            parent = link.getparent()
            if parent is None:
                known[link] = f"/{link.tag}"
                continue
            above = known[parent]
            by_tag: dict[Any, list[Any]] = {}
            for child in parent:
                by_tag.setdefault(child.tag, []).append(child)
            for tag, children in by_tag.items():
                if len(children) == 1:
                    known[children[0]] = f"{above}/{tag}"
                else:
                    for number, child in enumerate(children, 1):
                        known[child] = f"{above}/{tag}[{number}]"
        return known[element]


def page_blocks(tree: Any) -> list[PageBlock]:
    """The visible text of a page in reading order, broken at block elements and at double line breaks."""
    body = tree.find("body")
    body = tree if body is None else body
    return list(_collect(body, _INVISIBLE)) or list(_collect(body, _INVISIBLE - _HOLDERS))


class _Gatherer:
    """Collects the pieces of text of one block at a time."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = 0
        self.emphasised = 0
        self.breaks = 0
        self.is_apart = False

    def part(self, tag: str) -> None:
        """Told where an inline element begins or ends: pages set names, jobs and times apart by their style alone."""
        if tag in _APART and self.parts and self.parts[-1][-1:].islower():
            self.is_apart = not _HALF_A_NAME.search(self.parts[-1])

    def add(self, words: str | None, in_link: bool, in_emphasis: bool) -> None:
        if not words or (not self.parts and words.isspace()):
            return
        if self.is_apart:
            if words[0].isupper() or words[0] == "@":
                self.parts.append(" ")
            self.is_apart = False
        self.parts.append(words)
        length = len(words.strip())
        if length:
            self.breaks = 0
            self.linked += length if in_link else 0
            self.emphasised += length if in_emphasis else 0

    def take(self, element: Any) -> PageBlock | None:
        """The block gathered so far, or None where it shows nothing."""
        if not self.parts:
            return None
        raw = "".join(self.parts)
        linked, emphasised = self.linked, self.emphasised
        self.parts, self.linked, self.emphasised, self.breaks, self.is_apart = [], 0, 0, 0, False
        lines = [_SPACE.sub(" ", line).strip() for line in raw.split("\v")]
        text = "\n".join(line for line in lines if line.strip(_EMPTY))
        if not text.strip(_EMPTY + " "):
            return None
        return PageBlock(text.strip(), element, min(linked, len(text)), min(emphasised, len(text)))


def _collect(body: Any, invisible: frozenset[str]) -> Iterator[PageBlock]:
    """Walks without recursion, so that no depth of nesting can overrun the stack."""
    gathered = _Gatherer()
    owner: list[Any] = [body]
    hidden: set[Any] = set()
    links = emphasis = count = 0
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end":
                gathered.add(element.tail, links > 0, emphasis > 0)
            continue
        if event == "start":
            if tag in invisible or is_hidden(element):
                walk.skip_subtree()
                hidden.add(element)
                continue
            if tag == "br":
                gathered.breaks += 1
                if gathered.breaks >= 2:
                    block = gathered.take(owner[-1])
                    if block:
                        count += 1
                        yield block
                else:
                    gathered.parts.append("\v")
            elif tag == "a":
                links += 1
            elif tag in ("em", "i", "small", "strong", "b"):
                emphasis += 1
            elif tag not in _INLINE:
                block = gathered.take(owner[-1])
                if block:
                    count += 1
                    yield block
                owner.append(element)
            gathered.part(tag)
            gathered.add(element.text, links > 0, emphasis > 0)
        else:
            is_out = element in hidden
            if not is_out:
                if tag == "a":
                    links -= 1
                elif tag in ("em", "i", "small", "strong", "b"):
                    emphasis -= 1
                elif tag not in _INLINE and tag != "br":
                    block = gathered.take(owner[-1])
                    if block:
                        count += 1
                        yield block
                    owner.pop()
                gathered.part(tag)
            if element is not body:
                if is_out and gathered.parts and tag not in ("img", "picture", "wbr"):
                    gathered.parts.append(" ")
                gathered.add(element.tail, links > 0, emphasis > 0)
        if count > MOST_BLOCKS:
            return
    block = gathered.take(owner[-1])
    if block:
        yield block
