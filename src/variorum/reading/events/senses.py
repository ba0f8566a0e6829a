"""What kind of event a verb or noun tells, given what stands with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.events.frames import (
    choose,
    event_noun,
    in_past_conditional,
    is_deed,
    is_infinitive,
    is_negated,
    modality,
    object_mode,
    predicate,
    refers_back,
    wished_of,
)
from variorum.reading.events.lexicon import COOPERATIVE, VerbSense, grammar_words, is_operator, operate
from variorum.reading.events.parties import (
    behind,
    beneficiary,
    directly,
    doers_of,
    is_occasion,
    is_party,
    mediators,
    names_party,
    on_condition,
    patients_of,
    same_clause,
    signatories,
    speaking_for,
)

FALLBACK = ("against", "on", "to", "with", "at", "into", "for", "from", "in")
"""Prepositions that are tried for the one acted upon where a row names none that is there."""
ASIDE = ("during", "since", "after", "before", "by")
"""Prepositions behind which a name says when, and not to whom; of what is judged it says whose it is."""
JUDGING = ("ACCUSE", "SUPPORT", "REJECT")
"""Types in which a deed is judged, and so whoever did it is meant."""
SAYING_MODES = (
    "pledge",
    "agreement",
    "request",
    "demand",
    "exhortation",
    "question",
    "call",
    "appeal",
    "order",
    "refusal",
    "rejection",
)
"""Modes of what is done by saying it: done when said, whatever is still to come of it."""
OWN_DOING = ("protest", "labour strike", "riot", "uprising")
"""Modes of what nobody can do to another, so that its verbs have no passive."""
DEEPEST = 5
"""Clauses under one another that are looked into."""


@dataclass(slots=True)
class Told:
    """An event as one word tells it, before it is given status, time and place."""

    type: str
    mode: str | None
    trigger: Token
    actors: list[Token]
    recipients: list[Token]
    chain: list[Token] = field(default_factory=list)
    """The words that tell it from the outermost to the innermost, trigger included: their tense and negation count."""
    planned: bool = False
    """An operator says that it is yet to come."""


class Reader:
    """Reads the events of one parsed sentence. One object a sentence: it remembers which words have been used."""

    def __init__(self) -> None:
        self.used: set[int] = set()
        self._memory: dict[int, Told | None] = {}

    def told(self, token: Token, depth: int = 0) -> Told | None:
        """What a token tells together with all that stands under it, or None."""
        if token.i not in self._memory:
            self._memory[token.i] = None  # a loop in the parse ends here
            self._memory[token.i] = self._tell(token, depth)
        return self._memory[token.i]

    def _tell(self, token: Token, depth: int) -> Told | None:
        if depth > DEEPEST:
            return None
        if g.is_verb(token):
            return self._verb(token, depth)
        if token.pos_ == "ADJ":
            return self._adjective(token, depth)
        if token.pos_ in ("NOUN", "PROPN"):
            return self._noun(token, depth)
        return None

    # ---- verbs

    def _verb(self, verb: Token, depth: int) -> Told | None:
        if verb.lemma_ == "be":
            return self._copula(verb, depth)
        sense = choose(verb)
        if sense is None:
            return self._by_noun(verb, depth)
        if sense.type == "none":
            return None
        if is_operator(sense.type):
            return self._operator(verb, sense, depth)
        mode = sense.mode or object_mode(verb, sense.type)
        if sense.to == ("subj",):
            told = Told(sense.type, mode, verb, g.oblique(verb, "from", "by"), g.agents(verb), [verb])
            self._use_object(verb)
            return told if told.actors else None
        recipients = self._recipients(verb, sense.to, depth, sense.type)
        if sense.type == "CONSULT":
            things = g.objects(verb)
            called = [m for word in (verb, *(t for t in things if event_noun(t))) for m in mediators(word)]
            recipients = g.first_tokens([*recipients, *called])
            recipients = [t for t in recipients if event_noun(t) is None]
            recipients = recipients or [o for t in things if event_noun(t) is not None for o in g.owners(t)]
        agents = behind(g.agents(verb))
        if sense.type == "SANCTION" and not agents and verb.lemma_ in grammar_words("called_off"):
            put_off = next((n for o in g.objects(verb) if (n := event_noun(o)) and n[1].type == "CONSULT"), None)
            if put_off is not None:  # "the visit was called off": nobody does it to anybody
                noun, named = put_off
                self.used.add(noun.i)
                return Told(named.type, named.mode, noun, g.owners(noun), self._noun_recipients(noun), [verb, noun])
        if not agents and sense.type == "PROTEST" and verb.dep_ == "acl" and sense.mode in OWN_DOING:
            agents = [verb.head]  # "some 3,000 people protested, police said" is often parsed as people who were
            recipients = [t for t in recipients if t not in agents]
        if not agents and sense.mode in ("deployment", "peacekeeping") and g.is_passive(verb):
            agents = g.surface_subject(verb)  # troops that "were deployed" are those who act
            recipients = [t for t in recipients if t not in agents]
        told = Told(sense.type, mode, verb, agents, recipients, [verb])
        told.planned = sense.type == "PROTEST" and verb.lemma_ in grammar_words("calling")
        if sense.type == "SUPPORT" and mode == "agreement" and not agents:
            told.actors = signatories(verb)
        self._use_object(verb)
        return self._modal(told, verb)

    def _operator(self, verb: Token, sense: VerbSense, depth: int) -> Told | None:
        if sense.type == "say":
            return self._saying(verb, sense, depth)
        below = self._accepted(verb, depth) if sense.type == "agree" else None
        below = below or self._below(verb, depth)
        made = operate(sense.type, below.type if below else None)
        if made is None and sense.mode == "vote":
            made = "REJECT" if self._votes_down(verb) else "SUPPORT"
        if made is None:
            return None
        if below is None:
            told = Told(made, sense.mode, verb, g.agents(verb), self._recipients(verb, sense.to, depth), [verb])
            return self._modal(told, verb)
        self.used.add(below.trigger.i)
        same = made == below.type and sense.type in ("begin", "order")
        mode = below.mode if same or sense.type in ("agree", "intend", "hope") else sense.mode
        recipients = below.recipients
        if sense.type in ("request", "refuse", "end") or not recipients:
            recipients = self._recipients(verb, sense.to, depth) or below.recipients
        if sense.type == "request":
            recipients = g.first_tokens([*recipients[:1], *self._requested(verb)]) or recipients
        recipients = self._completed(verb, recipients, made in JUDGING)
        if made in ("REJECT", "THREATEN"):
            recipients = g.first_tokens([*recipients, *on_condition(verb)])
        planned = below.planned or sense.type in ("agree", "intend", "hope", "request")
        actors = g.agents(verb)
        if not actors and sense.type in ("intend", "hope") and g.is_passive(verb):
            actors = g.surface_subject(verb)  # "is committed to", "are expected to"
        if sense.mode == "vote":
            mode, same = "vote", False
        if sense.mode in SAYING_MODES and below.type != "CONSULT":
            mode, planned = sense.mode, False  # the pledge itself has been made
        told = Told(made, mode, below.trigger if same else verb, actors, recipients, [verb, *below.chain], planned)
        return self._modal(told, verb)

    def _accepted(self, verb: Token, depth: int) -> Told | None:
        """What somebody takes up who accepts an invitation or an offer to do it."""
        for thing in g.objects(verb):
            clause = next((c for c in thing.children if c.dep_ in ("acl", "relcl") and g.has_to(c)), None)
            below = self.told(clause, depth + 1) if clause is not None else None
            if below is not None:
                self._use_object(verb)
                return below
        return None

    def _votes_down(self, verb: Token) -> bool:
        clause = g.child(verb, "xcomp", "advcl", "ccomp")
        return clause is not None and clause.lemma_ in grammar_words("voting_down")

    def _requested(self, verb: Token) -> list[Token]:
        clause = g.child(verb, "xcomp", "ccomp")
        return g.surface_subject(clause) if clause is not None and g.is_verb(clause) else []

    def _below(self, verb: Token, depth: int) -> Told | None:
        """The event that stands under an operator: in its infinitive or clause, its object, or a phrase of it."""
        for label in ("xcomp", "ccomp", "dobj", "nsubjpass", "acomp", "oprd", "advcl"):
            for c in verb.children:
                if c.dep_ != label or (label == "advcl" and not is_infinitive(c)):
                    continue
                if label == "nsubjpass" and not g.is_passive(verb):
                    continue
                told = self._event_of(c, depth)
                if told is not None:
                    return told
        for c in verb.children:
            if c.dep_ in ("prep", "agent") and c.lower_ in ("for", "to", "on", "of", "with", "from", "in", "against"):
                inner = g.child(c, "pobj", "pcomp")
                if inner is not None:
                    told = self._event_of(inner, depth)
                    if told is not None:
                        return told
        return None

    def _event_of(self, token: Token, depth: int) -> Told | None:
        if token.pos_ in ("NOUN", "PROPN", "NUM") and not g.is_verb(token):
            named = event_noun(token)
            if named is None:
                clause = next((c for c in token.children if c.dep_ in ("acl", "relcl") and is_infinitive(c)), None)
                return self.told(clause, depth + 1) if clause is not None else None
            noun, sense = named
            self.used.add(noun.i)
            return Told(sense.type, sense.mode, noun, g.owners(noun), self._noun_recipients(noun), [noun])
        return self.told(token, depth + 1)

    def _saying(self, verb: Token, sense: VerbSense, depth: int) -> Told | None:
        clause = g.child(verb, "ccomp", "xcomp")
        if clause is None or not g.is_verb(clause):
            return None
        speakers = g.agents(verb)
        below = self.told(clause, depth + 1)
        demanded = "duty" in modality(clause) and any(not refers_back(t) for t in g.surface_subject(clause))
        if below is not None and not (demanded and speakers):
            below.actors = g.first_tokens(
                s for a in below.actors for s in (speaking_for(a, speakers) if speakers else [a])
            )
            if not below.actors and modality(clause):
                below.actors = speakers  # who says that something "cannot be allowed" does not allow it
            return None
        blaming = predicate(clause, grammar_words("blaming")) if clause.lemma_ == "be" else None
        if blaming is not None and blaming.lower_ in ("responsible", "liable") and not g.oblique_any(blaming, "for"):
            blaming = None  # "he was kind and responsible"
        if blaming is not None and speakers and not is_negated(clause):
            accused = [t for t in g.surface_subject(clause) if not refers_back(t)]
            if accused:
                return Told("ACCUSE", "accusation", verb, speakers, accused, [verb])
        if "duty" in modality(clause) and speakers:
            subject = g.surface_subject(clause)
            if subject and not refers_back(subject[0]):
                self.used |= {clause.i} | ({below.trigger.i} if below is not None else set())
                return Told("REQUEST", "exhortation", verb, speakers, subject, [verb])
        return None

    def _copula(self, verb: Token, depth: int) -> Told | None:
        for c in verb.children:
            if c.dep_ in ("acomp", "attr", "oprd") and c.pos_ == "ADJ":
                return self._adjective(c, depth)
            if c.dep_ == "xcomp" and is_infinitive(c):
                below = self.told(c, depth + 1)
                if below is not None:
                    below.planned = True
                    if below.type in COOPERATIVE:
                        self.used.add(below.trigger.i)
                        return Told(
                            "AGREE",
                            below.mode,
                            below.trigger,
                            g.surface_subject(verb),
                            below.recipients,
                            [verb, *below.chain],
                            True,
                        )
                return None
        for name, head in g.prepositional(verb, 1):
            named = event_noun(head)
            if (
                name in ("on", "in", "under")
                and named is not None
                and head.lemma_.lower() not in grammar_words("no_states")
            ):
                noun, sense = named
                self.used.add(noun.i)
                return Told(
                    sense.type,
                    sense.mode,
                    noun,
                    g.surface_subject(verb),
                    self._noun_recipients(noun) or self._recipients(verb, (), depth),
                    [verb, noun],
                )
        return None

    def _adjective(self, word: Token, depth: int) -> Told | None:
        lemma = word.lower_
        if lemma == "responsible":
            return self._responsible(word)
        kind = next((k for k in ("willing", "unwilling", "critical", "supportive") if lemma in grammar_words(k)), None)
        if kind is None:
            return None
        verb = word.head if word.dep_ in ("acomp", "attr", "oprd", "xcomp", "ccomp") else word
        actors = g.surface_subject(verb)
        negated = is_negated(verb)
        if kind in ("willing", "unwilling"):
            clause = g.child(word, "xcomp", "advcl", "ccomp") or g.child(verb, "xcomp")
            below = self.told(clause, depth + 1) if clause is not None and g.is_verb(clause) else None
            if clause is None:
                return None
            operator = "refuse" if (kind == "unwilling") != negated else "intend"
            made = operate(operator, below.type if below else None)
            if made is None:
                return None
            if below is not None:
                self.used.add(below.trigger.i)
            recipients = below.recipients if below else self._recipients(clause, (), depth)
            trigger = below.trigger if below and operator == "intend" else word
            return Told(
                made,
                below.mode if below else None,
                trigger,
                actors,
                recipients,
                [word, *(below.chain if below else [])],
                True,
            )
        made = "ACCUSE" if kind == "critical" else "SUPPORT"
        recipients = g.oblique(word, "of", "at", "with", "over", "about", "to", "for")
        return (
            Told(made, "criticism" if made == "ACCUSE" else "backing", word, actors, recipients, [verb, word])
            if recipients
            else None
        )

    def _responsible(self, word: Token) -> Told | None:
        """ "was responsible for the killings in …"."""
        for deed in g.oblique_any(word, "for"):
            named = event_noun(deed)
            if named is not None and named[1].type not in COOPERATIVE:
                noun, sense = named
                self.used.add(noun.i)
                verb = word.head
                recipients = self._noun_recipients(noun)
                return Told(sense.type, sense.mode, noun, g.surface_subject(verb), recipients, [verb, noun])
        return None

    def _by_noun(self, verb: Token, depth: int) -> Told | None:
        """A verb that is in no table, with an event for its object: the object tells it."""
        if verb.lemma_ in grammar_words("no_doing"):
            return None  # who averts or mourns a war does not wage it
        for c in verb.children:
            if c.dep_ == "dobj" or (c.dep_ == "nsubjpass" and g.is_passive(verb)):
                named = event_noun(c)
                if named is not None and named[1].alone:
                    noun, sense = named
                    if sense.mode == "pledge" and verb.lemma_ not in grammar_words("making"):
                        continue  # who scorns a proposal makes none
                    self.used.add(noun.i)
                    recipients = self._noun_recipients(noun) or self._recipients(verb, (), depth)
                    told = Told(sense.type, sense.mode, noun, g.agents(verb), recipients, [verb, noun])
                    return self._modal(_of_labour(told), verb)
        return None

    def _modal(self, told: Told, verb: Token) -> Told:
        """Intention and refusal that an auxiliary tells: "will meet", "will not accept"."""
        moods = modality(verb)
        if is_negated(verb):
            if told.type in COOPERATIVE and (moods & {"future", "conditional"} or "possible" in moods):
                told.type = "REJECT"
                told.recipients = g.first_tokens([*told.recipients, *on_condition(verb)])
            return told
        if moods & {"future", "conditional"} and not in_past_conditional(verb):
            made = operate("intend", told.type)
            if told.type == "AID" and told.mode in ("aid", "military aid", "peacekeeping", "asylum"):
                told.mode = "pledge"  # "Peru will send tents" is its word for it
            told.type = made or told.type
            told.planned = True
        return told

    # ---- nouns

    def _noun(self, noun: Token, depth: int) -> Told | None:
        named = event_noun(noun)
        if named is None or named[0] != noun or not named[1].alone:
            return None
        if noun.lemma_ == "talk" and noun.tag_ == "NN":
            return None  # "the talk of the town"
        sense = named[1]
        if sense.mode == "pledge" and (promised := self._promised(noun, depth)) is not None:
            return promised
        between = g.oblique(noun, "between", "among")
        actors = between or g.owners(noun)
        if (patients := patients_of(noun)) and actors == patients:
            return Told(sense.type, sense.mode, noun, g.by_phrase(noun), patients, [noun])
        if not actors and sense.type in ("CONSULT",):
            actors = g.oblique(noun, "of")
        if not actors and sense.type == "CONSULT" and is_occasion(noun):
            over = [t for t in g.governor_subject(noun) if t.i != noun.i]
            # "they agreed after talks": several who do something on the occasion are those who talked
            actors = over if g.oblique(noun, "with") or len(over) > 1 else []
        recipients = between if between else self._noun_recipients(noun)
        recipients = [t for t in recipients if t not in actors] if not between else recipients
        if sense.type == "CONSULT":
            recipients = g.first_tokens([*recipients, *mediators(noun)])
        return _of_labour(Told(sense.type, sense.mode, noun, actors, recipients, [noun]))

    def _promised(self, noun: Token, depth: int) -> Told | None:
        """ "Peru's pledge to send food": one event, the pledge, to whom the food goes."""
        clause = next((c for c in noun.children if c.dep_ == "acl" and g.has_to(c)), None)
        below = self.told(clause, depth + 1) if clause is not None else None
        if below is None:
            return None
        self.used.add(below.trigger.i)
        actors = g.owners(noun) or g.governor_subject(noun)
        return Told("AGREE", "pledge", noun, actors, [t for t in below.recipients if t not in actors], [noun])

    def _noun_recipients(self, noun: Token, reach: int = 2) -> list[Token]:
        order = ("against", "on", "upon", "with", "between", "to", "for", "at", "of", "into", "in", "from", "over")
        found: dict[str, Token] = {}
        for name, head in g.prepositional(noun, reach):
            if name in order and not g.is_time(head):
                found.setdefault(name, head)
        patient = noun.lemma_.lower() in grammar_words("patient_nouns")
        for name in ("of", *order) if patient else order:
            if name in found:
                return g.coordinated(found[name])
        return []

    # ---- whom it is done to

    def _recipients(self, verb: Token, slots: tuple[str, ...], depth: int, type_: str | None = None) -> list[Token]:
        """Whom it is done to, by a row's slots; where that is a thing, also whose it is or the party next to it."""
        if type_ == "CONSULT":
            return self._slots(verb, slots, depth, meeting=True)  # nobody is met because a name stands nearby
        found = self._slots(verb, slots, depth)
        if type_ == "SUPPORT" and not found and len(g.agents(verb)) > 1:
            return found  # several who sign do so with each other
        return self._completed(verb, found, type_ in JUDGING)

    def _completed(self, verb: Token, found: list[Token], judging: bool = False) -> list[Token]:
        agents = {t.i for t in g.agents(verb)}
        deeds = [t for t in found if is_deed(t)]
        if deeds:
            # Who judges a deed judges its doer; who wants or ends one does so to whom it is done to.
            doers = [
                o
                for t in deeds
                for o in (*g.owners(t), *doers_of(t), *(g.oblique(t, "from", "by") if judging else ()))
                if not refers_back(o) and o.i not in agents
            ]
            if judging or doers:
                return g.first_tokens([*doers, *found])
            found = g.first_tokens([*found, *(r for t in deeds for r in self._noun_recipients(t))])
        if any(names_party(t) for t in found if t not in deeds):
            return found
        if not found or not any(names_party(t) for t in found):
            enabled = beneficiary(verb)
            if enabled:
                return g.first_tokens([*found, *enabled])
        whose = [o for t in found for o in (*g.owners(t), *doers_of(t)) if not refers_back(o) and o.i not in agents]
        return g.first_tokens([*found, *(whose or self._nearest_party(verb, found, agents, judging))])

    def _nearest_party(self, verb: Token, found: list[Token], agents: set[int], judging: bool) -> list[Token]:
        """The first name of somebody or some place after a verb and its object, inside the verb's own clause."""
        start = max([verb.i, *(t.i for t in found)])
        for token in verb.doc[start + 1 : min(verb.right_edge.i + 1, start + 40)]:
            if (
                (is_party(token) or token.lemma_.lower() in grammar_words("party_nouns"))
                and token.pos_ in ("PROPN", "NOUN", "ADJ")
                and token.i not in agents
                and (judging or token.head.lower_ not in ASIDE)
                and token.dep_ != "compound"
                and same_clause(token, verb)
            ):
                return g.coordinated(token)
        return []

    def _slots(self, verb: Token, slots: tuple[str, ...], depth: int, meeting: bool = False) -> list[Token]:
        for thing in g.objects(verb) if slots and slots[0][0] in "@d" else ():  # the verb only carries the noun
            named = event_noun(thing)
            if named is not None:
                nouns = [named[0], *g.coordinated(named[0])[1:]]  # "the arrest and detention *of* …"
                own = next((o for n in nouns if (o := directly(n))), [])
                if own:
                    return own
        for slot in slots:
            found = self._slot(verb, slot, depth)
            if found:
                return found
        for preposition in ("with", "between") if meeting else FALLBACK:
            found = g.oblique(verb, preposition)
            if found:
                return found
        return [] if meeting or (slots and slots[0] == "obj") else [t for t in g.objects(verb) if event_noun(t) is None]

    def _slot(self, verb: Token, slot: str, depth: int) -> list[Token]:
        if slot.startswith("@"):
            return g.oblique(verb, slot[1:])
        match slot:
            case "obj":
                return g.objects(verb)
            case "dat":
                return g.datives(verb)
            case "poss":
                things = g.objects(verb)
                whose = [o for t in things for o in (*g.owners(t), *doers_of(t)) if not refers_back(o)]
                return g.first_tokens([*whose, *things]) if whose else []
            case "of":
                return [h for t in g.objects(verb) for h in g.oblique(t, "of")]
            case "sub":
                clause = g.child(verb, "ccomp", "xcomp")
                own = g.own_subject(clause) if clause is not None else None
                own = own or next((w for c in verb.children if (w := wished_of(c)) is not None), None)
                return g.coordinated(own) if own is not None and not refers_back(own) else []
            case "deep":
                below = self._below(verb, depth)
                if below is not None:
                    return below.recipients
                clause = g.child(verb, "xcomp", "ccomp")
                return (
                    self._recipients(clause, (), depth + 1)
                    if clause is not None and g.is_verb(clause) and depth < DEEPEST
                    else []
                )
        return []

    def _use_object(self, verb: Token) -> None:
        for c in verb.children:
            if c.dep_ in ("dobj", "nsubjpass"):
                named = event_noun(c)
                if named is not None:
                    self.used.add(named[0].i)


def _of_labour(told: Told) -> Told:
    """A strike of workers is a protest and no attack."""
    whose = {
        t.lemma_.lower()
        for a in told.actors
        for t in (a, *g.oblique_any(a, "of"), *(c for c in a.children if c.dep_ in ("compound", "amod")))
    }
    if told.trigger.lemma_.lower() == "strike" and told.type == "ASSAULT" and whose & grammar_words("workers"):
        told.type, told.mode = "PROTEST", "labour strike"
    return told
