"""What newly fails, what holds, and that a supposition changes nothing but what it supposes."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from ropa.flows.crossings import crossings
from ropa.records.errors import InputError, NotFoundError
from ropa.services.findings.checking import findings_of
from ropa.services.questions.suppositions import Supposition, without
from ropa.services.questions.what_if import WhatIf, what_if
from ropa.services.questions.what_if_json import as_json
from ropa.services.questions.what_if_report import as_text
from ropa.services.workspace import View
from tests.registers import HEAD, TODAY, register

BODY = """
parties:
  client: {name: Client, country: United Kingdom}
  listed: {name: Listed, country: United States, dpf: active, dpf_uk_extension: true}
  backed: {name: Backed, country: United States, dpf: active, dpf_uk_extension: true}
  half: {name: Half, country: United States, dpf: active, dpf_uk_extension: true}
  home: {name: "Home [/] <b>", country: United Kingdom}
  below: {name: Below, country: United Kingdom}
data_categories: {name: Name, health: {name: Health, special: health}}
subject_categories: {people: People}
systems: {box: {name: Box, operator: home}}
agreements: {home-below: {name: HB, between: home, party: below}}
activities:
  hosting:
    name: Hosting
    role: processor
    controllers: [client]
    subject_categories: [people]
    data_categories: [name, health]
    engagements: [listed, {party: home, service: hosting}]
  news:
    name: News
    subject_categories: [people]
    data_categories: [name]
    engagements: [listed, backed, half]
    systems: [box]
  other:
    name: Other
    subject_categories: [people]
    data_categories: [name]
transfers:
  backed:
    importer: backed
    country: United States
    safeguards: [uk-us-bridge, {instrument: uk-idta, signed: 2024-01-01, assessed: 2024-01-01}]
  half:
    importer: half
    country: United States
    safeguards: [uk-us-bridge, {instrument: uk-idta, signed: 2024-01-01}]
  elsewhere:
    importer: listed
    activity: other
    country: United States
    safeguards: [{instrument: uk-idta, signed: 2024-01-01, assessed: 2024-01-01}]
