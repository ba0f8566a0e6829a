"""Names of persons, organisations, governments, groups and places, as they stand in the text."""

from __future__ import annotations

from variorum.model import Name
from variorum.reading.parsed import Parsed

_KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "NORP": "group"}


def find_names(parsed: Parsed) -> tuple[Name, ...]:
    """All names in the parsed blocks (captions included), in the order of the text."""
    found = []
    for paragraph in parsed.paragraphs:
        for entity in paragraph.doc.ents:
            kind = _KINDS.get(entity.label_)
            if kind:
                extent = paragraph.extent(entity)
                found.append(Name(name=entity.text, kind=kind, start=extent.start, end=extent.end))  # type: ignore[arg-type]
    return tuple(found)
