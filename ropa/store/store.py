"""The store: one SQLite file, opened, read as snapshots and written in signed transactions."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from ropa.records.errors import InputError, NotFoundError, Problem, StoreError
from ropa.store import history, migrate, reader
from ropa.store.engine import create_private, make_engine, reading, writing
from ropa.store.history import Entry
from ropa.store.reader import Snapshot
from ropa.store.writer import Put, Remove, write


class Store:
    """One database of registers. Threads may share it: each call has a connection of its own."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Store:
        """Open a database and bring its schema up to date; with `create`, make it where there is none.

        Raises NotFoundError if there is none, StoreError if the file is no database of ours, is newer than
        this program, or cannot be opened.
        """
        try:
            if not path.exists():
                if not create:
                    raise NotFoundError(f"{path}: there is no such database; `ropa load FILE` makes one")
                create_private(path)
            engine = make_engine(path)
            with reading(engine) as connection:
                revision = migrate.revision(connection)
            if revision != migrate.HEAD:
                migrate.upgrade(engine)
        except StoreError as error:
            raise StoreError(f"{path}: {error}") from error
        except (DatabaseError, sqlite3.Error) as error:
            raise StoreError(f"{path}: {_plain(error)}") from error
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror or error}") from error
        return cls(path, engine)

    def organisations(self) -> dict[str, str]:
        """Names of the organisations, by key."""
        with reading(self._engine) as connection:
            return reader.organisations(connection)

    def snapshot(self, organisation: str) -> Snapshot:
        """The register of an organisation as it is now. Raises NotFoundError, naming those that are there."""
        with reading(self._engine) as connection:
            found = reader.snapshot(connection, organisation)
            if found is None:
                known = ", ".join(reader.organisations(connection)) or "none yet"
                raise NotFoundError(f"there is no organisation {organisation!r} in {self.path}; there is: {known}")
            return found

    def find(self, organisation: str) -> Snapshot | None:
        """The register of an organisation, or None."""
        with reading(self._engine) as connection:
            return reader.snapshot(connection, organisation)

    def history(self, organisation: str, kind: str = "", key: str = "", limit: int = 200) -> list[Entry]:
        """The newest history entries, newest first."""
        with reading(self._engine) as connection:
            return history.entries(connection, organisation, kind, key, limit)

    def apply(self, organisation: str, writes: Iterable[Put | Remove], *, who: str, why: str, at: dt.datetime) -> int:
        """Write to one register; see `apply_all`."""
        return self.apply_all({organisation: writes}, who=who, why=why, at=at)

    def apply_all(self, writes: Mapping[str, Iterable[Put | Remove]], *, who: str, why: str, at: dt.datetime) -> int:
        """Write to the registers of several organisations, everything or nothing, in one transaction with its history.

        Returns the number of the history's batch.

        Raises StaleRecordError if a record changed meanwhile, InputError if a reference would point nowhere, and
        StoreError if the file cannot be written; then nothing has changed.
        """
        try:
            with writing(self._engine) as connection, history.signed(connection, who, why, at) as batch:
                for organisation, each in writes.items():
                    write(connection, organisation, each)
            return batch
        except IntegrityError as error:
            raise InputError([Problem(f"the database refuses it: {_refusal(error)}")]) from error
        except OperationalError as error:
            raise StoreError(f"{self.path}: {_plain(error)}") from error


def _plain(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    words = str(cause)
    if "file is not a database" in words:
        return "it is not a ropa database"
    if "locked" in words:
        return "it is in use by another program; try again in a moment"
    return words


def _refusal(error: IntegrityError) -> str:
    words = str(error.orig)
    if "FOREIGN KEY" in words:
        return "a record would refer to one that is not there"
    return words
