"""Dates that are coming up: everything in a register that somebody must look at by a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ropa.services.subjects import title_of
from ropa.services.workspace import View

HORIZON = dt.timedelta(days=183)
"""How far ahead a date is shown: half a year."""
SOON = 7
"""From so many days before a date on, it is marked."""


@dataclass(frozen=True, slots=True)
class Due:
    """One date: how many days from the view's date (negative: late), what is due, and what it is about."""

    days: int
    on: dt.date
    text: str
    subject: str

    @property
    def mark(self) -> str:
        """The sign beside it: late, or within a week."""
        return "✖" if self.days < 0 else "!" if self.days <= SOON else ""


def coming_up(view: View, until: dt.date | None = None) -> tuple[Due, ...]:
    """Every date that is late or falls no later than `until`, by default within half a year, the earliest first."""
    last = until or view.on + HORIZON
    found = [due for due in (*_recorded(view), *_notices(view)) if due.on <= last]
    return tuple(sorted(found, key=lambda due: (due.on, due.text, due.subject)))


# Kind, field, what happens on that day.
_DATES = (
    ("document", "review", "review"),
    ("document", "expires", "expires"),
    ("agreement", "expires", "agreement ends"),
    ("safeguard", "until", "safeguard ends"),
    ("party", "dpf_until", "DPF entry ends"),
    ("acknowledgement", "until", "accepted risk to be looked at again"),
)


def _recorded(view: View) -> Iterator[Due]:
    for kind, field, words in _DATES:
        for key, record in view.register.of_kind(kind).items():
            day = getattr(record, field)
            if day is not None:
                subject = f"{kind}/{key}"
                yield Due((day - view.on).days, day, f"{words}: {title_of(view, subject)}", subject)
    for key, change in view.register.changes.items():
        if change.effective is not None and change.state not in ("effective", "withdrawn"):
            days = (change.effective - view.on).days
            yield Due(days, change.effective, f"takes effect: {change.name}", f"change/{key}")


def _notices(view: View) -> Iterator[Due]:
    from ropa.services.changes.due import due_dates
    from ropa.services.findings.announcements import announcement_dates
    from ropa.services.findings.breaches import breach_dates

    register, on = view.register, view.on
    for due in (*due_dates(register, on), *announcement_dates(register, on), *breach_dates(register, on)):
        yield Due((due.on - view.on).days, due.on, due.text, due.subject)
