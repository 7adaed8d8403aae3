"""Recording what customers answered to a notice: consent, an objection, and how it was settled.

As with notices, other values for what is recorded are refused unless they are said to be a correction.
"""

from __future__ import annotations

import datetime as dt

from ropa.records.change import NoticeFields
from ropa.records.errors import RefusedError
from ropa.rules.dates import days, long_date
from ropa.services.steps.customer import called, customer_of, open_step, record
from ropa.services.steps.step import Done
from ropa.services.workspace import Workspace


def record_consent(
    workspace: Workspace, organisation: str, change: str, customer: str, *, on: dt.date, who: str, correct: bool = False
) -> Done:
    """Record that a customer agreed. An objection of the same customer stays open until it is resolved."""
    step = open_step(workspace, organisation, change)
    each = customer_of(step, customer)
    name = called(step, customer)
    remarks = []
    if each.notice is None or each.notice.sent is None:
        remarks.append(f"No notice to {name} is recorded; record when it was sent.")
    elif on < each.notice.sent:
        remarks.append(f"{name} was told on {long_date(each.notice.sent)} only; look what it agreed to before.")
    if each.objects:
        remarks.append(f"The objection of {name} is still open; record how it was resolved.")
    words = f"{name} agreed on {long_date(on)}."
    return record(step, each, {"consented": step.day(on)}, words, who=who, correct=correct, remarks=remarks)


def record_objection(
    workspace: Workspace,
    organisation: str,
    change: str,
    customer: str,
    *,
    on: dt.date,
    grounds: str | None,
    who: str,
    correct: bool = False,
) -> Done:
    """Record a customer's objection, which holds the change back for it until it is resolved; a late one is marked.

    A new objection after an earlier one was resolved takes its place; the earlier one is kept as a note.
    """
    step = open_step(workspace, organisation, change)
    each = customer_of(step, customer)
    name, notice = called(step, customer), each.notice
    values: dict[str, object] = {"objected": step.day(on), "grounds": grounds}
    if notice is not None and notice.objected is not None and each.objects and on != notice.objected and not correct:
        first = f"The objection of {name} of {long_date(notice.objected)} is still open"
        raise RefusedError([f"{first}: record how it was resolved, then this one; or say --correct if it was this."])
    again = notice is not None and notice.resolved is not None and notice.objected is not None and on > notice.resolved
    if notice is not None and again:
        values["note"] = _earlier(notice)
    remarks = []
    closes = each.clock.closes
    if closes is not None and on > closes:
        over = days((on - closes).days)
        remarks.append(f"It came {over} after the window had closed ({long_date(closes)}); that is marked.")
    if not grounds:
        remarks.append("Its grounds are not recorded.")
    words = f"{name} objected on {long_date(on)}; it holds the change back until it is resolved."
    clear = ("grounds", "resolved", "resolution", "remedy") if again else ()
    return record(step, each, values, words, who=who, correct=correct or again, remarks=remarks, clear=clear)


def record_resolution(
    workspace: Workspace,
    organisation: str,
    change: str,
    customer: str,
    *,
    on: dt.date,
    resolution: str,
    remedy: str | None = None,
    who: str,
    correct: bool = False,
) -> Done:
    """Record how an objection was settled. Raises RefusedError where none is recorded, or for a day before it."""
    step = open_step(workspace, organisation, change)
    each = customer_of(step, customer)
    name = called(step, customer)
    objected = None if each.notice is None else each.notice.objected
    if objected is None:
        raise RefusedError([f"No objection of {name} is recorded, so none can be resolved."])
    if on < objected:
        raise RefusedError([f"{name} objected on {long_date(objected)}; that cannot be resolved before."])
    values = {"resolved": step.day(on), "resolution": resolution, "remedy": remedy}
    words = f"The objection of {name} is resolved since {long_date(on)}."
    return record(step, each, values, words, who=who, correct=correct)


def _earlier(notice: NoticeFields) -> str:
    """An objection that was resolved, in words, after what the note said before."""
    said = f"Earlier objection of {notice.objected}" + (f" ({notice.grounds})" if notice.grounds else "")
    settled = f"{said}, resolved {notice.resolved}" + (f": {notice.resolution}" if notice.resolution else "")
    return "\n".join(filter(None, (notice.note, f"{settled}.")))
