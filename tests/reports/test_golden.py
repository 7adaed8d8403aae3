"""The reports, letter for letter. To accept a change: `UPDATE_GOLDEN=1 pytest tests/reports`, and read the diff."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ropa.services.article_30 import article_30
from ropa.services.notices import notice_report
from tests.reports.sample import ON, view

GOLDEN = Path(__file__).parent / "golden"

REPORTS: dict[str, Callable[[], str]] = {
    "article-30.md": lambda: article_30(view(), "md"),
    "article-30.html": lambda: article_30(view(), "html"),
    "notice.md": lambda: notice_report([view().register], ON, "md"),
    "notice.html": lambda: notice_report([view().register], ON, "html"),
}


@pytest.mark.parametrize("name", REPORTS)
def test_report_reads_as_before(name: str) -> None:
    text = REPORTS[name]()
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", REPORTS)
def test_the_same_register_gives_the_same_report(name: str) -> None:
    assert REPORTS[name]() == REPORTS[name]()
