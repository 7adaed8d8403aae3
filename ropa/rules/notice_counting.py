"""How the days of a notice are counted: by clear days, or so that the change may come on the day the notice ends.

The time to object has whole days either way: it begins on the day after the notice, and the change comes after its end.
"""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date, timedelta

from ropa.rules.finding import Reason
from ropa.rules.notice_terms import ARTICLE, Counting, Stated
from ropa.rules.period import Period, add, latest_start

_DAY = timedelta(days=1)
_NUMBER = re.compile(r"(\d+) ")
_ORDINARY = "the day from which the notice counts is not part of it, and the change may take effect on the day it ends."


def notice_words(period: Period, counting: Counting | None) -> str:
    """`30 days`; of clear days `30 clear days`, `10 clear business days`, `1 clear month`."""
    return _NUMBER.sub(r"\1 clear ", period.words()) if counting == "clear-days" else period.words()


def first_day(start: date, period: Period, counting: Counting | None, holidays: Container[date]) -> date:
    """The first day on which a change may take effect whose notice counts from `start`.

    Raises ValueError past the end of the calendar.
    """
    ends = add(start, period, holidays)
    if counting != "clear-days":
        return ends
    if ends == date.max:
        raise ValueError("the day after the notice lies outside the calendar")
    return ends + _DAY


def latest_notice(effective: date, period: Period, counting: Counting | None, holidays: Container[date]) -> date:
    """The last day from which a notice may count so that the change may take effect on `effective`.

    Raises ValueError before the beginning of the calendar.
    """
    if counting != "clear-days":
        return latest_start(effective, period, holidays)
    if effective == date.min:
        raise ValueError("the day before the change lies outside the calendar")
    return latest_start(effective - _DAY, period, holidays)


def counting_reason(counting: Stated[Counting], basis: str) -> Reason:
    """Which way the days were counted; `basis` is the text that promises the notice."""
    if counting.value == "clear-days":
        text = "The notice is clear: neither the day from which it counts nor the day of the change is part of it."
        return Reason(text, counting.basis)
    if counting.value == "ordinary-days":
        return Reason(f"{_ORDINARY[0].upper()}{_ORDINARY[1:]}", counting.basis)
    text = f"Whether clear days are meant is not recorded, and they are not counted: {_ORDINARY}"
    return Reason(f"{text} Clear days would ask for one day more.", basis or ARTICLE)
