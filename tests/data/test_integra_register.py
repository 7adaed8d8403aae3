"""What a careful reader of Integra's privacy statement would look up in its register."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.exchange.register_file import read_register
from ropa.records.kinds import KINDS
from ropa.records.register import Register

FILE = Path(__file__).parents[2] / "data" / "integra.yaml"
DATASETS = {"data-migration", "fault-resolution"}


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register(FILE.read_bytes(), FILE.name)


def test_every_record_says_where_it_is_stated_and_none_is_invented(register: Register) -> None:
    for kind in KINDS:
        for key, record in register.of_kind(kind).items():
            assert record.source, f"{kind}/{key}"
            assert record.source.startswith("Privacy statement, "), f"{kind}/{key}"
            assert not record.invented, f"{kind}/{key}"


def test_both_companies_and_the_officer_are_named(register: Register) -> None:
    organisation = register.organisation
    assert organisation.legal_name == "Integra (e-Quip) Limited"
    assert organisation.group_entities == ("Integra Health Systems Limited",)
    assert organisation.dpo is not None
    assert (organisation.dpo.name, organisation.dpo.email) == ("Graham Stanbury", "graham@integra.uk.net")
    assert organisation.address is None, "the statement gives no address"


def test_the_statement_bears_no_date(register: Register) -> None:
    assert register.documents["privacy-statement"].date is None


def test_integra_is_processor_of_everything_as_it_says_and_for_nobody_it_names(register: Register) -> None:
    for key, activity in register.activities.items():
        assert (activity.role, activity.controllers) == ("processor", ()), key
        assert activity.processing, key


def test_the_contradiction_stands_in_the_note_of_each_activity(register: Register) -> None:
    for key, activity in register.activities.items():
        words = "the stated role fits" if key in DATASETS else "Against it"
        assert words in (activity.note or ""), key
        assert "controller" in (activity.note or ""), key
    assert "data processor with respect to all data" in (register.organisation.note or "")


@pytest.mark.parametrize(
    ("activity", "bases"),
    [
        ("customer-news", ["consent", "legitimate-interests"]),
        ("customer-support", ["contract"]),
        ("service-improvement", ["legitimate-interests"]),
        ("sales-and-licences", ["contract"]),
        ("customer-communication", []),
        ("product-forums", []),
        ("data-migration", []),  # the customer's authorisation is not the consent of the people in the dataset
        ("fault-resolution", []),
    ],
)
def test_the_lawful_basis_is_the_one_that_the_statement_gives(
    register: Register, activity: str, bases: list[str]
) -> None:
    assert [each.basis for each in register.lawful_bases_of(activity)] == bases


@pytest.mark.parametrize(
    ("activity", "period", "trigger", "until"),
    [
        ("data-migration", "P6M", "the completion of the data migration exercise", None),
        ("fault-resolution", None, None, "the fault or issue is resolved, or the investigation is terminated"),
        ("customer-communication", None, None, "the end of the contract between Integra and the customer"),
        ("customer-support", None, None, "the end of the contract between Integra and the customer"),
    ],
)
def test_data_is_kept_until_the_stated_event(
    register: Register, activity: str, period: str | None, trigger: str | None, until: str | None
) -> None:
    (rule,) = register.retention_of(activity)
    assert (rule.period, rule.trigger, rule.until) == (period, trigger, until)


@pytest.mark.parametrize("activity", ["sales-and-licences", "product-forums", "sales-contacts", "rights-requests"])
def test_where_the_statement_gives_no_period_none_is_recorded(register: Register, activity: str) -> None:
    rules = register.retention_of(activity)
    assert rules
    assert all((each.period, each.until) == (None, None) and each.stated for each in rules)


@pytest.mark.parametrize(
    ("key", "legal_name", "country"),
    [("rocket-science-group", "Intuit Inc.", "US"), ("microsoft", "Microsoft Ireland Operations Ltd", "IE")],
)
def test_each_named_vendor_is_there_as_the_legal_entity_of_today(
    register: Register, key: str, legal_name: str, country: str
) -> None:
    party = register.parties[key]
    assert (party.legal_name, party.country) == (legal_name, country)
    assert (party.dpf, party.dpf_uk_extension) == (None, None), "nobody looked at the list"


def test_no_other_vendor_is_named(register: Register) -> None:
    assert set(register.parties) == {"rocket-science-group", "microsoft"}


def test_the_mailing_company_follows_as_subprocessor_and_the_maker_of_the_database_does_not(
    register: Register,
) -> None:
    assert register.subprocessors == ("rocket-science-group",)


def test_no_transfer_agreement_or_hosting_is_recorded_as_the_statement_states_none(register: Register) -> None:
    assert not register.transfers
    assert not register.agreements
    assert register.systems["sql-server-database"].hosting == ()


def test_every_activity_keeps_its_data_in_the_one_database(register: Register) -> None:
    for key, activity in register.activities.items():
        assert activity.systems == ("sql-server-database",), key
        assert "Access only by authorised company staff" in activity.security, key


def test_suspected_fraud_goes_to_the_local_authority_and_the_police(register: Register) -> None:
    assert register.activities["fraud-reports"].recipients == ("Local authority", "Police")
