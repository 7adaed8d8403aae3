"""An open form: what was typed last is what is kept, and nothing is kept of what is saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.services.editing.records import Saved
from ropa.services.editing.sheets import RecordSheet
from ropa.services.workspace import Workspace
from tests.registers import TODAY
from tests.tui.walking import database, sample


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Workspace.open(database(tmp_path / "outserve.db", [sample("outserve")]), TODAY)


def party(workspace: Workspace) -> RecordSheet:
    sheet = RecordSheet(workspace, "outserve", "party")
    sheet.open()
    return sheet


def test_what_was_typed_earlier_never_takes_the_place_of_what_was_typed_later(workspace: Workspace) -> None:
    sheet = party(workspace)
    sheet.keep({"name": "later"}, 2)
    sheet.keep({"name": "earlier"}, 1)
    again = party(workspace)
    assert again.texts["name"] == "later"
    assert again.draft is not None
    assert again.draft.said.startswith("You typed this on ")


def test_nothing_is_kept_of_a_form_that_is_saved(workspace: Workspace) -> None:
    sheet = party(workspace)
    assert isinstance(sheet.save({**sheet.texts, "name": "Brevard"}, "ann"), Saved)
    sheet.keep({"name": "a thread that comes late"}, 9)
    assert party(workspace).draft is None


def test_what_was_thrown_away_does_not_come_back_with_a_thread_that_is_late(workspace: Workspace) -> None:
    sheet = party(workspace)
    sheet.keep({"name": "typed"}, 1)
    sheet.start_over(3)
    sheet.keep({"name": "late"}, 2)
    assert party(workspace).draft is None
    sheet.keep({"name": "new"}, 4)
    assert party(workspace).draft is not None


def test_two_forms_begun_from_different_places_keep_their_own_drafts(workspace: Workspace) -> None:
    one = RecordSheet(workspace, "outserve", "acknowledgement", None, None, {"rule": "a", "who": "ann"})
    one.open()
    one.keep({**one.texts, "reason": "of the first"})
    other = RecordSheet(workspace, "outserve", "acknowledgement", None, None, {"rule": "b", "who": "ann"})
    other.open()
    assert other.draft is None
    again = RecordSheet(workspace, "outserve", "acknowledgement", None, None, {"rule": "a", "who": "bob"})
    again.open()
    assert again.texts["reason"] == "of the first"


def test_the_findings_of_a_first_organisation_are_shown_before_it_is_saved(workspace: Workspace) -> None:
    sheet = RecordSheet(workspace, "", "organisation")
    sheet.open()
    lines = [line.text for part in sheet.follows(None, {**sheet.texts, "name": "Tiny"}).parts for line in part.lines]
    assert any("which law binds it" in each for each in lines)
    assert not any(each.startswith("mended") for each in lines)
