"""Loading register files into a database, and writing a register back to a file."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ropa.exchange.file_name import as_text
from ropa.records.errors import InputError, Problem
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.store.migrate import HEAD
from ropa.store.reader import Snapshot
from ropa.store.store import Store, discard_empty
from ropa.store.writer import Put, Remove


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

    @property
    def writes(self) -> bool:
        """Whether anything is written."""
        return bool(self.added or self.changed or (self.pruned and self.missing))


@dataclass(frozen=True, slots=True)
class _Plan:
    report: LoadReport
    writes: list[Put | Remove] = field(default_factory=list)


def load_files(
    paths: Sequence[Path], database: Path, *, dry_run: bool = False, prune: bool = False, who: str | None = None
) -> list[LoadReport]:
    """Load register files, one transaction for all of them; the database is made where there is none.

    Every file is read and checked before anything is written. Raises InputError with each problem's file, line
    and field, NotFoundError or StoreError; then nothing has changed.
    """
    from ropa.exchange.register_file import read_register

    registers: list[tuple[Path, Register]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            registers.append((path, read_register(path.read_bytes(), str(path))))
        except InputError as error:
            problems += error.problems
        except OSError as error:
            problems.append(Problem(error.strerror or str(error), str(path)))
    problems += _twice(registers)
    if problems:
        raise InputError(problems)
    if dry_run:
        return _rehearse(registers, database, prune)
    made = not database.exists()
    store = Store.open(database, create=True)
    try:
        plans = _plans(registers, store, prune)
        names = ", ".join(as_text(path.name) for path in paths)
        batches = {plan.report.organisation: plan.writes for plan in plans if plan.writes}
        if batches:
            store.apply_all(batches, who=who or user(), why=f"load {names}", at=dt.datetime.now(dt.UTC))
    except BaseException:
        if made:
            discard_empty(database)
        raise
    return [plan.report for plan in plans]


def _rehearse(registers: Sequence[tuple[Path, Register]], database: Path, prune: bool) -> list[LoadReport]:
    """What a load would do, found out without touching the database."""
    if not database.exists():
        return [_plan(path, register, None, prune).report for path, register in registers]
    with Store.rehearsal(database) as (copy, revision):
        upgrade = revision if revision not in (None, HEAD) else ""
        return [replace(plan.report, upgrade=upgrade or "") for plan in _plans(registers, copy, prune)]


def _plans(registers: Sequence[tuple[Path, Register]], store: Store, prune: bool) -> list[_Plan]:
    return [_plan(path, register, store.find(register.organisation.key), prune) for path, register in registers]


def dump(store: Store, organisation: str) -> str:
    """The register of an organisation as a file. Raises NotFoundError."""
    from ropa.exchange.register_dump import dump_register

    return dump_register(store.snapshot(organisation).register)


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


def _plan(path: Path, register: Register, current: Snapshot | None, prune: bool) -> _Plan:
    """Compare a file's register with the one in the database."""
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
    if prune and current is not None:
        # Children first: removing a parent removes them too, and they would then be missed.
        writes += [Remove(kind, key, current.versions[kind, key]) for kind, key in reversed(missing)]
    report = LoadReport(
        organisation=register.organisation.key,
        name=register.organisation.name,
        file=str(path),
        added=tuple(added),
        changed=tuple(changed),
        missing=tuple(missing),
        pruned=prune,
        unchanged=unchanged,
    )
    return _Plan(report, writes)
