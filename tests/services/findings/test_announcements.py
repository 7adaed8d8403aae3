"""What vendors announced: whom it concerns, what is due, and where it is shown."""

from __future__ import annotations

import datetime as dt

from ropa.records.register import Register
from ropa.services.browsing.details import detail
from ropa.services.due import coming_up
from ropa.services.findings.announcements import announcement_clock, announcement_findings
from ropa.services.findings.checking import findings_of
from ropa.services.workspace import View
from tests.registers import TODAY, register

BODY = """
parties:
  cloudy: {name: Cloudy GmbH, country: Germany}
  store: {name: Store Ltd, country: United Kingdom}
  printer: {name: Printer, country: United Kingdom}
  brightway: {name: Brightway, country: United Kingdom}
agreements:
  cloudy-dpa: {name: DPA with Cloudy, party: cloudy, notice: {objection: 14 days}}
  brightway-dpa: {name: DPA with Brightway, party: brightway, notice: {period: 60 days, authorisation: general}}
data_categories: {files: Files}
activities:
  hosting:
    name: Hosting
    role: processor
    controllers: [brightway]
    data_categories: [files]
    engagements: [{party: cloudy, service: servers}]
announcements:
  store: {name: Store joins, vendor: cloudy, received: 2026-11-10, effective: 2026-12-20}
"""
PASSED_ON = """
changes:
  store: {name: Store joins Cloudy, party: store, beneath: cloudy, announcement: store, effective: 2027-02-20}
"""


def rules(body: str, on: dt.date = TODAY) -> set[str]:
    return {each.rule for each in announcement_findings(register(body), on)}


def test_the_window_of_the_agreement_counts_down_from_receipt() -> None:
    found: Register = register(BODY)
    clock = announcement_clock(found, found.announcements["store"], TODAY)
    assert (clock.last_day, clock.days_left) == (dt.date(2026, 11, 24), 3)
    assert "DPA with Cloudy" in clock.reasons[0].source


def test_what_no_change_passes_on_to_customers_is_a_finding() -> None:
    assert rules(BODY) == {"announcement-undecided", "announcement-not-passed-on"}
    assert rules(BODY + PASSED_ON) == {"announcement-undecided"}


def test_a_change_that_was_given_up_or_is_not_there_yet_passes_nothing_on() -> None:
    given_up = PASSED_ON.replace("party: store", "state: withdrawn, party: store")
    assert "announcement-not-passed-on" in rules(BODY + given_up)
    later = PASSED_ON.replace("party: store", "proposed: 2026-11-22, party: store")
    assert "announcement-not-passed-on" in rules(BODY + later)
    assert "announcement-not-passed-on" not in rules(BODY + later, dt.date(2026, 11, 22))


def test_a_vendor_that_has_no_data_of_customers_concerns_none() -> None:
    assert rules(BODY.replace("vendor: cloudy", "vendor: printer")) == {"announcement-undated"}


def test_the_last_day_to_object_is_among_what_is_coming_up() -> None:
    due = [(each.on, each.text) for each in coming_up(View(register(BODY), TODAY)) if "announcement/" in each.subject]
    assert due == [
        (dt.date(2026, 11, 24), "last day to object: Cloudy GmbH, Store joins"),
        (dt.date(2026, 12, 20), "takes effect at Cloudy GmbH: Store joins"),
    ]
    decided = BODY.replace("received:", "decision: accepted, received:") + PASSED_ON
    assert not [each for each in coming_up(View(register(decided), TODAY)) if "announcement/" in each.subject]
    assert not [each for each in coming_up(View(register(BODY), dt.date(2026, 11, 9))) if "announce" in each.subject]


def test_findings_open_the_announcement_they_are_about() -> None:
    view = View(register(BODY), TODAY)
    found = [each for each in findings_of(view.register, TODAY) if each.subject == "announcement/store"]
    assert len(found) == 2
    assert detail(view, found[0].subject).title == "Store joins"
