"""What a change would make of the transfers: the new arrangement, judged before anybody is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from ropa.flows.chains import Link, links
from ropa.flows.crossings import Crossing, crossings
from ropa.law.lawbook import LawBook
from ropa.records.change import ChangeFields
from ropa.records.engagement import EngagementFields, FlowFields
from ropa.records.party import SystemFields
from ropa.records.register import Register
from ropa.services.changes.reach import Told

NOTHING_NEW = ("remove", "rename")
"""The kinds of change after which no data goes where it did not go before."""


def planned_arrangement(
    register: Register, change: ChangeFields, reached: Sequence[Told], on: dt.date
) -> tuple[tuple[Crossing, ...], tuple[Link, ...]]:
    """What the new arrangement would make, judged with what is recorded today: the crossings, and the hops behind a
    vendor that are asked for their onward terms, as no regime binds the vendor to answer for a transfer of its own.
    """
    made = _beneath(register, change, reached) if change.beneath else _engaged(register, change, reached)
    future, planned = made
    running = {
        key: record.model_copy(update={"since": None, "until": None})
        for key, record in register.activities.items()
        if any(each.activity == key for each in reached)
    }
    future = replace(future, activities={**register.activities, **running})
    law = LawBook.in_use()
    crossed = crossings(future, on, law)
    made_here = tuple(each for each in crossed if each.edge.via in planned)
    if change.beneath is None:
        return made_here, ()
    found = links(future, on, crossed, law).get(change.beneath, ())
    behind = (each for each in found if any(edge.via in planned for edge in each.edges))
    return made_here, tuple(each for each in behind if each.onward.standing != "not-asked")


def _engaged(register: Register, change: ChangeFields, reached: Sequence[Told]) -> tuple[Register, set[str]]:
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
    return replace(register, engagements=engagements), planned


def _beneath(register: Register, change: ChangeFields, reached: Sequence[Told]) -> tuple[Register, set[str]]:
    """A party that a subprocessor engages: a flow from the one to the other, into a system where places are named."""
    flows, systems = dict(register.flows), dict(register.systems)
    destination = f"party/{change.party}"
    if change.countries:
        key = f"{change.key}-planned"
        systems[key] = SystemFields(
            key=key, name=register.parties[change.party].name, operator=change.party, hosting=change.countries
        )
        destination = f"system/{key}"
    planned: set[str] = set()
    for number, each in enumerate(reached):
        key = f"{change.key}/planned-{number}"
        flows[key] = FlowFields(
            key=key,
            activity=each.activity,
            origin=f"party/{change.beneath}",
            destination=destination,
            data_categories=each.data,
        )
        planned.add(f"flow/{key}")
    return replace(register, flows=flows, systems=systems), planned
