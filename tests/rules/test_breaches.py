"""Breaches: 72 hours are hours, whatever the clocks and the calendar do, and every duty to tell has its finding."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.rules.breaches import BreachFacts, Risk, ToldFacts, breach, deadline
from ropa.rules.finding import Finding
from ropa.rules.moment import read_moment

AWARE = read_moment("2026-11-18T16:20+00:00")
END = read_moment("2026-11-21T16:20+00:00")
SECOND = dt.timedelta(seconds=1)

DONE = BreachFacts(
    organisation="acme",
    key="lost",
    name="Lost laptop",
    now=END + dt.timedelta(days=1),
    discovered=AWARE,
    controller=True,
    risk="risk",
    authority=END,
)
"""A breach that nothing is wrong with: the authority was told in the last second."""

UNTOLD = replace(DONE, authority=None)


def found(facts: BreachFacts) -> dict[str, Finding]:
    return {each.rule: each for each in breach(facts)}


def test_a_breach_that_was_told_in_time_and_documented_is_left_alone() -> None:
    assert found(DONE) == {}


def test_the_authority_is_late_from_the_end_of_the_last_hour() -> None:
    assert found(replace(UNTOLD, now=END - SECOND)) == {}
    each = found(replace(UNTOLD, now=END))["breach-authority-untold"]
    assert (each.severity, each.kind, each.subject) == ("high", "finding", "breach/lost")
    assert "run until 16:20 on 21 November 2026 (UTC)" in each.message
    assert "became aware of it at 16:20 on 18 November 2026 (UTC)" in each.reasons[0].text


def test_a_notice_that_is_still_to_come_is_no_notice() -> None:
    assert "breach-authority-untold" in found(replace(DONE, authority=END + SECOND, now=END))


@pytest.mark.parametrize(("late", "why", "rules"), [
    (dt.timedelta(0), False, set()), (SECOND, False, {"breach-told-late"}), (SECOND, True, set()),
])  # fmt: skip
def test_who_is_told_late_is_told_why(late: dt.timedelta, why: bool, rules: set[str]) -> None:
    assert set(found(replace(DONE, authority=END + late, late_because=why))) == rules


@pytest.mark.parametrize(("risk", "why", "rules"), [
    ("unlikely", True, set()),
    ("unlikely", False, {"breach-untold-unexplained"}),
    ("risk", True, {"breach-authority-untold"}),
    (None, True, {"breach-authority-untold", "breach-risk-missing"}),
    ("high", True, {"breach-authority-untold", "breach-people-untold"}),
])  # fmt: skip
def test_only_an_unlikely_risk_with_its_reasons_frees_from_telling(
    risk: Risk | None, why: bool, rules: set[str]
) -> None:
    assert set(found(replace(UNTOLD, risk=risk, unlikely_because=why))) == rules


def test_people_are_told_of_a_high_risk_at_once_or_it_is_said_why_not() -> None:
    high = replace(DONE, risk="high")
    assert "breach-people-untold" in found(replace(high, now=AWARE, authority=None))
    assert found(replace(high, people=END)) == {}
    assert found(replace(high, people_untold_because=True)) == {}
    assert "breach-people-untold" in found(replace(high, people=high.now + SECOND))


def test_a_processor_tells_each_customer_and_not_the_authority() -> None:
    facts = replace(
        UNTOLD,
        controller=False,
        processor=True,
        risk=None,
        customers=(ToldFacts("north", "Northgate", AWARE), ToldFacts("bright", "Brightway [/]")),
    )
    (each,) = breach(facts)
    assert (each.rule, each.detail) == ("breach-customers-untold", "bright")
    assert "Brightway [/]" in each.title
    assert found(replace(facts, customers=())).keys() == {"breach-customers-unnamed"}
    unnamed = found(replace(facts, customers=facts.customers[:1], unnamed=("Hosting",)))
    assert "Hosting" in unnamed["breach-customers-unnamed"].message


def test_an_unknown_role_owes_what_a_controller_owes() -> None:
    assert set(found(replace(UNTOLD, controller=False))) == {"breach-role-missing", "breach-authority-untold"}


def test_what_is_not_documented_is_a_gap() -> None:
    gaps = found(replace(DONE, discovered=None, missing=("its consequences",)))
    assert set(gaps) == {"breach-discovered-missing", "breach-undocumented"}
    assert {each.kind for each in gaps.values()} == {"gap"}
    assert "its consequences" in gaps["breach-undocumented"].message


def test_nothing_is_said_of_a_breach_before_it_was_known() -> None:
    assert found(replace(UNTOLD, now=AWARE - SECOND, missing=("what happened",))) == {}


@pytest.mark.parametrize(
    ("aware", "end"),
    [
        ("2026-03-27 12:00 Europe/London", "2026-03-30T13:00+01:00"),  # the clocks go forward meanwhile
        ("2026-10-23 12:00 Europe/London", "2026-10-26T11:00+00:00"),  # and back
        ("2026-12-30 23:59 UTC", "2027-01-02T23:59+00:00"),
        ("2028-02-27 08:00 UTC", "2028-03-01T08:00+00:00"),
        ("2026-12-24 17:00 Europe/London", "2026-12-27T17:00+00:00"),  # holidays and a weekend count
    ],
)
def test_72_hours_are_hours(aware: str, end: str) -> None:
    assert deadline(read_moment(aware)) == read_moment(end)


ZONES = st.sampled_from([dt.UTC, *map(ZoneInfo, ("Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Apia"))])
AWARES = st.tuples(st.integers(63_072_000, 4_102_000_000), ZONES).map(
    lambda each: dt.datetime.fromtimestamp(each[0], each[1])
)


@given(AWARES)
def test_72_hours_pass_between_becoming_aware_and_the_end(aware: dt.datetime) -> None:
    passed = deadline(aware).astimezone(dt.UTC) - aware.astimezone(dt.UTC)
    assert passed == dt.timedelta(hours=72)
    assert deadline(aware).tzinfo is aware.tzinfo


@given(AWARES, st.integers(-10_000, 10_000))
def test_it_is_late_exactly_when_72_hours_have_passed(aware: dt.datetime, seconds: int) -> None:
    now = aware.astimezone(dt.UTC) + dt.timedelta(hours=72, seconds=seconds)
    rules = found(replace(UNTOLD, discovered=aware, now=now))
    assert ("breach-authority-untold" in rules) is (seconds >= 0)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        deadline(dt.datetime(2026, 11, 20, 12))  # noqa: DTZ001 that is the point
