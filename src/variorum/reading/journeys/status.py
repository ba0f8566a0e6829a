"""Whether a journey was made or begun, is planned, or is only asked for or imagined."""

from __future__ import annotations

from spacy.tokens import Token

from variorum.model.reading import LegStatus
from variorum.reading.events import grammar as g
from variorum.reading.events.frames import is_negated, modality
from variorum.reading.events.lexicon import grammar_words
from variorum.reading.journeys.lexicon import movement_words


def _is_ranked(noun: Token) -> bool:
    """Whether a noun is one of a row: "the *first* envoy", "the most senior official", "the highest-ranking one"."""
    ranks = [c for c in noun.children if c.dep_ in ("amod", "advmod", "nummod", "det", "compound") and c.i < noun.i]
    return any(
        c.lower_ in movement_words("words", "ranking") or c.tag_ in ("JJS", "RBS") for r in ranks for c in (r, *r.lefts)
    )


def status_of(word: Token) -> LegStatus | None:
    """Whether a journey was made or begun, or is planned; None where it was not, or is only asked for or imagined."""
    planned = False
    node, below, came_by = word, word, ""
    for _ in range(6):
        if g.is_verb(node):
            joined = node != word and came_by == "conj"
            if joined and (below.tag_ in ("VBD", "VBZ", "VBP") or any(c.tag_ == "MD" for c in below.children)):
                break  # "cancelled a stop and *flew* on": a finite verb stands for itself
            if is_negated(node) or (node.lemma_ in movement_words("words", "refused") and node != word and not joined):
                return None
            if any(c.dep_ in ("mark", "advmod") and c.lower_ in grammar_words("hypothetical") for c in node.children):
                return None
            if node.lemma_ in ("put", "call") and any(c.dep_ == "prt" and c.lower_ == "off" for c in node.children):
                return None
            moods = modality(node)
            if moods & {"possible", "duty"} or (
                moods and any(c.dep_ == "aux" and c.lemma_ == "have" for c in node.children)
            ):
                return None
            if planned and not joined and any(c.dep_ == "aux" and c.lower_ in ("had", "'d") for c in node.children):
                return None  # "had been due to visit": it is not said that it came about
            infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children)
            if infinitive and node.dep_ in ("acl", "relcl") and _is_ranked(node.head):
                node, below, came_by = node.head, node, ""  # "the first envoy to visit": was she, or will she be?
                continue
            planned = planned or bool(moods & {"future", "conditional"})
            planned = planned or (
                infinitive
                and (
                    node.dep_ in ("advcl", "acl", "relcl", "ROOT")
                    or node.head.lemma_ in grammar_words("planned")
                    or node.head.lower_ in grammar_words("willing")
                    or node.head.lemma_ == "be"
                )
            )
            if node != word and node.lemma_ in grammar_words("planned"):
                planned = True
            if node.dep_ not in ("xcomp", "conj", "pcomp") and not (node.tag_ == "VBN" and node.lemma_ == "follow"):
                break
            if node.dep_ == "conj" and g.own_subject(node) is not None:
                break
        elif any(
            (c.lower_ in grammar_words("planned_adjectives") and c.dep_ in ("amod", "compound"))
            or (c.dep_ == "acl" and c.tag_ == "VBN" and c.lemma_ in grammar_words("planned"))
            for c in node.children
            if below.dep_ != "acl"
        ) or (
            node.dep_ == "pobj"
            and (node.head.lower_ in ("before", "until") or node.head.head.lower_ in ("ahead", "advance"))
        ):
            planned = True
        if node.head == node or (
            not g.is_verb(node)
            and (
                node.dep_ not in ("dobj", "nsubjpass", "pobj", "prep", "attr", "nsubj", "agent")
                or (node != word and node.pos_ == "PROPN")
            )
        ):
            break
        if (
            not g.is_verb(node)
            and node.dep_ == "pobj"
            and g.is_verb(node.head.head)
            and node.head.lower_ in ("after", "following", "during", "since")
        ):
            break
        node, below, came_by = node.head, node, node.dep_
    ahead = g.is_verb(node) and node.dep_ == "advcl" and node.head != node
    if (
        not planned
        and ahead
        and any(c.lower_ in movement_words("clauses", "until") for c in node.children if c.i < node.i)
    ):
        return status_of(node.head)  # "was to fly on to Quito before she returned to Lima"
    return "planned" if planned else "done"
