"""The store: one SQLite file, opened, read as snapshots and written in signed transactions."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, IntegrityError

from ropa.records.errors import InputError, NotFoundError, Problem, StoreError
from ropa.store import history, migrate, reader
from ropa.store.engine import create_private, keep_log, make_engine, reading, writing
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
        with _told(path):
            if path.is_dir():
                raise StoreError("it is a folder, not a database")
            if not path.exists():
                if not create:
                    raise NotFoundError(f"{path}: there is no such database; `ropa load FILE` makes one")
                with suppress(FileExistsError):  # another process was a moment faster
                    create_private(path)
            engine = make_engine(path)
            with reading(engine) as connection:
                revision = migrate.revision(connection)
                migrate.check_references(connection)
            if revision is None:
                path.chmod(0o600)
            if revision != migrate.HEAD:
                migrate.upgrade(engine)
            keep_log(engine)
        return cls(path, engine)

    def organisations(self) -> dict[str, str]:
        """Names of the organisations, by key."""
        with self._reading() as connection:
            return reader.organisations(connection)

    def snapshot(self, organisation: str) -> Snapshot:
        """The register of an organisation as it is now. Raises NotFoundError, naming those that are there."""
        with self._reading() as connection:
            found = reader.snapshot(connection, organisation)
            if found is None:
                known = ", ".join(reader.organisations(connection)) or "none yet"
                raise NotFoundError(f"there is no organisation {organisation!r} in {self.path}; there is: {known}")
            return found

    def find(self, organisation: str) -> Snapshot | None:
        """The register of an organisation, or None."""
        with self._reading() as connection:
            return reader.snapshot(connection, organisation)

    def history(self, organisation: str, kind: str = "", key: str = "", limit: int = 200) -> list[Entry]:
        """The newest history entries, newest first."""
        with self._reading() as connection:
            return history.entries(connection, organisation, kind, key, limit)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _told(self.path), reading(self._engine) as connection:
            yield connection

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
            with (
                _told(self.path),
                writing(self._engine) as connection,
                history.signed(connection, who, why, at) as batch,
            ):
                for organisation, each in writes.items():
                    write(connection, organisation, each)
            return batch
        except IntegrityError as error:
            raise InputError([Problem(f"the database refuses it: {_refusal(error)}")]) from error


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What goes wrong with the file, as a StoreError that names it."""
    try:
        yield
    except StoreError as error:
        raise StoreError(f"{path}: {error}") from error
    except IntegrityError:
        raise
    except (DatabaseError, sqlite3.Error) as error:
        raise StoreError(f"{path}: {_plain(error)}") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error


def _plain(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    words = str(cause)
    if "file is not a database" in words:
        return "it is not a ropa database"
    if "locked" in words:
        return "it is in use by another program; try again in a moment"
    if "unable to open" in words:
        return "it cannot be opened; SQLite needs to read it, and to write in its folder"
    if "malformed" in words:
        return "it is damaged; bring back a copy, or ask SQLite's `.recover`"
    return words


def _refusal(error: IntegrityError) -> str:
    words = str(error.orig)
    if "FOREIGN KEY" in words:
        return "a record would refer to one that is not there"
    return words
