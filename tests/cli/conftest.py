"""The command line on a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import Desk
from tests.records.every_kind import EVERY_KIND
from tests.store.databases import filled


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A desk without a database."""
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, capsys)


@pytest.fixture
def desk(bare: Desk) -> Desk:
    """A desk with a database that holds a record of every kind."""
    filled(bare.database, EVERY_KIND)
    return bare
