"""Whom an incident reaches and who must be told of it, by when."""

from __future__ import annotations

import json

import pytest

from ropa.records.errors import InputError, NotFoundError
from ropa.services.questions.impact import Impact, impacts
from ropa.services.questions.impact_report import as_json, as_text
from ropa.services.workspace import View
from tests.registers import TODAY, register

BODY = """
parties:
  client: {name: Client, country: United Kingdom, contact: {name: Ann, email: dpo@client.example}}
  silent: {name: "Silent <b>", country: United Kingdom}
  partner: {name: Partner, country: United Kingdom}
  host: {name: Host, country: United Kingdom}
  below: {name: Below, country: India}
  tool: {name: Tool, country: United Kingdom}
systems: {cloud: {name: Cloud, operator: host}, host: {name: Old host}}
data_categories:
  name: Name
  health: {name: Health, special: health}
  record: {name: Record, criminal: true}
subject_categories: {people: People, children: {name: Children, vulnerable: true}}
agreements: {down: {name: Down, between: host, party: below}}
activities:
  hosting:
    name: Hosting
    role: processor
    controllers: [client, silent]
    subject_categories: [children]
    data_categories: [name, health]
    engagements: [{party: host, system: cloud}]
  orphan:
    name: Orphan
    role: processor
    subject_categories: [people]
    data_categories: [record]
    engagements: [host]
  joint:
    name: Joint
    role: joint-controller
    joint_controllers: [partner]
    subject_categories: [people]
    data_categories: [name]
    engagements: [host]
  own:
    name: Own
    role: controller
    subject_categories: [people]
    data_categories: [name]
    engagements: [host, {party: tool, receives_data: false, service: licences}]
"""


def impact(key: str) -> Impact:
    (found,) = impacts([View(register(BODY), TODAY)], key)
    return found


def said(key: str) -> str:
    return " ".join(as_text(impact(key)).split())


def test_each_role_has_its_own_duty() -> None:
    duties = {each.role: (each.hours, each.source, each.tell, each.unnamed) for each in impact("party/host").duties}
    assert duties == {
        "processor": (None, "Art. 33(2)", ("client", "silent"), ("orphan",)),
        "joint-controller": (72, "Art. 33(1), 34(1)", ("partner",), ()),
        "controller": (72, "Art. 33(1), 34(1)", (), ()),
    }


def test_contacts_are_given_or_said_to_be_missing() -> None:
    text = said("party/host")
    assert "→ Client: Ann, dpo@client.example" in text
    assert "→ Silent <b>: ? not recorded" in text
    assert "The controllers of Orphan are not recorded" in text


def test_people_and_data_are_named_with_what_makes_them_weigh_more() -> None:
    text = said("party/host")
    assert "Health (! special category: health)" in text
    assert "Record (! criminal offences)" in text
    assert "Children (! vulnerable)" in text


def test_chains_below_are_downstream() -> None:
    assert set(impact("party/host").reach.downstream) == {"party/below"}
    assert "below" in impact("system/cloud").parties


def test_an_activity_that_is_not_touched_is_left_out() -> None:
    found = impact("data_category/health")
    assert [each.activity for each in found.reach.activities] == ["hosting"]
    assert [each.role for each in found.duties] == ["processor"]
    assert found.people == ("children",)


def test_a_supplier_of_software_alone_has_no_data_and_is_still_named() -> None:
    text = said("tool")
    assert "No flow of this register" in text
    assert "Engaged too, without receiving data - Own (licences)" in text
    assert "72 hours" not in text


def test_a_key_of_two_records_is_refused_with_both_named() -> None:
    with pytest.raises(InputError, match="party/host or system/host"):
        impact("host")


@pytest.mark.parametrize("key", ["nobody", "party/cloud", "activity/own"])
def test_an_unknown_key_is_refused(key: str) -> None:
    with pytest.raises(NotFoundError):
        impact(key)


def test_a_data_category_may_be_written_as_in_commands() -> None:
    assert impact("data-category/health").subject == "data_category/health"


def test_the_json_is_plain() -> None:
    made = json.loads(json.dumps(as_json([impact("party/host")])))
    (found,) = made["impacts"]
    assert found["duties"][0]["tell"] == ["client", "silent"]
    assert {each["key"]: each["criminal"] for each in found["data_categories"]}["record"] is True
    assert {each["key"] for each in found["contacts"]} >= {"host", "below", "client"}


def test_whoever_is_engaged_in_a_system_that_nobody_is_recorded_to_run_is_among_the_parties() -> None:
    body = BODY.replace("engagements: [{party: host, system: cloud}]", "engagements: [{party: tool, system: host}]", 1)
    made = register(body)
    (found,) = impacts([View(made, TODAY)], "data_category/health")
    assert "tool" in found.parties
