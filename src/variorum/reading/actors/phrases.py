"""What offices, descriptions, bodies and pronouns share: the paragraph at hand, and its noun phrases."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from variorum.model.reading import MentionForm
from variorum.reading.actors.named import Cast, behind_according, weight
from variorum.reading.actors.table import Cluster, Sighting, person_words
from variorum.reading.names.tokens import Words
from variorum.text.quotes import find_quotations

LONGEST_DESCRIPTION = 12
"""Tokens of a description ("a source familiar with the talks") that are taken as its mention."""
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"})
_PREPOSITIONS = frozenset({"by", "to", "from", "with", "between"})


@dataclass(slots=True)
class Reader:
    """What is at hand while the words of one paragraph are read."""

    cast: Cast
    words: Words
    sentences: list[int]
    named: list[bool]
    """For each token, whether it is part of a name."""
    quoted: list[bool]
    """For each token, whether it stands between quotation marks."""

    def offset(self, at: int) -> int:
        """Where a token starts in the report."""
        return self.words.paragraph.offset + self.words.starts[at]


def quoted_tokens(words: Words) -> list[bool]:
    """Which tokens stand between double quotation marks."""
    quoted = [False] * len(words)
    for quotation in find_quotations(words.string):
        start, end = quotation.inner
        if end - start < 2 or quotation.depth:
            continue
        first, last = words.token_at(start), words.token_at(max(start, end - 1))
        for position in range(first, last + 1):
            quoted[position] = True
    return quoted


def left_edge(words: Words, at: int, named: list[bool]) -> int:
    """The first token of the noun phrase that a token heads."""
    doc = words.doc
    first = at
    while first > 0 and at - first < 10:
        token: Token = doc[first - 1]
        inside = token.head.i > token.i and token.head.i <= at and token.head.i >= first
        if token.text in ("'s", "’s", "’", "'") and token.head.i < first:
            inside = first >= 2
        if token.text == "-" and words.joined(first):
            inside = True
        if not inside or (token.pos_ in ("VERB", "AUX", "CCONJ", "SCONJ") and token.dep_ != "amod"):
            break
        if token.pos_ == "PUNCT" and token.text != "-":
            break
        first -= 1
    while first > 0 and named[first] and named[first - 1]:
        first -= 1
    return first


def right_edge(words: Words, at: int, named: list[bool]) -> int:
    """One past the last token of a description: with "familiar with the talks", but without a clause or a list."""
    doc = words.doc
    last = at + 1
    if last >= len(words) or doc[last].lower_ not in _GOES_ON:
        return last
    if doc[last].head.i != at and doc[last].pos_ == "ADP":
        return last
    edge = min(doc[last].right_edge.i + 1, at + LONGEST_DESCRIPTION)
    opened = last
    for position in range(opened, edge):
        token = doc[position]
        finite = token.pos_ in ("AUX", "VERB") and token.tag_ != "VBG" and token.dep_ != "amod"
        if token.text in _ENDS or (finite and position > opened):
            break
        last = position + 1
    if doc[last - 1].pos_ in ("ADP", "PART", "DET"):
        return at + 1
    following = doc[last].text if last < len(words) else ""
    if named[last - 1] and following in (",", "and"):
        return at + 1  # "ministers from Britain, Canada and Japan" would be cut in the list
    return last


_GOES_ON = frozenset(
    {"familiar", "briefed", "close", "knowledgeable", "involved", "in", "at", "from", "of", "with", "on", "for", "to"}
)
_ENDS = frozenset({",", ";", "“", '"', "”", "who", "that", "which", "—", ":", ".", "(", "–"})


def plays_part(token: Token) -> bool:
    """Whether a noun stands where somebody acts, is spoken to or vouches, and is no part of another noun."""
    dep, head = token.dep_, token.head
    while dep == "conj" and head.head is not head:
        dep, head = head.dep_, head.head
    if dep in ("nsubj", "nsubjpass", "agent", "dative"):
        return True
    if dep == "dobj":
        return head.lemma_ in person_words()["done_to"]
    return dep == "pobj" and head.lower_ in _PREPOSITIONS


def vouches(token: Token) -> bool:
    """Whether a noun is the subject of saying or stands behind "according to"."""
    while token.dep_ == "conj" and token.head is not token:
        token = token.head  # "witnesses and police said"
    if token.dep_ == "pobj" and token.head.lower_ == "to":
        return token.head.i > 0 and token.doc[token.head.i - 1].lower_ == "according"
    return token.dep_ == "nsubj" and token.head.lemma_ in person_words()["saying"]


def state_in(words: Words, first: int, last: int) -> str | None:
    """The state of the first of the tables' names within some tokens."""
    for position in range(first, min(last, len(words))):
        if words.hit_at[position] >= 0:
            entry = words.hits[words.hit_at[position]].entries[0]
            if entry.country and entry.kind in ("state", "region"):
                return entry.country
    return None


