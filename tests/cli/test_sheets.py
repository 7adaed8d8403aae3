"""`ropa import`: spreadsheets and lists of vendors at the command line."""

from __future__ import annotations

import click
import pytest

from tests.cli.desk import Desk
from tests.exchange.sheets.make import FOLDER
from tests.store.databases import filled

ACME = """
format: 1
organisation: {key: acme, name: Acme, country: United Kingdom}
activities: {news: {name: Newsletter, role: processor}}
"""
SHEET = "Activity,Purpose,Retention,Mood\nPayroll,paying staff,6 years,grim\n"


@pytest.fixture
def desk(bare: Desk) -> Desk:
    filled(bare.database, ACME)
    return bare


def test_a_dry_run_shows_everything_and_writes_nothing(desk: Desk) -> None:
    path = desk.file("ropa.csv", SHEET)
    before = desk.database.read_bytes()
    said = desk.ropa("import", "spreadsheet", path, "--organisation", "acme", "--dry-run")
    assert (said.code, said.err) == (0, "")
    assert "'Mood' → kept as text" in said.out
    assert "D2" in said.out
    assert "8 cells: 3 used, 1 kept as text, 0 not taken, 4 left out" in said.out
    assert said.out.endswith("Nothing was written.\n")
    assert desk.database.read_bytes() == before


def test_without_a_terminal_it_asks_for_yes(desk: Desk) -> None:
    path = desk.file("ropa.csv", SHEET)
    assert "--yes" in desk.refused("import", "spreadsheet", path, "--organisation", "acme")
    said = desk.ropa("import", "spreadsheet", path, "--organisation", "acme", "--yes")
    assert said.code == 0
    assert "activity/payroll" in desk.ropa("list", "activity").out or "Payroll" in desk.ropa("list", "activity").out
    again = desk.ropa("import", "spreadsheet", path, "--organisation", "acme")
    assert (again.code, again.out.splitlines()[-1]) == (0, "The register has all of it already; nothing was written.")


def test_a_mapping_is_written_edited_and_given_again(desk: Desk) -> None:
    path = desk.file("ropa.csv", SHEET)
    mapping = desk.folder / "map.yaml"
    assert desk.ropa("import", "spreadsheet", path, "--organisation", "acme", "--write-mapping", str(mapping)).code == 0
    mapping.write_text(mapping.read_text().replace("field: note", "field: activity.risk"))
    said = desk.ropa("import", "spreadsheet", path, "--organisation", "acme", "--layout", str(mapping), "--yes")
    assert said.code == 0, said.err
    assert "risk: grim" in desk.ropa("dump", "acme").out


def test_the_report_file_names_every_cell(desk: Desk) -> None:
    report = desk.folder / "cells.csv"
    said = desk.ropa("import", "spreadsheet", str(FOLDER / "merged.xlsx"), "--organisation", "acme", "--dry-run",
                     "--report", str(report))  # fmt: skip
    assert said.code == 0
    text = report.read_text("utf-8-sig")
    assert all(f",{address}," in text for address in ("A1", "A2", "B2", "G3"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bomb.xlsx", "not opened"),
        ("password.xlsx", "password"),
        ("entities.ods", "DOCTYPE"),
        ("none.csv", "No such file"),
    ],
)
def test_what_cannot_be_read_is_one_line_with_its_file(desk: Desk, name: str, words: str) -> None:
    line = desk.refused("import", "spreadsheet", str(FOLDER / name), "--organisation", "acme", "--yes")
    assert name in line
    assert words in line


def test_an_unknown_layout_or_organisation_is_refused(desk: Desk) -> None:
    path = desk.file("ropa.csv", SHEET)
    assert "ico" in desk.refused("import", "spreadsheet", path, "--organisation", "acme", "--layout", "iso", "--yes")
    assert "acme" in desk.refused("import", "spreadsheet", path, "--organisation", "acm", "--yes")


def test_hostile_text_steers_no_terminal(desk: Desk) -> None:
    path = desk.file("ropa.csv", "Activity,Purpose,Mood\nPay\x1b[31mroll,\u202epaying,[/] \x07\n")
    said = desk.ropa("import", "spreadsheet", path, "--organisation", "acme", "--dry-run")
    assert said.code == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(said.out)


def test_vendors_are_shown_and_engaged(desk: Desk) -> None:
    path = desk.file(
        "list.md", "| Vendor | Purpose | Location |\n|---|---|---|\n| [Payo](https://p.example) | cards | Spain |\n"
    )
    command = ("import", "vendors", path, "--organisation", "acme", "--activity", "news")
    assert "--yes" in desk.refused(*command)
    dry = desk.ropa(*command, "--dry-run")
    assert "row 3: Payo  party/payo, new" in dry.out
    assert desk.ropa(*command, "--yes").out.endswith("Written.\n")
    dump = desk.ropa("dump", "acme").out
    assert "website: https://p.example" in dump
    assert "source: list.md, row 3" in dump


