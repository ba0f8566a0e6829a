"""Jobs of adding as a library keeps them: what was handed in, how far it has come, what became of each report.

A job is put down before it is acknowledged. Who works on it claims it; a claim lapses when the process that made it is
gone, and the job goes on where it was with whoever claims it next.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Table,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)

from variorum.model import codec
from variorum.model.shelf import Addition, Job, JobState, RefusedInput
from variorum.store.columns import ExactJson, ExactText, Packed
from variorum.store.opening import Store
from variorum.store.schema import Number, metadata

CLAIM_LASTS = timedelta(minutes=2)
"""After so long without a sign of life a claim made elsewhere lapses; on this machine it is known at once."""
MOST_TRIES = 3
"""Times that a program may end over a job, without having got further, before it is given up."""
MOST_KEPT = 200
"""Finished jobs that are kept; the oldest go first."""
KEPT_FOR = timedelta(days=30)
"""After so long they go in any case."""
MOST_HELD = 256 * 2**20
"""Bytes that failed jobs keep of what they were given, so that they can be tried again; the oldest lose theirs first."""
MOST_REFUSED = 1000
"""Refusals that one job keeps; more are only counted."""

InputKind = Literal["report", "file", "address"]

jobs = Table(
    "jobs",
    metadata,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("id", ExactText, nullable=False, unique=True),
    Column("state", ExactText, nullable=False),
    Column("who", ExactText, nullable=False),
    Column("asked", ExactText, nullable=False),
    Column("ended", ExactText),
    Column("inputs", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("revised", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("reason", ExactText),
    Column("size", BigInteger, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("stopping", Boolean, nullable=False),
    Column("runner", ExactText),
    Column("beat", ExactText),
    Index(None, "ended"),
    comment="Addings asked for in the application or by a call, in the order in which they were",
)

job_inputs = Table(
    "job_inputs",
    metadata,
    Column("job", Number, ForeignKey("jobs.n", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("kind", ExactText, nullable=False),
    Column("name", ExactText, nullable=False),
    Column("content", Packed, nullable=False),
    comment="What was handed in, until it has been added",
)

job_results = Table(
    "job_results",
    metadata,
    Column("job", Number, ForeignKey("jobs.n", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("input", Integer, nullable=False),
    Column("report", ExactText),
    Column("result", ExactJson, nullable=False),
    comment="What became of each input: an addition, or (without a report) a refusal",
)

_COUNTS = ("added", "known", "revised", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptInput:
    """One thing that was handed in."""

    kind: InputKind
    name: str
    """Of a file, as its sender gave it; empty for what has none."""
    content: bytes
    """A file's bytes, an object of the JSON Lines contract as JSON, or an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A job to work on, and where to go on in it."""

    job: Job
    first: int
    """Place of the first input that has not been added whole."""
    told: Counter[str]
    """Reports of that and later inputs of which it was told already what became of them, and how often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a report, or why there is none."""

    input: int
    """Place of the input that it came from."""
    of: Addition | RefusedInput


