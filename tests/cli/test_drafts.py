"""`ropa notice draft` and `ropa notice templates` as a person meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ropa.services.drafts.wording import VALUES
from tests.cli.desk import ON, Desk
from tests.services.drafts.test_drafts import WHOLE
from tests.store.databases import filled


@pytest.fixture
def acme(bare: Desk) -> Desk:
    """A desk with one approved change that two customers must be told about."""
    filled(bare.database, WHOLE)
    return bare


def test_drafts_are_written_and_what_matters_is_said_first(acme: Desk) -> None:
    said = acme.ropa("notice", "draft", "move", "-o", "out", *ON)
    assert said.code == 0, said.err
    lines = said.out.splitlines()
    assert lines[0] == "The move (acme/move), planned for 31 January 2027"
    assert lines[1] == "  No restricted transfer, by what is recorded."
    assert "✓ North Ltd: draft north.eml" in lines
    assert "? South Ltd: draft south.eml" in lines
    assert "  to dpo@north.example, legal@north.example" in lines
    assert "  to ? no address: fill it in" in lines
    assert "nothing was sent" in said.out
    assert {path.name for path in Path("out").iterdir()} == {
        "manifest.json", "north.eml", "north.ics", "south.eml", "south.ics",
    }  # fmt: skip
    assert "nothing changed; nothing was sent" in acme.ropa("notice", "draft", "acme/move", "-o", "out", *ON).out


def test_an_unsafeguarded_transfer_is_marked_on_the_screen(bare: Desk) -> None:
    filled(bare.database, WHOLE.replace("countries: [United Kingdom]", "countries: [India]"))
    said = bare.ropa("notice", "draft", "move", "-o", "out", *ON)
    assert said.code == 0
    assert "  ✖ India" in said.out


def test_what_cannot_be_drafted_is_one_line_and_writes_nothing(acme: Desk) -> None:
    assert "no change 'mov'" in acme.refused("notice", "draft", "mov", "-o", "out", *ON)
    assert "north, south" in acme.refused("notice", "draft", "move", "-o", "out", "--customer", "old", *ON)
    acme.file("message.txt.j2", "{{ nobody }}")
    line = acme.refused("notice", "draft", "move", "-o", "out", "--templates", ".", *ON)
    assert line == "message.txt.j2: line 1: 'nobody' is undefined"
    assert not Path("out").exists()
    acme.file("north.eml", "mine")
    acme.file("message.txt.j2", "Hello")
    assert "north.eml: it was not written here" in acme.refused("notice", "draft", "move", "-o", ".", *ON)


def test_the_manifest_is_what_recording_as_sent_takes(acme: Desk) -> None:
    acme.ropa("notice", "draft", "move", "-o", "out", *ON)
    said = acme.ropa("--on", "2026-11-21", "notice", "sent", "move", "--all", "--on", "2026-11-21", "--evidence", "out")
    assert said.code == 0, said.err
    dumped = acme.ropa("dump", "acme").out
    manifest = json.loads(Path("out/manifest.json").read_text())
    for each in manifest["customers"].values():
        assert each["sha256"] in dumped
    acme.ropa("notice", "draft", "move", "-o", "out", "--on", "2026-12-24")
    later = json.loads(Path("out/manifest.json").read_text())
    assert later["on"] == "2026-12-24"
    for key, each in manifest["customers"].items():
        assert later["customers"][key]["sha256"] == each["sha256"]


def test_the_templates_and_every_value_are_explained_and_copied(bare: Desk) -> None:
    said = bare.ropa("notice", "templates")
    assert said.code == 0
    for name in (*VALUES, "message.html.j2"):
        assert f"  {name} " in said.out
    assert bare.ropa("notice", "templates", "-o", "mine").code == 0
    assert {path.name for path in Path("mine").iterdir()} == {"subject.txt.j2", "message.txt.j2", "message.html.j2"}
