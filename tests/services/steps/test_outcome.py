"""What a change makes of the register: who works for what from its day on, and that the past stays as it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from ropa.flows.edges import edges
from ropa.records.change import ChangeFields
from ropa.records.engagement import EngagementFields
from ropa.records.register import Register
from ropa.services.steps.making import Outcome
from ropa.services.steps.outcome import outcome
from ropa.services.steps.step import with_records
from tests.registers import register

DAY = dt.date(2027, 2, 1)
EVE = dt.date(2027, 1, 31)
BODY = """
parties:
  old: {name: Old Host, country: United Kingdom}
  new: {name: New Host, country: Germany}
  deep: {name: Deep Store, country: France}
  bolt: {name: Bolt Ltd, country: United Kingdom}
data_categories: {orders: Orders, letters: Letters, photos: Photos}
subject_categories: {clients: Clients}
systems:
  vault: {name: Vault, operator: new, hosting: [Germany]}
activities:
  hosting:
    name: Hosting
    role: processor
    controllers: [bolt]
    subject_categories: [clients]
    data_categories: [orders, letters, photos]
    systems: [vault]
    engagements:
      - {party: old, service: hosting, data_categories: [orders, letters], since: 2020-01-01}
  printing:
    name: Printing
    role: processor
    controllers: [bolt]
    subject_categories: [clients]
    data_categories: [letters]
    engagements: [{party: old, service: printing}]
