"""Going about: lists in any order and to a file, the palette, forward again, where one has been, what is empty."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from textual.command import CommandPalette

from ropa.services.browsing.lists import ALL_LISTS
from ropa.tui.editing.sheet import SheetScreen
from ropa.tui.palette import commands
from ropa.tui.screens.detail import DetailScreen
from ropa.tui.screens.findings import FindingsScreen
from ropa.tui.screens.listing import ListScreen
from ropa.tui.screens.overview import OverviewScreen
from ropa.tui.screens.search import SearchScreen
from ropa.tui.widgets.table import Table
from tests.tui.walking import LARGE, SMALL, app_on, database, frame, press, said, sample, settle, write


@pytest.fixture
def infotek(tmp_path: Path) -> Path:
    return database(tmp_path / "infotek.db", [sample("infotek")])


def names(table: Table) -> list[str]:
    """The first cells, as they stand."""
    return [item.cells[0] for item in table.items]


async def test_b_sorts_by_each_column_both_ways_and_says_so(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "p")
        table = app.screen.query_one("#list", Table)
        as_recorded = names(table)
        await press(pilot, "b")
        assert names(table) == sorted(as_recorded, key=str.casefold)
        assert "Party ▲" in frame(pilot)
        assert "by Party, rising ▲" in frame(pilot)
        await press(pilot, "b")
        assert names(table) == sorted(as_recorded, key=str.casefold, reverse=True)
        assert "by Party, falling ▼" in frame(pilot)
        await press(pilot, *"bbbbbb", "b")
        assert names(table) == as_recorded
        assert "▲" not in frame(pilot)


async def test_the_order_stays_while_the_list_is_limited_and_read_again(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "p", "b", "b", "l")
        await write(pilot, "kingdom")
        await press(pilot, "enter", "ctrl+r")
        found = names(app.screen.query_one("#list", Table))
        assert len(found) > 1
        assert found == sorted(found, key=str.casefold, reverse=True)


async def test_a_click_on_a_heading_sorts_by_it_and_a_second_one_the_other_way(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "p")
        heading = frame(pilot).splitlines()[2]
        await pilot.click("#list", offset=(heading.index("Where") + 1, 0))
        await settle(pilot)
        assert "by Where, rising ▲" in frame(pilot)
        await pilot.click("#list", offset=(frame(pilot).splitlines()[2].index("Where") + 1, 0))
        await settle(pilot)
        assert "by Where, falling ▼" in frame(pilot)
        assert isinstance(app.screen, ListScreen)


async def test_the_rows_that_are_shown_go_to_a_file_and_nothing_is_replaced_unasked(infotek: Path) -> None:
    app, target = app_on(infotek), infotek.with_name("infotek-party.csv")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "p", "l")
        await write(pilot, "kingdom")
        await press(pilot, "enter", "b", "X")
        assert "replaced" not in frame(pilot)
        await press(pilot, "ctrl+s")
        assert "wrote" in said(pilot)
        with target.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == ["State", "Party", "What it is to us", "Where", "For"]
        assert [row[1] for row in rows[1:]] == names(app.screen.query_one("#list", Table))
        await press(pilot, "X")
        assert "It would be replaced" in " ".join(frame(pilot).split())
        await press(pilot, "escape")


async def test_an_export_never_takes_the_place_of_the_database(infotek: Path) -> None:
    app, before = app_on(infotek), infotek.read_bytes()
    async with app.run_test(size=LARGE) as pilot:
        await press(pilot, "p", "X", "end", *["backspace"] * len("-party.csv"))
        await write(pilot, ".db")
        await press(pilot, "ctrl+s")
        assert "must end in .csv" in frame(pilot)
    assert infotek.read_bytes() == before


async def test_esc_and_forward_go_the_same_way(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "slash")
        await write(pilot, "pipeten")
        await press(pilot, "enter")
        assert isinstance(app.screen, DetailScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, OverviewScreen)
        await press(pilot, "right_square_bracket")
        assert isinstance(app.screen, SearchScreen)
        assert "pipeten" in frame(pilot)
        await press(pilot, "alt+right")
        assert isinstance(app.screen, DetailScreen)
        await press(pilot, "alt+left", "escape", "a", "right_square_bracket")
        assert "nothing further on" in said(pilot)


async def test_where_one_has_been_can_be_chosen_again(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "p", "g", "a", "H")
        shown = frame(pilot)
        assert "Where you have been" in shown
        assert shown.index("Barclays PLC") < shown.index("Parties")
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, DetailScreen)
        assert "Barclays PLC" in frame(pilot)


async def test_the_palette_does_what_its_words_say(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=LARGE) as pilot:
        await press(pilot, "a", "ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        await write(pilot, "add a vendor")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        assert isinstance(app.screen, SheetScreen)
        await press(pilot, "escape", "c", "ctrl+p")
        await write(pilot, "approve")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        assert "pprove" in frame(pilot)


async def test_the_palette_offers_every_list_every_kind_and_the_verbs_of_the_screen(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "a")
        offered = {each.title: each.callback for each in commands(app, app.screen)}
        for words in ("Undo", "Search everything", "Remove it", "Limit the list", "Sort by", "Change between light"):
            assert any(title.startswith(words) for title in offered), words
        assert not any("one line up" in title.casefold() for title in offered)
        for title, callback in offered.items():
            if title.startswith("List: "):
                callback()
                await settle(pilot)
                assert not isinstance(app.screen, OverviewScreen), title
                assert "Reading" not in frame(pilot), title
        assert sum(title.startswith("List: ") for title in offered) == len(ALL_LISTS)
        offered["Add to: Breaches"]()
        await settle(pilot)
        assert isinstance(app.screen, SheetScreen)


async def test_enter_on_a_finding_opens_what_mends_it_and_i_says_why(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "f")
        assert isinstance(app.screen, FindingsScreen)
        assert "Enter mend" in frame(pilot)
        await press(pilot, "i")
        assert "wrong · high" in frame(pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_nothing_waits_forever_on_an_empty_database(empty: Path, size: tuple[int, int]) -> None:
    app = app_on(empty)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "makes the first organisation" in frame(pilot)
        for key in ("a", "p", "t", "f", "c", "u", "h", "s", "slash"):
            await press(pilot, key)
            shown = " ".join(frame(pilot).replace("│", " ").split())
            assert "Reading" not in shown, key
            assert "n makes the first organisation" in shown, key
            await press(pilot, "escape")
        for keys in ("n", "an", "cn"):
            await press(pilot, *keys)
            assert isinstance(app.screen, SheetScreen), keys
            assert "New organisation" in frame(pilot)
            await press(pilot, "escape", "escape")


async def test_the_first_screen_of_an_empty_database_leads_on_by_enter(empty: Path) -> None:
    app = app_on(empty)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "enter")
        assert isinstance(app.screen, SheetScreen)
        for words in ("Bring a spreadsheet in", "Bring a vendor list in", "Load register files"):
            await press(pilot, "escape", "down", "enter")
            assert words in frame(pilot)


async def test_a_register_file_is_loaded_from_the_first_screen(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text("format: 1\norganisation: {key: acme, name: Acme, country: GB}\n")
    app = app_on(empty)
    async with app.run_test(size=LARGE) as pilot:
        await press(pilot, "L")
        await write(pilot, str(tmp_path / "gone.yaml"))
        await press(pilot, "ctrl+s")
        assert "there is no file" in frame(pilot)
        await press(pilot, *["backspace"] * len("gone.yaml"))
        await write(pilot, "*.yaml")
        await press(pilot, "ctrl+s")
        assert "ropa · Acme" in frame(pilot)


async def test_findings_stand_in_groups_and_sorting_makes_one_list_of_them(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "f")
        assert "no lawful basis recorded (10)" in frame(pilot)
        heading = frame(pilot).splitlines()[2]
        await pilot.click("#list", offset=(heading.index("About") + 1, 0))
        await settle(pilot)
        assert "by About, rising ▲" in frame(pilot)
        assert "(10)" not in frame(pilot)
        await press(pilot, "b", "b", "b", "b")
        assert "no lawful basis recorded (10)" in frame(pilot)
        await press(pilot, "l")
        await write(pilot, "marketing")
        assert "no lawful basis recorded (1)" in frame(pilot)


async def test_a_screen_that_becomes_narrow_keeps_the_pane_that_has_the_keys(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=LARGE) as pilot:
        await press(pilot, "p", "down", "tab")
        detail, rows = app.screen.query_one("#detail"), app.screen.query_one("#list")
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert (detail.display, rows.display, detail.has_focus) == (True, False, True)
        await pilot.resize_terminal(*LARGE)
        await press(pilot, "shift+tab")
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert (detail.display, rows.display, rows.has_focus) == (False, True, True)


async def test_the_subprocessors_stay_in_sight_when_their_facts_have_the_keys(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "s", "tab")
        assert "UKFast" in frame(pilot)
        assert app.screen.query_one("#list").display
        await press(pilot, "escape")
        assert app.screen.query_one("#list").has_focus


async def test_r_passes_over_rules_of_which_no_finding_is_left(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "f", "s", "s", "s")
        assert "limited to low" in frame(pilot)
        for _ in range(4):
            await press(pilot, "r")
            assert "No row is left" not in frame(pilot)


async def test_the_bar_offers_nothing_that_a_list_cannot_do(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=LARGE) as pilot:
        for key, absent in (("f", ("n new",)), ("s", ("n new", "v vendor", "m map")), ("h", ("n new", "e edit"))):
            await press(pilot, "w", key)  # s has another meaning among findings
            bar = frame(pilot).splitlines()[-1]
            assert not any(each in bar for each in absent), bar
        await press(pilot, "w", "s", "n")
        assert "nothing is added here" in said(pilot)
