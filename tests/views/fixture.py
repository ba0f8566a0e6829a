"""A record built by hand over four invented reports of an invented event: what the views are tried on.

Every span is made by looking its words up in the report, so that it is true by construction.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from variorum.model import (
    Actor,
    ActorName,
    Block,
    BriefLine,
    Credit,
    Dateline,
    Derivation,
    Difference,
    DifferenceAbout,
    DifferenceAccount,
    Extent,
    FigureAccount,
    Journey,
    Leg,
    Lineage,
    Origin,
    Passage,
    Published,
    Reading,
    Record,
    RecordEvent,
    RecordFigure,
    RecordJourney,
    RecordLeg,
    RecordPosition,
    RecordStatement,
    Span,
    StatementVariant,
)

TEXTS: dict[str, tuple[tuple[str, str], ...]] = {
    "courier": (
        ("tags", "Categories: Europe"),
        ("headline", "Danube states close river to barges after solvent spill"),
        ("share", "Share this"),
        (
            "body",
            "VIENNA, March 4, 2026 (Reuters) – Five Danube states agreed on Wednesday to close the river to cargo "
            "barges for ten days after a collision near Mohacs spilled at least 120 tonnes of industrial solvent and "
            "sent 34 people to hospital.",
        ),
        (
            "body",
            "“This is a decisive moment for the states of this river to act together in the face of a poisoned "
            "stream, and to speak with one voice,” Austrian Environment Minister Klara Lindqvist told her Hungarian "
            "counterpart, Tamas Berenyi, after three hours of talks.",
        ),
        (
            "body",
            "Austria, Slovakia and Romania voted in favour of the closure. Hungary voted against it, and Serbia "
            "abstained.",
        ),
        (
            "body",
            "Berenyi said Budapest “cannot starve its own ports to please its neighbours,” and called the closure "
            "“a punishment for geography.”",
        ),
        ("caption", "Barges wait at anchor below Mohacs on Tuesday, March 3, 2026. (Istvan Kollar/Reuters)"),
        (
            "body",
            "Hungary’s disaster authority said on Wednesday that 34 people, among them nine children, had been treated "
            "for burns and breathing trouble. Its director, Eszter Halmos, said that nobody should drink from wells "
            "within five kilometres of the river.",
        ),
        ("promotion", "READ MORE: FERRY FARES TO RISE IN TRIESTE"),
        (
            "body",
            "European Commission envoy Marek Dvorsky arrived in Vienna from Budapest, having also visited Mohacs and "
            "Bratislava. He will travel to Belgrade on Friday.",
        ),
        ("related", "Recent posts"),
        ("teaser", "Ten cafes worth the walk in Linz, and one that is not…"),
        ("timestamp", "2 hours ago"),
    ),
    "ledger": (
        ("headline", "Ministers shut the Danube"),
        (
            "body",
            "Vienna, 5 March 2026: Five states on the Danube have agreed to close the river to cargo barges for two "
            "weeks after a collision near Mohacs spilled at least 120 tonnes of industrial solvent.",
        ),
        (
            "body",
            "“This is a very decisive moment for the states of this river to stand together in the face of poisoned "
            "streams and to speak with one voice,” Austrian Environment Minister Klara Lindquist told Hungary’s Tamas "
            "Berenji after talks on Wednesday.",
        ),
        ("promotion", "Also Read: What the river carries"),
        (
            "body",
            "The Austrian Chancellor said that the closure would not be lifted before the water is clean. Austria, "
            "Slovakia and Romania voted in favour of the closure.",
        ),
        (
            "body",
            "Commission envoy Marek Dvorsky came to Vienna from Budapest, after a stop in Mohacs. He will travel on to "
            "Belgrade.",
        ),
    ),
    "glasnik": (
        ("headline", "Eleven treated as solvent slick drifts towards Serbia"),
        ("byline", "By Jelena Markovic"),
        ("timestamp", "3 March 2026"),
        (
            "body",
            "BELGRADE (AFP) – A slick of solvent drifted towards the Serbian border on Tuesday after two barges "
            "collided near Mohacs, and 11 people were treated for burns, according to hospital doctors in Pecs.",
        ),
        (
            "body",
            "Nearly 150 tonnes went into the water, the Serbian water institute estimated, citing the cargo papers of "
            "the tug Morava.",
        ),
        (
            "body",
            "“We were told nothing for nine hours,” said Vesna Ilic, the mayor of Apatin. “A river does not stop at a "
            "passport desk.”",
        ),
        (
            "body",
            "Serbia will not vote for a closure that “stops our bread and not their poison,” Transport Minister Goran "
            "Petrovic told AFP.",
        ),
    ),
    "meridian": (
        ("headline", "Correction: Danube closure is for ten days, not two weeks"),
        ("notice", "An earlier version of this article said that the river would close for two weeks."),
        (
            "body",
            "LONDON, 5 March 2026 – Hungary was alone in opposing the ten-day closure of the Danube that its "
            "neighbours agreed in Vienna on Wednesday. Serbia abstained.",
        ),
        (
            "body",
            "Klara Lindqvist, Austria’s environment minister, spoke of “a decisive moment” for the river’s states. Her "
            "Hungarian counterpart, Tamas Berenyi, left the hall without a word to reporters.",
        ),
        (
            "body",
            "Thirty-four people had been treated by Wednesday evening, Hungarian officials said. The operator of the "
            "tug, Morava Lines, put the spill at about 90 tonnes.",
        ),
        ("caption", "The tug Morava at Mohacs on 4 March. Photograph: Anna Reyes"),
        (
            "body",
            "The Commission’s envoy, Marek Dvorsky, is due in Belgrade on Friday and in Bucharest on Saturday.",
        ),
    ),
}

_DETAILS: dict[str, dict[str, Any]] = {
    "courier": {"outlet": "Danube Courier", "date": ("2026-03-04", "dateline", "March 4, 2026")},
    "ledger": {"outlet": None, "date": ("2026-03-05", "dateline", "5 March 2026")},
    "glasnik": {"outlet": "Glasnik Juga", "date": ("2026-03-03", "timestamp", "3 March 2026")},
    "meridian": {"outlet": "The Meridian", "date": ("2026-03-05", "dateline", "5 March 2026")},
}


def _text(report: str) -> str:
    return "\n\n".join(text for _, text in TEXTS[report])


def ext(report: str, words: str, nth: int = 0) -> Extent:
    """Where the words stand for the nth time in a report."""
    text, at = _text(report), -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Extent(at, at + len(words))


def span(report: str, words: str, nth: int = 0) -> Span:
    """The same as a span."""
    found = ext(report, words, nth)
    return Span(report=report, start=found.start, end=found.end)


def reading(report: str) -> Reading:
    """One of the four reports, with its blocks and metadata."""
    blocks, at = [], 0
    for kind, text in TEXTS[report]:
        blocks.append(Block(kind=kind, start=at, end=at + len(text)))  # type: ignore[arg-type]
        at += len(text) + 2
    details = _DETAILS[report]
    date, basis, words = details["date"]
    where = ext(report, words)
    agency = {"courier": "Reuters", "glasnik": "AFP"}.get(report)
    place = {"courier": "VIENNA", "glasnik": "BELGRADE", "meridian": "LONDON", "ledger": "Vienna"}[report]
    credit = ext(report, f"({agency})") if agency else None
    headline = next(text for kind, text in TEXTS[report] if kind == "headline")
    return Reading(
        id=report,
        text=_text(report),
        blocks=tuple(blocks),
        headline=ext(report, headline),
        outlet=details["outlet"],
        published=Published(date=date, basis=basis, start=where.start, end=where.end),
        dateline=Dateline(place=place.title(), date=date, agency=agency, start=ext(report, place).start, end=where.end),
        bylines=(ext(report, "Jelena Markovic"),) if report == "glasnik" else (),
        credits=(Credit(agency=agency, start=credit.start + 1, end=credit.end - 1),) if agency and credit else (),
        journeys=_travels() if report == "courier" else (),
    )


def _travels() -> tuple[Journey, ...]:
    """The envoy's journey as the first report tells it: three stops in order, two that have no place in it."""
    told = (
        ("from Budapest", "HU", "done", 0),
        ("in Vienna", "AT", "done", 1),
        ("visited Mohacs", "HU", "done", None),
        ("Bratislava", "SK", "done", None),
        ("to Belgrade", "RS", "planned", 2),
    )
    legs = [Leg(place=ext("courier", w), country=c, status=s, order=n) for w, c, s, n in told]  # type: ignore[arg-type]
    return (Journey(traveller=ext("courier", "European Commission envoy Marek Dvorsky"), legs=tuple(legs)),)


