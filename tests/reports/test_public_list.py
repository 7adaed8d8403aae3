"""The files of the public list: whatever a name holds, each says what it is meant to, and nothing more happens."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import uuid
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ropa.reports.atom_feed import ATOM, atom_feed
from ropa.reports.csv_text import csv_cell, csv_text
from ropa.reports.public_data import COLUMNS, csv_list, json_list
from ropa.reports.public_list import (
    Country,
    PublicChange,
    PublicList,
    PublicSubprocessor,
    Publisher,
    markdown,
    page,
    web_address,
)
from ropa.reports.text import visible
from tests.reports.test_text import HOSTILE

FORMULAS = ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "=cmd|' /C calc'!A0"]
DOCS = Path(__file__).parents[2] / "docs" / "subprocessors-json.md"

texts = st.one_of(
    st.sampled_from([*HOSTILE, *FORMULAS, "javascript:alert(1)"]), st.text(min_size=1, max_size=40)
).filter(lambda text: bool(visible(text).strip()))


def public(text: str = "plain", *, invented: bool = False) -> PublicList:
    """A list with every part, in which every text is this one."""
    day = dt.date(2026, 11, 4)
    place = (Country("DE", text), Country("US", text, "access"))
    one = PublicSubprocessor(
        key="one", name=text, legal_name=text, address=text, website=text, services=(text, text), data=(text,),
        countries=place, safeguards=(text,), engaged_by=(text,), since=day, invented=invented,
    )  # fmt: skip
    bare = PublicSubprocessor(
        key="two", name=text, legal_name=None, address=None, website=None, services=(), data=(), countries=(),
        safeguards=None, engaged_by=(), since=None, invented=False,
    )  # fmt: skip
    change = PublicChange(
        key="soon", state="upcoming", kind="replace", title=text, party=text, legal_name=text, address=text,
        replaces=text, engaged_by=text, service=text, data=(text,), countries=place, safeguard=text, announced=day,
        decided=day, day=dt.date(2027, 1, 1), withdrawn=None, overdue=False, invented=invented,
    )  # fmt: skip
    undated = PublicChange(
        key="past", state="effective", kind="remove", title=text, party=text, legal_name=None, address=None,
        replaces=None, engaged_by=None, service=None, data=(), countries=(), safeguard=None, announced=None,
        decided=None, day=None, withdrawn=None, overdue=False, invented=False,
    )  # fmt: skip
    owner = Publisher("acme", text, text, text, text, (("E-mail", text), ("Contact", text)), invented)
    return PublicList(owner, (text,), (one, bare), (change,), (undated,), day)


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def every(self, name: str) -> list[str]:
        return [str(attributes[name]) for _, attributes in self.tags if name in attributes]


# -- the page --------------------------------------------------------------------------------------------------------


@given(texts)
def test_no_name_changes_the_structure_of_the_page(text: str) -> None:
    def shape(value: str) -> list[str]:
        return [tag for tag, _ in _Page(page(public(value))).tags]

    assert shape(text) == shape("plain")


def test_only_web_addresses_become_links_and_they_tell_nobody_where_one_came_from() -> None:
    found = _Page(page(public("https://vendor.example/privacy?a=1#b")))
    outward = [
        attributes for tag, attributes in found.tags if tag == "a" and str(attributes["href"]).startswith("http")
    ]
    assert len(outward) == 2
    assert all(each["rel"] == "noreferrer" for each in outward)
    for text in HOSTILE:
        for address in _Page(page(public(text))).every("href"):
            assert re.match(r"#|index\.html|subprocessors\.|feed\.xml", address), address


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)", "JaVaScript:alert(1)", "data:text/html,x", "www.vendor.example", "//vendor.example",
        "https://user@evil.example", "https://bank.example@evil.example", "https:///path", "https://[",
        "https:// a.example",
        'https://a.example/"onclick', "https://a.example/<b>", "https://a.example/\u202e", "ftp://a.example", "https://",
        "mailto:a@b.example", "",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_stays_text(text: str) -> None:
    assert web_address(text) == ""


def test_nothing_on_the_page_is_loaded_from_anywhere() -> None:
    found = _Page(page(public()))
    assert {tag for tag, _ in found.tags}.isdisjoint({"script", "img", "iframe", "object", "embed", "form", "base"})
    assert not found.every("src")
    (policy,) = (each for _, each in found.tags if each.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert "url(" not in page(public())
    assert "@import" not in page(public())


def test_each_entry_can_be_linked_to_and_no_two_share_an_anchor() -> None:
    anchors = _Page(page(public())).every("id")
    assert {"subprocessor-one", "subprocessor-two", "change-soon", "change-past"} <= set(anchors)
    assert len(anchors) == len(set(anchors))


def test_headings_follow_each_other_and_tables_say_what_their_cells_are() -> None:
    found = _Page(page(public())).tags
    levels = [int(tag[1]) for tag, _ in found if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    tables = [tag for tag, _ in found if tag == "table"]
    assert [tag for tag, _ in found if tag == "caption"] == ["caption"] * len(tables)
    assert all(each.get("scope") in ("col", "row") for tag, each in found if tag == "th")


# -- Markdown --------------------------------------------------------------------------------------------------------


@given(texts)
def test_markdown_has_a_row_for_each_entry_whatever_it_holds(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown(public(text)))
    rows = [token.type for token in tokens if token.type in ("table_open", "tr_open")]
    assert rows == ["table_open", "tr_open", "tr_open", "tr_open", *["table_open", "tr_open", "tr_open"] * 2]
    assert [token.content for token in tokens if token.type == "html_block"] == ["<!-- ropa publish -->\n"]


# -- CSV -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    assert csv_cell(text).startswith("'")


@given(texts)
def test_the_csv_reads_back_with_every_cell_in_its_column(text: str) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_list(public(text)))))
    assert [row["key"] for row in rows] == ["one", "two"]
    assert all(set(row) == set(COLUMNS) for row in rows)
    assert rows[0]["name"] == csv_cell(text)
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=3), max_size=4))
def test_csv_keeps_rows_and_cells_apart_whatever_they_hold(rows: list[list[str]]) -> None:
    assert list(csv.reader(io.StringIO(csv_text(rows)))) == [[csv_cell(cell) for cell in row] for row in rows]


def test_the_csv_says_where_a_safeguard_is_not_needed_and_where_it_is_not_stated() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_list(public("plain", invented=True)))))
    assert [row["safeguard"] for row in rows] == ["plain", "none needed"]
    assert [row["invented"] for row in rows] == ["Invented sample data", ""]


# -- JSON ------------------------------------------------------------------------------------------------------------


def test_the_json_has_the_shape_that_is_documented() -> None:
    example = json.loads(DOCS.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0])

    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: shape(each) for name, each in value.items()}
        return [shape(value[0])] if isinstance(value, list) and value else type(value) if value == [] else None

    found = json.loads(json_list(public()))
    assert list(found) == list(example)
    for part in ("publisher", "subprocessors", "upcoming"):
        documented, written = example[part], found[part]
        if part != "publisher":
            documented, written = documented[0], written[0]
        assert list(written) == list(documented)
        assert shape(written).keys() == shape(documented).keys()
    assert found["subprocessors"][0]["countries"][0].keys() == example["subprocessors"][0]["countries"][0].keys()
    assert found["subprocessors"][1]["safeguards"] is None


@given(texts)
def test_the_json_holds_the_very_text_and_cannot_steer_a_terminal(text: str) -> None:
    written = json_list(public(text))
    assert json.loads(written)["subprocessors"][0]["name"] == text
    assert written.isascii()
    assert "\x1b" not in written


# -- the feed --------------------------------------------------------------------------------------------------------


def feed(found: PublicList) -> ET.Element:
    return ET.fromstring(atom_feed(found))  # noqa: S314  our own feed


def name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def said(element: ET.Element, tag: str) -> str:
    (found,) = element.findall(name(tag))
    assert found.text
    return found.text


@given(texts)
def test_the_feed_is_xml_with_all_that_a_feed_must_have(text: str) -> None:
    root = feed(public(text))
    assert root.tag == name("feed")
    entries = root.findall(name("entry"))
    assert len(entries) == 2
    for each in (root, *entries):
        assert said(each, "id") == uuid.UUID(said(each, "id").removeprefix("urn:uuid:")).urn
        assert said(each, "title")
        assert dt.datetime.fromisoformat(said(each, "updated")).tzinfo is not None
    assert root.find(f"{name('author')}/{name('name')}") is not None
    assert [link.get("rel") for link in root.findall(name("link"))] == ["self", "alternate"]
    for entry in entries:
        (content,) = entry.findall(name("content"))
        assert content.get("type") == "text"
        assert content.text
        assert len(list(content)) == 0
    assert len({said(each, "id") for each in (root, *entries)}) == 3
    assert said(root, "title") == visible(f"Subprocessor changes: {text}")


def test_an_entry_keeps_its_id_when_everything_but_its_key_changes() -> None:
    def ids(found: PublicList) -> list[str]:
        return [said(each, "id") for each in feed(found).findall(name("entry"))]

    assert ids(public("before")) == ids(public("after", invented=True))
    assert ids(public()) == [
        "urn:uuid:2e483543-df81-5f33-8ae9-fcb223dc8f5f",
        "urn:uuid:7f439e98-79ef-585c-8d93-6a084911b27a",
    ]


def test_dates_of_the_feed_come_from_the_records_and_what_has_none_says_so() -> None:
    soon, past = feed(public()).findall(name("entry"))
    assert said(soon, "updated") == said(soon, "published") == "2026-11-04T00:00:00Z"
    assert said(past, "updated") == "1970-01-01T00:00:00Z"
    assert past.find(name("published")) is None
    assert "Announced: not stated." in said(past, "content")
    assert said(soon, "content").startswith("Planned for 1 January 2027. Announced: 4 November 2026.")


def test_entries_of_the_feed_lead_to_their_place_on_the_page() -> None:
    anchors = set(_Page(page(public())).every("id"))
    for entry in feed(public()).findall(name("entry")):
        (link,) = entry.findall(name("link"))
        file, _, anchor = str(link.get("href")).partition("#")
        assert (file, anchor in anchors) == ("index.html", True)
