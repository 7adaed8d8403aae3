"""The notice report: what is late, every open change, every customer and every clock, and what went out as evidence.

The page is a tree of items in words; Markdown, HTML and PDF are drawn from the same one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field

from ropa.reports.page import WORDS, Item, Line
from ropa.reports.pdf import pdf
from ropa.reports.text import Format, render
from ropa.rules.dates import long_date


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, one cell for each column; `late` rows stand out and say so in words as well."""

    cells: tuple[tuple[Item, ...], ...]
    late: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of each row names it. `widths` share out the width of a printed page."""

    caption: str = ""
    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerDetail:
    """Why one customer is told, what its contract says, and how each of its dates was reached."""

    name: str
    invented: bool
    why: tuple[str, ...]
    terms: tuple[Item, ...]
    reasons: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One open change: what changes, when it may, what stands in the way, who is told, and the fields of the notice."""

    key: str
    name: str
    owner: str
    stage: str
    invented: bool
    verdict: Item
    warnings: tuple[Item, ...]
    blocked: tuple[Item, ...]
    facts: tuple[Line, ...]
    dates: tuple[Line, ...]
    customers: Table
    details: tuple[CustomerDetail, ...]
    remarks: tuple[Item, ...]
    notice: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """The open changes of one organisation, what is late first."""

    key: str
    name: str
    changes: tuple[ChangePage, ...]


@dataclass(frozen=True, slots=True)
class NoticePage:
    """The whole report on one date; `went_out` is empty, and so is `span`, where nobody asked for a period."""

    on: dt.date
    organisations: tuple[OrganisationPage, ...]
    counts: tuple[Item, ...] = ()
    pressing: Table = field(default_factory=Table)
    overridden: Table = field(default_factory=Table)
    announcements: Table = field(default_factory=Table)
    span: str = ""
    evidence: Table = field(default_factory=Table)
    invented: bool = False

    @property
    def title(self) -> str:
        """What the page is called."""
        names = ", ".join(each.name for each in self.organisations)
        return f"Subprocessor changes: {names}" if len(self.organisations) == 1 else "Subprocessor changes"


def render_notices(page: NoticePage, fmt: Format) -> str:
    """The report as Markdown or as one self-contained HTML page."""
    return render("notice", fmt, page=page, date=long_date(page.on), words=WORDS)


def notices_pdf(page: NoticePage) -> bytes:
    """The report as PDF. Raises StoreError where typst is not installed."""
    date = long_date(page.on)
    signs = " · ".join(f"{sign} {words}" for sign, words in WORDS.items() if sign)
    values = asdict(page) | {"on": date, "title": page.title, "signs": signs}
    return pdf("notice_report", values)
