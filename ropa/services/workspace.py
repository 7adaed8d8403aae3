"""An open database and a date: where every front end gets what it shows."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ropa.flows.crossings import Crossing, crossings
from ropa.records.register import Register
from ropa.rules.finding import Finding
from ropa.services.checking import findings_of
from ropa.store.history import Entry
from ropa.store.store import Store

DEFAULT_DATABASE = "ropa.db"
RECENT = 20


@dataclass(frozen=True)
class View:
    """One organisation's register on a date, with all that follows from it. Derived parts are made when asked for."""

    register: Register
    on: dt.date
    history: tuple[Entry, ...] = ()

    @property
    def regimes(self) -> tuple[str, ...]:
        """The regimes that bind the organisation on the date."""
        return self.register.regimes(self.on)

    @cached_property
    def crossings(self) -> tuple[Crossing, ...]:
        """Every crossing, judged."""
        return tuple(crossings(self.register, self.on))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding and gap, worst first."""
        return findings_of(self.register, self.on, self.crossings)


class Workspace:
    """A database opened by a front end, and the date that everything is judged on."""

    def __init__(self, store: Store, on: dt.date) -> None:
        self.store = store
        self.on = on

    @classmethod
    def open(cls, path: Path, on: dt.date | None = None, *, create: bool = False) -> Workspace:
        """Open a database; `on` is today where it is not given. Raises as `Store.open` does."""
        return cls(Store.open(path, create=create), on or today())

    @property
    def path(self) -> Path:
        """The database file."""
        return self.store.path

    def organisations(self) -> dict[str, str]:
        """Names of the organisations, by key, in the order in which they were added."""
        return self.store.organisations()

    def view(self, organisation: str) -> View:
        """One organisation's register on the date. Raises NotFoundError, naming those that are there."""
        found = self.store.snapshot(organisation)
        return View(found.register, self.on, tuple(self.store.history(organisation, limit=RECENT)))

    def views(self, organisation: str | None = None) -> list[View]:
        """The view of one organisation, or of every one where none is named."""
        return [self.view(key) for key in ([organisation] if organisation else self.organisations())]


def today() -> dt.date:
    """The date on the machine's clock, where its user lives."""
    return dt.datetime.now().astimezone().date()


def database_path(given: str | None) -> Path:
    """The database to use: as given, else as `ROPA_DB` says, else `ropa.db` in the current folder."""
    return Path(given or os.environ.get("ROPA_DB") or DEFAULT_DATABASE)
