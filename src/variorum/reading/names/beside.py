"""What stands beside a run of capitals and tells what it names: offices, nouns for bodies and for places."""

from __future__ import annotations

from variorum.reading.names.tokens import POSSESSIVE, Words, name_words, verbs
from variorum.text.places import lookup_place

MOST_WORDS = 3
"""Words of a personal name that only what stands around it tells to be one."""
REACH = 8
"""Tokens after a name within which the office that is set beside it stands."""


def count_words(words: Words, first: int, last: int) -> int:
    """Words of a run of tokens; those that a hyphen joins are one ("Holm-Jensen"), particles and articles none ("bin", "al")."""
    texts = words.texts[first:last]
    small = name_words().particles | name_words().articles
    return len(texts) - 2 * texts.count("-") - sum(text.lower() in small for text in texts[1:])


def in_print(words: Words, first: int, last: int) -> bool:
    """Whether a name is a newspaper's or a broadcaster's by what stands beside it: somebody told it something and it opens
    with an article of its language ("told Le Temps"), or a noun for the press follows ("the Nova daily")."""
    following = words.texts[last].lower() if last < len(words) else ""
    if following in verbs("press_nouns") and first and words.texts[first - 1].lower() in ("the", "s", "'s", "’s"):
        return True
    if last - first < 2 or first < 1 or words.texts[first] not in name_words().foreign_articles:
        return False
    if words.doc[last - 1].dep_ not in ("dobj", "dative", "pobj"):
        return False
    head = words.doc[last - 1].head
    told = head.lemma_ in verbs("saying")
    return told or (head.lower_ in ("to", "with", "by", "in") and head.head.lemma_ in verbs("telling_press"))


def names_force(words: Words, at: int) -> bool:
    """Whether the last word of a run is a body's kind and the parse has it end the name ("the National Police")."""
    token = words.doc[at]
    return token.text in name_words().body_words and token.pos_ == "PROPN" and token.tag_ == "NNP"


def behind_body(words: Words, first: int) -> bool:
    """Whether a noun for a body stands right before a name ("the aid agency Open Shore")."""
    if not first or words.opens_sentence[first] or words.texts[first - 1].lower() not in verbs("bodies"):
        return False
    head = words.doc[first].head
    return head.i < first or head.pos_ != "VERB" or head.dep_ != "relcl"


def holds_office(words: Words, at: int) -> bool:
    """Whether a name of one word stands between commas right behind an office: "the agency's chief, Sutrisno, said"."""
    if at < 2 or at + 1 >= len(words) or words.texts[at - 1] != "," or words.texts[at + 1] != ",":
        return False
    office = words.office_at[at - 2]
    if office < 0 or words.texts[at].isupper() or words.offices[office][2].rank == "title":
        return False
    if lookup_place(words.texts[at]) is not None:
        return False
    following = words.texts[at + 2].lower() if at + 2 < len(words) else ""
    return following not in ("and", "or")


def place_of(words: Words, first: int) -> bool:
    """Whether a noun for a kind of place brings a name with "of": "the port of …"."""
    return first > 1 and words.texts[first - 1] == "of" and words.texts[first - 2].lower() in name_words().place_of


def in_apposition(words: Words, first: int, last: int) -> bool:
    """Whether an office is set beside a name between commas: "…, Norway's fisheries minister, arrived". The parse must
    hang it on the name, or nothing but whose it is may stand between."""
    if count_words(words, first, last) > MOST_WORDS or last >= len(words) or words.texts[last] != ",":
        return False
    before = words.texts[first - 1].lower() if first and not words.opens_sentence[first] else ""
    if before in ("in", "at", "from", "near") or lookup_place(words.text(first, last)) is not None:
        return False
    for at in range(last + 1, min(last + REACH, len(words))):
        number = words.office_at[at]
        if number >= 0:
            start, stop, office = words.offices[number]
            head = words.doc[stop - 1]
            closed = stop < len(words) and words.texts[stop] in (",", ".", "of", "for", "to", "in")
            hangs = head.dep_ == "appos" and first <= head.head.i < last
            lower = words.texts[stop - 1].islower()
            return office.rank != "title" and closed and lower and (hangs or _only_whose(words, last + 1, start))
        if words.texts[at] in (",", ".", ";", ":") or words.doc[at].pos_ in ("VERB", "AUX", "ADP"):
            return False
    return False


def _only_whose(words: Words, first: int, last: int) -> bool:
    """Whether some words only say whose an office is: a state or body of the tables, with or without "'s"."""
    told = [at for at in range(first, last) if words.texts[at] not in POSSESSIVE]
    return bool(told) and all(words.hit_at[at] >= 0 for at in told)


def behind_office(words: Words, first: int, last: int) -> bool:
    """Whether a name of several words stands behind an office and the body or state that it is at ("ambassador to the
    EU …"), or behind an office and a comma ("its country director, …")."""
    if last - first < 2 or count_words(words, first, last) > MOST_WORDS or first < 2 or words.opens_sentence[first]:
        return False
    number = words.hit_at[first - 1]
    if number >= 0 and number not in words.released:
        if words.hits[number].entries[0].sense in _NO_SEAT_OF_OFFICE:
            return False
        at = words.hit_range(number)[0] - 1
        if at > 0 and words.texts[at].lower() == "the":
            at -= 1
        if at < 1 or words.texts[at].lower() not in name_words().office_at:
            return False
        office, ends = words.office_at[at - 1], True
    else:
        office = _office_before_comma(words, first, last)
        following = words.texts[last] if last < len(words) else "."
        ends = following[0] in ',.;”"' and lookup_place(words.text(first, last)) is None
    return office >= 0 and ends and words.offices[office][2].rank != "title"


_NO_SEAT_OF_OFFICE = frozenset({"adjective", "people", "region_adjective", "region_people"})


def _office_before_comma(words: Words, first: int, last: int) -> int:
    """The number of the office that a comma parts from a name, or -1: "its director, …", and with what it is an office
    of, where the parse sets the name beside it: "the mayor of the port, …"."""
    if words.texts[first - 1] != ",":
        return -1
    if words.office_at[first - 2] >= 0 or words.doc[last - 1].dep_ != "appos":
        return words.office_at[first - 2]
    for at in range(first - 2, max(first - 2 - REACH, -1), -1):
        if words.texts[at] in (",", ".", ";", ":") or words.doc[at].pos_ in ("VERB", "AUX"):
            return -1
        if words.office_at[at] >= 0:
            behind = words.texts[words.offices[words.office_at[at]][1]].lower()
            return words.office_at[at] if behind in name_words().office_at else -1
    return -1
