"""Transfers in the record of Article 30: the countries by name, what covers each, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ropa.flows.crossings import Crossing, name_of
from ropa.flows.edges import ORGANISATION, receivers
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.register import Register
from ropa.records.transfer import SafeguardFields
from ropa.reports.page import Item, missing, quoted
from ropa.rules.dates import long_date
from ropa.services.contacts import party_name
from ropa.services.system_findings import unknown_systems
from ropa.services.verdict_items import verdict_items
from ropa.services.wording import listed

if TYPE_CHECKING:
    from ropa.services.workspace import View

NONE_NEEDED = "none needed: an adequacy decision covers it"
"""What a sheet says for the safeguards of a transfer that needs none and has none on record."""
_NO_TRANSFER = "Not a restricted transfer: "


def crossings_for(view: View, activities: Iterable[ActivityFields]) -> list[Crossing]:
    """The restricted crossings of these activities, each importer and country once."""
    return [each for each in _leaving(view, activities) if each.worst.status != "not-restricted"]


def _leaving(view: View, activities: Iterable[ActivityFields], but: frozenset[str] = frozenset()) -> list[Crossing]:
    """All crossings of these activities, restricted or not, each importer and country once: the worst of them.

    `but` are parties whose own sending and receiving is left out.
    """
    keys = {each.key for each in activities}
    left_out = {f"party/{key}" for key in but}
    found: dict[tuple[object, ...], Crossing] = {}
    for each in view.crossings:
        if each.edge.activity in keys and not left_out & {each.exporter, each.importer}:
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
    for each in _leaving(view, records, but):
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
    if not found:
        open_ = [*_unplaced(view, records, but), *_unnamed(records)]
        nothing = Item("none: by what is recorded, the data does not leave the territory")
        return (missing(article, f"cannot be told: {listed(open_)} not recorded") if open_ else nothing,)
    systems = list(_unplaced_systems(view, records))
    further = [missing(article, f"whether there are more cannot be told: {listed(systems)} not recorded")]
    return (*found, *further) if systems else tuple(found)


def _unplaced(view: View, activities: Iterable[ActivityFields], but: frozenset[str]) -> Iterator[str]:
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


def _unnamed(activities: Iterable[ActivityFields]) -> Iterator[str]:
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


def mechanism_items(view: View, activity: ActivityFields) -> tuple[Item, ...]:
    """What is recorded as covering each transfer, and what the law makes of it on the date."""
    return tuple(each for crossing in crossings_for(view, (activity,)) for each in _covered(view.register, crossing))


def _covered(register: Register, crossing: Crossing) -> Iterator[Item]:
    who = recipient(register, crossing)
    transfers = [register.transfers[key] for key in crossing.transfers]
    safeguards = [each for transfer in transfers for each in register.safeguards_of(transfer.key)]
    for safeguard in safeguards:
        yield Item(f"{who}: {_instrument(safeguard)}", source=safeguard.source or "", invented=safeguard.invented)
    for transfer in transfers:
        if transfer.stated:
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


def sheet_countries(view: View, activity: ActivityFields, article: str) -> tuple[tuple[Item, ...], str]:
    """What a column of third countries holds: its items, and the text of its cell with a line for each."""
    if not view.regimes:
        gap = missing(article, "cannot be told: which law binds the organisation is not recorded")
        return (gap,), "? not recorded: which law binds the organisation"
    law, found, texts = LawBook.in_use(), list[Item](), list[str]()
    for who, country, crossing in _goes(view, activity):
        if country is None:
            found.append(missing(article, f"{who}: country not recorded"))
            texts.append(f"? not recorded: country of {who}")
            continue
        where = f"{law.country_name(country)}: {who}"
        if crossing is not None and crossing.transfer is None and crossing.exporter == ORGANISATION:
            found.append(missing(article, f"{where}: it goes there, and no transfer is recorded"))
            texts.append(f"? not recorded: {where}: it goes there, and no transfer is recorded")
        else:
            found.append(Item(where))
            texts.append(where)
    if open_ := [*_unplaced(view, (activity,), frozenset()), *_unnamed((activity,))]:
        found.append(missing(article, f"whether there are others cannot be told: {listed(open_)} not recorded"))
        texts.append(f"? not recorded: {listed(open_)}")
    if not found:
        return (Item("none: by what is recorded, the data does not leave the territory"),), "not applicable"
    return tuple(found), "\n".join(texts)


def sheet_safeguards(view: View, activity: ActivityFields, article: str) -> tuple[tuple[Item, ...], str]:
    """What a column of safeguards holds; each with its recipient where there are several."""
    register, law = view.register, LawBook.in_use()
    own: dict[str, list[str]] = {}
    gaps: dict[str, None] = {}
    items: list[Item] = []
    for who, _, crossing in _goes(view, activity):
        keys = () if crossing is None else crossing.transfers
        lines = []
        for safeguard in (each for key in keys for each in register.safeguards_of(key)):
            known = law.instrument(safeguard.instrument)
            lines.append(known.name if known else safeguard.instrument)
            items.append(Item(f"{who}: {_instrument(safeguard)}", source=safeguard.source or ""))
            items += [Item(f"{who}: {safeguard.suitable}")] if safeguard.suitable else []
            lines += [safeguard.suitable] if safeguard.suitable else []
        stated = [register.transfers[key].stated for key in keys]
        lines += [each for each in stated if each]
        items += [quoted(each) for each in stated if each]
        if not lines and crossing is not None and crossing.worst.status == "adequate":
            items.append(Item(f"{who}: {NONE_NEEDED}"))
        elif not lines:
            gaps[who] = None
        own[who] = [*own.get(who, ()), *(each for each in lines if each not in own.get(who, ()))]
    said = {who: lines for who, lines in own.items() if lines}
    single = len(own) == 1
    texts = [line if single else f"{who}: {line}" for who, lines in said.items() for line in lines]
    gone = [missing(article, f"{who}: no safeguard recorded") for who in gaps]
    return (*items, *gone), "\n".join([*texts, *(f"? not recorded: safeguard for {who}" for who in gaps)])


def _goes(view: View, activity: ActivityFields) -> Iterator[tuple[str, str | None, Crossing | None]]:
    """Who receives the data in which third country: every restricted crossing, and transfers that have none."""
    register = view.register
    known: set[str] = set()
    for each in crossings_for(view, (activity,)):
        known |= set(each.transfers)
        name = name_of(register, each.importer)
        onward = "" if each.exporter == ORGANISATION else f", from {name_of(register, each.exporter)}"
        yield f"{name}{onward}", each.country, each
    for key, transfer in register.transfers.items():
        if transfer.activity == activity.key and key not in known and transfer.exporter is None:
            yield register.parties[transfer.importer].name, transfer.country, None


def transfer_rows(view: View, activity: ActivityFields) -> Iterator[tuple[str, str, str, str]]:
    """Each transfer of an activity: who receives it, the country, the safeguards by name, and their documents.

    What is not recorded is empty; where data goes and no transfer is recorded, that stands for the documents.
    """
    register, law = view.register, LawBook.in_use()
    for who, country, crossing in _goes(view, activity):
        keys = () if crossing is None else crossing.transfers
        found = [each for key in keys for each in register.safeguards_of(key)]
        named = [known.name if (known := law.instrument(each.instrument)) else each.instrument for each in found]
        adequate = crossing is not None and crossing.worst.status == "adequate"
        papers = [register.documents[each.document] for each in found if each.document]
        places = [f"{each.name}: {each.location}" if each.location else each.name for each in papers]
        places += [each.reference for each in found if each.reference]
        if crossing is not None and crossing.transfer is None and crossing.exporter == ORGANISATION:
            places = ["? not recorded: it goes there, and no transfer is recorded"]
        where = law.country_name(country) if country else ""
        yield who, where, "\n".join(named) or (NONE_NEEDED if adequate else ""), "\n".join(places)
