"""A file that is written is whole, or is as it was before."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from ropa.records.errors import StoreError
from ropa.services.writing import write_bytes, write_text


def test_text_is_utf_8_with_plain_line_ends(tmp_path: Path) -> None:
    write_text(tmp_path / "a.md", "é\n→\n")
    assert (tmp_path / "a.md").read_bytes() == b"\xc3\xa9\n\xe2\x86\x92\n"


def test_a_file_is_replaced_at_one_stroke(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("before", encoding="utf-8")
    reader = path.open(encoding="utf-8")
    write_text(path, "after")
    with reader:
        assert reader.read() == "before"
    assert path.read_text(encoding="utf-8") == "after"
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_a_file_that_holds_the_same_already_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write_text(path, "same")
    os.utime(path, (1, 1))
    write_text(path, "same")
    assert path.stat().st_mtime == 1


def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    earlier = os.umask(0o027)
    try:
        write_text(tmp_path / "a.md", "x")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(earlier)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


def test_a_write_that_fails_leaves_the_earlier_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    write_text(path, "before")

    def full(_source: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StoreError, match="No space left on device") as caught:
        write_bytes(path, b"after")
    assert str(path) in str(caught.value)
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.parametrize("name", ["missing/a.md", ""])
def test_where_no_file_can_be_the_error_names_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match=str(tmp_path)):
        write_text(tmp_path / name, "x")
    assert list(tmp_path.iterdir()) == []
