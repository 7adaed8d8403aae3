"""The squeeze: a subprocessor that tells us later of a change than we promised to tell our customers (Art. 28(2), (4)).

A processor that promises its customers 60 days can keep that only where those behind it tell it 60 days ahead.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ropa.rules.catalogue import conclude
from ropa.rules.dates import days, long_date
from ropa.rules.finding import Finding, Reason
from ropa.rules.notice_counting import first_day, notice_words
from ropa.rules.notice_terms import Counting, NoticeClock, NoticeFacts, Stated, Terms
from ropa.rules.notices import clock
from ropa.rules.period import Period

_NONE: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What one customer was promised; `key` is empty where it stands for every customer, none being recorded.

    `holidays`, `calendar` and `calendar_note` are as in `NoticeFacts`.
    """

    key: str
    name: str
    terms: Terms
    holidays: Container[date] = _NONE
    calendar: str = ""
    calendar_note: str = ""

    def clock(self, on: date, effective: date) -> NoticeClock:
        """The clock of this customer, not told yet, for a change on a day."""
        return clock(
            NoticeFacts(
                terms=self.terms,
                on=on,
                effective=effective,
                holidays=self.holidays,
                calendar=self.calendar,
                calendar_note=self.calendar_note,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorFacts:
    """A subprocessor that tells us of changes itself, and the customers whose data it has.

    `period` is how long before a change it tells us, by our agreement with it; `subject` is the record that would say
    so, as kind/key. `counting` and `holidays` are those that its agreement names.
    """

    organisation: str
    subject: str
    name: str
    on: date
    period: Stated[Period]
    promises: tuple[Promise, ...]
    counting: Counting | None = None
    holidays: Container[date] = _NONE


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A customer who had to be told by `last_day`, `short` days before today; told today, `earliest` is possible."""

    promise: Promise
    last_day: date
    short: int
    earliest: date | None


def shortfalls(promises: Sequence[Promise], on: date, effective: date) -> list[Shortfall]:
    """Whom a change on a day comes too early for, if they are told today; the worst first, then by name."""
    found = []
    counted: dict[object, NoticeClock] = {}  # hundreds of customers share a handful of terms
    for promise in promises:
        terms = promise.terms
        lengths = (terms.period.value, terms.counting.value, terms.objection.value)
        same = (terms.authorisation.value, *lengths, id(promise.holidays))
        if same not in counted:
            counted[same] = promise.clock(on, effective)
        answer = counted[same]
        if answer.last_day is not None and answer.last_day < on:
            found.append(Shortfall(promise, answer.last_day, (on - answer.last_day).days, answer.earliest))
    return sorted(found, key=lambda each: (-each.short, each.promise.name, each.promise.key))


def vendor_notice(vendor: VendorFacts) -> Iterator[Finding]:
    """Whether the notice that a subprocessor gives is long enough for every promise, counted for a notice of today."""
    promised = [each for each in vendor.promises if each.terms.period.value is not None]
    if not promised:
        return
    if vendor.period.value is None:
        yield _unknown(vendor, promised)
        return
    try:
        comes = first_day(vendor.on, vendor.period.value, vendor.counting, vendor.holidays)
    except ValueError:
        return  # further off than any promise can reach
    short = shortfalls(promised, vendor.on, comes)
    if short:
        yield _squeezed(vendor, vendor.period.value, comes, short)


def _squeezed(vendor: VendorFacts, period: Period, comes: date, short: Sequence[Shortfall]) -> Finding:
    worst = short[0]
    name, terms = worst.promise.name, worst.promise.terms
    told = f"if it tells us on {long_date(vendor.on)}, the change may come on {long_date(comes)}"
    gives = notice_words(period, vendor.counting)
    words = f"{vendor.name} tells us {gives} ahead, and {name} must be told {_promised(terms)}: {told}; "
    words += f"{name} had to be told by {long_date(worst.last_day)}: {days(worst.short)} short."
    others = [f"{each.promise.name} ({days(each.short)} short)" for each in short[1:]]
    if others:
        words += f" Also: {few(others)}."
    ours = [reason for each in (terms.period, terms.objection) if (reason := _says(name, each, terms)) is not None]
    return conclude(
        "notice-squeezed",
        vendor.organisation,
        vendor.subject,
        f"{vendor.name}: its notice to us is shorter than what {name} was promised",
        words,
        reasons=(Reason(f"{vendor.name} gives us {gives}.", vendor.period.basis), *ours),
        field="notice",
        detail=f"{worst.promise.key or 'every customer'}: {gives} for {_lengths(terms)}",
    )


def few(names: Sequence[str], most: int = 6) -> str:
    """The names, or the first of them and how many more there are."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def _promised(terms: Terms) -> str:
    """`60 days ahead`; with the time to object where there is one, which must be over before the change too."""
    period = f"{_period(terms)} ahead" if terms.period.value else ""
    window = terms.objection.value
    return f"{period} and have {window.words()} to object before it" if window is not None else period


def _lengths(terms: Terms) -> str:
    """What was promised, so that a risk accepted for it is not accepted for a longer promise."""
    window = terms.objection.value
    return " and ".join(filter(None, (_period(terms), window.words() if window is not None else "")))


def _period(terms: Terms) -> str:
    return notice_words(terms.period.value, terms.counting.value) if terms.period.value is not None else ""


def _says(name: str, stated: Stated[Period], terms: Terms) -> Reason | None:
    if stated.value is None:
        return None
    if stated is terms.period:
        return Reason(f"{name} must be told {_period(terms)} before a change.", stated.basis)
    return Reason(f"{name} may object for {stated.value.words()}, and that must be over before it.", stated.basis)


def _unknown(vendor: VendorFacts, promised: Sequence[Promise]) -> Finding:
    # whom a change of today would have come too early for by the most
    first = next((each.promise for each in shortfalls(promised, vendor.on, vendor.on)), promised[0])
    words = f"How long before a change {vendor.name} tells us is not recorded. "
    if len(promised) > 1:
        words += f"{len(promised)} customers depend on it and were promised notice; the first to be told is "
        words += f"{first.name}, who must be told {_promised(first.terms)}."
    else:
        words += f"It has data of {first.name}, who must be told {_promised(first.terms)}."
    return conclude(
        "vendor-notice-missing",
        vendor.organisation,
        vendor.subject,
        f"{vendor.name}: its notice to us is not recorded",
        words,
        field="notice",
    )
