"""Spreadsheets as other people save them."""

from __future__ import annotations

import datetime as dt
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.exchange.cell_text import items, joined, truth
from ropa.exchange.law_text import bases, conditions, instruments
from ropa.exchange.sheet_grid import Grid, readable
from ropa.exchange.sheet_read import read_sheets
from ropa.exchange.time_limit import Kept, kept_for
from ropa.law.lawbook import LawBook
from ropa.records.errors import InputError
from ropa.rules.period import Period
from tests.exchange.sheets.make import FOLDER, corpus, ods, ods_row, packed, workbook

NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cf")), min_size=1).map(str.strip)
LINES = st.lists(NAMES, min_size=1, max_size=3).map(" ".join).filter(bool)


def read(name: str) -> list[Grid]:
    return read_sheets((FOLDER / name).read_bytes(), name)


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row.cells.values()] for row in grid.rows]


def parts_of(content: bytes) -> dict[str, bytes]:
    """What is packed in a file, whichever way it was packed."""
    if not zipfile.is_zipfile(BytesIO(content)):
        return {"": content}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(InputError) as caught:
        read_sheets(content, name)
    return str(caught.value)


def test_the_corpus_is_what_its_program_makes() -> None:
    for name, content in corpus().items():
        assert parts_of((FOLDER / name).read_bytes()) == parts_of(content), name


@pytest.mark.parametrize(
    "name", ["cp1252-semicolons.csv", "utf-8-bom.csv", "utf-16.csv", "sep-line.csv", "blank-rows.csv"]
)
def test_every_encoding_and_separator_gives_the_same_cells(name: str) -> None:
    (grid,) = read(name)
    assert texts(grid)[0][0] == "Activity"
    assert texts(grid)[2] == ["Payroll", "paying staff", "Employees – près de 40", "bank details", "6 years", "6(1)(c)"]


def test_latin_1_keeps_its_accents() -> None:
    assert texts(read("latin-1.csv")[0])[2][2] == "Employees - près de 40"


def test_rows_keep_the_numbers_that_a_spreadsheet_shows() -> None:
    assert [row.number for row in read("blank-rows.csv")[0].rows] == [4, 5, 6]
    assert [row.number for row in read("sep-line.csv")[0].rows] == [2, 3, 4]


def test_a_merged_cell_counts_in_each_row_that_it_spans() -> None:
    (grid,) = read("merged.xlsx")
    assert [row.cells[1].text for row in grid.rows] == ["Department", "Sales and staff", "Sales and staff"]
    assert [row.cells[1].beside for row in grid.rows] == ["", "", "A2"]
    assert any("merged" in each and "A2" in each for each in grid.remarks)


def test_hidden_rows_columns_and_sheets_are_read_and_said() -> None:
    shown, old = read("hidden.xlsx")
    assert len(shown.rows) == 3
    assert "hidden rows were read: 3" in shown.remarks
    assert "hidden columns were read: E" in shown.remarks
    assert old.hidden
    assert any("hidden" in each for each in old.remarks)


def test_formulas_are_their_stored_value_or_their_text_and_never_run() -> None:
    (grid,) = read("typed-cells.xlsx")
    row = grid.rows[1].cells
    assert (row[3].text, row[3].formula) == ("7 years", '=7&" years"')
    assert row[6].text == '=HYPERLINK("https://evil.example")'
    assert "of formulas the stored value was read: C2" in grid.remarks
    assert "formulas without a stored value were read as text: F2" in grid.remarks


def test_a_date_is_a_day_and_a_number_as_text_stays_as_it_is() -> None:
    row = read("typed-cells.xlsx")[0].rows[1].cells
    assert (row[4].day, row[4].text) == (dt.date(2024, 5, 3), "2024-05-03")
    assert (row[5].day, row[5].text) == (None, "3 May 2024")
    assert row[7].text == "007"


def test_an_open_document_sheet_keeps_its_rows_and_lines() -> None:
    (grid,) = read("repeated-and-merged.ods")
    assert [row.number for row in grid.rows] == [1, 5, 6]
    assert grid.rows[2].cells[4].text == "bank details\npay slips"


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    assert "is not opened" in refusal((FOLDER / "bomb.xlsx").read_bytes(), "bomb.xlsx")


