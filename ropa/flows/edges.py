"""The flows of a register: what its activities, engagements and explicit flows say goes where.

An engagement implies the flow to its party, an activity's people imply the collection from them, and a
processor's customers imply what they send. Explicit flows say what those do not. An agreement between two parties
says that the one uses the other: what reaches the first goes on to the second.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import cast

from ropa.flows.activity_edges import activity_edges
from ropa.flows.edge import ORGANISATION, UNPLACED, Edge, entity, stands, unplaced
from ropa.records.activity import ActivityFields
from ropa.records.agreement import AgreementFields
from ropa.records.register import Register

__all__ = [
    "ORGANISATION", "UNPLACED", "Edge", "Uses",
    "edges", "edges_of", "entity", "hops", "receivers", "stands", "unplaced", "uses",
]  # fmt: skip

Uses = Mapping[str, Mapping[str, tuple[AgreementFields, ...]]]

_AGREED_ROLES = {"dpa": "processor", "terms": "processor", "joint-controller": "joint-controller"}


def edges(register: Register, on: dt.date, activity: str | None = None) -> list[Edge]:
    """Every flow that stands on a date, of one activity or of all."""
    every = _every(register, on)
    if activity is None:
        if not every:
            used = uses(register, on)
            every.update({each.key: tuple(_own(register, each, on, used)) for each in register.activities.values()})
        return [edge for each in every.values() for edge in each]
    if not every:
        return list(_own(register, register.activities[activity], on, uses(register, on)))
    return list(every[activity])


def edges_of(register: Register, on: dt.date, activities: Collection[str]) -> Mapping[str, tuple[Edge, ...]]:
    """The flows that stand on a date of each of these activities, without asking for those of all others."""
    if every := _every(register, on):
        return {key: every[key] for key in activities}
    used = uses(register, on)
    return {key: tuple(_own(register, register.activities[key], on, used)) for key in activities}


def _every(register: Register, on: dt.date) -> dict[str, tuple[Edge, ...]]:
    """The flows of each activity on a date, once somebody has asked for all; a dozen questions do."""
    return cast("dict[str, tuple[Edge, ...]]", register.derived.setdefault(("edges", on), {}))


def _own(register: Register, activity: ActivityFields, on: dt.date, used: Uses) -> Iterator[Edge]:
    if stands(activity, on):
        own = list(activity_edges(register, activity, on))
        yield from own
        yield from _onward(register, activity, own, used)


def receivers(register: Register, activity_key: str, on: dt.date) -> tuple[str, ...]:
    """Keys of the parties to whom an activity's data goes on a date, each once, nearest first.

    That is whoever is engaged and receives data, runs a system, is a joint controller, is named by a flow, or stands
    below one of these. The controllers that it is done for count only where a flow goes to them.
    """
    found = dict.fromkeys(each.receiver for each in edges(register, on, activity_key))
    return tuple(node.removeprefix("party/") for node in found if node.startswith("party/"))


def uses(register: Register, on: dt.date) -> Uses:
    """Which party uses which, and the agreements between them that say so, by key of the one and of the other.

    An agreement counts from the day it was signed. One that has expired still counts: that the data stopped going
    there is not what it says, and `links` looks at its date.
    """
    found: dict[str, dict[str, tuple[AgreementFields, ...]]] = {}
    for each in register.agreements.values():
        if each.between not in (None, each.party) and (each.signed is None or each.signed <= on):
            below = found.setdefault(str(each.between), {})
            below[each.party] = (*below.get(each.party, ()), each)
    return found


def hops(register: Register, on: dt.date) -> Iterator[tuple[str, str, Edge]]:
    """The hops below those who get data: flows from one party to another, as (exporter, importer, flow).

    What the controllers that an activity is done for hand to others is their own affair.
    """
    for edge in edges(register, on):
        exporter, importer = edge.sender, edge.receiver
        between_parties = exporter.startswith("party/") and importer.startswith("party/") and exporter != importer
        if between_parties and exporter.removeprefix("party/") not in register.activities[edge.activity].controllers:
            yield exporter, importer, edge


def _onward(register: Register, activity: ActivityFields, own: Sequence[Edge], used: Uses) -> Iterator[Edge]:
    """The hops by which data that reached a party goes on, the nearest first.

    Nothing is implied below the controllers that the activity is done for, nor where an explicit flow says what
    goes between the two.
    """
    if not used:
        return
    stated = {(each.sender, each.receiver) for each in own}
    held: dict[str, dict[str, None]] = {}
    for flow in own:
        key = flow.receiver.removeprefix("party/")
        if key != flow.receiver and key not in activity.controllers:
            held.setdefault(key, {}).update(dict.fromkeys(flow.data))

    def below(party: str) -> list[str]:
        others = (key for key in used.get(party, ()) if key not in activity.controllers)
        return [key for key in others if (f"party/{party}", f"party/{key}") not in stated]

    waiting = deque(held)
    while waiting:  # around a loop until nobody in it gets anything new
        party = waiting.popleft()
        for key in below(party):
            if key not in held or not held[party].keys() <= held[key].keys():
                held.setdefault(key, {}).update(held[party])
                waiting.append(key)
    for party, data in held.items():
        for key in below(party):
            agreement = used[party][key][0]
            places = (each.country for each in register.transfers_between(party, key) if each.country is not None)
            yield Edge(
                activity=activity.key,
                origin=f"party/{party}",
                destination=f"party/{key}",
                sender=f"party/{party}",
                receiver=f"party/{key}",
                data=tuple(data),
                via=f"agreement/{agreement.key}",
                role=_AGREED_ROLES.get(agreement.type, ""),
                places=tuple(dict.fromkeys(places)),
            )
