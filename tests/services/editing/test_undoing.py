"""A change is taken back by another change: the history keeps both, and nobody's later work is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.records.errors import InputError, NotFoundError
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.services.editing.records import Saved, duplicate, opened, save
from ropa.services.editing.removal import planned, remove
from ropa.services.editing.undoing import batches, undo
from ropa.services.workspace import Workspace
from tests.registers import TODAY
from tests.store.databases import by_hand, everything, filled


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(filled(tmp_path / "ropa.db"), TODAY)


def records(workspace: Workspace) -> dict[str, dict[str, object]]:
    found = workspace.store.find("acme")
    register: Register | None = None if found is None else found.register
    return {} if register is None else {kind: dict(register.of_kind(kind)) for kind in KINDS}


def edit(workspace: Workspace, kind: str, key: str | None, who: str = "ann", **texts: object) -> int:
    editing = opened(workspace, "acme", kind, key, "support" if KINDS[kind].parent == "activity" else None)
    saved = save(workspace, "acme", editing, {**editing.texts, **texts}, who=who)
    assert isinstance(saved, Saved), saved
    return saved.batch


def test_a_change_is_undone_and_done_again(workspace: Workspace) -> None:
    before = records(workspace)
    batch = edit(workspace, "activity", "newsletter", name="News", since="2026-01-01", data_categories=("names",))
    changed = records(workspace)
    back = undo(workspace, "acme", batch, who="ann")
    assert records(workspace) == before
    undo(workspace, "acme", back, who="ann")
    assert records(workspace) == changed


def test_the_history_keeps_the_change_and_its_undoing(workspace: Workspace) -> None:
    batch = edit(workspace, "party", "mailer", country="Norway")
    kept = workspace.store.history("acme")
    undo(workspace, "acme", batch, who="bob")
    now = workspace.store.history("acme")
    assert now[-len(kept) :] == kept
    assert (now[0].who, now[0].why) == ("bob", f"undo of {batch}: change party mailer")


def test_several_changes_are_undone_one_after_the_other(workspace: Workspace) -> None:
    states = [records(workspace)]
    done: list[int] = []
    for systems in ((), ("crm",), ()):
        name = f"Name {len(done)}"
        done.append(edit(workspace, "activity", "newsletter", name=name, systems=systems))
        states.append(records(workspace))
    for batch, before in zip(reversed(done), reversed(states[:-1]), strict=True):
        undo(workspace, "acme", batch, who="ann")
        assert records(workspace) == before


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_removal_can_be_undone_and_done_again(workspace: Workspace, kind: str) -> None:
    before = records(workspace)
    for key in before[kind]:
        found = workspace.store.snapshot("acme").register
        if planned(found, kind, key).blocks:
            continue
        batch = remove(workspace, "acme", kind, key, who="ann", with_dependants=True).batch
        gone = records(workspace)
        back = undo(workspace, "acme", batch, who="ann")
        assert records(workspace) == before
        undo(workspace, "acme", undo(workspace, "acme", back, who="ann"), who="ann")
        assert records(workspace) == before != gone


def test_what_was_added_goes_again_with_all_that_came_with_it(workspace: Workspace) -> None:
    before = records(workspace)
    undo(workspace, "acme", duplicate(workspace, "acme", "activity", "newsletter", who="ann").batch, who="ann")
    assert records(workspace) == before


def test_what_somebody_changed_since_is_left_alone_and_says_who(workspace: Workspace) -> None:
    batch = edit(workspace, "party", "mailer", country="Norway")
    edit(workspace, "party", "mailer", "bob", address="Oslo")
    before = everything(workspace.path)
    with pytest.raises(InputError, match=r"party/mailer: bob changed it since \(2\d{3}-.* UTC, change party mailer\)"):
        undo(workspace, "acme", batch, who="ann")
    assert everything(workspace.path) == before


def test_a_list_that_somebody_changed_since_is_a_change_too(workspace: Workspace) -> None:
    batch = edit(workspace, "activity", "newsletter", name="News")
    edit(workspace, "activity", "newsletter", "bob", systems=())
    with pytest.raises(InputError, match="bob changed it since"):
        undo(workspace, "acme", batch, who="ann")


def test_what_another_program_changed_since_is_left_alone(workspace: Workspace) -> None:
    batch = edit(workspace, "party", "mailer", country="Norway")
    with by_hand(workspace.path) as connection:
        connection.execute("UPDATE party SET address = 'Oslo' WHERE key = 'mailer'")
    with pytest.raises(InputError, match="outside ropa changed it since"):
        undo(workspace, "acme", batch, who="ann")


def test_an_addition_that_others_have_built_upon_stays(workspace: Workspace) -> None:
    batch = edit(workspace, "party", None, name="Hub")
    edit(workspace, "engagement", None, "bob", party="hub")
    before = everything(workspace.path)
    with pytest.raises(InputError, match="engagement/support/hub: it has come to depend on party hub"):
        undo(workspace, "acme", batch, who="ann")
    assert everything(workspace.path) == before


def test_an_activity_does_not_take_along_what_was_written_into_it_since(workspace: Workspace) -> None:
    batch = edit(workspace, "activity", None, name="Sales")
    editing = opened(workspace, "acme", "lawful_basis", None, "sales")
    save(workspace, "acme", editing, {**editing.texts, "basis": "contract"}, who="bob")
    with pytest.raises(InputError, match="lawful_basis/sales/contract: it has come to depend on activity sales"):
        undo(workspace, "acme", batch, who="ann")


def test_a_removal_cannot_be_undone_where_what_it_named_is_gone_too(workspace: Workspace) -> None:
    batch = remove(workspace, "acme", "engagement", "newsletter/mailer", who="ann", with_dependants=True).batch
    remove(workspace, "acme", "agreement", "mailer-dpa", who="bob", with_dependants=True)
    with pytest.raises(InputError, match="engagement/newsletter/mailer: it refers to agreement mailer-dpa"):
        undo(workspace, "acme", batch, who="ann")


def test_a_change_that_is_far_back_is_found(workspace: Workspace) -> None:
    batch = edit(workspace, "system", "crm", technology="old")
    for number in range(30):
        edit(workspace, "party", "mailer", note=f"note {number}")
    undo(workspace, "acme", batch, who="ann")
    assert workspace.store.snapshot("acme").register.systems["crm"].technology is None


def test_a_change_that_never_was_cannot_be_undone(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="no change 99"):
        undo(workspace, "acme", 99, who="ann")


def test_the_changes_of_a_register_are_listed_newest_first(workspace: Workspace) -> None:
    edit(workspace, "party", "mailer", country="Norway")
    newest, first = batches(workspace, "acme")
    assert (newest.who, newest.why, newest.records) == ("ann", "change party mailer", 1)
    assert (first.who, first.why) == ("ada", "first load")
