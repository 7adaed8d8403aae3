"""`ropa notice report`: the file that is written, and what is refused."""

from __future__ import annotations

import json
import sys

import pytest

from tests.cli.desk import ON, Desk


def test_without_a_file_the_report_is_markdown_on_stdout(desk: Desk) -> None:
    said = desk.ropa("notice", "report", *ON)
    assert said.code == 0
    assert said.out.startswith("# Subprocessor changes")


@pytest.mark.parametrize(
    ("name", "start"),
    [("r.md", b"# "), ("r.html", b"<!doctype"), ("r.pdf", b"%PDF"), ("r.xlsx", b"PK"), ("r.JSON", b"{")],
)
def test_the_suffix_says_the_format(desk: Desk, name: str, start: bytes) -> None:
    path = desk.folder / name
    assert desk.ropa("notice", "report", *ON, "-o", str(path)).code == 0
    content = path.read_bytes()
    assert content.startswith(start)
    assert desk.ropa("notice", "report", *ON, "-o", str(path)).code == 0
    assert path.read_bytes() == content


def test_another_suffix_is_refused_and_nothing_is_written(desk: Desk) -> None:
    assert "the suffix must be .md, .html, .pdf, .xlsx or .json" in desk.refused("notice", "report", "-o", "r.docx")


def test_a_period_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    words = desk.refused("notice", "report", *ON, "--from", "2026-12-01", "--until", "2026-11-01")
    assert words == "the period ends on 2026-11-01, before it begins on 2026-12-01"


def test_evidence_names_who_recorded_it_from_the_history(desk: Desk) -> None:
    path = desk.folder / "audit.json"
    assert desk.ropa("notice", "report", *ON, "--from", "2020-01-01", "-o", str(path)).code == 0
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["period"] == {"from": "2020-01-01", "until": "2026-11-21"}
    assert all(each["recorded"][0]["who"] == "ada" for each in found["evidence"])


def test_an_unknown_organisation_is_named(desk: Desk) -> None:
    assert "there is no organisation 'nobody'" in desk.refused("notice", "report", "nobody", *ON)


@pytest.mark.parametrize(("library", "suffix"), [("xlsxwriter", "xlsx"), ("typst", "pdf")])
def test_a_missing_library_is_named_and_nothing_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, library: str, suffix: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    assert f"ropa[{suffix}]" in desk.refused("notice", "report", *ON, "-o", f"r.{suffix}")