def _actor(id: str, name: str, kind: str, country: str | None, names: dict[str, dict[str, int]], **more: Any) -> Actor:
    listed = tuple(ActorName(text=text, report=r, count=n) for r, given in names.items() for text, n in given.items())
    mentions = tuple(span(name.report, name.text, nth) for name in listed for nth in range(name.count))
    return Actor(id=id, name=name, kind=kind, country=country, names=listed, mentions=mentions, **more)  # type: ignore[arg-type]


def actors() -> tuple[Actor, ...]:
    """The people, bodies and states of the story."""
    return (
        _actor(
            "actor-1",
            "Klara Lindqvist",
            "person",
            "AT",
            {"courier": {"Klara Lindqvist": 1}, "ledger": {"Klara Lindquist": 1}, "meridian": {"Klara Lindqvist": 1}},
            role="Environment Minister",
        ),
        _actor(
            "actor-2",
            "Tamas Berenyi",
            "person",
            "HU",
            {
                "courier": {"Tamas Berenyi": 1, "Berenyi": 2},
                "ledger": {"Tamas Berenji": 1},
                "meridian": {"Tamas Berenyi": 1},
            },
            role="Environment Minister",
        ),
        _actor("actor-3", "Eszter Halmos", "person", "HU", {"courier": {"Eszter Halmos": 1}}, role="director"),
        _actor(
            "actor-4",
            "Marek Dvorsky",
            "person",
            None,
            {"courier": {"Marek Dvorsky": 1}, "ledger": {"Marek Dvorsky": 1}, "meridian": {"Marek Dvorsky": 1}},
            role="European Commission envoy",
        ),
        _actor("actor-5", "Vesna Ilic", "person", "RS", {"glasnik": {"Vesna Ilic": 1}}, role="mayor of Apatin"),
        _actor(
            "actor-6", "Goran Petrovic", "person", "RS", {"glasnik": {"Goran Petrovic": 1}}, role="Transport Minister"
        ),
        _actor("actor-7", "Austria", "government", "AT", {"courier": {"Austria,": 1}, "ledger": {"Austria,": 1}}),
        _actor("actor-8", "Slovakia", "government", "SK", {"courier": {"Slovakia": 1}, "ledger": {"Slovakia": 1}}),
        _actor("actor-9", "Romania", "government", "RO", {"courier": {"Romania": 1}, "ledger": {"Romania": 1}}),
        _actor(
            "actor-10",
            "Hungary",
            "government",
            "HU",
            {"courier": {"Hungary": 2, "Budapest": 1}, "meridian": {"Hungary": 1}},
        ),
        _actor("actor-11", "Serbia", "government", "RS", {"courier": {"Serbia": 1}, "glasnik": {"Serbia": 2}}),
        _actor(
            "actor-12",
            "Hungary’s disaster authority",
            "organisation",
            "HU",
            {"courier": {"Hungary’s disaster authority": 1}},
        ),
        _actor(
            "actor-13", "Serbian water institute", "organisation", "RS", {"glasnik": {"Serbian water institute": 1}}
        ),
        _actor("actor-14", "Morava Lines", "organisation", None, {"meridian": {"Morava Lines": 1}}),
        _actor(
            "actor-15",
            "hospital doctors in Pecs",
            "group",
            "HU",
            {"glasnik": {"hospital doctors in Pecs": 1}},
            named=False,
        ),
        _actor("actor-16", "Austrian Chancellor", "person", "AT", {"ledger": {"Austrian Chancellor": 1}}, named=False),
    )


