"""What stands behind each planned change of subprocessor: who is told and why, each clock, and the verdict.

Who is told comes from the graph: only customers whose processing reaches the party that changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ropa.flows.crossings import Crossing, crossings
from ropa.flows.edges import edges
from ropa.law.lawbook import LawBook
from ropa.records.agreement import AgreementFields
from ropa.records.change import ChangeFields, NoticeFields
from ropa.records.engagement import EngagementFields
from ropa.records.organisation import NoticeTerms
from ropa.records.register import Register
from ropa.rules.notice_terms import NoticeClock, NoticeFacts, Stated, Terms
from ropa.rules.notices import clock
from ropa.rules.period import Period

T = TypeVar("T")

CLOSED = ("effective", "withdrawn")


@dataclass(frozen=True)
class Told:
    """One activity through which a change reaches a customer, with the data that is concerned."""

    activity: str
    data: tuple[str, ...]


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

    `activities` are the processor activities concerned, `unserved` those of them for which no customer is recorded.
    `judged` is the day on which `crossings` were judged; `arrangement` is False where there is nothing to judge (a
    party that only leaves, or no activity).
    """

    change: ChangeFields
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
    reached = _reached(register, change, on)
    told: dict[str, list[Told]] = {}
    for each in reached:
        for customer in register.activities[each.activity].controllers:
            told.setdefault(customer, []).append(each)
    notices = {notice.customer: notice for notice in register.notices_of(change.key)}
    everyone = dict.fromkeys([*told, *notices])
    customers = [_customer(register, change, key, tuple(told.get(key, ())), notices.get(key), on) for key in everyone]
    names = {key: register.parties[key].name for key in everyone}
    judged = max(on, change.effective or on)
    arrangement = change.kind != "remove" and bool(reached)
    return ChangeStatus(
        change=change,
        activities=tuple(each.activity for each in reached),
        unserved=tuple(each.activity for each in reached if not register.activities[each.activity].controllers),
        customers=tuple(sorted(customers, key=lambda each: (not each.why, each.clock.rank, names[each.customer]))),
        arrangement=arrangement,
        judged=judged,
        crossings=tuple(_planned(register, change, reached, judged)) if arrangement else (),
    )


def took_effect(change: ChangeFields, on: dt.date) -> bool:
    """Whether it had taken effect by the date: it is recorded as effective, and not from a later day on."""
    return change.state == "effective" and (change.effective is None or change.effective <= on)


def _reached(register: Register, change: ChangeFields, on: dt.date) -> list[Told]:
    """The processor activities that a change reaches: as it names them, else those that the party works in.

    Once it took effect, the party that left works nowhere: then the eve counts, else where the new party works.
    """
    if change.activities:
        found = {key: register.data_of(key, change.data_categories) for key in change.activities}
    else:
        leaving = change.replaces or change.party
        found = _works_in(register, change, leaving, on)
        if not found and took_effect(change, on):
            eve = change.effective - dt.timedelta(days=1) if change.effective else on
            found = _works_in(register, change, leaving, eve) or _works_in(register, change, change.party, on)
    return [Told(key, data) for key, data in found.items() if register.activities[key].role == "processor"]


def _works_in(register: Register, change: ChangeFields, party: str, on: dt.date) -> dict[str, tuple[str, ...]]:
    """The activities in which a party gets data on a date, each with its data, or with what the change names."""
    found: dict[str, tuple[str, ...]] = {}
    for edge in edges(register, on):
        if edge.receiver == f"party/{party}":
            data = dict.fromkeys((*found.get(edge.activity, ()), *edge.data))
            found[edge.activity] = tuple(change.data_categories or data)
    return found


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


def agreement_of(register: Register, customer: str, on: dt.date) -> AgreementFields | None:
    """The organisation's own agreement with a customer that runs on the date; the last signed that has notice terms."""
    running = [
        each
        for each in register.agreements_with(customer)
        if each.party == customer
        and each.between is None
        and (each.signed is None or each.signed <= on)
        and (each.expires is None or on <= each.expires)
    ]
    return max(running, key=lambda each: (each.notice is not None, each.signed or dt.date.min), default=None)


def terms_of(register: Register, agreement: AgreementFields | None) -> tuple[Terms, dict[str, Stated[str]]]:
    """What a customer was promised: each part as its contract says, else as the organisation promises everyone."""
    owner = register.organisation
    sources: list[tuple[NoticeTerms, str]] = []
    if agreement is not None and agreement.notice is not None:
        sources.append((agreement.notice, agreement.name))
    if owner.notice is not None:
        sources.append((owner.notice, f"what {owner.name} promises every customer"))

    def stated(field: str) -> Stated[Any]:
        found = ((getattr(terms, field), basis) for terms, basis in sources)
        return next((Stated(value, basis) for value, basis in found if value is not None), Stated())

    def period(field: str) -> Stated[Period]:
        found = stated(field)
        return found if found.value is None else Stated(Period.parse(found.value), found.basis)

    terms = Terms(
        authorisation=stated("authorisation"),
        period=period("period"),
        clock=stated("clock"),
        objection=period("objection"),
    )
    return terms, {field: stated(field) for field in ("channel", "contact", "remedy")}


def _planned(register: Register, change: ChangeFields, reached: list[Told], on: dt.date) -> Iterator[Crossing]:
    """The crossings that the new arrangement would make, judged with the transfers that are recorded today."""
    engagements = dict(register.engagements)
    planned: set[str] = set()
    for number, each in enumerate(reached):
        key = f"{change.key}/planned-{number}"
        engagements[key] = EngagementFields(
            key=key,
            activity=each.activity,
            party=change.party,
            service=change.service,
            data_categories=each.data,
            countries=change.countries,
        )
        planned.add(f"engagement/{key}")
    running = {
        key: record.model_copy(update={"since": None, "until": None})
        for key, record in register.activities.items()
        if any(each.activity == key for each in reached)
    }
    future = replace(register, engagements=engagements, activities={**register.activities, **running})
    yield from (each for each in crossings(future, on, LawBook.in_use()) if each.edge.via in planned)
