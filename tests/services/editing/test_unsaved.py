"""What was typed is there again after a crash, for its owner alone, and gone once it is saved."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.records.errors import StoreError
from ropa.services.editing.conflicts import Conflict
from ropa.services.editing.records import Saved, opened, save
from ropa.services.editing.unsaved import Draft, Unsaved, resumed, state_folder
from ropa.services.workspace import Workspace
from tests.registers import TODAY
from tests.store.databases import filled

TYPED: dict[str, object] = {
    "name": "Mailer [/] “Ltd”",
    "country": "Untied Sta",
    "aliases": ("one", "two"),
    "contact": {"email": "a@b.example", "name": ""},
    "note": "line\nline",
}

BROKEN = (b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": 2}', b"[" * 100_000)
RECORD = b'{"format": 1, "organisation": "acme", "kind": "party", "key": "", "parent": "", "form": "", "at": ""}'
NO_TEXTS = (b"1}", b'{"name": 5}}')


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(sys, "platform", "linux")
    return Workspace(filled(tmp_path / "ropa.db"), TODAY)


@pytest.fixture
def unsaved(workspace: Workspace) -> Unsaved:
    return Unsaved.of(workspace.path)


def draft(**values: object) -> Draft:
    return Draft(**{"organisation": "acme", "kind": "party", "key": "mailer", "texts": TYPED, **values})  # type: ignore[arg-type]  # fields of a draft


def test_what_was_typed_is_there_again_as_it_was_typed(unsaved: Unsaved, workspace: Workspace) -> None:
    unsaved.keep(draft())
    found = Unsaved.of(workspace.path).find("acme", "party", "mailer")
    assert found is not None
    assert found.texts == TYPED
    assert found.at != ""


def test_what_is_typed_later_takes_the_place_of_what_was_typed_before(unsaved: Unsaved) -> None:
    unsaved.keep(draft())
    unsaved.keep(draft(texts={"name": "Later"}))
    assert [each.texts for each in unsaved.kept("acme")] == [{"name": "Later"}]


def test_each_form_has_its_own(unsaved: Unsaved) -> None:
    unsaved.keep(draft())
    unsaved.keep(draft(organisation="other"))
    unsaved.keep(draft(key=""))
    unsaved.keep(draft(kind="lawful_basis", key="", parent="support", texts={"basis": "con"}))
    unsaved.keep(draft(kind="engagement", key="", parent="support", form="vendor", texts={"new_party": "Hub"}))
    assert len(unsaved.kept()) == 5
    assert len(unsaved.kept("acme")) == 4
    vendor = unsaved.find("acme", "engagement", "", "support", "vendor")
    assert vendor is not None
    assert vendor.texts == {"new_party": "Hub"}


def test_two_databases_never_share_a_draft(unsaved: Unsaved, tmp_path: Path) -> None:
    unsaved.keep(draft())
    assert Unsaved.of(tmp_path / "another.db").kept() == ()


def test_once_saved_it_is_gone(unsaved: Unsaved) -> None:
    unsaved.keep(draft())
    unsaved.drop("acme", "party", "mailer")
    unsaved.drop("acme", "party", "mailer")
    assert unsaved.kept() == ()


def test_nobody_else_can_read_it(unsaved: Unsaved) -> None:
    unsaved.keep(draft())
    (path,) = unsaved.folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(unsaved.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content",
[*BROKEN, RECORD, RECORD.replace(b"party", b"no-such"), *(RECORD[:-1] + b', "texts": ' + each for each in NO_TEXTS)],
    ids=range(11),
)  # fmt: skip
def test_a_damaged_file_is_set_aside_and_the_others_are_offered(unsaved: Unsaved, content: bytes) -> None:
    unsaved.keep(draft())
    damaged = unsaved.folder / "damaged.json"
    damaged.write_bytes(content)
    assert len(unsaved.kept()) == 1
    assert not damaged.exists()
    assert damaged.with_suffix(".damaged").read_bytes() == content


def test_a_field_that_this_program_does_not_know_is_left_out(unsaved: Unsaved) -> None:
    unsaved.keep(draft(texts={"name": "A", "colour": "red"}))
    assert unsaved.kept()[0].texts == {"name": "A"}


def test_where_nothing_can_be_kept_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StoreError, match="what is typed cannot be kept"):
        Unsaved(tmp_path / "file" / "inside").keep(draft())
    assert Unsaved(tmp_path / "file" / "inside").kept() == ()


@given(st.dictionaries(st.just("name") | st.just("note"), st.text()))
def test_every_text_that_can_be_typed_is_kept(texts: dict[str, object]) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        unsaved = Unsaved(Path(folder) / "drafts")
        unsaved.keep(draft(texts=texts))
        assert [each.texts for each in unsaved.kept()] == [texts]


def kept_from(workspace: Workspace, unsaved: Unsaved) -> Draft:
    editing = opened(workspace, "acme", "party", "mailer")
    typed = {**editing.texts, "country": "Spain"}
    unsaved.keep(draft(texts=typed, version=editing.version, opened=editing.texts))
    return unsaved.kept()[0]


def test_a_draft_is_taken_up_where_it_was_left(workspace: Workspace, unsaved: Unsaved) -> None:
    found = kept_from(workspace, unsaved)
    assert isinstance(save(workspace, "acme", resumed(workspace, found), found.texts, who="ann"), Saved)


def test_a_draft_of_a_record_that_somebody_changed_since_meets_them(workspace: Workspace, unsaved: Unsaved) -> None:
    found = kept_from(workspace, unsaved)
    bob = opened(workspace, "acme", "party", "mailer")
    save(workspace, "acme", bob, {**bob.texts, "address": "Oslo"}, who="bob")
    conflict = save(workspace, "acme", resumed(workspace, found), found.texts, who="ann")
    assert isinstance(conflict, Conflict)
    assert {each.field: each.touched for each in conflict.fields} == {"country": "mine", "address": "theirs"}


def test_a_new_record_is_taken_up_where_it_was_left(workspace: Workspace, unsaved: Unsaved) -> None:
    unsaved.keep(draft(kind="lawful_basis", key="", parent="support", texts={"basis": "contract"}))
    editing = resumed(workspace, unsaved.kept()[0])
    assert (editing.kind, editing.parent, editing.record) == ("lawful_basis", "support", None)


@pytest.mark.parametrize(
    ("platform", "part"), [("win32", "Local"), ("darwin", "Application Support"), ("linux", "state")]
)
def test_every_machine_has_its_own_place_for_it(platform: str, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert part in state_folder().parts
    assert state_folder().name == "ropa"