def _variant(
    report: str, kind: str, *content: str, source: str | None = None, cue: str | None = None, nth: int = 0, **more: Any
) -> Any:
    return StatementVariant(
        report=report,
        kind=kind,  # type: ignore[arg-type]
        content=tuple(ext(report, words) for words in content),
        source=ext(report, source) if source else None,
        cue=ext(report, cue, nth) if cue else None,
        **more,
    )


def statements() -> tuple[RecordStatement, ...]:
    """Who said what: one statement in three variants, the others single."""
    return (
        RecordStatement(
            id="statement-1",
            speaker="actor-1",
            addressee="actor-2",
            standing="differs",
            variants=(
                _variant(
                    "courier",
                    "direct",
                    "“This is a decisive moment for the states of this river to act together in the face of a poisoned "
                    "stream, and to speak with one voice,”",
                    source="Austrian Environment Minister Klara Lindqvist",
                    cue="told",
                    addressee=ext("courier", "her Hungarian counterpart, Tamas Berenyi"),
                    date="2026-03-04",
                    place="Vienna",
                ),
                _variant(
                    "ledger",
                    "direct",
                    "“This is a very decisive moment for the states of this river to stand together in the face of "
                    "poisoned streams and to speak with one voice,”",
                    source="Austrian Environment Minister Klara Lindquist",
                    cue="told",
                    addressee=ext("ledger", "Hungary’s Tamas Berenji"),
                    date="2026-03-04",
                ),
                _variant(
                    "meridian",
                    "mixed",
                    "“a decisive moment”",
                    source="Klara Lindqvist, Austria’s environment minister",
                    cue="spoke of",
                ),
            ),
        ),
        RecordStatement(
            id="statement-2",
            speaker="actor-2",
            standing="single",
            variants=(
                _variant(
                    "courier",
                    "mixed",
                    "Budapest “cannot starve its own ports to please its neighbours,”",
                    "“a punishment for geography.”",
                    source="Berenyi",
                    cue="said",
                ),
            ),
        ),
        RecordStatement(
            id="statement-3",
            speaker="actor-3",
            standing="single",
            variants=(
                _variant(
                    "courier",
                    "indirect",
                    "that nobody should drink from wells within five kilometres of the river",
                    source="Its director, Eszter Halmos",
                ),
            ),
        ),
        RecordStatement(
            id="statement-4",
            speaker="actor-5",
            standing="single",
            variants=(
                _variant(
                    "glasnik",
                    "direct",
                    "“We were told nothing for nine hours,”",
                    "“A river does not stop at a passport desk.”",
                    source="Vesna Ilic, the mayor of Apatin",
                    cue="said",
                ),
            ),
        ),
        RecordStatement(
            id="statement-5",
            speaker="actor-6",
            standing="single",
            variants=(
                _variant(
                    "glasnik",
                    "mixed",
                    "Serbia will not vote for a closure that “stops our bread and not their poison,”",
                    source="Transport Minister Goran Petrovic",
                    cue="told",
                    nth=1,
                    addressee=ext("glasnik", "AFP", 1),
                ),
            ),
        ),
        RecordStatement(
            id="statement-6",
            speaker="actor-16",
            standing="single",
            variants=(
                _variant(
                    "ledger",
                    "indirect",
                    "that the closure would not be lifted before the water is clean",
                    source="The Austrian Chancellor",
                    cue="said",
                ),
            ),
        ),
    )


