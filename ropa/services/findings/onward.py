"""From the hops of chains to findings: onward terms that are missing, and those that nobody has recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from ropa.flows.chains import Link, links
from ropa.flows.crossings import Crossing
from ropa.flows.edges import Edge
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.rules.catalogue import conclude
from ropa.rules.finding import Finding
from ropa.rules.onward import onward_finding
from ropa.services.layout import address_of
from ropa.services.wording import NOT_RECORDED, listed


def onward_findings(register: Register, crossed: Iterable[Crossing], on: dt.date, law: LawBook) -> Iterator[Finding]:
    """What the hops between parties give rise to on a date, beside the verdicts on those that are transfers."""
    found = [link for group in links(register, on, crossed, law).values() for link in group]
    for link in found:
        yield from onward_finding(
            link.facts,
            register.organisation.key,
            _subject(link),
            f"{link.facts.exporter} to {party_heading(register, link.importer, law)}",
            carried(register, link.edges),
        )
    above: dict[str, dict[str, None]] = {}
    for link in found:
        if any(edge.role != "joint-controller" for edge in link.edges):
            above.setdefault(link.importer, {})[link.facts.exporter] = None
    for key, users in above.items():
        if key not in register.subprocessors:  # those that are engaged are asked about with the other parties
            yield from _identity(register, key, list(users))


def _identity(register: Register, key: str, users: Sequence[str]) -> Iterator[Finding]:
    """Name, address and contact of everybody down the chain, not of the first in it alone (EDPB Opinion 22/2024)."""
    party = register.parties[key]
    reachable = party.contact is not None and bool(party.contact.email or party.contact.phone)
    facts = (("legal name", party.legal_name), ("address", address_of(party)), ("contact", reachable))
    missing = [word for word, there in facts if not there]
    if missing:
        yield conclude(
            "subprocessor-identity-missing",
            register.organisation.key,
            f"party/{key}",
            f"{party.name}: {', '.join(missing)} not recorded",
            f"It works below {listed(users)}. The identity of everybody in the chain must be at hand. "
            f"Not recorded: {', '.join(missing)}.",
            field=missing[0],
        )


def party_heading(register: Register, key: str, law: LawBook) -> str:
    """A party's name, legal entity and country: `HubSpot (HubSpot, Inc., United States)`."""
    party = register.parties[key]
    where = f"country {NOT_RECORDED}" if party.country is None else law.country_name(party.country)
    return (
        f"{party.name} ({where})"
        if party.legal_name in (None, party.name)
        else (f"{party.name} ({party.legal_name}, {where})")
    )


def carried(register: Register, edges: Iterable[Edge]) -> str:
    """The activities and the data of some flows, in words."""
    flows = tuple(edges)
    activities = dict.fromkeys(register.activities[each.activity].name for each in flows)
    data = dict.fromkeys(register.data_categories[key].name for each in flows for key in each.data)
    return f"{', '.join(activities)} · {', '.join(data) or f'data categories {NOT_RECORDED}'}"


def _subject(link: Link) -> str:
    """The record to open: the agreement that the conclusion rests on, else the party that receives."""
    named = next((each for each in link.agreements if each.name == link.facts.agreement), None)
    if named is not None or link.agreements:
        return f"agreement/{(named or link.agreements[0]).key}"
    return f"party/{link.importer}"
