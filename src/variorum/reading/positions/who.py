"""Who takes the position: the subjects of a verb, coordinated, relative or understood, as actors of the report."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model import Extent, ReportedActor, Statement
from variorum.reading.attributed import Attributed
from variorum.reading.parsed import Paragraph
from variorum.reading.positions.grammar import joined_too_low, own_subject
from variorum.reading.positions.joint import Joint
from variorum.reading.positions.knowledge import adjective_stances, words
from variorum.reading.positions.rollcall import names_behind
from variorum.reading.sentences import sentence_of
from variorum.text.actor_index import ActorIndex

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
RELATIVES = frozenset({"who", "that", "which", "whom"})
OBJECTS = frozenset({"dobj", "dative", "obj", "iobj"})
BODIES = frozenset({"government", "organisation", "group"})
FARTHEST_PRONOUN = 3
"""Tokens of a sentence before a pronoun that takes up the subject of the sentence before."""


class Holder(NamedTuple):
    """One who takes a position."""

    extent: Extent
    public: bool
    """Whether it is one whose stances are public business: a government, a body, somebody in office, a crowd."""


class Who:
    """Finds the holders of positions in one report."""

    def __init__(self, index: ActorIndex, statements: tuple[Statement, ...], joint: Joint) -> None:
        self._index = index
        self._joint = joint
        self._attributed = Attributed(statements)
        self._coined: set[str] = set()
        """First words of the names of parties met so far ("the Renewal party"): "Renewal" is one from here on."""

    @property
    def index(self) -> ActorIndex:
        """The actors of the report by the words that stand for them."""
        return self._index

    def holders(self, paragraph: Paragraph, subject: Token, *, act: bool = False) -> list[Holder]:
        """The actors that a subject stands for, one for each coordinated part, in the order of the text.

        Args:
            paragraph: where the subject stands.
            subject: its head.
            act: whether it is an act (a vote) rather than a view; "his party voted no" is no act of whoever says so.
        """
        if any(c.lower_ in ("no", "neither", "few") and c.dep_ in ("det", "amod") for c in subject.children):
            return []
        done = act or any(c.lemma_.lower() == "have" and c.dep_ == "aux" for c in subject.head.children)
        if not done and self._is_own_side(subject) and (spoken := self.speakers(paragraph, paragraph.extent(subject))):
            return spoken
        found: list[Holder] = []
        for token in [*_listed_before(subject), subject, *subject.conjuncts, *_listed_beside(subject)]:
            if token.i >= subject.i or token.dep_ != "conj":
                found.extend(holder for holder in self._holder(paragraph, token) if holder not in found)
        return found

    @staticmethod
    def _is_own_side(subject: Token) -> bool:
        """ "his government", "our side": whoever says so speaks for it."""
        return subject.lemma_.lower() in words("sides") and any(
            c.dep_ == "poss" and c.lower_ in words("own_side") for c in subject.children
        )

    def speaker(self, position: Extent) -> Extent | None:
        """The source of the statement whose content holds ``position``."""
        statement = self._attributed.over(position)
        return statement.source if statement is not None else None

    def as_holder(self, extent: Extent) -> Holder | None:
        """The words for a speaker as one who takes a position."""
        actor = self._index.at(extent)
        if actor is None:
            return None
        own = [m.extent for m, a in self._index.within(extent) if a is actor and extent.covers(m.extent)]
        words_for = max(own, key=lambda e: (e.end - e.start, -e.start), default=extent)
        return Holder(words_for, _is_public(actor))

    def speakers(self, paragraph: Paragraph, position: Extent) -> list[Holder]:
        """Those who say what stands at ``position``: both of "Peru and Chile said they …"."""
        source = self.speaker(position)
        if source is None:
            return []
        span = paragraph.span(source)
        heads = [paragraph.extent(t) for t in (span.root, *span.root.conjuncts)] if span is not None else None
        people: dict[str, Holder] = {}
        bodies: dict[str, Holder] = {}
        for mention, actor in self._index.within(source):
            kind = people if actor.kind == "person" else bodies
            if heads is not None and actor.kind != "person" and not any(mention.extent.overlaps(h) for h in heads):
                continue  # "Peru, which left a bloc of states, said it …": the bloc says nothing
            if actor.kind != "place" and source.covers(mention.extent):
                kind.setdefault(actor.name, Holder(mention.extent, _is_public(actor)))
        several = list((people or bodies).values())
        if len(several) > 1:
            return several
        holder = self.as_holder(source)
        if holder is not None:
            return [holder]
        if span is None or span.root.lemma_.lower() not in words("actors"):
            return []
        unnamed = span.doc[_left(span.root) : span.root.i + 1]
        return [Holder(paragraph.extent(unnamed), span.root.lemma_.lower() not in words("private_actors"))]

    def _holder(self, paragraph: Paragraph, token: Token) -> list[Holder]:
        if token.pos_ == "PRON":
            return self._pronoun(paragraph, token)
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return []
        if (together := self._together(paragraph, token)) is not None:
            return together
        if (body := _whole_of(token)) is not None:
            return self._of_body(paragraph, body)
        if (own_name := self._name_beside(paragraph, token)) is not None:
            return [own_name]
        if (named := self._named_behind(paragraph, token)) is not None:
            return [named]
        head = paragraph.extent(token)
        covering = [
            (mention, actor)
            for mention, actor in self._index.within(head)
            if mention.end >= head.end or actor.kind != "place"
        ]
        for mention, actor in sorted(covering, key=lambda p: (p[0].start - p[0].end, p[0].start)):
            if actor.kind == "place" and token.pos_ == "NOUN":
                continue
            return [Holder(mention.extent, _is_public(actor))]
        if token.text in self._coined and token.text[0].isupper():
            return [Holder(head, True)]
        if (name := _proper_name(token)) is not None:
            if token.pos_ == "NOUN" and len(name) > 1:
                self._coined.add(name[0].text)
            return [Holder(paragraph.extent(name), True)]
        if (part := _part_of(token)) is not None:
            listed = names_behind(paragraph, part[-1], sentence_of(token), self._index)
            return [Holder(name, True) for name in listed] or [Holder(paragraph.extent(part), True)]
        if _is_agent(token):
            named_group = names_behind(paragraph, token, sentence_of(token), self._index)
            if named_group:
                return [Holder(name, True) for name in named_group]
            phrase = token.doc[_left(token) : _right_of_members(token) + 1]
            return [Holder(paragraph.extent(phrase), token.lemma_.lower() not in words("private_actors"))]
        return []

    def _of_body(self, paragraph: Paragraph, body: Token) -> list[Holder]:
        """The body whose members are counted; two where both parts of "X and Y" are known, else one of that name."""
        parts = [body, *body.conjuncts]
        known = [found for part in parts if (found := self._index.within(paragraph.extent(part)))]
        bodies = [pair for found in known for pair in found if pair[1].kind in BODIES]
        name = _proper_name(body)
        if len(bodies) == len(parts) or name is None:
            return [Holder(mention.extent, True) for mention, _ in bodies]
        return [Holder(paragraph.extent(name), True)]

    def _together(self, paragraph: Paragraph, token: Token) -> list[Holder] | None:
        """The two of "the two sides", and those who signed "the communiqué"; None where a noun means neither."""
        lemma, offset = token.lemma_.lower(), paragraph.extent(token).start
        if lemma in words("pairs") and any(c.lower_ in ("two", "both") for c in token.children):
            pair = self._joint.pair_before(offset)
            if pair is None:
                return None
            return [Holder(e, True) for e in self._joint.extents(pair, states=lemma not in words("pairs_of_people"))]
        if lemma not in words("papers"):
            return None
        found = self._joint.issuing(token, offset)
        if found is None:
            return None
        home, subject = found
        signers = [
            signer
            for each in (subject, *subject.conjuncts)
            if each.lemma_.lower() not in words("papers")
            for signer in self._holder(home, each)
        ]
        several = [h for h in signers if h.public]
        return several if len(several) > 1 else None

    def compatriots(self, position: Extent, holders: list[Holder]) -> list[Holder]:
        """Of ``holders``, the bodies of the country whose speaker says what stands at ``position``.

        A minister speaks for his state, and for no other's.
        """
        source = self.speaker(position)
        speaker = self._index.at(source) if source is not None else None
        if speaker is None or speaker.country is None:
            return []
        actors = [(holder, self._index.at(holder.extent)) for holder in holders]
        return [h for h, a in actors if a is not None and a.kind in BODIES and a.country == speaker.country]

    def _name_beside(self, paragraph: Paragraph, body: Token) -> Holder | None:
        """The name that stands beside what a body is: "the owners' association, *Nordfisk*, backs …"."""
        if body.tag_ != "NN" or body.lemma_.lower() not in words("named_bodies") | words("sides"):
            return None
        for child in body.children:
            beside = child.dep_ == "appos" or (child.dep_ == "npadvmod" and child.nbor(-1).text == ",")
            if beside and child.pos_ == "PROPN" and child.i > body.i:
                extent = paragraph.extent(child)
                known = self._index.at(extent)
                if known is not None and known.kind == "person" and " " in known.name:
                    return None
                own = [m.extent for m, a in self._index.within(extent) if a is known]
                name = _proper_name(child)
                if own or name is not None:
                    return Holder(own[0] if own else paragraph.extent(name or child), True)
        return None

    def _named_behind(self, paragraph: Paragraph, role: Token) -> Holder | None:
        """The person whose name stands in apposition to his office ("the island's foreign minister Ana Reyes")."""
        for child in role.children:
            if child.dep_ == "appos" and child.pos_ == "PROPN" and child.i > role.i:
                actor = self._index.at(paragraph.extent(child))
                own = [m for m, a in self._index.within(paragraph.extent(child)) if a is actor]
                if actor is not None and actor.kind == "person":
                    return Holder(own[0].extent, _is_public(actor) or role.lemma_.lower() in words("actors"))
        return None

    def _pronoun(self, paragraph: Paragraph, token: Token) -> list[Holder]:
        lower = token.lower_
        extent = paragraph.extent(token)
        if lower not in words("self_pronouns"):
            if lower in ("all", "both", "some", "many", "most", "others", "each"):
                inner = next(
                    (g for c in token.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"), None
                )
                return self._holder(paragraph, inner) if inner is not None and inner.pos_ != "PRON" else []
            return []
        if lower == "it" and (said := self.named_by_verb(paragraph, token)):
            return said
        actor = self._index.at(extent) if lower not in ("i", "we") else None
        if actor is not None:
            return [Holder(extent, _is_public(actor))]
        return self.speakers(paragraph, extent) or self._subject_before(paragraph, token)

    def named_by_verb(self, paragraph: Paragraph, pronoun: Token) -> list[Holder]:
        """The body X of "X said it would …", which the sentence itself settles."""
        verb = pronoun.head
        while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
            verb = verb.head
        if pronoun.dep_ not in SUBJECTS or verb.dep_ != "ccomp" or verb.i < verb.head.i:
            return []
        subject = own_subject(verb.head)
        if subject is None or subject.pos_ != "PROPN":
            return []
        found = self._holder(paragraph, subject)
        return [h for h in found if (a := self._index.at(h.extent)) is not None and a.kind in BODIES]

    def _subject_before(self, paragraph: Paragraph, pronoun: Token) -> list[Holder]:
        """The states or bodies that the sentence before "It abstained" is about."""
        sentence = sentence_of(pronoun)
        if pronoun.lower_ not in ("it", "they") or sentence.start == 0:
            return []
        if pronoun.dep_ != "nsubj" or pronoun.head.dep_ != "ROOT" or pronoun.i - sentence.start > FARTHEST_PRONOUN:
            return []
        before = sentence_of(pronoun.doc[sentence.start - 1])
        subject = next((c for c in before.root.children if c.dep_ in SUBJECTS), None)
        if subject is None or subject.pos_ == "PRON":
            return []
        found = self.holders(paragraph, subject)
        bodies = [h for h in found if (a := self._index.at(h.extent)) is not None and a.kind != "person"]
        return bodies if bodies and (len(bodies) == 1) == (pronoun.lower_ == "it") else []


def _listed_before(subject: Token) -> list[Token]:
    """ "Brazil" of a headline's "Brazil, India oppose tariffs"."""
    doc, at, found = subject.doc, subject.i, []
    while at >= 2 and doc[at - 1].text == "," and doc[at - 2].pos_ == "PROPN":
        at -= 2
        found.append(doc[at])
    return found[::-1] if found and at == sentence_of(subject).start else []


