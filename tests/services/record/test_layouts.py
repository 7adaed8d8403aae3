"""The record in every layout and format: the headings as published, what is missing marked, nothing dropped unsaid."""

from __future__ import annotations

import io
import json
from typing import Any, get_args

import openpyxl
import pypdf
import pytest

from ropa.exchange.sheet_read import read_sheets
from ropa.records.errors import InputError
from ropa.reports.article_30 import Role
from ropa.services.record.document import RecordFormat, left_out_lines, record_document
from ropa.services.record.fields import template
from ropa.services.record.layouts import LAYOUTS, Layout
from ropa.services.workspace import View
from tests.registers import register
from tests.reports.sample import ON, REGISTER, view
from tests.reports.test_pages import hostile
from tests.reports.test_text import HOSTILE

FORMATS: tuple[RecordFormat, ...] = get_args(RecordFormat)
BARE = "activities: {a: {name: Alpha, role: controller}}"


def written(text: str, fmt: RecordFormat, layout: Layout, role: Role | None = "controller") -> str:
    """What a reader of the file sees, as one text."""
    content = record_document(view(text), fmt, layout, role).content
    if fmt in ("xlsx", "ods", "csv"):
        grids = read_sheets(content, f"a.{fmt}")
        return "\n".join(cell.text for grid in grids for row in grid.rows for cell in row.cells.values())
    if fmt == "pdf":
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text().split()) for page in pages)
    return content.decode("utf-8")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("fmt", FORMATS)
def test_a_missing_mandatory_field_is_marked_in_every_format(layout: Layout, fmt: RecordFormat) -> None:
    text = "format: 1\norganisation: {key: b, name: B, country: United Kingdom}\n" + BARE
    found = written(text, fmt, layout)
    assert "not recorded" in found
    if fmt == "json":
        assert '"mark": "?"' in found
    else:
        assert "? not recorded" in found.replace('<span class="gap">', "")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("fmt", [each for each in FORMATS if each != "csv"])
def test_values_stand_in_words_and_never_as_keys(layout: Layout, fmt: RecordFormat) -> None:
    found = written(REGISTER, fmt, layout)
    for words in ("telling clients about products", "Patients", "8 years", "United States", "Privacy Shield", "Mailer"):
        assert words in found
    assert "legitimate-interests" not in found.replace("legitimate-interests assessment", "")
    if layout != "cnpd":
        assert "Legitimate interests" in found


def test_the_ico_sheet_has_its_rows_and_its_headings_as_published() -> None:
    book = openpyxl.load_workbook(io.BytesIO(record_document(view(), "xlsx", "ico").content))
    sheet = book["Controller"]
    assert [sheet.cell(9, column).value for column in range(1, 31)] == [
        each.heading for each in template("ico-controller").fields
    ]
    assert [sheet.cell(row, 1).value for row in range(2, 7)] == ["Controller", "Name", "Address", "Email", "Telephone"]
    assert (sheet["B3"].value, sheet["B5"].value) == ("Hollin Software Ltd", "privacy@hollin.example")
    assert (sheet["C2"].value, sheet["D3"].value) == ("Data protection officer (if applicable)", "? not recorded")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B10", "A9:AD11")
    processor = book["Processor"]
    assert [str(processor.cell(row, 1).value).split(":")[0].split("\n")[0] for row in range(10, 14)] == [
        "Alba Ltd", "Brae Ltd", "Corrie Ltd", "Dell Farm",
    ]  # fmt: skip


def test_every_value_of_a_cell_stands_on_a_line_of_its_own() -> None:
    text = "activities: {a: {name: A, role: controller, security: ['locks, keys', alarms], purposes: [sales; news]}}"
    found = View(register(text), ON)
    for fmt in ("xlsx", "ods", "csv"):
        texts = written_view(found, fmt)
        assert "locks, keys\nalarms" in texts
        assert "• sales; news" in texts


def written_view(found: View, fmt: RecordFormat) -> list[str]:
    grids = read_sheets(record_document(found, fmt, "ico", "controller").content, f"a.{fmt}")
    return [cell.text for grid in grids for row in grid.rows for cell in row.cells.values()]


