"""Two people with the same record open: the second to save is told, and nothing of either is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.records.errors import InputError, StaleRecordError
from ropa.records.party import PartyFields
from ropa.store.store import Store
from ropa.store.writer import Put, Remove
from tests.store.databases import AT, by_hand, changed, everything, filled, renamed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ropa.db"


@pytest.fixture
def store(path: Path) -> Store:
    return filled(path)


def save(store: Store, *writes: Put | Remove, who: str = "bob") -> None:
    store.apply("acme", writes, who=who, why="", at=AT)


def test_the_second_to_save_is_told_and_nothing_of_theirs_is_written(store: Store, path: Path) -> None:
    mine = renamed(store, "party", "mailer", "Mine")
    theirs = renamed(store, "party", "mailer", "Theirs")
    another = renamed(store, "party", "northgate", "Also theirs")
    save(store, mine)
    before = everything(path)
    with pytest.raises(StaleRecordError, match="party/mailer: it was changed or removed by somebody else"):
        save(store, another, theirs)
    assert everything(path) == before
    assert store.snapshot("acme").register.parties["mailer"].name == "Mine"


def test_each_save_raises_the_version_by_one(store: Store) -> None:
    for name in ("A", "B", "C"):
        save(store, renamed(store, "party", "mailer", name))
    assert store.snapshot("acme").versions["party", "mailer"] == 4
    assert store.snapshot("acme").versions["party", "northgate"] == 1


def test_a_change_of_a_list_alone_makes_an_open_form_stale(store: Store) -> None:
    form = renamed(store, "activity", "newsletter", "Edited")
    activity = store.snapshot("acme").register.activities["newsletter"]
    save(store, Put("activity", changed(activity, systems=()), 1))
    with pytest.raises(StaleRecordError):
        save(store, form)
    assert store.snapshot("acme").register.activities["newsletter"].systems == ()


@pytest.mark.parametrize(
    ("statement", "kind", "key"),
    [
        ("UPDATE party SET name = 'By hand' WHERE key = 'mailer'", "party", "mailer"),
        ("UPDATE party SET name = 'By hand', version = 1 WHERE key = 'mailer'", "party", "mailer"),
        ("UPDATE party SET note = 'all'", "party", "northgate"),
        ("DELETE FROM activity__systems", "activity", "newsletter"),
        ("UPDATE activity__systems SET position = 3", "activity", "newsletter"),
        ("INSERT INTO activity__data_categories VALUES ('acme', 'support', 'names', 0)", "activity", "support"),
        ("UPDATE party SET key = 'postbox' WHERE key = 'mailer'", "system", "crm"),
    ],
)
def test_what_another_program_changed_is_not_saved_over(
    store: Store, path: Path, statement: str, kind: str, key: str
) -> None:
    form = renamed(store, kind, key, "From an open form")
    with by_hand(path) as connection:
        connection.execute(statement)
    assert store.snapshot("acme").versions[kind, key] > 1
    before = everything(path)
    with pytest.raises(StaleRecordError):
        save(store, form)
    assert everything(path) == before


def test_a_record_that_somebody_removed_is_not_brought_back_by_a_save(store: Store) -> None:
    accepted = store.snapshot("acme").register.acknowledgements["accepted"]
    save(store, Remove("acknowledgement", "accepted", 1))
    with pytest.raises(StaleRecordError):
        save(store, Put("acknowledgement", changed(accepted, reason="other"), 1))
    assert store.snapshot("acme").register.acknowledgements == {}


def test_a_removal_of_a_record_that_changed_meanwhile_is_refused(store: Store) -> None:
    save(store, renamed(store, "change", "new-host", "Edited"))
    with pytest.raises(StaleRecordError):
        save(store, Remove("change", "new-host", 1))
    assert store.snapshot("acme").register.changes["new-host"].name == "Edited"


def test_adding_a_key_that_somebody_else_has_added_is_refused(store: Store, path: Path) -> None:
    save(store, Put("party", PartyFields(key="bank", name="First")))
    before = everything(path)
    with pytest.raises(StaleRecordError, match="party/bank: it was added by somebody else meanwhile"):
        save(store, Put("party", PartyFields(key="new", name="New")), Put("party", PartyFields(key="bank", name="2nd")))
    assert everything(path) == before


def test_a_record_in_use_is_not_removed(store: Store, path: Path) -> None:
    before = everything(path)
    with pytest.raises(InputError, match="refer to one that is not there"):
        save(store, Remove("party", "mailer", 1))
    assert everything(path) == before


def test_a_write_for_two_organisations_is_one(store: Store, path: Path) -> None:
    before = everything(path)
    good = renamed(store, "party", "mailer", "Good")
    with pytest.raises(InputError):
        store.apply_all(
            {"acme": [good], "nobody": [Put("party", PartyFields(key="a", name="A"))]}, who="bob", why="", at=AT
        )
    assert everything(path) == before


def test_records_may_be_written_before_those_they_refer_to(store: Store) -> None:
    system = changed(store.snapshot("acme").register.systems["crm"], operator="new")
    save(store, Put("system", system, 1), Put("party", PartyFields(key="new", name="New")))
    assert store.snapshot("acme").register.systems["crm"].operator == "new"
