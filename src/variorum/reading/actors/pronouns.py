"""Pronouns: to the best placed bearer, or to nobody."""

from __future__ import annotations

from variorum.reading.actors.named import weight
from variorum.reading.actors.phrases import Reader, seen_at, sighted
from variorum.reading.actors.table import Cluster, person_words

REACH = 5
"""Sentences back in which a pronoun's bearer is looked for."""
LIST = 5
"""Characters between two names of a list: ", " and " and "."""
JUST_BEFORE = 2
"""Sentences back in which those are looked for of whom one speaks."""
_LISTENERS = frozenset({"reporter", "journalist"})
MARGIN = 0.15
"""By how much the best bearer of a pronoun must lead the next."""
GOES_ON = 0.3
"""What a subject of a main clause gains for a pronoun that speaks: who was talked about goes on, not who was mentioned."""
QUOTED = 1.5
"""What a mention inside a quotation loses: outside it, the talk is of the speaker."""


def read_pronoun(reader: Reader, at: int, gender: str) -> None:
    """He, she and their forms. Inside a quotation they are the speaker's words and stay unresolved."""
    if reader.quoted[at]:
        return
    found = _bearer(reader, at, gender)
    if found is None:
        return
    if found.gender is None:
        found.gender = gender
    reader.cast.see(found, sighted(reader, at, at + 1, at, "pronoun"))


def _bearer(reader: Reader, at: int, gender: str) -> Cluster | None:
    offset, sentence = reader.offset(at), reader.sentences[at]
    best: dict[int, tuple[float, Cluster]] = {}
    says = weight(reader.words, at)[1]
    for number, distance in reader.cast.back_from(sentence, REACH):
        for seen, cluster in reader.cast.seen_in(number, offset):
            if cluster.kind != "person" or cluster.plural or cluster.gender not in (None, gender):
                continue
            if seen.extent.end > offset:
                continue
            again = seen.form == "pronoun" and distance < 2
            score = -float(distance) + 0.6 * seen.subject + 0.35 * seen.speaks + 0.3 * again - QUOTED * seen.quoted
            score += GOES_ON * (says and (seen.main or seen.speaks) and distance > 0)
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
    found = scored[0][2]
    if found.gender is None and not found.named and not any(seen.subject for seen in found.sightings):
        return None  # somebody met or mentioned once, of whom nothing tells that it is he or she
    return found


def read_relative(reader: Reader, at: int) -> None:
    """ "who" stands for the noun that its clause hangs on."""
    verb = reader.words.doc[at].head
    if verb.dep_ != "relcl" or not verb.head.i < at or at - verb.head.i > 12:
        return
    found = seen_at(reader, verb.head.i)
    if found is not None and found.kind in ("person", "group", "organisation", "government"):
        reader.cast.see(found, sighted(reader, at, at + 1, at, "pronoun"))


def read_part_of_many(reader: Reader, at: int) -> None:
    """ "One of them said", "two of them added": whoever of several was said to say something last, before the sentence
    or in it."""
    words = reader.words
    head = words.doc[at - 2]
    if reader.quoted[at] or head.tag_ not in ("CD", "DT", "JJ", "NN", "NNS", "RB") or head.dep_ != "nsubj":
        return
    offset, sentence = reader.offset(at - 2), reader.sentences[at]
    if not weight(words, at - 2)[1]:
        return
    many = [
        (seen.speaks and seen.main, seen.main, seen.subject, seen.extent.end, -cluster.number, cluster)
        for number in range(sentence, sentence - JUST_BEFORE - 1, -1)
        for seen, cluster in reader.cast.seen_in(number, offset)
        if cluster.plural and seen.extent.end <= offset and not seen.quoted and cluster.head not in _LISTENERS
    ]
    if many:
        found = max(many, key=lambda option: option[:5])[5]
        reader.cast.see(found, sighted(reader, at - 2, at + 1, at - 2, "pronoun"))


def read_thing_pronoun(reader: Reader, at: int, word: str) -> None:
    """It and they as subjects: the subject of the sentence before or earlier in this one, if a body or a crowd."""
    if reader.quoted[at] or weight(reader.words, at)[1] is False:
        return
    offset, sentence = reader.offset(at), reader.sentences[at]
    says = weight(reader.words, at)[1]
    if says and reader.words.doc[at].head.lemma_ in person_words()["reading_out"]:
        return  # "it read" is said of what was issued, whoever the last subject is
    fitting = []
    for number in (sentence, sentence - 1):
        for seen, cluster in reader.cast.seen_in(number, offset):
            if not (seen.subject or (says and seen.vouches)) or seen.extent.end > offset or cluster.kind == "person":
                continue
            if cluster.plural == (word == "they"):
                fitting.append((seen.extent.end, -cluster.number, seen.extent.start, cluster))
    fitting.sort(key=lambda option: option[:2], reverse=True)
    if not fitting:
        return
    if word == "it" and len(fitting) > 1 and 0 <= fitting[0][2] - fitting[1][0] <= LIST:
        return  # "Britain and France": neither is it
    reader.cast.see(fitting[0][3], sighted(reader, at, at + 1, at, "pronoun"))
