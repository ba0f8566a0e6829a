"""Whoever is said to say something and no table knows: "aid agencies say", "the palace said", "according to farmers"."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from variorum.model.reading import NameKind
from variorum.reading.actors.phrases import Reader, after_article, left_edge, right_edge, seen_at, sighted, vouches
from variorum.reading.actors.table import Cluster, person_words
from variorum.text.tables import load_toml

_PERSON_ENDINGS = ("er", "or", "ist", "ian", "ant", "ent", "man", "woman")
_SHORTEST = 3
_COMPOUNDED = 5
_ALSO_DONE = frozenset(
    {"find", "rule", "move", "break", "post", "offer", "read", "cut", "air", "set", "second", "submit", "project", "snap",
     "press", "push", "direct", "order", "back", "support", "like", "love", "hate", "attack", "charge", "cast", "frame",
     "bill", "pan", "savage", "contest", "challenge", "credit", "paint", "name", "term", "style", "favor", "favour"}
)  # fmt: skip
"""Verbs of these classes that things do as well."""


def _tells(token: Token) -> bool:
    """Whether a noun is the subject of any verb of saying or asking, or, being many, of judging ("growers have
    criticised the deal")."""
    if token.dep_ != "nsubj":
        return False
    told, judged = _verbs()
    if any(c.dep_ == "advcl" and c.tag_ == "VBG" and c.lemma_ in person_words()["saying"] for c in token.head.rights):
        return True  # "growers oppose the deal, saying …"
    return token.head.lemma_ in told or (token.tag_ == "NNS" and token.head.lemma_ in judged)


@cache
def _verbs() -> tuple[frozenset[str], frozenset[str]]:
    classes = load_toml("en/statement_words.toml")["classes"]
    return frozenset((*classes["say"], *classes["ask"])) - _ALSO_DONE, frozenset(classes["judge"]) - _ALSO_DONE


@cache
def _ends_of_persons() -> tuple[str, ...]:
    """Nouns for persons, which compounds end in ("neurosurgeon", "superdelegate")."""
    return tuple(sorted(noun for noun in person_words()["persons"] if len(noun) >= _COMPOUNDED))


def read_sayer(reader: Reader, at: int) -> None:
    """A noun that is the source of something said, as an actor without a name, kept in the report's own words.

    Papers, counts and the like are no actors, whatever they are said to say.
    """
    words, cast = reader.words, reader.cast
    token = words.doc[at]
    if token.pos_ != "NOUN" or reader.quoted[at] or len(token.text) < _SHORTEST:
        return
    if not vouches(token) and not _tells(token):
        return
    if token.lemma_.lower() in person_words()["speechless"] or seen_at(reader, at) is not None:
        return
    if token.text[0].isupper() and cast.persons_with((token.text,)):
        return  # "Pence" is no small change where the report has a Pence
    first = left_edge(words, at, reader.named)
    plural = token.tag_ == "NNS" or token.lower_ in person_words()["shares"]
    if not plural and first == at:
        return
    # "The union of port workers" is told apart by its workers.
    of = at + 1 < len(words) and words.texts[at + 1].lower() == "of"
    last = right_edge(words, at, reader.named) if of else at + 1
    plain = words.text(after_article(words, first), last)
    key = ("unnamed", plain.casefold())
    cluster = cast.under(key)
    if cluster is None:
        person = not plural and (token.lower_.endswith(_PERSON_ENDINGS) or token.lower_.endswith(_ends_of_persons()))
        kind: NameKind = "group" if plural else "person" if person else "organisation"
        text = words.text(first, last)
        text = text if reader.named[first] or words.hit_at[first] >= 0 else text[0].lower() + text[1:]
        cluster = cast.new(
            Cluster(cast.number(), kind, text, named=False, plural=plural, head=token.lemma_.lower()), key
        )
    cast.see(cluster, sighted(reader, first, last, at, "role"))
