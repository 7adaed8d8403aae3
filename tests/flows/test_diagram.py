"""The diagram: where everything stands and what it says, before it is drawn."""

from __future__ import annotations

import datetime as dt

import pytest

from ropa.exchange.register_file import read_register
from ropa.flows.diagram import MOST_LABELS, Arrow, Box, Diagram, Frame, diagram
from ropa.flows.edges import edges
from ropa.flows.graph import flow_graph, flows_of
from tests.flows.diagram_cases import ON, large, sample, sample_diagram


def box(drawing: Diagram, name: str) -> Box:
    return next(each for each in drawing.boxes if each.name == name)


def frame_of(drawing: Diagram, name: str) -> Frame:
    return next(frame for frame in drawing.frames if name in [each.name for each in frame.boxes])


def arrow(drawing: Diagram, origin: str, destination: str) -> Arrow:
    ends = (box(drawing, origin).id, box(drawing, destination).id)
    return next(each for each in drawing.arrows if (each.origin, each.destination) == ends)


def said(found: Arrow) -> list[str]:
    return [": ".join((each.head, *each.details)) for each in found.law]


@pytest.mark.parametrize(
    ("name", "title", "sort"),
    [
        ("Fenwick Ltd", "United Kingdom", "home"),
        ("Belga NV", "EU / EEA", "regime"),
        ("Zürich Backup AG", "Adequate countries: Switzerland", "adequate"),
        ("Mailer", "Third countries: India, South Korea, United States", "third"),
        ("SurveyCo", "Where: not recorded", "unrecorded"),
        ("Old file server", "Where: not recorded", "unrecorded"),
        ("Listed Desk", "EU / EEA", "regime"),
    ],
)
def test_everybody_stands_in_the_territory_of_their_country(name: str, title: str, sort: str) -> None:
    found = frame_of(sample_diagram(), name)
    assert (found.title, found.territory.sort) == (title, sort)


def test_a_frame_names_the_law_and_the_date_that_make_it_what_it_is() -> None:
    drawing = sample_diagram()
    assert frame_of(drawing, "Zürich Backup AG").law == "under UK GDPR on 21 November 2026"
    assert frame_of(drawing, "Belga NV").law == "adequate under UK GDPR on 21 November 2026"
    assert frame_of(drawing, "Fenwick Ltd").law == ""


def test_before_2021_the_european_union_was_no_third_country_to_the_uk() -> None:
    drawing = sample_diagram(on=dt.date(2019, 6, 1))
    assert arrow(drawing, "Fenwick Ltd", "Belga NV").status is None
    assert "third" not in {frame.territory.sort for frame in drawing.frames if frame.title == "EU / EEA"}


def test_an_organisation_under_both_laws_has_two_homes() -> None:
    text = """
format: 1
organisation: {key: both, name: Both, country: GB, regimes: [uk, eu]}
parties: {b: {name: Belga, country: BE}, r: {name: Rio, country: Brazil}}
data_categories: {d: Data}
activities:
  a: {name: A, data_categories: [d], engagements: [{party: b}, {party: r}]}
"""
    drawing = diagram(read_register(text, "both.yaml"), ON)
    assert frame_of(drawing, "Belga").law == "adequate under UK GDPR on 21 November 2026"
    assert frame_of(drawing, "Rio").territory.sort == "third"  # adequate for the EU alone
    assert said(arrow(drawing, "Both", "Rio"))[0].startswith("✖ UK GDPR: no valid safeguard")


@pytest.mark.parametrize(
    ("name", "shape", "word"),
    [
        ("Client contacts", "people", "data subjects"),
        ("Fenwick Ltd", "organisation", "organisation"),
        ("CRM on our own servers", "system", "own system"),
        ("Old file server", "system", "? who runs it: not recorded"),
        ("Listed Desk", "system", "system of Listed Inc."),
        ("Mailer", "processor", "processor"),
        ("Night Support Pvt Ltd", "subprocessor", "subprocessor"),
        ("Northgate Trust", "customer", "customer"),
        ("HM Revenue & Customs", "authority", "public authority"),
        ("Pension provider", "controller", "controller in its own right"),
        ("Co-Design LLP", "joint-controller", "joint controller"),
    ],
)
def test_every_box_says_what_it_is_in_words(name: str, shape: str, word: str) -> None:
    found = box(sample_diagram(), name)
    assert found.shape == shape
    assert word in found.lines


def test_what_is_invented_says_so() -> None:
    drawing = sample_diagram()
    assert "invented sample data" in box(drawing, "Night Support Pvt Ltd").lines
    assert "invented sample data" not in box(drawing, "Mailer").lines
    assert "invented" in arrow(drawing, "Fenwick Ltd", "Night Support Pvt Ltd").tooltip


