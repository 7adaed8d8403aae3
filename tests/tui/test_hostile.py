"""Names are never markup, never move the cursor, never turn the reading direction: on any screen."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ropa.records.kinds import KINDS
from ropa.services.browsing.export import rows_as_csv
from ropa.services.browsing.lists import ALL_LISTS, list_of
from ropa.services.workspace import Workspace
from ropa.tui.dialogs.form import FormScreen
from ropa.tui.editing.sheet import SheetScreen
from ropa.tui.screens.change import ChangeScreen
from ropa.tui.screens.changes import BoardScreen
from ropa.tui.screens.detail import DetailScreen
from ropa.tui.text import clean, fitted, plain, wrapped
from tests.tui.walking import LARGE, SMALL, TODAY, app_on, frame, press, settle, write

ANYTHING = st.text(st.characters(codec=None), max_size=80)


def check(shown: str, width: int) -> None:
    """The frame holds signs alone, and no line is longer than the screen."""
    for line in shown.splitlines():
        assert cell_len(line) <= width, line
        assert all(unicodedata.category(sign) not in ("Cc", "Cf") for sign in line), ascii(line)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_screen_shows_hostile_names_as_they_are_written(hostile: Path, size: tuple[int, int]) -> None:
    async with app_on(hostile).run_test(size=size) as pilot:
        await settle(pilot)
        assert "[/] Acme [red]x[/red] �evil�" in frame(pilot)
        for screen in ("w", "a", "p", "t", "f", "c", "u", "h", "s"):
            await press(pilot, screen)
            check(frame(pilot), size[0])
            await press(pilot, "enter")
            check(frame(pilot), size[0])
            if isinstance(pilot.app.screen, SheetScreen):
                await press(pilot, "escape")
        await press(pilot, "question_mark")
        check(frame(pilot), size[0])
        await press(pilot, "escape")
        await press(pilot, "o")
        assert "Acme [red]x[/red]" in frame(pilot)
        await press(pilot, "escape", "slash")
        await write(pilot, "[/]")
        assert "Acme [/] Ltd" in frame(pilot)
        check(frame(pilot), size[0])
        assert pilot.app.is_running


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_record_can_be_opened(hostile: Path, size: tuple[int, int]) -> None:
    app = app_on(hostile)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert app.view is not None
        subjects = [f"{kind}/{key}" for kind in KINDS for key in app.view.register.of_kind(kind)]
        subjects += [f"finding/{number}" for number in range(len(app.view.findings))]
        for subject in subjects:
            await app.push_screen(DetailScreen(subject))
            await settle(pilot)
            assert "Reading" not in frame(pilot), subject
            check(frame(pilot), size[0])
            app.pop_screen()
        assert not app._notifications  # noqa: SLF001 nothing went wrong on the way


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_list_in_every_order_the_maps_and_the_dialogs_show_them_too(
    hostile: Path, size: tuple[int, int]
) -> None:
    app = app_on(hostile)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for kind in ALL_LISTS:
            app.action_jump(kind)
            for _order in range(3):
                await press(pilot, "b") if kind != "change" else await settle(pilot)
                check(frame(pilot), size[0])
            if kind not in ("change", "history"):
                await press(pilot, "X")
                check(frame(pilot), size[0])
                await press(pilot, "escape")
        for activity in ("one", "two"):
            app.map(activity)
            await settle(pilot)
            check(frame(pilot), size[0])
            await press(pilot, "down", "tab", "down", "x")
            check(frame(pilot), size[0])
            await press(pilot, "escape")
        for dialog in ("H", "i", "n", "L", "ctrl+p"):
            await press(pilot, dialog)
            check(frame(pilot), size[0])
            await press(pilot, "escape")
        for keys in (("a", "e"), ("a", "v"), ("a", "x"), ("p", "e"), ("p", "x"), ("p", "n")):
            await press(pilot, *keys)
            check(frame(pilot), size[0])
            await press(pilot, "tab", "enter")
            check(frame(pilot), size[0])
            await press(pilot, "escape", "escape")
            await press(pilot, "w")
        assert not any("ropa failed" in each.message for each in app._notifications)  # noqa: SLF001 the only way to them


def test_an_exported_list_of_hostile_names_computes_nothing(hostile: Path) -> None:
    workspace = Workspace.open(hostile, TODAY)
    for kind in ALL_LISTS:
        found = list_of(workspace.view("hostile"), kind)
        for row in csv.reader(io.StringIO(rows_as_csv(found.columns, found.items))):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row), row
            assert "\u202e" not in "".join(row)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_board_its_forms_and_its_clocks_show_hostile_names_as_they_are_written(
    hostile: Path, size: tuple[int, int]
) -> None:
    app = app_on(hostile)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "c")
        for keys in (("A", "d", "s", "W"), ("s", "y", "l", "E", "M"), ("b", "r"), ()):
            for key in keys:
                await press(pilot, key)
                check(frame(pilot), size[0])
                if isinstance(app.screen, FormScreen):
                    await press(pilot, "shift+tab", "enter")
                    check(frame(pilot), size[0])
                    await press(pilot, "escape")
                    for _again in range(2):
                        if isinstance(app.screen, FormScreen):
                            await press(pilot, "escape")
                assert isinstance(app.screen, BoardScreen), key
            await press(pilot, "tab", "enter")
            check(frame(pilot), size[0])
            await press(pilot, "escape")
            check(frame(pilot), size[0])
            await press(pilot, "shift+tab", "down")
        await press(pilot, "enter")
        check(frame(pilot), size[0])
        assert isinstance(app.screen, ChangeScreen)
        assert "why[/link]" in frame(pilot)


async def test_a_click_on_a_name_never_runs_what_it_says(hostile: Path) -> None:
    async with app_on(hostile).run_test(size=SMALL) as pilot:
        await press(pilot, "p", "enter")
        lines = frame(pilot).splitlines()
        row, line = next((row, line) for row, line in enumerate(lines) if "[@click=app.quit]x" in line)
        await pilot.click(offset=(line.index("]x") + 1, row))
        await settle(pilot)
        assert pilot.app.is_running


@given(ANYTHING)
def test_clean_text_holds_only_signs_that_are_drawn(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in cleaned)
    assert plain(text).plain == cleaned
    assert not plain(text).spans


@given(ANYTHING, st.integers(0, 40))
def test_fitted_text_takes_exactly_its_width(text: str, width: int) -> None:
    assert cell_len(fitted(text, width)) == width


@given(ANYTHING, st.integers(2, 40))
def test_wrapped_text_stays_within_its_width_and_loses_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())
