"""The published JSON Schema says what the reader does: an editor that follows it never misleads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from ropa.exchange.register_dump import dump_register
from ropa.exchange.register_schema import register_schema
from ropa.exchange.yaml_document import read_document
from ropa.records.kinds import KINDS, children
from ropa.records.register import Register
from tests.exchange.test_register_mistakes import HEAD
from tests.records.any_register import registers
from tests.records.every_kind import EVERY_KIND

SCHEMA = register_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def errors(text: str | bytes) -> list[str]:
    root = read_document(text, "r.yaml").root
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(root)]


def properties(name: str) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA["$defs"][name]["properties"]
    return found


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("path", sorted(Path("data").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_sample_follows_it(path: Path) -> None:
    assert errors(path.read_bytes()) == []


def test_every_form_that_a_file_may_take_follows_it() -> None:
    assert errors(EVERY_KIND) == []


@given(registers(most=2))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_dump_follows_it(register: Register) -> None:
    assert errors(dump_register(register)) == []


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_field_is_in_it_with_a_title_and_an_explanation(kind: str) -> None:
    described = KINDS[kind]
    hidden = {described.parent} if described.parent or kind == "organisation" else {"key"}
    for name, info in described.fields.model_fields.items():
        assert info.title, name
        assert info.description, name
        if name in hidden:
            assert name not in properties(kind)
        else:
            assert properties(kind)[name]["title"] == info.title
            assert properties(kind)[name]["description"] == info.description
    inside = {child.section for child in children(kind)} | ({"transfer"} if kind == "engagement" else set())
    assert set(properties(kind)) == (set(described.fields.model_fields) - hidden) | inside


@pytest.mark.parametrize("part", ["Contact", "NoticeTerms"])
def test_every_field_of_a_part_is_explained(part: str) -> None:
    for name, field in properties(part).items():
        assert field["title"], name
        assert field["description"], name


def test_every_section_is_in_it_and_nothing_else() -> None:
    assert set(SCHEMA["properties"]) == {"format", *(kind.section for kind in KINDS.values() if not kind.parent)}
    assert SCHEMA["required"] == ["format", "organisation"]
    for name, definition in SCHEMA["$defs"].items():
        if definition.get("type") == "object":
            assert definition["additionalProperties"] is False, name


@pytest.mark.parametrize(
    "body",
    [
        "partys: {a: A}",
        "parties: {a: {name: A, contry: Norway}}",
        "parties: {a: {country: Norway}}",
        "parties: {A: Name}",
        "parties: [a]",
        "parties: {a: 5}",
        "parties: {a: {name: 5}}",
        "parties: {a: {name: A, key: b}}",
        "parties: {a: {name: A, sector: butcher}}",
        "parties: {a: {name: A, dpf_hr: maybe}}",
        "parties: {a: {name: A, contact: {fax: '1'}}}",
        "systems: {a: {name: A, hosting: Norway}}",
        "activities: {a: {name: A, lawful_bases: [{basis: magic}]}}",
        "activities: {a: {name: A, engagements: [{party: p, activity: a}]}}",
        "activities: {a: {name: A, engagements: [{party: p, transfer: {importer: p}}]}}",
        "activities: {a: {name: A, engagements: [{party: p, transfer: {key: t}}]}}",
        "activities: {a: {name: A, retention: [6 years]}}",
        "transfers: {t: {importer: p, safeguards: [{instrument: magic}]}}",
        "transfers: {t: {importer: p, safeguards: [{instrument: uk-idta, module: 5}]}}",
        "transfers: {t: p}",
        "documents: {d: {name: D, date: 2026}}",
    ],
)
def test_what_the_reader_refuses_it_refuses_too(body: str) -> None:
    assert errors(HEAD + body) != []


def test_the_transfer_of_an_engagement_may_hold_safeguards() -> None:
    body = (
        "activities: {a: {name: A, engagements: [{party: p, transfer: {safeguards: [uk-idta, {instrument: bcr-c}]}}]}}"
    )
    assert errors(HEAD + body) == []
