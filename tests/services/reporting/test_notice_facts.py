"""The facts of a privacy notice: the rights follow from the basis, and each gap names the article that asks."""

from __future__ import annotations

import datetime as dt

import pytest

from ropa.law.lawbook import LawBook
from ropa.services.reporting.notice_facts import notice_facts
from ropa.services.reporting.notice_law import complaints, facts, rights
from ropa.services.workspace import View
from tests.registers import TODAY, register
from tests.services.reporting.reported import texts, words

SHOP = """
data_categories: {name: Name}
subject_categories: {clients: Clients, nobody: Nobody}
activities:
  orders:
    name: Orders
    role: controller
    purposes: [selling]
    subject_categories: [clients]
    data_categories: [name]
    lawful_bases: [BASIS]
"""


def told(basis: str, what: str = "Rights", on: dt.date = TODAY, text: str = SHOP) -> list[str]:
    report = notice_facts(View(register(text.replace("BASIS", basis)), on))
    (found,) = [section for section in report.sections if section.title == "Clients"]
    (row,) = [row for row in found.rows if row[1][0].text == what]
    return [words(item) for item in row[2]]


@pytest.mark.parametrize(
    ("basis", "there", "absent"),
    [
        ("consent", ["to withdraw consent", "to receive what they provided"], ["on grounds of their own situation"]),
        ("contract", ["to receive what they provided"], ["to withdraw consent", "on grounds of their own situation"]),
        ("legitimate-interests", ["on grounds of their own situation"], ["to withdraw", "to receive what"]),
        ("public-task", ["on grounds of their own situation", "(Art. 17(3)(b))"], ["to withdraw", "to receive what"]),
        ("legal-obligation", ["(Art. 17(3)(b))"], ["to withdraw", "to receive what", "own situation"]),
        ("recognised-legitimate-interests", ["! to object on grounds"], ["to withdraw", "to receive what"]),
    ],
)
def test_which_rights_people_have_follows_from_the_basis(basis: str, there: list[str], absent: list[str]) -> None:
    found = " | ".join(told(basis))
    assert all(each in found for each in ("to get access", "to have it put right", "to have it erased", *there))
    assert not [each for each in absent if each in found]


def test_without_a_basis_the_rights_that_hang_on_one_cannot_be_told() -> None:
    assert any(each.startswith("? which further rights there are cannot be told") for each in told("", text=SHOP))


def test_a_complaint_to_the_controller_is_a_right_in_the_uk_from_its_first_day() -> None:
    assert len(told("consent", "Complaints", dt.date(2026, 6, 18))) == 1
    assert len(told("consent", "Complaints", dt.date(2026, 6, 19))) == 2


@pytest.mark.parametrize("on", [dt.date(2026, 2, 4), dt.date(2026, 2, 5)])
def test_a_person_can_be_asked_for_on_both_sides_of_the_new_articles(on: dt.date) -> None:
    decided = SHOP.replace("    purposes", "    automated_decisions: yes\n    purposes")
    found = [each for each in told("contract", on=on, text=decided) if "have a person look" in each]
    assert len(found) == 1
    assert "have a person look" not in " ".join(told("contract", on=on))


def test_a_gap_names_the_article_of_the_notice_and_not_of_the_record() -> None:
    report = notice_facts(View(register(SHOP.replace("BASIS", "")), TODAY))
    gaps = [each for each in texts(report) if each.startswith("?")]
    assert gaps
    assert not [each for each in gaps if "Art. 30" in each]
    assert told("legitimate-interests", "Legitimate interests") == [
        "? which interest is not recorded — Art. 13(1)(d), 14(2)(b)"
    ]


def test_a_dash_in_a_name_loses_nothing() -> None:
    found = told("{basis: legitimate-interests, purpose: 'a — b'}", "Legitimate interests")
    assert found == ["? a — b: which interest is not recorded — Art. 13(1)(d), 14(2)(b)"]


def test_people_of_no_activity_have_no_notice_and_people_nobody_recorded_are_told_of() -> None:
    report = notice_facts(View(register(SHOP.replace("BASIS", "consent")), TODAY))
    assert [section.title for section in report.sections] == ["Clients"]
    unknown = SHOP.replace("    subject_categories: [clients]\n", "").replace("BASIS", "consent")
    sections = notice_facts(View(register(unknown), TODAY)).sections
    assert [section.title for section in sections] == ["People who are not recorded"]


def test_every_right_has_a_source_a_day_and_bases_that_the_law_knows() -> None:
    law = LawBook.packaged()
    for right in (*rights(), *complaints()):
        assert right.source
        assert right.start >= dt.date(2018, 5, 25)
        assert all(law.lawful_basis(each) for each in (*right.bases, *right.limits))
        assert all(law.condition(each) for each in right.conditions)
        assert all(law.regime(each) for each in right.regimes)
    assert all(each.asked.startswith("Art. 1") for each in facts().values())


INSIDE = SHOP.replace(
    "    name: Orders\n",
    """    name: Orders
    internal_recipients: [Finance]
    joint_controllers: [pal]
    engagements:
      - {party: far, transfer: {country: US, safeguards: [{instrument: uk-idta, signed: 2024-01-01}]}}
    conditions:
      - {condition: sch1-18, justification: ours, policy_document: apd, policy_followed: false}
""",
).replace(
    "data_categories: {name: Name}",
    """documents: {apd: Policy of appropriateness}
parties:
  far: {name: Far, country: US}
  pal: {name: Pal, address: 1 Pal Street, contact: {email: pal@pal.example}}
data_categories: {name: {name: Name, criminal: true}}""",
)


def test_recipients_inside_are_named_once() -> None:
    assert [each for each in told("consent", "Recipients", text=INSIDE) if "Finance" in each] == [
        "Finance (inside the organisation)"
    ]


def test_a_policy_that_is_not_followed_is_no_part_of_a_notice() -> None:
    found = " | ".join(told("consent", "Lawful basis", text=INSIDE))
    assert "Schedule 1, paragraph 18" in found
    assert "followed" not in found
    assert "Policy of appropriateness" not in found


def test_a_joint_controller_is_told_with_address_and_e_mail() -> None:
    report = notice_facts(View(register(INSIDE.replace("BASIS", "consent")), TODAY))
    (row,) = [row for each in report.sections for row in each.rows if "joint controller: Pal" in words(row[2][0])]
    assert [words(item) for item in row[2]][1:] == ["1 Pal Street", "pal@pal.example"]


def test_how_people_get_a_copy_of_the_safeguards_is_asked_for_where_something_signed_covers_a_transfer() -> None:
    gap = "? no field of the register holds how people get a copy of these safeguards — Art. 13(1)(f), 14(1)(f)"
    assert gap in told("consent", "Transfers and safeguards", text=INSIDE)
    assert gap not in told("consent", "Transfers and safeguards", text=INSIDE.replace("uk-idta", "uk-us-bridge"))