"""


def carried(kind: str, body: str = BODY, **fields: Any) -> tuple[Register, Register, Outcome]:
    """The register before and after a change, and what was said."""
    before = register(body)
    values = {"key": "c", "name": "C", "kind": kind, "party": "new", "activities": ("hosting",), **fields}
    found = outcome(before, ChangeFields.model_validate(values), DAY)
    return before, with_records(before, [(name, record) for name, _, record in found.records]), found


def standing(found: Register, party: str, on: dt.date = DAY) -> list[EngagementFields]:
    """The engagements of a party that stand on a day."""
    return [
        each
        for each in found.engagements_with(party)
        if (each.since is None or each.since <= on) and (each.until is None or on <= each.until)
    ]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("add", {}),
        ("replace", {"replaces": "old"}),
        ("replace", {"replaces": "old", "data_categories": ("orders",)}),
        ("emergency", {"replaces": "old"}),
        ("new-legal-entity", {"replaces": "old"}),
        ("remove", {"party": "old", "activities": ()}),
        ("new-activity", {"party": "old", "activities": ("printing",), "service": "folding"}),
        ("new-location", {"party": "old", "countries": ("FR",)}),
        ("new-data", {"party": "old", "data_categories": ("photos",)}),
    ],
)
def test_the_eve_of_every_kind_of_change_can_be_judged_as_before(kind: str, fields: dict[str, Any]) -> None:
    before, after, found = carried(kind, **fields)
    assert found.records
    there = [replace(each, via="") for each in edges(after, EVE)]
    assert sorted(there, key=repr) == sorted((replace(each, via="") for each in edges(before, EVE)), key=repr)
    assert list(edges(after, DAY)) != list(edges(before, DAY))


def test_a_party_that_joins_is_engaged_with_all_that_the_change_says() -> None:
    _, after, found = carried("add", service="hosting", data_categories=("orders",), countries=("DE",))
    (made,) = standing(after, "new")
    assert (made.key, made.service, made.data_categories, made.countries) == (
        "hosting/new", "hosting", ("orders",), ("DE",),
    )  # fmt: skip
    assert (made.since, made.until) == (DAY, None)
    assert any("No agreement with New Host" in words for words in found.said)


def test_an_engagement_that_says_as_much_already_is_not_doubled() -> None:
    _, _, found = carried("add", party="old", service="hosting", data_categories=("orders",))
    assert not found.records
    assert "engaged in the register already" in found.said[0]


def test_an_engagement_that_says_less_gets_one_beside_it_under_a_free_key() -> None:
    _, after, _ = carried("add", party="old", service="hosting", data_categories=("orders", "photos"))
    assert [each.key for each in standing(after, "old")] == ["hosting/old", "printing/old", "hosting/old-2"]


def test_an_engagement_that_was_recorded_for_later_is_met_and_not_overlapped() -> None:
    later = "      - {party: new, service: hosting, since: 2027-03-01}\n  printing:"
    _, after, _ = carried("add", BODY.replace("  printing:", later, 1))
    assert [(each.since, each.until) for each in after.engagements_with("new")] == [
        (dt.date(2027, 3, 1), None),
        (DAY, dt.date(2027, 2, 28)),
    ]


def test_a_replaced_party_works_until_the_eve_in_the_activities_named_and_no_others() -> None:
    _, after, _ = carried("replace", replaces="old")
    assert after.engagements["hosting/old"].until == EVE
    assert after.engagements["printing/old"].until is None
    assert [each.activity for each in standing(after, "new")] == ["hosting"]


def test_a_party_that_is_replaced_for_some_data_keeps_the_rest() -> None:
    _, after, _ = carried("replace", replaces="old", data_categories=("orders",))
    (kept,) = [each for each in standing(after, "old") if each.activity == "hosting"]
    assert (kept.data_categories, kept.service, kept.since) == (("letters",), "hosting", DAY)


def test_a_party_that_leaves_without_named_activities_leaves_all_that_it_works_in() -> None:
    _, after, _ = carried("remove", party="old", activities=())
    assert not standing(after, "old")
    assert len(standing(after, "old", EVE)) == 2


def test_a_party_that_only_runs_a_system_is_said_to_be_left_and_where() -> None:
    _, _, found = carried("remove", party="new")
    assert not found.records
    assert "system/vault" in found.said[0]
    assert "by hand" in found.said[0]


def test_a_move_begins_with_the_day_and_keeps_all_else() -> None:
    before, after, _ = carried("new-location", party="old", countries=("FR", "DE"))
    (moved,) = [each for each in standing(after, "old") if each.activity == "hosting"]
    old = before.engagements["hosting/old"]
    assert moved == old.model_copy(update={"key": moved.key, "since": DAY, "countries": ("FR", "DE")})


def test_further_data_widens_what_stood() -> None:
    _, after, _ = carried("new-data", party="old", data_categories=("photos", "orders"))
    (wider,) = [each for each in standing(after, "old") if each.activity == "hosting"]
    assert wider.data_categories == ("orders", "letters", "photos")


def test_data_that_is_covered_already_changes_nothing_and_says_so() -> None:
    _, _, found = carried("new-data", party="old", data_categories=("orders",))
    assert not found.records
    assert "covers that data already" in found.said[0]


def test_a_new_name_keeps_the_old_one_beside_it() -> None:
    _, after, _ = carried("rename", party="old", new_name="Ancient Host", activities=())
    assert (after.parties["old"].name, after.parties["old"].aliases) == ("Ancient Host", ("Old Host",))
    assert after.engagements == register(BODY).engagements


def test_a_name_that_is_taken_back_is_not_its_own_alias() -> None:
    body = BODY.replace("name: Old Host,", "name: Old Host, aliases: [Ancient Host, OH],")
    _, after, _ = carried("rename", body, party="old", new_name="Ancient Host", activities=())
    assert after.parties["old"].aliases == ("OH", "Old Host")


def test_a_party_behind_a_subprocessor_gets_a_flow_from_it() -> None:
    _, after, found = carried("add", party="deep", beneath="old", activities=(), service="storage")
    flows = {each.activity: (each.origin, each.destination) for each in after.flows.values()}
    assert flows == {"hosting": ("party/old", "party/deep"), "printing": ("party/old", "party/deep")}
    assert not after.engagements_with("deep")
    assert any("no first day" in words for words in found.said)


def test_places_of_a_party_behind_a_subprocessor_are_kept_with_a_system_of_its_own() -> None:
    _, after, _ = carried("add", party="deep", beneath="old", countries=("DE",))
    (flow,) = after.flows.values()
    system = after.systems[flow.destination.removeprefix("system/")]
    assert (system.operator, system.hosting) == ("deep", ("DE",))


def test_a_party_that_leaves_behind_a_subprocessor_stays_in_its_flow_and_that_is_said() -> None:
    body = BODY.replace(
        "      - {party: old, service: hosting, data_categories: [orders, letters], since: 2020-01-01}\n",
        "      - {party: old, service: hosting}\n    flows: [{origin: party/old, destination: party/deep}]\n",
    )
    _, _, found = carried("remove", body, party="deep", beneath="old")
    assert not found.records
    assert "by hand" in found.said[0]


def test_what_cannot_be_carried_is_never_silent() -> None:
    for kind in ("add", "replace", "remove", "new-location", "new-data", "new-activity", "emergency", "rename"):
        _, _, found = carried(kind, party="deep", activities=(), replaces="new" if kind == "replace" else None)
        assert found.said