def _account(report: str, words: str, value: float, **more: Any) -> FigureAccount:
    where = ext(report, words)
    return FigureAccount(report=report, value=value, start=where.start, end=where.end, **more)


def figures() -> tuple[RecordFigure, ...]:
    """The figures: a toll that was revised, a part of it, and a quantity on which three sources differ."""
    later = span("courier", "34 people, among them nine children, had been treated")
    return (
        RecordFigure(
            id="figure-1",
            what="people treated",
            standing="corroborated",
            place="Mohacs",
            accounts=(
                _account(
                    "glasnik",
                    "11 people were treated",
                    11,
                    unit="people",
                    vouched_by="actor-15",
                    label="hospital doctors in Pecs",
                    as_of="2026-03-03",
                    superseded_by=later,
                ),
                _account(
                    "courier",
                    "34 people, among them nine children, had been treated",
                    34,
                    unit="people",
                    vouched_by="actor-12",
                    label="Hungary’s disaster authority",
                    as_of="2026-03-04",
                ),
                _account(
                    "meridian",
                    "Thirty-four people had been treated",
                    34,
                    unit="people",
                    vouched_by="actor-12",
                    label="Hungarian officials",
                    as_of="2026-03-04",
                ),
            ),
        ),
        RecordFigure(
            id="figure-2",
            what="children treated",
            standing="single",
            part_of="figure-1",
            accounts=(
                _account(
                    "courier",
                    "nine children",
                    9,
                    unit="children",
                    vouched_by="actor-12",
                    label="Hungary’s disaster authority",
                    as_of="2026-03-04",
                ),
            ),
        ),
        RecordFigure(
            id="figure-3",
            what="tonnes of solvent spilled",
            standing="differs",
            place="near Mohacs",
            accounts=(
                _account(
                    "courier", "at least 120 tonnes of industrial solvent", 120, low=120, bound="at least", unit="tonne"
                ),
                _account(
                    "ledger", "at least 120 tonnes of industrial solvent", 120, low=120, bound="at least", unit="tonne"
                ),
                _account(
                    "glasnik",
                    "Nearly 150 tonnes",
                    150,
                    high=150,
                    bound="almost",
                    unit="tonne",
                    vouched_by="actor-13",
                    label="the Serbian water institute",
                    as_of="2026-03-03",
                ),
                _account(
                    "meridian",
                    "about 90 tonnes",
                    90,
                    bound="about",
                    unit="tonne",
                    vouched_by="actor-14",
                    label="The operator of the tug, Morava Lines",
                ),
            ),
        ),
    )


