"""Runs of capitalised words: which of them are a name, and of what kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from variorum.model.reading import NameKind
from variorum.reading.names.beside import (
    MOST_WORDS,
    behind_body,
    behind_office,
    count_words,
    holds_office,
    in_apposition,
    in_print,
    names_force,
    place_of,
)
from variorum.reading.names.tokens import POSSESSIVE, Words, name_words, verbs
from variorum.text.first_names import is_first_name
from variorum.text.places import lookup_place

_TAGGER_KINDS: dict[str, NameKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}
_NO_NAME = frozenset({"EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "LANGUAGE", "DATE", "TIME", "MONEY", "PERCENT"})
_NO_OPENING = frozenset({"ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NUM", "PRON", "SCONJ", "VERB", "PART"})
LONGEST_NAME = 12
"""Tokens; a longer run of capitals is a headline, not a name."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A name by the tokens of its paragraph."""

    first: int
    last: int
    kind: NameKind
    country: str | None = None
    sure: bool = True
    """False where only the tagger's label or a bare shape speaks for it."""


@dataclass(slots=True)
class Known:
    """Names that the report has given elsewhere."""

    persons: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Full names of persons, word by word, with how often each was seen."""
    parts: set[str] = field(default_factory=set)
    """Surnames and what may stand for one."""
    others: dict[str, tuple[NameKind, str | None]] = field(default_factory=dict)
    """One-word names of other kinds, and acronyms."""
    beside: set[tuple[str, str]] = field(default_factory=set)
    """Pairs of words that stand beside each other in personal names."""
    shorts: dict[str, str | None] = field(default_factory=dict)
    """First words of bodies' names that stand for the whole ("Ardent" of "Ardent Mining"), with the state."""
    capitals: set[tuple[str, ...]] = field(default_factory=set)
    """Full names, and surnames, in capitals."""
    titled: set[str] = field(default_factory=set)
    """Surnames that the report gives behind "Mr", "Dr" or "Colonel"."""

    def add_body(self, texts: list[str], country: str | None) -> None:
        """Remember by its first word a body whose name is a word of its own and words for its kind."""
        table = name_words()
        own, kind = texts[0], texts[1:]
        if not kind or any(text not in table.body_words for text in kind) or len(own) < 3:
            return
        if own in table.not_names | table.body_words | table.common_openers or own.isupper() or is_first_name(own):
            return
        self.shorts.setdefault(own, country)

    def add_person(self, texts: list[str]) -> None:
        """Remember a personal name."""
        whole = tuple(text for text in texts if text not in name_words().suffixes and text != ",")
        if not whole:
            return
        self.persons[whole] = self.persons.get(whole, 0) + 1
        self.parts.add(whole[-1])
        if len(whole) > 3 and whole[-2] == "-":
            self.persons.setdefault(whole[-3:], 0)  # a double surname is three tokens wherever it stands alone
        self.beside.update(pairwise(whole))
        self.capitals.update((tuple(text.upper() for text in whole), (whole[-1].upper(),)))
        if whole[-1].endswith(name_words().patronymics):
            self.parts.add(whole[0])  # Icelanders are called by their given names
        if len(whole) > 2 or not is_first_name(whole[0]):
            # "Xi Jinping" is called Xi, "Kim Jong Un" Kim, "Pedro Sánchez Castejón" Sánchez.
            self.parts.update(text for text in whole[:-1] if len(text) > 1 and not text.endswith("."))


# ---- runs of capitals ----------------------------------------


def shaped(words: Words, at: int) -> bool:
    """Whether a token has the shape of a name and nothing else is known of it."""
    if not 0 <= at < len(words):
        return False
    text = words.texts[at]
    if not text[0].isupper() and not (len(text) > 3 and text[1:2] in "’'-" and text[2].isupper()):
        return False
    if words.hit_at[at] >= 0 and words.hit_at[at] not in words.released:
        return False
    if words.office_at[at] >= 0 and not _office_inside_name(words, at):
        return False
    return any(c.isalpha() for c in text) and not any(c in "[](){}" for c in text)


