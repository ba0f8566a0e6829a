"""Feeds visited beside the pages: when somebody asks for it and, if so decided, whenever one is due."""

from __future__ import annotations

import logging
import threading
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from variorum.errors import StoreError, VariorumError

if TYPE_CHECKING:
    from variorum.library import Library
    from variorum.library.following import Visit

log = logging.getLogger("variorum.server")

SECONDS = 60.0
"""Between two looks at which feeds are due."""
MOST_KEPT = 50
"""Visits that are remembered to be shown."""


@dataclass(frozen=True, slots=True)
class Visited:
    """A visit as the page of the feeds shows it."""

    when: str
    visit: Visit


class Visitor:
    """One thread that visits feeds, one visit at a time. Thread-safe."""

    def __init__(self, library: Library, *, always: bool = False) -> None:
        """
        Args:
            library: whose feeds.
            always: visit what is due without being asked.
        """
        self._library = library
        self.always = always
        self._asked = threading.Event()
        self._over = threading.Event()
        self._busy = threading.Event()
        self._visits: deque[Visited] = deque(maxlen=MOST_KEPT)
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    @property
    def busy(self) -> bool:
        """Whether feeds are being visited, or will be at once."""
        return self._busy.is_set() or self._asked.is_set()

    @property
    def visits(self) -> tuple[Visited, ...]:
        """The last visits, the latest first."""
        return tuple(reversed(self._visits))

    def start(self) -> None:
        """Begin, if it has not begun."""
        with self._starting:
            if self._thread is None and not self._over.is_set():
                self._thread = threading.Thread(target=self._run, name="variorum-visiting", daemon=True)
                self._thread.start()

    def ask(self) -> None:
        """Visit what is due as soon as may be."""
        self._asked.set()
        self.start()

    def close(self) -> None:
        """End after the visit in hand; the thread dies with the process at the latest."""
        self._over.set()
        self._asked.set()

    def _run(self) -> None:
        while not self._over.is_set():
            asked = self._asked.wait(SECONDS)
            self._busy.set()
            self._asked.clear()
            if not self._over.is_set() and (asked or self.always):
                self._visit()
            self._busy.clear()

    def _visit(self) -> None:
        try:
            for visit in self._library.poll():
                self._visits.append(Visited(datetime.now(UTC).isoformat(timespec="seconds"), visit))
                if self._over.is_set():
                    return
            self._library.settle_if_due()
        except StoreError as error:
            log.warning("feeds are not visited: %s", error)
        except VariorumError as error:
            log.warning("a visit to a feed went wrong: %s", error)
        except Exception:
            log.exception("a fault of the program while feeds were visited")
