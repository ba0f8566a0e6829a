"""Bodies that are pointed back to ("the ministry", "his campaign"), and what they issue ("the statement")."""

from __future__ import annotations

from variorum.model.reading import NameKind
from variorum.reading.actors.homes import home_of, state_behind
from variorum.reading.actors.named import Cast, behind_according
from variorum.reading.actors.phrases import (
    DEFINITE,
    Reader,
    after_article,
    left_edge,
    owner_in,
    plays_part,
    right_edge,
    seen_at,
    sighted,
    state_in,
)
from variorum.reading.actors.table import Cluster, person_words
from variorum.reading.names.tokens import Words
from variorum.text.world import body_nouns

REACH = 5
"""Sentences back in which the speaker of a statement or the body meant is looked for."""
HELD = 32
"""Characters between a person's office and the body that it is of: "the head of the opposition ", " leader "."""
OFFICE = 24
"""Characters of an office between a body's name and its holder's: " spokesperson "."""
_BODY_KINDS: dict[str, NameKind] = {"government": "government", "organisation": "organisation"}

# ---- documents ----------------------------------------


def read_document(reader: Reader, at: int) -> None:
    """A statement or letter stands for whoever issued it: "she said in a statement", "the statement added"."""
    words, token = reader.words, reader.words.doc[at]
    first = left_edge(words, at, reader.named)
    if any(reader.named[first : at + 1]):
        return  # "the ministry's statement" holds the name itself
    lead = words.texts[first].lower()
    issuer: Cluster | None = None
    if (
        token.dep_ == "pobj"
        and token.head.lower_ in ("in", "via", "through")
        and token.head.head.lemma_ in person_words()["saying"]
    ):
        subject = next((child for child in token.head.head.children if child.dep_ == "nsubj"), None)
        issuer = seen_at(reader, subject.i) if subject is not None else None
    elif (
        token.dep_ == "nsubj"
        and lead in ("the", "his", "her", "its", "their", "this")
        and token.head.lemma_ in person_words()["saying"] | person_words()["reading_out"]
    ):
        issuer = _last_main_speaker(reader, at)
        if issuer is not None and issuer.kind == "person":
            issuer = _spoken_for(reader, issuer) or issuer
    filed = words.texts[at].lower() in person_words()["filed"]
    if issuer is not None and not (filed and issuer.head in person_words()["filed"]):
        reader.cast.see(issuer, sighted(reader, first, at + 1, at, "role"))
    elif filed:
        read_paper(reader, at)


def read_paper(reader: Reader, at: int) -> None:
    """A treaty, a communiqué or a joint statement that says something is a source of its own, without a name."""
    words, cast, token = reader.words, reader.cast, reader.words.doc[at]
    says = token.dep_ == "nsubj" and token.head.lemma_ in person_words()["provides"] | person_words()["alleging"]
    if not (says or behind_according(words, at)) or reader.quoted[at]:
        return
    first = left_edge(words, at, reader.named)
    if any(reader.named[first : at + 1]) or words.texts[first].lower() not in DEFINITE:
        return
    noun = words.texts[at].lower()
    key = ("unnamed", noun)
    cluster = cast.under(key)
    if cluster is None:
        text = words.text(first, at + 1)
        made = Cluster(cast.number(), "group", text[0].lower() + text[1:], named=False, head=noun)
        cluster = cast.new(made, key)
    cast.see(cluster, sighted(reader, first, at + 1, at, "role"))


def _spoken_for(reader: Reader, person: Cluster) -> Cluster | None:
    """The body for which somebody spoke: what it issues is its own, and no longer the spokesman's."""
    spoken = person_words()["speaks_for"]
    if not any(role.office in spoken for role in person.roles):
        return None
    for seen in reversed(person.sightings):
        before = [
            (mention.extent.end, -cluster.number, cluster)
            for mention, cluster in reader.cast.seen_in(seen.sentence, seen.extent.start)
            if cluster.kind in ("organisation", "government") and 0 < seen.extent.start - mention.extent.end <= OFFICE
        ]
        if before:
            return max(before, key=lambda found: found[:2])[2]
    return None


def _last_main_speaker(reader: Reader, at: int) -> Cluster | None:
    offset, sentence = reader.offset(at), reader.sentences[at]
    for number in range(sentence, sentence - REACH, -1):
        speaking = [
            (seen.extent.end, -cluster.number, cluster)
            for seen, cluster in reader.cast.seen_in(number, offset)
            if seen.speaks and seen.main and seen.extent.end <= offset
        ]
        if speaking:
            return max(speaking, key=lambda found: found[:2])[2]
    return None


# ---- bodies ----------------------------------------


