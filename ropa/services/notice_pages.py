"""The notice report in words: from the state of each change to the lines that its page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ropa.law.lawbook import LawBook
from ropa.records.party import PartyFields
from ropa.records.register import Register
from ropa.reports.notice_report import ChangePage, OrganisationPage
from ropa.reports.page import Item, Line, line, missing, quoted
from ropa.rules.dates import days, long_date
from ropa.rules.notices import OPINION
from ropa.services.changes import ChangeStatus, CustomerNotice, open_changes
from ropa.services.contacts import contact_items
from ropa.services.notice_rows import customer_row
from ropa.services.verdict_items import verdict_items
from ropa.services.wording import counted, listed

KINDS = {
    "add": "a subprocessor joins",
    "replace": "one subprocessor replaces another",
    "remove": "a subprocessor leaves",
    "new-location": "a subprocessor works in another place",
    "new-activity": "a subprocessor does further work",
    "new-legal-entity": "another legal entity takes over",
    "emergency": "an emergency replacement",
}


def organisation_page(register: Register, on: dt.date) -> OrganisationPage:
    """The open changes of one register on a date."""
    regimes = " and ".join(LawBook.in_use().regime(each).name for each in register.regimes(on))
    changes = tuple(_change(register, each, on) for each in open_changes(register, on))
    owner = register.organisation
    return OrganisationPage(owner.key, owner.legal_name or owner.name, regimes or "not recorded", changes)


def _change(register: Register, status: ChangeStatus, on: dt.date) -> ChangePage:
    change = status.change
    facts = tuple(_facts(register, status))
    return ChangePage(
        key=f"{register.organisation.key}-{change.key}",
        name=change.name,
        invented=change.invented,
        verdict=_verdict(register, status, on),
        warnings=tuple(_warnings(status)),
        facts=facts,
        dates=tuple(_dates(register, status)),
        customers=tuple(customer_row(register, each) for each in status.customers),
        remarks=tuple(_remarks(register, status)),
        notice=tuple(_notice(register, status, facts)),
    )


def _verdict(register: Register, status: ChangeStatus, on: dt.date) -> Item:
    """The one sentence above the page: what is late, else what stands in the way, else that it is in time."""
    planned, earliest = status.change.effective, status.earliest
    if status.late:
        who = listed([_named(register, each) for each in status.late])
        return Item(f"Already late for {len(status.late)} of {counted(len(status.owed), 'customer')}: {who}.", "✖")
    if not status.owed:
        return missing(what="Nobody can be told yet: no customer is recorded whose data the change reaches.")
    if planned is None:
        return missing(what="No planned date is recorded.")
    if planned < on:
        text = f"The planned date, {long_date(planned)}, has passed, and the change is still recorded as open."
        return Item(text, "!")
    if status.holding:
        who = listed([_party(register, each.customer).name for each in status.holding])
        return Item(f"No lawful date yet because of {who}.", "!")
    if earliest is not None and earliest > planned:
        return Item(f"The planned date is too early; the earliest is {long_date(earliest)}.", "✖")
    waiting = [each for each in status.owed if each.clock.days_left is not None]
    if waiting:
        soonest = min(each.clock.days_left or 0 for each in waiting)
        left = "today is the last day" if soonest == 0 else f"{days(soonest)} left for the first"
        return Item(f"{counted(len(waiting), 'customer')} still to be told; {left}.", "!")
    return Item("Every customer was told in time.", "✓")


def _warnings(status: ChangeStatus) -> Iterator[Item]:
    """What the verdict on the new arrangement adds: said before anyone is told."""
    found = {crossing.worst.status for crossing in status.crossings}
    if "unsafeguarded" in found:
        yield Item("The change would make a transfer that no valid safeguard covers; no date mends that.", "✖")
    if "incomplete" in found:
        yield Item("The change would make a transfer whose safeguard is incomplete.", "!")
    if "unknown" in found:
        yield missing(what="Whether the change would make a transfer without a safeguard cannot be told.")


def _named(register: Register, each: CustomerNotice) -> str:
    name = _party(register, each.customer).name
    how = "told" if each.clock.days_left is None else "not told,"
    return f"{name} ({how} {days(each.clock.late_by)} late)"


def _facts(register: Register, status: ChangeStatus) -> Iterator[Line]:
    change, law = status.change, LawBook.in_use()
    party = _party(register, change.party)
    yield line("kind", "What happens", (Item(KINDS[change.kind]),))
    yield line("party", "Who", (Item(party.name, source=change.source or "", invented=party.invented),))
    legal = (Item(party.legal_name),) if party.legal_name else ()
    yield line("legal", "Legal entity", legal, OPINION, required=True)
    yield line("address", "Address", (Item(party.address),) if party.address else (), OPINION, required=True)
    yield line("contact", "Contact", contact_items(party.contact), OPINION, required=True)
    if change.replaces is not None:
        yield line("replaces", "Instead of", (Item(_party(register, change.replaces).name),))
    places = change.countries or ((party.country,) if party.country else ())
    yield line("where", "Where", tuple(Item(law.country_name(each)) for each in places), "Art. 28(2)", required=True)
    yield line("service", "What for", (Item(change.service),) if change.service else (), "Art. 28(2)", required=True)
    activities = tuple(Item(register.activities[each].name) for each in status.activities)
    yield line("activities", "For which activities", activities, "Art. 28(2)", required=True)
    keys = dict.fromkeys(key for each in status.owed for told in each.why for key in told.data)
    data = tuple(Item(register.data_categories[key].name) for key in keys or change.data_categories)
    yield line("data", "Which data", data, "Art. 28(3)", required=True)
    if change.safeguard or status.crossings:
        stated = (quoted(change.safeguard),) if change.safeguard else ()
        yield line("safeguard", "Safeguard, as stated", stated, "Art. 46", required=True)
    yield line("verdict", "What the law makes of it", tuple(_transfer(register, status)))
    if change.reason:
        yield line("reason", "Reason", (Item(change.reason),))


def _transfer(register: Register, status: ChangeStatus) -> Iterator[Item]:
    """The verdict of the new arrangement, in words."""
    if status.change.kind == "remove":
        yield Item("Nothing to judge: the subprocessor leaves.")
    elif not status.arrangement:
        yield missing(what="cannot be told: no activity is recorded that the change reaches")
    elif not register.regimes(status.judged):
        yield missing(what="cannot be told: which law binds the organisation is not recorded")
    elif not status.crossings:
        yield Item("No restricted transfer: by what is recorded, the data does not leave the territory.")
    else:
        yield from verdict_items(status.crossings)
        if status.judged > (status.change.proposed or status.judged):
            yield Item(f"Judged for {long_date(status.judged)}, by the law known today.")


def _dates(register: Register, status: ChangeStatus) -> Iterator[Line]:
    planned, earliest = status.change.effective, status.earliest
    yield line("planned", "Planned date", (Item(long_date(planned)),) if planned else (), "Art. 28(2)", required=True)
    if earliest is not None:
        text = f"{long_date(earliest)}, for all {counted(len(status.owed), 'customer')}"
        unsent = any(each.clock.days_left is not None or each.notice is None for each in status.owed)
        found = [Item(f"{text}, if those not yet told were told today" if unsent else text)]
        if planned is not None and planned < earliest:
            over = days((earliest - planned).days)
            found.append(Item(f"The planned date is {over} too early. Move it, or agree otherwise in writing.", "✖"))
        elif planned is not None:
            found.append(Item("The planned date is not too early."))
    else:
        found = [Item("None yet", "!" if status.owed else "?")]
        for each in status.holding:
            name = _party(register, each.customer).name
            found.append(Item(f"{name}: {each.clock.reasons[-1].text}" if each.clock.reasons else name))
        rest = [each.clock.earliest for each in status.owed if each.clock.earliest is not None]
        if rest:
            found.append(Item(f"For the other customers: {long_date(max(rest))}."))
    yield line("earliest", "Earliest lawful date", tuple(found))


def _remarks(register: Register, status: ChangeStatus) -> Iterator[Item]:
    for key in status.unserved:
        name = register.activities[key].name
        what = f"{name}: for which customers it is done is not recorded, so some may be missing"
        yield missing("Art. 30(2)(a)", what)
    for each in status.customers:
        if not each.why:
            name = _party(register, each.customer).name
            yield Item(f"A notice is recorded for {name}, whom the change does not reach by what is recorded.", "!")


def _notice(register: Register, status: ChangeStatus, facts: tuple[Line, ...]) -> Iterator[Line]:
    """The fields of the notice, for copying: what Opinion 22/2024 wants every controller to have at hand."""
    wanted = {
        "party": "Subprocessor",
        "legal": "Legal name",
        "address": "Address",
        "contact": "Contact",
        "replaces": "Replaces",
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


def _party(register: Register, key: str) -> PartyFields:
    return register.parties[key]
