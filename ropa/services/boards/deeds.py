"""What may be done with a change now, and why the rest may not: the question before every step on a screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ropa.records.register import Register
from ropa.rules.change_life import Obstacle, obstacles
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice, status_of

Deed = Literal[
    "approve", "draft", "sent", "received", "consent", "objection", "settle", "effective", "withdraw", "move"
]

DEEDS: tuple[Deed, ...] = (
    "approve",
    "draft",
    "sent",
    "received",
    "consent",
    "objection",
    "settle",
    "effective",
    "withdraw",
    "move",
)
"""Everything that may be done with a change, roughly in the order of its life."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One deed: `against` says why it may not be done now (empty: it may); `customers` are key and name of those whom
    it can be done for, the most pressing first.
    """

    deed: Deed
    against: tuple[str, ...] = ()
    customers: tuple[tuple[str, str], ...] = ()

    @property
    def possible(self) -> bool:
        """Whether it may be done."""
        return not self.against


def choices(register: Register, status: ChangeStatus) -> dict[Deed, Choice]:
    """Each deed on the day of the status, with what is against it."""
    return {deed: _choice(register, status, deed) for deed in DEEDS}


def in_the_way(register: Register, status: ChangeStatus, day: dt.date) -> tuple[Obstacle, ...]:
    """What stands in the way of making it effective on a day, judged on the day of the status."""
    planned = status.change.model_copy(update={"effective": day})
    return obstacles("make effective", status_of(register, planned, status.facts.on).facts, day)


def _choice(register: Register, status: ChangeStatus, deed: Deed) -> Choice:
    against = _against(status, deed)
    if deed not in _FOR_CUSTOMERS:
        return Choice(deed, against)
    wanted, none = _FOR_CUSTOMERS[deed]
    if deed == "draft" and status.stage == "effective":  # whoever was told of it needs no further notice
        wanted, none = _FOR_CUSTOMERS["sent"]
    found = [each for each in status.customers if wanted(each)]
    customers = tuple((each.customer, register.parties[each.customer].name) for each in found)
    return Choice(deed, against or (() if customers else (none,)), customers)


def _against(status: ChangeStatus, deed: Deed) -> tuple[str, ...]:
    """What the rules of its life have against it; for "effective" what nobody can override."""
    facts = status.facts
    match deed:
        case "approve":
            found = obstacles("approve", facts)
        case "withdraw":
            found = obstacles("withdraw", facts)
        case "effective":
            found = tuple(each for each in obstacles("make effective", facts) if each.final)
        case "move":
            found = tuple(each for each in obstacles("withdraw", facts) if each.final)
            return ("Only a change that is still open can be moved to another date.",) if found else ()
        case "draft":
            # What is only proposed may be drafted, marked as not approved.
            found = obstacles("notify", facts) if facts.state != "proposed" else ()
        case _:
            found = obstacles("notify", facts)
    return tuple(each.reason.text for each in found)


def _owed(each: CustomerNotice) -> bool:
    return bool(each.why)


def _untold(each: CustomerNotice) -> bool:
    return bool(each.why) and not each.is_told


def _not_received(each: CustomerNotice) -> bool:
    """Whether the day of receipt is missing and may count: by the contract, or because it does not say."""
    counts = each.terms.clock.value in ("received", None)
    return counts and each.notice is not None and each.notice.sent is not None and each.notice.received is None


def _without_consent(each: CustomerNotice) -> bool:
    unknown = each.terms.authorisation.value is None and (each.notice is None or each.notice.consented is None)
    return bool(each.why) and (each.waits_for_consent or unknown)


def _objects(each: CustomerNotice) -> bool:
    return each.objects


def _may_object(each: CustomerNotice) -> bool:
    return each.is_told and not each.objects


_FOR_CUSTOMERS: dict[Deed, tuple[Callable[[CustomerNotice], bool], str]] = {
    "draft": (_owed, "No customer is recorded who must be told."),
    "sent": (_untold, "Every customer who must be told has been."),
    "received": (_not_received, "No notice is out whose day of receipt is missing and counts."),
    "consent": (_without_consent, "No customer's consent is waited for."),
    "objection": (_may_object, "Nobody who has been told could still object; record the notice as sent first."),
    "settle": (_objects, "No objection is open."),
}
