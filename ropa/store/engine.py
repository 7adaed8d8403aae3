"""Connections to the one SQLite file: how it is opened, and how transactions begin."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

BUSY_SECONDS = 10


def make_engine(path: Path) -> Engine:
    """An engine on the file, with foreign keys on and transactions begun by `reading` and `writing` alone."""
    engine = create_engine(
        f"sqlite:///{path}", poolclass=NullPool, connect_args={"isolation_level": None, "timeout": BUSY_SECONDS}
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Deferred BEGIN loses a writer at once when another holds the file; IMMEDIATE waits its turn.
        mode = "IMMEDIATE" if connection.get_execution_options().get("ropa_writes") else ""
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def create_private(path: Path) -> None:
    """Make an empty file that only its owner can read; SQLite gives its side files the same mode.

    Raises FileExistsError if it is there already, OSError if it cannot be made.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    os.close(descriptor)


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