"""


def ask(body: str = BODY, on: dt.date = TODAY, head: str = HEAD, **supposed: object) -> WhatIf:
    (found,) = what_if([View(register(body, head), on)], Supposition.read(**supposed))  # type: ignore[arg-type]  # as given
    return found


def ways(found: WhatIf) -> set[tuple[str, str, str]]:
    return {(each.crossing.edge.activity, each.crossing.importer, each.after.status) for each in found.failing}


def test_what_rested_on_a_decision_alone_fails_and_what_has_a_fallback_holds() -> None:
    found = ask(invalidate=["uk-us-bridge"])
    assert ways(found) == {
        ("hosting", "party/listed", "unsafeguarded"),
        ("news", "party/listed", "unsafeguarded"),
        ("news", "party/half", "incomplete"),
    }
    assert [(each.crossing.importer, each.after.rests_on) for each in found.held] == [("party/backed", ("uk-idta",))]


def test_fallbacks_name_the_own_record_and_those_of_other_activities() -> None:
    found = ask(invalidate=["uk-us-bridge-2023"])
    by = {
        shift.crossing.importer: [(each.transfer, each.own, each.verdict.status) for each in shift.fallbacks]
        for shift in found.failing
    }
    assert by == {
        "party/listed": [("elsewhere", False, "safeguarded")],
        "party/half": [("half", True, "incomplete")],
    }
    said = " ".join(as_text(found).split())
    assert "Fallback on file in transfer/elsewhere" in said
    assert "Fallback on file in transfer/half, and not complete" in said


def test_a_law_that_ends_later_is_judged_then_and_changes_nothing_before() -> None:
    found = ask(invalidate=["uk-us-bridge"], since=dt.date(2027, 6, 1))
    assert found.on == dt.date(2027, 6, 1)
    assert ways(found)
    assert "judged on 1 June 2027" in as_text(found)


def test_the_answer_is_what_check_would_say_of_that_law() -> None:
    found = ask(invalidate=["uk-us-bridge"])
    law = found.supposition.law(TODAY)
    bad = {(c.edge.activity, c.importer) for c in crossings(register(BODY), TODAY, law) if c.worst.is_finding}
    was = {(c.edge.activity, c.importer) for c in crossings(register(BODY), TODAY) if c.worst.is_finding}
    assert {(activity, importer) for activity, importer, _ in ways(found)} == bad - was


def test_the_other_decision_on_the_same_list_is_named() -> None:
    assert "--invalidate uk-us-bridge-2023 as well" in " ".join(as_text(ask(invalidate=["eu-us-dpf"])).split())
    assert "as well asks" not in as_text(ask(invalidate=["eu-us-dpf", "uk-us-bridge"]))


def test_what_ended_long_ago_is_said_to_have() -> None:
    assert "ended on 2020-07-15 already" in as_text(ask(invalidate=["privacy-shield"]))


def test_a_party_that_moves_abroad_fails_and_says_whom_it_concerns() -> None:
    found = ask(move=["home=India"])
    assert ways(found) == {("hosting", "party/home", "unsafeguarded"), ("news", "party/home", "unsafeguarded")}
    said = as_text(found)
    assert "Client: Hosting → Home [/] <b> (India)" in said
    assert "Health (special): " in said
    assert ("crossing-undocumented", "party/home") in {(each.rule, each.subject) for each in found.findings}


def test_a_party_that_failed_before_and_after_its_move_is_not_called_new() -> None:
    body = BODY.replace('home: {name: "Home [/] <b>", country: United Kingdom}', "home: {name: Home, country: India}")
    found = ask(body, move=["home=China"])
    assert found.failing == ()
    assert {each.crossing.importer for each in found.still} == {"party/home"}


def test_a_party_that_comes_home_fails_no_longer() -> None:
    body = BODY.replace('home: {name: "Home [/] <b>", country: United Kingdom}', "home: {name: Home, country: India}")
    found = ask(body, move=["home=Ireland"])
    assert {each.crossing.importer for each in found.mended} == {"party/home"}


def test_a_party_that_goes_takes_its_flows_and_those_below_it() -> None:
    found = ask(remove=["home"])
    gone = {(each.activity, each.origin, each.destination) for each in found.lost}
    assert gone == {
        ("hosting", "organisation", "party/home"),
        ("hosting", "party/home", "party/below"),
        ("news", "organisation", "system/box"),
        ("news", "party/home", "party/below"),
    }
    assert "done for Client" in as_text(found)


@pytest.mark.parametrize("key", ["client", "listed", "home", "below"])
def test_a_register_without_a_party_refers_to_nobody_who_is_gone(key: str) -> None:
    made = without(register(BODY), [f"party/{key}"])
    assert key not in made.parties
    assert not [each for each in findings_of(made, TODAY) if each.rule == "internal-error"]
    assert all(key not in (each.importer, each.exporter) for each in made.transfers.values())
    assert all(key not in each.controllers for each in made.activities.values())


def test_nothing_of_the_real_register_or_law_changes() -> None:
    made = register(BODY)
    before = findings_of(made, TODAY)
    what_if([View(made, TODAY)], Supposition.read(["uk-us-bridge"], None, ["home"], ["half=India"]))
    assert findings_of(made, TODAY) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({}, "nothing is supposed"),
        ({"move": ["home"]}, "PARTY=COUNTRY"),
        ({"move": ["home=Atlantis"]}, "Atlantis"),
        ({"move": ["home=India"], "remove": ["home"]}, "not moved and removed"),
        ({"since": TODAY, "remove": ["home"]}, "--invalidate"),
    ],
)
def test_a_supposition_that_makes_no_sense_is_refused(words: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Supposition.read(**words)  # type: ignore[arg-type]  # the words of a command


@pytest.mark.parametrize(("id_", "said"), [("dpf", "did you mean .*eu-us-dpf"), ("US", "nothing that a court")])
def test_an_unknown_law_is_refused_with_a_hint(id_: str, said: str) -> None:
    with pytest.raises(NotFoundError, match=said):
        Supposition.read([id_])


def test_an_unknown_party_is_refused() -> None:
    with pytest.raises(NotFoundError, match="has no party 'nobody'"):
        ask(remove=["nobody"])


def test_registers_that_do_not_know_the_party_are_passed_over() -> None:
    other = View(register("", HEAD.replace("acme", "other")), TODAY)
    found = what_if([other, View(register(BODY), TODAY)], Supposition.read(move=["home=India"]))
    assert [each.register.organisation.key for each in found] == ["acme"]


def test_a_loose_name_stands_for_every_version() -> None:
    clauses = "{instrument: eu-scc-2021, signed: 2024-01-01, assessed: 2024-01-01}"
    body = BODY.replace("uk-us-bridge, {instrument: uk-idta, signed: 2024-01-01}", clauses)
    head = HEAD.replace("United Kingdom", "France")
    found = ask(body.replace("dpf: active, dpf_uk_extension: true", "dpf: none"), head=head, invalidate=["eu-scc"])
    assert ("news", "party/half", "unsafeguarded") in ways(found)


def test_the_json_is_plain() -> None:
    supposition = Supposition.read(["uk-us-bridge"], None, ["home"])
    made = json.loads(json.dumps(as_json(what_if([View(register(BODY), TODAY)], supposition), supposition)))
    (found,) = made["organisations"]
    assert {each["importer"] for each in found["failing"]} == {"party/listed", "party/half"}
    assert found["failing"][0]["customers"] == ["client"]
    assert found["failing"][0]["before"] == "adequate"
    assert found["lost"]
