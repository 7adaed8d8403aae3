"""What goes with a draft: the values of the change sheet, and the deadlines for the organisation's own calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ropa.records.change import ChangeFields
from ropa.records.register import Register
from ropa.reports.icalendar_file import Event, icalendar_file
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice, took_effect
from ropa.services.drafts.rights import counted
from ropa.services.drafts.wording import Row, Wording, is_sample
from ropa.store.history import Entry


def sheet_of(status: ChangeStatus, wording: Wording) -> dict[str, object]:
    """The values of the change sheet that goes with the message."""
    values = wording.values

    def rows(which: Sequence[Row]) -> list[dict[str, object]]:
        return [{"label": each.label, "values": list(each.texts), "complete": each.complete} for each in which]

    return {
        "title": values["headline"],
        "kicker": values["organisation"],
        "subtitle": f"For {values['customer']}",
        "foot": f"{values['organisation']} · {status.change.name}",
        "remarks": [{"mark": "!", "text": each} for each in _texts(values["remarks"])],
        "sections": [
            {"title": "What changes", "texts": [values["what"]], "rows": rows(wording.rows)},
            {"title": "What you can do", "texts": list(_texts(values["rights"])), "rows": rows(wording.dates)},
        ],
    }


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def deadlines(
    register: Register,
    status: ChangeStatus,
    each: CustomerNotice,
    counting: CustomerNotice,
    on: dt.date,
    newest: Entry | None,
) -> bytes:
    """The deadlines of one customer, for the organisation's own calendar; `newest` is the register's last change."""
    change, name = status.change, register.parties[each.customer].name
    sample = " (sample data)" if is_sample(register, status, each) else ""
    events: list[Event] = []

    def event(what: str, day: dt.date | None, title: str, text: str, *, alarm: bool = False) -> None:
        if day is not None:
            uid = f"{register.organisation.key}/{change.key}/{each.customer}/{what}@ropa"
            events.append(Event(uid, day, f"{title}: {change.name}{sample}", text, alarm))

    if not each.is_told:
        text = f"By the terms agreed with {name}, this is the last day to tell them about: {change.name}."
        text += " The notice must have reached them by the end of it." if each.must_arrive else ""
        text += " Counted in clear days." if each.terms.counting.value == "clear-days" else ""
        event("last-day", each.clock.last_day, f"Last day to tell {name}", text, alarm=True)
    closes = f"{name} may object until the end of this day, counted {counted(each, on)}."
    event("window-closes", counting.clock.closes, f"Objection window of {name} closes", closes)
    if not took_effect(change, on):
        event("planned", change.effective, "Planned date", f"Planned to take effect: {change.name}. Customer: {name}.")
    revised, number = _revised(change, each, on, newest), newest.batch if newest is not None else 0
    return icalendar_file(f"{change.name}: {name}", events, revised, number)


def _revised(change: ChangeFields, each: CustomerNotice, on: dt.date, newest: Entry | None) -> dt.datetime:
    """When the deadlines came to be these: with the register, and a day later by a second while they are counted anew.

    Who has not been told is counted for as if told on the day, which moves the dates with it.
    """
    if newest is None:
        revised = dt.datetime.combine(change.proposed or change.effective or on, dt.time(), dt.UTC)
    else:
        revised = dt.datetime.fromisoformat(newest.at)
    waited = 0 if each.is_told else max((on - revised.date()).days, 0)
    return revised + dt.timedelta(seconds=waited)
