"""When, where, about what, and whether at all: what surrounds an event that a word tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from variorum.model import Extent, Report
from variorum.model.reading import EventStatus
from variorum.reading.events import grammar as g
from variorum.reading.events.frames import is_negated, modality
from variorum.reading.events.lexicon import grammar_words
from variorum.reading.events.tellings import SAYING_MODES, Told
from variorum.reading.parsed import Paragraph
from variorum.text.actor_index import ActorIndex
from variorum.text.dates import Found, When, find_dates
from variorum.text.quotes import Quotation, find_quotations
from variorum.text.world import lookup

PLACE_PREPOSITIONS = ("in", "at", "near", "outside", "inside", "across", "into", "throughout", "through")
PARTS_OF_TOWNS = ("street", "centre", "center", "capital", "city", "town", "port", "outskirt", "suburb", "square")
NEAR = 600
"""Characters around an event's trigger in which its date is looked for."""
LONGEST_WEEKDAY = 9
"""Characters of the name of a weekday; longer dates say more than it."""
PRESENT_BE = ("is", "are", "'s", "'re", "am", "be")
LONGEST_ABOUT = 300
"""Characters of what an event is about; a longer stretch is a misparse."""


def anchor_of(report: Report) -> date | None:
    """The day that a report's relative dates are counted from, or None where it is not known."""
    if report.published is None:
        return None
    try:
        return date.fromisoformat(report.published.date[:10])
    except ValueError:  # a month or a year alone fixes no weekday
        return None


# ---- whether it happened ----------------------------------------


def status_of(told: Told) -> EventStatus | None:
    """Whether an event was held, is under way, planned, denied or called off; None where it is only imagined."""
    words = [*told.chain, told.trigger] if told.trigger not in told.chain else list(told.chain)
    outermost = words[0]
    if any(_imagined(w) for w in words if g.is_verb(w)):
        return None
    if any(w.lemma_ in grammar_words("called_off") for w in words if g.is_verb(w)) or _called_off(told.trigger):
        return "called off"
    # What is asked for may be not to do something; the asking is no less done.
    itself = words[:1] if told.mode in SAYING_MODES and g.is_verb(outermost) else words
    if told.type != "REJECT" and (any(is_negated(w) for w in itself if g.is_verb(w)) or _denied(outermost)):
        return "denied"
    if told.mode in SAYING_MODES and not told.planned and g.is_verb(outermost) and not _yet_to_come(outermost):
        return "under way" if _going_on([outermost]) else "held"
    if told.planned or _yet_to_come(told.trigger, told.type == "CONSULT") or _yet_to_come(outermost):
        return "planned"
    if _going_on(words):
        return "under way"
    return "held"


def _imagined(verb: Token) -> bool:
    """In a condition, or in a past that did not come about: "if they attack", "would have met"."""
    if any(c.dep_ in ("mark", "advmod") and c.lower_ in grammar_words("hypothetical") for c in verb.children):
        return True
    supposed = any(c.dep_ == "aux" and c.lower_ in grammar_words("modal_supposed") for c in verb.children)
    return _is_perfect(verb) and not supposed and bool(modality(verb) & {"conditional", "possible", "duty"})


def _is_perfect(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in ("have", "'ve") for c in verb.children)


def _called_off(noun: Token) -> bool:
    """ "cancelled a visit", "the summit was postponed"."""
    head = noun.head
    touched = noun.dep_ in ("dobj", "nsubjpass") and g.is_verb(head)
    if noun.dep_ == "acl" or not touched:
        return False
    by_particle = head.lemma_ == "call" and any(c.dep_ == "prt" and c.lower_ == "off" for c in head.children)
    return by_particle or head.lemma_ in grammar_words("called_off")


def _denied(word: Token) -> bool:
    """Under a verb of denying: "denied that it had attacked", "denied the attack"."""
    head = word.head
    if head == word or word.dep_ not in ("ccomp", "xcomp", "dobj", "pcomp", "pobj"):
        return False
    if head.dep_ == "prep":
        head = head.head
    return head.lemma_ in grammar_words("denying")


