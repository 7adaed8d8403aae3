"""Reach: what lies upstream and downstream of one record in the flow graph.

Every activity is a graph of its own: that two of them meet in the organisation does not carry the data of one into
the other. Within an activity only flows count that carry data which the record has to do with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ropa.flows.edges import ORGANISATION, Edge, edges
from ropa.records.register import Register

if TYPE_CHECKING:
    from networkx import DiGraph

_TOP = ""  # no node is called that


@dataclass(frozen=True, slots=True)
class Reached:
    """What a record touches within one activity.

    `data` are the categories that it holds, hands on or is; `flows` all flows that are affected, those upstream and
    downstream included.
    """

    activity: str
    data: tuple[str, ...]
    upstream: tuple[str, ...]
    downstream: tuple[str, ...]
    flows: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """The reach of one record (`party/K`, `system/K`, `data_category/K`), activity by activity.

    `focus` are the nodes that it is: of a party, its systems too; of a data category, none.
    """

    subject: str
    focus: tuple[str, ...]
    activities: tuple[Reached, ...]

    @property
    def upstream(self) -> tuple[str, ...]:
        """The nodes that the data comes from, each once."""
        return tuple(dict.fromkeys(node for each in self.activities for node in each.upstream))

    @property
    def downstream(self) -> tuple[str, ...]:
        """The nodes that the data goes to, each once."""
        return tuple(dict.fromkeys(node for each in self.activities for node in each.downstream))


def reach(register: Register, on: dt.date, subject: str) -> Reach:
    """What lies upstream and downstream of a party, a system or a data category on a date."""
    kind, _, key = subject.partition("/")
    standing = edges(register, on)
    focus = _focus(register, kind, key, standing)
    by_activity: dict[str, list[Edge]] = {}
    for edge in standing:
        by_activity.setdefault(edge.activity, []).append(edge)
    found = []
    for activity, flows in by_activity.items():
        category = kind == "data_category"
        reached = _carrying(activity, key, flows) if category else _around(activity, focus, flows)
        if reached is not None:
            found.append(reached)
    return Reach(subject, focus, tuple(found))


def _focus(register: Register, kind: str, key: str, flows: Sequence[Edge]) -> tuple[str, ...]:
    if kind == "data_category":
        return ()
    if kind == "system":
        return (f"system/{key}",)
    node = f"party/{key}"
    systems = [f"system/{name}" for name, each in register.systems.items() if each.operator == key]
    filled = (each.destination for each in flows if each.receiver == node)
    return tuple(dict.fromkeys((node, *systems, *filled)))


def _around(activity: str, focus: Sequence[str], flows: Sequence[Edge]) -> Reached | None:
    touching = [each for each in flows if each.origin in focus or each.destination in focus]
    if not touching:
        return None
    data = dict.fromkeys(key for each in touching for key in each.data)
    carrying = [each for each in flows if not each.data or not data.keys().isdisjoint(each.data)]
    return _reached(activity, tuple(data), carrying, focus)


def _carrying(activity: str, key: str, flows: Sequence[Edge]) -> Reached | None:
    """Where a data category comes from and goes to, seen from the organisation."""
    carrying = [each for each in flows if key in each.data]
    return _reached(activity, (key,), carrying, (ORGANISATION,)) if carrying else None


def _reached(activity: str, data: tuple[str, ...], flows: Sequence[Edge], focus: Sequence[str]) -> Reached:
    graph = _graph(flows)
    there = [node for node in focus if node in graph]
    upstream = _before(graph, there)
    downstream = _after(graph, there)
    kept = {*upstream, *there}, {*downstream, *there}
    affected = tuple(
        each
        for each in flows
        if (each.origin in kept[0] and each.destination in kept[0])
        or (each.origin in kept[1] and each.destination in kept[1])
    )
    order = [node for node in graph if node not in there]
    return Reached(
        activity=activity,
        data=data,
        upstream=tuple(node for node in order if node in upstream),
        downstream=tuple(node for node in order if node in downstream),
        flows=affected,
    )


def _graph(flows: Sequence[Edge]) -> DiGraph[str]:
    """The nodes and ways of some flows; what is in a party's system is with that party, and the other way round."""
    from networkx import DiGraph  # 0.2 s that `ropa --help` does not need

    graph: DiGraph[str] = DiGraph()
    ends = {(each.origin, each.sender) for each in flows} | {(each.destination, each.receiver) for each in flows}
    graph.add_edges_from((each.origin, each.destination) for each in flows)
    for node, who in ends:
        if node != who and who.startswith("party/") and who in graph:
            graph.add_edges_from(((node, who), (who, node)))
    return graph


def _after(graph: DiGraph[str], starts: Sequence[str]) -> set[str]:
    """Every node that can be reached from any of the starts, themselves left out; linear, loops or not."""
    from networkx import descendants

    graph.add_edges_from((_TOP, node) for node in starts)
    found = set(descendants(graph, _TOP)) if starts else set()
    if starts:
        graph.remove_node(_TOP)
    return found - set(starts)


def _before(graph: DiGraph[str], starts: Sequence[str]) -> set[str]:
    return _after(graph.reverse(), starts)
