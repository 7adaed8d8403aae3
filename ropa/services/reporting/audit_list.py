"""The data-audit list: each system and vendor, what it is used for, its policy, where it lies, when last looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ropa.flows.edge import stands
from ropa.records.engagement import EngagementFields
from ropa.records.party import PartyFields, SystemFields
from ropa.reports.page import Item, missing
from ropa.reports.public_list import web_address
from ropa.reports.tables import Column, Items, Report, Row, Section
from ropa.rules.dates import long_date
from ropa.services.reporting.table import dashed, left_out, of, or_gap, places, running, within

if TYPE_CHECKING:
    from ropa.services.workspace import View

_COLUMNS = (
    Column("name", "Software or vendor", 3),
    Column("use", "Used for", 4),
    Column("supplier", "Whose it is", 3),
    Column("policy", "Its policy or site", 3),
    Column("where", "Where it lies", 3),
    Column("reviewed", "Last looked at", 3),
)


def audit_list(view: View) -> Report:
    """Every system and vendor that is in use on the view's date."""
    register, owner = view.register, view.register.organisation
    systems = tuple(_system(view, each) for each in register.systems.values() if _system_use(view, each.key))
    vendors = tuple(_vendor(view, each) for each in register.parties.values() if _engagements(view, each.key))
    idle = [each.name for each in register.systems.values() if not _system_use(view, each.key)]
    remarks = [Item(f"Recorded, and used by no activity that runs: {', '.join(idle)}.")] if idle else []
    nothing = (missing(what="neither a system nor a vendor in use is recorded"),)
    sections = [Section(title, rows) for title, rows in (("Systems", systems), ("Vendors", vendors)) if rows]
    return Report(
        id="software",
        title="Data audit of software and vendors",
        law="Art. 5(2), 24(1), 28(1)",
        organisation=owner.legal_name or owner.name,
        on=view.on,
        unit="List",
        columns=_COLUMNS,
        sections=tuple(sections),
        remarks=(*(() if sections else nothing), *remarks, *left_out(view)),
    )


def _system_use(view: View, key: str) -> list[Item]:
    """The running activities that name a system, or whose vendors' work goes out of it or into it."""
    register = view.register
    found = []
    for activity in running(view):
        engaged = [each for each in register.engagements_of(activity.key) if stands(each, view.on)]
        touched = {*activity.systems, *(each.system for each in engaged), *(each.from_system for each in engaged)}
        nodes = {node for flow in register.flows_of(activity.key) for node in (flow.origin, flow.destination)}
        if key in touched or f"system/{key}" in nodes:
            found.append(Item(activity.name, invented=activity.invented))
    return found


def _engagements(view: View, key: str) -> list[EngagementFields]:
    """What a party is engaged for on the date."""
    keys = {each.key for each in running(view)}
    return [each for each in view.register.engagements_with(key) if each.activity in keys and stands(each, view.on)]


def _system(view: View, system: SystemFields) -> Row:
    operator = None if system.operator is None else view.register.parties[system.operator]
    where = [Item(f"hosted in {within(system.hosting)}")] if system.hosting else []
    where += [Item(f"reached from {within(system.remote_access)}")] if system.remote_access else []
    name = [of(system, system.name), *([Item(system.technology)] if system.technology else [])]
    if operator is not None:
        whose: Items = (Item(operator.legal_name or operator.name, invented=operator.invented),)
        policy, reviewed = policy_items(operator), reviewed_items(view, operator)
    elif system.own:
        whose = (Item("our own"),)
        policy, reviewed = (Item("our own; no vendor's policy"),), (missing("Art. 24(1)"),)
    else:
        whose = (missing("Art. 28, 30(1)(d)", "who runs it is not recorded"),)
        policy, reviewed = (missing("Art. 28(1)"),), (missing("Art. 28(1)"),)
    return (tuple(name), tuple(_system_use(view, system.key)), whose, policy, or_gap(where, "Art. 30(1)(e)"), reviewed)


def _vendor(view: View, party: PartyFields) -> Row:
    work = _engagements(view, party.key)
    where = dict.fromkeys(place for each in work for place in _places(view, each))
    lies = [Item(places(where))] if where else [missing("Art. 30(1)(e)", "where the data lies is not recorded")]
    if not where and party.country:
        lies.append(Item(f"established in {within([party.country])}"))
    if not any(each.receives_data for each in work):
        lies = [Item("receives no data: it supplies software that we run")]
    return (
        (of(party, party.name),),
        tuple(dict.fromkeys(_use(view, work))),
        or_gap([Item(party.legal_name)] if party.legal_name else [], "Art. 28(2)", "legal entity not recorded"),
        policy_items(party),
        tuple(lies),
        reviewed_items(view, party),
    )


def _places(view: View, engagement: EngagementFields) -> tuple[str, ...]:
    """Where the data lies: as the engagement says, else where its system does."""
    if engagement.countries:
        return engagement.countries
    return () if engagement.system is None else view.register.systems[engagement.system].hosting


def _use(view: View, work: list[EngagementFields]) -> Iterator[Item]:
    for each in work:
        activity = view.register.activities[each.activity].name
        words = f"{activity}: {each.service}" if each.service else f"{activity}: for what is not recorded"
        yield Item(f"{words} ({dashed(each.role)})", "" if each.service else "?", invented=each.invented)


def policy_items(party: PartyFields) -> Items:
    """The address of a vendor's policy or site as text; one that is no web address is shown and says so."""
    if not party.website:
        return (missing("Art. 28(1)"),)
    if web_address(party.website):
        return (Item(party.website),)
    return (Item(f"{party.website} (no address that begins with http or https)", "!"),)


def reviewed_items(view: View, party: PartyFields) -> Items:
    """When somebody last looked at papers of a vendor, as the latest of them says, and when they are to again."""
    papers = [each for each in view.register.documents.values() if each.about == party.key]
    dated = [each for each in papers if each.date is not None and each.date <= view.on]
    found = []
    if dated:
        last = max(dated, key=lambda each: each.date or dt.date.min)
        found.append(of(last, f"{long_date(last.date)}: {last.name}") if last.date else Item(last.name))
    if party.dpf_checked and party.dpf_checked <= view.on:
        found.append(Item(f"{long_date(party.dpf_checked)}: its entry on the Data Privacy Framework list"))
    due = min((each.review for each in papers if each.review), default=None)
    if due is not None:
        late = due < view.on
        found.append(Item(f"{'review was due' if late else 'review by'} {long_date(due)}", "!" if late else ""))
    return or_gap(found, "Art. 28(1)", "no dated paper about it")
