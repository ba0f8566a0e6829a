"""Intake: bytes → ``Report``. Decode, type the blocks, find the metadata; the text is kept exactly as received."""

from variorum.intake.inputs import reports_from, reports_from_bytes
from variorum.intake.objects import content_id, report_from_object
from variorum.intake.plain import report_from_text

__all__ = ["content_id", "report_from_object", "report_from_text", "reports_from", "reports_from_bytes"]
