"""Recording what happened with each customer: nothing twice, nothing lost, nobody who need not be told."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ropa.records.change import NoticeFields
from ropa.records.errors import InputError, NotFoundError
from ropa.services.drafts.wording import NOT_APPROVED
from ropa.services.steps.answers import record_consent, record_objection, record_resolution
from ropa.services.steps.changes import approve, make_effective, reschedule
from ropa.services.steps.notices import record_received, record_sent
from ropa.services.steps.step import Done
from ropa.services.workspace import Workspace
from tests.services.steps.acme_changes import ACME, ON, PLANNED, acme, contents, later, refused

Sender = Callable[..., object]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A database whose change is approved."""
    found = acme(tmp_path)
    approve(found, "acme", "swap", who="ada")
    return found


def notice(workspace: Workspace, customer: str = "bolt") -> NoticeFields:
    """What is recorded about one customer."""
    (found,) = (each for each in workspace.view("acme").register.notices.values() if each.customer == customer)
    return found


def unchanged(workspace: Workspace, step: Callable[[], object]) -> None:
    """A step that is taken already: it says so, and writes nothing."""
    before = contents(workspace)
    assert getattr(step(), "changed", None) is False
    assert contents(workspace) == before


def drafts(folder: Path, planned: str | None = "2027-02-01", **more: object) -> Path:
    """A folder of drafts as the program writes it."""
    folder.mkdir()
    customers = {}
    for key in ("bolt", "screw"):
        (folder / f"{key}.eml").write_bytes(f"To: {key}\n\nNews.".encode())
        digest = hashlib.sha256((folder / f"{key}.eml").read_bytes()).hexdigest()
        customers[key] = {"eml": f"{key}.eml", "sha256": digest}
    manifest = {"organisation": "acme", "change": "swap", "planned": planned, "customers": customers, **more}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_a_notice_is_kept_with_its_evidence_and_the_date_that_it_stated(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "sent.eml"
    file.write_bytes(b"To: Bolt\r\n\r\nNews.")
    done = record_sent(workspace, "acme", "swap", ["bolt"], on=ON, via="email", evidence=file, who="ada")
    found = notice(workspace)
    assert (found.sent, found.channel, found.evidence, found.told) == (ON, "email", "sent.eml", PLANNED)
    assert found.fingerprint == hashlib.sha256(file.read_bytes()).hexdigest()
    assert workspace.view("acme").register.changes["swap"].state == "notified"
    assert done.status.stage == "notified"


def test_everybody_means_those_who_must_be_told_and_have_not_been(workspace: Workspace) -> None:
    record_sent(workspace, "acme", "swap", ["bolt"], on=dt.date(2026, 11, 20), who="ada")
    record_sent(workspace, "acme", "swap", None, on=ON, who="ada")
    assert {each.customer for each in workspace.view("acme").register.notices.values()} == {"bolt", "screw"}
    assert notice(workspace).sent == dt.date(2026, 11, 20)
    unchanged(workspace, lambda: record_sent(workspace, "acme", "swap", None, on=ON, who="ada"))


def test_the_same_again_changes_nothing_and_other_values_need_a_correction(workspace: Workspace) -> None:
    def send(on: dt.date = ON, via: str | None = "email", *, correct: bool = False) -> object:
        how = {"correct": correct}
        return record_sent(workspace, "acme", "swap", ["bolt"], on=on, via=via, evidence="id 1", who="a", **how)

    send()
    unchanged(workspace, send)
    unchanged(workspace, lambda: send(via=None))
    assert "channel is recorded as “email”" in refused(workspace, lambda: send(via="letter"))
    assert "sent is recorded as 21 November 2026" in refused(workspace, lambda: send(dt.date(2026, 11, 20)))
    send(dt.date(2026, 11, 20), "letter", correct=True)
    assert (notice(workspace).sent, notice(workspace).channel) == (dt.date(2026, 11, 20), "letter")
    versions = [each.before for each in workspace.store.history("acme", "notice", "swap/bolt") if each.before]
    assert versions  # the history keeps what it was


def test_a_fingerprint_goes_with_the_evidence_that_it_was_of(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "sent.eml"
    file.write_bytes(b"x")
    record_sent(workspace, "acme", "swap", ["bolt"], on=ON, evidence=file, who="ada")
    record_sent(workspace, "acme", "swap", ["bolt"], on=ON, evidence="by letter", who="ada", correct=True)
    assert (notice(workspace).evidence, notice(workspace).fingerprint) == ("by letter", None)


def test_who_need_not_be_told_is_refused_with_the_reason_and_then_nobody_is_recorded(workspace: Workspace) -> None:
    def send(*customers: str) -> object:
        return record_sent(workspace, "acme", "swap", customers, on=ON, who="ada")

    words = refused(workspace, lambda: send("bolt", "washer", "nobody"))
    assert "does not reach Washer Ltd: it is about Hosting" in words
    assert "Nobody Ltd is no customer" in words
    assert "did you mean screw" in refused(workspace, lambda: send("scrwe"), NotFoundError)


def test_a_proposal_is_not_announced_and_no_day_is_to_come(tmp_path: Path) -> None:
    proposed = acme(tmp_path)
    assert "approve it" in refused(proposed, lambda: record_sent(proposed, "acme", "swap", None, on=ON, who="ada"))
    approve(proposed, "acme", "swap", who="ada")
    steps: tuple[Callable[[dt.date], object], ...] = (
        lambda day: record_sent(proposed, "acme", "swap", None, on=day, who="ada"),
        lambda day: record_received(proposed, "acme", "swap", "bolt", on=day, who="ada"),
        lambda day: record_consent(proposed, "acme", "swap", "bolt", on=day, who="ada"),
        lambda day: record_objection(proposed, "acme", "swap", "bolt", on=day, grounds="no", who="ada"),
    )
    for step in steps:
        assert "still to come" in refused(proposed, lambda step=step: step(ON + dt.timedelta(days=1)))  # type: ignore[misc]  # mypy cannot infer a default


def test_each_customer_gets_the_fingerprint_of_its_own_draft(workspace: Workspace, tmp_path: Path) -> None:
    folder = drafts(tmp_path / "out")
    record_sent(workspace, "acme", "swap", None, on=ON, via="email", evidence=folder, who="ada")
    for key in ("bolt", "screw"):
        found = notice(workspace, key)
        assert found.fingerprint == hashlib.sha256((folder / f"{key}.eml").read_bytes()).hexdigest()
        assert found.evidence == f"out/{key}.eml"


def test_a_draft_that_was_altered_is_refused_unless_it_went_out_so(workspace: Workspace, tmp_path: Path) -> None:
    folder = drafts(tmp_path / "out")
    (folder / "bolt.eml").write_bytes(b"altered")

    def send(*, correct: bool) -> object:
        return record_sent(workspace, "acme", "swap", None, on=ON, evidence=folder, who="ada", correct=correct)

    assert "Bolt Ltd" in refused(workspace, lambda: send(correct=False))
    send(correct=True)
    assert notice(workspace).fingerprint == hashlib.sha256(b"altered").hexdigest()


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"complete": False, "missing": ["the last day to object"]}, "it is incomplete (the last day to object)"),
        ({"status": NOT_APPROVED}, "it is marked as not approved"),
    ],
)
def test_a_draft_that_says_not_to_send_it_is_no_evidence_that_it_was_sent(
    workspace: Workspace, tmp_path: Path, entry: dict[str, object], words: str
) -> None:
    folder = drafts(tmp_path / "out")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["customers"]["bolt"] |= {**entry, "planned": None}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    def send(*, correct: bool) -> Done:
        return record_sent(workspace, "acme", "swap", ["bolt"], on=ON, evidence=folder, who="ada", correct=correct)

    assert words in refused(workspace, lambda: send(correct=False))
    done = send(correct=True)
    assert notice(workspace).told is None
    assert any(f"went out although {words}" in each for each in done.remarks)


