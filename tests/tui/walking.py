"""What the walks through the terminal UI share: a database, a settled screen, and the screen as text."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from textual.pilot import Pilot
from textual.worker import WorkerCancelled, WorkerFailed

from ropa.exchange.register_file import read_register
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.services.workspace import Workspace
from ropa.store.store import Store
from ropa.store.writer import Put
from ropa.tui.app import RopaApp

TODAY = dt.date(2026, 11, 21)
LOADED = dt.datetime(2026, 11, 20, 9, 12, tzinfo=dt.UTC)
DATA = Path(__file__).parents[2] / "data"
SMALL, LARGE = (80, 24), (120, 40)
BEFORE = " ropa · reading …"
ENOUGH = 50


def sample(name: str) -> Register:
    """One of the sample registers."""
    path = DATA / f"{name}.yaml"
    return read_register(path.read_bytes(), path.name)


def samples() -> list[Register]:
    """All of them, in the order of their names."""
    return [sample(path.stem) for path in sorted(DATA.glob("*.yaml"))]


def database(path: Path, registers: Iterable[Register]) -> Path:
    """A database that holds these registers, written by alice on a fixed day."""
    store = Store.open(path, create=True)
    for register in registers:
        writes = [Put(kind, record) for kind in KINDS for record in register.of_kind(kind).values()]
        store.apply(register.organisation.key, writes, who="alice", why="load the samples", at=LOADED)
    return path


def app_on(path: Path) -> RopaApp:
    """The application on a database, on the samples' day."""
    return RopaApp(Workspace.open(path, TODAY))


async def settle(pilot: Pilot[None]) -> None:
    """Wait until every thread has delivered what it read, and the screen shows it."""
    quiet, rounds = 0, 0
    # A slow machine may not have begun to read when nothing is running yet: the top bar says so. What cannot be read
    # leaves it saying so.
    while quiet < 2 or (BEFORE in frame(pilot) and rounds < ENOUGH):
        rounds += 1
        running = [worker for worker in pilot.app.workers if not worker.is_finished]
        for worker in running:
            with suppress(WorkerFailed, WorkerCancelled):
                await worker.wait()
        await _queue_worked_off(pilot)
        await pilot._wait_for_screen()  # noqa: SLF001 what `press` does after each key
        await _queue_worked_off(pilot)
        quiet = 0 if running else quiet + 1
    await pilot.pause()


async def _queue_worked_off(pilot: Pilot[None]) -> None:
    """Wait until the application has handled every message that it holds now."""
    reached = asyncio.Event()
    pilot.app.call_later(reached.set)
    await reached.wait()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each on a settled screen."""
    await settle(pilot)
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def write(pilot: Pilot[None], text: str) -> None:
    """Type a text into the field that has the keys."""
    await pilot.press(*("space" if sign == " " else sign for sign in text))
    await settle(pilot)


def frame(pilot: Pilot[None]) -> str:
    """What the screen shows, as text."""
    strips = pilot.app.screen._compositor.render_strips()  # noqa: SLF001 the screen's one way to its text
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def said(pilot: Pilot[None]) -> str:
    """The messages that stand on top of the screen."""
    return " ".join(each.message for each in pilot.app._notifications)  # noqa: SLF001 the only way to them
