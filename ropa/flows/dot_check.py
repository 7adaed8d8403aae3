"""Is everything that was asked for in the picture? Graphviz can lose an edge and still write an SVG."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from ropa.flows.diagram import Diagram
from ropa.flows.dot_arrows import Stroke, drawn
from ropa.records.errors import RopaError

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"


class DrawingError(RopaError):
    """A diagram could not be drawn, or what was drawn is not the diagram; nothing was written."""


def parsed(svg: bytes) -> ET.Element:
    """The root of an SVG that Graphviz wrote. Raises DrawingError where it is none."""
    try:
        root = ET.fromstring(svg)  # noqa: S314 (written by our own child process, and no entity is declared in it)
    except ET.ParseError as error:
        raise DrawingError(f"Graphviz wrote an SVG that cannot be read: {error}") from error
    if root.tag != f"{{{SVG}}}svg":
        raise DrawingError("Graphviz wrote something that is no SVG")
    return root


def strokes_in(root: ET.Element) -> list[Stroke]:
    """Every edge that has a line in the picture."""
    return [Stroke(group.get("id", ""), *ends) for group, ends in _edges(root)]


def check_drawn(root: ET.Element, diagram: Diagram) -> None:
    """Compare the picture with the diagram: every box, every plate, every line with its two ends, and no other.

    Raises DrawingError, naming what is missing.
    """
    wanted = drawn(diagram)
    strokes = {stroke: each for each in wanted for stroke in each.strokes}
    found = strokes_in(root)
    names = {box.id: box.name for box in diagram.boxes}
    lost = [
        f"{names[each.arrow.origin]} → {names[each.arrow.destination]}"
        for stroke, each in strokes.items()
        if stroke not in found
    ]
    if lost:
        raise DrawingError(f"Graphviz left out {_some(lost)}; nothing was written, since that picture would mislead")
    if len(found) != len(strokes):
        raise DrawingError(f"Graphviz drew {len(found)} lines instead of {len(strokes)}; nothing was written")
    there = {_title(group) for group in root.iter(f"{{{SVG}}}g") if group.get("class") == "node"}
    plates = {f"{each.arrow.id}p": "what an arrow says" for each in wanted if each.plate is not None}
    missing = [name for id_, name in (names | plates).items() if id_ not in there]
    if missing:
        raise DrawingError(f"Graphviz left out {_some(missing)}; nothing was written")


def _edges(root: ET.Element) -> Iterator[tuple[ET.Element, tuple[str, str]]]:
    for group in root.iter(f"{{{SVG}}}g"):
        if group.get("class") == "edge" and any(path.get("d") for path in group.iter(f"{{{SVG}}}path")):
            tail, _, head = _title(group).partition("->")
            yield group, (tail.partition(":")[0], head.partition(":")[0])


def _title(group: ET.Element) -> str:
    return group.findtext(f"{{{SVG}}}title", "")


def _some(names: list[str]) -> str:
    distinct = list(dict.fromkeys(names))
    more = f" and {len(distinct) - 3} more" if len(distinct) > 3 else ""
    return ", ".join(distinct[:3]) + more