def _listed_beside(subject: Token) -> list[Token]:
    """ "The Left" and "the Homeland" of "The Greens, The Left and the Homeland opposed it", which the parse sets beside the
    first: an aside would be closed by a comma."""
    if subject.pos_ != "PROPN":
        return []
    for first in subject.children:
        if first.dep_ != "appos" or first.pos_ != "PROPN" or not first.conjuncts:
            continue
        listed = [first, *first.conjuncts]
        after = listed[-1].right_edge.i + 1
        if after < len(subject.doc) and subject.doc[after].text not in (",", "(", "–", "—"):
            return listed
    return []


def _whole_of(number: Token) -> Token | None:
    """The body whose votes are counted: "all 36 deputies of Reform", "all 19 of New Course"; "five of them" is none."""
    if not any(c.lower_ == "all" for c in number.children) or not any(
        c.pos_ == "NUM" for c in (number, *number.children)
    ):
        return None
    of = next((c for c in number.children if c.lower_ in ("of", "from")), None)
    return next((c for c in of.children if c.dep_ == "pobj" and c.pos_ == "PROPN"), None) if of is not None else None


def _proper_name(token: Token) -> DocSpan | None:
    """A name that no table knows: of a party or movement ("the Reform party", "Reform, an opposition party")."""
    doc, first, last = token.doc, token.i, token.i + 1
    acronym = token.pos_ == "NOUN" and token.text.isupper()
    if token.pos_ == "NOUN" and not acronym and token.lemma_.lower() not in words("named_bodies"):
        return None
    while first > 0 and doc[first - 1].pos_ == "PROPN" and doc[first - 1].head.i <= token.i:
        first -= 1
    if token.pos_ == "NOUN" and not acronym:
        return doc[first:last] if first < token.i else None
    if (
        token.pos_ not in ("PROPN", "NOUN")
        or not token.text[0].isupper()
        or len(token) < 3
        or token.ent_type_ in ("DATE", "TIME")
    ):
        return None
    link = next((c for c in token.children if c.dep_ == "conj" and c.i == token.i + 2), None)
    if link is not None and link.pos_ == "PROPN" and token.dep_ == "pobj" and doc[token.i + 1].lower_ == "and":
        last = link.i + 1  # "all 36 deputies of Homeland and Growth"
    return doc[first:last]


