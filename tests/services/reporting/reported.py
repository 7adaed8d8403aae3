"""What a table report says, as plain texts for tests."""

from __future__ import annotations

from ropa.reports.page import Item
from ropa.reports.tables import Report


def words(item: Item) -> str:
    """The text of an item behind its sign."""
    return f"{item.mark} {item.text}" if item.mark else item.text


def cells(report: Report) -> list[list[list[str]]]:
    """Every row of every section: the texts of each cell."""
    return [[[words(item) for item in cell] for cell in row] for section in report.sections for row in section.rows]


def texts(report: Report) -> list[str]:
    """Every text of a report."""
    return [words(item) for item in report.items]


def sheet(report: Report, section: str) -> dict[str, list[str]]:
    """A section whose rows are headed by their first cell, as a mapping."""
    (found,) = [each for each in report.sections if each.title == section]
    return {row[0][0].text: [words(item) for item in row[1]] for row in found.rows}
