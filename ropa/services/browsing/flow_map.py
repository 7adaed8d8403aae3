"""The flows of one activity as a tree of text: who gets what from whom, and which hops are flagged.

Every flow stands once, below the node that it leaves; a node that comes again is not opened again, so that a ring of
flows ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ropa.flows.crossings import Crossing
from ropa.flows.edges import ORGANISATION, UNPLACED, Edge, edges, unplaced
from ropa.flows.hop_facts import country_of, name_of
from ropa.law.lawbook import LawBook
from ropa.records.errors import NotFoundError
from ropa.services.browsing.detail_parts import Line, reason_line
from ropa.services.wording import NOT_RECORDED, listed, verdict_mark, verdict_words
from ropa.services.workspace import View

_ORDINARY, _RESTRICTED = "─▶", "═▶"


@dataclass(frozen=True, slots=True)
class MapLine:
    """One hop of the tree: `branch` is what is drawn before it, `text` names where it goes, `data` what goes there.

    `mark` flags the hop and `note` is the number of the remark below the tree, 0 where there is none. `target` is the
    record of the node and `via` the one that states the flow, as kind/key; both empty where there is none.
    """

    branch: str
    text: str
    data: str = ""
    mark: str = ""
    note: int = 0
    target: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True)
class FlowMap:
    """The tree of one activity, and what is said about each flagged hop, by its number."""

    activity: str
    title: str
    lines: tuple[MapLine, ...]
    notes: tuple[tuple[Line, ...], ...]

    def as_text(self) -> str:
        """The map as plain text, for a file."""
        lines = [self.title, ""]
        for each in self.lines:
            flag = f"  {each.mark}{each.note}" if each.note else ""
            lines.append(f"{each.branch}{each.text}{flag}{f'  · {each.data}' if each.data else ''}")
        for number, note in enumerate(self.notes, start=1):
            lines.append("")
            for index, line in enumerate(note):
                lines.append(f"{f'{number} {line.mark} ' if index == 0 else '    '}{'  ' * line.indent}{line.text}")
        return "\n".join(lines) + "\n"


def flow_map(view: View, activity: str) -> FlowMap:
    """The map of one activity on the view's date. Raises NotFoundError for an activity that is not there."""
    register = view.register
    if activity not in register.activities:
        raise NotFoundError(f"{register.organisation.name} has no activity {activity!r}")
    crossed: dict[Edge, list[Crossing]] = {}
    for crossing in view.crossings:
        if crossing.edge.activity == activity:
            crossed.setdefault(crossing.edge, []).append(crossing)
    drawing = _Drawing(view, edges(register, view.on, activity), crossed)
    lines = tuple(drawing.tree())
    return FlowMap(activity, register.activities[activity].name, lines, tuple(drawing.notes))


class _Drawing:
    def __init__(self, view: View, flows: Sequence[Edge], crossed: dict[Edge, list[Crossing]]) -> None:
        self.view = view
        self.crossed = crossed
        self.leaving: dict[str, list[Edge]] = {}
        self.reached: set[str] = set()
        for flow in flows:
            self.leaving.setdefault(flow.origin, []).append(flow)
            self.reached.add(flow.destination)
        self.opened: set[str] = set()
        self.notes: list[tuple[Line, ...]] = []

    def tree(self) -> Iterator[MapLine]:
        """What comes in, a line for each; then what leaves the organisation, then whatever stands in rings."""
        for node in [node for node in self.leaving if node not in self.reached and node != ORGANISATION]:
            for flow in self.leaving[node]:
                yield self._line(flow, f"{self._named(node)} ")
                if flow.destination != ORGANISATION and flow.destination not in self.opened:
                    yield from self._below(flow.destination)
            self.opened.add(node)
        for node in dict.fromkeys((ORGANISATION, *self.leaving)):
            if node in self.leaving and node not in self.opened:
                yield MapLine("", self._named(node), target=self._record(node))
                yield from self._below(node)

    def _below(self, top: str) -> Iterator[MapLine]:
        """What leaves a node, depth first, with a stack of its own: chains may be longer than Python's."""
        self.opened.add(top)
        waiting = self._level(top, "")
        while waiting:
            flow, branch, indent = waiting.pop()
            yield self._line(flow, branch)
            if flow.destination not in self.opened:
                self.opened.add(flow.destination)
                waiting += self._level(flow.destination, indent)

    def _level(self, node: str, indent: str) -> list[tuple[Edge, str, str]]:
        """The flows that leave a node, the first of them last, each with its branch and the indent of what is below."""
        flows = self.leaving.get(node, ())
        found = []
        for number, flow in enumerate(flows, start=1):
            last = number == len(flows)
            found.append((flow, f"{indent}{'└' if last else '├'}", f"{indent}{' ' if last else '│'}  "))
        return found[::-1]

    def _line(self, flow: Edge, branch: str) -> MapLine:
        found = self.crossed.get(flow, [])
        flagged = [each for each in found if each.worst.is_finding]
        again = " (see above)" if flow.destination in self.opened and flow.destination in self.leaving else ""
        where = "" if not flow.places else f", data in {listed(self._countries(flow.places))}"
        text = f"{_RESTRICTED if found else _ORDINARY} {self._named(flow.destination)}{where}{again}"
        mark, note = "", 0
        if flagged:
            mark = verdict_mark(max(flagged, key=lambda each: each.worst.rank).worst.status)
            self.notes.append(tuple(_remarks(flagged)))
            note = len(self.notes)
        elif unplaced(self.view.register, flow):
            mark = verdict_mark("unknown")
            self.notes.append((Line(f"{self._named(flow.destination)}: {UNPLACED[0].lower()}{UNPLACED[1:]}", mark),))
            note = len(self.notes)
        return MapLine(branch, text, self._data(flow), mark, note, self._record(flow.destination), flow.via)

    def _data(self, flow: Edge) -> str:
        register = self.view.register
        if flow.data == register.activities[flow.activity].data_categories and len(flow.data) > 1:
            return "all of its data"
        return listed([register.data_categories[key].name for key in flow.data]) or f"data {NOT_RECORDED}"

    def _named(self, node: str) -> str:
        """The name of a node, with the country of the legal entity where it is one."""
        name = name_of(self.view.register, node)
        if node != ORGANISATION and not node.startswith("party/"):
            return name
        country = country_of(self.view.register, node)
        return f"{name} ({LawBook.in_use().country_name(country) if country else f'country {NOT_RECORDED}'})"

    def _countries(self, places: Sequence[str]) -> list[str]:
        return [LawBook.in_use().country_name(each) for each in places]

    def _record(self, node: str) -> str:
        if node == ORGANISATION:
            return f"organisation/{self.view.register.organisation.key}"
        return node.replace("subject/", "subject_category/", 1) if node.startswith("subject/") else node


def _remarks(found: Sequence[Crossing]) -> Iterator[Line]:
    law = LawBook.in_use()
    for crossing in found:
        place = law.country_name(crossing.country) if crossing.country else f"country {NOT_RECORDED}"
        for verdict in crossing.verdicts:
            if verdict.is_finding:
                words = f"{place}, {law.regime(verdict.regime).name}: {verdict_words(verdict.status)}"
                yield Line(words, verdict_mark(verdict.status))
                yield from (reason_line(reason, 1) for reason in verdict.reasons)
                yield from (Line(f"→ {remedy}", indent=1) for remedy in verdict.remedies)
