"""What a careful reader of Connect's privacy policy would look up in its register."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ropa.exchange.register_file import read_register
from ropa.records.kinds import KINDS
from ropa.records.register import Register

FILE = Path(__file__).parents[2] / "data" / "connect-communications.yaml"
CLIENTS = ("lomond-dental", "forth-lettings")


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register(FILE.read_bytes(), FILE.name)


def test_every_record_says_where_it_is_stated_or_that_it_is_invented(register: Register) -> None:
    for kind in KINDS:
        for key, record in register.of_kind(kind).items():
            stated = record.source is not None and record.source.startswith("Privacy policy, ")
            assert stated or record.invented, f"{kind}/{key}"


def test_only_the_clients_what_was_agreed_with_them_and_what_is_sent_to_them_is_invented(register: Register) -> None:
    invented = {(kind, key) for kind in KINDS for key, record in register.of_kind(kind).items() if record.invented}
    assert {pair for pair in invented if pair[0] != "flow"} == {
        *(("party", client) for client in CLIENTS),
        *(("agreement", f"{client}-dpa") for client in CLIENTS),
    }
    assert {register.flows[key].destination for kind, key in invented if kind == "flow"} == {
        f"party/{client}" for client in CLIENTS
    }
    for kind, key in invented:
        assert (register.of_kind(kind)[key].note or "").startswith("Invented sample data."), f"{kind}/{key}"


def test_the_three_dates_of_the_policy_are_all_recorded(register: Register) -> None:
    policy = register.documents["privacy-policy"]
    assert policy.date == dt.date(2023, 2, 10)
    for words in ("2nd March 2020", "15th May 2018", "February 10th, 2023"):
        assert words in (policy.note or "")


def test_the_data_protection_officer_has_an_address_and_nothing_else(register: Register) -> None:
    dpo = register.organisation.dpo
    assert dpo is not None
    assert "4-5 Lochside Way, Edinburgh, EH12 9DT" in (dpo.address or "")
    assert (dpo.email, dpo.phone) == (None, None)


@pytest.mark.parametrize(
    ("key", "name", "legal_name", "country"),
    [
        ("sagepay", "Sagepay", "U.S. Bank Europe DAC", "IE"),
        ("smartdebit", "SmartDebit", "Payment Solutions Ltd", "GB"),
        ("smartsupp", "Smartsupp.com", "Smartsupp.com s.r.o.", "CZ"),
        ("google-analytics", "Google Analytics", "Google LLC", "US"),
    ],
)
def test_each_named_vendor_is_there_as_the_legal_entity_of_today(
    register: Register, key: str, name: str, legal_name: str, country: str
) -> None:
    party = register.parties[key]
    assert (party.name, party.legal_name, party.country) == (name, legal_name, country)
    assert party.dpf is None, "nobody looked it up"


def test_no_other_party_is_named_but_the_authority_and_the_invented_clients(register: Register) -> None:
    assert set(register.parties) == {
        "sagepay", "smartdebit", "smartsupp", "google-analytics", "ico", *CLIENTS,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("activity", "vendors"),
    [
        ("billing-and-payments", {"sagepay": "controller", "smartdebit": "processor"}),
        ("website-analytics", {"google-analytics": "processor"}),
        ("web-chat", {"smartsupp": "processor"}),
        ("breach-handling", {"ico": "controller"}),
        ("call-answering", {}),
    ],
)
def test_vendors_work_where_the_policy_names_them(register: Register, activity: str, vendors: dict[str, str]) -> None:
    assert {each.party: each.role for each in register.engagements_of(activity)} == vendors


def test_payment_partners_receive_the_payment_details_alone(register: Register) -> None:
    for engagement in register.engagements_of("billing-and-payments"):
        assert engagement.data_categories == ("payment-details",)


@pytest.mark.parametrize("activity", ["call-answering", "caller-records"])
def test_connect_is_processor_for_callers_information(register: Register, activity: str) -> None:
    record = register.activities[activity]
    assert (record.role, record.controllers) == ("processor", CLIENTS)
    assert "caller-information" in record.data_categories


def test_connect_is_controller_for_everything_else(register: Register) -> None:
    assert register.activities["client-accounts"].role == "controller"
    assert {key for key, each in register.activities.items() if each.role == "processor"} == {
        "call-answering",
        "caller-records",
    }


def test_the_only_lawful_basis_claimed_is_agreement_to_cookies_by_going_on(register: Register) -> None:
    (basis,) = register.lawful_bases.values()
    assert (basis.activity, basis.basis) == ("website-analytics", "consent")
    assert "By continuing to use our website" in (basis.justification or "")


def test_no_period_is_recorded_and_the_words_of_the_policy_are(register: Register) -> None:
    for activity in register.activities:
        assert register.retention_of(activity), activity
    for rule in register.retention.values():
        assert (rule.period, rule.trigger, rule.until) == (None, None, None)
        assert rule.stated
    (callers,) = register.retention_of("call-answering")
    assert "after they have left us" in (callers.stated or "")


def test_no_place_or_transfer_is_recorded_as_the_policy_states_none(register: Register) -> None:
    assert not register.transfers
    assert not register.systems


@pytest.mark.parametrize(
    ("client", "authorisation", "period", "objection"),
    [
        ("lomond-dental", "general", "P30D", "P14D"),
        ("forth-lettings", "specific", "10 business days", None),
    ],
)
def test_each_invented_client_has_terms_for_notices(
    register: Register, client: str, authorisation: str, period: str, objection: str | None
) -> None:
    (agreement,) = register.agreements_with(client)
    notice = agreement.notice
    assert notice is not None
    assert (notice.authorisation, notice.period, notice.objection) == (authorisation, period, objection)
    assert (notice.contact or "").endswith(".example")


def test_no_change_is_planned(register: Register) -> None:
    assert not register.changes
