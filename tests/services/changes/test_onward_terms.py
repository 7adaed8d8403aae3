"""A change behind a vendor abroad: the data goes on to a third country, and nobody says that it stays at home."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.services.boards.detail import change_detail
from ropa.services.boards.words import list_text, proposal_text
from ropa.services.changes.statuses import ChangeStatus
from ropa.services.drafts.transfer import safeguard_of, verdict_of
from ropa.services.notices.facts import transfer_items
from ropa.services.steps import changes as change_verbs
from ropa.services.steps.step import Done
from ropa.services.workspace import Workspace
from tests.services.steps.acme_changes import ACME, ON, acme

STAYS = "does not leave the territory"
UNKNOWN = "Yankee Inc to Deep Ltd (India): onward terms not recorded"
BEHIND = ACME.replace("  bolt: {", "  deep: {name: Deep Ltd, country: India}\n  bolt: {").replace(
    "engagements: [{party: oldhost,", "engagements: [{party: yankee, service: mail}, {party: oldhost,", 1
)
TERMS = "agreements:\n  deep-dpa: {name: Deep DPA, party: deep, between: yankee, onward_terms: ANSWER}\n"


def proposed(folder: Path, answer: str = "", beneath: str = "yankee") -> tuple[Workspace, Done]:
    """Deep joins behind a vendor; `answer` is what their agreement says of onward terms."""
    text = BEHIND.replace("agreements:\n", TERMS.replace("ANSWER", answer)) if answer else BEHIND
    workspace = acme(folder, text)
    fields = {
        "name": "Deep joins", "party": "deep", "beneath": beneath, "activities": ["hosting"], "effective": "2027-03-01",
    }  # fmt: skip
    return workspace, change_verbs.propose(workspace, "acme", fields, who="ada")


def said(workspace: Workspace, done: Done) -> list[str]:
    """What each front end and document says of the transfers."""
    register, status = done.register, done.status
    view = workspace.view("acme")
    lines = [line.text for part in change_detail(view, status).parts if part.label == "Verdict" for line in part.lines]
    return [
        proposal_text(done, ON),
        " ".join(each.text for each in transfer_items(register, status)),
        " ".join(each.text for each in verdict_of(register, status)),
        " ".join(lines),
    ]


def test_a_vendor_abroad_that_hands_on_to_a_third_country_is_never_said_to_keep_the_data_at_home(
    tmp_path: Path,
) -> None:
    workspace, done = proposed(tmp_path)
    assert done.status.crossings == ()
    for words in said(workspace, done):
        assert UNKNOWN in words
        assert STAYS not in words
        assert "No restricted transfer, by" not in words


def test_the_customer_is_not_told_that_no_safeguard_is_needed_where_the_data_goes_on_to_india(tmp_path: Path) -> None:
    _, done = proposed(tmp_path)
    assert safeguard_of(done.register, done.status).ask == "what protects the data in India"
    (tmp_path / "held").mkdir()
    _, held = proposed(tmp_path / "held", "true")
    assert safeguard_of(held.register, held.status).text == (
        "To India; Yankee Inc binds Deep Ltd by contract to the same data protection duties."
    )


def test_onward_terms_that_are_missing_stand_in_the_way_and_are_said_when_the_change_is_approved(
    tmp_path: Path,
) -> None:
    workspace, done = proposed(tmp_path, "false")
    assert done.status.facts.uncovered == ("Deep Ltd",)
    assert "without the onward terms" in listed(workspace, done.status)
    approved = change_verbs.approve(workspace, "acme", "deep-joins", who="ada")
    assert approved.remarks == (
        "Nothing that is recorded would cover the transfer to Deep Ltd: see to that before anybody is told.",
    )


def listed(workspace: Workspace, status: ChangeStatus) -> str:
    """The list of changes as a terminal shows it."""
    view = workspace.view("acme")
    return list_text([(view, [status])])


@pytest.mark.parametrize(("answer", "rule"), [("", "onward-terms-unknown"), ("false", "onward-terms-missing")])
def test_a_check_asks_for_the_onward_terms_before_the_change_takes_effect(
    tmp_path: Path, answer: str, rule: str
) -> None:
    workspace, _ = proposed(tmp_path, answer)
    found = [each for each in workspace.view("acme").findings if each.subject == "change/deep-joins"]
    assert [each.detail for each in found if each.rule == rule] == ["party/deep"]


def test_a_vendor_at_home_answers_for_what_it_sends_abroad(tmp_path: Path) -> None:
    _, done = proposed(tmp_path, beneath="oldhost")
    assert done.status.onward == ()
    assert [each.worst.status for each in done.status.crossings] == ["unsafeguarded"]