def read_body(reader: Reader, at: int) -> int:
    """A body by a noun that points back: "the ministry", "the health ministry", "the group"."""
    words, cast = reader.words, reader.cast
    longest = next(
        (
            n
            for n in (4, 3, 2, 1)
            if at + n <= len(words)
            and words.text(at, at + n).lower() in body_nouns()
            and not any(reader.named[at : at + n])
        ),
        1,
    )
    head = at + longest - 1
    token = words.doc[head]
    first = left_edge(words, head, reader.named)
    owner, from_ = owner_in(reader, first, at)
    if owner is not None:
        _see_owned(reader, owner, from_, first, at, head)
        return head + 1
    if token.dep_ == "compound" or (not plays_part(token) and token.dep_ != "poss"):
        return at + 1
    two = _of_two_things(words, first)
    first = two or first
    if words.texts[first].lower() not in ("the", "its", "their", "this", "that"):
        return at + 1
    noun = words.text(first + 1 if two else at, head + 1).lower()
    offset = reader.offset(first)
    sight = sighted(reader, first, head + 1, head, "role")
    found = _pointed_to(cast, noun, offset, reader.sentences[head], _told_apart(words, first + 1, at))
    behind = state_behind(reader, head)
    if found is not None and (behind is None or found.country in (None, behind)):
        reader.cast.see(found, sight)
        return head + 1
    kind = _BODY_KINDS.get(body_nouns().get(noun.split()[-1] if two else noun, ""))
    if kind is not None and state_in(words, first, head) is None:
        plain = words.text(after_article(words, first), head + 1)
        home = home_of(reader, noun, first, head)
        key = ("unnamed", plain.casefold(), *([home] if home else []))
        of = head + 1 < len(words) and words.texts[head + 1].lower() == "of"
        text = words.text(after_article(words, first), right_edge(words, head, reader.named)) if of else plain
        cluster = cast.under(key) or cast.new(
            Cluster(cast.number(), kind, text, home, named=False, head=noun, plural=noun.endswith("s"), home=home),
            key,
        )
        cast.know_body(cluster)
        reader.cast.see(cluster, sight)
    return head + 1


def _of_two_things(words: Words, first: int) -> int:
    """Where "the energy and mines ministry" starts, given where "ministry" does; 0 for a body of one thing."""
    if first < 4 or words.doc[first - 1].dep_ != "conj" or words.doc[first - 1].head.i != first - 3:
        return 0
    joined = words.texts[first - 2].lower() == "and" and words.texts[first - 4].lower() == "the"
    return first - 4 if joined and words.doc[first - 3].head.i >= first else 0


def _see_owned(reader: Reader, owner: Cluster, from_: int, first: int, at: int, head: int) -> None:
    """A person's body: "the Roe campaign" is no other name of Roe, nor is "his team"."""
    cast, words = reader.cast, reader.words
    noun = words.text(at, head + 1).lower()
    key = ("of", str(owner.number), noun)
    cluster = cast.under(key)
    if cluster is None and not reader.named[from_]:
        cluster = _body_held_by(reader, owner, noun)
    if cluster is None:
        by_name = reader.named[from_]
        text = words.text(from_, head + 1) if by_name else f"{owner.name}{cast.apostrophe}s {noun}"
        kind = _BODY_KINDS.get(body_nouns().get(noun, ""), "organisation")
        cluster = cast.new(Cluster(cast.number(), kind, text, owner.country, named=by_name, head=noun), key)
    cast.see(cluster, sighted(reader, first, head + 1, head, "role"))


def _body_held_by(reader: Reader, owner: Cluster, noun: str) -> Cluster | None:
    """The body that a person's office is of: "Accord chairman Jane Roe … her party", "the head of the Accord party"."""
    sorts = person_words()["points_to"].get(noun, ())
    of_no_sort: list[Cluster] = []
    for seen in owner.sightings:
        if seen.form == "pronoun":
            continue
        for mention, cluster in reader.cast.seen_in(seen.sentence, seen.extent.end + HELD):
            start, end = mention.extent
            near = 0 <= seen.extent.start - end <= HELD or (seen.form == "role" and 0 < start - seen.extent.end <= HELD)
            body = cluster.named and cluster.kind in ("organisation", "government", "group") and not cluster.plural
            if not (near and body and mention.form == "name"):
                continue
            if f" {cluster.name.casefold()} ".endswith(f" {noun} ") or (cluster.sort and cluster.sort in sorts):
                return cluster
            if cluster.kind == "organisation" and not cluster.sort and noun in person_words()["general_bodies"]:
                of_no_sort.append(cluster)
    return of_no_sort[-1] if of_no_sort else None


def _told_apart(words: Words, first: int, at: int) -> frozenset[str]:
    """Words before a noun for a body that tell which one it is: names, and nouns for its field ("the UN refugee agency",
    "the mining company"). Adjectives and words for the kind do not ("the rebel group", "the news agency")."""
    plain = person_words()["kinds_of_body"]
    return frozenset(
        words.texts[position].lower()
        for position in range(first, at)
        if words.texts[position][0].isalpha()
        and words.doc[position].pos_ in ("NOUN", "PROPN")
        and words.texts[position].lower() not in plain
    )


def _pointed_to(cast: Cast, noun: str, offset: int, sentence: int, apart: frozenset[str]) -> Cluster | None:
    """The body mentioned last whose name a noun repeats the end of, or that is of the sort that the noun means.

    A newspaper or an agency that is told apart by its field or owner is not one whose name has nothing of either.
    """
    repeating = [
        (last.extent.end, -c.number, c)
        for c in cast.bodies_ending(noun.split()[-1])
        if f" {c.name.casefold()} ".endswith(f" {noun} ")
        and not (apart and apart.isdisjoint(c.name.casefold().split()))
        and (last := c.last_before(offset)) is not None
        and c.name.casefold().split()[0] not in person_words()["gone"]
    ]
    if repeating:
        return max(repeating, key=lambda found: found[:2])[2]
    sorts = person_words()["points_to"].get(noun)
    fitting = []
    for number in range(sentence, max(-1, sentence - REACH), -1) if sorts else ():
        for mention, c in cast.seen_in(number, offset):
            sort = "group" if c.kind == "group" else c.sort
            body = (
                c.named and c.kind in ("organisation", "government", "group") and not (c.kind == "group" and c.country)
            )
            if apart and sort in ("press", "") and apart.isdisjoint(c.name.casefold().split()):
                continue
            if body and sort in sorts and mention.extent.end <= offset:
                fitting.append((mention.extent.end, -c.number, c))
    return max(fitting, key=lambda found: found[:2])[2] if fitting else None