@pytest.mark.parametrize(
    ("destination", "status", "words"),
    [
        ("Mailer", "unsafeguarded", "✖ no valid safeguard: Privacy Shield fell 2020-07-16"),
        ("Payroll Bureau Ltd", "unsafeguarded", "✖ India: no valid safeguard: none is recorded"),
        (
            "Tracker",
            "incomplete",
            "! incomplete safeguard: International Data Transfer Agreement (IDTA): "
            "not recorded: a transfer risk assessment (TRA) for the United States",
        ),
        ("SurveyCo", "unknown", "? not recorded: the country"),
        ("Seoul Cloud", "unknown", "? not recorded: whether Seoul Cloud is subject to PIPA"),
        ("Night Support Pvt Ltd", "safeguarded", "safeguard: International Data Transfer Agreement (IDTA)"),
        ("Zürich Backup AG", "adequate", "adequacy decision: Switzerland"),
    ],
)
def test_an_arrow_says_what_the_law_says(destination: str, status: str, words: str) -> None:
    found = arrow(sample_diagram(), "Fenwick Ltd", destination)
    assert found.status == status
    assert said(found) == [words]


def test_the_same_transfer_was_fine_while_privacy_shield_stood() -> None:
    found = arrow(sample_diagram(on=dt.date(2018, 6, 1)), "Fenwick Ltd", "Mailer")
    assert found.status == "adequate"
    assert "✖" not in "".join(said(found))


def test_data_that_stays_at_home_says_nothing_about_the_law() -> None:
    found = arrow(sample_diagram(), "Fenwick Ltd", "CRM on our own servers")
    assert (found.status, found.law) == (None, ())


def test_flows_between_the_same_two_share_an_arrow_that_names_both_activities() -> None:
    found = arrow(sample_diagram(), "Fenwick Ltd", "Mailer")
    assert found.activities == ("Client newsletter", "Client records")
    assert found.data == ("Name", "Work e-mail address", "Opens and clicks", "Telephone number", "Bank account")
    assert "Client newsletter (sending): Name, Work e-mail address, Opens and clicks" in found.tooltip


def test_the_tooltip_gives_the_reasons() -> None:
    assert "C-311/18" in arrow(sample_diagram(), "Fenwick Ltd", "Mailer").tooltip


def test_what_goes_back_to_a_customer_leads_back_to_the_left() -> None:
    drawing = sample_diagram()
    assert arrow(drawing, "Fenwick Ltd", "Northgate Trust").back
    assert not arrow(drawing, "Northgate Trust", "Fenwick Ltd").back


@pytest.mark.parametrize("vendors", [0, 5, 60, 240])
def test_every_flow_belongs_to_exactly_one_arrow_however_large_the_register(vendors: int) -> None:
    register = large(vendors) if vendors else sample()
    drawing = diagram(register, ON)
    shown = [flow for each in drawing.arrows for flow in each.flows]
    assert sorted(map(repr, shown)) == sorted(map(repr, edges(register, ON)))
    assert len(shown) == len(flows_of(flow_graph(register, ON)))
    assert {end for each in drawing.arrows for end in (each.origin, each.destination)} <= {b.id for b in drawing.boxes}


def test_a_large_register_is_drawn_in_few_enough_arrows_and_keeps_what_is_wrong_apart() -> None:
    drawing = diagram(large(240), ON)
    assert len(drawing.arrows) <= MOST_LABELS
    wrong = [each for each in drawing.arrows if each.status == "unsafeguarded"]
    assert wrong
    assert all("✖" in "".join(said(each)) for each in wrong)


def test_the_heading_counts_what_is_wrong() -> None:
    drawing = sample_diagram()
    assert drawing.title == "Where the data goes: Fenwick Ltd"
    assert drawing.subtitle.startswith("21 November 2026, UK GDPR · ✖ 2 without a valid safeguard · ! 1 ")


def test_an_empty_register_says_that_nothing_is_recorded() -> None:
    drawing = diagram(read_register("{format: 1, organisation: {key: a, name: A}}", "a.yaml"), ON)
    assert drawing.subtitle.endswith("no flow of data is recorded")
    assert "? no regime recorded" in drawing.subtitle
    assert [frame.title for frame in drawing.frames] == ["Where: not recorded"]


def test_what_goes_into_a_system_that_is_hosted_nobody_knows_where_is_not_drawn_as_staying_at_home() -> None:
    text = """
format: 1
organisation: {key: a, name: Acme, country: GB}
parties: {host: {name: Host, country: GB}, far: {name: Far, country: US}}
data_categories: {d: Data}
systems:
  own: {name: Own, own: true}
  run: {name: Run, operator: host}
  known: {name: Known, operator: host, hosting: [GB]}
  abroad: {name: Abroad, operator: far}
activities:
  a: {name: A, role: controller, data_categories: [d], systems: [own, run, known, abroad]}
"""
    drawing = diagram(read_register(text, "a.yaml"), ON)
    for name in ("Own", "Run"):
        found = arrow(drawing, "Acme", name)
        assert (found.status, said(found)) == ("unknown", ["? not recorded: where it is hosted"])
        assert "nobody can tell whether the data leaves the territory" in found.tooltip
    assert arrow(drawing, "Acme", "Known").status is None
    assert arrow(drawing, "Acme", "Abroad").status == "unsafeguarded"
    assert "? 2 that cannot be judged" in drawing.subtitle
