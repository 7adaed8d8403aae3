"""Removing a record: what goes with it, what only loses a reference, and what stands in the way, shown before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ropa.records.errors import InputError, NotFoundError, Problem, StaleRecordError
from ropa.records.kinds import KINDS, Kind
from ropa.records.references import references
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.services.editing.fields import form
from ropa.services.workspace import Workspace
from ropa.store.reader import Snapshot
from ropa.store.writer import Put, Remove

Record = tuple[str, str]
"""A kind and a key."""

Fate = Literal["goes", "cleared", "blocks"]

GO_WITH = frozenset({("transfer", "exporter"), ("transfer", "activity"), ("agreement", "between")})
"""Optional references without which the record would say something else: it goes with what it refers to."""

SPEAKS = frozenset({("breach", "party")})
"""Optional references whose being empty says something that their explanation puts in other words."""

HARMLESS = frozenset({("system", "operator")})
"""Optional references whose being empty is explained, and says no more than "not recorded"."""


@dataclass(frozen=True, slots=True)
class Use:
    """A record that refers to one that goes, the field in which it does, and what becomes of it.

    `goes`: it is removed as well; `cleared`: the field loses the reference; `blocks`: emptied, the field would say
    something that nobody recorded, so it has to be settled first.
    """

    kind: str
    key: str
    field: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing a record comes to: everything that goes, itself included, and every record that loses something."""

    kind: str
    key: str
    goes: tuple[Record, ...]
    cleared: tuple[Use, ...]
    blocks: tuple[Use, ...]

    @property
    def alone(self) -> bool:
        """Whether nothing else is touched."""
        return len(self.goes) == 1 and not self.cleared and not self.blocks


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed, and the batch of the history by which it can be undone."""

    removal: Removal
    batch: int


def planned(register: Register, kind: str, key: str) -> Removal:
    """What depends on a record. Raises NotFoundError where there is no such record."""
    if key not in register.of_kind(kind):
        raise NotFoundError(f"{kind}/{key}: there is no such record in {register.organisation.name}")
    if kind == "organisation":
        everything = tuple((name, each) for name in KINDS if name != kind for each in register.of_kind(name))
        return Removal(kind, key, ((kind, key), *everything), (), ())
    used = _used(register)
    goes: dict[Record, None] = {(kind, key): None}
    waiting: list[Record] = [(kind, key)]
    touched: dict[Record, dict[str, Literal["cleared", "list"]]] = {}
    while waiting:
        gone = waiting.pop()
        if (inner := _written_inside(register, *gone)) is not None and inner not in goes:
            goes[inner] = None
            waiting.append(inner)
        for name, other, field in used.get(gone, ()):
            how = _how(KINDS[name], field)
            if how == "goes":
                if (name, other) not in goes:
                    goes[name, other] = None
                    waiting.append((name, other))
            else:
                touched.setdefault((name, other), {})[field] = how
    goes |= dict.fromkeys(_accepted(register, goes))
    uses = [
        Use(*record, field, _fate(register, record, field, how, goes))
        for record, fields in touched.items()
        if record not in goes
        for field, how in fields.items()
    ]
    cleared = tuple(each for each in uses if each.fate == "cleared")
    return Removal(kind, key, tuple(goes), cleared, tuple(each for each in uses if each.fate == "blocks"))


def _written_inside(register: Register, kind: str, key: str) -> Record | None:
    """The transfer that is part of the entry of an engagement: of the same key, to that party for that activity."""
    engagement = register.engagements.get(key) if kind == "engagement" else None
    transfer = register.transfers.get(key) if engagement is not None else None
    if engagement is None or transfer is None or transfer.exporter is not None:
        return None
    same = (transfer.importer, transfer.activity) == (engagement.party, engagement.activity)
    return ("transfer", key) if same else None


def _used(register: Register) -> dict[Record, list[tuple[str, str, str]]]:
    """Every reference of a register, by what it refers to, as (kind, key, field)."""
    found: dict[Record, list[tuple[str, str, str]]] = {}
    for name, kind in KINDS.items():
        for record in register.of_kind(name).values():
            for field, target, key in references(kind, record):
                found.setdefault((target, key), []).append((name, record.key, field))
    return found


def _how(kind: Kind, field: str) -> Literal["goes", "cleared", "list"]:
    if field in kind.lists:
        return "list"
    if kind.fields.model_fields[field].is_required() or (kind.name, field) in GO_WITH:
        return "goes"
    return "cleared"


def _fate(register: Register, record: Record, field: str, how: str, goes: dict[Record, None]) -> Fate:
    """A field may be emptied only where that says "not recorded", and not "all" or "the organisation"."""
    name, key = record
    if not speaks_when_empty(name, field):
        return "cleared"
    if how == "list" and _left(register.of_kind(name)[key], name, field, goes):
        return "cleared"
    return "blocks"


def speaks_when_empty(kind: str, field: str) -> bool:
    """Whether the declaration of a field gives its being empty a meaning of its own."""
    if (kind, field) in SPEAKS:
        return True
    return "empty:" in form(kind).field(field).explain.lower() and (kind, field) not in HARMLESS


def _left(record: Fields, kind: str, field: str, goes: dict[Record, None]) -> tuple[str, ...]:
    target = KINDS[kind].lists[field]
    return tuple(key for key in getattr(record, field) if (target, key) not in goes)


def _accepted(register: Register, goes: dict[Record, None]) -> Iterator[Record]:
    """Accepted risks of what goes: kept, they would accept what is found one day about another record of that key."""
    subjects = {f"{kind}/{key}" for kind, key in goes}
    for each in register.acknowledgements.values():
        if each.subject in subjects:
            yield "acknowledgement", each.key


def remove(
    workspace: Workspace,
    organisation: str,
    kind: str,
    key: str,
    *,
    who: str,
    with_dependants: bool = False,
    shown: Removal | None = None,
) -> Removed:
    """Remove a record, with what depends on it where that is asked for, in one transaction.

    `shown` is the plan that somebody agreed to. Raises NotFoundError; InputError where something stands in the way or
    something else would be touched and that was not asked for; StaleRecordError where it is no longer what was shown.
    """
    found = workspace.store.snapshot(organisation)
    plan = planned(found.register, kind, key)
    if shown is not None and shown != plan:
        raise StaleRecordError(kind, key, "what depends on it was changed by somebody else meanwhile; look again")
    if plan.blocks:
        raise InputError([_blocked(each) for each in plan.blocks])
    if not plan.alone and not with_dependants:
        others = len(plan.goes) - 1 + len({(each.kind, each.key) for each in plan.cleared})
        raise InputError([Problem(f"{kind}/{key}: {others} other records depend on it")])
    why = f"remove {kind.replace('_', ' ')} {key}"
    batch = workspace.store.apply(organisation, _writes(found, plan), who=who, why=why, at=dt.datetime.now(dt.UTC))
    return Removed(plan, batch)


def _blocked(use: Use) -> Problem:
    title = form(use.kind).field(use.field).title
    explain = form(use.kind).field(use.field).explain
    return Problem(f"without it, “{title}” would be empty, and that means something ({explain}); settle it first",
                   field=f"{use.kind}/{use.key}.{use.field}")  # fmt: skip


def _writes(found: Snapshot, plan: Removal) -> list[Put | Remove]:
    changed: dict[Record, Fields] = {}
    goes = dict.fromkeys(plan.goes)
    for use in plan.cleared:
        record = changed.get((use.kind, use.key)) or found.register.of_kind(use.kind)[use.key]
        listed = use.field in KINDS[use.kind].lists
        value = _left(record, use.kind, use.field, goes) if listed else None
        changed[use.kind, use.key] = record.model_copy(update={use.field: value})
    # Children first: removing a parent removes them too, and they would then be missed.
    order = list(KINDS)
    gone = sorted(plan.goes, key=lambda each: order.index(each[0]), reverse=True)
    if plan.kind == "organisation":
        gone = [(plan.kind, plan.key)]  # the database removes what belongs to it, and the history has all of it
    return [
        *(Put(kind, record, found.versions[kind, key]) for (kind, key), record in changed.items()),
        *(Remove(kind, key, found.versions[kind, key]) for kind, key in gone),
    ]
