"""A diagram as a picture: drawn by Graphviz in a child process, compared with the diagram, the same every time."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable

from ropa.flows.diagram import Diagram
from ropa.flows.dot import dot_source
from ropa.flows.dot_arrows import drawn
from ropa.flows.dot_check import SVG, XLINK, DrawingError, check_drawn, parsed
from ropa.flows.dot_engine import NO_GRAPHVIZ

FORMATS = ("dot", "svg", "png", "pdf")
SECONDS = 120
"""How long Graphviz may take over one picture."""

Engine = Callable[[str, str, dt.date], bytes]
"""Draws DOT in a format (svg, png, pdf); the date is for what the file says of its own making."""

_PIXELS = 2000
_SHARPEST, _COARSEST = 160, 96
_POINTS_AN_INCH = 72
_MADE = re.compile(rb"(?<=/CreationDate \(D:)\d{14}")  # cairo before 1.17 does not heed SOURCE_DATE_EPOCH
_BEGINNINGS = {"png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}


def run_graphviz(source: str, form: str, on: dt.date) -> bytes:
    """Draw DOT in a child process with a time limit.

    Raises DrawingError where there is no Graphviz, where it fails and where it takes too long.
    """
    noon = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    child = subprocess.Popen(  # noqa: S603 (this very interpreter, and no shell)
        [sys.executable, "-P", "-m", "ropa.flows.dot_engine", form],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(int(noon.timestamp()))},
        start_new_session=True,  # so that the `dot` that it may start ends with it
    )
    try:
        out, told = child.communicate(source.encode(), timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        _end(child)
        raise DrawingError(
            f"Graphviz did not finish within {SECONDS} seconds; try one activity alone with --activity"
        ) from error
    if child.returncode == NO_GRAPHVIZ:
        raise DrawingError(
            "drawing needs Graphviz: install the `dot` program (https://graphviz.org/download, on Debian and "
            "Ubuntu `apt install graphviz`), or `pip install pygraphviz` beside ropa; a .dot file needs neither"
        )
    if child.returncode != 0:
        lines = told.decode(errors="replace").strip().splitlines()
        why = lines[-1] if lines else f"it ended with status {child.returncode}"
        raise DrawingError(f"Graphviz could not draw this: {why}")
    return out


def render(diagram: Diagram, form: str, on: dt.date, engine: Engine = run_graphviz) -> bytes:
    """The diagram as `dot`, `svg`, `png` or `pdf`.

    Whatever the format, an SVG is drawn too and compared with the diagram. Raises DrawingError as `run_graphviz`
    does, and where the picture lacks anything.
    """
    source = dot_source(diagram)
    if form == "dot":
        return source.encode()
    root = parsed(engine(source, "svg", on))
    check_drawn(root, diagram)
    if form == "svg":
        return _finished(root, diagram)
    sharp = dot_source(diagram, _dpi(root)) if form == "png" else source
    picture = engine(sharp, form, on)
    if not picture.startswith(_BEGINNINGS[form]):
        raise DrawingError(f"Graphviz wrote something that is no {form.upper()} file")
    return _MADE.sub(f"{on:%Y%m%d}120000".encode(), picture) if form == "pdf" else picture


def _dpi(root: ET.Element) -> int:
    """Dots an inch that make a picture as wide as a page shows it, and never too coarse to read."""
    width = float(root.get("width", "0").removesuffix("pt") or 0)
    best = round(_PIXELS * _POINTS_AN_INCH / width) if width > 0 else _COARSEST
    return max(_COARSEST, min(_SHARPEST, best))


def _finished(root: ET.Element, diagram: Diagram) -> bytes:
    """The SVG without what differs from one Graphviz to the next, and with titles that people understand."""
    words = {box.id: box.tooltip for box in diagram.boxes} | {frame.id: frame.title for frame in diagram.frames}
    for each in drawn(diagram):
        words |= {stroke.id: each.arrow.tooltip for stroke in each.strokes} | {f"{each.arrow.id}p": each.arrow.tooltip}
    words["cluster_0"] = "Legend"
    root.set("role", "img")
    for group in root.iter(f"{{{SVG}}}g"):
        title = group.find(f"{{{SVG}}}title")
        if title is not None:
            heading = f"{diagram.title}\n{diagram.subtitle}"
            known = heading if group.get("class") == "graph" else words.get(group.get("id", ""))
            title.text = known or words.get(title.text or "", title.text)
    for link in root.iter(f"{{{SVG}}}a"):
        link.tag = f"{{{SVG}}}g"  # Graphviz makes a link of everything with a tooltip; the title says it
        link.attrib.pop(f"{{{XLINK}}}title", None)
    ET.register_namespace("", SVG)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _end(child: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.communicate()
