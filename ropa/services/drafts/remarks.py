"""What whoever sends drafts has to know, and the customer need not be told."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.records.register import Register
from ropa.reports.page import Item
from ropa.rules.dates import days, long_date
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice, took_effect
from ropa.services.drafts.wording import NOT_APPROVED


def remarks_of(register: Register, status: ChangeStatus) -> Iterator[Item]:
    """What concerns all drafts."""
    if status.change.state == "proposed":
        yield Item(NOT_APPROVED, "!")
    for key in status.unserved:
        name = register.activities[key].name
        yield Item(f"{name}: for which customers it is done is not recorded, so some may be missing here.", "?")


def warnings_of(status: ChangeStatus, each: CustomerNotice, counting: CustomerNotice, name: str) -> Iterator[Item]:
    """What whoever sends it has to know, and the customer need not be told."""
    if (sent := each.out) is not None:
        yield Item(f"{name} was told already, on {long_date(sent)}; the dates are counted from that day.", "!")
    if counting.clock.is_late and counting.clock.last_day:
        earliest = counting.clock.earliest
        move = f"move the change to {long_date(earliest)} or later" if earliest else "move the change"
        then = f"For this customer {move}, or agree otherwise in writing."
        if took_effect(status.change, status.facts.on):
            then = f"Settle with {name} in writing what that means."
        text = f"{days(counting.clock.late_by)} late: the last day was {long_date(counting.clock.last_day)}"
        yield Item(f"{text}. {then}", "✖")
    elif counting.clock.last_day is None:
        yield Item("The last day to send cannot be told: the notice period or the planned date is not recorded.", "?")
    if each.out is None and each.must_arrive and counting.clock.last_day:
        yield Item("The contract counts from receipt: the notice must have arrived by the last day.", "!")
    if counting.asks_consent:
        yield Item("This customer must consent; silence is refusal.", "!")
    channel = each.text["channel"].value
    if channel and "mail" not in channel.casefold():
        yield Item(f"The notice must go out by: {channel} ({each.text['channel'].basis}).", "!")
