"""The flows that the records of one activity say by themselves: collection, systems, engagements, explicit flows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from ropa.flows.edge import ORGANISATION, Edge, entity, sender_of, stands, system_places
from ropa.records.activity import ActivityFields
from ropa.records.engagement import EngagementFields, FlowFields
from ropa.records.register import Register


def activity_edges(register: Register, activity: ActivityFields, on: dt.date) -> Iterator[Edge]:
    """What an activity collects, keeps in systems and hands on, in the order in which it was recorded."""
    flows = register.flows_of(activity.key)
    engagements = [each for each in register.engagements_of(activity.key) if stands(each, on)]
    yield from _collection(activity, flows)
    reached = {each.system for each in engagements if _fills(register, each)}
    for key in activity.systems:
        if key not in reached:
            yield _kept_in(register, activity, key)
    for engagement in engagements:
        if engagement.receives_data:
            yield from _engaged(register, engagement)
    for flow in flows:
        yield _explicit(register, activity, flow)
    yield from _joint(register, activity, engagements, flows)


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
            sender=source,
            receiver=ORGANISATION,
            data=activity.data_categories,
            via=f"activity/{activity.key}",
            role=activity.role or "",
        )


def _kept_in(register: Register, activity: ActivityFields, key: str) -> Edge:
    receiver = entity(register, f"system/{key}")
    return Edge(
        activity=activity.key,
        origin=ORGANISATION,
        destination=f"system/{key}",
        sender=ORGANISATION,
        receiver=receiver,
        data=activity.data_categories,
        via=f"activity/{activity.key}",
        role="processor" if receiver.startswith("party/") else "",
        places=system_places(register, key),
    )


def _fills(register: Register, engagement: EngagementFields) -> bool:
    """Whether an engagement says all there is to say about how data gets into the system that it names."""
    if engagement.system is None:
        return False
    runs = entity(register, f"system/{engagement.system}")
    return runs == f"party/{engagement.party}" or (engagement.receives_data and runs != ORGANISATION)


def _engaged(register: Register, engagement: EngagementFields) -> Iterator[Edge]:
    """The flow to the party engaged: it is who receives, whatever system it uses.

    A system of its own is where the data arrives; one of the organisation only adds places. Into the system of
    somebody else it is the party engaged who hands the data on.
    """
    party = f"party/{engagement.party}"
    origin = ORGANISATION if engagement.from_system is None else f"system/{engagement.from_system}"
    data = register.data_of(engagement.activity, engagement.data_categories)
    places = dict.fromkeys((*engagement.countries, *engagement.remote_access))
    node = None if engagement.system is None else f"system/{engagement.system}"
    runs = party if node is None else entity(register, node)
    foreign = runs.startswith("party/") and runs != party
    if engagement.system is not None and not foreign:
        places.update(dict.fromkeys(system_places(register, engagement.system)))
    yield Edge(
        activity=engagement.activity,
        origin=origin,
        destination=party if node is None or foreign or runs == ORGANISATION else node,
        sender=sender_of(register, origin),
        receiver=party,
        data=data,
        via=f"engagement/{engagement.key}",
        service=engagement.service or "",
        role=engagement.role,
        places=tuple(places),
    )
    if node is not None and engagement.system is not None and foreign:
        yield Edge(
            activity=engagement.activity,
            origin=party,
            destination=node,
            sender=party,
            receiver=runs,
            data=data,
            via=f"engagement/{engagement.key}",
            role="processor",
            places=system_places(register, engagement.system),
        )


def _explicit(register: Register, activity: ActivityFields, flow: FlowFields) -> Edge:
    kind, _, key = flow.destination.partition("/")
    return Edge(
        activity=activity.key,
        origin=flow.origin,
        destination=flow.destination,
        sender=sender_of(register, flow.origin),
        receiver=entity(register, flow.destination),
        data=register.data_of(activity.key, flow.data_categories),
        via=f"flow/{flow.key}",
        service=flow.description or "",
        role=_role_of(register, activity, flow.destination),
        places=system_places(register, key) if kind == "system" else (),
    )


def _joint(
    register: Register,
    activity: ActivityFields,
    engagements: Sequence[EngagementFields],
    flows: Sequence[FlowFields],
) -> Iterator[Edge]:
    """The joint controllers, who share in the data unless an engagement or a flow says what goes between the two."""
    named = {f"party/{each.party}" for each in engagements}
    named |= {entity(register, end) for flow in flows for end in (flow.origin, flow.destination)}
    for key in activity.joint_controllers:
        if f"party/{key}" not in named:
            yield Edge(
                activity=activity.key,
                origin=ORGANISATION,
                destination=f"party/{key}",
                sender=ORGANISATION,
                receiver=f"party/{key}",
                data=activity.data_categories,
                via=f"activity/{activity.key}",
                role="joint-controller",
            )


def _role_of(register: Register, activity: ActivityFields, destination: str) -> str:
    """The receiver's role where the activity says it: as engaged, or as the controller we work for."""
    if destination == ORGANISATION:
        return activity.role or ""
    receiver = entity(register, destination).removeprefix("party/")
    for engagement in register.engagements_of(activity.key):
        if engagement.party == receiver:
            return engagement.role
    if receiver in activity.joint_controllers:
        return "joint-controller"
    return "controller" if receiver in activity.controllers else ""
