"""Reports that mean harm: the hand-built record with its names and texts replaced by what an attacker would write."""

from __future__ import annotations

from dataclasses import replace

from tests.views import fixture
from variorum.model import Actor, Block, Record

NASTY = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "]]>",
    "[bold red]markup[/bold red] [link=http://evil.example]x[/link]",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;http://evil.example\x07link",
    "\u202eesrever\u202c \u2066isolate\u2069 \u200eleft",
    "null\x00byte \x9b31m C1",
    "| pipe | `code` **bold** [x](javascript:alert(1)) <http://evil.example>",
    "lone \ud800 surrogate",
    '" onmouseover="alert(1)',
    "{{ 7*7 }} {% raw %}",
)
HARMFUL = ("\x1b", "\x00", "\x07", "\x9b", "\u202e", "\u2066", "\u200e", "\ud800")


def record() -> Record:
    """The record with hostile names, title, outlets, issues, labels and one hostile report text."""
    good = fixture.record()
    actors: list[Actor] = []
    for n, actor in enumerate(good.actors):
        name = NASTY[n % len(NASTY)]
        actors.append(replace(actor, name=name, role=name, names=tuple(replace(a, text=name) for a in actor.names)))
    first = good.reports[0]
    tail = "\n\n" + "\n".join(NASTY) + "\n\n" + "word " * 40_000
    text = first.text + tail
    blocks = (*first.blocks, Block(kind="body", start=len(first.text), end=len(text)))
    reports = [replace(first, text=text, blocks=blocks, outlet=NASTY[1], title=NASTY[0], url="javascript:alert(1)")]
    reports += [replace(r, outlet=NASTY[4 + n], notes=(NASTY[n],)) for n, r in enumerate(good.reports[1:])]
    return replace(
        good,
        title=" ".join(NASTY),
        reports=tuple(reports),
        actors=tuple(actors),
        figures=tuple(replace(f, what=NASTY[0], place=NASTY[5]) for f in good.figures),
        positions=tuple(replace(p, issue=NASTY[n % 3]) for n, p in enumerate(good.positions)),
        differences=tuple(
            replace(d, why=NASTY[4], about=replace(d.about, label=NASTY[1] + NASTY[5])) for d in good.differences
        ),
        brief=tuple(replace(line, text=NASTY[n]) for n, line in enumerate(good.brief)),
        journeys=tuple(replace(j, legs=tuple(replace(leg, place=NASTY[5]) for leg in j.legs)) for j in good.journeys),
    )


def dangling() -> Record:
    """The record with references that lead nowhere and spans outside every text, as a damaged file may have them."""
    good = fixture.record()
    lost = replace(good.statements[0], speaker="nobody", addressee="nobody")
    variants = tuple(replace(v, report="nowhere") for v in lost.variants)
    far = replace(good.figures[0].accounts[0], report="nowhere", start=10**9, end=10**9 + 5, vouched_by="nobody")
    outside = tuple(replace(span, start=10**6, end=10**6 + 9) for span in good.events[0].mentions)
    return replace(
        good,
        statements=(lost, replace(good.statements[1], variants=variants)),
        figures=(
            replace(good.figures[0], accounts=(far, *good.figures[0].accounts), part_of="figure-2"),
            replace(good.figures[1], part_of="figure-1"),
        ),
        events=(replace(good.events[0], participants=("nobody",), actors=("nobody",), mentions=outside),),
        journeys=(replace(good.journeys[0], traveller="nobody"),),
        positions=(replace(good.positions[0], actor="nobody"),),
        differences=(
            replace(
                good.differences[0], about=replace(good.differences[0].about, entry="nothing"), lacking=("nowhere",)
            ),
        ),
        brief=(replace(good.brief[0], entry="nothing", reports=("nowhere",)),),
        lineage=replace(good.lineage, origins=good.lineage.origins[1:]),
    )
