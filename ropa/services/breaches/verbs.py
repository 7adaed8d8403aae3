"""What a person does with a breach: record it, add what becomes known, see whom it reaches, note who was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ropa.records.breach import BreachFields, BreachNoticeFields
from ropa.records.errors import InputError, Problem, RefusedError
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.rules.dates import long_date
from ropa.rules.moment import end_of_day, moment_words, read_moment
from ropa.services.findings.breaches import customers_of
from ropa.services.questions.impact import impacts
from ropa.services.steps.step import changed, find_record, free_key, known, save, validated, with_records
from ropa.services.workspace import View, Workspace, today

_NAMED = replace(KINDS["breach"], stem=("name",))


@dataclass(frozen=True, slots=True)
class Kept:
    """What was done with a breach: `words` say it in a line; `changed` is False where it was so already."""

    words: str
    changed: bool
    register: Register
    breach: BreachFields


@dataclass(frozen=True, slots=True)
class Reached:
    """What a breach reaches by the graph and its record does not hold yet; nothing is written by it.

    `place` is the record that was asked about, `on` the date of the graph. All others are keys; `customers` are those
    to be told once it is written.
    """

    breach: BreachFields
    place: str
    on: dt.date
    activities: tuple[str, ...]
    data_categories: tuple[str, ...]
    subject_categories: tuple[str, ...]
    customers: tuple[str, ...]

    @property
    def adds(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.activities or self.data_categories or self.subject_categories)

    @property
    def filled(self) -> BreachFields:
        """The breach with all of it; what was recorded stays."""
        return self.breach.model_copy(
            update={
                name: (*getattr(self.breach, name), *getattr(self, name))
                for name in ("activities", "data_categories", "subject_categories")
            }
        )


def find_breach(workspace: Workspace, name: str) -> tuple[str, str]:
    """The organisation's key and the breach's key; see `find_record`."""
    return find_record(workspace, "breach", name)


def moment_of(on: dt.date, like: dt.datetime) -> dt.datetime:
    """The moment at which a date is looked at: now where it is today, else its end, in the zone of another moment."""
    return dt.datetime.now().astimezone(like.tzinfo) if on == today() else end_of_day(on, like)


def record_breach(workspace: Workspace, organisation: str, fields: Mapping[str, object], *, who: str) -> Kept:
    """Record a breach. `fields` are those of BreachFields; a key is made from the name where none is given.

    Raises InputError for a field that cannot be used, and RefusedError where another breach has the key and for what is
    still to come.
    """
    snapshot = workspace.store.snapshot(organisation)
    register = snapshot.register
    key = fields.get("key") or free_key(_NAMED, {"name": fields.get("name")}, ())
    record = validated(register, "breach", BreachFields, {**fields, "key": key})
    old = register.breaches.get(record.key)
    if old == record:
        return Kept(f"{old.name}: it is recorded already.", False, register, old)
    _possible(workspace, record)
    if old is not None:
        words = f"There is another breach with the key {record.key!r}, {old.name!r}; give this one its own key, or add"
        raise RefusedError([f"{words} what became known with `ropa breach update {record.key}`."])
    save(workspace, organisation, snapshot, [("breach", record)], who=who, why=f"breach {record.key}")
    return Kept(f"{record.name}: recorded.", True, with_records(register, [("breach", record)]), record)


def update_breach(
    workspace: Workspace, organisation: str, breach: str, fields: Mapping[str, object], *, who: str
) -> Kept:
    """Record what became known of a breach, in phases as Article 33(4) allows; what is not given stays.

    Raises as `record_breach` does, and NotFoundError where there is no such breach.
    """
    snapshot = workspace.store.snapshot(organisation)
    register = snapshot.register
    old = known(register, "breach", breach, BreachFields)
    new = changed(register, "breach", old, **fields)
    if new == old:
        return Kept(f"{old.name}: it is recorded so already.", False, register, old)
    _possible(workspace, new)
    save(workspace, organisation, snapshot, [("breach", new)], who=who, why=f"breach {breach}: update")
    titles = [
        str(info.title).lower()
        for name, info in BreachFields.model_fields.items()
        if getattr(new, name) != getattr(old, name)
    ]
    words = f"{new.name}: recorded {', '.join(titles)}."
    return Kept(words, True, with_records(register, [("breach", new)]), new)


def tell(workspace: Workspace, organisation: str, breach: str, fields: Mapping[str, object], *, who: str) -> Kept:
    """Record that somebody was told of a breach; nothing is sent. `fields` are those of BreachNoticeFields.

    A notice to the same one that has no time yet is completed. Raises InputError for a field that cannot be used, and
    RefusedError for a moment that is still to come or before the organisation became aware.
    """
    snapshot = workspace.store.snapshot(organisation)
    register = snapshot.register
    record = known(register, "breach", breach, BreachFields)
    if fields.get("recipient") == "customer" and not fields.get("party"):
        raise InputError([Problem("which customer must be said, by its key (--party)", field="party")])
    there = register.breach_notices_of(breach)
    taken = [each.key for each in there]
    stem = {name: fields.get(name) for name in ("recipient", "party")}
    key = free_key(KINDS["breach_notice"], stem, taken, breach)
    notice = validated(register, "breach_notice", BreachNoticeFields, {**fields, "breach": breach, "key": key})
    name = _called(register, notice)
    if any(each.model_copy(update={"key": key}) == notice for each in there):
        return Kept(f"{record.name}: that {name} was told is recorded already.", False, register, record)
    _not_to_come(workspace, notice.told)
    if record.discovered and notice.told and read_moment(notice.told) < read_moment(record.discovered):
        when = moment_words(read_moment(record.discovered))
        raise RefusedError([f"The organisation became aware of it at {when}; nobody can have been told before."])
    same = [each for each in there if _same(each, notice) and each.told is None]
    if same:
        given = notice.model_dump(exclude_none=True, exclude={"key"})
        notice = same[0].model_copy(update={**given, "invented": same[0].invented})
    save(workspace, organisation, snapshot, [("breach_notice", notice)], who=who, why=f"breach {breach}: told {name}")
    when = f" at {moment_words(read_moment(notice.told))}" if notice.told else ", when is not recorded"
    after = with_records(register, [("breach_notice", notice)])
    return Kept(f"{record.name}: {name} told{when}.", True, after, record)


def reached_by(view: View, breach: str) -> Reached:
    """What a breach reaches by the graph on the day on which it happened, else became known.

    Raises NotFoundError where there is no such breach, and RefusedError where neither system nor party is recorded.
    """
    register = view.register
    record = known(register, "breach", breach, BreachFields)
    place = f"system/{record.system}" if record.system else f"party/{record.party}" if record.party else ""
    if not place:
        how = f"Record it with `ropa breach update {breach} --system KEY`, or with `--at PARTY`."
        raise RefusedError([f"Where it happened is not recorded: neither a system nor a party. {how}"])
    aware = read_moment(record.discovered).date() if record.discovered else view.on
    on = record.occurred or aware
    (impact,) = impacts([View(register, on)], place)
    found = Reached(
        breach=record,
        place=place,
        on=on,
        activities=_new(record.activities, (each.activity for each in impact.reach.activities)),
        data_categories=_new(record.data_categories, impact.data),
        subject_categories=_new(record.subject_categories, impact.people),
        customers=(),
    )
    reached = [register.activities[key] for key in found.filled.activities]
    return replace(found, customers=customers_of(record, reached))


def fill_in(workspace: Workspace, organisation: str, breach: str, *, who: str) -> tuple[Reached, Kept]:
    """Write what `reached_by` proposes: the lists of the breach grow, and nothing that is recorded goes."""
    view = workspace.view(organisation)
    found = reached_by(view, breach)
    fields = {name: getattr(found.filled, name) for name in ("activities", "data_categories", "subject_categories")}
    return found, update_breach(workspace, organisation, breach, fields, who=who)


def _new(recorded: tuple[str, ...], found: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in dict.fromkeys(found) if each not in recorded)


def _same(one: BreachNoticeFields, other: BreachNoticeFields) -> bool:
    return (one.recipient, one.party, one.name) == (other.recipient, other.party, other.name)


def _called(register: Register, notice: BreachNoticeFields) -> str:
    if notice.party is not None:
        return register.parties[notice.party].name
    return notice.name or {"authority": "the authority", "people": "the people"}.get(notice.recipient, "somebody else")


def _possible(workspace: Workspace, record: BreachFields) -> None:
    """Raises RefusedError for a breach that is still to come, or is over or closed before it can be."""
    _not_to_come(workspace, record.discovered, record.occurred, record.ended, record.closed)
    if record.occurred and record.ended and record.ended < record.occurred:
        raise RefusedError([f"It happened on {long_date(record.occurred)}; it cannot have been over before."])
    known_since = read_moment(record.discovered).date() if record.discovered else record.occurred
    if known_since and record.closed and record.closed < known_since:
        what = "became known" if record.discovered else "happened"
        raise RefusedError([f"It {what} on {long_date(known_since)}; it cannot have been closed before."])


def _not_to_come(workspace: Workspace, moment: str | None, *days: dt.date | None) -> None:
    later = []
    at = read_moment(moment) if moment is not None else None
    if at is not None and at > moment_of(workspace.on, at):
        later.append(moment_words(at))
    later += [long_date(day) for day in days if day is not None and day > workspace.on]
    if later:
        raise RefusedError([f"{each} is still to come; what has not happened cannot be recorded." for each in later])
