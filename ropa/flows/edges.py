"""The flows of a register: what its activities, engagements and explicit flows say goes where.

An engagement implies the flow to its party, an activity's people imply the collection from them, and a
processor's customers imply what they send. Explicit flows say what those do not. An agreement between two parties
says that the one uses the other: what reaches the first goes on to the second.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ropa.records.activity import ActivityFields
from ropa.records.agreement import AgreementFields
from ropa.records.engagement import EngagementFields, FlowFields
from ropa.records.register import Register

ORGANISATION = "organisation"

Uses = Mapping[str, Mapping[str, tuple[AgreementFields, ...]]]

_AGREED_ROLES = {"dpa": "processor", "terms": "processor", "joint-controller": "joint-controller"}


@dataclass(frozen=True, slots=True)
class Edge:
    """Data categories going from one node to another within an activity.

    Nodes are `organisation`, `party/KEY`, `system/KEY` or `subject/KEY`. `via` is the record that says so, as
    kind/key. `places` are the countries where the data comes to lie or from which it is reached, in order and
    without the establishment of the receiver, which counts by itself. `role` is the receiver's.
    """

    activity: str
    origin: str
    destination: str
    data: tuple[str, ...]
    via: str
    service: str = ""
    role: str = ""
    places: tuple[str, ...] = ()


def edges(register: Register, on: dt.date, activity: str | None = None) -> list[Edge]:
    """Every flow that stands on a date, of one activity or of all."""
    wanted = [register.activities[activity]] if activity is not None else register.activities.values()
    used = uses(register, on)
    found: list[Edge] = []
    for each in wanted:
        if stands(each, on):
            own = list(_of_activity(register, each, on))
            found += own
            found += _onward(register, each, own, used)
    return found


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


def entity(register: Register, node: str) -> str:
    """The legal entity that a node belongs to: `organisation`, `party/KEY`, or `subject/KEY` for people."""
    kind, _, key = node.partition("/")
    if kind == "system":
        operator = register.systems[key].operator
        return ORGANISATION if operator is None else f"party/{operator}"
    return node


def hops(register: Register, on: dt.date) -> Iterator[tuple[str, str, Edge]]:
    """The hops below those who get data: flows from one party to another, as (exporter, importer, flow).

    What the controllers that an activity is done for hand to others is their own affair.
    """
    for edge in edges(register, on):
        exporter, importer = entity(register, edge.origin), entity(register, edge.destination)
        between_parties = exporter.startswith("party/") and importer.startswith("party/") and exporter != importer
        if between_parties and exporter.removeprefix("party/") not in register.activities[edge.activity].controllers:
            yield exporter, importer, edge


def _of_activity(register: Register, activity: ActivityFields, on: dt.date) -> Iterator[Edge]:
    flows = register.flows_of(activity.key)
    engagements = [each for each in register.engagements_of(activity.key) if stands(each, on)]
    yield from _collection(activity, flows)
    into = {each.system for each in engagements}
    for key in activity.systems:
        if key not in into:
            system = register.systems[key]
            role = "processor" if system.operator is not None else ""
            yield Edge(
                activity=activity.key,
                origin=ORGANISATION,
                destination=f"system/{key}",
                data=activity.data_categories,
                via=f"activity/{activity.key}",
                role=role,
                places=_system_places(register, key),
            )
    for engagement in engagements:
        if engagement.receives_data:
            yield _engaged(register, engagement)
    for flow in flows:
        yield _explicit(register, activity, flow)


def _collection(activity: ActivityFields, flows: tuple[FlowFields, ...]) -> Iterator[Edge]:
    """What comes in: from the controllers where we are their processor, else from the people themselves.

    Where an explicit flow says how data comes in, nothing is implied; nor for a processor whose controllers are
    not recorded.
    """
    if any(flow.destination == ORGANISATION for flow in flows):
        return
    if activity.role == "processor":
        sources = [f"party/{key}" for key in activity.controllers]
    else:
        sources = [f"subject/{key}" for key in activity.subject_categories]
    for source in sources:
        yield Edge(
            activity=activity.key,
            origin=source,
            destination=ORGANISATION,
            data=activity.data_categories,
            via=f"activity/{activity.key}",
            role=activity.role,
        )


def _engaged(register: Register, engagement: EngagementFields) -> Edge:
    places = dict.fromkeys((*engagement.countries, *engagement.remote_access))
    if engagement.system is not None:
        places.update(dict.fromkeys(_system_places(register, engagement.system)))
    return Edge(
        activity=engagement.activity,
        origin=ORGANISATION if engagement.from_system is None else f"system/{engagement.from_system}",
        destination=f"party/{engagement.party}" if engagement.system is None else f"system/{engagement.system}",
        data=register.data_of(engagement.activity, engagement.data_categories),
        via=f"engagement/{engagement.key}",
        service=engagement.service or "",
        role=engagement.role,
        places=tuple(places),
    )


def _explicit(register: Register, activity: ActivityFields, flow: FlowFields) -> Edge:
    kind, _, key = flow.destination.partition("/")
    return Edge(
        activity=activity.key,
        origin=flow.origin,
        destination=flow.destination,
        data=register.data_of(activity.key, flow.data_categories),
        via=f"flow/{flow.key}",
        service=flow.description or "",
        role=_role_of(register, activity, flow.destination),
        places=_system_places(register, key) if kind == "system" else (),
    )


def _onward(register: Register, activity: ActivityFields, own: Sequence[Edge], used: Uses) -> Iterator[Edge]:
    """The hops by which data that reached a party goes on, the nearest first.

    Nothing is implied below the controllers that the activity is done for, nor where an explicit flow says what
    goes between the two.
    """
    if not used:
        return
    ends = [(entity(register, each.origin), entity(register, each.destination)) for each in own]
    stated = set(ends)
    held: dict[str, dict[str, None]] = {}
    for flow, (_, receiver) in zip(own, ends, strict=True):
        key = receiver.removeprefix("party/")
        if key != receiver and key not in activity.controllers:
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
                data=tuple(data),
                via=f"agreement/{agreement.key}",
                role=_AGREED_ROLES.get(agreement.type, ""),
                places=tuple(dict.fromkeys(places)),
            )


def _role_of(register: Register, activity: ActivityFields, destination: str) -> str:
    """The receiver's role where the activity says it: as engaged, or as the controller we work for."""
    if destination == ORGANISATION:
        return activity.role
    receiver = entity(register, destination).removeprefix("party/")
    for engagement in register.engagements_of(activity.key):
        if engagement.party == receiver:
            return engagement.role
    return "controller" if receiver in activity.controllers else ""


def _system_places(register: Register, key: str) -> tuple[str, ...]:
    system = register.systems[key]
    return tuple(dict.fromkeys((*system.hosting, *system.remote_access)))


def stands(record: ActivityFields | EngagementFields, on: dt.date) -> bool:
    """Whether it had begun and not ended; a date that is not recorded sets no bound."""
    return (record.since is None or record.since <= on) and (record.until is None or on <= record.until)
