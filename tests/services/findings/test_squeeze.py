"""Which vendors are asked how early they tell us, and for which customers, by the graph."""

from __future__ import annotations

import datetime as dt

from ropa.rules.finding import Finding
from ropa.services.findings.checking import findings_of
from ropa.services.findings.squeeze import squeeze_findings
from tests.registers import HEAD, TODAY, register

BODY = """
parties:
  cloudy: {name: Cloudy GmbH, country: Germany}
  store: {name: Store Ltd, country: United Kingdom}
  bank: {name: Bank plc, country: United Kingdom}
  brightway: {name: Brightway, country: United Kingdom}
  quick: {name: Quick, country: United Kingdom}
systems:
  platform: {name: Platform, operator: store, hosting: [United Kingdom]}
agreements:
  cloudy-dpa: {name: DPA with Cloudy, party: cloudy, notice: {period: 14 days}}
  chain: {name: Cloudy and Bank, party: bank, between: cloudy}
  brightway-dpa: {name: DPA with Brightway, party: brightway, notice: {period: 60 days}}
  quick-dpa: {name: DPA with Quick, party: quick, notice: {period: 10 days}}
data_categories: {files: Files}
activities:
  hosting:
    name: Hosting
    role: processor
    controllers: [brightway]
    data_categories: [files]
    engagements: [{party: cloudy, service: servers}]
  copies:
    name: Copies
    role: processor
    controllers: [quick]
    data_categories: [files]
    systems: [platform]
  payroll:
    name: Payroll
    role: controller
    data_categories: [files]
    engagements: [{party: bank, service: paying, role: controller}]
"""


def found(*changes: tuple[str, str], on: dt.date = TODAY) -> dict[str, list[Finding]]:
    text = BODY
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    by_subject: dict[str, list[Finding]] = {}
    for each in squeeze_findings(register(text), on):
        by_subject.setdefault(each.subject, []).append(each)
    return by_subject


def test_a_squeezed_vendor_is_shown_on_its_agreement_once() -> None:
    (each,) = found()["agreement/cloudy-dpa"]
    assert (each.rule, each.field) == ("notice-squeezed", "notice")
    assert "Brightway had to be told by 6 October 2026: 46 days short" in each.message
    assert "Quick" not in each.message


def test_only_customers_whose_data_the_vendor_has_count() -> None:
    (each,) = found(("controllers: [brightway]", "controllers: [quick]"), ("period: 14 days", "period: 9 days"))[
        "agreement/cloudy-dpa"
    ]
    assert "Quick had to be told" in each.message
    assert "agreement/cloudy-dpa" not in found(("controllers: [brightway]", "controllers: [quick]"))


def test_who_runs_a_system_with_customers_data_is_asked_too() -> None:
    (each,) = found()["party/store"]
    assert each.rule == "vendor-notice-missing"
    assert "Quick, who must be told 10 days ahead" in each.message


def test_who_stands_below_a_vendor_tells_that_vendor_and_is_not_asked() -> None:
    assert set(found()) == {"agreement/cloudy-dpa", "party/store"}
    own = ("  quick-dpa:", "  bank-dpa: {name: DPA with Bank, party: bank}\n  quick-dpa:")
    assert found(own)["agreement/bank-dpa"][0].rule == "vendor-notice-missing"


def test_what_we_promised_a_customer_is_not_what_it_promises_us() -> None:
    both = ("engagements: [{party: cloudy,", "engagements: [{party: quick, service: help}, {party: cloudy,")
    assert found(both)["party/quick"][0].rule == "vendor-notice-missing"
    named = ("engagements: [{party: cloudy,", "engagements: [{party: quick, agreement: quick-dpa}, {party: cloudy,")
    assert found(named)["agreement/quick-dpa"][0].rule == "notice-squeezed"


def test_a_promise_to_everybody_counts_where_no_customer_is_recorded() -> None:
    nobody = ("    controllers: [brightway]\n", "")
    assert "agreement/cloudy-dpa" not in found(nobody)
    promised = register(BODY.replace(*nobody), HEAD + "  notice: {period: 30 days}\n")
    (each,) = (each for each in squeeze_findings(promised, TODAY) if "cloudy" in each.subject)
    assert "every customer must be told 30 days ahead" in each.message


def test_an_agreement_that_ended_gives_no_notice() -> None:
    ended = found(("party: cloudy, notice", "party: cloudy, expires: 2026-11-20, notice"))
    assert ended["party/cloudy"][0].rule == "vendor-notice-missing"


def test_an_engagement_that_ended_asks_for_nothing() -> None:
    assert set(found(("service: servers}", "service: servers, until: 2026-11-20}"))) == {"party/store"}


def test_business_days_are_counted_with_the_holidays_of_both_sides() -> None:
    days = ("notice: {period: 60 days}", "notice: {period: 10 business days}")
    (each,) = found(days, on=dt.date(2026, 12, 18))["agreement/cloudy-dpa"]
    assert "the change may come on 1 January 2027" in each.message
    assert "had to be told by 15 December 2026: 3 days short" in each.message


def test_check_says_it() -> None:
    rules = {each.rule for each in findings_of(register(BODY), TODAY)}
    assert {"notice-squeezed", "vendor-notice-missing"} <= rules
    assert "internal-error" not in rules
