"""Adding reports: pasted, dropped, or fetched; work in the background with progress and every refusal."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from variorum.errors import NotInLibrary
from variorum.model import Job
from variorum.rest.adding import example_inputs
from variorum.rest.errors import Refused
from variorum.rest.jobs import GivenFile, Inputs, QueueFull
from variorum.rest.security import identity_of
from variorum.views import labels
from variorum.web import asked
from variorum.web.forms import done
from variorum.web.pages import Form, TheJobs, TheLibrary, go, render

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

MOST_TEXTS = 50
LONGEST_TEXT = 10 * 2**20
MOST_ADDRESSES = 200
NAMED_ADDITIONS = 40
"""Reports of a job that its page calls by their headlines: each has to be looked up."""
SHOWN_ADDITIONS = 200
"""Reports of a job that its page lists; the others are counted."""


@router.get("/add")
def ask(request: Request, jobs: TheJobs) -> Response:
    """Three ways to add: paste, files, addresses."""
    return render(request, "add.html.j2", jobs=jobs.jobs()[:10], fault=None, field=None, filled={}, blanks=1)


@router.post("/add")
def add(request: Request, form: Form, jobs: TheJobs) -> Response:
    """Queue what was given and show how it goes."""
    try:
        inputs = _inputs(form)
        if not inputs:
            raise Refused(422, "paste a text, choose a file or give an address", field="text")
        job = jobs.add(inputs, who=identity_of(request).name)
    except (Refused, QueueFull) as refusal:
        refused = refusal if isinstance(refusal, Refused) else Refused(503, str(refusal))
        filled = {name: form.getlist(name) for name in ("text", "outlet", "title", "published", "url", "addresses")}
        return render(
            request,
            "add.html.j2",
            status=refused.status,
            jobs=jobs.jobs()[:10],
            fault=refused.reason,
            field=refused.field,
            filled=filled,
            blanks=max(1, len(filled["text"])),
        )
    return done(request, f"/jobs/{job.id}")


def _inputs(form: FormData) -> Inputs:
    """What a form gives to add.

    Raises:
        Refused: too much of something.
    """
    addresses = asked.text(form, "addresses", most=200_000).split()
    if len(addresses) > MOST_ADDRESSES:
        raise Refused(422, f"more than {MOST_ADDRESSES} addresses at once", field="addresses")
    files = [GivenFile(name=file.filename or "file", content=file.file.read()) for file in asked.files(form, "file")]
    return Inputs(reports=_pasted(form), addresses=tuple(dict.fromkeys(addresses)), files=files)


def _pasted(form: FormData) -> list[dict[str, Any]]:
    """The pasted texts, each with what was said about it; the n-th text has the n-th outlet, title, day and address."""
    columns = {name: form.getlist(name) for name in ("text", "outlet", "title", "published", "url")}
    if len(columns["text"]) > MOST_TEXTS:
        raise Refused(422, f"more than {MOST_TEXTS} texts at once", field="text")
    made = []
    for n, text in enumerate(columns["text"]):
        if not isinstance(text, str) or not text.strip():
            continue
        if len(text) > LONGEST_TEXT:
            raise Refused(413, "a text is longer than 10 million characters", field="text")
        row: dict[str, Any] = {"text": text.replace("\r\n", "\n")}
        for name in ("outlet", "title", "published", "url"):
            value = columns[name][n] if n < len(columns[name]) else ""
            if isinstance(value, str) and value.strip():
                row[name] = value.strip()[:2000]
        if "published" in row:
            row["published"] = asked.day(row, "published")
        made.append(row)
    return made


@router.post("/add/example")
def example(request: Request, jobs: TheJobs) -> Response:
    """Queue the bundled story."""
    return go(f"/jobs/{jobs.add(example_inputs(), who=identity_of(request).name).id}")


# ---- jobs ------------------------------------------------------------------------------------------


@router.get("/jobs")
def listed(request: Request, jobs: TheJobs) -> Response:
    """What goes on and what was done lately."""
    return render(request, "jobs.html.j2", jobs=jobs.jobs()[:100], here="/add")


@router.get("/jobs/{id}")
def job(request: Request, id: str, jobs: TheJobs, library: TheLibrary) -> Response:
    """How an adding stands; with ``bare``, only what changes while it runs."""
    found = jobs.job(id)
    if found is None:
        raise NotInLibrary("this work is not known (any more); what it added is in the library")
    bare = bool(request.query_params.get("bare"))
    return render(
        request,
        "job-state.html.j2" if bare else "job.html.j2",
        job=found,
        done=found.added + found.known + found.revised + found.refused,
        additions=found.additions[-SHOWN_ADDITIONS:][::-1],
        names=_names(found, library) if found.finished else {},
        stories=_stories(found, library),
        here="/add",
    )


def _names(job: Job, library: TheLibrary) -> dict[str, str]:
    """What to call the first reports of a finished job, by their ids."""
    named = {}
    for addition in job.additions[-NAMED_ADDITIONS:]:
        try:
            reading = library.report(addition.report)
        except NotInLibrary:
            continue  # a newer version has taken its place
        named[addition.report] = labels.shortened(labels.heading(reading), 110)
    return named


def _stories(job: Job, library: TheLibrary) -> list[tuple[str, str, int]]:
    """The stories that a job's reports went into: id, title, how many of its reports; the fullest first."""
    count: dict[str, int] = {}
    for addition in job.additions:
        count[addition.story] = count.get(addition.story, 0) + 1
    found = []
    for story in sorted(count, key=lambda s: -count[s])[:30]:
        try:
            found.append((story, library.story(story).title, count[story]))
        except NotInLibrary:
            continue  # joined with another story since
    return found


@router.post("/jobs/{id}/stop")
def stop(id: str, jobs: TheJobs) -> Response:
    """End an adding after the report in hand."""
    if jobs.stop(id) is None:
        raise NotInLibrary("this work is not known (any more)")
    return go(f"/jobs/{id}")


@router.post("/jobs/{id}/retry")
def retry(id: str, jobs: TheJobs) -> Response:
    """Have a failed adding go on where it failed."""
    if jobs.again(id) is None:
        raise NotInLibrary("this work is not known (any more), or did not fail")
    return go(f"/jobs/{id}")
