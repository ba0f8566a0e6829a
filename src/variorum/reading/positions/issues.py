"""The words for what a position is on."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from variorum.reading.positions.grammar import joined_too_low
from variorum.reading.positions.knowledge import words
from variorum.reading.sentences import sentence_of

LONGEST = 40
"""Tokens of an issue; a longer stretch is no name for one."""
FARTHEST = 200
"""Tokens of a clause that are looked at for where it breaks off."""
LOOSE = frozenset({"relcl", "advcl", "npadvmod", "parataxis", "appos", "cc", "conj", "punct", "dep"})


ASIDES = frozenset({"with", "after", "before", "amid", "despite", "following", "during", "without"})
"""Prepositions that behind a comma tell what happened beside, and not what is at issue."""


def phrase(head: Token) -> DocSpan:
    """A noun with all that belongs to it, less relative clauses, asides and times behind it."""
    left = head.left_edge.i
    while left < head.i and (
        (head.doc[left].is_punct and head.doc[left].text not in "“\"'‘") or head.doc[left].is_space
    ):
        left += 1
    right = head.i
    for child in head.children:
        if child.i > head.i and child.dep_ == "prep" and child.lower_ == "as":
            break  # "rejected the claim as a lie": what it is called is no part of it
        if child.i > head.i and not (child.dep_ in LOOSE and not _kept(child)):
            if head.doc[child.left_edge.i - 1].text == "," and child.dep_ not in ("conj", "punct", "cc"):
                break
            right = max(right, _right(child))
    return _trim(head.doc[left : min(right + 1, left + LONGEST)])


def clause(verb: Token, subject: Token | None = None) -> DocSpan:
    """A clause from its subject or marker to its end, less what is set off by commas."""
    left = subject.left_edge.i if subject is not None else verb.left_edge.i
    while left < verb.i and (
        verb.doc[left].dep_ in ("mark", "punct", "aux") and verb.doc[left].lower_ in ("to", "that", ",", "“")
    ):
        left += 1
    return _trim(verb.doc[left : min(_right(verb) + 1, left + LONGEST)])


def action(verb: Token) -> DocSpan:
    """What is done: a verb with what follows it, without its subject and auxiliaries."""
    return _trim(verb.doc[verb.i : min(_right(verb) + 1, verb.i + LONGEST)])


def _kept(child: Token) -> bool:
    """A coordinated noun belongs to the issue ("a truce and talks"); a coordinated verb does not."""
    return (child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN")) or (
        child.dep_ == "cc" and child.head.pos_ == "NOUN"
    )


def _right(token: Token) -> int:
    """The right edge of a subtree, cut before clauses set off by a comma or a dash."""
    edge = token.right_edge.i
    for t in islice(token.subtree, FARTHEST):
        if (
            t.i > token.i
            and t.dep_ in ("advcl", "relcl", "parataxis")
            and t.doc[t.left_edge.i - 1].text in (",", "–", "—", "-", "--")
        ):
            edge = min(edge, t.left_edge.i - 2)
        if t.i > token.i and t.dep_ == "prep" and t.lower_ in ASIDES and t.doc[t.i - 1].text == ",":
            edge = min(edge, t.i - 2)  # "…, with Russia abstaining, after a long debate"
        if t.i > token.i and t.text in ("—", "–", ";", "--"):
            edge = min(edge, t.i - 1)
        if t.i > token.i and t.lower_ == "by" and any(c.lemma_ in ("vote", "margin") for c in t.children):
            edge = min(edge, t.i - 1)  # "… by 30 votes to 12"
        if t.i > token.i and t.dep_ == "conj" and (joined_too_low(t) or _joined_after_relative(t)):
            edge = min(edge, _before_link(t) - 1)
    return max(edge, token.i)


def _joined_after_relative(verb: Token) -> bool:
    """A verb behind a comma that the parser joins to a relative clause: "a deal that cost …, and called for …"."""
    host = verb.head
    return host.dep_ == "relcl" and verb.tag_ in ("VBD", "VBZ") and verb.doc[_before_link(verb)].text == ","


def _before_link(verb: Token) -> int:
    """Index of the "and" or comma before a joined verb, or of the verb."""
    at = verb.left_edge.i
    while at > verb.head.i + 1 and (verb.doc[at - 1].pos_ == "CCONJ" or verb.doc[at - 1].is_punct):
        at -= 1
    return at


def _trim(span: DocSpan) -> DocSpan:
    doc, start, end = span.doc, span.start, span.end
    while end > start + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].pos_ == "CCONJ"):
        if doc[end - 1].text in "”\"’'" and any(t.text in "“\"‘'" for t in doc[start : end - 1]):
            break
        end -= 1
    while start < end - 1 and _opens_nothing(doc, start, end):
        start += 1
    return doc[start : _before_time(doc, start, end)]


def _opens_nothing(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch begins with a stray sign, an "only", or a quotation that it does not hold whole."""
    first = doc[start]
    if first.text in '“"':
        return not any(t.text in '”"' for t in doc[start + 1 : end])
    return first.is_space or first.text in (",", ";", ":") or first.lower_ in ("only", "just", "even", "no")


