"""The diagram of an impact: what one record touches, with each box saying where it stands to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from ropa.flows.crossings import Crossing
from ropa.flows.diagram import Box, Diagram, diagram
from ropa.flows.reach import Reach
from ropa.records.register import Register

HERE, DOWN, UP = "▶ the impact is asked of this", "▼ affected: downstream", "▲ affected: upstream"


def impact_diagram(register: Register, on: dt.date, found: Iterable[Crossing], reach: Reach, name: str) -> Diagram:
    """The affected flows alone, of the activities that the record has to do with; colours say what they always say."""
    touched = {each.activity for each in reach.activities}
    affected = {flow for each in reach.activities for flow in each.flows}
    part = replace(register, activities={key: each for key, each in register.activities.items() if key in touched})
    whole = diagram(part, on, None, [each for each in found if each.edge.activity in touched])
    arrows = tuple(arrow for arrow in whole.arrows if not affected.isdisjoint(arrow.flows))
    box_of = {}
    for arrow in arrows:
        for flow in arrow.flows:
            box_of[flow.origin], box_of[flow.destination] = arrow.origin, arrow.destination
    words: dict[str, str] = {}
    for word, nodes in ((UP, reach.upstream), (DOWN, reach.downstream), (HERE, reach.focus)):
        words |= {box_of[node]: word for node in nodes if node in box_of}  # the last word is the weightiest
    kept = {end for arrow in arrows for end in (arrow.origin, arrow.destination)}

    def marked(boxes: Iterable[Box]) -> tuple[Box, ...]:
        return tuple(
            replace(box, lines=(words[box.id], *box.lines)) if box.id in words else box
            for box in boxes
            if box.id in kept
        )

    frames = (replace(frame, boxes=marked(frame.boxes)) for frame in whole.frames)
    return replace(
        whole,
        title=f"Impact of {name}: {register.organisation.name}",
        people=marked(whole.people),
        frames=tuple(frame for frame in frames if frame.boxes),
        arrows=arrows,
    )
