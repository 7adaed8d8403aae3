"""A report of an earlier day knows nothing that came later."""

from __future__ import annotations

import datetime as dt

import pytest

from ropa.exchange.register_file import read_register
from ropa.records.register import Register
from ropa.services.boards.board import board
from ropa.services.boards.deeds import choices
from ropa.services.changes.due import due_dates
from ropa.services.changes.statuses import known_changes, open_changes
from ropa.services.drafts.folder_of_drafts import drafts
from ropa.services.notices.gathering import gather
from ropa.services.workspace import View
from tests.services.steps.acme_changes import ACME

PROPOSED = "    proposed: 2026-11-01\n"


def read(text: str) -> Register:
    """The register of a file with this text."""
    return read_register(text, "test.yaml")


def changed(more: str) -> str:
    """The register with another life of its change."""
    return f"{ACME}    {more}\n"


@pytest.mark.parametrize(
    ("more", "on", "state"),
    [
        ("state: withdrawn\n    withdrawn: 2026-11-20", "2026-11-20", "withdrawn"),
        ("state: withdrawn\n    withdrawn: 2026-11-20", "2026-11-19", "proposed"),
        ("state: withdrawn\n    withdrawn: 2026-11-20\n    approved: 2026-11-15", "2026-11-19", "approved"),
        ("state: withdrawn\n    withdrawn: 2026-11-20\n    approved: 2026-11-15", "2026-11-14", "proposed"),
        ("state: approved\n    approved: 2026-11-15\n    approved_by: Ada", "2026-11-14", "proposed"),
        ("state: approved\n    approved: 2026-11-15", "2026-11-15", "approved"),
    ],
)
def test_a_decision_that_came_later_had_not_been_taken(more: str, on: str, state: str) -> None:
    (found,) = known_changes(read(changed(more)), dt.date.fromisoformat(on))
    assert found.state == state
    assert (found.approved_by is None) or found.state == "approved"


def test_a_change_put_forward_later_is_not_there_unless_something_shows_that_it_was() -> None:
    later = changed("state: approved\n    proposed: 2027-01-01").replace(PROPOSED, "")
    on = dt.date(2026, 12, 1)
    assert known_changes(read(later), on) == []
    told = "\n    notices: [{customer: bolt, sent: 2026-11-30}]"
    assert [each.key for each in known_changes(read(later.replace("2027-01-01", f"2027-01-01{told}")), on)] == ["swap"]


def test_a_change_recorded_as_effective_from_a_later_day_is_due_like_any_other() -> None:
    found = read(changed("state: effective"))
    on = dt.date(2026, 11, 21)
    assert [each.change.key for each in open_changes(found, on)] == ["swap"]
    assert {due.text.partition(":")[0] for due in due_dates(found, on)} == {"tell Bolt Ltd", "tell Screw Ltd"}


def test_an_emergency_stays_on_the_board_and_in_the_report_until_everybody_was_told() -> None:
    text = changed("state: effective").replace("kind: replace", "kind: emergency").replace("2027-02-01", "2026-12-20")
    on = dt.date(2027, 1, 10)  # in another year than the change
    found = read(text)
    assert [each.change.key for each in open_changes(found, on)] == ["swap"]
    assert [each.change.key for each in gather(found, on).changes] == ["swap"]
    shown = board(View(found, on))
    assert [card.subject for column in shown.columns for card in column.cards] == ["change/swap"]


def test_who_was_not_told_of_a_change_that_went_ahead_early_is_still_to_be_told() -> None:
    early = "state: effective\n    override: {who: Ada, why: fire}"
    text = changed(early).replace("2027-02-01", "2026-11-20")
    on = dt.date(2026, 11, 21)
    assert [due.text for due in due_dates(read(text), on)] == [
        "tell Bolt Ltd: New Host replaces Old Host",
        "tell Screw Ltd: New Host replaces Old Host",
    ]
    found = read(text)
    status = open_changes(found, on)[0]
    possible = choices(found, status)
    assert [key for key, _ in possible["draft"].customers] == [key for key, _ in possible["sent"].customers]
    assert possible["sent"].possible


def test_one_more_customer_told_leaves_only_the_others_to_be_drafted() -> None:
    told = "state: effective\n    override: {who: Ada, why: fire}\n    notices: [{customer: bolt, sent: 2026-11-20}]"
    found = read(changed(told).replace("2027-02-01", "2026-11-20"))
    on = dt.date(2026, 11, 21)
    assert [each.customer for each in drafts(found, "swap", on).customers] == ["screw"]
    assert choices(found, open_changes(found, on)[0])["draft"].customers == (("screw", "Screw Ltd"),)


def test_a_notice_that_went_out_later_leaves_no_word_of_itself_behind() -> None:
    more = (
        "state: notified\n    notices: [{customer: bolt, sent: 2026-11-10, told: 2027-02-01, channel: post, "
        "evidence: letter, objected: 2026-11-12, grounds: no audit, resolved: 2026-11-14, resolution: audited}]"
    )
    (early,) = (each for each in open_changes(read(changed(more)), dt.date(2026, 11, 9))[0].owed if each.notice)
    assert early.notice is not None
    assert (early.notice.channel, early.notice.evidence, early.notice.told) == (None, None, None)
    (later,) = (each for each in open_changes(read(changed(more)), dt.date(2026, 11, 13))[0].owed if each.notice)
    assert later.notice is not None
    assert (later.notice.channel, later.notice.grounds, later.notice.resolution) == ("post", "no audit", None)
    (before,) = (each for each in open_changes(read(changed(more)), dt.date(2026, 11, 11))[0].owed if each.notice)
    assert before.notice is not None
    assert (before.notice.evidence, before.notice.grounds) == ("letter", None)
