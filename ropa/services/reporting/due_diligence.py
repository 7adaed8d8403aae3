"""The due-diligence sheets: of each vendor all that is recorded, what is missing, and when to look again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ropa.flows.chains import links
from ropa.flows.edge import stands
from ropa.flows.edges import receivers
from ropa.records.party import PartyFields
from ropa.reports.page import Item, missing
from ropa.reports.tables import Column, Items, Report, Row, Section
from ropa.rules.dates import long_date
from ropa.services.contacts import contact_items
from ropa.services.due import coming_up
from ropa.services.keys import views_with_party
from ropa.services.reporting.audit_list import policy_items
from ropa.services.reporting.table import dashed, document_items, finding_item, of, or_gap, places, running
from ropa.services.reporting.vendor_agreements import agreement_items, notice_items
from ropa.services.reporting.vendor_transfers import Below, behind_items, framework_items, transfer_items
from ropa.services.subjects import findings_about

if TYPE_CHECKING:
    from ropa.services.workspace import View

_COLUMNS = (Column("what", "What", 2), Column("details", "What is recorded", 6), Column("article", "Asked for by", 2))
_OPINION = "EDPB Opinion 22/2024"


def due_diligence(view: View, party: str | None = None) -> Report:
    """A sheet for each vendor on the view's date, or for one party. Raises NotFoundError for a key that is no party."""
    register, owner = view.register, view.register.organisation
    keys = _vendors(view) if party is None else [views_with_party([view], party)[0]]
    below = links(register, view.on, view.crossings)
    nothing = missing("Art. 28(1)", "no vendor is recorded for an activity that runs")
    return Report(
        id="due-diligence",
        title="Vendor due diligence",
        law="Art. 24(1), 28(1) to (4)",
        organisation=owner.legal_name or owner.name,
        on=view.on,
        unit="Vendor",
        columns=_COLUMNS,
        sections=tuple(_sheet(view, register.parties[key], below) for key in keys),
        remarks=() if keys else (nothing,),
    )


def _vendors(view: View) -> list[str]:
    """Whoever is engaged, runs a system or gets data, those behind them too; customers only where they are engaged."""
    register = view.register
    engaged = {
        each.party
        for activity in running(view)
        for each in register.engagements_of(activity.key)
        if stands(each, view.on)
    }
    reached = {key for each in running(view) for key in receivers(register, each.key, view.on)}
    customers = {key for each in running(view) for key in each.controllers}
    return [key for key in register.parties if key in engaged | (reached - customers)]


def _sheet(view: View, party: PartyFields, below: Below) -> Section:
    rows = (
        ("Name", _names(party), ""),
        ("Legal entity", or_gap([Item(party.legal_name)] if party.legal_name else [], _OPINION), _OPINION),
        ("Country", or_gap([Item(places([party.country]))] if party.country else [], _OPINION), _OPINION),
        ("Address", or_gap(_address(party), _OPINION), _OPINION),
        ("Contact", or_gap(contact_items(party.contact), _OPINION), _OPINION),
        ("Policy or site", policy_items(party), "Art. 28(1)"),
        ("Role and work", tuple(_work(view, party)), "Art. 28(1), 28(2)"),
        ("Agreement", tuple(agreement_items(view, party)), "Art. 28(3)"),
        ("Notice of changes that it gives", tuple(notice_items(view, party)), "Art. 28(2), 28(4)"),
        ("Certificates and documents", tuple(_papers(view, party)), "Art. 28(1), 28(5)"),
        ("Data Privacy Framework list", tuple(framework_items(view, party)), "Art. 45"),
        ("Who is behind it", tuple(behind_items(view, party, below)), "Art. 28(4); " + _OPINION),
        ("Transfers", tuple(transfer_items(view, party)), "Art. 44 to 49"),
        ("What is wrong or missing", _open(view, party), ""),
        ("Next review", tuple(_reviews(view, party)), "Art. 24(1)"),
    )
    remarks = (Item(f"Source: {party.source}"),) if party.source else (missing(what="where this is stated"),)
    return Section(party.name, tuple(_row(*each) for each in rows), remarks, party.invented)


