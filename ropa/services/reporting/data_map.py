"""The data map: of each category of data, who holds it for which activity, where it lies, and what the law says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ropa.flows.crossings import Crossing, places_of, regimes_of
from ropa.flows.edge import ORGANISATION
from ropa.flows.edges import Edge, edges
from ropa.flows.hop_facts import name_of
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.category import DataCategoryFields
from ropa.records.errors import NotFoundError
from ropa.reports.page import Item, Mark, missing
from ropa.reports.tables import Column, Items, Report, Row, Section
from ropa.rules.dates import long_date
from ropa.services.reporting.table import dashed, left_out, named, or_gap, places, running, within
from ropa.services.wording import verdict_mark, verdict_words

if TYPE_CHECKING:
    from ropa.services.workspace import View

CRIMINAL = "criminal"
"""What asks for criminal-offence data, beside the kinds of Article 9."""

_COLUMNS = (
    Column("activity", "Activity", 3),
    Column("people", "Whose data", 3),
    Column("holder", "Held by or sent to", 3),
    Column("for", "In which role, for what", 3),
    Column("where", "Where", 3),
    Column("verdict", "Leaves the territory", 4),
)
_SIGNS: dict[str, Mark] = {"✓": "", "!": "!", "?": "?", "✖": "✖"}


def data_map(view: View, data: Sequence[str] = (), special: Sequence[str] = ()) -> Report:
    """The map of the categories asked for, by key and by kind (`health`, `criminal`); of all where none is.

    Raises NotFoundError for a key that is no data category.
    """
    register, owner = view.register, view.register.organisation
    for key in data:
        if key not in register.data_categories:
            raise NotFoundError(_unknown(key, register.data_categories))
    asked = [
        each
        for each in register.data_categories.values()
        if not (data or special)
        or each.key in data
        or each.special in special
        or (each.criminal and CRIMINAL in special)
    ]
    sections = [_section(view, each) for each in sorted(asked, key=_rank)]
    return Report(
        id="data-map",
        title="Data map",
        law="Art. 30(1)(c) to (e), 9, 10",
        organisation=owner.legal_name or owner.name,
        on=view.on,
        unit="Data",
        columns=_COLUMNS,
        sections=tuple(sections),
        remarks=(*_remarks(special, asked), *left_out(view)),
    )


def _unknown(key: str, known: Iterable[str]) -> str:
    close = get_close_matches(key, list(known), n=3)
    hint = f"did you mean {' or '.join(close)}?" if close else "`ropa list data-category` names those that there are"
    return f"no data category {key!r}; {hint}"


def _remarks(special: Sequence[str], asked: Sequence[DataCategoryFields]) -> Iterator[Item]:
    if not asked:
        kinds = " or ".join(dashed(each) for each in special)
        what = f"no category of data is marked as {kinds}" if special else "no category of data is recorded"
        yield missing(what=f"{what}; that none is marked does not say that there is none")


def _rank(data: DataCategoryFields) -> int:
    return 0 if data.special else 1 if data.criminal else 2


def _title(data: DataCategoryFields) -> str:
    marks = [f"special category: {dashed(data.special)}, Art. 9"] if data.special else []
    marks += ["criminal-offence data, Art. 10"] if data.criminal else []
    return f"{data.name} ({'; '.join(marks)})" if marks else data.name


def _section(view: View, data: DataCategoryFields) -> Section:
    rows = tuple(dict.fromkeys(row for each in running(view) for row in _rows(view, each, data.key)))
    remarks = [Item(f"Holds: {data.examples}", source=data.source or "")] if data.examples else []
    if not rows:
        remarks.append(Item(f"By what is recorded, no activity that runs on {long_date(view.on)} uses it."))
    return Section(_title(data), rows, tuple(remarks), data.invented)


def _rows(view: View, activity: ActivityFields, data: str) -> Iterator[Row]:
    """A row for each system where it lies and each entity that it goes to; one that says so where neither is known."""
    register = view.register
    name = (Item(activity.name, invented=activity.invented),)
    people = or_gap(named(register.subject_categories[key] for key in activity.subject_categories), "Art. 30(1)(c)")
    flows = [
        each
        for each in edges(register, view.on, activity.key)
        if data in each.data and not each.destination.startswith("subject/")
    ]
    there = {each.destination for each in flows}
    found = False
    if data in activity.data_categories:
        for key in activity.systems:
            if f"system/{key}" not in there:
                found = True
                system = register.systems[key]
                where = or_gap(_hosted(view, key), "Art. 30(1)(e)")
                holder = (Item(system.name, invented=system.invented), *_operator(view, key))
                note = "where it goes from here stands in rows of its own"
                yield (name, people, holder, (Item("system of the activity"),), where, (Item(note),))
        if activity.location:
            found = True
            kept = (Item(activity.location),)
            none = (Item("kept by the organisation itself"),)
            yield (name, people, (Item(view.register.organisation.name),), (Item("kept by us"),), kept, none)
    for each in flows:
        if each.receiver == ORGANISATION and each.destination == ORGANISATION:
            continue  # that the organisation has it is said of each activity
        found = True
        yield (name, people, _holder(view, each), _work(each), _where(view, each), tuple(_verdicts(view, each)))
    if not found and data in activity.data_categories:
        gap = missing("Art. 30(1)(d)", "neither a system nor a recipient is recorded")
        unknown = (missing("Art. 30(1)(e)"),)
        yield (name, people, (gap,), (Item("used by the organisation itself"),), unknown, unknown)


def _hosted(view: View, key: str) -> list[Item]:
    system = view.register.systems[key]
    found = [Item(f"hosted in {within(system.hosting)}")] if system.hosting else []
    return found + ([Item(f"reached from {within(system.remote_access)}")] if system.remote_access else [])


def _operator(view: View, key: str) -> Items:
    """Who runs a system: ourselves, a party, or nobody that is recorded."""
    system = view.register.systems[key]
    if system.operator is not None:
        party = view.register.parties[system.operator]
        return (Item(f"run by {party.name}", invented=party.invented),)
    return (Item("our own"),) if system.own else (missing("Art. 28, 30(1)(d)", "who runs it is not recorded"),)


def _holder(view: View, edge: Edge) -> Items:
    kind, _, key = edge.destination.partition("/")
    if kind == "system":
        system = view.register.systems[key]
        return (Item(system.name, invented=system.invented), *_operator(view, key))
    named_ = name_of(view.register, edge.destination)
    return (Item(named_, invented=kind == "party" and view.register.parties[key].invented),)


def _work(edge: Edge) -> Items:
    if edge.receiver == ORGANISATION:
        return (Item("our own system"),)
    role = Item(dashed(edge.role)) if edge.role else missing("Art. 4(7), 4(8)", "role not recorded")
    return (role, Item(edge.service)) if edge.service else (role,)


def _where(view: View, edge: Edge) -> Items:
    """The countries where the data comes to lie or is reached from; failing those, the receiver's own."""
    if edge.places:
        return (Item(places(edge.places)),)
    seats = [each for each in places_of(view.register, edge) if each is not None]
    if not seats:
        return (missing("Art. 30(1)(e)", "country not recorded"),)
    seat = Item(f"{places(seats)} (where it is established)")
    return (seat, missing("Art. 30(1)(e)", "where the data lies is not recorded"))


