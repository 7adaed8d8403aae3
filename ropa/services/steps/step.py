"""What every step in the life of a change does: read afresh, check, write once with its history, say what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any, TypeVar

from pydantic import ValidationError

from ropa.exchange.register_file import local_key
from ropa.records.change import ChangeFields
from ropa.records.errors import InputError, NotFoundError, Problem, RefusedError
from ropa.records.kinds import KINDS, Kind
from ropa.records.references import references
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.rules.dates import long_date
from ropa.services.changes.statuses import ChangeStatus, status_of
from ropa.services.workspace import Workspace
from ropa.store.reader import Snapshot
from ropa.store.writer import Put

F = TypeVar("F", bound=Fields)


@dataclass(frozen=True, slots=True)
class Done:
    """What a step did: `words` say it in a line, `remarks` what must be known besides.

    `changed` is False where everything was so already and nothing was written. `register` and `status` are as they
    stand after it, on the workspace's date (of a rehearsal: as they would).
    """

    words: str
    changed: bool
    register: Register
    status: ChangeStatus
    remarks: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key of the change."""
        return self.status.change.key


@dataclass(frozen=True)
class Step:
    """One change of one register as it is now, before a step: what a verb looks at, and how it writes."""

    workspace: Workspace
    organisation: str
    snapshot: Snapshot
    change: ChangeFields

    @classmethod
    def of(cls, workspace: Workspace, organisation: str, change: str) -> Step:
        """Read a change afresh. Raises NotFoundError for an organisation or change that is not there."""
        snapshot = workspace.store.snapshot(organisation)
        return cls(workspace, organisation, snapshot, known(snapshot.register, "change", change, ChangeFields))

    @property
    def register(self) -> Register:
        """The register as it is now."""
        return self.snapshot.register

    def day(self, on: dt.date | None) -> dt.date:
        """The day of something that has happened: the workspace's own where none is given.

        Raises RefusedError for a day that is still to come.
        """
        if on is not None and on > self.workspace.on:
            raise RefusedError([f"{long_date(on)} is still to come; what has not happened cannot be recorded."])
        return on or self.workspace.on

    def done(self, words: str, *, remarks: Sequence[str] = ()) -> Done:
        """The result where everything is so already."""
        return Done(words, False, self.register, self.status, tuple(remarks))

    @cached_property
    def status(self) -> ChangeStatus:
        """Where the change stands now."""
        return status_of(self.register, self.change, self.workspace.on)

    def write(
        self, records: Sequence[tuple[str, Fields]], words: str, *, who: str, why: str, remarks: Sequence[str] = ()
    ) -> Done:
        """Write some records in one transaction and return what follows. Raises as `Store.apply` does."""
        save(self.workspace, self.organisation, self.snapshot, records, who=who, why=why)
        after = with_records(self.register, records)
        status = status_of(after, after.changes[self.change.key], self.workspace.on)
        return Done(words, True, after, status, tuple(remarks))


def save(
    workspace: Workspace,
    organisation: str,
    snapshot: Snapshot,
    records: Sequence[tuple[str, Fields]],
    *,
    who: str,
    why: str,
) -> None:
    """Write records that were made from a snapshot, in one transaction, unless anything of the register changed since.

    For whether a step may be taken hangs on all of it: an objection of a moment ago stops a change. Raises as
    `Store.apply` does.
    """
    if not who.strip():
        raise RefusedError(["Who does it must be said: --who NAME."])
    puts = [Put(kind, record, snapshot.versions.get((kind, record.key))) for kind, record in records]
    at = dt.datetime.now(dt.UTC)
    workspace.store.apply(organisation, puts, who=who.strip(), why=why, at=at, since=snapshot.newest)


def with_records(register: Register, records: Sequence[tuple[str, Fields]]) -> Register:
    """The register as it is once these records are written."""
    sections: dict[str, Any] = {}
    for kind, record in records:
        section = KINDS[kind].section
        sections.setdefault(section, dict(register.of_kind(kind)))[record.key] = record
    return replace(register, **sections)


def find_record(workspace: Workspace, kind: str, name: str) -> tuple[str, str]:
    """The organisation's key and the record's key of `organisation/key`, or of `key` where only one has it.

    Raises NotFoundError, naming records of a like key, and InputError where several organisations have one.
    """
    views = workspace.views()
    there = [(view.register.organisation.key, key) for view in views for key in view.register.of_kind(kind)]
    full = {f"{owner}/{key}": (owner, key) for owner, key in there}
    if name in full:
        return full[name]
    found = [each for each, (_, key) in full.items() if key == name]
    if len(found) > 1:
        raise InputError([Problem(f"several organisations have {kind} {name!r}; write {' or '.join(found)}")])
    if not found:
        hint = near(name, full if "/" in name else dict.fromkeys(key for _, key in there))
        where = f"; `ropa {KINDS[kind].section} list` names those that there are" if kind == "change" else ""
        raise NotFoundError(f"there is no {kind} {name!r}{hint or where}")
    return full[found[0]]


def known(register: Register, kind: str, key: str, fields: type[F]) -> F:
    """The record of a key. Raises NotFoundError, naming keys that are like it."""
    found = register.of_kind(kind).get(key)
    if not isinstance(found, fields):
        raise NotFoundError(f"{register.organisation.name} has no {kind} {key!r}{near(key, register.of_kind(kind))}")
    return found


def free_key(kind: Kind, values: Mapping[str, object], taken: Iterable[str], owner: str = "") -> str:
    """A key for a new record that none of those has, made as a register file makes it; `owner` is what it stands in."""
    prefix = f"{owner}/" if owner else ""
    return prefix + local_key(kind, values, 0, {key.removeprefix(prefix): 1 for key in taken})


def near(key: str, known_keys: Mapping[str, object]) -> str:
    """`; did you mean ans-group?`, or nothing."""
    close = get_close_matches(key, list(known_keys), n=3)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def validated(register: Register, kind: str, fields: type[F], values: Mapping[str, object]) -> F:
    """A record made of values, whose references are there. Raises InputError, naming each field and near keys."""
    try:
        record = fields.model_validate(dict(values))
    except ValidationError as error:
        raise InputError([_problem(detail) for detail in error.errors(include_url=False)]) from error
    problems = [
        Problem(f"there is no {target.replace('_', ' ')} {key!r}{near(key, register.of_kind(target))}", field=name)
        for name, target, key in references(KINDS[kind], record)
        if key not in register.of_kind(target)
    ]
    if problems:
        raise InputError(problems)
    return record


def changed(register: Register, kind: str, record: F, **values: object) -> F:
    """The record with other values in some fields, checked. Raises as `validated` does."""
    return validated(register, kind, type(record), {**record.model_dump(), **values})


def _problem(detail: Any) -> Problem:
    field = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "missing":
        return Problem("it is required", field=field)
    if detail["type"] == "literal_error":
        expected = str(detail["ctx"]["expected"]).replace("'", "")
        return Problem(f"it must be one of {expected}, not {detail['input']!r}", field=field)
    if detail["type"] == "string_too_short":
        return Problem("it is empty", field=field)
    if detail["type"] == "extra_forbidden":
        return Problem("there is no such field", field=field)
    return Problem(str(detail["msg"]).removeprefix("Value error, "), field=field)
