"""A sheet of text of a given width: what the terminal views are written on. Nothing on it is ever read as markup."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from textwrap import wrap

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from variorum.views.woven import Own, Stretch

WIDEST = 100
NARROW = 64
"""Columns below which what stands to the right of a line goes under it."""
MARGIN = 26
"""Columns that a note may keep free on all lines of its paragraph; a longer one shortens the first line only."""

STRONG, QUIET, DIFFERS = "bold", "dim", "bold red"


def text(*parts: str | tuple[str, str]) -> Text:
    """A line of plain parts and of parts with a style."""
    return Text.assemble(*parts)


class Sheet:
    """Writes lines, wrapped with a hanging indent, with an optional note at the right edge."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = max(20, min(console.width, WIDEST))
        self.narrow = self.width < NARROW

    def line(self, content: Text | str = "") -> None:
        """One line as it is."""
        given = Text(content) if isinstance(content, str) else content
        given.rstrip()
        self.console.print(given, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)

    def head(self, title: str) -> None:
        """The heading of a section, after an empty line."""
        self.line()
        self.put(text((title, STRONG)))

    def put(
        self, content: Text | str, *, indent: int = 0, mark: Text | str = "", note: Text | str = "", hang: int = 0
    ) -> None:
        """A paragraph.

        Args:
            content: wrapped to what is left of the width.
            indent: columns before it.
            mark: stands before the first line (a bullet, a letter); the other lines are indented as far.
            note: stands at the right edge of the first line; under the paragraph where the sheet is narrow.
            hang: further columns before all lines but the first.
        """
        content = Text(content) if isinstance(content, str) else content
        mark = Text(mark) if isinstance(mark, str) else mark
        note = Text(note) if isinstance(note, str) else note
        lead = indent + cell_len(mark.plain)
        if lead > self.width - 12:
            lead = indent
        beside = bool(note.plain) and not self.narrow
        room = max(12, self.width - lead - hang - (cell_len(note.plain) + 2 if beside else 0))
        lines = self._wrapped(content, room, max(room, self.width - lead - hang - MARGIN) if beside else room)
        for n, part in enumerate(lines):
            part.rstrip()
            row = Text(" " * indent)
            row.append_text(mark if n == 0 else Text(" " * (lead - indent + hang)))
            row.append_text(part)
            if n == 0 and beside:
                row.append(" " * max(2, self.width - cell_len(row.plain) - cell_len(note.plain)))
                row.append_text(note)
            self.line(row)
        if note.plain and not beside:
            for part in note.wrap(self.console, max(12, self.width - lead)):
                self.line(Text(" " * lead) + part)

    def _wrapped(self, content: Text, first: int, rest: int) -> list[Text]:
        """Content in lines of ``rest`` columns, the first of ``first``."""
        lines = list(content.wrap(self.console, first)) or [Text()]
        if len(lines) == 1 or first == rest:
            return lines
        at = len(lines[0].plain)
        left = content[at:]
        while left.plain[:1].isspace():
            left = left[1:]
        return [lines[0], *left.wrap(self.console, rest)]

    def columns(
        self,
        rows: Sequence[Sequence[Text | str]],
        *,
        indent: int = 0,
        right: frozenset[int] = frozenset(),
        gives: int = 0,
        wraps: frozenset[int] = frozenset(),
    ) -> None:
        """Rows in columns as wide as their widest cell.

        Args:
            rows: of one length.
            indent: columns before every row.
            right: columns that are set to the right (numbers).
            gives: the column that is narrowed first where a row does not fit; the first column is narrowed after it.
            wraps: columns whose cells are wrapped where they are too long; the others are cut.
        """
        cells = [[Text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
        if not cells:
            return
        widths = [max(cell_len(row[n].plain) for row in cells) for n in range(len(cells[0]))]
        for column, least in ((0, 32), (gives, 24), (0, 24), (gives, 12), (0, 16)):
            over = indent + sum(widths) + 2 * (sum(1 for w in widths if w) - 1) - self.width
            widths[column] -= min(max(0, over), max(0, widths[column] - least))
        if indent + sum(widths) + 2 * (sum(1 for w in widths if w) - 1) > self.width:
            for head, *others in cells:
                if head.plain.strip():
                    self.put(head, indent=indent, hang=2)
                joined = Text("  ").join([cell for cell in others if cell.plain.strip()])
                if joined.plain:
                    self.put(joined, indent=indent + 2, hang=2)
            return
        for row in cells:
            self._row(row, widths, indent, right, wraps)

    def _row(
        self, row: list[Text], widths: list[int], indent: int, right: frozenset[int], wraps: frozenset[int]
    ) -> None:
        """One row of columns."""
        stacks = []
        for n, (cell, width) in enumerate(zip(row, widths, strict=True)):
            if n in wraps and cell_len(cell.plain) > width > 0:
                stacks.append(list(cell.wrap(self.console, width)))
            else:
                cut = cell.copy()
                cut.truncate(width, overflow="ellipsis")
                stacks.append([cut])
        for at in range(max(len(stack) for stack in stacks)):
            line = Text(" " * indent)
            for n, (stack, width) in enumerate(zip(stacks, widths, strict=True)):
                cell = stack[at] if at < len(stack) else Text()
                cell.rstrip()
                gap = Text(" " * (width - cell_len(cell.plain)))
                line.append_text(gap + cell if n in right else cell + gap)
                line.append("  " if width else "")
            self.line(line)

    def woven(self, stretches: Sequence[Stretch], rows: Sequence[tuple[str, str]], *, indent: int) -> None:
        """Variants one under the other, common words in step, so that the eye sees where they part.

        Args:
            stretches: of the woven statement.
            rows: letters of the reports that read alike, and the id of one of them.
            indent: columns before every row.
        """
        pairs: list[tuple[list[str], bool]] = []
        for stretch in stretches:
            if stretch.common:
                pairs += [([word] * len(rows), False) for word in stretch.common.split(" ")]
            else:
                pairs.append(([_reading(stretch.own, report) for _, report in rows], True))
        letters = max((cell_len(letter) for letter, _ in rows), default=1)
        room = max(12, self.width - indent - letters - 2)
        pairs = [(part, parted) for words, parted in pairs for part in _chunks(words, room)]
        block: list[tuple[list[str], bool, int]] = []

        def flush() -> None:
            for n, (letter, _) in enumerate(rows):
                line = Text(" " * indent + letter + " " * (letters - cell_len(letter) + 2))
                for words, parted, width in block:
                    line.append(words[n], DIFFERS if parted else "")
                    line.append(" " * (width - cell_len(words[n]) + 1))
                self.line(line)
            block.clear()

        for words, parted in pairs:
            width = max(cell_len(word) for word in words)
            if block and sum(w + 1 for _, _, w in block) + width > room:
                flush()
            block.append((words, parted, width))
        if block:
            flush()


def _chunks(words: list[str], room: int) -> list[list[str]]:
    """Readings of one place in pieces that fit a line, the pieces of all in step."""
    if all(cell_len(reading) <= room for reading in words):
        return [words]
    pieces = [wrap(reading, max(12, room * 2 // 3)) for reading in words]
    return [list(piece) for piece in zip_longest(*pieces, fillvalue="")]


def _reading(own: Sequence[Own], report: str) -> str:
    found = next((o.text for o in own if report in o.reports), None)
    return "" if found is None else found or "–"
