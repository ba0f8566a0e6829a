"""Offices: one person whom a report calls the foreign minister and another the defence minister, or the president here
and the prime minister there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.witness import Witness
from variorum.collation.words import folded
from variorum.model import Actor, Extent
from variorum.text.tables import load_toml

REACH = 90
"""Characters before or after a name within which its office is looked for."""
MOST_SHOWN = 6
"""Reports whose offices are shown side by side."""
MOST_MENTIONS = 60
"""Mentions of one person by name in one report that are looked at."""


def find(found: Collated) -> Iterator[Draft]:
    """One difference for each person whose reports give him one portfolio each, and not the same one."""
    for actor in found.cast.actors:
        if actor.kind == "person" and actor.named and len({name.report for name in actor.names}) > 1:
            yield from _of_two_offices(actor, found)


def _of_two_offices(actor: Actor, found: Collated) -> Iterator[Draft]:
    offices = {witness.number: list(_offices(actor, witness, found)) for witness in found.witnesses}
    for alone in (False, True):
        told: dict[int, tuple[str, Witness, Extent]] = {}
        for witness in found.witnesses:
            own = [(office, at) for office, at in offices[witness.number] if (office in _alone()) is alone]
            # Who is given two offices in one report holds or held both.
            if len({office for office, _ in own}) > 1:
                told = {}
                break
            if own:
                told[witness.number] = (own[0][0], witness, own[0][1])
        if len({office for office, _, _ in told.values()}) > 1:
            yield _draft(actor, [one for _, one in sorted(told.items())])


def _draft(actor: Actor, told: list[tuple[str, Witness, Extent]]) -> Draft:
    return Draft(
        kind="label",
        entry=actor.id,
        label=f"office of {actor.name}",
        accounts=tuple(account(witness, extent) for _, witness, extent in told[:MOST_SHOWN]),
        weight=0.55,
        why=f"different offices of {actor.name}: " + ", ".join(sorted({office for office, _, _ in told})),
    )


def _offices(actor: Actor, witness: Witness, found: Collated) -> Iterator[tuple[str, Extent]]:
    """The portfolios that stand beside a person's name in a report, with the words for the office."""
    mentions = [
        m for m in found.cast.mentions_of(witness, actor.id) if m.form == "name" and witness.in_article(m.extent)
    ]
    for mention in mentions[:MOST_MENTIONS]:
        sentence = witness.sentence(mention.start)
        low, high = max(sentence.start, mention.start - REACH), min(sentence.end, mention.end + REACH)
        before = _before().search(witness.text, low, mention.start)
        after = _after().match(witness.text, mention.end, high)
        for match in (before, after):
            if match is None or _not_holder(
                witness.text[low if match is before else mention.end : match.start("office")]
            ):
                continue
            yield _portfolio_of(match), Extent(*match.span("office"))


def _portfolio_of(match: re.Match[str]) -> str:
    words = " ".join(folded(match["first"] or match["second"] or match["alone"]))
    return {**_portfolios(), **_alone_named()}[words]


def _not_holder(before: str) -> bool:
    """Whether the words before an office make it somebody else's or one of two ("deputy", "former", "foreign and …")."""
    near = folded(before)[-NEAR:]
    return bool(set(near) & _others()) or near[-1:] == ("and",)


NEAR = 3
"""Words before an office that may say that it is not the holder's own."""


@cache
def _portfolios() -> dict[str, str]:
    """The portfolio that each of its names stands for, folded."""
    table: dict[str, list[str]] = load_toml("en/portfolios.toml")["portfolios"]
    return {" ".join(folded(form)): name for name, forms in table.items() for form in forms}


@cache
def _alone_named() -> dict[str, str]:
    table: dict[str, list[str]] = load_toml("en/portfolios.toml")["offices_alone"]
    return {" ".join(folded(form)): name for name, forms in table.items() for form in forms}


@cache
def _alone() -> frozenset[str]:
    return frozenset(_alone_named().values())


@cache
def _others() -> frozenset[str]:
    return frozenset(word for told in load_toml("en/portfolios.toml")["not_holders"] for word in folded(told))


def _office() -> str:
    """An office with its portfolio before or behind it ("foreign affairs minister", "minister of foreign affairs")."""
    table = load_toml("en/portfolios.toml")
    names, offices, between, alone = (
        "|".join(re.escape(form) for form in sorted(forms, key=lambda f: (-len(f), f)))
        for forms in (
            [form for forms in table["portfolios"].values() for form in forms],
            table["offices"],
            table["between"],
            [form for forms in table["offices_alone"].values() for form in forms],
        )
    )
    return (
        rf"(?<![\w’'-])(?P<office>(?i:(?P<first>{names})(?:\s(?:{between}))*\s(?:{offices})"
        rf"|(?:{offices})\s(?:of|for)\s(?:the\s)?(?P<second>{names})(?:\s(?:{between}))*"
        rf"|(?P<alone>{alone})))(?![\w’'-])"
    )


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"{_office()},?\s(?:(?:Dr|Mr|Mrs|Ms|[A-Z][a-z]+)\.?\s)?$")


@cache
def _after() -> re.Pattern[str]:
    # After a comma an office may open a list ("… , Defence Minister Ana Lima and …"): it is one's own where a mark ends it.
    return re.compile(
        rf",\s(?:(?:the|its|their)\s)?(?:[A-Z][\w.]*\s|[\w]+[’']s?\s){{0,2}}{_office()}(?=\s?[,.;:)—–]|$)"
    )
