"""What people decide in a library: the part of ``Library`` that takes rulings."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from variorum import rulings
from variorum.errors import BadRuling
from variorum.library.moments import moment
from variorum.model import Addition, Record, RuledDifference, Ruling, RulingKind, Words, codec
from variorum.store import Snapshot, Store

# Who only reads a library need not load what ruling takes: gathering and collation.
if TYPE_CHECKING:
    from variorum.library.adding import Plan
    from variorum.library.news import News
    from variorum.library.placing import Placer


class Decisions(Protocol):
    """Rulings in a library. What stands below the line is what the library gives for it."""

    def rule(
        self,
        kind: RulingKind,
        *,
        who: str,
        why: str = "",
        story: str | None = None,
        names: Sequence[str] = (),
        words: Words | None = None,
        also: Sequence[Words] = (),
        speaker: str | None = None,
        reports: Sequence[str] = (),
        difference: RuledDifference | str | None = None,
    ) -> Ruling:
        """Decide something; records follow at once. Nothing that was read or kept is rewritten, so ``undo`` takes it back.

        Args:
            kind: what is decided.
            who: who decides.
            why: the reason, shown with it.
            story: the story that it holds in; without it a ruling on names holds in all.
            names: for ``one-actor`` and ``two-actors``.
            words: for ``not-a-statement`` and ``speaker``.
            also: further places that it holds in: with ``statement_words`` the ruling is on all variants of a statement.
            speaker: the right one's name.
            reports: for ``same-story``, ``other-story`` (the first is not of the story of the others), ``one-origin``.
            difference: for ``immaterial``: the difference, or its id in the record of ``story``.

        Raises:
            BadRuling: a field is missing or names what is not there; the error names it.
        """
        from variorum.library import deciding

        asked = Ruling(
            id="",
            kind=kind,
            who=who,
            when=moment(),
            why=why,
            story=story,
            names=tuple(names),
            words=words,
            also=tuple(also),
            speaker=speaker,
            reports=tuple(reports),
        )
        with self._adding:
            with self._store.snapshot() as now:
                ruling = deciding.filled_in(now, asked, difference)
            self._decide([ruling])
        return ruling

    def statement_words(self, story: str, statement: str) -> tuple[Words, ...]:
        """The words of every variant of a statement of a story's record, as rulings name them.

        Raises:
            NotInLibrary: there is no such story.
            BadRuling: its record has no statement of that id.
        """
        record = self.record(story)
        found = next((one for one in record.statements if one.id == statement), None)
        if found is None:
            raise BadRuling("statement", f"the record of the story has no statement {statement!r}")
        texts = {reading.id: reading.text for reading in record.reports}
        made = []
        for variant in found.variants:
            start, end = min(e.start for e in variant.content), max(e.end for e in variant.content)
            made.append(Words(report=variant.report, start=start, end=end, text=texts[variant.report][start:end]))
        return tuple(made)

    def undo(self, ruling_id: str, *, who: str, why: str = "") -> Ruling:
        """Take a ruling back; what the program found holds again.

        Raises:
            NotInLibrary: there is no such ruling.
            BadRuling: it has been taken back already.
        """
        with self._adding:
            ruling = self._store.ruling(ruling_id)
            if not ruling.holds:
                raise BadRuling("id", f"was undone by {ruling.undone_by} on {(ruling.undone_when or '')[:10]}")
            if not who.strip():
                raise BadRuling("who", "says who takes it back")
            undone = replace(ruling, undone_by=who, undone_when=moment(), undone_why=why)
            self._decide([undone])
        return undone

    def rulings(self, story: str | None = None, holding: bool = False) -> tuple[Ruling, ...]:
        """Rulings in the order of time: all, or those that bear on a story.

        Args:
            story: only those that bear on it.
            holding: only those that were not undone.
        """
        every = self._store.rulings(holding=holding)
        if story is None:
            return every
        with self._store.snapshot() as now:
            return rulings.concerning(every, story, now.reports_of(story))

    def export_rulings(self) -> str:
        """All rulings as JSON Lines, undone ones among them."""
        return "".join(codec.to_json(ruling) + "\n" for ruling in self._store.rulings())

    def import_rulings(self, text: str) -> int:
        """Take rulings in that ``export_rulings`` gave, here or elsewhere.

        One on reports that are not here is kept and holds when they come.

        Returns:
            How many were new or had been undone since.

        Raises:
            BadRecord: a line is no ruling.
            BadRuling: a ruling lacks what its kind needs.
        """
        given = [
            rulings.checked(codec.from_json(Ruling, line, where=f"line {number}"))
            for number, line in enumerate(text.splitlines(), 1)
            if line.strip()
        ]
        with self._adding:
            there = {ruling.id: ruling for ruling in self._store.rulings()}
            new = [r for r in given if r.id not in there or (there[r.id].holds and not r.holds)]
            if new:
                self._decide(new)
        return len(new)

    def merge(self, stories: Sequence[str], *, who: str, why: str = "") -> str:
        """Rule that stories are one.

        Returns:
            Id of the one story.

        Raises:
            BadRuling: fewer than two stories, or one that is not there.
        """
        chosen = [self._reports_of(story) for story in dict.fromkeys(stories)]
        if len(chosen) < 2:
            raise BadRuling("stories", "names at least two different stories")
        self.rule("same-story", who=who, why=why, reports=[reports[0] for reports in chosen])
        return self.story_of(chosen[0][0])

    def split(self, story: str, reports: Sequence[str], *, who: str, why: str = "") -> str:
        """Rule that some reports of a story are of another one.

        Returns:
            Id of the story that they are in now.

        Raises:
            BadRuling: the story is not there, has none of the reports, or has no others.
        """
        from variorum.library import deciding

        every = self._reports_of(story)
        chosen = list(dict.fromkeys(reports))
        for report in chosen:
            if report not in every:
                raise BadRuling("reports", f"report {report!r} is not in story {story!r}")
        chosen = [id for report in chosen for id in self.versions(report)]
        rest = [id for id in every if id not in chosen]
        if not chosen or not rest:
            raise BadRuling("reports", "names some of the story's reports, and not all")
        when = moment()
        with self._adding:
            with self._store.snapshot() as now:
                title = now.story_line(story).title
            made = [
                Ruling(
                    id="",
                    kind="other-story",
                    who=who,
                    when=when,
                    why=why,
                    reports=(id, *rest),
                    found=f"one story: “{title}”",
                )
                for id in chosen
            ]
            if len(chosen) > 1:
                made.append(
                    Ruling(
                        id="", kind="same-story", who=who, when=when, why=why, reports=tuple(chosen), found="one story"
                    )
                )
            self._decide([replace(rulings.checked(r), id=deciding.ruling_id(r)) for r in made])
        return self.story_of(chosen[0])

    def _reports_of(self, story: str) -> tuple[str, ...]:
        reports = self._store.reports_of(story)
        if not reports:
            raise BadRuling("story", f"no story {story!r} in the library")
        return reports

    def _decide(self, made: Sequence[Ruling]) -> None:
        from variorum.library import deciding

        self._write(lambda now: deciding.ruled(now, self._placer, now.rulings(), made))

    # ---- what the library gives ------------------------------------------------------------------

    _store: Store
    _adding: threading.RLock

    @property
    def _placer(self) -> Placer:
        """What keeps the gatherer."""
        ...

    def _write(self, plan_for: Callable[[Snapshot], tuple[Plan, dict[str, list[News]]]]) -> list[Addition]:
        """Work a plan out and write it."""
        ...

    def record(self, story: str) -> Record:
        """A story's record with the rulings on it."""
        ...

    def story_of(self, report: str) -> str:
        """Id of the story that a report is in."""
        ...

    def versions(self, id: str) -> tuple[str, ...]:
        """Ids of all versions of a report."""
        ...
