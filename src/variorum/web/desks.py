"""Records made ready to be shown, kept while they stay the same: a story is looked at more often than it changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from variorum.model import Reading, Record
from variorum.model.ruling import Ruling
from variorum.model.shelf import StoryLine
from variorum.rest.errors import Refused
from variorum.views.edition import Edition
from variorum.views.page.desk import Desk
from variorum.views.tables import TABLES
from variorum.web.look import environment

if TYPE_CHECKING:
    from variorum.library import Library

MOST_KEPT = 24
"""Stories that are kept ready."""
MOST_WHOLE = 12
"""Reports whose texts stand in the page from the start; of a greater story they are fetched when they are looked at."""
MOST_TEXT = 200_000
"""Characters of all of them together, likewise."""


@dataclass(slots=True)
class Shown:
    """A story ready to be shown."""

    record: Record
    desk: Desk
    made: dict[bool, Sheet] = field(default_factory=dict)
    """For those who may rule, and for those who may not."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The record beside its reports, as HTML."""

    html: Markup
    mark: str
    """Changes with the content: parts that are fetched later have to be parts of the same."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the application adds to the page of a record: addresses, and whether the reader may correct it."""

    story: StoryLine
    may_rule: bool
    lazy: bool

    @property
    def base(self) -> str:
        """The story's address."""
        return story_path(self.story.id)

    @property
    def texts(self) -> str:
        """Where texts of reports are fetched, by their letters."""
        return f"{self.base}/texts/"

    @property
    def ruling_page(self) -> str:
        """Where an entry is corrected, by its address in the page."""
        return f"{self.base}/correct/"

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that can be copied out."""
        return tuple(TABLES)

    def report_page(self, reading: Reading) -> str:
        """A report's own page."""
        return report_path(reading.id)

    def undo(self, ruling: Ruling) -> Markup:
        """The form that takes a ruling back."""
        made = environment().get_template("undo.html.j2").render(ruling=ruling, back=f"{self.base}#rulings")
        return Markup(made)


def story_path(id: str) -> str:
    """The address of a story."""
    return f"/stories/{quote(id, safe='')}"


def report_path(id: str) -> str:
    """The address of a report."""
    return f"/reports/{quote(id, safe='')}"


class Desks:
    """The stories that were looked at last. Thread-safe."""

    def __init__(self, library: Library, *, most: int = MOST_KEPT) -> None:
        self._library = library
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Shown] = OrderedDict()

    def shown(self, id: str) -> Shown:
        """A story as it stands now.

        Raises:
            NotInLibrary: there is none.
        """
        record = self._library.record(id)
        with self._lock:
            kept = self._kept.get(id)
            if kept is not None and kept.record is record:
                self._kept.move_to_end(id)
                return kept
        made = Shown(record, Desk(Edition(record)))
        with self._lock:
            self._kept[id] = made
            self._kept.move_to_end(id)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def sheet(self, id: str, *, may_rule: bool) -> tuple[Desk, Sheet]:
        """The record beside its reports."""
        shown = self.shown(id)
        if may_rule not in shown.made:
            frame = self.frame(id, shown.desk, may_rule=may_rule)
            template = environment().get_template("sheet.html.j2")
            html = template.render(desk=shown.desk, edition=shown.desk.edition, app=frame)
            mark = sha256(html.encode("utf-8", "replace")).hexdigest()[:24]
            shown.made[may_rule] = Sheet(Markup(html), mark)
        return shown.desk, shown.made[may_rule]

    def check(self, id: str, mark: str | None, *, may_rule: bool) -> None:
        """Whether a part that a page fetches is of the record that the page shows. Numbers of entries and letters of
        reports are given anew with every change: without this, the wrong words would be lit.

        Raises:
            Refused: the record has changed since the page was made.
        """
        if mark and mark != self.sheet(id, may_rule=may_rule)[1].mark:
            raise Refused(409, "the record has changed since this page was made; load it again", field="of")

    def frame(self, id: str, desk: Desk, *, may_rule: bool) -> Frame:
        """What the application adds to a story's page."""
        reports = desk.record.reports
        lazy = len(reports) > MOST_WHOLE or sum(len(reading.text) for reading in reports) > MOST_TEXT
        return Frame(self._library.story(id), may_rule, lazy)

    def texts(self, id: str, letters: list[str], *, may_rule: bool) -> str:
        """Reports of a story with every finding marked, as HTML."""
        desk = self.shown(id).desk
        frame = self.frame(id, desk, may_rule=may_rule)
        template = environment().get_template("report.html.j2")
        wanted = set(letters)
        readings = [r for r in desk.record.reports if desk.edition.letter(r.id) in wanted]
        made: Callable[[Reading], str] = lambda reading: template.render(  # noqa: E731
            desk=desk, edition=desk.edition, app=frame, reading=reading, stub=False
        )
        return "".join(map(made, readings))
