"""What a list shows, as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ropa.reports.csv_text import BYTE_ORDER_MARK, csv_text
from ropa.services.browsing.browse import Item
from ropa.services.wording import MARKS
from ropa.services.writing import write_text


def rows_as_csv(columns: Sequence[str], items: Iterable[Item]) -> str:
    """The rows under their headings, the sign of each in words in front."""
    rows = [(MARKS.get(item.mark, item.mark), *item.cells) for item in items]
    return csv_text([("State", *columns), *rows])


def export_rows(path: Path, columns: Sequence[str], items: Iterable[Item]) -> None:
    """Write the rows as CSV. Raises StoreError where the file cannot be written."""
    write_text(path, BYTE_ORDER_MARK + rows_as_csv(columns, items))
