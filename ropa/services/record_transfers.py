"""Transfers in the record of Article 30: the countries by name, what covers each, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ropa.flows.crossings import Crossing, name_of
from ropa.flows.edges import ORGANISATION
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.register import Register
from ropa.records.transfer import SafeguardFields
from ropa.reports.page import Item, missing, quoted
from ropa.rules.dates import long_date
from ropa.services.contacts import party_name
from ropa.services.verdict_items import verdict_items

if TYPE_CHECKING:
    from ropa.services.workspace import View


def crossings_for(view: View, activities: Iterable[ActivityFields]) -> list[Crossing]:
    """The restricted crossings of these activities, each importer and country once."""
    keys = {each.key for each in activities}
    found: dict[tuple[object, ...], Crossing] = {}
    for each in view.crossings:
        if each.edge.activity in keys and each.worst.status != "not-restricted":
            found.setdefault((each.exporter, each.importer, each.country), each)
    return list(found.values())


def country_items(view: View, activities: Iterable[ActivityFields], article: str) -> tuple[Item, ...]:
    """Who receives the data in which third country; in words where none is found or none can be told."""
    if not view.regimes:
        return (missing(article, "cannot be told: which law binds the organisation is not recorded"),)
    found = []
    for each in crossings_for(view, activities):
        who = recipient(view.register, each)
        if each.country is None:
            found.append(missing(article, f"{who}: country not recorded"))
        else:
            found.append(Item(f"{LawBook.in_use().country_name(each.country)}: {who}"))
    return tuple(found) or (Item("none: by what is recorded, the data does not leave the territory"),)


def recipient(register: Register, crossing: Crossing) -> str:
    """The importer by name and legal entity; with the exporter where that is not the organisation."""
    if crossing.importer == ORGANISATION:
        name = name_of(register, crossing.importer)
    else:
        name = party_name(register.parties[crossing.importer.removeprefix("party/")])
    return name if crossing.exporter == ORGANISATION else f"{name}, from {name_of(register, crossing.exporter)}"


def mechanism_items(view: View, activity: ActivityFields) -> tuple[Item, ...]:
    """What is recorded as covering each transfer, and what the law makes of it on the date."""
    return tuple(each for crossing in crossings_for(view, (activity,)) for each in _covered(view.register, crossing))


def _covered(register: Register, crossing: Crossing) -> Iterator[Item]:
    who = recipient(register, crossing)
    transfer = register.transfers[crossing.transfer] if crossing.transfer is not None else None
    safeguards = register.safeguards_of(transfer.key) if transfer else ()
    for safeguard in safeguards:
        yield Item(f"{who}: {_instrument(safeguard)}", source=safeguard.source or "", invented=safeguard.invented)
    if transfer is not None and transfer.stated:
        yield quoted(transfer.stated, transfer.source or "")
    # An adequacy decision needs no entry of its own: where it carries the transfer, nothing is missing.
    if not safeguards and crossing.worst.status != "adequate":
        yield missing("Art. 30(1)(e), 46", f"{who}: no safeguard recorded")
    elif not safeguards:
        yield Item(f"{who}: an adequacy decision")
    yield from verdict_items([crossing])


def _instrument(safeguard: SafeguardFields) -> str:
    known = LawBook.in_use().instrument(safeguard.instrument)
    words = [known.name if known else safeguard.instrument]
    words += [f"module {safeguard.module}"] if safeguard.module else []
    words += [f"signed {long_date(safeguard.signed)}"] if safeguard.signed else []
    words += [f"until {long_date(safeguard.until)}"] if safeguard.until else []
    words += [f"assessed {long_date(safeguard.assessed)}"] if safeguard.assessed else []
    words += [f"reference {safeguard.reference}"] if safeguard.reference else []
    return ", ".join(words)
