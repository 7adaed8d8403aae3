"""Fides manifests in and out: the plan and the transaction of a load, and a report of what the other cannot say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ropa.exchange.file_name import as_text
from ropa.records.errors import InputError, NotFoundError, Problem
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.services.input_file import content_of
from ropa.services.loading import Choice, LoadReport, Plan, plan, user
from ropa.services.workspace import today
from ropa.store.migrate import HEAD
from ropa.store.store import Store, discard_empty

if TYPE_CHECKING:
    from ropa.exchange.fides_manifest import Remark
    from ropa.exchange.fides_stated import Stated

LARGEST = 20_000_000
"""Bytes of a manifest; more is something else."""


@dataclass(frozen=True, slots=True)
class FidesImport:
    """What an import did, or would do, and every item of the manifests that the register has no field for."""

    load: LoadReport
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class NotSaid:
    """Something of the register that a manifest cannot say: a whole record (no field), or a field and its value."""

    kind: str
    key: str
    field: str = ""
    words: str = ""

    def __str__(self) -> str:
        what = f"{self.kind}/{self.key}"
        return f"{what}  {self.field}: {self.words}" if self.field else f"{what}  {self.words}"


@dataclass(frozen=True, slots=True)
class FidesExport:
    """A manifest, and what of the register is not in it."""

    text: str
    left: tuple[NotSaid, ...]


def import_manifests(
    paths: Sequence[Path],
    database: Path,
    organisation: str,
    *,
    dry_run: bool = False,
    on: dt.date | None = None,
    who: str | None = None,
) -> FidesImport:
    """Bring Fides manifests into the register of an organisation, all of them or none; see `read_manifests`.

    Records are matched by key; stated fields replace, lists and notes grow, nothing is removed. The database is made
    where there is none. Raises InputError with file, line and path of each problem, NotFoundError or StoreError; then
    nothing has changed.
    """
    files = _contents(paths)
    choice = Choice(prune=False, propose=False, on=on or today())
    if dry_run:
        if not database.exists():
            made, remarks = _plan(files, paths, organisation, None, choice)
            return FidesImport(made.report, remarks)
        with Store.rehearsal(database) as (copy, revision):
            made, remarks = _plan(files, paths, organisation, copy, choice)
            upgrade = revision if revision not in (None, HEAD) else ""
            return FidesImport(replace(made.report, upgrade=upgrade or ""), remarks)
    new = not database.exists()
    store = Store.open(database, create=True)
    try:
        made, remarks = _plan(files, paths, organisation, store, choice)
        batch = 0
        if made.writes:
            names = ", ".join(as_text(path.name) for path in paths)
            at = dt.datetime.now(dt.UTC)
            batch = store.apply(organisation, made.writes, who=who or user(), why=f"import fides {names}", at=at)
    except BaseException:
        if new:
            discard_empty(database)
        raise
    return FidesImport(replace(made.report, batch=batch), remarks)


def export_manifest(register: Register) -> FidesExport:
    """The register as a Fides manifest; what it cannot say is found by reading it back, and stands at its top."""
    from ropa.exchange.fides_write import write_manifest

    left = _not_said(register, write_manifest(register))
    owner = register.organisation
    lines = [f"Fides manifest of {owner.name}, written by ropa.", ""]
    lines += ["Not in this file, or in words alone, because Fides has no field for it:"] if left else []
    lines += [f"  {' '.join(str(each).split())}" for each in left]
    return FidesExport(write_manifest(register, "\n".join(lines)), left)


def merged_register(stated: Stated, known: Register | None) -> Register:
    """What files state together with what a register has. Raises InputError; see `Stated.merged`."""
    records: dict[str, Any] = dict(stated.merged(known))
    owner = next(iter(records.pop("organisation").values()))
    return Register(owner, **{KINDS[name].section: found for name, found in records.items()})


def read_back(text: str, organisation: str) -> Register:
    """The register that a manifest alone makes. Raises as `import_manifests` does."""
    from ropa.exchange.fides_read import read_manifests

    stated, _ = read_manifests([("manifest", text.encode())], organisation)
    return merged_register(stated, None)


def _contents(paths: Sequence[Path]) -> list[tuple[str, bytes]]:
    files: list[tuple[str, bytes]] = []
    problems = []
    for path in paths:
        try:
            files.append((str(path), content_of(path, LARGEST)))
        except NotFoundError as error:
            problems.append(Problem(str(error)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return files


def _plan(
    files: list[tuple[str, bytes]], paths: Sequence[Path], organisation: str, store: Store | None, choice: Choice
) -> tuple[Plan, tuple[Remark, ...]]:
    from ropa.exchange.fides_read import read_manifests

    current = store.find(organisation) if store else None
    known = current.register if current else None
    stated, remarks = read_manifests(files, organisation, known)
    return plan(paths[0], merged_register(stated, known), current, choice), tuple(remarks)


def _not_said(register: Register, text: str) -> tuple[NotSaid, ...]:
    """What is lost when a manifest is read back."""
    back = read_back(text, register.organisation.key)
    found: list[NotSaid] = []
    for name, kind in KINDS.items():
        there = back.of_kind(name)
        for key, record in register.of_kind(name).items():
            if key not in there:
                called = getattr(record, "name", None) or kind.title.lower()
                found.append(NotSaid(name, key, words=f"{called} (all of it)"))
                continue
            for field in kind.order:
                value = getattr(record, field)
                if value != getattr(there[key], field):
                    title = kind.fields.model_fields[field].title or field
                    found.append(NotSaid(name, key, title, _shown(value)))
    return tuple(found)


def _shown(value: object) -> str:
    from ropa.records.values import Part

    if isinstance(value, Part):
        return ", ".join(str(each) for each in value.model_dump(exclude_none=True).values())
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
