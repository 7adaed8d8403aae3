"""Undoing: the reverse of a batch of the history, written as a batch of its own. The history itself never changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Boolean

from ropa.records.errors import InputError, NotFoundError, Problem
from ropa.records.kinds import KINDS
from ropa.records.references import references
from ropa.records.tables import table
from ropa.records.values import Fields
from ropa.services.workspace import Workspace
from ropa.store.history import Entry
from ropa.store.reader import Snapshot
from ropa.store.rows import record_of
from ropa.store.writer import Put, Remove

_FIRST_LOOK = 500
_FURTHER = 8
Record = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """One change of the history: who made it, when (UTC) and why, and how many records it touched."""

    number: int
    who: str
    at: dt.datetime
    why: str
    records: int


def batches(workspace: Workspace, organisation: str, limit: int = 200) -> tuple[Batch, ...]:
    """The newest changes of a register, newest first; `limit` counts entries of the history."""
    grouped: dict[int, list[Entry]] = {}
    for entry in workspace.store.history(organisation, limit=limit):
        grouped.setdefault(entry.batch, []).append(entry)
    return tuple(
        Batch(number, found[0].who, dt.datetime.fromisoformat(found[0].at), found[0].why, len({_of(e) for e in found}))
        for number, found in grouped.items()
    )


def undo(workspace: Workspace, organisation: str, batch: int, *, who: str) -> int:
    """Write the reverse of a batch, for one register, in one transaction. Returns the number of the new batch.

    To redo, undo the undoing. Raises NotFoundError where the register has no such batch, and InputError, with the
    reason, where something of it was changed since or something now depends on it; then nothing has changed.
    """
    entries, later = _entries(workspace, organisation, batch)
    if not entries:
        raise NotFoundError(f"the history of {organisation} has no change {batch}")
    now = workspace.store.find(organisation)
    problems = list(_changed_since(entries, later, now))
    if problems:
        raise InputError(problems)
    writes = _reverse(entries, now)
    problems = list(_left_hanging(writes, now))
    if problems:
        raise InputError(problems)
    why = f"undo of {batch}: {entries[0].why}" if entries[0].why else f"undo of {batch}"
    return workspace.store.apply(organisation, writes, who=who, why=why, at=dt.datetime.now(dt.UTC))


def _entries(workspace: Workspace, organisation: str, batch: int) -> tuple[list[Entry], list[Entry]]:
    """The entries of a batch, oldest first, and all that came after it."""
    limit = _FIRST_LOOK
    while True:
        found = workspace.store.history(organisation, limit=limit)
        if len(found) < limit or found[-1].batch < batch:
            own = [each for each in reversed(found) if each.batch == batch]
            return own, [each for each in found if each.batch > batch]
        limit *= _FURTHER


def _of(entry: Entry) -> Record:
    """The record that an entry is about; of a link, its owner."""
    return entry.kind.partition("__")[0], entry.key


def _changed_since(entries: list[Entry], later: list[Entry], now: Snapshot | None) -> Iterator[Problem]:
    """The records that are not as the batch left them; what was changed and changed back is as it was."""
    touched = dict.fromkeys(_of(each) for each in entries)
    since: dict[Record, list[Entry]] = {}
    for entry in reversed(later):
        if _of(entry) in touched:
            since.setdefault(_of(entry), []).append(entry)
    for record, changes in since.items():
        own = [each for each in entries if _of(each) == record]
        if _row(own) != _row([*own, *changes]) or _relinked(record, changes, now):
            last = changes[-1]
            when = last.at.replace("T", " ").rstrip("Z")
            words = f"{last.who} changed it since ({when} UTC{f', {last.why}' if last.why else ''})"
            yield Problem(words, field="/".join(record))


def _row(entries: Iterable[Entry]) -> dict[str, Any] | None:
    """What the last of these entries left in the row of its record, its number and version aside."""
    last = [each for each in entries if "__" not in each.kind][-1:]
    left = last[0].after if last else None
    return None if left is None else {name: value for name, value in left.items() if name not in ("id", "version")}


def _relinked(record: Record, changes: Iterable[Entry], now: Snapshot | None) -> bool:
    """Whether one of the record's lists is another than before these changes."""
    kind, key = record
    current = None if now is None else now.register.of_kind(kind).get(key) if kind in KINDS else None
    for name in KINDS[kind].lists if kind in KINDS and current is not None else ():
        own = [each for each in changes if each.kind == f"{kind}__{name}"]
        if _list_before(own, current, name) != getattr(current, name):
            return True
    return False


