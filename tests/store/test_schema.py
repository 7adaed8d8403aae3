"""The tables that migrations make are the tables that the program works with."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from ropa.records.kinds import KINDS
from ropa.records.tables import METADATA, TABLES
from ropa.store import history, migrate
from ropa.store.engine import make_engine, reading
from ropa.store.store import Store

OWN = {"alembic_version"}


def schema(path: Path) -> dict[str, list[str]]:
    """The parts of the statement that made each table and index, in an order of no meaning."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger'")
        return {name: _parts(sql) for name, sql in rows if name not in OWN}


def _parts(sql: str) -> list[str]:
    flat = re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", " ".join(sql.split()))  # quoted once renamed
    return sorted(part.strip(" ()") for part in re.split(r", (?=CONSTRAINT|\"?\w+\"? [A-Z])", flat))


def test_the_migrated_schema_is_the_schema_of_the_models(tmp_path: Path) -> None:
    assert history.HISTORY.name in METADATA.tables
    Store.open(tmp_path / "migrated.db", create=True)
    engine = create_engine(f"sqlite:///{tmp_path / 'models.db'}")
    METADATA.create_all(engine)
    engine.dispose()
    migrated, models = schema(tmp_path / "migrated.db"), schema(tmp_path / "models.db")
    assert set(migrated) == set(models)
    for name in models:
        assert migrated[name] == models[name], name


def test_alembic_finds_nothing_that_a_revision_should_still_do(tmp_path: Path) -> None:
    Store.open(tmp_path / "ropa.db", create=True)
    with reading(make_engine(tmp_path / "ropa.db")) as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_every_kind_has_a_table_with_the_columns_of_its_fields() -> None:
    assert list(TABLES) == list(KINDS)
    for kind in KINDS.values():
        columns = {column.name for column in METADATA.tables[kind.name].columns}
        outside = {*kind.lists, *kind.nodes}
        made = {f"{name}_{word}" for name in kind.nodes for word in ("party", "system", "subject")}
        assert columns == {*kind.fields.model_fields, "id", "organisation", "version", *made} - outside


def test_a_new_database_is_at_the_newest_revision(tmp_path: Path) -> None:
    Store.open(tmp_path / "ropa.db", create=True)
    with closing(sqlite3.connect(tmp_path / "ropa.db")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(migrate.HEAD,)]
        assert connection.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
