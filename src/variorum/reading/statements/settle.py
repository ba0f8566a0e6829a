"""From what the search found to statements: kind, source, speaker, addressee, time and place of saying."""

from __future__ import annotations

import re
from itertools import chain

from variorum.model import Extent, ReportedActor, Statement
from variorum.model.reading import StatementKind
from variorum.reading.names.tokens import name_words, verbs
from variorum.reading.parsed import Parsed
from variorum.reading.statements.acts import act_of
from variorum.reading.statements.found import Found
from variorum.reading.statements.headlines import subject_before_comma
from variorum.reading.statements.lexicon import CueTable, cue_table
from variorum.reading.statements.parts import addressee_extent, cue_extent, owner_of, source_extent, source_head
from variorum.reading.statements.setting import setting
from variorum.reading.statements.speaking import speaker_of
from variorum.reading.statements.tree import Tree
from variorum.text.actor_index import ActorIndex

_BRACKETS = re.compile(r"[(\[].*")
_BESIDE = 6
"""Tokens from the cue of an aside within which its source stands."""


def settle(parsed: Parsed, found: list[Found], index: ActorIndex) -> tuple[Statement, ...]:
    """Statements with their sources resolved, in the order of the text."""
    table = cue_table()
    settled = (_settled(parsed, one, index, table) for one in found)
    return tuple(sorted(settled, key=lambda s: (s.content[0].start, s.content[-1].end, s.cue or (-1, -1))))


def _settled(parsed: Parsed, found: Found, index: ActorIndex, table: CueTable) -> Statement:
    tree, cue, text = found.tree, found.cue, parsed.report.text
    found.content = _behind_dateline(found.content, parsed)
    source = speaker = None
    head = _source_head(found) if found.said_by is None else None
    if found.said_by is not None:
        source = found.said_by
        speaker = _labelled(source, index, text)
    elif head is not None:
        source = source_extent(tree, head, cue, found.content)
        if found.frame == "according":
            source = _with_name(source, found.content[0], index, text)
        speaker = _speaker(tree, head, source, index, text)
    others = () if head is None or source is None else _co_speakers(tree, head, source, speaker, index, text)
    addressee = addressee_extent(tree, cue, found.content, table)
    if addressee is not None and source is not None and addressee.overlaps(source):
        addressee = None
    when = setting(tree, cue, found.content, parsed.report, index, table)
    return Statement(
        kind=_kind(found),
        content=tuple(found.content),
        source=source,
        cue=cue_extent(tree, cue),
        addressee=addressee,
        speaker=speaker,
        date=when.date,
        place=when.place,
        occasion=when.occasion,
        negated=tree.negated(cue),
        act=act_of(found, table),
        co_speakers=others,
    )


def _behind_dateline(content: list[Extent], parsed: Parsed) -> list[Extent]:
    """A content without the place and date that stand before the report's first sentence."""
    dateline = parsed.report.dateline
    first = content[0]
    if dateline is None or dateline.end <= first.start or dateline.start > first.start or first.end <= dateline.end:
        return content
    start = dateline.end
    text = parsed.report.text
    while start < first.end and not (text[start].isalnum() or text[start] in "\"“‘'«„$€£"):
        start += 1
    return [Extent(start, first.end), *content[1:]] if start < first.end else content


def _speaker(tree: Tree, head: int, source: Extent, index: ActorIndex, text: str) -> str:
    """The actor that a source stands for; a source that no actor is known for keeps its own words."""
    head = _before_letters(tree, head)
    actor = index.at(source, tree.extent(head, head))
    verb = tree.head[head]
    if actor is None and tree.relative(head) and tree.dep[verb] == "relcl":
        head = tree.head[verb]
        source = source_extent(tree, head, verb)
        actor = index.at(source, tree.extent(head, head))
    if actor is None or not actor.named:
        actor = _named_behind(source, index, text) or _named_beside(tree, head, source, index, text) or actor
    if actor is None or not actor.named:
        actor = _set_beside(tree, head, source, index) or actor
    if actor is None:
        actor = _titled(source, index, text)
    if actor is None or not actor.named:
        actor = _issuer(tree, head, index) or actor
    if actor is not None:
        return actor.name
    end = next(
        (tree.start[tree.left[i]] for i in tree.kids[head] if i > head and tree.dep[i] in {"relcl", "acl"}), source.end
    )
    words = text[source.start : max(min(end, source.end), tree.end[head])]
    return " ".join(words.split()).rstrip(",;:—– ") or source.of(text)


