"""Words that stand for an actor without naming it: offices, descriptions, pronouns.

Read left to right with what has been mentioned so far. Where it is not certain whom they point to, offices and
descriptions stay actors of their own, without a name, and pronouns stay unresolved.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from variorum.model import Extent
from variorum.model.reading import NameKind
from variorum.reading.actors_named import SAYING, Cast, weight
from variorum.reading.actors_table import Cluster, Role, Sighting, person_words, same_office, usual_office
from variorum.reading.names_tokens import Words
from variorum.text.quotes import find_quotations
from variorum.text.world import body_nouns, lookup_office

REACH = 5
"""Sentences back in which a pronoun's bearer is looked for."""
MARGIN = 0.15
"""By how much the best bearer of a pronoun must lead the next."""
LONGEST_DESCRIPTION = 12
"""Tokens of a description ("a source familiar with the talks") that are taken as its mention."""
_BODY_KINDS: dict[str, NameKind] = {"government": "government", "organisation": "organisation"}
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"})
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
    for quotation in find_quotations(words.doc.text):
        start, end = quotation.inner
        if end - start < 2 or quotation.depth:
            continue
        first, last = words.token_at(start), words.token_at(max(start, end - 1))
        for position in range(first, last + 1):
            quoted[position] = True
    return quoted


def read_unnamed(reader: Reader) -> None:
    """All offices, descriptions and pronouns of one paragraph to their actors."""
    words = reader.words
    nouns, crowds = _person_nouns(), person_words()["crowds"]
    pronouns: dict[str, str] = person_words()["pronouns"]
    documents: frozenset[str] = person_words()["documents"]
    done = -1
    for at in range(len(words)):
        if at < done or reader.named[at]:
            continue
        lower = words.texts[at].lower()
        if lower in pronouns:
            _pronoun(reader, at, pronouns[lower])
            continue
        if lower in ("they", "it") and words.doc[at].dep_ == "nsubj":
            _thing_pronoun(reader, at, lower)
            continue
        number = words.office_at[at]
        if number >= 0 and words.offices[number][0] == at and words.offices[number][2].rank != "title":
            done = _office(reader, number)
        elif lower in nouns or lower in crowds or lower in person_words()["fighters"]:
            _description(reader, at, nouns.get(lower, lower))
        elif lower in documents:
            _document(reader, at)
        elif lower in body_nouns() or lower in _bodies():
            done = _body(reader, at)


