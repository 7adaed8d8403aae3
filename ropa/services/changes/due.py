"""What is due about notices of subprocessor changes, and by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ropa.records.register import Register
from ropa.services.changes.statuses import open_changes


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due on a date, or was: `subject` is the record it is about, as kind/key."""

    on: dt.date
    text: str
    subject: str


def due_dates(register: Register, on: dt.date) -> list[Due]:
    """The last days to tell customers, the late ones included, and the closings of objection windows; by date.

    A change in an emergency has them also after it took effect: some contracts let the customer be told afterwards.
    """
    found: list[Due] = []
    for status in open_changes(register, on):
        subject = f"change/{status.change.key}"
        for each in status.owed:
            name = register.parties[each.customer].name
            if each.clock.days_left is not None and each.clock.last_day is not None:
                tell = "reach" if each.must_arrive else "tell"  # with a notice that is there and not on its way
                found.append(Due(each.clock.last_day, f"{tell} {name}: {status.change.name}", subject))
            elif each.clock.closes is not None and each.clock.closes >= on:
                text = f"objection window closes: {name}, {status.change.name}"
                found.append(Due(each.clock.closes, text, subject))
    return sorted(found, key=lambda due: (due.on, due.text, due.subject))
