"""Which rulings hold. Of two that contradict each other, the later one does; the earlier one is kept and shown as overruled."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

from variorum.model import Ruling, Words
from variorum.rulings.anchors import fold, same_words

_NAMES, _REPORTS = ("one-actor", "two-actors"), ("same-story", "other-story")
_WORDS = ("not-a-statement", "speaker")


@dataclass(frozen=True, slots=True)
class Held:
    """Rulings after their contradictions are settled."""

    rulings: tuple[Ruling, ...] = ()
    """Those that hold, in the order of time."""
    overruled: tuple[tuple[Ruling, str], ...] = ()
    """Those that do not, each with the id of the later one that holds in its place."""

    def of(self, *kinds: str) -> tuple[Ruling, ...]:
        """Those of some kinds that hold."""
        return tuple(ruling for ruling in self.rulings if ruling.kind in kinds)


@dataclass(slots=True)
class _Groups:
    """What later rulings join and keep apart, by which an earlier one is judged."""

    joined: list[tuple[frozenset[str], str]] = field(default_factory=list)
    apart: list[tuple[str, str, str]] = field(default_factory=list)

    def group_of(self, name: str) -> dict[str, str]:
        """All that is joined with a name, each with the ruling that joined it."""
        found = {name: ""}
        grown = True
        while grown:
            grown = False
            for names, ruling in self.joined:
                if not names.isdisjoint(found) and not names <= found.keys():
                    found |= {other: ruling for other in sorted(names) if other not in found}
                    grown = True
        return found

    def join(self, names: frozenset[str], ruling: str) -> str | None:
        """Join names; or the ruling that forbids it."""
        joined = {other for name in sorted(names) for other in self.group_of(name)}
        against = next((by for a, b, by in self.apart if a in joined and b in joined), None)
        if against is None:
            self.joined.append((names, ruling))
        return against

    def divide(self, pairs: Iterable[tuple[str, str]], ruling: str) -> str | None:
        """Keep pairs apart; or the ruling that joins one of them."""
        wanted = list(pairs)
        for a, b in wanted:
            group = self.group_of(a)
            if b in group:
                return group[b] or ruling
        self.apart.extend((a, b, ruling) for a, b in wanted)
        return None


def order_of(ruling: Ruling) -> tuple[str, str]:
    """What rulings are sorted by: time, then id."""
    return ruling.when, ruling.id


def held(rulings: Iterable[Ruling]) -> Held:
    """Which of some rulings hold together.

    Args:
        rulings: those on one story, or those on where reports belong; undone ones are left out.
    """
    names, reports = _Groups(), _Groups()
    words: list[tuple[Words, str]] = []
    kept: list[Ruling] = []
    overruled: list[tuple[Ruling, str]] = []
    for ruling in sorted((r for r in rulings if r.holds), key=order_of, reverse=True):
        by = None
        if ruling.kind in _NAMES:
            folded = sorted({fold(name) for name in ruling.names} - {""})
            one = ruling.kind == "one-actor"
            by = names.join(frozenset(folded), ruling.id) if one else names.divide(combinations(folded, 2), ruling.id)
        elif ruling.kind == "same-story":
            by = reports.join(frozenset(ruling.reports), ruling.id)
        elif ruling.kind == "other-story":
            by = reports.divide(_divided(ruling), ruling.id)
        elif ruling.kind in _WORDS and ruling.words is not None:
            ruling, by = _but_for(ruling, words)
            words += [(place, ruling.id) for place in ruling.places] if by is None else []
        if by is None:
            kept.append(ruling)
        else:
            overruled.append((ruling, by))
    return Held(tuple(reversed(kept)), tuple(reversed(overruled)))


def _but_for(ruling: Ruling, later: Iterable[tuple[Words, str]]) -> tuple[Ruling, str | None]:
    """A ruling on words where no later one decides otherwise; or that later one, where it decides otherwise everywhere."""
    ruled = list(later)
    against = [next((by for own, by in ruled if same_words(own, place)), None) for place in ruling.places]
    left = [place for place, by in zip(ruling.places, against, strict=True) if by is None]
    if not left:
        return ruling, against[0]
    return replace(ruling, words=left[0], also=tuple(left[1:])), None


def _divided(ruling: Ruling) -> list[tuple[str, str]]:
    first, *others = dict.fromkeys(ruling.reports)
    return [(first, other) for other in others]


def placings(rulings: Iterable[Ruling]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """What rulings say of where reports belong, as gathering takes it.

    Args:
        rulings: of any kind, undone ones among them.

    Returns:
        Pairs of reports that are of one story, and pairs that are not; each pair sorted.
    """
    holding = held(r for r in rulings if r.kind in _REPORTS)
    together = {(min(a, b), max(a, b)) for r in holding.of("same-story") for a, b in pairwise(dict.fromkeys(r.reports))}
    apart = {(min(a, b), max(a, b)) for r in holding.of("other-story") for a, b in _divided(r)}
    return together, apart


def concerning(rulings: Iterable[Ruling], story: str, reports: Collection[str]) -> tuple[Ruling, ...]:
    """The rulings that bear on a story, undone ones among them.

    One on words or reports bears on every story that has them. One on names or a difference bears on the story that
    it was made in, which is told by the reports that it names as well as by its id, since a story may get another id;
    or on all stories where it names none.
    """
    own = set(reports)
    return tuple(sorted((r for r in rulings if _concerns(r, story, own)), key=order_of))


def _concerns(ruling: Ruling, story: str, reports: set[str]) -> bool:
    if ruling.words is not None and ruling.kind in _WORDS:
        return any(place.report in reports for place in ruling.places)
    if ruling.kind in ("same-story", "other-story", "one-origin"):
        return not reports.isdisjoint(ruling.reports)
    return ruling.story is None or ruling.story == story or not reports.isdisjoint(ruling.reports)
