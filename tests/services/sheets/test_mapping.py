"""What the columns of a sheet are taken for, and a mapping that is kept."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.exchange.sheet_grid import Grid, GridCell, GridRow
from ropa.exchange.sheet_read import read_sheets
from ropa.records.errors import InputError
from ropa.services.record.fields import template
from ropa.services.sheets.fields import FIELDS, title_of
from ropa.services.sheets.mapping import SheetMapping, layouts, mapping_for, words_of
from ropa.services.sheets.mapping_file import mapping_text, placed, read_mapping
from tests.exchange.sheets.make import FOLDER


def grid(*rows: tuple[str, ...], first: int = 1) -> Grid:
    made = [
        GridRow(number, {column: GridCell(text) for column, text in enumerate(row, 1) if text})
        for number, row in enumerate(rows, first)
    ]
    return Grid("a.csv", "ROPA", tuple(row for row in made if row.cells))


def fields(mapping: SheetMapping) -> list[str]:
    return [each.field for each in mapping.columns]


def test_the_ico_layout_has_the_headings_of_the_published_template() -> None:
    published = [words_of(each.heading) for each in template("ico-controller").fields]
    assert [words_of(each.heading) for each in layouts()["ico"].columns] == published


def test_every_field_of_a_layout_or_heading_is_one_that_a_mapping_may_name() -> None:
    named = [each.field for layout in layouts().values() for each in layout.columns]
    assert set(named) <= set(FIELDS)
    assert all(title_of(field) for field in FIELDS)


def test_the_icos_sheet_is_recognised_below_its_own_titles() -> None:
    headings = tuple(each.heading for each in layouts()["ico"].columns)
    found = mapping_for(grid(("Controller", "Acme"), ("",), headings, ("Sales", "selling")))
    assert (found.layout, found.headings, found.role) == ("ico", (3,), "controller")
    assert fields(found)[:2] == ["activity.business_function", "activity.purposes"]


def test_an_unknown_sheet_gets_a_proposal_that_says_what_it_rests_on() -> None:
    found = mapping_for(grid(("Our record",), ("Process name", "Reason for processing", "How long kept", "Mood")))
    assert fields(found) == ["activity.name", "activity.purposes", "retention", "note"]
    assert found.headings == (2,)
    assert "is a word for it" in found.columns[0].why
    assert "its text is kept" in found.columns[3].why


def test_two_rows_of_headings_are_read_together() -> None:
    (sheet,) = read_sheets((FOLDER / "two-heading-rows.xlsx").read_bytes(), "two.xlsx")
    found = mapping_for(sheet)
    assert found.headings == (4, 5)
    assert fields(found) == [
        "activity.name", "activity.purposes", "transfer.country", "transfer.safeguards", "engagement.party",
    ]  # fmt: skip


def test_a_field_of_one_value_is_given_to_one_column() -> None:
    found = mapping_for(grid(("Activity", "Purpose", "Owner", "Process owner")))
    assert fields(found) == ["activity.name", "activity.purposes", "activity.owner", "note"]
    assert "column C already" in found.columns[3].why


def test_a_sheet_without_headings_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="no row of headings"):
        mapping_for(grid(("1", "2"), ("3", "4")))
    with pytest.raises(InputError, match="too few of its headings"):
        mapping_for(grid(("Activity", "Purpose")), "ico")


def test_a_mapping_comes_back_from_its_file_and_finds_moved_columns() -> None:
    sheet = grid(("Activity", "Purpose", "Retention"))
    kept = read_mapping(mapping_text(mapping_for(sheet)).encode(), "map.yaml")
    assert fields(kept) == ["activity.name", "activity.purposes", "retention"]
    moved = placed(kept, grid(("Retention", "New", "Activity", "Purpose")))
    assert {each.column: each.field for each in moved.columns} == {
        1: "retention", 2: "note", 3: "activity.name", 4: "activity.purposes",
    }  # fmt: skip


def test_a_heading_that_is_gone_is_an_error_that_names_it() -> None:
    kept = mapping_for(grid(("Activity", "Purpose", "Retention")))
    with pytest.raises(InputError, match="'Retention'"):
        placed(kept, grid(("Activity", "Purpose", "Other")))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "format: 1\nheadings: [1]\ncolumns:\n  - {column: A, field: activity.purpos}\n",
            "did you mean activity.purposes",
        ),
        ("format: 1\nheadings: [1]\ncolumns:\n  - {field: note}\n", "letters of a column"),
        ("format: 1\nheadings: 1\ncolumns: []\n", "row of headings"),
        ("format: 2\nheadings: [1]\ncolumns: []\n", "must be 1"),
        ("format: 1\nheadings: [1]\nrole: boss\ncolumns: []\n", "one of controller"),
        ("format: 1\nheadings: [1]\ncolumns: [{column: A, field: retention, bad: x}]\n", "no such field"),
        ("columns: 7\n", "no mapping"),
        ("- 1\n", "no mapping"),
    ],
)
def test_a_mistake_in_a_mapping_is_named_with_its_file(text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_mapping(text.encode(), "map.yaml")
    assert "map.yaml" in str(caught.value)
    assert words in str(caught.value)


@given(st.lists(st.text(max_size=20), max_size=6), st.text(max_size=200))
def test_no_heading_brings_a_traceback(headings: list[str], text: str) -> None:
    sheet = grid(("Activity", "Purpose", *headings))
    assert read_mapping(mapping_text(mapping_for(sheet)).encode("utf-8", "replace"), "m.yaml").columns
    with suppress(InputError):
        read_mapping(text.encode("utf-8", "replace"), "m.yaml")
