"""Adding in the background."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.library.fake import fresh_store
from tests.patience import PATIENCE, until
from variorum.errors import StoreError
from variorum.model import Addition, Job, Settled
from variorum.rest.jobs import GivenFile, Inputs, Jobs, QueueFull, is_web_address, plain_name


class Slow:
    """A library that takes one report whenever it is told to."""

    def __init__(self) -> None:
        self.go = threading.Semaphore(0)
        self.store = fresh_store()
        self.texts: list[str] = []
        self.fails: dict[int, Exception] = {}
        """What goes wrong once, by the number of reports that are there."""

    def add(self, reports: Any, /) -> Iterator[Addition]:
        """Add them."""
        for report in reports:
            self.go.acquire(timeout=PATIENCE)
            if (error := self.fails.pop(len(self.texts), None)) is not None:
                raise error
            outcome: Any = "known" if report.text in self.texts else "added"
            self.texts.append(report.text)
            yield Addition(report=report.id, story="s1", outcome=outcome, reason="it tells of the same")

    def settle_if_due(self) -> Settled:
        """Nothing is to be settled."""
        return Settled()


def texts(*words: str) -> Inputs:
    """Some reports."""
    return Inputs(reports=[{"text": word} for word in words])


@pytest.fixture
def slow() -> Slow:
    """The library."""
    return Slow()


@pytest.fixture
def jobs(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    """Its jobs."""
    monkeypatch.setattr("variorum.rest.jobs.LOOK_AGAIN", 0.1)
    made = Jobs(slow, most_queued=3, most_bytes=1000)
    yield made
    slow.go.release(1000)
    made.close()


def there(jobs: Jobs, id: str) -> Job:
    """A job that must be there."""
    job = jobs.job(id)
    assert job is not None
    return job


def test_jobs_follow_one_another_and_tell_how_they_stand(slow: Slow, jobs: Jobs) -> None:
    first, second = jobs.add(texts("one", "two"), who="pires"), jobs.add(texts("three"), who="costa")
    assert (first.state, first.inputs, first.who) == ("queued", 2, "pires")
    assert jobs.running() is not None
    slow.go.release(3)
    assert jobs.wait(second.id, PATIENCE)
    done = there(jobs, first.id)
    assert (done.state, done.added, done.refused) == ("done", 2, 0)
    assert [addition.outcome for addition in done.additions] == ["added", "added"]
    assert slow.texts == ["one", "two", "three"]
    assert [job.id for job in jobs.jobs()] == [second.id, first.id]
    assert jobs.running() is None


def test_the_queue_is_bounded_in_number_and_in_size(slow: Slow, jobs: Jobs) -> None:
    for _ in range(3):
        jobs.add(texts("x"), who="pires")
    with pytest.raises(QueueFull):
        jobs.add(texts("x"), who="pires")
    slow.go.release(3)
    assert all(jobs.wait(job.id, PATIENCE) for job in jobs.jobs())
    large = jobs.add(texts("x" * 5000), who="pires")
    with pytest.raises(QueueFull):
        jobs.add(texts("x" * 900), who="pires")
    slow.go.release()
    assert jobs.wait(large.id, PATIENCE)


def test_a_job_is_stopped_after_the_report_in_hand(slow: Slow, jobs: Jobs) -> None:
    running, waiting = jobs.add(texts("one", "two", "three"), who="pires"), jobs.add(texts("four"), who="pires")
    until(lambda: there(jobs, running.id).state == "running")
    stopped = jobs.stop(waiting.id)
    assert stopped is not None and stopped.state == "stopped"
    jobs.stop(running.id)
    slow.go.release(3)
    assert jobs.wait(running.id, PATIENCE)
    ended = there(jobs, running.id)
    assert ended.state == "stopped" and ended.added <= 1
    assert "four" not in slow.texts
    assert jobs.stop("none") is None and jobs.job("none") is None


def test_a_library_that_cannot_be_written_is_waited_for(slow: Slow, jobs: Jobs) -> None:
    slow.fails[1] = StoreError("library.sqlite: the disk is full")
    job = jobs.add(texts("one", "two"), who="pires")
    slow.go.release(2)
    until(lambda: there(jobs, job.id).reason is not None)
    waits = there(jobs, job.id)
    assert (waits.state, waits.added, waits.reason) == ("queued", 1, "library.sqlite: the disk is full")
    slow.go.release(2)
    assert jobs.wait(job.id, PATIENCE)
    done = there(jobs, job.id)
    assert (done.state, done.added, done.known, done.reason) == ("done", 2, 0, None)
    assert slow.texts == ["one", "two"]


def test_a_job_that_failed_can_be_tried_again(slow: Slow, jobs: Jobs) -> None:
    slow.fails[1] = RuntimeError("a fault")
    job = jobs.add(texts("one", "two"), who="pires")
    slow.go.release(2)
    assert jobs.wait(job.id, PATIENCE)
    failed = there(jobs, job.id)
    assert (failed.state, failed.added) == ("failed", 1) and "fault of the program" in (failed.reason or "")
    assert jobs.again("none") is None
    slow.go.release(1)
    assert jobs.again(job.id) is not None
    assert jobs.wait(job.id, PATIENCE)
    done = there(jobs, job.id)
    assert (done.state, done.added) == ("done", 2) and slow.texts == ["one", "two"]
    assert jobs.again(job.id) is None


def test_what_a_server_leaves_the_next_one_takes_up(slow: Slow, jobs: Jobs) -> None:
    job = jobs.add(texts("one", "two", "three"), who="pires")
    later = jobs.add(texts("four"), who="pires")
    until(lambda: there(jobs, job.id).state == "running")
    slow.go.release(1)
    until(lambda: slow.texts == ["one"])
    hand = jobs._hand
    assert hand is not None
    closing = threading.Thread(target=jobs.close, kwargs={"seconds": PATIENCE})
    closing.start()
    assert hand.stopped.wait(PATIENCE)
    slow.go.release()
    closing.join()
    assert there(jobs, job.id).state == "queued" and there(jobs, later.id).state == "queued"
    with pytest.raises(QueueFull):
        jobs.add(texts("late"), who="pires")
    slow.go.release(10)
    following = Jobs(slow)
    assert following.wait(later.id, PATIENCE) and following.wait(job.id, PATIENCE)
    done = there(following, job.id)
    assert (done.state, done.added, done.known) == ("done", 3, 0)
    assert slow.texts == ["one", "two", "three", "four"]
    following.close()


def test_only_the_last_results_are_kept(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.store.jobs.MOST_KEPT", 5)
    slow.go.release(20)
    jobs = Jobs(slow)
    made = [jobs.add(texts(str(n)), who="pires") for n in range(8)]
    assert jobs.wait(made[-1].id, PATIENCE)
    assert len(jobs.jobs()) == 5
    assert jobs.job(made[0].id) is None and jobs.job(made[-1].id) is not None
    jobs.close()


def test_what_is_refused_is_told(slow: Slow, jobs: Jobs) -> None:
    slow.go.release(100)
    inputs = Inputs(
        reports=[{"text": "one"}, {"text": ""}, {"id": "x", "html": "<p></p>"}, {"text": "\ud800"}],
        files=[GivenFile(name="../a/b.txt", content=b"two"), GivenFile(name="c.bin", content=b"\x00\x01\x02" * 50)],
        addresses=[
            "/etc/passwd",
            "http://127.0.0.1:9/x",
            "http://[::1]/",
            "http://localhost/",
            "https://user:secret@example.org/",
        ],
    )
    job = jobs.add(inputs, who="pires")
    assert jobs.wait(job.id, PATIENCE)
    done = jobs.job(job.id)
    assert done is not None and done.state == "done", done
    told = {refusal.where: refusal.reason for refusal in done.refusals}
    assert told["report 2"] == "field text is empty" and "x" in told and "c.bin" in told
    assert told["/etc/passwd"] == "not a web address"
    assert "not on the open net" in told["http://127.0.0.1:9/x"] and "not on the open net" in told["http://[::1]/"]
    assert "not on the open net" in told["http://localhost/"]
    assert "password" in told["https://user:secret@example.org/"]
    assert slow.texts == ["one", "\ufffd", "two"]


@pytest.mark.parametrize(
    "given", ["/etc/passwd", "file:///x", "-", "", "http://", "https:///x", "HTTP//x", "http://[", "ftp://x/y"]
)
def test_what_is_no_web_address(given: str) -> None:
    assert not is_web_address(given)
    assert is_web_address("https://example.org/x")


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("a.html", "a.html"),
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\y.txt", "y.txt"),
        ("..", "file"),
        ("", "file"),
        ("a\r\nb\x00.txt", "ab.txt"),
        ("x" * 500, "x" * 200),
    ],
)
def test_names_of_files_lose_their_folders(given: str, plain: str) -> None:
    assert plain_name(given) == plain
