"""The diagram of a register's flows before it is drawn: what stands where, and what each arrow says.

Every edge of the flow graph belongs to exactly one arrow: parallel flows share one, and in a large register
nodes of the same kind and place are drawn as one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ropa.flows.crossings import Crossing
from ropa.flows.diagram_groups import Group, grouped
from ropa.flows.diagram_places import Territories, Territory
from ropa.flows.diagram_words import (
    MARKS,
    Shape,
    Standing,
    and_list,
    hosting_standing,
    people_date,
    standings,
)
from ropa.flows.edges import Edge
from ropa.flows.graph import flow_graph, flows_of
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.rules.verdict import Status, rank

_COUNTED: dict[Status, str] = {
    "unsafeguarded": "without a valid safeguard",
    "incomplete": "with an incomplete one",
    "unknown": "that cannot be judged",
}

MOST_LABELS = 40
"""Above this many arrows a picture with all their labels cannot be read."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node as drawn: `name` and `lines` are what people read, `tooltip` everything."""

    id: str
    shape: Shape
    name: str
    lines: tuple[str, ...]
    tooltip: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """An edge as drawn. `status` is that of the worst transfer in it, None where the data does not cross.

    `law` is what the law says, worst first, `data` which categories, `activities` for which activities; `flows` are
    the edges of the graph that it stands for. `back` says that it leads against the reading direction.
    """

    id: str
    origin: str
    destination: str
    status: Status | None
    law: tuple[Standing, ...]
    data: tuple[str, ...]
    activities: tuple[str, ...]
    tooltip: str
    flows: tuple[Edge, ...]
    back: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A territory with the boxes in it."""

    id: str
    territory: Territory
    title: str
    law: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """All that is drawn: `people` stand outside of every frame, since nobody records where they are.

    `basis` is the date and the law that everything was judged by; `labelled` is False where there are more arrows
    than could be read with all that they say.
    """

    title: str
    subtitle: str
    basis: str
    people: tuple[Box, ...]
    frames: tuple[Frame, ...]
    arrows: tuple[Arrow, ...]
    labelled: bool = True

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Every box, people first."""
        return (*self.people, *(box for frame in self.frames for box in frame.boxes))


def diagram(
    register: Register,
    on: dt.date,
    activity: str | None = None,
    found: Iterable[Crossing] | None = None,
    law: LawBook | None = None,
) -> Diagram:
    """The diagram of one activity or of all, on a date.

    Raises NotFoundError for an activity that is not in the register, as `flow_graph` does.
    """
    book = law or LawBook.in_use()
    graph = flow_graph(register, on, activity, found)
    flows = flows_of(graph)
    territories = Territories(register, on, book)
    groups = grouped(register, list(graph.nodes), flows, territories, MOST_LABELS)
    ids = {group.key: f"n{number}" for number, group in enumerate(groups, start=1)}
    home = {node: ids[group.key] for group in groups for node in group.members}
    shown = {ids[group.key]: group for group in groups}

    pairs: dict[tuple[str, str], list[tuple[Edge, tuple[Crossing, ...]]]] = {}
    for flow, crossed in flows:
        pairs.setdefault((home[flow.origin], home[flow.destination]), []).append((flow, crossed))
    columns = _columns(ids[next(group.key for group in groups if group.shape == "organisation")], list(pairs))
    arrows = tuple(
        _arrow(
            f"e{number}",
            shown[pair[0]],
            shown[pair[1]],
            pair,
            merged,
            register,
            activity,
            book,
            on,
            columns[pair[1]] < columns[pair[0]],
        )
        for number, (pair, merged) in enumerate(pairs.items(), start=1)
    )
    boxes = {group.key: Box(ids[group.key], group.shape, group.name, group.lines, group.tooltip) for group in groups}
    basis = _basis(register, on, book)
    return Diagram(
        title=f"Where the data goes: {register.organisation.name}",
        subtitle=_subtitle(register, activity, arrows, basis),
        basis=basis,
        people=tuple(boxes[group.key] for group in groups if group.territory is None),
        frames=tuple(_frames(groups, boxes, territories)),
        arrows=arrows,
        labelled=len(arrows) <= MOST_LABELS,
    )