def _office_inside_name(words: Words, at: int) -> bool:
    """Whether an office word is itself a name: Stephen King, Judge Reinhold, Dean Phillips, Martin Sheen's Major."""
    first, last, office = words.offices[words.office_at[at]]
    if last - first != 1 or office.rank == "title" or words.shouts:
        return False
    before = words.texts[at - 1] if at else ""
    initial = len(before) == 2 and before.endswith(".") and before[0].isupper()
    before_named = is_first_name(before) or (initial and at > 1 and is_first_name(words.texts[at - 2]))
    return before_named and words.labels[at] == "PERSON" == words.labels[at - 1]


def run_at(words: Words, at: int, taken: list[bool]) -> tuple[int, int] | None:
    """The run of name-shaped tokens that opens at a token."""
    table = name_words()
    if taken[at] or not shaped(words, at):
        particle = words.texts[at].lower() in ("al", "el") and at + 2 < len(words) and words.texts[at + 1] == "-"
        if not (particle and not taken[at] and words.texts[at + 2][0].isupper() and words.hit_at[at] < 0):
            return None
    last = at + 1
    while last < len(words) and last - at < LONGEST_NAME:
        if taken[last]:
            break
        text = words.texts[last]
        if shaped(words, last):
            if words.opens_sentence[last] and words.texts[last - 1] not in (".",) and not words.joined(last):
                break
            last += 1
        elif text == "-" and words.joined(last) and last + 1 < len(words) and words.joined(last + 1):
            if not _goes_on_after_hyphen(words, last + 1):
                break
            last += 2
        elif text == "." and words.joined(last) and len(words.texts[last - 1]) <= 2 and shaped(words, last + 1):
            last += 1
        elif text.lower() in table.particles and text.islower():
            stop = last + 1
            while stop < len(words) and stop - last < 4 and words.texts[stop].lower() in table.particles | {"-"}:
                stop += 1
            if not shaped(words, stop) or words.opens_sentence[stop]:
                break
            last = stop + 1
        elif text == "," and last + 1 < len(words) and words.texts[last + 1] in table.suffixes:
            last += 2
        else:
            break
    return at, last


_SYLLABLE = re.compile(r"[bcdfghjklmnpqrstwxyz]{0,2}[aeiouy]{1,3}(?:ng|n|m|k|l|p|h|r)?")
"""One syllable of a Chinese or Korean given name, as it is written after a hyphen ("Ching-te", "Jae-myung")."""


def _goes_on_after_hyphen(words: Words, at: int) -> bool:
    text = words.texts[at]
    if words.hit_at[at] >= 0 or text.lower() in name_words().run_by or not text[0].isalpha():
        return False
    if text[0].isupper() or words.texts[at - 2].lower() in ("al", "el"):
        return True
    return _SYLLABLE.fullmatch(text) is not None and at >= 3 and words.texts[at - 3][0].isupper()


