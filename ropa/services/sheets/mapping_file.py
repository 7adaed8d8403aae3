"""A mapping of a sheet's columns as a file: written to be edited, read back strictly, and placed on a sheet again."""

from __future__ import annotations

import textwrap
from collections import Counter
from difflib import get_close_matches
from typing import Any

from ropa.exchange.sheet_grid import Grid, column_number, letters
from ropa.exchange.yaml_document import Document, read_document
from ropa.exchange.yaml_write import write_document
from ropa.records.errors import InputError, Problem
from ropa.services.sheets.fields import FIELDS, NOTE, may_repeat
from ropa.services.sheets.mapping import Column, SheetMapping, heading_rows, words_of

FORMAT = 1
ROLES = ("controller", "joint-controller", "processor")


def mapping_text(mapping: SheetMapping) -> str:
    """A mapping as a file that can be edited, kept, and given as --layout."""
    head = [
        "How a spreadsheet is read: which column goes to which field. Edit what is wrong, keep the file, and give it",
        "with --layout. A column of the field note is kept as text; one of the field ignore is left out.",
        *textwrap.wrap(f"The fields: {', '.join(FIELDS)}.", 110),
    ]
    columns = [
        {
            "column": letters(each.column),
            "heading": each.heading,
            "field": each.field,
            **({"why": each.why} if each.why else {}),
        }
        for each in mapping.columns
    ]
    rest = {key: value for key, value in (("sheet", mapping.sheet), ("role", mapping.role)) if value}
    data = {"format": FORMAT, **rest, "headings": list(mapping.headings), "columns": columns}
    return write_document(data, "\n".join(head))


def read_mapping(content: bytes, name: str) -> SheetMapping:
    """A mapping file. Raises InputError naming the file, the line and what is wrong with it."""
    document = read_document(content, name)
    root: Any = document.root
    if not isinstance(root, dict) or not isinstance(root.get("columns"), list):
        raise InputError([Problem("it is no mapping of a spreadsheet: it has no list of columns", name)])
    problems = [document.problem((key,), "there is no such field here") for key in root if key not in _KEYS]
    if root.get("format") != FORMAT:
        problems.append(document.problem(("format",), f"the format must be {FORMAT}") if "format" in root
                        else Problem(f"it must begin with format: {FORMAT}", name))  # fmt: skip
    role = root.get("role", "")
    if role not in ("", *ROLES):
        problems.append(document.problem(("role",), f"it must be one of {', '.join(ROLES)}"))
    rows = root.get("headings", [])
    if (
        not isinstance(rows, list)
        or not all(isinstance(each, int) and each > 0 for each in rows)
        or not 0 < len(rows) < 3
    ):
        problems.append(Problem("headings must be the number of the row of headings, as in [9], or of two", name))
    columns = [_column(document, index, each, problems) for index, each in enumerate(root["columns"])]
    sheet = root.get("sheet", "")
    if not isinstance(sheet, str):
        problems.append(document.problem(("sheet",), "it must be text; put it in quotes"))
    seen = Counter(each.field for each in columns if each is not None and each.field in FIELDS)
    problems += [
        Problem(f"the field {field} holds one value, and {count} columns are given for it", name)
        for field, count in seen.items()
        if count > 1 and not may_repeat(field)
    ]
    if problems:
        raise InputError(problems)
    return SheetMapping(name, "table", tuple(filter(None, columns)), tuple(rows), role, sheet)


_KEYS = ("format", "sheet", "role", "headings", "columns")


def _column(document: Document, index: int, given: Any, problems: list[Problem]) -> Column | None:
    where = ("columns", index)
    if not isinstance(given, dict):
        problems.append(document.problem(where, "it must be a column, a heading and a field"))
        return None
    for key in given:
        if key not in ("column", "heading", "field", "why"):
            problems.append(document.problem((*where, key), "there is no such field here"))
    texts = {key: given.get(key, "") for key in ("column", "heading", "field", "why")}
    for key, value in texts.items():
        if not isinstance(value, str):
            problems.append(document.problem((*where, key), "it must be text; put it in quotes"))
            return None
    if texts["field"] not in FIELDS:
        problems.append(document.problem((*where, "field") if "field" in given else where, _no_field(texts["field"])))
    number = column_number(texts["column"])
    if not number and not texts["heading"]:
        problems.append(document.problem(where, "it needs the letters of a column, or its heading"))
    return Column(texts["heading"], texts["field"], number, texts["why"])


def _no_field(name: str) -> str:
    close = get_close_matches(name, list(FIELDS), n=2, cutoff=0.5)
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    return f"there is no field {name!r} for a column{hint}" if name else "it needs a field"


def placed(mapping: SheetMapping, grid: Grid) -> SheetMapping:
    """A kept mapping on a sheet: each column where its heading stands now, in the rows of headings it gives.

    A column without a heading stays where it is; one whose heading is gone is an error. Raises InputError.
    """
    headings = next((found for rows, found in heading_rows(grid) if rows == mapping.headings), None)
    if headings is None:
        numbers = " and ".join(map(str, mapping.headings))
        raise InputError([grid.problem(f"there are no headings in row {numbers}, where the mapping has them")])
    left = dict(headings)
    found: list[Column] = []
    problems: list[Problem] = []
    for each in mapping.columns:
        same = [at for at, heading in left.items() if words_of(heading) == words_of(each.heading)]
        at = each.column if each.column in same or not each.heading else same[0] if same else 0
        if not at:
            problems.append(
                grid.problem(f"there is no column with the heading {each.heading!r}, which the mapping names")
            )
            continue
        left.pop(at, None)
        found.append(Column(each.heading, each.field, at, each.why))
    if problems:
        raise InputError(problems)
    found += [
        Column(heading, NOTE, at, "the mapping does not name it; its text is kept") for at, heading in left.items()
    ]
    return SheetMapping(mapping.name, "table", tuple(found), mapping.headings, mapping.role, grid.sheet)
