"""Whatever a register holds, every table report can be written of it, in words and never in keys."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ropa.records.register import Register
from ropa.reports.tables import Report, TablesFormat, document
from ropa.services.reporting.audit_list import audit_list
from ropa.services.reporting.bases import bases_overview
from ropa.services.reporting.breach_log import breach_log
from ropa.services.reporting.data_map import data_map
from ropa.services.reporting.due_diligence import due_diligence
from ropa.services.reporting.notice_facts import notice_facts
from ropa.services.reporting.retention import retention_schedule
from ropa.services.workspace import View
from tests.records import any_register
from tests.records.every_kind import EVERY_KIND
from tests.registers import TODAY, register

REPORTS: dict[str, Callable[[View], Report]] = {
    "retention": retention_schedule,
    "bases": bases_overview,
    "data-map": data_map,
    "due-diligence": due_diligence,
    "notice-facts": notice_facts,
    "software": audit_list,
    "breaches": breach_log,
}
TEXTS: tuple[TablesFormat, ...] = ("md", "html", "csv", "json")
MARK = "zqkey"


def written(made: Report, fmt: TablesFormat) -> str:
    return document(made, fmt).decode("utf-8")


@pytest.mark.parametrize("name", REPORTS)
@settings(max_examples=15, phases=[Phase.reuse, Phase.generate])
@given(data=st.data())
def test_any_register_is_reported_in_words(name: str, data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(any_register, "KEYS", [f"{MARK}-{number}" for number in range(19)])
        found: Register = data.draw(any_register.registers())
    made = REPORTS[name](View(found, data.draw(st.sampled_from([TODAY, dt.date(2018, 5, 24)]))))
    for row in (row for section in made.sections for row in section.rows):
        assert len(row) == len(made.columns)
        assert all(row), "an empty cell says neither that something is missing nor that it is not asked"
    for fmt in TEXTS:
        assert MARK not in written(made, fmt)


@pytest.mark.parametrize("name", REPORTS)
def test_a_register_of_every_kind_is_reported_in_every_format(name: str) -> None:
    made = REPORTS[name](View(register(EVERY_KIND, head=""), TODAY))
    assert document(made, "xlsx").startswith(b"PK")
    assert document(made, "ods").startswith(b"PK")
    assert document(made, "pdf").startswith(b"%PDF")
    rows = list(csv.reader(io.StringIO(written(made, "csv").removeprefix("\ufeff"))))
    assert {len(row) for row in rows} == {len(made.columns) + 1}
    plain = json.loads(written(made, "json"))
    assert [each["title"] for each in plain["sections"]] == [each.title for each in made.sections]
    assert plain["report"] == name


HOSTILE = """
parties:
  evil: {name: "<script>alert(1)</script>", legal_name: "=HYPERLINK(1)", website: "javascript:alert(1)"}
data_categories: {name: {name: "=1+1|a", special: health}}
activities:
  a:
    name: "@SUM(A1)"
    role: controller
    data_categories: [name]
    engagements: [{party: evil, service: "[x](javascript:1)"}]
"""


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_in_a_name_takes_effect(name: str) -> None:
    made = REPORTS[name](View(register(HOSTILE), TODAY))
    page = written(made, "html")
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "[x](javascript" not in written(made, "md")
    for row in csv.reader(io.StringIO(written(made, "csv").removeprefix("\ufeff"))):
        assert not [cell for cell in row if cell.startswith(("=", "@", "+"))]


def test_sample_data_says_so_in_every_format() -> None:
    text = HOSTILE.replace("evil: {", "evil: {invented: true, ")
    made = due_diligence(View(register(text), TODAY))
    assert made.invented
    assert "*(invented sample data)*" in written(made, "md")
    assert "Invented sample data" in written(made, "html")
    assert "(invented sample data)" in written(made, "csv")
    assert json.loads(written(made, "json"))["sections"][0]["invented"] is True
