"""Who is told of a change: nobody whose data it reaches is forgotten, and nobody else is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ropa.records.register import Register
from ropa.services.changes.statuses import status_of
from ropa.services.steps.changes import propose
from tests.registers import register
from tests.services.steps.acme_changes import acme

ON = dt.date(2026, 11, 21)
BODY = """
  notice: {authorisation: general, period: 30 days, clock: sent}
parties:
  vendor: {name: Vendor, country: United Kingdom}
  deep: {name: Deep, country: United Kingdom}
  fresh: {name: Fresh, country: United Kingdom}
  anvil: {name: Anvil Ltd, country: United Kingdom}
  bench: {name: Bench Ltd, country: United Kingdom}
  clamp: {name: Clamp Ltd, country: United Kingdom}
data_categories: {files: Files}
subject_categories: {clients: Clients}
activities:
  backup:
    name: Backup
    role: processor
    controllers: [anvil]
    subject_categories: [clients]
    data_categories: [files]
    engagements: [{party: vendor, service: backup}]
    flows: [{origin: party/vendor, destination: party/deep, data_categories: [files]}]
  mail:
    name: Mail
    role: processor
    controllers: [bench]
    subject_categories: [clients]
    data_categories: [files]
    engagements: [{party: vendor, service: mail}]
  chat:
    name: Chat
    role: processor
    controllers: [clamp]
    subject_categories: [clients]
    data_categories: [files]
    since: 2026-12-10
    engagements: [{party: vendor, service: chat, since: 2026-12-10}]
changes:
  it: {name: It changes, KIND, proposed: 2026-11-01, effective: 2027-02-01, state: approved}
"""


def told(kind: str, *edits: tuple[str, str], on: dt.date = ON) -> set[str]:
    """The customers who must be told of a change of this kind."""
    text = BODY.replace("KIND", kind)
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    found = register(text)
    return {each.customer for each in status_of(found, found.changes["it"], on).owed}


def test_a_customer_whose_processing_begins_before_the_change_is_not_forgotten() -> None:
    assert told("kind: replace, party: fresh, replaces: vendor") == {"anvil", "bench", "clamp"}


def test_a_customer_whose_processing_ends_before_the_change_is_not_told_of_it() -> None:
    ends = ("name: Mail\n", "name: Mail\n    until: 2026-12-31\n")
    assert told("kind: replace, party: fresh, replaces: vendor", ends) == {"anvil", "clamp"}
    assert told("kind: replace, party: fresh, replaces: vendor, activities: [mail, backup]", ends) == {"anvil"}


def test_who_leaves_behind_a_subprocessor_concerns_only_the_customers_whose_data_it_had() -> None:
    assert told("kind: remove, party: deep, beneath: vendor") == {"anvil"}
    assert told("kind: rename, party: deep, new_name: Deeper") == {"anvil"}


def test_who_joins_behind_a_subprocessor_concerns_every_customer_of_that_one() -> None:
    assert told("kind: add, party: fresh, beneath: vendor") == {"anvil", "bench", "clamp"}


def test_a_customer_that_came_after_the_change_is_not_said_to_have_been_forgotten() -> None:
    done = ("effective: 2027-02-01, state: approved", "effective: 2026-11-02, state: effective")
    agreed = ("activities:\n", "agreements: {a: {name: DPA, party: anvil, signed: 2026-11-15}}\nactivities:\n")
    kind = "kind: add, party: fresh, activities: [backup]"
    assert told(kind, done) == {"anvil"}
    assert told(kind, done, agreed) == set()
    assert told(kind, done, (agreed[0], agreed[1].replace("2026-11-15", "2026-11-01"))) == {"anvil"}
    assert told(kind, agreed) == {"anvil"}


def test_an_agreement_between_others_says_nothing_of_when_a_customer_came() -> None:
    done = ("effective: 2027-02-01, state: approved", "effective: 2026-11-02, state: effective")
    other = "agreements: {a: {name: DPA, party: anvil, between: vendor, signed: 2026-11-15}}\nactivities:\n"
    assert told("kind: add, party: fresh, activities: [backup]", done, ("activities:\n", other)) == {"anvil"}


def test_a_proposal_says_for_which_further_activities_the_party_works(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    fields = {"name": "Rename", "kind": "rename", "party": "oldhost", "new_name": "Older", "activities": ("hosting",)}
    done = propose(workspace, "acme", fields, who="ada", dry_run=True)
    assert any("Old Host works for Printing too" in words for words in done.remarks)
    assert not propose(workspace, "acme", {**fields, "activities": ()}, who="ada", dry_run=True).remarks


def test_the_reach_of_a_change_is_one_question_whatever_was_asked_before() -> None:
    found: Register = register(BODY.replace("KIND", "kind: rename, party: vendor, new_name: V"))
    change = found.changes["it"]
    assert status_of(found, change, ON).owed == status_of(found, change, ON).owed
