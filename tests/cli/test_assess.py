"""`ropa assess`: what a person asks about one transfer, and what they are told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ropa.cli.main import run_command


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = run_command(["assess", *words, "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def statuses(answer: dict[str, Any]) -> dict[str, str]:
    return {each["regime"]: each["status"] for each in answer["verdicts"]}


IDTA = "uk-idta:signed=2024-01-01:assessed=2024-01-01"
TODAY = ("--on", "2026-11-21")

QUESTIONS: list[tuple[str, dict[str, str], int]] = [
    ("--exporter-country GB --importer-country France", {"uk": "adequate"}, 0),
    ("--exporter-country GB --importer-country GB", {"uk": "not-restricted"}, 0),
    ("--exporter-country France --importer-country Brazil", {"eu": "adequate"}, 0),
    ("--exporter-country GB --importer-country Brazil", {"uk": "unsafeguarded"}, 1),
    ("--exporter-country GB --importer-country US --dpf active", {"uk": "unsafeguarded"}, 1),
    ("--exporter-country GB --importer-country US --dpf active --dpf-uk-extension", {"uk": "adequate"}, 0),
    (
        "--exporter-country GB --importer-country US --dpf active --dpf-uk-extension --importer-sector bank",
        {"uk": "unsafeguarded"},
        1,
    ),
    (
        "--exporter-country GB --importer-country US --dpf active --dpf-uk-extension --data hr",
        {"uk": "unsafeguarded"},
        1,
    ),
    ("--exporter-country GB --importer-country US --safeguard privacy-shield", {"uk": "unsafeguarded"}, 1),
    (f"--exporter-country GB --importer-country US --safeguard {IDTA}", {"uk": "safeguarded"}, 0),
    ("--exporter-country GB --importer-country US --safeguard uk-idta:signed=2024-01-01", {"uk": "incomplete"}, 1),
    ("--exporter-country GB --importer-country JP", {"uk": "unknown"}, 1),
    ("--exporter-country GB --importer-country JP --in-scope yes", {"uk": "adequate"}, 0),
    ("--exporter-country GB", {"uk": "unknown"}, 1),
    ("--exporter-country FR --importer-organisation org:EPO", {"eu": "adequate"}, 0),
    ("--regime uk --importer-organisation org:EPO", {"uk": "unsafeguarded"}, 1),
    ("--regime uk --regime eu --importer-country GI", {"uk": "adequate", "eu": "unsafeguarded"}, 1),
    ("--exporter-country GB --exporter-role data-subject --importer-country IN", {"uk": "not-restricted"}, 0),
    (
        "--exporter-country GB --exporter-role processor --importer-role own-controller --importer-country IN",
        {"uk": "not-restricted"},
        0,
    ),
    ("--exporter-country GB --importer-country IN --safeguard art49-a --systematic", {"uk": "unsafeguarded"}, 1),
    ("--exporter-country GB --importer-country IN --safeguard art49-a --occasional", {"uk": "derogation"}, 0),
]


@pytest.mark.parametrize(("words", "expected", "code"), QUESTIONS)
def test_the_answer_and_the_exit_code(
    words: str, expected: dict[str, str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome, answer = ask(capsys, *words.split(), *TODAY)
    assert (statuses(answer), outcome) == (expected, code)
    assert answer["on"] == "2026-11-21"
    for verdict in answer["verdicts"]:
        assert verdict["reasons"], "a verdict explains itself"
        assert set(verdict) >= {"regime", "status", "reasons", "remedies"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--importer-country Narnia", "Narnia"),
        ("--importer-country US --safeguard no-such-thing", "no instrument"),
        ("--importer-country US --safeguard uk-idta:signed=2024-13-01", "2024-13-01"),
        ("--importer-country US --safeguard uk-idta:colour=red", "colour"),
        ("--importer-country US --safeguard eu-scc-2021:module=5", "1, 2, 3 or 4"),
        ("--importer-country US --safeguard eu-scc-2021:module=2:module=3", "once"),
        ("--importer-country US --data spicy", "spicy"),
        ("--importer-country US --on 2026-02-30", "2026-02-30"),
        ("--exporter-country US --importer-country IN", "--regime"),
    ],
)
def test_what_cannot_be_understood_is_said_in_one_line(
    words: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["assess", *words.split()]) == 2
    caught = capsys.readouterr()
    assert told in caught.err
    assert caught.err.count("\n") == 1
    assert caught.out == ""


def test_the_text_names_the_decision_and_what_would_mend_it(capsys: pytest.CaptureFixture[str]) -> None:
    run_command(
        ["assess", "--exporter-country", "GB", "--importer-country", "US", "--safeguard", "privacy-shield", *TODAY]
    )
    text = capsys.readouterr().out
    assert "It fell on 2020-07-16 (C-311/18)" in text
    assert "→" in text
