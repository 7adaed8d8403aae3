"""The board of changes: columns beside each other where there is room, else the stages below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.strip import Strip

from ropa.services.boards.board import Card, Column
from ropa.services.browsing.detail_parts import Line
from ropa.tui.keys import bindings
from ropa.tui.text import clean, fitted, width_of, wrapped
from ropa.tui.widgets.lines import GUTTER, LOOKS, Lines, Piece

COLUMNS_FROM = 96
"""From this width on the columns stand beside each other."""

_NOTHING = "–"
_NAME_LINES = 3
_BESIDE = 22

Row = tuple[list[Piece], int | None]
"""One laid-out line, and the card that it belongs to (None: none)."""


class Cards(Lines):
    """Cards in columns, in reading order: down a column, then the next one. Left and right go to the column beside."""

    BINDINGS = bindings("board")

    def __init__(self, *, id: str | None = None, message: str = "") -> None:  # noqa: A002 Textual's own name
        super().__init__(id=id, message=message)
        self.columns: Sequence[Column] = ()
        self._cards: list[Card] = []
        self._places: list[tuple[int, int]] = []
        self._stacks: list[list[Row]] = []
        self._laid = -1

    def show(self, columns: Sequence[Column], select: str = "", message: str = "") -> None:
        """Show these columns, with the cursor on the card `select` if it is there, else on the first."""
        self.columns, self.message = columns, message
        self._cards = [card for column in columns for card in column.cards]
        self._places = [(n, row) for n, column in enumerate(columns) for row in range(len(column.cards))]
        self._laid = -1
        place = next((n for n, card in enumerate(self._cards) if card.subject == select), 0)
        self.set_reactive(Lines.cursor, place)
        self.changed(keep=True)
        self.tell()

    @property
    def beside(self) -> bool:
        """Whether the columns stand beside each other."""
        return self.room >= COLUMNS_FROM and bool(self._cards)

    @property
    def fixed(self) -> int:
        """The line with the names of the stages, where they stand beside each other."""
        return 1 if self.beside else 0

    def item_count(self) -> int:
        """One item for each card."""
        return len(self._cards)

    def line_count(self) -> int:
        """The lines of the longest column, or of all below each other."""
        self._lay_out()
        return max(map(len, self._stacks), default=0) if self._cards else 0

    def subject_of(self, item: int) -> str:
        """The change of a card."""
        return self._cards[item].subject

    def span(self, item: int) -> tuple[int, int]:
        """Where a card stands in its column."""
        self._lay_out()
        stack = self._stacks[self._places[item][0] if self.beside else 0]
        mine = [number for number, (_, card) in enumerate(stack) if card == item]
        return mine[0], len(mine)

    def item_at(self, line: int) -> int | None:
        """The card that a line belongs to; beside each other, a line belongs to several."""
        self._lay_out()
        return None if self.beside or not 0 <= line < len(self._stacks[0]) else self._stacks[0][line][1]

    def line(self, line: int, width: int) -> list[Piece]:  # noqa: ARG002 laid out for it already
        """The pieces of a line where the stages stand below each other."""
        return self._stacks[0][line][0]

    def fixed_line(self, line: int, width: int) -> list[Piece]:  # noqa: ARG002 there is one
        """The names of the stages."""
        widths = self._widths
        widths[-1] -= GUTTER  # the line begins behind a gutter
        return [
            (f"{fitted(_title(each), size - 1)} ", "heading") for each, size in zip(self.columns, widths, strict=True)
        ]

    # -- laying out ----------------------------------------------------------------------------------------

    @property
    def _widths(self) -> list[int]:
        """The cells of each column, with its gutter; an empty one leaves what it does not need to the others."""
        even = self.room // max(1, len(self.columns))
        sizes = [even if each.cards else width_of(_title(each)) + GUTTER + 1 for each in self.columns]
        spare = (self.room - sum(sizes)) // max(1, sum(bool(each.cards) for each in self.columns))
        return [size + spare if each.cards else size for each, size in zip(self.columns, sizes, strict=True)]

    def _lay_out(self) -> None:
        if self._laid == self.room:
            return
        self._laid = self.room
        numbers = iter(range(len(self._cards)))
        if self.beside:
            pairs = zip(self.columns, self._widths, strict=True)
            self._stacks = [self._column(column, numbers, width - GUTTER - 1) for column, width in pairs]
        else:
            self._stacks = [list(self._below(numbers, self.room - GUTTER))]

    def _column(self, column: Column, numbers: Iterator[int], width: int) -> list[Row]:
        rows: list[Row] = []
        for card in column.cards:
            number = next(numbers)
            rows += [(pieces, number) for pieces in _narrow(card, width)]
            rows.append(([], None))
        return rows or [([(_NOTHING, "faint")], None)]

    def _below(self, numbers: Iterator[int], width: int) -> Iterator[Row]:
        shown = [column for column in self.columns if column.cards]
        for column in shown:
            if column is not shown[0]:
                yield [], None
            yield [(_title(column), "heading")], None
            for card in column.cards:
                number = next(numbers)
                for pieces in _flat(card, width):
                    yield pieces, number

    # -- drawing -------------------------------------------------------------------------------------------

    def resized(self) -> None:
        """Lay out for the new width; the cursor stays on its card."""
        self._laid = -1
        self.virtual_size = Size(self.room, self.fixed + self.line_count())
        self._show_cursor()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        if not self.beside or y < self.fixed:
            return super().render_line(y)
        number, base = y - self.fixed + self.scroll_offset.y, self.rich_style
        segments: list[Segment] = []
        for stack, width in zip(self._stacks, self._widths, strict=True):
            pieces, card = stack[number] if number < len(stack) else ([], None)
            segments += self._cell(pieces, card, number, width)
        return Strip(segments).adjust_cell_length(self.room, base)

    def _cell(self, pieces: list[Piece], card: int | None, number: int, width: int) -> Iterator[Segment]:
        """One column's share of a line, with the cursor where it is on this card."""
        base, front = self.rich_style, " " * GUTTER
        if card is not None and card == self.cursor:
            if self.has_focus:
                base = base + self.get_component_rich_style("lines--cursor", partial=True)
            if self.span(card)[0] == number:
                front = "▸ " if self.has_focus else "▹ "
        yield from self._strip(pieces, width - 1, base, front)
        yield Segment(" ", self.rich_style)

    # -- the cursor ----------------------------------------------------------------------------------------

    def action_aside(self, step: int) -> None:
        """To the nearest column with cards at that side, to the card at the same height or the last."""
        if not self._cards:
            return
        column, row = self._places[self.cursor]
        there = [n for n, each in enumerate(self.columns) if each.cards and (n - column) * step > 0]
        if there:
            target = min(there, key=lambda n: abs(n - column))
            last = len(self.columns[target].cards) - 1
            self.cursor = self._places.index((target, min(row, last)))

    def action_page(self, step: int) -> None:
        """A page further; where columns stand beside each other, to the end of the column."""
        if not self.beside:
            super().action_page(step)
            return
        column = self._places[self.cursor][0]
        self.cursor = self._places.index((column, 0 if step < 0 else len(self.columns[column].cards) - 1))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor to the card under it; on the card under the cursor it opens it."""
        if not self.beside or event.y < self.fixed:
            return  # the base class answers
        event.prevent_default()
        ends = accumulate(self._widths)
        column = next((n for n, end in enumerate(ends) if event.x < end), len(self._stacks) - 1)
        stack, line = self._stacks[column], int(event.y) - self.fixed + int(self.scroll_offset.y)
        card = stack[line][1] if line < len(stack) else None
        if card is None:
            return
        if card == self.cursor or event.chain > 1:
            self.action_choose()
        self.cursor = card


def _title(column: Column) -> str:
    return f"{column.title} ({len(column.cards)})"


def _narrow(card: Card, width: int) -> Iterator[list[Piece]]:
    """A card of a column: its name, then a line for each thing to say."""
    names = wrapped(card.name, width - 2)
    if len(names) > _NAME_LINES:
        names = [*names[: _NAME_LINES - 1], fitted(" ".join(names[_NAME_LINES - 1 :]), width - 2)]
    for number, name in enumerate(names):
        yield [(fitted("" if number else card.sign, 2), ""), (name, "heading")]
    for line in card.lines:
        yield from _said(line, width)


def _said(line: Line, width: int) -> Iterator[list[Piece]]:
    for number, text in enumerate(wrapped(line.text, width - 2)):
        yield [(fitted("" if number else line.mark, 2), LOOKS.get(line.mark, "")), (text, "")]


def _flat(card: Card, width: int) -> Iterator[list[Piece]]:
    """A card across the screen: name and date in the first line, the rest below."""
    first, *rest = card.lines
    when = f"{first.mark} {first.text}".strip()
    name = fitted(f"{card.sign} {card.name}", width - max(_BESIDE, width_of(when)) - 2)
    yield [(name, "heading"), ("  " + clean(when), "")]
    pieces: list[Piece] = [("  ", "")]
    used = 2
    for line in rest:
        front = f"{line.mark} " if line.mark else ""
        size = width_of(line.text) + len(front) + (3 if used > 2 else 0)
        if used > 2 and used + size > width:
            yield pieces
            pieces, used = [("  ", "")], 2
            size -= 3
        pieces += [(" · " if used > 2 else "", "faint"), (front, LOOKS.get(line.mark, ""))]
        pieces.append((fitted(line.text, min(width_of(line.text), width - used - len(front))), ""))
        used += size
    if rest:
        yield pieces
