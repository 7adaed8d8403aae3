"""How long the screen takes to answer a key, with few records and with very many: `python -m tests.bench.screens`.

Measured from the key's arrival at the application to the end of the first paint that shows all that the key asked
for, with nothing left to be drawn. Both databases are waited for in the same way and measured in turns, so that what
else the machine does falls on both; a first round, in which everything is loaded, does not count.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import RenderableType
from textual.events import Key
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from ropa.services.workspace import Workspace
from ropa.tui.app import RopaApp
from ropa.tui.editing.controls import Area, Line, Pick
from ropa.tui.editing.sheet import SheetScreen
from ropa.tui.screens.listing import ListScreen
from ropa.tui.screens.search import SearchScreen
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.table import Table
from tests.bench.hops import TODAY
from tests.bench.large import database

SIZES = {"small": (13, 9), "large": (10_000, 300)}
"""Activities and parties: a hundred records, and eighty thousand."""
ROUNDS = 2
PATIENCE = 60.0
_LOOK, _CALM = 0.001, 3
WORDS = "client rec"
Times = dict[str, list[float]]
Shown = Callable[[], bool]


class Watched(RopaApp):
    """The application, telling when the screen has been painted and shows what is waited for."""

    CSS_PATH = str(Path(inspect.getfile(RopaApp)).with_name("app.tcss"))

    painted = 0.0

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        self.painted = time.perf_counter()

    def undrawn(self) -> bool:
        """Whether anything has yet to be handled or drawn."""
        # Textual has no public word for it.
        here = self.screen
        parts = [here, *(each for each in here.query(Widget) if all(node.display for node in each.ancestors_with_self))]
        waiting = any(not each._message_queue.empty() for each in [self, *parts])  # noqa: SLF001
        marked = any(each._repaint_required or each._layout_required for each in parts)  # noqa: SLF001
        return waiting or marked or bool(here._dirty_widgets or here._compositor._dirty_regions)  # noqa: SLF001

    async def shows(self, what: Shown, start: float) -> float:
        """Seconds from `start` until the end of the paint after which all of it was on the screen."""
        while self.painted < start or not what() or self.undrawn():
            await asyncio.sleep(_LOOK)
            if time.perf_counter() - start > PATIENCE:
                raise TimeoutError(f"not shown within {PATIENCE} seconds")
        return self.painted - start

    async def press(self, key: str, what: Shown) -> float:
        """Seconds from a key to the paint that showed what it asked for."""
        start = time.perf_counter()
        self.post_message(Key(key, key if len(key) == 1 else " " if key == "space" else None))
        return await self.shows(what, start)

    def reads(self) -> bool:
        """Whether a thread is at work."""
        return any(not worker.is_finished for worker in self.workers)

    async def quiet(self) -> None:
        """Wait until no thread reads and nothing waits to be drawn."""
        calm, end = 0, time.perf_counter() + PATIENCE
        while calm < _CALM:
            if time.perf_counter() > end:
                raise TimeoutError(f"not quiet within {PATIENCE} seconds")
            await asyncio.sleep(0.02)
            calm = 0 if self.reads() or self.undrawn() else calm + 1


def table(app: Watched, which: str = "#list") -> Table | None:
    """The table on the screen, once it is there."""
    found = app.screen.query(which).results(Table)
    return next(found, None)


def filled(app: Watched, which: str, least: int = 1) -> Shown:
    """Whether a table has rows."""
    return lambda: (each := table(app, which)) is not None and each.item_count() >= least


def on(app: Watched, kind: str) -> Shown:
    """Whether the list of a kind is shown, with its rows."""
    return lambda: isinstance(app.screen, ListScreen) and app.screen.kind == kind and filled(app, "#list")()


def described(app: Watched) -> Shown:
    """Whether the second pane tells of the row under the cursor."""

    def shown() -> bool:
        rows, pane = table(app), next(app.screen.query("#detail").results(Document), None)
        if rows is None or pane is None or pane.detail is None:
            return False
        return f"{pane.detail.kind}/{pane.detail.key}" == rows.current

    return shown


def arrived(app: Watched, kind: str) -> Shown:
    """Whether the list of a kind is shown, with its rows and the detail of the first."""

    def shown() -> bool:
        pane = next(app.screen.query("#detail").results(Document), None)
        return on(app, kind)() and pane is not None and pane.detail is not None

    return shown


def in_form(app: Watched) -> Shown:
    """Whether a form is shown, with the keys in one of its fields."""
    return lambda: isinstance(app.screen, SheetScreen) and isinstance(app.focused, Line | Area | Pick)


def _at(rows: Table, place: int, also: Shown = lambda: True) -> Shown:
    return lambda: rows.cursor == place and also()


def _away(rows: Table, place: int) -> Shown:
    return lambda: rows.cursor != place


def _says(field: Input, text: str) -> Shown:
    return lambda: field.value == text


def _answered(field: Input, text: str, rows: Table) -> Shown:
    before = rows.items
    return lambda: field.value == text and rows.items is not before


async def measured(path: Path) -> Times:
    """Every job on one database, several times each."""
    times: Times = {}
    gc.collect()  # what the other database left behind is not searched for while this one is measured
    app = Watched(Workspace.open(path, TODAY))
    start = time.perf_counter()
    async with app.run_test(size=(120, 40)):
        times["start: overview"] = [await app.shows(filled(app, "#needs"), start)]
        await app.quiet()
        await _lists(app, times)
        await _limits(app, times)
        await _sorts(app, times)
        await _searches(app, times)
        await _saves(app, times)
        await _while_reading(app, times)
    app = Watched(Workspace.open(path, TODAY))
    start = time.perf_counter()
    async with app.run_test(size=(120, 40)):
        await app.press("a", on(app, "activity"))
        times["start: activities"] = [time.perf_counter() - start]
        times["keys before it is judged"] = await _down(app, 40)
        await app.quiet()
    return times


async def _down(app: Watched, times: int) -> list[float]:
    """The cursor down by one row, so many times, at the pace of a held key."""
    rows, found = table(app), []
    assert rows is not None
    for _ in range(times):
        place = (rows.cursor + 1) % rows.item_count()
        found.append(await app.press("down" if place else "home", _at(rows, place)))
        await asyncio.sleep(0.03)
    return found


async def _to(app: Watched, key: str, kind: str) -> None:
    if not on(app, kind)():
        await app.press(key, on(app, kind))
    await app.quiet()


async def _lists(app: Watched, times: Times) -> None:
    jumps = times["jump to a list"] = []
    for key, kind in (("a", "activity"), ("p", "party"), ("t", "transfer"), ("f", "finding")) * 2:
        jumps.append(await app.press(key, arrived(app, kind)))
        await app.quiet()
    await _to(app, "a", "activity")
    rows = table(app)
    assert rows is not None
    times["cursor"] = await _down(app, 60)
    await app.quiet()
    details = times["cursor, detail beside"] = []
    for _ in range(12):
        place = (rows.cursor + 1) % rows.item_count()
        details.append(await app.press("down" if place else "home", _at(rows, place, described(app))))
        await app.quiet()
    pages = times["page"] = []
    for number in range(20):
        key = "pageup" if number % 2 else "pagedown"
        pages.append(await app.press(key, _away(rows, rows.cursor)))
        await app.quiet()
    opened = times["open a detail"] = []
    for _ in range(5):
        opened.append(await app.press("enter", lambda: app.screen.query_one("#detail").has_focus and described(app)()))
        await app.quiet()
        await app.press("escape", lambda: rows.has_focus)
        await app.press("down", lambda: True)
        await app.quiet()


async def _limits(app: Watched, times: Times) -> None:
    letters = times["limit a list, each letter"] = []
    for key, kind in (("a", "activity"), ("t", "transfer")):
        await _to(app, key, kind)
        await app.press("l", lambda: app.screen.query_one("#limit").has_focus)
        await app.quiet()
        letters += await _typed(app)
        await app.press("escape", lambda: True)
        await app.quiet()


async def _typed(app: Watched) -> list[float]:
    field, found = app.screen.query_one("#limit", Input), []
    for number, sign in enumerate(WORDS, start=1):
        key = "space" if sign == " " else sign
        found.append(await app.press(key, _says(field, WORDS[:number])))
        await app.quiet()
    return found


async def _sorts(app: Watched, times: Times) -> None:
    await _to(app, "a", "activity")
    rows = table(app)
    assert rows is not None
    sorts = times["sort a list"] = []
    for _ in range(11):  # each of the five columns both ways, then as before
        sorts.append(await app.press("b", _others(rows)))
        await app.quiet()


def _others(rows: Table) -> Shown:
    before = rows.items
    return lambda: rows.items is not before


async def _saves(app: Watched, times: Times) -> None:
    """A name is changed: until the form is gone, and until the new name stands in the list."""
    await _to(app, "a", "activity")
    rows = table(app)
    assert rows is not None
    opened, saved = times["open a form"], times["save"] = [], []
    shown, anew = times["(until the list has it)"], times["(until all is read again)"] = [], []
    for _ in range(3):
        name = f"{rows.items[rows.cursor].cells[0]}z"
        opened.append(await app.press("e", in_form(app)))
        await app.quiet()
        await app.press("end", lambda: True)
        await app.press("z", lambda: True)
        await app.quiet()
        start = time.perf_counter()
        saved.append(await app.press("ctrl+s", lambda: isinstance(app.screen, ListScreen)))
        shown.append(await app.shows(_named(rows, name), start))
        await app.quiet()
        anew.append(time.perf_counter() - start)


def _named(rows: Table, name: str) -> Shown:
    return lambda: bool(rows.items) and rows.items[rows.cursor].cells[0] == name


async def _searches(app: Watched, times: Times) -> None:
    await app.press("slash", lambda: isinstance(app.screen, SearchScreen))
    await app.quiet()
    waited = next(app.screen.query("#results").results(Table))
    times["search, first letter"] = []
    letters = times["search, each letter"] = []
    field = app.screen.query_one("#words", Input)
    for number, sign in enumerate(WORDS, start=1):
        answered = _answered(field, WORDS[:number], waited)
        key = "space" if sign == " " else sign
        taken = await app.press(key, answered)
        (letters if number > 1 else times["search, first letter"]).append(taken)
        await app.quiet()
    await app.press("escape", lambda: not isinstance(app.screen, SearchScreen))
    await app.quiet()


async def _while_reading(app: Watched, times: Times) -> None:
    """The cursor while the database is read again and judged."""
    await _to(app, "a", "activity")
    found = times["keys while reading again"] = []
    for _ in range(40):
        if not app.reads():  # a small register is read in no time: again, then
            app.action_reload()
        found += await _down(app, 1)
    await app.quiet()


def report(found: dict[str, Times]) -> str:
    """A line for each job: median and worst in milliseconds, and how many times the small one's the large one takes."""
    small, large = found["small"], found["large"]
    lines = [f"{'milliseconds':28} {'small':>9} {'worst':>9} {'large':>9} {'worst':>9} {'ratio':>7}"]
    for job in small:
        first, second = (statistics.median(each[job]) * 1000 for each in (small, large))
        worst = [max(each[job]) * 1000 for each in (small, large)]
        lines.append(f"{job:28} {first:9.1f} {worst[0]:9.1f} {second:9.1f} {worst[1]:9.1f} {second / first:7.2f}")
    return "\n".join(lines)


def _interleaved(paths: dict[str, Path]) -> dict[str, Times]:
    """Several rounds, each over every database, after one over the first that is forgotten."""
    asyncio.run(measured(next(iter(paths.values()))))
    found: dict[str, Times] = {name: {} for name in paths}
    for name, path in list(paths.items()) * ROUNDS:
        for job, times in asyncio.run(measured(path)).items():
            found[name].setdefault(job, []).extend(times)
    return found


def main(names: Sequence[str]) -> None:
    """Make the databases, measure both and print the comparison."""
    with tempfile.TemporaryDirectory(prefix="ropa-bench-") as folder:
        paths = {name: Path(folder) / f"{name}.db" for name in SIZES}
        for name, path in paths.items():
            if names:
                shutil.copy(Path(names[0]) / path.name, path)  # names are changed in it
            else:
                database(path, *SIZES[name])
        print(report(_interleaved(paths)))


if __name__ == "__main__":
    main(sys.argv[1:])
