"""Names of persons, organisations, governments, groups and places, as they stand in the text.

The tagger alone is weak on the press's names, so its labels are one voice among several: tables of states, groups and
bodies, offices before a name, first names, and the shape of the words. Running text is read first; headlines and lines
in capitals, where shape tells nothing, are then read with the names that it gave.
"""

from __future__ import annotations

from variorum.model import Extent, Name
from variorum.reading.names.rules import read_paragraph
from variorum.reading.names.shape import Draft, Known, shaped
from variorum.reading.names.tokens import Words, look_at, name_words
from variorum.reading.parsed import Parsed


def find_names(parsed: Parsed) -> tuple[Name, ...]:
    """All names in the parsed blocks (captions included), in the order of the text, none over another."""
    seen = seen_words(parsed)
    known = Known(titled=_titled_names(seen))
    drafts: dict[int, list[Draft]] = {}
    order = sorted(range(len(seen)), key=lambda number: (_leans_on_others(seen[number]), number))
    for number in order:
        drafts[number] = read_paragraph(seen[number], known)
    names: list[Name] = []
    for number, words in enumerate(seen):
        late = _named_later(words, drafts[number], known)
        for draft in sorted((*_settled(words, drafts[number], known), *late), key=lambda d: d.first):
            extent = _cut(words, draft)
            names.append(
                Name(
                    name=extent.of(parsed.report.text),
                    kind=draft.kind,
                    country=draft.country,
                    start=extent.start,
                    end=extent.end,
                )
            )
    return tuple(names)


def _titled_names(seen: tuple[Words, ...]) -> set[str]:
    """The words right behind a title ("Mr. Roe") anywhere in the report."""
    found = set()
    for words in seen:
        for _, last, office in words.offices:
            if office.rank == "title" and not words.shouts:
                at = last + (last < len(words) and words.texts[last] == ".")
                following = at + 1 < len(words) and shaped(words, at + 1)
                if shaped(words, at) and not following:
                    found.add(words.texts[at])
    return found


def _leans_on_others(words: Words) -> bool:
    """Whether a paragraph is better read once the running text has given its names."""
    return words.shouts or words.paragraph.block.kind in ("headline", "subheading", "caption")


def seen_words(parsed: Parsed) -> tuple[Words, ...]:
    """The words of a report's paragraphs with what the tables say of them; kept with each parse."""
    seen = []
    for paragraph in parsed.paragraphs:
        kept = paragraph.doc.user_data
        if _KEPT not in kept:
            kept[_KEPT] = look_at(paragraph)
        seen.append(kept[_KEPT])
    return tuple(seen)


_KEPT = "variorum words"


def _cut(words: Words, draft: Draft) -> Extent:
    """Where a name stands: of "U.S.-based", which is one token, only the state."""
    extent = words.extent(draft.first, draft.last)
    number = words.hit_at[draft.last - 1]
    if number >= 0 and words.hit_range(number)[1] == draft.last:
        end = words.paragraph.offset + words.hits[number].extent.end
        if extent.start < end < extent.end:
            return Extent(extent.start, end)
    return extent


def _named_later(words: Words, drafts: list[Draft], known: Known) -> list[Draft]:
    """Surnames that stood alone before the paragraph that gives the full name was read."""
    taken = {at for draft in drafts for at in range(draft.first, draft.last)}
    found = []
    for at, text in enumerate(words.texts):
        if at in taken or text not in known.parts or len(text) < 3 or text in name_words().not_names:
            continue
        alone = not (shaped(words, at - 1) and at - 1 not in taken) and not shaped(words, at + 1)
        if alone and shaped(words, at) and words.doc[at].pos_ == "PROPN" and not words.shouts:
            found.append(Draft(at, at + 1, "person"))
    return found


def _settled(words: Words, drafts: list[Draft], known: Known) -> list[Draft]:
    """Drafts of a paragraph in the light of the whole report: a surname is a person's wherever the full name stands."""
    settled = []
    for draft in drafts:
        single = draft.last - draft.first == 1
        if single and not draft.sure and words.texts[draft.first] in known.parts:
            draft = Draft(draft.first, draft.last, "person")
        elif single and not draft.sure and draft.kind == "person" and words.texts[draft.first] in known.others:
            kind, country = known.others[words.texts[draft.first]]
            draft = Draft(draft.first, draft.last, kind, country)
        elif single and not draft.sure and draft.kind == "organisation" and _beside(words, draft, known):
            draft = Draft(draft.first, draft.last, *known.others[words.texts[draft.first]])
        elif single and not draft.sure and draft.kind != "person" and words.texts[draft.first] in known.shorts:
            draft = Draft(draft.first, draft.last, "organisation", known.shorts[words.texts[draft.first]])
        settled.append(draft)
    return settled


def _beside(words: Words, draft: Draft, known: Known) -> bool:
    """Whether a name that is a place's elsewhere only tells where something is from ("the Perth miner")."""
    beside = words.doc[draft.first].dep_ in ("compound", "nmod", "amod", "pobj")
    return beside and known.others.get(words.texts[draft.first], ("",))[0] == "place"
