"""Which step a change may take, and that none is open to it while a customer's contract stands in the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ropa.rules.change_life import STAGES, ChangeFacts, CustomerStanding, Obstacle, obstacles, stage
from ropa.rules.notice_terms import Authorisation, Emergency, NoticeFacts, Start, Stated, Terms, is_open, needs_consent
from ropa.rules.notices import clock
from ropa.rules.period import Period, add

ON = dt.date(2026, 11, 21)
DAY = dt.timedelta(days=1)

GENERAL = Terms(
    authorisation=Stated("general", "DPA"),
    period=Stated(Period(days=10), "DPA"),
    clock=Stated("sent", "DPA"),
    objection=Stated(Period(days=14), "DPA"),
)
SPECIFIC = replace(GENERAL, authorisation=Stated("specific", "DPA"))
TOLD_AFTERWARDS = replace(SPECIFIC, emergency=Stated("told-afterwards"), emergency_notice=Stated(Period(days=5)))


def standing(facts: NoticeFacts, told: dt.date | None = None) -> CustomerStanding:
    return CustomerStanding(
        name="Brightway",
        authorisation=facts.terms.authorisation.value,
        clock=clock(facts),
        sent=facts.sent or facts.received,
        told=told,
        consented=facts.consented,
        objected=facts.objected,
        resolved=facts.resolved,
    )


def change(*customers: CustomerStanding, state: str = "notified", on: dt.date = ON) -> ChangeFacts:
    return ChangeFacts(state=state, on=on, customers=customers)


def customer(terms: Terms = GENERAL, *, emergency: bool = False, told: str = "", **dates: str) -> CustomerStanding:
    days = {name: dt.date.fromisoformat(value) for name, value in dates.items()}
    facts = replace(NoticeFacts(terms=terms, on=ON, emergency=emergency), **days)  # type: ignore[arg-type]  # dates
    return standing(facts, dt.date.fromisoformat(told) if told else None)


def said(found: tuple[Obstacle, ...]) -> str:
    return " ".join(each.reason.text for each in found)


def effective(*customers: CustomerStanding, day: str = "2026-11-21") -> str:
    return said(obstacles("make effective", change(*customers), dt.date.fromisoformat(day)))


def test_a_change_takes_effect_the_day_after_the_last_window_closed() -> None:
    told = customer(sent="2026-11-01")
    assert effective(told, day="2026-11-16") == ""
    assert "earliest lawful date is 16 November 2026" in effective(told, day="2026-11-15")
    assert "earliest lawful date" in effective(told, customer(sent="2026-11-10"))


def test_a_customer_nobody_told_stands_in_the_way() -> None:
    assert "Brightway has not been told" in effective(customer(sent="2026-11-01"), customer())
    assert "has not been told" in effective(customer(sent="2026-11-22"))


def test_silence_is_refusal_where_consent_is_needed() -> None:
    assert "must consent and has not" in effective(customer(SPECIFIC, sent="2026-10-01"))
    assert effective(customer(SPECIFIC, sent="2026-10-01", consented="2026-10-05")) == ""


def test_a_shorter_notice_in_an_emergency_is_no_consent() -> None:
    terms = replace(SPECIFIC, emergency=Stated("shorter-notice"), emergency_notice=Stated(Period(days=1)))
    assert "must consent and has not" in effective(customer(terms, emergency=True, sent="2026-11-10"))


def test_who_may_be_told_afterwards_need_not_be_told_first_but_may_object() -> None:
    assert effective(customer(TOLD_AFTERWARDS, emergency=True)) == ""
    assert effective(customer(TOLD_AFTERWARDS, emergency=True), day="2026-11-18") == ""
    assert "has not been told" in effective(customer(TOLD_AFTERWARDS))
    objected = {"sent": "2026-11-10", "objected": "2026-11-12"}
    assert "is not resolved" in effective(customer(TOLD_AFTERWARDS, emergency=True, **objected))
    settled = customer(TOLD_AFTERWARDS, emergency=True, resolved="2026-11-19", **objected)
    assert "settled after that day only" in effective(settled, day="2026-11-18")
    assert effective(settled, day="2026-11-19") == ""


def test_an_objection_settled_before_it_was_made_is_not_settled() -> None:
    again = customer(sent="2026-10-01", objected="2026-11-10", resolved="2026-11-05")
    assert "objection of 10 November 2026 is not resolved" in effective(again)


def test_a_change_does_not_come_before_the_date_that_the_customer_was_told() -> None:
    told = customer(sent="2026-10-01", told="2026-12-01")
    assert "was told that it starts on 1 December 2026; 21 November 2026 is earlier" in effective(told)
    shorter = replace(GENERAL, emergency=Stated("shorter-notice"), emergency_notice=Stated(Period(days=1)))
    assert "was told that it starts on 1 December 2026" in effective(
        customer(shorter, emergency=True, sent="2026-10-01", told="2026-12-01")
    )


def test_a_transfer_that_nothing_covers_stands_in_the_way_and_may_be_overridden() -> None:
    facts = replace(change(customer(sent="2026-10-01")), uncovered=("NewHost", "NewHost"))
    (found,) = obstacles("make effective", facts)
    assert found.reason.text == "Nothing that is recorded would cover the transfer to NewHost."
    assert "Art. 44" in found.reason.source
    assert not found.final


def test_what_is_dated_later_has_not_been_sent_yet() -> None:
    assert stage(change(customer(sent="2026-11-21"), state="approved")) == "objection window"
    assert stage(change(customer(sent="2026-11-22"), state="approved")) == "approved"
    assert stage(change(customer(sent="2026-11-21"), customer(), state="approved")) == "notified"


def test_nobody_to_tell_is_not_everybody_told() -> None:
    assert "not shown that everybody was told" in said(obstacles("make effective", change()))
    unserved = replace(change(), unserved=("Hosting",))
    assert "Hosting: for which customers" in said(obstacles("make effective", unserved))


def test_what_makes_no_sense_cannot_be_overridden() -> None:
    told = customer(sent="2026-10-01")
    for facts, day in (
        (change(told, state="withdrawn"), ON),
        (change(told, state="effective"), ON),
        (change(told, state="proposed"), ON),
        (change(told), ON + DAY),
    ):
        found = obstacles("make effective", facts, day)
        assert found
        assert all(each.final for each in found)


@pytest.mark.parametrize(
    ("step", "state", "open_"),
    [
        ("approve", "proposed", True),
        ("approve", "approved", False),
        ("notify", "proposed", False),
        ("notify", "approved", True),
        ("notify", "notified", True),
        ("withdraw", "proposed", True),
        ("withdraw", "notified", True),
        ("withdraw", "effective", False),
        ("withdraw", "withdrawn", False),
        ("approve", "withdrawn", False),
        ("notify", "effective", True),
        ("notify", "withdrawn", False),
    ],
)
def test_the_steps_of_a_life_in_their_order(step: str, state: str, open_: bool) -> None:
    found = obstacles(step, change(state=state))  # type: ignore[arg-type]  # of the list above
    assert (found == ()) is open_


days = st.dates(dt.date(2026, 9, 1), dt.date(2027, 2, 1))
maybe = st.one_of(st.none(), days)
lengths = st.one_of(
    st.none(),
    st.builds(lambda n: Period(days=n), st.integers(0, 40)),
    st.builds(lambda n: Period(business_days=n), st.integers(0, 20)),
    st.builds(lambda n: Period(months=n), st.integers(0, 2)),
)
authorisations: list[Authorisation | None] = ["general", "specific", "mixed", None]
starts: list[Start | None] = [None, "sent", "received", "page-updated"]
clauses: list[Emergency | None] = [None, "shorter-notice", "told-afterwards", "not-allowed"]
contracts = st.builds(
    lambda who, period, start, window, own, clause, soon: Terms(
        authorisation=Stated(who),
        period=Stated(period),
        clock=Stated(start),
        objection=Stated(window),
        objection_clock=Stated(own),
        emergency=Stated(clause),
        emergency_notice=Stated(soon),
    ),
    st.sampled_from(authorisations),
    lengths,
    st.sampled_from(starts),
    lengths,
    st.sampled_from(starts),
    st.sampled_from(clauses),
    lengths,
)


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[NoticeFacts], list[dt.date | None]]:
    on, planned, emergency = draw(st.dates(dt.date(2026, 11, 1), dt.date(2027, 2, 1))), draw(maybe), draw(st.booleans())
    early = st.one_of(maybe, st.dates(dt.date(2026, 9, 1), dt.date(2026, 10, 15)))  # so that some lives go well
    one = st.builds(
        NoticeFacts,
        terms=contracts,
        on=st.just(on),
        effective=st.just(planned),
        emergency=st.just(emergency),
        sent=early,
        received=early,
        consented=early,
        objected=maybe,
        resolved=maybe,
    )
    told = draw(st.lists(one, min_size=1, max_size=2))
    return told, [draw(maybe) for _ in told]


STATES = st.sampled_from(["approved", "notified", "proposed", "effective", "withdrawn"])
AFTERWARDS = NoticeFacts(terms=TOLD_AFTERWARDS, on=ON, emergency=True)
QUIET = NoticeFacts(terms=GENERAL, on=ON, sent=dt.date(2026, 10, 1))


@given(lives(), STATES, st.integers(0, 90))
@settings(max_examples=300)  # most lives are stopped; enough must go well
@example(([QUIET], [None]), "notified", 0)
@example(([AFTERWARDS, QUIET], [None, None]), "approved", 3)
def test_without_an_override_no_change_comes_before_what_a_customer_was_promised(
    life: tuple[list[NoticeFacts], list[dt.date | None]], state: str, ago: int
) -> None:
    facts, dates = life
    day = facts[0].on - DAY * ago
    customers = [standing(each, told) for each, told in zip(facts, dates, strict=True)]
    if obstacles("make effective", change(*customers, state=state, on=facts[0].on), day):
        return
    assert state in ("approved", "notified")
    for each, told in zip(facts, dates, strict=True):
        objected, resolved = ((when if when and when <= each.on else None) for when in (each.objected, each.resolved))
        assert not is_open(objected, resolved)
        clause = each.terms.emergency.value if each.emergency else None
        if clause == "told-afterwards":
            continue
        arrived = [when for when in (each.sent, each.received) if when is not None and when <= each.on]
        assert arrived, "somebody was not told"
        assert told is None or told <= day
        consented = each.consented is not None and each.consented <= each.on
        assert consented or not needs_consent(each.terms.authorisation.value)
        assert consented or each.terms.authorisation.value == "general"
        shorter = clause == "shorter-notice"
        notice = each.terms.emergency_notice.value if shorter else each.terms.period.value
        assert notice is not None
        assert add(min(arrived), notice) <= day
        window = each.terms.objection.value
        assert shorter or window is None or add(min(arrived), window) < day


@given(lives(), st.sampled_from(["proposed", "approved", "notified", "effective"]), maybe)
def test_a_change_never_goes_back_a_stage_as_the_days_go_by(
    life: tuple[list[NoticeFacts], list[dt.date | None]], state: str, effective_on: dt.date | None
) -> None:
    facts, _ = life
    reached = []
    for later in range(0, 120, 7):
        on = facts[0].on + DAY * later
        customers = tuple(standing(replace(each, on=on)) for each in facts)
        reached.append(stage(ChangeFacts(state=state, on=on, effective=effective_on, customers=customers)))
    assert [STAGES.index(each) for each in reached] == sorted(STAGES.index(each) for each in reached)
