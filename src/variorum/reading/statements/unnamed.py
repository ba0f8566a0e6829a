"""Sources without a name that no table made an actor: each becomes one of the report, in the report's own words."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from operator import attrgetter

from spacy.tokens import Token

from variorum.model import Extent, Mention, ReportedActor, Statement
from variorum.model.reading import NameKind
from variorum.reading.names.tokens import verbs
from variorum.reading.parsed import Parsed
from variorum.text.world import body_nouns

_SAID = frozenset({"said", "vouched"})


def with_speakers(
    parsed: Parsed, actors: tuple[ReportedActor, ...], statements: tuple[Statement, ...]
) -> tuple[ReportedActor, ...]:
    """The actors of a report and behind them those speakers of its statements who were none: "Police put the crowd at …",
    "a draft seen by the agency says". Things that nobody issued or wrote are none.

    Args:
        parsed: the report.
        actors: those that are known.
        statements: its statements, with their speakers.
    """
    known = {actor.name: actor for actor in actors}
    for statement in statements:
        source, speaker = statement.source, statement.speaker
        if source is None or speaker is None or statement.act not in _SAID:
            continue
        old = known.get(speaker)
        if old is not None and (old.named or old in actors):
            continue
        kind = _kind_of_source(parsed, source)
        if kind is None:
            continue
        mention = Mention(start=source.start, end=min(source.end, source.start + len(speaker)), form="role")
        mentions = old.mentions if old is not None else ()
        if mention not in mentions:
            actor = old or ReportedActor(name=speaker, kind=kind, named=False)
            known[speaker] = replace(actor, mentions=(*mentions, mention))
    return tuple(known.values())


def _kind_of_source(parsed: Parsed, source: Extent) -> NameKind | None:
    """What kind of actor the words for a source may be; None where they are nobody's, or stand in a heading."""
    at = bisect_right(parsed.paragraphs, source.start, key=attrgetter("offset")) - 1
    if at < 0 or parsed.paragraphs[at].block.kind in ("headline", "subheading"):
        return None
    span = parsed.paragraphs[at].span(source)
    head: Token | None = span.root if span is not None else None
    if head is None or head.pos_ not in ("NOUN", "PROPN"):
        return None
    noun, lemma = head.lower_, head.lemma_.lower()
    if noun in verbs("crowds") or (lemma in verbs("persons") and head.tag_ in ("NNS", "NNPS")):
        return "group"
    if lemma in verbs("persons"):
        return "person"
    if lemma in verbs("papers") | verbs("documents") | verbs("filed"):
        return "group"
    if noun in body_nouns() or lemma in verbs("bodies"):
        return "government" if body_nouns().get(noun) == "government" else "organisation"
    return None
