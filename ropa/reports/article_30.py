"""The record of Article 30 as one tree of plain values: the controller's record and the processor's.

Every layout is drawn from this tree; it holds values and never links alone, and says in words what is missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ropa.reports.page import WORDS, Line
from ropa.reports.text import Format, render
from ropa.rules.dates import long_date

Role = Literal["controller", "processor"]


@dataclass(frozen=True, slots=True)
class ActivityEntry:
    """One processing activity: what Article 30 requires, what is always asked for, and what else is recorded."""

    key: str
    name: str
    role: str
    source: str
    invented: bool
    required: tuple[Line, ...]
    asked: tuple[Line, ...]
    further: tuple[Line, ...]
    by_controller: tuple[tuple[Line, ...], ...] = ()
    """Of a processor's activity with several controllers: the lines that differ for each of them."""

    @property
    def missing(self) -> int:
        """How many of the required lines hold something that is not recorded."""
        return sum(line.required and line.missing for line in self.required)

    @property
    def missing_labels(self) -> tuple[str, ...]:
        """The labels of those lines."""
        return tuple(line.label for line in self.required if line.required and line.missing)

    @property
    def glance(self) -> Line:
        """The line that says most at a glance: the purposes, or the categories of processing."""
        return self.line("processing" if self.role == "processor" else "purposes")

    @property
    def asked_missing(self) -> int:
        """How many of the lines that are always asked for hold something that is not recorded."""
        return sum(line.missing for line in self.asked)

    def line(self, id: str) -> Line:  # noqa: A002 (the field's own name)
        """A line by its id. Raises KeyError where the activity has none."""
        for each in (*self.required, *self.asked, *self.further):
            if each.id == id:
                return each
        raise KeyError(id)


@dataclass(frozen=True, slots=True)
class ControllerEntry:
    """One controller on whose behalf the organisation processes (Art. 30(2)): a row of the processor's record."""

    key: str
    name: str
    invented: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two records: who keeps it, for whom, and its activities."""

    role: Role
    title: str
    article: str
    identity: tuple[Line, ...]
    controllers: tuple[ControllerEntry, ...]
    activities: tuple[ActivityEntry, ...]
    left_out: int = 0

    @property
    def missing(self) -> int:
        """How many required fields are not recorded, those about who is who included."""
        lines = [*self.identity, *(line for each in self.controllers for line in each.lines)]
        return sum(line.required and line.missing for line in lines) + sum(each.missing for each in self.activities)


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one organisation on one date."""

    key: str
    name: str
    on: dt.date
    regimes: str
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """What the document is called."""
        return f"Record of processing activities: {self.name}"

    @property
    def activities(self) -> tuple[ActivityEntry, ...]:
        """Every activity of both parts."""
        return tuple(each for part in self.parts for each in part.activities)

    @property
    def missing(self) -> int:
        """How many required fields are not recorded."""
        return sum(part.missing for part in self.parts)

    @property
    def asked_missing(self) -> int:
        """How many fields that are not required, and always asked for, are not recorded."""
        return sum(each.asked_missing for each in self.activities)

    @property
    def wrong(self) -> int:
        """How many verdicts on transfers of an activity find no valid safeguard."""
        return sum(item.mark == "✖" for each in self.activities for line in each.asked for item in line.items)

    @property
    def invented(self) -> bool:
        """Whether any of it is sample data that no source states."""
        return (
            any(each.invented for each in self.activities)
            or any(each.invented for part in self.parts for each in part.controllers)
            or any(item.invented for line in self._lines() for item in line.items)
        )

    def _lines(self) -> Iterator[Line]:
        for part in self.parts:
            yield from part.identity
            for controller in part.controllers:
                yield from controller.lines
            for each in part.activities:
                yield from (*each.required, *each.asked, *each.further)


def render_record(record: Record, fmt: Format) -> str:
    """The record as Markdown or as one self-contained HTML page."""
    return render("article_30", fmt, page=record, date=long_date(record.on), words=WORDS)
