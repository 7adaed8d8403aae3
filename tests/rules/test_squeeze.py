"""Vendors whose notice to us is shorter than what we promised."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ropa.rules.finding import Finding
from ropa.rules.notice_terms import Stated, Terms
from ropa.rules.period import Period, add
from ropa.rules.squeeze import Promise, VendorFacts, few, shortfalls, vendor_notice

ON = dt.date(2026, 11, 21)


def period(text: str | None, basis: str = "") -> Stated[Period]:
    return Stated(Period.parse(text) if text else None, basis)


def promise(name: str, notice: str | None, window: str | None = None) -> Promise:
    terms = Terms(period=period(notice, f"DPA with {name}"), objection=period(window, f"DPA with {name}"))
    return Promise(key=name.lower(), name=name, terms=terms)


def vendor(notice: str | None, *promises: Promise) -> list[Finding]:
    facts = VendorFacts(
        organisation="acme",
        subject="agreement/cloudy-dpa",
        name="Cloudy",
        on=ON,
        period=period(notice, "DPA with Cloudy"),
        promises=promises,
    )
    return list(vendor_notice(facts))


def test_a_notice_shorter_than_a_promise_is_shown_with_its_arithmetic() -> None:
    (found,) = vendor("14 days", promise("Brightway", "60 days"), promise("Quick", "20 days"))
    assert (found.rule, found.severity, found.kind) == ("notice-squeezed", "medium", "finding")
    assert found.message == (
        "Cloudy tells us 14 days ahead, and Brightway must be told 60 days ahead: if it tells us on 21 November 2026, "
        "the change may come on 5 December 2026; Brightway had to be told by 6 October 2026: 46 days short. "
        "Also: Quick (6 days short)."
    )
    assert [reason.source for reason in found.reasons] == ["DPA with Cloudy", "DPA with Brightway"]


def test_a_notice_as_long_as_every_promise_is_fine() -> None:
    assert vendor("60 days", promise("Brightway", "60 days"), promise("Quick", "30 days")) == []
    assert vendor("9999 years", promise("Brightway", "60 days")) == []


def test_the_time_to_object_squeezes_too() -> None:
    (found,) = vendor("14 days", promise("Brightway", "10 days", "20 days"))
    assert "must be told 10 days ahead and have 20 days to object before it" in found.message
    assert "had to be told by 14 November 2026: 7 days short" in found.message


def test_clear_days_that_were_promised_squeeze_by_one_day_where_the_vendor_counts_none() -> None:
    clear = promise("Brightway", "30 days")
    clear = replace(clear, terms=replace(clear.terms, counting=Stated("clear-days", "DPA with Brightway")))
    assert vendor("30 days", promise("Brightway", "30 days")) == []
    (found,) = vendor("30 days", clear, promise("Quick", "30 days"))
    assert "Cloudy tells us 30 days ahead, and Brightway must be told 30 clear days ahead" in found.message
    assert "Brightway had to be told by 20 November 2026: 1 day short." in found.message
    assert "Quick" not in found.message
    assert found.detail == "brightway: 30 days for 30 clear days"
    facts = VendorFacts(
        organisation="acme",
        subject="agreement/cloudy-dpa",
        name="Cloudy",
        on=ON,
        period=period("30 days"),
        promises=(clear,),
        counting="clear-days",
    )
    assert list(vendor_notice(facts)) == []


def test_a_vendor_whose_notice_nobody_recorded_is_one_gap() -> None:
    (found,) = vendor(None, promise("Quick", "20 days"), promise("Brightway", "60 days"))
    assert (found.rule, found.severity, found.kind) == ("vendor-notice-missing", "low", "gap")
    assert "the first to be told is Brightway" in found.message


def test_a_customer_whose_terms_nobody_recorded_is_not_asked_about_again() -> None:
    assert vendor("14 days", promise("Brightway", None)) == []
    assert vendor(None, promise("Brightway", None)) == []


def test_an_accepted_risk_is_for_the_notice_and_the_promise_that_were_accepted() -> None:
    def detail(notice: str, promised: str) -> str:
        (found,) = vendor(notice, promise("Brightway", promised))
        return found.detail

    assert detail("14 days", "60 days") == "brightway: 14 days for 60 days"
    assert len({detail("14 days", "60 days"), detail("7 days", "60 days"), detail("14 days", "90 days")}) == 3


def test_a_long_list_of_customers_is_cut_and_says_so() -> None:
    assert few(["a", "b", "c"], 2) == "a, b and 1 more"
    assert few(["a", "b"], 2) == "a, b"


lengths = st.one_of(
    st.builds(lambda n: Period(days=n), st.integers(0, 100)),
    st.builds(lambda n: Period(business_days=n), st.integers(0, 40)),
    st.builds(lambda n: Period(months=n), st.integers(0, 4)),
)


@given(lengths, st.lists(st.tuples(lengths, st.one_of(st.none(), lengths)), min_size=1, max_size=4), st.dates(ON))
def test_a_customer_is_squeezed_exactly_where_telling_it_today_is_too_late(
    notice: Period, promised: list[tuple[Period, Period | None]], on: dt.date
) -> None:
    if on.year > 9000:
        return
    comes = add(on, notice)
    promises = [
        replace(promise(f"C{n}", "1 day"), terms=Terms(period=Stated(length), objection=Stated(window)))
        for n, (length, window) in enumerate(promised)
    ]
    late = {
        each.name
        for each in promises
        if (length := each.terms.period.value) is not None
        and (
            add(on, length) > comes or ((window := each.terms.objection.value) is not None and add(on, window) >= comes)
        )
    }
    found = shortfalls(promises, on, comes)
    assert {each.promise.name for each in found} == late
    assert all(each.short == (on - each.last_day).days > 0 for each in found)
