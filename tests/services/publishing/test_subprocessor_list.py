"""The list of subprocessors: who is on it, who is not, and what it says of each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ropa.exchange.register_file import read_register
from ropa.services.publishing.subprocessor_list import Location, Subprocessor, subprocessors
from tests.registers import TODAY, register

ROOT = Path(__file__).parents[3]

BODY = """
parties:
  northgate: {name: Northgate, country: United Kingdom}
  brightway: {name: Brightway, country: United Kingdom}
  host: {name: Host, legal_name: Host Ltd, aliases: [Hosty], country: United Kingdom, website: host.example}
  mailer: {name: Mailer, country: United States}
  cloud: {name: Cloud, country: Germany}
  bank: {name: Bank, country: United Kingdom}
  banks-vendor: {name: Bank's vendor, country: India}
  boxed: {name: Boxed software, country: United States}
systems:
  platform: {name: Platform, operator: host, hosting: [Ireland], remote_access: [India]}
  unknown: {name: Somewhere, hosting: [France]}
data_categories: {name: Name, address: Address}
agreements:
  host-cloud: {name: Host to Cloud, between: host, party: cloud}
  bank-vendor: {name: Bank to vendor, between: bank, party: banks-vendor}
transfers:
  mailer: {importer: mailer, country: United States, safeguards: [{instrument: uk-idta, signed: 2024-01-01}]}
activities:
  hosting:
    name: Hosting
    role: processor
    controllers: [northgate, brightway]
    data_categories: [name, address]
    systems: [platform, unknown]
    engagements:
      - {party: host, service: hosting, system: platform, since: 2022-03-01}
      - {party: mailer, service: sending, data_categories: [address], since: 2020-05-01, until: 2026-11-21}
      - {party: bank, service: banking, role: controller}
      - {party: boxed, service: licences, receives_data: false}
  letters:
    name: Letters
    role: processor
    controllers: [northgate]
    data_categories: [address]
    engagements:
      - {party: brightway, service: printing, since: 2021-01-01}
      - {party: host, service: archive, since: 2021-06-01}
  own:
    name: Our own
    role: controller
    data_categories: [name]
    engagements: [{party: boxed, service: payroll}]
"""


def listed(body: str = BODY, on: dt.date = TODAY) -> dict[str, Subprocessor]:
    return {each.key: each for each in subprocessors(register(body), on)}


def test_only_who_processes_behind_us_is_on_the_list() -> None:
    """Not: the bank, which decides for itself, its own vendor, who gets no data, who works for our own purposes."""
    assert list(listed()) == ["host", "mailer", "cloud", "brightway"]


def test_a_customer_is_on_it_only_for_the_activities_of_others() -> None:
    assert listed()["brightway"].activities == ("letters",)
    assert "northgate" not in listed()


def test_a_subprocessor_of_a_subprocessor_says_beneath_whom_it_is() -> None:
    found = listed()
    assert found["cloud"].through == ("host",)
    assert found["host"].through == ()
    assert found["cloud"].works[0].role_recorded


def test_where_the_data_lies_is_told_apart_from_where_it_is_reached_and_from_the_seat() -> None:
    found = listed()
    assert found["host"].locations == (
        Location("IE", "data"),
        Location("IN", "access"),
        Location("GB", "establishment"),  # of the archive nobody recorded more
    )
    assert found["mailer"].locations == (Location("US", "establishment"),)


def test_since_is_the_earliest_day_and_none_where_an_engagement_has_no_day() -> None:
    assert listed()["host"].since == dt.date(2021, 6, 1)
    assert listed(BODY.replace("service: archive, since: 2021-06-01", "service: archive"))["host"].since is None
    assert listed()["cloud"].since is None


def test_who_left_is_no_longer_on_it_and_who_comes_is_not_yet() -> None:
    assert "mailer" not in listed(on=dt.date(2026, 11, 22))
    assert "mailer" in listed(on=dt.date(2020, 5, 1))
    assert "mailer" not in listed(on=dt.date(2020, 4, 30))


def test_each_says_what_it_does_with_which_data() -> None:
    found = listed()
    assert found["host"].services == ("hosting", "archive")
    assert found["mailer"].data == ("address",)
    assert (found["host"].legal_name, found["host"].aliases, found["host"].website) == (
        "Host Ltd",
        ("Hosty",),
        "host.example",
    )


def test_a_transfer_is_told_with_what_is_on_record_and_what_it_comes_to() -> None:
    found = listed()
    assert [each.words for each in found["mailer"].transfers] == [
        "United States, UK GDPR: incomplete: International Data Transfer Agreement (IDTA)"
    ]
    assert all(not each.transfers for each in subprocessors(register(BODY), TODAY, judged=False))


def test_data_that_goes_on_by_a_flow_without_a_role_says_so() -> None:
    flow = "    flows: [{origin: party/host, destination: party/banks-vendor}]\n  letters:\n"
    found = listed(BODY.replace("  letters:\n", flow))
    assert found["banks-vendor"].through == ("host",)
    assert not found["banks-vendor"].works[0].role_recorded


def test_two_vendors_that_hand_data_to_each_other_are_listed_once() -> None:
    loop = "  cloud-host: {name: Back, between: cloud, party: host}\ntransfers:\n"
    found = listed(BODY.replace("transfers:\n", loop))
    assert list(found) == ["host", "mailer", "cloud", "brightway"]
    assert found["host"].through == ()


def test_the_samples_have_the_subprocessors_that_their_engagements_say() -> None:
    infotek = read_register((ROOT / "data" / "infotek.yaml").read_bytes(), "infotek.yaml")
    assert {each.key for each in subprocessors(infotek, TODAY)} == {"pipeten", "ukfast", "vidahost"}
