"""The record in DPV terms: linked data that needs nothing fetched, says what is recorded, and names real terms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from ropa.exchange.dpv_terms import dpv
from ropa.exchange.dpv_write import write_dpv
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.records.values import law_ids
from tests.records.any_register import registers
from tests.registers import COMPLETE, TODAY, register

FOLDER = Path(__file__).parent / "dpv"
TERM = re.compile(r"(?:dpv|eu-gdpr|legal-eu|loc|pd):[\w-]+")

CROSSING = (
    COMPLETE.replace("lawful_bases: [consent]", "lawful_bases: [consent, recognised-legitimate-interests]")
    + """
transfers:
  to-mailer:
    importer: mailer
    activity: newsletter
    country: United States
    safeguards: [{instrument: uk-idta, signed: 2026-01-01}, eu-scc-2021]
"""
)


def nodes(found: Register) -> dict[str, dict[str, Any]]:
    """The nodes of a document, by IRI; those inside others included."""
    document = json.loads(write_dpv(found, TODAY))
    return {each["@id"]: each for each in _nodes(document["@graph"]) if "@type" in each}


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each)
    elif isinstance(value, dict):
        if "@id" in value:
            yield value
        for each in value.values():
            yield from _nodes(each)


def test_the_record_of_a_small_register_is_what_it_was() -> None:
    assert write_dpv(register(CROSSING), TODAY) == (FOLDER / "acme.jsonld").read_text("utf-8")


def test_terms_follow_the_law_that_binds_the_organisation() -> None:
    british = nodes(register(CROSSING))["urn:ropa:acme:activity:newsletter"]
    assert {"@id": "ropa:uk-consent"} in british["dpv:hasLegalBasis"]
    head = "format: 1\norganisation: {key: acme, name: Acme, country: France}\n"
    body = CROSSING.replace(", recognised-legitimate-interests", "")
    french = nodes(register(body, head))["urn:ropa:acme:activity:newsletter"]
    assert french["dpv:hasLegalBasis"] == [{"@id": "eu-gdpr:A6-1-a"}]
    nowhere = nodes(register(body, "format: 1\norganisation: {key: acme, name: Acme}\n"))
    assert nowhere["urn:ropa:acme:activity:newsletter"]["dpv:hasLegalBasis"] == [{"@id": "dpv:Consent"}]


def test_tools_that_dpv_lacks_are_concepts_of_our_own_and_pretend_to_be_no_other() -> None:
    found = nodes(register(CROSSING))
    tools = found["urn:ropa:acme:transfer:to-mailer"]["dpv:hasLegalBasis"]
    assert tools == [{"@id": "ropa:uk-idta"}, {"@id": "ropa:eu-scc-2021"}]
    assert "skos:broader" not in found["ropa:uk-idta"]
    assert found["ropa:eu-scc-2021"]["skos:broader"] == {"@id": "eu-gdpr:A46-2-c"}


def test_an_adequacy_decision_is_named_by_country_where_dpv_has_it() -> None:
    head = "format: 1\norganisation: {key: acme, name: Acme, country: France}\n"
    body = CROSSING.replace("{instrument: uk-idta, signed: 2026-01-01}, eu-scc-2021", "adequacy")
    japan = nodes(register(body.replace("United States", "Japan"), head))["urn:ropa:acme:transfer:to-mailer"]
    assert {"@id": "legal-eu:Adequacy-EU-JP"} in japan["dpv:hasLegalBasis"]
    korea = nodes(register(body.replace("United States", "South Korea"), head))["urn:ropa:acme:transfer:to-mailer"]
    assert not any("Adequacy-EU" in each["@id"] for each in korea["dpv:hasLegalBasis"])


@given(registers())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_record_refers_to_nothing_outside_itself_but_to_terms_of_dpv(found: Register) -> None:
    document = json.loads(write_dpv(found, TODAY))
    assert document["@context"] == dpv()["prefixes"]
    every = list(_nodes(document["@graph"]))
    described = [each["@id"] for each in every if "@type" in each]
    assert len(described) == len(set(described))
    for each in every:
        iri = each["@id"]
        assert re.fullmatch(r"[\w:/.-]+", iri, re.ASCII)
        assert iri in described or TERM.fullmatch(iri), iri
        for name, value in each.items():
            assert name in ("@id", "@type") or re.fullmatch(r"[a-z-]+:\w+", name, re.ASCII)
            assert value not in (None, [], "")


def test_what_people_wrote_is_text_and_never_a_term() -> None:
    name = 'http://evil.example/ "@id" </script> dpv:Consent'
    found = nodes(register(f"parties: {{p: {{name: '{name}'}}}}"))
    assert found["urn:ropa:acme:party:p"]["dpv:hasName"] == name


def test_every_law_and_place_has_a_term_or_a_concept() -> None:
    terms = dpv()
    assert set(terms["lawful_bases"]) <= set(law_ids("lawful-basis"))
    assert set(terms["conditions"]) <= set(law_ids("condition"))
    assert set(terms["instruments"]) <= set(law_ids("instrument"))
    assert all(LawBook.in_use().country(code) == code for code in [*terms["adequacy_of"], *terms["no_location"]])


@pytest.mark.parametrize("path", sorted(Path("data").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_sample_can_be_written(path: Path) -> None:
    from ropa.exchange.register_file import read_register

    assert nodes(read_register(path.read_bytes(), path.name))


DATED = """
parties:
  past: {name: Past}
  now: {name: Now}
  client: {name: Client, representative: {name: Rep}, dpo: {name: Officer}}
data_categories: {name: Name}
activities:
  work:
    name: Work
    role: processor
    controllers: [client]
    internal_recipients: [Finance]
    engagements:
      - {party: past, role: processor, until: 2022-01-01}
      - party: now
        role: processor
        transfer: {country: US, safeguards: [{instrument: art49-cli, suitable: sealed}]}
"""


def test_the_record_of_a_date_names_those_who_work_then_and_all_that_article_30_asks_of_them() -> None:
    found = nodes(register(DATED))
    work = found["urn:ropa:acme:activity:work"]
    assert {"@id": "urn:ropa:acme:party:past"} not in work["dpv:hasDataProcessor"]
    assert {"@id": "urn:ropa:acme:party:now"} in work["dpv:hasDataProcessor"]
    assert [each["dct:title"] for each in work["dpv:hasRecipient"]] == ["Finance"]
    client = found["urn:ropa:acme:party:client"]
    assert client["dpv:hasRepresentative"]["dpv:hasName"] == "Rep"
    assert client["dpv:hasDataProtectionOfficer"]["dpv:hasName"] == "Officer"
    (transfer,) = [each for iri, each in found.items() if ":transfer:" in iri]
    assert transfer["ropa:suitableSafeguards"] == ["sealed"]