@pytest.mark.parametrize("layout", ["ico", "cnil", "cnpd"])
def test_what_a_layout_has_no_column_for_is_listed(layout: Layout) -> None:
    body = "activities: {a: {name: Alpha, role: controller, risk: high, core: true, note: look again}}"
    document = record_document(View(register(body), ON), "json", layout)
    listed = {each.place for each in document.left_out}
    assert {"activity.risk", "activity.core", "activity.note"} <= listed
    assert ("activity.name" in listed) == (layout != "cnil")
    assert any("Risk: Alpha" in each for each in left_out_lines(document))
    values: dict[str, Any] = json.loads(document.content)
    assert {"place": "activity.risk", "title": "Risk", "activities": ["Alpha"]} in values["left_out"]
    assert left_out_lines(record_document(View(register(body), ON), "md")) == []


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("layout", ["plain", "ico"])
@pytest.mark.parametrize("value", HOSTILE[:4])
def test_hostile_names_are_shown_and_do_nothing(fmt: RecordFormat, layout: Layout, value: str) -> None:
    found = written(hostile(value), fmt, layout)
    assert "\x1b" not in found
    if fmt == "html":
        assert "<script" not in found
    if fmt == "xlsx":
        content = record_document(view(hostile(value)), fmt, layout).content
        sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
        assert all(cell.data_type in ("s", "n", "d") for sheet in sheets for row in sheet.rows for cell in row)


def test_a_csv_file_holds_one_table_and_says_so_where_there_are_two() -> None:
    with pytest.raises(InputError, match="--role controller or --role processor"):
        record_document(view(), "csv", "ico")
    with pytest.raises(InputError, match="a sheet for each activity"):
        record_document(view(), "csv", "cnil", "controller")
    assert "For which controllers" in written(REGISTER, "csv", "plain", "processor")


def test_the_processors_record_has_a_row_for_each_controller() -> None:
    rows = json.loads(record_document(view(), "json", "ico", "processor").content)["records"][0]["rows"]
    assert [each["name"] for each in rows] == [
        "Hosting, for Alba Ltd", "Hosting, for Brae Ltd", "Hosting, for Corrie Ltd", "Mapping",
    ]  # fmt: skip
    assert [line for line in rows[1]["cells"][0]["items"] if line["mark"] == "?"]


def test_the_pdf_is_tagged_and_has_contents_page_numbers_and_the_diagram() -> None:
    reader = pypdf.PdfReader(io.BytesIO(record_document(view(), "pdf").content))
    root = reader.trailer["/Root"].get_object()
    assert isinstance(root, pypdf.generic.DictionaryObject)
    assert str(root["/MarkInfo"]) == "{'/Marked': True, '/Suspects': False}"
    first = reader.pages[0].extract_text()
    assert "Contents" in first
    assert "Page 1 of" in first
    assert "Where the data goes" in first
    assert "Clinic records" in first


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("fmt", FORMATS)
def test_sample_data_that_no_source_states_says_so(layout: Layout, fmt: RecordFormat) -> None:
    if layout == "cnpd":  # it has no column for the controllers
        text = REGISTER.replace("files: {name: Customer files}", "files: {name: Customer files, invented: true}")
    else:
        text = REGISTER
    if (fmt, layout) != ("csv", "cnil"):
        found = written(text, fmt, layout, "processor")
        assert "nvented sample data" in found or '"invented": true' in found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_processors_record_says_for_whom_and_what_is_done_in_every_layout(layout: Layout) -> None:
    body = "parties: {one: {name: Customer One}}\nactivities: {a: {name: Alpha, role: processor, controllers: [one], "
    there = record_document(View(register(body + "processing: [Hosting]}}"), ON), "md", layout, "processor")
    assert "Customer One" in there.content.decode()
    assert "Hosting" in there.content.decode()
    assert not {"activity.controllers", "activity.processing"} & {each.place for each in there.left_out}
    bare = record_document(View(register(body + "note: none}}"), ON), "md", layout, "processor").content.decode()
    headings = ("Categories of processing", "Catégories de traitement")
    lines = [each for each in bare.split("\n") if any(heading in each for heading in headings)]
    assert lines
    assert any("? " in each and "not recorded" in each for each in lines)


def test_no_activity_begins_at_the_foot_of_a_page_of_the_pdf() -> None:
    measures = [", ".join(f"m{each}" for each in range(number)) for number in range(40)]
    work = enumerate(measures)
    body = "".join(f"  a{n}: {{name: Work {n}, role: controller, security: [{each}]}}\n" for n, each in work)
    content = record_document(View(register("activities:\n" + body), ON), "pdf").content
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        shown = page.extract_text().split("Signs:")[0].strip()
        assert not shown.endswith(("Role: controller", "Required by Art. 30(1)"))
