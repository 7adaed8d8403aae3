"""`ropa list KIND`: any kind, as a table to read, as JSON and as CSV to work with."""

from __future__ import annotations

import csv
import io

import pytest

from ropa.records.kinds import KINDS
from ropa.services.browsing.listing import kinds
from tests.cli.desk import ON, Desk
from tests.store.databases import SECOND, filled

FORMULAS = """\
format: 1
organisation: {key: acme, name: "=1+1"}
parties:
  a: {name: "=HYPERLINK(\\"http://x.example\\")", website: "@SUM(A1)"}
  b: {name: "+44 1632 960000", website: "-1"}
  c: {name: "＝1+1", website: "＠x"}
  d: 'quote " and, comma'
"""


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_can_be_listed_in_every_format(desk: Desk, kind: str) -> None:
    table = desk.ropa("list", kind, *ON)
    rows = desk.ropa("list", kind, "--format", "json", *ON)
    sheet = desk.ropa("list", kind, "--format", "csv", *ON)
    assert [each.code for each in (table, rows, sheet)] == [0, 0, 0]
    assert [each.err for each in (table, rows, sheet)] == ["", "", ""]
    records = list(csv.DictReader(io.StringIO(sheet.out)))
    assert [each["key"] for each in records] == [each["key"] for each in rows.json]
    for row in rows.json:
        assert row["organisation"] == "acme"
        assert row["key"] in table.out
    if kind in KINDS:
        assert rows.json
    if not rows.json:
        assert "no " in table.out


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("parties", "party"), ("Party", "party"), ("data-categories", "data_category"), ("data_category", "data_category"),
     ("lawful-basis", "lawful_basis"), ("subprocessors", "subprocessor"), ("findings", "finding"),
     ("crossings", "crossing"), ("activities", "activity")],
)  # fmt: skip
def test_a_kind_may_be_written_as_people_say_it(desk: Desk, typed: str, kind: str) -> None:
    assert desk.ropa("list", typed, "--format", "json", *ON) == desk.ropa("list", kind, "--format", "json", *ON)


def test_a_list_is_of_all_organisations_or_of_one(desk: Desk) -> None:
    desk.database.unlink()
    filled(desk.database, *(text for text in (SECOND.replace("other", "acme"), SECOND)))
    every = desk.ropa("list", "party", "--format", "json").json
    assert [(row["organisation"], row["key"]) for row in every] == [
        ("acme", "mailer"), ("acme", "northgate"), ("other", "mailer"), ("other", "northgate"),
    ]  # fmt: skip
    one = desk.ropa("list", "party", "--org", "other", "--format", "json").json
    assert {row["organisation"] for row in one} == {"other"}
    assert desk.ropa("list", "party").out.count("mailer") == 2


def test_no_cell_of_a_csv_is_a_formula(desk: Desk) -> None:
    desk.database.unlink()
    filled(desk.database, FORMULAS)
    for kind in ("party", "organisation"):
        sheet = desk.ropa("list", kind, "--format", "csv").out
        cells = [cell for row in csv.reader(io.StringIO(sheet)) for cell in row]
        assert [
            cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
        ] == []
    sheet = desk.ropa("list", "party", "--format", "csv").out
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(sheet))}
    assert rows["b"]["Name"] == "'+44 1632 960000"
    assert rows["d"]["Name"] == 'quote " and, comma'


def test_a_table_on_a_pipe_has_a_row_on_a_line(desk: Desk) -> None:
    lines = desk.ropa("list", "party", *ON).out.splitlines()
    assert len(lines) == 3
    assert lines[0].split() == ["Key", "Name", "Legal", "name", "Country", "Website"]
    assert "mailer" in lines[1]
    assert "United States" in lines[1]


def test_json_holds_every_field_by_the_name_that_the_file_uses(desk: Desk) -> None:
    party = desk.ropa("list", "party", "--format", "json").json[0]
    assert {"organisation", "key", "name", "legal_name", "country", "dpf"} <= set(party)
    crossing = desk.ropa("list", "crossing", "--format", "json").json
    assert all(set(each["verdicts"]) <= {"uk", "eu"} and each["exporter"] for each in crossing)