def _row(what: str, details: Items, article: str) -> Row:
    return ((Item(what),), details, (Item(article or "–"),))


def _names(party: PartyFields) -> Items:
    found = [Item(party.name, invented=party.invented)]
    found += [Item(f"also known as {', '.join(party.aliases)}")] if party.aliases else []
    found += [Item(f"part of {party.parent}")] if party.parent else []
    found += [Item(f"sector: {dashed(party.sector)}")] if party.sector not in (None, "other") else []
    return tuple(found)


def _address(party: PartyFields) -> list[Item]:
    address = party.address or (party.contact.address if party.contact else None)
    return [Item(address)] if address else []


def _work(view: View, party: PartyFields) -> Iterator[Item]:
    """What it does in each activity, and by which authorisation where it is a subprocessor."""
    register = view.register
    found = False
    for each in register.engagements_with(party.key):
        activity = register.activities[each.activity]
        if not (stands(each, view.on) and stands(activity, view.on)):
            continue
        found = True
        behind = each.role == "processor" and activity.role == "processor" and each.receives_data
        words = [f"{activity.name}: {'subprocessor' if behind else dashed(each.role)}"]
        words += [each.service] if each.service else []
        words += [f"since {long_date(each.since)}"] if each.since else []
        data = ", ".join(
            register.data_categories[key].name for key in register.data_of(activity.key, each.data_categories)
        )
        words += ["receives no data"] if not each.receives_data else [f"data: {data}"] if data else []
        words += [f"{each.authorisation} authorisation"] if behind and each.authorisation else []
        yield of(each, ", ".join(words))
        if not each.service:
            yield missing("Art. 28(3)", f"{activity.name}: its service is not recorded")
        if each.receives_data and not data:
            yield missing("Art. 28(3)", f"{activity.name}: which data it gets is not recorded")
        if behind and not each.authorisation:
            yield missing("Art. 28(2)", f"{activity.name}: how it was authorised is not recorded")
    for system in register.systems.values():
        if system.operator == party.key:
            found = True
            yield of(system, f"runs {system.name}")
    if not found:
        yield Item("engaged for no activity that runs; data reaches it through others, or it is a party only")


def _papers(view: View, party: PartyFields) -> Iterator[Item]:
    mine = [each for each in view.register.documents.values() if each.about == party.key]
    for each in mine:
        first, *rest = document_items(each, view.on)
        yield Item(f"{each.type.replace('-', ' ')}: {first.text}", first.mark, first.source, first.invented)
        yield from rest
    if not mine:
        yield missing("Art. 28(1)", "neither a certificate nor a document about it is recorded")


def _open(view: View, party: PartyFields) -> Items:
    """Every finding about it, worst first."""
    found = [finding_item(view, each) for _, each in findings_about(view, f"party/{party.key}")]
    return tuple(dict.fromkeys(found)) or (Item("no rule finds anything here"),)


def _reviews(view: View, party: PartyFields) -> Iterator[Item]:
    """The days on which something about it must be looked at, what is late first."""
    register = view.register
    subjects = {f"party/{party.key}"}
    subjects |= {f"document/{key}" for key, each in register.documents.items() if each.about == party.key}
    for each in register.agreements_with(party.key):
        subjects |= {f"agreement/{each.key}"} | ({f"document/{each.document}"} if each.document else set())
    for transfer in register.transfers_to(party.key):
        subjects |= {f"safeguard/{each.key}" for each in register.safeguards_of(transfer.key)}
    dues = [each for each in coming_up(view, dt.date.max) if each.subject in subjects]
    for due in dues:
        yield Item(f"{long_date(due.on)}: {due.text}", "!" if due.days < 0 else "")
    if not dues:
        yield missing("Art. 24(1)", "no day is recorded on which it is looked at again")
