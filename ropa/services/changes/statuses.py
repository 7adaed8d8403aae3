"""What stands behind each change of subprocessor: where it stands, who is told and why, each clock, and the verdict.

Who is told comes from the graph: only customers whose processing reaches the party that changes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ropa.flows.chains import Link
from ropa.flows.crossings import Crossing, name_of
from ropa.records.change import ChangeFields
from ropa.records.register import Register
from ropa.rules.change_life import ChangeFacts, CustomerStanding, Stage, stage
from ropa.services.changes.arrangement import NOTHING_NEW, planned_arrangement
from ropa.services.changes.customer_notice import CustomerNotice, customer_notice
from ropa.services.changes.known import known_change, known_changes
from ropa.services.changes.reach import Told, reached_by, took_effect

__all__ = [
    "ChangeStatus",
    "CustomerNotice",
    "Told",
    "known_change",
    "known_changes",
    "open_changes",
    "status_of",
    "took_effect",
]


@dataclass(frozen=True)
class ChangeStatus:
    """One change on one date: its customers, the most pressing first, and the verdict on the new arrangement.

    `stage` is where it stands, `facts` what the rules of its life look at. `activities` are the processor activities
    concerned, `unserved` those of them for which no customer is recorded. `judged` is the day on which `crossings`
    were judged; `arrangement` is False where there is nothing to judge (a party that only leaves, or no activity).
    `onward` is the hop from a vendor to the party that it engages, where its onward terms are what counts.
    """

    change: ChangeFields
    stage: Stage
    facts: ChangeFacts
    activities: tuple[str, ...]
    unserved: tuple[str, ...]
    customers: tuple[CustomerNotice, ...]
    arrangement: bool
    judged: dt.date
    crossings: tuple[Crossing, ...]
    onward: tuple[Link, ...] = ()

    @property
    def owed(self) -> tuple[CustomerNotice, ...]:
        """The customers who must be told."""
        return tuple(each for each in self.customers if each.why)

    @property
    def earliest(self) -> dt.date | None:
        """The first day on which the change may take effect for every customer; None where nobody can say."""
        days = [each.clock.earliest for each in self.owed]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) and not self.unserved else None

    @property
    def holding(self) -> tuple[CustomerNotice, ...]:
        """The customers because of whom there is no earliest day."""
        return tuple(each for each in self.owed if each.clock.earliest is None)

    @property
    def late(self) -> tuple[CustomerNotice, ...]:
        """The customers who were told too late for the planned date, or are overdue."""
        return tuple(each for each in self.owed if each.clock.is_late)

    @property
    def still_owed(self) -> bool:
        """Whether it took effect in an emergency or early, and somebody must still be told, may object, or objects."""
        early = self.change.kind == "emergency" or self.change.override is not None
        if self.stage != "effective" or not early:
            return False
        on = self.facts.on
        return any(not each.is_told or each.objects or (each.clock.closes or dt.date.min) >= on for each in self.owed)

    @property
    def is_open(self) -> bool:
        """Whether there is something to do: it has not taken effect yet, or customers are still owed something."""
        return self.stage not in ("effective", "withdrawn") or self.still_owed


def open_changes(register: Register, on: dt.date) -> list[ChangeStatus]:
    """Every change with something to do (`ChangeStatus.is_open`): what is late first, then by planned date."""
    found = [status for each in known_changes(register, on) if (status := status_of(register, each, on)).is_open]
    return sorted(found, key=lambda each: (not each.late, each.change.effective or dt.date.max))


def status_of(register: Register, change: ChangeFields, on: dt.date) -> ChangeStatus:
    """One change on one date."""
    reached = reached_by(register, change, on)
    told: dict[str, list[Told]] = {}
    for each in reached:
        for customer in register.activities[each.activity].controllers:
            if not (took_effect(change, on) and _came_after(register, customer, change.effective)):
                told.setdefault(customer, []).append(each)
    notices = {notice.customer: notice for notice in register.notices_of(change.key)}
    everyone = dict.fromkeys([*told, *notices])
    customers = [
        customer_notice(register, change, key, tuple(told.get(key, ())), notices.get(key), on) for key in everyone
    ]
    names = {key: register.parties[key].name for key in everyone}
    judged = max(on, change.effective or on)
    arrangement = change.kind not in NOTHING_NEW and bool(reached)
    planned, behind = planned_arrangement(register, change, reached, judged) if arrangement else ((), ())
    unserved = tuple(each.activity for each in reached if not register.activities[each.activity].controllers)
    facts = ChangeFacts(
        state=change.state,
        on=on,
        effective=change.effective,
        customers=tuple(_standing(register, each) for each in customers if each.why),
        unserved=tuple(register.activities[key].name for key in unserved),
        uncovered=(
            *(name_of(register, each.importer) for each in planned if each.worst.is_finding),
            *(each.facts.importer for each in behind if each.onward.standing == "missing"),
        ),
    )
    return ChangeStatus(
        change=change,
        stage=stage(facts),
        facts=facts,
        activities=tuple(each.activity for each in reached),
        unserved=unserved,
        customers=tuple(sorted(customers, key=lambda each: (not each.why, each.clock.rank, names[each.customer]))),
        arrangement=arrangement,
        judged=judged,
        crossings=planned,
        onward=behind,
    )


def _came_after(register: Register, customer: str, effective: dt.date | None) -> bool:
    """Whether every contract with a customer was signed after a change took effect: it agreed to what stood then."""
    found = register.agreements_with(customer)
    own = [each.signed for each in found if each.party == customer and each.between is None]
    return effective is not None and bool(own) and all(signed is not None and signed > effective for signed in own)


def _standing(register: Register, each: CustomerNotice) -> CustomerStanding:
    notice = each.notice
    return CustomerStanding(
        name=register.parties[each.customer].name,
        authorisation=each.terms.authorisation.value,
        clock=each.clock,
        sent=None if notice is None else notice.sent or notice.received,
        told=None if notice is None else notice.told,
        consented=None if notice is None else notice.consented,
        objected=None if notice is None else notice.objected,
        resolved=None if notice is None else notice.resolved,
    )
