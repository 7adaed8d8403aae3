"""What the database itself refuses, whichever program asks."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ropa.records.kinds import KINDS
from ropa.records.tables import LINKS, METADATA, TABLES
from tests.records.every_kind import EVERY_KIND
from tests.store.databases import SECOND, by_hand, everything, filled


@pytest.fixture
def path(tmp_path: Path) -> Path:
    filled(tmp_path / "ropa.db", EVERY_KIND, SECOND)
    return tmp_path / "ropa.db"


def refused(path: Path, statement: str, match: str = "constraint failed") -> None:
    before = everything(path)
    with pytest.raises(sqlite3.IntegrityError, match=match), by_hand(path) as connection:
        connection.execute(statement)
    assert everything(path) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE engagement SET party = 'nobody' WHERE organisation = 'acme'",
        "UPDATE system SET operator = 'nobody' WHERE organisation = 'acme'",
        "UPDATE agreement SET document = 'nothing' WHERE organisation = 'acme'",
        "UPDATE flow SET origin_party = 'nobody' WHERE origin_party IS NOT NULL",
        "UPDATE notice SET customer = 'nobody'",
        "UPDATE safeguard SET transfer = 'nothing' WHERE transfer = 'to-northgate'",
        "DELETE FROM party WHERE key = 'mailer' AND organisation = 'acme'",
        "DELETE FROM data_category WHERE key = 'names' AND organisation = 'acme'",
        "INSERT INTO activity__systems VALUES ('acme', 'support', 'nothing', 0)",
        "INSERT INTO activity__systems VALUES ('acme', 'nothing', 'crm', 0)",
        "INSERT INTO party (organisation, version, key, invented, name, aliases, regimes) "
        "VALUES ('nobody', 1, 'a', 0, 'A', '[]', '[]')",
    ],
)
def test_a_reference_points_to_a_record_that_is_there(path: Path, statement: str) -> None:
    refused(path, statement, "FOREIGN KEY")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO party (organisation, version, key, invented, name, aliases, regimes) "
        "VALUES ('other', 1, 'theirs', 0, 'Theirs', '[]', '[]'); ",
    ],
)
@pytest.mark.parametrize(
    "pointing",
    [
        "UPDATE engagement SET party = 'theirs' WHERE organisation = 'acme'",
        "UPDATE transfer SET importer = 'theirs' WHERE organisation = 'acme' AND key = 'to-northgate'",
        "INSERT INTO activity__controllers VALUES ('acme', 'support', 'theirs', 1)",
    ],
)
def test_no_reference_reaches_into_another_organisations_register(path: Path, statement: str, pointing: str) -> None:
    with by_hand(path) as connection:
        connection.execute(statement)
    refused(path, pointing, "FOREIGN KEY")


def test_two_organisations_may_use_the_same_keys(path: Path) -> None:
    rows = everything(path)
    assert sorted(row[1] for row in rows["party"] if row[3] == "mailer") == ["acme", "other"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE party SET name = '' WHERE key = 'mailer'",
        "UPDATE party SET key = '' WHERE key = 'northgate'",
        "UPDATE party SET sector = 'butcher'",
        "UPDATE party SET dpf = 'maybe'",
        "UPDATE party SET version = 0",
        "UPDATE party SET invented = 2",
        "UPDATE activity SET role = 'owner'",
        "UPDATE safeguard SET module = 5",
        "UPDATE change SET state = 'done'",
        "UPDATE organisation SET organisation = 'other' WHERE key = 'acme'",
        "UPDATE flow SET origin_party = 'mailer', origin_system = 'crm'",
        "UPDATE activity__systems SET position = -1",
        "INSERT INTO writer VALUES (2, 1, '', 'x', '')",
    ],
)
def test_a_word_that_a_field_does_not_know_is_refused(path: Path, statement: str) -> None:
    refused(path, statement, "CHECK")


def test_a_list_that_is_no_list_is_refused(path: Path) -> None:
    with pytest.raises(sqlite3.Error, match="malformed JSON"), by_hand(path) as connection:
        connection.execute("UPDATE party SET aliases = 'PostBox'")


@pytest.mark.parametrize("kind", list(KINDS))
def test_what_must_be_given_is_not_null(path: Path, kind: str) -> None:
    must = [name for name, info in KINDS[kind].fields.model_fields.items() if info.is_required()]
    columns = [name for name in must if name in METADATA.tables[kind].columns]
    assert "key" in columns
    for column in ("organisation", "version", *columns):
        with pytest.raises(sqlite3.IntegrityError, match="NOT NULL"), by_hand(path) as connection:
            connection.execute(f'UPDATE "{kind}" SET "{column}" = NULL')  # noqa: S608


@pytest.mark.parametrize("table", [*TABLES, *(link.name for link in LINKS.values())])
def test_a_key_is_used_once_in_a_register(path: Path, table: str) -> None:
    # Without the triggers, so that it is the unique index that answers.
    with by_hand(path) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        columns = [name for _, name, *_ in connection.execute(f'PRAGMA table_info("{table}")') if name != "id"]
        listed = ", ".join(f'"{name}"' for name in columns)
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            connection.execute(f'INSERT INTO "{table}" ({listed}) SELECT {listed} FROM "{table}" LIMIT 1')  # noqa: S608


def test_every_reference_of_a_record_is_a_foreign_key_within_its_register() -> None:
    for kind in KINDS.values():
        keys = METADATA.tables[kind.name].foreign_key_constraints
        held = {tuple(key.column_keys) for key in keys}
        for name in kind.refs:
            assert ("organisation", name) in held, (kind.name, name)
        for name in kind.nodes:
            assert {("organisation", f"{name}_{word}") for word in ("party", "system", "subject")} <= held
    for (kind_name, name), link in LINKS.items():
        held = {tuple(key.column_keys) for key in link.foreign_key_constraints}
        assert held == {("organisation", "owner"), ("organisation", "member")}, (kind_name, name)
