"""OpenDocument spreadsheets as grids, read from their one part that holds tables.

No library for them is maintained well enough to be handed other people's files; the format asks for little.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from ropa.exchange.sheet_grid import Grid, GridCell, GridRow, is_empty, readable, spread
from ropa.exchange.sheet_limits import (
    DEEPEST,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    feed,
    opened,
    parser_of,
    refuse,
)

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_LAST_ROW = 1_048_576
_LONGEST_SPACES = 1_000
_SHORT = {
    f"{_SPACE}table:1.0": "table",
    f"{_SPACE}text:1.0": "text",
    f"{_SPACE}office:1.0": "office",
    f"{_SPACE}style:1.0": "style",
    "http://www.w3.org/1999/xlink": "xlink",
}


@dataclass
class _Cell:
    """A cell while it is read."""

    given: Mapping[str, str]
    covered: bool
    texts: list[str] = field(default_factory=list)
    link: str = ""


@dataclass
class _Table:
    """A sheet while it is read. `row` and `column` are the last ones that were begun."""

    name: str
    style: str
    rows: list[GridRow] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    row: int = 0
    columns: int = 0
    column: int = 0
    repeat: int = 1
    hidden: bool = False
    cells: dict[int, GridCell] = field(default_factory=dict)
    spans: list[tuple[int, int, int]] = field(default_factory=list)


def read_ods(content: bytes, name: str) -> list[Grid]:
    """Every sheet of a file, hidden ones too. `name` is what messages call the file.

    Raises InputError where it is damaged, has a password, or holds more than a table may.
    """
    archive = opened(content, name)
    parts = archive.namelist()
    if "META-INF/manifest.xml" in parts and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        refuse(name, "it is protected with a password; save it without one")
    if "content.xml" not in parts:
        refuse(name, "it is no OpenDocument spreadsheet: it has no content")
    reading = _Reading(name)
    parser = parser_of(name)
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.text
    feed(archive, "content.xml", parser, name)
    notes = [f"{reading.comments} comments beside cells; comments are not read"] if reading.comments else []
    if any(part.startswith(("Basic/", "Scripts/")) for part in parts):
        notes.append("it holds macros; they were not run and not read")
    return [
        Grid(
            file=name,
            sheet=each.name,
            rows=tuple(spread(each.rows, each.merged, name, each.name)),
            hidden=each.style in reading.hidden_styles,
            hidden_columns=frozenset(each.hidden_columns),
            remarks=tuple(notes),
        )
        for each in reading.tables
    ]


class _Reading:
    """The state of a walk through the elements of the content."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tables: list[_Table] = []
        self.hidden_styles: set[str] = set()
        self.comments = 0
        self._open: list[_Table] = []
        self._style = ""
        self._cell: _Cell | None = None
        self._aside = 0
        self._paragraphs = 0
        self._depth = 0
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            refuse(self.name, f"its elements stand more than {DEEPEST} deep inside each other; it is not read")
        if self._aside:
            self._aside += 1
            return
        given = {_short(key): value for key, value in attributes.items()}
        match _short(tag):
            case "style:style":
                self._style = given.get("style:name", "")
            case "style:table-properties" if given.get("table:display") == "false":
                self.hidden_styles.add(self._style)
            case "office:annotation":
                self.comments += 1
                self._aside = 1
            case "table:table":
                self._open.append(_Table(given.get("table:name", ""), given.get("table:style-name", "")))
                if len(self._open) == 1:  # a table inside a cell is not one of the file's sheets
                    self.tables.append(self._open[0])
            case "table:table-column" if self._open:
                self._columns(self._open[-1], given)
            case "table:table-row" if self._open:
                table = self._open[-1]
                table.row += 1
                table.column, table.cells, table.spans = 0, {}, []
                table.repeat = self._repeat(given.get("table:number-rows-repeated"), _LAST_ROW)
                table.hidden = given.get("table:visibility", "visible") != "visible"
            case "table:table-cell" | "table:covered-table-cell" as sort if self._open:
                self._cell = _Cell(given, covered=sort != "table:table-cell")
                self._paragraphs = 0
            case "text:p" | "text:h" if self._cell is not None:
                self._cell.texts += ["\n"] if self._paragraphs else []
                self._paragraphs += 1
            case "text:line-break" if self._cell is not None:
                self._cell.texts.append("\n")
            case "text:tab" if self._cell is not None:
                self._cell.texts.append(" ")
            case "text:s" if self._cell is not None:
                self._cell.texts.append(" " * self._repeat(given.get("text:c"), _LONGEST_SPACES))
            case "text:a" if self._cell is not None:
                self._cell.link = self._cell.link or given.get("xlink:href", "")

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._aside:
            self._aside -= 1
            return
        match _short(tag):
            case "table:table" if self._open:
                self._open.pop()
            case "table:table-cell" | "table:covered-table-cell" if self._open and self._cell is not None:
                self._end_cell(self._open[-1], self._cell)
                self._cell = None
            case "table:table-row" if self._open:
                self._end_row(self._open[-1])

    def text(self, data: str) -> None:
        if self._cell is not None and not self._aside and self._paragraphs:
            self._cell.texts.append(data)

    def _repeat(self, text: str | None, most: int) -> int:
        if text is None:
            return 1
        if not (text.isascii() and text.isdigit() and len(text) < len(str(_LAST_ROW * 100))):
            refuse(self.name, f"something is repeated {text[:20]!r} times, which no sheet has")
        return max(1, min(int(text), most))

    def _columns(self, table: _Table, given: Mapping[str, str]) -> None:
        count = self._repeat(given.get("table:number-columns-repeated"), _LAST_ROW)
        if given.get("table:visibility", "visible") != "visible":
            table.hidden_columns |= set(range(table.columns + 1, min(table.columns + count, MOST_COLUMNS) + 1))
        table.columns += count

    def _end_cell(self, table: _Table, cell: _Cell) -> None:
        first = table.column + 1
        count = self._repeat(cell.given.get("table:number-columns-repeated"), _LAST_ROW)
        table.column += count
        found = _value(cell)
        if found is None or cell.covered:  # what lies under a merged cell is not shown, and not its value
            return
        if table.column > MOST_COLUMNS:
            refuse(self.name, f"a cell stands in column {table.column:,}; more than {MOST_COLUMNS:,} are not read")
        self._counted(count)
        table.cells |= dict.fromkeys(range(first, first + count), found)
        rows = self._repeat(cell.given.get("table:number-rows-spanned"), _LAST_ROW)
        if rows > 1:
            table.spans.append(
                (first, rows, self._repeat(cell.given.get("table:number-columns-spanned"), MOST_COLUMNS))
            )

    def _end_row(self, table: _Table) -> None:
        if table.cells:
            if len(table.rows) + table.repeat > MOST_ROWS:
                refuse(self.name, f"sheet {table.name!r} has more than {MOST_ROWS:,} rows")
            self._counted((table.repeat - 1) * len(table.cells))
            for number in range(table.row, table.row + table.repeat):
                table.rows.append(GridRow(number, table.cells, table.hidden))
            table.merged += [
                (table.row, first, table.row + rows - 1, first + columns - 1) for first, rows, columns in table.spans
            ]
        table.row += table.repeat - 1
        if table.row > 100 * _LAST_ROW:
            refuse(self.name, f"it speaks of a row {table.row}, which no sheet has")

    def _counted(self, cells: int) -> None:
        self._count += cells
        if self._count > MOST_CELLS:
            refuse(self.name, f"it has more than {MOST_CELLS:,} cells")


def _short(tag: str) -> str:
    space, _, name = tag.rpartition(" ")
    return f"{_SHORT[space]}:{name}" if space in _SHORT else name


def _value(cell: _Cell) -> GridCell | None:
    """What a cell says; None where it is empty."""
    given = cell.given
    text = readable("".join(cell.texts))
    day = None
    match given.get("office:value-type", ""):
        case "date":
            with suppress(ValueError):
                day = dt.date.fromisoformat(given.get("office:date-value", "")[:10])
                text = day.isoformat()
        case "float" | "percentage" | "boolean" if is_empty(text):
            text = readable(given.get("office:value", given.get("office:boolean-value", "")))
    formula = readable(given.get("table:formula", "").removeprefix("of:"))
    if is_empty(text):
        if not formula:
            return None
        text = formula
    return GridCell(text, day, formula, link=readable(cell.link))
