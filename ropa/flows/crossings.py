"""Crossings: hops of a flow that leave the exporter's territory, and what is recorded and follows for each.

A crossing is derived; a transfer is recorded. Each is judged under every regime that binds its exporter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ropa.flows.edges import ORGANISATION, Edge, edges, entity, hops
from ropa.law.lawbook import LawBook
from ropa.records.party import PartyFields
from ropa.records.register import Register
from ropa.records.transfer import SafeguardFields, TransferFields
from ropa.rules.hop import ExporterRole, Hop, ImporterRole, SafeguardFacts
from ropa.rules.transfers import judge
from ropa.rules.verdict import Verdict, worst_of


@dataclass(frozen=True, slots=True)
class Crossing:
    """One hop out of the exporter's territory on one date.

    `exporter` and `importer` are `organisation` or `party/KEY`; `country` is None where nothing says where the
    data goes. `transfer` is the key of the record that documents it, None where there is none. `verdicts` holds
    one for each regime that binds the exporter.
    """

    edge: Edge
    exporter: str
    importer: str
    country: str | None
    transfer: str | None
    verdicts: tuple[Verdict, ...]

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
    return [each for edge in edges(register, on) for each in crossings_of(register, edge, on, book)]


def crossings_of(register: Register, edge: Edge, on: dt.date, law: LawBook) -> Iterator[Crossing]:
    """The crossings of one flow: one for each country that it goes to or is reached from."""
    exporter, importer = entity(register, edge.origin), entity(register, edge.destination)
    if exporter == importer or importer.startswith("subject/") or exporter.startswith("subject/"):
        return  # data that people give by themselves is no transfer, nor is an answer to them
    regimes = regimes_of(register, exporter, on, law)
    if not regimes:
        return
    for country in _countries(register, importer, edge):
        bound = [regime for regime in regimes if country is None or not law.inside(country, regime, on)]
        if bound:
            transfer = transfer_of(register, exporter, importer, edge.activity, country)
            hop = _hop(register, edge, exporter, importer, country, transfer)
            verdicts = tuple(judge(hop, regime, law, on) for regime in bound)
            yield Crossing(edge, exporter, importer, country, transfer.key if transfer else None, verdicts)


def regimes_of(register: Register, node: str, on: dt.date, law: LawBook) -> tuple[str, ...]:
    """The regimes that bind a legal entity: as recorded, else those of where it is established."""
    if node == ORGANISATION:
        return register.regimes(on)
    party = register.parties[node.removeprefix("party/")]
    if party.regimes:
        return party.regimes
    return () if party.country is None else tuple(sorted(law.regimes_of(party.country, on), reverse=True))


def transfer_of(
    register: Register, exporter: str, importer: str, activity: str, country: str | None
) -> TransferFields | None:
    """The recorded transfer that documents a crossing; the one recorded for this very activity and country first."""
    if importer == ORGANISATION:
        return None
    sender = None if exporter == ORGANISATION else exporter.removeprefix("party/")
    fitting = [
        transfer
        for transfer in register.transfers_between(sender, importer.removeprefix("party/"))
        if transfer.activity in (None, activity)
        and (transfer.country is None or country is None or transfer.country == country)
    ]
    return max(fitting, key=lambda each: (each.activity is not None, each.country is not None), default=None)


def undocumented(found: Iterable[Crossing]) -> list[Crossing]:
    """The crossings of the organisation itself that no recorded transfer documents."""
    return [each for each in found if each.transfer is None and each.exporter == ORGANISATION]


def without_crossing(register: Register, found: Iterable[Crossing], on: dt.date) -> list[TransferFields]:
    """The recorded transfers that no flow of the register makes on the date.

    One that documents a hop whose exporter no regime binds is made, although that hop is no crossing.
    """
    made = {each.transfer for each in found}
    left = [transfer for key, transfer in register.transfers.items() if key not in made]
    if all(transfer.exporter is None for transfer in left):
        return left
    law = LawBook.in_use()
    onward = {
        transfer.key
        for exporter, importer, edge in hops(register, on)
        if not regimes_of(register, exporter, on, law)
        for country in _countries(register, importer, edge)
        if (transfer := transfer_of(register, exporter, importer, edge.activity, country)) is not None
    }
    return [transfer for transfer in left if transfer.key not in onward]


def judged_with(
    register: Register, crossing: Crossing, transfer: TransferFields, on: dt.date, law: LawBook | None = None
) -> tuple[Verdict, ...]:
    """The verdicts that a crossing would have if this transfer documented it, in the order of its own."""
    hop = _hop(register, crossing.edge, crossing.exporter, crossing.importer, crossing.country, transfer)
    return tuple(judge(hop, each.regime, law or LawBook.in_use(), on) for each in crossing.verdicts)


def _countries(register: Register, importer: str, edge: Edge) -> tuple[str | None, ...]:
    """Where the data goes: where the importer is established, and where it lies or is reached from."""
    owner = register.organisation if importer == ORGANISATION else register.parties[importer.removeprefix("party/")]
    found: list[str | None] = [] if owner.country is None else [owner.country]
    found += [place for place in edge.places if place not in found]
    return tuple(found) or (None,)


def _hop(
    register: Register,
    edge: Edge,
    exporter: str,
    importer: str,
    country: str | None,
    transfer: TransferFields | None,
) -> Hop:
    party = None if importer == ORGANISATION else register.parties[importer.removeprefix("party/")]
    safeguards = register.safeguards_of(transfer.key) if transfer else ()
    return Hop(
        exporter_country=_country(register, exporter),
        exporter_role=_exporter_role(register, edge, exporter),
        exporter_name=name_of(register, exporter),
        importer_country=None if country is None or country.startswith("org:") else country,
        importer_organisation=country if country is not None and country.startswith("org:") else None,
        importer_role=_importer_role(register, edge, importer),
        importer_name=name_of(register, importer),
        data=marks(register, edge.data),
        safeguards=tuple(_safeguard(register, each) for each in safeguards),
        systematic=None if transfer is None or transfer.frequency is None else transfer.frequency == "systematic",
        intra_group=_one_group(register, exporter, party),
        **_standing(party),  # type: ignore[arg-type]  # the names and types are those of Hop's own fields
    )


def _standing(party: PartyFields | None) -> dict[str, object]:
    """What is recorded about the importer that a decision may ask for."""
    if party is None:
        return {}
    return {
        "importer_sector": party.sector,
        "in_scope": party.in_scope or "unknown",
        "dpf": party.dpf or "unknown",
        "dpf_uk_extension": party.dpf_uk_extension,
        "dpf_hr": party.dpf_hr,
        "dpf_until": party.dpf_until,
    }


def _one_group(register: Register, exporter: str, party: PartyFields | None) -> bool | None:
    """Whether exporter and importer belong to one group; between two parties their recorded parents say so."""
    if party is None or exporter == ORGANISATION:
        return None if party is None else party.intra_group
    sender = register.parties[exporter.removeprefix("party/")]
    if sender.intra_group and party.intra_group:
        return True
    if sender.parent is None or party.parent is None:
        return None
    return sender.parent.casefold() == party.parent.casefold()


def _safeguard(register: Register, safeguard: SafeguardFields) -> SafeguardFacts:
    assessment = None if safeguard.assessment is None else register.documents[safeguard.assessment].date
    return SafeguardFacts(
        instrument=safeguard.instrument,
        module=None if safeguard.module is None else str(safeguard.module),
        signed=safeguard.signed,
        until=safeguard.until,
        assessment=safeguard.assessed or assessment,
        approved=safeguard.approved,
    )


def marks(register: Register, data: Iterable[str]) -> frozenset[str]:
    """What the law asks about these data categories: `special`, `criminal`, `hr`."""
    categories = [register.data_categories[key] for key in data]
    found = {
        "special": any(each.special for each in categories),
        "criminal": any(each.criminal for each in categories),
        "hr": any(each.hr for each in categories),
    }
    return frozenset(mark for mark, there in found.items() if there)


def name_of(register: Register, node: str) -> str:
    """What people call a node."""
    kind, _, key = node.partition("/")
    if kind == ORGANISATION:
        return register.organisation.name
    named = {"party": register.parties, "system": register.systems, "subject": register.subject_categories}[kind][key]
    name: str = named.name  # type: ignore[attr-defined]  # all three kinds have a name
    return name


def _country(register: Register, node: str) -> str | None:
    if node == ORGANISATION:
        return register.organisation.country
    return register.parties[node.removeprefix("party/")].country


def _exporter_role(register: Register, edge: Edge, exporter: str) -> ExporterRole:
    if exporter != ORGANISATION:
        return "controller" if exporter.removeprefix("party/") in register.customers else "processor"
    return "processor" if register.activities[edge.activity].role == "processor" else "controller"


def _importer_role(register: Register, edge: Edge, importer: str) -> ImporterRole | None:
    activity = register.activities[edge.activity]
    if importer.removeprefix("party/") in activity.controllers and activity.role == "processor":
        return "own-controller"
    if edge.role in ("processor", "controller"):
        return "processor" if edge.role == "processor" else "controller"
    return "controller" if edge.role == "joint-controller" else None
