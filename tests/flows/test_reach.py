"""What lies upstream and downstream of a record, within the activities that it has to do with."""

from __future__ import annotations

from itertools import pairwise

from ropa.flows.reach import reach
from tests.registers import TODAY, register

BODY = """
parties:
  client: {name: Client, country: United Kingdom}
  host: {name: Host, country: United Kingdom}
  below: {name: Below, country: India}
  mailer: {name: Mailer, country: United Kingdom}
systems:
  own: {name: Own server}
  cloud: {name: Cloud, operator: host}
data_categories: {name: Name, email: E-mail, health: {name: Health, special: health}}
subject_categories: {people: People, staff: Staff}
agreements:
  down: {name: Down, between: host, party: below}
  back: {name: Back, between: below, party: host}
activities:
  hosting:
    name: Hosting
    role: processor
    controllers: [client]
    subject_categories: [people]
    data_categories: [name, health]
    engagements: [{party: host, system: cloud, data_categories: [name]}]
  news:
    name: News
    subject_categories: [staff]
    data_categories: [email]
    systems: [own]
    engagements: [{party: mailer, from_system: own}]
"""


def test_activities_that_meet_in_the_organisation_stay_apart() -> None:
    found = reach(register(BODY), TODAY, "party/mailer")
    assert [each.activity for each in found.activities] == ["news"]
    assert set(found.upstream) == {"system/own", "organisation", "subject/staff"}
    assert found.downstream == ()


def test_a_party_is_its_systems_too_and_loops_below_it_end() -> None:
    found = reach(register(BODY), TODAY, "party/host")
    assert found.focus == ("party/host", "system/cloud")
    assert set(found.upstream) == {"party/client", "organisation", "party/below"}
    assert found.downstream == ("party/below",)
    assert found.activities[0].data == ("name",)


def test_a_system_is_between_those_who_fill_it_and_those_who_read_it() -> None:
    found = reach(register(BODY), TODAY, "system/own")
    assert (set(found.upstream), found.downstream) == ({"organisation", "subject/staff"}, ("party/mailer",))


def test_a_data_category_goes_only_where_it_is_sent() -> None:
    health = reach(register(BODY), TODAY, "data_category/health")
    assert (health.upstream, health.downstream) == (("party/client",), ())
    name = reach(register(BODY), TODAY, "data_category/name")
    assert set(name.downstream) == {"system/cloud", "party/below", "party/host"}


def test_flows_of_unknown_data_are_never_left_out() -> None:
    body = BODY.replace("    data_categories: [email]\n", "")
    assert set(reach(register(body), TODAY, "party/mailer").upstream) == {"system/own", "organisation", "subject/staff"}


def test_what_no_flow_touches_has_no_reach() -> None:
    assert reach(register(BODY + "  idle: {name: Idle}\n"), TODAY, "party/below").activities != ()
    alone = register("parties: {x: {name: X}}\ndata_categories: {y: Y}\n")
    assert reach(alone, TODAY, "party/x").activities == reach(alone, TODAY, "data_category/y").activities == ()


def test_a_long_chain_is_walked_without_recursion() -> None:
    names = [f"p{number}" for number in range(3000)]
    parties = "\n".join(f"  {name}: {{name: {name}, country: India}}" for name in names)
    hops = "\n".join(f"  {a}-{b}: {{name: H, between: {a}, party: {b}}}" for a, b in pairwise(names))
    made = register(
        f"parties:\n{parties}\nagreements:\n{hops}\ndata_categories: {{n: N}}\nsubject_categories: {{p: P}}\n"
        "activities:\n  w: {name: W, subject_categories: [p], data_categories: [n], engagements: [p0]}\n"
    )
    found = reach(made, TODAY, "party/p1500")
    assert (len(found.upstream), len(found.downstream)) == (1502, 1499)


def test_a_party_reaches_what_it_is_engaged_for_in_a_system_that_nobody_is_recorded_to_run() -> None:
    body = BODY.replace(
        "engagements: [{party: mailer, from_system: own}]", "engagements: [{party: mailer, system: own}]"
    )
    found = reach(register(body), TODAY, "party/mailer")
    assert found.focus == ("party/mailer", "system/own")
    assert set(found.upstream) == {"organisation", "subject/staff"}
