"""Graphviz in a process of its own: `python -m ropa.flows.dot_engine svg < graph.dot > graph.svg`.

Its libraries can end the process that they run in, and a hard graph can keep them busy for ever; whoever starts
this sets the time limit. The `dot` program is used where there is one, else the libraries that pygraphviz brings.
"""

from __future__ import annotations

import shutil
import sys

FORMATS = ("svg", "png", "pdf")
NO_GRAPHVIZ = 3
FAILED = 4


def main(arguments: list[str]) -> int:
    """Draw what comes in as DOT; `arguments` names the format. Returns the exit status."""
    if len(arguments) != 1 or arguments[0] not in FORMATS:
        sys.stderr.write(f"one format is needed, of {', '.join(FORMATS)}\n")
        return FAILED
    source = sys.stdin.buffer.read().decode()
    if shutil.which("dot") is not None:
        return _by_program(source, arguments[0])
    return _by_library(source, arguments[0])


def _by_program(source: str, form: str) -> int:
    import graphviz

    try:
        drawn: bytes = graphviz.Source(source, encoding="utf-8").pipe(format=form, engine="dot")
    except graphviz.ExecutableNotFound:
        return NO_GRAPHVIZ
    except graphviz.CalledProcessError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    sys.stdout.buffer.write(drawn)
    return 0


def _by_library(source: str, form: str) -> int:
    try:
        import pygraphviz
    except ImportError:
        return NO_GRAPHVIZ
    try:
        drawn: bytes = pygraphviz.AGraph(string=source).draw(format=form, prog="dot")
    except (ValueError, OSError) as error:  # pygraphviz.DotError is a ValueError
        sys.stderr.write(f"{error}\n")
        return FAILED
    sys.stdout.buffer.write(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
