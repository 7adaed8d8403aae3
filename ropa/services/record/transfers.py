"""Transfers in the record of Article 30: the countries by name, what covers each, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ropa.flows.crossings import Crossing, name_of
from ropa.flows.edges import ORGANISATION, receivers
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.register import Register
from ropa.records.transfer import SafeguardFields, TransferFields
from ropa.reports.page import Item, missing, quoted
from ropa.rules.dates import long_date
from ropa.services.contacts import party_name
from ropa.services.findings.systems import unknown_systems
from ropa.services.record.unmade import nowhere, place, suitable_items, unmade
from ropa.services.record.values import document_words
from ropa.services.verdict_items import verdict_items
from ropa.services.wording import listed

if TYPE_CHECKING:
    from ropa.services.workspace import View

_NO_TRANSFER = "Not a restricted transfer: "


def crossings_for(
    view: View, activities: Iterable[ActivityFields], but: frozenset[str] = frozenset()
) -> list[Crossing]:
    """The restricted crossings of these activities, each importer and country once; `but` as for `leaving`."""
    return [each for each in leaving(view, activities, but) if each.worst.status != "not-restricted"]


def leaving(view: View, activities: Iterable[ActivityFields], but: frozenset[str] = frozenset()) -> list[Crossing]:
    """All crossings of these activities, restricted or not, each importer and country once: the worst of them.

    `but` are parties whose own sending and receiving is left out.
    """
    numbers = (number for key in dict.fromkeys(each.key for each in activities) for number in view.crossed.get(key, ()))
    left_out = {f"party/{key}" for key in but}
    found: dict[tuple[object, ...], Crossing] = {}
    for each in (view.crossings[number] for number in sorted(numbers)):
        if not left_out & {each.exporter, each.importer}:
            ends = (each.exporter, each.importer, each.country)
            found[ends] = max(found.get(ends, each), each, key=lambda one: one.worst.rank)
    return list(found.values())


def country_items(
    view: View, activities: Iterable[ActivityFields], article: str, controller: str = ""
) -> tuple[Item, ...]:
    """Who receives the data in which third country; in words where none is found or none can be told.

    With `controller`, as that controller may see it: other controllers of the same activities are not in it.
    """
    if not view.regimes:
        return (missing(article, "cannot be told: which law binds the organisation is not recorded"),)
    records = tuple(activities)
    others = {key for each in records for key in each.controllers} - {controller} if controller else ()
    but = frozenset(others)
    found = []
    for each in leaving(view, records, but):
        who = recipient(view.register, each)
        if each.country is None:
            found.append(missing(article, f"{who}: country not recorded"))
            continue
        where = f"{LawBook.in_use().country_name(each.country)}: {who}"
        if each.worst.status == "not-restricted":
            why = " ".join(reason.text for reason in each.worst.reasons).removeprefix(_NO_TRANSFER)
            found.append(Item(f"{where}; not a restricted transfer: {why}"))
        elif each.transfer is None and each.exporter == ORGANISATION:
            found.append(missing(article, f"{where}: it goes there, and no transfer is recorded"))
        else:
            found.append(Item(where))
        found += suitable_items(view.register, safeguards_of(view.register, each.transfers), who, article)
    for transfer in unmade(view, records):
        if transfer.importer not in but:
            found += _recorded(view.register, transfer, article)
    if not found:
        open_ = [*unplaced(view, records, but), *unnamed(records)]
        nothing = Item("none: by what is recorded, the data does not leave the territory")
        return (missing(article, f"cannot be told: {listed(open_)} not recorded") if open_ else nothing,)
    systems = list(_unplaced_systems(view, records))
    further = [missing(article, f"whether there are more cannot be told: {listed(systems)} not recorded")]
    return (*found, *further) if systems else tuple(found)


def unplaced(view: View, activities: Iterable[ActivityFields], but: frozenset[str]) -> Iterator[str]:
    """What would have to be recorded to say where the data is: of parties their country, of systems who and where."""
    records = tuple(activities)
    keys = dict.fromkeys(key for each in records for key in receivers(view.register, each.key, view.on))
    for key in keys:
        if key not in but and view.register.parties[key].country is None:
            yield f"the country of {view.register.parties[key].name}"
    yield from _unplaced_systems(view, records)


def _unplaced_systems(view: View, activities: Iterable[ActivityFields]) -> Iterator[str]:
    words: dict[str, None] = {}
    for activity in activities:
        for each in unknown_systems(view.register, view.on, activity.key):
            name = view.register.systems[each.system].name
            words |= {f"who runs {name}": None} if each.unrun else {}
            words |= {f"where {name} is hosted": None} if each.unplaced else {}
    yield from words


def unnamed(activities: Iterable[ActivityFields]) -> Iterator[str]:
    """Recipients that are recorded as a category: nobody can say where they are."""
    named = dict.fromkeys(name for each in activities for name in each.recipients)
    if named:
        yield f"who and where the unnamed recipients are ({'; '.join(named)})"


def recipient(register: Register, crossing: Crossing) -> str:
    """The importer by name and legal entity; with the exporter where that is not the organisation."""
    party = register.parties.get(crossing.importer.removeprefix("party/"))
    if crossing.importer.startswith("system/"):
        name = f"{name_of(register, crossing.importer)} (who runs it is not recorded)"
    elif party is None or crossing.importer == ORGANISATION:
        name = name_of(register, crossing.importer)
    else:
        name = party_name(party)
    return name if crossing.exporter == ORGANISATION else f"{name}, from {name_of(register, crossing.exporter)}"


def mechanism_items(view: View, activity: ActivityFields, controller: str = "") -> tuple[Item, ...]:
    """What is recorded as covering each transfer, and the law's view of it; `controller` as for `country_items`."""
    register = view.register
    but = frozenset(activity.controllers) - {controller} if controller else frozenset[str]()
    found = [each for crossing in crossings_for(view, (activity,), but) for each in _covered(register, crossing)]
    for transfer in (each for each in unmade(view, (activity,)) if each.importer not in but):
        who = party_name(register.parties[transfer.importer])
        found += _stated(register, (transfer.key,), who)
        if not register.safeguards_of(transfer.key):
            found.append(missing("Art. 30(1)(e), 46", f"{who}: no safeguard recorded"))
    return tuple(found)