def events() -> tuple[RecordEvent, ...]:
    """The collision, the talks and the vote."""
    return (
        RecordEvent(
            id="event-1",
            type="CONSULT",
            mode="meeting",
            participants=("actor-1", "actor-2"),
            actors=("actor-1",),
            recipients=("actor-2",),
            place="Vienna",
            date="2026-03-04",
            status="held",
            standing="single",
            mentions=(span("courier", "three hours of talks"), span("ledger", "talks on Wednesday")),
        ),
        RecordEvent(
            id="event-2",
            type="AGREE",
            mode="vote",
            participants=("actor-7", "actor-8", "actor-9", "actor-10", "actor-11"),
            actors=("actor-7", "actor-8", "actor-9", "actor-10", "actor-11"),
            recipients=(),
            place="Vienna",
            date="2026-03-04",
            status="held",
            standing="corroborated",
            mentions=(
                span("courier", "agreed on Wednesday to close the river"),
                span("ledger", "agreed to close the river"),
                span("meridian", "agreed in Vienna on Wednesday"),
            ),
            about=span("courier", "the closure"),
        ),
        RecordEvent(
            id="event-3",
            type="CONSULT",
            mode="visit",
            participants=("actor-4",),
            actors=("actor-4",),
            recipients=(),
            place="Belgrade",
            date="2026-03-06",
            status="planned",
            standing="corroborated",
            mentions=(
                span("courier", "will travel to Belgrade on Friday"),
                span("meridian", "is due in Belgrade on Friday"),
            ),
        ),
    )


def journeys() -> tuple[RecordJourney, ...]:
    """The envoy's journey, with a stop that only one report tells."""

    def leg(place: str, country: str, status: str, given: dict[str, str], date: str | None = None) -> RecordLeg:
        spans = tuple(span(report, words) for report, words in given.items())
        return RecordLeg(place=place, country=country, status=status, reports=tuple(given), mentions=spans, date=date)  # type: ignore[arg-type]

    return (
        RecordJourney(
            id="journey-1",
            traveller="actor-4",
            legs=(
                leg("Mohacs", "HU", "done", {"courier": "visited Mohacs", "ledger": "a stop in Mohacs"}),
                leg("Bratislava", "SK", "done", {"courier": "Bratislava"}),
                leg("Budapest", "HU", "done", {"courier": "from Budapest", "ledger": "from Budapest"}),
                leg("Vienna", "AT", "done", {"courier": "in Vienna", "ledger": "to Vienna"}, "2026-03-04"),
                leg(
                    "Belgrade",
                    "RS",
                    "planned",
                    {"courier": "to Belgrade", "ledger": "to Belgrade", "meridian": "in Belgrade"},
                    "2026-03-06",
                ),
                leg("Bucharest", "RO", "planned", {"meridian": "in Bucharest"}, "2026-03-07"),
            ),
        ),
    )


