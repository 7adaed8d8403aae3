"""Opening a file: ours is brought up to date, and what is not ours is left exactly as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ropa.records.errors import NotFoundError, RopaError, StoreError
from ropa.store.engine import writing
from ropa.store.migrate import HEAD
from ropa.store.store import Store
from tests.store.databases import AT, by_hand, everything, filled

NOBODY = 65534


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refused(path: Path, match: str, *, create: bool = True) -> None:
    """Opening fails with a message that names the file, which stays as it was to the last byte."""
    before = path.read_bytes()
    with pytest.raises(StoreError, match=match) as caught:
        Store.open(path, create=create)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [b"format: 1\norganisation: {}\n", b"\0" * 5000, bytes(range(256)) * 40, b"SQLite forma"],
    ids=["text", "zeros", "bytes", "half a header"],
)
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.db").write_bytes(content)
    refused(tmp_path / "x.db", "not a ropa database")


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with by_hand(tmp_path / "x.db") as connection:
        connection.execute("CREATE TABLE party (name TEXT)")
        connection.execute("INSERT INTO party VALUES ('birthday')")
    refused(tmp_path / "x.db", "a database of another program")
    assert [each.name for each in tmp_path.iterdir()] == ["x.db"]


def test_another_program_that_uses_alembic_too_is_left_alone(tmp_path: Path) -> None:
    with by_hand(tmp_path / "x.db") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", [HEAD])
    refused(tmp_path / "x.db", "a database of another program")


def test_a_database_that_a_newer_version_wrote_is_left_alone(tmp_path: Path) -> None:
    filled(tmp_path / "x.db")
    with by_hand(tmp_path / "x.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    refused(tmp_path / "x.db", rf"newer version of ropa \(schema 9999\); this one knows up to {HEAD}")


@pytest.mark.parametrize("statement", ["DELETE FROM alembic_version", "INSERT INTO alembic_version VALUES ('0001')"])
def test_a_database_that_does_not_say_its_schema_is_left_alone(tmp_path: Path, statement: str) -> None:
    filled(tmp_path / "x.db")
    with by_hand(tmp_path / "x.db") as connection:
        connection.execute(statement)
    refused(tmp_path / "x.db", "which schema")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="it is a folder"):
        Store.open(tmp_path, create=True)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file or directory") as caught:
        Store.open(tmp_path / "missing" / "x.db", create=True)
    assert str(tmp_path / "missing" / "x.db") in str(caught.value)


def test_looking_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="ropa load FILE"):
        Store.open(tmp_path / "x.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["what?.db", "50%.db", "a b#c.db", "ümlaut.db", "%41.db", "file:x.db", ":memory:"])
def test_a_name_with_signs_in_it_is_the_name_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    filled(Path(name))
    assert list(Store.open(Path(name)).organisations()) == ["acme"]
    Store.open(Path("new " + name), create=True)
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([name, "new " + name])


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_only_the_owner_can_read_the_file_and_those_beside_it(tmp_path: Path, mask: int) -> None:
    path = tmp_path / "ropa.db"
    earlier = os.umask(mask)
    try:
        store = Store.open(path, create=True)
        with writing(store._engine) as connection:  # noqa: SLF001 the side files are there during a write alone
            connection.exec_driver_sql("INSERT INTO writer VALUES (1, 1, '', '', '')")
            with store._reading():  # noqa: SLF001
                files = {each.name: mode(each) for each in tmp_path.iterdir()}
    finally:
        os.umask(earlier)
    assert files == {"ropa.db": 0o600, "ropa.db-wal": 0o600, "ropa.db-shm": 0o600}


def test_an_empty_file_that_becomes_a_database_becomes_private(tmp_path: Path) -> None:
    path = tmp_path / "ropa.db"
    path.touch(0o644)
    assert Store.open(path, create=True).organisations() == {}
    assert mode(path) == 0o600


def test_a_second_opening_changes_nothing(tmp_path: Path) -> None:
    filled(tmp_path / "ropa.db")
    before = (tmp_path / "ropa.db").read_bytes()
    Store.open(tmp_path / "ropa.db", create=True)
    assert (tmp_path / "ropa.db").read_bytes() == before


def test_readers_and_a_writer_do_not_wait_for_each_other(tmp_path: Path) -> None:
    store = filled(tmp_path / "ropa.db")
    with writing(store._engine) as connection:  # noqa: SLF001 a transaction that stays open
        connection.exec_driver_sql("UPDATE party SET name = 'Not yet' WHERE key = 'mailer'")
        assert store.snapshot("acme").register.parties["mailer"].name == "Mailer"


def test_references_that_another_program_broke_are_told_and_not_guessed(tmp_path: Path) -> None:
    filled(tmp_path / "ropa.db")
    with by_hand(tmp_path / "ropa.db", foreign_keys=False) as connection:
        connection.execute("DELETE FROM party WHERE key = 'northgate'")
    refused(tmp_path / "ropa.db", "references do not hold")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE party SET dpf_checked = 'last week'",
        "UPDATE party SET aliases = '5'",
        'UPDATE agreement SET notice = \'{"period": "soon"}\'',
        'UPDATE organisation SET contact = \'{"fax": "1"}\'',
    ],
)
def test_a_value_that_no_field_can_hold_is_told_and_not_shown(tmp_path: Path, statement: str) -> None:
    store = filled(tmp_path / "ropa.db")
    with by_hand(tmp_path / "ropa.db") as connection:
        connection.execute(statement)
    with pytest.raises(StoreError, match="cannot be read") as caught:
        store.snapshot("acme")
    assert str(tmp_path / "ropa.db") in str(caught.value)


def test_a_damaged_file_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "ropa.db"
    store = filled(path)
    content = bytearray(path.read_bytes())
    content[8192:] = b"\x55" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=str(path)):
        store.snapshot("acme")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user can enter, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def as_nobody() -> Iterator[None]:
    """For root, who may write everywhere: act as a user who may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("file_mode", [0o444, 0o000])
