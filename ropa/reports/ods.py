"""OpenDocument spreadsheets of the same sheets as `sheet.py` writes: every text is text, and nothing is a formula.

The format asks for little: four small parts in a ZIP file. A library for it would be larger than what is written here.
"""

from __future__ import annotations

import datetime as dt
import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Sequence

from ropa.reports.sheet import Cell, Sheet, check, held, titles, widths

_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = {
    "office": f"{_OASIS}:office:1.0",
    "table": f"{_OASIS}:table:1.0",
    "text": f"{_OASIS}:text:1.0",
    "style": f"{_OASIS}:style:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "number": f"{_OASIS}:datastyle:1.0",
    "config": f"{_OASIS}:config:1.0",
    "manifest": f"{_OASIS}:manifest:1.0",
}
_MADE = (2000, 1, 1, 0, 0, 0)  # a fixed date, so that the same content is the same file
_WIDTH = 0.19  # of a character, in centimetres


def spreadsheet(sheets: Sequence[Sheet]) -> bytes:
    """An ODS file with these sheets; the same sheets give the same bytes.

    Raises StoreError for more rows than a sheet can hold, ValueError for a row of another length than the heading and
    for no sheet at all.
    """
    if not sheets:
        raise ValueError("a spreadsheet needs at least one sheet")
    for sheet in sheets:
        check(sheet)
    named = list(zip(sheets, titles(each.title for each in sheets), strict=True))
    parts = {
        "content.xml": _content(named),
        "settings.xml": _settings(named),
        "META-INF/manifest.xml": _manifest(),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", _MADE), _MIME)  # first, and not packed: programs look here
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _content(named: Iterable[tuple[Sheet, str]]) -> bytes:
    root = _root("document-content")
    styles = _add(root, "office:automatic-styles")
    day = _add(styles, "number:date-style", {"style:name": "day"})
    for part in ("day", "month", "year"):
        given = {"number:textual": "true"} if part == "month" else {"number:style": "long"} if part == "year" else {}
        _add(day, f"number:{part}", given)
        if part != "year":
            _add(day, "number:text").text = " "
    for name, bold, data in (("plain", False, ""), ("head", True, ""), ("date", False, "day")):
        given = {"style:name": name, "style:family": "table-cell"} | ({"style:data-style-name": data} if data else {})
        cell = _add(styles, "style:style", given)
        fill = {"fo:background-color": "#F3F5F7"} if bold else {}
        _add(cell, "style:table-cell-properties", {"fo:wrap-option": "wrap", "style:vertical-align": "top", **fill})
        if bold:
            _add(cell, "style:text-properties", {"fo:font-weight": "bold"})
    columns: dict[int, str] = {}
    for sheet, _ in named:
        for width in widths(sheet):
            if width not in columns:
                columns[width] = f"width{width}"
                style = _add(styles, "style:style", {"style:name": columns[width], "style:family": "table-column"})
                _add(style, "style:table-column-properties", {"style:column-width": f"{width * _WIDTH:.2f}cm"})
    body = _add(_add(root, "office:body"), "office:spreadsheet")
    for sheet, title in named:
        _table(body, sheet, title, columns)
    ranges = _add(body, "table:database-ranges")
    for number, (sheet, title) in enumerate(named):
        if sheet.columns:
            quoted = "'" + title.replace("'", "''") + "'"
            first, last = len(sheet.above) + 1, len(sheet.above) + 1 + len(sheet.rows)
            given = {
                "table:name": f"rows{number}",
                "table:target-range-address": f"{quoted}.A{first}:{quoted}.{_letters(len(sheet.columns))}{last}",
                "table:display-filter-buttons": "true",
            }
            _add(ranges, "table:database-range", given)
    return _bytes(root)


def _table(body: ET.Element, sheet: Sheet, title: str, columns: dict[int, str]) -> None:
    table = _add(body, "table:table", {"table:name": title})
    for width in widths(sheet):
        _add(table, "table:table-column", {"table:style-name": columns[width]})
    for cells in sheet.above:
        _row(table, cells, sheet.whole, "plain")
    if sheet.columns:
        _row(_add(table, "table:table-header-rows"), sheet.columns, sheet.whole, "head")
    for cells in sheet.rows:
        _row(table, cells, sheet.whole, "plain")
    if len(table.findall(_full("table:table-row"))) == 0 and not sheet.columns:
        _row(table, [None], sheet.whole, "plain")


def _row(table: ET.Element, cells: Sequence[Cell], whole: str, style: str) -> None:
    row = _add(table, "table:table-row")
    for each in cells or [None]:
        value = held(each, whole)
        if value is None:
            _add(row, "table:table-cell")
        elif isinstance(value, str):
            # The type says that it is text; without a formula attribute no program computes anything.
            cell = _add(row, "table:table-cell", {"office:value-type": "string", "table:style-name": style})
            for line in value.split("\n"):
                _paragraph(cell, line)
        elif isinstance(value, dt.date):
            given = {
                "office:value-type": "date",
                "office:date-value": value.isoformat(),
                "table:style-name": "date",
            }
            _paragraph(_add(row, "table:table-cell", given), value.isoformat())
        else:
            given = {"office:value-type": "float", "office:value": repr(value), "table:style-name": style}
            _paragraph(_add(row, "table:table-cell", given), str(value))


def _paragraph(cell: ET.Element, line: str) -> None:
    """One line; several spaces in a row, and one at an end, are written so that no program drops them."""
    paragraph = _add(cell, "text:p")
    last: ET.Element | None = None
    pieces = line.split(" ")
    text = ""

    def put() -> None:
        if last is None:
            paragraph.text = text
        else:
            last.tail = text

    for index, piece in enumerate(pieces):
        if index:
            if text and piece:
                text += " "
            else:
                put()
                text = ""
                last = _add(paragraph, "text:s")
        text += piece
    put()


def _settings(named: Iterable[tuple[Sheet, str]]) -> bytes:
    root = _root("document-settings")
    views = _add(
        _add(root, "office:settings"), "config:config-item-set", {"config:name": "ooo:view-settings"}
    )  # read by every program that knows frozen rows
    view = _add(_add(views, "config:config-item-map-indexed", {"config:name": "Views"}), "config:config-item-map-entry")
    tables = _add(view, "config:config-item-map-named", {"config:name": "Tables"})
    for sheet, title in named:
        entry = _add(tables, "config:config-item-map-entry", {"config:name": title})
        if sheet.columns:
            rows = len(sheet.above) + 1
            for name, kind, value in (
                ("HorizontalSplitMode", "short", 2), ("HorizontalSplitPosition", "int", 1),
                ("VerticalSplitMode", "short", 2), ("VerticalSplitPosition", "int", rows),
                ("ActiveSplitRange", "short", 3), ("PositionRight", "int", 1), ("PositionBottom", "int", rows),
            ):  # fmt: skip
                _add(entry, "config:config-item", {"config:name": name, "config:type": kind}).text = str(value)
    return _bytes(root)


def _manifest() -> bytes:
    root = ET.Element(_full("manifest:manifest"), {_full("manifest:version"): "1.3"})
    for path, kind in (("/", _MIME), ("content.xml", "text/xml"), ("settings.xml", "text/xml")):
        _add(root, "manifest:file-entry", {"manifest:full-path": path, "manifest:media-type": kind})
    return _bytes(root)


def _root(name: str) -> ET.Element:
    return ET.Element(_full(f"office:{name}"), {_full("office:version"): "1.3"})


def _add(parent: ET.Element, name: str, given: dict[str, str] | None = None) -> ET.Element:
    return ET.SubElement(parent, _full(name), {_full(key): value for key, value in (given or {}).items()})


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


def _bytes(root: ET.Element) -> bytes:
    for prefix, uri in _NAMES.items():
        ET.register_namespace(prefix, uri)
    content: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return content


def _letters(number: int) -> str:
    """The name of a column: A, Z, AA."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found
