"""The register is read again after each save, by whoever made it: the cursor stays, and nothing passes for another."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from ropa.records.organisation import OrganisationFields
from ropa.services.subjects import finding_of, same_in
from ropa.services.workspace import View, Workspace
from ropa.store.store import Store
from ropa.store.writer import Put
from ropa.tui.app import RopaApp
from ropa.tui.screens.listing import ListScreen
from ropa.tui.widgets.lines import Lines
from ropa.tui.widgets.table import Table
from tests.tui.walking import LOADED, SMALL, TODAY, app_on, database, frame, press, said, sample, settle

ADDRESS = "contact-missing"
PLACES = {
    "overview": (),
    "what is coming up": ("tab",),
    "calendar": ("u",),
    "search": ("slash", *"host", "down"),
    "change": ("c", "enter", "shift+tab"),
    "activity": ("a", "enter"),
    "findings": ("f",),
    "board": ("c",),
    "map": ("a", "m"),
}


@pytest.fixture
def infotek(tmp_path: Path) -> Path:
    return database(tmp_path / "infotek.db", [sample("infotek")])


def mend_address(path: Path) -> None:
    """Somebody else records the address: a finding in the middle of the list goes, and all below move up."""
    store = Store.open(path)
    snapshot = store.snapshot("infotek")
    owner = snapshot.register.organisation
    assert isinstance(owner, OrganisationFields)
    changed = owner.model_copy(update={"address": "1 High Street"})
    versions = snapshot.versions
    put = Put("organisation", changed, versions.get(("organisation", owner.key)))
    store.apply("infotek", [put], who="bob", why="address", at=LOADED)


def at(pilot: Pilot[None]) -> tuple[str, int, float]:
    """What has the cursor, its number, and how far down is scrolled."""
    lines = pilot.app.screen.focused
    assert isinstance(lines, Lines)
    return lines.current, lines.cursor, lines.scroll_offset.y


def number_of(app: RopaApp, rule: str) -> int:
    """The number of the finding of a rule."""
    assert app.view is not None
    return next(number for number, each in enumerate(app.view.findings) if each.rule == rule)


@pytest.mark.parametrize("place", PLACES)
async def test_the_cursor_stays_where_it_was_when_the_register_is_read_again(infotek: Path, place: str) -> None:
    async with app_on(infotek).run_test(size=SMALL) as pilot:
        await press(pilot, *PLACES[place], "down", "down", "down")
        before = at(pilot)
        assert before[1:] != (0, 0)
        await press(pilot, "ctrl+r")
        assert at(pilot) == before


async def test_the_cursor_stays_on_its_finding_when_one_above_it_is_mended(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "f", *["down"] * (number_in(infotek) + 2))
        table = app.screen.query_one("#list", Table)
        row, number = table.items[table.cursor].cells, table.cursor
        mend_address(infotek)
        await press(pilot, "ctrl+r")
        assert (table.items[table.cursor].cells, table.cursor) == (row, number - 1)


def number_in(path: Path) -> int:
    """The number of the finding about the address, before anything is on the screen."""
    found = Workspace.open(path, TODAY).view("infotek").findings
    return next(number for number, each in enumerate(found) if each.rule == ADDRESS)


async def test_when_the_finding_under_the_cursor_is_mended_the_cursor_stays_at_its_height(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        place = number_in(infotek)
        await press(pilot, "f", *["down"] * place)
        mend_address(infotek)
        await press(pilot, "ctrl+r")
        assert app.screen.query_one("#list", Table).cursor == place


async def test_a_mended_finding_does_not_turn_into_the_next_one_while_it_is_open(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.go(f"finding/{number_of(app, ADDRESS)}")
        await settle(pilot)
        assert "address not recorded" in frame(pilot)
        mend_address(infotek)
        await press(pilot, "ctrl+r")
        assert "this is not found any more" in frame(pilot)
        await press(pilot, "e", "x", "g")  # there is nothing that these could be for
        assert "this is not found any more" in frame(pilot)


async def test_another_finding_stays_the_one_that_is_open(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.go(f"finding/{number_of(app, ADDRESS) + 3}")
        await settle(pilot)
        shown = frame(pilot)
        mend_address(infotek)
        await press(pilot, "ctrl+r")
        assert frame(pilot) == shown


async def test_the_reasons_close_when_their_finding_is_mended(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "f", *["down"] * number_in(infotek), "i")
        assert isinstance(app.screen, ListScreen)
        assert app.screen.has_class("-opened")
        mend_address(infotek)
        await press(pilot, "ctrl+r")
        assert not app.screen.has_class("-opened")
        assert app.screen.query_one("#list").has_focus


def test_findings_and_crossings_are_found_again_by_what_they_say(infotek: Path) -> None:
    before = Workspace.open(infotek, TODAY).view("infotek")
    mend_address(infotek)
    after = Workspace.open(infotek, TODAY).view("infotek")
    for number, finding in enumerate(before.findings):
        again = same_in(before, f"finding/{number}", after)
        assert bool(again) == (finding.rule != ADDRESS)
        if again:
            found = finding_of(after, again.removeprefix("finding/"))
            assert found is not None
            assert found.title == finding.title
    for number in range(len(before.crossings)):
        assert same_in(before, f"crossing/{number}", after) == f"crossing/{number}"
    assert same_in(before, "party/ukfast", after) == "party/ukfast"
    assert same_in(before, "party/nobody", after) == ""


def renamed(app: RopaApp) -> str:
    return app.screen.query_one("#list", Table).items[0].cells[0]


async def test_what_was_saved_is_shown_before_the_register_has_been_read_again(
    infotek: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, may_read = Workspace.view, Event()

    def slow(self: Workspace, organisation: str) -> View:
        assert may_read.wait(30)
        return read(self, organisation)

    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "a")
        name = renamed(app)
        await press(pilot, "e", "end", "z")
        monkeypatch.setattr(Workspace, "view", slow)
        await pilot.press("ctrl+s")
        for _ in range(200):
            await pilot.pause(0.02)
            if isinstance(app.screen, ListScreen) and renamed(app) != name:
                break
        assert renamed(app) == f"{name}z"
        before, rows = app.view, app.screen.query_one("#list", Table).items
        may_read.set()
        await settle(pilot)
        assert app.view is not before
        assert app.screen.query_one("#list", Table).items == rows
        stored = Store.open(infotek).snapshot("infotek").register.activities
        assert stored[rows[0].subject.partition("/")[2]].name == f"{name}z"


async def test_what_others_wrote_meanwhile_is_there_after_a_save_too(infotek: Path) -> None:
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "a", "e", "end", "z")
        mend_address(infotek)
        await press(pilot, "ctrl+s")
        assert app.view is not None
        assert app.view.register.organisation.address == "1 High Street"
        assert renamed(app).endswith("z")


async def test_what_was_saved_stays_saved_where_it_cannot_be_shown_at_once(
    infotek: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("party")

    monkeypatch.setattr("ropa.tui.app.saved_in", broken)
    app = app_on(infotek)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "a", "e", "end", "z", "ctrl+s")
        assert renamed(app).endswith("z")
        assert "Saved. z undoes it." in said(pilot)
