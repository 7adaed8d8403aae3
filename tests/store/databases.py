"""Databases for tests, made as a user makes them, and reached past the program as anybody can."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ropa.exchange.register_file import read_register
from ropa.records.kinds import KINDS
from ropa.records.values import Fields
from ropa.store.store import Store
from ropa.store.writer import Put
from tests.records.every_kind import EVERY_KIND

AT = dt.datetime(2026, 11, 21, 9, 12, tzinfo=dt.UTC)
FIRST_LOAD = "first load"
SECOND = EVERY_KIND.replace("key: acme", "key: other")


def filled(path: Path, *texts: str) -> Store:
    """A new database with the registers of these files, or of the one that holds every kind."""
    path.touch(0o600)
    path.write_bytes(_content(texts or (EVERY_KIND,)))
    return Store.open(path)


@cache
def _content(texts: tuple[str, ...]) -> bytes:
    """The database file, made once for all tests of a run."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ropa.db"
        _fill(Store.open(path, create=True), texts)
        return path.read_bytes()


def _fill(store: Store, texts: tuple[str, ...]) -> None:
    for text in texts:
        register = read_register(text, "test.yaml")
        puts = [Put(kind, record) for kind in KINDS for record in register.of_kind(kind).values()]
        store.apply(register.organisation.key, puts, who="ada", why=FIRST_LOAD, at=AT)


def renamed(store: Store, kind: str, key: str, name: str, organisation: str = "acme") -> Put:
    """The write that gives a record as it is now another name."""
    found = store.snapshot(organisation)
    return Put(kind, changed(found.register.of_kind(kind)[key], name=name), found.versions[kind, key])


def changed(record: Fields, **values: Any) -> Fields:
    """The record with other values in some fields, validated."""
    return type(record).model_validate({**record.model_dump(), **values})


@contextmanager
def by_hand(path: Path, *, foreign_keys: bool = True) -> Iterator[sqlite3.Connection]:
    """The database as another program opens it; what it does is committed at the end."""
    connection = sqlite3.connect(path)
    try:
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        yield connection
        connection.commit()
    finally:
        connection.close()


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with by_hand(path) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in sorted(tables)}  # noqa: S608
