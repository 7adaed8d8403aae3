"""How long judging takes, against building the bare graph of the same hops: `python -m tests.bench.hops`."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import networkx

from ropa.flows.crossings import crossings
from ropa.flows.edges import edges
from ropa.records.activity import ActivityFields
from ropa.records.category import DataCategoryFields
from ropa.records.engagement import EngagementFields
from ropa.records.organisation import OrganisationFields
from ropa.records.party import PartyFields
from ropa.records.register import Register
from ropa.records.transfer import SafeguardFields, TransferFields

TODAY = dt.date(2026, 11, 21)
PLACES = ("US", "IN", "FR", "BR", "JP", "CH", "CA", "KR", "AU", "IE")
VENDORS_EACH = 10


def register(hops: int) -> Register:
    """A British register with so many hops abroad, ten for each activity, half of them documented."""
    parties = {f"p{n}": PartyFields(key=f"p{n}", name=f"Party {n}", country=PLACES[n % 10]) for n in range(200)}
    activities: dict[str, ActivityFields] = {}
    engagements: dict[str, EngagementFields] = {}
    for n in range(hops):
        name = f"a{n // VENDORS_EACH}"
        if name not in activities:
            activities[name] = ActivityFields(key=name, name=name, data_categories=("d",))
        key = f"{name}/p{n % 200}"
        engagements[key] = EngagementFields(key=key, activity=name, party=f"p{n % 200}")
    transfers = {
        f"t{n}": TransferFields(key=f"t{n}", importer=f"p{n}", country=PLACES[n % 10]) for n in range(0, 200, 2)
    }
    safeguards = {
        f"{key}/s": SafeguardFields(
            key=f"{key}/s", transfer=key, instrument="uk-idta", signed=dt.date(2024, 1, 1), assessed=dt.date(2024, 1, 1)
        )
        for key in transfers
    }
    return Register(
        OrganisationFields(key="bench", name="Bench", country="GB"),
        parties=parties,
        data_categories={"d": DataCategoryFields(key="d", name="Name")},
        activities=activities,
        engagements=engagements,
        transfers=transfers,
        safeguards=safeguards,
    )


def bare_graph(made: Register) -> networkx.MultiDiGraph[str]:
    """The floor: the same hops as a graph, with nothing asked of them."""
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for edge in edges(made, TODAY):
        graph.add_edge(edge.origin, edge.destination, key=edge.via, flow=edge)
    return graph


def seconds(work: Callable[[], Any]) -> float:
    """The best of three runs."""
    runs = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        runs.append(time.perf_counter() - start)
    return min(runs)


def main() -> None:
    """Print one line for each size: hops, floor, judging, ratio."""
    print(f"{'hops':>8} {'bare graph':>12} {'judged':>12} {'ratio':>8} {'µs a hop':>9}")
    for hops in (1_000, 10_000, 100_000):
        made = register(hops)
        floor = seconds(partial(bare_graph, made))
        judged = seconds(partial(crossings, made, TODAY))
        print(f"{hops:>8} {floor:>11.3f}s {judged:>11.3f}s {judged / floor:>8.1f} {judged / hops * 1e6:>9.1f}")


if __name__ == "__main__":
    main()
