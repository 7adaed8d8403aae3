"""The map of an activity on the screen: it stays a tree at 80 columns, leads on, and goes to files."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest
from rich.cells import cell_len

from ropa.exchange.register_file import read_register
from ropa.tui.browser import open_in_browser
from ropa.tui.editing.sheet import SheetScreen
from ropa.tui.screens.detail import DetailScreen
from ropa.tui.screens.flow_map import FlowMapScreen
from ropa.tui.widgets.branches import Branches
from tests.tui.walking import LARGE, SMALL, app_on, database, frame, press, said, sample, settle

DEEP = 30


@pytest.fixture
def outserve(tmp_path: Path) -> Path:
    return database(tmp_path / "outserve.db", [sample("outserve")])


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> webbrowser.BaseBrowser:
        raise webbrowser.Error("there is none")

    monkeypatch.setattr(webbrowser, "get", none)


async def test_a_flagged_hop_stands_beside_its_reasons_and_enter_goes_to_the_node(outserve: Path) -> None:
    app = app_on(outserve)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "a", "down", "down", "m")
        shown = frame(pilot)
        assert "└═▶ MailChimp (United States)" in shown
        assert "✖1" in shown
        assert "1 flagged" in shown
        assert "It fell on 2020-07-16" in " ".join(shown.split())
        await press(pilot, "down", "down", "enter")
        assert isinstance(app.screen, DetailScreen)
        assert app.screen.subject == "party/mailchimp"
        await press(pilot, "escape", "e")
        assert isinstance(app.screen, SheetScreen)
        assert "MailChimp for Marketing" in frame(pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_deep_tree_with_long_names_keeps_one_line_for_each_hop(tmp_path: Path, size: tuple[int, int]) -> None:
    parties = "\n".join(f"  p{n}: {{name: 漢字 Party number {n} {'long ' * 12}, country: US}}" for n in range(DEEP))
    flows = "\n".join(f"      - {{origin: party/p{n}, destination: party/p{n + 1}}}" for n in range(DEEP - 1))
    text = (
        f"format: 1\norganisation: {{key: acme, name: Acme, country: GB}}\nparties:\n{parties}\n"
        f"data_categories: {{name: Name}}\nactivities:\n  deep:\n    name: Deep\n    data_categories: [name]\n"
        f"    engagements: [p0]\n    flows:\n{flows}\n"
    )
    app = app_on(database(tmp_path / "deep.db", [read_register(text, "deep.yaml")]))
    async with app.run_test(size=size) as pilot:
        await press(pilot, "a", "m")
        tree = app.screen.query_one(Branches)
        assert tree.line_count() == DEEP + 1
        for number in range(DEEP + 1):
            line = "".join(piece for piece, _ in tree.line(number, tree.room - 2))
            assert cell_len(line) <= tree.room, line
            assert number == 0 or "▶" in line
        await press(pilot, "end")
        assert f"Party number {DEEP - 1}" in frame(pilot)


async def test_x_writes_the_map_as_text(outserve: Path) -> None:
    app = app_on(outserve)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "a", "down", "down", "m", "x", "ctrl+s")
        assert isinstance(app.screen, FlowMapScreen)
        assert "wrote" in said(pilot)
    (written,) = outserve.parent.glob("outserve-*.txt")
    assert "└═▶ MailChimp (United States)  ✖1" in written.read_text(encoding="utf-8")


async def test_o_writes_the_drawing_and_says_where_when_there_is_no_browser(outserve: Path) -> None:
    app = app_on(outserve)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "a", "down", "down", "m", "o")
        assert "No browser was found" in said(pilot)
    (written,) = outserve.parent.glob("outserve-*.svg")
    assert "<svg" in written.read_text(encoding="utf-8")


async def test_a_folder_that_cannot_be_written_is_a_message(outserve: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(outserve)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "a", "down", "down", "m")
        assert isinstance(app.screen, FlowMapScreen)
        monkeypatch.setattr(app.screen, "_path", lambda _view, suffix: outserve.parent / "gone" / f"map.{suffix}")
        await press(pilot, "o")
        assert "No such file or directory" in said(pilot)
        assert app.is_running


async def test_an_activity_without_flows_says_what_to_do(tmp_path: Path) -> None:
    text = "format: 1\norganisation: {key: acme, name: Acme, country: GB}\nactivities: {quiet: {name: Quiet}}\n"
    app = app_on(database(tmp_path / "quiet.db", [read_register(text, "quiet.yaml")]))
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "a", "m")
        assert "v adds a vendor" in frame(pilot)
        await press(pilot, "e", "enter", "down")
        await settle(pilot)
        assert app.is_running


def test_a_browser_that_draws_in_the_terminal_is_not_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("w3m"))
    assert not open_in_browser(tmp_path / "x.svg")
