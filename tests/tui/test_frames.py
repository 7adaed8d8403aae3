"""The main screens as text, at both sizes, from the sample registers on 21 November 2026.

After a change that is meant, write them anew with `ROPA_WRITE_GOLDEN=1 pytest tests/tui/test_frames.py` and read
the difference.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from ropa.tui.editing.sheet import SheetScreen
from tests.tui.walking import LARGE, SMALL, app_on, frame, press, settle

GOLDEN = Path(__file__).parent / "golden"
SHEETS = Path(__file__).parent / "sheets"
OUTSERVE, INFOTEK = ("o", "end", "enter"), ("o", "home", "down", "down", "enter")
MARKETING = (*OUTSERVE, "a", "down", "down")
SCREENS = {
    "overview": OUTSERVE,
    "overview-infotek": INFOTEK,
    "activities": (*OUTSERVE, "a"),
    "activities-sorted": (*OUTSERVE, "a", "b", "b"),
    "activity": (*MARKETING, "enter"),
    "activity-form": (*MARKETING, "e"),
    "vendor-form": (*MARKETING, "v", "enter", *"zend", "enter"),
    "picker": (*MARKETING, "v", "enter", *"ma"),
    "map": (*MARKETING, "m"),
    "map-of-support": (*INFOTEK, "a", "m"),
    "parties": (*INFOTEK, "p"),
    "transfers": (*OUTSERVE, "t"),
    "findings": (*OUTSERVE, "f"),
    "finding": (*OUTSERVE, "f", "i"),
    "finding-form": (*OUTSERVE, "f", "enter"),
    "agreements": (*INFOTEK, "i", *"agreem", "enter"),
    "data": (*INFOTEK, "i", *"data cat", "enter"),
    "documents": (*INFOTEK, "i", *"document", "enter"),
    "history": (*INFOTEK, "h"),
    "subprocessors": (*INFOTEK, "s"),
    "changes": (*INFOTEK, "c"),
    "change": (*INFOTEK, "c", "down", "enter"),
    "change-sent": (*INFOTEK, "c", "down", "s"),
    "change-effective": (*INFOTEK, "c", "down", "E"),
    "calendar": (*INFOTEK, "u"),
    "search": (*OUTSERVE, "slash", *"shield"),
    "been": (*OUTSERVE, "a", "p", "g", "H"),
    "help": (*OUTSERVE, "f", "question_mark"),
    "organisations": ("o",),
    "bring-columns": (*OUTSERVE, "I", *"own.csv", "ctrl+s", "end"),
    "bring-field": (*OUTSERVE, "I", *"own.csv", "ctrl+s", "end", "enter", *"risk"),
    "bring-preview": (*OUTSERVE, "I", *"own.csv", "ctrl+s", "ctrl+s", "down", "down"),
    "bring-vendors": (*OUTSERVE, "V", *"list.md", "ctrl+s", "end"),
}
EMPTY = {
    "empty": (),
    "empty-activities": ("a",),
    "empty-board": ("c",),
    "empty-calendar": ("u",),
    "empty-form": ("n",),
    "empty-bring": ("I",),
    "empty-begin": ("V", *"list.md", "ctrl+s"),
}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alice, and a form that says what follows without waiting for a pause."""
    monkeypatch.setenv("LOGNAME", "alice")  # who decides stands in a form
    monkeypatch.setattr(SheetScreen, "PAUSE", 0.001)
    monkeypatch.chdir(SHEETS)  # files are named without a folder


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCREENS)
async def test_the_screen_looks_as_it_did(demo: Path, name: str, size: tuple[int, int]) -> None:
    await compare(demo, name, SCREENS[name], size)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", EMPTY)
async def test_a_database_without_a_register_looks_as_it_did(empty: Path, name: str, size: tuple[int, int]) -> None:
    await compare(empty, name, EMPTY[name], size)


async def compare(database: Path, name: str, keys: Iterable[str], size: tuple[int, int]) -> None:
    """Walk to a screen; it must be the same as in its file."""
    async with app_on(database).run_test(size=size) as pilot:
        await press(pilot, *("space" if key == " " else key for key in keys))
        await settle(pilot)
        shown = frame(pilot)
    path = GOLDEN / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("ROPA_WRITE_GOLDEN"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


def test_no_frame_is_left_over() -> None:
    names = {path.stem.rpartition("-")[0] for path in GOLDEN.glob("*.txt")}
    assert names == {*SCREENS, *EMPTY}