def test_a_draft_whose_dates_count_from_another_day_is_said(workspace: Workspace, tmp_path: Path) -> None:
    folder = drafts(tmp_path / "out", on="2026-11-20")
    done = record_sent(workspace, "acme", "swap", ["bolt"], on=ON, evidence=folder, who="ada")
    assert any("counts its dates from 20 November 2026" in each for each in done.remarks)


def test_drafts_that_state_another_date_are_recorded_with_that_date(workspace: Workspace, tmp_path: Path) -> None:
    folder = drafts(tmp_path / "out", planned="2027-03-01")
    done = record_sent(workspace, "acme", "swap", None, on=ON, evidence=folder, who="ada")
    assert notice(workspace).told == dt.date(2027, 3, 1)
    assert any("states 1 March 2027" in words for words in done.remarks)


def test_a_draft_of_an_earlier_plan_is_recorded_with_its_own_date(workspace: Workspace, tmp_path: Path) -> None:
    folder = drafts(tmp_path / "out")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["customers"]["bolt"]["planned"] = "2027-03-01"
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    record_sent(workspace, "acme", "swap", None, on=ON, evidence=folder, who="ada")
    assert (notice(workspace, "bolt").told, notice(workspace, "screw").told) == (dt.date(2027, 3, 1), PLANNED)


