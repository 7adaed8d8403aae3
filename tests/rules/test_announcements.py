"""What a vendor announced to us: until when to object, and who has to be told in turn."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.rules.announcements import SOON, AnnouncementFacts, announcement, objection_clock
from ropa.rules.finding import Finding
from ropa.rules.notice_terms import Stated, Terms
from ropa.rules.period import Period
from ropa.rules.squeeze import Promise

ON = dt.date(2026, 11, 21)
BRIGHTWAY = Promise(
    key="brightway",
    name="Brightway",
    terms=Terms(
        authorisation=Stated("general", "DPA"), period=Stated(Period(days=60), "DPA"), clock=Stated("sent", "DPA")
    ),
)
PLAIN = AnnouncementFacts(
    organisation="acme",
    key="store",
    name="Store joins",
    vendor="Cloudy",
    on=ON,
    received=dt.date(2026, 11, 10),
    agreed=Stated(),
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def found(facts: AnnouncementFacts) -> dict[str, Finding]:
    return {each.rule: each for each in announcement(facts)}


def test_the_last_day_to_object_is_the_one_it_states_before_any_that_is_counted() -> None:
    facts = replace(PLAIN, object_by=day("2026-12-01"), window=Period(days=5), agreed=Stated(Period(days=9), "DPA"))
    clock = objection_clock(facts)
    assert (clock.last_day, clock.days_left) == (day("2026-12-01"), 10)


def test_else_it_is_the_window_from_receipt_and_else_the_one_in_the_agreement() -> None:
    agreed = Stated(Period(days=30), "DPA with Cloudy")
    stated = objection_clock(replace(PLAIN, window=Period(days=14), agreed=agreed))
    assert (stated.last_day, stated.days_left) == (day("2026-11-24"), 3)
    counted = objection_clock(replace(PLAIN, agreed=agreed))
    assert counted.last_day == day("2026-12-10")
    assert counted.reasons[0].source == "DPA with Cloudy"


def test_a_last_day_is_never_guessed() -> None:
    for facts in (PLAIN, replace(PLAIN, received=None, window=Period(days=14)), replace(PLAIN, window=Period(9999))):
        assert objection_clock(facts).last_day is None
        gap = found(facts)["announcement-undated"]
        assert (gap.kind, gap.severity, gap.subject) == ("gap", "low", "announcement/store")
    assert "announcement-undated" not in found(replace(PLAIN, decision="accepted"))


@pytest.mark.parametrize(
    ("last", "severity"),
    [
        ("2026-11-29", None),
        ("2026-11-28", "low"),
        ("2026-11-21", "low"),
        ("2026-11-20", "medium"),
        ("2026-01-01", "medium"),
    ],
)
def test_a_decision_is_asked_for_in_the_last_week_and_missed_after_it(last: str, severity: str | None) -> None:
    each = found(replace(PLAIN, object_by=day(last))).get("announcement-undecided")
    assert (each.severity if each else None) == severity
    assert each is None or "unless the contract says otherwise" in each.message


def test_a_decision_of_a_later_day_was_not_taken_yet() -> None:
    facts = replace(PLAIN, object_by=day("2026-11-20"), decision="accepted")
    assert "announcement-undecided" not in found(facts)
    assert "announcement-undecided" not in found(replace(facts, decided=ON))
    assert "announcement-undecided" in found(replace(facts, decided=day("2026-11-22")))


def test_what_has_not_arrived_yet_asks_for_nothing() -> None:
    facts = replace(PLAIN, received=day("2026-11-22"), object_by=day("2026-11-23"), promises=(BRIGHTWAY,))
    assert found(facts) == {}


def test_customers_whose_data_the_vendor_has_must_be_told() -> None:
    each = found(replace(PLAIN, promises=(BRIGHTWAY,)))["announcement-not-passed-on"]
    assert (each.severity, each.kind) == ("high", "finding")
    assert "has data of customers (Brightway)" in each.message
    assert "announcement-not-passed-on" not in found(PLAIN)
    assert "announcement-not-passed-on" not in found(replace(PLAIN, promises=(BRIGHTWAY,), passed_on=("Move",)))
    unserved = found(replace(PLAIN, unserved=("Hosting",)))["announcement-not-passed-on"]
    assert "those of Hosting, not recorded" in unserved.message


def test_only_grounds_excuse_from_telling_customers() -> None:
    facts = replace(PLAIN, promises=(BRIGHTWAY,), decision="not-concerned")
    assert "and not why" in found(facts)["announcement-not-passed-on"].message
    assert found(replace(facts, grounds="Their data lies elsewhere")) == {}
    for decision in ("accepted", "objected"):
        excused = replace(facts, decision=decision, grounds="So decided")
        assert "announcement-not-passed-on" in found(excused)


def test_a_date_that_is_too_early_for_a_customer_is_said_with_what_would_be_possible() -> None:
    facts = replace(PLAIN, promises=(BRIGHTWAY,), effective=day("2026-12-20"))
    remedy = found(facts)["announcement-not-passed-on"].remedy
    assert "20 December 2026 is too early for Brightway, who had to be told by 21 October 2026, 31 days ago" in remedy
    assert "told today, the change may start for it on 20 January 2027" in remedy
    later = found(replace(facts, effective=day("2027-02-20")))["announcement-not-passed-on"].remedy
    assert "too early" not in later


maybe = st.one_of(st.none(), st.dates(dt.date(2026, 10, 1), dt.date(2027, 1, 31)))


@given(maybe, maybe, st.one_of(st.none(), st.integers(0, 60)), st.sampled_from([None, "accepted"]), maybe)
def test_no_window_closes_unseen(
    received: dt.date | None,
    object_by: dt.date | None,
    window: int | None,
    decision: str | None,
    decided: dt.date | None,
) -> None:
    facts = replace(
        PLAIN,
        received=received,
        object_by=object_by,
        window=None if window is None else Period(days=window),
        decision=decision,  # type: ignore[arg-type]  # of the two above
        decided=decided,
    )
    rules, clock = found(facts), objection_clock(facts)
    if received is not None and received > ON:
        assert rules == {}
        return
    undecided = decision is None or (decided is not None and decided > ON)
    if clock.last_day is None:
        assert ("announcement-undated" in rules) is undecided
    else:
        closing = clock.last_day <= ON + dt.timedelta(days=SOON)
        assert ("announcement-undecided" in rules) is (undecided and closing)
