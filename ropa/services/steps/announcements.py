"""What a person does with a vendor's announcement: record it, decide about it, and pass it on to the customers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ropa.records.change import AnnouncementFields
from ropa.records.errors import InputError, Problem, RefusedError
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.rules.dates import long_date
from ropa.services.findings.announcements import announcement_clock
from ropa.services.layout import sourced
from ropa.services.steps.changes import propose
from ropa.services.steps.step import Done, changed, find_record, free_key, known, save, validated, with_records
from ropa.services.workspace import Workspace
from ropa.store.reader import Snapshot

_NAMED = replace(KINDS["announcement"], stem=("name",))
_DECIDED = ("decision", "decided", "decided_by", "grounds")
_OF_THE_VENDOR = ("new-location", "new-data", "new-activity", "new-legal-entity", "rename")
"""The kinds of change that a vendor announces about itself, where it names nobody else."""

DECISIONS = {
    "accepted": "accepted",
    "objected": "objected to",
    "not-concerned": "found not to touch the data that the vendor has from us",
}


@dataclass(frozen=True, slots=True)
class Noted:
    """What was done with an announcement: `words` say it in a line, `remarks` what must be known besides."""

    words: str
    changed: bool
    register: Register
    announcement: AnnouncementFields
    remarks: tuple[str, ...] = ()


def find_announcement(workspace: Workspace, name: str) -> tuple[str, str]:
    """The organisation's key and the announcement's key; see `find_record`."""
    return find_record(workspace, "announcement", name)


def record_announcement(
    workspace: Workspace, organisation: str, fields: Mapping[str, object], *, who: str, correct: bool = False
) -> Noted:
    """Record what a vendor announced. `fields` are those of AnnouncementFields; a key is made from the name.

    Raises InputError for a field that cannot be used, and RefusedError where another announcement has the key and
    this is no correction of it.
    """
    snapshot = workspace.store.snapshot(organisation)
    register = snapshot.register
    early = [name for name in _DECIDED if fields.get(name) is not None]
    if early:
        raise InputError(
            [Problem("it belongs to the decision, which is a step of its own", field=name) for name in early]
        )
    key = fields.get("key") or free_key(_NAMED, {"name": fields.get("name")}, ())
    record = validated(register, "announcement", AnnouncementFields, {**fields, "key": key})
    _not_to_come(workspace, record.received)
    old = register.announcements.get(record.key)
    if old is not None:
        record = record.model_copy(update={name: getattr(old, name) for name in _DECIDED})
        if record == old:
            return Noted(f"{old.name}: it is recorded already.", False, register, old)
        if not correct:
            words = f"There is another announcement with the key {record.key!r}, {old.name!r}"
            raise RefusedError([f"{words}; give this one its own key, or say --correct to put that one right."])
    words = f"{record.name}: recorded, announced by {register.parties[record.vendor].name}."
    after = with_records(register, [("announcement", record)])
    remark = " ".join(sourced(reason) for reason in announcement_clock(after, record, workspace.on).reasons)
    return _write(workspace, snapshot, record, words, who, f"announcement {record.key}", remark)


def decide(
    workspace: Workspace,
    organisation: str,
    announcement: str,
    decision: str,
    *,
    on: dt.date,
    grounds: str | None,
    who: str,
    correct: bool = False,
) -> Noted:
    """Record what the organisation decided: accepted, objected or not-concerned.

    Raises RefusedError for a day to come or before it was received, and where another decision is recorded and this
    is no correction.
    """
    snapshot = workspace.store.snapshot(organisation)
    register = snapshot.register
    old = known(register, "announcement", announcement, AnnouncementFields)
    _not_to_come(workspace, on)
    if old.received is not None and on < old.received:
        raise RefusedError([f"It was received on {long_date(old.received)}; it cannot be decided before."])
    if decision == "objected" and not (grounds or old.grounds):
        raise RefusedError(["An objection needs its grounds: say why."])
    values: dict[str, object] = {"decision": decision, "decided": on, "grounds": grounds or old.grounds}
    new = changed(register, "announcement", old, **values)
    if new == old:
        return Noted(f"{old.name}: decided so already.", False, register, old)
    if old.decision is not None and not correct:
        when = f" on {long_date(old.decided)}" if old.decided else ""
        raise RefusedError([f"It was {DECISIONS[old.decision]}{when} already; say --correct to put that right."])
    new = changed(register, "announcement", new, decided_by=who)
    last = announcement_clock(register, new, workspace.on).last_day
    remark = ""
    if decision == "objected" and last is not None and on > last:
        remark = f"The last day to object was {long_date(last)}, before that."
    elif decision == "accepted":
        remark = f"Customers whose data it reaches must be told in turn: `ropa announcement pass-on {announcement}`."
    words = f"{new.name}: {DECISIONS[decision]} on {long_date(on)} by {who}."
    return _write(workspace, snapshot, new, words, who, f"decide {announcement}: {decision}", remark)


def pass_on(
    workspace: Workspace,
    organisation: str,
    announcement: str,
    fields: Mapping[str, object],
    *,
    who: str,
    dry_run: bool = False,
) -> Done:
    """Propose to the customers what a vendor announced (Art. 28(4)); `fields` say what the announcement does not.

    Raises as `propose` does, and RefusedError where it was decided that the announcement does not concern anybody.
    """
    register = workspace.store.snapshot(organisation).register
    told = known(register, "announcement", announcement, AnnouncementFields)
    if told.decision == "not-concerned":
        raise RefusedError([f"{told.name}: it was {DECISIONS['not-concerned']}; decide otherwise first."])
    given = {name: value for name, value in fields.items() if value not in (None, "", ())}
    party = given.get("party") or told.about or (told.vendor if told.kind in _OF_THE_VENDOR else None)
    if party is None:
        words = "whom it is about is not recorded; name the party"
        raise InputError([Problem(words, field="party")])
    values: dict[str, object] = {
        "name": told.name,
        "kind": told.kind,
        "party": party,
        "effective": told.effective,
        "announcement": told.key,
        "invented": told.invented,
    }
    if party != told.vendor:
        values["beneath"] = told.vendor
    return propose(workspace, organisation, {**values, **given}, who=who, dry_run=dry_run)


def _write(
    workspace: Workspace,
    snapshot: Snapshot,
    record: AnnouncementFields,
    words: str,
    who: str,
    why: str,
    remark: str,
) -> Noted:
    organisation = snapshot.register.organisation.key
    save(workspace, organisation, snapshot, [("announcement", record)], who=who, why=why)
    after = with_records(snapshot.register, [("announcement", record)])
    return Noted(words, True, after, record, (remark,) if remark else ())


def _not_to_come(workspace: Workspace, day: dt.date | None) -> None:
    if day is not None and day > workspace.on:
        raise RefusedError([f"{long_date(day)} is still to come; what has not happened cannot be recorded."])
