"""The register of one organisation at one moment: immutable, indexed, free of the database.

Everything but a write reads this.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields, ConditionFields, LawfulBasisFields, RetentionFields
from ropa.records.agreement import AgreementFields, DocumentFields
from ropa.records.breach import BreachFields, BreachNoticeFields
from ropa.records.category import DataCategoryFields, SubjectCategoryFields
from ropa.records.change import AcknowledgementFields, AnnouncementFields, ChangeFields, NoticeFields
from ropa.records.engagement import EngagementFields, FlowFields
from ropa.records.kinds import KINDS
from ropa.records.organisation import OrganisationFields
from ropa.records.party import PartyFields, SystemFields
from ropa.records.transfer import SafeguardFields, TransferFields
from ropa.records.values import Fields

F = TypeVar("F", bound=Fields)


def _no_records() -> Mapping[str, F]:
    return {}


@dataclass(frozen=True)
class Register:
    """All records of one organisation, by kind and key, in the order in which they were entered."""

    organisation: OrganisationFields
    documents: Mapping[str, DocumentFields] = field(default_factory=_no_records)
    parties: Mapping[str, PartyFields] = field(default_factory=_no_records)
    systems: Mapping[str, SystemFields] = field(default_factory=_no_records)
    data_categories: Mapping[str, DataCategoryFields] = field(default_factory=_no_records)
    subject_categories: Mapping[str, SubjectCategoryFields] = field(default_factory=_no_records)
    agreements: Mapping[str, AgreementFields] = field(default_factory=_no_records)
    activities: Mapping[str, ActivityFields] = field(default_factory=_no_records)
    lawful_bases: Mapping[str, LawfulBasisFields] = field(default_factory=_no_records)
    conditions: Mapping[str, ConditionFields] = field(default_factory=_no_records)
    retention: Mapping[str, RetentionFields] = field(default_factory=_no_records)
    engagements: Mapping[str, EngagementFields] = field(default_factory=_no_records)
    flows: Mapping[str, FlowFields] = field(default_factory=_no_records)
    transfers: Mapping[str, TransferFields] = field(default_factory=_no_records)
    safeguards: Mapping[str, SafeguardFields] = field(default_factory=_no_records)
    announcements: Mapping[str, AnnouncementFields] = field(default_factory=_no_records)
    changes: Mapping[str, ChangeFields] = field(default_factory=_no_records)
    notices: Mapping[str, NoticeFields] = field(default_factory=_no_records)
    breaches: Mapping[str, BreachFields] = field(default_factory=_no_records)
    breach_notices: Mapping[str, BreachNoticeFields] = field(default_factory=_no_records)
    acknowledgements: Mapping[str, AcknowledgementFields] = field(default_factory=_no_records)

    def of_kind(self, kind: str) -> Mapping[str, Fields]:
        """Every record of a kind, by key; the organisation is a kind of one."""
        if kind == "organisation":
            return {self.organisation.key: self.organisation}
        records: Mapping[str, Fields] = getattr(self, KINDS[kind].section)
        return records

    def lawful_bases_of(self, activity: str) -> tuple[LawfulBasisFields, ...]:
        """The lawful bases recorded for an activity."""
        return self._bases.get(activity, ())

    def conditions_of(self, activity: str) -> tuple[ConditionFields, ...]:
        """The Article 9, Article 10 and Schedule 1 conditions recorded for an activity."""
        return self._conditions.get(activity, ())

    def retention_of(self, activity: str) -> tuple[RetentionFields, ...]:
        """The retention rules of an activity."""
        return self._retention.get(activity, ())

    def engagements_of(self, activity: str) -> tuple[EngagementFields, ...]:
        """The parties that work for an activity."""
        return self._engagements.get(activity, ())

    def engagements_with(self, party: str) -> tuple[EngagementFields, ...]:
        """Everything that a party is engaged for."""
        return self._engagements_by_party.get(party, ())

    def flows_of(self, activity: str) -> tuple[FlowFields, ...]:
        """The flows of an activity that no engagement implies."""
        return self._flows.get(activity, ())

    def safeguards_of(self, transfer: str) -> tuple[SafeguardFields, ...]:
        """The instruments recorded for a transfer."""
        return self._safeguards.get(transfer, ())

    def transfers_to(self, importer: str) -> tuple[TransferFields, ...]:
        """The transfers recorded with this importer."""
        return self._transfers.get(importer, ())

    def transfers_between(self, exporter: str | None, importer: str) -> tuple[TransferFields, ...]:
        """The transfers recorded from a party, or from the organisation (None), to this importer."""
        return self._transfers_between.get((exporter, importer), ())

    def transfers_about(self, exporter: str | None, importer: str, activity: str) -> tuple[TransferFields, ...]:
        """Those between the two that are recorded for this activity, then those for no activity in particular."""
        by = self._transfers_about
        return (*by.get((exporter, importer, activity), ()), *by.get((exporter, importer, None), ()))

    def agreements_with(self, party: str) -> tuple[AgreementFields, ...]:
        """The agreements with a party, those between two other parties included."""
        return self._agreements.get(party, ())

    def notices_of(self, change: str) -> tuple[NoticeFields, ...]:
        """What was sent to whom about a change."""
        return self._notices.get(change, ())

    def breach_notices_of(self, breach: str) -> tuple[BreachNoticeFields, ...]:
        """Who was told of a breach."""
        return self._breach_notices.get(breach, ())

    def data_of(self, activity: str, named: Iterable[str] = ()) -> tuple[str, ...]:
        """The data categories named, or all of the activity's where none are."""
        return tuple(named) or self.activities[activity].data_categories

    def regimes(self, on: dt.date) -> tuple[str, ...]:
        """The regimes that bind the organisation on a date: as recorded, else those of its country."""
        if self.organisation.regimes:
            return self.organisation.regimes
        if self.organisation.country is None:
            return ()
        return tuple(sorted(LawBook.in_use().regimes_of(self.organisation.country, on), reverse=True))

    @cached_property
    def derived(self) -> dict[object, object]:
        """What other rooms have worked out from this register, under keys of their own, kept as long as it is."""
        return {}

    @cached_property
    def subprocessors(self) -> tuple[str, ...]:
        """Keys of the parties engaged as processor in an activity where the organisation is the processor."""
        found = {
            engagement.party: None
            for engagement in self.engagements.values()
            if engagement.role == "processor"
            and engagement.receives_data
            and self.activities[engagement.activity].role == "processor"
        }
        return tuple(found)

    @cached_property
    def customers(self) -> tuple[str, ...]:
        """Keys of the parties on whose behalf the organisation processes."""
        found = {key: None for activity in self.activities.values() for key in activity.controllers}
        return tuple(found)

    @cached_property
    def _bases(self) -> dict[str, tuple[LawfulBasisFields, ...]]:
        return _grouped(self.lawful_bases.values(), "activity")

    @cached_property
    def _conditions(self) -> dict[str, tuple[ConditionFields, ...]]:
        return _grouped(self.conditions.values(), "activity")

    @cached_property
    def _retention(self) -> dict[str, tuple[RetentionFields, ...]]:
        return _grouped(self.retention.values(), "activity")

    @cached_property
    def _engagements(self) -> dict[str, tuple[EngagementFields, ...]]:
        return _grouped(self.engagements.values(), "activity")

    @cached_property
    def _engagements_by_party(self) -> dict[str, tuple[EngagementFields, ...]]:
        return _grouped(self.engagements.values(), "party")

    @cached_property
    def _flows(self) -> dict[str, tuple[FlowFields, ...]]:
        return _grouped(self.flows.values(), "activity")

    @cached_property
    def _safeguards(self) -> dict[str, tuple[SafeguardFields, ...]]:
        return _grouped(self.safeguards.values(), "transfer")

    @cached_property
    def _transfers(self) -> dict[str, tuple[TransferFields, ...]]:
        return _grouped(self.transfers.values(), "importer")

    @cached_property
    def _transfers_between(self) -> dict[tuple[str | None, str], tuple[TransferFields, ...]]:
        found: dict[tuple[str | None, str], list[TransferFields]] = {}
        for transfer in self.transfers.values():
            found.setdefault((transfer.exporter, transfer.importer), []).append(transfer)
        return {ends: tuple(group) for ends, group in found.items()}

    @cached_property
    def _transfers_about(self) -> dict[tuple[str | None, str, str | None], tuple[TransferFields, ...]]:
        found: dict[tuple[str | None, str, str | None], list[TransferFields]] = {}
        for each in self.transfers.values():
            found.setdefault((each.exporter, each.importer, each.activity), []).append(each)
        return {ends: tuple(group) for ends, group in found.items()}

    @cached_property
    def _notices(self) -> dict[str, tuple[NoticeFields, ...]]:
        return _grouped(self.notices.values(), "change")

    @cached_property
    def _breach_notices(self) -> dict[str, tuple[BreachNoticeFields, ...]]:
        return _grouped(self.breach_notices.values(), "breach")

    @cached_property
    def _agreements(self) -> dict[str, tuple[AgreementFields, ...]]:
        found: dict[str, list[AgreementFields]] = {}
        for agreement in self.agreements.values():
            for side in dict.fromkeys((agreement.party, agreement.between)):
                if side is not None:
                    found.setdefault(side, []).append(agreement)
        return {key: tuple(group) for key, group in found.items()}


def _grouped(records: Iterable[F], by: str) -> dict[str, tuple[F, ...]]:
    found: dict[str, list[F]] = {}
    for record in records:
        found.setdefault(getattr(record, by), []).append(record)
    return {key: tuple(group) for key, group in found.items()}
