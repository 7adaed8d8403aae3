"""Spreadsheets as other people save them (XLSX, ODS, CSV), each sheet as a grid of texts with addresses."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from pathlib import PurePath

from ropa.exchange.ods_read import read_ods
from ropa.exchange.sheet_grid import Grid, GridCell, GridRow, address, is_empty, letters, readable
from ropa.exchange.sheet_limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, refuse, sized
from ropa.exchange.vendor_table import DELIMITERS, decoded
from ropa.exchange.xlsx_read import read_xlsx
from ropa.records.errors import InputError, Problem

EXCEL = (".xlsx", ".xlsm", ".xltx", ".xltm")
ODS = (".ods", ".ots")
TEXT = (".csv", ".tsv", ".txt")
SUFFIXES = (*EXCEL, *ODS, *TEXT)
_LOOKED_AT = 200
"""Rows by which the separator of a text file is told."""
_SAYS_ITS_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_SHOWN = 8


def read_sheets(content: bytes, name: str) -> list[Grid]:
    """Every sheet of a file; one of text has one. `name` is what messages call it; its suffix says what it is.

    What is odd is told by each sheet's remarks: hidden parts (they are read), formulas (their stored value is read,
    or their text where there is none), merged cells (their value counts in each row), macros and comments (not read).

    Raises InputError naming the file where it cannot be read, and StoreError where a package is missing.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in EXCEL:
        grids = read_xlsx(content, name)
    elif suffix in ODS:
        grids = read_ods(content, name)
    elif suffix in TEXT:
        grids = [_of_text(content, name)]
    else:
        refuse(name, f"what it is cannot be told from its name; it should end with one of {', '.join(SUFFIXES)}")
    return [replace(each, remarks=(*each.remarks, *_remarks(each))) for each in grids]


def _remarks(grid: Grid) -> list[str]:
    found = []
    if grid.hidden:
        found.append("the sheet is hidden; it was read all the same")
    if rows := [each.number for each in grid.rows if each.hidden]:
        found.append(f"hidden rows were read: {_some([str(each) for each in rows])}")
    used = {column for row in grid.rows for column in row.cells}
    if columns := sorted(used & grid.hidden_columns):
        found.append(f"hidden columns were read: {_some([letters(each) for each in columns])}")
    stored: list[str] = []
    plain: list[str] = []
    strange: list[str] = []
    spread: dict[str, None] = {}
    for row in grid.rows:
        for column, cell in row.cells.items():
            if cell.formula:
                (plain if cell.text == cell.formula else stored).append(address(row.number, column))
            if cell.beside:
                spread[cell.beside] = None
            if "<U+" in cell.text and not cell.beside:
                strange.append(address(row.number, column))
    if stored:
        found.append(f"of formulas the stored value was read: {_some(stored)}")
    if plain:
        found.append(f"formulas without a stored value were read as text: {_some(plain)}")
    if spread:
        found.append(f"the value of merged cells counts in each of their rows: {_some(list(spread))}")
    if strange:
        found.append(f"signs that no text has are shown by their number: {_some(strange)}")
    return found


def _some(places: list[str]) -> str:
    more = len(places) - _SHOWN
    return ", ".join(places[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _of_text(content: bytes, name: str) -> Grid:
    sized(content, name)
    text = decoded(content, name)
    if said := _SAYS_ITS_SEPARATOR.match(text):
        return _rows(text[said.end() :], name, said[1], first=2)
    return _rows(text, name, _separator(text))


def _separator(text: str) -> str:
    """The sign by which most rows fall into the same number of cells, the more of them the better."""
    best, chosen = 0, DELIMITERS[0]
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for count, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
                if count >= _LOOKED_AT:
                    break
                if any(value.strip() for value in values):
                    widths[len(values)] += 1
        except csv.Error:
            continue
        score = max((number * (width - 1) for width, number in widths.items()), default=0)
        if score > best:
            best, chosen = score, delimiter
    return chosen


def _rows(text: str, name: str, delimiter: str, first: int = 1) -> Grid:
    rows: list[GridRow] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, values in enumerate(reader, start=first):
            found = {}
            for column, value in enumerate(values, start=1):
                if not is_empty(plain := readable(value)):
                    found[column] = GridCell(plain)
            if len(values) > MOST_COLUMNS and found and max(found) > MOST_COLUMNS:
                raise InputError([Problem(f"it has more than {MOST_COLUMNS:,} columns", name, reader.line_num)])
            cells += len(found)
            if found:
                rows.append(GridRow(number, found))
            if len(rows) > MOST_ROWS or cells > MOST_CELLS:
                refuse(name, f"it has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells")
    except csv.Error as error:
        words = f"it cannot be read as a table: {error}; is a quotation mark missing?"
        raise InputError([Problem(words, name, reader.line_num)]) from error
    return Grid(name, "", tuple(rows))