def classify(words: Words, first: int, last: int, known: Known) -> Draft | None:
    """What a run of name-shaped tokens names, or None. Its ends may be moved."""
    table = name_words()
    while first < last and _no_opening(words, first, last, known):
        first += 1
    while last > first and (
        words.texts[last - 1] in ("-", ".", ",")
        or (words.texts[last - 1] in table.not_names and last - first > 1 and not names_force(words, last - 1))
    ):
        last -= 1
    if first >= last:
        return None
    behind = _behind_field(words, first, last)
    if behind:
        return _person(words, behind, last, known)
    body = _body(words, first, last)
    if body is not None and not (body.kind == "place" and behind_body(words, first)):
        return body
    if words.shouts:
        return _among_known(words, first, last, known)
    titled = _titled(words, first)
    size = last - first
    if not titled and in_print(words, first, last) and tuple(words.texts[first:last]) not in known.persons:
        return Draft(first, last, "organisation")
    if words.paragraph.block.kind in ("headline", "subheading") and size > 1:
        among = _whole_among(words, first, last, known)
        if among is not None:
            return among
    if size == 1 and words.texts[first] in table.not_names and not titled:
        return Draft(first, last, "group", None) if words.texts[first] in table.peoples else None
    votes = [words.labels[i] for i in range(first, last) if words.labels[i]]
    label = max(sorted(set(votes)), key=votes.count) if votes else ""
    if titled and size == 1 and words.texts[first] in table.body_words:
        return None  # "the Commander-in-Chief Forum" is an occasion, and "President House" nobody
    if titled and not words.texts[first].isupper():
        return _person(words, first, last, known)
    if label != "PERSON" and behind_body(words, first) and words.texts[first] not in known.parts:
        return Draft(first, last, "organisation")
    if size == 1 and label in ("ORG", "GPE", "") and holds_office(words, first):
        return _person(words, first, last, known)
    given = is_first_name(words.texts[first]) and words.texts[first].lower() not in table.particles
    if not (label == "PERSON" and given) and place_of(words, first):
        return Draft(first, last, "place", None, False)
    if label in ("ORG", "GPE", "LOC", "") and (in_apposition(words, first, last) or behind_office(words, first, last)):
        return _person(words, first, last, known)
    if size == 1:
        return _single(words, first, label, known)
    opening = words.texts[first]
    if label == "PERSON" or (is_first_name(opening) and label not in _NO_NAME | {"ORG", "GPE", "FAC", "LOC"}):
        return _person(words, first, last, known)
    text = words.text(first, last)
    if tuple(words.texts[first:last]) in known.persons:
        return _person(words, first, last, known)
    if words.texts[last - 1] in known.titled and _like_a_person(words, first, last):
        return _person(words, first, last, known)
    if is_first_name(opening) and _lives(words, first, last):
        return _person(words, first, last, known)
    if label in _NO_NAME:
        return None
    if label in ("ORG", "NORP") and is_first_name(opening) and _like_a_person(words, first, last):
        return _person(words, first, last, known)
    place = lookup_place(text)
    if label in ("GPE", "LOC", "FAC") or (place is not None and not label):
        return Draft(first, last, "place", place.country if place else None, label != "FAC")
    if label in _TAGGER_KINDS:
        return Draft(first, last, _TAGGER_KINDS[label], None, False)
    if _lives(words, first, last):
        return _person(words, first, last, known)
    return None


def _behind_field(words: Words, first: int, last: int) -> int:
    """Where the name starts in a run that opens with the field of an office ("Minister of Health Jane Roe"), or 0."""
    if first < 2 or words.texts[first - 1] not in ("of", "for") or is_first_name(words.texts[first]):
        return 0
    number = words.office_at[first - 2]
    if number < 0 or words.offices[number][2].rank == "title" or words.shouts:
        return 0
    sons = ("bin", "bint", "ibn", "binti")
    named = (
        at for at in range(first + 1, last - 1) if is_first_name(words.texts[at]) or words.texts[at + 1].lower() in sons
    )
    at = next(named, 0)
    return (
        at
        if at and count_words(words, at, last) <= MOST_WORDS and words.texts[last - 1] not in name_words().body_words
        else 0
    )


def _lives(words: Words, first: int, last: int) -> bool:
    """Whether a name is the subject of what only a person (or a body) does."""
    root = words.doc[last - 1]
    told = root.dep_ == "nsubj" and root.head.lemma_ in verbs("saying") | verbs("of_persons")
    return told and count_words(words, first, last) <= MOST_WORDS


def _like_a_person(words: Words, first: int, last: int) -> bool:
    """Whether a name that opens with a first name has nothing of a body's: no article, no word for a body or the press."""
    if count_words(words, first, last) > MOST_WORDS or (first and words.texts[first - 1].lower() in ("the", "a", "an")):
        return False
    rest = [text.replace("'", "").replace("’", "") for text in words.texts[first + 1 : last] if text != "-"]
    table = name_words()
    known = table.body_words | table.place_words | verbs("press_words")
    if any(words.hit_at[at] >= 0 for at in range(first + 1, last)):
        return False  # "Nazi Germany"
    return all(text[0].isupper() and text.isalpha() and not text.isupper() and text not in known for text in rest)


