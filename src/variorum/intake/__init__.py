"""Intake: bytes → ``Report``. Decode, type the blocks, find the metadata; the text is kept exactly as received."""

from variorum.intake.plain import report_from_text

__all__ = ["report_from_text"]
