"""Positions taken by words: verbs, nouns and adjectives of stance, and refusals in what somebody says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from variorum.model.reading import Stance
from variorum.reading.parsed import Paragraph
from variorum.reading.positions.bare import Topic, bare_stances
from variorum.reading.positions.cues import Cue, cue_on, turned_if
from variorum.reading.positions.ellipsis import taken_up
from variorum.reading.positions.grammar import Taken, negated, own_subject, refuses, shared_subject
from variorum.reading.positions.idioms import by_motion, by_partisan, by_reception, by_reserve, by_verdict
from variorum.reading.positions.issues import (
    action,
    antecedent,
    clause,
    is_matter,
    matter_above,
    matter_before,
    offered_before,
    phrase,
)
from variorum.reading.positions.knowledge import (
    OPPOSITE,
    VerbFrame,
    adjective_stances,
    noun_stances,
    verb_frames,
    words,
)
from variorum.reading.positions.said import positions_said
from variorum.reading.positions.turns import (
    by_demand,
    by_idiom,
    by_no_plan,
    by_pledge,
    by_refusal,
    by_undoing,
    so_called,
)
from variorum.reading.positions.who import OBJECTS, Who, agent_of, is_somebody, joined, subject_of
from variorum.reading.sentences import sentence_of

ADVERBIAL = frozenset({"advmod", "npadvmod"})
SIDES = frozenset({"GPE", "NORP", "ORG", "PERSON", "LOC"})
"""Entities that may be backed; the parser often takes a bare capital behind a verb for an adverb."""


def positions_by_words(
    paragraph: Paragraph, who: Who, before: Paragraph | None = None, topic: Topic | None = None
) -> Iterator[Taken]:
    """All positions that the words of a paragraph state, in the order of their cues.

    Args:
        paragraph: the paragraph.
        who: finds who takes a position.
        before: the paragraph before it, where an "it" may have its noun.
        topic: what the positions before it are on; those of this paragraph are added.
    """
    topic = topic or Topic()
    for taken in _stated(paragraph, who, before, topic):
        if taken.issue is not None:
            topic.told(taken.home or paragraph, taken.issue)
        yield taken


def _stated(paragraph: Paragraph, who: Who, before: Paragraph | None, topic: Topic) -> Iterator[Taken]:
    """The same, so that each may be on the issue of the one before it."""
    denies = any(token.dep_ == "neg" for token in paragraph.doc)
    told: tuple[Token, Cue] | None = None
    for token in paragraph.doc:
        for subject, cue in taken_up(token, told):
            yield from _taken_up(paragraph, who, subject, cue)
        yield from bare_stances(paragraph, who, token, topic)
        if token.pos_ == "NOUN":
            for cue in (*by_motion(token), *by_partisan(token)):
                yield from _held(paragraph, who, token, cue)
        if (found := _by_adverb(token)) is not None:
            yield from _held(paragraph, who, token, found)
        if token.pos_ in ("VERB", "AUX") or (token.pos_ == "NOUN" and token.dep_ == "ROOT"):
            lemma = token.lemma_.lower()
            for found_cue in _cues(token, lemma):
                if (named := _named(found_cue, before, topic)) is None:
                    continue
                cue, told = named, (token, named)
                yield from _held(paragraph, who, token, cue)
                if cue.holder is None and (other := joined(token)) is not None:
                    yield from _held(paragraph, who, token, replace(cue, holder=other))
            yield from positions_said(paragraph, who, token, lemma, denies=denies)


def _cues(token: Token, lemma: str) -> Iterator[Cue]:
    undone = list(by_undoing(token)) if token.pos_ == "VERB" else []
    yield from undone
    if not undone and lemma in verb_frames() and (token.pos_ == "VERB" or _is_headline_verb(token)):
        found = _by_verb(token, verb_frames()[lemma])
        if found is not None:
            yield found
            yield from _coordinated(token, found)
    if token.pos_ == "VERB":
        yield from by_idiom(token)
        yield from by_demand(token)
        yield from by_refusal(token)
        yield from by_pledge(token)
    if token.pos_ in ("VERB", "AUX"):
        yield from by_no_plan(token)
    if token.pos_ == "VERB" and lemma in words("light_verbs"):
        yield from _by_noun(token)
    if lemma in words("having") or lemma in words("meeting_with"):
        yield from by_reception(token)
    if token.pos_ == "VERB" and lemma in words("calling"):
        yield from by_verdict(token)
    if lemma in words("reserving"):
        yield from by_reserve(token)
    if lemma in words("copulas") or (lemma == "come" and any(c.lower_ == "out" for c in token.children)):
        yield from _by_adjective(token)


def _named(cue: Cue, before: Paragraph | None, topic: Topic) -> Cue | None:
    """A cue on "it" with what the paragraph before means by it; None where that tells of no public matter, nor a position
    of the issue meant."""
    if not cue.unnamed:
        return cue
    if topic.here() is None and sentence_of(cue.head).start > 0:
        return None  # it stands for something of the sentence before, which tells of no public matter
    noun = matter_above(before.doc, cue.head) if before is not None and cue.head.lower_ == "it" else None
    if noun is not None:
        return replace(cue, head=noun, meant=phrase(noun), home=before)
    told = topic.last(1)
    return replace(cue, head=told[1].root, meant=told[1], home=told[0]) if told is not None else None


def _by_adverb(token: Token) -> Cue | None:
    """ "Peru and Chile back Quito": a verb that the tagger took for an adverb between two names."""
    if token.pos_ not in ("ADV", "ADP") or token.lower_ not in words("verbs_like_adverbs"):
        return None
    at, doc = token.i, token.doc
    if at == 0 or at + 1 >= len(doc) or doc[at - 1].pos_ not in ("PROPN", "NOUN"):
        return None
    last, opens = doc[at - 1], doc[at + 1]
    first = min((last, *last.conjuncts), key=lambda t: t.i)
    plural = first.i < last.i or last.tag_ in ("NNS", "NNPS")  # one alone "backs"
    side = opens if opens.pos_ == "PROPN" else opens.head
    while side.dep_ in ("compound", "nmod") and side.head.i > side.i:
        side = side.head
    if not plural or opens.pos_ not in ("PROPN", "DET") or side.pos_ not in ("PROPN", "NOUN"):
        return None
    if side.ent_type_ in ("DATE", "TIME") or side.i <= at:
        return None
    frame = verb_frames()[token.lower_][0]
    cue = cue_on(frame.stance, side, first)
    return replace(cue, issue=doc[max(cue.issue.start, at + 1) : cue.issue.end], strict=side.pos_ == "NOUN")


def _is_headline_verb(token: Token) -> bool:
    """ "Ministers back plan": a verb that the tagger took for a noun, at the root of a headline."""
    return (
        token.dep_ == "ROOT"
        and token.tag_ in ("NN", "NNS")
        and any(c.dep_ in ("nsubj", "dobj") for c in token.children)
    )


def _by_verb(verb: Token, frames: tuple[VerbFrame, ...]) -> Cue | None:
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) or (
        verb.tag_ == "VBN" and verb.dep_ == "acl"
    )
    for frame in frames:
        if (
            not passive
            and frame.frame in ("object", "any", "prep")
            and (named := so_called(verb, frame.stance)) is not None
        ):
            return named
        found = _passive(verb, frame) if passive else _active(verb, frame)
        if found is not None:
            return replace(found, strict=frame.strict)
    return None


def _passive(verb: Token, frame: VerbFrame) -> Cue | None:
    """ "A truce is opposed by the bloc"."""
    agent = agent_of(verb)
    if agent is None or frame.frame not in ("object", "any") or frame.with_:
        return None
    if verb.dep_ == "acl":
        head: Token | None = verb.head
    else:
        head = shared_subject(verb)
    if head is None or head.pos_ == "PRON":
        return None
    return cue_on(frame.stance, head, agent, passive=True)


def _active(verb: Token, frame: VerbFrame) -> Cue | None:
    children = list(verb.children)
    if frame.frame in ("prep", "backprep"):
        return _behind_preposition(verb, frame)
    if frame.frame == "outprep":
        return _behind_particle(verb, frame)
    if frame.frame == "particle":
        if not any(c.dep_ == "prt" and c.lower_ == frame.with_ for c in children):
            return None
        return _object(verb, frame.stance)
    if frame.frame == "request":
        return _request(verb, frame)
    if frame.frame == "denial":
        return _denial(verb, frame)
    if frame.frame in ("object", "any") and (found := _object(verb, frame.stance)) is not None:
        return found
    if frame.frame in ("clause", "any"):
        inner = next((c for c in children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i and _is_clause(c)), None)
        if inner is not None and inner.lemma_.lower() in words("speaking"):
            return None  # "refused to comment on the vote"
        if inner is not None and not _turned_twice(verb, inner):
            return Cue(turned_if(frame.stance, negated(inner)), clause(inner, own_subject(inner)), inner, None)
    return None


def _is_clause(word: Token) -> bool:
    """Whether a complement is a clause; behind "that" it is, whatever the tagger took its verb for ("that he step aside")."""
    return word.pos_ in ("VERB", "AUX") or any(c.dep_ == "mark" and c.lower_ == "that" for c in word.children)


def _is_alleged(verb: Token) -> bool:
    """ "denied that it backs the rebels", "accused them of being donors supporting her": said of somebody, not by him."""
    if verb.dep_ == "ccomp" and verb.head.lemma_.lower() in words("denying"):
        return True
    above = verb
    for _ in range(5):
        if above.dep_ not in ("acl", "pcomp", "prep", "attr", "conj", "pobj") or above.head is above:
            return False
        above = above.head
        if above.lemma_.lower() in words("denying") and above.pos_ == "VERB":
            return True
    return False


def _turned_twice(verb: Token, inner: Token) -> bool:
    """ "refused to accept the result": the inner verb, turned, has the result for its issue."""
    frames = verb_frames().get(inner.lemma_.lower(), ())
    return verb.lemma_.lower() in words("turning") and any(f.stance in OPPOSITE and not f.with_ for f in frames)


def _behind_particle(verb: Token, frame: VerbFrame) -> Cue | None:
    """ "lashed out at the ban", "spoke out against it": a particle and a preposition together."""
    particle, preposition = frame.with_.split()
    if not any(c.lower_ == particle and c.i > verb.i for c in verb.children):
        return None
    hung = (c for source in (verb, *verb.children) for c in source.children if c.lower_ == preposition and c.i > verb.i)
    thing = next((g for c in hung for g in c.children if g.dep_ == "pobj"), None)
    return cue_on(frame.stance, thing, None) if thing is not None and thing.pos_ != "PRON" else None


def _denial(verb: Token, frame: VerbFrame) -> Cue | None:
    """ "vowed never to recognise": only what is not to be done is refused; what is to be done is an event."""
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i and c.tag_ == "VB"), None)
    if inner is None or not negated(inner):
        return None
    return Cue(frame.stance, action(inner), inner, None)


def _behind_preposition(verb: Token, frame: VerbFrame) -> Cue | None:
    for child in verb.children:
        if child.i < verb.i:
            continue
        if (wanted := _marked_demand(child, frame.with_)) is not None:
            return Cue(turned_if(frame.stance, negated(child)), clause(child, wanted), child, None)
        if child.lower_ != frame.with_:
            continue
        if frame.frame == "prep" and any(c.dep_ == "prt" for c in verb.children):
            continue  # "calling up reporters for", "standing up for"
        if frame.frame == "backprep" and not any(c.lower_ == "back" for c in verb.children):
            continue
        inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp") and c.i > child.i), None)
        if inner is None:
            continue
        if verb.lemma_.lower() in words("calling") and any(c.dep_ in OBJECTS and c.i < child.i for c in verb.children):
            continue  # "called the treaty a sentence for cod"
        if inner.dep_ == "pcomp":
            return Cue(frame.stance, clause(inner), inner, None)
        asked = next((c for c in verb.children if c.dep_ in ("xcomp", "advcl", "ccomp") and c.i > inner.i), None)
        if asked is None:
            asked = next((c for c in inner.children if c.tag_ == "VB" and c.dep_ in ("acl", "relcl")), None)
        if (
            frame.with_ == "for"
            and asked is not None
            and asked.tag_ == "VB"
            and inner.pos_ in ("PROPN", "PRON", "NOUN")
        ):
            return Cue(turned_if(frame.stance, negated(asked)), clause(asked, inner), asked, None)
        return cue_on(frame.stance, inner, None)
    return None


def _marked_demand(verb: Token, marker: str) -> Token | None:
    """The subject of "called for talks to begin", where the parser takes the preposition for the clause's marker."""
    marked = verb.tag_ == "VB" and any(c.dep_ == "mark" and c.lower_ == marker for c in verb.children)
    return own_subject(verb) if marked and verb.dep_ in ("advcl", "ccomp") else None


