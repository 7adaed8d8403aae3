"""From the register to what each rule needs to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ropa.records.activity import ActivityFields
from ropa.records.engagement import EngagementFields
from ropa.records.party import PartyFields
from ropa.records.register import Register
from ropa.rules.activity_facts import (
    ActivityFacts,
    AgreementFacts,
    BasisFacts,
    DocumentFacts,
    OrganisationFacts,
    PartyFacts,
    RetentionFacts,
)


def organisation_facts(register: Register, on: dt.date) -> OrganisationFacts:
    """The organisation as Article 30(1)(a) looks at it."""
    owner = register.organisation
    contacts = [contact for contact in (owner.contact, owner.dpo) if contact is not None]
    return OrganisationFacts(
        key=owner.key,
        name=owner.name,
        country=owner.country,
        regimes=register.regimes(on),
        reachable=any(contact.email or contact.phone for contact in contacts),
        address=owner.address is not None or any(contact.address for contact in contacts),
    )


def activity_facts(register: Register, on: dt.date) -> Iterator[ActivityFacts]:
    """Each activity that has not ended by the date."""
    regimes = register.regimes(on)
    for activity in register.activities.values():
        if activity.until is None or on <= activity.until:
            yield _activity(register, activity, regimes, on)


def _activity(register: Register, activity: ActivityFields, regimes: tuple[str, ...], on: dt.date) -> ActivityFacts:
    data = [register.data_categories[key] for key in activity.data_categories]
    people = [register.subject_categories[key] for key in activity.subject_categories]
    conditions = register.conditions_of(activity.key)
    engaged = [each for each in register.engagements_of(activity.key) if each.receives_data and _runs(each, on)]
    return ActivityFacts(
        organisation=register.organisation.key,
        key=activity.key,
        name=activity.name,
        role=activity.role,
        regimes=regimes,
        purposes=len(activity.purposes),
        processing=len(activity.processing),
        controllers=len(activity.controllers),
        subjects=len(people),
        data=len(data),
        recipients=len(engaged) + len(activity.recipients) + len(activity.joint_controllers),
        security=len(activity.security),
        special=tuple(each.name for each in data if each.special),
        criminal=tuple(each.name for each in data if each.criminal),
        about_life=any(each.special == "health" for each in data) or any(each.vulnerable for each in people),
        bases=tuple(
            BasisFacts(each.key, each.basis, each.justification is not None, each.assessment is not None)
            for each in register.lawful_bases_of(activity.key)
        ),
        conditions=tuple(each.condition for each in conditions),
        policy_documents=frozenset(each.condition for each in conditions if each.policy_document),
        retention=tuple(
            RetentionFacts(
                key=each.key.removeprefix(f"{activity.key}/"),
                period=each.period,
                trigger=each.trigger,
                until=each.until,
                stated=each.stated,
                data=tuple(register.data_categories[key].name for key in each.data_categories),
            )
            for each in register.retention_of(activity.key)
        ),
        unassessed_dpia=activity.dpia == "required" and activity.dpia_document is None,
    )


def party_facts(register: Register, on: dt.date) -> Iterator[PartyFacts]:
    """Each party that works for an activity on the date."""
    for party in register.parties.values():
        engaged = [
            each
            for each in register.engagements_with(party.key)
            if each.role == "processor" and each.receives_data and _runs(each, on)
        ]
        if engaged:
            yield _party(register, party, engaged)


def _party(register: Register, party: PartyFields, engaged: list[EngagementFields]) -> PartyFacts:
    below = [each for each in engaged if register.activities[each.activity].role == "processor"]
    own = [each for each in register.agreements_with(party.key) if each.between is None]
    return PartyFacts(
        organisation=register.organisation.key,
        key=party.key,
        name=party.name,
        as_processor=tuple(register.activities[each.activity].name for each in engaged),
        as_subprocessor=tuple(register.activities[each.activity].name for each in below),
        unauthorised=tuple(register.activities[each.activity].name for each in below if each.authorisation is None),
        legal_name=party.legal_name is not None,
        address=party.address is not None or (party.contact is not None and party.contact.address is not None),
        reachable=party.contact is not None and bool(party.contact.email or party.contact.phone),
        agreements=tuple(AgreementFacts(each.key, each.name, each.type, each.clauses, each.expires) for each in own),
    )


def document_facts(register: Register) -> Iterator[DocumentFacts]:
    """Each document kept as evidence."""
    for each in register.documents.values():
        yield DocumentFacts(register.organisation.key, each.key, each.name, each.review, each.expires)


def _runs(engagement: EngagementFields, on: dt.date) -> bool:
    """Whether it had begun and not ended; a date that is not recorded sets no bound."""
    return (engagement.since is None or engagement.since <= on) and (engagement.until is None or on <= engagement.until)