def _verdicts(view: View, edge: Edge) -> Iterator[Item]:
    found = [each for n in view.crossed.get(edge.activity, ()) if (each := view.crossings[n]).edge == edge]
    if found:
        yield from dict.fromkeys(item for each in found for item in _judged(each))
    elif edge.sender == edge.receiver:
        yield Item("goes to no other legal entity")
    elif not regimes_of(view.register, edge.sender, view.on, LawBook.in_use()):
        sender = name_of(view.register, edge.sender)
        if edge.sender == ORGANISATION:
            yield missing("Art. 3", f"cannot be told: which law binds {sender} is not recorded")
        else:
            yield Item(f"{sender} is bound by neither regime, by what is recorded; what it hands on is not judged here")
    elif None in places_of(view.register, edge) or not places_of(view.register, edge):
        yield missing("Art. 30(1)(e)", "cannot be told: country not recorded")
    elif not edge.places:
        yield missing("Art. 30(1)(e)", "not to where it is established; where the data lies is not recorded")
    elif edge.receiver.startswith("system/"):
        yield missing("Art. 30(1)(e)", "not to where it lies; who runs it, and from where, is not recorded")
    else:
        yield Item("no, by what is recorded")


def _judged(crossing: Crossing) -> Iterator[Item]:
    law = LawBook.in_use()
    where = law.country_name(crossing.country) if crossing.country else "country not recorded"
    for verdict in crossing.verdicts:
        source = "; ".join(dict.fromkeys(reason.source for reason in verdict.reasons if reason.source))
        words = f"{where}, {law.regime(verdict.regime).name}: {verdict_words(verdict.status)}"
        yield Item(words, _SIGNS[verdict_mark(verdict.status)], source)
