"""What went out in a period: an auditor sees every notice, whether it was in time, and who recorded it when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ropa.records.errors import InputError
from ropa.services.notices.documents import notice_document, notice_history
from ropa.services.notices.evidence import Evidence, Span, evidence_of, span_of
from ropa.services.workspace import Workspace
from ropa.store.store import Store
from ropa.store.writer import Put, Remove
from tests.reports.sample import ON, REGISTER
from tests.store.databases import AT, changed, filled

NOVEMBER = Span(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
LATER = AT + dt.timedelta(days=1)


def went_out(store: Store, span: Span = NOVEMBER, on: dt.date = ON) -> dict[str, Evidence]:
    register = store.snapshot("hollin").register
    history = store.history("hollin", "notice", limit=1000)
    return {each.customer: each for each in evidence_of(register, history, span, on)}


def edit(store: Store, key: str, **values: object) -> None:
    found = store.snapshot("hollin")
    put = Put("notice", changed(found.register.notices[key], **values), found.versions["notice", key])
    store.apply("hollin", [put], who="bob", why="correction", at=LATER)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return filled(tmp_path / "ropa.db", REGISTER)


def test_every_notice_of_the_period_stands_there_by_date(store: Store) -> None:
    found = list(went_out(store).values())
    assert [(each.customer, each.out) for each in found] == [
        ("brae", dt.date(2026, 11, 2)),
        ("alba", dt.date(2026, 11, 20)),
    ]
    assert [each.in_time for each in found] == [True, False]


def test_both_ends_of_the_period_count(store: Store) -> None:
    day = dt.date(2026, 11, 2)
    assert set(went_out(store, Span(day, day))) == {"brae"}
    assert set(went_out(store, Span(None, day - dt.timedelta(days=1)))) == set()
    assert set(went_out(store, Span(day + dt.timedelta(days=1), ON))) == {"alba"}


def test_what_is_dated_later_has_not_gone_out(store: Store) -> None:
    assert set(went_out(store, on=dt.date(2026, 11, 19))) == {"brae"}


def test_it_says_who_recorded_it_and_when(store: Store) -> None:
    edit(store, "move/brae", received=dt.date(2026, 11, 3))
    first, second = went_out(store)["brae"].recorded
    assert (first.at, first.who, first.action) == ("2026-11-21T09:12:00Z", "ada", "add")
    assert ("sent", None, "2026-11-02") in first.fields
    assert (second.at, second.who, second.fields) == (
        "2026-11-22T09:12:00Z",
        "bob",
        (("received", None, "2026-11-03"),),
    )


def test_a_notice_that_is_no_longer_recorded_as_sent_is_not_lost(store: Store) -> None:
    edit(store, "move/brae", sent=dt.date(2026, 12, 24))
    found = went_out(store)["brae"]
    assert (found.standing, found.values["sent"], found.in_time) == ("changed", "2026-11-02", None)
    assert [each.who for each in found.recorded] == ["ada", "bob"]


def test_a_notice_that_was_removed_is_not_lost(store: Store) -> None:
    found = store.snapshot("hollin")
    remove = Remove("notice", "move/brae", found.versions["notice", "move/brae"])
    store.apply("hollin", [remove], who="bob", why="tidying", at=LATER)
    gone = went_out(store)["brae"]
    assert (gone.standing, gone.values["evidence"]) == ("removed", "message 7")
    assert [(each.who, each.action) for each in gone.recorded] == [("ada", "add"), ("bob", "remove")]


def test_without_a_day_of_receipt_nobody_says_that_it_was_in_time(tmp_path: Path) -> None:
    text = REGISTER.replace("notice: {authorisation: specific}", "notice: {authorisation: specific, clock: received}")
    store = filled(tmp_path / "ropa.db", text)
    assert went_out(store)["brae"].in_time is None
    edit(store, "move/brae", received=dt.date(2026, 11, 3))
    assert went_out(store)["brae"].in_time is True


def test_the_contract_counts_that_ran_when_the_notice_went_out(tmp_path: Path) -> None:
    ended = REGISTER.replace("    party: alba\n", "    party: alba\n    expires: 2026-12-31\n")
    store = filled(tmp_path / "ropa.db", ended)
    before, after = went_out(store)["alba"], went_out(store, on=dt.date(2027, 6, 1))["alba"]
    assert before.in_time is after.in_time is False
    assert before.owed is not None
    assert after.owed is not None
    assert before.owed.clock.late_by == after.owed.clock.late_by == 9


def test_a_register_without_a_history_says_that_nobody_knows(store: Store) -> None:
    register = store.snapshot("hollin").register
    report = notice_document([register], ON, "md", NOVEMBER).decode()
    assert "? who recorded it is not known" in report


def test_the_report_shows_evidence_only_where_a_period_is_asked_about(store: Store) -> None:
    workspace = Workspace(store, ON)
    registers = [view.register for view in workspace.views()]
    plain = notice_document(registers, ON, "md").decode()
    asked = notice_document(registers, ON, "md", NOVEMBER, notice_history(workspace, ["hollin"])).decode()
    assert "What went out" not in plain
    assert "## What went out from 1 November 2026 until 30 November 2026" in asked
    assert "2026-11-21 09:12:00, ada: sent 2026-11-02" in asked
    nothing = notice_document(registers, ON, "md", Span(None, dt.date(2026, 10, 1))).decode()
    assert "No notice is recorded as sent in this period." in nothing


def test_a_period_ends_today_if_not_said_otherwise_and_never_before_it_begins() -> None:
    assert span_of(None, None, ON) is None
    assert span_of(dt.date(2026, 1, 1), None, ON) == Span(dt.date(2026, 1, 1), ON)
    with pytest.raises(InputError, match="ends on 2026-11-21, before it begins on 2027-01-01"):
        span_of(dt.date(2027, 1, 1), None, ON)
