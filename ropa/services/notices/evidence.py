"""What went out in a period, as evidence: each notice, whether it was in time, and who recorded it when.

Who recorded it comes from the history, which also knows the notices that were changed or removed since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from ropa.records.change import ChangeFields, NoticeFields
from ropa.records.errors import InputError, Problem
from ropa.records.register import Register
from ropa.rules.dates import long_date
from ropa.services.changes.statuses import CustomerNotice, status_of
from ropa.store.history import Entry

WATCHED = (
    "sent",
    "received",
    "channel",
    "evidence",
    "fingerprint",
    "told",
    "consented",
    "objected",
    "grounds",
    "resolved",
    "resolution",
    "remedy",
)
"""The fields of a notice that an audit asks about."""

DATES = ("sent", "received", "told", "consented", "objected", "resolved")
"""Those of them that are dates."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `start` (None: the first) to `end`, both included."""

    start: dt.date | None
    end: dt.date

    def holds(self, day: dt.date | None) -> bool:
        """Whether a day lies in it; what is not recorded lies nowhere."""
        return day is not None and (self.start is None or self.start <= day) and day <= self.end

    def words(self) -> str:
        """`from 1 November 2026 until 21 November 2026`."""
        return f"{f'from {long_date(self.start)} ' if self.start else ''}until {long_date(self.end)}"


def span_of(start: dt.date | None, end: dt.date | None, on: dt.date) -> Span | None:
    """The period that somebody asks about; None where nobody did. It ends with the day `on` where no end is named.

    Raises InputError for a period that ends before it begins.
    """
    if start is None and end is None:
        return None
    last = end or on
    if start is not None and last < start:
        raise InputError([Problem(f"the period ends on {last.isoformat()}, before it begins on {start.isoformat()}")])
    return Span(start, last)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One entry of the history about a notice: when (UTC), by whom, why, and each watched field before and after."""

    at: str
    who: str
    why: str
    action: str
    fields: tuple[tuple[str, str | None, str | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One notice that went out in the period.

    `values` are the watched fields as known on the day, dates in ISO form; of a notice that is `changed` or `removed`
    since, as they were while it was recorded as sent in the period. `owed` is what the customer was owed by the
    contract that ran when the notice went out, with what followed; None where the register no longer says.
    """

    change: str
    customer: str
    values: dict[str, str | None]
    standing: Literal["recorded", "changed", "removed"]
    owed: CustomerNotice | None
    recorded: tuple[Recorded, ...]
    invented: bool

    @property
    def out(self) -> dt.date | None:
        """The day on which it went out: sent, else received."""
        return _went_out(self.values)

    @property
    def in_time(self) -> bool | None:
        """Whether it went out in time for the planned date; None where that cannot be told."""
        if self.owed is None or self.standing != "recorded" or self.owed.clock.last_day is None:
            return None
        if self.owed.clock.is_late:
            return False
        waits = self.owed.terms.clock.value == "received" and self.values["received"] is None
        return None if waits else True


def evidence_of(register: Register, history: Iterable[Entry], span: Span, on: dt.date) -> tuple[Evidence, ...]:
    """What went out to customers in a period, by date; `history` are the entries about notices, in any order.

    What is dated after `on` has not happened yet.
    """
    entries: dict[str, list[Entry]] = {}
    for entry in sorted(history, key=lambda each: each.id):
        if entry.kind == "notice":
            entries.setdefault(entry.key, []).append(entry)
    owed = {
        (change.key, each.customer): each
        for change in register.changes.values()
        if register.notices_of(change.key)
        for each in _owed(register, change, on)
    }
    found: list[Evidence] = []
    for key, notice in register.notices.items():
        found += _of(notice, owed.get((notice.change, notice.customer)), entries.get(key, []), span)
    for key, about in entries.items():
        if key not in register.notices:
            found += _lost(about, span, None, "removed")
    return tuple(sorted(found, key=lambda each: (each.out or dt.date.max, each.change, each.customer, each.standing)))


def _owed(register: Register, change: ChangeFields, on: dt.date) -> Iterator[CustomerNotice]:
    """What each customer was owed by the contract that ran when its notice went out; what followed, as of `on`."""

    @cache
    def customers(day: dt.date) -> dict[str, CustomerNotice]:
        return {each.customer: each for each in status_of(register, change, day).customers}

    for each in customers(on).values():
        days = () if each.notice is None else (each.notice.sent, each.notice.received)
        out = max((day for day in days if day is not None), default=on)
        yield replace(customers(out).get(each.customer, each), notice=each.notice)


def _of(notice: NoticeFields, owed: CustomerNotice | None, entries: list[Entry], span: Span) -> Iterator[Evidence]:
    known = owed.notice if owed and owed.notice and owed.notice.key == notice.key else notice
    if span.holds(known.sent or known.received):
        yield Evidence(
            change=notice.change,
            customer=notice.customer,
            values=_values(known.model_dump(mode="json")),
            standing="recorded",
            owed=owed,
            recorded=tuple(_recorded(entries)),
            invented=notice.invented,
        )
    elif not span.holds(notice.sent or notice.received):  # else it is only still to come
        yield from _lost(entries, span, owed, "changed")


def _lost(
    entries: list[Entry], span: Span, owed: CustomerNotice | None, standing: Literal["changed", "removed"]
) -> Iterator[Evidence]:
    """A notice that was recorded as sent in the period and no longer is: an audit must not miss that it was."""
    states = [entry.after for entry in entries if entry.after is not None and span.holds(_went_out(entry.after))]
    if states:
        last = states[-1]
        yield Evidence(
            change=str(last["change"]),
            customer=str(last["customer"]),
            values=_values(last),
            standing=standing,
            owed=owed,
            recorded=tuple(_recorded(entries)),
            invented=bool(last.get("invented")),
        )


def _recorded(entries: Iterable[Entry]) -> Iterator[Recorded]:
    """The entries that changed something that an audit asks about, oldest first."""
    for entry in entries:
        before, after = _values(entry.before or {}), _values(entry.after or {})
        fields = tuple((name, before[name], after[name]) for name in WATCHED if before[name] != after[name])
        if fields:
            yield Recorded(entry.at, entry.who, entry.why, entry.action, fields)


def _values(row: dict[str, Any]) -> dict[str, str | None]:
    return {name: None if row.get(name) is None else str(row[name]) for name in WATCHED}


def _went_out(row: dict[str, Any]) -> dt.date | None:
    return as_day(row.get("sent")) or as_day(row.get("received"))


def as_day(value: Any) -> dt.date | None:
    """The date of a value of the history; None where it is none."""
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
