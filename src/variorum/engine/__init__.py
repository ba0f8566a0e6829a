"""Engines: run a step over many inputs. No step knows which engine runs it; every engine gives the same output, in order."""

from variorum.engine.pool import map_in_processes
from variorum.engine.serial import map_serially

__all__ = ["map_in_processes", "map_serially"]
