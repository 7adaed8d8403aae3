"""Who stands below whom, and what each hop is judged by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.flows import crossings as crossings_module
from ropa.flows.chains import Link, Tree, links, onward_on, tree
from ropa.flows.crossings import crossings, without_crossing
from ropa.flows.edges import edges
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.rules.hop import Hop
from ropa.rules.transfers import judge
from ropa.rules.verdict import Verdict
from tests.registers import HEAD, TODAY, register


def chained(*hops: str, countries: str = "", extra: str = "", activity: str = "", engaged: str = "a") -> Register:
    """Parties a, b, c ...; each hop `a-b` is an agreement `a-b`, with options after a colon."""
    names = sorted({end for hop in hops for end in hop.split(":")[0].split("-")} | {engaged})
    places = dict(each.split("=") for each in countries.split())
    lines = ["parties:"]
    lines += [f"  {name}: {{name: {name.upper()}, country: {places.get(name, 'United States')}}}" for name in names]
    lines += ["data_categories: {name: Name, health: {name: Health, special: health}}", "subject_categories: {p: P}"]
    lines += ["agreements:"] if hops else []
    for hop in hops:
        ends, _, options = hop.partition(":")
        one, other = ends.split("-")
        lines.append(f"  {ends}: {{name: {ends}, between: {one}, party: {other}{', ' + options if options else ''}}}")
    lines += [
        "activities:",
        "  work:",
        "    name: Work",
        "    subject_categories: [p]",
        "    data_categories: [name, health]",
        f"    engagements: [{{party: {engaged}, data_categories: [name]}}]",
    ]
    lines += [activity] if activity else []
    return register("\n".join(lines) + "\n" + extra)


def below(made: Register, on: dt.date = TODAY) -> Mapping[str, tuple[Link, ...]]:
    return links(made, on, crossings(made, on))


def shape(found: Tree) -> list[tuple[int, str, str]]:
    marks = ("loop" if each.loop else "again" if each.again else "" for each in found.steps)
    return [(each.depth, each.link.importer, mark) for each, mark in zip(found.steps, marks, strict=True)]


def test_data_goes_on_along_agreements_with_what_the_engagement_sends() -> None:
    made = chained("a-b", "b-c")
    onward = [(e.origin, e.destination, e.data, e.via) for e in edges(made, TODAY) if e.via.startswith("agreement/")]
    assert onward == [
        ("party/a", "party/b", ("name",), "agreement/a-b"),
        ("party/b", "party/c", ("name",), "agreement/b-c"),
    ]


def test_nothing_goes_on_from_a_party_that_gets_nothing() -> None:
    made = chained("b-c", engaged="a")
    assert below(made) == {}


def test_a_flow_that_is_recorded_between_the_two_is_not_counted_twice() -> None:
    made = chained(
        "a-b:onward_terms: true",
        activity="    flows: [{origin: party/a, destination: party/b, data_categories: [health]}]",
    )
    (link,) = below(made)["a"]
    assert [edge.data for edge in link.edges] == [("health",)]
    assert link.onward.standing == "held"


def test_two_agreements_between_the_same_two_are_one_hop() -> None:
    twice = register(
        """
        parties: {a: {name: A, country: United States}, b: {name: B, country: India}}
        data_categories: {name: Name}
        subject_categories: {p: P}
        agreements:
          one: {name: One, between: a, party: b}
          two: {name: Two, between: a, party: b, onward_terms: true}
        activities:
          work: {name: Work, subject_categories: [p], data_categories: [name], engagements: [a]}
        """
    )
    (link,) = below(twice)["a"]
    assert (link.onward.standing, link.facts.agreement, len(link.edges)) == ("held", "Two", 1)


@pytest.mark.parametrize(
    ("terms", "standing"), [("onward_terms: true", "held"), ("onward_terms: false", "missing"), ("", "unknown")]
)
def test_a_hop_whose_exporter_no_law_binds_is_judged_by_its_onward_terms(terms: str, standing: str) -> None:
    made = chained(f"a-b:{terms}" if terms else "a-b", countries="a=Brazil b=India")
    (link,) = below(made)["a"]
    assert (link.onward.standing, link.crossings) == (standing, ())
    assert all(each.exporter == "organisation" for each in crossings(made, TODAY))


def test_a_hop_whose_exporter_a_law_binds_is_judged_like_any_transfer() -> None:
    made = chained("a-b", countries="a=Ireland b=India")
    (link,) = below(made)["a"]
    assert link.onward.standing == "not-asked"
    assert [(v.regime, v.status) for c in link.crossings for v in c.verdicts] == [("eu", "unsafeguarded")]


DOCUMENTED = """
transfers:
  hop: {exporter: a, importer: b, country: India, safeguards: [{instrument: SAFEGUARD}]}