def _part_of(share: Token) -> DocSpan | None:
    """ "a third of MPs", "dozens of doctors": a share of people."""
    if share.lemma_.lower() not in words("shares"):
        return None
    of = next((c for c in share.children if c.lower_ == "of" and c.i == share.i + 1), None)
    people = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    return (
        share.doc[_left(share) : people.i + 1]
        if people is not None and (people.tag_ == "NNPS" or _is_agent(people))
        else None
    )


def is_somebody(subject: Token | None) -> bool:
    """Whether a subject is a name, a person's pronoun, or a noun for people and bodies."""
    if subject is None:
        return False
    personal = subject.pos_ == "PRON" and subject.lower_ in words("self_pronouns")
    return subject.pos_ == "PROPN" or personal or _is_agent(subject) or subject.lemma_.lower() in words("pairs")


def _right_of_members(noun: Token) -> int:
    """Where "31 deputies of the Agrarian bloc" ends; of what is no member, its own place."""
    if noun.lemma_.lower() not in words("members"):
        return noun.i
    of = next((c for c in noun.children if c.lower_ in ("of", "from") and c.i == noun.i + 1), None)
    body = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    return body.i if body is not None else noun.i


def _is_agent(noun: Token) -> bool:
    """Whether a noun without a name may hold a position: it is known for it, or its ending makes it people."""
    lemma = noun.lemma_.lower()
    if lemma in words("actors"):
        return True
    return noun.tag_ == "NNS" and lemma.endswith(tuple(words("agent_endings"))) and lemma not in words("no_agents")


