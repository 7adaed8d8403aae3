"""The reports, letter for letter. To accept a change: `UPDATE_GOLDEN=1 pytest tests/reports`, and read the diff."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ropa.services.notices.documents import DocumentFormat, notice_document, notice_history, notice_report
from ropa.services.notices.evidence import Span
from ropa.services.record.article_30 import article_30
from ropa.services.workspace import Workspace
from tests.reports.sample import ON, view
from tests.store.databases import filled

GOLDEN = Path(__file__).parent / "golden"

INFOTEK = Path(__file__).parents[2] / "data" / "infotek.yaml"
NOVEMBER = Span(dt.date(2026, 11, 1), ON)


def infotek(fmt: DocumentFormat) -> str:
    """The report on Infotek's register, with the evidence of November and the history of one load."""
    with TemporaryDirectory() as folder:
        workspace = Workspace(filled(Path(folder) / "ropa.db", INFOTEK.read_text(encoding="utf-8")), ON)
        registers = [each.register for each in workspace.views()]
        history = notice_history(workspace, ["infotek"])
    return notice_document(registers, ON, fmt, NOVEMBER, history).decode("utf-8")


REPORTS: dict[str, Callable[[], str]] = {
    "article-30.md": lambda: article_30(view(), "md"),
    "article-30.html": lambda: article_30(view(), "html"),
    "notice.md": lambda: notice_report([view().register], ON, "md"),
    "notice.html": lambda: notice_report([view().register], ON, "html"),
    "notice-infotek.md": lambda: infotek("md"),
    "notice-infotek.html": lambda: infotek("html"),
    "notice-infotek.json": lambda: infotek("json"),
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
