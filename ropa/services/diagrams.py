"""Drawing where the data goes, into a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ropa.flows.diagram import Diagram, diagram
from ropa.flows.dot import dot_source
from ropa.flows.dot_check import DrawingError
from ropa.flows.render import FORMATS, render
from ropa.records.errors import InputError, Problem
from ropa.services.writing import write_bytes

if TYPE_CHECKING:
    from ropa.services.workspace import View

__all__ = ["FORMATS", "DrawingError", "diagram_of", "diagram_source", "write_diagram"]


def diagram_of(view: View, activity: str | None = None) -> Diagram:
    """The diagram of all activities or of one. Raises NotFoundError for an unknown activity."""
    return diagram(view.register, view.on, activity, view.crossings)


def diagram_source(view: View, activity: str | None = None) -> str:
    """The diagram as DOT. Raises NotFoundError for an unknown activity."""
    return dot_source(diagram_of(view, activity))


def write_diagram(view: View, path: Path, activity: str | None = None) -> None:
    """Draw into a file; its suffix says in which format.

    The file is written whole or not at all, and left alone where it would stay the same. Raises InputError for
    another suffix, NotFoundError for an unknown activity, DrawingError where the picture cannot be drawn or lacks
    anything, and StoreError where the file cannot be written.
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        known = ", ".join(f".{each}" for each in FORMATS)
        raise InputError([Problem(f"the file's name must end in one of {known}", file=str(path))])
    write_bytes(path, render(diagram_of(view, activity), form, view.on))
