"""Adding in the background: a bounded queue, one worker, progress and refusals, results that wait for whoever asks.

A job goes on when the client that gave it leaves. One worker is enough: a library has one writer at a time.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from variorum import api
from variorum.errors import IntakeError, VariorumError
from variorum.intake import report_from_object
from variorum.intake.inputs import reports_from_bytes
from variorum.model import Report
from variorum.model.shelf import Addition

log = logging.getLogger("variorum.server")

JobState = Literal["queued", "running", "done", "failed", "stopped"]
FINISHED: frozenset[JobState] = frozenset({"done", "failed", "stopped"})

MOST_QUEUED = 64
MOST_BYTES = 256 * 2**20
"""Of reports that wait in the queue, all jobs together."""
MOST_KEPT = 200
"""Finished jobs whose results are kept; the oldest go first."""
MOST_REFUSED = 1000
"""Refusals that one job keeps; more are only counted."""


class Adds(Protocol):
    """The part of a library that jobs need."""

    def add(self, reports: Any, /) -> Iterator[Addition]:
        """Add reports as they are drawn; what became of each."""


class QueueFull(VariorumError):
    """Too much waits already; nothing was taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedInput:
    """One input that could not become a report."""

    where: str
    reason: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How an adding stands. A finished job does not change any more."""

    id: str
    state: JobState
    who: str
    asked: str
    """ISO date and time, UTC."""
    ended: str | None = None
    inputs: int
    """Reports, addresses and files that were given; a feed or an archive among them holds several reports."""
    added: int = 0
    known: int = 0
    revised: int = 0
    refused: int = 0
    reason: str | None = None
    """Why it failed; what was added until then stays."""
    refusals: tuple[RefusedInput, ...] = ()
    additions: tuple[Addition, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in FINISHED


@dataclass(slots=True)
class _Work:
    inputs: Inputs | None
    stop: threading.Event = field(default_factory=threading.Event)
    end: threading.Event = field(default_factory=threading.Event)
    refusals: list[RefusedInput] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)


class Jobs:
    """The jobs of one library. Thread-safe; ``close`` ends the worker after the report in hand."""

    def __init__(self, library: Adds, *, most_queued: int = MOST_QUEUED, most_bytes: int = MOST_BYTES) -> None:
        self._library = library
        self._most_queued, self._most_bytes = most_queued, most_bytes
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._works: dict[str, _Work] = {}
        self._queue: queue.Queue[str | None] = queue.Queue()
        self._worker: threading.Thread | None = None
        self._closed = False

    def add(self, inputs: Inputs, *, who: str) -> Job:
        """Queue an adding.

        Raises:
            QueueFull: too many jobs, or too many bytes, wait already.
        """
        with self._lock:
            waiting = [self._works[id] for id, job in self._jobs.items() if not job.finished]
            held = sum(work.inputs.size for work in waiting if work.inputs is not None)
            if self._closed or len(waiting) >= self._most_queued or (waiting and held + inputs.size > self._most_bytes):
                raise QueueFull("too much waits to be added already; try again in a while")
            job = Job(id=secrets.token_hex(8), state="queued", who=who, asked=_now(), inputs=len(inputs))
            self._jobs[job.id], self._works[job.id] = job, _Work(inputs)
            if self._worker is None:
                self._worker = threading.Thread(target=self._run, name="variorum-adding", daemon=True)
                self._worker.start()
        self._queue.put(job.id)
        return job

    def job(self, id: str) -> Job | None:
        """A job as it stands, with all its results so far; None where there is none (any more)."""
        with self._lock:
            job = self._jobs.get(id)
            if job is None:
                return None
            work = self._works[id]
            return replace(job, refusals=tuple(work.refusals), additions=tuple(work.additions))

    def jobs(self) -> tuple[Job, ...]:
        """All jobs that are known, the latest first, without their results."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def stop(self, id: str) -> Job | None:
        """End a job after the report in hand; what was added stays."""
        with self._lock:
            if id in self._works:
                self._works[id].stop.set()
                if self._jobs[id].state == "queued":
                    self._finish(id, "stopped")
        return self.job(id)

    def wait(self, id: str, seconds: float) -> bool:
        """Wait for a job's end; whether it came."""
        work = self._works.get(id)
        return work is None or work.end.wait(seconds)

    def close(self, *, seconds: float = 30.0) -> None:
        """Take nothing more, end after the report in hand."""
        with self._lock:
            self._closed = True
            for work in self._works.values():
                work.stop.set()
        self._queue.put(None)
        if self._worker is not None:
            self._worker.join(seconds)

    # ---- the worker ------------------------------------------------------------------------------

    def _run(self) -> None:
        while (id := self._queue.get()) is not None:
            with self._lock:
                work = self._works.get(id)
                if work is None or work.inputs is None or self._jobs[id].finished:
                    continue
                self._jobs[id] = replace(self._jobs[id], state="running")
            state, reason = self._do(id, work, work.inputs)
            with self._lock:
                self._finish(id, state, reason)

    def _do(self, id: str, work: _Work, inputs: Inputs) -> tuple[JobState, str | None]:
        def refuse(error: IntakeError) -> None:
            with self._lock:
                self._count(id, "refused")
                if len(work.refusals) < MOST_REFUSED:
                    work.refusals.append(RefusedInput(where=error.where, reason=error.reason))

        try:
            for addition in self._library.add(_until(work.stop, reports_of(inputs, on_reject=refuse))):
                with self._lock:
                    self._count(id, addition.outcome)
                    work.additions.append(addition)
        except VariorumError as error:
            return "failed", str(error)
        except Exception:
            log.exception("a fault of the program while adding (job %s)", id)
            return "failed", "a fault of the program; its log says more"
        return ("stopped" if work.stop.is_set() else "done"), None

    def _count(self, id: str, what: Literal["added", "known", "revised", "refused"]) -> None:
        job = self._jobs[id]
        match what:
            case "added":
                self._jobs[id] = replace(job, added=job.added + 1)
            case "known":
                self._jobs[id] = replace(job, known=job.known + 1)
            case "revised":
                self._jobs[id] = replace(job, revised=job.revised + 1)
            case "refused":
                self._jobs[id] = replace(job, refused=job.refused + 1)

    def _finish(self, id: str, state: JobState, reason: str | None = None) -> None:
        self._jobs[id] = replace(self._jobs[id], state=state, reason=reason, ended=_now())
        self._works[id].inputs = None
        self._works[id].end.set()
        finished = [known for known, job in self._jobs.items() if job.finished]
        for old in finished[: max(0, len(finished) - MOST_KEPT)]:
            del self._jobs[old], self._works[old]


def reports_of(inputs: Inputs, *, on_reject: Callable[[IntakeError], None]) -> Iterator[Report]:
    """Reports out of what came over the net, in order: objects, files, addresses."""
    for number, given in enumerate(inputs.reports):
        where = str(given.get("url") or given.get("id") or f"report {number + 1}")[:300]
        try:
            made = report_from_object(given, where=where)
        except IntakeError as error:
            on_reject(error)
            continue
        if made.text.strip():
            yield made
        else:
            on_reject(IntakeError(where, "empty"))
    for file in inputs.files:
        name = plain_name(file.name)
        for taken in reports_from_bytes(file.content, where=name, named=name):
            if isinstance(taken, IntakeError):
                on_reject(taken)
            else:
                yield taken
    for address in inputs.addresses:
        if not is_web_address(address):
            on_reject(IntakeError(address, "not a web address"))
            continue
        yield from api.reports([address], on_reject=on_reject)


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


def _until(stop: threading.Event, reports: Iterator[Report]) -> Iterator[Report]:
    for report in reports:
        if stop.is_set():
            return
        yield report


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
