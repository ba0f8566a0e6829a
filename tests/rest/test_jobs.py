"""Adding in the background."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from variorum.errors import StoreError
from variorum.model.shelf import Addition
from variorum.rest.jobs import MOST_KEPT, GivenFile, Inputs, Jobs, QueueFull, is_web_address, plain_name


class Slow:
    """A library that takes one report whenever it is told to."""

    def __init__(self) -> None:
        self.go = threading.Semaphore(0)
        self.texts: list[str] = []
        self.fails_after: int | None = None

    def add(self, reports: Any, /) -> Iterator[Addition]:
        """Add them."""
        for report in reports:
            self.go.acquire(timeout=20)
            if self.fails_after == len(self.texts):
                raise StoreError("library.sqlite: the disk is full")
            self.texts.append(report.text)
            yield Addition(report=report.id, story="s1", outcome="added", reason="it tells of the same")


def texts(*words: str) -> Inputs:
    """Some reports."""
    return Inputs(reports=[{"text": word} for word in words])


@pytest.fixture
def slow() -> Slow:
    """The library."""
    return Slow()


@pytest.fixture
def jobs(slow: Slow) -> Iterator[Jobs]:
    """Its jobs."""
    made = Jobs(slow, most_queued=3, most_bytes=1000)
    yield made
    slow.go.release(1000)
    made.close()


def test_jobs_follow_one_another_and_tell_how_they_stand(slow: Slow, jobs: Jobs) -> None:
    first, second = jobs.add(texts("one", "two"), who="pires"), jobs.add(texts("three"), who="costa")
    assert (first.state, first.inputs, first.who) == ("queued", 2, "pires")
    slow.go.release(3)
    assert jobs.wait(second.id, 20)
    done = jobs.job(first.id)
    assert done is not None and (done.state, done.added, done.refused) == ("done", 2, 0)
    assert [addition.outcome for addition in done.additions] == ["added", "added"]
    assert slow.texts == ["one", "two", "three"]
    assert [job.id for job in jobs.jobs()] == [second.id, first.id]


def test_the_queue_is_bounded_in_number_and_in_size(slow: Slow, jobs: Jobs) -> None:
    for _ in range(3):
        jobs.add(texts("x"), who="pires")
    with pytest.raises(QueueFull):
        jobs.add(texts("x"), who="pires")
    slow.go.release(3)
    assert all(jobs.wait(job.id, 20) for job in jobs.jobs())
    large = jobs.add(texts("x" * 5000), who="pires")
    with pytest.raises(QueueFull):
        jobs.add(texts("x" * 900), who="pires")
    slow.go.release()
    assert jobs.wait(large.id, 20)


def test_a_job_is_stopped_after_the_report_in_hand(slow: Slow, jobs: Jobs) -> None:
    running, waiting = jobs.add(texts("one", "two", "three"), who="pires"), jobs.add(texts("four"), who="pires")
    stopped = jobs.stop(waiting.id)
    assert stopped is not None and stopped.state == "stopped"
    jobs.stop(running.id)
    slow.go.release(3)
    assert jobs.wait(running.id, 20)
    ended = jobs.job(running.id)
    assert ended is not None and ended.state == "stopped" and ended.added <= 1
    assert "four" not in slow.texts
    assert jobs.stop("none") is None and jobs.job("none") is None


def test_a_lost_library_fails_the_job_and_keeps_what_was_added(slow: Slow, jobs: Jobs) -> None:
    slow.fails_after = 1
    job = jobs.add(texts("one", "two"), who="pires")
    slow.go.release(2)
    assert jobs.wait(job.id, 20)
    failed = jobs.job(job.id)
    assert failed is not None
    assert (failed.state, failed.added, failed.reason) == ("failed", 1, "library.sqlite: the disk is full")
    slow.fails_after = None
    again = jobs.add(texts("three"), who="pires")
    slow.go.release()
    assert jobs.wait(again.id, 20)
    done = jobs.job(again.id)
    assert done is not None and done.state == "done", "the next job goes on"


def test_only_the_last_results_are_kept(slow: Slow) -> None:
    slow.go.release(MOST_KEPT + 20)
    jobs = Jobs(slow, most_queued=MOST_KEPT + 20)
    made = [jobs.add(texts(str(n)), who="pires") for n in range(MOST_KEPT + 10)]
    assert jobs.wait(made[-1].id, 20)
    assert len(jobs.jobs()) == MOST_KEPT
    assert jobs.job(made[0].id) is None and jobs.job(made[-1].id) is not None
    jobs.close()
    with pytest.raises(QueueFull):
        jobs.add(texts("late"), who="pires")


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
    assert jobs.wait(job.id, 60)
    done = jobs.job(job.id)
    assert done is not None and done.state == "done", done
    told = {refusal.where: refusal.reason for refusal in done.refusals}
    assert told["report 2"] == "empty" and "x" in told and "c.bin" in told
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
