"""Every list: its columns tell rows apart, it can be put in any order, and goes to a file as it stands."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.exchange.register_file import read_register
from ropa.records.kinds import KINDS, ROOTS
from ropa.services.browsing.browse import Item
from ropa.services.browsing.export import export_rows, rows_as_csv
from ropa.services.browsing.lists import ALL_LISTS, list_of, list_title
from ropa.services.browsing.order import Order, ordered
from ropa.services.browsing.search import index
from ropa.services.subjects import record_title
from ropa.services.workspace import View
from tests.records.every_kind import EVERY_KIND
from tests.registers import TODAY, register

FULL = View(read_register(EVERY_KIND, "every.yaml"), TODAY)
NONE = View(register(), TODAY)


def cells(rows: list[str], order: Order) -> list[str]:
    """One column in an order."""
    return [item.cells[0] for item in ordered([Item("", "", (row,)) for row in rows], order)]


@pytest.mark.parametrize("kind", ROOTS)
def test_every_kind_of_record_has_a_list_with_a_row_for_each(kind: str) -> None:
    found = list_of(FULL, kind)
    assert found.title
    assert list_title(kind)
    if kind != "transfer":  # those that no flow makes, and the flows that leave
        assert [item.subject for item in found.items] == [f"{kind}/{key}" for key in FULL.register.of_kind(kind)]
    assert all(len(item.cells) == len(found.columns) for item in found.items)


@pytest.mark.parametrize("kind", ALL_LISTS)
def test_an_empty_list_says_something_and_where_records_are_added_how(kind: str) -> None:
    found = list_of(NONE, kind)
    if not found.items:
        assert found.empty
        assert kind in ("finding", "history", "transfer", "subprocessor") or "n " in found.empty


@pytest.mark.parametrize("kind", KINDS)
def test_search_finds_each_kind_of_record_by_its_name(kind: str) -> None:
    key, record = next(iter(FULL.register.of_kind(kind).items()))
    assert f"{kind}/{key}" in [hit.subject for hit in index(FULL).find(record_title(FULL, record))]


def test_dates_go_by_day_numbers_by_size_severities_by_weight() -> None:
    assert cells(["2 Mar 2026", "11 Jan 2027", "1 Dec 2025"], Order(0)) == ["1 Dec 2025", "2 Mar 2026", "11 Jan 2027"]
    assert cells(["2 Mar 2026 15:00", "2 Mar 2026 09:30"], Order(0)) == ["2 Mar 2026 09:30", "2 Mar 2026 15:00"]
    assert cells(["99 Abc 2026", "1 Dec 2025"], Order(0)) == ["1 Dec 2025", "99 Abc 2026"]
    assert cells(["10 records", "9 records"], Order(0)) == ["9 records", "10 records"]
    assert cells(["low", "medium, accepted", "high"], Order(0)) == ["high", "medium, accepted", "low"]
    assert cells(["Zebra", "élan", "apple"], Order(0)) == ["apple", "élan", "Zebra"]


def test_what_is_not_recorded_stands_last_whichever_end_comes_first() -> None:
    rows = ["? not recorded", "b", "–", "a"]
    assert cells(rows, Order(0)) == ["a", "b", "? not recorded", "–"]
    assert cells(rows, Order(0, falling=True)) == ["b", "a", "? not recorded", "–"]


@given(st.lists(st.text(max_size=8), max_size=12), st.booleans())
def test_no_row_is_lost_and_rows_that_are_alike_keep_their_order(texts: list[str], falling: bool) -> None:
    items = [Item(str(number), "", (text,)) for number, text in enumerate(texts)]
    found = ordered(items, Order(0, falling))
    assert sorted(item.subject for item in found) == sorted(item.subject for item in items)
    for text in texts:
        alike = [int(item.subject) for item in found if item.cells[0] == text]
        assert alike == sorted(alike)


def test_one_key_goes_through_every_order_and_comes_back() -> None:
    order, seen = Order(), []
    for _ in range(5):
        order = order.next(2)
        seen.append((order.column, order.falling))
    assert seen == [(0, False), (0, True), (1, False), (1, True), (-1, False)]
    assert Order().words(("Name",)) == ""
    assert Order(0, falling=True).words(("Name",)) == "by Name, falling ▼"
    assert Order(0).headings(("Name", "Age")) == ("Name ▲", "Age")


def test_an_exported_list_holds_its_rows_and_no_formula(tmp_path: Path) -> None:
    items = [Item("party/x", "✖", ("=1+1", "Ünï"))]
    path = tmp_path / "out.csv"
    export_rows(path, ("Name", "Where"), items)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["State", "Name", "Where"], ["wrong", "'=1+1", "Ünï"]]
    assert rows_as_csv(("Name", "Where"), items).startswith("State,Name,Where\n")
