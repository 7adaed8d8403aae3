"""Names are never markup, never move the cursor, never turn the reading direction: on any screen."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ropa.records.kinds import KINDS
from ropa.tui.screens.detail import DetailScreen
from ropa.tui.text import clean, fitted, plain, wrapped
from tests.tui.walking import LARGE, SMALL, app_on, frame, press, settle, write

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
        for screen in ("w", "a", "p", "t", "f", "c", "h"):
            await press(pilot, screen)
            check(frame(pilot), size[0])
            await press(pilot, "enter")
            check(frame(pilot), size[0])
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
