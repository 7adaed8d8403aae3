"""The legend of a diagram: what each line and each shape means, in words."""

from __future__ import annotations

from ropa.flows.diagram_words import WORDS, Shape
from ropa.flows.dot_style import INK, LINES, PAPER, SMALL
from ropa.flows.dot_text import Line, Markup, markup, table
from ropa.rules.verdict import Status

_STATUSES: tuple[tuple[Status, str], ...] = (
    ("unsafeguarded", "✖ heavy, dashed, double head: no valid safeguard"),
    ("incomplete", "! dashed: a safeguard that is not complete"),
    ("unknown", "? dotted: not recorded, so nothing can be said"),
    ("safeguarded", "thin, with its safeguard or decision named"),
    ("not-restricted", "thin, nothing named: stays at home, or no restricted transfer"),
)
_SHAPES: tuple[tuple[Shape, str], ...] = (
    ("people", "oval"),
    ("organisation", "dark double box"),
    ("system", "drum"),
    ("processor", "box"),
    ("subprocessor", "box with two studs"),
    ("customer", "box with a tab"),
    ("controller", "hexagon"),
    ("joint-controller", "double hexagon"),
    ("authority", "octagon"),
    ("recipient", "sheet with a folded corner"),
)


def legend(basis: str) -> Markup:
    """The legend as a table: lines on the left, shapes on the right; `basis` is the date and the law."""
    lines = [(LINES[status].sample, words, LINES[status].ink) for status, words in _STATUSES]
    half = len(_SHAPES) // 2
    shapes = [f"{form}: {WORDS[shape]}" for shape, form in _SHAPES]
    rows = [
        [_cell(sample, ink, bold=True), _cell(words, ink), _cell(shapes[row]), _cell(shapes[row + half])]
        for row, (sample, words, ink) in enumerate(lines)
    ]
    rows.insert(0, [_cell(""), _cell(f"Judged on {basis}", bold=True), _cell("Shapes", bold=True), _cell("")])
    outer = {"border": "1", "cellborder": "0", "cellspacing": "2", "cellpadding": "2", "color": INK, "bgcolor": PAPER}
    return table(rows, outer, {"align": "left"})


def _cell(text: str, colour: str = "", *, bold: bool = False) -> str:
    return markup([Line(text, bold=bold, size=SMALL + 1, colour=colour)])
