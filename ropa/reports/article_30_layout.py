"""The record of Article 30 under the headings of a regulator's layout, as one tree of plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ropa.reports.article_30 import Role
from ropa.reports.page import WORDS, Line
from ropa.reports.text import Format, render
from ropa.rules.dates import long_date


@dataclass(frozen=True, slots=True)
class LayoutEntry:
    """One activity, or one controller's row, under the headings of a regulator's layout."""

    key: str
    name: str
    invented: bool
    lines: tuple[Line, ...]

    @property
    def missing(self) -> int:
        """Under how many headings something is not recorded."""
        return sum(each.missing for each in self.lines)


@dataclass(frozen=True, slots=True)
class LayoutPart:
    """One sheet of a regulator's layout: what stands above the headings, and the entries."""

    role: Role
    title: str
    head: tuple[Line, ...]
    entries: tuple[LayoutEntry, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A field that is recorded and that the layout has no column for, with the names of the records that have it."""

    place: str
    title: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LayoutRecord:
    """The record of one organisation in the layout of a regulator."""

    key: str
    name: str
    on: dt.date
    layout: str
    layout_name: str
    parts: tuple[LayoutPart, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def title(self) -> str:
        """What the document is called."""
        return f"Record of processing activities: {self.name}"

    @property
    def invented(self) -> bool:
        """Whether any of it is sample data that no source states."""
        entries = [each for part in self.parts for each in part.entries]
        items = (item for each in entries for line in each.lines for item in line.items)
        return any(each.invented for each in entries) or any(item.invented for item in items)

    @property
    def missing(self) -> int:
        """Under how many headings something is not recorded."""
        return sum(each.missing for part in self.parts for each in part.entries)


def render_layout(record: LayoutRecord, fmt: Format) -> str:
    """The record in a regulator's layout as Markdown or as one self-contained HTML page."""
    return render("article_30_layout", fmt, page=record, date=long_date(record.on), words=WORDS)