def _yet_to_come(word: Token, told_of_meeting: bool = False) -> bool:
    if g.is_verb(word):
        if word.dep_ in ("acl", "pcomp") and _noun_above(word) in grammar_words("unreal_nouns"):
            return True
        if modality(word) & {"future", "conditional", "possible", "duty"} and not _is_perfect(word):
            return True
        if word.dep_ in ("advcl", "acl", "relcl") and g.has_to(word):
            ranked = any(c.lower_ in ("first", "only", "last", "latest") for c in word.head.children)
            return word.head.dep_ != "attr" and not ranked  # "was the only state to vote", "the first to blow up" have
        if word.dep_ in ("xcomp", "ccomp") and g.has_to(word):
            return word.head.lemma_ in grammar_words("planned")
        if word.dep_ == "pcomp" and word.tag_ == "VBG" and g.is_verb(word.head.head):
            # "will visit Oslo before *flying* to Riga", "a drive aimed at *ending* the war"
            outer, before = word.head.head, word.head.lower_ in ("before", "until", "and")
            return outer.lemma_ in grammar_words("planned") or (before and _yet_to_come(outer))
        return False
    if any(c.lower_ in grammar_words("planned_adjectives") for c in word.children if c.dep_ in ("amod", "compound")):
        return True
    if word.dep_ == "pobj":
        prep = word.head
        before = prep.lower_ in ("before", "until") or (
            prep.lower_ == "of" and prep.head.lower_ in ("ahead", "advance")
        )
        return before or (prep.lower_ == "for" and prep.head.lemma_ in grammar_words("planned"))
    if word.dep_ in ("dobj", "nsubjpass", "nsubj") and g.is_verb(word.head):
        verb = word.head
        if verb.lemma_ == "announce" and not told_of_meeting:
            return False
        return verb.lemma_ in grammar_words("planned") or bool(modality(verb) & {"future", "conditional", "possible"})
    return False


def _noun_above(clause: Token) -> str:
    """The noun that a clause without a subject hangs on: "the *right* to strike back", "the *risk* of losing"."""
    node = clause.head.head if clause.dep_ == "pcomp" else clause.head
    return "" if g.is_verb(node) else str(node.lemma_).lower()


def _going_on(words: Sequence[Token]) -> bool:
    for word in words:
        if g.is_verb(word):
            progressive = word.tag_ == "VBG" and any(
                c.dep_ == "aux" and c.lower_ in ("is", "are", "'s", "'re", "been", "am") for c in word.children
            )
            if progressive or (word.lemma_ in grammar_words("under_way") and len(words) > 1):
                return True
        elif any(c.lower_ in ("ongoing", "continuing", "continued") for c in word.children):
            return True
    return False


# ---- when ----------------------------------------


class Calendar:
    """The dates of one paragraph, each with the word that it hangs on."""

    def __init__(self, paragraph: Paragraph, anchor: date | None) -> None:
        self._whole = not paragraph.in_article
        self._in_body = paragraph.block.kind == "body"
        self._anchor = anchor
        self._dates: list[tuple[Found, list[Token]]] = []
        doc = paragraph.doc
        for found in find_dates(doc.text, anchor):
            span = doc.char_span(found.extent.start, found.extent.end, alignment_mode="expand")
            if span is not None:
                self._dates.append((found, _path_up(span.root)))
        self._starts = [found.extent.start for found, _ in self._dates]

    def is_to_come(self, when: When, word: Token) -> bool:
        """Whether a verb in the present puts off to a later day: "flies to Oslo on Friday", "is meeting them today"."""
        present = word.tag_ in ("VBZ", "VBP") and not any(c.dep_ == "aux" for c in word.children)
        progressive = word.tag_ == "VBG" and any(c.dep_ == "aux" and c.lower_ in PRESENT_BE for c in word.children)
        if self._anchor is None or not (present or progressive):
            return False
        if self._in_body and self.coming(when) is not when:
            return True  # "flies to Oslo on Friday" is told before that Friday; headlines and captions tell the past so
        return when.date > self._anchor.isoformat()[: len(when.date)]

    def is_after(self, when: When) -> bool:
        """Whether a time lies wholly after the report's day."""
        return self._anchor is not None and when.date > self._anchor.isoformat()[: len(when.date)]

    def coming(self, when: When) -> When:
        """The day of something planned: of a bare weekday that was counted back, the next ("a strike for Thursday")."""
        if self._anchor is None or when.precision != "day":
            return when
        past = (self._anchor - date.fromisoformat(when.date)).days
        weekday = any(f.when == when and f.extent.end - f.extent.start <= LONGEST_WEEKDAY for f, _ in self._dates)
        if not (weekday and 0 < past < 7):
            return when
        day = date.fromisoformat(when.date) + timedelta(days=7)
        return replace(when, date=day.isoformat())

    def is_past(self, when: When) -> bool:
        """Whether a time lies wholly before the report's day."""
        return self._anchor is not None and when.last < self._anchor

    def on(self, word: Token) -> When | None:
        """The first date that hangs on a word."""
        sentence = word.sent
        low, high = max(sentence.start_char, word.idx - NEAR), min(sentence.end_char, word.idx + NEAR)
        near = self._dates[bisect_left(self._starts, low) : bisect_left(self._starts, high)]
        return next((found.when for found, path in near if word in path), None)

    def of(self, told: Told) -> When | None:
        """The date of an event: the nearest that hangs on its trigger or on a word that tells it."""
        sentence = told.trigger.sent
        first = max(sentence.start_char, told.trigger.idx - NEAR)
        last = min(sentence.end_char, told.trigger.idx + NEAR)
        near = self._dates[bisect_left(self._starts, first) : bisect_left(self._starts, last)]
        tellers = [told.trigger, *told.chain, *_carriers(told.trigger)]
        ranked = []
        for found, path in near:
            steps = next((n for n, word in enumerate(path) if word in tellers), None)
            if steps is not None:
                if told.type == "CONSULT" and _behind(told.trigger.doc, found, "since"):
                    continue  # "the first visit since 2019" is a later one
                if told.type == "AGREE" and _behind(told.trigger.doc, found, "from", "until", "till", "by"):
                    continue  # "agreed to reopen the border from May" was agreed before
                ranked.append((steps, abs(found.extent.start - told.trigger.idx), found))
        if ranked:
            best = min(ranked, key=lambda r: r[:2])[2]
            return self._with_year(best, [found for _, _, found in ranked])
        for word in tellers:
            if (
                _has_where(word) and _journey_over(word) is not None
            ):  # the day of the journey is that of what was done there
                return next((f.when for f, _ in near if f.extent.start <= word.head.idx < f.extent.end), None)
        if self._whole and len(near) == 1:
            return near[0][0].when  # a caption tells one scene, and its parse seldom holds
        return None

    def _with_year(self, best: Found, others: Sequence[Found]) -> When:
        """A month or day and the year told beside it are one date: "in November last year"."""
        for a in (best, *others):
            for b in (best, *others):
                gap = b.extent.start - a.extent.end
                if best in (a, b) and gap in (1, 2) and len(b.when.date) == 4 < len(a.when.date):
                    return a.when if a.when.date.startswith(b.when.date) else b.when
        return best.when


