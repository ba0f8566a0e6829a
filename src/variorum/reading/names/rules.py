"""Which words of a paragraph are a name, and of what kind."""

from __future__ import annotations

from variorum.model.reading import NameKind
from variorum.reading.names.shape import Draft, Known, classify, run_at, shaped
from variorum.reading.names.tokens import POSSESSIVE, Words, name_words, verbs
from variorum.text.first_names import is_first_name
from variorum.text.world import Entry, body_nouns, lookup_office

_NO_PERSONS = frozenset({"adjective", "people", "region_adjective", "region_people", "seat"})


def read_paragraph(words: Words, known: Known) -> list[Draft]:
    """The names of one paragraph, none over another. ``known`` is read and added to."""
    taken = [False] * len(words)
    found: list[Draft] = []

    def keep(draft: Draft | None) -> bool:
        if draft is None or any(taken[draft.first : draft.last]):
            return False
        for position in range(draft.first, draft.last):
            taken[position] = True
        found.append(draft)
        return True

    _release(words, known)
    for number in range(len(words.hits)):
        if number not in words.released:
            keep(_body_of_state(words, number))
    for body in _bodies_ending_in_state(words):
        keep(body)
    position = 0
    while position < len(words):
        run = run_at(words, position, taken)
        if run is None:
            position += 1
            continue
        first, last = run
        draft = classify(words, first, last, known)
        if keep(draft) and draft is not None and draft.kind == "person":
            known.add_person([words.texts[i] for i in range(draft.first, draft.last)])
        elif draft is not None and draft.kind == "organisation":
            known.add_body([words.texts[i] for i in range(draft.first, draft.last)], draft.country)
        elif draft is not None and draft.sure and draft.last - draft.first == 1 and draft.kind == "place":
            known.others.setdefault(words.texts[draft.first], (draft.kind, draft.country))
        position = max(last, position + 1)
    numbers = [number for number in range(len(words.hits)) if number not in words.released]
    for number in sorted(numbers, key=lambda n: (words.hits[n].entries[0].kind != "body", n)):
        keep(_hit(words, number))
    return sorted(found, key=lambda draft: (draft.first, draft.last))


# ---- names of the tables ----------------------------------------


def _release(words: Words, known: Known) -> None:
    """Lets go of places and bodies that are parts of a personal name: Michael Jordan, Minister Israel Katz."""
    for number, hit in enumerate(words.hits):
        entry = hit.entries[0]
        first, last = words.hit_range(number)
        if entry.sort == "party" and _of_longer_party(words, first, last):
            words.released.add(number)
            continue
        if last - first != 1 or not words.texts[first][:1].isupper() or "." in words.texts[first]:
            continue
        firm = entry.sense in _NO_PERSONS or entry.kind == "group"
        if firm and not (is_first_name(words.texts[first]) and words.labels[first] == "PERSON"):
            continue
        if words.texts[first].isupper() and not words.upper:
            continue
        if _part_of_person(words, first, known):
            words.released.add(number)


def _of_longer_party(words: Words, first: int, last: int) -> bool:
    """Whether a party of the tables is the end of another's name ("Peoples Democratic Party")."""
    if last - first < 2 or first < 1 or not shaped(words, first - 1) or words.shouts:
        return False
    before = words.texts[first - 1]
    opening = words.opens_sentence[first - 1] and words.doc[first - 1].pos_ not in ("PROPN", "ADJ", "NOUN")
    return not opening and before not in name_words().not_names and words.labels[first - 1] in ("ORG", "NORP", "")


