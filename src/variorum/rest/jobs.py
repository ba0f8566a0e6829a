"""Adding in the background: a bounded queue that the library keeps, one worker, progress and refusals.

A job goes on when the client that gave it leaves, and when the server ends or is killed: the next one takes it up where it
was. One worker is enough: a library has one writer at a time.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from variorum import api
from variorum.errors import IntakeError, StoreError, VariorumError
from variorum.intake import report_from_object
from variorum.intake.inputs import reports_from_bytes
from variorum.model import Addition, Job, RefusedInput, Report, Settled
from variorum.store import Store
from variorum.store.jobs import Claimed, KeptInput, KeptJobs, Result

log = logging.getLogger("variorum.server")

MOST_QUEUED = 64
MOST_BYTES = 256 * 2**20
"""Of what waits in the queue, all jobs together."""
LOOK_AGAIN = 10.0
"""Seconds until the worker looks again at a job that it could not claim or finish."""
_TOLD_AFTER = 1.0
"""Seconds after which refusals are put down, though no report came meanwhile."""


class Adds(Protocol):
    """The part of a library that jobs need."""

    @property
    def store(self) -> Store:
        """What keeps the jobs."""
        ...

    def add(self, reports: Any, /) -> Iterator[Addition]:
        """Add reports as they are drawn; what became of each."""
        ...

    def settle_if_due(self) -> Settled:
        """Take out of the stories what the order of arrival did to them."""
        ...


class QueueFull(VariorumError):
    """Too much waits already; nothing was taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFile:
    """A file as it was handed over: its content, and the name that its sender gave it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a job is to add. There is no way to name a file or a folder of the server."""

    reports: Sequence[Mapping[str, Any]] = ()
    """Objects of the JSON Lines contract, with a ``text`` or an ``html``."""
    addresses: Sequence[str] = ()
    """http or https; fetched under the rules of intake."""
    files: Sequence[GivenFile] = ()

    @property
    def size(self) -> int:
        """About how many bytes it holds."""
        texts = sum(len(str(given.get(key) or "")) for given in self.reports for key in ("text", "html"))
        return texts + sum(len(file.content) for file in self.files) + sum(map(len, self.addresses))

    def __len__(self) -> int:
        return len(self.reports) + len(self.addresses) + len(self.files)

    def kept(self) -> list[KeptInput]:
        """As the library keeps it, in the order in which it is added: objects, files, addresses."""
        return [
            *(KeptInput(kind="report", name="", content=json.dumps(dict(given)).encode()) for given in self.reports),
            *(KeptInput(kind="file", name=plain_name(file.name), content=file.content) for file in self.files),
            *(
                KeptInput(kind="address", name="", content=address.encode("utf-8", "surrogatepass"))
                for address in self.addresses
            ),
        ]


class Jobs:
    """The jobs of one library. Thread-safe; ``close`` ends the worker after the report in hand.

    What waited for a server that ended is taken up at once.
    """

    def __init__(self, library: Adds, *, most_queued: int = MOST_QUEUED, most_bytes: int = MOST_BYTES) -> None:
        self._library = library
        self._kept = KeptJobs(library.store)
        self._most_queued, self._most_bytes = most_queued, most_bytes
        self._lock = threading.Lock()
        self._open = {job.id: job for job in self._kept.unfinished()}
        self._hand: _Hand | None = None
        self._unsettled = False
        """Whether reports came since stories were settled here."""
        self._awake = threading.Event()
        self._closed = threading.Event()
        self._worker: threading.Thread | None = None
        if self._open:
            self._wake()

    def add(self, inputs: Inputs, *, who: str) -> Job:
        """Queue an adding. When this returns, the library has it.

        Raises:
            QueueFull: too many jobs, or too many bytes, wait already.
            StoreError: the library cannot be written.
        """
        if self._closed.is_set():
            raise QueueFull("the server is ending; try again in a while")
        job = self._kept.put(
            inputs.kept(), who=who, size=inputs.size, most_queued=self._most_queued, most_bytes=self._most_bytes
        )
        if job is None:
            raise QueueFull("too much waits to be added already; try again in a while")
        with self._lock:
            self._open[job.id] = job
        self._wake()
        return job

    def job(self, id: str) -> Job | None:
        """A job as it stands, with all its results so far; None where there is none (any more)."""
        return self._kept.get(id)

    def jobs(self) -> tuple[Job, ...]:
        """All jobs that are known, the latest first, without their results."""
        return self._kept.all()

    def running(self) -> Job | None:
        """The job that is worked on here, or that waits, without asking the library."""
        with self._lock:
            return next(iter(self._open.values()), None)

    def is_open(self, id: str) -> bool:
        """Whether this process knows that a job is still to be worked on, without asking the library."""
        with self._lock:
            return id in self._open

    def stop(self, id: str) -> Job | None:
        """End a job after the report in hand; what was added stays."""
        with self._lock:
            if self._hand is not None and self._hand.id == id:
                self._hand.stopped.set()
        self._kept.stop(id)
        return self._seen(id)

    def again(self, id: str) -> Job | None:
        """Have a failed job go on where it failed; None where there is none, or what it was given is not kept any more."""
        if not self._kept.again(id):
            return None
        job = self._seen(id)
        self._wake()
        return job

    def wait(self, id: str, seconds: float) -> bool:
        """Wait for a job's end; whether it came."""
        waited = 0.0
        while self.is_open(id) and waited < seconds:
            self._closed.wait(0.02)
            waited += 0.02
        return not self.is_open(id)

    def close(self, *, seconds: float = 30.0) -> None:
        """Take nothing more, end after the report in hand. What is not done then waits for the next server."""
        self._closed.set()
        self._awake.set()
        with self._lock:
            if self._hand is not None:
                self._hand.stopped.set()
        if self._worker is not None:
            self._worker.join(seconds)

    def _seen(self, id: str) -> Job | None:
        """A job as it stands now, also to those who do not ask the library."""
        job = self._kept.get(id)
        with self._lock:
            if job is None or job.finished:
                self._open.pop(id, None)
            else:
                self._open[id] = job
        return job

    # ---- the worker ------------------------------------------------------------------------------

    def _wake(self) -> None:
        with self._lock:
            if self._worker is None:
                self._worker = threading.Thread(target=self._run, name="variorum-adding", daemon=True)
                self._worker.start()
        self._awake.set()

    def _run(self) -> None:
        while not self._closed.is_set():
            self._awake.clear()
            try:
                claimed = self._kept.claim()
                if claimed is not None:
                    self._work(claimed)
                    continue
                for id in list(self._open):
                    self._seen(id)
                if self._unsettled:
                    self._unsettled = False
                    self._library.settle_if_due()
            except StoreError as error:
                log.warning("adding waits: %s", error)
            except Exception:
                log.exception("a fault of the program while stories were settled")
            # What somebody else works on is looked at again, in case he is gone.
            self._awake.wait(LOOK_AGAIN if self._open else None)

    def _work(self, claimed: Claimed) -> None:
        id = claimed.job.id
        with self._lock:
            self._open[id] = claimed.job
            self._hand = _Hand(self._kept, claimed)
        hand = self._hand
        try:
            self._add(hand)
            if self._closed.is_set() and not hand.whole:
                self._kept.release(id)
            else:
                self._kept.finish(id, "done" if hand.whole else "stopped")
        except StoreError as error:
            # Nothing is wrong with the job: it is tried again until the library can be written.
            log.warning("adding waits: %s", error)
            with suppress(StoreError):
                self._kept.release(id, str(error))
            self._closed.wait(LOOK_AGAIN)
        except VariorumError as error:
            self._kept.finish(id, "failed", str(error))
        except Exception:
            log.exception("a fault of the program while adding (job %s)", id)
            self._kept.finish(id, "failed", "a fault of the program; its log says more")
        finally:
            with self._lock:
                self._hand = None
            with suppress(StoreError):
                self._seen(id)

    def _add(self, hand: _Hand) -> None:
        for addition in self._library.add(hand.reports()):
            hand.added(addition)
            self._unsettled = True
        hand.put_down()