def _person_nouns() -> dict[str, str]:
    made = {}
    for noun in sorted(person_words()["persons"]):
        made[noun] = noun
        plural = {"man": "men", "woman": "women", "person": "persons", "spokesman": "spokesmen", "wife": "wives"}.get(
            noun
        )
        made[plural or (noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s")] = noun
        if noun.endswith("man"):
            made[noun[:-3] + "men"] = noun
        if noun.endswith("woman"):
            made[noun[:-5] + "women"] = noun
        if noun.endswith("ch") or noun.endswith("ss"):
            made[noun + "es"] = noun
    return made


def _bodies() -> frozenset[str]:
    bodies: frozenset[str] = person_words()["bodies"]
    return bodies


# ---- noun phrases ----------------------------------------


def _left(words: Words, at: int, named: list[bool]) -> int:
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
        if not inside or token.pos_ in ("VERB", "AUX", "CCONJ", "SCONJ") and token.dep_ != "amod":
            break
        if token.pos_ == "PUNCT" and token.text != "-":
            break
        first -= 1
    while first > 0 and named[first] and named[first - 1]:
        first -= 1
    return first


def _right(words: Words, at: int, named: list[bool]) -> int:
    """One past the last token of a description: with "familiar with the talks", "at the ministry", but without a clause or a list."""
    doc = words.doc
    last = at + 1
    if last >= len(words) or doc[last].lower_ not in _GOES_ON:
        return last
    if doc[last].head.i != at and doc[last].pos_ == "ADP":
        return last
    edge = min(doc[last].right_edge.i + 1, at + LONGEST_DESCRIPTION)
    for position in range(last, edge):
        if doc[position].text in _ENDS or doc[position].pos_ in ("AUX", "VERB") and position > last:
            break
        last = position + 1
    following = doc[last].text if last < len(words) else ""
    if named[last - 1] and following in (",", "and"):
        return at + 1  # "ministers from Britain, Canada and Japan" would be cut in the list
    return last


_GOES_ON = frozenset(
    {"familiar", "briefed", "close", "knowledgeable", "involved", "in", "at", "from", "of", "with", "on", "for"}
)
_ENDS = frozenset({",", ";", "“", '"', "”", "who", "that", "which", "—", ":", ".", "(", "–"})


def _plays_part(token: Token) -> bool:
    """Whether a noun stands where somebody acts, is spoken to or vouches, and is no part of another noun."""
    dep, head = token.dep_, token.head
    while dep == "conj" and head.head is not head:
        dep, head = head.dep_, head.head
    if dep in ("nsubj", "nsubjpass", "agent", "dative"):
        return True
    if dep == "dobj":
        return head.lemma_ in _DONE_TO
    return dep == "pobj" and head.lower_ in _PREPOSITIONS


def _vouches(token: Token) -> bool:
    """Whether a noun is the subject of saying or stands behind "according to"."""
    if token.dep_ == "pobj" and token.head.lower_ == "to":
        return token.head.i > 0 and token.doc[token.head.i - 1].lower_ == "according"
    return token.dep_ == "nsubj" and token.head.lemma_ in SAYING


_DONE_TO = frozenset(
    {
        "tell",
        "urge",
        "accuse",
        "meet",
        "ask",
        "warn",
        "quote",
        "cite",
        "thank",
        "criticize",
        "criticise",
        "blame",
        "assure",
        "remind",
    }
)


def _states_in(words: Words, first: int, last: int) -> str | None:
    for position in range(first, min(last, len(words))):
        if words.hit_at[position] >= 0:
            country = words.hits[words.hit_at[position]].entries[0].country
            if country:
                return country
    return None


def _sighting(reader: Reader, first: int, last: int, head: int, form: str) -> Sighting:
    subject, speaks, main = weight(reader.words, head)
    return Sighting(reader.words.extent(first, last), form, reader.sentences[head], subject, speaks, main)  # type: ignore[arg-type]


# ---- offices ----------------------------------------


def _office(reader: Reader, number: int) -> int:
    """An office that stands for its holder: "the Japanese prime minister", "Germany's chancellor", "the spokesman"."""
    words = reader.words
    start, end, office = words.offices[number]
    head = end - 1
    if reader.offset(head) in reader.cast.used_titles or any(reader.named[start:end]):
        return end
    token = words.doc[head]
    if (
        token.dep_ in ("compound", "nmod", "amod", "attr", "poss")
        and token.dep_ != "poss"
        or not _plays_part_loosely(token)
    ):
        return end
    first = _left(words, head, reader.named)
    first = min(first, start)
    lead = words.texts[first].lower()
    country = _states_in(words, first, end) or _of_state(words, end) or office.country
    last = _past_state(words, end)
    singular_definite = lead in _DEFINITE or country is not None or words.texts[start][0].isupper()
    if not singular_definite:
        _describe(reader, first, head, usual_office(office.words), False)
        return end
    cluster = _holder(reader, office.words, country, reader.offset(first))
    if cluster is None:
        if office.rank in ("official", "expert", "person", "press", "title") or country is None:
            _describe(reader, first, head, usual_office(office.words), lead in _DEFINITE)
            return end
        words_for = words.text(_skip_article(words, first), last)
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
    reader.cast.see(cluster, _sighting(reader, first, last, head, "role"))
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


def _skip_article(words: Words, first: int) -> int:
    return first + 1 if words.texts[first].lower() in _DEFINITE | {"a", "an"} else first


def _of_state(words: Words, end: int) -> str | None:
    if end < len(words) and words.texts[end].lower() == "of":
        return _states_in(words, end + 1, end + 3)
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


def _holder(reader: Reader, office: str, country: str | None, offset: int) -> Cluster | None:
    """The one who holds an office: the holder mentioned last before, or the only one named later."""
    fitting = []
    for cluster in reader.cast.holders(office):
        if any(
            same_office(role.office, office) and (country is None or role.country is None or role.country == country)
            for role in cluster.roles
        ):
            fitting.append(cluster)
    known = [
        c for c in fitting if country and any(r.country == country and same_office(r.office, office) for r in c.roles)
    ]
    fitting = known or fitting
    before = [(s.extent.end, -c.number, c) for c in fitting if (s := c.last_before(offset)) is not None]
    if before:
        return max(before, key=lambda found: found[:2])[2]
    return fitting[0] if len(fitting) == 1 else None


# ---- descriptions ----------------------------------------


def _description(reader: Reader, at: int, noun: str) -> None:
    """A person or persons by a noun: "a senior official", "analysts", "the spokesman"."""
    words = reader.words
    token = words.doc[at]
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "PRON", "DET") or not _plays_part(token):
        return
    if reader.offset(at) in reader.cast.used_titles:
        return
    first = _left(words, at, reader.named)
    counted = any(words.doc[position].pos_ == "NUM" for position in range(first, at))
    if (noun in person_words()["crowds"] or counted) and not _vouches(token):
        return
    if _of_body(reader, first, at):
        return
    _describe(reader, first, at, noun, words.texts[first].lower() in ("the", "this", "that", "these", "those"))


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
                reader.cast.see(cluster, _sighting(reader, first, at + 1, at, "role"))
            return cluster is not None
    return False


def _describe(reader: Reader, first: int, head: int, noun: str, definite: bool) -> None:
    words, cast = reader.words, reader.cast
    if any(reader.named[head:]) and head + 1 < len(words) and reader.named[head + 1]:
        return  # "officials" before a list of names, a title before a name
    last = _right(words, head, reader.named)
    plural = words.doc[head].tag_ in ("NNS", "NNPS") or noun in person_words()["crowds"]
    offset = reader.offset(first)
    sight = _sighting(reader, first, last, head, "role")
    office = lookup_office(noun)
    if definite and not plural:
        holder = (
            _holder(reader, noun, _states_in(words, first, last), offset)
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
    text = words.text(first, last)
    plain = words.text(_skip_article(words, first), last).casefold()
    key = ("unnamed", plain)
    known = cast.under(key)
    # Bare plurals and defined descriptions are one source each time; "a senior official" may be another every time.
    if known is not None and (plural or definite):
        reader.cast.see(known, sight)
        return
    country = _states_in(words, first, last)
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


# ---- documents ----------------------------------------


def _document(reader: Reader, at: int) -> None:
    """A statement or letter stands for whoever issued it: "she said in a statement", "the statement added"."""
    words, token = reader.words, reader.words.doc[at]
    first = _left(words, at, reader.named)
    if any(reader.named[first : at + 1]):
        return  # "the ministry's statement" holds the name itself
    lead = words.texts[first].lower()
    issuer: Cluster | None = None
    if token.dep_ == "pobj" and token.head.lower_ in ("in", "via", "through") and token.head.head.lemma_ in SAYING:
        subject = next((child for child in token.head.head.children if child.dep_ == "nsubj"), None)
        issuer = _seen_at(reader, subject.i) if subject is not None else None
    elif (
        token.dep_ == "nsubj"
        and lead in ("the", "his", "her", "its", "their", "this")
        and token.head.lemma_ in SAYING | _READS
    ):
        issuer = _last_main_speaker(reader, at)
    if issuer is not None:
        reader.cast.see(issuer, _sighting(reader, first, at + 1, at, "role"))


_READS = frozenset({"read", "continue", "conclude", "go"})


def _seen_at(reader: Reader, at: int) -> Cluster | None:
    """Whose mention covers a token of this paragraph."""
    offset = reader.offset(at)
    for seen, cluster in reader.cast.by_sentence.get(reader.sentences[at], ()):
        if seen.extent.start <= offset < seen.extent.end:
            return cluster
    return None


def _last_main_speaker(reader: Reader, at: int) -> Cluster | None:
    offset, sentence = reader.offset(at), reader.sentences[at]
    for number in range(sentence, sentence - REACH, -1):
        speaking = [
            (seen.extent.end, -cluster.number, cluster)
            for seen, cluster in reader.cast.by_sentence.get(number, ())
            if seen.speaks and seen.main and seen.extent.end <= offset
        ]
        if speaking:
            return max(speaking, key=lambda found: found[:2])[2]
    return None


# ---- bodies ----------------------------------------


def _body(reader: Reader, at: int) -> int:
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
    if token.dep_ == "compound" or not _plays_part(token) and token.dep_ != "poss":
        return at + 1
    first = _left(words, head, reader.named)
    if words.texts[first].lower() not in ("the", "its", "their", "this", "that"):
        return at + 1
    noun = words.text(at, head + 1).lower()
    offset = reader.offset(first)
    sight = _sighting(reader, first, head + 1, head, "role")
    found = _pointed_to(cast, noun, offset, reader.sentences[head])
    if found is not None:
        reader.cast.see(found, sight)
        return head + 1
    kind = _BODY_KINDS.get(body_nouns().get(noun, ""))
    if kind is not None and _states_in(words, first, head) is None:
        text = words.text(_skip_article(words, first), head + 1)
        key = ("unnamed", text.casefold())
        cluster = cast.under(key) or cast.new(
            Cluster(cast.number(), kind, text, named=False, head=noun, plural=noun.endswith("s")), key
        )
        reader.cast.see(cluster, sight)
    return head + 1


def _pointed_to(cast: Cast, noun: str, offset: int, sentence: int) -> Cluster | None:
    """The body that a noun with the article repeats a word of, mentioned last before; or one of the sort that the noun means."""
    repeating = [
        (seen.extent.end, -c.number, c)
        for c in cast.bodies_ending(noun.split()[-1])
        if f" {c.name.casefold()} ".endswith(f" {noun} ") and (seen := c.last_before(offset)) is not None
    ]
    if repeating:
        return max(repeating, key=lambda found: found[:2])[2]
    sorts = person_words()["points_to"].get(noun)
    fitting = []
    for number in range(sentence, max(-1, sentence - REACH), -1) if sorts else ():
        for seen_at, c in cast.by_sentence.get(number, ()):
            sort = "group" if c.kind == "group" else c.sort
            body = (
                c.named and c.kind in ("organisation", "government", "group") and not (c.kind == "group" and c.country)
            )
            if body and sort in sorts and seen_at.extent.end <= offset:
                fitting.append((seen_at.extent.end, -c.number, c))
    return max(fitting, key=lambda found: found[:2])[2] if fitting else None


# ---- pronouns ----------------------------------------


def _pronoun(reader: Reader, at: int, gender: str) -> None:
    """He, she and their forms. Inside a quotation they are the speaker's words and stay unresolved."""
    if reader.quoted[at]:
        return
    found = _bearer(reader, at, gender)
    if found is None:
        return
    if found.gender is None:
        found.gender = gender
    reader.cast.see(found, _sighting(reader, at, at + 1, at, "pronoun"))


def _bearer(reader: Reader, at: int, gender: str) -> Cluster | None:
    offset, sentence = reader.offset(at), reader.sentences[at]
    best: dict[int, tuple[float, Cluster]] = {}
    for number in range(sentence, sentence - REACH - 1, -1):
        for seen, cluster in reader.cast.by_sentence.get(number, ()):
            if cluster.kind != "person" or cluster.plural or cluster.gender not in (None, gender):
                continue
            if seen.extent.end > offset:
                continue
            distance = sentence - seen.sentence
            again = seen.form == "pronoun" and distance < 2
            score = -float(distance) + 0.6 * seen.subject + 0.35 * seen.speaks + 0.3 * again
            if cluster.number not in best or score > best[cluster.number][0]:
                best[cluster.number] = (score, cluster)
    scored = [
        (
            score + 0.7 * (c.gender == gender) + 0.2 * c.named + 0.15 * min(len(c.sightings), 4) / 4,
            -c.number,
            c,
        )
        for score, c in best.values()
    ]
    if not scored:
        return None
    scored.sort(key=lambda found: found[:2], reverse=True)
    if len(scored) > 1 and scored[0][0] - scored[1][0] < MARGIN:
        return None
    return scored[0][2]


def _thing_pronoun(reader: Reader, at: int, word: str) -> None:
    """It and they, as subjects: the subject of the sentence before (or earlier in this one), if that is a body or a crowd."""
    if reader.quoted[at] or weight(reader.words, at)[1] is False:
        return
    offset, sentence = reader.offset(at), reader.sentences[at]
    fitting = []
    for number in (sentence, sentence - 1):
        for seen, cluster in reader.cast.by_sentence.get(number, ()):
            if not seen.subject or seen.extent.end > offset or cluster.kind == "person":
                continue
            if cluster.plural == (word == "they"):
                fitting.append((seen.extent.end, -cluster.number, cluster))
    if fitting:
        found = max(fitting, key=lambda option: option[:2])[2]
        reader.cast.see(found, _sighting(reader, at, at + 1, at, "pronoun"))


def adjectives_of_states(cast: Cast, words: Words, named: list[bool], sentences: list[int]) -> None:
    """ "Japanese" in "the Japanese delegation" stands for the state; as a mention it is a metonym."""
    for number, hit in enumerate(words.hits):
        entry = hit.entries[0]
        if entry.kind != "state" or entry.sense != "adjective" or number in words.released:
            continue
        first, last = words.hit_range(number)
        if any(named[first:last]):
            continue
        extent = Extent(words.paragraph.offset + hit.extent.start, words.paragraph.offset + hit.extent.end)
        cast.see(cast.state(entry.country or ""), Sighting(extent, "metonym", sentences[first], False, False))
