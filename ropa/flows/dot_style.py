"""How a diagram looks.

Every ink has a contrast of 7:1 or more with what is under it, and no colour says anything alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ropa.flows.diagram_places import Sort
from ropa.flows.diagram_words import Shape
from ropa.rules.verdict import Status

FONT = "Helvetica,Arial,sans-serif"
SMALL = 11

INK = "#1f2933"
PAPER = "#ffffff"
NAVY = "#1b365d"
WRONG = "#8b0000"
DOUBTFUL = "#5c3a00"
UNRECORDED = "#4a2a72"
FINE = "#0b4a2c"
MUTED = "#3f4b57"


@dataclass(frozen=True, slots=True)
class Look:
    """An arrow: its line, the plate under its label, the ink of what the law says, and whether it must be seen."""

    line: Mapping[str, str]
    plate: Mapping[str, str]
    ink: str = INK
    loud: bool = False
    sample: str = ""


_PLATE = {"border": "0", "cellborder": "0", "cellspacing": "0", "cellpadding": "2", "bgcolor": PAPER}


def _boxed(colour: str, border: str, style: str) -> dict[str, str]:
    return {**_PLATE, "border": border, "color": colour, "cellpadding": "4", "style": style}


PLAIN = Look({"penwidth": "1", "color": MUTED, "arrowsize": "0.7"}, _PLATE, sample="──▶")
_SAFE = Look({"penwidth": "1.4", "color": FINE, "arrowsize": "0.8"}, _PLATE, FINE, sample="──▶")

LINES: Mapping[Status | None, Look] = {
    None: PLAIN,
    "not-restricted": PLAIN,
    "adequate": _SAFE,
    "safeguarded": _SAFE,
    "derogation": _SAFE,
    "incomplete": Look(
        {"penwidth": "2.2", "color": DOUBTFUL, "style": "dashed"},
        _boxed(DOUBTFUL, "1", "dashed"),
        DOUBTFUL,
        loud=True,
        sample="╌╌▶",
    ),
    "unknown": Look(
        {"penwidth": "2.2", "color": UNRECORDED, "style": "dotted"},
        _boxed(UNRECORDED, "1", "dotted"),
        UNRECORDED,
        loud=True,
        sample="┈┈▶",
    ),
    "unsafeguarded": Look(
        {"penwidth": "3.5", "color": WRONG, "style": "dashed", "arrowhead": "normalnormal"},
        _boxed(WRONG, "2", "solid"),
        WRONG,
        loud=True,
        sample="╍╍▶▶",
    ),
}

_BOX = {"style": "filled", "fillcolor": PAPER, "penwidth": "1.3", "margin": "0.14,0.08"}

SHAPES: Mapping[Shape, Mapping[str, str]] = {
    "people": {**_BOX, "shape": "ellipse", "margin": "0.02,0.02"},
    "organisation": {
        **_BOX,
        "shape": "box",
        "peripheries": "2",
        "fillcolor": NAVY,
        "fontcolor": PAPER,
        "margin": "0.25,0.16",
    },
    "system": {**_BOX, "shape": "cylinder", "margin": "0.16,0.06"},
    "authority": {**_BOX, "shape": "octagon", "margin": "0.02,0.02"},
    "customer": {**_BOX, "shape": "tab"},
    "subprocessor": {**_BOX, "shape": "component", "margin": "0.2,0.1"},
    "processor": {**_BOX, "shape": "box"},
    "joint-controller": {**_BOX, "shape": "hexagon", "peripheries": "2", "margin": "0.02,0.02"},
    "controller": {**_BOX, "shape": "hexagon", "margin": "0.02,0.02"},
    "recipient": {**_BOX, "shape": "note"},
}

FRAMES: Mapping[Sort, Mapping[str, str]] = {
    "home": {"style": "rounded,filled", "fillcolor": "#eef4fb", "color": NAVY, "penwidth": "1.6"},
    "regime": {"style": "rounded,filled", "fillcolor": "#f1f6fc", "color": NAVY, "penwidth": "1.2"},
    "adequate": {"style": "rounded,filled", "fillcolor": "#f0f7f2", "color": FINE, "penwidth": "1.2"},
    "third": {"style": "dashed,filled", "fillcolor": "#fdf4f0", "color": WRONG, "penwidth": "2"},
    "unrecorded": {"style": "dotted,filled", "fillcolor": "#f6f3fa", "color": UNRECORDED, "penwidth": "2"},
}
