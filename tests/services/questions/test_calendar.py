"""The calendar names a day only where something is another on it, and reuses the dates that are recorded."""

from __future__ import annotations

import datetime as dt
import json

from ropa.flows.crossings import crossings
from ropa.services.findings.checking import findings_of
from ropa.services.questions.calendar import Date, as_json, as_text, dates
from ropa.services.workspace import View
from tests.registers import HEAD, TODAY, register

DAY = dt.timedelta(days=1)
BODY = """
documents:
  tra: {name: TRA, type: tra, date: 2024-01-01, review: 2027-01-31, expires: 2029-01-31}
  old: {name: Old, review: 2026-11-20}
parties:
  vendor: {name: "Vendor [/]", country: United States, dpf_until: 2027-04-30}
  deep: {name: Deep, country: India}
data_categories: {name: Name}
subject_categories: {people: People}
agreements:
  dpa: {name: DPA, party: vendor, expires: 2027-02-28}
  down: {name: Down, between: vendor, party: deep, onward_terms: true, expires: 2027-03-31}
activities:
  work:
    name: Work
    subject_categories: [people]
    data_categories: [name]
    engagements: [vendor]
transfers:
  t:
    importer: vendor
    country: United States
    safeguards: [{instrument: uk-idta, signed: 2024-01-01, assessment: tra, until: 2027-06-30}]
acknowledgements:
  a: {rule: lia-missing, subject: activity/work, reason: r, who: Ann, until: 2027-05-31}
"""


def found(until: dt.date | None = None, body: str = BODY) -> tuple[Date, ...]:
    return dates(View(register(body), TODAY), until)


def test_every_kind_of_date_ahead_is_there_in_order_and_nothing_past() -> None:
    assert [(each.on.isoformat(), each.kind, each.subject) for each in found()] == [
        ("2027-01-31", "due", "document/tra"),
        ("2027-02-28", "due", "agreement/dpa"),
        ("2027-03-31", "due", "agreement/down"),
        ("2027-04-01", "onward", "agreement/down"),
        ("2027-04-30", "due", "party/vendor"),
        ("2027-05-31", "due", "acknowledgement/a"),
        ("2027-06-30", "due", "safeguard/t/uk-idta"),
        ("2027-07-01", "verdict", "transfer/t"),
        ("2029-01-31", "due", "document/tra"),
    ]


def test_judging_again_on_the_day_before_and_the_day_itself_shows_the_change() -> None:
    made = register(BODY)
    (verdict,) = [each for each in found() if each.kind == "verdict"]
    status = {day: crossings(made, day)[0].worst.status for day in (verdict.on - DAY, verdict.on)}
    assert (verdict.before, verdict.after) == tuple(status.values()) == ("safeguarded", "unsafeguarded")
    (onward,) = [each for each in found() if each.kind == "onward"]
    rules = [{each.rule for each in findings_of(made, day)} for day in (onward.on - DAY, onward.on)]
    assert ["onward-terms-unknown" in each for each in rules] == [False, True]


def test_nothing_later_than_asked_for() -> None:
    assert [each.on.isoformat() for each in found(dt.date(2027, 2, 28))] == ["2027-01-31", "2027-02-28"]


def test_the_last_day_of_a_decision_that_transfers_rest_on_is_named_beside_the_turn() -> None:
    head = HEAD.replace("United Kingdom", "France")
    body = BODY.replace("country: United States, dpf_until: 2027-04-30", "country: United Kingdom")
    view = View(register(body, head), TODAY)
    kinds = {(each.on.isoformat(), each.kind) for each in dates(view) if each.kind in ("law", "verdict")}
    assert {("2031-12-27", "law"), ("2031-12-28", "verdict")} <= kinds


def test_the_text_says_how_far_off_and_a_quiet_register_says_so() -> None:
    said = as_text(View(register(BODY), TODAY))
    assert "31 Jan 2027" in said
    assert "Vendor [/]" in said
    assert "Nothing is recorded or known" in as_text(View(register(), TODAY))


def test_the_json_is_plain() -> None:
    made = json.loads(json.dumps(as_json([View(register(BODY), TODAY)], dt.date(2027, 7, 1))))
    last = made["organisations"][0]["dates"][-1]
    assert (last["kind"], last["regime"]) == ("verdict", "uk")
    assert (last["before"], last["after"]) == ("safeguarded", "unsafeguarded")
    assert (made["on"], made["until"]) == ("2026-11-21", "2027-07-01")
