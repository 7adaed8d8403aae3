"""What a person may leave out of a register file, and what it means."""

from __future__ import annotations

import pytest

from ropa.exchange.register_file import read_register
from ropa.records.register import Register
from tests.records.every_kind import EVERY_KIND

HEAD = "format: 1\norganisation: {key: acme, name: Acme}\n"


def read(body: str) -> Register:
    return read_register(HEAD + body, "r.yaml")


def test_a_vendor_is_one_entry() -> None:
    register = read_register(EVERY_KIND, "r.yaml")
    engagement = register.engagements["newsletter/mailer"]
    transfer = register.transfers["newsletter/mailer"]
    assert (engagement.activity, engagement.party) == ("newsletter", "mailer")
    assert (transfer.importer, transfer.activity, transfer.exporter) == ("mailer", "newsletter", None)
    (safeguard,) = register.safeguards_of("newsletter/mailer")
    assert (safeguard.key, safeguard.module) == ("newsletter/mailer/uk-addendum", 2)


def test_an_entry_with_a_name_alone_may_be_the_name() -> None:
    assert read("parties: {a: A Ltd}").parties == read("parties: {a: {name: A Ltd}}").parties


def test_an_item_may_be_the_bare_word_that_tells_it_apart() -> None:
    short = read("activities: {a: {name: A, lawful_bases: [consent]}}")
    assert short == read("activities: {a: {name: A, lawful_bases: [{basis: consent}]}}")


def test_items_without_a_key_get_one_that_does_not_move_when_another_is_added() -> None:
    one = read("activities: {a: {name: A, lawful_bases: [consent]}}")
    two = read("activities: {a: {name: A, lawful_bases: [contract, consent, {basis: consent, purpose: more}]}}")
    assert list(one.lawful_bases) == ["a/consent"]
    assert list(two.lawful_bases) == ["a/contract", "a/consent", "a/consent-2"]


@pytest.mark.parametrize("body", ["parties:", "parties: {}", "activities: {a: {name: A, engagements: }}"])
def test_a_section_may_be_empty(body: str) -> None:
    assert read(body).parties == {}


@pytest.mark.parametrize("country", ["NO", "'NO'", "no", "Norway", "norway"])
def test_norway_is_a_country_however_it_is_written(country: str) -> None:
    assert read(f"parties: {{a: {{name: A, country: {country}}}}}").parties["a"].country == "NO"


def test_nothing_is_taken_as_no() -> None:
    party = read("parties: {a: A}").parties["a"]
    assert (party.dpf, party.dpf_hr, party.country, party.intra_group) == (None, None, None, None)
    assert read("parties: {p: P}\nagreements: {a: {name: A, party: p}}").agreements["a"].clauses is None
    assert read("parties: {p: P}\nagreements: {a: {name: A, party: p, clauses: []}}").agreements["a"].clauses == ()


def test_text_around_a_name_is_trimmed_and_text_inside_is_kept() -> None:
    register = read('parties: {a: {name: "  A  B ", note: "one\\n\\n  two\\n"}}')
    assert register.parties["a"].name == "A  B"
    assert register.parties["a"].note == "one\n\n  two"


def test_an_agreement_of_a_chain_may_come_before_its_party() -> None:
    body = "agreements: {a: {name: A, party: q, between: p}}\nparties: {p: P, q: Q}"
    assert {each.key for each in read(body).agreements_with("p")} == {"a"}


def test_the_same_word_may_be_the_key_of_two_kinds() -> None:
    register = read("parties: {crm: Vendor}\nsystems: {crm: {name: CRM, operator: crm}}")
    assert register.systems["crm"].operator == "crm"
