"""The steps of a change: what each does, what refuses it, and that a refused one writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from ropa.records.errors import InputError, NotFoundError, RefusedError, StaleRecordError
from ropa.services.steps.answers import record_consent, record_objection, record_resolution
from ropa.services.steps.changes import approve, find_change, make_effective, propose, reschedule, withdraw
from ropa.services.steps.notices import record_sent
from ropa.services.workspace import Workspace
from ropa.store.store import Store
from tests.services.steps.acme_changes import ACME, ON, PLANNED, acme, contents, later, refused
from tests.store.databases import filled

FURTHER = {"name": "Yankee joins", "kind": "add", "party": "yankee", "activities": ("hosting",)}


def told(workspace: Workspace, on: dt.date = ON) -> None:
    """Approve the swap and tell everybody; the customer that must consent does."""
    approve(workspace, "acme", "swap", who="ada", on=on)
    record_sent(workspace, "acme", "swap", None, on=on, via="email", who="ada")
    record_consent(workspace, "acme", "swap", "screw", on=on, who="ada")


def test_a_change_is_found_by_its_key_alone_until_two_organisations_have_one(tmp_path: Path) -> None:
    second = ACME.replace("key: acme", "key: other")
    both = Workspace(filled(tmp_path / "ropa.db", ACME, second), ON)
    assert find_change(both, "other/swap") == ("other", "swap")
    with pytest.raises(InputError, match="write acme/swap or other/swap"):
        find_change(both, "swap")
    with pytest.raises(NotFoundError, match="did you mean swap"):
        find_change(both, "swpa")


def test_a_proposal_shows_whom_it_reaches_and_what_the_law_makes_of_it_and_tells_nobody(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    done = propose(workspace, "acme", {**FURTHER, "effective": PLANNED}, who="ada")
    assert done.key == "yankee-joins"
    assert {each.customer for each in done.status.owed} == {"bolt", "screw"}
    assert {each.worst.status for each in done.status.crossings} == {"unsafeguarded"}
    register = workspace.view("acme").register
    assert register.changes["yankee-joins"].state == "proposed"
    assert register.changes["yankee-joins"].proposed == ON
    assert not register.notices


def test_a_rehearsed_proposal_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    before = contents(workspace)
    rehearsed = propose(workspace, "acme", FURTHER, who="ada", dry_run=True)
    assert contents(workspace) == before
    assert propose(workspace, "acme", FURTHER, who="ada").status == rehearsed.status


def test_a_proposal_that_is_recorded_changes_nothing_and_another_of_the_same_key_is_refused(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    propose(workspace, "acme", FURTHER, who="ada")
    before = contents(workspace)
    assert not propose(later(workspace, PLANNED), "acme", FURTHER, who="bob").changed
    assert contents(workspace) == before
    words = refused(workspace, lambda: propose(workspace, "acme", {**FURTHER, "party": "newhost"}, who="ada"))
    assert "its own key" in words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"party": "newhots"}, "there is no party 'newhots'; did you mean newhost?"),
        ({"activities": ("hostin",)}, "did you mean hosting?"),
        ({"kind": "replace"}, "replaces: a change of the kind replace needs it"),
        ({"kind": "rename"}, "new_name"),
        ({"kind": "new-location"}, "countries"),
        ({"kind": "vanish"}, "kind: it must be one of"),
        ({"countries": ("Atlantis",)}, "Atlantis"),
        ({"name": "a\x1b[2Jb"}, "control character"),
        ({"state": "effective"}, "it belongs to a later step"),
        ({"beneath": "yankee"}, "is the party itself"),
        ({"colour": "red"}, "colour: there is no such field"),
        ({"name": None}, "name"),
    ],
)
def test_a_proposal_that_cannot_be_used_names_the_field(tmp_path: Path, fields: dict[str, object], words: str) -> None:
    workspace = acme(tmp_path)
    assert words in refused(workspace, lambda: propose(workspace, "acme", {**FURTHER, **fields}, who="ada"), InputError)


def test_approval_keeps_who_and_when_and_comes_once(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    done = approve(workspace, "acme", "swap", who="ada", on=dt.date(2026, 11, 20))
    record = workspace.view("acme").register.changes["swap"]
    assert (record.state, record.approved, record.approved_by) == ("approved", dt.date(2026, 11, 20), "ada")
    assert done.status.change == record
    before = contents(workspace)
    assert not approve(workspace, "acme", "swap", who="bob").changed
    assert contents(workspace) == before
    assert refused(workspace, lambda: approve(workspace, "acme", "swap", who="bob", on=ON))


def test_nothing_is_recorded_for_a_day_to_come_or_before_the_proposal(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    tomorrow, before = ON + dt.timedelta(days=1), dt.date(2026, 10, 1)
    assert "still to come" in refused(workspace, lambda: approve(workspace, "acme", "swap", who="a", on=tomorrow))
    assert "before that" in refused(workspace, lambda: approve(workspace, "acme", "swap", who="a", on=before))

    def give_up(day: dt.date) -> Callable[[], object]:
        return lambda: withdraw(workspace, "acme", "swap", because="x", who="a", on=day)

    assert "still to come" in refused(workspace, give_up(tomorrow))
    assert "before that" in refused(workspace, give_up(before))


def test_a_step_by_nobody_is_refused(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    refused(workspace, lambda: reschedule(workspace, "acme", "swap", PLANNED + dt.timedelta(days=1), who=" "))


def test_a_withdrawn_change_says_who_was_told_of_it_and_takes_no_further_step(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    approve(workspace, "acme", "swap", who="ada")
    record_sent(workspace, "acme", "swap", ["bolt"], on=ON, who="ada")
    done = withdraw(workspace, "acme", "swap", because="too dear", who="ada")
    assert any("Bolt Ltd" in words and "Screw" not in words for words in done.remarks)
    record = workspace.view("acme").register.changes["swap"]
    assert (record.state, record.withdrawn, record.withdrawn_because) == ("withdrawn", ON, "too dear")
    assert not withdraw(workspace, "acme", "swap", because="too dear", who="ada").changed
    for step in (
        lambda: approve(workspace, "acme", "swap", who="ada"),
        lambda: make_effective(workspace, "acme", "swap", who="ada", override="because"),
        lambda: reschedule(workspace, "acme", "swap", PLANNED + dt.timedelta(days=9), who="ada"),
        lambda: record_sent(workspace, "acme", "swap", None, on=ON, who="ada"),
    ):
        assert "withdrawn" in refused(workspace, step)


def test_a_change_takes_effect_once_every_contract_allows_it_and_is_carried_into_the_register(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    told(workspace)
    early = later(workspace, dt.date(2026, 12, 20))
    words = refused(early, lambda: make_effective(early, "acme", "swap", who="ada"))
    assert "Bolt Ltd" in words
    assert "21 December 2026" in words
    done = make_effective(later(workspace, PLANNED), "acme", "swap", who="ada")
    assert done.changed
    assert done.status.stage == "effective"
    register = workspace.view("acme").register
    assert register.changes["swap"].override is None
    assert register.engagements["hosting/oldhost"].until == dt.date(2027, 1, 31)
    assert register.engagements["hosting/newhost"].since == PLANNED
    assert done.register == register
    before = contents(workspace)
    assert not make_effective(later(workspace, PLANNED), "acme", "swap", who="bob").changed
    assert contents(workspace) == before


def test_the_change_and_the_register_are_written_in_one_batch_of_the_history(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    told(workspace)
    make_effective(later(workspace, PLANNED), "acme", "swap", who="grace")
    newest = workspace.store.history("acme")
    written = {(entry.kind, entry.key) for entry in newest if entry.batch == newest[0].batch}
    expected = {("change", "swap"), ("engagement", "hosting/oldhost"), ("engagement", "hosting/newhost")}
    assert written == expected
    assert {(entry.who, entry.why) for entry in newest if entry.batch == newest[0].batch} == {
        ("grace", "make swap effective")
    }


def test_going_ahead_too_early_needs_a_reason_that_then_stands_on_the_change(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    told(workspace)
    day = dt.date(2026, 12, 1)
    early = later(workspace, day)
    against = refused(early, lambda: make_effective(early, "acme", "swap", who="grace"))
    make_effective(early, "acme", "swap", who="grace", override="Old Host is closing")
    override = workspace.view("acme").register.changes["swap"].override
    assert override is not None
    assert (override.who, override.why, override.on) == ("grace", "Old Host is closing", day)
    assert (override.against or "").splitlines() == against.splitlines()


def test_an_override_against_nothing_is_not_kept(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    told(workspace)
    done = make_effective(later(workspace, PLANNED), "acme", "swap", who="grace", override="just in case")
    assert workspace.view("acme").register.changes["swap"].override is None
    assert "no override is recorded" in done.remarks[0]


def test_no_reason_lets_a_proposal_or_a_day_to_come_take_effect(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    refused(workspace, lambda: make_effective(workspace, "acme", "swap", who="a", override="now"))
    told(workspace)
    refused(workspace, lambda: make_effective(workspace, "acme", "swap", who="a", on=PLANNED, override="now"))


def test_an_objection_holds_the_change_until_it_is_resolved(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    told(workspace)
    record_objection(workspace, "acme", "swap", "bolt", on=ON, grounds="no", who="ada")
    there = later(workspace, PLANNED)
    assert "objection" in refused(there, lambda: make_effective(there, "acme", "swap", who="ada"))
    record_resolution(there, "acme", "swap", "bolt", on=PLANNED, resolution="explained", who="ada")
    assert make_effective(there, "acme", "swap", who="ada").changed


def test_an_earlier_date_than_customers_were_told_must_be_told_again_before_it_counts(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    told(workspace)
    sooner = dt.date(2027, 1, 15)
    done = reschedule(workspace, "acme", "swap", sooner, who="ada")
    assert any("must be told again" in words and "Bolt Ltd" in words for words in done.remarks)
    assert not reschedule(workspace, "acme", "swap", sooner, who="ada").changed
    there = later(workspace, sooner)
    assert "was told that it starts on 1 February 2027" in refused(
        there, lambda: make_effective(there, "acme", "swap", who="ada")
    )
    again = record_sent(later(workspace, dt.date(2026, 12, 1)), "acme", "swap", None, on=dt.date(2026, 12, 1), who="a")
    assert {each.told for each in again.register.notices.values()} == {sooner}
    assert make_effective(there, "acme", "swap", who="ada").changed


def test_a_later_date_asks_to_let_customers_know(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    told(workspace)
    done = reschedule(workspace, "acme", "swap", dt.date(2027, 3, 1), who="ada")
    assert any("earlier date" in words for words in done.remarks)


def test_an_objection_recorded_while_a_step_is_being_decided_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(acme(tmp_path))
    workspace = Workspace(Store.open(tmp_path / "ropa.db"), PLANNED)

    def objection_first(*_: object, **__: object) -> tuple[object, ...]:
        monkeypatch.undo()
        record_objection(workspace, "acme", "swap", "bolt", on=ON + dt.timedelta(days=2), grounds="no audit", who="ben")
        return ()

    monkeypatch.setattr("ropa.services.steps.changes.obstacles", objection_first)
    with pytest.raises(StaleRecordError, match="changed by somebody else meanwhile; nothing was written"):
        make_effective(workspace, "acme", "swap", who="ada")
    with pytest.raises(RefusedError, match="objection"):
        make_effective(workspace, "acme", "swap", who="ada")