def test_a_database_that_may_not_be_written_is_not_written(
    open_folder: Path, file_mode: int, request: pytest.FixtureRequest
) -> None:
    path = open_folder / "ropa.db"
    filled(path)
    before = everything(path)
    path.chmod(file_mode)
    request.getfixturevalue("as_nobody")
    with pytest.raises(RopaError) as caught:
        Store.open(path, create=True).apply("acme", [], who="bob", why="", at=AT)
    assert str(path) in str(caught.value)
    if file_mode:
        assert "you may only read it" in str(caught.value)
        assert "copy it to a folder of yours" in str(caught.value)
    if os.getuid() == 0:
        os.seteuid(0)
    path.chmod(0o600)
    assert everything(path) == before


def test_a_database_in_use_for_long_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ropa.store.engine.BUSY_SECONDS", 0)
    filled(tmp_path / "ropa.db")
    store = Store.open(tmp_path / "ropa.db")
    other = sqlite3.connect(tmp_path / "ropa.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreError, match="in use by another program; try again"):
            store.apply("acme", [], who="bob", why="", at=AT)
    finally:
        other.close()


def test_opening_a_database_that_is_up_to_date_does_not_load_alembic(tmp_path: Path) -> None:
    filled(tmp_path / "ropa.db")
    code = (
        "import sys; from pathlib import Path; from ropa.store.store import Store; "
        f"assert Store.open(Path({str(tmp_path / 'ropa.db')!r})).organisations(); "
        "print([name for name in sys.modules if name.split('.')[0] in ('alembic', 'mako')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_no_file_is_no_database_and_keeps_its_mode(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o644)
    before = mode(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path(os.devnull)):
        with pytest.raises(StoreError, match="no file"):
            Store.open(path, create=True)
    assert mode(tmp_path / "pipe") == before
    assert mode(Path(os.devnull)) & 0o066 == 0o066
