"""Who does what to whom, out of a dependency parse (ClearNLP labels, as spaCy's English pipelines give them).

All functions take and give tokens; a token stands for the phrase that it heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from variorum.reading.events.lexicon import grammar_words

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "csubj", "parataxis"})
RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
INSIDE_PHRASE = frozenset({"det", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "predet", "case", "neg"})
LONGEST_OPENING = 40
"""Tokens between the start of a sentence and its verb among which a dateline is looked for."""
LONGEST_SENTENCE = 300
"""Tokens of a sentence that is still read; the work on one grows with its length squared."""
DEEPEST = 12
"""Steps that are taken along a chain of clauses before it is given up as a misparse."""


def prose(doc: Doc) -> Iterator[DocSpan]:
    """The sentences that are short enough to be prose: what a longer one lists tells no event and no journey."""
    return (sentence for sentence in doc.sents if len(sentence) <= LONGEST_SENTENCE)


def is_verb(token: Token) -> bool:
    """Whether a token heads a clause."""
    return token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass", "amod", "compound", "case", "mark")


def has_to(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(c.dep_ in ("aux", "mark") and c.lower_ == "to" for c in verb.children)


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of the labels."""
    return next((c for c in token.children if c.dep_ in labels), None)


def coordinated(head: Token) -> list[Token]:
    """A phrase's head with the heads joined to it by "and" or commas, in the order of the text."""
    found = [head]
    for token in found:
        if len(found) > 60:
            break
        found.extend(c for c in token.children if c.dep_ == "conj" and c.pos_ != "VERB")
        for name in token.children:  # "the negotiator Ana Lima and Interior Minister Juan Diaz"
            if name.dep_ == "appos" and name.ent_type_ == "PERSON":
                found.extend(c for c in name.children if c.dep_ == "conj" and c.pos_ == "PROPN")
    return found


def joined_verb(verb: Token) -> Token | None:
    """The verb that this one is coordinated with, if it comes second ("arrived and *met*")."""
    return verb.head if verb.dep_ == "conj" and (is_verb(verb.head) or verb.head.pos_ == "ADJ") else None


def is_passive(verb: Token) -> bool:
    """Whether the surface subject is what is acted upon."""
    if verb.tag_ != "VBN":
        return False
    labels = {c.dep_ for c in verb.children}
    if verb.dep_ == "acl" and "agent" not in labels and _has_no_passive(verb):
        return False  # "a delegation *called* on him": parsers take the past for a participle
    if labels & {"nsubjpass", "auxpass", "csubjpass"}:
        return True
    if "aux" in labels or "nsubj" in labels:
        return False
    if verb.dep_ in ("acl", "advcl", "amod") or "agent" in labels:
        return "dobj" not in labels or "agent" in labels
    first = joined_verb(verb)
    return first is not None and is_passive(first)


def _has_no_passive(verb: Token) -> bool:
    """Whether a verb, with the preposition behind it, is one of those that are told of doers alone."""
    after = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    words = grammar_words("without_passive")
    return verb.lemma_ in words or f"{verb.lemma_}-{after}" in words


def antecedent(relative: Token) -> Token | None:
    """What "who", "which" or "that" refers to: the noun that its clause hangs on."""
    node = relative
    for _ in range(DEEPEST):
        if node.dep_ == "relcl":
            return _measured(node.head)
        if node.head == node:
            return None
        node = node.head
    return None


def _measured(head: Token) -> Token:
    """What a sum or number measures: a clause after "a contract worth 12 billion dollars" is told of the contract."""
    node = head
    for _ in range(4):
        if node.pos_ in ("NOUN", "PROPN") and not node.ent_type_:
            return node
        if node.pos_ not in ("NUM", "SYM", "ADJ") or node.head == node:
            return head
        node = node.head
    return head


def _nominal(token: Token) -> list[Token]:
    if token.tag_ == "VBG" and token.lemma_ in grammar_words("attributes"):  # "*Visiting* President Lima held talks"
        named = child(token, "dobj")
        return coordinated(named) if named is not None else [token]
    whose = child(token, "poss")
    acting = token.lemma_.lower() in grammar_words("officials") | grammar_words("own_state")
    if whose is not None and whose.tag_ == "WP$" and acting:  # "Chad, *whose leaders* signed"
        found = antecedent(whose)
        return [found] if found is not None else [token]
    if token.tag_ in RELATIVE or (token.lower_ == "that" and token.pos_ in ("PRON", "SCONJ", "DET")):
        found = antecedent(token)
        return [found] if found is not None else []
    return coordinated(token)