def _reverse(entries: list[Entry], now: Snapshot | None) -> list[Put | Remove]:
    """The writes that bring every record of a batch back to what it was; removals first, inner records before outer."""
    rows: dict[Record, list[Entry]] = {}
    links: dict[Record, dict[str, list[Entry]]] = {}
    for entry in entries:
        kind, _, field = entry.kind.partition("__")
        if kind in KINDS and field:
            links.setdefault((kind, entry.key), {}).setdefault(field, []).append(entry)
        elif kind in KINDS:
            rows.setdefault((kind, entry.key), []).append(entry)
    order = list(KINDS)
    removes: list[Put | Remove] = []
    puts: list[Put | Remove] = []
    for record, own in sorted(rows.items(), key=lambda each: order.index(each[0][0])):
        kind, key = record
        version = None if now is None else now.versions.get(record)
        if own[0].before is not None:
            current = None if now is None else now.register.of_kind(kind).get(key)
            lists = {
                name: _list_before(links.get(record, {}).get(name, []), current, name) for name in KINDS[kind].lists
            }
            puts.append(Put(kind, _restored(kind, own[0].before, lists), version))
        elif version is not None:
            removes.insert(0, Remove(kind, key, version))
    if not removes and not puts:
        raise InputError([Problem("this change left nothing behind that could be undone")])
    return [*removes, *puts]


def _list_before(entries: list[Entry], current: Fields | None, name: str) -> tuple[str, ...]:
    """The members of a list before the batch: as they are now, with the batch's own entries taken back."""
    members = {} if current is None else {key: place for place, key in enumerate(getattr(current, name))}
    for entry in reversed(entries):
        if entry.after is not None:
            members.pop(entry.after["member"], None)
        if entry.before is not None:
            members[entry.before["member"]] = entry.before["position"]
    return tuple(sorted(members, key=lambda each: members[each]))


def _restored(kind: str, row: Mapping[str, Any], lists: Mapping[str, tuple[str, ...]]) -> Fields:
    """The record of a row as the history keeps it. Raises InputError where no such record is possible any more."""
    columns = table(kind).columns
    values = {column.name: row.get(column.name) for column in columns}
    for name, info in KINDS[kind].fields.model_fields.items():
        if name in values and name not in row:
            values[name] = info.get_default()
    for column in columns:
        if isinstance(column.type, Boolean) and values[column.name] is not None:
            values[column.name] = bool(values[column.name])
    try:
        found = record_of(KINDS[kind], values, lists)
        return KINDS[kind].fields.model_validate(
            {name: getattr(found, name) for name in KINDS[kind].fields.model_fields}
        )
    except (ValidationError, ValueError, TypeError) as error:
        told = str(error).splitlines()[0]
        raise InputError(
            [Problem(f"it cannot be brought back as it was: {told}", field=f"{kind}/{row['key']}")]
        ) from error


def _left_hanging(writes: list[Put | Remove], now: Snapshot | None) -> Iterator[Problem]:
    """What would refer to a record that is not there: a record that stays to one that goes, one that comes back to
    one that went since."""  # fmt: skip
    gone = {(each.kind, each.key) for each in writes if isinstance(each, Remove)}
    put = {(each.kind, each.record.key): each.record for each in writes if isinstance(each, Put)}
    there: dict[Record, Fields] = {}
    if now is not None and ("organisation", now.register.organisation.key) not in gone:
        there = {(kind, key): each for kind in KINDS for key, each in now.register.of_kind(kind).items()}
    there = {record: each for record, each in there.items() if record not in gone} | put
    for (kind, key), record in there.items():
        for _, target, used in references(KINDS[kind], record):
            if (target, used) not in there:
                came = "it refers to" if (kind, key) in put else "it has come to depend on"
                yield Problem(
                    f"{came} {target.replace('_', ' ')} {used}, which would not be there", field=f"{kind}/{key}"
                )
