"""The store: one SQLite file, opened, read as snapshots and written in signed transactions."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from ropa.records.errors import InputError, NotFoundError, Problem, StaleRecordError, StoreError
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.store import earlier, history, migrate, reader, triggers
from ropa.store.engine import copy_database, create_private, keep_log, make_engine, reading, writing
from ropa.store.history import Entry
from ropa.store.reader import Snapshot
from ropa.store.writer import Put, Remove, write

_MEANWHILE = (
    "its register was changed by somebody else meanwhile; nothing was written: look at it again, then repeat this"
)


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
        made = False
        with _told(path):
            try:
                if create and not path.exists():
                    with suppress(FileExistsError):  # another process was a moment faster
                        create_private(Path(os.path.realpath(path)))
                        made = True
                _refuse_other_things(path)
                engine = make_engine(path)
                if _bring_up_to_date(engine) is None:
                    path.chmod(0o600)
                keep_log(engine)
            except BaseException:
                if made:
                    discard_empty(path)
                raise
        return cls(path, engine)

    @classmethod
    @contextmanager
    def rehearsal(cls, path: Path) -> Iterator[tuple[Store, str | None]]:
        """A private copy of a database, brought up to date, for trying things on: the file itself stays as it is.

        Yields the copy, which goes by the name of the file, and the schema revision of the file itself (None: it is
        empty). Raises as `open` does.
        """
        with tempfile.TemporaryDirectory(prefix="ropa-") as folder:
            with _told(path):
                _refuse_other_things(path)
                copy = Path(folder) / "copy.db"
                create_private(copy)
                copy_database(path, copy)
                engine = make_engine(copy)
                revision = _bring_up_to_date(engine)
            yield cls(path, engine), revision

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

    def record(self, organisation: str, kind: str, key: str) -> tuple[Fields, int] | None:
        """One record as it is now, and its version; None where there is none."""
        with self._reading() as connection:
            return reader.one(connection, organisation, kind, key)

    def keys(self, organisation: str, kind: str) -> frozenset[str]:
        """The keys of all records of a kind."""
        with self._reading() as connection:
            return reader.keys(connection, organisation, kind)

    def history(self, organisation: str, kind: str = "", key: str = "", limit: int = 200) -> list[Entry]:
        """The newest history entries, newest first."""
        with self._reading() as connection:
            return history.entries(connection, organisation, kind, key, limit)

    def before(self, organisation: str, batch: int) -> Register:
        """The register of an organisation as it was kept before a batch of the history, all since undone.

        Raises NotFoundError where it had none then, StoreError where the history cannot tell.
        """
        with self._reading() as connection:
            found = earlier.register_before(connection, organisation, batch)
        if found is None:
            raise NotFoundError(f"there was no organisation {organisation!r} before entry {batch} of its history")
        return found

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _told(self.path), reading(self._engine) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with writing(self._engine) as connection:
            history.mend(connection)  # another program may have been at the file since it was opened
            yield connection

    def apply(
        self,
        organisation: str,
        writes: Iterable[Put | Remove],
        *,
        who: str,
        why: str,
        at: dt.datetime,
        since: int | None = None,
    ) -> int:
        """Write to one register; see `apply_all`. `since` is the newest entry of its history that is known."""
        known = {} if since is None else {organisation: since}
        return self.apply_all({organisation: writes}, who=who, why=why, at=at, since=known)

    def apply_all(
        self,
        writes: Mapping[str, Iterable[Put | Remove]],
        *,
        who: str,
        why: str,
        at: dt.datetime,
        since: Mapping[str, int] | None = None,
    ) -> int:
        """Write to the registers of several organisations, everything or nothing, in one transaction with its history.

        Returns the number of the history's batch. `since` is for what follows from a whole register, as whether a
        step may be taken: by organisation, the newest entry of its history that it was worked out from.

        Raises StaleRecordError if a record, or a register in `since`, changed meanwhile, InputError if a reference
        would point nowhere, and StoreError if the file cannot be written; then nothing has changed.
        """
        try:
            with (
                _told(self.path),
                self._writing() as connection,
                history.signed(connection, who, why, at) as batch,
            ):
                for organisation, known in (since or {}).items():
                    if history.newest(connection, organisation) != known:
                        raise StaleRecordError("organisation", organisation, _MEANWHILE)
                for organisation, each in writes.items():
                    write(connection, organisation, each)
            return batch
        except IntegrityError as error:
            raise InputError([Problem(f"the database refuses it: {_refusal(error)}")]) from error


def discard_empty(path: Path) -> None:
    """Remove a database that was just made and has nothing in it, not even a history; leave any other alone."""
    with suppress(OSError, DatabaseError, StoreError):
        with writing(make_engine(path)) as connection:  # whoever is writing to it ends first
            if migrate.revision(connection) is not None and connection.execute(select(history.HISTORY.c.id)).first():
                return
        Path(os.path.realpath(path)).unlink()


def _bring_up_to_date(engine: Engine) -> str | None:
    """Check a database, give it the schema and the triggers of this program; returns the revision that it had."""
    with reading(engine) as connection:
        revision = migrate.revision(connection)
        migrate.check_references(connection)
        watched = revision != migrate.HEAD or triggers.in_place(connection)
    if revision != migrate.HEAD:
        migrate.upgrade(engine)
    if not watched:
        try:
            with writing(engine) as connection:
                history.mend(connection)
        except OperationalError as error:
            if "readonly" not in str(error.orig):  # then nobody writes to it through us either
                raise
    return revision


def _refuse_other_things(path: Path) -> None:
    """Raise NotFoundError or StoreError for what cannot be a database: a folder, a device, a pipe."""
    if not path.exists():
        raise NotFoundError(f"{path}: there is no such database; `ropa load FILE` makes one")
    if not path.is_file():
        raise StoreError("it is a folder, not a database" if path.is_dir() else "it is no file, so no database either")


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
    if "readonly" in words:
        return (
            "you may only read it; to look at it as well as to edit it, ropa writes there: copy it to a folder of yours"
        )
    if "malformed" in words:
        return "it is damaged; bring back a copy, or ask SQLite's `.recover`"
    return words


def _refusal(error: IntegrityError) -> str:
    words = str(error.orig)
    if "FOREIGN KEY" in words:
        return "a record would refer to one that is not there"
    return words
