"""Pictures of the main screens, from the sample registers: `python -m tests.tui.pictures FOLDER`."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from tests.tui.walking import app_on, database, press, sample, settle

WALKS: dict[str, tuple[str, ...]] = {
    "overview": (),
    "activities": ("a", "down", "down"),
    "findings": ("f",),
    "parties": ("p", "down", "down"),
}
SIZE = (110, 32)
_FONT = re.compile(r"@font-face \{.*?\}", re.DOTALL)


async def draw(folder: Path) -> None:
    """Walk to each screen and save it as an SVG that asks no other server for anything."""
    with tempfile.TemporaryDirectory() as scratch:
        path = database(Path(scratch) / "outserve.db", [sample("outserve")])
        for name, keys in WALKS.items():
            app = app_on(path)
            async with app.run_test(size=SIZE) as pilot:
                await settle(pilot)
                await press(pilot, *keys)
                svg = _FONT.sub("", app.export_screenshot(title="ropa"))
            svg = re.sub(r"<!--.*?-->", "", svg).replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")
            (folder / f"{name}.svg").write_text(_named(svg, name), encoding="utf-8")


def _named(svg: str, name: str) -> str:
    """The picture with ids that are the same each time it is made."""
    found = re.search(r"terminal-\d+", svg)
    return svg if found is None else svg.replace(found[0], f"terminal-{name}")


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