def test_whoever_says_no_or_interrupts_is_told_that_nothing_was_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object, **__: object) -> None:
        raise click.Abort

    monkeypatch.setattr("ropa.cli.sheets._must_ask", lambda _: True)
    monkeypatch.setattr("click.confirm", asked)
    path = desk.file("ropa.csv", SHEET)
    before = desk.database.read_bytes()
    said = desk.ropa("import", "spreadsheet", path, "--organisation", "acme")
    assert said.code == 130
    assert said.out.endswith("Nothing was written.\n")
    assert desk.database.read_bytes() == before


@pytest.fixture
def nothing(bare: Desk) -> Desk:
    """A folder without a database."""
    bare.database.unlink(missing_ok=True)
    return bare


def test_a_register_begins_with_a_sheet_on_an_empty_machine(nothing: Desk) -> None:
    path = nothing.file("ropa.csv", SHEET)
    command = ("import", "spreadsheet", path, "--organisation", "acme", "--name", "Acme Ltd", "--country", "France")
    dry = nothing.ropa(*command, "--dry-run")
    assert dry.code == 0
    assert "There is no database" in dry.out
    assert "a new register would be begun: Acme Ltd (acme)" in dry.out
    assert not nothing.database.exists()
    assert "--yes" in nothing.refused(*command)
    assert nothing.ropa(*command, "--yes").out.endswith("Written.\n")
    dump = nothing.ropa("dump", "acme").out
    assert "name: Acme Ltd" in dump
    assert "country: France" in dump
    assert "Payroll" in dump


def test_whoever_says_no_leaves_no_database_behind(nothing: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object, **__: object) -> None:
        raise click.Abort

    monkeypatch.setattr("ropa.cli.sheets._must_ask", lambda _: True)
    monkeypatch.setattr("click.confirm", asked)
    path = nothing.file("ropa.csv", SHEET)
    assert nothing.ropa("import", "spreadsheet", path, "--organisation", "acme", "--name", "Acme").code == 130
    assert not [each for each in nothing.folder.iterdir() if each.name.startswith("ropa.db")]


def test_without_any_name_it_is_said_what_to_add(nothing: Desk) -> None:
    path = nothing.file("ropa.csv", SHEET)
    assert '--name "Acme Ltd"' in nothing.refused("import", "spreadsheet", path, "--organisation", "acme", "--yes")
    listed = nothing.file("list.md", "| Vendor | Location |\n|---|---|\n| Payo | Spain |\n")
    assert '--name "Acme Ltd"' in nothing.refused("import", "vendors", listed, "--organisation", "acme", "--yes")
    wrong = nothing.refused("import", "vendors", listed, "--organisation", "Ac me", "--name", "Acme", "--yes")
    assert "'Ac me' is not a key" in wrong


def test_the_head_of_the_icos_sheet_names_the_register(nothing: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    filled(nothing.database, ACME)
    path = str(tmp_path_factory.mktemp("out") / "record.xlsx")
    assert nothing.ropa("report", "article-30", "acme", "--role", "controller", "--layout", "ico", "-o", path).code == 0
    nothing.database.unlink()
    said = nothing.ropa("import", "spreadsheet", path, "--organisation", "made", "--yes")
    assert said.code == 0, said.err
    assert "Acme (made), called so in" in said.out
    assert "of Acme, whose register is 'made'" in nothing.refused(
        "import", "spreadsheet", path, "--organisation", "mdae", "--yes"
    )


def test_a_name_of_another_register_is_refused(desk: Desk) -> None:
    path = desk.file("ropa.csv", SHEET)
    assert "is the register of Acme" in desk.refused(
        "import", "spreadsheet", path, "--organisation", "acme", "--name", "Bolt Ltd", "--yes"
    )
    assert "changed with its record" in desk.refused(
        "import", "spreadsheet", path, "--organisation", "acme", "--country", "France", "--yes"
    )


def test_a_vendor_list_begins_a_register(nothing: Desk) -> None:
    path = nothing.file("list.md", "| Vendor | Purpose | Location |\n|---|---|---|\n| Payo | cards | Spain |\n")
    command = ("import", "vendors", path, "--organisation", "acme", "--name", "Acme Ltd")
    assert "Acme Ltd (acme)" in nothing.ropa(*command, "--dry-run").out
    assert not nothing.database.exists()
    assert nothing.ropa(*command, "--yes").code == 0
    assert "party/payo" in nothing.ropa(*command, "--dry-run").out or "payo" in nothing.ropa("dump", "acme").out