def _left(noun: Token) -> int:
    """Where a noun's modifiers begin, articles and clauses left out ("Arab and Muslim" before "nations")."""
    left = noun.left_edge.i
    while left < noun.i and noun.doc[left].pos_ in ("DET", "PUNCT", "SCONJ", "CCONJ", "PRON", "ADP", "SPACE"):
        left += 1
    return left


def _is_public(actor: ReportedActor | None) -> bool:
    return actor is not None and (actor.kind != "person" or actor.role is not None)


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb: its own, that of the verb it is joined to or depends on, or the noun that it describes."""
    first = verb
    for _ in range(6):
        own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if own is not None:
            if _is_wished(verb) or (verb is not first and _stands_for_infinitive(own, verb)):
                return None
            return _antecedent(own)
        if verb.dep_ == "conj" and joined_too_low(verb):
            verb = verb.head.head
        elif verb.dep_ in ("conj", "advcl", "pcomp") and verb.head.pos_ in ("VERB", "AUX"):
            if verb.dep_ == "advcl" and verb.tag_ != "VBG" and not _is_purpose(verb):
                return None
            verb = verb.head
        elif verb.dep_ == "pcomp" and verb.head.lower_ == "in" and verb.head.head.lemma_.lower() in words("joining"):
            verb = verb.head.head
        elif verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX"):
            if any(c.dep_ in OBJECTS for c in verb.head.children) or verb.head.lemma_.lower() in words("leaving_open"):
                return None
            verb = verb.head
        elif verb.dep_ == "xcomp" and verb.head.pos_ == "ADJ" and verb.head.lemma_.lower() not in words("leaving_open"):
            verb = verb.head.head if verb.head.dep_ == "acomp" else verb.head
        elif verb.dep_ in ("acl", "relcl"):
            return _described(verb)
        elif verb.dep_ == "prep" and verb.head.pos_ in ("VERB", "AUX"):
            verb = verb.head
        else:
            return _inverted(verb)
    return None


def _is_wished(verb: Token) -> bool:
    """Whether a verb with a subject of its own is an infinitive or subjunctive: "expects Spain to reject the deal"."""
    if verb.tag_ != "VB" or verb.dep_ not in ("ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "csubj"):
        return False
    return not any(c.tag_ == "MD" or c.lemma_ == "do" for c in verb.children if c.dep_ == "aux")


def _stands_for_infinitive(subject: Token, verb: Token) -> bool:
    """Whether "it" only announces an infinitive: "it is critical to support them"; "it is ready to" is somebody."""
    if subject.lower_ not in ("it", "this", "that", "there", "what") or verb.lemma_ not in words("copulas"):
        return False
    return not any(c.dep_ == "acomp" and "to" in _followers(c) for c in verb.children)


def _followers(adjective: Token) -> frozenset[str]:
    known = adjective_stances().get(adjective.lower_)
    return known.followers if known is not None else frozenset()


def _is_purpose(verb: Token) -> bool:
    """ "met to demand a truce", "stands ready to … and oppose": an infinitive of what is done, if nothing leaves it open."""
    host = verb.head
    return (
        any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
        and host.dep_ not in ("relcl", "acl")
        and host.lemma_.lower() not in words("leaving_open")
        and not any(c.dep_ == "neg" for c in host.children)
        and not any(c.dep_ in OBJECTS and (c.pos_ in ("PROPN", "PRON") or _is_agent(c)) for c in host.children)
    )


def joined(verb: Token) -> Token | None:
    """The other side of "X joined Y in opposing it", "X was joined by Y in opposing it"."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "in" or verb.head.head.lemma_.lower() not in words("joining"):
        return None
    host = verb.head.head
    return agent_of(host) or next((c for c in host.children if c.dep_ in OBJECTS and c.i > host.i), None)