def safeguards_of(register: Register, transfers: Iterable[str]) -> list[SafeguardFields]:
    """What is recorded as covering some transfers."""
    return [each for key in transfers for each in register.safeguards_of(key)]


def _recorded(register: Register, transfer: TransferFields, article: str) -> Iterator[Item]:
    """A transfer that is recorded and that no flow makes: it stands in the record, and so does the doubt."""
    who, country = party_name(register.parties[transfer.importer]), place(register, transfer)
    if country is None:
        yield missing(article, f"{who}: country not recorded")
    else:
        where = LawBook.in_use().country_name(country)
        words = f"{where}: {who}; recorded as a transfer, and no flow that is recorded makes it"
        yield Item(words, "!", transfer.source or "", invented=transfer.invented)
    yield from suitable_items(register, register.safeguards_of(transfer.key), who, article)


def loose_items(view: View, article: str) -> tuple[Item, ...]:
    """Recorded transfers of no activity that is recorded, with what covers them: they are left out of no record."""
    register, found = view.register, list[Item]()
    for transfer in nowhere(view):
        found += _recorded(register, transfer, article)
        found += _stated(register, (transfer.key,), party_name(register.parties[transfer.importer]))
    return tuple(found)


def _stated(register: Register, transfers: Iterable[str], who: str) -> Iterator[Item]:
    """What is recorded as covering some transfers, and the source's own words."""
    for safeguard in safeguards_of(register, transfers):
        paper = f"; {document_words(register, safeguard.document)}" if safeguard.document else ""
        words = f"{who}: {instrument_words(safeguard)}{paper}"
        yield Item(words, source=safeguard.source or "", invented=safeguard.invented)
    for key in transfers:
        transfer = register.transfers[key]
        nature: list[str] = [transfer.frequency] if transfer.frequency else []
        named = [register.data_categories[each].name for each in transfer.data_categories]
        nature += [f"of {', '.join(named)}"] if named else []
        if nature:
            yield Item(f"{who}: {', '.join(nature)}", source=transfer.source or "", invented=transfer.invented)
        if (stated := register.transfers[key].stated) is not None:
            yield quoted(stated, register.transfers[key].source or "")


def _covered(register: Register, crossing: Crossing) -> Iterator[Item]:
    who = recipient(register, crossing)
    safeguards = safeguards_of(register, crossing.transfers)
    yield from _stated(register, crossing.transfers, who)
    # An adequacy decision needs no entry of its own: where it carries the transfer, nothing is missing.
    if not safeguards and crossing.worst.status != "adequate":
        yield missing("Art. 30(1)(e), 46", f"{who}: no safeguard recorded")
    elif not safeguards:
        yield Item(f"{who}: an adequacy decision")
    yield from verdict_items([crossing])


def instrument_words(safeguard: SafeguardFields) -> str:
    """An instrument by name, with its module, dates and reference."""
    known = LawBook.in_use().instrument(safeguard.instrument)
    words = [known.name if known else safeguard.instrument]
    words += [f"module {safeguard.module}"] if safeguard.module else []
    words += [f"signed {long_date(safeguard.signed)}"] if safeguard.signed else []
    words += [f"until {long_date(safeguard.until)}"] if safeguard.until else []
    words += [f"assessed {long_date(safeguard.assessed)}"] if safeguard.assessed else []
    words += [f"reference {safeguard.reference}"] if safeguard.reference else []
    return ", ".join(words)
