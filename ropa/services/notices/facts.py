"""What a change is and what customers must be told of it, as lines of the notice report."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.reports.page import Item, Line, line, missing, quoted
from ropa.rules.dates import long_date
from ropa.rules.notice_terms import OPINION
from ropa.services.changes.reach import services_of
from ropa.services.changes.statuses import ChangeStatus
from ropa.services.changes.verdict import beside_verdicts
from ropa.services.contacts import contact_items
from ropa.services.verdict_items import verdict_items
from ropa.services.wording import CHANGE_KINDS


def change_facts(register: Register, status: ChangeStatus) -> Iterator[Line]:
    """What changes, as recorded, and what the law makes of the new arrangement."""
    change, law = status.change, LawBook.in_use()
    party = register.parties[change.party]
    yield line("kind", "What happens", (Item(CHANGE_KINDS[change.kind]),))
    yield line("party", "Who", (Item(party.name, source=change.source or "", invented=party.invented),))
    legal = (Item(party.legal_name),) if party.legal_name else ()
    yield line("legal", "Legal entity", legal, OPINION, required=True)
    yield line("address", "Address", (Item(party.address),) if party.address else (), OPINION, required=True)
    yield line("contact", "Contact", contact_items(party.contact), OPINION, required=True)
    if change.replaces is not None:
        yield line("replaces", "Instead of", (Item(register.parties[change.replaces].name),))
    if change.beneath is not None:
        yield line("beneath", "Engaged by", (Item(register.parties[change.beneath].name),))
    if change.new_name or change.kind == "rename":
        yield line("name", "New name", (Item(change.new_name),) if change.new_name else (), "Art. 28(2)", required=True)
    if change.announcement is not None:
        yield line("announced", "Announced in", (Item(register.announcements[change.announcement].name),))
    places = tuple(Item(law.country_name(each)) for each in places_of(register, status))
    yield line("where", "Where", places, "Art. 28(2)", required=True)
    service = services_of(register, change, status.activities, status.facts.on)
    yield line("service", "What for", tuple(map(Item, service)), "Art. 28(2)", required=True)
    activities = tuple(Item(register.activities[each].name) for each in status.activities)
    yield line("activities", "For which activities", activities, "Art. 28(2)", required=True)
    data = tuple(Item(register.data_categories[key].name) for key in data_of(status))
    yield line("data", "Which data", data, "Art. 28(3)", required=True)
    if change.safeguard or status.crossings or status.onward:
        stated = (quoted(change.safeguard),) if change.safeguard else ()
        yield line("safeguard", "Safeguard, as stated", stated, "Art. 46", required=True)
    yield line("verdict", "What the law makes of it", tuple(transfer_items(register, status)))
    if change.reason:
        yield line("reason", "Reason", (Item(change.reason),))


def places_of(register: Register, status: ChangeStatus) -> tuple[str, ...]:
    """Where the data will lie: as the change says, else where the party is established."""
    own = register.parties[status.change.party].country
    return status.change.countries or ((own,) if own else ())


def data_of(status: ChangeStatus) -> tuple[str, ...]:
    """The data concerned: what the customers who are told have there, else what the change names."""
    keys = dict.fromkeys(key for each in status.owed for told in each.why for key in told.data)
    return tuple(keys) or status.change.data_categories


def transfer_items(register: Register, status: ChangeStatus) -> Iterator[Item]:
    """The verdict of the new arrangement, in words."""
    if status.change.kind == "remove":
        yield Item("Nothing to judge: the subprocessor leaves.")
    elif status.change.kind == "rename":
        yield Item("Nothing to judge: the data goes where it went before.")
    elif not status.arrangement:
        yield missing(what="cannot be told: no activity is recorded that the change reaches")
    elif not register.regimes(status.judged):
        yield missing(what="cannot be told: which law binds the organisation is not recorded")
    else:
        yield from verdict_items(status.crossings)
        yield from beside_verdicts(register, status)
        if status.crossings and status.judged > (status.change.proposed or status.judged):
            yield Item(f"Judged for {long_date(status.judged)}, by the law known today.")


def notice_fields(register: Register, status: ChangeStatus, facts: tuple[Line, ...]) -> Iterator[Line]:
    """The fields of the notice, for copying: what Opinion 22/2024 wants every controller to have at hand."""
    wanted = {
        "party": "Subprocessor",
        "legal": "Legal name",
        "address": "Address",
        "contact": "Contact",
        "replaces": "Replaces",
        "beneath": "Engaged by",
        "name": "New name",
        "where": "Location of processing",
        "service": "What it does for us",
        "activities": "Part of our service",
        "data": "Personal data concerned",
        "safeguard": "Transfer safeguard",
    }
    for each in facts:
        if each.id in wanted:
            yield Line(each.id, wanted[each.id], each.items, each.article, each.required)
    if status.change.effective is not None:
        yield line("start", "Planned start", (Item(long_date(status.change.effective)),))
    else:
        yield line("start", "Planned start", (), "Art. 28(2)", required=True)
    contact = register.organisation.contact
    yield line("object", "Objections and questions to", contact_items(contact), "Art. 28(2)", required=True)
    yield line("until", "Object until", (Item("[the customer's own date, from the table of customers]"),))
