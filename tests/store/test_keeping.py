"""What is put into the database is what comes out of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from ropa.exchange.register_file import read_register
from ropa.records.errors import NotFoundError
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.store.store import Store
from ropa.store.writer import Put
from tests.records.any_register import registers
from tests.records.every_kind import EVERY_KIND
from tests.store.databases import AT, SECOND, filled


def plain(register: Register) -> dict[str, dict[str, object]]:
    return {kind: {key: each.model_dump() for key, each in register.of_kind(kind).items()} for kind in KINDS}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("empty") / "ropa.db"
    Store.open(path, create=True)
    return path.read_bytes()


@given(registers(most=2))
@settings(
    max_examples=25,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_register_comes_out_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, empty: bytes, register: Register
) -> None:
    path = tmp_path_factory.mktemp("any") / "ropa.db"
    path.write_bytes(empty)
    store = Store.open(path)
    key = register.organisation.key
    puts = [Put(kind, each) for kind in KINDS for each in register.of_kind(kind).values()]
    store.apply(key, puts, who="ada", why="", at=AT)
    found = store.snapshot(key)
    assert plain(found.register) == plain(register)
    assert found.register == register
    assert set(found.versions.values()) == {1}
    assert list(found.versions) == [(kind, each) for kind in KINDS for each in register.of_kind(kind)]


def test_what_was_read_can_be_changed_no_more_than_what_was_entered(tmp_path: Path) -> None:
    party = filled(tmp_path / "ropa.db").snapshot("acme").register.parties["mailer"]
    with pytest.raises(ValueError, match="frozen"):
        setattr(party, "name", "Other")  # noqa: B010 as code that is not type-checked would


def test_each_organisation_sees_its_own_register(tmp_path: Path) -> None:
    store = filled(tmp_path / "ropa.db", EVERY_KIND, SECOND)
    assert store.organisations() == {"acme": "Acme", "other": "Acme"}
    assert plain(store.snapshot("other").register) == plain(read_register(SECOND, "r.yaml"))
    store.apply("other", [Put("party", next(iter(read_register(
        "format: 1\norganisation: {key: o, name: O}\nparties: {new: New}", "r.yaml").parties.values())))],
        who="ada", why="", at=AT)  # fmt: skip
    assert "new" not in store.snapshot("acme").register.parties
    assert "new" in store.snapshot("other").register.parties


def test_an_organisation_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    store = filled(tmp_path / "ropa.db", EVERY_KIND, SECOND)
    with pytest.raises(NotFoundError, match=r"no organisation 'acne' in .*ropa\.db; there is: acme, other"):
        store.snapshot("acne")
    assert store.find("acne") is None
