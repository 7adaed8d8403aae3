"""Published lists of vendors: CSV of any sort, Markdown, HTML and workbooks, as others write them, into one shape.

What is not understood is kept as text and told; nothing is guessed and nothing dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from ropa.exchange.markdown_table import LIST_HEADINGS
from ropa.exchange.place_text import read_places
from ropa.exchange.vendor_headings import columns_of, recognised
from ropa.exchange.vendor_row import FORMERLY, LONGEST_NAME, ListedVendor, listed_vendor
from ropa.exchange.vendor_table import LONGEST_PREAMBLE, Cell, Row, Table, decoded, read_delimited
from ropa.records.errors import InputError, Problem

LARGEST = 5_000_000
"""Bytes of a list; a larger file is something else."""
DELIMITED = (".csv", ".tsv", ".txt")
MARKDOWN = (".md", ".markdown")
HTML = (".html", ".htm")
WORKBOOKS = (".xlsx", ".ods")
SUFFIXES = (*DELIMITED, *MARKDOWN, *HTML, *WORKBOOKS)

_ANOTHER_TIME = frozenset(
    [
        "former",
        "formerly",
        "previous",
        "past",
        "removed",
        "history",
        "upcoming",
        "planned",
        "future",
        "change",
        "changes",
    ]
)
_TOTAL = re.compile(r"(?:sub-?|grand )?total\b[^a-z]*", re.IGNORECASE)
_GROUP = re.compile(
    r".{1,60}:|(?:our |third[- ]party |infrastructure |other |group )*(?:sub-?processors|affiliates|infrastructure)",
    re.IGNORECASE,
)
"""What stands alone in a row as a title of others."""


@dataclass(frozen=True, slots=True)
class VendorList:
    """A list as it was read. `remarks` say what in the file was not understood, one line each."""

    file: str
    vendors: tuple[ListedVendor, ...]
    remarks: tuple[str, ...] = ()


def read_vendor_list(content: bytes, name: str) -> VendorList:
    """The vendors of a CSV, Markdown or HTML file, or of a workbook. Messages call it `name`, whose suffix says which.

    Raises InputError naming the file and line where it is too large, no text, no table, has no column of names, or
    has a row without one.
    """
    if len(content) > LARGEST:
        raise InputError([Problem(f"it is larger than {LARGEST // 1_000_000} MB; this is not a list of vendors", name)])
    suffix = PurePath(name).suffix.lower()
    if suffix in WORKBOOKS:
        tables, remarks = _of_workbook(content, name)
    elif suffix in (*MARKDOWN, *HTML):
        tables, remarks = _of_page(decoded(content, name), name, suffix)
    else:
        tables, remarks = [read_delimited(decoded(content, name), name, recognised)], []
    tables = [_below_titles(table) for table in tables]
    used = [table for table in tables if recognised(table.headings)]
    if not used:
        raise InputError([_no_names(tables, name)])
    present = [table for table in used if not _of_another_time(table.section)]
    for table in used if present else ():
        if table not in present:
            words = "is about another time than now"
            remarks.append(f"the table on line {table.line} was not read, for its section {table.section!r} {words}")
    used, tables = present or used, [table for table in tables if not present or not _of_another_time(table.section)]
    for table in tables:
        if table not in used:
            remarks.append(
                f"the table on line {table.line} was not read, for no column is one of names: {_quoted(table)}"
            )
    problems: list[Problem] = []
    vendors: list[ListedVendor] = []
    for table in used:
        columns = columns_of(table.headings)
        left = [heading for index, heading in enumerate(table.headings) if index not in columns and heading]
        if left:
            remarks.append(f"columns kept as they are and not compared: {', '.join(map(repr, left))}")
        group = table.section
        for row in table.rows:
            if _is_total(row):
                remarks.append(f"row {row.line} was not read: it counts the others")
                continue
            if table.headings != LIST_HEADINGS and (title := _title(row, len(columns))):
                group = title
                remarks.append(f"row {row.line} was taken for a title of the rows below it: {title[:80]!r}")
                continue
            if group != table.section and _of_another_time(group):
                remarks.append(f"row {row.line} was not read: {group[:80]!r} above it is about another time than now")
                continue
            try:
                vendors.append(listed_vendor(table, columns, row, group))
            except ValueError as error:
                problems.append(Problem(str(error), name, row.line))
    if problems:
        raise InputError(problems)
    return VendorList(name, tuple(vendors), tuple(dict.fromkeys(remarks)))


def _of_workbook(content: bytes, name: str) -> tuple[list[Table], list[str]]:
    """The sheets of a workbook, each from the row whose headings mean most."""
    from ropa.exchange.sheet_read import read_sheets

    tables: list[Table] = []
    remarks: list[str] = []
    for grid in read_sheets(content, name):
        rows = [
            Row(
                row.number,
                tuple(
                    Cell(row.cells[at].text, row.cells[at].link) if at in row.cells else Cell("")
                    for at in range(1, max(row.cells) + 1)
                ),
                whole=row.title,
            )
            for row in grid.rows
        ]
        if not rows:
            continue
        scores = [recognised([cell.text for cell in row.cells]) for row in rows[:LONGEST_PREAMBLE]]
        best = scores.index(max(scores))
        head = tuple(cell.text for cell in rows[best].cells)
        tables.append(Table(head, rows[best].line, tuple(rows[best + 1 :]), grid.sheet))
        remarks += [f"{grid.sheet}: {each}" for each in grid.remarks]
    if not tables:
        raise InputError([Problem("it is empty", name)])
    return tables, remarks


def _of_page(text: str, name: str, suffix: str) -> tuple[list[Table], list[str]]:
    """The tables of a page, and its lists that stand under the name of a place."""
    if suffix in HTML:
        from ropa.exchange.html_table import read_html as read
    else:
        from ropa.exchange.markdown_table import read_markdown as read

    tables, lists = read(text)
    remarks: list[str] = []
    for each in lists:
        if read_places(each.section)[0]:
            tables.append(each)
        else:
            where = f"under {each.section!r}" if each.section else "above every heading"
            remarks.append(f"the list on line {each.line} was not read, for it stands {where}, which names no country")
    if not tables:
        words = "there is no table in it, and no list under a heading that names a country"
        raise InputError([Problem(words, name)])
    return tables, remarks


def _no_names(tables: Sequence[Table], name: str) -> Problem:
    found = "; ".join(_quoted(table) for table in tables)
    words = f"no column is one of names (Name, Company, Vendor, Subprocessor ...); the headings are: {found}"
    return Problem(words, name, tables[0].line)


def _below_titles(table: Table) -> Table:
    """The table from the row of headings that says most: one may stand below a title, or below another one."""
    for index, row in enumerate(table.rows[:2]):
        below = tuple(cell.text for cell in row.cells)
        if recognised(below) > max(1, recognised(table.headings)):
            return replace(table, headings=below, line=row.line, rows=table.rows[index + 1 :])
    return table


def _title(row: Row, width: int) -> str:
    """The words of a row that is a title of those below it, rather than a vendor."""
    texts = list(dict.fromkeys(cell.text for cell in row.cells if cell.text))
    if len(texts) != 1 or not row.cells[0].text or len(texts[0]) > LONGEST_NAME:
        return ""
    if row.whole:
        return texts[0]
    countries, unread = read_places(texts[0])
    if FORMERLY.search(texts[0]):
        return ""
    looks = (countries and not unread) or _of_another_time(texts[0]) or _GROUP.fullmatch(texts[0])
    return texts[0] if looks and width > 1 else ""


def _of_another_time(section: str) -> bool:
    """Whether a heading is one such as `Upcoming changes` or `Former subprocessors`."""
    return not _ANOTHER_TIME.isdisjoint(re.findall(r"\w+", section.casefold()))


def _quoted(table: Table) -> str:
    return ", ".join(repr(each[:60]) for each in table.headings[:20])


def _is_total(row: Row) -> bool:
    texts = [cell.text for cell in row.cells if cell.text]
    return len(texts) == 1 and _TOTAL.fullmatch(texts[0]) is not None
