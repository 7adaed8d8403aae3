"""An OpenDocument spreadsheet holds what it was given, as text, and nothing in it is computed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropa.exchange.sheet_read import read_sheets
from ropa.reports.ods import spreadsheet
from ropa.reports.sheet import Sheet, shown
from tests.reports.test_sheet import FORMULAS, LOOKALIKES
from tests.reports.test_text import HOSTILE


def cells(*values: str) -> list[str]:
    (grid,) = read_sheets(spreadsheet([Sheet("S", ["Head"], [[value] for value in values])]), "a.ods")
    found = {row.number: row.cells[1].text for row in grid.rows}
    return [found.get(number, "") for number in range(2, len(values) + 2)]


def content(sheets: list[Sheet]) -> str:
    with zipfile.ZipFile(io.BytesIO(spreadsheet(sheets))) as archive:
        assert archive.namelist()[0] == "mimetype"
        return archive.read("content.xml").decode("utf-8")


@pytest.mark.parametrize("value", [*FORMULAS, *LOOKALIKES, *HOSTILE])
def test_a_text_is_never_a_formula_a_link_or_a_number(value: str) -> None:
    xml = content([Sheet("S", [value], [[value]], above=[[value]])])
    assert "formula=" not in xml
    assert "xlink" not in xml
    assert {xml.split('value-type="')[index][:6] for index in (1, 2, 3)} == {"string"}
    assert cells(value) == [shown(value).strip()]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(st.sampled_from("ab <&>\n\u202e\x00'\""), min_size=1, max_size=20), min_size=1, max_size=8))
def test_every_text_can_be_read_back(values: list[str]) -> None:
    assert cells(*values) == [shown(value).strip() for value in values]


def test_dates_numbers_and_empty_cells_are_what_they_are() -> None:
    sheet = Sheet("S", ["A", "B", "C"], [[dt.date(2026, 11, 21), 3, None]])
    (grid,) = read_sheets(spreadsheet([sheet]), "a.ods")
    row = grid.rows[1]
    assert (row.cells[1].day, row.cells[2].text, 3 in row.cells) == (dt.date(2026, 11, 21), "3", False)


def test_headings_stay_in_sight_and_rows_above_stay_above() -> None:
    sheet = Sheet("It's", ["A", "B"], [["x", "y"]], above=[["title"], []])
    xml = content([sheet])
    assert "'It''s'.A3:'It''s'.B4" in xml
    with zipfile.ZipFile(io.BytesIO(spreadsheet([sheet]))) as archive:
        assert 'VerticalSplitPosition" config:type="int">3<' in archive.read("settings.xml").decode("utf-8")


def test_the_same_sheets_give_the_same_file_and_none_is_refused() -> None:
    sheets = [Sheet("S", ["A"], [["x"]]), Sheet("S", (), (), above=[["form", "value"]])]
    assert spreadsheet(sheets) == spreadsheet(sheets)
    with pytest.raises(ValueError, match="at least one sheet"):
        spreadsheet([])
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        spreadsheet([Sheet("S", ["A"], [["x", "y"]])])
