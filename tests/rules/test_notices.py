"""When a customer must be told of a change, until when it may object, and when the change may start."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.rules.notice_terms import STATES, Authorisation, NoticeClock, NoticeFacts, Start, Stated, Terms
from ropa.rules.notices import clock
from ropa.rules.period import Period, add

ON = dt.date(2026, 11, 21)
DAY = dt.timedelta(days=1)


def terms(
    period: str | None = "30 days",
    *,
    authorisation: Authorisation | None = "general",
    start: Start | None = "sent",
    objection: str | None = None,
) -> Terms:
    return Terms(
        authorisation=Stated(authorisation, "DPA"),
        period=Stated(Period.parse(period) if period else None, "DPA"),
        clock=Stated(start, "DPA"),
        objection=Stated(Period.parse(objection) if objection else None, "DPA"),
    )


def told(stated: Terms, effective: str | None = "2026-12-24", on: dt.date = ON, **dates: str) -> NoticeClock:
    days = {name: dt.date.fromisoformat(value) for name, value in dates.items()}
    planned = dt.date.fromisoformat(effective) if effective else None
    return clock(replace(NoticeFacts(terms=stated, on=on, effective=planned), **days))  # type: ignore[arg-type]  # dates


def words(found: NoticeClock) -> str:
    return " ".join(reason.text for reason in found.reasons)


def test_thirty_days_before_the_change_is_the_last_day_to_send() -> None:
    found = told(terms())
    assert (found.state, found.last_day, found.days_left) == ("due", dt.date(2026, 11, 24), 3)
    assert found.earliest == dt.date(2026, 12, 21)


def test_a_notice_that_is_overdue_says_by_how_much() -> None:
    found = told(terms("60 days"))
    assert (found.state, found.days_left, found.late_by, found.is_late) == ("late", -27, 27, True)
    assert found.earliest == dt.date(2027, 1, 20)


def test_a_notice_sent_too_late_stays_late_and_moves_the_change() -> None:
    found = told(terms("60 days"), sent="2026-11-02")
    assert (found.state, found.days_left, found.late_by) == ("sent late", None, 8)
    assert found.earliest == dt.date(2027, 1, 1)


def test_the_time_to_object_is_never_taken_from_the_notice_period() -> None:
    found = told(terms(), sent="2026-11-10")
    assert found.closes is None
    assert "objection" in found.gaps
    assert found.earliest == dt.date(2026, 12, 10)
    assert "not taken from the notice period" in words(found)


def test_a_change_waits_for_the_end_of_the_last_day_to_object() -> None:
    found = told(terms("10 days", objection="30 days"), sent="2026-11-10")
    assert (found.state, found.closes) == ("objection open", dt.date(2026, 12, 10))
    assert found.earliest == dt.date(2026, 12, 11)
    assert told(terms("10 days", objection="30 days")).last_day == dt.date(2026, 11, 23)


def test_silence_is_refusal_where_consent_is_needed() -> None:
    found = told(terms(authorisation="specific"), sent="2026-10-01")
    assert (found.state, found.earliest) == ("waiting for consent", None)
    assert "silence is refusal" in words(found)
    agreed = told(terms(authorisation="specific"), sent="2026-10-01", consented="2026-11-05")
    assert (agreed.state, agreed.earliest) == ("done", dt.date(2026, 11, 5))


def test_silence_is_acceptance_only_under_general_authorisation() -> None:
    assert told(terms(), sent="2026-10-01").state == "done"
    assert told(terms(authorisation="mixed"), sent="2026-10-01").state == "waiting for consent"
    unknown = told(terms(authorisation=None), sent="2026-10-01")
    assert (unknown.state, unknown.earliest) == ("terms not recorded", None)


def test_an_objection_blocks_until_it_is_resolved() -> None:
    found = told(terms(objection="14 days"), sent="2026-10-01", objected="2026-10-10")
    assert (found.state, found.earliest) == ("blocked by objection", None)
    settled = told(terms(objection="14 days"), sent="2026-10-01", objected="2026-10-10", resolved="2026-11-15")
    assert (settled.state, settled.earliest) == ("done", dt.date(2026, 11, 15))


def test_a_late_objection_is_marked_as_late() -> None:
    found = told(terms(objection="14 days"), sent="2026-10-01", objected="2026-10-17")
    assert "2 days after the window had closed" in words(found)


def test_nothing_is_counted_from_sending_where_the_contract_counts_from_receipt() -> None:
    found = told(terms(start="received", objection="14 days"), sent="2026-11-10")
    assert (found.closes, found.earliest) == (None, None)
    assert "no day of receipt" in words(found)
    arrived = told(terms(start="received", objection="14 days"), sent="2026-11-10", received="2026-11-12")
    assert arrived.closes == dt.date(2026, 11, 26)


def test_a_page_that_changes_silently_is_said_not_to_be_enough() -> None:
    assert "changes silently is not enough" in words(told(terms(start="page-updated"), sent="2026-11-10"))


def test_no_terms_are_invented() -> None:
    found = told(Terms())
    assert (found.state, found.last_day, found.days_left, found.earliest) == ("terms not recorded", None, None, None)
    assert found.gaps == ("authorisation", "period", "clock", "objection")


def test_without_a_planned_date_the_earliest_is_still_known() -> None:
    found = told(terms(), effective=None)
    assert (found.last_day, found.earliest) == (None, dt.date(2026, 12, 21))


def test_business_days_leave_out_weekends_and_say_that_holidays_are_not_known() -> None:
    found = told(terms("10 business days"), effective="2026-12-08")
    assert found.last_day == dt.date(2026, 11, 24)
    assert "no public holidays are known" in words(found)


def test_on_an_earlier_day_what_was_sent_later_had_not_been_sent() -> None:
    found = told(terms(), on=dt.date(2026, 11, 1), sent="2026-11-02")
    assert (found.state, found.days_left) == ("due", 23)


def test_what_lies_outside_the_calendar_is_said_and_does_not_fail() -> None:
    found = told(terms("9999 years", objection="9999 years"), sent="2026-11-02")
    assert (found.last_day, found.closes, found.earliest) == (None, None, None)
    assert "outside the calendar" in words(found)


periods = st.one_of(
    st.none(),
    st.builds(lambda n, unit: f"{n} {unit}", st.integers(0, 90), st.sampled_from(["days", "business days", "months"])),
)
dates = st.one_of(st.none(), st.dates(dt.date(2026, 1, 1), dt.date(2028, 3, 1)))
facts = st.builds(
    NoticeFacts,
    terms=st.builds(
        terms,
        periods,
        authorisation=st.sampled_from([None, "general", "specific", "mixed"]),
        start=st.sampled_from([None, "sent", "received", "page-updated"]),
        objection=periods,
    ),
    on=st.dates(dt.date(2026, 1, 1), dt.date(2028, 3, 1)),
    effective=dates,
    sent=dates,
    received=dates,
    consented=dates,
    objected=dates,
    resolved=dates,
)


@given(facts)
def test_no_change_starts_before_notice_and_window_are_over(each: NoticeFacts) -> None:
    found = clock(each)
    assert found.state in STATES
    assert found.late_by >= 0
    if found.earliest is None:
        return
    begun = [day for day in (each.sent, each.received) if day is not None and day <= each.on] or [each.on]
    period, window = each.terms.period.value, each.terms.objection.value
    assert period is not None
    assert found.earliest >= add(min(begun), period)
    if window is not None:
        assert found.earliest > add(min(begun), window)
    if found.closes is not None:
        assert found.earliest > found.closes
    if each.terms.authorisation.value != "general":
        assert each.consented is not None
        assert each.consented <= each.on
    if each.objected is not None and each.objected <= each.on:
        assert each.resolved is not None


@given(facts.filter(lambda each: each.sent is None and each.received is None))
def test_what_is_sent_on_the_last_day_is_in_time_and_a_day_later_is_not(each: NoticeFacts) -> None:
    last = clock(each).last_day
    if last is None or each.effective is None:
        return
    period, window = each.terms.period.value, each.terms.objection.value
    assert period is not None

    def fits(day: dt.date) -> bool:
        return add(day, period) <= each.effective and (window is None or add(day, window) < each.effective)  # type: ignore[operator]  # checked above

    assert fits(last)
    assert not fits(last + DAY)


@pytest.mark.parametrize("month_end", ["2027-03-31", "2028-02-29", "2027-02-28"])
def test_a_month_before_the_end_of_a_month_fits_whole(month_end: str) -> None:
    found = told(terms("1 month"), effective=month_end)
    assert found.last_day is not None
    assert add(found.last_day, Period(months=1)) <= dt.date.fromisoformat(month_end)
    assert add(found.last_day + DAY, Period(months=1)) > dt.date.fromisoformat(month_end)