def own_subject(verb: Token) -> Token | None:
    """The clause's own subject; the nearest before the verb, since a dateline is often taken for a first one."""
    found = [c for c in verb.children if c.dep_ in SUBJECTS]
    before = [c for c in found if c.i < verb.i]
    if not before:
        return found[0] if found else None
    return _after_dateline(before[-1], verb) or before[-1]


def _after_dateline(subject: Token, verb: Token) -> Token | None:
    """The true subject where the parser took a dateline for it: "ACCRA, Ghana -- The *army* has …"."""
    start = subject.sent.start
    if verb.i - start > LONGEST_OPENING or subject.pos_ != "PROPN":
        return None
    dashes = [t.i for t in subject.doc[start : min(start + 10, verb.i)] if t.text in ("-", "--", "—", "–", ":")]
    if not dashes or subject.i >= dashes[0] or not subject.doc[dashes[0] - 1].whitespace_:
        return None
    for token in subject.doc[dashes[0] + 1 : verb.i]:
        if token.pos_ in ("NOUN", "PROPN", "PRON") and (token.head.i <= dashes[0] or token.head == verb):
            return token
    return None


def surface_subject(verb: Token, depth: int = 0) -> list[Token]:
    """The heads of a clause's subject: its own, or the one that it shares or is controlled by."""
    own = own_subject(verb)
    if own is not None:
        return _nominal(own)
    if depth > DEEPEST:
        return []
    head = verb.head
    match verb.dep_:
        case "conj":
            return surface_subject(head, depth + 1) if is_verb(head) or head.pos_ in ("ADJ", "NOUN") else []
        case "relcl":
            return _doer_of_noun(head, depth) if verb.tag_ == "VB" and head.dep_ == "attr" else [_measured(head)]
        case "xcomp" | "ccomp" | "advcl" if is_verb(head) or head.pos_ == "ADJ":
            return _controller(verb, head, depth)
        case "acl" | "pcomp":
            return _owner_of_clause(verb, depth)
        case "acomp" | "attr" | "oprd" | "prep":
            return surface_subject(head, depth + 1) if is_verb(head) else []
    return []


def _controller(verb: Token, head: Token, depth: int) -> list[Token]:
    """Who is understood as the subject of a clause without one: "urged *them* to go", "*they* agreed to go"."""
    if verb.dep_ != "advcl" and head.lemma_ not in grammar_words("subject_control"):
        governed = child(head, "dobj")
        if governed is not None:
            return _nominal(governed)
    return surface_subject(head, depth + 1)


