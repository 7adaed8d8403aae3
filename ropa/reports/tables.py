"""Reports that are tables under headings: one shape, and every format drawn from it.

A report has one row of columns for all of its sections, so that it is one table in a spreadsheet too. Cells hold
items in words; what is not recorded says so, and carries its sign.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from ropa.reports.csv_text import BYTE_ORDER_MARK, csv_text
from ropa.reports.ods import spreadsheet
from ropa.reports.page import WORDS, Item
from ropa.reports.pdf import pdf
from ropa.reports.sheet import Cell, Sheet, workbook
from ropa.reports.text import render
from ropa.rules.dates import long_date

TablesFormat = Literal["md", "html", "csv", "json", "xlsx", "ods", "pdf"]
Items = tuple[Item, ...]
Row = tuple[Items, ...]

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, its heading, and its share of a printed page."""

    id: str
    title: str
    width: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: what it is about, remarks on all of it, and rows with a cell for each column."""

    title: str
    rows: tuple[Row, ...] = ()
    remarks: Items = ()
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """One report on one organisation on one date.

    `law` says what asks for it, `unit` what a section is about: Vendor. The first cell of a row names the row.
    """

    id: str
    title: str
    law: str
    organisation: str
    on: dt.date
    unit: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    remarks: Items = ()

    @property
    def items(self) -> Iterator[Item]:
        """Every item of it."""
        yield from self.remarks
        for section in self.sections:
            yield from section.remarks
            for row in section.rows:
                for cell in row:
                    yield from cell

    @property
    def invented(self) -> bool:
        """Whether any of it is sample data that no source states."""
        return any(each.invented for each in self.sections) or any(each.invented for each in self.items)


def document(report: Report, fmt: TablesFormat) -> bytes:
    """The report as the content of a file. Raises StoreError where the format needs a library that is missing."""
    match fmt:
        case "md" | "html":
            text = render("tables", fmt, page=report, date=long_date(report.on), words=WORDS)
        case "csv":
            text = BYTE_ORDER_MARK + csv_text(_lines(report))
        case "json":
            text = json.dumps(plain(report), indent=2, ensure_ascii=False) + "\n"
        case "xlsx":
            return workbook(_sheets(report))
        case "ods":
            return spreadsheet(_sheets(report))
        case "pdf":
            return _pdf(report)
    return text.encode("utf-8")


def plain(report: Report) -> dict[str, Any]:
    """The report as plain values; an item names only what it has beside its text."""
    return {
        "format": FORMAT,
        "report": report.id,
        "title": report.title,
        "law": report.law,
        "organisation": report.organisation,
        "on": report.on.isoformat(),
        "remarks": list(map(_plain_item, report.remarks)),
        "columns": [{"id": each.id, "title": each.title} for each in report.columns],
        "sections": [
            {
                "title": section.title,
                "invented": section.invented,
                "remarks": list(map(_plain_item, section.remarks)),
                "rows": [
                    {column.id: list(map(_plain_item, cell)) for column, cell in zip(report.columns, row, strict=True)}
                    for row in section.rows
                ],
            }
            for section in report.sections
        ],
    }


def _plain_item(item: Item) -> dict[str, Any]:
    beside = {"mark": item.mark, "source": item.source, "quoted": item.quoted, "invented": item.invented}
    return {"text": item.text, **{name: value for name, value in beside.items() if value}}


def item_text(item: Item) -> str:
    """An item as one text, for a cell that knows neither colour nor style: sign, words, what is invented, source."""
    words = f"“{item.text}”" if item.quoted else item.text
    return "".join((
        f"{item.mark} " if item.mark else "",
        words,
        " (invented sample data)" if item.invented else "",
        f" [{item.source}]" if item.source else "",
    ))  # fmt: skip


def _lines(report: Report) -> Iterator[list[str]]:
    """The rows of a CSV file; a remark is a row of its own under the first heading."""
    yield [report.unit, *(each.title for each in report.columns)]
    rest = [""] * (len(report.columns) - 1)
    for remark in report.remarks:
        yield ["", item_text(remark), *rest]
    for section in report.sections:
        name = _name(section)
        for remark in section.remarks:
            yield [name, item_text(remark), *rest]
        for row in section.rows:
            yield [name, *("; ".join(map(item_text, cell)) for cell in row)]


def _name(section: Section) -> str:
    return f"{section.title} (invented sample data)" if section.invented else section.title


def _sheets(report: Report) -> list[Sheet]:
    columns = [report.unit, *(each.title for each in report.columns)]
    rows: list[Sequence[Cell]] = [
        [_name(section), *("\n".join(map(item_text, cell)) for cell in row)]
        for section in report.sections
        for row in section.rows
    ]
    about: list[Sequence[Cell]] = [
        ["Report", report.title],
        ["Organisation", report.organisation],
        ["As of", report.on],
        ["Asked for by", report.law],
        *(
            [["Sample data", "what is marked as invented sample data is stated by no source"]]
            if report.invented
            else []
        ),
        *(["Signs", f"{sign} {words}"] for sign, words in WORDS.items() if sign),
        *(["Remark", item_text(each)] for each in report.remarks),
        *([_name(section), item_text(each)] for section in report.sections for each in section.remarks),
    ]
    whole = "the JSON form of this report"
    return [Sheet(report.title, columns, rows, whole), Sheet("About", ["What", "Details"], about, whole)]


def _pdf(report: Report) -> bytes:
    signs = " · ".join(f"{sign} {words}" for sign, words in WORDS.items() if sign)
    values = asdict(report) | {"on": long_date(report.on), "signs": signs, "invented": report.invented}
    return pdf("tables", values)
