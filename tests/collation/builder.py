"""Builds readings by hand: every finding is given by its words, and stands where the words stand in the text."""

from __future__ import annotations

import re
from dataclasses import replace

from variorum.model import (
    Block,
    Event,
    Extent,
    Figure,
    Journey,
    Leg,
    Lineage,
    Mention,
    Origin,
    Position,
    Published,
    Reading,
    ReportedActor,
    Statement,
    Story,
)


class Builder:
    """One report under construction."""

    def __init__(self, id: str, text: str, day: str | None = None, headline: str | None = None) -> None:
        self.text = text
        blocks = []
        for match in re.finditer(r"\S(?:[^\n]*\S)?", text):
            kind = "headline" if match.group() == headline else "body"
            blocks.append(Block(kind=kind, start=match.start(), end=match.end()))  # type: ignore[arg-type]
        self.reading = Reading(
            id=id,
            text=text,
            blocks=tuple(blocks),
            headline=self.at(headline) if headline else None,
            published=Published(date=day, basis="metadata") if day else None,
        )

    def at(self, words: str, nth: int = 0) -> Extent:
        """Where words stand for the nth time, as whole words."""
        places = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", self.text)]
        return Extent(*places[nth])

    def actor(self, name: str, kind: str = "person", *other: str, **more: object) -> Builder:
        """An actor with every place where its name or another form of it stands; the longest form wins."""
        mentions: list[Mention] = []
        for form in sorted({name, *other}, key=len, reverse=True):
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", self.text):
                if all(match.end() <= m.start or m.end <= match.start() for m in mentions):
                    mentions.append(Mention(start=match.start(), end=match.end(), form="name"))
        mentions.sort(key=lambda m: m.start)
        made = ReportedActor(name=name, kind=kind, mentions=tuple(mentions), **more)  # type: ignore[arg-type]
        return self._add("actors", made)

    def says(self, speaker: str | None, *content: str, kind: str = "direct", **extents: str) -> Builder:
        """A statement; ``source``, ``cue`` and ``addressee`` by their words."""
        found = {key: self.at(words) for key, words in extents.items()}
        made = Statement(
            kind=kind,  # type: ignore[arg-type]
            content=tuple(self.at(words) for words in content),
            speaker=speaker,
            **found,  # type: ignore[arg-type]
        )
        return self._add("statements", made)

    def figure(
        self, words: str, value: float, *, vouched_by: str | None = None, part_of: str | None = None, **more: object
    ) -> Builder:
        """A figure by its words."""
        extent = self.at(words)
        made = Figure(
            value=value,
            start=extent.start,
            end=extent.end,
            vouched_by=self.at(vouched_by) if vouched_by else None,
            part_of=self.at(part_of) if part_of else None,
            **more,  # type: ignore[arg-type]
        )
        return self._add("figures", made)

    def event(
        self,
        type: str,
        trigger: str,
        actors: tuple[str, ...],
        recipients: tuple[str, ...] = (),
        place: str | None = None,
        **more: object,
    ) -> Builder:
        """An event by its trigger and the words of those who take part."""
        made = Event(
            type=type,  # type: ignore[arg-type]
            trigger=self.at(trigger),
            actors=tuple(self.at(words) for words in actors),
            recipients=tuple(self.at(words) for words in recipients),
            place=self.at(place) if place else None,
            **more,  # type: ignore[arg-type]
        )
        return self._add("events", made)

    def journey(self, traveller: str, *legs: tuple[str, str, str]) -> Builder:
        """A journey: place, country and status of each leg, in the order of travel."""
        made = Journey(
            traveller=self.at(traveller),
            legs=tuple(
                Leg(place=self.at(place), country=country, status=status, order=n)  # type: ignore[arg-type]
                for n, (place, country, status) in enumerate(legs)
            ),
        )
        return self._add("journeys", made)

    def position(self, actor: str, stance: str, words: str, issue: str | None = None, basis: str = "words") -> Builder:
        """A position by the words that state it."""
        extent = self.at(words)
        made = Position(
            actor=self.at(actor),
            stance=stance,  # type: ignore[arg-type]
            issue=self.at(issue) if issue else None,
            basis=basis,  # type: ignore[arg-type]
            start=extent.start,
            end=extent.end,
        )
        return self._add("positions", made)

    def _add(self, section: str, finding: object) -> Builder:
        self.reading = replace(self.reading, **{section: (*getattr(self.reading, section), finding)})
        return self


def story(*builders: Builder, origins: tuple[tuple[str, ...], ...] | None = None) -> Story:
    """A story of reports, each its own origin unless origins are given."""
    ids = origins or tuple((b.reading.id,) for b in builders)
    return Story(
        id="story",
        readings=tuple(b.reading for b in builders),
        lineage=Lineage(origins=tuple(Origin(reports=group) for group in ids), independent=len(ids)),
    )
