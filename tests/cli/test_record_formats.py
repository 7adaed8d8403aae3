"""`ropa report article-30` writes what the file's name asks for, and says what the layout leaves out."""

from __future__ import annotations

import pytest

from tests.cli.desk import Desk
from tests.registers import COMPLETE, HEAD

BEGINS = {"xlsx": b"PK", "ods": b"PK", "pdf": b"%PDF", "json": b"{", "csv": b"\xef\xbb\xbf", "md": b"#", "html": b"<!"}


@pytest.fixture
def loaded(desk: Desk) -> Desk:
    path = desk.folder / "acme.yaml"
    path.write_text(HEAD + COMPLETE.replace("security:", "risk: high\n    security:"), encoding="utf-8")
    assert desk.ropa("load", str(path)).code == 0
    return desk


@pytest.mark.parametrize("suffix", BEGINS)
def test_the_suffix_chooses_the_format(loaded: Desk, suffix: str) -> None:
    path = loaded.folder / f"record.{suffix}"
    said = loaded.ropa("report", "article-30", "acme", "--role", "controller", "-o", str(path))
    assert (said.code, said.err) == (0, "")
    assert path.read_bytes().startswith(BEGINS[suffix])


def test_what_the_layout_has_no_column_for_ends_the_output(loaded: Desk) -> None:
    path = loaded.folder / "record.xlsx"
    said = loaded.ropa("report", "article-30", "acme", "--layout", "ico", "-o", str(path))
    assert "Recorded, and without a column in this layout:" in said.out
    assert "– Risk: Newsletter" in said.out


def test_a_suffix_or_a_role_that_there_is_not_is_refused(loaded: Desk) -> None:
    words = loaded.refused("report", "article-30", "acme", "-o", str(loaded.folder / "record.docx"))
    assert ".csv, .xlsx, .ods, .pdf, .json" in " ".join(words.split())
    loaded.refused("report", "article-30", "acme", "--role", "owner", "-o", str(loaded.folder / "a.md"))
