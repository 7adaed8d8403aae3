"""Which flows a register says that there are."""

from __future__ import annotations

import datetime as dt

from ropa.flows.edges import Edge, edges, receivers
from tests.registers import TODAY, register

BASE = """
parties:
  client: {name: Client, country: United Kingdom}
  host: {name: Host, country: United Kingdom}
systems:
  own: {name: Own server, hosting: [United Kingdom]}
  cloud: {name: Cloud, operator: host, hosting: [Ireland], remote_access: [India]}
data_categories: {name: Name, email: E-mail}
subject_categories: {people: People}
activities:
  work:
    name: Work
    role: ROLE
    controllers: [CONTROLLERS]
    subject_categories: [people]
    data_categories: [name, email]
    systems: [own, cloud]
    EXTRA
"""


def flows(role: str = "controller", controllers: str = "", extra: str = "", on: dt.date = TODAY) -> list[Edge]:
    body = BASE.replace("ROLE", role).replace("CONTROLLERS", controllers).replace("EXTRA", extra)
    return edges(register(body), on)


def ways(found: list[Edge]) -> list[tuple[str, str]]:
    return [(each.origin, each.destination) for each in found]


def test_people_hand_their_data_to_a_controller_and_it_goes_to_its_systems() -> None:
    assert ways(flows()) == [
        ("subject/people", "organisation"),
        ("organisation", "system/own"),
        ("organisation", "system/cloud"),
    ]


def test_customers_hand_the_data_to_their_processor() -> None:
    assert ways(flows("processor", "client"))[0] == ("party/client", "organisation")


def test_nobody_is_invented_as_source_for_a_processor_without_controllers() -> None:
    assert all(origin == "organisation" for origin, _ in ways(flows("processor")))


def test_an_explicit_flow_in_takes_the_place_of_the_implied_one() -> None:
    extra = "flows: [{origin: subject/people, destination: organisation, data_categories: [name]}]"
    found = flows("processor", "client", extra)
    inward = [each for each in found if each.destination == "organisation"]
    assert [(each.origin, each.data) for each in inward] == [("subject/people", ("name",))]


def test_an_engagement_implies_its_flow_with_all_data_unless_it_names_some() -> None:
    some = flows(extra="engagements: [{party: host, data_categories: [email]}]")[-1]
    every = flows(extra="engagements: [{party: host, from_system: own, countries: [Norway], remote_access: [India]}]")[
        -1
    ]
    assert (some.origin, some.destination, some.data, some.role) == (
        "organisation",
        "party/host",
        ("email",),
        "processor",
    )
    assert (every.origin, every.data, every.places) == ("system/own", ("name", "email"), ("NO", "IN"))


def test_an_engagement_into_a_system_is_the_one_flow_to_it() -> None:
    found = [
        each
        for each in flows(extra="engagements: [{party: host, system: cloud}]")
        if each.destination == "system/cloud"
    ]
    assert [(each.via, each.places) for each in found] == [("engagement/work/host", ("IE", "IN"))]


def test_a_vendor_that_receives_nothing_has_no_flow() -> None:
    found = flows(extra="engagements: [{party: host, receives_data: false}]")
    assert ("organisation", "party/host") not in ways(found)


def test_engagements_count_from_their_first_to_their_last_day() -> None:
    extra = "engagements: [{party: host, since: 2026-01-01, until: 2026-11-21}]"

    def there(day: dt.date) -> bool:
        return ("organisation", "party/host") in ways(flows(extra=extra, on=day))

    assert [there(dt.date(2025, 12, 31)), there(dt.date(2026, 1, 1)), there(TODAY), there(dt.date(2026, 11, 22))] == [
        False,
        True,
        True,
        False,
    ]


def test_a_vendor_in_somebody_elses_system_stands_between_us_and_whoever_runs_it() -> None:
    body = BASE.replace("host: {name", "agent: {name: Agent, country: Norway}\n  host: {name").replace(
        "ROLE", "controller"
    )
    body = body.replace("CONTROLLERS", "").replace("EXTRA", "engagements: [{party: agent, system: cloud}]")
    made = register(body)
    found = [(e.origin, e.destination, e.receiver, e.places) for e in edges(made, TODAY) if e.via.startswith("engage")]
    assert found == [
        ("organisation", "party/agent", "party/agent", ()),
        ("party/agent", "system/cloud", "party/host", ("IE", "IN")),
    ]
    assert receivers(made, "work", TODAY) == ("agent", "host")


def test_software_that_we_run_ourselves_takes_no_flow_away_from_the_system_it_runs_in() -> None:
    body = BASE.replace("host: {name", "agent: {name: Agent}\n  host: {name").replace("ROLE", "controller")
    extra = "engagements: [{party: agent, system: cloud, receives_data: false}]"
    found = edges(register(body.replace("CONTROLLERS", "").replace("EXTRA", extra)), TODAY)
    assert ("organisation", "system/cloud") in ways(found)


def test_joint_controllers_share_the_data_unless_something_else_says_what_they_get() -> None:
    joint = "joint_controllers: [host]"
    (shared,) = [each for each in flows(extra=joint) if each.destination == "party/host"]
    assert (shared.data, shared.role, shared.via) == (("name", "email"), "joint-controller", "activity/work")
    for said in (
        "engagements: [{party: host, role: joint-controller, data_categories: [name]}]",
        "flows: [{origin: organisation, destination: party/host, data_categories: [name]}]",
        "flows: [{origin: party/host, destination: organisation}]",
    ):
        found = flows(extra=f"{joint}\n    {said}")
        assert [each.data for each in found if each.destination == "party/host"] in ([("name",)], [])


def test_those_who_receive_are_named_once_and_the_organisation_is_none_of_them() -> None:
    body = BASE.replace("ROLE", "processor").replace("CONTROLLERS", "client")
    made = register(body.replace("EXTRA", "engagements: [{party: host, system: cloud}]"))
    assert receivers(made, "work", TODAY) == ("host",)
