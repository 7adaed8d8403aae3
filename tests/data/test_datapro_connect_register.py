"""What a careful reader of DataPro Connect's privacy policy would look up in its register."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ropa.exchange.register_file import read_register
from ropa.records.kinds import KINDS
from ropa.records.register import Register

FILE = Path(__file__).parents[2] / "data" / "datapro-connect.yaml"


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register(FILE.read_bytes(), FILE.name)


def test_every_record_says_where_it_is_stated_and_none_is_invented(register: Register) -> None:
    for kind in KINDS:
        for key, record in register.of_kind(kind).items():
            assert record.source, f"{kind}/{key}"
            assert record.source.startswith("Privacy policy, "), f"{kind}/{key}"
            assert not record.invented, f"{kind}/{key}"


def test_it_is_the_policy_of_6_may_2018_of_a_british_company(register: Register) -> None:
    assert register.documents["privacy-policy"].date == dt.date(2018, 5, 6)
    assert (register.organisation.legal_name, register.organisation.country) == ("DataPro Connect Limited", "GB")
    assert register.organisation.dpo is None, "the policy names no data protection officer"


@pytest.mark.parametrize(
    ("key", "name", "legal_name", "country"),
    [
        ("microsoft", "Microsoft", "Microsoft Ireland Operations Ltd", "IE"),
        ("freshdesk", "Freshdesk", "Freshworks Inc.", "US"),
    ],
)
def test_each_named_vendor_is_there_as_the_legal_entity_of_today(
    register: Register, key: str, name: str, legal_name: str, country: str
) -> None:
    party = register.parties[key]
    assert (party.name, party.legal_name, party.country) == (name, legal_name, country)
    assert party.dpf is None, "nobody looked it up"


def test_no_other_vendor_is_named(register: Register) -> None:
    assert set(register.parties) == {"microsoft", "freshdesk"}


def test_excel_receives_no_data_and_the_cloud_storage_does(register: Register) -> None:
    receives = {each.activity: each.receives_data for each in register.engagements_with("microsoft")}
    assert receives.pop("product-improvement") is False
    assert receives == dict.fromkeys(
        ("sales-enquiries", "orders-and-contracts", "technical-support", "business-records"), True
    )


def test_freshworks_handles_support_requests_and_sales_enquiries(register: Register) -> None:
    assert {each.activity for each in register.engagements_with("freshdesk")} == {
        "technical-support",
        "sales-enquiries",
    }


@pytest.mark.parametrize("vendor", ["microsoft", "freshdesk"])
def test_storage_outside_the_eu_is_a_transfer_with_no_named_safeguard_or_country(
    register: Register, vendor: str
) -> None:
    (transfer,) = register.transfers_to(vendor)
    assert "appropriate safeguards are in place" in (transfer.stated or "")
    assert transfer.country is None
    assert register.safeguards_of(transfer.key) == ()


@pytest.mark.parametrize(
    ("activity", "bases"),
    [
        ("sales-enquiries", ["legitimate-interests"]),
        ("orders-and-contracts", ["contract"]),
        ("technical-support", ["contract"]),
        ("direct-marketing", ["consent", "legitimate-interests", "legitimate-interests"]),
        ("targeted-advertising", ["legitimate-interests"]),
        ("product-notices", ["vital-interests"]),  # as the policy says, for security updates and product notices
        ("legal-requirements", ["legal-obligation"]),
        ("recruitment", ["consent"]),
        ("applicant-screening", []),
        ("business-sale", []),
    ],
)
def test_the_lawful_basis_is_the_one_that_the_policy_gives(register: Register, activity: str, bases: list[str]) -> None:
    assert [each.basis for each in register.lawful_bases_of(activity)] == bases


@pytest.mark.parametrize(
    ("activity", "period", "event"),
    [
        ("orders-and-contracts", "P6Y", "the end of the relationship"),
        ("orders-and-contracts", "P6Y", "the date of the complaint or query"),
        ("technical-support", "P6Y", "the end of the relationship"),
        ("technical-support", "P6Y", "the date of the complaint or query"),
        ("sales-enquiries", "P1Y6M", "the collection of the information"),
        ("sales-enquiries", "P6Y", "the end of the relationship"),
        ("direct-marketing", "P1Y6M", "the collection of the information"),
        ("product-notices", "P6Y", "the end of the relationship"),
    ],
)
def test_data_is_kept_for_the_stated_period_from_the_stated_event(
    register: Register, activity: str, period: str, event: str
) -> None:
    rules = [(each.period, each.trigger or "") for each in register.retention_of(activity)]
    assert any(length == period and trigger.startswith(event) for length, trigger in rules)


def test_no_other_period_is_recorded(register: Register) -> None:
    assert {each.period for each in register.retention.values()} == {"P6Y", "P1Y6M", None}


@pytest.mark.parametrize("activity", ["recruitment", "applicant-screening", "competitions", "rights-requests"])
def test_where_the_policy_gives_no_period_none_is_recorded(register: Register, activity: str) -> None:
    rules = register.retention_of(activity)
    assert rules
    assert all(each.period is None and each.stated for each in rules)


def test_applicants_health_and_criminal_records_are_marked(register: Register) -> None:
    assert register.data_categories["state-of-health"].special == "health"
    assert {key for key, each in register.data_categories.items() if each.criminal} == {"criminal-record-checks"}
    assert "state-of-health" in register.activities["recruitment"].data_categories
    assert "criminal-record-checks" in register.activities["applicant-screening"].data_categories


def test_express_consent_covers_health_and_nothing_covers_criminal_records(register: Register) -> None:
    (condition,) = register.conditions.values()
    assert (condition.activity, condition.condition) == ("recruitment", "art9-a")
    assert condition.data_categories == ("state-of-health",)


@pytest.mark.parametrize("activity", ["support-files", "customer-site-visits"])
def test_payroll_data_belongs_to_customers_whom_the_policy_does_not_name(register: Register, activity: str) -> None:
    record = register.activities[activity]
    assert (record.role, record.controllers, record.data_categories) == ("processor", (), ("payroll-data",))
    assert "states no role" in (record.note or "")


def test_everything_else_is_done_as_controller(register: Register) -> None:
    assert {key for key, each in register.activities.items() if each.role != "controller"} == {
        "support-files",
        "customer-site-visits",
    }


def test_a_data_file_with_personal_data_is_deleted_at_once(register: Register) -> None:
    (rule,) = register.retention_of("support-files")
    assert rule.period is None
    assert "immediately and permanently deleted" in (rule.stated or "")


def test_no_agreement_is_recorded_as_the_policy_states_none(register: Register) -> None:
    assert not register.agreements
