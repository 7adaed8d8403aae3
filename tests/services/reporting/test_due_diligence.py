"""The due-diligence sheets: what a vendor lacks stands on its sheet, and what ran out is wrong."""

from __future__ import annotations

import pytest

from ropa.records.errors import NotFoundError
from ropa.services.reporting.due_diligence import due_diligence
from ropa.services.workspace import View
from tests.registers import TODAY, register
from tests.services.reporting.reported import sheet

MAILER = """
documents:
  iso: {name: ISO 27001, type: certificate, about: mailer, date: 2023-01-01, expires: 2026-01-01}
parties:
  mailer:
    name: Mailer
    legal_name: Mailer Inc
    country: United States
    dpf: active
    dpf_uk_extension: true
    dpf_checked: 2026-10-01
    dpf_until: 2027-03-01
    website: https://mailer.example/privacy
  below: {name: Below, country: India}
  bank: {name: Bank, country: United Kingdom, website: "javascript:alert(1)"}
  client: {name: Client, country: United Kingdom}
data_categories: {name: Name}
agreements:
  dpa:
    name: Mailer DPA
    party: mailer
    signed: 2024-01-01
    clauses: [a, b, c]
    notice: {period: 30 days, clock: sent}
  sub: {name: Sub terms, party: below, between: mailer, onward_terms: false}
activities:
  news:
    name: News
    role: processor
    controllers: [client]
    data_categories: [name]
    engagements:
      - {party: mailer, service: sending, agreement: dpa}
      - {party: bank, role: controller, service: payments, countries: [United Kingdom]}
"""


def mailer(text: str = MAILER, vendor: str = "Mailer") -> dict[str, list[str]]:
    return sheet(due_diligence(View(register(text), TODAY)), vendor)


def test_vendors_are_those_engaged_and_those_behind_them_and_no_customers() -> None:
    report = due_diligence(View(register(MAILER), TODAY))
    assert [section.title for section in report.sections] == ["Mailer", "Below", "Bank"]


def test_the_agreement_names_the_clauses_that_it_lacks() -> None:
    found = mailer()["Agreement"]
    assert "signed 1 January 2024" in found
    assert any(each.startswith("✖ holds (a), (b), (c); lacks (d) subprocessors, (e)") for each in found)
    assert "? the signed text is not recorded — Art. 28(9)" in found


def test_a_certificate_that_ran_out_is_wrong_and_its_day_is_a_missed_review() -> None:
    found = mailer()
    assert found["Certificates and documents"] == ["certificate: ISO 27001, 1 January 2023", "✖ expired 1 January 2026"]
    assert found["Next review"][0].startswith("! 1 January 2026: expires: ISO 27001")
    assert any("1 March 2027" in each for each in found["Next review"])


def test_the_entry_on_the_list_says_when_somebody_looked() -> None:
    found = mailer()["Data Privacy Framework list"]
    assert found[:3] == ["active", "list looked at on 1 October 2026", "UK Extension: yes"]
    assert "? covers HR data: not recorded — Art. 45" in found
    without = mailer(MAILER.replace("    dpf: active\n", ""))["Data Privacy Framework list"]
    assert without == ["? whether it is on the list is not recorded — Art. 45"]


def test_whoever_is_behind_it_stands_there_with_the_terms_of_the_hop() -> None:
    assert mailer()["Who is behind it"] == ["✖ Below, India, engaged by Mailer: onward terms missing"]
    assert mailer(vendor="Below")["Who is behind it"] == [
        "? nobody is recorded; that does not say that there is nobody — Art. 28(4)"
    ]


def test_its_notice_says_what_is_not_recorded_of_it() -> None:
    assert mailer()["Notice of changes that it gives"] == [
        "Mailer DPA: notice 30 days from sending, time to object not recorded"
    ]


def test_a_controller_is_asked_for_no_processing_agreement() -> None:
    found = mailer(vendor="Bank")
    assert found["Agreement"] == ["none recorded; asked of processors, and it works as none by what is recorded"]


def test_an_address_that_is_no_web_address_is_shown_and_doubted() -> None:
    assert mailer(vendor="Bank")["Policy or site"] == [
        "! javascript:alert(1) (no address that begins with http or https)"
    ]
    assert mailer()["Policy or site"] == ["https://mailer.example/privacy"]


def test_one_party_alone_a_customer_too() -> None:
    report = due_diligence(View(register(MAILER), TODAY), "client")
    assert [section.title for section in report.sections] == ["Client"]
    with pytest.raises(NotFoundError, match="no party 'nobody'"):
        due_diligence(View(register(MAILER), TODAY), "nobody")


def test_the_sort_of_an_agreement_stands_in_words() -> None:
    assert mailer()["Agreement"][0] == "Mailer DPA (Article 28 agreement)"
    terms = MAILER.replace("name: Mailer DPA", "name: Mailer DPA\n    type: terms")
    assert mailer(terms)["Agreement"][0] == "Mailer DPA (terms that hold the Article 28 clauses)"
