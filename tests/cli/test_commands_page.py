"""The page of every command says what the commands themselves say."""

from __future__ import annotations

from pathlib import Path

from tests.cli.commands_page import render


def test_no_command_and_no_option_is_missing_from_the_page() -> None:
    page = Path(__file__).parents[2] / "docs" / "commands.md"
    assert page.read_text(encoding="utf-8") == render(), "run `make docs`"
