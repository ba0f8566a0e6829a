"""Positions that somebody takes by what he says: "there will be no truce", "the campaign would not be paused"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model.reading import Stance
from variorum.reading.parsed import Paragraph
from variorum.reading.positions.grammar import Taken, has_auxiliary, negated, own_subject, shared_subject
from variorum.reading.positions.idioms import verdict_of
from variorum.reading.positions.issues import action, clause, is_matter, phrase
from variorum.reading.positions.knowledge import verb_frames, words
from variorum.reading.positions.who import Who

BEFORE = frozenset({"nsubj", "nsubjpass", "expl", "aux"})


def positions_said(paragraph: Paragraph, who: Who, verb: Token, lemma: str, *, denies: bool) -> Iterator[Taken]:
    """The positions of whoever says the clause of ``verb``; none where no statement holds it.

    Args:
        paragraph: where the verb stands.
        who: the report's actors and statements.
        verb: a verb or auxiliary.
        lemma: its lemma in lower case.
        denies: whether anything in the paragraph is denied; it spares the search for refusals.
    """
    found = _refused(verb, lemma) if denies else None
    if found is not None and (subject := shared_subject(verb)) is not None and not _speaks_for(subject):
        holders = who.compatriots(paragraph.extent(verb), who.holders(paragraph, subject))
        for holder in holders:
            yield Taken(holder.extent, "against", found[1], subject.left_edge.i, found[1].end)
        return
    found = found or _none_to_be(verb, lemma) or _to_end(verb, lemma) or _right_to(verb, lemma) or _aim(verb, lemma)
    found = found or _judged(verb, lemma) or _should_be(verb, lemma) or _should_go(verb, lemma)
    if found is None:
        return
    stance, issue, head = found
    own = shared_subject(verb)
    by_name = who.named_by_verb(paragraph, own) if own is not None and own.lower_ == "it" else []
    for holder in by_name or who.speakers(paragraph, paragraph.extent(verb)):
        if holder.public or is_matter(head, public=False):
            start = min(issue.start, verb.i, *(c.left_edge.i for c in verb.children if c.dep_ in BEFORE))
            verdict = max((c.i for c in verb.children if c.dep_ in ("acomp", "attr")), default=verb.i)
            yield Taken(holder.extent, stance, issue, start, max(issue.end, verdict + 1))


Said = tuple[Stance, DocSpan, Token]


def _refused(verb: Token, lemma: str) -> Said | None:
    """ "the campaign would not be paused", "her country would never cede the island", "we will not accept"."""
    framed = any(not f.with_ or any(c.lower_ == f.with_ for c in verb.children) for f in verb_frames().get(lemma, ()))
    if framed or not any(c.dep_ == "neg" for c in verb.children):
        return None
    subject = shared_subject(verb)
    if subject is None or not has_auxiliary(verb, "refusing_modals"):
        return None
    if any(c.dep_ == "auxpass" for c in verb.children):
        return None if subject.pos_ == "PRON" else ("against", clause(verb, subject), subject)
    if lemma not in words("conceding"):
        return None
    return "against", action(verb), next((c for c in verb.children if c.dep_ == "dobj"), verb)


def _speaks_for(subject: Token) -> bool:
    """Whether whoever speaks means himself or his own side, or the thing that "will not be done"."""
    return (
        subject.lower_ in words("self_pronouns")
        or any(c.dep_ == "auxpass" for c in subject.head.children)
        or any(c.dep_ == "poss" and c.lower_ in words("own_side") for c in subject.children)
    )


def _judged(verb: Token, lemma: str) -> Said | None:
    """ "the sanctions were illegal", "any delay is unacceptable"."""
    if lemma != "be" or negated(verb):
        return None
    subject = own_subject(verb)
    verdict = next((c for c in verb.children if c.dep_ == "acomp"), None)
    verdict = verdict or next((c for c in verb.children if c.dep_ == "attr" and c.i > verb.i), None)
    stance = verdict_of(verdict) if verdict is not None else None
    if subject is None or stance is None:
        return None
    return (stance, phrase(subject), subject) if is_matter(subject, public=True, strict=True) else None


def _should_be(verb: Token, lemma: str) -> Said | None:
    """ "the treaty should be put to a referendum", "the hostages must be released", "the law must be scrapped"."""
    if verb.tag_ != "VBN" or not has_auxiliary(verb, "duties") or not any(c.dep_ == "auxpass" for c in verb.children):
        return None
    subject = own_subject(verb)
    if subject is None or not is_matter(subject, public=True, strict=True):
        return None
    if any(c.lower_ in words("negators") for c in subject.children):
        return None
    against = (lemma in words("undoing")) is not negated(verb)
    return ("against", phrase(subject), subject) if against else ("for", clause(verb, subject), subject)


def _should_go(verb: Token, lemma: str) -> Said | None:
    """ "the minister should resign", "the general must step down": against whoever it is."""
    if lemma not in words("resigning") or negated(verb) or not has_auxiliary(verb, "duties"):
        return None
    subject = own_subject(verb)
    if subject is None or subject.pos_ not in ("PROPN", "NOUN") or any(c.dep_ == "dobj" for c in verb.children):
        return None
    down = any(c.dep_ in ("prt", "advmod") and c.lower_ in ("down", "aside", "back") for c in verb.children)
    if lemma in ("step", "stand") and not down:
        return None
    if lemma == "go" and any(c.i > verb.i and not c.is_punct for c in verb.children):
        return None  # "the bill must go to the members"
    return "against", phrase(subject), subject


def _none_to_be(verb: Token, lemma: str) -> Said | None:
    """ "there will be no truce"."""
    if lemma != "be" or not any(c.dep_ == "expl" for c in verb.children) or not has_auxiliary(verb, "refusing_modals"):
        return None
    thing = next((c for c in verb.children if c.dep_ in ("attr", "nsubj")), None)
    if thing is None or not any(c.lower_ == "no" for c in thing.children) or not is_matter(thing, public=False):
        return None
    return "against", action(verb) if thing.i < verb.i else phrase(thing), thing


def _to_end(verb: Token, lemma: str) -> Said | None:
    """ "the war must end"."""
    if lemma not in words("endings") or negated(verb) or not has_auxiliary(verb, "duties"):
        return None
    subject = own_subject(verb)
    if subject is None or any(c.dep_ == "dobj" for c in verb.children) or not is_matter(subject, public=False):
        return None
    return "against", phrase(subject), subject


def _right_to(verb: Token, lemma: str) -> Said | None:
    """ "the islands have the right to govern themselves"."""
    if lemma != "have" or negated(verb):
        return None
    right = next((c for c in verb.children if c.dep_ == "dobj" and c.lower_ == "right"), None)
    subject = own_subject(verb)
    if right is None or subject is None or not any(c.tag_ == "VB" for c in right.children):
        return None
    return "for", clause(verb, subject), right


def _aim(verb: Token, lemma: str) -> Said | None:
    """ "how we can achieve a truce"."""
    if lemma not in words("achieving") or negated(verb):
        return None
    subject = own_subject(verb)
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if subject is None or thing is None or subject.lower_ not in words("speaking_for_oneself"):
        return None
    return ("for", phrase(thing), thing) if is_matter(thing, public=False) else None