def _coordinated(verb: Token, found: Cue) -> Iterator[Cue]:
    """ "called for restraint and for an inquiry": each preposition has an issue of its own."""
    prep = found.head.head
    if prep.head.i == verb.i and prep.dep_ == "prep":
        for other in prep.conjuncts:
            inner = next((c for c in other.children if c.dep_ == "pobj" and c.i > other.i), None)
            if other.lower_ == prep.lower_ and inner is not None:
                yield replace(cue_on(found.stance, inner, None), strict=found.strict)


def _object(verb: Token, stance: Stance) -> Cue | None:
    head = next((c for c in verb.children if c.dep_ in ("dobj", "obj")), None)
    if head is None:
        head = next((c for c in verb.children if c.dep_ in ADVERBIAL and c.tag_ == "NNP" and c.i > verb.i), None)
        return cue_on(stance, head, None) if head is not None and head.ent_type_ in SIDES else None
    if head.lower_ in words("taking_up") and head.i > verb.i:
        meant = matter_before(verb, head)
        if meant is None and head.lower_ != "one" and (deed := offered_before(verb)) is not None:
            return Cue(stance, action(deed), deed, None)
        if meant is None and head.lower_ in ("it", "that", "this"):
            return Cue(stance, head.doc[head.i : head.i + 1], head, None, unnamed=True)
        return cue_on(stance, meant, None) if meant is not None else None
    if head.lower_ in ("which", "that", "whom") or (head.pos_ == "PRON" and head.i < verb.i):
        noun = antecedent(verb)
        return cue_on(stance, noun, None) if noun is not None else None
    return cue_on(stance, head, None)


