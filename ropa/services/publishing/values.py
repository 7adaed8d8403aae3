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
from collections.abc import Iterable, Iterator

from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.reports.public_list import Country, PublicList, PublicSubprocessor, Publisher
from ropa.services.publishing.changes import public_change
from ropa.services.publishing.notice import notice_sentences
from ropa.services.publishing.places import at_home, data_names, places
from ropa.services.publishing.subprocessor_list import Subprocessor, TransferWords, subprocessors

_NAMED = ("safeguarded", "derogation", "incomplete")
"""The verdicts under which what is recorded is an instrument that the law accepts."""

_ONE_DAY = dt.timedelta(days=1)


def public_list(register: Register, on: dt.date) -> PublicList:
    """The public list of one register on a date: what is dated later has not happened."""
    present = sorted(
        (_subprocessor(register, each, on) for each in subprocessors(register, on)),
        key=lambda each: (each.name.casefold(), each.key),
    )
    changes = [made for each in register.changes.values() if (made := public_change(register, each, on)) is not None]
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
    countries = places((place.country, place.basis) for place in each.locations)
    # How and why a flow goes somewhere was written for those inside; what an engagement is for was not.
    stated = {engagement.service for engagement in register.engagements_with(each.key)}
    return PublicSubprocessor(
        key=each.key,
        name=each.name,
        legal_name=each.legal_name,
        address=each.address,
        website=each.website,
        services=tuple(service for service in each.services if service in stated),
        data=data_names(register, each.data),
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
    return None if at_home(register, [each.code for each in countries], on) else ()


def _departures(register: Register, on: dt.date) -> Iterator[dt.date]:
    """The days on which the list became shorter: the day after an engagement, or its activity, ended."""
    for each in register.engagements.values():
        activity = register.activities[each.activity]
        ended = min((day for day in (each.until, activity.until) if day is not None), default=None)
        if activity.role == "processor" and each.role == "processor" and ended is not None and ended < on:
            yield ended + _ONE_DAY
