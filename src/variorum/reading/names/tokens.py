"""One paragraph as the finding of names sees it: its words, and what the tables and the tagger say of each."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc

from variorum.model import Extent
from variorum.reading.parsed import Paragraph
from variorum.text.tables import load_toml
from variorum.text.world import Entry, Hit, Office, find_offices, find_world, lookup_office

POSSESSIVE = frozenset({"'s", "’s", "'", "’", "'S", "’S"})

CAPITALS_SHARE = 0.65
"""Share of capitalised words above which capitals tell nothing: title-case headlines, lines in capitals."""
CAPITALS_SHARE_OF_SENTENCE = 0.85
"""The same for a line that ends as a sentence does; those that list many names come near to it."""

LONGEST_SMALL = 5
"""Letters of the longest words that stand without a capital in titles ("about", "under")."""


@dataclass(frozen=True)
class NameWords:
    """The words of ``data/en/names.toml``."""

    particles: frozenset[str]
    suffixes: frozenset[str]
    letters: frozenset[str]
    articles: frozenset[str]
    foreign_articles: frozenset[str]
    patronymics: tuple[str, ...]
    body_words: frozenset[str]
    government_words: frozenset[str]
    place_words: frozenset[str]
    not_names: frozenset[str]
    peoples: frozenset[str]
    run_by: frozenset[str]
    also_names: frozenset[str]
    never_first: frozenset[str]
    place_openers: frozenset[str]
    place_of: frozenset[str]
    office_at: frozenset[str]
    common_openers: frozenset[str]


@cache
def name_words() -> NameWords:
    """The table, loaded once; body words also in capitals."""
    data = load_toml("en/names.toml")
    sets = {key: frozenset(words) for key, words in data.items() if key != "patronymics"}
    return NameWords(patronymics=tuple(data["patronymics"]), **sets)


@cache
def verbs(sort: str) -> frozenset[str]:
    """Lemmas of verbs of one sort of ``data/en/persons.toml`` ("saying", "turned_to")."""
    return frozenset(load_toml("en/persons.toml")[sort])


@dataclass(slots=True)
class Words:
    """The words of a paragraph. Positions are token numbers, offsets are those of the paragraph's text."""

    paragraph: Paragraph
    doc: Doc
    string: str
    """The paragraph's text; a parse makes its own anew each time it is asked."""
    texts: list[str]
    starts: list[int]
    ends: list[int]
    labels: list[str]
    """The tagger's label of each token, "" where it has none."""
    opens_sentence: list[bool]
    hits: list[Hit]
    hit_at: list[int]
    """For each token the number of the hit that touches it, or -1."""
    offices: list[tuple[int, int, Office]]
    """First token, one past the last token, office."""
    office_at: list[int]
    shouts: bool
    """Whether capitals tell nothing in this paragraph."""
    upper: bool
    """Whether nearly all letters are capitals."""
    released: set[int] = field(default_factory=set)
    """Hits that are parts of personal names after all."""

    def __len__(self) -> int:
        return len(self.texts)

    def entry(self, position: int) -> Entry | None:
        """What the tables say of a token, likeliest sense."""
        number = self.hit_at[position]
        return self.hits[number].entries[0] if number >= 0 and number not in self.released else None

    def hit_range(self, number: int) -> tuple[int, int]:
        """First token and one past the last token of a hit."""
        start, end = self.hits[number].extent
        first = self.token_at(start)
        last = first
        while last < len(self.texts) and self.starts[last] < end:
            last += 1
        return first, last

    def token_at(self, offset: int) -> int:
        """The token that holds a code point of the paragraph."""
        place = bisect_left(self.ends, offset + 1)
        return min(place, len(self.ends) - 1)

    def extent(self, first: int, last: int) -> Extent:
        """Where tokens stand in the report."""
        base = self.paragraph.offset
        return Extent(base + self.starts[first], base + self.ends[last - 1])

    def text(self, first: int, last: int) -> str:
        """The characters of some tokens."""
        return self.string[self.starts[first] : self.ends[last - 1]]

    def joined(self, position: int) -> bool:
        """Whether a token follows the one before it without a space."""
        return position > 0 and self.starts[position] == self.ends[position - 1]


def look_at(paragraph: Paragraph) -> Words:
    """A paragraph's words with what the tables and the tagger say of them."""
    doc = paragraph.doc
    string = doc.text
    texts = [token.text for token in doc]
    starts = [token.idx for token in doc]
    ends = [start + len(text) for start, text in zip(starts, texts, strict=True)]
    labels = [""] * len(texts)
    for entity in doc.ents:
        for position in range(entity.start, entity.end):
            labels[position] = entity.label_
    opens = [False] * len(texts)
    for position, token in enumerate(doc):
        before = texts[position - 1] if position else ""
        opens[position] = bool(token.is_sent_start) or position == 0 or before in _OPENERS
    words = Words(
        paragraph=paragraph,
        doc=doc,
        string=string,
        texts=texts,
        starts=starts,
        ends=ends,
        labels=labels,
        opens_sentence=opens,
        hits=find_world(string),
        hit_at=[-1] * len(texts),
        offices=[],
        office_at=[-1] * len(texts),
        shouts=False,
        upper=_upper(string),
    )
    for number in range(len(words.hits)):
        first, last = words.hit_range(number)
        for position in range(first, last):
            words.hit_at[position] = number
    for extent, office in find_offices(string):
        first, last = words.token_at(extent.start), words.token_at(extent.end - 1) + 1
        if starts[first] != extent.start:
            continue
        inside = first
        if _names_field(words, first, last):
            words.released.add(words.hit_at[first])
        while first < last and words.hit_at[first] >= 0 and words.hit_at[first] not in words.released:
            first += 1  # "State Department spokesperson": the body is a name, the rest an office
        if first > inside:
            rest = lookup_office(words.text(first, last)) if first < last else None
            if rest is None:
                continue
            office = rest
        for position in range(first, last):
            words.office_at[position] = len(words.offices)
        words.offices.append((first, last, office))
    words.shouts = _shouts(words)
    return words


def _names_field(words: Words, first: int, last: int) -> bool:
    """Whether what the tables take for a party is the field of a minister ("Labour Minister")."""
    number = words.hit_at[first]
    if number < 0 or words.hit_range(number) != (first, first + 1):
        return False
    office = lookup_office(words.text(first, last).lower())
    return words.hits[number].entries[0].sort == "party" and office is not None and office.rank == "minister"


_OPENERS = frozenset({"“", '"', "‘", "``", ":", "•", "—", "–"})


def _shouts(words: Words) -> bool:
    """Whether capitals tell nothing: of the longer words that no table knows, nearly all have them."""
    long_words = [
        text
        for position, text in enumerate(words.texts)
        if len(text) > 3 and text[0].isalpha() and words.hit_at[position] < 0 and words.office_at[position] < 0
    ]
    plain = [text for position, text in enumerate(words.texts) if len(text) > 3 and text[0].islower()]
    if len(long_words) < 3:
        return bool(long_words) and not plain and all(text.isupper() for text in long_words)
    sentence = words.string.rstrip()[-1:] in '.”"'
    if sentence and any(len(text) > LONGEST_SMALL for text in plain):
        return False  # a title leaves only "with" and "from" small
    share = CAPITALS_SHARE_OF_SENTENCE if sentence else CAPITALS_SHARE
    return sum(text[0].isupper() for text in long_words) > share * len(long_words)


def _upper(text: str) -> bool:
    letters = [c for c in text[:2000] if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) > 0.85 * len(letters)
