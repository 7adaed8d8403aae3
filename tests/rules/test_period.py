"""How long a contract or policy says, and the dates that follow from it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ropa.rules.period import Period, add, latest_start, subtract

DAY = timedelta(days=1)
small = st.integers(min_value=0, max_value=40)
calendar_periods = st.builds(Period, years=small, months=small, weeks=small, days=small)
periods = calendar_periods | st.builds(Period, business_days=small)
dates = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))
holidays = st.frozensets(st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 3, 1)), max_size=25)
near = st.dates(min_value=date(2025, 12, 1), max_value=date(2026, 4, 1))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P6Y", Period(years=6)), ("p18m", Period(months=18)), ("P1Y6M", Period(years=1, months=6)),
        ("P2W", Period(weeks=2)), ("P1Y2M3W4D", Period(1, 2, 3, 4)), ("P0D", Period()),
        ("18 months", Period(months=18)), ("6 years", Period(years=6)), ("1 year", Period(years=1)),
        ("1 year and 6 months", Period(years=1, months=6)), ("1 year, 6 months", Period(years=1, months=6)),
        ("1 year 6 months", Period(years=1, months=6)), ("1 year, 2 months, and 3 days", Period(1, 2, 0, 3)),
        ("30 days", Period(days=30)), ("30 calendar days", Period(days=30)), ("30-day", Period(days=30)),
        ("10 business days", Period(business_days=10)), ("1 business day", Period(business_days=1)),
        ("5 working days", Period(business_days=5)), ("  12\n Months ", Period(months=12)),
        ("2 full months", Period(months=2)), ("007 days", Period(days=7)),
    ],
)  # fmt: skip
def test_a_period_is_read_as_policies_write_it(text: str, period: Period) -> None:
    assert Period.parse(text) == period


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("72 hours", "is in hours or less"), ("PT72H", "is in hours or less"), ("P1DT12H", "is in hours or less"),
        ("1 day and 30 minutes", "is in hours or less"),
        ("1.5 years", "has a fraction"), ("P1.5Y", "has a fraction"), ("1,5 years", "has a fraction"),
        ("30 clear days", "counting in the notice terms"), ("1 clear month", "counting in the notice terms"),
        ("", "is not a period"), ("P", "is not a period"), ("6", "is not a period"), ("years", "is not a period"),
        ("destroyed on a regular basis", "is not a period"), ("6 years from the end", "is not a period"),
        ("six years", "is not a period"), ("-6 years", "is not a period"), ("P-6Y", "is not a period"),
        ("6 years and", "is not a period"), ("6 months6 days", "is not a period"), ("٦ years", "is not a period"),
        ("6 months and 1 year", "twice or out of order"), ("6 months and 6 months", "twice or out of order"),
        ("1 month and 10 business days", "cannot be combined"), ("20000 days", "too long|more than 9999"),
        ("9" * 5000 + " days", "too long"), ("P" + "9" * 5000 + "D", "too long"),
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_in_plain_words(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as caught:
        Period.parse(text)
    assert len(str(caught.value)) < 300


@given(st.text(max_size=60))
def test_any_text_is_a_period_or_a_plain_refusal(text: str) -> None:
    try:
        period = Period.parse(text)
    except ValueError as error:
        message = str(error)
    else:
        message = ""
        assert Period.parse(str(period)) == period
    assert "\n" not in message


@pytest.mark.parametrize("numbers", [{"days": -1}, {"months": 10_000}, {"weeks": 1, "business_days": 1}])
def test_a_period_that_cannot_be_is_refused(numbers: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"a period cannot|cannot be combined"):
        Period(**numbers)


@pytest.mark.parametrize(
    ("period", "iso", "words"),
    [
        (Period(months=18), "P18M", "18 months"), (Period(years=1, months=6), "P1Y6M", "1 year and 6 months"),
        (Period(1, 2, 0, 3), "P1Y2M3D", "1 year, 2 months and 3 days"), (Period(weeks=1), "P1W", "1 week"),
        (Period(business_days=10), "10 business days", "10 business days"), (Period(), "P0D", "0 days"),
        (Period(business_days=1), "1 business day", "1 business day"),
    ],
)  # fmt: skip
def test_a_period_is_written_for_machines_and_for_people(period: Period, iso: str, words: str) -> None:
    assert (str(period), period.words()) == (iso, words)


@given(periods)
def test_a_period_reads_back_exactly_from_either_form(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert Period.parse(period.words()) == period
    assert Period.parse(period.words().upper()) == period


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        (date(2026, 1, 31), "1 month", date(2026, 2, 28)), (date(2028, 1, 31), "1 month", date(2028, 2, 29)),
        (date(2028, 2, 29), "1 year", date(2029, 2, 28)), (date(2028, 2, 29), "4 years", date(2032, 2, 29)),
        (date(2026, 8, 31), "18 months", date(2028, 2, 29)), (date(2026, 10, 31), "2 months", date(2026, 12, 31)),
        (date(2026, 11, 21), "30 days", date(2026, 12, 21)), (date(2026, 1, 31), "P1M1D", date(2026, 3, 1)),
        (date(2026, 12, 31), "2 weeks", date(2027, 1, 14)), (date(2026, 11, 21), "P0D", date(2026, 11, 21)),
        # 20 November 2026 is a Friday.
        (date(2026, 11, 20), "1 business day", date(2026, 11, 23)),
        (date(2026, 11, 21), "1 business day", date(2026, 11, 23)),
        (date(2026, 11, 20), "10 business days", date(2026, 12, 4)),
    ],
)  # fmt: skip
def test_a_period_after_a_date(start: date, text: str, end: date) -> None:
    assert add(start, Period.parse(text)) == end


@pytest.mark.parametrize(
    ("end", "text", "start"),
    [
        (date(2026, 3, 31), "1 month", date(2026, 2, 28)), (date(2028, 2, 29), "1 year", date(2027, 2, 28)),
        (date(2026, 1, 15), "P1Y1M1D", date(2024, 12, 14)),
        (date(2026, 11, 23), "1 business day", date(2026, 11, 20)),
        (date(2026, 11, 22), "1 business day", date(2026, 11, 20)),
    ],
)  # fmt: skip
def test_a_period_before_a_date(end: date, text: str, start: date) -> None:
    assert subtract(end, Period.parse(text)) == start


def test_holidays_are_no_business_days_and_count_as_calendar_days() -> None:
    christmas = {date(2026, 12, 25), date(2026, 12, 28)}  # a Friday, and the Monday kept for Boxing Day
    assert add(date(2026, 12, 24), Period(business_days=1), christmas) == date(2026, 12, 29)
    assert subtract(date(2026, 12, 29), Period(business_days=1), christmas) == date(2026, 12, 24)
    assert add(date(2026, 12, 24), Period(days=1), christmas) == date(2026, 12, 25)


@given(dates, dates, periods)
def test_a_later_start_never_ends_earlier(first: date, second: date, period: Period) -> None:
    assume(first <= second)
    assert add(first, period) <= add(second, period)
    assert subtract(first, period) <= subtract(second, period)
    assert subtract(first, period) <= first <= add(first, period)


@given(near, st.integers(min_value=1, max_value=30), holidays)
def test_business_days_are_counted_one_by_one(start: date, number: int, off: frozenset[date]) -> None:
    end = add(start, Period(business_days=number), off)
    between = [start + DAY * n for n in range(1, (end - start).days + 1)]
    assert sum(day.weekday() < 5 and day not in off for day in between) == number
    assert end.weekday() < 5
    assert end not in off


@given(dates, periods)
@example(date(2026, 2, 28), Period(months=1))
@example(date(2026, 3, 30), Period(months=1))
@example(date(2028, 2, 29), Period(years=1))
@example(date(2026, 3, 1), Period(months=1, days=1))
@example(date(2026, 11, 22), Period(business_days=1))
def test_the_last_day_to_begin_is_in_time_and_the_day_after_is_not(deadline: date, period: Period) -> None:
    start = latest_start(deadline, period)
    assert add(start, period) <= deadline < add(start + DAY, period)


@given(near, st.integers(min_value=0, max_value=30), holidays)
def test_the_last_day_to_begin_heeds_holidays(deadline: date, number: int, off: frozenset[date]) -> None:
    period = Period(business_days=number)
    start = latest_start(deadline, period, off)
    assert add(start, period, off) <= deadline < add(start + DAY, period, off)


def test_the_last_day_to_begin_can_differ_from_the_period_subtracted() -> None:
    month = Period(months=1)
    assert subtract(date(2026, 2, 28), month) == date(2026, 1, 28)
    assert latest_start(date(2026, 2, 28), month) == date(2026, 1, 31)
    assert latest_start(date(2026, 11, 23), Period(business_days=1)) == date(2026, 11, 22)


def test_the_ends_of_the_calendar_are_refused_in_plain_words() -> None:
    with pytest.raises(ValueError, match="6 years after 9998-01-01 is outside the years 1 to 9999"):
        add(date(9998, 1, 1), Period(years=6))
    with pytest.raises(ValueError, match="40 days before 0001-01-02 is outside"):
        subtract(date(1, 1, 2), Period(days=40))
    with pytest.raises(ValueError, match="outside the years"):
        add(date(9999, 12, 1), Period(business_days=40))
    with pytest.raises(ValueError, match="outside the years"):
        latest_start(date(1, 1, 2), Period(months=1))
    assert latest_start(date.max, Period()) == date.max
    assert latest_start(date.max, Period(days=1)) == date.max - DAY
    assert add(date(9998, 12, 31), Period(years=1)) == date.max