def _request(verb: Token, frame: VerbFrame) -> Cue | None:
    """ "urged the army to withdraw", "called on both sides to stop": for what they are asked to do."""
    asked = next(
        (
            c
            for c in verb.children
            if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i and c.pos_ in ("VERB", "AUX")
        ),
        None,
    )
    if frame.with_:
        on = next((c for c in verb.children if c.lower_ == frame.with_ and c.i > verb.i), None)
        target = next((c for c in on.children if c.dep_ == "pobj"), None) if on is not None else None
        if target is None:
            return None
        if asked is None:
            asked = next((c for c in target.children if c.tag_ == "VB"), None) or (
                next((c for c in on.children if c.tag_ == "VB"), None) if on is not None else None
            )
        if asked is None:
            return None
    else:
        target = next((c for c in verb.children if c.dep_ in OBJECTS), None)
        if asked is None:
            return cue_on(frame.stance, target, None) if target is not None and _is_thing(target) else None
        if asked.tag_ != "VB" and not any(c.lower_ == "to" for c in asked.children):
            return None
    start = target if target is not None and target.i < asked.i else own_subject(asked)
    return Cue(turned_if(frame.stance, negated(asked)), clause(asked, start), asked, None, request=True)


def _is_thing(noun: Token) -> bool:
    """ "urged restraint" asks for a thing, "urged lawmakers" names who is asked."""
    return noun.pos_ == "NOUN" and noun.lemma_.lower() not in words("actors") and noun.ent_type_ == ""


