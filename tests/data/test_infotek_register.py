"""Does Infotek's register say what its privacy policy of 14 May 2018 says, and mark what it does not?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ropa.exchange.register_file import read_register
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.rules.period import Period

FILE = Path(__file__).parents[2] / "data" / "infotek.yaml"
CUSTOMERS = {"northgate", "brightway", "calder-sons", "marlowe-freight", "ferrybridge"}
HOSTS = ("pipeten", "ukfast", "vidahost")
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def infotek() -> Register:
    return read_register(FILE.read_bytes(), FILE.name)


def test_every_record_cites_the_policy_or_is_marked_as_invented(infotek: Register) -> None:
    for kind in KINDS:
        for key, record in infotek.of_kind(kind).items():
            if record.invented:
                assert record.source is None, f"{kind} {key} is invented and cites a source"
                assert record.note is not None, f"{kind} {key}"
                assert record.note.startswith("Invented sample data."), f"{kind} {key}"
            else:
                assert record.source is not None, f"{kind} {key} has no source"
                assert record.source.startswith("Privacy policy, "), f"{kind} {key}"


def test_the_policy_is_dated_as_it_says(infotek: Register) -> None:
    assert infotek.documents["privacy-policy"].date == date(2018, 5, 14)
    contact = infotek.organisation.contact
    assert contact is not None
    assert (contact.email, contact.phone, contact.address) == (
        "info@infotek-software.co.uk", "0292 069 7107", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "legal_name", "country", "service", "role"),
    [
        ("Barclays PLC", "Barclays Bank UK PLC", "GB", "banking services", "controller"),
        ("Capita Pay360", None, "GB", "payment processing", "processor"),
        ("Go Cardless", "GoCardless Ltd", "GB", "payment processing", "controller"),
        ("Crown & Co Accountants Limited", "Crown & Co Accountants Limited", None, "accountancy", "controller"),
        ("Nominet UK", "Nominet UK", "GB", "domain name registration services", "controller"),
        ("Pipeten", "Pipe Ten Hosting Ltd", "GB", "data hosting", "processor"),
        ("UKFast", None, "GB", "data hosting", "processor"),
        ("Vidahost", "Paragon Internet Group Ltd", "GB", "data hosting", "processor"),
    ],
)
def test_each_third_party_of_the_policys_list_is_there(
    infotek: Register, name: str, legal_name: str | None, country: str | None, service: str, role: str
) -> None:
    party = next(party for party in infotek.parties.values() if party.name == name)
    assert (party.legal_name, party.country, party.invented) == (legal_name, country, False)
    engaged = infotek.engagements_with(party.key)
    assert {(each.service, each.role) for each in engaged} == {(service, role)}


def test_it_is_controller_for_users_and_processor_for_what_customers_save(infotek: Register) -> None:
    roles: dict[str, set[str]] = {}
    for activity in infotek.activities.values():
        for key in activity.data_categories:
            roles.setdefault(key, set()).add(activity.role or "")
    assert roles.pop("customer-data") == {"processor"}
    assert set(map(frozenset, roles.values())) == {frozenset({"controller"})}
    assert set(infotek.customers) == CUSTOMERS
    assert set(infotek.subprocessors) == set(HOSTS)


@pytest.mark.parametrize(
    ("activity", "purpose"),
    [
        ("service-delivery", "validate your identity"),
        ("service-delivery", "providing our services, contacting you and servicing our relationship with you"),
        ("administration-billing", "administration, billing and other legal purposes"),
        ("service-announcements", "to notify You of new or changed services offered in relation to the Service"),
        ("marketing", "carry out marketing or training relating to the Service"),
        ("marketing", "enabling you to participate in our promotions"),
        ("legal-compliance", "comply with laws and regulations in applicable jurisdictions"),
        ("terms-notices", "notifying you about changes to the terms on which the services are provided"),
    ],
)
def test_each_purpose_of_the_policy_has_an_activity(infotek: Register, activity: str, purpose: str) -> None:
    assert purpose in infotek.activities[activity].purposes


def test_what_the_policy_does_not_state_is_not_recorded(infotek: Register) -> None:
    assert not infotek.lawful_bases
    assert not infotek.transfers
    assert not any(category.special for category in infotek.data_categories.values())
    for activity in infotek.activities.values():
        stated = [(rule.period, rule.until) for rule in infotek.retention_of(activity.key)]
        assert stated == ([(None, None)] if activity.role == "controller" else []), activity.key


def test_all_data_is_in_the_united_kingdom(infotek: Register) -> None:
    assert {system.hosting for system in infotek.systems.values()} == {("GB",)}
    places = {each.countries for each in infotek.engagements.values() if each.party in ("ukfast", "vidahost")}
    assert places == {("GB",)}


def test_subprocessors_have_data_protection_terms_and_general_authorisation(infotek: Register) -> None:
    engaged = infotek.engagements_of("customer-data-hosting")
    assert [each.party for each in engaged] == list(HOSTS)
    for each in engaged:
        assert each.authorisation == "general"
        assert each.agreement is not None
        agreement = infotek.agreements[each.agreement]
        assert (agreement.party, agreement.type, agreement.signed, agreement.clauses) == (
            each.party, "dpa", None, None,
        )  # fmt: skip


def test_the_policy_promises_thirty_days_from_the_page_and_no_objection(infotek: Register) -> None:
    terms = infotek.organisation.notice
    assert terms is not None
    assert (terms.authorisation, terms.period, terms.clock, terms.objection) == (
        "general", "P30D", "page-updated", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("customer", "authorisation", "period", "objection"),
    [
        ("northgate", "general", "P30D", None),
        ("brightway", "general", "P60D", "P30D"),
        ("calder-sons", "specific", "P30D", None),
        ("marlowe-freight", "general", "10 business days", "10 business days"),
    ],
)
def test_the_invented_customers_contracts_differ(
    infotek: Register, customer: str, authorisation: str, period: str, objection: str | None
) -> None:
    (agreement,) = infotek.agreements_with(customer)
    terms = agreement.notice
    assert agreement.invented
    assert terms is not None
    assert (terms.authorisation, terms.period, terms.objection) == (authorisation, period, objection)
    assert terms.contact is not None
    assert terms.contact.endswith(".example")
    for written in (terms.period, terms.objection):
        assert written is None or str(Period.parse(written)) == written


def test_one_invented_customer_has_only_the_policys_promise(infotek: Register) -> None:
    (agreement,) = infotek.agreements_with("ferrybridge")
    assert agreement.notice is None


def test_invented_people_have_addresses_that_reach_nobody(infotek: Register) -> None:
    invented = [party for party in infotek.parties.values() if party.invented and party.contact is not None]
    assert {party.key for party in invented} == {*CUSTOMERS, "stonefold-backup"}
    for party in invented:
        assert party.contact is not None
        assert party.contact.email is not None
        assert party.contact.email.endswith(".example"), party.key


def test_the_planned_changes_are_invented_and_stand_as_on_the_sample_day(infotek: Register) -> None:
    takeover, backup = infotek.changes["ukfast-to-ans"], infotek.changes["backup-host"]
    assert takeover.invented
    assert backup.invented
    assert (takeover.party, takeover.replaces, takeover.kind) == ("ans-group", "ukfast", "new-legal-entity")
    assert (takeover.proposed, takeover.effective) == (date(2026, 11, 10), date(2026, 12, 21))
    assert (backup.state, backup.effective, backup.countries) == ("proposed", date(2027, 1, 15), ("GB",))
    assert not infotek.notices_of("backup-host")
    sent = {notice.customer: notice.sent for notice in infotek.notices_of("ukfast-to-ans")}
    assert sent == {
        "brightway": date(2026, 11, 12),  # of 60 days, 39 are left
        "calder-sons": date(2026, 11, 11),
        "marlowe-freight": date(2026, 11, 16),
        "ferrybridge": date(2026, 11, 13),
        "northgate": None,
    }
    assert all(day is None or day < TODAY for day in sent.values())
    assert all(notice.consented is None for notice in infotek.notices_of("ukfast-to-ans"))
