"""The one way from a report to a spreadsheet: every cell has its type, and no text is ever a formula or a link.

Text comes from other companies' documents. It is written as text whatever it looks like; what a program would obey
or could not hold is shown, and what is cut says so.
"""

from __future__ import annotations

import datetime as dt
import importlib
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from ropa.records.errors import StoreError
from ropa.reports.text import visible

Cell = str | int | float | dt.date | None

LONGEST_TEXT = 32_767  # of a cell, in UTF-16 units
LONGEST_TITLE = 31
MOST_ROWS = 1_048_576
_WIDEST = 60  # of a column, in characters
_NARROWEST = 8
_FIRST_DAY = dt.date(1900, 3, 1)  # before it, programs disagree about which day a number is
_EXACT = 2**53  # whole numbers above it are rounded by every spreadsheet
_MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # a fixed date, so that the same content is the same file
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a heading row and rows of cells, each as long as `columns`; None is an empty cell.

    `whole` says where a text is in full that is too long for a cell. `above` are rows over the heading row, each of
    any length. A sheet without `columns` is a form: `above` alone.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    whole: str = "the register"
    above: Sequence[Sequence[Cell]] = ()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file with these sheets; the same sheets give the same bytes.

    Raises StoreError where xlsxwriter is not installed and for more rows than a sheet can hold, ValueError for a row
    of another length than the heading and for no sheet at all.
    """
    if not sheets:
        raise ValueError("a workbook needs at least one sheet")
    target = io.BytesIO()
    book = _xlsxwriter().Workbook(target, _OPTIONS)
    book.set_properties({"created": _MADE})
    wrapped = {"text_wrap": True, "valign": "top"}
    text = book.add_format(wrapped)
    date = book.add_format({**wrapped, "num_format": "d mmm yyyy", "align": "left"})
    head = book.add_format({**wrapped, "bold": True, "bg_color": "#F3F5F7", "bottom": 1})
    for sheet, title in zip(sheets, titles(each.title for each in sheets), strict=True):
        _fill(book.add_worksheet(title), sheet, head, text, date)
    book.close()
    return target.getvalue()


def _xlsxwriter() -> ModuleType:
    try:
        return importlib.import_module("xlsxwriter")  # it comes without types
    except ImportError as error:
        raise StoreError('XLSX needs a further package; install it with: pip install "ropa[xlsx]"') from error


def _fill(target: Any, sheet: Sheet, head: Any, text: Any, date: Any) -> None:
    check(sheet)
    first = len(sheet.above)
    for row, cells in enumerate([*sheet.above, *([sheet.columns] if sheet.columns else []), *sheet.rows]):
        for column, cell in enumerate(cells):
            value = held(cell, sheet.whole)
            if isinstance(value, str):
                # Never `write`, which looks at a text and decides what it might mean.
                target.write_string(row, column, value, head if row == first and sheet.columns else text)
            elif isinstance(value, dt.date):
                target.write_datetime(row, column, value, date)
            elif value is not None:
                target.write_number(row, column, value, text)
    for column, width in enumerate(widths(sheet)):
        target.set_column(column, column, width)
    target.set_landscape()
    target.fit_to_pages(1, 0)
    if sheet.columns:
        target.freeze_panes(first + 1, 1)
        target.autofilter(first, 0, first + len(sheet.rows), len(sheet.columns) - 1)
        target.repeat_rows(first)


def check(sheet: Sheet) -> None:
    """Raise StoreError for more rows than a sheet can hold, ValueError for a row of another length than the heading."""
    count = len(sheet.above) + len(sheet.rows)
    if count >= MOST_ROWS:
        raise StoreError(f"{sheet.title}: a spreadsheet holds {MOST_ROWS - 1:,} rows, and this has {count:,}")
    for row, cells in enumerate(sheet.rows, start=1):
        if len(cells) != len(sheet.columns):
            raise ValueError(f"{sheet.title}: row {row} has {len(cells)} cells for {len(sheet.columns)} columns")


def widths(sheet: Sheet) -> list[int]:
    """How wide each column is, in characters. What stands above the headings widens none of a table."""
    rows = [sheet.columns, *sheet.rows] if sheet.columns else sheet.above
    found = [_NARROWEST] * max(map(len, rows), default=0)
    for cells in rows:
        for column, cell in enumerate(cells):
            found[column] = max(found[column], _width(held(cell, sheet.whole)))
    return [min(each, _WIDEST) + 2 for each in found]


def held(cell: Cell, whole: str) -> Cell:
    """The cell as a spreadsheet can hold it: what it cannot hold as a number or a date stays right as text."""
    if isinstance(cell, bool) or (isinstance(cell, dt.date) and (isinstance(cell, dt.datetime) or cell < _FIRST_DAY)):
        return str(cell)
    if isinstance(cell, int) and abs(cell) > _EXACT:
        return _fitting(str(cell), whole)
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    return _fitting(shown(cell), whole) if isinstance(cell, str) else cell


def shown(text: str) -> str:
    """A text for a cell: line ends stay, and every other control or direction mark is shown by its number."""
    return "\n".join(visible(line) for line in re.split(r"\r\n|\r|\n", text))


def _fitting(text: str, whole: str) -> str:
    """The text, or as much of it as a cell holds, with words that say so."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    note = f"… [cut: {len(units) // 2:,} characters are more than a cell holds; the whole text is in {shown(whole)}]"
    kept = LONGEST_TEXT - len(note.encode("utf-16-le")) // 2
    return units[: 2 * kept].decode("utf-16-le", "ignore") + note  # half a pair at the end is left out


def _width(value: Cell) -> int:
    if isinstance(value, dt.date):
        return len("21 Nov 2026")
    return max(len(line) for line in str("" if value is None else value).split("\n"))


def titles(given: Iterable[str]) -> Iterator[str]:
    """Titles that every spreadsheet accepts, each another one: without []:*?/\\, 31 characters, no outer apostrophe."""
    used: set[str] = {"history"}  # a title that Excel keeps for itself
    for title in given:
        plain = _trimmed(re.sub(r"[\[\]:*?/\\]", "-", visible(title)), LONGEST_TITLE) or "Sheet"
        found, number = plain, 1
        while found.casefold() in used:
            number += 1
            found = f"{_trimmed(plain, LONGEST_TITLE - len(f' ({number})'))} ({number})"
        used.add(found.casefold())
        yield found


def _trimmed(title: str, longest: int) -> str:
    cut = title.strip(" '").encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore")
    return cut.strip(" '")
