"""What vendors announced to us: what is undecided, what was not passed on, and when the time to object ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache, partial

from ropa.records.change import AnnouncementFields, ChangeFields
from ropa.records.register import Register
from ropa.rules.announcements import AnnouncementFacts, ObjectionClock, announcement, has_arrived, objection_clock
from ropa.rules.finding import Finding
from ropa.rules.period import Period
from ropa.rules.squeeze import Promise
from ropa.services.changes.customer_terms import promise_to
from ropa.services.changes.dependence import Dependence, dependence, promises_behind
from ropa.services.changes.due import Due
from ropa.services.changes.known import known_changes
from ropa.services.findings.squeeze import vendor_agreement, vendor_holidays, vendor_period


def announcement_findings(register: Register, on: dt.date) -> Iterator[Finding]:
    """What is wrong with each announcement that had arrived by the date."""
    for facts in _facts(register, on):
        yield from announcement(facts)


def announcement_clock(register: Register, each: AnnouncementFields, on: dt.date) -> ObjectionClock:
    """The last day to object to one announcement, and why."""
    return objection_clock(_fact(register, each, on))


def announcement_dates(register: Register, on: dt.date) -> Iterator[Due]:
    """The last days to object that wait for a decision, and when what no change passes on is to take effect."""
    for each in register.announcements.values():
        facts = _fact(register, each, on)
        if not has_arrived(facts):
            continue
        clock, subject = objection_clock(facts), f"announcement/{each.key}"
        if clock.last_day is not None and clock.days_left is not None:
            yield Due(clock.last_day, f"last day to object: {facts.vendor}, {each.name}", subject)
        if facts.effective is not None and facts.effective >= on and not facts.passed_on:
            yield Due(facts.effective, f"takes effect at {facts.vendor}: {each.name}", subject)


def _facts(register: Register, on: dt.date) -> Iterator[AnnouncementFacts]:
    depends = dependence(register, on) if register.announcements else {}
    promise = cache(partial(promise_to, register, on=on))
    for each in register.announcements.values():
        behind = depends.get(each.vendor, Dependence())
        yield _fact(register, each, on, behind, promises_behind(register, behind, promise))


def _fact(
    register: Register,
    each: AnnouncementFields,
    on: dt.date,
    behind: Dependence | None = None,
    promises: tuple[Promise, ...] = (),
) -> AnnouncementFacts:
    agreement = vendor_agreement(register, each.vendor, on)
    return AnnouncementFacts(
        organisation=register.organisation.key,
        key=each.key,
        name=each.name,
        vendor=register.parties[each.vendor].name,
        on=on,
        received=each.received,
        object_by=each.object_by,
        window=Period.parse(each.window) if each.window else None,
        agreed=vendor_period(agreement, "objection"),
        holidays=vendor_holidays(agreement),
        effective=each.effective,
        decision=each.decision,
        decided=each.decided,
        grounds=each.grounds,
        promises=promises,
        unserved=tuple(register.activities[key].name for key in behind.unserved) if behind else (),
        passed_on=tuple(change.name for change in passing_on(register, each.key, on)),
    )


def passing_on(register: Register, announcement: str, on: dt.date) -> list[ChangeFields]:
    """The changes that pass an announcement on, as known on the date; one that was given up tells nobody."""
    found = known_changes(register, on)
    return [each for each in found if each.announcement == announcement and each.state != "withdrawn"]
