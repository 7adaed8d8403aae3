"""One flow between two nodes, and the legal entities at its ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ropa.records.activity import ActivityFields
from ropa.records.engagement import EngagementFields
from ropa.records.register import Register

ORGANISATION = "organisation"

UNPLACED = "Where it is hosted is not recorded, so nobody can tell whether the data leaves the territory."
"""What is said of a flow that is `unplaced`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Data categories going from one node to another within an activity.

    Nodes are `organisation`, `party/KEY`, `system/KEY` or `subject/KEY`; `sender` and `receiver` are the legal
    entities at the two ends. Where it is not recorded who runs the system that the data goes into, the receiver is
    that system, and nobody knows who that is.

    `via` is the record that says so, as kind/key. `places` are the countries where the data comes to lie or from
    which it is reached, in order and without the establishment of the receiver, which counts by itself. `role` is
    the receiver's.
    """

    activity: str
    origin: str
    destination: str
    sender: str
    receiver: str
    data: tuple[str, ...]
    via: str
    service: str = ""
    role: str = ""
    places: tuple[str, ...] = ()


def entity(register: Register, node: str) -> str:
    """The legal entity that a node belongs to: `organisation`, `party/KEY`, or `subject/KEY` for people.

    A system of which nobody recorded who runs it stands for whoever does: the node itself.
    """
    kind, _, key = node.partition("/")
    if kind == "system":
        system = register.systems[key]
        if system.operator is not None:
            return f"party/{system.operator}"
        return ORGANISATION if system.own else node
    return node


def sender_of(register: Register, node: str) -> str:
    """Who answers for what leaves a node: of a system that nobody is recorded to run, the organisation that uses it."""
    found = entity(register, node)
    return ORGANISATION if found.startswith("system/") else found


def system_places(register: Register, key: str) -> tuple[str, ...]:
    """Where a system is hosted and from where it is reached."""
    system = register.systems[key]
    return tuple(dict.fromkeys((*system.hosting, *system.remote_access)))


def unplaced(register: Register, edge: Edge) -> bool:
    """Whether it goes into a system of which nobody recorded where it is hosted, so that it may leave the territory."""
    kind, _, key = edge.destination.partition("/")
    if kind != "system":
        return False
    system = register.systems[key]
    return not system.hosting and set(edge.places) <= set(system.remote_access)


def stands(record: ActivityFields | EngagementFields, on: dt.date) -> bool:
    """Whether it had begun and not ended; a date that is not recorded sets no bound."""
    return (record.since is None or record.since <= on) and (record.until is None or on <= record.until)
