"""A list in the order of one of its columns, as people read it: dates by day, numbers by size, what is missing last."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ropa.rules.finding import SEVERITIES
from ropa.services.browsing.browse import Browse, Item
from ropa.services.browsing.search import fold
from ropa.services.wording import NOT_RECORDED

UP, DOWN = "▲", "▼"
_MISSING = ("", "–", f"? {NOT_RECORDED}")
_NUMBERS = re.compile(r"(\d+)")
_SHORT_DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}( \d\d:\d\d)?")


@dataclass(frozen=True, slots=True)
class Order:
    """By which column, and which end first; the column -1 is the list's own order."""

    column: int = -1
    falling: bool = False

    def next(self, columns: int) -> Order:
        """One step further: each column rising, then falling, then the list's own order again."""
        if self.column >= 0 and not self.falling:
            return Order(self.column, falling=True)
        return Order(self.column + 1) if self.column + 1 < columns else Order()

    def by(self, column: int) -> Order:
        """By this column; the other end first where it was by it already."""
        return Order(column, falling=not self.falling) if column == self.column else Order(column)

    def headings(self, columns: Sequence[str]) -> tuple[str, ...]:
        """The headings, with the sign at the one that the list goes by."""
        sign = DOWN if self.falling else UP
        return tuple(f"{each} {sign}" if number == self.column else each for number, each in enumerate(columns))

    def words(self, columns: Sequence[str]) -> str:
        """What the order is, in words; empty for the list's own."""
        if not 0 <= self.column < len(columns):
            return ""
        way = f"falling {DOWN}" if self.falling else f"rising {UP}"
        return f"by {columns[self.column]}, {way}"


def ordered(items: Sequence[Item], order: Order) -> Sequence[Item]:
    """The rows in an order. Rows that are alike in the column keep theirs; what is not recorded stands last."""
    column = order.column
    if column < 0 or any(column >= len(item.cells) for item in items):
        return items
    there = [item for item in items if item.cells[column] not in _MISSING]
    missing = [item for item in items if item.cells[column] in _MISSING]
    # `reverse` keeps the order of what is alike, too.
    return [*sorted(there, key=lambda item: _rank(item.cells[column]), reverse=order.falling), *missing]


def arranged(found: Browse, order: Order) -> Browse:
    """A list with its rows in an order. Many rows take a while: call it off the event loop."""
    return found if order.column < 0 else replace(found, items=tuple(ordered(found.items, order)))


@lru_cache(maxsize=1 << 16)
def _rank(cell: str) -> tuple[int, tuple[object, ...]]:
    """What a cell sorts by; the number in front keeps apart what cannot be compared."""
    if cell[:1].isdigit() and (day := _SHORT_DAY.fullmatch(cell)):
        try:
            read = dt.datetime.strptime(cell, "%d %b %Y %H:%M" if day[1] else "%d %b %Y").replace(tzinfo=dt.UTC)
        except ValueError:  # a name that only looks like a date
            return 2, (cell,)
        return 0, (read.timestamp(),)
    word = cell.split(",")[0]
    if word in SEVERITIES:
        return 1, (SEVERITIES.index(word), cell)
    parts = _NUMBERS.split(fold(cell))
    # Every second part is a number, so that texts meet texts and numbers numbers.
    return 2, tuple(int(part) if place % 2 else part for place, part in enumerate(parts))
