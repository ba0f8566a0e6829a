"""The ledger of figures in the terminal: one table where it fits, else each figure above its accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.cells import cell_len
from rich.text import Text

from variorum.model import RecordFigure, Span
from variorum.views import labels
from variorum.views.edition import Edition
from variorum.views.terminal.sheet import QUIET, STRONG, Sheet, text
from variorum.views.weights import figures_by_weight

MOST_FIGURES = 30
"""Figures shown without --evidence."""
LABEL, VOUCHER, LONGEST = 32, 24, 60
"""Columns that the table needs for what is counted and for who vouches; characters of a voucher that are shown."""

Row = list[Text | str]
Tag = Callable[..., Text]


class Ledger:
    """Writes the figures of one record."""

    def __init__(self, edition: Edition, sheet: Sheet, tag: Tag, words: Callable[[Iterable[Span]], None]) -> None:
        """
        Args:
            edition: of the record.
            sheet: what is written on.
            tag: makes the note of letters, standing and origins.
            words: writes the words behind spans, where they are asked for.
        """
        self.edition = edition
        self.sheet = sheet
        self.tag = tag
        self.words = words

    def show(self, *, evidence: bool) -> None:
        """All figures with evidence, else those of most weight and how many more there are."""
        most = len(self.edition.record.figures) if evidence else MOST_FIGURES
        shown, left = figures_by_weight(self.edition, most)
        groups = [(depth, figure, self._rows(depth, figure)) for depth, figure in shown]
        rows = [row for *_, group in groups for row in group]
        if not self._fits(rows):
            for depth, figure, _ in groups:
                self._apart(depth, figure)
                self.words(self.edition.evidence(figure))
        elif evidence:
            for _, figure, group in groups:
                self._table(group)
                self.words(self.edition.evidence(figure))
        else:
            self._table(rows)
        if left:
            self.sheet.put(text((f"… and {left} more that fewer reports give (--evidence shows all)", QUIET)), indent=2)

    def _table(self, rows: list[Row]) -> None:
        self.sheet.columns(rows, indent=2, right=frozenset({1}), gives=2, wraps=frozenset({0, 2}))

    def _fits(self, rows: list[Row]) -> bool:
        """Whether one table of all rows leaves the columns of words wide enough to be read."""
        widths = [max(cell_len(str(cell)) for cell in column) for column in zip(*rows, strict=True)]
        least = [min(width, most) for width, most in zip(widths, (LABEL, 99, VOUCHER, 99, 99), strict=True)]
        return 2 + sum(least) + 2 * (sum(1 for width in least if width) - 1) <= self.sheet.width

    def _rows(self, depth: int, figure: RecordFigure) -> list[Row]:
        label = self._label(depth, figure)
        every = [account.report for account in figure.accounts]
        rows: list[Row] = []
        for n, (cells, reports) in enumerate(self._accounts(figure)):
            tag = self.tag(reports, figure.standing if n == 0 else None, of=every)
            rows.append([label if n == 0 else "", *cells, tag])
        return rows

    def _accounts(self, figure: RecordFigure) -> list[tuple[Row, list[str]]]:
        """Amount, voucher and day of each account with the reports that give it."""
        latest = max((a.as_of or "" for a in figure.accounts), default="")
        found: list[tuple[Row, list[str]]] = []
        for account, spans in self.edition.ledger(figure):
            amount = self.edition.amount(figure, account)
            as_of = labels.day(account.as_of, short=True, year=False)
            later = "revised" if self.edition.is_revised(figure, account) else ""
            cells: Row = [
                text((amount, STRONG if account.as_of == latest or not latest else "")),
                labels.shortened(self.edition.voucher(account), LONGEST),
                ", ".join(part for part in (as_of, later) if part),
            ]
            found.append((cells, [span.report for span in spans]))
        return found

    def _apart(self, depth: int, figure: RecordFigure) -> None:
        """A figure in one line where one account stands alone, else its name and under it the accounts."""
        accounts = self._accounts(figure)
        every = [account.report for account in figure.accounts]
        note = self.tag(every, figure.standing)
        label = self._label(depth, figure)
        if len(accounts) == 1:
            amount, *rest = accounts[0][0]
            told = ", ".join(str(part) for part in rest if str(part))
            line = Text(f"{label}: ").append_text(amount if isinstance(amount, Text) else Text(amount))
            self.sheet.put(line.append(f"  {told}" if told else "", QUIET), indent=2, hang=2, note=note)
            return
        self.sheet.put(label, indent=2, hang=2, note=note)
        alike: dict[tuple[str, str], tuple[Row, list[tuple[str, list[str]]]]] = {}
        for cells, reports in accounts:
            amount, voucher, when = cells
            alike.setdefault((str(amount), str(when)), (cells, []))[1].append((str(voucher), reports))
        width = max(cell_len(amount) for amount, _ in alike)
        for (amount, when), (cells, vouched) in alike.items():
            named = [f"{voucher} ({self.edition.sigla(reports)})" for voucher, reports in vouched if voucher]
            known = {report for voucher, reports in vouched if voucher for report in reports}
            others = [report for voucher, reports in vouched if not voucher for report in reports]
            plain = self.edition.sigla(report for report in others if report not in known)
            told = " · ".join([*named, *([f"also {plain}" if named else plain] if plain else [])])
            mark = Text(" " * (width - cell_len(amount))).append_text(Text.assemble(cells[0])).append("  ")
            self.sheet.put(f"{told}  {when}" if when else told, indent=4, mark=mark)

    def _label(self, depth: int, figure: RecordFigure) -> str:
        return "  " * depth + ("of them " if depth else "") + self.edition.figure_label(figure)
