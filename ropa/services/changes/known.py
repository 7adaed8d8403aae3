"""The changes of a register as they were known on a date: what is dated later had not happened."""

from __future__ import annotations

import datetime as dt

from ropa.records.change import ChangeFields, NoticeFields
from ropa.records.register import Register
from ropa.services.changes.reach import took_effect


def known_changes(register: Register, on: dt.date) -> list[ChangeFields]:
    """The changes that had been put forward by a date, each as it was known then (`known_change`).

    One that is dated later counts where something that happened by then shows that it was there.
    """
    return [known_change(register, each, on) for each in register.changes.values() if _was_there(register, each, on)]


def known_change(register: Register, change: ChangeFields, on: dt.date) -> ChangeFields:
    """A change as it was known on a date: a decision that is dated later had not been taken.

    Fields without a day of their own, such as the planned date, are as they are recorded today.
    """
    told, values = _was_told(register, change, on), dict[str, object]()
    if change.state == "withdrawn" and change.withdrawn is not None and change.withdrawn > on:
        values = {"withdrawn": None, "withdrawn_because": None}
        values["state"] = "notified" if told else "approved" if change.approved else "proposed"
    if change.approved is not None and change.approved > on and not took_effect(change, on):
        values |= {"approved": None, "approved_by": None}
        values |= {} if told else {"state": "proposed"}
    if change.override is not None and change.override.on is not None and change.override.on > on:
        values["override"] = None
    return change.model_copy(update=values) if values else change


def _was_there(register: Register, change: ChangeFields, on: dt.date) -> bool:
    if change.proposed is None or change.proposed <= on:
        return True
    approved = change.approved is not None and change.approved <= on
    return approved or took_effect(change, on) or _was_told(register, change, on)


def _was_told(register: Register, change: ChangeFields, on: dt.date) -> bool:
    """Whether a notice of it had gone out by a date."""
    days = (day for each in register.notices_of(change.key) for day in (each.sent, each.received))
    return any(day is not None and day <= on for day in days)


def known_notice(notice: NoticeFields, on: dt.date) -> NoticeFields:
    """A notice as it stood on the date: what is dated later has not happened."""
    fields = ("sent", "received", "consented", "objected", "resolved")
    later = {field: None for field in fields if (day := getattr(notice, field)) is not None and day > on}
    if not later:
        return notice
    known = notice.model_copy(update=later)
    if known.sent is None and known.received is None:
        later.update(channel=None, evidence=None, fingerprint=None, told=None)
    later.update({"grounds": None} if known.objected is None else {})
    later.update({"resolution": None, "remedy": None} if known.resolved is None else {})
    return notice.model_copy(update=later)
