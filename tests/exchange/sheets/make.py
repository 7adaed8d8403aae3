"""Makes the corpus of ugly sheets: small files with the oddities that other people's spreadsheets have.

Run it to make them anew: `python -m tests.exchange.sheets.make`.
"""

from __future__ import annotations

import datetime as dt
import importlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

FOLDER = Path(__file__).parent
DAY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
ODS_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "table", "text", "style")
)

HEADINGS = ("Activity", "Purpose", "Data subjects", "Personal data", "Retention", "Lawful basis")
NEWSLETTER = ("Newsletter", "telling clients", "Clients", "name; e-mail", "2 years after the last order", "Consent")
PAYROLL = ("Payroll", "paying staff", "Employees – près de 40", "bank details", "6 years", "6(1)(c)")


def workbook(fill: Any) -> bytes:
    """An XLSX file, filled by a function that gets the book."""
    target = io.BytesIO()
    book = importlib.import_module("xlsxwriter").Workbook(target, {"in_memory": True})
    book.set_properties({"created": DAY})
    fill(book)
    book.close()
    return target.getvalue()


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file with these parts, the same for the same parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return target.getvalue()


def ods(body: str, styles: str = "") -> bytes:
    """An ODS file with these tables."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_SPACES} '
        f'xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def ods_cell(text: str, **given: object) -> str:
    """A cell of an ODS table; a line end begins a paragraph."""
    attributes = " ".join(f"{key.replace('__', ':')}={quoteattr(str(value))}" for key, value in given.items())
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell {attributes}>{paragraphs}</table:table-cell>"


def ods_row(*cells: str, **given: object) -> str:
    """A row of an ODS table from its cells, or from texts."""
    attributes = " ".join(f"{key.replace('__', ':')}={quoteattr(str(value))}" for key, value in given.items())
    made = "".join(cell if cell.startswith("<table:") else ods_cell(cell) for cell in cells)
    return f"<table:table-row {attributes}>{made}</table:table-row>"


def _rows(sheet: Any, *rows: tuple[Any, ...], first: int = 0) -> None:
    for number, row in enumerate(rows, start=first):
        for column, text in enumerate(row):
            if text != "":
                sheet.write_string(number, column, text)


def _merged(book: Any) -> None:
    sheet = book.add_worksheet("ROPA")
    _rows(sheet, ("Department", *HEADINGS))
    sheet.merge_range("A2:A3", "Sales and staff")
    for row, cells in enumerate((NEWSLETTER, PAYROLL), start=1):
        for column, text in enumerate(cells, start=1):
            sheet.write_string(row, column, text)


def _two_headings(book: Any) -> None:
    sheet = book.add_worksheet("ROPA")
    sheet.write("A1", "Record of processing activities of Acme")
    sheet.write("A2", "last printed 3 May 2024")
    sheet.write("A4", "Activity")
    sheet.write("B4", "Purpose")
    sheet.merge_range("C4:D4", "Transfers")
    sheet.write("E4", "Processors")
    sheet.write("C5", "Country")
    sheet.write("D5", "Safeguards")
    _rows(sheet, ("Newsletter", "telling clients", "United States", "SCC + IDTA", "Mailer Ltd"), first=6)


def _hidden(book: Any) -> None:
    sheet = book.add_worksheet("ROPA")
    _rows(sheet, HEADINGS, NEWSLETTER, PAYROLL)
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column("E:E", None, None, {"hidden": True})
    other = book.add_worksheet("Old")
    _rows(other, HEADINGS, ("Fax", "sending faxes", "Clients", "number", "1 year", "Consent"))
    other.hide()


def _typed(book: Any) -> None:
    sheet = book.add_worksheet("ROPA")
    _rows(sheet, ("Activity", "Purpose", "Retention", "Since", "Last updated", "Notes", "Reference"))
    _rows(sheet, ("Newsletter", "telling clients"), first=1)
    sheet.write_formula("C2", '=7&" years"', None, "7 years")
    sheet.write_datetime("D2", dt.datetime(2024, 5, 3), book.add_format({"num_format": "dd/mm/yyyy"}))  # noqa: DTZ001
    sheet.write_string("E2", "3 May 2024")
    sheet.write_formula("F2", '=HYPERLINK("https://evil.example")', None, "")
    sheet.write_string("G2", "007")


def corpus() -> dict[str, bytes]:
    """Every file of the corpus, by name."""
    lines = [";".join(row) for row in (HEADINGS, NEWSLETTER, PAYROLL)]
    text = "\r\n".join(lines) + "\r\n"
    comma = "\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEADINGS, NEWSLETTER, PAYROLL)) + "\n"
    header = ods_row(*HEADINGS)
    return {
        "cp1252-semicolons.csv": text.encode("cp1252"),
        "latin-1.csv": text.replace("–", "-").encode("latin-1"),
        "utf-8-bom.csv": comma.encode("utf-8-sig"),
        "utf-16.csv": text.replace(";", "\t").encode("utf-16"),
        "sep-line.csv": ("sep=;\r\n" + text).encode("utf-8"),
        "blank-rows.csv": f"\n\n,,\n{comma}\n,,,\n".encode(),
        "merged.xlsx": workbook(_merged),
        "two-heading-rows.xlsx": workbook(_two_headings),
        "hidden.xlsx": workbook(_hidden),
        "typed-cells.xlsx": workbook(_typed),
        "repeated-and-merged.ods": ods(
            '<table:table table:name="ROPA">'
            + header
            + '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
            + ods_row(ods_cell("Newsletter"), *NEWSLETTER[1:])
            + ods_row(*PAYROLL[:3], ods_cell("bank details\npay slips"), *PAYROLL[4:])
            + "</table:table>"
        ),
        "bomb.xlsx": packed({"xl/worksheets/sheet1.xml": b" " * 40_000_000, "[Content_Types].xml": "<Types/>"}),
        "entities.xlsx": packed(
            {"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'}
        ),
        "entities.ods": packed({"content.xml": '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'}),
        "password.xlsx": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    }


def write() -> None:
    """Write the corpus beside this program."""
    for name, content in corpus().items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    write()
