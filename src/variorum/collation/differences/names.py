"""Names: one person or body spelt in two ways."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.naming import given_alike, name_words, romanised, skeleton, sounds_alike
from variorum.collation.states import state_named
from variorum.collation.words import one_english
from variorum.model import Actor, ActorName, DifferenceAccount, Extent


def find(found: Collated) -> Iterator[Draft]:
    """A difference for each minority spelling of a name; a shorter or fuller form of it is none."""
    for actor in found.cast.actors:
        if actor.named and not any(state_named(name.text) for name in actor.names):
            yield from _spellings(actor, found)


def _spellings(actor: Actor, found: Collated) -> Iterator[Draft]:
    """One difference an actor: the commonest spelling of its name beside each other one."""
    uses: Counter[str] = Counter()
    reports: dict[str, set[str]] = defaultdict(set)
    for name in actor.names:
        for word in name_words(name.text):
            uses[word] += name.count
            reports[word].add(name.report)
    spelt: dict[str, ActorName] = {}
    count: Counter[str] = Counter()
    for rare in sorted(uses, key=lambda w: (uses[w], w)):
        rivals = [w for w in uses if (uses[w], w) > (uses[rare], rare) and _respelling(w, rare, actor.kind == "person")]
        if not rivals:
            continue
        usual = max(rivals, key=lambda word: (len(reports[word]), uses[word], word))
        if reports[usual] == reports[rare]:
            continue
        for word in (usual, rare):
            best = _best(actor, word)
            if best is not None:
                spelt.setdefault(best.text, best)
                count[best.text] = max(count[best.text], uses[word])
    if actor.kind == "person":
        for one, other in (*_other_given(actor), *_other_accents(actor)):
            for name in (one, other):
                spelt.setdefault(name.text, name)
                count[name.text] = max(count[name.text], name.count)
    if len(spelt) < 2:
        return
    order = sorted(spelt, key=lambda text: (-count[text], text))
    yield Draft(
        kind="name",
        entry=actor.id,
        label=f"spelling of {actor.name}",
        accounts=tuple(_account(actor, name, found) for name in _by_report(actor, spelt, order)),
        weight=0.7 if actor.kind == "person" else 0.5,
        why=f"the same {actor.kind} is spelt " + ", ".join(f"“{text}” {_times(count[text])}" for text in order[:6]),
    )


def _by_report(actor: Actor, spelt: dict[str, ActorName], order: list[str]) -> list[ActorName]:
    """One name for each spelling, then the reports that are not among them yet, each with its own spelling."""
    shown = [spelt[text] for text in order[:6]]
    ends = {name_words(text)[-1:] for text in order}
    for name in sorted(actor.names, key=lambda n: (n.report, -len(name_words(n.text)), -n.count, n.text)):
        if name_words(name.text)[-1:] in ends and all(name.report != other.report for other in shown):
            shown.append(name)
    return shown[:6]


def _other_given(actor: Actor) -> Iterator[tuple[ActorName, ActorName]]:
    """Full names with the same family name and given names that are neither short forms nor initials of each other."""
    full: dict[tuple[str, ...], ActorName] = {}
    for name in actor.names:
        words = name_words(name.text)
        if len(words) == 2:
            full.setdefault(words, name)
    for one, other in combinations(sorted(full), 2):
        if one[1] == other[1] and full[one].report != full[other].report and not given_alike(one[0], other[0]):
            yield full[one], full[other]


def _other_accents(actor: Actor) -> Iterator[tuple[ActorName, ActorName]]:
    """Names that are written with accents in both reports, and with others ("Íker Olano", "Iker Olañó"). One written without
    any accent is how an outlet writes all names."""
    accented: dict[tuple[str, ...], dict[str, ActorName]] = defaultdict(dict)
    for name in actor.names:
        if not name.text.isascii() and len(words := name_words(name.text)) > 1:
            accented[words].setdefault(_letters(name.text), name)
    for written in accented.values():
        for one, other in combinations([written[text] for text in sorted(written)], 2):
            if one.report != other.report:
                yield one, other


def _letters(text: str) -> str:
    """A name without regard to capitals, apostrophes and hyphens, which are no accents."""
    return "".join(letter for letter in unicodedata.normalize("NFC", text.casefold()) if letter.isalpha())


def _respelling(a: str, b: str, person: bool) -> bool:
    """Whether two words are spellings of one name. Of a body, its plural, adjective or the other English spelling is
    none."""
    if person and min(len(a), len(b)) == 2 < max(len(a), len(b)):
        return romanised(a) == romanised(b) and a[:1] == b[:1]
    if min(len(a), len(b)) < (3 if person else 6) or not (
        sounds_alike(a, b) or (skeleton(a) == skeleton(b) and a[:1] == b[:1])
    ):
        return False
    return person or not (a.startswith(b) or b.startswith(a) or one_english(a) == one_english(b))


def _best(actor: Actor, word: str) -> ActorName | None:
    """The fullest name that has a word, of the report that uses it most."""
    having = [n for n in actor.names if word in name_words(n.text)]
    return max(having, key=lambda n: (_own_words(n), n.count, -len(n.text), n.text, n.report), default=None)


def _own_words(name: ActorName) -> int:
    """How many words a name has beside titles and an article that opens it: "Al Harbi" is one, "Salem Al Harbi" two."""
    return len([word for word in name_words(name.text) if word not in ARTICLES])


ARTICLES = ("al", "el", "ul", "as", "ash", "ad", "ar", "an", "az")
"""Arabic articles as names are written with them, which stand at the head of a family name."""


def _account(actor: Actor, name: ActorName, found: Collated) -> DifferenceAccount:
    witness = found.witness(name.report)
    span = next(s for s in actor.mentions if s.report == name.report and witness.words(s.extent) == name.text)
    return account(witness, Extent(span.start, span.end))


def _times(n: int) -> str:
    return "once" if n == 1 else "twice" if n == 2 else f"{n} times"
