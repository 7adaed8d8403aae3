"""What `ropa chain` says, and what `ropa check` says of the same chain."""

from __future__ import annotations

import json

import pytest

from ropa.records.errors import NotFoundError
from ropa.services.findings.checking import findings_of
from ropa.services.questions.chains import as_json, as_text, chains_below
from ropa.services.workspace import View
from tests.registers import TODAY, register

BODY = """
parties:
  client: {name: Client, country: United Kingdom}
  hub:
    {name: Hub, legal_name: "Hub, Inc.", country: United States, dpf: active, dpf_uk_extension: true,
     address: "1 Main St, Boston", contact: {name: Ann, email: privacy@hub.example}}
  cloud: {name: "=Cloud [red]<b>", country: United States, HEAD}
  desk: {name: Desk, country: India}
  alone: {name: Alone, country: India}
data_categories: {name: Name}
subject_categories: {people: People}
agreements:
  hub-cloud: {name: Hub and Cloud, between: hub, party: cloud, onward_terms: true}
  cloud-desk: {name: Cloud and Desk, between: cloud, party: desk}
  desk-cloud: {name: Desk to Cloud, between: desk, party: cloud, onward_terms: false}
  alone-desk: {name: Alone and Desk, between: alone, party: desk}
activities:
  hosting:
    name: Hosting
    role: processor
    controllers: [client]
    subject_categories: [people]
    data_categories: [name]
    engagements: [{party: hub, service: CRM}]
""".replace("HEAD", "legal_name: Cloud LLC")


def view(body: str = BODY) -> View:
    return View(register(body), TODAY)


def text(party: str, depth: int = 60, body: str = BODY) -> str:
    return "\n".join(as_text(each) for each in chains_below([view(body)], party, depth))


def test_the_controller_sees_who_each_one_is_and_what_nobody_recorded() -> None:
    said = text("hub")
    assert "Hub, Inc." in said
    assert "1 Main St, Boston" in said
    assert "Ann, privacy@hub.example" in said
    cloud = said.split("[hop 1]")[1].split("[hop 2]")[0]
    assert "Legal name  Cloud LLC" in cloud
    assert "Address     ? not recorded" in cloud
    assert "Contact     ? not recorded" in cloud
    assert "Location    United States" in cloud


def test_each_hop_says_how_it_is_reached_and_what_covers_it() -> None:
    said = " ".join(text("hub").split())
    assert "Acme → it, for Hosting (CRM): Name" in said
    assert "✓ United States, UK GDPR: adequate." in said
    assert "Hub → =Cloud [red]<b>, by “Hub and Cloud”" in said
    assert "✓ onward terms on record." in said
    assert "? onward terms not recorded." in said
    assert "✖ onward terms missing." in said
    assert "again, a loop" in said
    assert "2 parties below it, up to 3 hops deep" in said


def test_the_bound_on_depth_is_said() -> None:
    assert "2 further hops lie more than 1 hop below Hub and are not shown" in " ".join(text("hub", 1).split())
    assert "not shown" not in text("hub")


def test_a_party_that_gets_no_data_is_not_said_to_have_nobody_below_it_for_good() -> None:
    said = " ".join(text("alone").split())
    assert "no data reaches it on this day" in said
    assert "1 more stands below it by agreement" in said


def test_a_party_lower_down_shows_who_uses_it() -> None:
    assert "=Cloud [red]<b> → it, by “Cloud and Desk”" in " ".join(text("desk").split())


def test_an_unknown_party_is_an_error_that_suggests_one() -> None:
    with pytest.raises(NotFoundError, match="did you mean hub"):
        chains_below([view()], "hubb", 60)


def test_the_prefix_party_is_read_too() -> None:
    assert text("party/hub") == text("hub")


def test_the_json_holds_every_hop_with_identity_verdicts_and_onward_terms() -> None:
    made = json.loads(json.dumps(as_json(chains_below([view()], "hub", 60))))
    (chain,) = made["chains"]
    assert made["on"] == "2026-11-21"
    assert chain["party"]["contact"] == {"name": "Ann", "email": "privacy@hub.example", "phone": None}
    assert [each["status"] for each in chain["verdicts"]] == ["adequate"]
    below = chain["below"]
    assert [(each["depth"], each["party"]["key"], each["onward"]["standing"], each["loop"]) for each in below] == [
        (1, "cloud", "held", False),
        (2, "desk", "unknown", False),
        (3, "cloud", "missing", True),
    ]
    assert chain["below"][1]["party"]["address"] is None
    assert chain["below"][1]["path"] == ["hub", "cloud", "desk"]
    assert chain["hidden"] == 0


def test_check_finds_what_the_chain_lacks() -> None:
    found = {(each.rule, each.subject) for each in findings_of(register(BODY), TODAY)}
    assert ("onward-terms-missing", "agreement/desk-cloud") in found
    assert ("onward-terms-unknown", "agreement/cloud-desk") in found
    assert not {each for each in found if each[1] == "agreement/hub-cloud"}
    assert ("subprocessor-identity-missing", "party/desk") in found
    assert not {rule for rule, _ in found if rule == "internal-error"}


def test_check_judges_a_hop_whose_exporter_is_bound_as_a_transfer() -> None:
    bound = BODY.replace("{name: Desk, country: India}", "{name: Desk, country: India, regimes: [uk]}")
    found = [each for each in findings_of(register(bound), TODAY) if each.rule == "transfer-unsafeguarded"]
    assert [each.title.split(": ")[0] for each in found] == ["Desk to =Cloud [red]<b> (Cloud LLC, United States)"]


def test_a_register_without_chains_is_told_nothing_about_them() -> None:
    rules = {each.rule for each in findings_of(register(BODY.split("agreements:")[0]), TODAY)}
    assert not {rule for rule in rules if rule.startswith("onward")}
