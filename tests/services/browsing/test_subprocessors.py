"""The board of subprocessors: who, what for, where, since when, safeguard, next review, coming change."""

from __future__ import annotations

from ropa.services.browsing.subprocessors import facts, subprocessors_list
from ropa.services.workspace import View
from tests.registers import TODAY, register

BOARD = """
parties:
  client: {name: Client, country: United Kingdom}
  host: {name: Host, country: United States}
  deep: {name: Deep, country: United Kingdom}
data_categories: {name: Name}
documents:
  audit: {name: Audit of Host, type: other, about: host, review: 2027-03-01}
activities:
  support:
    name: Support
    role: processor
    controllers: [client]
    data_categories: [name]
    engagements:
      - {party: host, service: hosting, since: 2024-05-02}
    flows:
      - {origin: party/host, destination: party/deep, data_categories: [name]}
changes:
  gone: {name: Host leaves, kind: remove, party: host, activities: [support], effective: 2027-01-15}
"""


def test_a_row_says_everything_that_is_recorded_and_what_is_not() -> None:
    found = subprocessors_list(View(register(BOARD), TODAY))
    host = next(item for item in found.items if item.subject == "party/host")
    row = dict(zip(found.columns, host.cells, strict=True))
    assert row["For"] == "hosting"
    assert "United States" in row["Where"]
    assert row["Since"] == "2 May 2024"
    assert row["Next review"] == "1 Mar 2027"
    assert row["Coming change"].startswith("15 Jan 2027, remove")
    deep = next(item for item in found.items if item.subject == "party/deep")
    assert deep.cells[0] == "Deep, behind Host"
    assert "? not recorded" in deep.cells


def test_a_row_in_full_holds_every_cell_under_its_heading() -> None:
    found = subprocessors_list(View(register(BOARD), TODAY))
    text = facts(found.items[0]).as_text()
    for heading, cell in zip(found.columns[1:], found.items[0].cells[1:], strict=True):
        assert f"{heading:<15}{cell}" in text


def test_without_subprocessors_it_says_how_one_comes_to_stand_here() -> None:
    assert "v on the activity" in subprocessors_list(View(register(), TODAY)).empty
