"""Registers of any size, for measuring: written through the store, as everything else is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ropa.records.activity import ActivityFields, LawfulBasisFields
from ropa.records.category import DataCategoryFields, SubjectCategoryFields
from ropa.records.engagement import EngagementFields, FlowFields
from ropa.records.kinds import KINDS
from ropa.records.organisation import OrganisationFields
from ropa.records.party import PartyFields
from ropa.records.register import Register
from ropa.records.transfer import SafeguardFields, TransferFields
from ropa.store.store import Store
from ropa.store.writer import Put

PLACES = ("GB", "GB", "US", "FR", "GB", "IN", "IE", "GB", "DE", "CA")
SUBJECTS = ("Client", "Payroll", "Visitor", "Supplier", "Newsletter", "Complaint", "Training", "Pension")
WORK = ("records", "register", "mailing", "reporting", "archive")
ENGAGED, STATED = 4, 2
"""For each activity: so many parties that work for it, so many flows that are stated beside them."""


def register(activities: int, parties: int) -> Register:
    """A British register in which an activity has six flows, some go abroad, and a third of those is documented."""
    known = {f"p{n}": PartyFields(key=f"p{n}", name=f"Party {n}", country=PLACES[n % 10]) for n in range(parties)}
    abroad = [key for key, party in known.items() if party.country not in ("GB", None)]
    works: dict[str, ActivityFields] = {}
    bases: dict[str, LawfulBasisFields] = {}
    engagements: dict[str, EngagementFields] = {}
    flows: dict[str, FlowFields] = {}
    for n in range(activities):
        key = f"a{n}"
        works[key] = ActivityFields(
            key=key,
            name=f"{SUBJECTS[n % 8]} {WORK[n % 5]} {n}",
            role="processor" if n % 5 == 4 else "controller",
            purposes=("keeping the books",),
            controllers=("p0",) if n % 5 == 4 else (),
            data_categories=("name", "e-mail") if n % 3 else ("name",),
            subject_categories=("clients",),
            security=("encryption",) if n % 7 else (),
        )
        if n % 5 != 4:
            bases[f"{key}/contract"] = LawfulBasisFields(key=f"{key}/contract", activity=key, basis="contract")
        used = [f"p{(n * 7 + step * 31) % parties}" for step in range(ENGAGED + STATED)]
        for party in dict.fromkeys(used[:ENGAGED]):
            engagements[f"{key}/{party}"] = EngagementFields(
                key=f"{key}/{party}", activity=key, party=party, service="hosting"
            )
        for number, party in enumerate(used[ENGAGED:]):
            flow = FlowFields(key=f"{key}/f{number}", activity=key, origin="organisation", destination=f"party/{party}")
            flows[flow.key] = flow
    transfers = {f"t{key}": TransferFields(key=f"t{key}", importer=key) for key in abroad[::3]}
    safeguards = {
        f"{key}/s": SafeguardFields(
            key=f"{key}/s", transfer=key, instrument="uk-idta", signed=dt.date(2024, 1, 1), assessed=dt.date(2024, 1, 1)
        )
        for key in transfers
    }
    return Register(
        OrganisationFields(key="bench", name="Bench", country="GB"),
        parties=known,
        data_categories={each: DataCategoryFields(key=each, name=each.capitalize()) for each in ("name", "e-mail")},
        subject_categories={"clients": SubjectCategoryFields(key="clients", name="Clients")},
        activities=works,
        lawful_bases=bases,
        engagements=engagements,
        flows=flows,
        transfers=transfers,
        safeguards=safeguards,
    )


def database(path: Path, activities: int, parties: int) -> Path:
    """A new database with such a register."""
    made = register(activities, parties)
    puts = [Put(kind, record) for kind in KINDS for record in made.of_kind(kind).values()]
    at = dt.datetime(2026, 11, 21, 9, 12, tzinfo=dt.UTC)
    Store.open(path, create=True).apply(made.organisation.key, puts, who="bench", why="made to be measured", at=at)
    return path
