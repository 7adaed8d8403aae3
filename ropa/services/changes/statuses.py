"""What stands behind each change of subprocessor: where it stands, who is told and why, each clock, and the verdict.

Who is told comes from the graph: only customers whose processing reaches the party that changes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from ropa.flows.chains import Link
from ropa.flows.crossings import Crossing, name_of
from ropa.records.agreement import AgreementFields
from ropa.records.change import ChangeFields, NoticeFields
from ropa.records.register import Register
from ropa.rules.change_life import ChangeFacts, CustomerStanding, Stage, stage
from ropa.rules.notice_terms import NoticeClock, NoticeFacts, Stated, Terms, is_open, needs_consent
from ropa.rules.notices import clock
from ropa.services.changes.arrangement import NOTHING_NEW, planned_arrangement
from ropa.services.changes.customer_terms import agreement_of, business_days, ended_terms, terms_of
from ropa.services.changes.known import known_change, known_changes, known_notice
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
class CustomerNotice:
    """What one customer is owed about one change.

    `why` is empty where a notice is recorded for a customer whom the change does not reach. `agreement` is the
    contract that was read, `terms` what it and the organisation's own promise come to, `text` the rest of what they
    say (channel, contact, remedy), each with its basis, and `notice` what had happened by the date.
    """

    customer: str
    why: tuple[Told, ...]
    agreement: AgreementFields | None
    terms: Terms
    text: dict[str, Stated[str]]
    notice: NoticeFields | None
    clock: NoticeClock

    @property
    def out(self) -> dt.date | None:
        """The day on which the notice went out: sent, else received; None where the customer was not told."""
        return None if self.notice is None else self.notice.sent or self.notice.received

    @property
    def is_told(self) -> bool:
        """Whether the notice went out."""
        return self.out is not None

    @property
    def objects(self) -> bool:
        """Whether an objection waits for its settlement."""
        return self.notice is not None and is_open(self.notice.objected, self.notice.resolved)

    @property
    def objected_late(self) -> bool:
        """Whether the objection came after the window had closed."""
        objected, closes = None if self.notice is None else self.notice.objected, self.clock.closes
        return objected is not None and closes is not None and closes < objected

    @property
    def asks_consent(self) -> bool:
        """Whether silence is refusal; a contract that lets the customer be told afterwards consented beforehand."""
        return needs_consent(self.terms.authorisation.value) and not self.clock.afterwards

    @property
    def waits_for_consent(self) -> bool:
        """Whether consent is needed and not there."""
        return self.asks_consent and (self.notice is None or self.notice.consented is None)

    @property
    def must_arrive(self) -> bool:
        """Whether the contract counts from receipt: by the last day the notice has arrived and is not on its way."""
        return self.terms.clock.value == "received"

    @property
    def waits_for_receipt(self) -> bool:
        """Whether a notice went out, the contract counts from receipt, and the day of receipt is not recorded."""
        notice = self.notice
        sent = notice is not None and notice.sent is not None and notice.received is None
        return sent and self.must_arrive


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
    customers = [_customer(register, change, key, tuple(told.get(key, ())), notices.get(key), on) for key in everyone]
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


def _customer(
    register: Register,
    change: ChangeFields,
    customer: str,
    why: tuple[Told, ...],
    notice: NoticeFields | None,
    on: dt.date,
) -> CustomerNotice:
    notice = None if notice is None else known_notice(notice, on)
    agreement = agreement_of(register, customer, on)
    terms, text = terms_of(register, agreement)
    free = business_days(register, customer, terms)
    facts = NoticeFacts(
        terms=terms,
        on=on,
        effective=change.effective,
        emergency=change.kind == "emergency",
        holidays=free.holidays,
        calendar=free.calendar,
        calendar_note=free.note,
        sent=notice.sent if notice else None,
        received=notice.received if notice else None,
        consented=notice.consented if notice else None,
        objected=notice.objected if notice else None,
        resolved=notice.resolved if notice else None,
    )
    found, ended = clock(facts), ended_terms(register, customer, on)
    if ended is not None:
        found = replace(found, reasons=(ended, *found.reasons))
    return CustomerNotice(customer, why, agreement, terms, text, notice, found)
