"""From the register to the facts of one hop: what is recorded about both ends, the data and the safeguards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ropa.flows.edge import ORGANISATION, Edge
from ropa.records.party import PartyFields
from ropa.records.register import Register
from ropa.records.transfer import SafeguardFields, TransferFields
from ropa.rules.hop import ExporterRole, Hop, ImporterRole, SafeguardFacts


def hop_facts(register: Register, edge: Edge, country: str | None, transfers: Sequence[TransferFields]) -> Hop:
    """The facts of a flow to one country, with the safeguards of all the transfers that are recorded for it.

    What is recorded of a party as such (its entry on a list, whether a decision takes it in) is said of it where it
    is established, and of no other place.
    """
    exporter, importer = edge.sender, edge.receiver
    party = party_of(register, importer)
    return Hop(
        exporter_country=country_of(register, exporter),
        exporter_role=_exporter_role(register, edge, exporter),
        exporter_name=name_of(register, exporter),
        importer_country=None if country is None or country.startswith("org:") else country,
        importer_organisation=country if country is not None and country.startswith("org:") else None,
        importer_role=_importer_role(register, edge, importer),
        importer_name=name_of(register, importer),
        importer_sector=None if party is None else party.sector,
        data=marks(register, edge.data),
        safeguards=tuple(_safeguard(register, each) for key in transfers for each in register.safeguards_of(key.key)),
        systematic=_systematic(transfers),
        intra_group=_one_group(register, exporter, party),
        **(_standing(party) if party is not None and party.country == country else {}),  # type: ignore[arg-type]  # the names and types are those of Hop's own fields
    )


def name_of(register: Register, node: str) -> str:
    """What people call a node."""
    kind, _, key = node.partition("/")
    if kind == ORGANISATION:
        return register.organisation.name
    named = {"party": register.parties, "system": register.systems, "subject": register.subject_categories}[kind][key]
    name: str = named.name  # type: ignore[attr-defined]  # all three kinds have a name
    return name


def party_of(register: Register, node: str) -> PartyFields | None:
    """The party that a legal entity is; None for the organisation, and where nobody recorded who it is."""
    kind, _, key = node.partition("/")
    return register.parties[key] if kind == "party" else None


def country_of(register: Register, node: str) -> str | None:
    """Where a legal entity is established; None where that is not recorded."""
    if node == ORGANISATION:
        return register.organisation.country
    party = party_of(register, node)
    return None if party is None else party.country


def marks(register: Register, data: Iterable[str]) -> frozenset[str]:
    """What the law asks about these data categories: `special`, `criminal`, `hr`, `credit`, `journalistic`."""
    categories = [register.data_categories[key] for key in data]
    found = {
        "special": any(each.special for each in categories),
        "criminal": any(each.criminal for each in categories),
        "hr": any(each.hr for each in categories),
        "credit": any(each.credit for each in categories),
        "journalistic": any(each.journalistic for each in categories),
    }
    return frozenset(mark for mark, there in found.items() if there)


def _standing(party: PartyFields) -> dict[str, object]:
    """What is recorded about the importer that a decision may ask for."""
    return {
        "in_scope": party.in_scope or "unknown",
        "dpf": party.dpf or "unknown",
        "dpf_uk_extension": party.dpf_uk_extension,
        "dpf_hr": party.dpf_hr,
        "dpf_from": party.dpf_from,
        "dpf_checked": party.dpf_checked,
        "dpf_until": party.dpf_until,
    }


def _systematic(transfers: Sequence[TransferFields]) -> bool | None:
    """Systematic where any record says so, occasional where the others do, None where nothing is said."""
    said = {each.frequency for each in transfers}
    return True if "systematic" in said else False if "occasional" in said else None


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
        commitments=safeguard.commitments,
        unchanged=safeguard.unchanged,
        conditions_met=frozenset(safeguard.conditions_met),
        conditions_refused=frozenset(safeguard.conditions_refused),
    )


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
