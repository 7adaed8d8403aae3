"""Which nodes of the flow graph are drawn as one, so that a large register can still be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ropa.flows.crossings import Crossing, name_of
from ropa.flows.diagram_places import Territories, Territory, countries_of, further_places
from ropa.flows.diagram_words import PLURALS, WORDS, Shape, and_list, roles_of, shortened
from ropa.flows.edges import ORGANISATION, Edge
from ropa.records.register import Register
from ropa.rules.verdict import FINDINGS, rank

Flows = Sequence[tuple[Edge, tuple[Crossing, ...]]]


@dataclass(frozen=True, slots=True)
class Group:
    """One box to draw and the nodes it stands for. `territory` is None for people."""

    key: str
    members: tuple[str, ...]
    shape: Shape
    name: str
    lines: tuple[str, ...]
    tooltip: str
    countries: tuple[str, ...]
    territory: Territory | None


def grouped(register: Register, nodes: Sequence[str], flows: Flows, territories: Territories, most: int) -> list[Group]:
    """The boxes of a diagram: one for each node, or fewer where that would give more than `most` arrows.

    First people and customers come together, each in one box, then whoever is of one kind in one place; last
    even those whose transfers are findings, kind by kind and verdict by verdict.
    """
    touching: dict[str, list[Edge]] = {node: [] for node in nodes}
    worst: dict[str, int] = {}
    for flow, crossed in flows:
        for node in dict.fromkeys((flow.origin, flow.destination)):
            touching[node].append(flow)
        ranks = (rank(each.worst.status) for each in crossed)
        worst[flow.destination] = max((worst.get(flow.destination, 0), *ranks))
    single = [_single(register, node, edges, territories) for node, edges in touching.items()]
    for level in range(4):
        parts: dict[str, list[Group]] = {}
        for group in single:
            parts.setdefault(_part(group, level, worst.get(group.members[0], 0)), []).append(group)
        box = {node: key for key, groups in parts.items() for group in groups for node in group.members}
        arrows = {(box[flow.origin], box[flow.destination]) for flow, _ in flows}
        if len(arrows) <= most:
            break
    return [groups[0] if len(groups) == 1 else _merged(key, groups, territories) for key, groups in parts.items()]


def _part(group: Group, level: int, worst: int) -> str:
    """The name of the box that a node goes into on a level of merging."""
    node = group.members[0]
    if level >= 1 and group.shape in ("people", "customer"):
        return f"{group.shape} {group.territory}"
    finding = worst >= min(map(rank, FINDINGS))
    if group.shape == "organisation" or level < 2 or (level < 3 and finding):
        return node
    return f"{group.shape} {group.countries} {worst if finding else ''}"


def _single(register: Register, node: str, edges: Sequence[Edge], territories: Territories) -> Group:
    shapes = roles_of(register, node, dict.fromkeys(flow.activity for flow in edges))
    countries = countries_of(register, node, edges)
    further = further_places(register, node, edges)
    law = territories.law
    lines = [" and ".join(WORDS[shape] for shape in shapes)]
    kind, _, key = node.partition("/")
    record = register.organisation if kind == ORGANISATION else None
    tooltip = [name_of(register, node)]
    if kind == "subject":
        people = register.subject_categories[key]
        lines += ["vulnerable people"] if people.vulnerable else []
        return Group(node, (node,), "people", people.name, (*lines, *_invented(people.invented)), people.name, (), None)
    if kind == "system":
        system = register.systems[key]
        operator = "" if system.operator is None else register.parties[system.operator].name
        unknown = "own system" if system.own else "? who runs it: not recorded"
        lines[0] = f"system of {operator}" if operator else unknown
        if countries and not system.hosting:
            lines.append("? hosting not recorded; run from")
        tooltip += [system.technology or ""]
        invented = system.invented
    elif kind == "party":
        party = register.parties[key]
        if party.legal_name and party.legal_name.casefold() != party.name.casefold():
            lines.insert(0, party.legal_name)
        if party.country is None and countries:
            lines.append("? established: not recorded")
        tooltip += [party.legal_name or "", party.address or ""]
        invented = party.invented
    else:
        invented = record.invented if record else False
    where = and_list(law.country_name(each) for each in countries) if countries else "? country not recorded"
    lines.append(where)
    if further:
        lines.append(f"also in, or reached from, {and_list(law.country_name(each) for each in further)}")
    lines += _invented(invented)
    territory = territories.furthest(countries) or territories.of(None)
    text = "\n".join(filter(None, (*tooltip, *lines)))
    return Group(node, (node,), shapes[0], name_of(register, node), tuple(lines), text, countries, territory)


def _invented(invented: bool) -> list[str]:
    return ["invented sample data"] if invented else []


def _merged(key: str, groups: Sequence[Group], territories: Territories) -> Group:
    """Several boxes as one, which says how many it stands for and names the first."""
    first = groups[0]
    names = [group.name for group in groups]
    countries = tuple(dict.fromkeys(country for group in groups for country in group.countries))
    places = [territories.law.country_name(each) for each in countries]
    what = "categories of people" if first.shape == "people" else PLURALS[first.shape]
    lines = [shortened(names, 4)]
    if first.territory is not None:
        lines.append(shortened(places, 4) if places else "? country not recorded")
    if any("invented sample data" in group.lines for group in groups):
        lines += ["with invented sample data"]
    members = tuple(node for group in groups for node in group.members)
    name = f"{len(groups)} {what}"
    return Group(key, members, first.shape, name, tuple(lines), "\n".join((name, *names)), countries, first.territory)