def _no_opening(words: Words, first: int, last: int, known: Known) -> bool:
    """Whether the first token of a run has its capital from the sentence, or is no part of a name anywhere."""
    text = words.texts[first]
    table = name_words()
    if text in ("-", ".", ","):
        return True
    if last - first > 1 and text in table.not_names and (words.opens_sentence[first] or text in table.never_first):
        return not _body_inside(words, first, last)
    if not words.opens_sentence[first] or words.shouts or text in known.parts or is_first_name(text):
        return False
    if text.lower().endswith("’s") or text.isupper():
        return False
    token = words.doc[first]
    return token.pos_ in _NO_OPENING and not words.labels[first]


def _body_inside(words: Words, first: int, last: int) -> bool:
    table = name_words()
    return (
        words.texts[last - 1] in table.body_words
        and words.texts[first] not in ("The", "Former")
        and not words.opens_sentence[first]
    )


def _titled(words: Words, first: int) -> bool:
    """Whether an office or title stands right before a token."""
    at = first - 1
    if at < 0:
        return False
    if words.texts[at] == "." and at > 0:
        at -= 1
    if words.office_at[at] < 0 or (
        words.opens_sentence[first] and words.texts[at] not in (".",) and words.texts[first - 1] in POSSESSIVE
    ):
        return False
    return words.offices[words.office_at[at]][1] in (first, first - 1)


def _person(words: Words, first: int, last: int, known: Known) -> Draft | None:
    table = name_words()
    if (
        words.texts[first] in table.particles
        and words.texts[first].islower()
        and words.texts[first] not in ("al", "el")
    ):
        first += 1
    for position in range(first + 1, last):
        text = words.texts[position]
        no_name = text in table.not_names and text not in table.also_names
        no_name = no_name and words.texts[position - 1] not in table.particles  # "bin Said"
        # A day ends a name; "Thu" inside one is a Vietnamese's.
        dated = words.labels[position] == "DATE" and not (text.isalpha() and text[0].isupper() and len(text) < 4)
        if dated or no_name or text in table.letters:
            last = position
            break
    if all(text in table.suffixes for text in words.texts[first:last]):
        return None
    return Draft(first, last, "person")


def _single(words: Words, at: int, label: str, known: Known) -> Draft | None:
    """A name of one word."""
    text = words.texts[at]
    if text in known.others:
        kind, country = known.others[text]
        return Draft(at, at + 1, kind, country)
    if text in known.parts:
        return Draft(at, at + 1, "person")
    if text in known.shorts:
        return Draft(at, at + 1, "organisation", known.shorts[text])
    if len(text) < 2 or text.endswith(".") or words.doc[at].like_num:
        return None
    if text.isupper() and 2 <= len(text) <= 6 and text.isalpha():
        return Draft(at, at + 1, "organisation", None, False) if label in ("ORG", "GPE", "NORP", "PERSON") else None
    place = lookup_place(text) if label in ("GPE", "LOC", "FAC", "") or _after_in(words, at) else None
    if place is not None and (label in ("GPE", "LOC", "FAC") or (_after_in(words, at) and place.population >= 100_000)):
        return Draft(at, at + 1, "place", place.country)
    if label in ("GPE", "LOC"):
        return Draft(at, at + 1, "place", None, False)
    if words.opens_sentence[at] and words.doc[at].pos_ != "PROPN":
        return None
    if label == "PERSON":
        return Draft(at, at + 1, "person", None, False)
    if label in ("ORG", "NORP"):
        return Draft(at, at + 1, _TAGGER_KINDS[label], None, False)
    return None


def _after_in(words: Words, at: int) -> bool:
    return at > 0 and words.texts[at - 1].lower() in ("in", "at", "near", "from", "outside", "around")


