"""`ropa chain`, `impact`, `what-if` and `calendar` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ropa.cli.main import run_command
from ropa.services.loading import load_files
from tests.registers import HEAD

BODY = """
parties:
  hub:
    {name: "Hub \\u202e\\u2066[red]", country: United States, dpf: active, dpf_uk_extension: true,
     dpf_until: 2027-01-31}
  cloud: {name: Cloud, country: India}
data_categories: {name: Name}
subject_categories: {people: People}
agreements: {hub-cloud: {name: Hub and Cloud, between: hub, party: cloud}}
activities:
  work: {name: Work, subject_categories: [people], data_categories: [name], engagements: [hub]}
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    files = []
    for key in ("acme", "beta"):
        file = tmp_path / f"{key}.yaml"
        file.write_text(HEAD.replace("acme", key, 1) + (BODY if key == "acme" else ""), encoding="utf-8")
        files.append(file)
    load_files(files, tmp_path / "ropa.db")
    return tmp_path / "ropa.db"


COMMANDS = {
    "chain": ["chain", "hub"],
    "impact": ["impact", "hub"],
    "what-if": ["what-if", "acme", "--invalidate", "uk-us-bridge"],
    "calendar": ["calendar", "acme"],
}


def run(database: Path, *words: str) -> int:
    return run_command(["--db", str(database), "--on", "2026-11-21", *words])


@pytest.mark.parametrize("name", COMMANDS)
def test_text_obeys_no_control_character_of_a_name(
    name: str, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(database, *COMMANDS[name]) == 0
    out = capsys.readouterr().out
    assert "<U+202E><U+2066>[red]" in out
    assert "\u202e" not in out


@pytest.mark.parametrize("name", COMMANDS)
def test_json_has_a_format_and_keeps_names_as_they_are(
    name: str, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(database, *COMMANDS[name], "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["format"] == 1


@pytest.mark.parametrize(
    "words",
    [
        ["chain", "nobody"],
        ["chain", "hub", "--org", "beta"],
        ["chain", "hub", "--depth", "0"],
        ["impact", "nobody"],
        ["impact", "hub", "--org", "gone"],
        ["what-if"],
        ["what-if", "--invalidate", "nothing"],
        ["what-if", "--remove-party", "nobody"],
        ["what-if", "beta", "--remove-party", "hub"],
        ["what-if", "--move", "hub=Nowhere"],
        ["what-if", "gone", "--move", "hub=India"],
        ["calendar", "gone"],
        ["calendar", "--until", "soon"],
    ],
)
def test_what_is_not_there_ends_with_2_and_one_line(
    words: list[str], database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(database, *words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


def test_every_register_that_has_the_party_answers(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(database, "what-if", "--invalidate", "uk-us-bridge")
    assert capsys.readouterr().out.count("What if") == 2
    run(database, "what-if", "--move", "hub=India")
    assert capsys.readouterr().out.count("What if") == 1


def test_nothing_is_written(database: Path) -> None:
    before = database.read_bytes()
    for words in COMMANDS.values():
        run(database, *words)
    assert database.read_bytes() == before
