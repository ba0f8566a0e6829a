"""Agency deliveries: IPTC ninjs (JSON) and NewsML-G2 (XML).

ninjs: https://iptc.org/std/ninjs/ (1.x and 2.x differ in the names of the body fields; both are read).
NewsML-G2: https://iptc.org/std/NewsML-G2/ (newsItem, packages and newsMessages with inline XHTML, NITF or plain text).
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from lxml import etree

from variorum.errors import IntakeError
from variorum.intake.formats import Taken
from variorum.intake.formats.xml import parse_xml
from variorum.intake.objects import report_from_object

G2 = "{http://iptc.org/std/nar/2006-10-01/}"


def is_ninjs(given: Any) -> bool:
    """Whether parsed JSON is a ninjs item."""
    return isinstance(given, dict) and "uri" in given and any(key.startswith("body") for key in given)


def report_from_ninjs(given: dict[str, Any], *, where: str) -> Taken:
    """One ninjs item."""
    bodies = [body for body in given.get("bodies", ()) if isinstance(body, dict)]
    page = given.get("body_xhtml") or given.get("body_html")
    text = given.get("body_text")
    for body in bodies:  # 2.x: [{"role", "contentType", "value"}]
        if "html" in str(body.get("contentType") or body.get("contenttype") or ""):
            page = page or body.get("value")
        else:
            text = text or body.get("value")
    headlines = [entry.get("value") for entry in given.get("headlines", ()) if isinstance(entry, dict)]
    title = given.get("headline") or next(filter(None, headlines), None) or given.get("title")
    page = page or (_paragraphs(text) if isinstance(text, str) else None)
    advisory = given.get("ednote") or given.get("edNote")
    return _delivery(
        where,
        title=title,
        byline=given.get("byline"),
        page=page,
        outlet=given.get("copyrightholder") or given.get("copyrightHolder"),
        published=given.get("versioncreated") or given.get("versionCreated") or given.get("firstcreated"),
        url=given.get("uri"),
        advisory=advisory if isinstance(advisory, str) else None,
        language=given.get("language"),
        lacking="body_text, body_html, body_xhtml and bodies have no text",
    )


def is_newsml(content: bytes) -> bool:
    """Whether bytes look like NewsML-G2."""
    head = content[:4096]
    return b"iptc.org/std/nar" in head and b"<" in head


def reports_from_newsml(content: bytes, *, where: str) -> Iterator[Taken]:
    """The text items of a NewsML-G2 document, in its order."""
    try:
        root = parse_xml(content, where=where)
    except IntakeError as error:
        yield error
        return
    items = list(root.iter(f"{G2}newsItem"))
    if not items:
        yield IntakeError(where, "NewsML without a news item")
    for number, item in enumerate(items, 1):
        at = where if len(items) == 1 else f"{where}: item {number}"
        content_set = item.find(f"{G2}contentSet")
        inline = None if content_set is None else content_set.find(f"{G2}inlineXML")
        plain = None if content_set is None else content_set.find(f"{G2}inlineData")
        if inline is not None:
            page = "".join(etree.tostring(child, encoding="unicode", method="html") for child in inline)
        else:
            page = _paragraphs(plain.text or "") if plain is not None else ""
        meta = item.find(f"{G2}itemMeta")
        described = item.find(f"{G2}contentMeta")
        yield _delivery(
            at,
            title=_text(described, "headline") or _text(meta, "title"),
            byline=_text(described, "by"),
            page=page,
            outlet=_text(item.find(f"{G2}rightsInfo"), "copyrightHolder/name") or _text(meta, "provider/name"),
            published=_text(meta, "versionCreated") or _text(meta, "firstCreated"),
            url=item.get("guid"),
            advisory=_text(meta, "edNote"),
            language=item.get("{http://www.w3.org/XML/1998/namespace}lang"),
            lacking="its contentSet has no text",
        )


def _text(parent: etree._Element | None, path: str) -> str | None:
    if parent is None:
        return None
    found = parent.find("/".join(G2 + step for step in path.split("/")))
    words = " ".join("".join(found.itertext()).split()) if found is not None else ""
    return words or None


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n") if part.strip())


def _delivery(
    where: str,
    *,
    title: str | None,
    byline: str | None,
    page: str | None,
    outlet: str | None,
    published: str | None,
    url: str | None,
    advisory: str | None,
    language: str | None,
    lacking: str,
) -> Taken:
    if not page or not page.strip():
        return IntakeError(where, f"{lacking}; a headline alone is no report" if title else lacking)
    heading = f"<h1>{html.escape(title)}</h1>" if title else ""
    by = f'<p class="byline">{html.escape(byline)}</p>' if byline else ""
    lang = f' lang="{html.escape(language)}"' if language else ""
    document = f"<html{lang}><body><article>{heading}{by}{page}</article></body></html>"
    metadata = {"title": title, "outlet": outlet, "published": published, "url": url, "location": where}
    try:
        return report_from_object({**metadata, "html": document}, where=where, advisory=advisory)
    except IntakeError as error:
        return error
