"""The terminal views: at most 100 columns; colour carries nothing that the words do not."""

from variorum.views.terminal.reading import render_reading
from variorum.views.terminal.record import render_record
from variorum.views.terminal.stories import render_stories

__all__ = ["render_reading", "render_record", "render_stories"]
