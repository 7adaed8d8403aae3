"""`ropa report`: each table report from the command line, into every kind of file."""

from __future__ import annotations

import json

import pytest

from tests.cli.desk import ON, Desk

COMMANDS = ("retention", "bases", "data-map", "due-diligence", "notice-facts", "software", "breaches")


@pytest.mark.parametrize("command", COMMANDS)
def test_without_a_file_it_is_markdown_on_stdout(desk: Desk, command: str) -> None:
    said = desk.ropa("report", command, "acme", *ON)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("# ")
    assert "As of 21 November 2026" in said.out


@pytest.mark.parametrize("suffix", ["md", "html", "htm", "csv", "json", "xlsx", "ods", "pdf", "PDF"])
def test_the_suffix_of_the_file_decides_the_format(desk: Desk, suffix: str) -> None:
    said = desk.ropa("report", "retention", "acme", *ON, "-o", f"kept.{suffix}")
    assert (said.code, said.out) == (0, f"wrote kept.{suffix}\n")
    begins = {"md": b"# ", "csv": b"\xef\xbb\xbf", "json": b"{", "xlsx": b"PK", "ods": b"PK", "pdf": b"%PDF"}
    assert (desk.folder / f"kept.{suffix}").read_bytes().startswith(begins.get(suffix.lower(), b"<!doctype html>"))


@pytest.mark.parametrize("command", COMMANDS)
def test_another_suffix_or_organisation_is_refused(desk: Desk, command: str) -> None:
    assert "the suffix must be .md, .html, .csv, .json, .xlsx, .ods or .pdf" in desk.refused(
        "report", command, "acme", "-o", "x.txt"
    )
    assert "nobody" in desk.refused("report", command, "nobody")


def test_one_category_and_one_kind_can_be_asked_for(desk: Desk) -> None:
    assert "no data category 'nope'" in desk.refused("report", "data-map", "acme", "--data", "nope")
    desk.ropa("report", "data-map", "acme", *ON, "--special", "genetic", "-o", "map.json")
    found = json.loads((desk.folder / "map.json").read_text(encoding="utf-8"))
    assert found["sections"] == []
    assert "does not say that there is none" in found["remarks"][0]["text"]


def test_one_vendor_can_be_asked_for(desk: Desk) -> None:
    assert "no party 'nope'" in desk.refused("report", "due-diligence", "acme", "--party", "nope")