@pytest.mark.parametrize("name", ["entities.xlsx", "entities.ods"])
def test_entities_are_refused(name: str) -> None:
    assert "DOCTYPE" in refusal((FOLDER / name).read_bytes(), name)


def test_a_password_is_named_in_words() -> None:
    assert "password" in refusal((FOLDER / "password.xlsx").read_bytes(), "password.xlsx")
    manifest = packed({"content.xml": "<a/>", "META-INF/manifest.xml": "<m><encryption-data/></m>"})
    assert "password" in refusal(manifest, "a.ods")


def test_macros_are_left_alone_and_said() -> None:
    content = workbook(lambda book: book.add_worksheet("A").write("A1", "x"))
    target = BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    (grid,) = read_sheets(target.getvalue(), "a.xlsm")
    assert any("macros" in each for each in grid.remarks)


def test_cells_repeated_without_end_are_refused_and_empty_ones_cost_nothing() -> None:
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    many = f'<table:table table:name="A">{row}</table:table>'
    filled = '<table:table-cell table:number-columns-repeated="1000"><text:p>x</text:p></table:table-cell>'
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    assert "more than" in refusal(ods(many.format(1_000_000, filled)), "a.ods")
    assert "repeated" in refusal(ods(many.format(10**30, filled)), "a.ods")
    assert read_sheets(ods(many.format(1_048_576, empty)), "a.ods")[0].rows == ()


def test_a_cell_beyond_every_sheet_is_refused() -> None:
    content = workbook(lambda book: book.add_worksheet("A").write("A1", "x"))
    parts = {}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    far = parts[sheet].replace(b'<row r="1"', b'<row r="99999999999999"')
    assert "row" in refusal(packed({**parts, sheet: far}), "a.xlsx")
    wide = parts[sheet].replace(b'r="A1"', b'r="XFD1"')
    assert "column" in refusal(packed({**parts, sheet: wide}), "a.xlsx")


@given(st.binary(max_size=300), st.sampled_from(["a.xlsx", "a.ods", "a.csv"]))
def test_no_bytes_bring_a_traceback(content: bytes, name: str) -> None:
    with suppress(InputError):
        read_sheets(content, name)


@given(st.data())
def test_a_damaged_workbook_brings_no_traceback(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["merged.xlsx", "typed-cells.xlsx", "repeated-and-merged.ods"]))
    with zipfile.ZipFile(FOLDER / name) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    part = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[part])))
    parts[part] = (
        parts[part][:at] + data.draw(st.binary(max_size=20)) + parts[part][at + data.draw(st.integers(0, 30)) :]
    )
    with suppress(InputError):
        read_sheets(packed(parts), name)


@given(st.lists(st.lists(LINES, min_size=2, max_size=4), min_size=1, max_size=4))
def test_an_open_document_sheet_says_what_was_written(rows: list[list[str]]) -> None:
    content = ods('<table:table table:name="A">' + "".join(ods_row(*row) for row in rows) + "</table:table>")
    (grid,) = read_sheets(content, "a.ods")
    assert texts(grid) == [[" ".join(readable(cell).split("\n")) for cell in row] for row in rows]


