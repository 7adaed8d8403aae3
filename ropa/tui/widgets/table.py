"""A table of any number of rows: headings that stay, columns that share the width, one sign in front."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise

from textual import events
from textual.message import Message

from ropa.services.browsing.browse import Item
from ropa.tui.text import fitted, width_of
from ropa.tui.widgets.lines import GUTTER, LOOKS, Lines, Piece

_MEASURED = 300
_READABLE = 10
"""A column that would be cut to less than this is left out; the detail says what it held."""
_GAP = 2
_FIRST = 45  # per cent of the width that the first column may keep
_SIGN = 2


class Table(Lines):
    """Rows of cells. The widths follow the first rows, so that a long list opens as quickly as a short one.

    `whole` are the columns that are not cut as long as a later one can be left out instead.
    """

    class Headed(Message):
        """A heading was clicked."""

        def __init__(self, table: Table, column: int) -> None:
            super().__init__()
            self.table = table
            self.column = column

        @property
        def control(self) -> Table:
            """The table that the heading is of."""
            return self.table

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 Textual's own name
        message: str = "",
        headings: bool = True,
        whole: Collection[int] = (),
    ) -> None:
        super().__init__(id=id, message=message)
        self.headings = headings
        self.whole = whole
        self.columns: tuple[str, ...] = ()
        self.items: Sequence[Item] = ()
        self.grouped = False
        self._heads: list[int] = []  # the first item of each group, and the lines of their headings
        self._headed: list[int] = []
        self._sign = _SIGN
        self._natural: list[int] = []
        self._widths: tuple[int, list[int]] = (-1, [])

    def show(
        self,
        columns: tuple[str, ...],
        items: Sequence[Item],
        message: str = "",
        select: str = "",
        *,
        near: bool = False,
        grouped: bool = False,
    ) -> None:
        """Show these rows, with the cursor on the subject `select` if it is there, else on the first.

        With `near`, the cursor stays at its height where that subject is gone. Where they are `grouped`, each group has
        its heading, and `columns` are those under it.
        """
        self.columns, self.items, self.message, self.grouped = columns, items, message, grouped
        pairs = pairwise(items) if grouped else ()
        # Plain comparisons: this runs on the event loop, over tens of thousands of rows.
        begun = (n for n, (a, b) in enumerate(pairs, 1) if a.group != b.group or a.mark != b.mark)
        self._heads = [0, *begun] if grouped and items else []
        self._headed = [first + number for number, first in enumerate(self._heads)]
        sample = [*([columns] if self.headings else []), *map(self._cells_of, items[:_MEASURED])]
        self._sign = _SIGN if self.headings or any(item.mark for item in items) else 0
        self._natural = [max((width_of(cells[n]) for cells in sample), default=1) for n in range(len(columns))]
        self._widths = (-1, [])
        self.set_reactive(Lines.cursor, self._place(select, near=near))
        self.changed(keep=True)
        self.tell()

    def _place(self, select: str, *, near: bool) -> int:
        """The row for the cursor; where several rows lead to the same subject, the one that it is on already."""
        here = min(self.cursor, len(self.items) - 1) if near else 0
        if select and self.cursor < len(self.items) and self.items[self.cursor].subject == select:
            return self.cursor
        found = (number for number, item in enumerate(self.items) if select and item.subject == select)
        return max(0, next(found, here))

    @property
    def fixed(self) -> int:
        """The line of headings."""
        return 1 if self.headings and self.columns else 0

    def item_count(self) -> int:
        """One item for each row."""
        return len(self.items)

    def line_count(self) -> int:
        """One line for each row, and one for the heading of each group."""
        return len(self.items) + len(self._heads)

    def span(self, item: int) -> tuple[int, int]:
        """Where a row stands."""
        return item + bisect_right(self._heads, item), 1

    def item_at(self, line: int) -> int | None:
        """The row of a line; the heading of a group is none."""
        above = bisect_right(self._headed, line)
        if not 0 <= line < self.line_count() or (above and self._headed[above - 1] == line):
            return None
        return line - above

    def subject_of(self, item: int) -> str:
        """The subject of a row."""
        return self.items[item].subject

    def fixed_line(self, line: int, width: int) -> list[Piece]:  # noqa: ARG002 there is one
        """The headings; `…` behind them says that there are columns for which there is no room."""
        pieces = [(" " * self._sign, ""), *self._cells(self.columns, width, "label")]
        if len(pieces) - 1 < len(self.columns):
            pieces[-1] = (pieces[-1][0][:-1] + "…", "label")
        return pieces

    def line(self, line: int, width: int) -> list[Piece]:
        """One row: its sign, then its cells; or the heading of a group, with how many it has."""
        number = self.item_at(line)
        if number is None:
            group = bisect_right(self._headed, line) - 1
            first, beyond = (*self._heads, len(self.items))[group : group + 2]
            return [(fitted(f"{self.items[first].group} ({beyond - first})", width), "heading")]
        item = self.items[number]
        cells = self._cells(self._cells_of(item), width, "")
        return [(fitted(item.mark, self._sign), LOOKS.get(item.mark, "")), *cells]

    def on_click(self, event: events.Click) -> None:
        """A click on a heading names its column; of the rest the base class takes care."""
        if event.y < self.fixed:
            ends = accumulate(size + _GAP for size in self._sizes(self.room - GUTTER - self._sign))
            place = int(event.x) - GUTTER - self._sign
            column = next((number for number, end in enumerate(ends) if 0 <= place < end), None)
            if column is not None:
                self.post_message(self.Headed(self, column))

    def _show_cursor(self) -> None:
        """Keep the heading of a group in sight with its first row."""
        super()._show_cursor()
        if self.cursor in self._heads and (line := self.span(self.cursor)[0] - 1) < self.scroll_offset.y:
            self.scroll_to(y=line, animate=False, force=True)

    def _cells_of(self, item: Item) -> tuple[str, ...]:
        return item.under if self.grouped else item.cells

    def _cells(self, cells: Sequence[str], width: int, look: str) -> list[Piece]:
        sizes = self._sizes(width - self._sign)
        return [(fitted(cell, size) + " " * _GAP, look) for cell, size in zip(cells, sizes, strict=False)]

    def _sizes(self, width: int) -> list[int]:
        if self._widths[0] != width:
            sizes = fitting(self._natural, width, self.whole)
            if len(self.items) > _MEASURED and len(sizes) == len(self._natural):
                # Rows that were not measured may be longer: what is left of the width goes to every column.
                spare = (width - sum(sizes) - _GAP * len(sizes)) // max(1, len(sizes))
                sizes = [size + max(0, spare) for size in sizes]
            self._widths = (width, sizes)
        return self._widths[1]


def fitting(natural: Sequence[int], width: int, whole: Collection[int] = ()) -> list[int]:
    """Widths for as many columns, from the first on, as can be read in `width` cells.

    A column of `whole` is not cut as long as a later one can be left out instead.
    """
    last = max(whole, default=0)
    for number in range(len(natural), 0, -1):
        sizes = shared(natural[:number], width - _GAP * number)
        if sum(sizes) + _GAP * number <= width and all(
            size >= (wanted if place in whole and number > last + 1 else min(wanted, _READABLE))
            for place, (size, wanted) in enumerate(zip(sizes, natural, strict=False))
        ):
            return sizes
    return [max(1, width - _GAP)] if natural else []


def shared(natural: Sequence[int], width: int) -> list[int]:
    """Widths of columns that together take at most `width`: the widest give way first, the first column last.

    A column keeps its natural width where there is room; none falls below one cell.
    """
    sizes = [max(1, each) for each in natural]
    if not sizes:
        return []
    floor = [min(sizes[0], max(1, width * _FIRST // 100)), *(1 for _ in sizes[1:])]
    while sum(sizes) > width:
        give = [each for each in range(len(sizes)) if sizes[each] > floor[each]]
        if not give:
            break
        sizes[max(give, key=lambda each: sizes[each])] -= 1
    return sizes
