"""A record as JSON-LD in schema.org's terms: NewsArticle, Quotation, Event, Claim, each tied to the words behind it.

What schema.org has no term for (spans, standing, differences) stands under ``variorum:``. A span is written after
the report's name in the way of RFC 5147 (``char=12,40``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from variorum.model import (
    Actor,
    Difference,
    Extent,
    FigureAccount,
    Record,
    RecordEvent,
    RecordFigure,
    RecordJourney,
    RecordPosition,
    RecordStatement,
    Span,
)
from variorum.model.reading import EventStatus, NameKind
from variorum.views import labels
from variorum.views.edition import Edition
from variorum.views.inert import encodable, inert

Node = dict[str, Any]

CONTEXT: Node = {"@vocab": "https://schema.org/", "variorum": "https://variorum.invalid/terms#"}
"""``variorum:`` terms are names and no address: the reserved top-level domain says so."""

_TYPES: dict[NameKind, str] = {
    "person": "Person",
    "organisation": "Organization",
    "government": "GovernmentOrganization",
    "group": "Organization",
    "place": "Place",
}
_STATUS: dict[EventStatus, str] = {"planned": "EventScheduled", "called off": "EventCancelled"}


def render_jsonld(record: Record) -> str:
    """The record as one JSON-LD document (``@graph``)."""
    edition = Edition(record)
    graph: list[Node] = [_story(edition)]
    graph += [_article(edition, reading.id) for reading in record.reports]
    graph += [_actor(actor) for actor in record.actors]
    graph += [node for statement in record.statements for node in _quotations(edition, statement)]
    graph += [_event(edition, event) for event in record.events]
    graph += [_figure(edition, figure) for figure in record.figures]
    graph += [_position(edition, position) for position in record.positions]
    graph += [_journey(edition, journey) for journey in record.journeys]
    graph += [_difference(edition, difference) for difference in record.differences]
    return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)


def _id(id: str) -> str:
    return "#" + quote(id, safe="-._~")


def _told(node: Node) -> Node:
    """A node without what is not known."""
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def _ref(id: str | None) -> Node | None:
    return {"@id": _id(id)} if id else None


def _refs(ids: Iterable[str]) -> list[Node]:
    return [{"@id": _id(id)} for id in ids]


def _evidence(edition: Edition, spans: Iterable[Span]) -> list[Node]:
    return [
        {
            "@id": f"{_id('report-' + span.report)}:char={span.start},{span.end}",
            "@type": "CreativeWork",
            "isPartOf": _ref("report-" + span.report),
            "variorum:start": span.start,
            "variorum:end": span.end,
            "text": edition.words(span),
        }
        for span in spans
    ]


def _story(edition: Edition) -> Node:
    record = edition.record
    return _told(
        {
            "@id": "#record",
            "@type": "Collection",
            "name": edition.title,
            "hasPart": _refs("report-" + reading.id for reading in record.reports),
            "variorum:format": record.format,
            "variorum:independentOrigins": record.lineage.independent,
            "variorum:origins": [
                _told({"variorum:reports": _refs("report-" + r for r in origin.reports), "creditText": origin.credit})
                for origin in record.lineage.origins
            ],
        }
    )


def _article(edition: Edition, report: str) -> Node:
    reading = edition.readings[report]
    published = reading.published
    dateline = Extent(reading.dateline.start, reading.dateline.end) if reading.dateline else None
    bylines = [labels.words(reading.text, extent) for extent in reading.bylines] or [inert(n) for n in reading.authors]
    return _told(
        {
            "@id": _id("report-" + report),
            "@type": "NewsArticle",
            "identifier": report,
            "headline": labels.headline(reading),
            "publisher": {"@type": "Organization", "name": labels.outlet(reading)} if reading.outlet else None,
            "author": [{"@type": "Person", "name": name} for name in bylines],
            "datePublished": published.date if published else None,
            "variorum:dateBasis": published.basis if published else None,
            "dateModified": reading.modified,
            "dateline": labels.words(reading.text, dateline) if dateline else None,
            "inLanguage": reading.language,
            "articleBody": encodable(reading.text),
            "creditText": labels.credited(reading),
            "url": reading.url,
            "variorum:letter": edition.letter(report),
        }
    )


def _actor(actor: Actor) -> Node:
    names = dict.fromkeys(inert(name.text) for name in actor.names)
    names.pop(inert(actor.name), None)
    person = actor.kind == "person"
    return _told(
        {
            "@id": _id(actor.id),
            "@type": _TYPES[actor.kind],
            "name": inert(actor.name),
            "alternateName": list(names),
            "jobTitle": inert(actor.role) if person and actor.role else None,
            **_belongs(actor),
        }
    )


def _belongs(actor: Actor) -> Node:
    """The state that an actor belongs to, in the property that its type has for it."""
    match actor.kind:
        case "person":
            return {"nationality": actor.country}
        case "place":
            return {"address": _address(actor.country)}
        case _:
            return {"areaServed": actor.country}


def _address(country: str | None) -> Node | None:
    return {"@type": "PostalAddress", "addressCountry": country} if country else None


def _quotations(edition: Edition, statement: RecordStatement) -> list[Node]:
    """One Quotation a variant; variants of one utterance are told by ``exampleOfWork``."""
    nodes: list[Node] = []
    for number, variant in enumerate(statement.variants):
        spans = [Span(report=variant.report, start=e.start, end=e.end) for e in variant.content]
        nodes.append(
            _told(
                {
                    "@id": _id(f"{statement.id}.{number}"),
                    "@type": "Quotation",
                    "text": labels.pieces(edition.texts.get(variant.report, ""), variant.content),
                    "spokenByCharacter": _ref(statement.speaker),
                    "variorum:spokenTogetherWith": _refs(statement.co_speakers) or None,
                    "variorum:addressee": _ref(statement.addressee),
                    "isPartOf": _ref("report-" + variant.report),
                    "exampleOfWork": _ref(statement.id),
                    "dateCreated": variant.date,
                    "locationCreated": {"@type": "Place", "name": inert(variant.place)} if variant.place else None,
                    "variorum:kind": variant.kind,
                    "variorum:evidence": _evidence(edition, spans),
                }
            )
        )
    whole: Node = {
        "@id": _id(statement.id),
        "@type": "Quotation",
        "text": nodes[0]["text"] if nodes and "text" in nodes[0] else None,
        "spokenByCharacter": _ref(statement.speaker),
        "workExample": [{"@id": node["@id"]} for node in nodes],
        "variorum:standing": statement.standing,
    }
    return [_told(whole), *nodes]


def _event(edition: Edition, event: RecordEvent) -> Node:
    return _told(
        {
            "@id": _id(event.id),
            "@type": "Event",
            "name": edition.event_label(event),
            "startDate": event.date,
            "location": {"@type": "Place", "name": inert(event.place)} if event.place else None,
            "organizer": _refs(event.actors),
            "attendee": _refs(event.participants),
            "eventStatus": "https://schema.org/" + _STATUS[event.status] if event.status in _STATUS else None,
            "variorum:status": event.status,
            "variorum:type": event.type,
            "variorum:mode": event.mode,
            "variorum:standing": event.standing,
            "variorum:evidence": _evidence(edition, event.mentions),
        }
    )


def _figure(edition: Edition, figure: RecordFigure) -> Node:
    """A quantity as a claim whose appearances are the reports' accounts of it."""
    return _told(
        {
            "@id": _id(figure.id),
            "@type": "Claim",
            "name": edition.figure_label(figure),
            "isPartOf": _ref(figure.part_of),
            "appearance": [_account(edition, account) for account in figure.accounts],
            "variorum:standing": figure.standing,
        }
    )


