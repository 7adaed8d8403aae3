"""Bringing a spreadsheet or a vendor list in: the file, its columns, what would be written, the writing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from ropa.cli.main import run_command
from ropa.services.sheets import importing, rows
from ropa.store.store import Store
from ropa.tui.dialogs.waiting import WaitingScreen
from ropa.tui.editing.columns import ColumnsScreen
from ropa.tui.editing.intake import IntakeScreen
from tests.exchange.sheets.make import FOLDER
from tests.tui.test_hostile import check
from tests.tui.walking import LARGE, SMALL, app_on, database, frame, press, said, sample, settle, write

SHEET = """Activity,Purpose,Data subjects,Processors,Retention,Mood
Payroll,paying staff,Employees,Xero Ltd,6 years,grim
Newsletter,telling clients,Clients,MailChimp,for ever and a day,
"""
HOSTILE = '[bold]Act[/],Pur\u202epose,Mood\n"=cmd|x",\x1b[31mpay\u202e,<b>grim[/]\u200b\n'
LIST = "| Vendor | Purpose | Location |\n|---|---|---|\n| [Payo](https://p.example) | cards | Spain |\n"


@pytest.fixture
def outserve(tmp_path: Path) -> Path:
    return database(tmp_path / "outserve.db", [sample("outserve")])


def file(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


async def bring(pilot: Pilot[None], key: str, path: str) -> None:
    """Choose a file in the form."""
    await press(pilot, key)
    await write(pilot, path)
    await press(pilot, "ctrl+s")


def keys(path: Path) -> list[str]:
    store = Store.open(path)
    return [key for each in store.organisations() for key in store.snapshot(each).register.activities]


async def test_what_is_typed_faster_than_the_screen_answers_goes_into_the_field_it_was_meant_for(
    empty: Path, tmp_path: Path
) -> None:
    async with app_on(empty).run_test(size=SMALL) as pilot:
        await bring(pilot, "I", file(tmp_path, "own.csv", SHEET))
        for key in (*"Tiny", "tab", *"Malta"):
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        lines = frame(pilot).splitlines()
        assert any("Organisation" in line and line.rstrip(" │").endswith("Tiny") for line in lines)
        assert any("Country" in line and line.rstrip(" │").endswith("Malta") for line in lines)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_register_begins_with_a_sheet_and_is_undone(empty: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    async with app_on(empty).run_test(size=size) as pilot:
        await settle(pilot)
        assert "I   reads a record that is kept in a spreadsheet" in frame(pilot)
        await bring(pilot, "I", file(tmp_path, "own.csv", SHEET))
        assert "A new register begins" in frame(pilot)
        await write(pilot, "Acme Ltd")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, ColumnsScreen)
        assert "kept as a note" in frame(pilot)
        await press(pilot, "ctrl+s")
        shown = frame(pilot)
        assert "A new register: Acme Ltd" in shown
        assert shown.index("E3") < shown.index("A2")  # the gap first
        assert keys(empty) == []
        await press(pilot, "ctrl+s")
        assert keys(empty) == ["payroll", "newsletter"]
        assert "z undoes it" in said(pilot)
        assert "Payroll" in frame(pilot)
        await press(pilot, "z")
        assert keys(empty) == []
        assert Store.open(empty).organisations() == {}


async def test_whoever_leaves_before_the_writing_has_written_nothing(outserve: Path, tmp_path: Path) -> None:
    before = keys(outserve)
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await bring(pilot, "I", file(tmp_path, "own.csv", SHEET))
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, IntakeScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ColumnsScreen)
        await press(pilot, "escape")
        assert "Needs you" in frame(pilot)
    assert keys(outserve) == before


async def test_a_mapping_is_edited_kept_and_read_by_the_command_line(
    outserve: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file(tmp_path, "own.csv", SHEET)
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await bring(pilot, "I", path)
        await press(pilot, "end", "enter", *"risk", "enter")
        assert "Risk (activity.risk)" in frame(pilot)
        await press(pilot, "up", "up", "enter", *"recipients", "down", "enter")
        await press(pilot, "r", *"controller", "enter")
        assert "role: controller" in frame(pilot)
        await press(pilot, "K", "ctrl+s")
    kept = tmp_path / "own-mapping.yaml"
    assert "field: activity.risk" in kept.read_text()
    code = run_command(
        [
            "--db",
            str(outserve),
            "import",
            "spreadsheet",
            path,
            "--organisation",
            "outserve",
            "--layout",
            str(kept),
            "--yes",
        ]
    )
    assert (code, capsys.readouterr().err) == (0, "")
    payroll = Store.open(outserve).snapshot("outserve").register.activities["payroll"]
    assert (payroll.risk, payroll.role) == ("grim", "controller")


async def test_a_kept_mapping_skips_the_columns_which_can_be_looked_at(outserve: Path, tmp_path: Path) -> None:
    path = file(tmp_path, "own.csv", SHEET)
    kept = tmp_path / "map.yaml"
    arguments = ["import", "spreadsheet", path, "--organisation", "outserve", "--write-mapping", str(kept)]
    assert run_command(["--db", str(outserve), *arguments]) == 0
    kept.write_text(kept.read_text().replace("field: note", "field: activity.risk"))
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "I")
        await write(pilot, path)
        await press(pilot, "tab")
        await write(pilot, str(kept))
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, IntakeScreen)
        await press(pilot, "m")
        assert "Risk" in frame(pilot)
        await press(pilot, "ctrl+s", "m", "escape")
        assert "Needs you" in frame(pilot)


async def test_a_field_of_one_value_goes_from_one_column_to_another(outserve: Path, tmp_path: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await bring(pilot, "I", file(tmp_path, "own.csv", SHEET))
        await press(pilot, "end", "enter", *"activity.name", "enter")
        assert "Name was column A" in said(pilot)
        await press(pilot, "home")
        assert "Name is column F now" in frame(pilot)


async def test_what_is_wrong_with_a_file_is_said_as_one_types(outserve: Path, tmp_path: Path) -> None:
    file(tmp_path, "own.csv", SHEET)
    async with app_on(outserve).run_test(size=LARGE) as pilot:
        await settle(pilot)
        await bring(pilot, "I", str(tmp_path))
        assert "it is a folder; in it: own.csv" in frame(pilot)
        await write(pilot, "/none.csv")
        assert "there is no such file" in frame(pilot)


@pytest.mark.parametrize(
    ("name", "words"), [("bomb.xlsx", "no table that a person wrote"), ("password.xlsx", "password")]
)
async def test_a_file_that_cannot_be_read_is_said_and_the_form_comes_back(
    outserve: Path, name: str, words: str
) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await bring(pilot, "I", str(FOLDER / name))
        assert words in " ".join(frame(pilot).replace("│", " ").split())
        await press(pilot, "escape")
        assert "Bring a spreadsheet in" in frame(pilot)
        assert name in frame(pilot)


async def test_a_long_file_is_stopped_before_anything_is_written(
    outserve: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, goes_on, ended = threading.Event(), threading.Event(), threading.Event()
    real = rows.drafts

    def slow(*arguments: object) -> object:
        began.set()
        goes_on.wait(20)
        try:
            yield from real(*arguments)  # type: ignore[arg-type]
        finally:
            ended.set()

    monkeypatch.setattr(importing, "drafts", slow)
    before = keys(outserve)
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await bring(pilot, "I", file(tmp_path, "own.csv", SHEET))
        await pilot.press("ctrl+s")
        while not began.is_set():
            await pilot.pause(0.01)
        assert isinstance(pilot.app.screen, WaitingScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ColumnsScreen)
        goes_on.set()
        await settle(pilot)
        assert ended.is_set()
        assert isinstance(pilot.app.screen, ColumnsScreen)
    assert keys(outserve) == before


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_hostile_sheet_is_shown_as_it_is_written(outserve: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    name = "[red]\u202ebad.csv"
    path = file(tmp_path, name, HOSTILE)
    async with app_on(outserve).run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "I")
        pilot.app.screen.query_one("#input-file").value = path  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        for step in (
            "",
            "enter",
            "escape",
            "ctrl+s",
            "down",
            "down",
            "end",
            "question_mark",
            "escape",
            "ctrl+s",
            "end",
        ):
            await press(pilot, *filter(None, (step,)))
            check(frame(pilot), size[0])
    made = Store.open(outserve).snapshot("outserve").register.activities["row-2"]
    assert "=cmd|x" in (made.note or "")


async def test_a_vendor_list_is_brought_in_and_undone(outserve: Path, tmp_path: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await bring(pilot, "V", file(tmp_path, "list.md", LIST))
        assert "a new party, payo" in frame(pilot)
        await press(pilot, "ctrl+s")
        assert "Parties" in frame(pilot)
        assert "payo" in Store.open(outserve).snapshot("outserve").register.parties
        await press(pilot, "z")
        assert "payo" not in Store.open(outserve).snapshot("outserve").register.parties


async def test_a_second_run_has_nothing_to_write(outserve: Path, tmp_path: Path) -> None:
    path = file(tmp_path, "list.md", LIST)
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await bring(pilot, "V", path)
        await press(pilot, "ctrl+s")
        await bring(pilot, "V", path)
        assert "has all of it already" in frame(pilot)
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, IntakeScreen)


async def test_the_icos_sheet_names_its_register_and_needs_no_columns(
    outserve: Path, empty: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ico.xlsx"
    report = ["report", "article-30", "outserve", "--layout", "ico", "-o", str(path)]
    assert run_command(["--db", str(outserve), *report]) == 0
    async with app_on(empty).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await bring(pilot, "I", str(path))
        assert "Outserve Limited" in frame(pilot)
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, IntakeScreen)
        await press(pilot, "m")
        assert "ICO" in frame(pilot)
        await press(pilot, "ctrl+s", "ctrl+s")
    assert Store.open(empty).organisations() == {"outserve-limited": "Outserve Limited"}


async def test_what_somebody_wrote_meanwhile_is_not_overwritten(outserve: Path, tmp_path: Path) -> None:
    path = file(tmp_path, "list.md", LIST)
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await bring(pilot, "V", path)
        assert (
            run_command(["--db", str(outserve), "import", "vendors", path, "--organisation", "outserve", "--yes"]) == 0
        )
        await press(pilot, "ctrl+s")
        assert "✖" in frame(pilot)
        assert isinstance(pilot.app.screen, IntakeScreen)


@pytest.mark.parametrize("keys", [("I",), ("V",), ("L",), ("a", "X")])
async def test_a_home_that_nobody_knows_is_no_crash(outserve: Path, keys: tuple[str, ...]) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, *keys, "ctrl+u")
        await write(pilot, "~nobody-of-that-name/x.csv")
        await press(pilot, "ctrl+s")
        assert "✖" in frame(pilot)
        assert "report it" not in frame(pilot)
