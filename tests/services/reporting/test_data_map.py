"""The data map: "where is health data?" is answered with every place, and a place that nobody recorded is no answer."""

from __future__ import annotations

import pytest

from ropa.records.errors import NotFoundError
from ropa.services.reporting.data_map import data_map
from ropa.services.workspace import View
from tests.registers import TODAY, register
from tests.services.reporting.reported import cells, texts

CLINIC = """
parties:
  lab: {name: Lab, country: United States, dpf: none}
  host: {name: Host, country: United Kingdom}
systems:
  files: {name: Patient files, own: true, hosting: [United Kingdom]}
data_categories:
  name: {name: Name}
  convictions: {name: Convictions, criminal: true}
  illness: {name: Illness, special: health}
subject_categories: {patients: Patients}
activities:
  care:
    name: Care
    role: controller
    subject_categories: [patients]
    data_categories: [illness, name]
    systems: [files]
    engagements:
      - {party: lab, service: tests, data_categories: [illness], countries: [United States]}
      - {party: host, service: mail, data_categories: [name]}
"""


def test_special_data_comes_first_then_offences_then_the_rest() -> None:
    titles = [section.title for section in data_map(View(register(CLINIC), TODAY)).sections]
    assert titles == [
        "Illness (special category: health, Art. 9)",
        "Convictions (criminal-offence data, Art. 10)",
        "Name",
    ]


def test_where_is_health_data() -> None:
    report = data_map(View(register(CLINIC), TODAY), special=["health"])
    found = {row[2][0]: row for row in cells(report)}
    assert set(found) == {"Patient files", "Lab"}
    assert found["Patient files"][4:] == [["United Kingdom"], ["goes to no other legal entity"]]
    assert found["Lab"][3:] == [
        ["processor", "tests"],
        ["United States"],
        ["✖ United States, UK GDPR: no valid safeguard"],
    ]


def test_a_place_that_nobody_recorded_is_not_taken_for_home() -> None:
    (row,) = [row for row in cells(data_map(View(register(CLINIC), TODAY), ["name"])) if row[2] == ["Host"]]
    assert row[4] == [
        "United Kingdom (where it is established)",
        "? where the data lies is not recorded — Art. 30(1)(e)",
    ]
    assert row[5] == ["? not to where it is established; where the data lies is not recorded — Art. 30(1)(e)"]


def test_that_no_data_is_marked_does_not_say_that_there_is_none() -> None:
    report = data_map(View(register(CLINIC), TODAY), special=["genetic"])
    assert texts(report) == [
        "? no category of data is marked as genetic; that none is marked does not say that there is none"
    ]


def test_a_category_that_no_activity_uses_says_so() -> None:
    assert texts(data_map(View(register(CLINIC), TODAY), special=["criminal"])) == [
        "By what is recorded, no activity that runs on 21 November 2026 uses it."
    ]


def test_an_unknown_category_is_refused_with_those_that_are_near() -> None:
    with pytest.raises(NotFoundError, match="no data category 'illnes'; did you mean illness"):
        data_map(View(register(CLINIC), TODAY), ["illnes"])
