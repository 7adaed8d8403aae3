"""One record read by itself is the one that the whole register has."""

from __future__ import annotations

from pathlib import Path

from ropa.records.kinds import KINDS
from tests.records.every_kind import EVERY_KIND
from tests.store.databases import SECOND, filled


def test_each_record_of_every_kind_is_the_one_of_the_whole_register_with_its_version_and_lists(tmp_path: Path) -> None:
    store = filled(tmp_path / "ropa.db", EVERY_KIND, SECOND)
    found = store.snapshot("acme")
    for kind in KINDS:
        records = found.register.of_kind(kind)
        assert store.keys("acme", kind) == set(records)
        for key, record in records.items():
            assert store.record("acme", kind, key) == (record, found.versions[kind, key])


def test_what_is_not_there_or_belongs_to_another_organisation_is_none(tmp_path: Path) -> None:
    store = filled(tmp_path / "ropa.db")
    assert store.record("acme", "party", "nobody") is None
    assert store.record("other", "party", next(iter(store.keys("acme", "party")))) is None
    assert store.keys("other", "party") == frozenset()
