"""The flows of a register: what its activities, engagements and explicit flows say goes where.

An engagement implies the flow to its party, an activity's people imply the collection from them, and a
processor's customers imply what they send. Explicit flows say what those do not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ropa.records.activity import ActivityFields
from ropa.records.engagement import EngagementFields, FlowFields
from ropa.records.register import Register

ORGANISATION = "organisation"


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
    found: list[Edge] = []
    for each in wanted:
        if _stands(each, on):
            found += _of_activity(register, each, on)
    return found


def entity(register: Register, node: str) -> str:
    """The legal entity that a node belongs to: `organisation`, `party/KEY`, or `subject/KEY` for people."""
    kind, _, key = node.partition("/")
    if kind == "system":
        operator = register.systems[key].operator
        return ORGANISATION if operator is None else f"party/{operator}"
    return node


def _of_activity(register: Register, activity: ActivityFields, on: dt.date) -> Iterator[Edge]:
    flows = register.flows_of(activity.key)
    engagements = [each for each in register.engagements_of(activity.key) if _stands(each, on)]
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


def _stands(record: ActivityFields | EngagementFields, on: dt.date) -> bool:
    """Whether it had begun and not ended; a date that is not recorded sets no bound."""
    return (record.since is None or record.since <= on) and (record.until is None or on <= record.until)
