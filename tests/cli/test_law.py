"""`ropa law` and law files of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ropa.cli.main import run_command
from ropa.law.lawbook import LawBook

DECISION = """\
adequacy:
  - id: uk-br
    regime: uk
    place: BR
    name: Brazil
    scope: full
    explain: A decision made up for a test.
    source: SI 2099/1
    from: 2026-01-01
"""
ASK = ["assess", "--exporter-country", "GB", "--importer-country", "BR", "--on", "2026-11-21"]


@pytest.fixture(autouse=True)
def packaged_again() -> Iterator[None]:
    yield
    LawBook.packaged().use()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(DECISION, encoding="utf-8")
    return path


def test_a_decision_of_ones_own_carries_a_transfer_and_the_verdict_says_whose_it_is(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(ASK) == 1
    capsys.readouterr()
    assert run_command(["--law", str(own), *ASK]) == 0
    assert "as stated by own.yaml" in capsys.readouterr().out


def test_check_says_what_a_file_adds_and_overrules(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own.write_text(
        DECISION + DECISION.split("\n", 1)[1].replace("uk-br", "uk-ch").replace("BR", "CH"), encoding="utf-8"
    )
    assert run_command(["law", "check", str(own)]) == 0
    out = capsys.readouterr().out
    assert "adds adequacy uk-br" in out
    assert "overrules adequacy uk-ch" in out
    assert LawBook.in_use() is LawBook.packaged()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("scope: full", "scope: fulll", "fulll"),
        ("from: 2026-01-01", "from: soon", "soon"),
        ("    source: SI 2099/1\n", "", "source"),
        ("adequacy:", "adequacies:", "adequacies"),
        ("    place: BR\n", "    place: BR\n    colour: red\n", "colour"),
        ("adequacy:\n", "adequacy: 3\n", ""),
    ],
)
def test_a_faulty_file_is_refused_by_file_and_entry(
    own: Path, before: str, after: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert before in DECISION
    own.write_text(DECISION.replace(before, after), encoding="utf-8")
    for words in (["law", "check", str(own)], ["--law", str(own), *ASK]):
        assert run_command(words) == 2
        caught = capsys.readouterr()
        assert caught.err.startswith("ropa: ")
        assert "own.yaml" in caught.err
        assert told in caught.err


def test_law_says_how_old_the_data_is_and_what_nobody_could_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["law", "--on", "2026-11-23"]) == 0
    out = capsys.readouterr().out
    assert "(2 days ago)" in out
    assert "? eu-br" in out


def test_every_listed_entry_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["law", "list", "instrument"]) == 0
    ids = [line.removeprefix("? ").split()[0] for line in capsys.readouterr().out.splitlines()]
    assert {"uk-addendum", "privacy-shield"} <= set(ids)
    for each in ids:
        assert run_command(["law", "show", each]) == 0
    assert run_command(["law", "show", "nothing"]) == 2
    assert run_command(["law", "list", "nothing"]) == 2
