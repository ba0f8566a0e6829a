"""What a ruling must have before it can be kept."""

from __future__ import annotations

from variorum.errors import BadRuling
from variorum.model import RULING_KINDS, Ruling
from variorum.rulings.anchors import fold

_NEEDS = {
    "one-actor": "names",
    "two-actors": "names",
    "not-a-statement": "words",
    "speaker": "words",
    "same-story": "reports",
    "other-story": "reports",
    "one-origin": "reports",
    "immaterial": "difference",
}
LONGEST = 2000
"""Characters of a reason or a name: a ruling is a line, not a page."""

MOST_PLACES = 1000
"""Places of one ruling: a story's reports, and some more."""


def checked(ruling: Ruling) -> Ruling:
    """The ruling itself, if it has all that its kind needs.

    Raises:
        BadRuling: a field is missing or says nothing; the error names it.
    """
    if ruling.kind not in RULING_KINDS:
        raise BadRuling("kind", f"{ruling.kind!r} is none of {', '.join(RULING_KINDS)}")
    if not ruling.who.strip():
        raise BadRuling("who", "a ruling says who made it")
    for field in ("who", "why", "speaker"):
        if len(getattr(ruling, field) or "") > LONGEST:
            raise BadRuling(field, f"longer than {LONGEST} characters")
    if ruling.also and (ruling.words is None or _NEEDS[ruling.kind] != "words"):
        raise BadRuling("also", "goes with the words of a ruling on words")
    if len(ruling.also) > MOST_PLACES:
        raise BadRuling("also", f"more than {MOST_PLACES} places")
    _NEEDED[_NEEDS[ruling.kind]](ruling)
    if ruling.kind == "speaker" and not (ruling.speaker and fold(ruling.speaker)):
        raise BadRuling("speaker", "says who spoke")
    return ruling


def _names(ruling: Ruling) -> None:
    if len({fold(name) for name in ruling.names} - {""}) < 2:
        raise BadRuling("names", "names at least two different names")


def _words(ruling: Ruling) -> None:
    words = ruling.words
    if words is None or not fold(words.text):
        raise BadRuling("words", "names the words that it is about")
    for place in ruling.places:
        if not 0 <= place.start < place.end or not fold(place.text):
            raise BadRuling("words", f"{place.start}–{place.end} is no place in a text")


def _reports(ruling: Ruling) -> None:
    if len(set(ruling.reports)) < 2:
        raise BadRuling("reports", "names at least two different reports")


def _difference(ruling: Ruling) -> None:
    if ruling.difference is None:
        raise BadRuling("difference", "names the difference that it is about")


_NEEDED = {"names": _names, "words": _words, "reports": _reports, "difference": _difference}