"""


def test_the_transfer_between_the_two_documents_the_hop() -> None:
    extra = DOCUMENTED.replace("SAFEGUARD", "eu-scc-2021, module: 3, signed: 2024-01-01, assessed: 2024-01-01")
    made = chained("a-b", countries="a=Ireland b=India", extra=extra)
    (link,) = below(made)["a"]
    assert [(c.transfer, c.worst.status) for c in link.crossings] == [("hop", "safeguarded")]


def test_a_transfer_recorded_for_an_unbound_hop_is_no_fiction() -> None:
    extra = DOCUMENTED.replace("SAFEGUARD", "eu-scc-2021")
    made = chained("a-b", countries="a=Brazil b=India", extra=extra)
    assert without_crossing(made, crossings(made, TODAY), TODAY) == []
    apart = chained("a-c", countries="a=Brazil b=India", extra=extra.replace("importer: b", "importer: c"), engaged="c")
    assert [each.key for each in without_crossing(apart, crossings(apart, TODAY), TODAY)] == ["hop"]


def test_where_the_hop_is_recorded_to_go_counts_beside_where_the_party_is() -> None:
    extra = DOCUMENTED.replace("SAFEGUARD", "uk-idta")
    home = register(
        dedent("""
        parties: {a: {name: A, country: United Kingdom}, b: {name: B, country: United Kingdom}}
        data_categories: {name: Name}
        subject_categories: {p: P}
        agreements: {a-b: {name: AB, between: a, party: b}}
        activities:
          work: {name: Work, subject_categories: [p], data_categories: [name], engagements: [a]}
        """)
        + extra
    )
    assert [(c.exporter, c.country, c.worst.status) for c in crossings(home, TODAY)] == [
        ("party/a", "IN", "incomplete")
    ]


def test_an_exporter_of_unknown_country_is_never_shown_as_fine() -> None:
    made = register(
        """
        parties: {a: {name: A}, b: {name: B, country: India}}
        data_categories: {name: Name}
        subject_categories: {p: P}
        agreements: {a-b: {name: AB, between: a, party: b, onward_terms: true}}
        activities:
          work: {name: Work, subject_categories: [p], data_categories: [name], engagements: [a]}
        """
    )
    (link,) = below(made)["a"]
    assert link.onward.standing == "unknown"


def test_an_agreement_counts_from_its_signature_and_its_end_opens_the_question_again() -> None:
    made = chained("a-b:onward_terms: true, signed: 2026-06-01, expires: 2026-12-31", countries="a=Brazil b=India")
    assert below(made, dt.date(2026, 5, 31)) == {}
    (link,) = below(made, dt.date(2026, 12, 31))["a"]
    assert link.onward.standing == "held"
    assert onward_on(made, link, dt.date(2027, 1, 1)).standing == "unknown"
    (later,) = below(made, dt.date(2027, 1, 1))["a"]
    assert (later.onward.standing, later.facts.expired) == ("unknown", dt.date(2026, 12, 31))


def test_customers_own_vendors_are_not_our_chain() -> None:
    made = register(
        """
        parties: {client: {name: Client, country: India}, v: {name: V, country: India}}
        data_categories: {name: Name}
        subject_categories: {p: P}
        agreements: {c-v: {name: CV, between: client, party: v}}
        activities:
          work:
            {name: Work, role: processor, controllers: [client], subject_categories: [p], data_categories: [name],
             flows: [{origin: organisation, destination: party/client}]}
        """
    )
    assert below(made) == {}


def test_a_loop_ends_and_says_that_it_is_one() -> None:
    made = chained("a-b", "b-c", "c-a", "c-b")
    assert shape(tree(below(made), "a")) == [
        (1, "b", ""),
        (2, "c", ""),
        (3, "a", "loop"),
        (3, "b", "loop"),
    ]


def test_a_party_with_itself_is_no_hop() -> None:
    assert below(chained("a-a")) == {}


def test_whoever_is_reached_twice_is_opened_once_where_it_is_nearest() -> None:
    made = chained("a-b", "b-c", "c-d", "a-c")
    assert shape(tree(below(made), "a")) == [(1, "b", ""), (2, "c", "again"), (1, "c", ""), (2, "d", "")]


def test_a_chain_of_fifty_is_shown_to_its_end_and_a_longer_one_says_what_is_left_out() -> None:
    names = [f"p{number:03}" for number in range(81)]
    made = chained(*(f"{one}-{other}" for one, other in pairwise(names)), engaged="p000")
    fifty = tree(below(made), "p030")
    assert (len(fifty.steps), fifty.steps[-1].depth, fifty.hidden) == (50, 50, 0)
    assert fifty.steps[-1].path == tuple(names[30:])
    whole = tree(below(made), "p000")
    assert (len(whole.steps), whole.hidden, whole.limit) == (60, 20, 60)
    assert tree(below(made), "p000", 100).hidden == 0


def star(size: int) -> Register:
    names = [f"s{number}" for number in range(size)]
    parties = "\n".join(f"  {name}: {{name: {name}, country: Ireland}}" for name in names)
    pairs = [("hub", name) for name in names] + [(name, "t") for name in names]
    agreements = "\n".join(f"  {one}-{other}: {{name: A, between: {one}, party: {other}}}" for one, other in pairs)
    return register(
        f"parties:\n  hub: {{name: Hub, country: Ireland}}\n  t: {{name: T, country: India}}\n{parties}\n"
        f"agreements:\n{agreements}\n"
        "data_categories: {name: Name}\nsubject_categories: {p: P}\nactivities:\n"
        "  work: {name: Work, subject_categories: [p], data_categories: [name], engagements: [hub]}\n"
    )


def test_a_star_of_two_thousand_takes_one_judgement_a_hop(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[Hop] = []

    def counted(hop: Hop, regime: str, law: LawBook, on: dt.date) -> Verdict:
        judged.append(hop)
        return judge(hop, regime, law, on)

    monkeypatch.setattr(crossings_module, "judge", counted)
    made = star(2000)
    found = crossings(made, TODAY)
    # Ireland to Ireland stays inside; each of the 2,000 hands on to India; the organisation engages the hub.
    assert len(judged) == len(found) == 2001
    walked = tree(links(made, TODAY, found), "hub")
    assert len(walked.steps) == 4000
    assert sum(1 for step in walked.steps if not step.again) == 2001


PAIRS = [f"{one}-{other}" for one in "abcdef" for other in "abcdef" if one != other]


@given(st.lists(st.sampled_from(PAIRS), unique=True))
def test_whatever_uses_whatever_each_hop_is_shown_once_and_each_party_opened_once(hops: list[str]) -> None:
    found = below(chained(*hops))
    walked = tree(found, "a")
    shown = [(step.link.exporter, step.link.importer) for step in walked.steps]
    reached = {"a"} | {importer for _, importer in shown}
    assert len(shown) == len(set(shown))
    assert set(shown) == {(link.exporter, link.importer) for group in found.values() for link in group}
    assert sorted(step.link.importer for step in walked.steps if not step.again) == sorted(reached - {"a"})
    assert all(len(step.path) == step.depth + 1 for step in walked.steps)
    assert all(step.loop == (step.link.importer in step.path[:-1]) for step in walked.steps)


def test_every_way_through_a_ladder_of_diamonds_is_not_walked() -> None:
    hops = [f"{a}{n}-{b}{n + 1}" for n in range(30) for a in "xy" for b in "xy"]
    made = chained(*hops, engaged="x0")
    assert len(tree(below(made), "x0").steps) <= len(hops)


def test_two_parties_of_one_group_may_rely_on_its_rules() -> None:
    body = """
    parties:
      a: {name: A, country: Ireland, parent: Big Group}
      b: {name: B, country: India, parent: PARENT}
    data_categories: {name: Name}
    subject_categories: {p: P}
    agreements: {a-b: {name: AB, between: a, party: b}}
    activities:
      work: {name: Work, subject_categories: [p], data_categories: [name], engagements: [a]}
    transfers:
      t:
        exporter: a
        importer: b
        country: India
        safeguards: [{instrument: bcr-p, approved: [eu], signed: 2024-01-01, assessed: 2024-01-01}]
    """
    for parent, status in (("big group", "safeguarded"), ("Another", "unsafeguarded")):
        found = crossings(register(body.replace("PARENT", parent), HEAD), TODAY)
        (hop,) = (each for each in found if each.exporter == "party/a")
        assert hop.worst.status == status
