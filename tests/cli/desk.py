"""A person at the command line: commands, what they print, and how they end."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ropa.cli.main import run_command

ON = ("--on", "2026-11-21")


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output as JSON."""
        return json.loads(self.out)


class Desk:
    """A folder with a database in it, and the command `ropa` in that folder."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.database = folder / "ropa.db"
        self._capture = capture

    def ropa(self, *arguments: str) -> Said:
        """Run a command on this desk's database."""
        self._capture.readouterr()
        code = run_command(["--db", str(self.database), *arguments])
        out, err = self._capture.readouterr()
        return Said(code, out, err)

    def refused(self, *arguments: str) -> str:
        """Run a command that must be refused: exit code 2, nothing on stdout, nothing written; returns the line."""
        before = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        said = self.ropa(*arguments)
        after = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        assert (said.code, said.out) == (2, ""), said
        assert after == before
        lines = said.err.splitlines()
        assert len(lines) == 1, said.err
        assert lines[0].startswith("ropa: ")
        return lines[0].removeprefix("ropa: ")

    def file(self, name: str, text: str) -> str:
        """Write a file into the folder and return its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)
