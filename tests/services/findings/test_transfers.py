"""What a user is told about transfers, and about systems of which nobody recorded who runs them or where they are."""

from __future__ import annotations

import pytest

from ropa.rules.finding import Finding
from ropa.services.findings.checking import findings_of
from tests.registers import COMPLETE, TODAY, register

SYSTEM = "systems:\n  crm: {name: CRM, SYSTEM}\n" + COMPLETE.replace(
    "    security: [encryption]\n", "    security: [encryption]\n    systems: [crm]\n"
)


def found(body: str) -> dict[str, list[Finding]]:
    rules: dict[str, list[Finding]] = {}
    for each in findings_of(register(body), TODAY):
        rules.setdefault(each.rule, []).append(each)
    return rules


@pytest.mark.parametrize(
    ("system", "rule", "words"),
    [
        ("hosting: [United Kingdom]", "system-operator-missing", "Who runs it"),
        (
            "technology: SQL",
            "hosting-missing",
            "Who runs it, the organisation itself or somebody else, is not recorded",
        ),
        ("own: true", "hosting-missing", "Where it is hosted is not recorded"),
        ("operator: mailer", "hosting-missing", "nobody can tell whether the data leaves"),
        ("remote_access: [United Kingdom], operator: mailer", "hosting-missing", "Where it is hosted"),
    ],
)
def test_a_system_in_use_is_asked_about_once(system: str, rule: str, words: str) -> None:
    rules = found(SYSTEM.replace("SYSTEM", system))
    assert set(rules) == {rule}
    (gap,) = rules[rule]
    assert (gap.kind, gap.subject) == ("gap", "system/crm")
    assert words in gap.message
    assert "Newsletter" in gap.message


@pytest.mark.parametrize("system", ["own: true, hosting: [GB]", "operator: mailer, hosting: [GB]"])
def test_a_system_with_all_recorded_is_quiet(system: str) -> None:
    assert found(SYSTEM.replace("SYSTEM", system)) == {}


def test_nobody_asks_about_systems_of_activities_that_ended() -> None:
    ended = SYSTEM.replace("SYSTEM", "technology: SQL").replace(
        "name: Newsletter\n", "name: N\n    until: 2026-01-01\n"
    )
    assert "hosting-missing" not in found(ended)


def test_data_abroad_with_somebody_unknown_says_that_this_comes_first() -> None:
    rules = found(SYSTEM.replace("SYSTEM", "hosting: [India]"))
    (wrong,) = rules["transfer-unsafeguarded"]
    assert (wrong.subject, wrong.detail) == ("system/crm", "IN")
    assert wrong.title == "CRM (who runs it is not recorded, India): no valid safeguard"
    assert wrong.remedy.startswith("Record who runs CRM, or that it is your own.")
    assert rules["crossing-undocumented"][0].remedy.startswith("Record who runs it")


def test_each_finding_on_a_transfer_holds_its_country() -> None:
    abroad = COMPLETE.replace("country: United Kingdom, address: Leeds", "country: India, address: Pune")
    sent = abroad.replace("service: sending,", "service: sending, remote_access: [Brazil],")
    rules = found(sent)
    assert sorted(each.detail for each in rules["transfer-unsafeguarded"]) == ["BR", "IN"]
    assert sorted(each.detail for each in rules["crossing-undocumented"]) == ["BR", "IN"]
    fictional = found(COMPLETE + "\ntransfers:\n  t: {importer: mailer, country: Chile}\n")
    assert [each.detail for each in fictional["transfer-without-crossing"]] == ["CL"]
    unknown = found(COMPLETE.replace("country: United Kingdom, address: Leeds", "address: Leeds"))
    assert [each.detail for each in unknown["transfer-unknown"]] == [""]


def test_data_that_any_of_the_records_names_is_covered() -> None:
    body = COMPLETE.replace("{name: Name}", "{name: Name, email: E-mail}").replace("[name]", "[name, email]")
    abroad = body.replace("country: United Kingdom, address: Leeds", "country: France, address: Lyon")
    one = "  one: {importer: mailer, country: France, data_categories: [name]}\n"
    other = "  other: {importer: mailer, country: France, data_categories: [email]}\n"
    assert "transfer-data-uncovered" in found(f"{abroad}\ntransfers:\n{one}")
    assert found(f"{abroad}\ntransfers:\n{one}{other}") == {}


def test_a_missing_module_is_told_as_a_low_finding() -> None:
    abroad = COMPLETE.replace("country: United Kingdom, address: Leeds", "country: India, address: Pune")
    clauses = "{instrument: eu-scc-2021, signed: 2024-01-01, assessed: 2024-01-01}"
    addendum = "{instrument: uk-addendum, signed: 2024-01-01, assessed: 2024-01-01}"
    rules = found(
        f"{abroad}\ntransfers: {{t: {{importer: mailer, country: IN, safeguards: [{clauses}, {addendum}]}}}}\n"
    )
    assert set(rules) == {"transfer-warning"}
    (warning,) = rules["transfer-warning"]
    assert warning.severity == "low"
    assert "which module was signed is not recorded" in warning.message