def _account(edition: Edition, account: FigureAccount) -> Node:
    span = Span(report=account.report, start=account.start, end=account.end)
    return _told(
        {
            "@type": "Claim",
            "text": edition.words(span),
            "claimInterpreter": _ref(account.vouched_by),
            "isPartOf": _ref("report-" + account.report),
            "temporal": account.as_of,
            "about": _told(
                {
                    "@type": "QuantitativeValue",
                    "value": account.value,
                    "minValue": account.low,
                    "maxValue": account.high,
                    "unitText": inert(account.unit or ""),
                    "variorum:bound": account.bound,
                }
            ),
            "variorum:evidence": _evidence(edition, [span]),
        }
    )


def _position(edition: Edition, position: RecordPosition) -> Node:
    return _told(
        {
            "@id": _id(position.id),
            "@type": "VoteAction" if position.basis == "vote" else "ReactAction",
            "agent": _ref(position.actor),
            "object": {"@type": "Thing", "name": inert(position.issue)},
            "variorum:stance": position.stance,
            "variorum:standing": position.standing,
            "variorum:evidence": _evidence(edition, position.evidence),
        }
    )


def _journey(edition: Edition, journey: RecordJourney) -> Node:
    legs = [
        _told(
            {
                "@type": "Place",
                "name": inert(leg.place),
                "address": _address(leg.country),
                "variorum:status": leg.status,
                "variorum:date": leg.date,
                "variorum:ordered": ordered,
                "variorum:evidence": _evidence(edition, leg.mentions),
            }
        )
        for leg, ordered in zip(journey.legs, edition.ordered_legs(journey), strict=True)
    ]
    return _told({"@id": _id(journey.id), "@type": "TravelAction", "agent": _ref(journey.traveller), "location": legs})


def _difference(edition: Edition, difference: Difference) -> Node:
    return _told(
        {
            "@id": _id(difference.id),
            "@type": "variorum:Difference",
            "variorum:kind": difference.kind,
            "about": _ref(difference.about.entry),
            "name": inert(difference.about.label),
            "description": inert(difference.why),
            "variorum:weight": difference.weight,
            "variorum:lacking": _refs("report-" + report for report in difference.lacking),
            "variorum:evidence": _evidence(edition, edition.evidence(difference)),
        }
    )
