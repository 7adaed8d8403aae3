"""The one way out for text into a CSV file: whatever a cell holds, a spreadsheet shows it and computes nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence

from ropa.reports.text import visible

BYTE_ORDER_MARK = "\ufeff"
"""What a file begins with so that spreadsheet programs read it as UTF-8; text for a terminal goes without."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, else exact: `'` before a formula's sign.

    A sign counts behind spaces too, which some programs drop.
    """
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) or text.lstrip().startswith(_FORMULA_SIGNS) else text


def csv_cell(text: str) -> str:
    """A cell for people: guarded, on one line, with control marks shown."""
    shown = visible(text)
    return f"'{shown}" if text.startswith(_FORMULA_SIGNS) else guarded(shown)


def csv_text(rows: Iterable[Sequence[str]], cell: Callable[[str], str] = csv_cell) -> str:
    """Rows as CSV with `\\n` line ends, every cell through `cell`: `csv_cell`, or `guarded` where it must be exact."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([cell(each) for each in row] for row in rows)
    return out.getvalue()


def csv_lines(text: str) -> str:
    """A cell of several lines, each of them safe as `csv_cell` makes it: no line of a broken file is a formula."""
    return "\n".join(csv_cell(line) for line in re.split(r"\r\n|\r|\n", text))
