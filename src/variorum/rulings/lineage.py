"""Reports that a person ruled to descend from one text."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.model import Derivation, Lineage, Origin, Ruling
from variorum.rulings.readings import Effect


def on_lineage(lineage: Lineage, rulings: Iterable[Ruling]) -> tuple[Lineage, dict[str, Effect]]:
    """A lineage with the origins joined that rulings join.

    Args:
        lineage: what gathering found.
        rulings: those that hold; only ``one-origin`` counts here.

    Returns:
        The lineage, and for each ruling what had been found.
    """
    origins = list(lineage.origins)
    effects: dict[str, Effect] = {}
    for ruling in rulings:
        if ruling.kind != "one-origin":
            continue
        wanted = set(ruling.reports)
        known = {report for origin in lineage.origins for report in origin.reports}
        before = [origin for origin in lineage.origins if not wanted.isdisjoint(origin.reports)]
        touched = [origin for origin in origins if not wanted.isdisjoint(origin.reports)]
        if len(before) < 2:
            found = "one origin already" if len(wanted & known) > 1 else "only one of the reports is in this story"
            effects[ruling.id] = Effect(found, took=False)
            continue
        effects[ruling.id] = Effect(f"{len(before)} origins")
        if len(touched) > 1:
            place = origins.index(touched[0])
            origins = [origin for origin in origins if origin not in touched]
            origins.insert(place, _joined(touched, ruling))
    return Lineage(origins=tuple(origins), independent=len(origins)), effects


def _joined(origins: list[Origin], ruling: Ruling) -> Origin:
    first = origins[0].reports[0]
    ground = f"ruled one origin by {ruling.who} on {ruling.when[:10]}" + (f": {ruling.why}" if ruling.why else "")
    ruled = tuple(
        Derivation(a=first, b=origin.reports[0], degree="wholly", earlier=None, ground=ground) for origin in origins[1:]
    )
    return Origin(
        reports=tuple(report for origin in origins for report in origin.reports),
        credit=next((origin.credit for origin in origins if origin.credit), None),
        passages=tuple(passage for origin in origins for passage in origin.passages),
        derivations=(*(d for origin in origins for d in origin.derivations), *ruled),
    )
