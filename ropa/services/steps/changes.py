"""The steps that a person takes with a change of subprocessor: propose, approve, move, make effective, withdraw.

Each reads the register afresh and writes once. A step that may not be taken raises RefusedError with every reason,
and writes nothing; a step that was taken already changes nothing and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from ropa.records.change import ChangeFields
from ropa.records.errors import InputError, Problem, RefusedError
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.rules.change_life import Obstacle, obstacles
from ropa.rules.dates import long_date
from ropa.services.changes.reach import left_out
from ropa.services.changes.statuses import ChangeStatus, status_of
from ropa.services.steps.outcome import outcome
from ropa.services.steps.step import Done, Step, changed, find_record, free_key, save, validated, with_records
from ropa.services.wording import listed
from ropa.services.workspace import Workspace

__all__ = ["Done", "approve", "find_change", "make_effective", "propose", "reschedule", "withdraw"]

_NAMED = replace(KINDS["change"], stem=("name",))
_LIFE = ("approved", "approved_by", "withdrawn", "withdrawn_because", "override", "state")
_NEEDED: dict[str, tuple[str, str]] = {
    "replace": ("replaces", "say which party is replaced"),
    "new-location": ("countries", "say where the data will lie"),
    "new-data": ("data_categories", "say which data"),
    "new-activity": ("activities", "say for which activities"),
    "rename": ("new_name", "say what the party will be called"),
}
"""What a kind of change makes no sense without."""


def find_change(workspace: Workspace, name: str) -> tuple[str, str]:
    """The organisation's key and the change's key of `organisation/change`, or of `change` where only one has it.

    Raises NotFoundError, naming changes of a like key, and InputError where several organisations have one.
    """
    return find_record(workspace, "change", name)


def propose(
    workspace: Workspace, organisation: str, fields: Mapping[str, object], *, who: str, dry_run: bool = False
) -> Done:
    """Put a change forward. Nobody is told by this, and the result shows who would be, and what the law makes of it.

    `fields` are those of ChangeFields; the key is made from the name where none is given. With `dry_run` nothing is
    written. Raises InputError for a field that cannot be used, and RefusedError where another change has the key.
    """
    snapshot = workspace.store.snapshot(organisation)
    register = snapshot.register
    record = _proposal(register, fields, workspace.on)
    existing = register.changes.get(record.key)
    if existing is not None:
        if not _same_plan(existing, record):
            words = (
                f"There is another change with the key {record.key!r}, {existing.name!r}; give this one its own key."
            )
            raise RefusedError([words])
        status = status_of(register, existing, workspace.on)
        return Done(f"{existing.name}: it is recorded already, and {_stage(status)}.", False, register, status)
    after = with_records(register, [("change", record)])
    status = status_of(after, record, workspace.on)
    if not dry_run:
        save(workspace, organisation, snapshot, [("change", record)], who=who, why=f"propose {record.key}")
    words = "would be proposed; nothing is written" if dry_run else "proposed; nobody has been told"
    remarks = []
    if left := [register.activities[key].name for key in left_out(after, record, workspace.on)]:
        who_works = register.parties[record.party].name
        remarks.append(
            f"{who_works} works for {listed(left)} too, which the change does not name: nobody is told for that."
        )
    return Done(f"{record.name}: {words}.", not dry_run, after, status, tuple(remarks))


def approve(workspace: Workspace, organisation: str, change: str, *, who: str, on: dt.date | None = None) -> Done:
    """Decide to go ahead and to tell the customers. Raises RefusedError where that cannot be."""
    step = Step.of(workspace, organisation, change)
    record = step.change
    if record.state in ("approved", "notified") and on in (None, record.approved):
        when = f", since {long_date(record.approved)}" if record.approved else "; when is not recorded"
        return step.done(f"{record.name}: it is approved already{when}.")
    day = step.day(on)
    _refuse(obstacles("approve", step.status.facts))
    if record.proposed is not None and day < record.proposed:
        raise RefusedError([f"It was proposed on {long_date(record.proposed)}; it cannot be approved before that."])
    new = changed(step.register, "change", record, state="approved", approved=day, approved_by=who)
    words = f"{record.name}: approved on {long_date(day)} by {who}. Now the customers may be told."
    remarks = [
        f"Nothing that is recorded would cover the transfer to {each}: see to that before anybody is told."
        for each in dict.fromkeys(step.status.facts.uncovered)
    ]
    return step.write([("change", new)], words, who=who, why=f"approve {change}", remarks=remarks)


def withdraw(
    workspace: Workspace, organisation: str, change: str, *, because: str, who: str, on: dt.date | None = None
) -> Done:
    """Give a change up before it takes effect. Raises RefusedError where that cannot be."""
    step = Step.of(workspace, organisation, change)
    record = step.change
    if record.state == "withdrawn" and on in (None, record.withdrawn) and because == record.withdrawn_because:
        return step.done(f"{record.name}: it is withdrawn already.")
    day = step.day(on)
    status = step.status
    _refuse(obstacles("withdraw", status.facts))
    if record.proposed is not None and day < record.proposed:
        raise RefusedError([f"It was proposed on {long_date(record.proposed)}; it cannot be withdrawn before that."])
    new = changed(step.register, "change", record, state="withdrawn", withdrawn=day, withdrawn_because=because)
    told = [each.name for each in status.facts.customers if each.sent is not None]
    remarks = [f"{listed(told)} {_were(told)} told of it; tell them that it does not happen."] if told else []
    words = f"{record.name}: withdrawn on {long_date(day)}."
    return step.write([("change", new)], words, who=who, why=f"withdraw {change}: {because}", remarks=remarks)


def reschedule(workspace: Workspace, organisation: str, change: str, effective: dt.date, *, who: str) -> Done:
    """Plan another day. Customers who were told a later day must be told again, and the result names them.

    Raises RefusedError where the change has taken effect or was withdrawn.
    """
    step = Step.of(workspace, organisation, change)
    record = step.change
    if record.state in ("effective", "withdrawn"):
        raise RefusedError([f"It is {record.state}; its date is no plan any more."])
    if record.effective == effective:
        return step.done(f"{record.name}: it is planned for {long_date(effective)} already.")
    new = changed(step.register, "change", record, effective=effective)
    before = long_date(record.effective) if record.effective else "no date"
    words = f"{record.name}: planned for {long_date(effective)}; before, {before}."
    why = f"move {change} to {effective}"
    done = step.write([("change", new)], words, who=who, why=why)
    return replace(done, remarks=tuple(_told_otherwise(done.status, effective)))


def make_effective(
    workspace: Workspace,
    organisation: str,
    change: str,
    *,
    on: dt.date | None = None,
    who: str,
    override: str | None = None,
) -> Done:
    """Record that a change took effect on a day, and carry it into the register, in one transaction.

    What stands in the way is refused unless `override` says why it could not wait; that, and what stood in the way,
    is then written on the change. What makes no sense at all is refused whatever is said.
    """
    step = Step.of(workspace, organisation, change)
    record = step.change
    if record.state == "effective" and on in (None, record.effective):
        when = f", since {long_date(record.effective)}" if record.effective else ""
        return step.done(f"{record.name}: it is effective already{when}.")
    day = on or workspace.on
    planned = record.model_copy(update={"effective": day})
    status = status_of(step.register, planned, workspace.on)
    against = obstacles("make effective", status.facts, day)
    if any(each.final for each in against) or override is None:
        _refuse(against)
    values: dict[str, object] = {"state": "effective", "effective": day}
    if against:
        said = "\n".join(each.reason.text for each in against)
        values["override"] = {"who": who, "why": override, "on": workspace.on, "against": said}
    new = changed(step.register, "change", record, **values)
    carried = outcome(step.register, new, day)
    records: list[tuple[str, Fields]] = [("change", new), *((kind, after) for kind, _, after in carried.records)]
    words = f"{record.name}: effective since {long_date(day)}"
    words += f", by decision of {who} although {_standing(against)} in the way." if against else "."
    why = f"make {change} effective" + (f": {override}" if against else "")
    remarks = list(carried.said)
    if override is not None and not against:
        remarks.insert(0, "Nothing stood in the way, so no override is recorded.")
    return step.write(records, words, who=who, why=why, remarks=remarks)


def _proposal(register: Register, fields: Mapping[str, object], on: dt.date) -> ChangeFields:
    refused = [name for name in _LIFE if fields.get(name) not in (None, "proposed")]
    if refused:
        raise InputError([Problem("it belongs to a later step", field=name) for name in refused])
    name = fields.get("name")
    key = fields.get("key") or free_key(_NAMED, {"name": name}, ())
    record = validated(register, "change", ChangeFields, {"proposed": on, **fields, "key": key})
    wants, words = _NEEDED.get(record.kind, ("", ""))
    if wants and not getattr(record, wants):
        raise InputError([Problem(f"a change of the kind {record.kind} needs it: {words}", field=wants)])
    if record.party in (record.replaces, record.beneath):
        field = "replaces" if record.party == record.replaces else "beneath"
        raise InputError([Problem(f"{record.party!r} is the party itself", field=field)])
    return record


def _same_plan(existing: ChangeFields, record: ChangeFields) -> bool:
    """Whether a proposal says what is recorded, whatever has happened to the change since."""
    since = {name: getattr(existing, name) for name in (*_LIFE, "proposed")}
    return record.model_copy(update=since) == existing


def _told_otherwise(status: ChangeStatus, effective: dt.date) -> list[str]:
    """What follows for the customers who were told another day than the one that is planned now."""
    told = [each for each in status.facts.customers if each.told is not None and each.told != effective]
    again = [each.name for each in told if each.told is not None and effective < each.told]
    later = [each.name for each in told if each.told is not None and each.told < effective]
    found = []
    if again:
        found.append(f"{listed(again)} {_were(again)} told a later date and must be told again: the time starts anew.")
    if later:
        found.append(f"{listed(later)} {_were(later)} told an earlier date; let them know of the new one.")
    return found


def _refuse(against: tuple[Obstacle, ...]) -> None:
    if against:
        ordered = sorted(against, key=lambda each: not each.final)
        raise RefusedError([each.reason.text for each in ordered])


def _stage(status: ChangeStatus) -> str:
    return "in its objection window" if status.stage == "objection window" else status.stage


def _were(names: list[str]) -> str:
    return "was" if len(names) == 1 else "were"


def _standing(against: tuple[Obstacle, ...]) -> str:
    return "one thing stood" if len(against) == 1 else f"{len(against)} things stood"
