"""Breaches of a register judged on a date, and when their 72 hours end.

A date is judged at its end, in the zone in which the moment of becoming aware was written down: on the day on which the
72 hours end the finding is there from the morning, and says the hour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from ropa.records.activity import ActivityFields
from ropa.records.breach import BreachFields, Told
from ropa.records.register import Register
from ropa.rules.breaches import HOURS, BreachFacts, ToldFacts, breach, deadline, is_known, owes_authority
from ropa.rules.finding import Finding
from ropa.rules.moment import end_of_day, read_moment, zone_words
from ropa.services.changes.due import Due

_UTC = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_DOCUMENTED = (("facts", "what happened"), ("consequences", "its consequences"), ("measures", "what was done about it"))


def breach_findings(register: Register, record: BreachFields, on: dt.date) -> Iterator[Finding]:
    """What is wrong with one breach at the end of a date, or not recorded."""
    yield from breach(breach_facts(register, record, end_of(record, on)))


def breach_dates(register: Register, on: dt.date) -> Iterator[Due]:
    """The ends of the 72 hours of each breach that the authority is still to be told of."""
    for record in register.breaches.values():
        facts = breach_facts(register, record, end_of(record, on))
        if facts.discovered is not None and is_known(facts) and owes_authority(facts):
            end = deadline(facts.discovered)
            words = f"{HOURS} hours end at {end:%H:%M} ({zone_words(end)}), tell the authority: {record.name}"
            yield Due(end.date(), words, f"breach/{record.key}")


def end_of(record: BreachFields, on: dt.date) -> dt.datetime:
    """The end of a date where the breach became known: in the zone of that moment, else in UTC."""
    return end_of_day(on, read_moment(record.discovered) if record.discovered else _UTC)


def known_by(record: BreachFields, on: dt.date) -> bool:
    """Whether the organisation was aware of it by the end of a date; one without a moment counts as known."""
    return record.discovered is None or read_moment(record.discovered) <= end_of(record, on)


def breach_facts(register: Register, record: BreachFields, now: dt.datetime) -> BreachFacts:
    """The facts of one breach as they stood at a moment."""
    activities = [register.activities[key] for key in record.activities]
    processor = [each for each in activities if each.role == "processor"]
    customers = customers_of(record, activities)
    return BreachFacts(
        organisation=register.organisation.key,
        key=record.key,
        name=record.name,
        now=now,
        discovered=read_moment(record.discovered) if record.discovered else None,
        # A role that nobody recorded asks for what a controller owes, as everywhere.
        controller="controller" in record.roles or (not record.roles and len(processor) < len(activities)),
        processor="processor" in record.roles or (not record.roles and bool(processor)),
        risk=record.risk,
        unlikely_because=bool(record.risk_reasons or record.authority_untold),
        authority=first_told(register, record, "authority"),
        late_because=record.late_because is not None,
        people=first_told(register, record, "people"),
        people_untold_because=record.people_untold is not None,
        customers=tuple(
            ToldFacts(key, register.parties[key].name, first_told(register, record, "customer", key))
            for key in customers
        ),
        unnamed=() if record.customers else tuple(each.name for each in processor if not each.controllers),
        missing=tuple(words for name, words in _DOCUMENTED if getattr(record, name) is None),
    )


def customers_of(record: BreachFields, activities: Iterable[ActivityFields]) -> tuple[str, ...]:
    """Keys of the controllers that a breach reaches: those recorded, else all for whom those activities are done."""
    done = (key for each in activities if each.role == "processor" for key in each.controllers)
    return record.customers or tuple(dict.fromkeys(done))


def first_told(
    register: Register, record: BreachFields, recipient: Told, party: str | None = None
) -> dt.datetime | None:
    """When the authority, the people or one customer were first told; None where no notice with a time is recorded."""
    moments = [
        read_moment(each.told)
        for each in register.breach_notices_of(record.key)
        if each.recipient == recipient and each.told is not None and party in (None, each.party)
    ]
    return min(moments, default=None)