def _by_noun(verb: Token) -> Iterator[Cue]:
    """ "voiced support for", "reiterated its opposition to"."""
    for noun in verb.children:
        if noun.dep_ not in ("dobj", "conj", "pobj"):
            continue
        for each in (noun, *noun.conjuncts):
            if each.lemma_.lower() in words("shown_by_events") and not is_somebody(subject_of(verb)):
                continue  # "the turmoil shows the need for reform"
            hung_on_verb = (c for c in verb.children if c.dep_ in ("prep", "dative") and c.i > each.i)
            for prep in (*each.children, *hung_on_verb):
                stance = noun_stances().get((each.lemma_.lower(), prep.lower_))
                inner = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
                if stance is not None and inner is not None and inner.i > each.i:
                    owner = next((c for c in each.children if c.dep_ == "poss" and c.pos_ == "PROPN"), None)
                    cue = (
                        Cue(stance, clause(inner), inner, None)
                        if inner.dep_ == "pcomp"
                        else cue_on(stance, inner, None)
                    )
                    yield replace(cue, request=True, holder=owner)


def _by_adjective(verb: Token) -> Iterator[Cue]:
    """ "remains opposed to", "is against", "is in favour of"."""
    for child in verb.children:
        if child.i < verb.i or child.dep_ not in ("acomp", "prep", "attr", "oprd", "advmod"):
            continue
        if child.lower_ == "in":
            yield from _in_favour(child)
            continue
        known = adjective_stances().get(child.lower_)
        if known is None:
            continue
        if not known.followers:
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is not None and inner.dep_ == "pcomp":
                yield Cue(known.stance, clause(inner), inner, None)
            elif inner is not None:
                yield cue_on(known.stance, inner, None)
            continue
        for cue in _after_adjective(child, known.followers, known.stance):
            yield replace(cue, strict=known.strict)


def _in_favour(prep: Token) -> Iterator[Cue]:
    noun = next((c for c in prep.children if c.lower_ in ("favor", "favour")), None)
    of = next((c for c in noun.children if c.lower_ == "of"), None) if noun is not None else None
    inner = next((c for c in of.children if c.dep_ in ("pobj", "pcomp")), None) if of is not None else None
    if inner is not None:
        yield cue_on("for", inner, None) if inner.dep_ == "pobj" else Cue("for", clause(inner), inner, None)


