"""The overview of lawful bases: the state of every assessment, and each finding beside the basis it is about."""

from __future__ import annotations

from ropa.services.reporting.bases import bases_overview
from ropa.services.workspace import View
from tests.registers import TODAY, register
from tests.services.reporting.reported import cells, texts

NEWS = """
documents:
  lia: {name: Interests weighed, type: lia, date: 2024-02-01, review: 2026-02-01}
data_categories: {illness: {name: Illness, special: health}}
activities:
  news:
    name: News
    role: controller
    purposes: [telling clients]
    data_categories: [illness]
    lawful_bases:
      - {basis: legitimate-interests, assessment: lia, justification: they asked}
      - {basis: consent}
"""


def test_an_assessment_whose_review_is_overdue_is_marked() -> None:
    row = cells(bases_overview(View(register(NEWS), TODAY)))[0]
    assert row[2] == ["Legitimate interests, Art. 6(1)(f)"]
    assert row[4] == ["Interests weighed, 1 February 2024", "! review was due 1 February 2026"]


def test_interests_that_nobody_weighed_and_consent_that_nobody_can_show_are_marked() -> None:
    found = cells(bases_overview(View(register(NEWS.replace("assessment: lia, ", "")), TODAY)))
    assert found[0][4] == ["? legitimate-interests assessment (LIA) not recorded — Art. 6(1)(f), 5(2)"]
    assert found[0][5] == ["? legitimate interests, no assessment recorded"]
    assert found[1][4] == ["? record of consent not recorded — Art. 7(1)"]
    assert found[1][5] == ["no rule finds anything here"]


def test_special_data_without_a_condition_has_a_row_that_says_so() -> None:
    row = cells(bases_overview(View(register(NEWS), TODAY)))[-1]
    assert row[1] == ["Illness"]
    assert row[2] == ["? not recorded — Art. 9(2)"]
    assert any("condition" in each for each in row[5])


def test_an_activity_without_a_basis_is_no_empty_place() -> None:
    found = register(NEWS.split("    lawful_bases")[0])
    row = cells(bases_overview(View(found, TODAY)))[0]
    assert row[1] == ["telling clients"]
    assert row[2] == ["? not recorded — Art. 6(1)"]
    assert row[5] == ["? no lawful basis recorded"]


def test_a_processor_is_asked_for_no_basis() -> None:
    found = register(NEWS.replace("role: controller", "role: processor").split("    lawful_bases")[0])
    report = bases_overview(View(found, TODAY))
    assert cells(report) == []
    assert any("the lawful basis is the controller's to have" in each for each in texts(report))


def test_an_accepted_risk_stands_beside_the_finding() -> None:
    accepted = NEWS.replace("assessment: lia, ", "") + (
        "acknowledgements:\n"
        "  a: {rule: lia-missing, subject: activity/news, who: Ada, reason: small, on: 2026-01-01, until: 2027-01-01}\n"
    )
    row = cells(bases_overview(View(register(accepted), TODAY)))[0]
    assert row[5] == ["? legitimate interests, no assessment recorded (accepted as a risk until 1 January 2027)"]
