"""Tables of text as they stand in other people's files: rows of cells with their lines, whatever the encoding."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ropa.records.errors import InputError, Problem

DELIMITERS = (",", ";", "\t", "|")
LONGEST_PREAMBLE = 20
"""Rows that may stand above the headings: a title, a date, an empty line."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell, and the address that it links to, where it is a link."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and the line on which it begins. `whole` where one cell spans it, as a title does."""

    line: int
    cells: tuple[Cell, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its headings, the line that they stand on, its rows, and the heading of the section it stands in."""

    headings: tuple[str, ...]
    line: int
    rows: tuple[Row, ...]
    section: str = ""


def decoded(content: bytes, name: str) -> str:
    """The text of a file: by its mark, else UTF-8, else UTF-16 where every other byte is none, else Windows' own.

    Raises InputError where it is no text.
    """
    encoding = next((each for mark, each in _MARKS if content.startswith(mark)), None)
    if encoding is None:
        start = content[:4000]
        if start and start[1::2].count(0) > len(start) // 4:
            encoding = "utf-16-le"
        elif start and start[0::2].count(0) > len(start) // 4:
            encoding = "utf-16-be"
    tried = (encoding,) if encoding else ("utf-8", "cp1252", "latin-1")
    for each in tried:
        try:
            text = content.decode(each)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise InputError([Problem("it is not a text file; save the list as CSV or Markdown", name)])


def read_delimited(text: str, name: str, known: Callable[[Sequence[str]], int]) -> Table:
    """The table of a file whose cells are separated by commas, semicolons, tabs or bars.

    `known` counts how many headings of a row mean something. The separator and the row of headings are those by
    which it is most: the first such row. Raises InputError naming the line where the file cannot be read.
    """
    best: tuple[int, list[Row], int] = (0, [], 0)
    problems: list[Problem] = []
    for delimiter in DELIMITERS:
        try:
            rows = _rows(text, name, delimiter)
        except InputError as error:
            problems += error.problems
            continue
        for index, row in enumerate(rows[:LONGEST_PREAMBLE]):
            score = known([cell.text for cell in row.cells])
            if score > best[0] and (score > 1 or index == 0):  # one word that means something stands in any text
                best = (score, rows, index)
    score, rows, index = best
    if not score:
        if problems:
            raise InputError(problems[:1])
        rows = max(
            (_rows(text, name, each) for each in DELIMITERS), key=lambda found: len(found[0].cells) if found else 0
        )
        if not rows:
            raise InputError([Problem("it is empty", name)])
        index = 0
    head = rows[index]
    return Table(tuple(cell.text for cell in head.cells), head.line, tuple(rows[index + 1 :]))


def _rows(text: str, name: str, delimiter: str) -> list[Row]:
    """Every row that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    found: list[Row] = []
    line = 1
    try:
        for values in reader:
            if any(value.strip() for value in values):
                found.append(
                    Row(line, tuple(Cell(value.replace("\r\n", "\n").replace("\r", "\n").strip()) for value in values))
                )
            line = reader.line_num + 1
    except csv.Error as error:
        words = f"it cannot be read as a table: {error}; is a quotation mark missing?"
        raise InputError([Problem(words, name, line)]) from error
    return found
