"""Any kind of record as a table that a person can read."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings

from ropa.exchange.register_file import read_register
from ropa.records.errors import NotFoundError
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.services.browsing.listing import DERIVED, kinds, listing
from ropa.services.workspace import View
from tests.records.any_register import registers
from tests.records.every_kind import EVERY_KIND

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def view() -> View:
    return View(read_register(EVERY_KIND, "r.yaml"), TODAY)


def cells(view: View, kind: str, key: str) -> dict[str, str]:
    table = listing(view, kind)
    (row,) = (each for each in table.rows if each.key == key)
    return dict(zip(table.columns, row.cells, strict=True))


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_record_is_listed_once_under_its_key(view: View, kind: str) -> None:
    table = listing(view, kind)
    assert [row.key for row in table.rows] == list(view.register.of_kind(kind))
    assert table.rows
    assert table.columns
    for row in table.rows:
        assert len(row.cells) == len(table.columns)


@pytest.mark.parametrize("kind", DERIVED)
def test_what_is_worked_out_is_listed_too(view: View, kind: str) -> None:
    table = listing(view, kind)
    assert kind in kinds()
    assert all(len(row.cells) == len(table.columns) for row in table.rows)


def test_the_derived_kinds_hold_what_follows_from_the_register(view: View) -> None:
    assert [row.key for row in listing(view, "customer").rows] == ["northgate"]
    assert [row.key for row in listing(view, "subprocessor").rows] == []
    assert [row.key for row in listing(view, "finding").rows] == [each.rule for each in view.findings]
    assert len(listing(view, "crossing").rows) == len(view.crossings) > 0


def test_people_read_names_countries_and_words_and_not_keys_and_codes(view: View) -> None:
    engagement = cells(view, "engagement", "newsletter/mailer")
    assert engagement["Activity"] == "Newsletter"
    assert engagement["Who"] == "Mailer"
    assert engagement["Agreement"] == "Mailer DPA"
    assert engagement["Which data"] == "Names"
    assert cells(view, "party", "mailer")["Country"] == "United States"
    assert cells(view, "system", "crm")["Hosted in"] == "United States, Norway"
    assert cells(view, "retention", "newsletter/18-months-the-last-order-names")["Period"] == "18 months"
    assert "Consent" in cells(view, "lawful_basis", "newsletter/consent")["Lawful basis"]
    assert cells(view, "flow", "newsletter/subject-clients-system-crm")["To"] == "CRM"
    assert "10 business days" in cells(view, "agreement", "mailer-dpa")["Notice"]
    assert cells(view, "safeguard", "newsletter/mailer/uk-addendum")["Signed"] == "2023-02-01"


def test_what_is_not_recorded_is_empty_and_not_a_word(view: View) -> None:
    assert cells(view, "party", "northgate") == {
        "Name": "Northgate NHS",
        "Legal name": "",
        "Country": "",
        "Website": "",
    }
    assert cells(view, "data_category", "names")["Special category"] == ""
    assert cells(view, "data_category", "names")["HR data"] == ""


def test_the_mark_is_the_sign_of_the_worst_finding(view: View) -> None:
    worst: dict[str, str] = {}
    for finding in view.findings:
        worst.setdefault(finding.subject, finding.symbol)
    marks = {row.key: row.mark for row in listing(view, "activity").rows}
    assert marks == {key: worst.get(f"activity/{key}", "") for key in view.register.activities}
    assert any(marks.values())


def test_a_kind_that_does_not_exist_is_told_with_those_that_do(view: View) -> None:
    with pytest.raises(NotFoundError, match=r"there is no kind 'vendor'; one of: organisation, .*, finding"):
        listing(view, "vendor")


@given(registers(most=2))
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_register_can_be_listed(register: Register) -> None:
    view = View(register, TODAY)
    for kind in (*KINDS, "customer", "subprocessor"):
        assert all(isinstance(cell, str) for row in listing(view, kind).rows for cell in row.cells)
