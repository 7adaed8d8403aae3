"""An accepted risk stands beside the finding it was accepted for, and beside no other."""

from __future__ import annotations

import datetime as dt

import pytest

from ropa.records.errors import InputError
from ropa.rules.finding import Finding
from ropa.services.browsing.browse import browse
from ropa.services.check_report import as_json, as_text, open_findings
from ropa.services.findings.accepting import acceptance
from ropa.services.workspace import View
from tests.registers import COMPLETE, TODAY, register

ABROAD = COMPLETE.replace("country: United Kingdom, address: Leeds", "country: India, address: Pune")
NOTE = """
acknowledgements:
  a: {rule: transfer-unsafeguarded, subject: party/mailer, reason: known, who: Ada%s}
"""


def finding(detail: str = "") -> Finding:
    return Finding("transfer-unsafeguarded", "high", "finding", "acme", "party/mailer", "t", "m", detail=detail)


def accepted(body: str, detail: str = "", on: dt.date = TODAY) -> bool:
    return acceptance(register(COMPLETE + NOTE % body), finding(detail), on) is not None


def test_a_risk_accepted_for_one_country_is_not_accepted_for_the_next() -> None:
    assert accepted(", detail: US", "US")
    assert not accepted(", detail: US", "IN")
    assert not accepted(", detail: US", "")


def test_one_that_does_not_say_which_is_for_findings_without_a_detail_only() -> None:
    assert accepted("", "")
    assert not accepted("", "US")


def test_it_stands_from_its_day_to_its_last() -> None:
    days = {day: accepted(", on: 2026-11-10, until: 2026-11-20", on=dt.date(2026, 11, day)) for day in (9, 10, 20, 21)}
    assert days == {9: False, 10: True, 20: True, 21: False}


def test_a_worse_finding_that_comes_later_fails_the_check_and_says_why() -> None:
    note = NOTE % ", detail: US"
    view = View(register(ABROAD + note), TODAY)
    (worse,) = [each for each in view.findings if each.rule == "transfer-unsafeguarded"]
    assert (worse.subject, worse.detail) == ("party/mailer", "IN")
    assert worse in open_findings(view)
    assert "not for this one (detail: IN)" in as_text(view)
    same = View(register(ABROAD + note.replace("US", "IN")), TODAY)
    assert worse not in open_findings(same)
    assert "✓ accepted by Ada: known" in as_text(same)


def test_the_screen_and_the_json_agree_with_the_check() -> None:
    for detail, stands in (("IN", True), ("US", False)):
        view = View(register(ABROAD + NOTE % f", detail: {detail}"), TODAY)
        plain = [each for each in as_json([view])["findings"] if each["rule"] == "transfer-unsafeguarded"]
        assert [(each["detail"], each["acknowledged"] is not None) for each in plain] == [("IN", stands)]
        rows = [each for each in browse(view, "finding").items if "transfer-unsafeguarded" in each.tags]
        assert [row.cells[2] for row in rows] == ["high, accepted" if stands else "high"]


def test_a_risk_of_a_rule_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="'transfer-unsafe' is no rule"):
        register(COMPLETE + (NOTE % "").replace("transfer-unsafeguarded", "transfer-unsafe"))
