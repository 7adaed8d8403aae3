"""The breach log as a document: what the authority asks for, what is missing, and nothing of a later date."""

from __future__ import annotations

import datetime as dt

from ropa.services.reporting.breach_log import breach_log
from ropa.services.workspace import View
from tests.registers import register
from tests.services.breaches.test_verbs import BODY, LOG
from tests.services.reporting.reported import sheet, texts

ON = dt.date(2026, 11, 20)


def test_each_breach_stands_with_its_facts_the_clock_and_who_was_told() -> None:
    found = sheet(breach_log(View(register(BODY + LOG), ON)), "Leak")
    assert found["Became known"] == ["22:00 on 24 October 2026 (UTC+01:00)"]
    assert found["What happened"] == ["A leak"]
    assert found["Activities"] == ["Hosting", "Payroll"]
    assert found["Customers concerned"] == ["Northgate", "Brightway"]
    assert found["Measures"] == ["? not recorded — Art. 33(3)(d), 33(5)"]
    assert "✓ authority told at 21:00 on 26 October 2026 (UTC)" in found["Where the duties to tell stand"]
    assert (
        "✖ 1 customer not told (Art. 33(2)): Brightway; it became known 27 d ago"
        in found["Where the duties to tell stand"]
    )
    assert any("Northgate" in each and "15 November 2026" in each for each in found["Who was told"])
    assert "✖ Brightway not told" in found["What is wrong or missing"]


def test_what_was_told_or_became_known_later_is_no_part_of_the_log_of_a_date() -> None:
    made = breach_log(View(register(BODY + LOG), dt.date(2026, 10, 25)))
    found = sheet(made, "Leak")
    assert found["Who was told"] == ["nobody, as far as it is recorded"]
    before = breach_log(View(register(BODY + LOG), dt.date(2026, 10, 23)))
    assert before.sections == ()
    assert "Known only after 23 October 2026, and left out: 1." in texts(before)


def test_an_empty_log_does_not_say_that_there_was_no_breach() -> None:
    assert texts(breach_log(View(register(BODY), ON))) == [
        "? No breach is recorded. That does not say that there was none."
    ]
