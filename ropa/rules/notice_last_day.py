"""The last day on which a customer can be told so that everything fits before the planned date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ropa.rules.dates import is_weekend, long_date, weekday
from ropa.rules.finding import Reason
from ropa.rules.notice_counting import latest_notice, notice_words
from ropa.rules.notice_emergency import Course
from ropa.rules.notice_terms import ARTICLE, NoticeFacts
from ropa.rules.period import Period, add, latest_start

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LastDay:
    """`notice` is the last day for the notice to begin to count, `window` the last for the time to object.

    Either is None where it is not recorded or nothing asks for it. `day` is the earlier of the two.
    """

    notice: date | None = None
    window: date | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def day(self) -> date | None:
        """The last day to tell the customer; None without a notice period."""
        if self.notice is None or self.window is None:
            return self.notice
        return min(self.notice, self.window)


def last_day(facts: NoticeFacts, way: Course) -> LastDay:
    """The last day to tell the customer, before the change or after it."""
    if facts.effective is None:
        return LastDay(reasons=(Reason("No planned date is recorded, so there is no last day to send.", ARTICLE),))
    if way.period.value is None:
        name = "notice in an emergency" if way.applies else "notice period"
        return LastDay(reasons=(Reason(f"The {name} is not recorded, so there is no last day to send.", ARTICLE),))
    try:
        count = _afterwards if way.afterwards else _before
        found = count(facts, way, way.period.value, facts.effective)
    except (ValueError, OverflowError):
        return LastDay(reasons=(Reason("The last day to send lies outside the calendar.", way.period.basis),))
    day = found.day
    if day is None or facts.sent is not None:
        return found
    said = ""
    if is_weekend(day):
        said = f"{long_date(day)} is a {weekday(day)}."
    elif day in facts.holidays:
        said = f"{long_date(day)} is a public holiday."
    return LastDay(found.notice, found.window, (*found.reasons, Reason(said))) if said else found


def _afterwards(facts: NoticeFacts, way: Course, period: Period, effective: date) -> LastDay:
    last = add(effective, period, facts.holidays)
    text = f"The customer must be told by {long_date(last)}: {period.words()} after {long_date(effective)}."
    return LastDay(last, reasons=(Reason(text, way.period.basis),))


def _before(facts: NoticeFacts, way: Course, period: Period, effective: date) -> LastDay:
    """The notice period ends by the planned date; the time to object is over the day before it.

    In an emergency only the shorter notice must fit: the time to object still runs, and may outlast the change.
    """
    window = facts.terms.objection
    counting = facts.terms.counting.value
    last = latest_notice(effective, period, counting, facts.holidays)
    text = f"{notice_words(period, counting)} before {long_date(effective)} is {long_date(last)}."
    reasons = [Reason(text, way.period.basis)]
    if window.value is None:
        return LastDay(last, reasons=tuple(reasons))
    if way.applies:
        text = "The time to object still runs, and need not be over before a change in an emergency."
        return LastDay(last, reasons=(*reasons, Reason(text, facts.terms.emergency.basis)))
    sooner = latest_start(effective - _DAY, window.value, facts.holidays)
    if sooner < last:
        text = (
            f"The {window.value.words()} to object must be over before the change, which makes it {long_date(sooner)}."
        )
        reasons.append(Reason(text, window.basis))
    return LastDay(last, sooner, tuple(reasons))
