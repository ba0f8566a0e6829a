"""Long stories: what is cut is counted and no name is lost; numbers carry their units; lines stay in their width."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from lxml import html
from rich.cells import cell_len
from rich.console import Console

from tests.collation.test_told_apart import versions
from tests.views import fixture
from variorum.collation import collate
from variorum.model import Derivation, Record
from variorum.views import labels
from variorum.views.edition import Edition
from variorum.views.markdown import render_markdown
from variorum.views.page import render_page
from variorum.views.pictures import chart_of
from variorum.views.terminal import render_record
from variorum.views.weights import actors_by_weight, figures_by_weight, statements_by_weight


def long(record: Record) -> Record:
    """The record with many more statements, figures and actors of one report."""
    said, counted, named = record.statements[-1], record.figures[-1], record.actors[0]
    return replace(
        record,
        statements=(*record.statements, *(replace(said, id=f"statement-{n}") for n in range(100, 160))),
        figures=(*record.figures, *(replace(counted, id=f"figure-{n}", part_of=None) for n in range(100, 160))),
        actors=(
            *record.actors,
            *(replace(named, id=f"actor-{n}", name=f"Person {n}", mentions=()) for n in range(100, 180)),
        ),
    )


def printed(record: Record, width: int, *, evidence: bool = False) -> str:
    out = io.StringIO()
    render_record(record, console=Console(file=out, width=width, highlight=False, markup=False), evidence=evidence)
    return out.getvalue()


@pytest.mark.parametrize("width", [100, 80, 50])
def test_the_terminal_counts_what_it_leaves_out_and_names_who_is_quoted_there(record: Record, width: int) -> None:
    given = long(record)
    text = printed(given, width)
    flat = " ".join(text.split())
    left = len(given.statements) - 40
    assert f"… and {left} more that fewer reports tell (--evidence shows all): " in flat
    assert re.search(r"… and \d+ more that fewer reports give", flat)
    assert max(map(cell_len, text.splitlines())) <= width
    for speaker in {statement.speaker for statement in given.statements} - {None}:
        assert Edition(given).actor(speaker) in flat
    assert "more that fewer reports" not in " ".join(printed(given, width, evidence=True).split())


def test_what_weighs_most_is_kept_and_nothing_is_counted_twice(record: Record) -> None:
    edition = Edition(long(record))
    chosen, left = statements_by_weight(edition, 12)
    assert len(chosen) == 12 and sum(count for _, count in left) == len(edition.record.statements) - 12
    assert {s.id for s in record.statements if len(s.variants) > 1} <= chosen
    shown, rest = figures_by_weight(edition, 10)
    assert rest == len(edition.record.figures) - len(shown)
    ids = [figure.id for _, figure in shown]
    assert all(figure.part_of in ids for depth, figure in shown if depth)
    some, others = actors_by_weight(edition, 20)
    assert sorted(a.id for a in (*some, *others)) == sorted(edition.actors) and len(some) == 20


def test_the_page_folds_long_lists_and_keeps_every_entry(record: Record) -> None:
    given = long(record)
    tree = html.fromstring(render_page(given))
    for kind, count in (("figure", len(given.figures)), ("actor", len(given.actors))):
        assert len(tree.xpath(f"//li[contains(concat(' ', @class, ' '), ' {kind} ')]")) == count
    assert len(tree.xpath("//section[@id='figures']/details[@class='rest']//li[@id]")) > 0
    assert len(tree.xpath("//section[@id='actors']/details[@class='rest']//li[@id]")) > 0


def test_the_page_shows_what_a_later_version_changed() -> None:
    tree = html.fromstring(render_page(collate(versions())))
    assert tree.xpath("//nav/a[@href='#versions']")
    told = " ".join(tree.xpath("string(//section[@id='versions'])").split())
    assert "is a later version of A, 9 July 2025: 1 sentence with another figure" in told
    assert "The flood killed 12 people" in told and "The flood killed 34 people" in told
    anchors = tree.xpath("//section[@id='versions']//a[@class='siglum']/@href")
    assert len(anchors) == 2 and all(anchor.startswith("#") for anchor in anchors)


@pytest.mark.parametrize(
    ("amount", "unit", "value", "shown"),
    [
        ("150", "nautical mile", 150, "150 nautical miles"),
        ("1", "mile", 1, "1 mile"),
        ("12", "percentage", 12, "12%"),
        ("4.5 million", "euro", 4_500_000, "4.5 million euros"),
        ("300", "yen", 300, "300 yen"),
        ("90", "kilometre per hour", 90, "90 kilometres per hour"),
        ("6", "foot", 6, "6 feet"),
        ("480", "-mile corridor", 480, "480 mile corridor"),
        ("2", "storage tanks", 2, "2 storage tanks"),
    ],
)
def test_numbers_carry_their_units(amount: str, unit: str, value: float, shown: str) -> None:
    assert labels.measured(amount, unit, value) == shown


def test_the_ground_of_a_lineage_names_reports_whose_ids_begin_alike(record: Record) -> None:
    first, second = record.reports[0].id, f"{record.reports[0].id}-more"
    edition = Edition(replace(record, reports=(record.reports[0], replace(record.reports[1], id=second))))
    derivation = Derivation(a=first, b=second, degree="partly", earlier=first, ground=f"{second} credits {first}")
    assert edition.ground(derivation) == "B credits A"


def test_a_long_reading_in_step_does_not_leave_the_width(record: Record) -> None:
    text = printed(fixture.many(9), 60)
    assert max(map(cell_len, text.splitlines())) <= 60
    assert "AA" in text


def test_accounts_of_one_amount_share_a_line_and_a_pronoun_gives_way_to_a_name(record: Record) -> None:
    figure = record.figures[0]
    one, other, *_ = figure.accounts
    person = record.actors[0]
    given = replace(
        figure,
        id="figure-900",
        what="sacks of grain stored in the old mill by the river and counted twice over by the wardens",
        accounts=(
            replace(one, label="he", vouched_by=person.id, superseded_by=None, as_of=None, value=7, unit=None),
            replace(other, label=None, vouched_by=None, superseded_by=None, as_of=None, value=7, unit=None),
        ),
    )
    text = " ".join(printed(replace(record, figures=(given,)), 60).split())
    first, second = (Edition(record).letter(account.report) for account in given.accounts)
    assert f"7 {person.name} ({first}) · also {second}" in text


def test_days_on_the_axis_of_a_chart_keep_apart_and_carry_their_years(record: Record) -> None:
    figure = record.figures[0]
    days = ("2029-12-13", "2029-12-14", "2029-12-15", "2031-03-13")
    accounts = tuple(
        replace(figure.accounts[0], as_of=day, value=value, superseded_by=None)
        for day, value in zip(days, (23, 23, 23, 26), strict=True)
    )
    drawn = chart_of(replace(figure, accounts=accounts), Edition(record))
    texts = html.fromstring(str(drawn)).xpath("//*[@class='tick']/text()")
    assert [text for text in texts if "20" in text and " " in text] == ["13 Dec 2029", "13 Mar 2031"]


def test_markdown_tells_the_origins_of_a_figure_and_the_reports_of_a_lineage(record: Record) -> None:
    ids = [reading.id for reading in record.reports]
    origin = replace(
        record.lineage.origins[0],
        reports=(ids[0], ids[1]),
        derivations=(
            Derivation(a=ids[0], b=ids[1], degree="partly", earlier=ids[0], ground=f"{ids[1]} credits an agency"),
        ),
    )
    text = render_markdown(replace(record, lineage=replace(record.lineage, origins=(origin,))))
    assert "  - A–B: B credits an agency" in text
    row = next(line for line in text.splitlines() if line.startswith("| people treated"))
    assert re.search(r"\([A-D]( [A-D])*, (differs, |single, )?\d origins?\)", row)
    assert "| , revised since" not in text
