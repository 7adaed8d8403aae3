"""When a customer must be told of a change, until when it may object, and when the change may start."""

from __future__ import annotations

import calendar
import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.law.holidays import public_holidays
from ropa.rules.notice_terms import (
    STATES,
    Authorisation,
    Counting,
    Emergency,
    NoticeClock,
    NoticeFacts,
    Start,
    Stated,
    Terms,
)
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
    counting: Counting | None = None,
) -> Terms:
    return Terms(
        authorisation=Stated(authorisation, "DPA"),
        period=Stated(Period.parse(period) if period else None, "DPA"),
        clock=Stated(start, "DPA"),
        objection=Stated(Period.parse(objection) if objection else None, "DPA"),
        counting=Stated(counting, "DPA"),
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
    assert "business_days" in found.gaps


def test_business_days_leave_out_the_holidays_that_the_contract_names_and_say_whose() -> None:
    stated = replace(terms("10 business days", objection="5 business days"), business_days=Stated("GB-SCT", "DPA"))
    scotland = {"holidays": public_holidays("GB-SCT"), "calendar": "public holidays (Scotland)"}
    facts = NoticeFacts(terms=stated, on=ON, effective=dt.date(2026, 12, 8), **scotland)  # type: ignore[arg-type]  # of each field
    assert clock(facts).last_day == dt.date(2026, 11, 23)  # St Andrew's Day, 30 November, is none in England
    assert "Saturdays, Sundays and public holidays (Scotland)" in words(clock(facts))
    assert "no public holidays" not in words(clock(facts))
    out = clock(replace(facts, sent=dt.date(2026, 11, 20)))
    assert out.closes == dt.date(2026, 11, 27)
    assert out.earliest == dt.date(2026, 12, 7)


def test_a_last_day_that_is_a_public_holiday_is_said_to_be_one() -> None:
    facts = NoticeFacts(terms=terms("3 business days"), on=ON, effective=dt.date(2026, 12, 31))
    found = clock(replace(facts, holidays=public_holidays("GB-ENG"), calendar="public holidays (England)"))
    assert found.last_day == dt.date(2026, 12, 28)
    assert "28 December 2026 is a public holiday" in words(found)


def test_the_time_to_object_starts_on_a_day_of_its_own() -> None:
    stated = replace(terms(objection="14 days"), objection_clock=Stated("received", "DPA"))
    waiting = told(stated, sent="2026-11-10")
    assert (waiting.closes, waiting.earliest, waiting.state) == (None, None, "sent")
    assert "no day of receipt is recorded; nobody can say when it ends" in words(waiting)
    arrived = told(stated, sent="2026-11-10", received="2026-11-13")
    assert arrived.closes == dt.date(2026, 11, 27)
    assert arrived.earliest == dt.date(2026, 12, 10)
    from_sending = replace(terms(start="received", objection="14 days"), objection_clock=Stated("sent", "DPA"))
    assert told(from_sending, sent="2026-11-10").closes == dt.date(2026, 11, 24)


def test_a_time_to_object_with_no_start_recorded_is_counted_like_the_notice_and_that_is_said() -> None:
    found = told(terms(start="received", objection="14 days"), sent="2026-11-10", received="2026-11-12")
    assert found.closes == dt.date(2026, 11, 26)
    assert "What starts the time to object is not recorded; it is counted like the notice" in words(found)
    assert "objection_clock" in found.gaps


def test_a_notice_in_time_is_late_where_it_arrives_too_late_to_object_before_the_change() -> None:
    stated = replace(terms(objection="30 days"), objection_clock=Stated("received", "DPA"))
    found = told(stated, sent="2026-11-20", received="2026-11-26")
    assert (found.last_day, found.late_by, found.state) == (dt.date(2026, 11, 23), 0, "sent")
    late = told(stated, on=dt.date(2026, 11, 26), sent="2026-11-20", received="2026-11-26")
    assert (late.late_by, late.earliest) == (3, dt.date(2026, 12, 27))


def in_emergency(clause: Emergency | None, notice: str | None, stated: Terms, **dates: str) -> NoticeClock:
    stated = replace(
        stated,
        emergency=Stated(clause, "clause 9"),
        emergency_notice=Stated(Period.parse(notice) if notice else None, "clause 9"),
    )
    days = {name: dt.date.fromisoformat(value) for name, value in dates.items()}
    facts = NoticeFacts(terms=stated, on=ON, effective=dt.date(2026, 11, 24), emergency=True)
    return clock(replace(facts, **days))  # type: ignore[arg-type]  # dates


def test_a_shorter_notice_takes_the_place_of_the_period_in_an_emergency() -> None:
    found = in_emergency("shorter-notice", "2 days", terms(objection="14 days"))
    assert (found.emergency, found.afterwards, found.last_day, found.state) == (
        True,
        False,
        dt.date(2026, 11, 22),
        "due",
    )
    out = in_emergency("shorter-notice", "2 days", terms(objection="14 days"), sent="2026-11-21")
    assert (out.closes, out.earliest) == (dt.date(2026, 12, 5), dt.date(2026, 11, 23))
    assert "need not be over before a change in an emergency" in words(out)
    ordinary = replace(terms(objection="14 days"), emergency=Stated("shorter-notice", "clause 9"))
    assert told(ordinary, effective="2026-11-24").late_by == 27


def test_a_shorter_notice_is_no_consent_but_being_told_afterwards_is() -> None:
    specific = terms(authorisation="specific")
    assert in_emergency("shorter-notice", "2 days", specific, sent="2026-11-20").earliest is None
    found = in_emergency("told-afterwards", "5 days", specific)
    assert (found.earliest, found.state) == (ON, "due")
    assert "consent is not waited for, because the contract gave it beforehand" in words(found)


def test_told_afterwards_counts_from_the_change_and_is_late_after_it() -> None:
    found = in_emergency("told-afterwards", "5 days", terms("30 days", objection="14 days"))
    assert (found.last_day, found.days_left, found.late_by) == (dt.date(2026, 11, 29), 8, 0)
    assert (found.emergency, found.afterwards) == (True, True)
    past = {"effective": "2026-11-10"}
    late = in_emergency("told-afterwards", "5 days", terms(), **past)
    assert (late.state, late.last_day, late.late_by) == ("late", dt.date(2026, 11, 15), 6)
    assert in_emergency("told-afterwards", "5 days", terms(), sent="2026-11-15", **past).state == "done"
    assert in_emergency("told-afterwards", "5 days", terms(), sent="2026-11-16", **past).state == "sent late"


@pytest.mark.parametrize(("clause", "said"), [("not-allowed", "allows no shorter way"), (None, "is not recorded")])
def test_the_ordinary_terms_count_where_no_clause_allows_less(clause: Emergency | None, said: str) -> None:
    found = in_emergency(clause, "2 days", terms())
    assert (found.emergency, found.late_by) == (False, 27)
    assert said in words(found)
    assert ("emergency" in found.gaps) is (clause is None)


@pytest.mark.parametrize("clause", ["shorter-notice", "told-afterwards"])
def test_a_notice_in_an_emergency_that_is_not_recorded_is_a_gap_and_never_guessed(clause: Emergency) -> None:
    found = in_emergency(clause, None, terms())
    assert (found.last_day, found.state) == (None, "terms not recorded")
    assert "emergency_notice" in found.gaps
    assert found.earliest is None or clause == "told-afterwards"


def test_what_was_settled_before_the_objection_settled_another_one() -> None:
    found = told(terms(), sent="2026-10-01", objected="2026-11-10", resolved="2026-11-05")
    assert (found.state, found.earliest) == ("blocked by objection", None)


def test_on_an_earlier_day_what_was_sent_later_had_not_been_sent() -> None:
    found = told(terms(), on=dt.date(2026, 11, 1), sent="2026-11-02")
    assert (found.state, found.days_left) == ("due", 23)


def test_what_lies_outside_the_calendar_is_said_and_does_not_fail() -> None:
    found = told(terms("9999 years", objection="9999 years"), sent="2026-11-02")
    assert (found.last_day, found.closes, found.earliest) == (None, None, None)
    assert "outside the calendar" in words(found)


def test_clear_days_leave_out_the_day_of_the_notice_and_the_day_of_the_change() -> None:
    found = told(terms(counting="clear-days"), effective="2026-12-24")
    assert (found.last_day, found.earliest) == (dt.date(2026, 11, 23), dt.date(2026, 12, 22))
    assert "30 clear days before 24 December 2026 is 23 November 2026." in words(found)
    assert "neither the day from which it counts nor the day of the change" in words(found)


def test_a_notice_that_is_one_clear_day_short_is_late() -> None:
    on = dt.date(2026, 11, 30)
    assert told(terms(), on=on, sent="2026-11-24").state == "sent"
    found = told(terms(counting="clear-days"), on=on, sent="2026-11-24")
    assert (found.state, found.late_by, found.earliest) == ("sent late", 1, dt.date(2026, 12, 25))


@pytest.mark.parametrize(
    ("period", "last", "earliest"),
    [
        ("2 weeks", "2026-12-16", "2026-12-06"),
        ("1 month", "2026-11-30", "2026-12-22"),
        ("5 business days", "2026-12-23", "2026-11-28"),
    ],
)
def test_clear_weeks_months_and_business_days_ask_for_one_day_more(period: str, last: str, earliest: str) -> None:
    found = told(terms(period, counting="clear-days"), effective="2026-12-31")
    # five whole business days, no holidays known: 24, 25, 28, 29, 30 December; 23 to 27 November
    assert (found.last_day, found.earliest) == (dt.date.fromisoformat(last), dt.date.fromisoformat(earliest))


def test_the_time_to_object_is_the_same_in_clear_days() -> None:
    clear, plain = (
        told(terms(objection="30 days", counting=each), on=dt.date(2026, 11, 30), sent="2026-11-20")
        for each in ("clear-days", "ordinary-days")
    )
    assert clear.closes == plain.closes == dt.date(2026, 12, 20)
    assert clear.earliest == plain.earliest == dt.date(2026, 12, 21)


def test_it_is_said_which_way_the_days_were_counted() -> None:
    left_out = told(terms())
    assert "Whether clear days are meant is not recorded, and they are not counted" in words(left_out)
    assert "counting" in left_out.gaps
    stated = told(terms(counting="ordinary-days"))
    assert "counting" not in stated.gaps
    assert "not recorded, and they are not counted" not in words(stated)
    assert (stated.last_day, stated.earliest) == (left_out.last_day, left_out.earliest)
    afterwards = in_emergency("told-afterwards", "5 days", terms())
    assert "lear days" not in words(afterwards)


def test_a_shorter_notice_in_an_emergency_is_counted_in_clear_days_too() -> None:
    found = in_emergency("shorter-notice", "2 days", terms(counting="clear-days"))
    assert (found.last_day, found.earliest) == (dt.date(2026, 11, 21), dt.date(2026, 11, 24))
    assert "2 clear days" in words(found)
    late = in_emergency("told-afterwards", "5 days", terms(counting="clear-days"))
    assert late.last_day == dt.date(2026, 11, 29)


def test_clear_days_of_every_length_and_start_leave_that_many_whole_days_between() -> None:
    for n in range(60):
        for length, counts in ((Period(days=n), lambda _: True), (Period(business_days=n), is_business)):
            for start in (dt.date(2026, 12, 1) + DAY * shift for shift in range(40)):
                stated = replace(terms(counting="clear-days"), period=Stated(length, "DPA"))
                planned = dt.date(2027, 1, 20)
                facts = NoticeFacts(terms=stated, on=start, effective=planned, holidays=ENGLAND)
                first, last = clock(facts).earliest, clock(facts).last_day
                assert first is not None
                assert last is not None
                assert whole_days(start, first, counts) >= n
                assert first - DAY == start or whole_days(start, first - DAY, counts) < n
                assert whole_days(last, planned, counts) >= n
                assert whole_days(last + DAY, planned, counts) < n or last + DAY == planned


def test_a_clear_month_is_over_before_the_day_of_the_change_from_every_day_of_a_leap_year() -> None:
    for start in (dt.date(2028, 1, 1) + DAY * n for n in range(366)):
        year, month = divmod(start.year * 12 + start.month, 12)
        same_day = dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
        found = told(terms("1 month", counting="clear-days"), on=start, effective=None)
        assert found.earliest == same_day + DAY
        planned = told(terms("1 month", counting="clear-days"), on=start, effective=str(same_day + DAY))
        assert planned.last_day is not None
        assert planned.last_day >= start
        assert told(terms("1 month", counting="clear-days"), on=start, effective=str(same_day)).is_late


def is_business(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in ENGLAND


def whole_days(notice: dt.date, change: dt.date, counts: Callable[[dt.date], bool]) -> int:
    """The days that count strictly between two days, one by one."""
    return sum(counts(notice + DAY * n) for n in range(1, (change - notice).days))


ENGLAND = public_holidays("GB-ENG")
PLACES = ("Pacific/Kiritimati", "America/Los_Angeles", "UTC")

periods = st.one_of(
    st.none(),
    st.builds(lambda n, unit: f"{n} {unit}", st.integers(0, 90), st.sampled_from(["days", "business days", "months"])),
)
dates = st.one_of(st.none(), st.dates(dt.date(2026, 1, 1), dt.date(2028, 3, 1)))
starts = st.sampled_from([None, "sent", "received", "page-updated"])
facts = st.builds(
    NoticeFacts,
    terms=st.builds(
        lambda stated, own: replace(stated, objection_clock=Stated(own, "DPA")),
        st.builds(
            terms,
            periods,
            authorisation=st.sampled_from([None, "general", "specific", "mixed"]),
            start=starts,
            objection=periods,
            counting=st.sampled_from([None, "clear-days", "ordinary-days"]),
        ),
        starts,
    ),
    holidays=st.sampled_from([frozenset(), ENGLAND]),
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
    over = add(min(begun), period, each.holidays)
    assert found.earliest > over if each.terms.counting.value == "clear-days" else found.earliest >= over
    if window is not None:
        assert found.earliest > add(min(begun), window, each.holidays)
    if found.closes is not None:
        assert found.earliest > found.closes
    if each.terms.authorisation.value != "general":
        assert each.consented is not None
        assert each.consented <= each.on
    if each.objected is not None and each.objected <= each.on:
        assert each.resolved is not None


@given(facts.filter(lambda each: each.sent is None and each.received is None))
def test_what_is_sent_on_the_last_day_is_in_time_and_a_day_later_is_not(each: NoticeFacts) -> None:
    last, planned = clock(each).last_day, each.effective
    if last is None or planned is None:
        return
    period, window = each.terms.period.value, each.terms.objection.value
    assert period is not None

    def fits(day: dt.date) -> bool:
        over = add(day, period, each.holidays)
        closes = add(day, window, each.holidays) if window is not None else None
        notice = over < planned if each.terms.counting.value == "clear-days" else over <= planned
        return notice and (closes is None or closes < planned)

    assert fits(last)
    assert not fits(last + DAY)


@pytest.mark.parametrize("month_end", ["2027-03-31", "2028-02-29", "2027-02-28"])
def test_a_month_before_the_end_of_a_month_fits_whole(month_end: str) -> None:
    found = told(terms("1 month"), effective=month_end)
    assert found.last_day is not None
    assert add(found.last_day, Period(months=1)) <= dt.date.fromisoformat(month_end)
    assert add(found.last_day + DAY, Period(months=1)) > dt.date.fromisoformat(month_end)


@given(facts)
def test_a_window_is_never_shorter_than_promised(each: NoticeFacts) -> None:
    closes, window = clock(each).closes, each.terms.objection.value
    if closes is None:
        return
    assert window is not None
    begun = min(day for day in (each.sent, each.received) if day is not None and day <= each.on)
    assert closes >= add(begun, window, each.holidays)
    if window.business_days:
        free = [begun + DAY * n for n in range(1, (closes - begun).days + 1)]
        assert sum(day.weekday() < 5 and day not in each.holidays for day in free) >= window.business_days
    else:
        assert (closes - begun).days >= window.days + 28 * window.months


@given(facts)
def test_public_holidays_only_ever_make_a_notice_earlier_and_a_window_longer(each: NoticeFacts) -> None:
    without = clock(replace(each, holidays=frozenset()))
    found = clock(replace(each, holidays=ENGLAND))
    for earlier, later in ((found.last_day, without.last_day), (without.closes, found.closes)):
        assert (earlier is None) == (later is None)
        assert earlier is None or later is None or earlier <= later
    assert found.earliest is None or without.earliest is None or without.earliest <= found.earliest


@given(facts, st.sampled_from(["shorter-notice", "told-afterwards", "not-allowed", None]), periods)
def test_an_emergency_never_hides_an_objection_and_counts_only_what_the_contract_states(
    each: NoticeFacts, clause: Emergency | None, notice: str | None
) -> None:
    length = Period.parse(notice) if notice else None
    stated = replace(each.terms, emergency=Stated(clause, "9"), emergency_notice=Stated(length, "9"))
    found = clock(replace(each, terms=stated, emergency=True))
    assert found.emergency is (clause in ("shorter-notice", "told-afterwards"))
    if not found.emergency:
        ordinary = clock(each)
        assert (found.last_day, found.earliest, found.closes) == (ordinary.last_day, ordinary.earliest, ordinary.closes)
    if length is None and found.emergency:
        assert found.last_day is None
        assert "emergency_notice" in found.gaps
    if each.objected is not None and each.objected <= each.on and each.resolved is None:
        assert (found.state, found.earliest) == ("blocked by objection", None)
    if found.afterwards and found.last_day is not None and length is not None and each.effective is not None:
        assert found.last_day == add(each.effective, length, each.holidays)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the machine cannot change its time zone")
def test_no_date_depends_on_the_time_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    stated = replace(terms("10 business days", objection="1 month"), objection_clock=Stated("received", "DPA"))
    facts = NoticeFacts(terms=stated, on=ON, effective=dt.date(2027, 3, 31), sent=ON, received=ON, holidays=ENGLAND)
    found = []
    for place in PLACES:
        monkeypatch.setenv("TZ", place)
        time.tzset()
        found.append((clock(facts), clock(replace(facts, sent=None, received=None))))
    monkeypatch.undo()
    time.tzset()
    assert found[0] == found[1] == found[2]
