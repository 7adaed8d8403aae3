"""Walks through the terminal UI, as a person would make them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.records.errors import StoreError
from ropa.services.workspace import View
from ropa.tui.app import RopaApp
from ropa.tui.dialogs.confirm import ConfirmScreen
from ropa.tui.dialogs.form import FormScreen
from ropa.tui.dialogs.waiting import WaitingScreen
from ropa.tui.editing.columns import ColumnsScreen
from ropa.tui.editing.conflict import ConflictScreen
from ropa.tui.editing.controls import Pick
from ropa.tui.editing.fold import Fold
from ropa.tui.editing.intake import IntakeScreen
from ropa.tui.editing.picker import Picker
from ropa.tui.editing.sheet import SheetScreen
from ropa.tui.keys import KEYS, Scope, keys_of
from ropa.tui.palette import scopes_of
from ropa.tui.screens.changes import BoardScreen
from ropa.tui.screens.detail import DetailScreen
from ropa.tui.screens.findings import FindingsScreen
from ropa.tui.screens.flow_map import FlowMapScreen
from ropa.tui.screens.help import HelpScreen
from ropa.tui.screens.listing import ListScreen
from ropa.tui.screens.search import SearchScreen
from ropa.tui.widgets.cards import Cards
from ropa.tui.widgets.lines import Lines
from tests.tui.walking import LARGE, SMALL, app_on, database, frame, press, sample, settle, write


@pytest.fixture(scope="module")
def outserve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return database(tmp_path_factory.mktemp("outserve") / "outserve.db", [sample("outserve")])


async def test_the_first_screen_says_that_privacy_shield_transfers_have_no_safeguard(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await settle(pilot)
        shown = frame(pilot)
    assert "Outserve" in shown
    assert "21 November 2026" in shown
    assert "✖ 7   no valid safeguard" in shown
    assert "15 activities" in shown
    assert "20 Nov 2026, alice" in shown
    assert "third" in shown


async def test_from_a_finding_to_its_reasons_to_its_subject_and_back(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "f", "i")
        assert "It fell on 2020-07-16" in " ".join(frame(pilot).split())
        assert "[C-311/18]" in frame(pilot)
        await press(pilot, "g")
        assert "As stated: We check that software providers" in frame(pilot)
        await press(pilot, "escape", "escape")
        assert "Findings" in frame(pilot)
        assert "What to do" not in frame(pilot)
        await press(pilot, "escape")
        assert "Needs you" in frame(pilot)


async def test_a_long_finding_can_be_read_to_its_end_by_the_page(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "f", "i", "pagedown", "pagedown")
        assert "transfer-unsafeguarded" in frame(pilot)
        await press(pilot, "home")
        assert "wrong · high" in frame(pilot)
        await press(pilot, *["down"] * 25, "enter")
        assert "As stated" in frame(pilot)


async def test_a_group_on_the_overview_opens_the_findings_of_that_rule_alone(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=LARGE) as pilot:
        await press(pilot, "enter")
        shown = frame(pilot)
        assert "limited to transfer-unsafeguarded   7 of" in shown
        assert "lawful basis" not in shown.partition("│")[0]
        await press(pilot, "escape")
        assert "limited to" not in frame(pilot)


async def test_findings_can_be_limited_to_a_severity_a_rule_and_words(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "f", "s", "s")
        assert "limited to medium" in frame(pilot)
        assert "no valid safeguard" not in frame(pilot)
        await press(pilot, "escape", "r")
        assert "limited to transfer-unsafeguarded" in frame(pilot)
        await press(pilot, "l")
        await write(pilot, "vimeo")
        assert "Vimeo" in frame(pilot)
        assert "1 of" in frame(pilot)
        await write(pilot, " nobody")
        assert "No row is left" in frame(pilot)


async def test_search_finds_a_word_of_a_note_or_a_country_and_enter_goes_there(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "slash")
        await write(pilot, "party mailch")
        assert "MailChimp" in frame(pilot)
        await press(pilot, "enter")
        assert "Legal entity" in frame(pilot)
        await press(pilot, "escape")
        await write(pilot, " zzz")
        assert "Nothing holds all of" in frame(pilot)


async def test_o_changes_the_organisation_from_any_screen(demo: Path) -> None:
    async with app_on(demo).run_test(size=SMALL) as pilot:
        await press(pilot, "a", "o", "end", "enter")
        assert "ropa · Outserve" in frame(pilot)
        assert "Needs you" in frame(pilot)
        await press(pilot, "o", "home", "enter")
        assert "ropa · Connect" in frame(pilot)


async def test_a_resize_in_the_middle_keeps_the_row_and_its_detail(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "p", "down", "down", "enter")
        title = frame(pilot).splitlines()[2].strip()
        await pilot.resize_terminal(*LARGE)
        await settle(pilot)
        wide = frame(pilot)
        assert f"▹ ✖ {title}" in wide or f"▹ ? {title}" in wide or f"▹   {title}" in wide
        assert "Legal entity" in wide
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert frame(pilot).splitlines()[2].strip() == title
        await press(pilot, "escape")
        assert f"▸ ✖ {title}" in frame(pilot)


async def test_an_empty_database_says_how_to_begin(empty: Path) -> None:
    async with app_on(empty).run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "ropa load FILE" in frame(pilot)
        assert "make demo" in frame(pilot)
        await press(pilot, "a", "f", "slash", "x", "escape", "o", "escape", "question_mark", "escape", "ctrl+r")
        assert pilot.app.is_running


async def test_help_names_every_key_of_its_screen_and_of_its_dialogs(outserve: Path) -> None:
    app = app_on(outserve)
    async with app.run_test(size=(80, 130)) as pilot:
        for keys in ("w", "f", "a", "am", "c", "u", "s", "/", "an", "i", "o", "aX", "ax"):
            await press(pilot, *("slash" if key == "/" else key for key in keys))
            scopes = scopes_of(app.screen)
            await press(pilot, "f1")
            dialog = [line[3:77] for line in frame(pilot).splitlines()]
            read = " ".join(" ".join(dialog).split())
            for key in keys_of(scopes):
                assert key.explain in read, (keys, key)
            assert "Signs" in read, keys
            await press(pilot, "f1", "escape")
            while len(app.screen_stack) > 1:
                await press(pilot, "escape")


def test_every_key_of_the_table_does_something() -> None:
    owners: dict[Scope, type[object]] = {
        "everywhere": RopaApp,
        "lines": Lines,
        "list": ListScreen,
        "findings": FindingsScreen,
        "detail": DetailScreen,
        "record": ListScreen,
        "map": FlowMapScreen,
        "search": SearchScreen,
        "dialog": HelpScreen,
        "board": Cards,
        "change": BoardScreen,
        "form": FormScreen,
        "question": ConfirmScreen,
        "sheet": SheetScreen,
        "pick": Pick,
        "fold": Fold,
        "picker": Picker,
        "making": Picker,
        "conflict": ConflictScreen,
        "columns": ColumnsScreen,
        "intake": IntakeScreen,
        "waiting": WaitingScreen,
    }
    for key in KEYS:
        owner: type[object] = RopaApp if key.action.startswith("app.") else owners[key.scope]
        name = key.action.removeprefix("app.").partition("(")[0]
        assert callable(getattr(owner, f"action_{name}", None)), key


async def test_light_and_dark_change_with_one_key(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await settle(pilot)
        before = pilot.app.current_theme.dark
        await press(pilot, "ctrl+t")
        assert pilot.app.current_theme.dark is not before


async def test_the_mouse_opens_rows_and_keys(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.click("KeyBar", offset=(2, 0))
        await settle(pilot)
        assert "Activities" in frame(pilot)
        await pilot.click("#list", offset=(6, 3))
        await settle(pilot)
        assert "▸ ✖ Marketing to clients" in frame(pilot)
        await pilot.click("#list", offset=(6, 3))
        await settle(pilot)
        assert "Needs you" in frame(pilot)


async def test_a_failure_is_a_message_and_not_a_traceback(outserve: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(outserve)

    def broken(_organisation: str) -> View:
        raise StoreError("[/] it is in use by another program")

    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "a")
        monkeypatch.setattr(app.workspace, "view", broken)
        await press(pilot, "ctrl+r")
        assert "it is in use by another program" in frame(pilot)
        assert isinstance(pilot.app, RopaApp)
        await press(pilot, "escape")
        assert pilot.app.is_running


async def test_what_was_read_for_an_earlier_question_is_thrown_away(outserve: Path) -> None:
    import threading

    app = app_on(outserve)
    got: list[str] = []
    gate = threading.Event()

    def slow() -> str:
        gate.wait(10)
        return "first"

    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.read("question", slow, got.append)
        app.read("question", lambda: "second", got.append)
        gate.set()
        await settle(pilot)
    assert got == ["second"]