def _part_of_person(words: Words, at: int, known: Known) -> bool:
    word = words.texts[at]
    before = words.texts[at - 1] if at else ""
    after = words.texts[at + 1] if at + 1 < len(words) else ""
    shaped_after = shaped(words, at + 1) and not words.joined(at + 1)
    shaped_before = shaped(words, at - 1) and not words.opens_sentence[at - 1] if at else False
    if (before, word) in known.beside or (word, after) in known.beside:
        return True
    if shaped_after and is_first_name(word) and after not in name_words().body_words | name_words().place_words:
        titled = at > 0 and words.office_at[at - 1] >= 0
        return titled or words.labels[at] == "PERSON" == words.labels[at + 1]
    if shaped_before and (is_first_name(before) or words.labels[at] == "PERSON" == words.labels[at - 1]):
        return after not in name_words().body_words and not (
            words.labels[at] in ("GPE", "NORP") and not is_first_name(before)
        )
    return at > 0 and words.office_at[at - 1] >= 0 and words.labels[at] == "PERSON" and words.texts[at - 1][0].isupper()


def _hit(words: Words, number: int) -> Draft | None:
    """A name of the tables that stands by itself."""
    entry = words.hits[number].entries[0]
    first, last = words.hit_range(number)
    text = words.text(first, last)
    if entry.sense in ("adjective", "region_adjective"):
        return None
    if entry.sort == "party" and words.doc[last - 1].pos_ == "ADJ":
        return None  # "a Republican senator"
    if words.upper and text.isupper() and len(text) <= 3 and words.labels[first] not in ("GPE", "ORG"):
        return None
    if entry.sense in ("people", "region_people"):
        nominal = words.doc[last - 1].pos_ in ("NOUN", "PROPN") or words.doc[last - 1].dep_ in (
            "nsubj",
            "pobj",
            "dobj",
            "nsubjpass",
        )
        adjective = any(e.sense in ("adjective", "region_adjective") for e in words.hits[number].entries)
        if adjective and not nominal:
            return None
        return Draft(first, last, "group", entry.country)
    if entry.kind == "state" and any(e.sense == "people" for e in words.hits[number].entries[:1]):
        return Draft(first, last, "group", entry.country)
    country = entry.country
    if entry.kind == "body" and country is None and first and words.hit_at[first - 1] >= 0:
        # "Philippine Coast Guard": before a body such as many states have, the state is part of its name.
        before = words.hit_at[first - 1]
        owner = words.hits[before].entries[0]
        if owner.kind == "state" and before not in words.released and owner.sense in ("name", "adjective"):
            first, country = words.hit_range(before)[0], owner.country
    return Draft(first, last, _kind_of(words, entry, first, last), country)


def _kind_of(words: Words, entry: Entry, first: int, last: int) -> NameKind:
    if entry.kind == "region":
        return "place"
    if entry.kind == "state":
        return "government" if entry.sense == "seat" or acts(words, first, last) else "place"
    return entry.sense  # type: ignore[return-value]


def acts(words: Words, first: int, last: int) -> bool:
    """Whether a state's name stands for those who act for it, and not for where something is."""
    token = words.doc[last - 1]
    dep, head = token.dep_, token.head
    while dep in ("conj", "appos") and head.head is not head:
        dep, head = head.dep_, head.head
    if dep in ("nsubj", "agent"):
        return head.lemma_ not in ("be", "lie", "have")
    if dep == "pobj":
        return head.lower_ in ("by", "with", "between", "against", "among", "upon", "toward", "towards") or (
            head.lower_ == "to" and head.head.lemma_ in verbs("turned_to")
        )
    if dep in ("dobj", "iobj", "dative"):
        return head.lemma_ in verbs("turned_to")
    return False


