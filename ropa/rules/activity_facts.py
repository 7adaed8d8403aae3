"""What the rules about completeness need to know: narrow, frozen, free of the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BasisFacts:
    """One lawful basis: its id in the law data, the purpose it is for (None: all), and what supports it on the date.

    `still_to_come` is the day of an assessment that was made after it.
    """

    key: str
    basis: str
    purpose: str | None
    justified: bool
    assessed: bool
    still_to_come: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DataFacts:
    """A data category by key and name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ConditionFacts:
    """One condition: its id in the law data, keys of the data it is for (empty: all), and its policy document.

    `still_to_come` is the day of a document that was made after the date.
    """

    condition: str
    data: tuple[str, ...]
    policy_document: bool
    still_to_come: dt.date | None = None

    def covers(self, data: DataFacts) -> bool:
        """Whether it is recorded for this data."""
        return not self.data or data.key in self.data


@dataclass(frozen=True, slots=True)
class RetentionFacts:
    """One retention rule: ISO period or None, what starts it, the event that ends it, the source's own words.

    `data` are the categories that it is for; empty: all.
    """

    key: str
    period: str | None
    trigger: str | None
    until: str | None
    stated: str | None
    data: tuple[DataFacts, ...]


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """One agreement with a party. `clauses` is None where nobody has looked which of Article 28(3) it holds."""

    key: str
    name: str
    type: str
    clauses: tuple[str, ...] | None
    signed: dt.date | None
    expires: dt.date | None

    def runs(self, on: dt.date) -> bool:
        """Whether it was concluded by the date and has not ended; a date that is not recorded sets no bound."""
        return (self.signed is None or self.signed <= on) and (self.expires is None or on <= self.expires)


@dataclass(frozen=True, slots=True)
class JointFacts:
    """One joint controller of an activity, with the agreements between it and the organisation."""

    key: str
    name: str
    agreements: tuple[AgreementFacts, ...]


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """One processing activity that stands on the date.

    `regimes` are those whose law asks about it. `controllers` counts those named and `stated_controllers` those of
    them that no sample data made up. `recipients` counts parties and categories. `special` and `criminal` hold the
    data so marked.
    """

    organisation: str
    key: str
    name: str
    role: str
    regimes: tuple[str, ...]
    purposes: tuple[str, ...]
    processing: int
    controllers: int
    stated_controllers: int
    joint_controllers: tuple[JointFacts, ...]
    subjects: int
    data: tuple[DataFacts, ...]
    recipients: int
    security: int
    special: tuple[DataFacts, ...]
    criminal: tuple[DataFacts, ...]
    about_life: bool
    bases: tuple[BasisFacts, ...]
    conditions: tuple[ConditionFacts, ...]
    retention: tuple[RetentionFacts, ...]
    unassessed_dpia: bool
    dpia_to_come: dt.date | None = None
    dpia_progress: str = ""


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
class WorkFacts:
    """One activity that a party works for as processor, with the key of the agreement that the engagement names."""

    activity: str
    agreement: str | None = None


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """One party that works for the organisation as processor on a date.

    `as_subprocessor` and `unauthorised` name activities; `agreements` are those with the organisation and those
    that an engagement names.
    """

    organisation: str
    key: str
    name: str
    as_processor: tuple[WorkFacts, ...]
    as_subprocessor: tuple[str, ...]
    unauthorised: tuple[str, ...]
    legal_name: bool
    address: bool
    reachable: bool
    agreements: tuple[AgreementFacts, ...]


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """One controller that the organisation works for: its activities by name, and the agreements with it."""

    organisation: str
    key: str
    name: str
    activities: tuple[str, ...]
    agreements: tuple[AgreementFacts, ...]


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One document kept as evidence."""

    organisation: str
    key: str
    name: str
    review: dt.date | None
    expires: dt.date | None