def _owner_of_clause(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if verb.dep_ == "acl":
        if verb.tag_ in ("VBG", "VBN"):
            return [head]
        return _doer_of_noun(head, depth)
    governor = head.head  # of a preposition: "accused *them* of shelling", "criticised for shelling"
    if is_verb(governor):
        if head.lower_ in ("of", "for", "from", "into"):
            touched = objects(governor)
            if touched:
                return touched
        return surface_subject(governor, depth + 1)
    return owners(governor) or governor_subject(governor, depth)


def _doer_of_noun(noun: Token, depth: int) -> list[Token]:
    """Who does what an infinitive after a noun tells: "*Peru* was the only state to vote", "*Iran's* bid to buy"."""
    if noun.dep_ == "attr" and is_verb(noun.head):
        return surface_subject(noun.head, depth + 1)
    if any(c.lower_ in ("first", "last", "only", "latest") for c in noun.children):
        return [noun]
    return owners(noun) or governor_subject(noun, depth)


def governor_subject(noun: Token, depth: int = 0) -> list[Token]:
    """The subject of the verb whose object a noun is: "*they* launched a bid to …"."""
    node = noun
    for _ in range(DEEPEST):
        if node.head == node:
            return []
        node = node.head
        if is_verb(node):
            return surface_subject(node, depth + 1)
    return []


def agents(verb: Token) -> list[Token]:
    """Who acts: the subject of an active clause, the "by" phrase of a passive one."""
    if is_passive(verb):
        return by_phrase(verb) or next((by for head in _of_phrases(verb) if (by := by_phrase(head))), [])
    found = surface_subject(verb)
    if verb.dep_ in ("acl", "relcl", "advcl") and found and found[0].lemma_.lower() in grammar_words("documents"):
        return owners(found[0]) or governor_subject(found[0]) or found  # "they issued a *statement* condemning …"
    return found


def _of_phrases(verb: Token) -> Iterator[Token]:
    """The nouns of a verb's phrases, on which its agent often hangs: "put under sanctions by *Peru*", "killed in a raid by"."""
    return (head for c in verb.children if c.dep_ == "prep" and (head := child(c, "pobj")) is not None)


def by_phrase(word: Token) -> list[Token]:
    """Who acts in a passive clause or stands behind a noun: "shelled by *rebels*"."""
    for prep in word.children:
        if prep.dep_ == "agent" or (prep.dep_ == "prep" and prep.lower_ == "by"):
            inner = child(prep, "pobj")
            if inner is not None:
                return _nominal(inner)
    return []


def objects(verb: Token) -> list[Token]:
    """What is acted upon: the direct object, or the subject of a passive clause."""
    if is_passive(verb):
        return surface_subject(verb)
    found = child(verb, "dobj", "dative")
    if found is not None and found.dep_ == "dobj":
        return _nominal(found)
    direct = next((c for c in verb.children if c.dep_ == "dobj"), None) or called_person(verb)
    if direct is not None:
        return _nominal(direct)
    if verb.dep_ == "conj" and verb.head.dep_ == "relcl":
        return []
    if verb.dep_ == "relcl" and verb.tag_ != "VBN" and child(verb, "nsubj") is not None:
        subject = child(verb, "nsubj")
        if subject is not None and subject.tag_ not in RELATIVE and subject.lower_ != "that":
            return [verb.head]  # "the men *whom* / *that* / – police arrested"
    return []


def called_person(verb: Token) -> Token | None:
    """The object that the parser took for what somebody is called: "she called *President Lima* on Monday"."""
    named = child(verb, "oprd")
    lone = named is not None and named.pos_ == "PROPN" and named.i > verb.i and child(verb, "dobj") is None
    return named if lone and not is_passive(verb) else None


def datives(verb: Token) -> list[Token]:
    """The indirect object: "gave *them* food", "gave food to *them*"."""
    for c in verb.children:
        if c.dep_ == "dative":
            if c.pos_ == "ADP":
                found = child(c, "pobj")
                return _nominal(found) if found is not None else []
            return _nominal(c)
    return []


def prepositional(token: Token, reach: int = 3) -> Iterator[tuple[str, Token]]:
    """The prepositional phrases under a verb or noun, nearest level first: (preposition, head of its noun phrase).

    Phrases that hang on the object or on another phrase are given as well, since parsers often attach them there
    ("held talks in Oslo with rebels"). Clauses are not entered, save the bare participle after a preposition.
    """
    level = [token]
    for _ in range(reach):
        below: list[Token] = []
        for node in level:
            for c in node.children:
                if c.lower_ == "according":
                    continue  # it names a source and no party
                if c.dep_ in ("prep", "dative", "agent") and c.pos_ in ("ADP", "SCONJ", "VERB", "ADV", "ADJ"):
                    inner = child(c, "pobj")
                    if inner is not None:
                        yield c.lower_, inner
                        below.append(inner)
                    nested = child(c, "prep")
                    if nested is not None:
                        below.append(c)
                elif (
                    c.dep_ in ("dobj", "attr", "conj", "appos", "oprd", "npadvmod", "acomp")
                    and c.pos_
                    in (
                        "NOUN",
                        "PROPN",
                        "ADJ",
                    )
                ) or (c.dep_ in ("prt", "advmod") and child(c, "prep") is not None):
                    below.append(c)
        level = below


def oblique(token: Token, *prepositions: str) -> list[Token]:
    """The heads of the nearest phrase with one of the prepositions, with what is joined to it."""
    for name, head in prepositional(token):
        if name in prepositions and not is_time(head):
            return _nominal(head)
    return []


def oblique_any(token: Token, *prepositions: str) -> list[Token]:
    """As ``oblique``, on the phrase's own level only, and dates count."""
    for name, head in prepositional(token, 1):
        if name in prepositions:
            return _nominal(head)
    return []


def is_time(head: Token) -> bool:
    """Whether a noun phrase is a date or a length of time."""
    return head.ent_type_ in ("DATE", "TIME") or head.lemma_.lower() in grammar_words("time_nouns")


def owners(noun: Token) -> list[Token]:
    """Whose a noun is: "*Iran's* attack", "the *U.S.* attack", "the attack by *rebels*"."""
    owner = child(noun, "poss")
    if owner is not None and not is_time(owner):  # "Monday's attack"
        return coordinated(owner)
    found = by_phrase(noun)
    if found:
        return found
    for c in noun.children:
        if c.dep_ == "acl" and c.tag_ == "VBN" and by_phrase(c):
            return by_phrase(c)
    return next((side_by_side(c) for c in noun.children if _is_named_modifier(c)), [])


def _is_named_modifier(token: Token) -> bool:
    return token.dep_ in ("compound", "amod", "nmod") and token.ent_type_ in ("GPE", "NORP", "ORG", "PERSON")


def side_by_side(modifier: Token) -> list[Token]:
    """A named modifier with those listed after it before the same noun: "*British*, *French* and *American* planes"."""
    found = [modifier]
    doc: Doc = modifier.doc
    for token in doc[modifier.i + 1 : max(modifier.head.i, modifier.i + 1)]:
        mark = doc[token.left_edge.i - 1]
        joined = token.dep_ == "conj" and token.head in found and token.ent_type_ == modifier.ent_type_
        listed = _is_named_modifier(token) and token.head == modifier.head
        if (joined or listed) and (mark.text == "," or mark.dep_ == "cc"):
            found.append(token)
    return found


def phrase(head: Token) -> DocSpan:
    """The whole noun phrase of a head: what stands before it and the phrases with "of", "in", "from" … right after it.

    Clauses, parentheses and joined phrases are left out; a name that follows in apposition is kept.
    """
    doc: Doc = head.doc
    start = head.i
    for left in sorted((c for c in head.children if c.i < head.i), key=lambda c: -c.i):
        if left.dep_ not in INSIDE_PHRASE and left.dep_ not in ("punct", "advmod"):
            break
        if left.dep_ == "punct" and left.text not in ("-", "–", "'", "’", ".", '"', "“", "”", "‘"):
            break
        start = left.left_edge.i
    while start < head.i and (doc[start].is_punct or doc[start].pos_ in ("CCONJ", "SCONJ")):
        start += 1
    return doc[start : _phrase_end(head, 0)]


def core(head: Token) -> DocSpan:
    """The noun phrase of a head without what stands after it."""
    whole = phrase(head)
    return head.doc[whole.start : head.i + 1]


def _phrase_end(head: Token, depth: int) -> int:
    end: int = head.i + 1
    if depth > 4:
        return end
    for right in (c for c in head.children if c.i > head.i):
        if right.dep_ == "prep" and right.i == end and right.lower_ in grammar_words("phrase_prepositions"):
            inner = child(right, "pobj")
            if inner is None or is_time(inner) or inner.left_edge.i < right.i:
                break
            if head.pos_ == "PROPN" and right.lower_ not in ("of", "for"):
                break  # what stands after a name, "Chad *in Oslo*", is mostly no part of it
            last = coordinated(inner)[-1]
            end = max(end, _phrase_end(last, depth + 1))
        elif right.dep_ == "appos" and right.i >= end and _is_name_aside(right, end):
            end = _phrase_end(right, depth + 1)
        elif right.dep_ in ("nummod", "case", "compound", "nmod") and right.i == end:
            end = right.i + 1 if right.dep_ != "case" else end
        elif right.dep_ == "punct" and right.text in ("-", "–") and right.i == end:
            continue
        else:
            break
    return end


def _is_name_aside(token: Token, end: int) -> bool:
    """ ", Mahmoud Abbas": a proper name set off by one comma, or a person's with none ("the envoy Ana Lima")."""
    if token.pos_ != "PROPN":
        return False
    if token.left_edge.i == end:
        return token.ent_type_ == "PERSON" and (
            token.head.pos_ == "NOUN" or token.head.lemma_.lower() in grammar_words("officials")
        )
    return token.left_edge.i == end + 1 and token.doc[end].text == ","


def entity_of(token: Token) -> DocSpan | None:
    """The named entity that a token belongs to, without ``doc.ents``, which walks the whole text each time."""
    if not token.ent_type_:
        return None
    doc: Doc = token.doc
    start, end = token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return doc[start:end]


def first_tokens(heads: Iterable[Token]) -> list[Token]:
    """Heads without repetition, in the order of the text."""
    return sorted({t.i: t for t in heads}.values(), key=lambda t: t.i)
