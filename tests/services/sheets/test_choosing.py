"""A person's hand in a mapping, and what an import would write as a screen shows it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ropa.services.input_file import wrong_with
from ropa.services.sheets.beginning import Owner
from ropa.services.sheets.choosing import (
    BY_HAND,
    field_offer,
    keep,
    mapped,
    samples,
    with_field,
    with_mapping,
    with_role,
)
from ropa.services.sheets.fields import FIELDS
from ropa.services.sheets.importing import plan, read_file
from ropa.services.sheets.mapping import layouts
from ropa.services.sheets.preview import SUMMARY, preview
from ropa.services.sheets.vendors import plan_vendors

SHEET = "Activity,Purpose,Retention,Mood\nPayroll,paying staff,for ever,grim\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(SHEET)
    return path


def test_every_field_can_be_chosen_and_is_explained() -> None:
    offer = field_offer()
    assert {each.value for each in offer.choices} == set(FIELDS)
    assert next(iter(offer.find("how long"))).value == "retention"
    assert len({each.label for each in offer.choices}) == len(offer.choices)


def test_a_chosen_field_is_kept_and_read_again(sheet: Path, tmp_path: Path) -> None:
    reading = read_file(sheet)
    found = mapped(reading)
    assert found is not None
    grid, mapping = found
    assert [each.value for each in samples(grid, mapping)] == ["Payroll", "paying staff", "for ever", "grim"]
    changed, said = with_field(mapping, 4, "activity.risk")
    assert said == ""
    changed = with_role(changed, "processor")
    kept = tmp_path / "map.yaml"
    keep(changed, kept)
    again = read_file(sheet, str(kept)).chosen[0][1]
    assert [(each.field, each.why) for each in again.columns][3] == ("activity.risk", BY_HAND)
    made = plan(None, Owner("", "Acme"), with_mapping(reading, changed))
    record = next(each.record for each in made.writes if each.kind == "activity")
    assert record.model_dump()["risk"] == "grim"
    assert record.model_dump()["role"] == "processor"


def test_a_field_of_one_value_is_taken_from_the_column_that_had_it(sheet: Path) -> None:
    _, mapping = read_file(sheet).chosen[0]
    changed, said = with_field(mapping, 4, "activity.name")
    assert [each.field for each in changed.columns][0::3] == ["note", "activity.name"]
    assert said == "Name was column A, which is kept as text now."


def test_gaps_come_first_and_each_cell_is_told_in_full(sheet: Path) -> None:
    found = preview(plan(None, Owner("", "Acme"), read_file(sheet)))
    assert [each.cells[0] for each in found.items][:3] == ["", "C2", "D2"]
    assert "new register" in found.items[0].group
    assert "for ever" in found.full(found.items[1].subject).as_text()
    assert "its key is acme" in found.full(SUMMARY).as_text()
    assert len(found.items) == 1 + 8  # every cell


def test_vendors_to_look_at_come_first(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Vendor,Location\nPayo,Spain\nOne Ltd / Two Ltd,France\n")
    found = preview(plan_vendors(None, Owner("", "Acme"), path))
    assert [each.cells[0] for each in found.items] == ["", "3", "2"]
    assert "several companies" in found.full("row/1").as_text()


def test_whoever_watches_is_told_each_row_and_may_end_it(sheet: Path) -> None:
    seen: list[tuple[int, int]] = []
    plan(None, Owner("", "Acme"), read_file(sheet), watch=lambda done, total: seen.append((done, total)))
    assert (seen[0], seen[-1]) == ((1, 2), (2, 2))

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan(None, Owner("", "Acme"), read_file(sheet), watch=stop)


def test_the_name_of_a_file_is_judged_while_it_is_typed(sheet: Path) -> None:
    assert wrong_with(str(sheet), (".csv",)) == ""
    assert wrong_with(str(sheet), (".yaml",)) == "its name should end with one of .yaml"
    assert wrong_with(str(sheet.parent), (".csv",)) == "it is a folder; in it: own.csv"
    assert wrong_with(str(sheet.parent / "no.csv"), (".csv",)) == "there is no such file"
    assert wrong_with("/dev/null", (".csv",)) == "it is a pipe or a device, not a file"
    assert wrong_with("a\0b.csv", (".csv",))
    assert wrong_with("~nobody-of-that-name/x.csv", (".csv",))
    assert wrong_with("x" * 5000, (".csv",))


def test_cells_of_several_sheets_leave_room_for_what_they_say(tmp_path: Path) -> None:
    headings = [each.heading for each in layouts()["ico"].columns]
    book = openpyxl.Workbook()
    for number, title in enumerate(("Controller of the first company", "Second")):
        page = book.create_sheet(title, number)
        page.append(headings)
        page.append([f"Function {number}", "paying"])
    book.save(tmp_path / "two.xlsx")
    found = preview(plan(None, Owner("", "Acme"), read_file(tmp_path / "two.xlsx")))
    assert {each.cells[0] for each in found.items} >= {"Controller of…!A2", "Second!A2"}
