"""Bringing a database to the schema of this program, and refusing one that is newer."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine

from ropa.records.errors import StoreError

HEAD = "0001"
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
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def upgrade(engine: Engine, scripts: Path = SCRIPTS) -> None:
    """Run every revision that the database lacks, in one transaction, and remake its triggers.

    Foreign keys are off meanwhile: rebuilding a parent table with them on would delete its children. They are
    checked before the transaction ends. Raises StoreError if the database is newer than this program, or if a
    reference does not hold; then nothing has changed.
    """
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from ropa.store.history import install

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    known = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.rollback()
        with connection.execution_options(ropa_writes=True).begin():
            current = MigrationContext.configure(connection).get_current_revision()
            if current is not None and current not in {script.revision for script in known.walk_revisions()}:
                raise StoreError(
                    f"it was written by a newer version of ropa (schema {current}); this one knows up to {HEAD}"
                )
            config.attributes["connection"] = connection
            _run(config)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise StoreError(f"its references do not hold after migration: {broken[0]}")
            install(connection)


def _run(config: object) -> None:
    from alembic import command
    from alembic.config import Config

    assert isinstance(config, Config)  # noqa: S101 narrows the lazily imported type
    command.upgrade(config, "head")
