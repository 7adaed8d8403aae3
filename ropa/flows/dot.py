"""A diagram as DOT, the language of Graphviz: left to right, one frame for each territory, never colour alone."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.flows.diagram import Box, Diagram, Frame
from ropa.flows.dot_arrows import Drawn, drawn
from ropa.flows.dot_legend import legend
from ropa.flows.dot_style import FONT, FRAMES, INK, PAPER, SHAPES, SMALL
from ropa.flows.dot_text import Line, Markup, attributes, label, markup, table, wrapped

NAME = "data-flow"


def dot_source(diagram: Diagram, dpi: int | None = None) -> str:
    """The DOT of a diagram: the same text for the same diagram. `dpi` is for pictures made of dots."""
    return "\n".join(_document(diagram, drawn(diagram), dpi)) + "\n"


def _document(diagram: Diagram, arrows: list[Drawn], dpi: int | None) -> Iterator[str]:
    graph: dict[str, str | Markup] = {
        "rankdir": "LR",
        "newrank": "true",
        "charset": "UTF-8",
        "fontname": FONT,
        "fontcolor": INK,
        "bgcolor": PAPER,
        "pad": "0.3",
        "nodesep": "0.18",
        "ranksep": "0.5",
        "labelloc": "t",
        "labeljust": "l",
        "tooltip": diagram.title,
        "dpi": str(dpi) if dpi else "",
        "label": _heading(diagram),
    }
    yield f'digraph "{NAME}" {{'
    yield f"  graph {attributes(graph)}"
    yield f"  node {attributes({'fontname': FONT, 'fontcolor': INK, 'fontsize': '12', 'color': INK})}"
    yield f"  edge {attributes({'fontname': FONT, 'fontcolor': INK, 'fontsize': str(SMALL), 'color': INK})}"
    yield "  subgraph cluster_0 {"
    around: dict[str, str | Markup] = {
        "label": legend(diagram.basis),
        "labelloc": "b",
        "labeljust": "l",
        "peripheries": "0",
        "tooltip": "Legend",
    }
    yield f"    graph {attributes(around)}"
    for box in diagram.people:
        yield f"    {_box(box)}"
    for frame in diagram.frames:
        yield from _frame(frame, arrows)
    for arrow in arrows:
        if arrow.plate is not None and not any(_within(arrow, frame) for frame in diagram.frames):
            yield f"    {arrow.plate}"
    yield "  }"
    for arrow in arrows:
        yield from (f"  {edge}" for edge in arrow.edges)
    if diagram.people:
        yield f"  {{ rank=min; {' '.join(box.id + ';' for box in diagram.people)} }}"
    yield "}"


def _heading(diagram: Diagram) -> Markup:
    title = [Line(part, bold=True, size=20) for part in wrapped(diagram.title, 80, 3)]
    below = [Line(part, size=13) for part in wrapped(diagram.subtitle, 110, 3)]
    outer = {"border": "0", "cellborder": "0", "cellspacing": "0", "cellpadding": "3"}
    return table([[markup(title, "left")], [markup(below, "left")]], outer, {"align": "left", "balign": "left"})


def _frame(frame: Frame, arrows: list[Drawn]) -> Iterator[str]:
    lines = [Line(part, bold=True, size=14) for part in wrapped(frame.title, 46, 4)]
    lines += [Line(part, size=SMALL) for part in wrapped(frame.law, 52, 3)]
    values: dict[str, str | Markup] = {
        **FRAMES[frame.territory.sort],
        "label": label(lines, "left"),
        # Most lines of the organisation go up to the other frames, and would cross a title over its own.
        "labelloc": "t" if frame.territory.sort == "third" else "b",
        "labeljust": "l",
        "margin": "14",
        "peripheries": "1",
        "tooltip": frame.title,
    }
    yield f"    subgraph {frame.id} {{"
    yield f"      graph {attributes(values)}"
    for box in frame.boxes:
        yield f"      {_box(box)}"
    for arrow in arrows:
        if arrow.plate is not None and _within(arrow, frame):
            yield f"      {arrow.plate}"
    yield "    }"


def _within(arrow: Drawn, frame: Frame) -> bool:
    """Whether both ends of the arrow stand in the frame, and so its plate too."""
    inside = {box.id for box in frame.boxes}
    return {arrow.arrow.origin, arrow.arrow.destination} <= inside


def _box(box: Box) -> str:
    lines = [Line(part, bold=True, size=13) for part in wrapped(box.name, 26, 4)]
    lines += [Line(part, size=SMALL) for each in box.lines for part in wrapped(each, 32, 4)]
    values: dict[str, str | Markup] = {
        "id": box.id,
        "label": label(lines),
        **SHAPES[box.shape],
        "tooltip": box.tooltip,
    }
    return f"{box.id} {attributes(values)};"
