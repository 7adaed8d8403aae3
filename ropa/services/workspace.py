"""An open database and a date: where every front end gets what it shows."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TypeVar

from ropa.flows.crossings import Crossing, crossings, without_crossing
from ropa.records.organisation import OrganisationFields
from ropa.records.register import Register
from ropa.records.transfer import TransferFields
from ropa.rules.finding import Finding
from ropa.services.findings.checking import findings_of
from ropa.store.history import Entry
from ropa.store.store import Store

T = TypeVar("T")
DEFAULT_DATABASE = "ropa.db"
RECENT = 20


@dataclass(frozen=True)
class View:
    """One organisation's register on a date, with all that follows from it. Derived parts are made when asked for."""

    register: Register
    on: dt.date
    history: tuple[Entry, ...] = ()
    _deriving: RLock = field(default_factory=RLock, repr=False, compare=False)
    """Threads that ask for the same thing wait for the first one, rather than work it out once each."""
    lists: dict[str, object] = field(default_factory=dict, repr=False, compare=False)
    """The lists made of it, by name: going back to one takes no time."""

    @property
    def regimes(self) -> tuple[str, ...]:
        """The regimes that bind the organisation on the date."""
        return self.register.regimes(self.on)

    @property
    def judged(self) -> bool:
        """Whether the findings are known already, so that asking for them takes no time."""
        return "findings" in self.__dict__

    @cached_property
    def crossings(self) -> tuple[Crossing, ...]:
        """Every crossing, judged."""
        with self._deriving:
            return self._once("crossings", lambda: tuple(crossings(self.register, self.on)))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding and gap, worst first."""
        with self._deriving:
            return self._once("findings", lambda: findings_of(self.register, self.on, self.crossings))

    @cached_property
    def found_about(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the findings, worst first, about each record or about what belongs to it, by its subject."""
        from ropa.services.subjects import owners  # it speaks of views

        with self._deriving:
            numbers: dict[str, list[int]] = {}
            for number, finding in enumerate(self.findings):
                for subject in {finding.subject, *owners(self, finding.subject)}:
                    numbers.setdefault(subject, []).append(number)
            return {subject: tuple(each) for subject, each in numbers.items()}

    @cached_property
    def crossed(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the crossings of each activity."""
        numbers: dict[str, list[int]] = {}
        for number, crossing in enumerate(self.crossings):
            numbers.setdefault(crossing.edge.activity, []).append(number)
        return {activity: tuple(each) for activity, each in numbers.items()}

    @cached_property
    def unmade(self) -> tuple[TransferFields, ...]:
        """The recorded transfers that no flow makes."""
        return tuple(without_crossing(self.register, self.crossings, self.on))

    def judge(self) -> None:
        """Let the rules do all of their work now, so that asking for what they found takes no time."""
        len(self.found_about)

    def with_judgement(self, crossed: tuple[Crossing, ...], findings: tuple[Finding, ...]) -> View:
        """This view, with what somebody has worked out of it by a shorter way."""
        self.__dict__.update(crossings=crossed, findings=findings)
        return self

    def _once(self, name: str, work: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
        """What another thread has kept under this name while this one waited, else what `work` makes."""
        found: tuple[T, ...] | None = self.__dict__.get(name)
        return work() if found is None else found


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


def nothing_yet(on: dt.date) -> View:
    """The view of a register that does not exist yet, for what can be asked before there is one."""
    return View(Register(OrganisationFields(key="new", name="New")), on)


def today() -> dt.date:
    """The date on the machine's clock, where its user lives."""
    return dt.datetime.now().astimezone().date()


def database_path(given: str | None) -> Path:
    """The database to use: as given, else as `ROPA_DB` says, else `ropa.db` in the current folder."""
    return Path(given or os.environ.get("ROPA_DB") or DEFAULT_DATABASE)
