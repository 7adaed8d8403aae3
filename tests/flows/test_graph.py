"""The flow graph: nothing merged, nothing lost, every crossing where it belongs."""

from __future__ import annotations

import pytest

from ropa.flows.crossings import crossings
from ropa.flows.edges import edges
from ropa.flows.graph import flow_graph, flows_of
from ropa.records.errors import NotFoundError
from tests.flows.diagram_cases import ON, sample


def test_every_flow_is_an_edge_of_its_own() -> None:
    register = sample()
    graph = flow_graph(register, ON)
    assert sorted(map(repr, (flow for flow, _ in flows_of(graph)))) == sorted(map(repr, edges(register, ON)))
    assert graph.number_of_edges("organisation", "party/mailer") == 2


def test_every_crossing_hangs_on_the_flow_that_makes_it() -> None:
    register = sample()
    graph = flow_graph(register, ON)
    found = [crossing for flow, crossed in flows_of(graph) for crossing in crossed if crossing.edge == flow]
    assert len(found) == len(crossings(register, ON)) > 0


def test_one_activity_has_its_own_flows_alone() -> None:
    graph = flow_graph(sample(), ON, "hosting")
    assert {flow.activity for flow, _ in flows_of(graph)} == {"hosting"}
    assert set(graph.nodes) == {"organisation", "party/trust", "party/night"}


def test_an_unknown_activity_is_named_in_the_message() -> None:
    with pytest.raises(NotFoundError, match="'nope'"):
        flow_graph(sample(), ON, "nope")
