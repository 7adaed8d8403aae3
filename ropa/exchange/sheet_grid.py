"""A spreadsheet as rows of texts with addresses, whatever file it came from."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ropa.exchange.sheet_limits import MOST_CELLS
from ropa.records.errors import InputError, Problem

_LETTERS = 26
_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = str.maketrans({"\t": " ", "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\ufeff": None})
_STRANGE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class GridCell:
    """What a cell says. `day` is there where the spreadsheet holds it as a date; `text` is then that day.

    `formula` is the formula whose stored value the text is; `beside` the address of the merged cell whose value
    counts here; `link` the address that it links to.
    """

    text: str
    day: dt.date | None = None
    formula: str = ""
    beside: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """The cells of a row that are not empty, by column from 1. `number` is the row as a spreadsheet counts it.

    `title` where it holds one cell only, merged with those beside it.
    """

    number: int
    cells: Mapping[int, GridCell]
    hidden: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of a file: its rows that are not empty, in order. `remarks` say what was odd about it."""

    file: str
    sheet: str
    rows: tuple[GridRow, ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    remarks: tuple[str, ...] = ()

    def problem(self, message: str, row: int = 0, column: int = 0) -> Problem:
        """A problem with a cell, a row or the whole sheet, with file and place filled in."""
        where = address(row, column) if row and column else f"row {row}" if row else ""
        return Problem(
            message, self.file, field=" ".join(filter(None, (self.sheet and f"sheet {self.sheet!r}", where)))
        )


def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        found = chr(ord("A") + rest) + found
    return found


def column_number(text: str) -> int:
    """The number of a column by its letters; 0 where they are none."""
    number = 0
    for sign in text.upper():
        if not "A" <= sign <= "Z":
            return 0
        number = number * _LETTERS + ord(sign) - ord("A") + 1
    return number


def address(row: int, column: int) -> str:
    """How a spreadsheet calls a cell: C12."""
    return f"{letters(column)}{row}"


def readable(text: str) -> str:
    """A cell's text with plain line ends and spaces; what no record could hold is shown by its number."""
    plain = _BREAKS.sub("\n", text).translate(_SPACES)
    return _STRANGE.sub(lambda found: f"<U+{ord(found[0]):04X}>", plain).strip()


def is_empty(text: str) -> bool:
    """Whether a text has nothing in it that can be seen."""
    return all(sign.isspace() or unicodedata.category(sign) in ("Cf", "Zs") for sign in text)


def spread(
    rows: Iterable[GridRow], merged: Iterable[tuple[int, int, int, int]], file: str, sheet: str
) -> Iterator[GridRow]:
    """The rows, where the value of merged cells stands in each row that they span.

    `merged` are ranges as (first row, first column, last row, last column). A row that holds nothing else stays away.
    Raises InputError where the ranges are too many.
    """
    found = list(rows)
    numbers = [each.number for each in found]
    added: dict[int, dict[int, GridCell]] = {}
    steps = 0
    titles: set[int] = set()
    for top, left, bottom, right in merged:
        first = bisect_left(numbers, top)
        if bottom == top and right > left and first < len(numbers) and numbers[first] == top:
            titles |= {first} if list(found[first].cells) == [left] else set()
        if bottom <= top or first == len(numbers) or numbers[first] != top or left not in found[first].cells:
            continue
        value = replace(found[first].cells[left], beside=address(top, left), formula="")
        last = bisect_right(numbers, bottom)
        steps += last - first
        if steps > MOST_CELLS:
            raise InputError([Problem(f"sheet {sheet!r}: its merged cells overlap too often", file)])
        for index in range(first + 1, last):
            if left not in found[index].cells:
                added.setdefault(index, {})[left] = value
    for index in titles - added.keys():
        found[index] = replace(found[index], title=True)
    for index, row in enumerate(found):
        yield replace(row, cells=dict(sorted({**row.cells, **added[index]}.items()))) if index in added else row
