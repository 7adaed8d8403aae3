"""Workbooks of Excel as grids: values as they were stored, formulas never worked out, macros never looked at."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from ropa.exchange.sheet_grid import Grid, GridCell, GridRow, address, column_number, is_empty, readable, spread
from ropa.exchange.sheet_limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    feed,
    no_entities,
    opened,
    parser_of,
    refuse,
)
from ropa.records.errors import StoreError

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_LAST_ROW = 1_048_576
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DAMAGED = (
    ArithmeticError, AttributeError, AssertionError, LookupError, TypeError, ValueError, OSError, EOFError,
    NotImplementedError, RecursionError, ParseError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl raises for a file that is not as it should be: whatever the first wrong thing runs into."""


@dataclass
class _Facts:
    """What stands in a sheet beside its values."""

    formulas: dict[str, str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    links: dict[str, str] = field(default_factory=dict)


def read_xlsx(content: bytes, name: str) -> list[Grid]:
    """Every sheet of a workbook, hidden ones too. `name` is what messages call the file.

    Raises InputError where it is damaged, has a password, or holds more than a table may, and StoreError where
    openpyxl is not installed.
    """
    archive = opened(content, name)
    no_entities(archive, name)
    parts = archive.namelist()
    notes = []
    if any("vbaproject" in part.lower() for part in parts):
        notes.append("it holds macros; they were not run and not read")
    if comments := sum(bool(re.fullmatch(r"xl/(?:.*/)?(?:threadedC|c)omments?[0-9]*\.xml", part)) for part in parts):
        notes.append(f"{comments} of its sheets have comments beside cells; comments are not read")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that are no values: styles, pictures, extensions
        try:
            book = _load(content)
            try:
                return [_grid(archive, sheet, name, tuple(notes)) for sheet in book.worksheets]
            finally:
                book.close()
        except _DAMAGED:
            refuse(name, "it is damaged, or no workbook that can be read here; save it anew as .xlsx or as .csv")


def _load(content: bytes) -> Workbook:
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise StoreError('reading XLSX needs a further package; install it with: pip install "ropa[xlsx]"') from error
    return load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)


def _grid(archive: zipfile.ZipFile, sheet: Any, name: str, notes: tuple[str, ...]) -> Grid:
    facts = _facts(archive, sheet._worksheet_path.lstrip("/"), name)  # noqa: SLF001 it is told nowhere else
    sheet.reset_dimensions()  # what a file says of its size is not to be relied on
    rows: list[GridRow] = []
    remarks = list(notes)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        found = dict(_cells(number, cells, facts))
        if found:
            rows.append(GridRow(number, found, number in facts.hidden_rows))
        if len(rows) > MOST_ROWS:
            refuse(name, f"sheet {sheet.title!r} has more than {MOST_ROWS:,} rows")
    return Grid(
        file=name,
        sheet=str(sheet.title),
        rows=tuple(spread(rows, facts.merged, name, sheet.title)),
        hidden=sheet.sheet_state != "visible",
        hidden_columns=frozenset(facts.hidden_columns),
        remarks=tuple(remarks),
    )


def _cells(number: int, cells: tuple[Any, ...], facts: _Facts) -> Iterator[tuple[int, GridCell]]:
    for column, cell in enumerate(cells, start=1):
        formula = facts.formulas.get(address(number, column), "") if facts.formulas else ""
        value = cell.value
        if value is None or value == "":
            if formula:  # nobody has stored what it comes to
                yield column, GridCell(readable(formula), formula=readable(formula))
            continue
        day = value.date() if isinstance(value, dt.datetime) else value if isinstance(value, dt.date) else None
        text = value if isinstance(value, str) else _text(value, cell.number_format)
        text = readable(text)
        if not is_empty(text):
            link = facts.links.get(address(number, column), "") if facts.links else ""
            yield column, GridCell(text, day, readable(formula), link=readable(link))


def _text(value: object, form: str | None) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, int | float):
        if form and form.replace("0", "").replace(".", "") == "%":
            return f"{value * 100:.10g}%"
        return f"{value:.15g}"
    return str(value)


def _facts(archive: zipfile.ZipFile, part: str, name: str) -> _Facts:
    """The formulas, merged cells and hidden parts of a sheet; refuses rows and columns that no sheet has."""
    found = _Facts()
    row = column = cells = 0
    here: list[str] | None = None

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal row, column, cells, here
        match tag.rpartition(" ")[2]:
            case "row":
                row, column = _number(given.get("r"), row + 1), 0
                if not 0 < row <= _LAST_ROW:
                    refuse(name, f"it speaks of a row {given.get('r', '')[:20]}, which no sheet has")
                if given.get("hidden") in ("1", "true"):
                    found.hidden_rows.add(row)
            case "c":
                at = _ADDRESS.fullmatch(given.get("r", ""))
                before, column = column, column_number(at[1]) if at else column + 1
                cells += max(column - before, 1)  # what lies between is made as well
                if column > MOST_COLUMNS:
                    refuse(name, f"a cell stands in column {column:,}; more than {MOST_COLUMNS:,} are not read")
                if cells > MOST_CELLS:
                    refuse(name, f"a sheet has more than {MOST_CELLS:,} cells")
            case "f":
                here = []
            case "hyperlink" if link := next((given[each] for each in given if each.endswith(" id")), ""):
                found.links[given.get("ref", "").partition(":")[0]] = link
            case "mergeCell":
                found.merged += _range(given.get("ref", ""))
                if len(found.merged) > MOST_CELLS:
                    refuse(name, "a sheet has too many merged cells")
            case "col" if given.get("hidden") in ("1", "true"):
                first, last = _number(given.get("min"), 1), _number(given.get("max"), 1)
                found.hidden_columns |= set(range(max(first, 1), min(last, MOST_COLUMNS) + 1))

    def end(tag: str) -> None:
        nonlocal here
        if here is not None and tag.rpartition(" ")[2] == "f":
            text = "".join(here)
            found.formulas[address(row, column)] = f"={text}" if text else "= (as a cell beside it)"
            here = None

    def text(data: str) -> None:
        if here is not None:
            here.append(data)

    parser = parser_of(name)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    feed(archive, part, parser, name)
    if found.links:
        targets = _targets(archive, part, name)
        found.links = {at: targets[each] for at, each in found.links.items() if each in targets}
    return found


def _targets(archive: zipfile.ZipFile, part: str, name: str) -> dict[str, str]:
    """Where the links of a sheet lead, by their ids."""
    folder, _, file = part.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    found: dict[str, str] = {}

    def start(_: str, given: dict[str, str]) -> None:
        if given.get("TargetMode") == "External":
            found[given.get("Id", "")] = given.get("Target", "")

    if relations in archive.namelist():
        parser = parser_of(name)
        parser.StartElementHandler = start
        feed(archive, relations, parser, name)
    return found


def _number(text: str | None, default: int) -> int:
    if text is None:
        return default
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(_LAST_ROW * 10)) else 0


def _range(text: str) -> list[tuple[int, int, int, int]]:
    first, _, last = text.partition(":")
    one, two = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last)
    return [(int(one[2]), column_number(one[1]), int(two[2]), column_number(two[1]))] if one and two else []
