"""Databases that the walks share; they only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.exchange.register_file import read_register
from tests.tui.walking import database, samples

HOSTILE = Path(__file__).parent / "hostile.yaml"


@pytest.fixture(autouse=True)
def _own_drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed and not saved in one walk is not offered in another."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five sample registers."""
    return database(tmp_path_factory.mktemp("demo") / "demo.db", samples())


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register whose every text tries to be something else than text, twice."""
    text = HOSTILE.read_text(encoding="utf-8")
    registers = [
        read_register(text, HOSTILE.name),
        read_register(text.replace("key: hostile", "key: other"), HOSTILE.name),
    ]
    return database(tmp_path_factory.mktemp("hostile") / "hostile.db", registers)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A database without a register."""
    return database(tmp_path / "empty.db", [])