def _body(words: Words, first: int, last: int) -> Draft | None:
    """An organisation or place by a word of its name: "Institute for Arctic Studies", "Gaza City"."""
    table = name_words()
    texts = words.texts
    lead = texts[first]
    if lead in table.place_openers and last - first > 1 and not words.shouts:
        return Draft(first, last, "place")
    country: str | None = None
    start = first
    # A state's name or adjective right before the run belongs to it: "Israel Electric Corporation", "Gaza City".
    if (
        first
        and words.hit_at[first - 1] >= 0
        and not words.opens_sentence[first]
        and words.hit_at[first - 1] not in words.released
    ):
        number = words.hit_at[first - 1]
        entry = words.hits[number].entries[0]
        prefixes = entry.kind in ("state", "region") or (entry.kind == "body" and texts[last - 1] in table.body_words)
        if prefixes and words.hit_range(number)[1] == first:
            country = entry.country
            start = words.hit_range(number)[0]
    tail = texts[last - 1]
    office = words.office_at[last] if last < len(words) else -1
    if tail in table.place_words and last - start > 1 and not words.shouts:
        named = [i for i in range(start, last) if words.labels[i]]
        person = sum(words.labels[i] == "PERSON" for i in named) == last - start and is_first_name(texts[first])
        if not person:
            place = lookup_place(words.text(start, last))
            return Draft(start, last, "place", country or (place.country if place else None))
    stop = _of_tail(words, last) if tail in table.body_words or lead in table.body_words else last
    if tail in table.body_words and last - start == 1 and stop == last:
        return None
    if (tail in table.body_words and (last - start > 1 or stop > last)) or (lead in table.body_words and stop > last):
        if words.shouts and stop == last:
            return None
        if is_first_name(lead) and last - first == 2 and words.labels[first] == "PERSON" == words.labels[last - 1]:
            return None  # a person called House or Press
        government = tail in table.government_words or (lead in table.government_words and stop > last)
        for position in range(start, stop):
            hit = words.entry(position)
            country = country or (hit.country if hit else None)
        if stop > last or tail not in ("House", "Campaign") or office < 0:
            return Draft(start, stop, "government" if government else "organisation", country)
    return None


def _of_tail(words: Words, last: int) -> int:
    """The end of "of …" or "for …" behind the name of a body."""
    stop = last
    while stop + 1 < len(words) and stop - last < 10:
        step = stop
        if words.texts[step].lower() not in ("of", "for", "on", "and", "&") or words.joined(step):
            break
        if words.texts[step] == "and" and (stop == last or words.texts[step + 1].lower() == "the"):
            break  # "the Association of Nigeria and the …" are two
        step += 1
        if words.texts[step].lower() in ("the", "a"):
            step += 1
        begun = step
        while step < len(words) and words.texts[step][0].isupper() and words.texts[step][0].isalpha():
            if words.office_at[step] >= 0 or (words.texts[step] in name_words().not_names and step == begun):
                break
            step += 1
        if step == begun:
            break
        stop = step
    return stop


def _among_known(words: Words, first: int, last: int, known: Known) -> Draft | None:
    """A personal name in a line where capitals tell nothing: one given elsewhere, or one with a first name."""
    texts = words.texts
    for start in range(first, last):
        for size in range(min(4, last - start), 1, -1):
            if tuple(text.upper() for text in texts[start : start + size]) in known.capitals:
                return Draft(start, start + size, "person")
    for start in range(first, last):
        text = texts[start]
        known_part = text in known.parts or (words.upper and (text.upper(),) in known.capitals)
        if known_part and len(text) > 2:
            before = start > first and _given(words, start - 1)
            return Draft(start - 1 if before else start, start + 1, "person")
    for start in range(first, last - 1):
        if _given(words, start):
            return Draft(start, start + 2, "person", None, False)
    return None


def _whole_among(words: Words, first: int, last: int, known: Known) -> Draft | None:
    """A full name that the running text gives, in a headline's run of capitals ("Jane Roe Calls")."""
    for start in range(first, last):
        for stop in range(last, start + 1, -1):
            if known.persons.get(tuple(words.texts[start:stop])):
                return Draft(start, stop, "person")
    return None


def _given(words: Words, at: int) -> bool:
    """Whether a token is a first name that goes with the token after it, by the tagger too."""
    text = words.texts[at]
    both = words.labels[at] == "PERSON" == words.labels[at + 1]
    return both and is_first_name(text.title() if words.upper else text)