@given(st.lists(LINES, min_size=1, max_size=5, unique=True))
def test_the_values_of_a_cell_come_back_from_it(values: list[str]) -> None:
    assert items(joined(values)) == tuple(values)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name, address, phone", ("name", "address", "phone")),
        ("HMRC, pension providers, and banks", ("HMRC", "pension providers", "banks")),
        ("Acme, Inc.", ("Acme, Inc.",)),
        ("We keep it, because we must, and so on", ("We keep it, because we must, and so on",)),
        ("contact details (name, e-mail), bank details", ("contact details (name, e-mail)", "bank details")),
        ("• a; b\n• c, d", ("a; b", "c, d")),
        ("1. one\n2. two", ("one", "two")),
        ("10,000 records", ("10,000 records",)),
    ],
)
def test_a_list_is_parted_where_that_is_safe(text: str, expected: tuple[str, ...]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7 years", Kept("P7Y")),
        ("Seven years from the end of employment", Kept("P7Y", "the end of employment")),
        ("until end of contract", Kept(until="end of contract")),
        ("7 years, counted from: the sale, or until: objection", Kept("P7Y", "the sale", "objection")),
        ("6 years post-employment", Kept("P6Y", "employment")),
        ("6 months after migration", Kept("P6M", "migration")),
        ("end of contract + 6 years", Kept("P6Y", "end of contract")),
        ("for the duration of the contract plus 6 years", Kept("P6Y", "the end of the contract")),
        ("at least 7 years", Kept(stated="at least 7 years")),
        ("as long as necessary", Kept(stated="as long as necessary")),
        ("until it ends or 6 years", Kept(stated="until it ends or 6 years")),
        ("7yrs", Kept("P7Y")),
        ("current + 6 years", Kept("P6Y", "the current year")),
        ("Retained for 6 years and then securely destroyed", Kept("P6Y")),
        ("not more than 1 month", Kept("P1M")),
        ("10 Jahre nach Vertragsende", Kept("P10Y", "Vertragsende")),
        ("Pendant la durée du contrat", Kept(until="la fin du contrat")),
        ("End of contract", Kept(until="End of contract")),
        ("until no longer needed", Kept(stated="until no longer needed")),
        ("indefinitely", Kept(stated="indefinitely")),
        (
            "the length of time that we need it may be different",
            Kept(stated="the length of time that we need it may be different"),
        ),
        ("6 years (as stated: at least 6 years)", Kept("P6Y", stated="at least 6 years")),
        ("long (as stated: as needed)", Kept(stated="long (as stated: as needed)")),
    ],
)
def test_a_time_limit_is_understood_or_kept_in_its_words(text: str, expected: Kept) -> None:
    assert kept_for(text) == expected


@given(st.integers(1, 99), st.sampled_from(["years", "months", "weeks", "days"]))
def test_a_period_as_people_write_it_is_that_period(number: int, unit: str) -> None:
    assert kept_for(f"Kept for {number} {unit} after the last order") == Kept(
        str(Period.parse(f"{number} {unit}")), "the last order"
    )


def test_every_name_of_the_law_is_understood_as_itself() -> None:
    law = LawBook.in_use()
    for instrument in law.instruments():
        assert instruments(instrument.name).ids == (instrument.id,)
    for condition in law.conditions():
        assert conditions(condition.name, schedule=condition.set == "schedule-1").ids == (condition.id,)
    for basis in law.lawful_bases():
        assert bases(f"{basis.name} ({basis.article})").ids == (basis.id,)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("SCC", ("eu-scc",)),
        ("IDTA", ("uk-idta",)),
        ("SCCs 2021 + UK Addendum", ("eu-scc-2021", "uk-addendum")),
        ("Article 45 Adequacy", ("adequacy",)),
        ("Privacy Shield", ("privacy-shield",)),
        ("no SCC in place", ()),
        ("BCR", ()),
        ("IDTA in progress", ()),
        ("awaiting SCCs", ()),
        ("SCCs to be signed", ()),
        ("SCC?", ()),
    ],
)
def test_the_instruments_of_a_cell_are_understood_and_never_upgraded(text: str, ids: tuple[str, ...]) -> None:
    assert instruments(text).ids == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Legit. interest", ("legitimate-interests",)),
        ("LI", ("legitimate-interests",)),
        ("Consent / contract", ("consent", "contract")),
        ("6(1)(a) and (f)", ("consent", "legitimate-interests")),
        ("Art 6(1)(b), (c) & (f)", ("contract", "legal-obligation", "legitimate-interests")),
        ("6(1)(a)/(b)", ("consent", "contract")),
        ("Art. 6 Abs. 1 lit. f DSGVO", ("legitimate-interests",)),
        ("6(1)(a) and 9(2)(a)", ("consent",)),
        ("consent to be obtained", ()),
        ("contract, so that we will be able to deliver", ("contract",)),
    ],
)
def test_every_basis_of_a_cell_is_understood_and_none_that_is_still_to_come(text: str, ids: tuple[str, ...]) -> None:
    assert bases(text).ids == ids


def test_yes_and_no_are_understood_with_what_follows() -> None:
    assert truth("Yes - see the DPIA") == (True, "see the DPIA")
    assert truth("non") == (False, "")
    assert truth("Nominet") == (None, "Nominet")
    assert truth("N/A") == (None, "N/A")
    assert truth("Y/N") == (None, "Y/N")
