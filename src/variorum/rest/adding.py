"""Adding reports: objects, files, addresses; in the background, with progress and refusals."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Annotated

import anyio
from fastapi import APIRouter, File, Path, Query, Response, UploadFile
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field, model_validator

from variorum import api
from variorum.model import Job
from variorum.rest.errors import ApiRoute, Refused, documented
from variorum.rest.given import Address, Asker, Id, JobQueue, Line, answer
from variorum.rest.jobs import GivenFile, Inputs, Jobs, QueueFull

router = APIRouter(tags=["adding"], route_class=ApiRoute)

Wait = Annotated[
    float,
    Query(
        ge=0,
        le=60,
        description="Wait for the end, at most so many seconds; the answer is 200 where it came, 202 where not.",
    ),
]
JobId = Annotated[Id, Path(description="Id of a job.")]
_POLL = 0.05


class GivenReport(BaseModel):
    """A text, or a page, as an object of the JSON Lines contract. ``text`` wins over ``html``."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["text"], "properties": {"text": {"type": "string"}}},
                {"required": ["html"], "properties": {"html": {"type": "string"}}},
            ]
        }
    )

    id: Id | None = Field(default=None, description="Under which it is kept; without one it gets one from its content.")
    text: str | None = Field(default=None, description="The report's text, kept exactly as given.")
    html: str | None = Field(default=None, description="A page; its article is told from what stands around it.")
    url: Line | None = Field(default=None, description="Where it stood. It is not fetched: `addresses` are.")
    title: Line | None = None
    outlet: Line | None = None
    published: Line | None = Field(default=None, description="ISO date or date and time.")

    @model_validator(mode="after")
    def _holds_something(self) -> GivenReport:
        if self.text is None and self.html is None:
            raise ValueError("needs a text or an html")
        return self


class Adding(BaseModel):
    """What is to be added."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "reports": [
                        {
                            "text": "Lisbon, 3 May (TPN): The harbour master, Ana Pires, said on Friday that nobody was hurt.",
                            "outlet": "The Port News",
                            "published": "2024-05-03",
                        }
                    ]
                },
                {"addresses": ["https://example.org/news/harbour"]},
            ],
            "anyOf": [
                {"required": ["reports"], "properties": {"reports": {"minItems": 1}}},
                {"required": ["addresses"], "properties": {"addresses": {"minItems": 1}}},
            ],
        }
    )

    reports: list[GivenReport] = Field(default=[], max_length=10_000)
    addresses: list[Address] = Field(
        default=[], max_length=1000, description="Pages and feeds, fetched with the outlets' robots.txt respected."
    )

    @model_validator(mode="after")
    def _holds_something(self) -> Adding:
        if not self.reports and not self.addresses:
            raise ValueError("needs reports or addresses")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class JobList:
    """Jobs, the latest first, without their results."""

    jobs: tuple[Job, ...]


_ANSWERS = {
    **documented(409, body=True),
    200: {"model": Job, "description": "It has ended."},
    202: {"model": Job, "description": "It is under way; `GET /api/jobs/{id}` tells how it stands."},
}


@router.post(
    "/reports", response_model=Job, status_code=202, responses=_ANSWERS, summary="Add texts, pages and addresses"
)
async def add(jobs: JobQueue, asker: Asker, given: Adding, wait: Wait = 0) -> Response:
    """Add reports. The job goes on when you leave; what cannot become a report is told among its refusals."""
    inputs = Inputs(
        reports=[report.model_dump(exclude_none=True) for report in given.reports], addresses=tuple(given.addresses)
    )
    return await _added(jobs, inputs, asker.name, wait)


@router.post("/files", response_model=Job, status_code=202, responses=_ANSWERS, summary="Add files")
async def add_files(
    jobs: JobQueue,
    asker: Asker,
    files: Annotated[
        list[UploadFile], File(min_length=1, description="Texts, pages, PDF, mail, feeds, JSON Lines, zip archives.")
    ],
    wait: Wait = 0,
) -> Response:
    """Add files as they are. Their names only help to tell the format and name them in refusals."""
    given = [GivenFile(name=file.filename or "file", content=await file.read()) for file in files]
    return await _added(jobs, Inputs(files=given), asker.name, wait)


@router.post("/example", response_model=Job, status_code=202, responses=_ANSWERS, summary="Add the bundled story")
async def add_example(jobs: JobQueue, asker: Asker, wait: Wait = 0) -> Response:
    """Add four invented reports of an explosion in a harbour, to look at what a record is."""
    return await _added(jobs, example_inputs(), asker.name, wait)


@router.get("/jobs", response_model=JobList, responses=documented(), summary="Jobs")
def list_jobs(jobs: JobQueue) -> Response:
    """Jobs that wait, that are under way, and those that ended lately: 200 at most, of 30 days."""
    return answer(JobList(jobs=jobs.jobs()))


@router.get("/jobs/{job}", response_model=Job, responses=documented(404), summary="One job")
async def one_job(jobs: JobQueue, job: JobId, wait: Wait = 0) -> Response:
    """How a job stands, with what became of each report so far."""
    return answer(await _waited(jobs, job, wait))


@router.delete("/jobs/{job}", response_model=Job, responses=documented(404), summary="Stop a job")
def stop_job(jobs: JobQueue, job: JobId) -> Response:
    """End a job after the report in hand; what was added stays."""
    stopped = jobs.stop(job)
    if stopped is None:
        raise Refused(404, f"no job {job}", field="job")
    return answer(stopped)


@router.post("/jobs/{job}/retry", response_model=Job, responses=documented(404, 409), summary="Try a failed job again")
def retry_job(jobs: JobQueue, job: JobId) -> Response:
    """Have a failed job go on where it failed, with what was handed in then."""
    known = jobs.job(job)
    if known is None:
        raise Refused(404, f"no job {job}", field="job")
    again = jobs.again(job) if known.state == "failed" else None
    if again is None:
        raise Refused(
            409, f"it is {known.state}" if known.state != "failed" else "what was handed in is not kept any more"
        )
    return answer(again)


def example_inputs() -> Inputs:
    """The bundled story."""
    return Inputs(files=[GivenFile(name=name, content=content) for name, content in api.example()])


async def _added(jobs: Jobs, inputs: Inputs, who: str, wait: float) -> Response:
    try:
        job = await run_in_threadpool(jobs.add, inputs, who=who)
    except QueueFull as error:
        raise Refused(503, str(error), headers={"Retry-After": "30"}) from error
    if wait:
        job = await _waited(jobs, job.id, wait)
    return answer(job, status=200 if job.finished else 202)


async def _waited(jobs: Jobs, id: str, wait: float) -> Job:
    """A job as it stands at its end, or after so many seconds; no thread waits for it."""
    deadline = time.monotonic() + wait
    while jobs.is_open(id) and time.monotonic() < deadline:
        await anyio.sleep(_POLL)
    job = await run_in_threadpool(jobs.job, id)
    if job is None:
        raise Refused(404, f"no job {id}", field="job")
    return job
