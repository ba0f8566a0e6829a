"""Offices and descriptions that stand for somebody: "the Japanese prime minister", "a senior official", "analysts"."""

from __future__ import annotations

from spacy.tokens import Token

from variorum.reading.actors.phrases import (
    DEFINITE,
    Reader,
    after_article,
    apposed,
    left_edge,
    plays_part,
    right_edge,
    sighted,
    state_in,
    vouches,
)
from variorum.reading.actors.table import Cluster, Role, alike, person_words, same_office, usual_office
from variorum.reading.names.tokens import Words
from variorum.text.world import lookup_office

_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "any", "no", "every", "each", "either", "neither"})

# ---- offices ----------------------------------------


def read_office(reader: Reader, number: int) -> int:
    """An office that stands for its holder: "the Japanese prime minister", "Germany's chancellor", "the spokesman"."""
    words = reader.words
    start, end, office = words.offices[number]
    inside = range(start, end)
    head = next((at for at in inside if words.doc[at].head.i not in inside or words.doc[at].dep_ == "ROOT"), end - 1)
    if reader.offset(end - 1) in reader.cast.used_titles or any(reader.named[start:end]):
        return end
    token = words.doc[head]
    if (token.dep_ in ("compound", "nmod", "amod", "attr", "poss") and token.dep_ != "poss") or not _plays_part_loosely(
        token
    ):
        return end
    first = left_edge(words, head, reader.named)
    first = min(first, start)
    lead = words.texts[first].lower()
    if lead in _INDEFINITE:
        _describe(reader, first, head, usual_office(office.words), False)
        return end
    stated = state_in(words, first, end) or _of_state(words, end)
    country = stated or office.country
    last = _past_state(words, end)
    holder = apposed(reader, head)
    if holder is not None:
        reader.cast.give(holder, Role(words.text(start, end), usual_office(office.words), country))
        reader.cast.see(holder, sighted(reader, first, last, head, "role"))
        return last
    singular_definite = lead in DEFINITE or stated is not None or words.texts[start][0].isupper()
    if not singular_definite:
        _describe(reader, first, head, usual_office(office.words), False)
        return end
    cluster = _holder(
        reader, office.words, country, reader.offset(first), reader.sentences[head], _past(words, first, end)
    )
    if cluster is None:
        if office.rank in ("official", "expert", "person", "press", "title") or country is None:
            _describe(reader, first, head, usual_office(office.words), lead in DEFINITE)
            return end
        words_for = words.text(after_article(words, first), last)
        cluster = reader.cast.new(
            Cluster(
                reader.cast.number(),
                "person",
                words_for,
                country,
                named=False,
                gender=office.gender,
                head=usual_office(office.words),
            )
        )
        reader.cast.give(cluster, Role(words.text(start, end), usual_office(office.words), country))
    reader.cast.see(cluster, sighted(reader, first, last, head, "role"))
    return last


def _plays_part_loosely(token: Token) -> bool:
    return token.dep_ in (
        "nsubj",
        "nsubjpass",
        "pobj",
        "conj",
        "dative",
        "dobj",
        "ROOT",
        "agent",
        "poss",
        "dep",
        "npadvmod",
        "nmod",
    )


def _of_state(words: Words, end: int) -> str | None:
    if end < len(words) and words.texts[end].lower() == "of":
        return state_in(words, end + 1, end + 3)
    return None


def _past_state(words: Words, end: int) -> int:
    """The end of "of Japan" behind an office."""
    if _of_state(words, end) is None:
        return end
    at = end + 1
    while at < len(words) and words.hit_at[at] < 0:
        at += 1
    while at < len(words) and words.hit_at[at] >= 0:
        at += 1
    return at


def _past(words: Words, first: int, end: int) -> bool:
    """Whether words tell of an office that somebody held before: "the former president"."""
    return any(text.lower() in person_words()["past"] for text in words.texts[first:end])


def _once(role: Role) -> bool:
    return not person_words()["past"].isdisjoint(role.text.lower().replace("-", " ").split())


