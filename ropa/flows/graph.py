"""The flows of a register as a graph: nodes are people, legal entities and systems; each flow is an edge of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ropa.flows.crossings import Crossing, crossings
from ropa.flows.edges import ORGANISATION, Edge, edges
from ropa.records.errors import NotFoundError
from ropa.records.register import Register

if TYPE_CHECKING:
    from networkx import MultiDiGraph

FLOW = "flow"
CROSSINGS = "crossings"


def flow_graph(
    register: Register, on: dt.date, activity: str | None = None, found: Iterable[Crossing] | None = None
) -> MultiDiGraph[str]:
    """The graph of one activity or of all, on a date; the organisation is always in it.

    Nodes are named as in `Edge`. Every edge carries its `flow` (an Edge) and its `crossings` (a tuple, empty where
    the data stays at home). `found` are the register's crossings on that date where they are known already.
    Raises NotFoundError for an activity that is not in the register.
    """
    from networkx import MultiDiGraph  # 0.2 s that `ropa --help` does not need

    if activity is not None and activity not in register.activities:
        raise NotFoundError(
            f"{register.organisation.name} has no activity {activity!r}; `ropa list activity` names those that it has"
        )
    by_flow: dict[Edge, list[Crossing]] = {}
    for crossing in crossings(register, on) if found is None else found:
        by_flow.setdefault(crossing.edge, []).append(crossing)
    graph: MultiDiGraph[str] = MultiDiGraph()
    graph.add_node(ORGANISATION)
    for flow in edges(register, on, activity):
        crossed = tuple(by_flow.get(flow, ()))
        graph.add_edge(flow.origin, flow.destination, flow=flow, crossings=crossed)
    return graph


def flows_of(graph: MultiDiGraph[str]) -> list[tuple[Edge, tuple[Crossing, ...]]]:
    """Every edge of the graph as its flow and crossings, ordered by node and then as entered."""
    return [(data[FLOW], data[CROSSINGS]) for _, _, data in graph.edges(data=True)]
