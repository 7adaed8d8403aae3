"""Everything that is due, grouped the way a person plans: late first, then this week, next week, month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ropa.rules.dates import long_date, weekday
from ropa.services.due import Due, coming_up
from ropa.services.wording import away, short_day
from ropa.services.workspace import View

AHEAD = dt.timedelta(days=366)
"""How far ahead the calendar looks: a year."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One date: its day with the day of the week, how far off it is, what is due, and the record it is about."""

    day: str
    away: str
    mark: str
    text: str
    subject: str


@dataclass(frozen=True, slots=True)
class Group:
    """The dates of one stretch of time, the earliest first."""

    title: str
    entries: tuple[Entry, ...]


def due_calendar(view: View) -> tuple[Group, ...]:
    """What is late or due within a year of the view's date. It counts clocks, so call it off the event loop."""
    found = coming_up(view, min(view.on, dt.date.max - AHEAD) + AHEAD)
    groups = groupby(found, key=lambda due: _stretch(due.on, view.on))
    return tuple(Group(title, tuple(_entries(each))) for title, each in groups)


def _entries(found: Iterator[Due]) -> Iterator[Entry]:
    for due in found:
        yield Entry(f"{weekday(due.on)[:3]} {short_day(due.on)}", away(due.days), due.mark, due.text, due.subject)


def _stretch(day: dt.date, on: dt.date) -> str:
    """The name of the stretch of time that a day belongs to; weeks begin on Monday."""
    monday = on - dt.timedelta(days=on.weekday())
    if day < on:
        return "Late"
    if day == on:
        return "Today"
    weeks = (day - monday).days // 7
    if weeks < 2:
        return "Later this week" if weeks == 0 else "Next week"
    month = long_date(day).partition(" ")[2]
    return f"Later in {month}" if (day.year, day.month) == (on.year, on.month) else month
