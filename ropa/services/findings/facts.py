"""From the register to what each rule needs to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from ropa.flows.edges import Edge, edges, receivers, stands
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.agreement import AgreementFields
from ropa.records.engagement import EngagementFields
from ropa.records.party import PartyFields
from ropa.records.register import Register
from ropa.rules.activity_facts import (
    ActivityFacts,
    AgreementFacts,
    BasisFacts,
    ConditionFacts,
    CustomerFacts,
    DataFacts,
    DocumentFacts,
    JointFacts,
    OrganisationFacts,
    PartyFacts,
    RetentionFacts,
    WorkFacts,
)

_UNFINISHED = {"not-started": "not started", "in-progress": "in progress"}


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


def asking_regimes(register: Register, on: dt.date) -> tuple[str, ...]:
    """The regimes whose law asks about the organisation's processing: as recorded, else those it is established in.

    Until 2021 the United Kingdom's regime was the law of the EU with an Act of its own beside it (the Data Protection
    Act 2018), so a British organisation is asked by that regime on those days too.
    """
    owner, law = register.organisation, LawBook.in_use()
    if owner.regimes or owner.country is None:
        return owner.regimes
    home = {entry.group for entry in law.memberships_of(owner.country)}
    for regime in law.regimes():
        own = law.own_law(regime.id, on)
        if regime.territory in home and own is not None and own.follows:
            return (regime.id,)
    return register.regimes(on)


def activity_facts(register: Register, on: dt.date) -> Iterator[ActivityFacts]:
    """Each activity that stands on the date."""
    regimes = asking_regimes(register, on)
    for activity in register.activities.values():
        if stands(activity, on):
            yield _activity(register, activity, regimes, on)


def _activity(register: Register, activity: ActivityFields, regimes: tuple[str, ...], on: dt.date) -> ActivityFacts:
    data = [register.data_categories[key] for key in activity.data_categories]
    people = [register.subject_categories[key] for key in activity.subject_categories]
    return ActivityFacts(
        organisation=register.organisation.key,
        key=activity.key,
        name=activity.name,
        role=activity.role or "",
        regimes=regimes,
        purposes=activity.purposes,
        processing=len(activity.processing),
        controllers=len(activity.controllers),
        stated_controllers=sum(not register.parties[key].invented for key in activity.controllers),
        joint_controllers=tuple(_joint(register, activity, on)),
        subjects=len(people),
        data=tuple(DataFacts(each.key, each.name) for each in data),
        recipients=len(receivers(register, activity.key, on)) + len(activity.recipients),
        security=len(activity.security),
        special=tuple(DataFacts(each.key, each.name) for each in data if each.special),
        criminal=tuple(DataFacts(each.key, each.name) for each in data if each.criminal),
        about_life=any(each.special == "health" for each in data) or any(each.vulnerable for each in people),
        bases=tuple(
            BasisFacts(
                each.key,
                each.basis,
                each.purpose,
                each.justification is not None,
                each.assessment is not None and _to_come(register, each.assessment, on) is None,
                _to_come(register, each.assessment, on),
            )
            for each in register.lawful_bases_of(activity.key)
        ),
        conditions=tuple(
            ConditionFacts(
                each.condition,
                each.data_categories,
                each.policy_document is not None and _to_come(register, each.policy_document, on) is None,
                _to_come(register, each.policy_document, on),
            )
            for each in register.conditions_of(activity.key)
        ),
        retention=tuple(
            RetentionFacts(
                key=each.key.removeprefix(f"{activity.key}/"),
                period=each.period,
                trigger=each.trigger,
                until=each.until,
                stated=each.stated,
                data=tuple(DataFacts(key, register.data_categories[key].name) for key in each.data_categories),
            )
            for each in register.retention_of(activity.key)
        ),
        unassessed_dpia=activity.dpia == "required"
        and (
            activity.dpia_document is None
            or _to_come(register, activity.dpia_document, on) is not None
            or activity.dpia_progress in _UNFINISHED
        ),
        dpia_to_come=_to_come(register, activity.dpia_document, on),
        dpia_progress=_UNFINISHED.get(activity.dpia_progress or "", ""),
    )


def _to_come(register: Register, document: str | None, on: dt.date) -> dt.date | None:
    """The day of a document that had not been made on the date; None of any other, one without a day included."""
    made = None if document is None else register.documents[document].date
    return made if made is not None and made > on else None


def _joint(register: Register, activity: ActivityFields, on: dt.date) -> Iterator[JointFacts]:
    """Those with whom the organisation decides: named on the activity, or engaged in that role."""
    if activity.role == "processor":
        return
    named: dict[str, list[AgreementFields]] = {key: [] for key in activity.joint_controllers}
    for each in register.engagements_of(activity.key):
        if each.role == "joint-controller" and stands(each, on):
            named.setdefault(each.party, [])
            named[each.party] += [register.agreements[each.agreement]] if each.agreement else []
    for key, covering in named.items():
        yield JointFacts(key, register.parties[key].name, _agreements(register, key, covering))


def party_facts(register: Register, on: dt.date) -> Iterator[PartyFacts]:
    """Each party that is given data as a processor on the date: engaged, or running a system that an activity uses."""
    works: dict[str, dict[tuple[str, str], EngagementFields | None]] = {}
    for edge in edges(register, on):
        kind, _, key = edge.via.partition("/")
        party = edge.receiver.removeprefix("party/")
        if edge.role != "processor" or party == edge.receiver:
            continue
        if kind == "engagement" and register.engagements[key].party == party:
            works.setdefault(party, {})[edge.activity, key] = register.engagements[key]
        elif kind == "activity" and not _named(register, edge, on):
            works.setdefault(party, {})[edge.activity, ""] = None
    for key in register.parties:
        if key in works:
            yield _party(register, register.parties[key], works[key])


def _named(register: Register, edge: Edge, on: dt.date) -> bool:
    """Whether the activity itself says what the party is to it; then running a system makes it nothing else."""
    activity, party = register.activities[edge.activity], edge.receiver.removeprefix("party/")
    engaged = (each.party for each in register.engagements_of(activity.key) if each.receives_data and stands(each, on))
    return party in {*activity.controllers, *activity.joint_controllers, *engaged}


def _party(register: Register, party: PartyFields, works: dict[tuple[str, str], EngagementFields | None]) -> PartyFacts:
    said = [(register.activities[activity], engagement) for (activity, _), engagement in works.items()]
    below = [(activity, engagement) for activity, engagement in said if activity.role == "processor"]
    named = [register.agreements[each.agreement] for _, each in said if each is not None and each.agreement]
    return PartyFacts(
        organisation=register.organisation.key,
        key=party.key,
        name=party.name,
        as_processor=tuple(WorkFacts(activity.name, each.agreement if each else None) for activity, each in said),
        as_subprocessor=tuple(activity.name for activity, _ in below),
        unauthorised=tuple(activity.name for activity, each in below if each is None or each.authorisation is None),
        legal_name=party.legal_name is not None,
        address=party.address is not None or (party.contact is not None and party.contact.address is not None),
        reachable=party.contact is not None and bool(party.contact.email or party.contact.phone),
        agreements=_agreements(register, party.key, named),
    )


def _agreements(register: Register, party: str, named: Iterable[AgreementFields]) -> tuple[AgreementFacts, ...]:
    """The organisation's own agreements with a party, and those that are named for its work."""
    own = (each for each in register.agreements_with(party) if each.between is None)
    found = {each.key: each for each in (*own, *named)}
    return tuple(
        AgreementFacts(each.key, each.name, each.type, each.clauses, each.signed, each.expires)
        for each in found.values()
    )


def customer_facts(register: Register, on: dt.date) -> Iterator[CustomerFacts]:
    """Each controller for which an activity runs on the date."""
    works: dict[str, list[str]] = {}
    for activity in register.activities.values():
        if activity.role == "processor" and stands(activity, on):
            for key in activity.controllers:
                works.setdefault(key, []).append(activity.name)
    for key, names in works.items():
        found = _agreements(register, key, ())
        yield CustomerFacts(register.organisation.key, key, register.parties[key].name, tuple(names), found)


def document_facts(register: Register) -> Iterator[DocumentFacts]:
    """Each document kept as evidence."""
    for each in register.documents.values():
        yield DocumentFacts(register.organisation.key, each.key, each.name, each.review, each.expires)
