"""Editing one record: opened with what a form shows, saved in one transaction, or told who was faster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ropa.records.errors import InputError, NotFoundError, Problem, StaleRecordError
from ropa.records.kinds import KINDS, children
from ropa.records.references import references
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.services.editing.conflicts import Conflict, Writing, clashes, writers
from ropa.services.editing.values import Texts, blank, new_key, read, texts_of
from ropa.services.workspace import Workspace
from ropa.store.writer import Put

_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Editing:
    """A record that is open in a form. `key` is empty and `record` and `version` are None for a new one.

    `texts` is what the form shows at first, and `taken` the keys of its kind that were there.
    """

    kind: str
    key: str
    parent: str
    record: Fields | None
    version: int | None
    texts: Mapping[str, object]
    taken: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written: the batch of the history, or 0 where nothing had changed; `more` was written with it."""

    kind: str
    key: str
    record: Fields
    batch: int
    more: tuple[tuple[str, Fields], ...] = ()

    @property
    def records(self) -> tuple[tuple[str, Fields], ...]:
        """Every record that was written, with its kind."""
        return ((self.kind, self.record), *self.more)


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was written: the message for each field; one without a field stands under an empty name."""

    problems: Mapping[str, str]


Outcome = Saved | Refused | Conflict


def opened(workspace: Workspace, organisation: str, kind: str, key: str | None, parent: str | None = None) -> Editing:
    """A record to edit, or a new one of that kind (key None), in `parent` where its kind is written inside another.

    A new organisation is opened with `organisation` empty. Raises NotFoundError where there is no such record.
    """
    if kind == "organisation" and key is None:
        return Editing(kind, "", "", None, None, blank(kind), frozenset(workspace.organisations()))
    if key is None:
        _ask_for_parent(workspace, organisation, kind, parent)
        taken = workspace.store.keys(organisation, kind)
        return Editing(kind, "", parent or "", None, None, blank(kind), taken)
    found = workspace.store.record(organisation, kind, key)
    if found is None:
        raise NotFoundError(f"{kind}/{key}: there is no such record in {_called(workspace, organisation)}")
    record, version = found
    parent = getattr(record, KINDS[kind].parent) if KINDS[kind].parent else ""
    return Editing(kind, key, parent, record, version, texts_of(kind, record))


def _ask_for_parent(workspace: Workspace, organisation: str, kind: str, parent: str | None) -> None:
    owner = KINDS[kind].parent
    if owner and (not parent or workspace.store.record(organisation, owner, parent) is None):
        raise NotFoundError(f"{owner}/{parent}: there is no such record in {_called(workspace, organisation)}")


def _called(workspace: Workspace, organisation: str) -> str:
    """The name of an organisation. Raises NotFoundError where there is none."""
    known = workspace.organisations()
    if organisation not in known:
        raise NotFoundError(f"there is no organisation {organisation!r} any more")
    return known[organisation]


def save(workspace: Workspace, organisation: str, editing: Editing, texts: Texts, *, who: str) -> Outcome:
    """Save what a form holds, in one transaction with its history; nothing is written where nothing has changed.

    Raises StoreError where the file cannot be written.
    """
    found = read(editing.kind, texts, editing.record, key=editing.key, parent=editing.parent)
    if found.record is None:
        return Refused(found.problems)
    record = found.record
    if editing.key == "":
        key = new_key(editing.kind, record.model_dump(), editing.taken, editing.parent)
        record = record.model_copy(update={"key": key})
    elif record == editing.record and editing.version is not None:
        return Saved(editing.kind, editing.key, record, 0)
    whose = record.key if editing.kind == "organisation" else organisation
    why = f"{'add' if editing.version is None else 'change'} {editing.kind.replace('_', ' ')} {record.key}"
    try:
        batch = workspace.store.apply(
            whose, [Put(editing.kind, record, editing.version)], who=who, why=why, at=dt.datetime.now(dt.UTC)
        )
    except StaleRecordError:
        return _conflict(workspace, whose, editing, record)
    except InputError as error:
        return Refused(_nowhere(workspace, whose, editing.kind, record) or {"": str(error)})
    return Saved(editing.kind, record.key, record, batch)


def _nowhere(workspace: Workspace, organisation: str, kind: str, record: Fields) -> dict[str, str]:
    """The fields that refer to what is not there (any more)."""
    return {
        name: f"there is no {target.replace('_', ' ')} {key!r} any more; choose another"
        for name, target, key in references(KINDS[kind], record)
        if workspace.store.record(organisation, target, key) is None
    }


def _conflict(workspace: Workspace, organisation: str, editing: Editing, mine: Fields) -> Conflict:
    theirs, version = workspace.store.record(organisation, editing.kind, mine.key) or (None, None)
    entries = workspace.store.history(organisation, editing.kind, mine.key)
    by = writers(entries, editing.version or 0)
    if editing.version is None:
        return Conflict("added", editing.kind, mine.key, by[:1], mine, theirs, version, ())
    if theirs is None:
        return Conflict("removed", editing.kind, mine.key, by[:1], mine, None, None, ())
    fields = clashes(editing.kind, editing.record, mine, theirs)
    return Conflict("changed", editing.kind, mine.key, by, mine, theirs, version, fields)


def after(workspace: Workspace, organisation: str, editing: Editing, conflict: Conflict) -> Editing:
    """The record opened anew after a conflict, to save over what the others did.

    Where they changed it, it is theirs that is edited now: save `conflict.texts(...)` or `conflict.all_mine()`. Where
    they removed it, saving adds it again; where they added one of the same key, saving adds another beside it.
    """
    if conflict.theirs is not None and conflict.what == "changed":
        texts = texts_of(conflict.kind, conflict.theirs)
        return replace(editing, record=conflict.theirs, version=conflict.version, texts=texts)
    if conflict.what == "removed":
        return replace(editing, record=conflict.mine, version=None)
    own = conflict.kind != "organisation"
    taken = workspace.store.keys(organisation, conflict.kind) if own else frozenset(workspace.organisations())
    return replace(editing, key="", taken=taken)


def duplicate(workspace: Workspace, organisation: str, kind: str, key: str, *, who: str) -> Saved:
    """A copy of a record with all that is written inside it, under a key of its own; its name says that it is one.

    Transfers are no part of an activity, and are not copied with one. Raises NotFoundError where there is no such
    record, and InputError for an organisation, whose register is more than one record.
    """
    if kind == "organisation":
        raise InputError([Problem("an organisation is not duplicated: its register is more than one record")])
    register = workspace.store.snapshot(organisation).register
    original = register.of_kind(kind).get(key)
    if original is None:
        raise NotFoundError(f"{kind}/{key}: there is no such record in {register.organisation.name}")
    copy = _renamed(original)
    owner = KINDS[kind].parent
    made = new_key(kind, copy.model_dump(), register.of_kind(kind), getattr(original, owner) if owner else "")
    copy = copy.model_copy(update={"key": made})
    inner = tuple(_inside(register, kind, key, made))
    batch = workspace.store.apply(
        organisation,
        [Put(kind, copy), *(Put(name, record) for name, record in inner)],
        who=who,
        why=f"duplicate {kind.replace('_', ' ')} {key}",
        at=dt.datetime.now(dt.UTC),
    )
    return Saved(kind, made, copy, batch, inner)


def _renamed(record: Fields) -> Fields:
    name: Any = getattr(record, "name", None)
    if not isinstance(name, str):
        return record
    end = " (copy)"
    return record.model_copy(update={"name": name[: _LONGEST_NAME - len(end)].rstrip() + end})


def _inside(register: Register, kind: str, key: str, made: str) -> list[tuple[str, Fields]]:
    """What is written inside a record, as it would stand inside its copy."""
    found: list[tuple[str, Fields]] = []
    for child in children(kind):
        for record in register.of_kind(child.name).values():
            if getattr(record, child.parent) == key:
                inner = f"{made}/{record.key.removeprefix(f'{key}/')}"
                found.append((child.name, record.model_copy(update={child.parent: made, "key": inner})))
                found += _inside(register, child.name, record.key, inner)
    return found


__all__ = [
    "Conflict", "Editing", "Outcome", "Refused", "Saved", "Writing", "after", "duplicate", "opened", "save",
]  # fmt: skip