def _behind(doc: Doc, found: Found, *words: str) -> bool:
    """Whether a date begins with one of some words or stands behind it: "since 2019", "since last May"."""
    span = doc.char_span(found.extent.start, found.extent.end, alignment_mode="expand")
    if span is None:
        return False
    return span[0].lower_ in words or (span.start > 0 and doc[span.start - 1].lower_ in words)


def _path_up(token: Token) -> list[Token]:
    """The words that a date hangs on, the nearest first, up to and with the first clause's verb or event noun."""
    path = []
    for _ in range(8):
        if token.head == token:
            break
        token = token.head
        path.append(token)
        if g.is_verb(token):
            break
    return path


def _carriers(noun: Token) -> list[Token]:
    """The verb that a noun's event is told with, as its subject or object: "the *talks* began on Monday"."""
    if noun.dep_ in ("dobj", "nsubj", "nsubjpass", "attr") and g.is_verb(noun.head):
        return [noun.head]
    return []


# ---- where ----------------------------------------


def dateline_place(report: Report) -> Extent | None:
    """The words of a report's dateline for the place that its "here" means; None where it has none."""
    dateline = report.dateline
    if dateline is None or dateline.place is None:
        return None
    found = re.search(re.escape(dateline.place), report.text[dateline.start : dateline.end], re.IGNORECASE)
    return Extent(dateline.start + found.start(), dateline.start + found.end()) if found else None


def is_here(word: Token) -> bool:
    """Whether a word is the reporter's own "here", and not that of somebody who is quoted."""
    if word.lower_ != "here" or word.dep_ not in ("advmod", "pcomp", "pobj"):
        return False
    return not any(q.start <= word.idx < q.end for q in _quotations(word.doc.text) if not q.single)


@lru_cache(maxsize=8)  # one paragraph may say "here" many times
def _quotations(text: str) -> tuple[Quotation, ...]:
    return find_quotations(text)


def _is_told_here(told: Told) -> bool:
    """Whether something was done "here", by an adverb of what tells it: "met *here* on Tuesday"."""
    tellers = (told.trigger, *told.chain, *_carriers(told.trigger))
    return any(
        is_here(c) for word in tellers for c in (*word.children, *(d for o in g.objects(word) for d in o.children))
    )


def place_of(told: Told, paragraph: Paragraph, index: ActorIndex, here: Extent | None = None) -> Extent | None:
    """The words for where an event took place, or None; ``here`` are those that "here" stands for."""
    if told.type in ("CONSULT", "AGREE") and told.mode in ("visit", "arrival"):
        for head in told.recipients:
            if is_place(head, paragraph, index) and head.head.lower_ != "from":
                return paragraph.extent(g.phrase(head))
    starts = [told.trigger, *reversed(told.chain), *_carriers(told.trigger), *told.recipients[:1], *told.actors[:1]]
    seen = set()
    for start in starts:
        if start.i in seen:
            continue
        seen.add(start.i)
        for name, head in g.prepositional(start, 3 if told.type == "CONSULT" else 2):
            of_town = name == "of" and head.head.head.lemma_.lower() in PARTS_OF_TOWNS
            if _is_topic(head.head.head, told):
                continue
            if (name in PLACE_PREPOSITIONS or of_town) and is_place(head, paragraph, index):
                return paragraph.extent(g.phrase(head))
    if here is not None and _is_told_here(told):
        return here
    return _where(told, paragraph, index) or _destination(told, paragraph, index)


