"""Collation: ``Story`` → ``Record``. One module a kind of entry; differences last."""

from __future__ import annotations

from variorum.model import Record, Story

__all__ = ["collate"]


def collate(story: Story) -> Record:
    """The reports of one story reconciled into one record."""
    return Record(title="", reports=story.readings, lineage=story.lineage)
