"""Crossings: hops of a flow that leave the exporter's territory, and what is recorded and follows for each.

A crossing is derived; a transfer is recorded. Each is judged under every regime that binds its exporter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ropa.flows.edges import ORGANISATION, Edge, edges, hops
from ropa.flows.hop_facts import country_of, hop_facts, marks, name_of, party_of
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.records.transfer import TransferFields
from ropa.rules.hop import Hop
from ropa.rules.transfers import judge
from ropa.rules.verdict import Verdict, worst_of

__all__ = [
    "Crossing", "crossings", "crossings_of", "judged_with", "marks", "name_of", "places_of", "regimes_of",
    "transfers_for", "undocumented", "without_crossing",
]  # fmt: skip

Judged = dict[tuple[Hop, str], Verdict]


@dataclass(frozen=True, slots=True)
class Crossing:
    """One hop out of the exporter's territory on one date.

    `exporter` and `importer` are `organisation` or `party/KEY`, an importer also `system/KEY` where nobody recorded
    who runs that system; `country` is None where nothing says where the data goes. `transfers` are the keys of the
    records that document it, the most specific first, and `transfer` is that first one, None where there is none.
    `verdicts` holds one for each regime that binds the exporter.
    """

    edge: Edge
    exporter: str
    importer: str
    country: str | None
    transfer: str | None
    verdicts: tuple[Verdict, ...]
    transfers: tuple[str, ...] = ()

    @property
    def worst(self) -> Verdict:
        """The worst verdict; a crossing always has one."""
        found = worst_of(self.verdicts)
        if found is None:
            raise ValueError("a crossing without a verdict")
        return found


def crossings(register: Register, on: dt.date, law: LawBook | None = None) -> list[Crossing]:
    """Every crossing of the register on a date, judged; in the order of its activities."""
    book = law or LawBook.in_use()
    judged: Judged = {}
    return [each for edge in edges(register, on) for each in crossings_of(register, edge, on, book, judged)]


def crossings_of(
    register: Register, edge: Edge, on: dt.date, law: LawBook, judged: Judged | None = None
) -> Iterator[Crossing]:
    """The crossings of one flow: one for each country that it goes to or is reached from.

    `judged` keeps the verdicts of one day under one law, so that equal hops are judged once.
    """
    exporter, importer = edge.sender, edge.receiver
    if exporter == importer or importer.startswith("subject/") or exporter.startswith("subject/"):
        return  # data that people give by themselves is no transfer, nor is an answer to them
    regimes = regimes_of(register, exporter, on, law)
    if not regimes:
        return
    known: Judged = {} if judged is None else judged
    for country in places_of(register, edge):
        bound = [regime for regime in regimes if country is None or not law.inside(country, regime, on)]
        if bound:
            transfers = transfers_for(register, edge, country)
            facts = [hop_facts(register, edge, country, covering) for covering in _coverings(edge, transfers)]
            verdicts = tuple(_verdict(facts, regime, on, law, known) for regime in bound)
            keys = tuple(each.key for each in transfers)
            yield Crossing(edge, exporter, importer, country, keys[0] if keys else None, verdicts, keys)


def places_of(register: Register, edge: Edge) -> tuple[str | None, ...]:
    """Where the data goes: where the receiver is established, and where the data lies or is reached from.

    None stands for a legal entity of which nobody recorded where it is. Of a system that nobody is recorded to run
    only its places are known, if any.
    """
    if edge.receiver.startswith("system/"):
        return edge.places
    return tuple(dict.fromkeys((country_of(register, edge.receiver), *edge.places)))


def regimes_of(register: Register, node: str, on: dt.date, law: LawBook) -> tuple[str, ...]:
    """The regimes that bind a legal entity: as recorded, else those of where it is established."""
    if node == ORGANISATION:
        return register.regimes(on)
    party = party_of(register, node)
    if party is None:
        return ()
    if party.regimes:
        return party.regimes
    return () if party.country is None else tuple(sorted(law.regimes_of(party.country, on), reverse=True))


def transfers_for(register: Register, edge: Edge, country: str | None) -> tuple[TransferFields, ...]:
    """The recorded transfers that document a crossing; those for this very activity and country first.

    One without a country documents what goes to the importer where it is established, and nothing else. One that
    names other data is left out where there is one that names this.
    """
    party = party_of(register, edge.receiver)
    if party is None:
        return ()
    sender = None if edge.sender == ORGANISATION else edge.sender.removeprefix("party/")
    fitting = [
        transfer
        for transfer in register.transfers_about(sender, party.key, edge.activity)
        if country is None or (transfer.country or party.country) == country
    ]
    about = [each for each in fitting if not _apart(each, edge)]
    found = about or fitting
    return tuple(sorted(found, key=lambda each: (each.activity is None, each.country is None)))


def undocumented(found: Iterable[Crossing]) -> list[Crossing]:
    """The crossings of the organisation itself that are restricted transfers and that no record documents."""
    return [
        each
        for each in found
        if each.transfer is None and each.exporter == ORGANISATION and each.worst.status != "not-restricted"
    ]


def without_crossing(register: Register, found: Iterable[Crossing], on: dt.date) -> list[TransferFields]:
    """The recorded transfers that no flow of the register makes on the date.

    One that documents a hop whose exporter no regime binds is made, although that hop is no crossing.
    """
    made = {key for each in found for key in each.transfers}
    left = [transfer for key, transfer in register.transfers.items() if key not in made]
    if all(transfer.exporter is None for transfer in left):
        return left
    law = LawBook.in_use()
    onward = {
        transfer.key
        for exporter, _, edge in hops(register, on)
        if not regimes_of(register, exporter, on, law)
        for country in places_of(register, edge)
        for transfer in transfers_for(register, edge, country)
    }
    return [transfer for transfer in left if transfer.key not in onward]


def judged_with(
    register: Register, crossing: Crossing, transfer: TransferFields, on: dt.date, law: LawBook | None = None
) -> tuple[Verdict, ...]:
    """The verdicts that a crossing would have if this transfer alone documented it, in the order of its own."""
    hop = hop_facts(register, crossing.edge, crossing.country, (transfer,))
    return tuple(judge(hop, each.regime, law or LawBook.in_use(), on) for each in crossing.verdicts)


def _verdict(facts: Iterable[Hop], regime: str, on: dt.date, law: LawBook, known: Judged) -> Verdict:
    """The verdict on all of the data: the worst, where its parts are covered by different records."""
    found = []
    for hop in facts:
        verdict = known.get((hop, regime))
        if verdict is None:
            verdict = known[hop, regime] = judge(hop, regime, law, on)
        found.append(verdict)
    return max(found, key=lambda each: each.rank)


def _coverings(edge: Edge, transfers: Sequence[TransferFields]) -> list[tuple[TransferFields, ...]]:
    """The records that cover each part of the data. Data that none of them names is told in a finding of its own."""
    if all(not each.data_categories for each in transfers):
        return [tuple(transfers)]
    sets = {
        tuple(each for each in transfers if not each.data_categories or key in each.data_categories)
        for key in edge.data
    } - {()}
    return sorted(sets, key=lambda each: [transfer.key for transfer in each]) or [tuple(transfers)]


def _apart(transfer: TransferFields, edge: Edge) -> bool:
    """Whether a transfer names data of which none goes here."""
    return bool(transfer.data_categories) and bool(edge.data) and not {*transfer.data_categories} & {*edge.data}
