"""What the rules about completeness need to know: narrow, frozen, free of the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BasisFacts:
    """One lawful basis: its id in the law data, and whether a justification and an assessment are recorded."""

    key: str
    basis: str
    justified: bool
    assessed: bool


@dataclass(frozen=True, slots=True)
class RetentionFacts:
    """One retention rule: ISO period or None, what starts it, the event that ends it, the source's own words."""

    key: str
    period: str | None
    trigger: str | None
    until: str | None
    stated: str | None
    data: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """One processing activity. `special` and `criminal` hold the names of the data categories so marked."""

    organisation: str
    key: str
    name: str
    role: str
    regimes: tuple[str, ...]
    purposes: int
    processing: int
    controllers: int
    subjects: int
    data: int
    recipients: int
    security: int
    special: tuple[str, ...]
    criminal: tuple[str, ...]
    about_life: bool
    bases: tuple[BasisFacts, ...]
    conditions: tuple[str, ...]
    policy_documents: frozenset[str]
    retention: tuple[RetentionFacts, ...]
    unassessed_dpia: bool


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """The organisation itself: what Article 30(1)(a) asks for."""

    key: str
    name: str
    country: str | None
    regimes: tuple[str, ...]
    reachable: bool
    address: bool


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """One agreement with a party. `clauses` is None where nobody has looked which of Article 28(3) it holds."""

    key: str
    name: str
    type: str
    clauses: tuple[str, ...] | None
    expires: dt.date | None


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """One party as the organisation uses it on a date: activities by name, in which roles."""

    organisation: str
    key: str
    name: str
    as_processor: tuple[str, ...]
    as_subprocessor: tuple[str, ...]
    unauthorised: tuple[str, ...]
    legal_name: bool
    address: bool
    reachable: bool
    agreements: tuple[AgreementFacts, ...]


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One document kept as evidence."""

    organisation: str
    key: str
    name: str
    review: dt.date | None
    expires: dt.date | None
