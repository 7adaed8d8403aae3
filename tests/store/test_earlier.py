"""The register as it was kept before a write: the history undone gives back every record as it stood."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropa.exchange.register_file import read_register
from ropa.records.errors import NotFoundError, StoreError
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.store.store import Store
from ropa.store.writer import Put, Remove
from tests.records.every_kind import EVERY_KIND
from tests.store.databases import AT, by_hand, filled, renamed


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return filled(tmp_path / "ropa.db")


def write(store: Store, *writes: Put | Remove) -> int:
    return store.apply("acme", writes, who="ada", why="", at=AT)


def everything_removed(store: Store) -> list[Put | Remove]:
    """Removal of every record but the organisation, children first."""
    snapshot = store.snapshot("acme")
    kinds = [kind for kind in reversed(KINDS) if kind != "organisation"]
    return [
        Remove(kind, key, snapshot.versions[kind, key]) for kind in kinds for key in snapshot.register.of_kind(kind)
    ]


def test_a_change_an_addition_and_a_removal_are_undone(store: Store) -> None:
    states: list[tuple[int, Register]] = []
    for kind, key, name in (("party", "mailer", "Postbox"), ("activity", "hosting", "Other"), ("party", "mailer", "M")):
        if key in store.snapshot("acme").register.of_kind(kind):
            before = store.snapshot("acme").register
            states.append((write(store, renamed(store, kind, key, name)), before))
    before = store.snapshot("acme").register
    states.append((write(store, *everything_removed(store)), before))
    before = store.snapshot("acme").register
    assert not before.parties
    register = read_register(EVERY_KIND, "r.yaml")
    back = [Put(kind, record) for kind in KINDS for record in register.of_kind(kind).values() if kind != "organisation"]
    states.append((write(store, *back), before))
    assert len(states) >= 4
    for batch, kept in states:
        assert store.before("acme", batch) == kept


def test_before_the_first_write_there_was_no_register(store: Store) -> None:
    with pytest.raises(NotFoundError, match="before entry 1 of its history"):
        store.before("acme", 1)
    with pytest.raises(NotFoundError):
        store.before("nobody", 1)


def test_an_entry_that_is_still_to_come_gives_the_register_as_it_is(store: Store) -> None:
    assert store.before("acme", 10**9) == store.snapshot("acme").register


def test_a_history_with_a_gap_is_not_read_past_it(store: Store) -> None:
    with by_hand(store.path) as connection:
        connection.execute("DROP TRIGGER history_party_change")
    with pytest.raises(StoreError, match="cannot be told"):
        Store.open(store.path).before("acme", 1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["Postbox", "Mailer", "M"]), min_size=1, max_size=5))
def test_any_run_of_writes_is_undone_to_any_point(store: Store, names: list[str]) -> None:
    states = []
    for name in names:
        before = store.snapshot("acme").register
        states.append((write(store, renamed(store, "party", "mailer", name)), before))
    for batch, kept in states:
        assert store.before("acme", batch) == kept
