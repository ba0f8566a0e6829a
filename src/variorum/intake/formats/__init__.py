"""Formats that hold many reports, or hold one in another shape than text or a page.

Each module has one function: bytes (or a path, where the format is streamed) in, an iterator of ``Taken`` out. What cannot
become a report is an ``IntakeError`` *in* the stream, not raised out of it, so that one bad item never ends a crawl.
"""

from __future__ import annotations

from variorum.errors import IntakeError
from variorum.model import Report

Taken = Report | IntakeError
"""A report, or the reason why there is none."""
