"""What stands behind each change of subprocessor: where it stands, who is told and why, each clock, and the verdict.

Who is told comes from the graph: only customers whose processing reaches the party that changes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ropa.flows.crossings import Crossing, name_of
from ropa.records.agreement import AgreementFields
from ropa.records.change import ChangeFields, NoticeFields
from ropa.records.register import Register
from ropa.rules.change_life import ChangeFacts, CustomerStanding, Stage, stage
from ropa.rules.notice_terms import NoticeClock, NoticeFacts, Stated, Terms
from ropa.rules.notices import clock
from ropa.services.change_arrangement import NOTHING_NEW, planned_crossings
from ropa.services.change_reach import Told, reached_by, took_effect
from ropa.services.customer_terms import agreement_of, terms_of

__all__ = ["ChangeStatus", "CustomerNotice", "Told", "open_changes", "status_of", "took_effect"]

CLOSED = ("effective", "withdrawn")


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


@dataclass(frozen=True)
class ChangeStatus:
    """One change on one date: its customers, the most pressing first, and the verdict on the new arrangement.

    `stage` is where it stands, `facts` what the rules of its life look at. `activities` are the processor activities
    concerned, `unserved` those of them for which no customer is recorded. `judged` is the day on which `crossings`
    were judged; `arrangement` is False where there is nothing to judge (a party that only leaves, or no activity).
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


def open_changes(register: Register, on: dt.date) -> list[ChangeStatus]:
    """Every change that is neither effective nor withdrawn: what is late first, then by planned date."""
    found = [status_of(register, each, on) for each in register.changes.values() if each.state not in CLOSED]
    return sorted(found, key=lambda each: (not each.late, each.change.effective or dt.date.max))


def status_of(register: Register, change: ChangeFields, on: dt.date) -> ChangeStatus:
    """One change on one date."""
    reached = reached_by(register, change, on)
    told: dict[str, list[Told]] = {}
    for each in reached:
        for customer in register.activities[each.activity].controllers:
            told.setdefault(customer, []).append(each)
    notices = {notice.customer: notice for notice in register.notices_of(change.key)}
    everyone = dict.fromkeys([*told, *notices])
    customers = [_customer(register, change, key, tuple(told.get(key, ())), notices.get(key), on) for key in everyone]
    names = {key: register.parties[key].name for key in everyone}
    judged = max(on, change.effective or on)
    arrangement = change.kind not in NOTHING_NEW and bool(reached)
    planned = tuple(planned_crossings(register, change, reached, judged)) if arrangement else ()
    unserved = tuple(each.activity for each in reached if not register.activities[each.activity].controllers)
    facts = ChangeFacts(
        state=change.state,
        on=on,
        effective=change.effective,
        customers=tuple(_standing(register, each) for each in customers if each.why),
        unserved=tuple(register.activities[key].name for key in unserved),
        uncovered=tuple(name_of(register, each.importer) for each in planned if each.worst.is_finding),
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
    )


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
    notice = None if notice is None else _as_known(notice, on)
    agreement = agreement_of(register, customer, on)
    terms, text = terms_of(register, agreement)
    facts = NoticeFacts(
        terms=terms,
        on=on,
        effective=change.effective,
        emergency=change.kind == "emergency",
        sent=notice.sent if notice else None,
        received=notice.received if notice else None,
        consented=notice.consented if notice else None,
        objected=notice.objected if notice else None,
        resolved=notice.resolved if notice else None,
    )
    return CustomerNotice(customer, why, agreement, terms, text, notice, clock(facts))


def _as_known(notice: NoticeFields, on: dt.date) -> NoticeFields:
    """A notice as it stood on the date: what is dated later has not happened."""
    fields = ("sent", "received", "consented", "objected", "resolved")
    later = {field: None for field in fields if (day := getattr(notice, field)) is not None and day > on}
    return notice.model_copy(update=later) if later else notice
