"""The five policies of the sample registers, where their texts are present: every vendor is named, and nothing else.

The folder with the texts is `seeds` beside the repository or in it, or what ROPA_SEEDS says.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ropa.exchange.policy_read import policy_of
from ropa.exchange.policy_text import PolicyText
from ropa.exchange.register_file import read_register
from ropa.records.register import Register
from ropa.services.policy.check import check_policy
from ropa.services.policy.findings import PolicyCheck
from tests.registers import TODAY, register

ROOT = Path(__file__).parents[3]

# Read off the policies by hand: by the words that open the text, the sample register, and who is named in it.
NAMED = {
    "datapro-connect": {"Microsoft", "Freshdesk", "Freshworks"},
    "connect-communications": {"Smartsupp.com", "Sagepay", "SmartDebit", "Google Analytics"},
    "integra": {"The Rocket Science Group", "Microsoft SQL-Server"},
    "infotek": {
        "Barclays PLC",
        "Capita Pay360",
        "Go Cardless",
        "Crown & Co Accountants Limited",
        "Nominet UK",
        "Pipeten",
        "UKFast",
        "Vidahost",
    },
    "outserve": {
        "MailChimp",
        "HM Revenue & Customs",
        "Zendesk",
        "HubSpot",
        "WordPress",
        "YouTube",
        "Vimeo",
        "Google Analytics",
    },
}
# Named too, and not as another vendor: a program that the vendor sells, and the company behind a service.
BESIDE = {"datapro-connect": {"Excel"}, "outserve": {"Google"}}
RECORDED = {
    "datapro-connect": {"Microsoft", "Freshdesk"},
    "connect-communications": {
        "Smartsupp.com",
        "Sagepay",
        "SmartDebit",
        "Google Analytics",
        "Information Commissioner's Office",
    },
    "integra": {"The Rocket Science Group", "Microsoft"},
    "infotek": NAMED["infotek"],
    "outserve": (NAMED["outserve"] - {"WordPress"}) | {"WordPress security plugin"},
}


def folder() -> Path | None:
    told = os.environ.get("ROPA_SEEDS")
    places = [Path(told)] if told else [ROOT / "seeds", ROOT.parent / "seeds"]
    return next((place for place in places if place.is_dir() and any(place.glob("*.txt"))), None)


@pytest.fixture(params=list(NAMED))
def sample(request: pytest.FixtureRequest) -> tuple[str, Register, PolicyText]:
    """A sample register and its policy: the one that says the organisation's name most often."""
    texts = folder()
    if texts is None:
        pytest.skip("the texts of the five policies are not here: say where with ROPA_SEEDS, or put them into `seeds`")
    key = str(request.param)
    found = read_register((ROOT / "data" / f"{key}.yaml").read_bytes(), key)
    names = [found.organisation.legal_name or "", *found.organisation.group_entities]
    every = sorted(texts.glob("*.txt"))
    path = next(each for each in every if any(name and name in each.read_text("utf-8") for name in names))
    return key, found, policy_of(path.read_bytes(), str(path))


def vendors(found: PolicyCheck, group: str) -> set[str]:
    return {each.name for each in found.differences if each.subject == "vendor" and each.group == group}


def test_every_vendor_of_the_policy_is_named_and_nothing_else(sample: tuple[str, Register, PolicyText]) -> None:
    key, own, policy = sample
    found = check_policy(own, TODAY, policy)
    assert {each.name for each in found.same if each.subject == "vendor"} == RECORDED[key]
    assert vendors(found, "policy") == set()
    assert vendors(found, "register") == set()
    for each in found.same:
        assert each.places


def test_every_vendor_is_found_without_the_register(sample: tuple[str, Register, PolicyText]) -> None:
    """As somebody sees it who begins with an empty register."""
    key, own, policy = sample
    organisation = own.organisation
    head = f"format: 1\norganisation: {{key: x, name: {organisation.name!r}, legal_name: {organisation.legal_name!r}"
    entities = ", ".join(map(repr, organisation.group_entities))
    empty = register("", head=f"{head}, group_entities: [{entities}], country: United Kingdom}}\n")
    found = check_policy(empty, TODAY, policy)
    assert vendors(found, "policy") == NAMED[key] | BESIDE.get(key, set())


def test_what_each_policy_says_of_transfers_and_times(sample: tuple[str, Register, PolicyText]) -> None:
    key, own, policy = sample
    found = check_policy(own, TODAY, policy)
    law = [(each.mark, each.name) for each in found.differences if each.group == "law"]
    said = {each.name for each in found.same if each.subject in ("retention", "deadline")}
    other = {(each.subject, each.name) for each in found.differences if each.group in ("policy", "differently")}
    shield = ("✖", "Privacy Shield")
    clauses = ("!", "EU standard contractual clauses, version not stated")
    assert law == ([shield, clauses] if key == "outserve" else [])
    assert said == {
        "datapro-connect": {"6 years", "1 year and 6 months"},
        "integra": {"6 months", "1 month"},
        "outserve": {"6 years", "1 month"},
    }.get(key, set())
    assert other == ({("deadline", "30 days")} if key == "datapro-connect" else set())
