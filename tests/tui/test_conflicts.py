"""Two people with one record open: the second to save sees who changed what, and chooses."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ropa.records.activity import ActivityFields
from ropa.store.store import Store
from ropa.store.writer import Remove
from ropa.tui.editing.conflict import ConflictScreen
from ropa.tui.editing.sheet import SheetScreen
from tests.tui.test_editing import LATER, at_once, field, outserve, put, recorded
from tests.tui.walking import SMALL, app_on, frame, press, settle, write

__all__ = ["at_once", "outserve"]


async def opened(pilot: Pilot[None]) -> str:
    """The form of the first activity, with something typed into its name. Gives its key."""
    await press(pilot, "a", "e")
    await write(pilot, " of mine")
    key = getattr(getattr(pilot.app.screen, "sheet", None), "key", "")
    assert isinstance(key, str)
    return key


def activity(path: Path, key: str) -> ActivityFields:
    return recorded(path, "outserve").activities[key]


async def test_the_second_to_save_sees_who_changed_what(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        key = await opened(pilot)
        put(outserve, "activity", key, name="[/] of theirs", owner="Bob")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, ConflictScreen)
        shown = " ".join(frame(pilot).split())
        assert "bob" in shown
        assert "changed this record while you had it open." in shown
        assert "[/] of theirs" in shown
        assert activity(outserve, key).name == "[/] of theirs"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, SheetScreen)
        assert "of mine" in frame(pilot)


async def test_both_sides_can_be_read_to_their_end_and_in_words(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        key = await opened(pilot)
        name = activity(outserve, key).name
        put(outserve, "activity", key, name=f"{name} of theirs, and more", role="joint-controller")
        await press(pilot, "ctrl+s")
        shown = " ".join(frame(pilot).replace("│", " ").split())
        for words in (f"Yours {name} of mine", f"Theirs {name} of theirs, and more", f"It was {name}"):
            assert words in shown
        await press(pilot, "down")
        assert "Theirs joint controller" in " ".join(frame(pilot).replace("│", " ").split())


@pytest.mark.parametrize(("keys", "ours"), [((), True), (("t",), False), (("t", "m"), True), (("enter",), False)])
async def test_what_is_chosen_is_saved_and_what_only_they_changed_stays(
    outserve: Path, keys: tuple[str, ...], *, ours: bool
) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        key = await opened(pilot)
        put(outserve, "activity", key, name="of theirs", updated=LATER)
        await press(pilot, "ctrl+s", *keys, "ctrl+s")
        assert not isinstance(pilot.app.screen, SheetScreen)
    found = activity(outserve, key)
    assert found.name.endswith("of mine") is ours
    if keys != ("t", "m"):
        assert found.updated == LATER


async def test_a_record_that_was_removed_meanwhile_can_be_added_again(outserve: Path) -> None:
    app = app_on(outserve)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "i", *"Data subj", "enter", "end", "e")
        key = getattr(getattr(app.screen, "sheet", None), "key", "")
        put(outserve, "subject_category", key, note="seen")
        await press(pilot, "escape", "n")
        await write(pilot, "Passers-by")
        await press(pilot, "ctrl+s", "escape")
        made = "passers-by"
        app.editor.edit(f"subject_category/{made}")
        await settle(pilot)
        await write(pilot, " again")
        store = Store.open(outserve)
        version = store.snapshot("outserve").versions["subject_category", made]
        at = store.history("outserve", "subject_category", made)[0].at
        store.apply(
            "outserve",
            [Remove("subject_category", made, version)],
            who="bob",
            why="meanwhile",
            at=dt.datetime.fromisoformat(at),
        )
        await press(pilot, "ctrl+s")
        assert "removed this record while you had it open" in " ".join(frame(pilot).split())
        await press(pilot, "ctrl+s")
    assert recorded(outserve, "outserve").subject_categories[made].name == "Passers-by again"


async def test_a_draft_of_a_record_that_was_changed_since_asks_before_it_is_saved(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        key = await opened(pilot)
        await press(pilot, "escape")
        put(outserve, "activity", key, name="of theirs")
        await press(pilot, "ctrl+r", "e")
        assert "of mine" in frame(pilot)
        await field(pilot, "name")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, ConflictScreen)
    assert activity(outserve, key).name == "of theirs"
