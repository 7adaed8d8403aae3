"""The notice report: every open change of subprocessor, every customer, every clock, and what customers are told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ropa.reports.page import WORDS, Item, Line
from ropa.reports.text import Format, render
from ropa.rules.dates import long_date


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer of one change, in words; `late` rows come first and say so in `state`."""

    name: str
    invented: bool
    why: tuple[str, ...]
    terms: tuple[Item, ...]
    last_day: Item
    left: Item
    sent: tuple[Item, ...]
    objection: tuple[Item, ...]
    state: Item
    earliest: Item
    reasons: tuple[Item, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One open change: what changes, when it may, who is told, and the fields of the notice."""

    key: str
    name: str
    invented: bool
    verdict: Item
    warnings: tuple[Item, ...]
    facts: tuple[Line, ...]
    dates: tuple[Line, ...]
    customers: tuple[CustomerRow, ...]
    remarks: tuple[Item, ...]
    notice: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """The open changes of one organisation, what is late first."""

    key: str
    name: str
    regimes: str
    changes: tuple[ChangePage, ...]


@dataclass(frozen=True, slots=True)
class NoticePage:
    """The whole report on one date."""

    on: dt.date
    organisations: tuple[OrganisationPage, ...]

    @property
    def title(self) -> str:
        """What the page is called."""
        names = ", ".join(each.name for each in self.organisations)
        return f"Subprocessor changes: {names}" if len(self.organisations) == 1 else "Subprocessor changes"

    @property
    def invented(self) -> bool:
        """Whether any of it is sample data that no source states."""
        return any(
            change.invented or any(row.invented for row in change.customers)
            for organisation in self.organisations
            for change in organisation.changes
        )

    @property
    def late(self) -> tuple[tuple[OrganisationPage, ChangePage, CustomerRow], ...]:
        """Every customer who was told too late or is overdue."""
        return tuple(
            (organisation, change, row)
            for organisation in self.organisations
            for change in organisation.changes
            for row in change.customers
            if row.late
        )


def render_notices(page: NoticePage, fmt: Format) -> str:
    """The report as Markdown or as one self-contained HTML page."""
    return render("notice", fmt, page=page, date=long_date(page.on), words=WORDS)
