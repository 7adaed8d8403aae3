"""A register that is written to a file and read back is the same register."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from ropa.exchange.register_dump import dump_register
from ropa.exchange.register_file import read_register
from ropa.exchange.yaml_document import read_document
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from tests.records.any_register import registers
from tests.records.every_kind import EVERY_KIND

SAMPLES = sorted(Path("data").glob("*.yaml"))


def records(register: Register) -> dict[str, dict[str, object]]:
    """Every record with its fields, so that a difference shows its place."""
    return {kind: {key: record.model_dump() for key, record in register.of_kind(kind).items()} for kind in KINDS}


def back(register: Register) -> Register:
    return read_register(dump_register(register), "dump.yaml")


@given(registers())
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_register_is_read_back_as_it_was_written(register: Register) -> None:
    text = dump_register(register)
    again = read_register(text, "dump.yaml")
    assert records(again) == records(register)
    assert again == register
    assert dump_register(again) == text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_is_read_back_as_it_was_written(path: Path) -> None:
    register = read_register(path.read_bytes(), path.name)
    assert records(back(register)) == records(register)
    for kind in KINDS:
        assert sorted(back(register).of_kind(kind)) == sorted(register.of_kind(kind))


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 5


def test_every_form_that_a_file_may_take_is_read_back_as_it_was_written() -> None:
    register = read_register(EVERY_KIND, "r.yaml")
    assert records(back(register)) == records(register)


def test_a_key_of_an_own_beside_keys_that_are_derived_stays_with_its_record() -> None:
    text = """\
format: 1
organisation: {key: acme, name: Acme}
activities:
  a:
    name: A
    lawful_bases:
    - {key: mine, basis: consent, purpose: first}
    - {key: consent-2, basis: consent, purpose: second}
    - {basis: consent, purpose: third}
    - {key: contract, basis: consent, purpose: fourth}
"""
    register = read_register(text, "r.yaml")
    purposes = {key: each.purpose for key, each in back(register).lawful_bases.items()}
    assert purposes == {"a/mine": "first", "a/consent-2": "second", "a/consent": "third", "a/contract": "fourth"}


def test_a_file_written_by_hand_comes_back_in_its_short_forms() -> None:
    text = dump_register(read_register(EVERY_KIND, "r.yaml"))
    document = yaml.safe_load(text)
    assert document["parties"]["northgate"] == "Northgate NHS"
    newsletter = document["activities"]["newsletter"]
    assert newsletter["lawful_bases"][0] == "consent"
    assert newsletter["retention"][0]["period"] == "18 months"
    engagement = newsletter["engagements"][0]
    assert engagement["transfer"]["country"] == "United States"
    assert engagement["transfer"]["safeguards"][0]["module"] == 2
    assert list(document["transfers"]) == ["to-northgate"]
    assert document["changes"]["new-host"]["notices"] == ["northgate"]


def test_the_header_of_a_dump_cannot_become_content() -> None:
    register = read_register(EVERY_KIND, "r.yaml")
    text = dump_register(register, header="a\nparties: {evil: E}\rformat: 2\u2028x: y")
    assert read_register(text, "r.yaml") == register
    assert read_document(text, "r.yaml").line(("format",)) > 2


RULES = """\
format: 1
organisation: {key: acme, name: Acme}
activities:
  a:
    name: A
    retention:
"""


def rules(*lines: str) -> list[str]:
    register = read_register(RULES + "".join(f"    - {line}\n" for line in lines), "r.yaml")
    assert records(back(register)) == records(register)
    return [key.removeprefix("a/") for key in register.of_kind("retention")]


def test_a_retention_rule_is_known_by_what_it_says_and_not_by_its_place() -> None:
    lines = ("{period: 6 years, trigger: the last order}", "{until: consent's end}", "{stated: as long as needed}")
    keys = rules(*lines)
    assert keys == ["6-years-the-last-order", "consents-end", "as-long-as-needed"]
    assert rules(*lines[1:]) == keys[1:]
    assert rules("{period: P6Y, trigger: the last order}") == keys[:1]
    assert rules("{note: nothing is known}", "{trigger: Ende der Geschäfte}") == ["1", "ende-der-geschafte"]


def test_long_and_equal_rules_have_short_keys_of_their_own() -> None:
    long = "{until: " + "the end of it " * 12 + "}"
    keys = rules(long, long, "{until: x}", "{until: x}", "{until: x 2}", "{until: x}", "{until: " + "y" * 90 + "}")
    assert len(set(keys)) == 7
    assert max(map(len, keys)) <= 60
    assert rules("{until: x 2}", "{until: x}", "{until: x}") == ["x-2", "x", "x-3"]
