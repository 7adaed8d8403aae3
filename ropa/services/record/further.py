"""What else is recorded about an activity and Article 30 does not ask for; a field that is empty is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ropa.flows.edges import stands
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.agreement import AgreementFields
from ropa.records.register import Register
from ropa.reports.page import Item, Line, line
from ropa.rules.dates import long_date
from ropa.services.findings.breaches import known_by
from ropa.services.record.values import document_words

if TYPE_CHECKING:
    from ropa.services.workspace import View


def further_lines(view: View, activity: ActivityFields) -> Iterator[Line]:
    """The lines in the order in which people ask for them."""
    register = view.register
    values: tuple[tuple[str, str, str | None], ...] = (
        ("reference", "Reference", activity.reference),
        ("description", "What is done", activity.description),
        ("function", "Business function", activity.business_function),
        ("core", "Main activity", None if activity.core is None else _yes(activity.core)),
        ("owner", "Owner", activity.owner),
    )
    yield from _texts(values)
    if activity.role != "processor" and activity.processing:
        yield line("processing", "Categories of processing", tuple(map(Item, activity.processing)))
    if activity.systems:
        yield line("systems", "Systems", tuple(Item(_system(register, key)) for key in activity.systems))
    values = (
        ("location", "Where it is kept", activity.location),
        ("origin", "Where the data comes from", activity.data_source),
        ("combination", "Combined with", activity.combination),
    )
    yield from _texts(values)
    if activity.rights:
        yield line("rights", "Rights", tuple(map(Item, activity.rights)))
    if automated := [each for each in (activity.automated_decisions, activity.automated_detail) if each]:
        yield line("automated", "Automated decisions", tuple(map(Item, automated)))
    contracts = [Item(each) for each in contract_words(register, activity, view.on)]
    if contracts:
        yield line("contracts", "Contracts", tuple(contracts))
    yield from _assessment(register, activity)
    documents = (
        ("privacy-notice", "Privacy notice", activity.privacy_notice),
        ("retention-policy", "Retention policy", activity.retention_policy),
    )
    yield from _texts((id_, label, key and document_words(register, key)) for id_, label, key in documents)
    breaches = [breach_words(register, key) for key in breaches_of(register, activity.key, view.on)]
    if breaches:
        yield line("breaches", "Breaches", tuple(map(Item, breaches)))
    values = (
        ("since", "Since", _day(activity.since)),
        ("until", "Until", _day(activity.until)),
        ("recorded", "Recorded", _day(activity.recorded)),
        ("updated", "Brought up to date", _day(activity.updated)),
        ("note", "Note", activity.note),
    )
    yield from _texts(values)


def _assessment(register: Register, activity: ActivityFields) -> Iterator[Line]:
    done = [each.replace("-", " ") for each in (activity.dpia, activity.dpia_progress) if each]
    done += [document_words(register, activity.dpia_document)] if activity.dpia_document else []
    if done:
        yield line("dpia", "Impact assessment", tuple(map(Item, done)))
    values = (
        ("risk", "Risk", activity.risk),
        ("mitigation", "Against the risk", activity.mitigation),
        ("consultation", "Prior consultation", activity.consultation),
    )
    yield from _texts(values)


def _texts(values: Iterable[tuple[str, str, str | None]]) -> Iterator[Line]:
    for id_, label, value in values:
        if value:
            yield line(id_, label, (Item(value),))


def _day(day: dt.date | None) -> str | None:
    return None if day is None else long_date(day)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _system(register: Register, key: str) -> str:
    made_of = register.systems[key].technology
    words = system_words(register, key)
    return f"{words}: {made_of}" if made_of else words


def system_words(register: Register, key: str) -> str:
    """A system by name, with the countries that it is hosted in."""
    system = register.systems[key]
    places = ", ".join(LawBook.in_use().country_name(each) for each in system.hosting)
    return f"{system.name} (hosted in {places})" if places else system.name


def contract_words(register: Register, activity: ActivityFields, on: dt.date) -> Iterator[str]:
    """The contract of each engagement of a date: with whom, what it is called, when signed, where it is."""
    for each in register.engagements_of(activity.key):
        if each.agreement is not None and stands(each, on):
            name = register.parties[each.party].name
            yield f"{name}: {agreement_words(register, register.agreements[each.agreement])}"


def agreement_words(register: Register, agreement: AgreementFields) -> str:
    """A contract by its name, when it was signed and ends, and where its text is."""
    words = [agreement.name]
    words += [f"signed {long_date(agreement.signed)}"] if agreement.signed else []
    words += [f"until {long_date(agreement.expires)}"] if agreement.expires else []
    words += [document_words(register, agreement.document)] if agreement.document else []
    return ", ".join(words)


def breaches_of(register: Register, activity: str, on: dt.date) -> tuple[str, ...]:
    """Keys of the breaches in the log that name an activity and were known by the end of a date."""
    return tuple(key for key, each in register.breaches.items() if activity in each.activities and known_by(each, on))


def breach_words(register: Register, key: str) -> str:
    """A breach by its name and where its papers are."""
    breach = register.breaches[key]
    return f"{breach.name} ({breach.location})" if breach.location else breach.name
