"""Pictures of the main screens, from the sample registers: `python -m tests.tui.pictures FOLDER`."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ropa.tui.editing.sheet import SheetScreen
from ropa.tui.themes import DARK, LIGHT
from tests.tui.walking import app_on, database, press, sample, settle


@dataclass(frozen=True, slots=True)
class Walk:
    """The sample register, the keys that lead to the screen, and the theme."""

    register: str
    keys: tuple[str, ...]
    theme: str = DARK.name


WALKS: dict[str, Walk] = {
    "overview": Walk("outserve", ()),
    "activities": Walk("outserve", ("a", "down", "down")),
    "findings": Walk("outserve", ("f",)),
    "parties": Walk("outserve", ("p", "down", "down")),
    "form": Walk("outserve", ("a", "down", "down", "e")),
    "vendor": Walk("outserve", ("a", "down", "down", "v", "enter", *"zend", "enter")),
    "map": Walk("outserve", ("a", "down", "down", "m", "down", "down")),
    "board": Walk("infotek", ("c",), LIGHT.name),
    "subprocessors": Walk("infotek", ("s",), LIGHT.name),
}
SIZE = (110, 32)
_FONT = re.compile(r"@font-face \{.*?\}", re.DOTALL)


async def draw(folder: Path) -> None:
    """Walk to each screen and save it as an SVG that asks no other server for anything."""
    SheetScreen.PAUSE = 0.001  # what follows from a form is worked out at once
    for name, walk in WALKS.items():
        with tempfile.TemporaryDirectory() as scratch:
            os.environ["XDG_STATE_HOME"] = scratch  # what is typed here is no draft of anybody
            app = app_on(database(Path(scratch) / "ropa.db", [sample(walk.register)]))
            async with app.run_test(size=SIZE) as pilot:
                app.theme = walk.theme
                await settle(pilot)
                await press(pilot, *walk.keys)
                await settle(pilot)
                svg = _FONT.sub("", app.export_screenshot(title="ropa"))
        svg = re.sub(r"<!--.*?-->", "", svg).replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")
        (folder / f"{name}.svg").write_text(_named(svg, name), encoding="utf-8")


def _named(svg: str, name: str) -> str:
    """The picture with ids that are the same each time it is made."""
    found = re.search(r"terminal-\d+", svg)
    return svg if found is None else svg.replace(found[0], f"terminal-{name}")


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