def _holder(reader: Reader, office: str, country: str | None, offset: int, sentence: int, past: bool) -> Cluster | None:
    """The one who holds an office, or held it: the holder mentioned last before, or the only one named later."""
    fitting = [
        cluster
        for cluster in reader.cast.holders(office)
        if any(
            same_office(role.office, office)
            and (country is None or role.country == country or _may_be_of(role, office))
            for role in cluster.roles
        )
    ]
    same = [c for c in fitting if any(same_office(r.office, office) and _once(r) == past for r in c.roles)]
    fitting = same if same or past else fitting
    known = [
        c for c in fitting if country and any(r.country == country and same_office(r.office, office) for r in c.roles)
    ]
    if country and not known:
        near = _of_that_state(reader, country, offset, sentence)
        if near is not None:
            return near
    fitting = known or fitting
    before = [(s.extent.end, -c.number, c) for c in fitting if (s := c.last_before(offset)) is not None]
    if before:
        last = max(before, key=lambda found: found[:2])[2]
        if not any(_head(role.office) == _head(office) for role in last.roles):
            so_called = [found for found in before if _so_called(found[2], office, offset, sentence)]
            return max(so_called, key=lambda found: found[:2])[2] if so_called else last
        return last
    if len(fitting) == 1:
        return fitting[0]
    return _of_that_state(reader, country, offset, sentence) if country and not fitting else None


def _head(office: str) -> str:
    return usual_office(office).split()[-1]


SO_CALLED = 12
"""Sentences back in which somebody without a name was called by the same word, so that the word means no other."""


def _so_called(cluster: Cluster, office: str, offset: int, sentence: int) -> bool:
    """Whether a nameless one was brought in by this very word shortly before: "the diplomat" is "a Western diplomat", and
    not the spokeswoman after him."""
    last = cluster.last_before(offset)
    near = last is not None and sentence - last.sentence <= SO_CALLED
    return near and not cluster.named and cluster.head == usual_office(office)


def _may_be_of(role: Role, office: str) -> bool:
    """Whether an office given without a state may be the one now named with it: only in like words."""
    return role.country is None and not role.tied and alike(role.text, office)


def _of_that_state(reader: Reader, country: str, offset: int, sentence: int) -> Cluster | None:
    """Whom a report names by state alone just before: "Kenya's Jane Roe … The Kenyan president"."""
    near = {
        cluster.number: cluster
        for number in (sentence, sentence - 1)
        for seen, cluster in reader.cast.seen_in(number, offset)
        if cluster.kind == "person" and cluster.named and cluster.country == country and seen.extent.end <= offset
    }
    only = list(near.values())
    return only[0] if len(only) == 1 and all(role.office == "counterpart" for role in only[0].roles) else None


# ---- descriptions ----------------------------------------

JUST_NAMED = 2
"""Sentences back in which the one person must be named whom a description goes on about."""


def _just_named(reader: Reader, offset: int, sentence: int) -> Cluster | None:
    """The one named person whom the last sentences are about: the subject of a main clause, and nobody else is."""
    about: dict[int, Cluster] = {}
    for number in range(sentence, sentence - JUST_NAMED - 1, -1):
        for seen, cluster in reader.cast.seen_in(number, offset):
            if cluster.kind != "person" or cluster.plural or seen.quoted or seen.extent.end > offset:
                continue
            if seen.main or seen.speaks:
                about[cluster.number] = cluster
    only = list(about.values())
    return only[0] if len(only) == 1 and only[0].named else None


