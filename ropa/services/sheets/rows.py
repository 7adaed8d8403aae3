"""The rows of a table into drafts of activities: several rows of one activity are one, and no cell is passed over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from ropa.exchange.sheet_grid import Grid, GridRow, address, letters
from ropa.services.sheets.cells import Cells, in_order
from ropa.services.sheets.draft import Draft, Spot, Told
from ropa.services.sheets.fields import NOTE
from ropa.services.sheets.mapping import Column, SheetMapping, words_of

_IDENTITY = (("activity.name",), ("activity.business_function", "activity.purposes"), ("activity.processing",))
"""What tells one activity from another, whichever of these a sheet has first."""
_LEGEND = re.compile(
    r"(?:note|notes|key|legend|source|please|guidance|instructions?|example|total|\*|\("
    r"|(?:last |next )?(?:reviewed|updated|checked)\b|(?:prepared|completed|approved) by\b|version\b|do not )",
    re.IGNORECASE,
)
_LONG = 80
_AGAIN = 3


def drafts(
    grid: Grid,
    mapping: SheetMapping,
    cells: Cells,
    told: list[Told],
    problems: list[str],
    come: Callable[[], None],
) -> Iterator[Draft]:
    """The activities of a sheet, each once it is whole. What cannot be recorded goes to `problems` with its cell.

    `come` is called for each row that is come to.
    """
    columns = {each.column: each for each in mapping.columns}
    fields = [each.field for each in mapping.columns]
    identity = next((names for names in _IDENTITY if any(name in fields for name in names)), ())
    last = max(mapping.headings)
    found: dict[tuple[str, ...], Draft] = {}
    current: Draft | None = None
    for row in grid.rows:
        come()
        own = {column: cell for column, cell in row.cells.items() if cell.text}
        if row.number < min(mapping.headings) and mapping.layout:
            continue  # what a known shape holds there is read by itself
        if row.number <= last:
            words = "a heading" if row.number in mapping.headings else "it stands above the headings"
            told += [Told(_spot(grid, row, column, ""), "ignored", words) for column in own]
            continue
        if why := _no_activity(row, columns):
            told += [Told(_spot(grid, row, column, ""), "ignored", why) for column in own]
            continue
        mark = _mark(row, columns, identity)
        if any(mark) or current is None:
            key = mark if any(mark) else (f"row {row.number}",)
            current = found.get(key)
            if current is None:
                current = found[key] = Draft(_source(grid, row), _spot(grid, row, min(own), ""))
        first, current.source = current.source, _source(grid, row)
        _read(grid, row, columns, current, cells, problems)
        current.source = first
    yield from found.values()


def _source(grid: Grid, row: GridRow) -> str:
    where = f"sheet {grid.sheet!r}, " if grid.sheet else ""
    return f"{PurePath(grid.file).name}, {where}row {row.number}"


def _read(
    grid: Grid, row: GridRow, columns: dict[int, Column], draft: Draft, cells: Cells, problems: list[str]
) -> None:
    draft.row_data = ()
    at = list(row.cells)
    given = [columns.get(column) or Column(f"column {letters(column)}", NOTE, column) for column in at]
    for index in in_order([each.field for each in given]):
        column = given[index]
        spot = _spot(grid, row, at[index], column.heading)
        try:
            cells.read(draft, column.field, spot)
            if (top := row.cells[at[index]].beside) and cells.told and cells.told[-1].spot is spot:
                cells.told[-1].words += f", from the merged cell {top}"
        except ValueError as error:
            problems.append(str(grid.problem(f"{column.heading}: {error}", row.number, at[index])))


def _spot(grid: Grid, row: GridRow, column: int, heading: str) -> Spot:
    cell = row.cells[column]
    return Spot(grid.sheet, address(row.number, column), row.number, heading, cell.text, cell.day, cell.link)


def _mark(row: GridRow, columns: dict[int, Column], identity: tuple[str, ...]) -> tuple[str, ...]:
    texts = {
        column.field: " ".join(row.cells[at].text.casefold().split())
        for at, column in columns.items()
        if at in row.cells and column.field in identity
    }
    return tuple(texts.get(name, "") for name in identity) if any(texts.values()) else ()


def _no_activity(row: GridRow, columns: dict[int, Column]) -> str:
    """Why a row is none of the record, where that is clear."""
    again = sum(words_of(cell.text) == words_of(columns[at].heading) for at, cell in row.cells.items() if at in columns)
    if again >= min(_AGAIN, len(columns)) and again == len(row.cells):
        return "the headings once more"
    if row.title and len(columns) > 1:
        return "a title of the rows below it: it is merged across them"
    alone = [cell for cell in row.cells.values() if not cell.beside]
    if len(row.cells) == 1 and len(columns) > _AGAIN:
        text = alone[0].text if alone else ""
        if len(text) > _LONG or text.endswith(":") or _LEGEND.match(text):
            return "a remark or legend: it stands alone in its row"
    return ""
