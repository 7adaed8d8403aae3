"""Connections to the one SQLite file: how it is opened, and how transactions begin."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

BUSY_SECONDS = 10


def make_engine(path: Path) -> Engine:
    """An engine on the file, with foreign keys on and transactions begun by `reading` and `writing` alone."""
    # Not as text: a `?` or `%` in a file's name would be read as part of an address.
    where = URL.create("sqlite", database=str(path.absolute()))
    engine = create_engine(where, poolclass=NullPool, connect_args={"isolation_level": None, "timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Deferred BEGIN loses a writer at once when another holds the file; IMMEDIATE waits its turn.
        mode = "IMMEDIATE" if connection.get_execution_options().get("ropa_writes") else ""
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def keep_log(engine: Engine) -> None:
    """Let readers and a writer work side by side (WAL). It is noted in the file itself: only for a file of ours."""
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() != "wal":
            connection.rollback()
            # Another process may be at it, or at work, or the file read-only: then the next opening does it.
            with suppress(sqlite3.OperationalError):
                set_pragma(connection, "journal_mode = WAL")


def set_pragma(connection: Connection, setting: str) -> None:
    """Change a setting that SQLite leaves as it is, in silence, once a transaction has begun.

    Going past SQLAlchemy is the point: whatever goes through it begins one.
    """
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 the connection is open
    assert not driver.in_transaction, setting  # noqa: S101 the setting would be ignored
    driver.execute(f"PRAGMA {setting}")


def create_private(path: Path) -> None:
    """Make an empty file that only its owner can read; SQLite gives its side files the same mode.

    Raises FileExistsError if it is there already, OSError if it cannot be made.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    os.close(descriptor)


def copy_database(source: Path, target: Path) -> None:
    """Copy what a database holds at this moment into an empty file, also while others write to it."""
    with closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the file."""
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that holds the file's only write lock; rolled back as a whole on any error."""
    with engine.connect().execution_options(ropa_writes=True) as connection, connection.begin():
        yield connection