def _body_of_state(words: Words, number: int) -> Draft | None:
    """A body by a name of the tables and a common noun: "the Israeli military", "Hamas-run health ministry"."""
    entry = words.hits[number].entries[0]
    first, last = words.hit_range(number)
    texts, end = words.texts, len(words)
    if last < end and texts[last].lower().lstrip("-") in name_words().run_by and texts[last].startswith("-"):
        at, run_by = last + 1, True
    elif last + 1 < end and texts[last] in ("-", "–") and texts[last + 1].lower() in name_words().run_by:
        at, run_by = last + 2, True
    elif words.ends[last - 1] > words.hits[number].extent.end and "-" in texts[last - 1]:
        at, run_by = last, texts[last - 1].rsplit("-", 1)[1].lower() in name_words().run_by
        if not run_by:
            return None
    else:
        at, run_by = last, False
    if at < end and texts[at] in POSSESSIVE and not run_by:
        if entry.sense not in ("name", "region", "capital"):
            return None
        at += 1
    elif not run_by and entry.kind not in ("state", "region", "group"):
        return None
    found = _body_noun(words, at, 2 if entry.sense not in ("name", "capital") or at > last else 0)
    if found is None:
        of = _noun_of(words, first)
        if of is None or entry.sense not in ("name", "region"):
            return None
        return Draft(of[0], last, of[1], entry.country)
    noun_end, kind = found
    if entry.kind == "group" and not run_by:
        return None
    return Draft(first, noun_end, kind, entry.country)


def _bodies_ending_in_state(words: Words) -> list[Draft]:
    """Organisations whose names close with a state's ("Open Shore USA"), where the tagger sees one organisation."""
    found = []
    for entity in words.doc.ents:
        first, last = entity.start, entity.end
        number = words.hit_at[last - 1]
        if entity.label_ not in ("ORG", "PERSON") or last - first < 2 or number < 0 or number in words.released:
            continue
        entry = words.hits[number].entries[0]
        own = words.hit_range(number)[0]
        if entry.kind != "state" or entry.sense != "name" or own <= first or words.shouts:
            continue
        plain = all(shaped(words, at) for at in range(first, own)) and not words.opens_sentence[own]
        opening = words.texts[first] in name_words().common_openers | name_words().not_names
        kind = any(text in name_words().body_words for text in words.texts[first:own])
        if plain and not opening and (kind or entity.label_ == "ORG"):
            found.append(Draft(first, last, "organisation", entry.country))
    return found


def _body_noun(words: Words, at: int, skip: int) -> tuple[int, NameKind] | None:
    """The end of a common noun for a body that opens at a token, with up to ``skip`` other words before it."""
    nouns = body_nouns()
    for start in range(at, min(at + skip + 1, len(words))):
        if start > at and (words.doc[start - 1].pos_ not in ("ADJ", "NOUN", "PROPN") or words.hit_at[start - 1] >= 0):
            return None
        if words.hit_at[start] >= 0:
            return None
        for length in range(min(4, len(words) - start), 0, -1):
            kind = nouns.get(words.text(start, start + length).lower().replace("’", "'"))
            if kind == "people":
                return None
            if kind:
                stop = start + length
                office = words.office_at[stop - 1]
                if office >= 0 and words.offices[office][1] > stop:
                    return None  # "Israeli military spokesman"
                if stop < len(words) and words.doc[stop].dep_ != "punct" and words.doc[stop - 1].dep_ == "compound":
                    head = words.doc[stop - 1].head
                    if head.i >= stop and head.pos_ in ("NOUN", "PROPN") and not _is_role(head.lemma_.lower()):
                        return None  # "Israeli army bases" are no army
                return stop, kind  # type: ignore[return-value]
    return None


def _is_role(word: str) -> bool:
    return lookup_office(word) is not None or body_nouns().get(word) == "people"


def _noun_of(words: Words, first: int) -> tuple[int, NameKind] | None:
    """The start of "government of" before a state's name."""
    at = first - 1
    if at > 0 and words.texts[at].lower() == "the":
        at -= 1
    if at < 1 or words.texts[at].lower() != "of":
        return None
    for length in (4, 3, 2, 1):
        start = at - length
        if start >= 0:
            kind = body_nouns().get(words.text(start, at).lower())
            if kind in ("government", "organisation"):
                return start, kind  # type: ignore[return-value]
    return None
