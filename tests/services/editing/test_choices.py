"""What can be chosen is found by any part of its names, and every word of it is explained."""

from __future__ import annotations

import datetime as dt

import pytest

from ropa.law.lawbook import LawBook
from ropa.services.editing.choices import (
    Choice,
    _explanations,
    label,
    law_explanation,
    made,
    offer,
    territory_words,
    word_explanation,
)
from ropa.services.editing.fields import word_fields
from ropa.services.workspace import View
from tests.registers import TODAY, register

BODY = """
documents:
  tra: {name: Assessment of Hub, type: tra}
parties:
  hub: {name: HubSpot, legal_name: "HubSpot, Inc.", country: United States, aliases: [Dock]}
  github: {name: GitHub, country: United States}
  cafe: {name: Crème Café, country: France}
systems: {crm: CRM}
subject_categories: {clients: Clients}
"""


def view(on: dt.date = TODAY, country: str = "United Kingdom", regimes: str = "") -> View:
    head = f"format: 1\norganisation: {{key: acme, name: Acme, country: {country}{regimes}}}\n"
    return View(register(BODY, head), on)


def found(kind: str, field: str, typed: str, **of: View) -> list[str]:
    return [each.value for each in offer(of.get("view", view()), kind, field).find(typed)]


WORDS = [(name, word) for name, field in word_fields() for word in field.choices]


@pytest.mark.parametrize(("name", "word"), WORDS)
def test_every_word_of_every_choice_is_explained(name: str, word: str) -> None:
    said = word_explanation(name, word)
    assert len(said.split()) >= 3
    assert said[-1] in ".?"


def test_every_instrument_basis_and_condition_is_explained_in_sentences_of_its_own() -> None:
    book = LawBook.packaged()
    entries = [*book.instruments(), *book.lawful_bases(), *book.conditions()]
    said = {each.id: law_explanation(each) for each in entries}
    assert [
        key for key, words in said.items() if len(words.split()) < 5 or words.startswith("A condition of Part")
    ] == []
    assert len(set(said.values())) == len(said)


def test_nothing_is_explained_that_is_not_there() -> None:
    known = {each.id for each in LawBook.packaged().entries()}
    assert set(_explanations()["law"]) <= known
    fields = {name: set(field.choices) for name, field in word_fields()}
    for name, words in _explanations()["words"].items():
        assert set(words) == fields[name], name


def test_an_entry_of_the_users_own_law_file_is_explained_by_itself() -> None:
    packaged = LawBook.packaged().lawful_basis("consent")
    assert packaged is not None
    book = LawBook.packaged().ended("consent", since=dt.date(2026, 1, 1), origin="ours.yaml")
    own = book.lawful_basis("consent")
    assert own is not None
    assert law_explanation(own) == own.explain
    assert law_explanation(packaged) != packaged.explain


@pytest.mark.parametrize(
    ("typed", "keys"),
    [("hub", ["hub", "github"]), ("inc hub", ["hub"]), ("dock", ["hub"]), ("creme", ["cafe"]), ("CAFÉ", ["cafe"])],
)
def test_a_party_is_found_by_any_part_of_any_of_its_names_best_first(typed: str, keys: list[str]) -> None:
    assert found("engagement", "party", typed) == keys


def test_nothing_typed_offers_everything_by_name() -> None:
    assert found("engagement", "party", " ") == ["cafe", "github", "hub"]


def test_a_party_is_told_from_another_by_its_legal_name_and_country() -> None:
    (hub,) = offer(view(), "engagement", "party").find("hubspot")
    assert (hub.label, hub.explain) == ("HubSpot", "HubSpot, Inc., United States")


def test_a_node_is_offered_as_what_it_is() -> None:
    assert set(found("flow", "origin", "")) == {
        "organisation", "party/hub", "party/github", "party/cafe", "system/crm", "subject/clients",
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["usa", "united states", "america", "US", "states"])
def test_a_country_is_found_by_its_name_and_goes_into_the_field_by_name(typed: str) -> None:
    assert "United States" in found("party", "country", typed)[:2]


@pytest.mark.parametrize(
    ("country", "on", "words"),
    [
        ("GB", TODAY, "own territory"),
        ("FR", TODAY, "adequate"),
        ("IN", TODAY, "third country"),
        ("US", TODAY, "adequate for some importers only"),
        ("US", dt.date(2023, 10, 11), "third country"),
        ("KR", dt.date(2022, 12, 18), "third country"),
    ],
)
def test_a_country_says_what_transfer_law_makes_of_it_on_the_day(country: str, on: dt.date, words: str) -> None:
    assert territory_words(view(on), country) == words


def test_a_country_says_so_for_each_regime_where_they_differ() -> None:
    both = view(regimes=", regimes: [uk, eu]")
    assert territory_words(both, "FR") == "uk: adequate; eu: own territory"
    assert territory_words(both, "IN") == "third country"


def test_a_basis_is_offered_where_and_when_the_law_knows_it() -> None:
    recognised = "recognised-legitimate-interests"
    assert recognised in found("lawful_basis", "basis", "")
    assert recognised not in found("lawful_basis", "basis", "", view=view(dt.date(2026, 2, 4)))
    assert recognised not in found("lawful_basis", "basis", "", view=view(country="France"))


def test_schedule_1_is_offered_to_the_british_alone() -> None:
    assert "sch1-18" in found("condition", "condition", "safeguarding children")
    assert found("condition", "condition", "safeguarding children", view=view(country="France")) == []


def test_what_a_document_claims_can_be_recorded_also_where_it_holds_no_longer_and_that_is_said() -> None:
    offered = offer(view(), "safeguard", "instrument")
    order = [each.value for each in offered.choices]
    assert order.index("uk-idta") < order.index("privacy-shield")
    (shield,) = offered.find("privacy shield")
    assert "By itself it carries no transfer under UK GDPR on 21 November 2026." in shield.explain
    (idta,) = offered.find("idta")
    assert "carries no transfer" not in idta.explain


def test_the_conditions_of_a_derogation_are_those_of_the_one_chosen() -> None:
    offered = offer(view(), "safeguard", "conditions_met", {"instrument": "art49-cli"})
    assert "authority-told" in {each.value for each in offered.choices}
    assert offer(view(), "safeguard", "conditions_met").choices == ()


def test_free_text_offers_nothing() -> None:
    assert offer(view(), "party", "name").choices == ()


def test_a_value_is_shown_by_its_name_and_one_that_is_gone_by_its_key() -> None:
    assert label(view(), "engagement", "party", "hub") == "HubSpot"
    assert label(view(), "engagement", "party", "gone") == "gone"
    assert label(view(), "flow", "origin", "system/crm") == "CRM"
    assert label(view(), "flow", "origin", "organisation") == "Acme"
    assert label(view(), "safeguard", "instrument", "uk-idta") == "International Data Transfer Agreement (IDTA)"
    assert label(view(), "change", "kind", "new-legal-entity") == "new legal entity"


def test_names_of_markup_are_found_as_they_are() -> None:
    (choice,) = made([Choice("x", "Acme [/] <b>Ltd")]).find("[/]")
    assert choice.label == "Acme [/] <b>Ltd"


def test_letters_and_short_words_are_said_in_full() -> None:
    clauses = offer(view(), "agreement", "clauses").choices
    assert all(len(each.label) > len("a: ") and each.label.startswith(f"{each.value}: ") for each in clauses)
    assert label(view(), "agreement", "type", "dpa") == "data processing agreement (DPA)"
    assert "(TRA)" in label(view(), "document", "type", "tra")
