"""Transfers in the sheets of regulators: who receives the data in which third country, and what covers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ropa.exchange.cell_text import NONE_NEEDED
from ropa.flows.crossings import Crossing, name_of
from ropa.flows.edges import ORGANISATION
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.transfer import SafeguardFields
from ropa.reports.page import Item, missing, quoted
from ropa.services.record.transfers import instrument_words, leaving, safeguards_of, unnamed, unplaced
from ropa.services.record.unmade import COMPELLING, place, unmade
from ropa.services.record.values import GAP, document_place
from ropa.services.wording import listed

if TYPE_CHECKING:
    from ropa.services.workspace import View

Cells = tuple[tuple[Item, ...], str]
"""The items of a field for a page, and the text of its cell."""


@dataclass(frozen=True, slots=True)
class _Goes:
    """Data going to somebody in a third country; `crossing` is None where no flow makes the recorded transfer."""

    who: str
    country: str | None
    crossing: Crossing | None
    transfers: tuple[str, ...]

    @property
    def undocumented(self) -> bool:
        """Whether the organisation sends it and no transfer is recorded."""
        return self.crossing is not None and not self.transfers and self.crossing.exporter == ORGANISATION


def _goes(view: View, activity: ActivityFields) -> Iterator[_Goes]:
    """Every restricted crossing, those that are not and are recorded as transfers, and transfers without a flow.

    An activity that is asked about for one of its controllers alone leaves the others' sending and receiving out.
    """
    register = view.register
    recorded = register.activities[activity.key].controllers
    others = frozenset(each for each in recorded if each not in activity.controllers)
    for each in leaving(view, (activity,), others):
        if each.transfers or each.worst.status != "not-restricted":
            onward = "" if each.exporter == ORGANISATION else f", from {name_of(register, each.exporter)}"
            yield _Goes(f"{name_of(register, each.importer)}{onward}", each.country, each, each.transfers)
    for transfer in unmade(view, (activity,)):
        if transfer.importer not in others:
            name = register.parties[transfer.importer].name
            yield _Goes(name, place(register, transfer), None, (transfer.key,))


def sheet_countries(view: View, activity: ActivityFields, article: str) -> Cells:
    """What a column of third countries holds: its items, and the text of its cell with a line for each."""
    if not view.regimes:
        gap = missing(article, "cannot be told: which law binds the organisation is not recorded")
        return (gap,), "? not recorded: which law binds the organisation"
    law, found, texts = LawBook.in_use(), list[Item](), list[str]()
    for each in _goes(view, activity):
        if each.country is None:
            found.append(missing(article, f"{each.who}: country not recorded"))
            texts.append(f"? not recorded: country of {each.who}")
            continue
        where = f"{law.country_name(each.country)}: {each.who}"
        if each.crossing is None:
            found.append(Item(f"{where}; recorded as a transfer, and no flow that is recorded makes it", "!"))
            texts.append(where)
        elif each.undocumented and each.crossing.worst.status != "not-restricted":
            found.append(missing(article, f"{where}: it goes there, and no transfer is recorded"))
            texts.append(f"? not recorded: {where}: it goes there, and no transfer is recorded")
        else:
            found.append(Item(where))
            texts.append(where)
    if open_ := [*unplaced(view, (activity,), frozenset()), *unnamed((activity,))]:
        found.append(missing(article, f"whether there are others cannot be told: {listed(open_)} not recorded"))
        texts.append(f"? not recorded: {listed(open_)}")
    if not found:
        return (Item("none: by what is recorded, the data does not leave the territory"),), "not applicable"
    return tuple(found), "\n".join(texts)


def sheet_safeguards(view: View, activity: ActivityFields, article: str) -> Cells:
    """What a column of safeguards holds; each with its recipient where there are several."""
    register = view.register
    own: dict[str, list[str]] = {}
    gaps: dict[str, str] = {}
    items: list[Item] = []
    for each in _goes(view, activity):
        safeguards = safeguards_of(register, each.transfers)
        lines = [line for safeguard in safeguards for line in _safeguard_lines(safeguard)]
        for safeguard in safeguards:
            items.append(Item(f"{each.who}: {instrument_words(safeguard)}", source=safeguard.source or ""))
            items += [Item(f"{each.who}: {safeguard.suitable}")] if safeguard.suitable else []
            if _unsuited(safeguard):
                gaps[f"suitable safeguards for {each.who}"] = f"{each.who}: suitable safeguards not recorded"
        stated = [register.transfers[key].stated for key in each.transfers]
        lines += [words for words in stated if words]
        items += [quoted(words) for words in stated if words]
        status = "" if each.crossing is None else each.crossing.worst.status
        if not lines and status == "adequate":
            items.append(Item(f"{each.who}: {NONE_NEEDED}"))
        elif not lines and status == "not-restricted":
            items.append(Item(f"{each.who}: none needed, it is not a restricted transfer"))
        elif not lines:
            gaps[f"safeguard for {each.who}"] = f"{each.who}: no safeguard recorded"
        own[each.who] = [*own.get(each.who, ()), *(one for one in lines if one not in own.get(each.who, ()))]
    said = {who: lines for who, lines in own.items() if lines}
    single = len(own) == 1
    texts = [line if single else f"{who}: {line}" for who, lines in said.items() for line in lines]
    gone = [missing(article, words) for words in gaps.values()]
    return (*items, *gone), "\n".join([*texts, *(f"? not recorded: {what}" for what in gaps)])


def _unsuited(safeguard: SafeguardFields) -> bool:
    """Whether the record must document suitable safeguards and nothing does."""
    return safeguard.instrument == COMPELLING and not safeguard.suitable and not safeguard.document


def _safeguard_lines(safeguard: SafeguardFields) -> list[str]:
    """An instrument by name, and the suitable safeguards that the record documents with it (Art. 30(1)(e))."""
    known = LawBook.in_use().instrument(safeguard.instrument)
    lines = [known.name if known else safeguard.instrument]
    return [*lines, safeguard.suitable] if safeguard.suitable else lines


def transfer_rows(view: View, activity: ActivityFields) -> Iterator[tuple[str, str, str, str]]:
    """Each transfer of an activity: who receives it, the country, the safeguards by name, and their documents.

    What is not recorded is empty; where data goes and no transfer is recorded, that stands for the documents.
    """
    register, law = view.register, LawBook.in_use()
    for each in _goes(view, activity):
        found = safeguards_of(register, each.transfers)
        named = [line for safeguard in found for line in _safeguard_lines(safeguard)]
        named += [f"{GAP}: suitable safeguards"] if any(map(_unsuited, found)) else []
        adequate = each.crossing is not None and each.crossing.worst.status == "adequate"
        places = [document_place(register, one.document) for one in found if one.document]
        places += [one.reference for one in found if one.reference]
        if each.undocumented and each.crossing is not None and each.crossing.worst.status != "not-restricted":
            places = [f"{GAP}: it goes there, and no transfer is recorded"]
        where = law.country_name(each.country) if each.country else ""
        yield each.who, where, "\n".join(named) or (NONE_NEEDED if adequate else ""), "\n".join(places)
