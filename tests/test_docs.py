"""The documentation says what the program does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from ropa.cli.main import cli, run_command
from ropa.exchange.register_reference import register_reference
from ropa.records.kinds import KINDS
from tests.rules.case_book import render
from tests.rules.transfer_cases import read_cases

ROOT = Path(__file__).parent.parent


def test_the_reference_of_the_register_file_is_the_one_the_program_writes() -> None:
    text = (ROOT / "docs" / "register-file.md").read_text(encoding="utf-8")
    assert text == register_reference(), "run `make docs`"
    for kind in KINDS.values():
        for name in kind.fields.model_fields:
            if name not in ("key", kind.parent):
                assert f"`{name}`" in text


def test_the_case_book_page_shows_every_case() -> None:
    cases = read_cases()
    page = (ROOT / "docs" / "transfer-cases.md").read_text(encoding="utf-8")
    assert page == render(cases), "run `make docs`"
    assert len(re.findall(r"^\| \d+ \|", page, re.MULTILINE)) == len(cases) >= 150


def test_every_command_and_option_explains_itself() -> None:
    def walk(command: click.Command, path: str) -> None:
        assert command.help, path
        for option in command.params:
            if isinstance(option, click.Option):
                shown = option.help or (isinstance(option.type, click.Choice) and option.type.choices)
                assert shown, f"{path} {option.name}"
        if isinstance(command, click.Group):
            for name, inner in command.commands.items():
                walk(inner, f"{path} {name}")

    walk(cli, "ropa")


def test_links_of_the_documents_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_example_of_the_readme_can_be_loaded() -> None:
    from ropa.exchange.register_file import read_register

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first, transfer = (re.sub(r"(?m)^   ", "", each) for each in re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL))
    register = read_register(first.rstrip() + "\n" + transfer, "README.md")
    assert [each.instrument for each in register.safeguards.values()] == ["uk-addendum", "eu-scc-2021"]


def test_every_command_of_the_readme_is_one_that_the_program_has() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"(?m)^ *ropa ((?:[a-z0-9-]+ ?)+)", readme)
    assert len(shown) > 20
    for words in shown:
        command: click.Command = cli
        for word in words.split():
            if isinstance(command, click.Group):
                assert word in command.commands, words
                command = command.commands[word]


def test_the_commands_of_the_readme_do_with_its_own_register_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first, transfer = (re.sub(r"(?m)^   ", "", each) for each in re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL))
    (tmp_path / "register.yaml").write_text(first.rstrip() + "\n" + transfer, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run_command(["load", "register.yaml"]) == 0
    # What stands for somebody's own keys and files.
    others = (
        r"portal|other|second-mailer|adds-a-host|notice sent|\.csv$|list\.md|record\.xlsx|policy\.html|explain RULE"
    )
    run = []
    for line in re.findall(r"(?m)^ *ropa (.+)$", readme):
        words = shlex.split(re.sub(r" +#.*", "", line).replace("2026-11-", "2020-11-"))
        if not re.search(others, " ".join(words)):
            assert run_command(words) in (0, 1), (line, capsys.readouterr().err)
            run.append(words[:2])
    assert len(run) >= 25
    assert {" ".join(each) for each in run} >= {"breach impact", "report article-30", "publish acme"}
