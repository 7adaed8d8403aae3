"""The record of two samples, letter for letter. To accept a change: `UPDATE_GOLDEN=1 pytest tests/reports`."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from ropa.reports.article_30 import Role
from ropa.services.record.document import RecordFormat, record_document
from ropa.services.record.layouts import Layout
from ropa.services.workspace import View
from tests.reports.sample import ON, view

GOLDEN = Path(__file__).parent / "golden"
DATA = Path(__file__).parents[2] / "data"
CASES: tuple[tuple[Layout, RecordFormat, Role | None], ...] = (
    ("plain", "md", None), ("plain", "html", None), ("plain", "json", None), ("plain", "csv", "controller"),
    ("plain", "csv", "processor"), ("ico", "md", None), ("ico", "csv", "controller"), ("ico", "csv", "processor"),
    ("ico", "json", None), ("cnil", "md", None), ("cnpd", "csv", "controller"),
)  # fmt: skip


@cache
def sample(organisation: str) -> View:
    return view((DATA / f"{organisation}.yaml").read_text(encoding="utf-8"), ON)


@pytest.mark.parametrize("organisation", ["infotek", "outserve"])
@pytest.mark.parametrize(("layout", "fmt", "role"), CASES)
def test_record_reads_as_before(organisation: str, layout: Layout, fmt: RecordFormat, role: Role | None) -> None:
    content = record_document(sample(organisation), fmt, layout, role).content
    name = "-".join(filter(None, ("record", organisation, layout, role)))
    path = GOLDEN / f"{name}.{fmt}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(content)
    assert content == path.read_bytes()
