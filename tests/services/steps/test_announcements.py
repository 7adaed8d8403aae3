"""What vendors announce: recorded once, decided with its grounds, and passed on to the customers whom it reaches."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ropa.exchange.register_file import read_register
from ropa.records.errors import InputError, NotFoundError
from ropa.services.boards.announcement_words import announcements_text, announcements_values
from ropa.services.findings.announcements import passing_on
from ropa.services.steps.announcements import decide, find_announcement, pass_on, record_announcement
from ropa.services.workspace import Workspace
from tests.services.steps.acme_changes import ACME, ON, PLANNED, acme, contents, refused

TOLD = {
    "name": "Old Host engages Yankee",
    "vendor": "oldhost",
    "about": "yankee",
    "received": dt.date(2026, 11, 20),
    "window": "14 days",
    "effective": PLANNED,
}
KEY = "old-host-engages-yankee"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A database with one announcement."""
    found = acme(tmp_path)
    record_announcement(found, "acme", TOLD, who="ada")
    return found


def test_an_announcement_says_until_when_to_object(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    noted = record_announcement(workspace, "acme", TOLD, who="ada")
    assert noted.announcement.key == KEY
    assert any("4 December 2026" in words for words in noted.remarks)
    assert find_announcement(workspace, KEY) == ("acme", KEY)
    with pytest.raises(NotFoundError, match=KEY):
        find_announcement(workspace, "old-host-engages-yanke")


def test_the_same_announcement_again_changes_nothing_and_another_of_its_key_is_refused(workspace: Workspace) -> None:
    before = contents(workspace)
    assert not record_announcement(workspace, "acme", TOLD, who="bob").changed
    assert contents(workspace) == before
    other = {**TOLD, "window": "30 days"}
    assert "--correct" in refused(workspace, lambda: record_announcement(workspace, "acme", other, who="bob"))
    record_announcement(workspace, "acme", other, who="bob", correct=True)
    assert workspace.view("acme").register.announcements[KEY].window == "P30D"


def test_a_correction_keeps_what_was_decided(workspace: Workspace) -> None:
    decide(workspace, "acme", KEY, "accepted", on=ON, grounds=None, who="ada")
    record_announcement(workspace, "acme", {**TOLD, "window": "30 days"}, who="bob", correct=True)
    record = workspace.view("acme").register.announcements[KEY]
    assert (record.decision, record.decided, record.decided_by) == ("accepted", ON, "ada")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"vendor": "oldhots"}, "did you mean oldhost"),
        ({"decision": "accepted"}, "a step of its own"),
        ({"window": "soon"}, "window"),
    ],
)
def test_an_announcement_that_cannot_be_used_names_the_field(
    tmp_path: Path, fields: dict[str, object], words: str
) -> None:
    workspace = acme(tmp_path)
    step = lambda: record_announcement(workspace, "acme", {**TOLD, **fields}, who="ada")  # noqa: E731
    assert words in refused(workspace, step, InputError)


def test_a_decision_keeps_who_when_and_why_and_is_not_overwritten_by_accident(workspace: Workspace) -> None:
    def objects(grounds: str | None) -> object:
        return decide(workspace, "acme", KEY, "objected", on=ON, grounds=grounds, who="ada")

    assert "grounds" in refused(workspace, lambda: objects(None))
    objects("no safeguard")
    record = workspace.view("acme").register.announcements[KEY]
    assert (record.decision, record.decided, record.decided_by, record.grounds) == (
        "objected", ON, "ada", "no safeguard",
    )  # fmt: skip
    before = contents(workspace)
    objects("no safeguard")
    assert contents(workspace) == before
    accept = lambda: decide(workspace, "acme", KEY, "accepted", on=ON, grounds=None, who="bob")  # noqa: E731
    assert "--correct" in refused(workspace, accept)


def test_a_decision_is_not_taken_before_the_announcement_came_nor_on_a_day_to_come(workspace: Workspace) -> None:
    for day in (dt.date(2026, 11, 19), ON + dt.timedelta(days=1)):
        refused(
            workspace,
            lambda day=day: decide(workspace, "acme", KEY, "accepted", on=day, grounds=None, who="a"),  # type: ignore[misc]  # mypy cannot infer a default
        )


def test_passing_on_proposes_the_change_behind_the_vendor_to_the_customers_that_it_reaches(
    workspace: Workspace,
) -> None:
    done = pass_on(workspace, "acme", KEY, {"service": "storage"}, who="ada")
    change = done.status.change
    assert (change.party, change.beneath, change.announcement, change.effective) == ("yankee", "oldhost", KEY, PLANNED)
    assert (change.state, change.service) == ("proposed", "storage")
    assert {each.customer for each in done.status.owed} == {"bolt", "screw", "washer"}
    assert {told.path for each in done.status.owed for told in each.why} == {
        ("organisation", "party/oldhost", "party/yankee")
    }
    assert not pass_on(workspace, "acme", KEY, {"service": "storage"}, who="ada").changed
    (row,) = announcements_values(workspace.views())
    assert row["passed_on_as"] == [change.key]


def test_a_vendor_that_moves_itself_is_not_beneath_itself(workspace: Workspace) -> None:
    moves = {"name": "Old Host moves", "vendor": "oldhost", "kind": "new-location", "effective": PLANNED}
    record_announcement(workspace, "acme", moves, who="ada")
    done = pass_on(workspace, "acme", "old-host-moves", {"countries": ("FR",)}, who="ada")
    assert (done.status.change.party, done.status.change.beneath) == ("oldhost", None)


def test_what_concerns_nobody_and_what_names_nobody_is_not_passed_on(workspace: Workspace) -> None:
    record_announcement(workspace, "acme", {"name": "Somebody joins", "vendor": "oldhost"}, who="ada")
    step = lambda: pass_on(workspace, "acme", "somebody-joins", {}, who="ada")  # noqa: E731
    assert "name the party" in refused(workspace, step, InputError)
    decide(workspace, "acme", KEY, "not-concerned", on=ON, grounds=None, who="ada")
    assert "decide otherwise first" in refused(workspace, lambda: pass_on(workspace, "acme", KEY, {}, who="ada"))


def test_what_is_undecided_comes_first_and_what_is_not_recorded_is_said(workspace: Workspace) -> None:
    record_announcement(workspace, "acme", {"name": "Bare", "vendor": "oldhost"}, who="ada")
    text = announcements_text(workspace.views())
    assert "! not decided; time to object ends, in 13 d" in text
    assert "? day of receipt not recorded" in text
    decide(workspace, "acme", KEY, "accepted", on=ON, grounds=None, who="ada")
    assert [each["key"] for each in announcements_values(workspace.views())] == ["bare", KEY]


def test_an_announcement_is_not_said_to_be_passed_on_by_a_change_that_was_given_up() -> None:
    text = ACME + (
        "    state: withdrawn\n    withdrawn: 2026-11-20\n    announcement: news\n"
        "announcements:\n  news: {name: News, vendor: oldhost}\n"
    )
    known = read_register(text, "test.yaml")
    assert passing_on(known, "news", dt.date(2026, 11, 21)) == []
    assert [each.key for each in passing_on(known, "news", dt.date(2026, 11, 19))] == ["swap"]
