"""Which customers depend on which party: those whose data reaches it, by the graph."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ropa.flows.edges import Edge, edges
from ropa.records.register import Register
from ropa.rules.squeeze import Promise


@dataclass
class Dependence:
    """Who depends on one party, through activities in which the organisation is the processor.

    `customers` are their keys, `unserved` activities without a recorded customer. `direct` says that data reaches it
    otherwise than through another vendor, so that it is the one to tell the organisation what changes behind it.
    """

    customers: dict[str, None] = field(default_factory=dict)
    unserved: dict[str, None] = field(default_factory=dict)
    direct: bool = False


def dependence(register: Register, on: dt.date) -> Mapping[str, Dependence]:
    """By key of the party, for every party that works on customers' data on a date, nearest first.

    Who gets the data to decide for itself is no subprocessor, and a customer does not depend on itself.
    """
    found: dict[str, Dependence] = {}
    for vendor, edge in _reached(register, on):
        controllers = register.activities[edge.activity].controllers
        each = found.setdefault(vendor, Dependence())
        each.customers.update(dict.fromkeys(key for key in controllers if key != vendor))
        if not controllers:
            each.unserved[edge.activity] = None
        above = edge.sender.removeprefix("party/")
        each.direct = each.direct or above == edge.sender or above in controllers
    return found


def promises_behind(
    register: Register, each: Dependence, promise: Callable[[str | None], Promise]
) -> tuple[Promise, ...]:
    """What those who depend on a party were promised; what is promised to all where their names are not recorded.

    `promise` says what one customer was promised, by key, and for None what all were.
    """
    found = [promise(key) for key in each.customers]
    if each.unserved and register.organisation.notice is not None:
        found.append(promise(None))
    return tuple(found)


def _reached(register: Register, on: dt.date) -> Iterator[tuple[str, Edge]]:
    for edge in edges(register, on):
        activity = register.activities[edge.activity]
        vendor = edge.receiver.removeprefix("party/")
        if activity.role != "processor" or vendor == edge.receiver or vendor in activity.controllers:
            continue
        if edge.role not in ("controller", "joint-controller"):
            yield vendor, edge
