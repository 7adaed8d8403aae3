"""Whatever a register holds comes out of a PDF as the words that they are, and every reader can read them."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from ropa.records.errors import StoreError
from ropa.reports.pdf import pdf
from ropa.reports.text import visible


def sheet(text: str, rows: int = 1) -> dict[str, object]:
    """The values of a change sheet that says the text everywhere."""
    row = {"label": text, "values": [text], "complete": True}
    return {
        "title": text,
        "kicker": text,
        "subtitle": text,
        "foot": "Foot",
        "remarks": [{"mark": "✖", "text": text}],
        "sections": [{"title": text, "texts": [text], "rows": [row] * rows}],
    }


def read(made: bytes) -> str:
    """The text of every page, without the spaces, which lines break at."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made)).pages)


@pytest.mark.parametrize(
    "text",
    [
        "#panic()",
        "*a* _b_ `c` $x$ @ref <label>",
        "] [ ) ( } { \\u{41} \\",
        "// no comment /* nor this */ -- --- ~",
        '"; #import "/etc/passwd" #image("x.png") #eval("1")',
        "= No heading",
        "it's “quoted” 'thus'",
        "{{ 7 * 7 }} {% include 'x' %}",
    ],
)
def test_no_text_is_read_as_markup(text: str) -> None:
    assert "".join(text.split()) in read(pdf("change_sheet", sheet(text)))


def test_marks_that_would_reorder_or_hide_text_are_shown() -> None:
    assert "Evil⟨U+202E⟩dtL⟨U+0007⟩" in read(pdf("change_sheet", sheet("Evil\u202edtL\u0007")))


@pytest.mark.parametrize("name", ["日本電気株式会社", "نص عربي", "Kraków 🎉👍🏽", "ไทย", "e\u0301\u0483", "\ue000"])
def test_a_name_in_any_script_is_drawn_or_written_by_number_and_never_lost(name: str) -> None:
    made = pdf("change_sheet", sheet(name))
    metadata = PdfReader(io.BytesIO(made)).metadata
    assert metadata is not None
    title = str(metadata.title)
    for sign in visible(name):
        assert sign in title or f"⟨U+{ord(sign):04X}⟩" in title


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=30).filter(str.strip))
def test_no_text_at_all_stops_a_document(text: str) -> None:
    assert pdf("change_sheet", sheet(text)).startswith(b"%PDF-")


def test_a_document_is_tagged_titled_dated_by_nothing_and_the_same_each_time() -> None:
    made = pdf("change_sheet", sheet("A change", rows=80))
    reader = PdfReader(io.BytesIO(made))
    root = reader.root_object
    assert str(root["/Lang"]) == "en-GB"
    assert "/MarkInfo" in root
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in made
    assert reader.metadata is not None
    assert reader.metadata.title == "A change"
    assert reader.metadata.creation_date is None
    assert made == pdf("change_sheet", sheet("A change", rows=80))


def test_a_long_table_says_what_its_columns_are_on_each_page_and_every_page_is_numbered() -> None:
    pages = PdfReader(io.BytesIO(pdf("change_sheet", sheet("Row", rows=90)))).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert "Details" in text
        assert f"Page {number} of {len(pages)}" in text


def test_nothing_recorded_is_not_printed_as_nothing() -> None:
    with pytest.raises(ValueError, match="not recorded"):
        pdf("change_sheet", {**sheet("x"), "foot": None})


def test_where_typst_is_missing_the_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(StoreError, match=r'pip install "ropa\[pdf\]"'):
        pdf("change_sheet", sheet("x"))


def test_the_signs_of_the_product_are_drawn() -> None:
    assert "✖!?✓⟨⟩" in read(pdf("change_sheet", sheet("✖ ! ? ✓ ⟨⟩")))
