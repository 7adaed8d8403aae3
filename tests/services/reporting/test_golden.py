"""The table reports on Infotek, letter for letter. To accept a change: `UPDATE_GOLDEN=1`, and read the diff."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from ropa.exchange.register_file import read_register
from ropa.services.workspace import View
from tests.registers import TODAY
from tests.services.reporting.test_any_register import REPORTS, TEXTS, written

GOLDEN = Path(__file__).parent / "golden"
INFOTEK = Path(__file__).parents[3] / "data" / "infotek.yaml"


@cache
def infotek() -> View:
    return View(read_register(INFOTEK.read_text(encoding="utf-8"), "infotek.yaml"), TODAY)


@pytest.mark.parametrize("fmt", TEXTS)
@pytest.mark.parametrize("name", REPORTS)
def test_report_reads_as_before(name: str, fmt: str) -> None:
    text = written(REPORTS[name](infotek()), next(each for each in TEXTS if each == fmt))
    path = GOLDEN / f"{name}-infotek.{fmt}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_bytes().decode("utf-8")