def positions() -> tuple[RecordPosition, ...]:
    """Who voted how on the closure, and one stance in words."""

    def one(n: int, actor: str, stance: str, standing: str, *evidence: Span, basis: str = "vote") -> RecordPosition:
        issue = "closure of the Danube to cargo barges"
        return RecordPosition(
            id=f"position-{n}",
            actor=actor,
            issue=issue,
            stance=stance,
            basis=basis,
            standing=standing,
            evidence=evidence,  # type: ignore[arg-type]
        )

    both = [span(r, "Austria, Slovakia and Romania voted in favour of the closure") for r in ("courier", "ledger")]
    return (
        one(1, "actor-7", "for", "single", *both),
        one(2, "actor-8", "for", "single", *both),
        one(3, "actor-9", "for", "single", *both),
        one(
            4,
            "actor-10",
            "against",
            "corroborated",
            span("courier", "Hungary voted against it"),
            span("meridian", "Hungary was alone in opposing the ten-day closure of the Danube"),
        ),
        one(
            5,
            "actor-11",
            "abstained",
            "corroborated",
            span("courier", "Serbia abstained"),
            span("meridian", "Serbia abstained"),
        ),
        RecordPosition(
            id="position-6",
            actor="actor-2",
            issue="a punishment for geography",
            stance="condemns",
            basis="words",
            standing="single",
            evidence=(span("courier", "called the closure “a punishment for geography.”"),),
        ),
    )


def differences() -> tuple[Difference, ...]:
    """The differences, ranked."""

    def side(report: str, words: str) -> DifferenceAccount:
        found = ext(report, words)
        return DifferenceAccount(report=report, value=words, start=found.start, end=found.end)

    def one(
        n: int, kind: str, entry: str, label: str, weight: float, why: str, *sides: DifferenceAccount, **more: Any
    ) -> Difference:
        about = DifferenceAbout(entry=entry, label=label)
        return Difference(id=f"difference-{n}", kind=kind, about=about, accounts=sides, weight=weight, why=why, **more)  # type: ignore[arg-type]

    return (
        one(
            1,
            "number",
            "figure-3",
            "tonnes of solvent spilled",
            0.9,
            "The ranges do not meet, the counts are of the same day, and three different sources stand behind them.",
            side("courier", "at least 120 tonnes"),
            side("glasnik", "Nearly 150 tonnes"),
            side("meridian", "about 90 tonnes"),
        ),
        one(
            2,
            "wording",
            "statement-1",
            "Klara Lindqvist to Tamas Berenyi",
            0.8,
            "Both reports print the words as a direct quotation, and the words are not the same.",
            side("courier", "act together in the face of a poisoned stream"),
            side("ledger", "stand together in the face of poisoned streams"),
        ),
        one(
            3,
            "date",
            "event-2",
            "how long the river closes",
            0.7,
            "Ten days and two weeks exclude each other; one report corrects the other account.",
            side("courier", "for ten days"),
            side("ledger", "for two weeks"),
            side("meridian", "ten-day closure"),
        ),
        one(
            4,
            "attribution",
            "figure-1",
            "people treated",
            0.5,
            "The same number rests on differently named authorities.",
            side("courier", "Hungary’s disaster authority"),
            side("meridian", "Hungarian officials"),
        ),
        one(
            5,
            "name",
            "actor-1",
            "Klara Lindqvist",
            0.4,
            "One origin spells the name otherwise; all other reports agree.",
            side("courier", "Klara Lindqvist"),
            side("ledger", "Klara Lindquist"),
        ),
        one(
            6,
            "itinerary",
            "journey-1",
            "Bratislava among Marek Dvorsky’s stops",
            0.4,
            "Both reports list the stops of the same journey; one leaves this stop out.",
            side("courier", "Bratislava"),
            lacking=("ledger",),
        ),
        one(
            7,
            "only-in",
            "position-5",
            "Serbia abstained",
            0.3,
            "A vote that one report of the same session leaves out.",
            side("courier", "Serbia abstained"),
            lacking=("ledger",),
        ),
    )


