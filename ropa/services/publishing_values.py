"""What of a register is public: the list of subprocessors, and the changes that customers are told of.

Public are, and nothing else is:

- of the organisation: key, name, legal name, address, website, contact (where none is recorded, that of the data
  protection officer without the name), and the terms of notice promised to every customer but the address for notices;
- of a party that was renamed: its other names, once the new one is its name;
- of a present subprocessor: key, name, legal name, address (the contact's where it has none), website, country; of
  its engagements the service, the date since when, and where the data is; of its transfers the names of the
  instruments on record that the law accepts;
- of the data categories that it gets: the name;
- of a change that customers are told of: key, kind, service (else that of the engagements), safeguard, new name,
  data categories, countries, its dates but the one on which it was put forward, and of its parties
  what is public of a subprocessor;
- of the notices: the first day on which one went out;
- of all of these: whether they are invented sample data.

Notes, sources, customers, reasons, findings, overrides, evidence and accepted risks are nobody else's business.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from ropa.law.lawbook import LawBook
from ropa.records.change import ChangeFields
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.reports.public_list import Country, PublicChange, PublicList, PublicSubprocessor, Publisher
from ropa.services.change_arrangement import NOTHING_NEW, planned_arrangement
from ropa.services.change_reach import Told, names_before, reached_by, services_of, took_effect
from ropa.services.layout import address_of
from ropa.services.publishing_notice import notice_sentences
from ropa.services.subprocessor_list import Basis, Subprocessor, TransferWords, subprocessors
from ropa.services.wording import listed

_NAMED = ("safeguarded", "derogation", "incomplete")
"""The verdicts under which what is recorded is an instrument that the law accepts."""

_BASES: tuple[Basis, ...] = ("data", "access", "establishment")
_ONE_DAY = dt.timedelta(days=1)


def public_list(register: Register, on: dt.date) -> PublicList:
    """The public list of one register on a date: what is dated later has not happened."""
    present = sorted(
        (_subprocessor(register, each, on) for each in subprocessors(register, on)),
        key=lambda each: (each.name.casefold(), each.key),
    )
    changes = [made for each in register.changes.values() if (made := _change(register, each, on)) is not None]
    upcoming = [each for each in changes if each.state == "upcoming"]
    history = sorted((each for each in changes if each.state != "upcoming"), key=lambda each: each.key)
    days = [
        *(each.since for each in present),
        *(each.updated for each in changes),
        *_departures(register, on),
    ]
    return PublicList(
        publisher=_publisher(register),
        notice=tuple(notice_sentences(register.organisation.notice)),
        present=tuple(present),
        upcoming=tuple(sorted(upcoming, key=lambda each: (each.day or dt.date.max, each.key))),
        history=tuple(sorted(history, key=lambda each: each.withdrawn or each.day or dt.date.min, reverse=True)),
        updated=max((day for day in days if day is not None and day <= on), default=None),
    )


def _publisher(register: Register) -> Publisher:
    owner = register.organisation
    name = owner.legal_name or owner.name
    contact, officer = owner.contact, owner.dpo
    found: list[tuple[str, str | None]] = []
    if contact is not None:
        found = [("Contact", contact.name if contact.name != name else None)]
    elif officer is not None:
        contact = officer
        found = [("Contact", "Data protection officer")]
    if contact is not None:
        found += [("E-mail", contact.email), ("Telephone", contact.phone), ("Address", contact.address)]
    return Publisher(
        key=owner.key,
        name=owner.name,
        legal_name=name,
        address=owner.address,
        website=owner.website,
        contact=tuple((label, text) for label, text in found if text and text != owner.address),
        invented=owner.invented,
    )


def _subprocessor(register: Register, each: Subprocessor, on: dt.date) -> PublicSubprocessor:
    countries = _places((place.country, place.basis) for place in each.locations)
    # How and why a flow goes somewhere was written for those inside; what an engagement is for was not.
    stated = {engagement.service for engagement in register.engagements_with(each.key)}
    return PublicSubprocessor(
        key=each.key,
        name=each.name,
        legal_name=each.legal_name,
        address=each.address,
        website=each.website,
        services=tuple(service for service in each.services if service in stated),
        data=_data(register, each.data),
        countries=countries,
        safeguards=_safeguards(register, each.transfers, countries, on),
        engaged_by=tuple(register.parties[key].name for key in each.through),
        since=each.since,
        invented=any(record.invented for record in _stands_on(register, each)),
    )


def _stands_on(register: Register, each: Subprocessor) -> Iterator[Fields]:
    """The records from which a line of the list is made; too many rather than too few."""
    yield from (register.parties[key] for key in (each.key, *each.through))
    yield from register.engagements_with(each.key)
    yield from (register.activities[key] for key in each.activities)
    yield from (register.data_categories[key] for key in each.data)
    yield from (system for system in register.systems.values() if system.operator == each.key)
    yield from (agreement for agreement in register.agreements_with(each.key) if agreement.between is not None)
    yield from (flow for flow in register.flows.values() if f"party/{each.key}" in (flow.origin, flow.destination))
    for transfer in register.transfers_to(each.key):
        yield transfer
        yield from register.safeguards_of(transfer.key)


def _safeguards(
    register: Register, transfers: Iterable[TransferWords], countries: Iterable[Country], on: dt.date
) -> tuple[str, ...] | None:
    """What covers the data where it leaves, each country once; None where every place needs nothing.

    What does not cover it is a finding, and no business of the public: such a country is "not stated".
    """
    law = LawBook.in_use()
    found: dict[str, dict[str, list[str]]] = {}
    for each in transfers:
        words = ""
        if each.status == "adequate":
            words = "adequacy decision"
        elif each.status in _NAMED:
            words = ", ".join(each.instruments)
        where = law.country_name(each.country) if each.country else "Country not stated"
        regimes = found.setdefault(where, {}).setdefault(words or "not stated", [])
        if (name := law.regime(each.regime).name) not in regimes:
            regimes.append(name)
    if found:
        return tuple(
            f"{where}: {words} ({' and '.join(regimes)})" if len(ways) > 1 else f"{where}: {words}"
            for where, ways in found.items()
            for words, regimes in ways.items()
        )
    return None if _at_home(register, [each.code for each in countries], on) else ()


def _at_home(register: Register, codes: Collection[str], on: dt.date) -> bool:
    """Whether every place lies inside the territory of every regime that binds the organisation; no if unknown."""
    law, bound = LawBook.in_use(), register.regimes(on)
    return bool(codes) and bool(bound) and all(law.inside(code, each, on) for code in codes for each in bound)


def _change(register: Register, change: ChangeFields, on: dt.date) -> PublicChange | None:
    """What is public of a change on a date; None where nothing is: it is only proposed, or no customer's affair."""
    notices = register.notices_of(change.key)
    sent = [day for each in notices if (day := each.sent or each.received) is not None]
    began = min([*sent, *([change.approved] if change.approved else [])], default=None)
    effective = took_effect(change, on)
    withdrawn = change.state == "withdrawn" and (change.withdrawn is None or change.withdrawn <= on)
    told = min((day for day in sent if day <= on), default=None)
    if change.state == "proposed" and told is None:
        return None
    if began is None and change.state == "withdrawn":
        return None
    if began is not None and began > on and not effective:
        return None
    reached = reached_by(register, change, on)
    if not reached and not _may_concern_customers(register, change):
        return None
    decided = change.approved if change.approved is not None and change.approved <= on else None
    parties = [register.parties[key] for key in (change.party, change.replaces, change.beneath) if key is not None]
    data = tuple(dict.fromkeys(key for each in reached for key in each.data)) or change.data_categories
    party = register.parties[change.party]
    shown: list[Fields] = [change, *parties, *notices, *(register.data_categories[key] for key in data)]
    places: list[tuple[str, Basis]] = [(code, "data") for code in change.countries]
    if not places and party.country:
        places = [(party.country, "establishment")]
    where = {code for code, _ in places} | ({party.country} if party.country else set())
    safeguard = change.safeguard or ("none needed" if _at_home(register, where, on) else None)
    if safeguard is None and not effective and not withdrawn:
        safeguard = _adequate(register, change, reached, on)
    return PublicChange(
        key=change.key,
        state="effective" if effective else "withdrawn" if withdrawn else "upcoming",
        kind=change.kind,
        title=_title(register, change),
        party=party.name,
        legal_name=party.legal_name,
        address=address_of(party),
        replaces=register.parties[change.replaces].name if change.replaces else None,
        engaged_by=register.parties[change.beneath].name if change.beneath else None,
        service="; ".join(services_of(register, change, [each.activity for each in reached], on)) or None,
        data=_data(register, data),
        countries=_places(places),
        safeguard=safeguard,
        announced=told,
        decided=decided,
        day=change.effective,
        withdrawn=change.withdrawn if withdrawn else None,
        overdue=not effective and not withdrawn and change.effective is not None and change.effective < on,
        invented=any(each.invented for each in shown),
    )