def _destination(told: Told, paragraph: Paragraph, index: ActorIndex) -> Extent | None:
    """Where somebody went who went to meet: "flew to *Oslo* for talks"."""
    noun = told.trigger
    over = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "for" else None
    if told.type != "CONSULT" or over is None or over.lemma_.lower() not in grammar_words("going"):
        return None
    heads = [head for name, head in g.prepositional(over, 1) if name in ("to", "in", "at")]
    return next((paragraph.extent(g.phrase(h)) for h in heads if is_place(h, paragraph, index)), None)


def _is_topic(noun: Token, told: Told) -> bool:
    """Whether a noun is what is talked about: of "discussed the war in Chad" Chad is no meeting place."""
    if told.type != "CONSULT" or g.is_verb(noun) or noun == told.trigger or noun in told.chain:
        return False
    if noun.dep_ in ("dobj", "nsubjpass"):
        return noun.head.lemma_ in ("discuss", "address", "raise", "consider", "review")
    return noun.dep_ == "pobj" and noun.head.lower_ in ("on", "over", "about", "of", "regarding", "concerning")


def _where(told: Told, paragraph: Paragraph, index: ActorIndex) -> Extent | None:
    """What a relative clause of place hangs on: "in *Oslo*, where they held talks"."""
    for word in (told.trigger, *told.chain, *_carriers(told.trigger)):
        if _has_where(word):
            heads = [word.head]
            over = _journey_over(word)
            if over is not None:
                heads = [
                    h for names in (("to",), ("in", "at")) for name, h in g.prepositional(over, 1) if name in names
                ]
            return next((paragraph.extent(g.phrase(h)) for h in heads if is_place(h, paragraph, index)), None)
    return None


def _has_where(clause: Token) -> bool:
    return clause.dep_ == "relcl" and any(c.lower_ == "where" for c in clause.children)


def _journey_over(clause: Token) -> Token | None:
    """The verb of going whose day a clause with "where" was hung on: "*flew* to Oslo on Monday, where they met"."""
    if not g.is_time(clause.head):
        return None
    over = clause.head.head.head if clause.head.dep_ == "pobj" else clause.head.head
    return over if g.is_verb(over) else None


def is_place(head: Token, paragraph: Paragraph, index: ActorIndex) -> bool:
    """Whether a noun phrase names a place."""
    actor = index.at(paragraph.extent(head))
    if actor is not None and actor.kind == "place":
        return True
    if head.ent_type_ in ("GPE", "LOC", "FAC"):
        return True
    if head.pos_ != "PROPN":
        return False
    entity = g.entity_of(head)
    words = entity.text if entity is not None else head.text
    return any(entry.kind in ("state", "region") for entry in lookup(words))


# ---- about what ----------------------------------------


def about_of(told: Told, paragraph: Paragraph) -> Extent | None:
    """What an event is about: a talk's subject, what is pledged, demanded or refused. None if not said."""
    verb = told.chain[0] if told.chain else told.trigger
    span: DocSpan | None = None
    if told.type == "CONSULT":
        span = _topic(told)
    else:
        clause = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "acl") and g.is_verb(c)), None)
        if clause is not None:
            span = _clause(clause)
        elif g.is_verb(verb) and told.type in ("AGREE", "REQUEST", "REJECT", "SUPPORT", "AID", "ACCUSE", "CONCEDE"):
            things = g.objects(verb)
            span = g.phrase(things[0]) if things and things[0].pos_ != "PRON" else _topic(told)
    if span is None or not span.text.strip() or len(span.text) > LONGEST_ABOUT:
        return None
    return paragraph.extent(span)


def _topic(told: Told) -> DocSpan | None:
    for word in (told.trigger, *told.chain):
        if g.is_verb(word) and word.lemma_ == "discuss":
            things = g.objects(word)
            if things:
                return g.phrase(things[0])
        for name, head in g.prepositional(word):
            if name in ("on", "over", "about", "regarding", "concerning") and not g.is_time(head):
                return g.phrase(head)
    return None


def _clause(verb: Token) -> DocSpan:
    """A clause without what introduces it ("that", "to") and without the marks at its ends."""
    doc = verb.doc
    start, end = verb.left_edge.i, verb.right_edge.i + 1
    while start < end - 1 and (doc[start].is_punct or doc[start].dep_ == "mark" or doc[start].lower_ == "to"):
        start += 1
    while end - 1 > start and doc[end - 1].is_punct:
        end -= 1
    return doc[start:end]