def _arrow(
    id: str,  # noqa: A002 (the field's own name)
    origin: Group,
    destination: Group,
    pair: tuple[str, str],
    merged: Sequence[tuple[Edge, tuple[Crossing, ...]]],
    register: Register,
    activity: str | None,
    law: LawBook,
    on: dt.date,
    back: bool,
) -> Arrow:
    said = [
        standing
        for flow, crossed in merged
        for standing in (
            *(each for one in crossed for each in standings(register, one, destination.countries, law, on)),
            *hosting_standing(register, flow, crossed),
        )
    ]
    said.sort(key=lambda each: -rank(each.status))
    data = tuple(dict.fromkeys(key for flow, _ in merged for key in flow.data))
    activities = tuple(dict.fromkeys(flow.activity for flow, _ in merged))
    names = [register.data_categories[key].name for key in data]
    named = [] if activity is not None else [register.activities[key].name for key in activities]
    return Arrow(
        id=id,
        origin=pair[0],
        destination=pair[1],
        status=said[0].status if said else None,
        law=tuple({(each.head, each.details): each for each in said}.values()),
        data=tuple(names),
        activities=tuple(named),
        tooltip=_tooltip(register, origin, destination, merged, said),
        flows=tuple(flow for flow, _ in merged),
        back=back,
    )


def _columns(middle: str, pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """How far to the right each box stands: left of the organisation who sends to it, right whoever comes after."""
    columns = {middle: 0} | {origin: -1 for origin, destination in pairs if destination == middle != origin}
    reached = [middle]
    while reached:
        after = {to: columns[box] + 1 for box in reached for start, to in pairs if start == box and to not in columns}
        columns |= after
        reached = list(after)
    for box in (box for pair in pairs for box in pair):
        columns.setdefault(box, -1)
    return columns


def _tooltip(
    register: Register,
    origin: Group,
    destination: Group,
    merged: Sequence[tuple[Edge, tuple[Crossing, ...]]],
    said: Sequence[Standing],
) -> str:
    lines = [f"{origin.name} → {destination.name}"]
    for flow, _ in merged:
        names = ", ".join(register.data_categories[key].name for key in flow.data) or "data not recorded"
        service = f" ({flow.service})" if flow.service else ""
        invented = " (invented sample data)" if _invented(register, flow) else ""
        lines.append(f"{register.activities[flow.activity].name}{service}: {names}{invented}")
    return "\n".join(dict.fromkeys((*lines, *(each.reasons for each in said))))


def _invented(register: Register, flow: Edge) -> bool:
    kind, _, key = flow.via.partition("/")
    record = register.of_kind(kind).get(key)
    return record is not None and record.invented


def _frames(groups: Sequence[Group], boxes: dict[str, Box], territories: Territories) -> list[Frame]:
    inside: dict[Territory, list[Group]] = {}
    for group in groups:
        if group.territory is not None:
            inside.setdefault(group.territory, []).append(group)
    frames = []
    for number, territory in enumerate(sorted(inside), start=1):
        held = inside[territory]
        countries = [country for group in held for country in group.countries if territories.of(country) == territory]
        title, law = territories.title(territory, sorted(set(countries), key=territories.law.country_name))
        frames.append(Frame(f"cluster_{number}", territory, title, law, tuple(boxes[group.key] for group in held)))
    return frames


def _basis(register: Register, on: dt.date, law: LawBook) -> str:
    regimes = [law.regime(each).name for each in register.regimes(on)]
    return f"{people_date(on)}, {and_list(regimes) if regimes else '? no regime recorded'}"


def _subtitle(register: Register, activity: str | None, arrows: Sequence[Arrow], basis: str) -> str:
    parts = [basis] if activity is None else [basis, f"activity: {register.activities[activity].name}"]
    for status, words in _COUNTED.items():
        number = sum(arrow.status == status for arrow in arrows)
        parts += [f"{MARKS[status]}{number} {words}"] if number else []
    if not arrows:
        parts.append("no flow of data is recorded")
    return " · ".join(parts)