def read_description(reader: Reader, at: int, noun: str) -> None:
    """A person or persons by a noun: "a senior official", "analysts", "the spokesman"."""
    words = reader.words
    token = words.doc[at]
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "PRON", "DET") or not plays_part(token):
        return
    if reader.offset(at) in reader.cast.used_titles:
        return
    first = left_edge(words, at, reader.named)
    counted = any(words.doc[position].pos_ == "NUM" for position in range(first, at))
    vague = noun in person_words()["crowds"] or noun in person_words()["vague"]
    certain = words.texts[first].lower() in ("the", "this") and token.tag_ == "NN" and token.dep_ == "nsubj"
    if (vague or counted) and not (certain or vouches(token)):
        return
    if _of_body(reader, first, at):
        return
    _describe(reader, first, at, noun, words.texts[first].lower() in ("the", "this", "that", "these", "those"))


def _bare(words: Words, first: int, head: int) -> bool:
    """Whether a noun in the singular stands without an article or owner."""
    return not any(
        words.doc[position].dep_ in ("det", "poss", "case") or words.doc[position].tag_ in ("DT", "PRP$", "POS", "CD")
        for position in range(first, head)
    )


def _of_body(reader: Reader, first: int, at: int) -> bool:
    """ "Hamas militants", "Taliban fighters": a mention of the body itself."""
    words = reader.words
    if words.texts[at].lower() not in person_words()["fighters"]:
        return False
    for position in range(at - 1, first - 1, -1):
        entry = words.entry(position)
        if entry is not None and entry.kind == "body":
            cluster = reader.cast.under(("entry", "body", entry.name))
            if cluster is not None:
                reader.cast.see(cluster, sighted(reader, first, at + 1, at, "role"))
            return cluster is not None
    return False


def _describe(reader: Reader, first: int, head: int, noun: str, definite: bool) -> None:
    words, cast = reader.words, reader.cast
    if head + 1 < len(words) and reader.named[head + 1]:
        return  # "officials" before a list of names, a title before a name
    plural_tag = words.doc[head].tag_ in ("NNS", "NNPS")
    if not plural_tag and noun not in person_words()["crowds"] and _bare(words, first, head):
        return  # "as leader", "host of the show": what somebody is, not somebody
    last = right_edge(words, head, reader.named)
    holder = apposed(reader, head)
    if holder is not None:
        cast.see(holder, sighted(reader, first, last, head, "role"))
        return
    plural = plural_tag or noun in person_words()["crowds"]
    offset = reader.offset(first)
    sight = sighted(reader, first, last, head, "role")
    office = lookup_office(noun)
    if definite and not plural:
        holder = (
            _holder(
                reader, noun, state_in(words, first, last), offset, reader.sentences[head], _past(words, first, last)
            )
            if office or noun in person_words()["may_mean"]
            else None
        )
        if holder is not None:
            reader.cast.see(holder, sight)
            return
    if definite:
        same = [
            (s.extent.end, -c.number, c)
            for c in cast.described.get((noun, plural), ())
            if (s := c.last_before(offset)) is not None
        ]
        if same:
            cast.see(max(same, key=lambda found: found[:2])[2], sight)
            return
    if definite and not plural and noun.rsplit(" ", 1)[-1] in person_words()["stands_for"]:
        spoken_of = _just_named(reader, offset, reader.sentences[head])
        if spoken_of is not None:
            cast.see(spoken_of, sight)
            return
    text = words.text(first, last)
    if words.doc[first].pos_ in ("DET", "PRON", "ADP", "ADV") or words.doc[first].tag_ == "NNS":
        text = text[0].lower() + text[1:]
    plain = words.text(after_article(words, first), last).casefold()
    key = ("unnamed", plain)
    known = cast.under(key)
    # Bare plurals and defined descriptions are one source each time; "a senior official" may be another every time.
    if known is not None and (plural or definite):
        reader.cast.see(known, sight)
        return
    country = state_in(words, first, last)
    gender = office.gender if office else None
    made = Cluster(
        cast.number(),
        "group" if plural else "person",
        text,
        country,
        named=False,
        plural=plural,
        head=noun,
        gender=gender,
    )
    if office and not plural:
        cast.give(made, Role(noun, usual_office(noun), country))
    cast.new(made, key if known is None else None)
    cast.described.setdefault((noun, plural), []).append(made)
    reader.cast.see(made, sight)
