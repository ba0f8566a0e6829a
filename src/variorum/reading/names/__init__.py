"""Names of persons, organisations, governments, groups and places, as they stand in the text."""

from variorum.reading.names.finding import find_names

__all__ = ["find_names"]
