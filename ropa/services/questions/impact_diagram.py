"""Drawing an impact into a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ropa.flows.diagram_impact import impact_diagram
from ropa.flows.render import FORMATS, render
from ropa.records.errors import InputError, Problem
from ropa.services.questions.impact import Impact
from ropa.services.writing import write_bytes


def write_impact(found: Sequence[Impact], path: Path) -> None:
    """Draw the impact in one register into a file; its suffix says in which format.

    Raises InputError for another suffix, where several registers have the record, and where there is nothing to
    draw; DrawingError and StoreError as `write_diagram` does.
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        known = ", ".join(f".{each}" for each in FORMATS)
        raise InputError([Problem(f"the file's name must end in one of {known}", file=str(path))])
    if len(found) > 1:
        names = ", ".join(each.view.register.organisation.key for each in found)
        raise InputError([Problem(f"several registers have this record: {names}; choose one with --org")])
    (only,) = found
    if not only.reach.activities:
        raise InputError([Problem(f"no flow has to do with {only.subject} on this day, so there is nothing to draw")])
    view = only.view
    picture = impact_diagram(view.register, view.on, view.crossings, only.reach, only.name)
    write_bytes(path, render(picture, form, view.on))