class _Hand:
    """The job in hand: draws its reports, and puts down what became of them before more are drawn."""

    def __init__(self, kept: KeptJobs, claimed: Claimed) -> None:
        self.id = claimed.job.id
        self.stopped = threading.Event()
        self.whole = False
        """Whether all was drawn."""
        self._kept = kept
        self._place = claimed.first
        self._told = claimed.told.copy()
        self._drawn: deque[int] = deque()
        """Places of the inputs of the reports that were drawn and not added yet."""
        self._results: list[Result] = []
        self._since = time.monotonic()

    def reports(self) -> Iterator[Report]:
        """The reports of what was handed in, in order, until the job is stopped."""
        for place, given in self._kept.inputs(self.id, self._place):
            self._place = place
            for report in reports_of(given, number=place + 1, on_reject=self._refused):
                if self._results:
                    self.put_down()
                if self.stopped.is_set():
                    return
                self._drawn.append(place)
                yield report
            self._place = place + 1
            if self.stopped.is_set():
                return
        self.whole = True

    def added(self, addition: Addition) -> None:
        """Of the report that was drawn first it is known now what became of it."""
        place = self._drawn.popleft()
        if self._told[addition.report]:
            # It was added and told of before the program ended in the middle of this input.
            self._told[addition.report] -= 1
        else:
            self._results.append(Result(input=place, of=addition))

    def _refused(self, error: IntakeError) -> None:
        refused = RefusedInput(where=error.where, reason=error.reason)
        self._results.append(Result(input=self._place, of=refused))
        if time.monotonic() - self._since > _TOLD_AFTER:
            self.put_down()

    def put_down(self) -> None:
        """Put down how far it has come."""
        first = self._drawn[0] if self._drawn else self._place
        if self._kept.advance(self.id, first, self._results) is None:
            self.stopped.set()
        self._results, self._since = [], time.monotonic()


def reports_of(given: KeptInput, *, number: int, on_reject: Callable[[IntakeError], None]) -> Iterator[Report]:
    """Reports out of one thing that came over the net.

    Args:
        given: an object, a file or an address.
        number: by which an object is named that has neither address nor id.
        on_reject: told of what could not become a report.
    """
    match given.kind:
        case "report":
            said = json.loads(given.content)
            where = str(said.get("url") or said.get("id") or f"report {number}")[:300]
            try:
                yield report_from_object(said, where=where)
            except IntakeError as error:
                on_reject(error)
        case "file":
            for taken in reports_from_bytes(given.content, where=given.name, named=given.name):
                if isinstance(taken, IntakeError):
                    on_reject(taken)
                else:
                    yield taken
        case "address":
            address = given.content.decode("utf-8", "surrogatepass")
            if is_web_address(address):
                yield from api.reports([address], on_reject=on_reject)
            else:
                on_reject(IntakeError(address, "not a web address"))


def is_web_address(given: str) -> bool:
    """Whether it is an http or https address: never the path of a file of the server."""
    try:
        parts = urlsplit(given)
    except ValueError:
        return False
    return given.startswith(("http://", "https://")) and bool(parts.hostname)


def plain_name(given: str) -> str:
    """A file's name as its sender gave it, without folders and control characters."""
    name = "".join(c for c in given.replace("\\", "/").rpartition("/")[2] if c.isprintable())[:200].strip()
    return name if name not in ("", ".", "..") else "file"