def _after_adjective(adjective: Token, followers: frozenset[str], stance: Stance) -> Iterator[Cue]:
    for child in adjective.children:
        if child.i < adjective.i:
            continue
        if child.dep_ in ("ccomp", "xcomp", "advcl") and ("that" in followers or "to" in followers):
            yield Cue(stance, clause(child, own_subject(child)), child, None)
            return
        if child.lower_ in followers:
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is not None:
                yield cue_on(stance, inner, None) if inner.dep_ == "pobj" else Cue(stance, clause(inner), inner, None)
                return


# ---- from cue to position -------------------------------------------------------------------------


def _held(paragraph: Paragraph, who: Who, verb: Token, cue: Cue) -> Iterator[Taken]:
    stance = cue.stance if cue.settled and not _is_alleged(verb) else _stance(verb, cue.stance, request=cue.request)
    subject = cue.holder if cue.holder is not None else subject_of(verb)
    if stance is None or subject is None:
        return
    if cue.issue.start <= subject.i < cue.issue.end:
        return
    for holder in who.holders(paragraph, subject):
        if verb.pos_ in ("ADV", "ADP") and holder.extent.start > paragraph.extent(verb).start:
            continue
        strict = cue.strict and not _refusal(verb) and cue.head.lemma_.lower() not in words("tidings")
        if not is_matter(cue.head, public=holder.public, strict=strict):
            continue
        span = paragraph.span(holder.extent)
        first, last = min(verb.i, subject.i), max(verb.i, subject.i)
        if span is not None and sentence_of(span[0]).start == sentence_of(verb).start:
            first, last = min(first, span.start), max(last, span.end - 1)
        if 0 < cue.issue.start - last < 15 or cue.passive:
            last = max(last, cue.issue.end - 1)
            first = min(first, cue.issue.start) if cue.passive and verb.dep_ != "acl" else first
        last = max(last, cue.last or last)
        if issue_is_relative(verb) and cue.issue.end <= first:
            first = min(first, max(cue.issue.end, first - 2))
        yield Taken(holder.extent, stance, cue.meant or cue.issue, first, last + 1, home=cue.home)


def _taken_up(paragraph: Paragraph, who: Who, subject: Token, cue: Cue) -> Iterator[Taken]:
    """The positions of those who take up a stance without its verb."""
    for holder in who.holders(paragraph, subject):
        if is_matter(cue.head, public=holder.public, strict=cue.strict):
            span = paragraph.span(holder.extent)
            first = span.start if span is not None else subject.left_edge.i
            last = (cue.last or subject.i) + 1
            yield Taken(holder.extent, cue.stance, cue.meant or cue.issue, first, last, home=cue.home)


def _refusal(verb: Token) -> bool:
    """ "would not accept", "refused to accept": a stance on whatever it is, however everyday the verb."""
    return refuses(verb) or (verb.dep_ == "xcomp" and verb.head.lemma_.lower() in words("turning"))


def issue_is_relative(verb: Token) -> bool:
    """Whether the verb's object is a relative pronoun before it."""
    return verb.dep_ == "relcl" and any(c.dep_ in ("dobj", "obj") and c.i < verb.i for c in verb.children)


def _stance(verb: Token, stance: Stance, *, request: bool) -> Stance | None:
    """The stance after negation; None where the words leave open whether it is taken."""
    if stance == "undecided":
        return stance  # its own "not" and "yet" are what tells it
    turned = negated(verb) or any(c.lower_ == "longer" for c in verb.children)
    if _is_alleged(verb):
        return None
    if any(c.dep_ == "mark" and c.lower_ in words("doubts") for c in verb.children):
        return None
    unsure = any(c.dep_ == "aux" and c.lower_ in words("unsure") for c in verb.children)
    if unsure and not (turned and any(c.dep_ == "aux" and c.lower_ in words("unable") for c in verb.children)):
        return None
    if verb.dep_ in ("xcomp", "ccomp") and verb.i > verb.head.i:
        above = verb.head
        if verb.dep_ == "xcomp":
            if above.lemma_.lower() in words("leaving_open"):
                return None
            turned ^= above.lemma_.lower() in words("turning") or negated(above)
    if not turned:
        return stance
    if stance == "against" and verb.lemma_.lower() not in words("denied_means_for"):
        return None  # "did not rule out a ban" is not for it
    waiting = any(c.dep_ == "aux" and c.lemma_.lower() == "have" for c in verb.children)
    return None if request or waiting else OPPOSITE.get(stance)  # "has not endorsed" may yet endorse