def _before_letters(tree: Tree, head: int) -> int:
    """The last word of a name for letters behind it that are no part of it ("Jane Roe KC")."""
    while head and tree.words[head] in name_words().letters and tree.words[head - 1][0].isupper():
        head -= 1
    return head


def _labelled(label: Extent, index: ActorIndex, text: str) -> str:
    """The actor of a transcript's label; "SEN. ROE" is the only Roe of the report."""
    actor = index.at(label)
    if actor is not None and actor.named:
        return actor.name
    words = _BRACKETS.sub("", label.of(text)).split(",")[0].casefold().split()
    same = [a for a in index.actors if a.named and a.kind == "person" and words and _surname(a.name) == words[-1]]
    if len(same) == 1:
        return same[0].name
    return actor.name if actor is not None else label.of(text)


def _surname(name: str) -> str:
    return name.casefold().split()[-1]


def _co_speakers(
    tree: Tree, head: int, source: Extent, speaker: str | None, index: ActorIndex, text: str
) -> tuple[str, ...]:
    """The further actors of a source that is a list: "Anna Berg, Luis Prado and the union said"."""
    found: dict[str, None] = {}
    waiting = [head]
    while waiting:
        for i in tree.children(waiting.pop(), "conj"):
            waiting.append(i)
            extent = tree.extent(i, i)
            actor = index.at(extent, extent) if source.covers(extent) and tree.pos[i] != "VERB" else None
            if actor is not None and actor.name != speaker:
                found[actor.name] = None
    return tuple(found) or _listed(source, speaker, index, text)


def _listed(source: Extent, speaker: str | None, index: ActorIndex, text: str) -> tuple[str, ...]:
    """The further actors of a source that is names and nothing else, parted by commas and "and", however it is parsed."""
    found: dict[str, None] = {}
    end = source.start
    for mention, actor in index.within(source):
        if mention.form not in ("name", "metonym") or mention.start < end:
            continue
        between = _WORDS.findall(text[end : mention.start].lower())
        if found and (not between or not _LINKS.issuperset(between)):
            return ()
        if not found and text[end : mention.start].strip() and not _LEADS.issuperset(between):
            return ()
        found[actor.name] = None
        end = mention.end
    whole = not text[end : source.end].strip(" ,;")
    return tuple(name for name in found if name != speaker) if whole and speaker in found else ()


_WORDS = re.compile(r"[\w'’]+|,|&")
_LINKS = frozenset({",", "and", "&", "the", "or", "nor", "both", "its", "as", "well", "along", "with"})
_LEADS = frozenset(
    {"the", "both", "neither", "presidents", "ministers", "senators", "governors", "representatives", "mps"}
)


def _set_beside(tree: Tree, head: int, source: Extent, index: ActorIndex) -> ReportedActor | None:
    """The person whose name the parse sets beside a source's head: "his wife, the senator's aide Jane Roe"."""
    for beside in tree.children(head, "appos"):
        beside = _before_letters(tree, beside)
        extent = tree.extent(beside, beside)
        actor = index.at(extent) if tree.pos[beside] == "PROPN" and source.covers(extent) else None
        if actor is not None and actor.named and actor.kind == "person":
            return actor
    return None