class KeptJobs:
    """The jobs of one library. Any thread may use them; every method raises ``StoreError`` where the store cannot be used.

    Args:
        store: the library's store.
        now: the clock.
    """

    def __init__(self, store: Store, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store, self._now = store, now
        self._me = f"{socket.gethostname()} {os.getpid()} {secrets.token_hex(4)}"

    # ---- asking ----------------------------------------------------------------------------------

    def all(self) -> tuple[Job, ...]:
        """Every job that is known, the latest first, without results."""
        with self._store.snapshot() as now:
            return tuple(map(_job, now.connection.execute(select(jobs).order_by(jobs.c.n.desc()))))

    def get(self, id: str) -> Job | None:
        """A job with its results so far; null where there is none (any more)."""
        with self._store.snapshot() as now:
            row = now.connection.execute(select(jobs).where(jobs.c.id == id)).first()
            if row is None:
                return None
            r = job_results.c
            found = now.connection.execute(select(r.report, r.result).where(r.job == row.n).order_by(r.place)).all()
        return _job(
            row,
            refusals=tuple(RefusedInput(**result) for report, result in found if report is None),
            additions=tuple(
                codec.from_json(Addition, json.dumps(result), where=id)
                for report, result in found
                if report is not None
            ),
        )

    def unfinished(self) -> tuple[Job, ...]:
        """The jobs that are to be worked on, the earliest first, without results."""
        with self._store.snapshot() as now:
            asked = select(jobs).where(jobs.c.ended.is_(None)).order_by(jobs.c.n)
            return tuple(map(_job, now.connection.execute(asked)))

    def inputs(self, id: str, first: int) -> Iterator[tuple[int, KeptInput]]:
        """What was handed in, from a place on, one after the other: they need not be in memory together."""
        i = job_inputs.c
        with self._store.snapshot() as now:
            n = now.connection.execute(select(jobs.c.n).where(jobs.c.id == id)).scalar()
            places = now.connection.execute(
                select(i.place).where(i.job == n, i.place >= first).order_by(i.place)
            ).scalars()
            wanted = list(places)
        for place in wanted:
            with self._store.snapshot() as now:
                row = now.connection.execute(select(job_inputs).where(i.job == n, i.place == place)).first()
            if row is None:
                return  # the job was stopped from elsewhere
            yield place, KeptInput(kind=row.kind, name=row.name, content=row.content)

    # ---- handing in ------------------------------------------------------------------------------

    def put(self, inputs: Sequence[KeptInput], *, who: str, size: int, most_queued: int, most_bytes: int) -> Job | None:
        """Put a job down.

        Args:
            inputs: what was handed in.
            who: who asks for it.
            size: about how many bytes that is.
            most_queued: jobs that may wait.
            most_bytes: that all that wait may hold together; a single one may hold more.

        Returns:
            The job; null where too much waits already, and nothing was put down.
        """
        with self._store.write() as tx:
            waiting = jobs.c.ended.is_(None)
            asked = select(func.count(), func.coalesce(func.sum(jobs.c.size), 0)).where(waiting)
            count, held = tx.connection.execute(asked).one()
            if count >= most_queued or (count and held + size > most_bytes):
                return None
            job = Job(id=secrets.token_hex(8), state="queued", who=who, asked=self._stamp(), inputs=len(inputs))
            n = (tx.connection.execute(select(func.max(jobs.c.n))).scalar() or 0) + 1
            row = {name: getattr(job, name) for name in _PLAIN}
            row |= {"n": n, "size": size, "taken": 0, "tries": 0, "stopping": False}
            tx.connection.execute(insert(jobs), row)
            for place, given in enumerate(inputs):
                values = {"job": n, "place": place, "kind": given.kind, "name": given.name, "content": given.content}
                tx.connection.execute(insert(job_inputs), values)
        return job

    def stop(self, id: str) -> None:
        """End a job: at once where nobody works on it, else after the report in hand."""
        with self._store.write() as tx:
            row = tx.connection.execute(select(jobs).where(jobs.c.id == id, jobs.c.ended.is_(None))).first()
            if row is None:
                return
            if row.runner is None:
                self._end(tx.connection, row.n, "stopped", None)
            else:
                tx.connection.execute(update(jobs).where(jobs.c.n == row.n).values(stopping=True))

    def again(self, id: str) -> bool:
        """Have a failed job go on where it failed; whether there is one whose inputs are still kept."""
        with self._store.write() as tx:
            row = tx.connection.execute(select(jobs).where(jobs.c.id == id, jobs.c.state == "failed")).first()
            if row is None or not tx.connection.execute(_inputs_of(row.n)).first():
                return False
            values = {"state": "queued", "ended": None, "reason": None, "tries": 0, "stopping": False}
            tx.connection.execute(update(jobs).where(jobs.c.n == row.n).values(values))
            return True

    # ---- working ---------------------------------------------------------------------------------

    def claim(self) -> Claimed | None:
        """The earliest job that nobody works on, from now on one's own; null where there is none."""
        with self._store.write() as tx:
            j = jobs.c
            for row in tx.connection.execute(select(jobs).where(j.ended.is_(None)).order_by(j.n)).all():
                if row.runner not in (None, self._me) and not self._lapsed(row.runner, row.beat):
                    continue
                if row.stopping:
                    self._end(tx.connection, row.n, "stopped", None)
                    continue
                if row.tries >= MOST_TRIES:
                    why = f"the program ended {MOST_TRIES} times while it read this; its log may say why"
                    self._end(tx.connection, row.n, "failed", why)
                    continue
                return self._claimed(tx.connection, row)
        return None

    def _claimed(self, connection: Connection, row: Any) -> Claimed:
        r = job_results.c
        rest = and_(r.job == row.n, r.input >= row.taken)
        # What was refused of these will be refused again.
        gone = connection.execute(delete(job_results).where(rest, r.report.is_(None))).rowcount
        told = Counter(connection.execute(select(r.report).where(rest)).scalars())
        # (Refusals beyond those that are kept may be counted twice.)
        values = {
            "state": "running",
            "reason": None,
            "runner": self._me,
            "beat": self._stamp(),
            "tries": row.tries + 1,
            "refused": row.refused - gone,
        }
        connection.execute(update(jobs).where(jobs.c.n == row.n).values(values))
        taken = connection.execute(select(jobs).where(jobs.c.n == row.n)).one()
        return Claimed(job=_job(taken), first=row.taken, told=told)

    def advance(self, id: str, taken: int, results: Iterable[Result]) -> Job | None:
        """Put down what became of further reports.

        Args:
            id: a job of one's own.
            taken: place of the first input that has not been added whole.
            results: in order.

        Returns:
            The job; null where it is to end, because somebody stopped it or another one took it over.
        """
        with self._store.write() as tx:
            row = tx.connection.execute(select(jobs).where(jobs.c.id == id)).first()
            if row is None or row.runner != self._me:
                return None
            r = job_results.c
            counts = Counter({name: getattr(row, name) for name in _COUNTS})
            last = tx.connection.execute(select(func.max(r.place)).where(r.job == row.n)).scalar() or 0
            rows = []
            for result in results:
                report = result.of.report if isinstance(result.of, Addition) else None
                counts[result.of.outcome if isinstance(result.of, Addition) else "refused"] += 1
                if report is None and counts["refused"] > MOST_REFUSED:
                    continue
                last += 1
                data = codec.to_data(result.of)
                rows.append({"job": row.n, "place": last, "input": result.input, "report": report, "result": data})
            if rows:
                tx.connection.execute(insert(job_results), rows)
            values = {**counts, "taken": taken, "tries": 0, "beat": self._stamp()}
            tx.connection.execute(update(jobs).where(jobs.c.n == row.n).values(values))
            if row.stopping:
                return None
            return _job(tx.connection.execute(select(jobs).where(jobs.c.n == row.n)).one())

    def finish(self, id: str, state: JobState, reason: str | None = None) -> None:
        """End a job of one's own, and let go of finished ones that are old. What failed can be tried again."""
        with self._store.write() as tx:
            j = jobs.c
            row = tx.connection.execute(select(jobs).where(j.id == id, j.runner == self._me)).first()
            if row is not None:
                self._end(tx.connection, row.n, state, reason)

    def release(self, id: str, reason: str | None = None) -> None:
        """Let somebody else, or oneself later, go on with a job of one's own; it is not the job that is at fault."""
        with self._store.write() as tx:
            values = {"state": "queued", "runner": None, "beat": None, "reason": reason, "tries": 0}
            tx.connection.execute(
                update(jobs).where(jobs.c.id == id, jobs.c.runner == self._me, jobs.c.ended.is_(None)).values(values)
            )

    def _end(self, connection: Connection, n: int, state: JobState, reason: str | None) -> None:
        values = {"state": state, "reason": reason, "ended": self._stamp(), "runner": None, "beat": None}
        connection.execute(update(jobs).where(jobs.c.n == n).values(values))
        if state != "failed":
            connection.execute(delete(job_inputs).where(job_inputs.c.job == n))
        self._clear(connection)

    def _clear(self, connection: Connection) -> None:
        """Let go of finished jobs that are old or too many, and of what failed jobs were given beyond a bound."""
        j = jobs.c
        before = (self._now() - KEPT_FOR).isoformat(timespec="seconds")
        ended = connection.execute(
            select(j.n, j.ended, j.size, j.state).where(j.ended.is_not(None)).order_by(j.n.desc())
        )
        stale: list[int] = []
        emptied: list[int] = []
        held = 0
        for count, row in enumerate(ended.all(), 1):
            held += row.size if row.state == "failed" else 0
            if count > MOST_KEPT or row.ended < before:
                stale.append(row.n)
            elif row.state == "failed" and held > MOST_HELD:
                emptied.append(row.n)
        connection.execute(delete(job_inputs).where(job_inputs.c.job.in_([*stale, *emptied])))
        connection.execute(delete(job_results).where(job_results.c.job.in_(stale)))
        connection.execute(delete(jobs).where(j.n.in_(stale)))

    def _lapsed(self, runner: str, beat: str | None) -> bool:
        """Whether who claimed a job is gone: known at once of a process of this machine, else by its silence."""
        host, _, rest = runner.partition(" ")
        pid = rest.partition(" ")[0]
        if host == socket.gethostname() and os.name == "posix" and pid.isdigit() and not _runs(int(pid)):
            return True
        return beat is None or datetime.fromisoformat(beat) < self._now() - CLAIM_LASTS

    def _stamp(self) -> str:
        return self._now().isoformat(timespec="seconds")


_PLAIN = tuple(field.name for field in fields(Job) if field.name not in ("refusals", "additions"))


def _job(row: Any, **results: Any) -> Job:
    return Job(**{name: getattr(row, name) for name in _PLAIN}, **results)


def _inputs_of(n: int) -> Any:
    return select(job_inputs.c.place).where(job_inputs.c.job == n).limit(1)


def _runs(pid: int) -> bool:
    """Whether another process of that number runs here. One's own number means that it was somebody's before."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
