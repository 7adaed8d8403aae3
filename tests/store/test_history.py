"""Whoever changes the record, by whatever path, leaves who, when, what, before and after."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from ropa.records.errors import InputError
from ropa.records.tables import LINKS, TABLES
from ropa.store.store import Store
from ropa.store.writer import Put, Remove
from tests.store.databases import AT, FIRST_LOAD, by_hand, changed, everything, filled, renamed

OUTSIDE = "unknown, outside ropa"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    filled(tmp_path / "ropa.db")
    return tmp_path / "ropa.db"


@pytest.fixture
def store(path: Path) -> Store:
    return Store.open(path)


def test_a_first_load_leaves_one_signed_entry_for_every_row_that_is_there(store: Store, path: Path) -> None:
    rows = everything(path)
    entries = store.history("acme", limit=1000)
    for table in (*TABLES, *(link.name for link in LINKS.values())):
        keys = [entry.key for entry in entries if entry.kind == table]
        assert len(keys) == len(rows[table]), table
    assert {(each.who, each.why, each.at, each.action, each.batch) for each in entries} == {
        ("ada", FIRST_LOAD, "2026-11-21T09:12:00Z", "add", 1)
    }
    assert all(each.before is None and each.after is not None for each in entries)


def test_the_example_has_a_record_of_every_kind_and_a_member_in_every_list(path: Path) -> None:
    rows = everything(path)
    assert [name for name in (*TABLES, *(link.name for link in LINKS.values())) if not rows[name]] == []


def test_a_change_says_who_when_why_before_and_after(store: Store) -> None:
    batch = store.apply("acme", [renamed(store, "party", "mailer", "Intuit")], who="bob", why="new name", at=AT)
    entry = store.history("acme", limit=1)[0]
    assert (entry.batch, entry.who, entry.why, entry.at) == (batch, "bob", "new name", "2026-11-21T09:12:00Z")
    assert (entry.kind, entry.key, entry.action) == ("party", "mailer", "change")
    assert entry.before is not None
    assert entry.after is not None
    assert (entry.before["name"], entry.before["version"]) == ("Mailer", 1)
    assert (entry.after["name"], entry.after["version"]) == ("Intuit", 2)
    assert entry.after["aliases"] == ["PostBox", "Letterbox"]


def test_a_removal_keeps_what_was_removed_with_everything_inside_it(store: Store) -> None:
    versions = store.snapshot("acme").versions
    before = {(kind, key) for kind, key in versions if key == "newsletter" or key.startswith("newsletter/")} - {
        ("transfer", "newsletter/mailer"),
        ("safeguard", "newsletter/mailer/uk-addendum"),
    }
    store.apply(
        "acme",
        [
            Remove("transfer", "newsletter/mailer", versions["transfer", "newsletter/mailer"]),
            Remove("activity", "newsletter", versions["activity", "newsletter"]),
        ],
        who="bob",
        why="ended",
        at=AT,
    )
    removed = [each for each in store.history("acme") if each.why == "ended"]
    assert {each.action for each in removed} == {"remove"}
    assert before <= {(each.kind, each.key) for each in removed}
    assert ("activity__data_categories", "newsletter") in {(each.kind, each.key) for each in removed}
    assert ("safeguard", "newsletter/mailer/uk-addendum") in {(each.kind, each.key) for each in removed}
    whole = next(each for each in removed if each.kind == "activity")
    assert whole.before is not None
    assert whole.before["purposes"] == ["telling clients", "counting = opens"]
    assert whole.after is None


def test_a_change_of_a_list_is_seen_under_the_record_that_owns_it(store: Store) -> None:
    found = store.snapshot("acme")
    fewer = changed(found.register.activities["newsletter"], data_categories=("health-notes", "names"))
    store.apply("acme", [Put("activity", fewer, 1)], who="bob", why="order", at=AT)
    entries = [each for each in store.history("acme", "activity", "newsletter") if each.why == "order"]
    links = [(each.action, (each.after or each.before or {})["member"]) for each in entries if "__" in each.kind]
    assert sorted(links) == sorted(
        [("remove", "names"), ("remove", "health-notes"), ("add", "health-notes"), ("add", "names")]
    )
    assert store.snapshot("acme").register.activities["newsletter"].data_categories == ("health-notes", "names")


def test_a_change_that_is_refused_leaves_nothing(store: Store, path: Path) -> None:
    before = everything(path)
    nobody = changed(store.snapshot("acme").register.systems["crm"], operator="nobody")
    writes = [renamed(store, "party", "mailer", "Intuit"), Put("system", nobody, 1)]
    with pytest.raises(InputError, match="refer to one that is not there"):
        store.apply("acme", writes, who="bob", why="mistake", at=AT)
    assert everything(path) == before


def test_nobody_stays_signed_in_after_a_write(path: Path) -> None:
    assert everything(path)["writer"] == []


@pytest.mark.parametrize(
    ("statement", "kind", "action", "count"),
    [
        ("INSERT INTO subject_category (organisation, version, key, invented, name, vulnerable) "
         "VALUES ('acme', 1, 'staff', 0, 'Staff', 0)", "subject_category", "add", 1),
        ("UPDATE party SET name = 'Changed' WHERE key = 'mailer'", "party", "change", 1),
        ("UPDATE party SET note = 'all of them'", "party", "change", 2),
        ("UPDATE data_category SET special = 'genetic'", "data_category", "change", 2),
        ("DELETE FROM lawful_basis", "lawful_basis", "remove", 2),
        ("INSERT INTO activity__data_categories VALUES ('acme', 'support', 'names', 0)",
         "activity__data_categories", "add", 1),
        ("UPDATE activity__data_categories SET position = position + 5", "activity__data_categories", "change", 2),
        ("DELETE FROM engagement__data_categories", "engagement__data_categories", "remove", 1),
    ],
)  # fmt: skip
def test_a_statement_typed_into_another_program_leaves_its_entries(
    store: Store, path: Path, statement: str, kind: str, action: str, count: int
) -> None:
    before = everything(path)
    with by_hand(path) as connection:
        connection.execute(statement)
    entries = [each for each in store.history("acme", limit=1000) if each.who == OUTSIDE and each.kind == kind]
    assert [each.action for each in entries] == [action] * count
    assert all((each.before is None) == (action == "add") for each in entries)
    assert all((each.after is None) == (action == "remove") for each in entries)
    assert len({each.batch for each in entries}) == count
    assert min(each.batch for each in entries) > max(row[1] for row in before["history"])


def test_what_goes_with_a_removed_record_is_in_the_history_too(store: Store, path: Path) -> None:
    rows = everything(path)
    with by_hand(path) as connection:
        connection.execute("DELETE FROM organisation")
    removed = [each.kind for each in store.history("acme", limit=1000) if each.action == "remove"]
    for table in (*TABLES, *(link.name for link in LINKS.values())):
        assert removed.count(table) == len(rows[table]), table


def test_a_key_that_is_renamed_by_hand_is_in_the_history_of_all_who_use_it(store: Store, path: Path) -> None:
    with by_hand(path) as connection:
        connection.execute("UPDATE party SET key = 'intuit' WHERE key = 'mailer'")
    register = store.snapshot("acme").register
    assert register.engagements["newsletter/mailer"].party == "intuit"
    assert register.agreements["mailer-dpa"].party == "intuit"
    touched = {(each.kind, each.key) for each in store.history("acme") if each.who == OUTSIDE}
    assert {("party", "intuit"), ("engagement", "newsletter/mailer"), ("agreement", "mailer-dpa")} <= touched


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET who = 'somebody else'",
        "UPDATE history SET after = NULL WHERE id = 1",
        "DELETE FROM history",
        "DELETE FROM history WHERE id = (SELECT max(id) FROM history)",
        "REPLACE INTO history SELECT * FROM history WHERE id = 1",
        "INSERT OR REPLACE INTO history (id, batch, at, who, why, organisation, kind, key, action) "
        "VALUES (1, 1, '', 'x', '', 'acme', 'party', 'mailer', 'add')",
        "UPDATE OR REPLACE history SET id = 2 WHERE id = 1",
    ],
)
def test_the_history_cannot_be_rewritten(path: Path, statement: str) -> None:
    before = everything(path)
    with pytest.raises(sqlite3.IntegrityError, match="never changed"), by_hand(path) as connection:
        connection.execute(statement)
    assert everything(path) == before


@pytest.mark.parametrize(
    "statement",
    [
        "REPLACE INTO party SELECT * FROM party WHERE key = 'mailer'",
        "REPLACE INTO organisation SELECT * FROM organisation",
        "INSERT OR REPLACE INTO data_category (organisation, version, key, invented, name, criminal, hr) "
        "VALUES ('acme', 1, 'names', 0, 'Overwritten', 0, 0)",
        "UPDATE OR REPLACE party SET key = 'mailer' WHERE key = 'northgate'",
        "UPDATE OR REPLACE party SET id = (SELECT id FROM party WHERE key = 'mailer') WHERE key = 'northgate'",
        "REPLACE INTO activity__systems SELECT organisation, owner, member, 7 FROM activity__systems",
        "UPDATE OR REPLACE activity__data_categories SET member = 'names' WHERE member = 'health-notes'",
    ],
)
@pytest.mark.parametrize("foreign_keys", [True, False])
def test_a_record_cannot_be_pushed_out_without_a_trace(path: Path, statement: str, foreign_keys: bool) -> None:
    before = everything(path)
    with (
        pytest.raises(sqlite3.IntegrityError, match="already"),
        by_hand(path, foreign_keys=foreign_keys) as connection,
    ):
        connection.execute(statement)
    assert everything(path) == before


def test_the_history_of_one_record_is_asked_for_by_its_key(store: Store) -> None:
    store.apply("acme", [renamed(store, "party", "mailer", "Intuit")], who="bob", why="", at=AT)
    assert [each.action for each in store.history("acme", "party", "mailer")] == ["change", "add"]
    assert {each.kind for each in store.history("acme", "activity", "newsletter")} == {
        "activity", "activity__data_categories", "activity__joint_controllers", "activity__subject_categories",
        "activity__systems",
    }  # fmt: skip
    assert store.history("nobody") == []


def test_values_in_the_history_are_values_and_not_text_inside_text(path: Path) -> None:
    with by_hand(path) as connection:
        (after,) = connection.execute("SELECT after FROM history WHERE kind = 'organisation'").fetchone()
    assert json.loads(after)["notice"]["period"] == "P30D"


@pytest.mark.parametrize(
    "tampering",
    [
        "DROP TRIGGER history_party_change",
        "DROP TRIGGER history_kept_delete; DELETE FROM history WHERE id > 5",
        "DROP TRIGGER history_party_change; "
        "CREATE TRIGGER history_party_change AFTER UPDATE ON party BEGIN SELECT 1; END",
        "CREATE TRIGGER history_x BEFORE INSERT ON history BEGIN SELECT RAISE(IGNORE); END",
    ],
)  # fmt: skip
@pytest.mark.parametrize("opened", ["before", "after"])
def test_triggers_that_were_taken_away_are_put_back_and_that_is_noted(path: Path, tampering: str, opened: str) -> None:
    store = Store.open(path)
    with by_hand(path) as connection:
        wanted = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1").fetchall()
        connection.executescript(tampering)
    if opened == "after":
        store = Store.open(path)
        assert store.history("acme", limit=1)[0].kind == "history"
    store.apply("acme", [renamed(store, "party", "mailer", "Intuit")], who="bob", why="", at=AT)
    changed_, noted = store.history("acme", limit=2)
    assert (changed_.kind, changed_.who) == ("party", "bob")
    assert (noted.kind, noted.action, noted.who) == ("history", "change", "ropa")
    assert "missing or changed" in noted.why
    with by_hand(path) as connection:
        again = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1").fetchall()
    assert again == wanted
    Store.open(path)
    assert store.history("acme", limit=2) == [changed_, noted]