@pytest.mark.parametrize(
    "more",
    [
        {"change": "other"},
        {"organisation": "other"},
        {"customers": []},
        {"customers": {"bolt": {"eml": "../secret", "sha256": "0"}}},
        {"customers": {"bolt": {"eml": "gone.eml", "sha256": "0"}}},
        {"customers": {"bolt": "bolt.eml"}},
        {"planned": "soon"},
    ],
)
def test_a_folder_that_cannot_be_used_is_refused(workspace: Workspace, tmp_path: Path, more: dict[str, object]) -> None:
    folder = drafts(tmp_path / "out", **more)  # type: ignore[arg-type]  # the test is about wrong values
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    send = lambda: record_sent(workspace, "acme", "swap", ["bolt"], on=ON, evidence=folder, who="ada")  # noqa: E731
    refused(workspace, send, InputError)


def test_a_folder_without_a_manifest_a_broken_one_and_a_missing_file_are_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()

    def send(evidence: Path) -> Callable[[], object]:
        return lambda: record_sent(workspace, "acme", "swap", None, on=ON, evidence=evidence, who="a")

    refused(workspace, send(folder), InputError)
    refused(workspace, send(tmp_path / "nothing.eml"), InputError)
    (folder / "manifest.json").write_text("[" * 100_000, encoding="utf-8")
    refused(workspace, send(folder), InputError)


def test_a_customer_without_a_draft_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    folder = drafts(tmp_path / "out", customers={})
    assert "no draft for 'bolt'" in refused(
        workspace, lambda: record_sent(workspace, "acme", "swap", ["bolt"], on=ON, evidence=folder, who="a")
    )


def test_a_notice_cannot_arrive_before_it_was_sent(workspace: Workspace) -> None:
    record_sent(workspace, "acme", "swap", ["bolt"], on=ON, who="ada")
    early = dt.date(2026, 11, 20)
    assert refused(workspace, lambda: record_received(workspace, "acme", "swap", "bolt", on=early, who="ada"))
    record_received(workspace, "acme", "swap", "bolt", on=ON, who="ada")
    assert notice(workspace).received == ON
    unchanged(workspace, lambda: record_received(workspace, "acme", "swap", "bolt", on=ON, who="ada"))


def test_a_late_objection_is_recorded_and_marked(workspace: Workspace) -> None:
    record_sent(workspace, "acme", "swap", ["bolt"], on=ON, who="ada")
    there = later(workspace, dt.date(2026, 12, 10))
    done = record_objection(there, "acme", "swap", "bolt", on=there.on, grounds="no", who="ada")
    assert any("5 days after the window had closed" in words for words in done.remarks)
    assert (notice(workspace).objected, notice(workspace).grounds) == (there.on, "no")


def test_an_objection_is_resolved_once_and_a_new_one_after_it_opens_again_and_keeps_the_old(
    workspace: Workspace,
) -> None:
    record_sent(workspace, "acme", "swap", ["bolt"], on=ON, who="ada")

    def resolve() -> object:
        return record_resolution(workspace, "acme", "swap", "bolt", on=ON, resolution="explained", who="a")

    assert "No objection" in refused(workspace, resolve)
    record_objection(workspace, "acme", "swap", "bolt", on=ON, grounds="too far", who="ada")
    resolve()
    unchanged(workspace, resolve)
    there = later(workspace, dt.date(2026, 12, 1))
    record_objection(there, "acme", "swap", "bolt", on=there.on, grounds="too near", who="ada")
    found = notice(workspace)
    assert (found.objected, found.grounds, found.resolved, found.resolution) == (there.on, "too near", None, None)
    assert "too far" in (found.note or "")
    assert "explained" in (found.note or "")


