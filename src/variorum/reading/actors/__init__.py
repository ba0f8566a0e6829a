"""Actors of one report: which names, offices, descriptions, pronouns and capitals stand for the same person or body."""

from variorum.reading.actors.resolving import resolve_actors

__all__ = ["resolve_actors"]