def _adequate(register: Register, change: ChangeFields, reached: Sequence[Told], on: dt.date) -> str | None:
    """The decision that covers all of a planned arrangement by itself; what else covers it is for a person to say."""
    if change.kind in NOTHING_NEW or not reached:
        return None
    planned, behind = planned_arrangement(register, change, reached, max(on, change.effective or on))
    if behind or not planned or any(each.worst.status != "adequate" for each in planned):
        return None
    law = LawBook.in_use()
    places = dict.fromkeys(law.country_name(each.country) for each in planned if each.country)
    return "; ".join(f"{place}: adequacy decision" for place in places) or None


def _may_concern_customers(register: Register, change: ChangeFields) -> bool:
    """Whether a change that reaches no customer's data today may still: nothing says that it is about our own."""
    keys = {change.party, change.replaces, change.beneath} - {None}
    engaged = [each.activity for each in register.engagements.values() if each.party in keys]
    roles = {register.activities[key].role for key in change.activities or engaged}
    return not roles or "processor" in roles


def _title(register: Register, change: ChangeFields) -> str:
    """The change in a line. Its own name was written for those inside."""
    who = register.parties[change.party].name
    instead = register.parties[change.replaces].name if change.replaces else None
    words = {
        "add": f"{who} joins",
        "replace": f"{who} replaces {instead}" if instead else f"{who} replaces another subprocessor",
        "remove": f"{who} leaves",
        "new-location": f"{who}: new location",
        "new-activity": f"{who}: further work",
        "new-data": f"{who}: further data",
        "new-legal-entity": f"{who} takes over from {instead}" if instead else f"{who}: another legal entity",
        "rename": _renamed(register, change),
        "emergency": f"{who} replaces {instead} in an emergency" if instead else f"{who} joins in an emergency",
    }[change.kind]
    return f"{words}, engaged by {register.parties[change.beneath].name}" if change.beneath else words


def _renamed(register: Register, change: ChangeFields) -> str:
    before = listed(names_before(register, change))
    if not change.new_name:
        return f"{before} is renamed"
    return f"{before} is renamed {change.new_name}" if before else f"{change.new_name}: new name"


def _departures(register: Register, on: dt.date) -> Iterator[dt.date]:
    """The days on which the list became shorter: the day after an engagement, or its activity, ended."""
    for each in register.engagements.values():
        activity = register.activities[each.activity]
        ended = min((day for day in (each.until, activity.until) if day is not None), default=None)
        if activity.role == "processor" and each.role == "processor" and ended is not None and ended < on:
            yield ended + _ONE_DAY


def _data(register: Register, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(register.data_categories[key].name for key in keys))


def _places(found: Iterable[tuple[str, Basis]]) -> tuple[Country, ...]:
    """Countries by name, each once: that the data lies there says more than that it is reached from there."""
    law = LawBook.in_use()
    best: dict[str, Basis] = {}
    for code, basis in found:
        if code not in best or _BASES.index(basis) < _BASES.index(best[code]):
            best[code] = basis
    return tuple(Country(code, law.country_name(code), basis) for code, basis in best.items())