def _titled(source: Extent, index: ActorIndex, text: str) -> ReportedActor | None:
    """The person whose name opens a source, or stands behind an office in it, up to a comma or the end: "Norway's Foreign
    Minister Jane Roe, who …" where the parse heads the phrase with another word."""
    for mention, actor in index.within(source):
        if mention.form == "name" and actor.kind == "person":
            before, after = text[source.start : mention.start], text[mention.end : source.end]
            opens = not before.strip() or before.split()[-1][:1].isupper()
            return actor if opens and after.lstrip()[:1] in ("", ",", "(") else None
    return None


def _named_behind(source: Extent, index: ActorIndex, text: str) -> ReportedActor | None:
    """The person whose name closes a description: "the head of the rescue office, Jane Roe"."""
    for mention, actor in index.within(source):
        if mention.form == "name" and actor.kind == "person" and mention.end == source.end:
            return actor if text[source.start : mention.start].rstrip().endswith(",") else None
    return None


def _named_beside(tree: Tree, head: int, source: Extent, index: ActorIndex, text: str) -> ReportedActor | None:
    """The body whose name closes its description: "the rights group Open Shore"."""
    for mention, actor in index.within(source):
        if mention.form == "name" and actor.kind in {"organisation", "group"} and mention.end == source.end:
            return actor if not text[tree.end[head] : mention.start].strip() else None
    return None


def _with_name(source: Extent, content: Extent, index: ActorIndex, text: str) -> Extent:
    """A source with the name set beside it between commas: "the mayor, Jane Roe,"."""
    for mention, actor in index.within(Extent(source.end, max(source.end, content.start))):
        apart = text[source.end : mention.start].strip(), text[mention.end : content.start].strip()
        if mention.form == "name" and actor.kind == "person" and apart == (",", ","):
            return Extent(source.start, mention.end)
    return source


def _issuer(tree: Tree, head: int, index: ActorIndex) -> ReportedActor | None:
    """Who issued a document that speaks: "a statement by the ministry", "the ministry's statement", "a White House
    statement"."""
    if tree.lemma[head] not in cue_table().messages:
        return None
    owner = owner_of(tree, head)
    made = tree.child(head, "acl")
    issued = made is not None and tree.lemma[made] in verbs("issued")
    if owner is None and issued and made is not None and (agent := tree.child(made, "agent")) is not None:
        owner = tree.child(agent, "pobj")
    if owner is None:
        owner = tree.child(head, "compound", "nmod", "amod")
    if owner is None:
        return None
    return index.at(tree.extent(tree.left[owner], owner), tree.extent(owner, owner))


def _source_head(found: Found) -> int | None:
    """The source's head word; for a quotation never a word of the quotation itself."""
    tree, cue = found.tree, found.cue
    if found.frame.startswith("raised") and tree.lemma[cue] in {"seem", "appear"}:
        return None
    if found.region is not None:
        return speaker_of(found, found.region)
    head = source_head(tree, cue)
    if head is None and tree.heading:
        return subject_before_comma(tree, cue)
    if head is not None and tree.heading and ";" in tree.words[min(head, cue) : cue]:
        # A headline's semicolon parts two reports: “Bridge falls; workers missing, minister says”.
        return _beside_content(found, None)
    return _beside_content(found, head) if found.frame == "aside" else head


def _beside_content(found: Found, head: int | None) -> int | None:
    """The source of an aside: where the parse takes a word of the content for it, the noun next to the cue."""
    tree, cue = found.tree, found.cue
    if head is not None and not any(e.start <= tree.start[head] < e.end for e in found.content):
        return head
    for i in chain(range(cue - 1, max(cue - _BESIDE, -1), -1), range(cue + 1, min(cue + _BESIDE, tree.size))):
        if any(e.start <= tree.start[i] < e.end for e in found.content):
            continue
        if tree.pos[i] in {"PROPN", "NOUN", "PRON"}:
            return i
    return head


def _kind(found: Found) -> StatementKind:
    if not found.quotes:
        return "indirect"
    quoted = sum(q.end - q.start for q in found.quotes)
    return "direct" if quoted >= sum(p.end - p.start for p in found.content) - 2 else "mixed"
