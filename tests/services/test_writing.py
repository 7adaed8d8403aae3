"""A file that is written is whole, or is as it was before."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ropa.records.errors import StoreError
from ropa.services.writing import write_bytes, write_text
from tests.store.databases import filled


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


@pytest.mark.parametrize("name", ["ropa.db", "ropa.db-wal", "ropa.db-shm", "ropa.db-journal"])
@pytest.mark.parametrize("way", ["plain", "link", "folder", "hard link"])
def test_a_database_and_what_lies_beside_it_are_never_written_over(tmp_path: Path, name: str, way: str) -> None:
    filled(tmp_path / "ropa.db")
    (tmp_path / "sub").mkdir()
    (tmp_path / "link").symlink_to(name)
    target = {"plain": name, "link": "link", "folder": f"sub/../{name}", "hard link": "hard"}[way]
    if way == "hard link":
        if name != "ropa.db":
            return
        (tmp_path / "hard").hardlink_to(tmp_path / name)
    before = (tmp_path / "ropa.db").read_bytes()
    with pytest.raises(StoreError, match="database"):
        write_text(tmp_path / target, "format: 1")
    assert (tmp_path / "ropa.db").read_bytes() == before
    assert name == "ropa.db" or not (tmp_path / name).exists()


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    for name, earlier in (("there.md", "before"), ("new.md", None)):
        if earlier:
            (tmp_path / "real" / name).write_text(earlier, encoding="utf-8")
        (tmp_path / name).symlink_to(Path("real") / name)
        write_text(tmp_path / name, "after")
        assert (tmp_path / name).is_symlink()
        assert (tmp_path / "real" / name).read_text(encoding="utf-8") == "after"
    assert sorted(each.name for each in (tmp_path / "real").iterdir()) == ["new.md", "there.md"]


def test_a_ring_of_links_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(StoreError, match="symbolic links"):
        write_text(tmp_path / "a", "x")
    assert (tmp_path / "a").is_symlink()


def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_text(pipe, "whole")
        assert os.read(reader, 100) == b"whole"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_our_own_output_is_added_to_and_not_replaced(tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("before\n", encoding="utf-8")
    code = (
        "from pathlib import Path; from ropa.services.writing import write_text; "
        "print('said'); write_text(Path('/dev/stdout'), 'written\\n'); write_text(Path('/dev/null'), 'x')"
    )
    with listed.open("a", encoding="utf-8") as out:
        subprocess.run([sys.executable, "-c", code], stdout=out, check=True)
    assert listed.read_text(encoding="utf-8") == "before\nsaid\nwritten\n"
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_file_that_is_written_again_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch(0o600)
    (tmp_path / "a.md").chmod(0o600)
    write_text(tmp_path / "a.md", "x")
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o600


def test_a_name_may_be_as_long_as_names_may_be(tmp_path: Path) -> None:
    write_text(tmp_path / ("a" * 252 + ".md"), "x")
    assert [len(each.name) for each in tmp_path.iterdir()] == [255]
