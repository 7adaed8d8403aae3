"""One customer of one change: finding it, and writing its notice so that nothing recorded is lost by accident."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from ropa.records.change import NoticeFields
from ropa.records.errors import NotFoundError, RefusedError
from ropa.records.kinds import KINDS
from ropa.rules.change_life import obstacles
from ropa.rules.dates import long_date
from ropa.services.changes.statuses import CustomerNotice
from ropa.services.steps.step import Done, Step, changed, free_key, near, validated
from ropa.services.wording import listed
from ropa.services.workspace import Workspace


def open_step(workspace: Workspace, organisation: str, change: str) -> Step:
    """The change, where customers may be told of it. Raises RefusedError where they may not."""
    step = Step.of(workspace, organisation, change)
    against = obstacles("notify", step.status.facts)
    if against:
        raise RefusedError([each.reason.text for each in against])
    return step


def customer_of(step: Step, customer: str) -> CustomerNotice:
    """What a customer is owed about the change. Raises NotFoundError, and RefusedError for one it does not reach."""
    parties = step.register.parties
    if customer not in parties:
        owner = step.register.organisation.name
        raise NotFoundError(f"{owner} has no party {customer!r}{near(customer, parties)}")
    status = step.status
    found = next((each for each in status.owed if each.customer == customer), None)
    if found is None:
        name = parties[customer].name
        if customer not in step.register.customers:
            raise RefusedError([f"{name} is no customer: no activity is recorded that is done for it."])
        where = listed([step.register.activities[key].name for key in status.activities]) or "no activity"
        raise RefusedError([f"The change does not reach {name}: it is about {where}, which is not done for it."])
    return found


def record(
    step: Step,
    each: CustomerNotice,
    values: Mapping[str, object],
    words: str,
    *,
    who: str,
    correct: bool,
    remarks: Sequence[str] = (),
    clear: Sequence[str] = (),
) -> Done:
    """Write one customer's notice with these values; see `with_values`."""
    found = with_values(step, each, values, correct, clear)
    if found is None:
        return step.done(f"{called(step, each.customer)}: recorded so already.", remarks=remarks)
    why = f"{step.change.key}, {each.customer}: {', '.join(_label(name) for name, value in values.items() if value)}"
    return step.write([("notice", found)], words, who=who, why=why, remarks=remarks)


def with_values(
    step: Step, each: CustomerNotice, values: Mapping[str, object], correct: bool, clear: Sequence[str] = ()
) -> NoticeFields | None:
    """A customer's notice with these values; None where it has them. A value of None says nothing.

    `clear` names fields that are emptied first. Raises RefusedError where another value is recorded and this is no
    correction.
    """
    recorded = next((one for one in step.register.notices_of(step.change.key) if one.customer == each.customer), None)
    said = {name: value for name, value in values.items() if value is not None}
    if recorded is None:
        base = {"change": step.change.key, "customer": each.customer}
        key = free_key(KINDS["notice"], base, step.register.notices, step.change.key)
        return validated(step.register, "notice", NoticeFields, {"key": key, **base, **said})
    wanted = changed(step.register, "notice", recorded, **{**dict.fromkeys(clear), **said})
    other = [name for name in said if getattr(recorded, name) not in (None, getattr(wanted, name))]
    if other and not correct:
        name = called(step, each.customer)
        already = [_said(field, getattr(recorded, field)) for field in other]
        raise RefusedError([f"{name}: {words} already; say --correct to put it right." for words in already])
    return None if wanted == recorded else wanted


def _said(field: str, value: object) -> str:
    shown = long_date(value) if isinstance(value, dt.date) else f"“{value}”"
    return f"{_label(field)} is recorded as {shown}"


def _label(field: str) -> str:
    return (NoticeFields.model_fields[field].title or field).lower()


def called(step: Step, customer: str) -> str:
    """The name of a customer."""
    return step.register.parties[customer].name
