"""A new version of the schema, tried on a database that is in use: nothing is lost on the way."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from ropa.records.errors import StoreError
from ropa.records.tables import TABLES
from ropa.store import migrate
from ropa.store.engine import make_engine
from ropa.store.store import Store
from tests.store.databases import AT, by_hand, everything, filled, renamed

REVISION = """
from alembic import op
import sqlalchemy as sa

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
{body}
"""

REBUILD = """
    with op.batch_alter_table({table!r}, recreate="always") as batch:
        batch.add_column(sa.Column("shade", sa.String, nullable=False, server_default="grey"))
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The migrations of the product, to which a test may add."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    filled(tmp_path / "ropa.db")
    return tmp_path / "ropa.db"


def upgrade(path: Path, scripts: Path, body: str) -> None:
    (scripts / "versions" / "rev_0004_test.py").write_text(REVISION.format(body=body), encoding="utf-8")
    migrate.upgrade(make_engine(path), scripts)


def at_revision(path: Path, revision: str) -> None:
    """A new database at an older revision, without triggers, as an older program made it."""
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    with make_engine(path).connect() as connection, connection.execution_options(ropa_writes=True).begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def triggers(path: Path) -> set[str]:
    with by_hand(path) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}


def less(rows: dict[str, list[tuple[Any, ...]]], *tables: str) -> dict[str, list[tuple[Any, ...]]]:
    return {name: found for name, found in rows.items() if name not in tables}


@pytest.mark.parametrize("table", [*TABLES, "history"])
def test_a_table_that_is_rebuilt_loses_no_row_of_its_own_or_below_it(path: Path, scripts: Path, table: str) -> None:
    before, watched = everything(path), triggers(path)
    upgrade(path, scripts, REBUILD.format(table=table))
    after = everything(path)
    assert less(after, table, "alembic_version") == less(before, table, "alembic_version")
    assert [row[:-1] for row in after[table]] == before[table]
    assert {row[-1] for row in after[table]} == {"grey"}
    assert after["alembic_version"] == [("0004",)]
    assert triggers(path) == watched
    with by_hand(path) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("UPDATE party SET name = 'Intuit' WHERE key = 'mailer'")
        last = connection.execute("SELECT kind, key, action FROM history ORDER BY id DESC LIMIT 1").fetchall()
        assert last == [("party", "mailer", "change")]
        connection.execute("DELETE FROM transfer")
        connection.execute("DELETE FROM activity WHERE key = 'newsletter'")
        left = connection.execute("SELECT count(*) FROM lawful_basis").fetchone()
        assert left == (0,)


OLD_RECORDS = """
INSERT INTO organisation (organisation, key, version, invented, name, group_entities, regimes)
VALUES ('acme', 'acme', 1, 0, 'Acme', '[]', '[]');
INSERT INTO party (organisation, key, version, invented, name, aliases, regimes)
VALUES ('acme', 'hub', 1, 0, 'Hub', '["Dock"]', '[]');
INSERT INTO data_category (organisation, key, version, invented, name, criminal, hr, credit, journalistic)
VALUES ('acme', 'name', 1, 0, 'Name', 0, 0, 0, 0);
INSERT INTO activity
(organisation, key, version, invented, name, role, purposes, processing, recipients, security, dpia)
VALUES ('acme', 'sales', 7, 0, 'Sales', 'controller', '["selling"]', '[]', '["banks"]', '["locks"]', 'required');
INSERT INTO activity__data_categories (organisation, owner, member, position) VALUES ('acme', 'sales', 'name', 0);
INSERT INTO lawful_basis (organisation, key, version, invented, activity, basis)
VALUES ('acme', 'sales/consent', 3, 0, 'sales', 'consent');
INSERT INTO engagement
(organisation, key, version, invented, activity, party, role, receives_data, countries, remote_access)
VALUES ('acme', 'sales/hub', 2, 0, 'sales', 'hub', 'processor', 1, '[]', '[]');
"""


def test_a_register_of_the_schema_before_breaches_is_read_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.touch(0o600)
    at_revision(path, "0002")
    with by_hand(path) as connection:
        connection.executescript(OLD_RECORDS)
    snapshot = Store.open(path).snapshot("acme")
    sales = snapshot.register.activities["sales"]
    assert (sales.name, sales.role, sales.dpia, sales.data_categories) == ("Sales", "controller", "required", ("name",))
    assert (sales.purposes, sales.recipients, sales.security) == (("selling",), ("banks",), ("locks",))
    assert (sales.rights, sales.internal_recipients, sales.core, sales.reference) == ((), (), None, None)
    assert snapshot.register.lawful_bases_of("sales")[0].consent_record is None
    assert snapshot.register.parties["hub"].dpo is None
    assert [each.party for each in snapshot.register.engagements_of("sales")] == ["hub"]
    assert snapshot.register.breaches == {}
    assert snapshot.versions["activity", "sales"] == 7
    assert snapshot.versions["lawful_basis", "sales/consent"] == 3
    with by_hand(path) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_a_revision_changes_in_the_records_is_in_the_history(path: Path, scripts: Path) -> None:
    upgrade(path, scripts, "    op.execute(\"UPDATE party SET sector = 'other'\")")
    with by_hand(path) as connection:
        found = connection.execute(
            "SELECT who, why, kind, action FROM history WHERE who <> 'ada' GROUP BY who, why, kind, action"
        ).fetchall()
        assert found == [("ropa", "new schema, from 0003", "party", "change")]
        assert connection.execute("SELECT count(*) FROM writer").fetchone() == (0,)


@pytest.mark.parametrize(
    "failing",
    [
        "    op.execute('DELETE FROM no_such_table')",
        "    raise RuntimeError('power cut')",
        "    op.execute('DELETE FROM party')",
        "    op.execute(\"UPDATE engagement SET party = 'nobody'\")",
    ],
)
def test_a_revision_that_fails_leaves_the_database_as_it_was(path: Path, scripts: Path, failing: str) -> None:
    before, watched = everything(path), triggers(path)
    body = REBUILD.format(table="party") + "    op.execute('CREATE TABLE half (a)')\n" + failing
    with pytest.raises((OperationalError, RuntimeError, StoreError)):
        upgrade(path, scripts, body)
    assert everything(path) == before
    assert triggers(path) == watched
    store = Store.open(path)
    store.apply("acme", [renamed(store, "party", "mailer", "Intuit")], who="bob", why="", at=AT)


def test_a_database_of_a_later_schema_is_refused_by_this_program(path: Path, scripts: Path) -> None:
    upgrade(path, scripts, "    pass")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer version of ropa \(schema 0004\)"):
        Store.open(path)
    assert path.read_bytes() == before


def test_the_program_knows_its_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]


def test_a_folder_with_signs_in_its_name_may_hold_the_program(path: Path, scripts: Path) -> None:
    odd = scripts.rename(scripts.parent / "50% of it (new)")
    upgrade(path, odd, "    pass")
    assert everything(path)["alembic_version"] == [("0004",)]
