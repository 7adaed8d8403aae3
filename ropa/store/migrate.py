"""Bringing a database to the schema of this program, and refusing one that is newer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy import Connection, Engine

from ropa.records.errors import StoreError
from ropa.store.engine import set_pragma

HEAD = "0003"
"""The newest revision; a database at it is opened without loading Alembic."""

SCRIPTS = Path(__file__).parent / "migrations"


def revision(connection: Connection) -> str | None:
    """The schema revision of a database, or None for an empty file.

    Raises StoreError if the file is a database of another program.
    """
    names = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    if not names:
        return None
    if "alembic_version" not in names or not {"organisation", "history"} <= names:
        raise StoreError("it is a database of another program")
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    if len(found) != 1:
        raise StoreError("it does not say which schema it has")
    return str(found[0])


def check_references(connection: Connection) -> None:
    """Raise StoreError if a record refers to one that is not there: another program can switch that check off."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        # "activity__systems" is the list of an activity's systems.
        owner = str(broken[0]).replace("__", "'s ").replace("_", " ")
        target = str(broken[2]).replace("_", " ")
        raise StoreError(f"its references do not hold: {owner} names a record that is not there (a {target})")


def upgrade(engine: Engine, scripts: Path = SCRIPTS) -> None:
    """Run every revision that the database lacks, in one transaction, and remake its triggers.

    Foreign keys are off meanwhile: rebuilding a parent table with them on would delete its children. They are
    checked before the transaction ends. What a revision changes in the records is in the history.

    Raises StoreError if the database is newer than this program, or if a reference does not hold; then nothing has
    changed.
    """
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from ropa.store.history import signed
    from ropa.store.triggers import install

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    known = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        set_pragma(connection, "foreign_keys = OFF")
        # Else a table cannot take the place of one that a trigger names, while that one is gone.
        set_pragma(connection, "legacy_alter_table = ON")
        with connection.execution_options(ropa_writes=True).begin():
            current = MigrationContext.configure(connection).get_current_revision()
            if current is not None and current not in {script.revision for script in known.walk_revisions()}:
                raise StoreError(
                    f"it was written by a newer version of ropa (schema {current}); this one knows up to {HEAD}"
                )
            config.attributes["connection"] = connection
            if current is None:
                _run(config)
            else:
                with signed(connection, "ropa", f"new schema, from {current}", dt.datetime.now(dt.UTC)):
                    _run(config)
            check_references(connection)
            install(connection)


def _run(config: object) -> None:
    from alembic import command
    from alembic.config import Config

    assert isinstance(config, Config)  # noqa: S101 narrows the lazily imported type
    command.upgrade(config, "head")
