"""Settling: what the order of arrival did to the stories is taken out again.

    reports since the last settling ──gatherer──▶ moves ──pieces──▶ records and changes, a few stories a transaction

A report that arrives is placed beside few others; who gathers them all at once sees more. So the library looks again at what
came since, with all that lies near it in time, and moves what is better placed elsewhere. Which reports came since stands in
the library, so that nothing is left out when a program ends in between.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from variorum.errors import NotInLibrary
from variorum.library import adding
from variorum.library.deciding import ties_of
from variorum.library.moments import TURN, moment
from variorum.library.placing import Placer
from variorum.model import LibraryChange, Ruling, Settled
from variorum.store import Snapshot, Store

SETTLED = "settled"
"""The setting with the number of the last report that was there at the last settling."""
SETTLED_ON = "settled on"
"""The setting with the day of it."""
CHEAP = 1000
"""Reports looked at, at a millisecond or two each, that need no weighing."""
FOR_ONE = 50
"""Reports looked at for each that came: together they cost about as much as to read it did."""

TOGETHER = 24
"""Stories written together: few enough that others who write do not wait long."""
ATTEMPTS = 3
"""Times that a settling is begun anew because somebody else wrote meanwhile."""

Move = tuple[str, str]
"""A report, and the story that it is in from now on."""


def settle(
    store: Store,
    placer: Placer,
    *,
    every: bool = False,
    if_due: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> Settled:
    """Settle what came since the last settling.

    Args:
        store: of the library; nobody else in this process may write to it meanwhile.
        placer: what keeps the gatherer.
        every: look at all reports.
        if_due: do nothing where it is not time.
        on_progress: told how many of the reports that move have moved, and how many there are.

    Returns:
        What it did. Where another process writes again and again meanwhile, the rest is left for the next time.
    """
    changes: list[LibraryChange] = []
    looked_at = moved = 0
    try:
        for _ in range(ATTEMPTS):
            with store.snapshot() as now:
                came = list(now.keys_after(0 if every else int(now.setting(SETTLED) or 0)))
                if not came:
                    break
                ids, days = [row.report for row in came], [row.day for row in came if row.day is not None]
                ruled = now.rulings()
                gatherer = placer.at(now, (), ties_of(ruled), others=ids, days=days, every=every)
                looked_at = gatherer.unsettled(ids)
                if if_due and not _is_due(now, looked_at, len(came)):
                    return Settled()
                turn = now.setting(TURN)
                moves = gatherer.settle(ids)
                homes = {report: _home(now, report) for report, _ in moves}
                moves = tuple(move for move in moves if homes[move[0]] != move[1])
            written = 0
            for piece in pieces(moves, homes, TOGETHER):
                more = _written(store, piece, ruled, turn)
                if more is None:
                    placer.forget()
                    break
                turn = _next(turn)
                placer.written(turn)
                changes += more
                written += len(piece)
                moved += len(piece)
                if on_progress:
                    on_progress(written, len(moves))
            if written == len(moves):
                with store.write() as tx:
                    tx.put_setting(SETTLED, str(max(row.n for row in came)))
                    tx.put_setting(SETTLED_ON, _today())
                break
    except BaseException:
        # What the gatherer has moved was not written.
        placer.forget()
        raise
    return Settled(reports=looked_at, moved=moved, changes=tuple(changes))


def _is_due(now: Snapshot, looked_at: int, came: int) -> bool:
    """Whether it is time: at once where it costs little beside what came, else once a day."""
    return looked_at <= max(CHEAP, FOR_ONE * came) or now.setting(SETTLED_ON) != _today()


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _home(now: Snapshot, report: str) -> str:
    held = now.held(report)
    if held is None:
        raise NotInLibrary(f"no report {report!r} in the library")
    return held.story


def _next(turn: str | None) -> str:
    return str(int(turn or 0) + 1)


def _written(
    store: Store, moves: Sequence[Move], ruled: Sequence[Ruling], turn: str | None
) -> list[LibraryChange] | None:
    """Move some reports; null, and nothing done, where somebody wrote since ``turn``."""
    with store.snapshot() as now:
        plan = adding.Plan()
        adding.moved(now, plan, moves)
        adding.collated(now, plan, ruled)
    with store.write() as tx:
        if tx.setting(TURN) != turn:
            return None
        changes = adding.written(tx, plan, when=moment())
        tx.put_setting(TURN, _next(turn))
    return changes


def pieces(moves: Iterable[Move], homes: Mapping[str, str], most: int) -> Iterator[list[Move]]:
    """Moves in pieces that can be written one after the other: no story stands in two of them.

    Args:
        moves: all of them.
        homes: for each report that moves the story that it is in.
        most: stories of a piece, where they are not bound to each other.
    """
    root: dict[str, str] = {}

    def found(story: str) -> str:
        while (above := root.setdefault(story, story)) != story:
            root[story] = story = root[above]
        return story

    listed = list(moves)
    for report, story in listed:
        one, other = sorted((found(homes[report]), found(story)))
        root[other] = one
    bound: dict[str, list[Move]] = {}
    for move in listed:
        bound.setdefault(found(move[1]), []).append(move)
    piece: list[Move] = []
    stories: set[str] = set()
    for own in bound.values():
        touched = {story for report, story in own} | {homes[report] for report, _ in own}
        if piece and len(stories) + len(touched) > most:
            yield piece
            piece, stories = [], set()
        piece, stories = [*piece, *own], stories | touched
    if piece:
        yield piece
