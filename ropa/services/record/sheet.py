"""The record of Article 30 as tables: for XLSX, ODS and CSV, in plain words or in a regulator's layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ropa.records.activity import ActivityFields
from ropa.records.errors import InputError, Problem
from ropa.reports.article_30 import ActivityEntry, Part, Record, Role
from ropa.reports.article_30_layout import LeftOut
from ropa.reports.csv_text import BYTE_ORDER_MARK, csv_lines, csv_text
from ropa.reports.page import Item, Line
from ropa.reports.sheet import Cell, Sheet, shown
from ropa.rules.dates import long_date
from ropa.services.record.asked import roles_of, running
from ropa.services.record.cnil import form_rows, invented_names
from ropa.services.record.layouts import Layout, Table, tables

if TYPE_CHECKING:
    from ropa.services.workspace import View

_WHOLE = "the JSON form of this record"
_NOTHING = "? no activity is recorded"
_INVENTED = "Invented sample data"


def plain_sheets(record: Record) -> list[Sheet]:
    """A sheet for who keeps the record, and for each of the two records its activities, and whom they are done for."""
    found = [_identity(record)]
    for part in record.parts:
        if part.role == "processor":
            found.append(_controllers(part))
        found.append(_activities(part))
    return found


def _identity(record: Record) -> Sheet:
    rows: list[list[Cell]] = [
        ["Record", record.title], ["As of", long_date(record.on)], ["Bound by", record.regimes],
    ]  # fmt: skip
    for part in record.parts:
        rows += [[f"{part.article} {each.label}", _text(each.items)] for each in part.identity]
        rows += [[f"{part.article} Activities", len(part.activities)], [f"{part.article} ? Not recorded", part.missing]]
    return Sheet("Who keeps it", ("What", "Details"), rows, _WHOLE)


def _controllers(part: Part) -> Sheet:
    lines = part.controllers[0].lines if part.controllers else ()
    headings = ["Controller", *map(_heading, lines)]
    rows = [
        [_name(each.name, invented=each.invented), *(_text(line.items) for line in each.lines)]
        for each in part.controllers
    ]
    return Sheet("On whose behalf", headings, rows or [["? not recorded — Art. 30(2)(a)"]], _WHOLE)


def _activities(part: Part) -> Sheet:
    ids = {line.id: line for each in part.activities for line in _lines(each)}
    rows: list[list[Cell]] = []
    for each in part.activities:
        for own in _by_controller(each):
            texts = [_text(own[id_].items) or None if id_ in own else None for id_ in ids]
            rows.append([_name(each.name, invented=each.invented), each.role, *texts, each.source or None])
    columns = ["Activity", "Role", *(_heading(each) for each in ids.values()), "Source"]
    empty: list[list[Cell]] = [[f"? no activity is recorded — {part.article}", *[None] * (len(columns) - 1)]]
    return Sheet(part.title, columns, rows or empty, _WHOLE)


def _by_controller(entry: ActivityEntry) -> Iterator[dict[str, Line]]:
    """The lines of an activity by id; of a processor's, once for each controller on whose behalf."""
    own = {line.id: line for line in _lines(entry)}
    if not entry.by_controller:
        yield own
    for lines in entry.by_controller:
        yield own | {line.id: line for line in lines}


def _lines(entry: ActivityEntry) -> Iterable[Line]:
    return (*entry.required, *entry.asked, *entry.further)


def _heading(line: Line) -> str:
    return f"{line.label} ({line.article})" if line.article else line.label


def _name(name: str, *, invented: bool) -> str:
    return f"{name}\n({_INVENTED.lower()})" if invented else name


def _text(items: Iterable[Item]) -> str:
    """Each item on a line of its own, its sign before it."""
    found = []
    for each in items:
        words = f"“{each.text}”" if each.quoted else each.text
        words = f"{words} ({_INVENTED.lower()})" if each.invented else words
        found.append(" ".join(f"{each.mark} {words}".split()))
    return "\n".join(found)


def layout_sheets(view: View, layout: Layout, role: Role | None, left_out: tuple[LeftOut, ...]) -> list[Sheet]:
    """The sheets of a regulator's layout, and one for what it has no column for."""
    if layout == "cnil":
        asked = [each for one in roles_of(view, role) for each in running(view, one)]
        found = [Sheet(each.name, (), (), _WHOLE, tuple(_form(view, each))) for each in asked]
        found = found or [Sheet("Nothing", (), (), _WHOLE, ((_NOTHING,),))]
    else:
        found = [_table(view, each, layout) for each in tables(view, layout, role)]
    rows = [(each.title, "\n".join(each.records)) for each in left_out]
    return [*found, Sheet("Not in this layout", ("Field", "Recorded for"), rows, _WHOLE)] if rows else found


def _form(view: View, activity: ActivityFields) -> Iterator[tuple[Cell, ...]]:
    """The rows of a form, under a line that names what in it is sample data."""
    if names := invented_names(view, activity):
        yield (f"{_INVENTED}: {'; '.join(names)}",)
    yield from form_rows(view, activity)


def _table(view: View, table: Table, layout: Layout) -> Sheet:
    rows = [[each.text or None for each in row.values] for row in table.rows]
    empty: list[list[Cell]] = [[_NOTHING, *[None] * (len(table.headings) - 1)]]
    if layout == "ico":
        return Sheet(table.title, table.headings, rows, _WHOLE, tuple(_above(view, table)))
    names = _invented(view, table)
    return Sheet(table.title, table.headings, rows or empty, _WHOLE, ((names,),) if names else ())


def _above(view: View, table: Table) -> Iterator[tuple[Cell, ...]]:
    """Rows 1 to 6: the controller, the officer and the representative side by side; then what else must be said."""
    yield (f"Record of processing activities, as of {long_date(view.on)}",)
    titles = [(title, None) for title, _ in table.head]
    yield tuple(cell for pair in titles for cell in pair)
    for row in zip(*(block for _, block in table.head), strict=True):
        yield tuple(cell for label, value in row for cell in (label, value.text or None))
    names = _invented(view, table)
    yield (names,) if names else ()
    yield () if table.rows else (_NOTHING,)


def _invented(view: View, table: Table) -> str:
    """The words that name what in a table is sample data; empty where nothing is."""
    found = dict.fromkeys(name for row in table.rows for name in invented_names(view, row.activity))
    return f"{_INVENTED}: {'; '.join(found)}" if found else ""


def as_csv(sheets: list[Sheet]) -> str:
    """One table as CSV. Raises InputError where there are several, since a CSV file holds one."""
    found = [each for each in sheets if each.title not in ("Who keeps it", "On whose behalf", "Not in this layout")]
    if len(found) > 1 and all(each.columns for each in found):
        raise InputError(
            [Problem("a CSV file holds one table, and these are two: say --role controller or --role processor")]
        )
    if len(found) > 1:
        raise InputError(
            [Problem("this layout has a sheet for each activity; a CSV file holds one: write .xlsx or .ods")]
        )
    rows = [row for each in found for row in (*each.above, *([each.columns] if each.columns else ()), *each.rows)]
    texts = [["" if cell is None else shown(str(cell)) for cell in row] for row in rows]
    return BYTE_ORDER_MARK + csv_text(texts, csv_lines)
