"""`ropa check`: what it says, in a shape that programs can rely on, and how it ends."""

from __future__ import annotations

from typing import Any

import pytest

from ropa.rules.catalogue import CATALOGUE
from tests.cli.desk import ON, Desk
from tests.registers import COMPLETE, HEAD
from tests.store.databases import SECOND, filled

QUIET = HEAD + COMPLETE


def registers(desk: Desk, *texts: str) -> Desk:
    desk.database.unlink(missing_ok=True)
    filled(desk.database, *texts)
    return desk


def check(desk: Desk, *arguments: str) -> Any:
    return desk.ropa("check", "--format", "json", *ON, *arguments).json


def test_the_json_has_the_shape_that_is_documented(desk: Desk) -> None:
    found = check(desk)
    assert list(found) == ["format", "on", "organisations", "findings"]
    assert (found["format"], found["on"]) == (1, "2026-11-21")
    (organisation,) = found["organisations"]
    assert organisation | {"findings": 0, "gaps": 0} == {
        "key": "acme", "name": "Acme", "regimes": ["uk"], "findings": 0, "gaps": 0,
    }  # fmt: skip
    counts = [each["kind"] for each in found["findings"]]
    assert (organisation["findings"], organisation["gaps"]) == (counts.count("finding"), counts.count("gap"))
    for each in found["findings"]:
        assert list(each) == [
            "rule", "severity", "kind", "organisation", "subject", "detail", "field", "title", "message", "reasons",
            "remedy", "invented", "acknowledged",
        ]  # fmt: skip
        assert each["rule"] in CATALOGUE
        assert each["severity"] in ("high", "medium", "low")
        assert each["kind"] in ("finding", "gap")
        assert each["organisation"] == "acme"
        assert "/" in each["subject"]
        assert each["title"]
        assert each["message"]
        assert each["reasons"]
        assert all(list(reason) == ["text", "source"] and reason["text"] for reason in each["reasons"])
        assert each["remedy"]


def test_findings_come_worst_first(desk: Desk) -> None:
    order = [("high", "medium", "low").index(each["severity"]) for each in check(desk)["findings"]]
    assert order == sorted(order)
    assert len(set(order)) > 1


def test_a_register_with_nothing_wrong_ends_with_0(desk: Desk) -> None:
    said = registers(desk, QUIET).ropa("check", *ON)
    assert (said.code, said.err) == (0, "")
    assert "0 findings, 0 gaps" in said.out
    assert "compliant" not in said.out.lower()


def test_an_empty_database_has_nothing_to_find(desk: Desk) -> None:
    desk = registers(desk, QUIET)
    assert check(desk)["findings"] == []
    assert desk.ropa("check", "acme", *ON).code == 0


LOW = QUIET.replace("    security: [encryption]\n", "")


@pytest.mark.parametrize(("level", "code"), [("low", 1), ("medium", 0), ("high", 0)])
def test_fail_on_says_from_which_weight_a_check_fails(desk: Desk, level: str, code: int) -> None:
    desk = registers(desk, LOW)
    (finding,) = check(desk)["findings"]
    assert finding["severity"] == "low"
    assert desk.ropa("check", "--fail-on", level, *ON).code == code
    assert desk.ropa("check", "--fail-on", level, "--format", "json", *ON).code == code


@pytest.mark.parametrize(("level", "code"), [("low", 1), ("medium", 1), ("high", 1)])
def test_the_worst_finding_fails_at_every_weight(desk: Desk, level: str, code: int) -> None:
    assert desk.ropa("check", "--fail-on", level, *ON).code == code


ACCEPTED = """\
acknowledgements:
  a: {rule: security-missing, subject: activity/newsletter, reason: known, who: Ada, on: 2026-10-01, until: 2026-12-31}
"""


def test_an_accepted_risk_is_shown_and_does_not_fail_the_check_while_it_stands(desk: Desk) -> None:
    desk = registers(desk, LOW + ACCEPTED)
    (finding,) = check(desk)["findings"]
    assert finding["acknowledged"] == {"who": "Ada", "reason": "known", "on": "2026-10-01", "until": "2026-12-31"}
    text = desk.ropa("check", *ON)
    assert text.code == 0
    assert "✓ accepted by Ada until 31 December 2026: known" in text.out
    for date, code in (("2026-09-30", 1), ("2026-10-01", 0), ("2026-12-31", 0), ("2027-01-01", 1)):
        assert desk.ropa("check", "--on", date).code == code, date


def test_one_organisation_or_all(desk: Desk) -> None:
    desk = registers(desk, QUIET, SECOND)
    assert [each["key"] for each in check(desk)["organisations"]] == ["acme", "other"]
    assert {each["organisation"] for each in check(desk)["findings"]} == {"other"}
    assert desk.ropa("check", "acme", *ON).code == 0
    assert desk.ropa("check", "other", *ON).code == 1
    assert desk.ropa("check", *ON).code == 1


def test_the_date_may_stand_before_or_behind_the_command(desk: Desk) -> None:
    before = desk.ropa("--on", "2018-06-01", "check", "--format", "json")
    assert before.json["on"] == "2018-06-01"
    assert desk.ropa("check", "--format", "json", "--on", "2018-06-01") == before
    assert desk.ropa("--on", "2030-01-01", "check", "--format", "json", "--on", "2018-06-01") == before


def test_checking_changes_nothing(desk: Desk) -> None:
    before = desk.database.read_bytes()
    desk.ropa("check", *ON)
    assert desk.database.read_bytes() == before


def test_every_finding_has_its_sign_its_rule_and_what_to_do(desk: Desk) -> None:
    text = desk.ropa("check", *ON).out
    for each in check(desk)["findings"]:
        assert f"[{each['rule']}]" in text
        assert any(f"{sign} {each['title']}" in text for sign in "✖!?")
    assert "→ " in text


@pytest.mark.parametrize("rule", list(CATALOGUE))
def test_every_rule_is_explained(desk: Desk, rule: str) -> None:
    said = desk.ropa("explain", rule)
    assert said.code == 0
    assert CATALOGUE[rule].asks in said.out
    assert rule in desk.ropa("explain").out