def sighted(reader: Reader, first: int, last: int, head: int, form: MentionForm) -> Sighting:
    """A mention of some tokens."""
    subject, speaks, main = weight(reader.words, head)
    return Sighting(
        reader.words.extent(first, last),
        form,
        reader.sentences[head],
        subject,
        speaks,
        main,
        reader.quoted[head],
        behind_according(reader.words, head),
    )


def after_article(words: Words, first: int) -> int:
    """The first token of a noun phrase behind its article."""
    return first + 1 if words.texts[first].lower() in DEFINITE | {"a", "an"} else first


def owner_in(reader: Reader, first: int, at: int) -> tuple[Cluster | None, int]:
    """The person whose body or people a noun names: "Jane Roe's campaign", "the Roe campaign", "his team".

    Returns:
        The person, or None, and the first token of the name or pronoun.
    """
    whole = seen_at(reader, at)  # "an official at the ministry" holds the ministry and does not own it
    for position in range(at - 1, first - 1, -1):
        owner = seen_at(reader, position)
        if owner is not None and owner is not whole and owner.kind == "person" and not owner.plural:
            while position > first and seen_at(reader, position - 1) is owner:
                position -= 1
            return owner, position
    return None, first


def apposed(reader: Reader, head: int) -> Cluster | None:
    """The person whose name stands behind a description and a comma: "the head of the rescue office, Jane Roe"."""
    words = reader.words
    for child in words.doc[head].rights:
        if child.dep_ != "appos" or child.tag_ != "NNP" or words.doc[head].tag_ not in ("NN", "NNP"):
            continue
        first = child.i
        while first > head and reader.named[first - 1]:
            first -= 1
        while first > head and words.office_at[first - 1] >= 0:
            first -= 1  # "the army chief, General Jane Roe"
        found = seen_at(reader, child.i)
        if found is not None and found.kind == "person" and found.named and words.texts[first - 1] == ",":
            return found
    return _set_beside(reader, head)


def _set_beside(reader: Reader, head: int) -> Cluster | None:
    """The person whose name stands between commas behind a description, where the parse hangs it on another of its
    nouns ("the head of the port's biggest union, Jane Roe, said")."""
    words = reader.words
    if (
        words.doc[head].tag_ not in ("NN", "NNP")
        or words.texts[left_edge(words, head, reader.named)].lower() not in DEFINITE
    ):
        return None
    comma = next(
        (at for at in range(head + 1, min(head + LONGEST_DESCRIPTION, len(words))) if words.texts[at] == ","), 0
    )
    first = comma + 1
    if not comma or first >= len(words) or not reader.named[first]:
        return None
    if any(words.doc[at].pos_ in ("VERB", "AUX", "CCONJ", "SCONJ") for at in range(head + 1, comma)):
        return None
    found = seen_at(reader, first)
    last = first
    while last < len(words) and reader.named[last] and seen_at(reader, last) is found:
        last += 1
    closed = last < len(words) and words.texts[last] in (",", ".", ";")
    if found is None or found.kind != "person" or not found.named or not closed:
        return None
    name, described = words.doc[last - 1], words.doc[head]
    # Of two subjects of one verb, one behind the other's comma, the second is set beside the first.
    twice = name.dep_ == described.dep_ == "nsubj" and name.head == described.head
    return found if twice or (name.dep_ == "appos" and head <= name.head.i < comma) else None


def seen_at(reader: Reader, at: int) -> Cluster | None:
    """Whose mention covers a token of this paragraph."""
    offset = reader.offset(at)
    for seen, cluster in reader.cast.seen_in(reader.sentences[at], offset + 1):
        if seen.extent.start <= offset < seen.extent.end:
            return cluster
    return None
