"""The overview says what needs somebody, what is coming up, and where the data goes."""

from __future__ import annotations

import datetime as dt

from ropa.exchange.register_file import read_register
from ropa.services.browsing.overview import Need, Place, needs, overview, places
from ropa.services.workspace import View

TODAY = dt.date(2026, 11, 21)
REGISTER = """
format: 1
organisation: {key: acme, name: Acme, country: GB}
documents:
  lia: {name: Newsletter LIA, type: lia, review: 2026-12-01}
  old: {name: Old policy, expires: 2026-11-12}
  far: {name: Far away, review: 2029-01-01}
parties:
  mail: {name: Mail, country: US}
  host: {name: Host, country: GB}
  paris: {name: Paris, country: FR}
  zurich: {name: Zurich, country: CH}
  somewhere: {name: Somewhere}
  client: {name: Client, country: GB}
data_categories: {names: Names}
subject_categories: {people: People}
activities:
  news:
    name: News
    role: controller
    data_categories: [names]
    subject_categories: [people]
    engagements:
      - {party: mail, transfer: {country: US, safeguards: [privacy-shield]}}
      - party: host
      - party: paris
      - party: zurich
      - party: somewhere
  hosting:
    name: Hosting
    role: processor
    controllers: [client]
    data_categories: [names]
    engagements: [{party: host}]
"""


def view(on: dt.date = TODAY, text: str = REGISTER) -> View:
    return View(read_register(text, "acme.yaml"), on)


def test_flows_are_counted_by_territory_with_what_is_wrong_there() -> None:
    assert places(view()) == (
        Place("UK", 2),
        Place("EEA", 1),
        Place("adequate", 1),
        Place("third", 1, (("✖", 1),)),
        Place("not recorded", 1, (("?", 1),)),
    )


def test_a_flow_into_a_system_hosted_nobody_knows_where_is_counted_as_not_known() -> None:
    text = """
format: 1
organisation: {key: a, name: Acme, country: GB}
parties: {host: {name: Host, country: GB}}
data_categories: {d: Data}
systems: {run: {name: Run, operator: host}, bare: {name: Bare}, known: {name: Known, operator: host, hosting: [GB]}}
activities:
  a: {name: A, role: controller, data_categories: [d], systems: [run, bare, known]}
"""
    found = {each.label: (each.count, each.marks) for each in places(view(text=text)) if each.count}
    assert found == {"UK": (2, (("?", 1),)), "not recorded": (1, (("?", 1),))}


def test_before_privacy_shield_fell_nothing_was_wrong_with_it() -> None:
    third = next(place for place in places(view(dt.date(2018, 6, 1))) if place.label == "third")
    assert third.marks == ()


def test_findings_of_one_rule_are_one_line_with_their_number_and_subjects() -> None:
    found = {need.rule: need for need in needs(view())}
    assert found["transfer-unsafeguarded"] == Need(
        "transfer-unsafeguarded", "✖", 1, "no valid safeguard", "Mail (United States)"
    )
    basis = found["lawful-basis-missing"]
    assert (basis.mark, basis.count, basis.hint) == ("?", 1, "News")
    assert next(iter(found)) == "transfer-unsafeguarded"


def test_dates_come_up_late_ones_first_and_far_ones_not_at_all() -> None:
    coming = overview(view()).coming
    assert [(due.days, due.text, due.subject) for due in coming] == [
        (-9, "expires: Old policy", "document/old"),
        (10, "review: Newsletter LIA", "document/lia"),
    ]


def test_counts_say_roles_subprocessors_and_what_is_not_documented() -> None:
    counts = {count.kind: (count.text, count.hint) for count in overview(view()).counts}
    assert counts["activity"] == ("2 activities", "1 controller · 1 processor")
    assert counts["party"] == ("6 parties", "1 subprocessor")
    # Mail is documented; Paris, Zurich and the party without a country are not.
    assert counts["crossing"] == ("4 crossings", "1 documented · 3 not")
    assert "history" not in counts


def test_an_organisation_without_anything_has_an_overview() -> None:
    found = overview(view(text="format: 1\norganisation: {key: x, name: X}\n"))
    assert found.regimes == ()
    assert found.counts[0].text == "0 activities"
    assert all(place.count == 0 for place in found.places)
