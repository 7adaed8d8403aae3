"""What is said about the map of an activity: one hop in full, and the reasons of every flagged one."""

from __future__ import annotations

from ropa.services.browsing.detail_parts import Detail, Part
from ropa.services.browsing.flow_map import FlowMap, MapLine
from ropa.services.subjects import split, title_of
from ropa.services.wording import MARKS, counted
from ropa.services.workspace import View


def map_notes(made: FlowMap) -> Detail | None:
    """A part for each flagged hop, under its number; None where no hop is flagged."""
    parts = tuple(Part(f"{number}", note) for number, note in enumerate(made.notes, start=1))
    return Detail("map", made.activity, "Flagged", "", parts) if parts else None


def hop_words(view: View, line: MapLine) -> str:
    """One line of the tree in full: where it goes, with which data, which record states it."""
    words = [line.text]
    if line.data:
        words.append(line.data)
    if line.via:
        words.append(f"stated by the {split(line.via)[0].replace('_', ' ')} {title_of(view, line.via)}")
    if line.note:
        words.append(f"{line.mark} {MARKS[line.mark]}, see {line.note}")
    return " · ".join(words)


def map_summary(made: FlowMap) -> str:
    """How much there is: `4 flows, 2 flagged`."""
    flows = counted(sum(bool(each.via) for each in made.lines), "flow")
    return f"{flows}, {len(made.notes)} flagged" if made.notes else flows
