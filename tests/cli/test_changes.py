"""`ropa changes` and `ropa announcement`: what a person reads at each step, and how refusals end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ropa.records.change import ChangeFields
from ropa.records.party import PartyFields
from tests.cli.desk import ON, Desk
from tests.services.steps.acme_changes import ACME

YANKEE = ("--name", "Yankee joins", "--kind", "add", "--party", "yankee", "--activity", "hosting")


@pytest.fixture
def acme(bare: Desk) -> Desk:
    """A desk whose database holds a small processor."""
    assert bare.ropa("load", bare.file("acme.yaml", ACME)).code == 0
    return bare


def test_a_proposal_warns_of_a_transfer_that_nothing_covers_before_anybody_is_told(acme: Desk) -> None:
    said = acme.ropa(*ON, "changes", "propose", "acme", *YANKEE, "--effective", "2027-02-01")
    assert said.code == 0
    assert "✖ It would send data to Yankee Inc in the United States, and no valid safeguard covers that." in said.out
    assert "2 customers must be told:" in said.out
    assert "Bolt Ltd: by 2 January 2027" in said.out
    assert "Washer" not in said.out


def test_a_rehearsal_writes_nothing(acme: Desk) -> None:
    said = acme.ropa(*ON, "changes", "propose", "acme", *YANKEE, "--dry-run")
    assert "nothing is written" in said.out
    assert "yankee-joins" not in acme.ropa(*ON, "changes", "list").out


def test_a_whole_life_from_the_list_to_the_register(acme: Desk) -> None:
    assert acme.ropa(*ON, "changes", "approve", "swap", "--who", "Ada").out == (
        "✓ New Host replaces Old Host: approved on 21 November 2026 by Ada. Now the customers may be told.\n"
    )
    assert acme.ropa(*ON, "notice", "sent", "swap", "--all", "--on", "2026-11-21", "--via", "email").code == 0
    consent = ("notice", "consent", "swap", "--customer", "screw", "--on", "2026-11-21")
    assert acme.ropa(*ON, *consent).code == 0
    said = acme.ropa("--on", "2027-02-01", "changes", "effective", "swap")
    assert "Hosting: Old Host until 31 January 2027 (engagement/hosting/oldhost)." in said.out
    assert "Hosting: New Host is engaged since 1 February 2027 (engagement/hosting/newhost)." in said.out
    assert "Effective\n  swap:" in acme.ropa("--on", "2027-02-01", "changes", "list", "acme").out


def test_going_ahead_early_is_refused_with_every_reason_and_the_override_is_shown(acme: Desk) -> None:
    acme.ropa(*ON, "changes", "approve", "swap")
    said = acme.ropa(*ON, "changes", "effective", "swap")
    assert (said.code, said.out) == (2, "")
    assert [line for line in said.err.splitlines() if "has not been told" in line] == [
        "ropa: Bolt Ltd has not been told.",
        "ropa: Screw Ltd has not been told.",
    ]
    assert acme.ropa(*ON, "changes", "effective", "swap", "--override", "fire", "--who", "Grace").code == 0
    shown = acme.ropa(*ON, "changes", "show", "swap").out
    assert "! Grace let it take effect on 21 November 2026: fire" in shown
    assert "against: Bolt Ltd has not been told." in shown


def test_a_refused_step_ends_with_one_line_and_writes_nothing(acme: Desk) -> None:
    assert acme.refused(*ON, "changes", "effective", "swap", "--override", "x").startswith("It is only proposed")
    assert "still to come" in acme.refused(*ON, "changes", "approve", "swap", "--on", "2026-11-22")
    assert "did you mean swap" in acme.refused(*ON, "changes", "approve", "swpa")
    assert "did you mean newhost" in acme.refused(*ON, "changes", "propose", "acme", *YANKEE[:-3], "newhots")
    assert acme.refused(*ON, "changes", "move", "swap", "soon")
    assert "no organisation" in acme.refused(*ON, "changes", "propose", "nope", *YANKEE)


def test_a_move_names_those_who_must_be_told_again(acme: Desk) -> None:
    acme.ropa(*ON, "changes", "approve", "swap")
    acme.ropa(*ON, "notice", "sent", "swap", "--customer", "bolt", "--on", "2026-11-21")
    assert (
        "Bolt Ltd was told a later date and must be told again"
        in acme.ropa(*ON, "changes", "move", "swap", "2027-01-15").out
    )


def test_the_list_is_by_stage_with_what_is_late_first(acme: Desk) -> None:
    acme.ropa(*ON, "changes", "propose", "acme", *YANKEE, "--effective", "2026-12-01")
    acme.ropa(*ON, "changes", "approve", "swap")
    text = acme.ropa(*ON, "changes", "list", "acme").out
    assert text.index("Proposed") < text.index("yankee-joins") < text.index("Approved") < text.index("swap:")
    assert "✖ late for Bolt Ltd (20 days) and Screw Ltd (20 days)" in text
    found = acme.ropa(*ON, "changes", "list", "acme", "--format", "json").json
    assert [(each["key"], each["stage"]) for each in found] == [("yankee-joins", "proposed"), ("swap", "approved")]


def test_json_holds_the_clock_the_path_the_verdict_and_what_the_next_step_waits_for(acme: Desk) -> None:
    acme.ropa(*ON, "changes", "propose", "acme", *YANKEE, "--effective", "2027-02-01")
    found = acme.ropa(*ON, "changes", "show", "acme/yankee-joins", "--format", "json").json
    assert found["next_step"] == "approve"
    assert found["obstacles"] == []
    assert {each["status"] for each in found["transfers"]} == {"unsafeguarded"}
    bolt = next(each for each in found["customers"] if each["customer"] == "bolt")
    assert bolt["last_day"] == "2027-01-02"
    assert bolt["why"] == [
        {"activity": "hosting", "data": ["orders", "letters"], "path": ["organisation", "party/yankee"]}
    ]


def test_hostile_names_cannot_steer_the_terminal(bare: Desk) -> None:
    text = ACME.replace("name: Bolt Ltd", 'name: "Bolt \\u202e Ltd"')
    assert bare.ropa("load", bare.file("acme.yaml", text)).code == 0
    for command in (("show", "swap"), ("list",), ("show", "swap", "--format", "json")):
        assert "\u202e" not in bare.ropa(*ON, "changes", *command).out


def test_an_announcement_is_recorded_decided_and_passed_on(acme: Desk) -> None:
    record = (
        "announcement", "record", "acme", "--name", "Old Host engages Yankee", "--vendor", "oldhost", "--about",
        "yankee", "--received", "2026-11-20", "--window", "14 days", "--effective", "2027-02-01",
    )  # fmt: skip
    assert "4 December 2026" in acme.ropa(*ON, *record).out
    assert "not decided" in acme.ropa(*ON, "announcement", "list").out
    decide = ("announcement", "decide", "old-host-engages-yankee", "accepted", "--on", "2026-11-21", "--who", "Ada")
    assert "accepted on 21 November 2026 by Ada" in acme.ropa(*ON, *decide).out
    said = acme.ropa(*ON, "announcement", "pass-on", "old-host-engages-yankee")
    assert "Engaged by      Old Host" in said.out
    assert "3 customers must be told:" in said.out
    assert acme.ropa(*ON, "announcement", "list", "--format", "json").json[0]["decision"] == "accepted"
    assert "did you mean old-host-engages-yankee" in acme.refused(*ON, "announcement", "pass-on", "old-host-engages")


def fields_of(value: Any) -> set[str]:
    """The names of every field of some JSON."""
    if isinstance(value, list):
        return set().union(*map(fields_of, value))
    return set().union(value, *map(fields_of, value.values())) if isinstance(value, dict) else set()


def test_every_field_of_the_json_is_explained(acme: Desk) -> None:
    page = "".join(
        (Path(__file__).parents[2] / "docs" / name).read_text(encoding="utf-8")
        for name in ("changes-json.md", "chains-json.md")
    )
    acme.ropa(*ON, "changes", "propose", "acme", *YANKEE)
    acme.ropa(*ON, "changes", "approve", "yankee-joins")
    acme.ropa(*ON, "notice", "sent", "yankee-joins", "--all", "--on", "2026-11-21")
    acme.ropa(*ON, "changes", "effective", "yankee-joins", "--override", "fire")
    acme.ropa(*ON, "announcement", "record", "acme", "--name", "News", "--vendor", "oldhost")
    published = acme.file("list.csv", "Vendor,Country\nYankee Inc,Narnia\nOther Ltd,Germany\n")
    shown = [
        *acme.ropa(*ON, "changes", "list", "--format", "json").json,
        acme.ropa(*ON, "announcement", "list", "--format", "json").json,
        acme.ropa(*ON, "changes", "detect", "acme", published, "--format", "json").json,
    ]
    found = fields_of(shown) - set(ChangeFields.model_fields) - set(PartyFields.model_fields)
    assert len(found) > 40
    assert {name for name in found if f"`{name}`" not in page} == set()
