"""A vendor is one form: the verdict stands there before anything is saved, and all of it is saved together."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from ropa.records.errors import NotFoundError
from ropa.records.register import Register
from ropa.services.editing.records import Refused, Saved
from ropa.services.editing.undoing import undo
from ropa.services.editing.vendor_form import save, vendor_blank, vendor_form, vendor_offer, verdict
from ropa.services.loading import dump
from ropa.services.workspace import Workspace
from tests.registers import COMPLETE, HEAD, TODAY
from tests.store.databases import everything, filled

BODY = COMPLETE + "documents:\n  tra: {name: TRA of Hub, type: tra, date: 2026-10-01}\n"
US: dict[str, object] = {
    "new_party": "HubSpot",
    "new_legal_name": "HubSpot, Inc.",
    "new_country": "United States",
    "service": "CRM",
    "data_categories": ("name",),
}
ADDENDUM: dict[str, object] = {
    "instruments": ("uk-addendum+eu-scc-2021",),
    "module": "2",
    "signed": "1 Nov 2026",
    "assessment": "tra",
}


def workspace_of(folder: Path, body: str = BODY, head: str = HEAD) -> Workspace:
    return Workspace(filled(folder / "ropa.db", head + textwrap.dedent(body)), TODAY)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_of(tmp_path)


def lines(workspace: Workspace, texts: dict[str, object]) -> list[str]:
    found = verdict(workspace.view("acme"), "newsletter", {**vendor_blank(), **texts})
    return [f"{item.mark} {item.text}".strip() for item in found]


def written(workspace: Workspace, texts: dict[str, object]) -> Register:
    outcome = save(workspace, "acme", "newsletter", {**vendor_blank(), **texts}, who="ann")
    assert isinstance(outcome, Saved), outcome
    return workspace.store.snapshot("acme").register


def problems(workspace: Workspace, texts: dict[str, object]) -> dict[str, str]:
    before = everything(workspace.path)
    outcome = save(workspace, "acme", "newsletter", {**vendor_blank(), **texts}, who="ann")
    assert isinstance(outcome, Refused), outcome
    assert everything(workspace.path) == before
    return dict(outcome.problems)


def rules(workspace: Workspace) -> set[str]:
    return {each.rule for each in workspace.view("acme").findings}


def test_a_vendor_in_the_united_states_without_a_safeguard_is_told_with_reasons(workspace: Workspace) -> None:
    first, why, remedy = lines(workspace, US)
    assert first == "✖ United States, UK GDPR: no valid safeguard"
    assert "No safeguard is recorded for this transfer." in why
    assert "an IDTA, or the Addendum with the EU clauses" in remedy


def test_with_an_addendum_and_a_risk_assessment_the_safeguard_is_on_record(workspace: Workspace) -> None:
    first, why = lines(workspace, US | ADDENDUM)
    assert first == "United States, UK GDPR: safeguard on record"
    assert "with a transfer risk assessment of 2026-10-01" in why


def test_an_addendum_without_an_assessment_is_incomplete(workspace: Workspace) -> None:
    assert lines(workspace, US | ADDENDUM | {"assessment": ""})[0] == "! United States, UK GDPR: incomplete"


def test_the_finding_comes_when_it_is_saved_without_and_not_when_it_is_saved_with(workspace: Workspace) -> None:
    written(workspace, US)
    assert "transfer-unsafeguarded" in rules(workspace)
    written(workspace, US | ADDENDUM | {"new_party": "Other Hub", "new_legal_name": ""})
    titles = [each.title for each in workspace.view("acme").findings if each.rule.startswith("transfer")]
    assert titles == ["HubSpot (HubSpot, Inc., United States): no valid safeguard"]


def test_everything_is_written_together_and_is_one_entry_of_a_file(workspace: Workspace) -> None:
    agreement: dict[str, object] = {
        "new_agreement": "Hub DPA",
        "agreement_signed": "2026-11-01",
        "clauses": tuple("abcdefgh"),
    }
    before = workspace.store.snapshot("acme").register
    outcome = save(workspace, "acme", "newsletter", {**vendor_blank(), **US, **ADDENDUM, **agreement}, who="ann")
    assert isinstance(outcome, Saved)
    register = workspace.store.snapshot("acme").register
    engagement = register.engagements["newsletter/hubspot"]
    assert (engagement.party, engagement.agreement, engagement.role) == ("hubspot", "hub-dpa", "processor")
    assert register.parties["hubspot"].legal_name == "HubSpot, Inc."
    assert register.agreements["hub-dpa"].party == "hubspot"
    assert register.transfers["newsletter/hubspot"].country == "US"
    safeguards = {each.instrument: each for each in register.safeguards_of("newsletter/hubspot")}
    assert set(safeguards) == {"uk-addendum", "eu-scc-2021"}
    assert (safeguards["uk-addendum"].module, safeguards["eu-scc-2021"].module) == (None, 2)
    assert {each.assessment for each in safeguards.values()} == {"tra"}
    assert "        transfer:\n          country: United States\n" in dump(workspace.store, "acme")
    assert {each.batch for each in workspace.store.history("acme") if each.who == "ann"} == {outcome.batch}
    undo(workspace, "acme", outcome.batch, who="ann")
    assert workspace.store.snapshot("acme").register == before


def test_what_was_shown_before_is_what_holds_after(workspace: Workspace) -> None:
    typed = US | ADDENDUM | {"countries": "Ireland", "remote_access": ("India",)}
    shown = [each for each in lines(workspace, typed) if "UK GDPR:" in each]
    written(workspace, typed)
    found = [each for each in workspace.view("acme").crossings if each.importer == "party/hubspot"]
    assert [(each.country, each.worst.status) for each in found] == [
        ("US", "safeguarded"), ("IE", "adequate"), ("IN", "safeguarded"),
    ]  # fmt: skip
    assert shown == [
        "United States, UK GDPR: safeguard on record",
        "Ireland, UK GDPR: adequate",
        "India, UK GDPR: safeguard on record",
    ]
    assert rules(workspace).isdisjoint({"crossing-undocumented", "transfer-unsafeguarded", "transfer-incomplete"})


def test_a_party_that_is_there_is_engaged_and_not_added_again(workspace: Workspace) -> None:
    register = written(workspace, {"party": "mailer", "agreement": "mailer-dpa", "service": "hosting"})
    assert set(register.parties) == {"mailer"}
    assert register.engagements["newsletter/mailer-2"].agreement == "mailer-dpa"
    assert register.transfers == {}


def test_data_that_stays_inside_is_told_to_stay(workspace: Workspace) -> None:
    assert lines(workspace, {"party": "mailer"}) == [
        "No restricted transfer: by what is said here the data stays inside the territory"
    ]


def test_a_country_with_an_adequacy_decision_is_recorded_without_a_safeguard(workspace: Workspace) -> None:
    register = written(workspace, US | {"new_country": "France"})
    assert register.transfers["newsletter/hubspot"].country == "FR"
    assert register.safeguards == {}


def test_a_country_that_is_not_recorded_is_never_shown_as_fine(workspace: Workspace) -> None:
    assert lines(workspace, US | {"new_country": ""})[0] == "? Country not recorded, UK GDPR: cannot be told"


def test_what_begins_later_is_judged_for_that_day(workspace: Workspace) -> None:
    assert lines(workspace, US | {"since": "2027-01-01"})[:2] == [
        "As it will be on 1 January 2027, when it begins",
        "✖ United States, UK GDPR: no valid safeguard",
    ]


def test_an_organisation_that_both_laws_bind_has_a_verdict_for_each(tmp_path: Path) -> None:
    head = HEAD.replace("  name: Acme\n", "  name: Acme\n  regimes: [uk, eu]\n")
    workspace = workspace_of(tmp_path, head=head)
    told = [
        each for each in lines(workspace, US | {"instruments": ("uk-idta",), "assessment": "tra"}) if "GDPR:" in each
    ]
    assert told == [
        "United States, UK GDPR: safeguard on record",
        "✖ United States, EU GDPR: no valid safeguard",
    ]


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({}, "party", "it is required"),
        ({"party": "gone"}, "party", "there is no party 'gone'"),
        ({"party": "mailer", "new_party": "Hub"}, "new_party", "a party is chosen already"),
        ({"new_party": "MAILER ltd"}, "new_party", "there is a party of that name already, Mailer; choose it"),
        ({"new_country": "US"}, "new_party", "it is required"),
        (US | {"new_country": "Untied States"}, "new_country", "did you mean United States?"),
        (US | {"agreement": "mailer-dpa"}, "agreement", "it is with Mailer, not with this party"),
        (US | {"clauses": ("a",)}, "new_agreement", "it is required"),
        (US | {"data_categories": ("gone",)}, "data_categories", "there is no data category 'gone'"),
        (US | {"signed": "2026-11-01"}, "signed", "choose the safeguard"),
        (US | ADDENDUM | {"signed": "03/04/2026"}, "signed", "can be 3 April 2026 or 4 March 2026"),
        (US | ADDENDUM | {"assessment": "gone"}, "assessment", "there is no document 'gone'"),
        (US | {"instruments": ("magic",)}, "instruments", "'magic' is not known"),
        ({"party": "mailer"} | ADDENDUM, "instruments", "no data leaves the territory"),
        (US | {"role": ""}, "role", "it is required"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_told_beside_its_field(
    workspace: Workspace, typed: dict[str, object], field: str, says: str
) -> None:
    found = problems(workspace, typed)
    assert says in found[field]
    assert set(found) <= {each.name for each in vendor_form().fields}
    assert any(says in each for each in lines(workspace, typed))


def test_no_verdict_is_shown_for_a_safeguard_that_cannot_be_read_yet(workspace: Workspace) -> None:
    (only,) = lines(workspace, US | ADDENDUM | {"signed": "soon"})
    assert only.startswith("? Safeguard signed: 'soon' is not a date")


def test_a_transfer_that_covers_it_already_is_not_written_twice(tmp_path: Path) -> None:
    body = BODY + (
        "transfers:\n  all: {importer: hub, country: US, safeguards: [{instrument: uk-idta, assessment: tra}]}\n"
    )
    body = body.replace("parties:\n", "parties:\n  hub: {name: Hub, country: US}\n")
    workspace = workspace_of(tmp_path, body)
    assert lines(workspace, {"party": "hub"})[0] == "United States, UK GDPR: safeguard on record"
    assert set(written(workspace, {"party": "hub", "instruments": ("uk-idta",)}).transfers) == {"all"}
    more = written(workspace, {"party": "hub"} | ADDENDUM)
    assert set(more.transfers) == {"all", "newsletter/hub-2"}


def test_safeguards_that_need_another_are_offered_with_it(workspace: Workspace) -> None:
    view = workspace.view("acme")
    (choice,) = vendor_offer(view, "instruments").find("uk addendum")
    assert choice.value == "uk-addendum+eu-scc-2021"
    assert choice.label.endswith(", with EU standard contractual clauses 2021")
    for field in vendor_form().fields:
        vendor_offer(view, field.name)
    assert [each.value for each in vendor_offer(view, "assessment").find("hub")] == ["tra"]


def test_an_activity_that_is_not_there_is_named(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="activity/gone"):
        verdict(workspace.view("acme"), "gone", US)
