"""The retention schedule: nothing without a rule is passed over, and no words are taken for a period."""

from __future__ import annotations

from ropa.services.reporting.retention import retention_schedule
from ropa.services.workspace import View
from tests.registers import TODAY, register
from tests.services.reporting.reported import cells, texts

ORDERS = """
data_categories: {name: Name, card: {name: Card number}}
activities:
  orders:
    name: Orders
    role: controller
    data_categories: [name, card]
    source: Handbook
    retention:
      - {period: 6 years, trigger: the last order, data_categories: [name], reason: claims, note: Shredded.}
"""


def test_data_without_a_rule_has_a_row_of_its_own_that_says_so() -> None:
    (first, second) = cells(retention_schedule(View(register(ORDERS), TODAY)))
    assert first[1:4] == [["Name"], ["6 years"], ["the last order"]]
    assert first[4] == ["erased or made anonymous", "Shredded."]
    assert first[5:] == [["claims"], ["Handbook"]]
    assert second[1] == ["Card number"]
    assert second[2] == second[3] == ["? not recorded — Art. 30(1)(f)"]


def test_words_that_are_no_period_are_quoted_and_marked() -> None:
    found = register(ORDERS.replace("period: 6 years, trigger: the last order", "stated: as long as needed"))
    row = cells(retention_schedule(View(found, TODAY)))[0]
    assert row[2] == ["as long as needed", "? no period is stated — Art. 30(1)(f)"]
    assert row[3] == ["? not recorded — Art. 30(1)(f)"]


def test_an_event_that_ends_it_needs_no_start() -> None:
    found = register(ORDERS.replace("period: 6 years, trigger: the last order", "until: the contract ends"))
    row = cells(retention_schedule(View(found, TODAY)))[0]
    assert row[2:4] == [["until: the contract ends"], ["no period to count"]]


def test_a_processor_returns_or_deletes_as_the_controller_chooses() -> None:
    found = register(ORDERS.replace("role: controller", "role: processor"))
    report = retention_schedule(View(found, TODAY))
    assert [section.title for section in report.sections] == ["As processor"]
    assert cells(report)[1][4] == ["deleted or returned, as the controller chooses"]


def test_an_activity_that_has_ended_is_left_out_and_that_is_said() -> None:
    found = register(ORDERS.replace("role: controller", "role: controller\n    until: 2020-01-01"))
    report = retention_schedule(View(found, TODAY))
    assert report.sections == ()
    assert "? no running activity is recorded" in texts(report)
