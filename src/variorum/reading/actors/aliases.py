"""Aliases: two names of which the text says that they are one's ("Rigoberto Luna, alias 'Centella'")."""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest

from variorum.model import Extent
from variorum.reading.actors.named import Cast, Placed
from variorum.reading.actors.table import Cluster, Sighting
from variorum.text.tables import load_toml

_FAR = 80
"""Code points that may stand between the two names."""


@cache
def _patterns(alike: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between two names that are one's, and the same with a name in quotation marks behind it."""
    data = load_toml("en/aliases.toml")
    own = "(?:" + "|".join(map(re.escape, data["own"])) + ")"
    told = sorted(data["between"] + (data["between_alike"] if alike else []), key=len, reverse=True)
    words = "|".join(re.escape(phrase).replace(r"\{own\}", own).replace(r"\ ", r"\s+") for phrase in told)
    adverbs = "|".join(map(re.escape, data["adverbs"]))
    words = words.replace("known", rf"(?:(?:{adverbs})\s+)?known")
    words = rf"[\s,(\[–—-]+(?i:{words})[\s,:]+"
    title = r"(?:[^\W\d_a-z][\w.-]* )?"  # "alias Comandante Luna"
    return (
        re.compile(rf"{words}[“\"‘'«]?{title}"),
        re.compile(rf"{words}[“\"‘'«](?:[Tt]he\s+)?(?P<name>[^\W\d_a-z][^“\"‘’'«»\n,.;]{{1,40}})[,.]?[”\"’'»]"),
    )


def join_aliases(cast: Cast, placed: list[Placed]) -> None:
    """Make one actor of two whose names the text says to be one's; a second name in quotation marks is a mention.

    Args:
        cast: the actors with a name, as their names were cast.
        placed: their names, in the order of the text.
    """
    holders = {
        sighting.extent: cluster
        for cluster in cast.clusters
        for sighting in cluster.sightings
        if sighting.form == "name"
    }
    for one, other in zip_longest(placed, placed[1:]):
        cluster = holders.get(one.name.extent)
        if cluster is None:
            continue
        alias = _alias(cast, one, other, holders)
        if alias is not None and alias is not cluster and "state" not in (cluster.sort, alias.sort):
            holders.update((sighting.extent, cluster) for sighting in alias.sightings)
            cast.join(cluster, alias)


def _alias(cast: Cast, one: Placed, other: Placed | None, holders: dict[Extent, Cluster]) -> Cluster | None:
    """The actor of the name that the text puts beside a name as another for it; where no name was found in the quotation
    marks, an actor made of their words."""
    alike = other is None or (one.name.kind == "person") == (other.name.kind == "person")
    between, before_quoted = _patterns(alike)
    base = one.words.paragraph.offset
    start = one.name.end - base
    near = other if other is not None and other.words is one.words else None
    if near is not None and near.name.start - one.name.end <= _FAR:
        told = between.fullmatch(one.words.string, start, near.name.start - base)
        if told is not None:
            return holders.get(near.name.extent)
    found = before_quoted.match(one.words.string, start)
    if found is None:
        return None
    name, extent = found["name"], Extent(base + found.start("name"), base + found.end("name"))
    key = ("single", name.casefold())
    alias = cast.under(key) or cast.new(Cluster(cast.number(), one.name.kind, name, parts=tuple(name.split())), key)
    cast.see(alias, Sighting(extent, "name", one.sentence, False, False, quoted=one.quoted))
    return alias
