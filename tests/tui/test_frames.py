"""The main screens as text, at both sizes, from the sample registers on 21 November 2026.

After a change that is meant, write them anew with `ROPA_WRITE_GOLDEN=1 pytest tests/tui/test_frames.py` and read
the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tui.walking import LARGE, SMALL, app_on, frame, press

GOLDEN = Path(__file__).parent / "golden"
OUTSERVE, INFOTEK = ("o", "end", "enter"), ("o", "home", "down", "down", "enter")
SCREENS = {
    "overview": OUTSERVE,
    "overview-infotek": INFOTEK,
    "activities": (*OUTSERVE, "a"),
    "activity": (*OUTSERVE, "a", "down", "down", "enter"),
    "parties": (*INFOTEK, "p"),
    "transfers": (*OUTSERVE, "t"),
    "findings": (*OUTSERVE, "f"),
    "finding": (*OUTSERVE, "f", "enter"),
    "changes": (*INFOTEK, "c"),
    "search": (*OUTSERVE, "slash", *"shield"),
    "help": (*OUTSERVE, "f", "question_mark"),
    "organisations": ("o",),
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCREENS)
async def test_the_screen_looks_as_it_did(demo: Path, name: str, size: tuple[int, int]) -> None:
    async with app_on(demo).run_test(size=size) as pilot:
        await press(pilot, *SCREENS[name])
        shown = frame(pilot)
    path = GOLDEN / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("ROPA_WRITE_GOLDEN"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")
