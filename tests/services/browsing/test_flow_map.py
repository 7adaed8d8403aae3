"""The map of an activity: every flow once, flagged hops marked, rings and long chains drawn to their end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropa.flows.edges import edges
from ropa.records.errors import NotFoundError
from ropa.records.register import Register
from ropa.services.browsing.flow_map import flow_map
from ropa.services.workspace import View
from tests.registers import TODAY, register


def view(made: Register) -> View:
    return View(made, TODAY)


SUPPORT = """
parties:
  desk: {name: Desk, country: United States}
  cloud: {name: Cloud, country: United Kingdom}
data_categories: {name: Name, phone: Phone}
subject_categories: {clients: Clients}
activities:
  support:
    name: Support
    role: controller
    subject_categories: [clients]
    data_categories: [name, phone]
    engagements:
      - party: desk
      - {party: cloud, data_categories: [name]}
"""


def test_a_hop_that_nothing_covers_is_flagged_with_its_reasons_below_the_tree() -> None:
    text = flow_map(view(register(SUPPORT)), "support").as_text()
    assert text.startswith(
        "Support\n\n"
        "Clients ─▶ Acme (United Kingdom)  · all of its data\n"
        "Acme (United Kingdom)\n"
        "├═▶ Desk (United States)  ✖1  · all of its data\n"
        "└─▶ Cloud (United Kingdom)  · Name\n"
        "\n1 ✖ United States, UK GDPR: no valid safeguard\n"
    )


def test_enter_leads_from_a_line_to_the_party_and_to_what_states_the_flow() -> None:
    desk = flow_map(view(register(SUPPORT)), "support").lines[2]
    assert (desk.target, desk.via) == ("party/desk", "engagement/support/desk")


def test_an_activity_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFoundError, match="no activity 'gone'"):
        flow_map(view(register(SUPPORT)), "gone")


def test_a_chain_longer_than_the_machines_stack_is_drawn_to_its_end() -> None:
    parties = "\n".join(f"  p{n}: {{name: P{n}, country: United Kingdom}}" for n in range(1500))
    flows = "\n".join(f"      - {{origin: party/p{n}, destination: party/p{n + 1}}}" for n in range(1499))
    body = f"parties:\n{parties}\ndata_categories: {{name: Name}}\nactivities:\n  a:\n    name: A\n"
    made = register(body + f"    data_categories: [name]\n    engagements: [p0]\n    flows:\n{flows}\n")
    assert "P1499" in flow_map(view(made), "a").lines[-1].text


NODES = [f"party/p{n}" for n in range(5)]


@given(st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), unique=True, max_size=14))
@settings(max_examples=60)
def test_every_flow_stands_in_the_map_once_whatever_rings_it_makes(hops: list[tuple[str, str]]) -> None:
    parties = "\n".join(f"  p{n}: {{name: P{n}, country: United Kingdom}}" for n in range(5))
    flows = "\n".join(f"      - {{origin: {a}, destination: {b}}}" for a, b in hops if a != b)
    body = f"parties:\n{parties}\ndata_categories: {{name: Name}}\nactivities:\n  a:\n    name: A\n"
    made = register(body + "    data_categories: [name]\n" + (f"    flows:\n{flows}\n" if flows else ""))
    drawn = [each.via for each in flow_map(view(made), "a").lines if each.via]
    assert sorted(drawn) == sorted(each.via for each in edges(made, TODAY, "a"))


def test_a_system_of_which_nobody_knows_where_it_is_hosted_is_flagged_and_not_drawn_as_if_it_stayed_at_home() -> None:
    text = """
data_categories: {name: Name}
systems:
  site: {name: Website, own: true}
  shop: {name: Shop, own: true, hosting: [United Kingdom]}
activities:
  web: {name: Web, role: controller, data_categories: [name], systems: [site, shop]}
"""
    found = flow_map(view(register(text)), "web")
    assert [(line.mark, line.note) for line in found.lines if line.target.startswith("system/")] == [("?", 1), ("", 0)]
    assert found.as_text().endswith(
        "1 ? Website: where it is hosted is not recorded, so nobody can tell whether the data leaves the territory.\n"
    )
