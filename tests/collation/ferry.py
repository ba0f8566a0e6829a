"""An invented story: a ferry fire in the Adriatic, and the talks that followed, told by three reports."""

from __future__ import annotations

from tests.collation.builder import Builder, story
from variorum.model import Story

A = """Ministers meet in Zagreb after ferry fire

Croatian Transport Minister Branko Velimirovac met his Maltese counterpart Carmela Zahradnik in Zagreb on Tuesday.

“We owe the families a full account of this fire, and we will not rest until they have it,” Velimirovac told Zahradnik.

At least 34 people died in the fire off Split on Sunday, the coast guard said, among them 9 children.

Zahradnik flew in from Valletta after stops in Rome, Vienna and Ljubljana. She will travel to Athens.

Malta voted against the European Commission proposal for new ferry inspections, while Croatia voted in favour."""

B = """“We owe the families a complete account of this fire, and we will not pause until they have it,” \
Branko Velimirovats told Carmela Zahradnik in Zagreb.

Zahradnik reached Zagreb by way of Rome, Vienna and Valletta.

The fire killed 11 people, said the union-run port authority.

Sara Velimirovac, who teaches in Osijek, lost her brother in the fire."""

C = """Dozens dead on ferry

Velimirovac met Zahradnik on Tuesday in the Croatian capital.

The death toll of the fire off Split has reached 34, according to rescuers.

“The crew did everything right,” shipowner Petros Kallidis said.

Kallidis rejected the proposal for new ferry inspections."""


def reports() -> tuple[Builder, Builder, Builder]:
    """The three reports with what a reader finds in them."""
    a = Builder("a", A, "2031-05-07", "Ministers meet in Zagreb after ferry fire")
    a.actor("Branko Velimirovac", "person", "Velimirovac", country="HR", role="Croatian Transport Minister")
    a.actor("Carmela Zahradnik", "person", "Zahradnik", country="MT", role="Maltese counterpart")
    a.actor("Malta", "government", country="MT").actor("Croatia", "government", country="HR")
    a.actor("Zagreb", "place", country="HR").actor("coast guard", "organisation", country="HR")
    a.says(
        "Branko Velimirovac",
        "“We owe the families a full account of this fire, and we will not rest until they have it,”",
        source="Velimirovac told",
        addressee="Zahradnik.",
        cue="told",
    )
    a.figure(
        "At least 34 people",
        34,
        bound="at least",
        unit="people",
        what="people died",
        vouched_by="the coast guard",
        place="Split",
    )
    a.figure("9 children", 9, unit="children", what="children", part_of="At least 34 people", place="Split")
    a.event(
        "CONSULT",
        "met",
        ("Branko Velimirovac",),
        ("Carmela Zahradnik",),
        "Zagreb on",
        mode="meeting",
        date="2031-05-06",
    )
    a.journey(
        "Zahradnik flew",
        ("Rome", "IT", "done"),
        ("Vienna", "AT", "done"),
        ("Ljubljana", "SI", "done"),
        ("Valletta", "MT", "done"),
        ("Athens", "GR", "planned"),
    )
    a.position(
        "Malta", "against", "Malta voted against the European Commission proposal", "new ferry inspections", "vote"
    )
    a.position("Croatia", "for", "Croatia voted in favour", "new ferry inspections", "vote")

    b = Builder("b", B, "2031-05-07")
    b.actor("Branko Velimirovats", "person", country="HR").actor(
        "Carmela Zahradnik", "person", "Zahradnik", country="MT"
    )
    b.actor("Sara Velimirovac", "person").actor("port authority", "organisation", country="HR")
    b.says(
        "Branko Velimirovats",
        "“We owe the families a complete account of this fire, and we will not pause until they have it,”",
        source="Branko Velimirovats",
        addressee="Carmela Zahradnik",
        cue="told",
    )
    b.figure(
        "11 people",
        11,
        unit="people",
        what="people killed",
        vouched_by="the union-run port authority",
        as_of="2031-05-06",
    )
    b.journey(
        "Zahradnik reached",
        ("Rome", "IT", "done"),
        ("Vienna", "AT", "done"),
        ("Valletta", "MT", "done"),
        ("Zagreb by", "HR", "done"),
    )

    c = Builder("c", C, "2031-05-08", "Dozens dead on ferry")
    c.actor("Velimirovac", "person", country="HR").actor("Zahradnik", "person").actor("rescuers", "group")
    c.actor("Petros Kallidis", "person", "Kallidis", role="shipowner")
    c.figure("34", 34, unit="people", what="death toll", vouched_by="rescuers", place="Split")
    c.event("CONSULT", "met", ("Velimirovac",), ("Zahradnik",), mode="meeting", date="2031-05-06")
    c.says("Petros Kallidis", "“The crew did everything right,”", source="shipowner Petros Kallidis", cue="said")
    c.position("Kallidis", "against", "Kallidis rejected the proposal", "new ferry inspections")
    return a, b, c


def ferry() -> Story:
    """The story: b retells a, c stands alone."""
    return story(*reports(), origins=(("a", "b"), ("c",)))
