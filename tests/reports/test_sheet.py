"""A spreadsheet holds what it was given: text stays text, dates are dates, and nothing is lost without a word."""

from __future__ import annotations

import datetime as dt
import io
import sys
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from ropa.records.errors import StoreError
from ropa.reports.sheet import LONGEST_TEXT, Cell, Sheet, shown, workbook
from tests.reports.test_text import HOSTILE

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example")', "{=1}", "\t=1", "=cmd|' /C calc'!A0"]
LOOKALIKES = ["http://x.example/a", "mailto:a@b.example", "internal:Sheet!A1", "007", "1e5", "TRUE", "2026-11-21"]


def read(content: bytes) -> list[Worksheet]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).worksheets)


def column(values: list[Cell]) -> list[Any]:
    """The cells of a column that was written with these values, as they are read back."""
    (sheet,) = read(workbook([Sheet("S", ["Head"], [[value] for value in values])]))
    return [sheet.cell(row=row, column=1) for row in range(2, len(values) + 2)]


@pytest.mark.parametrize("value", [*FORMULAS, *LOOKALIKES, *HOSTILE])
def test_a_text_is_never_a_formula_a_link_or_a_number(value: str) -> None:
    (cell,) = column([value])
    assert cell.data_type == "s"
    assert cell.value == shown(value)
    assert cell.hyperlink is None


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=20))
def test_every_text_can_be_read_back(values: list[str]) -> None:
    for cell, value in zip(column(list(values)), values, strict=True):
        assert (cell.value or "") == shown(value)
        assert cell.value is None or cell.data_type == "s"


def test_control_and_direction_marks_are_shown_and_line_ends_stay() -> None:
    assert [cell.value for cell in column(["a\x00b\x1b[31m", "pay\u202ecod.exe", "one\r\ntwo\nthree"])] == [
        "a⟨U+0000⟩b⟨U+001B⟩[31m",
        "pay⟨U+202E⟩cod.exe",
        "one\ntwo\nthree",
    ]


def test_dates_and_numbers_are_what_they_are_and_nothing_is_an_empty_cell() -> None:
    day, number, fraction, nothing = column([dt.date(2026, 11, 21), -21, 0.5, None])
    assert (day.is_date, day.value) == (True, dt.datetime(2026, 11, 21))  # noqa: DTZ001 a spreadsheet knows no zones
    assert (number.value, fraction.value, nothing.value) == (-21, 0.5, None)


def test_what_no_spreadsheet_counts_right_stays_right_as_text() -> None:
    values: list[Cell] = [dt.date(1899, 12, 31), 2**53 + 1, float("nan")]
    assert [cell.value for cell in column(values)] == ["1899-12-31", "9007199254740993", "nan"]


def test_a_text_too_long_for_a_cell_says_that_it_is_cut_and_where_the_whole_is() -> None:
    fits, over = "x" * LONGEST_TEXT, "😀" * LONGEST_TEXT
    (sheet,) = read(workbook([Sheet("S", ["a", "b"], [[fits, over]], whole="the JSON")]))
    assert sheet["A2"].value == fits
    cut = sheet["B2"].value
    assert cut.endswith("… [cut: 65,534 characters are more than a cell holds; the whole text is in the JSON]")
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert set(cut.partition("…")[0]) == {"😀"}


def test_the_heading_is_bold_frozen_and_filters() -> None:
    (sheet,) = read(workbook([Sheet("S", ["Customer", "Last day"], [["Alba", None], ["Brae", None]])]))
    assert sheet["A1"].font.b
    assert not sheet["A2"].font.b
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A2"].alignment.wrap_text


def test_a_column_is_as_wide_as_its_content_up_to_a_limit() -> None:
    (sheet,) = read(workbook([Sheet("S", ["a", "b"], [["x" * 30, "y" * 5000]])]))
    assert sheet.column_dimensions["A"].width == pytest.approx(32, abs=1)
    assert sheet.column_dimensions["B"].width < 70


def test_titles_are_made_valid_and_each_is_another() -> None:
    titles = ["'a/b'", "A-B", "", "[]", "x" * 40, "x" * 41, "History", "😀" * 20]
    found = [each.title for each in read(workbook([Sheet(title, ["a"], []) for title in titles]))]
    assert found[:4] == ["a-b", "A-B (2)", "Sheet", "--"]
    assert found[6] == "History (2)"
    assert len({title.casefold() for title in found}) == len(titles)
    assert all(len(title.encode("utf-16-le")) <= 62 for title in found)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_any_titles_make_a_workbook(titles: list[str]) -> None:
    assert len(read(workbook([Sheet(title, ["a"], []) for title in titles]))) == len(titles)


def test_the_same_sheets_are_the_same_bytes() -> None:
    sheets = [
        Sheet(
            "S",
            ["a"],
            [
                [
                    "x",
                ],
                [dt.date(2026, 11, 21)],
            ],
        )
    ]
    assert workbook(sheets) == workbook(sheets)


def test_a_row_of_another_length_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="row 1 has 2 cells for 1 columns"):
        workbook([Sheet("S", ["a"], [["x", "y"]])])


def test_without_the_library_the_message_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(StoreError, match=r"ropa\[xlsx\]"):
        workbook([Sheet("S", ["a"], [])])
