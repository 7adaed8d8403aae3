"""Does Outserve's register say what its privacy policy of 15 May 2018 says, and nothing more?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ropa.exchange.register_file import read_register
from ropa.law.lawbook import LawBook
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.records.transfer import TransferFields
from ropa.rules.hop import Hop, SafeguardFacts
from ropa.rules.transfers import judge

FILE = Path(__file__).parents[2] / "data" / "outserve.yaml"
STAFF = {"staff-contract", "staff-statutory", "staff-management", "staff-health", "equal-opportunities"}


@pytest.fixture(scope="module")
def outserve() -> Register:
    return read_register(FILE.read_bytes(), FILE.name)


def test_every_record_cites_the_policy_and_nothing_is_invented(outserve: Register) -> None:
    for kind in KINDS:
        for key, record in outserve.of_kind(kind).items():
            assert not record.invented, f"{kind} {key}"
            assert record.source is not None, f"{kind} {key} has no source"
            assert record.source.startswith("Privacy policy, "), f"{kind} {key}"


def test_the_company_and_its_policy_are_as_stated(outserve: Register) -> None:
    organisation = outserve.organisation
    assert (organisation.key, organisation.legal_name) == ("outserve", "Outserve Limited")
    assert (organisation.registration, organisation.country) == ("6648132", "GB")
    assert organisation.contact is not None
    assert organisation.contact.email == "philip.oakley@outserveweb.co.uk"
    assert organisation.dpo is None
    assert outserve.documents["privacy-policy"].date == date(2018, 5, 15)
    assert outserve.regimes(date(2018, 6, 1)) == ("eu",)
    assert outserve.regimes(date(2026, 11, 21)) == ("uk",)


@pytest.mark.parametrize(
    ("name", "legal_name", "country", "activities", "role"),
    [
        ("Zendesk", "Zendesk, Inc.", "US", {"enquiries-support"}, "processor"),
        ("HubSpot", "HubSpot, Inc.", "US", {"service-delivery"}, "processor"),
        ("MailChimp", "Intuit Inc.", "US", {"client-marketing", "contact-marketing"}, "processor"),
        ("WordPress security plugin", None, None, {"website"}, "processor"),
        ("YouTube", "Google LLC", "US", {"website-videos"}, "controller"),
        ("Vimeo", "Vimeo.com, Inc.", "US", {"website-videos"}, "controller"),
        ("Google Analytics", "Google LLC", "US", {"website-analytics"}, "processor"),
        ("HM Revenue & Customs", None, "GB", {"staff-contract", "staff-statutory"}, "controller"),
    ],
)
def test_each_named_vendor_and_recipient_is_there(
    outserve: Register, name: str, legal_name: str | None, country: str | None, activities: set[str], role: str
) -> None:
    party = next(party for party in outserve.parties.values() if party.name == name)
    assert (party.legal_name, party.country) == (legal_name, country)
    assert (party.dpf, party.dpf_uk_extension) == (None, None), "nobody looked at the list"
    engaged = outserve.engagements_with(party.key)
    assert {each.activity for each in engaged} == activities
    assert {each.role for each in engaged} == {role}
    assert not any(each.agreement for each in engaged), "the policy states no agreement"


def test_each_vendor_in_the_united_states_has_the_mechanisms_that_the_policy_claims(outserve: Register) -> None:
    abroad = [each for each in outserve.engagements.values() if outserve.parties[each.party].country == "US"]
    assert len(abroad) == 7
    assert {each.key for each in abroad} == set(outserve.transfers)
    for engagement in abroad:
        transfer = outserve.transfers[engagement.key]
        assert transfer.country == "US"
        assert transfer.stated is not None
        assert "Privacy Shield certified" in transfer.stated
        safeguards = outserve.safeguards_of(transfer.key)
        assert [each.instrument for each in safeguards] == ["privacy-shield", "eu-scc"]
        assert {(each.signed, each.assessed) for each in safeguards} == {(None, None)}


@pytest.mark.parametrize(
    ("on", "status"),
    [(date(2018, 6, 1), "adequate"), (date(2026, 11, 21), "unsafeguarded")],
)
def test_the_transfers_were_fine_in_2018_and_are_not_today(outserve: Register, on: date, status: str) -> None:
    (regime,) = outserve.regimes(on)
    for transfer in outserve.transfers.values():
        verdict = judge(_hop(outserve, transfer), regime, LawBook.packaged(), on)
        assert (transfer.key, verdict.status) == (transfer.key, status)


def _hop(register: Register, transfer: TransferFields) -> Hop:
    return Hop(
        exporter_country="GB",
        exporter_role="controller",
        importer_country=transfer.country,
        importer_name=register.parties[transfer.importer].name,
        same_entity=False,
        safeguards=tuple(
            SafeguardFacts(each.instrument, signed=each.signed) for each in register.safeguards_of(transfer.key)
        ),
    )


@pytest.mark.parametrize(
    ("activity", "bases"),
    [
        ("client-marketing", {"legitimate-interests"}),
        ("contact-marketing", {"consent"}),
        ("testimonials", {"consent"}),
        ("staff-contract", {"contract"}),
        ("staff-statutory", {"legal-obligation"}),
        ("visitor-book", {"legal-obligation"}),
        ("equal-opportunities", {"legal-obligation"}),
        ("staff-health", {"legal-obligation"}),  # for statutory sick pay alone
        ("staff-management", set()),
        ("service-delivery", set()),
        ("enquiries-support", set()),
        ("surveys", set()),
        ("website", set()),
        ("website-analytics", set()),
        ("website-videos", set()),
    ],
)
def test_lawful_bases_stand_where_the_policys_words_name_one(
    outserve: Register, activity: str, bases: set[str]
) -> None:
    assert {each.basis for each in outserve.lawful_bases_of(activity)} == bases


def test_marketing_to_clients_rests_on_an_assessment_that_the_policy_mentions(outserve: Register) -> None:
    (basis,) = outserve.lawful_bases_of("client-marketing")
    assert basis.assessment is not None
    document = outserve.documents[basis.assessment]
    assert (document.type, document.date, document.location) == ("lia", None, None)


@pytest.mark.parametrize(
    ("activity", "data", "period", "until"),
    [
        ("service-delivery", "contact-details", "P6Y", None),
        ("enquiries-support", "contact-details", "P6Y", None),
        ("service-delivery", "cookie-data", None, "the browser is closed"),
        ("contact-marketing", None, None, "the person notifies Outserve otherwise or withdraws consent"),
        ("visitor-book", None, None, None),  # "destroyed on a regular basis"
        ("client-marketing", None, None, None),  # "for as long as is necessary"
    ],
)
def test_retention_is_as_stated(
    outserve: Register, activity: str, data: str | None, period: str | None, until: str | None
) -> None:
    wanted = () if data is None else (data,)
    rule = next(each for each in outserve.retention_of(activity) if each.data_categories == wanted)
    assert (rule.period, rule.until, rule.trigger) == (period, until, None)
    assert rule.stated or rule.until


def test_special_category_and_criminal_data_are_marked_and_have_no_condition(outserve: Register) -> None:
    special = {key: each.special for key, each in outserve.data_categories.items() if each.special}
    assert special == {
        "health": "health",
        "ethnic-origin": "racial-or-ethnic-origin",
        "sexual-orientation": "sex-life-or-orientation",
        "religious-beliefs": "religious-or-philosophical-beliefs",
    }
    assert [key for key, each in outserve.data_categories.items() if each.criminal] == ["criminal-convictions"]
    assert not outserve.conditions


def test_sensitive_data_and_staff_data_stay_with_the_staff_activities(outserve: Register) -> None:
    marked = {key for key, each in outserve.data_categories.items() if each.special or each.criminal or each.hr}
    holding = {key for key, each in outserve.activities.items() if marked & set(each.data_categories)}
    assert holding == STAFF


def test_every_activity_has_the_stated_measures_and_no_automated_decisions(outserve: Register) -> None:
    for activity in outserve.activities.values():
        assert activity.role == "controller"
        assert activity.automated_decisions == "no"
        assert "2-factor authentication" in activity.security or activity.key == "visitor-book"