def _before_time(doc: Doc, start: int, end: int) -> int:
    """The end without a bare time behind it ("a truce last month"); "the attack of 7 October" keeps its day."""
    first = end
    while first > start + 1 and doc[first - 1].ent_type_ in ("DATE", "TIME"):
        first -= 1
    return end if first == end or doc[first - 1].pos_ in ("ADP", "DET", "NUM") else first


def unwrap(head: Token) -> Token:
    """The issue inside its wrapping: "calls for X" → X."""
    for _ in range(4):
        if head.lemma_.lower() not in words("wrappers"):
            break
        hung = (c for c in head.children if c.lower_ in ("for", "of"))
        inner = next((g for c in hung for g in c.children if g.dep_ == "pobj"), None)
        if inner is None:
            break
        head = inner
    return head


def antecedent(verb: Token) -> Token | None:
    """The noun that the relative pronoun before a verb stands for ("a truce, which the bloc opposes")."""
    for _ in range(3):
        if verb.dep_ == "relcl":
            return verb.head
        if verb.dep_ not in ("ccomp", "xcomp"):
            break
        verb = verb.head
    return None


def matter_before(verb: Token, pronoun: Token) -> Token | None:
    """The public matter that "it" or "one" behind a verb takes up, out of the sentence before or the words before it."""
    sentence = sentence_of(verb)
    first = sentence_of(verb.doc[sentence.start - 1]).start if sentence.start else 0
    return _last_matter(verb.doc[max(first, verb.i - FARTHEST) : verb.i], pronoun)


def offered_before(verb: Token) -> Token | None:
    """The verb of the sentence before, where "it" takes up what it offers or proposes ("offered families a sum")."""
    sentence = sentence_of(verb)
    if not sentence.start:
        return None
    root = sentence_of(verb.doc[sentence.start - 1]).root
    return root if root.pos_ == "VERB" and root.lemma_.lower() in words("offering") else None


def matter_above(doc: Doc, pronoun: Token) -> Token | None:
    """The public matter that "it" takes up out of the paragraph before, where its own has none before it."""
    return _last_matter(doc[max(0, len(doc) - FARTHEST) :], pronoun)


def _last_matter(before: DocSpan, pronoun: Token) -> Token | None:
    known = words("public") | words("matters")
    for token in reversed(before):
        lemma = token.lemma_.lower()
        if token.pos_ != "NOUN" or token.dep_ not in ("dobj", "nsubj", "nsubjpass", "pobj"):
            continue
        if lemma in known and lemma not in words("actors"):
            above = token.head.head if token.dep_ == "pobj" else token
            named = above if above.pos_ == "NOUN" and above.lemma_.lower() in known else token  # "a vote on the bridge"
            told_of_one = any(c.lower_ in ("a", "an") for c in named.children)
            return named if pronoun.lower_ != "one" or told_of_one else None
    return None


def is_matter(head: Token, *, public: bool, strict: bool = False) -> bool:
    """Whether somebody may hold a public position on this.

    Args:
        head: the head of the issue.
        public: whether he is one whose stances are public business; of others, only stances on public matters count.
        strict: whether the cue has everyday uses, so that public actors too must hold it on a public matter.
    """
    lemma = head.lemma_.lower()
    if lemma in words("private") or head.pos_ == "PRON" or head.ent_type_ in ("DATE", "TIME"):
        return False
    if head.pos_ == "NUM" and head.dep_ != "nummod":
        return False
    if public and not strict:
        return head.pos_ in ("NOUN", "PROPN", "VERB", "AUX", "ADJ")
    matters = words("public") | words("matters") if public else words("public")
    if lemma in matters or any(t.lemma_.lower() in matters for t in head.children):
        return True
    return public and head.pos_ == "VERB" and any(t.lemma_.lower() in matters for t in islice(head.subtree, LONGEST))