def record() -> Record:
    """The whole record."""
    shared = Passage(
        a=span("courier", "after a collision near Mohacs spilled at least 120 tonnes of industrial solvent"),
        b=span("ledger", "after a collision near Mohacs spilled at least 120 tonnes of industrial solvent"),
        similarity=1.0,
    )
    quoted = Passage(
        a=span("courier", "Austria, Slovakia and Romania voted in favour of the closure."),
        b=span("ledger", "Austria, Slovakia and Romania voted in favour of the closure."),
        similarity=1.0,
    )
    lineage = Lineage(
        origins=(
            Origin(
                reports=("courier", "ledger"),
                credit="Reuters",
                passages=(shared, quoted),
                derivations=(
                    Derivation(
                        a="courier",
                        b="ledger",
                        degree="partly",
                        earlier="courier",
                        ground="Two passages are shared word for word, and the first report is dated a day earlier.",
                    ),
                ),
            ),
            Origin(reports=("glasnik",), credit="AFP"),
            Origin(reports=("meridian",)),
        ),
        independent=3,
    )
    brief = (
        BriefLine(
            entry="event-2",
            text="Five Danube states agreed on Wednesday to close the river to cargo barges for ten days",
            evidence=(
                span(
                    "courier", "Five Danube states agreed on Wednesday to close the river to cargo barges for ten days"
                ),
                span("meridian", "the ten-day closure of the Danube that its neighbours agreed in Vienna on Wednesday"),
            ),
            reports=("courier", "meridian"),
            origins=2,
        ),
        BriefLine(
            entry="figure-1",
            text="34 people, among them nine children, had been treated for burns and breathing trouble",
            evidence=(
                span(
                    "courier", "34 people, among them nine children, had been treated for burns and breathing trouble"
                ),
                span("meridian", "Thirty-four people had been treated by Wednesday evening"),
            ),
            reports=("courier", "meridian"),
            origins=2,
        ),
        BriefLine(
            entry="position-4",
            text="Hungary was alone in opposing the ten-day closure of the Danube",
            evidence=(
                span("meridian", "Hungary was alone in opposing the ten-day closure of the Danube"),
                span("courier", "Hungary voted against it"),
            ),
            reports=("courier", "meridian"),
            origins=2,
        ),
        BriefLine(
            entry="figure-3",
            text="at least 120 tonnes of industrial solvent · Nearly 150 tonnes · about 90 tonnes",
            evidence=(
                span("courier", "at least 120 tonnes of industrial solvent"),
                span("glasnik", "Nearly 150 tonnes"),
                span("meridian", "about 90 tonnes"),
            ),
            reports=("courier", "ledger", "glasnik", "meridian"),
            origins=3,
        ),
    )
    return Record(
        title="Danube states close river to barges after solvent spill",
        reports=tuple(reading(report) for report in TEXTS),
        actors=actors(),
        statements=statements(),
        figures=figures(),
        events=events(),
        journeys=journeys(),
        positions=positions(),
        differences=differences(),
        lineage=lineage,
        brief=brief,
    )


def many(copies: int) -> Record:
    """The record as if each report had been printed by so many outlets: every entry rests on all the copies."""
    one = record()

    def ids(report: str) -> list[str]:
        return [report, *(f"{report}-{n}" for n in range(1, copies))]

    def spans(given: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(replace(span, report=id) for span in given for id in ids(span.report))

    def each(given: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(thing, report=id) for thing in given for id in ids(thing.report))

    return replace(
        one,
        reports=tuple(replace(r, id=id) for r in one.reports for id in ids(r.id)),
        actors=tuple(replace(a, names=each(a.names), mentions=spans(a.mentions)) for a in one.actors),
        statements=tuple(replace(s, variants=each(s.variants)) for s in one.statements),
        figures=tuple(replace(f, accounts=each(f.accounts)) for f in one.figures),
        events=tuple(replace(e, mentions=spans(e.mentions)) for e in one.events),
        positions=tuple(replace(p, evidence=spans(p.evidence)) for p in one.positions),
        differences=tuple(replace(d, accounts=each(d.accounts)) for d in one.differences),
        brief=tuple(replace(line, evidence=spans(line.evidence)) for line in one.brief),
        lineage=replace(
            one.lineage,
            origins=tuple(
                replace(origin, reports=tuple(id for r in origin.reports for id in ids(r)))
                for origin in one.lineage.origins
            ),
        ),
    )
