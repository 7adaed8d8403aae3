"""Loading register files into a database, and writing a register back to a file."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ropa.exchange.file_name import as_text
from ropa.records.errors import InputError, Problem
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.services.input_file import yaml_of
from ropa.store.migrate import HEAD
from ropa.store.reader import Snapshot
from ropa.store.store import Store, discard_empty
from ropa.store.writer import Put, Remove

if TYPE_CHECKING:
    from ropa.services.detection.proposals import Proposal


@dataclass(frozen=True, slots=True)
class Change:
    """A record that a load changes: which fields, from what, to what."""

    kind: str
    key: str
    fields: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, or would do. `missing` are records that the file no longer has: removed only with prune.

    `upgrade` is the schema that a dry run found in the database where it would be brought to a newer one first.
    `list_changes` is what changed in the list of subprocessors and no change is recorded for; `proposed` says that they
    were recorded as proposed changes. `batch` is the number of the history's entry, 0 where nothing was written.
    """

    organisation: str
    name: str
    file: str
    added: tuple[tuple[str, str], ...] = ()
    changed: tuple[Change, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    pruned: bool = False
    unchanged: int = 0
    upgrade: str = ""
    list_changes: tuple[Proposal, ...] = ()
    proposed: bool = False
    batch: int = field(default=0, compare=False)

    @property
    def writes(self) -> bool:
        """Whether anything is written."""
        return bool(self.added or self.changed or (self.pruned and self.missing) or self.proposals)

    @property
    def proposals(self) -> int:
        """How many proposed changes are recorded with the load."""
        return sum(each.change is not None for each in self.list_changes) if self.proposed else 0


@dataclass(frozen=True, slots=True)
class Choice:
    """How a load was asked for."""

    prune: bool
    propose: bool
    on: dt.date


@dataclass(frozen=True, slots=True)
class Plan:
    """What a register would change in the database, and the writes that do it."""

    report: LoadReport
    writes: list[Put | Remove] = field(default_factory=list)


def load_files(
    paths: Sequence[Path],
    database: Path,
    *,
    dry_run: bool = False,
    prune: bool = False,
    propose: bool = False,
    on: dt.date | None = None,
    who: str | None = None,
) -> list[LoadReport]:
    """Load register files, one transaction for all of them; the database is made where there is none.

    The list of subprocessors is compared before and after, on the date `on` (today if left out) and on the later days
    on which engagements that the files change begin or end; with `propose`, what no change is recorded for becomes one.

    Every file is read and checked before anything is written. Raises InputError with each problem's file, line
    and field, NotFoundError or StoreError; then nothing has changed.
    """
    from ropa.exchange.register_file import read_register

    registers: list[tuple[Path, Register]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            registers.append((path, read_register(yaml_of(path), str(path))))
        except InputError as error:
            problems += error.problems
        except OSError as error:
            problems.append(Problem(error.strerror or str(error), str(path)))
    problems += _twice(registers)
    if problems:
        raise InputError(problems)
    choice = Choice(prune, propose, on or _today())
    if dry_run:
        return _rehearse(registers, database, choice)
    made = not database.exists()
    store = Store.open(database, create=True)
    try:
        plans = _plans(registers, store, choice)
        names = ", ".join(as_text(path.name) for path in paths)
        batches = {plan.report.organisation: plan.writes for plan in plans if plan.writes}
        batch = 0
        if batches:
            batch = store.apply_all(batches, who=who or user(), why=f"load {names}", at=dt.datetime.now(dt.UTC))
    except BaseException:
        if made:
            discard_empty(database)
        raise
    return [replace(plan.report, batch=batch) for plan in plans]


def _rehearse(registers: Sequence[tuple[Path, Register]], database: Path, choice: Choice) -> list[LoadReport]:
    """What a load would do, found out without touching the database."""
    if not database.exists():
        return [plan(path, register, None, choice).report for path, register in registers]
    with Store.rehearsal(database) as (copy, revision):
        upgrade = revision if revision not in (None, HEAD) else ""
        return [replace(plan.report, upgrade=upgrade or "") for plan in _plans(registers, copy, choice)]


def _plans(registers: Sequence[tuple[Path, Register]], store: Store, choice: Choice) -> list[Plan]:
    return [plan(path, register, store.find(register.organisation.key), choice) for path, register in registers]


def dump(store: Store, organisation: str) -> str:
    """The register of an organisation as a file. Raises NotFoundError."""
    from ropa.exchange.register_dump import dump_register

    return dump_register(store.snapshot(organisation).register)


def _today() -> dt.date:
    from ropa.services.workspace import today

    return today()


def user() -> str:
    """Who is at the keyboard, as the machine knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such user id, as in some containers
        return "unknown"


def _twice(registers: Sequence[tuple[Path, Register]]) -> list[Problem]:
    seen: dict[str, Path] = {}
    problems = []
    for path, register in registers:
        key = register.organisation.key
        if key in seen:
            problems.append(Problem(f"the organisation {key!r} is also in {seen[key]}", str(path)))
        seen[key] = path
    return problems


def plan(path: Path, register: Register, current: Snapshot | None, choice: Choice) -> Plan:
    """Compare a register, as it should be, with the one in the database. `path` is where it comes from."""
    added: list[tuple[str, str]] = []
    changed: list[Change] = []
    missing: list[tuple[str, str]] = []
    writes: list[Put | Remove] = []
    unchanged = 0
    for kind in KINDS:
        old = {} if current is None else current.register.of_kind(kind)
        new = register.of_kind(kind)
        for key, record in new.items():
            if key not in old:
                added.append((kind, key))
                writes.append(Put(kind, record))
            elif record != old[key]:
                before = old[key]
                names = [name for name in type(record).model_fields if getattr(record, name) != getattr(before, name)]
                pairs = tuple((name, getattr(before, name), getattr(record, name)) for name in names)
                changed.append(Change(kind, key, pairs))
                assert current is not None  # noqa: S101 there is an old record, so there is a snapshot
                writes.append(Put(kind, record, current.versions[kind, key]))
            else:
                unchanged += 1
        missing += [(kind, key) for key in old if key not in new]
    if choice.prune and current is not None:
        # Children first: removing a parent removes them too, and they would then be missed.
        writes += [Remove(kind, key, current.versions[kind, key]) for kind, key in reversed(missing)]
    report = LoadReport(
        organisation=register.organisation.key,
        name=register.organisation.name,
        file=str(path),
        added=tuple(added),
        changed=tuple(changed),
        missing=tuple(missing),
        pruned=choice.prune,
        unchanged=unchanged,
    )
    if current is not None:
        from ropa.services.detection.watch import list_changes

        touched = [*added, *((each.kind, each.key) for each in changed), *(missing if choice.prune else ())]
        found = list_changes(current.register, register, touched, pruned=choice.prune, on=choice.on, file_name=path)
        report = replace(report, list_changes=found, proposed=choice.propose)
        writes += [Put("change", each.change) for each in found if choice.propose and each.change is not None]
    return Plan(report, writes)