def _antecedent(subject: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    verb = subject.head
    if subject.lower_ in RELATIVES and subject.tag_ in ("WDT", "WP", "IN"):
        for _ in range(3):
            if verb.dep_ == "relcl":
                return verb.head
            if verb.dep_ != "conj":
                break
            verb = verb.head
        return None
    return subject


def _described(verb: Token) -> Token | None:
    """The noun that a participle or infinitive describes: "protesters demanding …", "the only state to vote …"."""
    noun = verb.head
    if verb.dep_ == "relcl" and any(c.dep_ in OBJECTS and c.lower_ in RELATIVES for c in verb.children):
        return None
    if verb.tag_ == "VBN" or noun.lemma_.lower() in words("documents"):
        return None
    if noun.dep_ in ("attr", "oprd") and noun.head.lemma_ in words("copulas"):
        own = next((c for c in noun.head.children if c.dep_ in SUBJECTS), None)
        return _antecedent(own) if own is not None else None
    if verb.tag_ == "VBG" and (sender := _sender(noun)) is not None:
        return sender
    if verb.tag_ == "VBG" or verb.dep_ == "relcl":
        return noun
    return None


def _sender(noun: Token) -> Token | None:
    """Who wrote, where "wrote a letter to ministers opposing the plan" has the plan opposed by them."""
    to = noun.head
    if noun.dep_ != "pobj" or to.lower_ != "to":
        return None
    verb = to.head if to.head.pos_ == "VERB" else to.head.head
    written = (c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in words("documents"))
    return own_subject(verb) if next(written, None) is not None else None


def _inverted(verb: Token) -> Token | None:
    """ "Voting against were X and Y": the subject stands behind."""
    if verb.tag_ == "VBG" and verb.dep_ in ("csubj", "advcl", "ROOT"):
        host = verb.head if verb.dep_ != "ROOT" else verb
        return next((c for c in host.children if c.dep_ in ("nsubj", "attr") and c.i > verb.i), None)
    return None


def agent_of(verb: Token) -> Token | None:
    """X of "opposed by X"."""
    by = next((c for c in verb.children if c.dep_ in ("agent", "prep") and c.lower_ == "by" and c.i > verb.i), None)
    return next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