def test_a_second_objection_while_the_first_is_open_does_not_ask_to_write_over_the_first(workspace: Workspace) -> None:
    record_sent(workspace, "acme", "swap", ["bolt"], on=ON, who="ada")
    record_objection(workspace, "acme", "swap", "bolt", on=ON, grounds="too far", who="ada")
    there = later(workspace, dt.date(2026, 12, 1))
    said = refused(
        there, lambda: record_objection(there, "acme", "swap", "bolt", on=there.on, grounds="no audit", who="ada")
    )
    assert "The objection of Bolt Ltd of 21 November 2026 is still open: record how it was resolved" in said
    done = record_objection(there, "acme", "swap", "bolt", on=there.on, grounds="no audit", who="ada", correct=True)
    assert done.changed


def test_consent_does_not_settle_an_objection(workspace: Workspace) -> None:
    record_sent(workspace, "acme", "swap", None, on=ON, who="ada")
    record_objection(workspace, "acme", "swap", "screw", on=ON, grounds="no", who="ada")
    done = record_consent(workspace, "acme", "swap", "screw", on=ON, who="ada")
    assert any("still open" in words for words in done.remarks)
    assert notice(workspace, "screw").resolved is None


def test_what_happened_can_be_recorded_after_the_change_took_effect(workspace: Workspace) -> None:
    make_effective(workspace, "acme", "swap", who="grace", override="fire")
    record_sent(workspace, "acme", "swap", None, on=ON, who="ada")
    record_objection(workspace, "acme", "swap", "bolt", on=ON, grounds="no", who="ada")
    assert workspace.view("acme").register.changes["swap"].state == "effective"
    assert notice(workspace).objected == ON


def test_a_further_notice_of_a_moved_change_needs_no_correction_and_the_repeat_of_the_first_is_none(
    workspace: Workspace,
) -> None:
    record_sent(workspace, "acme", "swap", ["bolt"], on=ON, via="email", who="ada")
    record_received(workspace, "acme", "swap", "bolt", on=ON, who="ada")
    reschedule(workspace, "acme", "swap", dt.date(2027, 1, 20), who="ada")
    unchanged(workspace, lambda: record_sent(workspace, "acme", "swap", ["bolt"], on=ON, via="email", who="ada"))
    assert notice(workspace).told == PLANNED
    there = later(workspace, dt.date(2026, 12, 1))
    record_sent(there, "acme", "swap", ["bolt"], on=there.on, who="ada")
    found = notice(workspace)
    assert (found.sent, found.told, found.received) == (there.on, dt.date(2027, 1, 20), None)


def test_names_of_other_companies_are_kept_as_they_are(tmp_path: Path) -> None:
    hostile = acme(tmp_path, ACME.replace("name: Bolt Ltd", "name: '[bold]Bolt</b> {{ 7*7 }} =1+1'"))
    approve(hostile, "acme", "swap", who="ada")
    done = record_sent(hostile, "acme", "swap", ["bolt"], on=ON, who="ada")
    assert "[bold]Bolt</b> {{ 7*7 }} =1+1" in done.words


def test_a_consent_from_before_the_notice_is_said_to_be_one(workspace: Workspace) -> None:
    record_sent(workspace, "acme", "swap", ["screw"], on=ON, who="ada")
    done = record_consent(workspace, "acme", "swap", "screw", on=ON - dt.timedelta(days=3), who="ada")
    assert any("told on 21 November 2026 only" in words for words in done.remarks)
    reschedule(workspace, "acme", "swap", dt.date(2027, 1, 10), who="ada")
    again = record_sent(
        later(workspace, dt.date(2026, 11, 25)), "acme", "swap", None, on=dt.date(2026, 11, 25), who="ada"
    )
    assert any("Screw Ltd agreed on 18 November 2026, before this notice" in words for words in again.remarks)


def test_a_notice_from_before_the_change_was_put_forward_is_said_to_be_one(workspace: Workspace) -> None:
    done = record_sent(workspace, "acme", "swap", ["bolt"], on=dt.date(2026, 10, 1), who="ada")
    assert any("before the change was put forward on 1 November 2026" in words for words in done.remarks)
