"""Which hops leave the territory, what documents them, and what follows."""

from __future__ import annotations

import datetime as dt

import pytest

from ropa.flows.crossings import Crossing, crossings, undocumented, without_crossing
from ropa.records.register import Register
from tests.registers import HEAD, TODAY, register

BODY = """
parties:
  vendor: {name: Vendor, PARTY}
data_categories: {name: Name, staff: {name: Staff data, hr: true}}
subject_categories: {people: People}
activities:
  work:
    name: Work
    subject_categories: [people]
    data_categories: [name]
    engagements:
      - {party: vendor, ENGAGEMENT}
TRANSFERS
"""


def make(party: str, engagement: str = "service: x", transfers: str = "", head: str = HEAD) -> Register:
    body = BODY.replace("PARTY", party).replace("ENGAGEMENT", engagement).replace("TRANSFERS", transfers)
    return register(body, head)


def met(found: list[Crossing]) -> list[tuple[str | None, list[tuple[str, str]]]]:
    return [(each.country, [(v.regime, v.status) for v in each.verdicts]) for each in found]


def test_a_vendor_at_home_makes_no_crossing() -> None:
    assert crossings(make("country: United Kingdom"), TODAY) == []


def test_a_vendor_in_the_eea_is_a_crossing_that_is_covered() -> None:
    assert met(crossings(make("country: Norway"), TODAY)) == [("NO", [("uk", "adequate")])]


def test_hosting_at_home_does_not_hide_where_the_vendor_is_established() -> None:
    assert met(crossings(make("country: India", "countries: [United Kingdom]"), TODAY)) == [
        ("IN", [("uk", "unsafeguarded")])
    ]


def test_remote_access_from_abroad_is_a_crossing() -> None:
    found = crossings(make("country: United Kingdom", "remote_access: [India]"), TODAY)
    assert met(found) == [("IN", [("uk", "unsafeguarded")])]


def test_a_vendor_of_unknown_country_is_never_shown_as_fine() -> None:
    assert met(crossings(make("website: v.example"), TODAY)) == [(None, [("uk", "unknown")])]


def test_an_exporter_under_both_regimes_is_judged_under_each() -> None:
    both = HEAD.replace("  address", "  regimes: [uk, eu]\n  address")
    found = crossings(make("country: Brazil", head=both), TODAY)
    assert met(found) == [("BR", [("uk", "unsafeguarded"), ("eu", "adequate")])]


def test_a_french_exporter_to_france_stays_inside() -> None:
    assert crossings(make("country: France", head=HEAD.replace("United Kingdom", "France")), TODAY) == []


def test_people_giving_their_own_data_make_no_transfer() -> None:
    french = make("country: United Kingdom")
    assert crossings(french, TODAY) == []


TRANSFER = """
transfers:
  t:
    importer: vendor
    country: United States
    safeguards: [{SAFEGUARD}]
"""


@pytest.mark.parametrize(
    ("safeguard", "status"),
    [
        ("instrument: uk-idta, signed: 2024-01-01, assessed: 2024-01-01", "safeguarded"),
        ("instrument: uk-idta, signed: 2024-01-01", "incomplete"),
        ("instrument: uk-addendum, signed: 2024-01-01, assessed: 2024-01-01", "incomplete"),
        ("instrument: eu-scc-2021, signed: 2024-01-01, assessed: 2024-01-01", "unsafeguarded"),
        ("instrument: privacy-shield", "unsafeguarded"),
        ("instrument: uk-idta, signed: 2024-01-01, assessed: 2024-01-01, until: 2026-11-20", "unsafeguarded"),
    ],
)
def test_what_is_recorded_decides(safeguard: str, status: str) -> None:
    found = crossings(make("country: US", transfers=TRANSFER.replace("SAFEGUARD", safeguard)), TODAY)
    assert met(found) == [("US", [("uk", status)])]
    assert found[0].transfer == "t"


def test_an_assessment_on_file_counts_by_the_date_of_its_document() -> None:
    documents = "documents: {tra: {name: TRA, type: tra, date: 2024-01-01}}\n"
    transfer = documents + TRANSFER.replace("SAFEGUARD", "instrument: uk-idta, signed: 2024-01-01, assessment: tra")
    assert met(crossings(make("country: US", transfers=transfer), TODAY)) == [("US", [("uk", "safeguarded")])]


def test_the_bridge_needs_the_list_and_the_extension() -> None:
    listed = "country: US, dpf: active"
    assert crossings(make(listed), TODAY)[0].worst.status == "unknown"
    assert crossings(make(f"{listed}, dpf_uk_extension: false"), TODAY)[0].worst.status == "unsafeguarded"
    assert crossings(make(f"{listed}, dpf_uk_extension: true"), TODAY)[0].worst.status == "adequate"
    assert crossings(make(f"{listed}, dpf_uk_extension: true, sector: bank"), TODAY)[0].worst.status == "unsafeguarded"


def test_staff_data_needs_an_entry_that_covers_staff_data() -> None:
    party = "country: US, dpf: active, dpf_uk_extension: true"
    staff = "data_categories: [staff]"
    assert crossings(make(party, staff), TODAY)[0].worst.status != "adequate"
    assert crossings(make(f"{party}, dpf_hr: true", staff), TODAY)[0].worst.status == "adequate"


def test_the_transfer_recorded_for_the_very_activity_comes_first() -> None:
    transfers = """
transfers:
  general: {importer: vendor, country: United States}
  exact: {importer: vendor, country: United States, activity: work}
  elsewhere: {importer: vendor, country: India}
"""
    made = make("country: US", transfers=transfers)
    found = crossings(made, TODAY)
    assert [each.transfer for each in found] == ["exact"]
    assert [each.key for each in without_crossing(made, found, TODAY)] == ["general", "elsewhere"]


def test_a_crossing_without_a_transfer_is_undocumented() -> None:
    found = crossings(make("country: Japan"), TODAY)
    assert undocumented(found) == found


def test_privacy_shield_was_fine_until_the_day_before_it_fell() -> None:
    made = make("country: US", transfers=TRANSFER.replace("SAFEGUARD", "instrument: privacy-shield"))
    assert crossings(made, dt.date(2020, 7, 15))[0].worst.status == "adequate"
    assert crossings(made, dt.date(2020, 7, 16))[0].worst.status == "unsafeguarded"
