"""The arrows of a diagram as DOT. What an arrow says stands on a plate in its middle.

The plate is a node: Graphviz never lets two nodes overlap, while it does lay edge labels over each other where
frames meet. So an arrow with a plate is two edges of DOT, and one without is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ropa.flows.diagram import Arrow, Diagram
from ropa.flows.dot_style import LINES, PLAIN, SMALL, Look
from ropa.flows.dot_text import Line, Markup, attributes, listed, markup, table, wrapped

WIDTH = 36
_MOST_LAWS = 3
_MOST_LINES = 14


@dataclass(frozen=True, slots=True)
class Stroke:
    """One edge of DOT: its id and its two ends, as Graphviz names them."""

    id: str
    tail: str
    head: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """An arrow in DOT: `plate` is the statement of its plate, None where it has none."""

    arrow: Arrow
    plate: str | None
    edges: tuple[str, ...]
    strokes: tuple[Stroke, ...]


def drawn(diagram: Diagram) -> list[Drawn]:
    """Every arrow of the diagram as DOT, in its order."""
    return [_drawn(arrow, diagram.labelled) for arrow in diagram.arrows]


def _drawn(arrow: Arrow, labelled: bool) -> Drawn:
    look = LINES.get(arrow.status, PLAIN)
    words = _words(arrow, look, labelled)
    left, right = (arrow.destination, arrow.origin) if arrow.back else (arrow.origin, arrow.destination)
    tips = {"tooltip": arrow.tooltip}
    # An arrow against the reading direction is written from left to right all the same, with its head at the left.
    head = str(look.line.get("arrowhead", "normal"))
    pointing = {"dir": "back", "arrowtail": head} if arrow.back else {"dir": "forward", "arrowhead": head}
    if not words:
        stroke = Stroke(arrow.id, left, right)
        line = {"id": stroke.id, **look.line, **pointing, **tips}
        return Drawn(arrow, None, (f"{left} -> {right} {attributes(line)};",), (stroke,))
    plate = f"{arrow.id}p"
    label = table([[markup(words)]], look.plate, {})
    strokes = (Stroke(f"{arrow.id}a", left, plate), Stroke(f"{arrow.id}b", plate, right))
    ends = ({"headport": "w"}, {"tailport": "e"})
    pointed = 0 if arrow.back else 1
    halves = []
    for half, (stroke, end) in enumerate(zip(strokes, ends, strict=True)):
        direction = pointing if half == pointed else {"dir": "none"}
        line = {"id": stroke.id, **look.line, **end, **direction, **tips}
        halves.append(f"{stroke.tail} -> {stroke.head} {attributes(line)};")
    look_of_plate: dict[str, str | Markup] = {"id": plate, "shape": "plain", "style": "", "label": label, **tips}
    return Drawn(arrow, f"{plate} {attributes(look_of_plate)};", tuple(halves), strokes)


def _words(arrow: Arrow, look: Look, labelled: bool) -> list[Line]:
    """What stands on the plate; where there is no room for all, what is wrong or not known still does."""
    if not labelled and not look.loud:
        return []
    lines: list[Line] = []
    for each in arrow.law[:_MOST_LAWS]:
        own = LINES[each.status]
        if len(each.details) == 1 or not own.loud:
            whole = f"{each.head}: {', '.join(each.details)}" if each.details else each.head
            lines += _set(wrapped(whole, WIDTH, 4), own)
        else:
            lines += _set(wrapped(each.head, WIDTH, 2), own)
            lines += [line for detail in each.details for line in _set(wrapped(detail, WIDTH, 3), own)]
    if len(arrow.law) > _MOST_LAWS or len(lines) > _MOST_LINES:
        lines = [*lines[:_MOST_LINES], *_set(["and more: see the findings"], look)]
    if labelled:
        lines += [Line(part, size=SMALL) for part in _what(arrow)]
    return lines


def _set(parts: Sequence[str], look: Look) -> list[Line]:
    return [Line(part, bold=look.loud, size=SMALL, colour=look.ink) for part in parts]


def _what(arrow: Arrow) -> list[str]:
    """Which data, and for which activities."""
    found = listed(arrow.data, WIDTH, 2) or ["? which data: not recorded"]
    if len(arrow.activities) == 1:
        return [*found, *wrapped(f"for {arrow.activities[0]}", WIDTH, 2)]
    if arrow.activities:
        first, *others = arrow.activities
        return [*found, *listed([f"for {len(arrow.activities)} activities: {first}", *others], WIDTH, 2)]
    return found
