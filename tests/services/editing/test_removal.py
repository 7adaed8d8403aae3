"""Whoever removes a record sees first what goes with it, and nothing that stays comes to say what nobody recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.records.errors import InputError, NotFoundError, StaleRecordError
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.services.editing.removal import GO_WITH, Removal, planned, remove, speaks_when_empty
from ropa.services.workspace import Workspace
from tests.registers import TODAY, register
from tests.store.databases import AT, everything, filled, renamed


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(filled(tmp_path / "ropa.db"), TODAY)


def now(workspace: Workspace) -> Register:
    return workspace.store.snapshot("acme").register


def goes(plan: Removal) -> set[str]:
    return {f"{kind}/{key}" for kind, key in plan.goes}


def test_a_record_that_nothing_depends_on_goes_alone(workspace: Workspace) -> None:
    assert planned(now(workspace), "acknowledgement", "accepted").alone
    remove(workspace, "acme", "acknowledgement", "accepted", who="ann")
    assert now(workspace).acknowledgements == {}
    assert workspace.store.history("acme", limit=1)[0].why == "remove acknowledgement accepted"


def test_what_goes_with_a_party_is_shown_before(workspace: Workspace) -> None:
    plan = planned(now(workspace), "party", "mailer")
    assert goes(plan) == {
        "party/mailer",
        "agreement/mailer-dpa",
        "engagement/newsletter/mailer",
        "transfer/newsletter/mailer",
        "safeguard/newsletter/mailer/uk-addendum",
        "flow/newsletter/party-mailer-organisation",
        "announcement/mailer-host",
        "change/new-host",
        "notice/new-host/northgate",
    }
    assert [(each.kind, each.key, each.field) for each in plan.cleared] == [("system", "crm", "operator")]


def test_nothing_goes_that_nobody_asked_for(workspace: Workspace) -> None:
    before = everything(workspace.path)
    with pytest.raises(InputError, match="party/mailer: 9 other records depend on it"):
        remove(workspace, "acme", "party", "mailer", who="ann")
    assert everything(workspace.path) == before


def test_what_was_shown_is_what_goes_in_one_change(workspace: Workspace) -> None:
    plan = planned(now(workspace), "party", "mailer")
    done = remove(workspace, "acme", "party", "mailer", who="ann", with_dependants=True, shown=plan)
    left = now(workspace)
    assert not any(key in left.of_kind(kind) for kind, key in plan.goes)
    assert left.systems["crm"].operator is None
    assert {each.batch for each in workspace.store.history("acme") if each.who == "ann"} == {done.batch}


def test_what_was_added_since_it_was_shown_is_not_removed_unseen(workspace: Workspace) -> None:
    plan = planned(now(workspace), "agreement", "mailer-dpa")
    remove(workspace, "acme", "engagement", "newsletter/mailer", who="bob", with_dependants=True)
    before = everything(workspace.path)
    with pytest.raises(StaleRecordError, match="look again"):
        remove(workspace, "acme", "agreement", "mailer-dpa", who="ann", with_dependants=True, shown=plan)
    assert everything(workspace.path) == before


def test_a_change_of_a_record_that_stays_is_no_reason_to_look_again(workspace: Workspace) -> None:
    plan = planned(now(workspace), "party", "mailer")
    writes = [renamed(workspace.store, "party", "northgate", "Northgate Trust")]
    workspace.store.apply("acme", writes, who="bob", why="", at=AT)
    remove(workspace, "acme", "party", "mailer", who="ann", with_dependants=True, shown=plan)
    assert now(workspace).parties["northgate"].name == "Northgate Trust"


def test_a_list_that_would_come_to_mean_all_data_stands_in_the_way(workspace: Workspace) -> None:
    plan = planned(now(workspace), "data_category", "names")
    assert ("engagement", "newsletter/mailer") in {(each.kind, each.key) for each in plan.blocks}
    assert ("activity", "newsletter") in {(each.kind, each.key) for each in plan.cleared}
    before = everything(workspace.path)
    with pytest.raises(InputError, match="“Which data” would be empty, and that means something"):
        remove(workspace, "acme", "data_category", "names", who="ann", with_dependants=True)
    assert everything(workspace.path) == before


def test_a_list_that_still_names_something_only_loses_it() -> None:
    found = register(
        """
        parties: {hub: Hub}
        data_categories: {name: Name, phone: Phone}
        activities:
          sales:
            name: Sales
            data_categories: [name, phone]
            engagements: [{party: hub, data_categories: [name, phone]}]
        """
    )
    plan = planned(found, "data_category", "phone")
    assert {(each.kind, each.fate) for each in plan.cleared} == {("activity", "cleared"), ("engagement", "cleared")}
    assert plan.blocks == ()


def test_a_transfer_from_a_party_never_becomes_one_from_the_organisation() -> None:
    found = register(
        """
        parties: {hub: Hub, host: Host, other: Other}
        agreements: {below: {name: Below, party: host, between: hub}}
        transfers: {onward: {exporter: hub, importer: host}}
        documents: {tia: {name: TIA, about: hub}}
        """
    )
    plan = planned(found, "party", "hub")
    assert goes(plan) == {"party/hub", "agreement/below", "transfer/onward"}
    assert [(each.kind, each.field) for each in plan.blocks] == [("document", "about")]


def test_every_reference_whose_being_empty_says_something_has_its_fate() -> None:
    speaking = {
        (kind.name, field)
        for kind in KINDS.values()
        for field in (*kind.refs, *kind.lists)
        if field != kind.parent and speaks_when_empty(kind.name, field)
    }
    lists = {(kind.name, field) for kind in KINDS.values() for field in kind.lists}
    single = {("engagement", "from_system"), ("document", "about"), ("change", "beneath"), ("breach", "party")}
    assert speaking - lists - GO_WITH == single
    assert speaking >= GO_WITH
    assert all(field in ("data_categories", "customers") for _, field in speaking & lists)


def test_a_risk_accepted_about_what_goes_is_not_left_for_another_record_of_that_key(workspace: Workspace) -> None:
    assert "acknowledgement/accepted" in goes(planned(now(workspace), "activity", "support"))


def test_the_transfer_that_is_part_of_an_engagement_goes_with_it(workspace: Workspace) -> None:
    assert "transfer/newsletter/mailer" in goes(planned(now(workspace), "engagement", "newsletter/mailer"))


@pytest.mark.parametrize("kind", list(KINDS))
def test_whatever_is_removed_the_register_that_is_left_is_whole(workspace: Workspace, kind: str) -> None:
    for key in now(workspace).of_kind(kind) if kind != "organisation" else ():
        plan = planned(now(workspace), kind, key)
        if not plan.blocks and key in now(workspace).of_kind(kind):
            remove(workspace, "acme", kind, key, who="ann", with_dependants=True)
            now(workspace)


def test_an_organisation_goes_with_all_that_it_recorded(workspace: Workspace) -> None:
    remove(workspace, "acme", "organisation", "acme", who="ann", with_dependants=True)
    assert workspace.organisations() == {}


def test_what_is_not_there_cannot_be_removed(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="party/gone"):
        remove(workspace, "acme", "party", "gone", who="ann")
