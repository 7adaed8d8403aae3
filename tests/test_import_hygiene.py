"""A command loads what it needs: `--help` answers at once, and Textual stays out of everything but the UI."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "pydantic",
    "textual",
    "networkx",
    "jinja2",
    "graphviz",
    "pygraphviz",
    "rich",
    "typst",
    "icalendar",
    "holidays",
    "xlsxwriter",
    "openpyxl",
)

RUN = """
import sys
from ropa.cli.main import run_command
code = run_command(sys.argv[1:])
loaded = {name.split(".")[0] for name in sys.modules}
print("LOADED", code, *sorted(loaded), file=sys.stderr)
"""


def loaded_by(*arguments: str, folder: Path | None = None) -> tuple[int, set[str]]:
    """The exit code of a command in a fresh interpreter, and the top-level packages that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], capture_output=True, text=True, check=True, cwd=folder
    )
    line = next(line for line in done.stderr.splitlines() if line.startswith("LOADED "))
    _, code, *names = line.split()
    return int(code), set(names)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["load", "--help"], ["check", "--help"], ["nonsense"]]
)
def test_help_loads_none_of_the_heavy_packages(arguments: list[str]) -> None:
    _, names = loaded_by(*arguments)
    assert names.isdisjoint(HEAVY)
    assert "click" in names


def test_the_ui_toolkit_is_loaded_by_the_ui_alone(tmp_path: Path) -> None:
    sample = Path("data/integra.yaml").resolve()
    database = str(tmp_path / "ropa.db")
    code, names = loaded_by("--db", database, "load", str(sample), folder=tmp_path)
    assert code == 0
    assert "textual" not in names
    code, names = loaded_by("--db", database, "check", "--on", "2026-11-21", folder=tmp_path)
    assert code == 1
    assert names.isdisjoint({"textual", "alembic", "jinja2", "graphviz", "pygraphviz"})
