"""A party in words: which legal entity, where, what for, under which agreements, with which transfers."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law.lawbook import LawBook
from ropa.records.agreement import AgreementFields
from ropa.records.party import PartyFields
from ropa.services.browsing.detail_parts import Detail, Line, crossing_numbers, needs_part, part, sources, verdict_lines
from ropa.services.browsing.detail_record import field_lines
from ropa.services.subjects import record_title
from ropa.services.wording import listed, long_day
from ropa.services.workspace import View

_SAID = frozenset({"key", "name", "legal_name", "aliases", "country", "source", "note", "invented"})


def party_detail(view: View, party: PartyFields) -> Detail:
    """The detail of a party, the findings about it first."""
    subject = f"party/{party.key}"
    law = LawBook.in_use()
    parts = [
        *needs_part(view, subject),
        *part("Legal entity", [Line(party.legal_name)] if party.legal_name else []),
        *part("Known as", [Line(", ".join(party.aliases))] if party.aliases else [], ask=False),
        *part("Where", [Line(law.country_name(party.country))] if party.country else []),
        *part("For", list(_engagements(view, party)), ask=False),
        *part("Agreements", [_agreement(each) for each in view.register.agreements_with(party.key)]),
        *part("Transfers", list(_transfers(view, party)), ask=False),
        *part("Recorded", field_lines(view, party, _SAID), ask=False),
        *sources(party),
    ]
    return Detail("party", party.key, party.name, listed(roles(view, party.key)), tuple(parts))


def roles(view: View, key: str) -> list[str]:
    """What a party is to the organisation: derived from its engagements and from whom it works for."""
    register = view.register
    found = ["customer"] if key in register.customers else []
    found += ["subprocessor"] if key in register.subprocessors else []
    for engagement in register.engagements_with(key):
        if engagement.role != "processor" or key not in register.subprocessors:
            found.append(engagement.role.replace("-", " "))
    return list(dict.fromkeys(found)) or ["no engagement recorded"]


def _engagements(view: View, party: PartyFields) -> Iterator[Line]:
    law = LawBook.in_use()
    for activity in view.register.activities.values():
        if party.key in activity.controllers:
            yield Line(f"we process for it: {activity.name}", target=f"activity/{activity.key}")
    for engagement in view.register.engagements_with(party.key):
        name = view.register.activities[engagement.activity].name
        service = f": {engagement.service}" if engagement.service else ""
        where = ", ".join(law.country_name(place) for place in (*engagement.countries, *engagement.remote_access))
        text = f"{name}{service}, as {engagement.role.replace('-', ' ')}{f', in {where}' if where else ''}"
        if not engagement.receives_data:
            text += "; receives no data"
        yield Line(text, target=f"activity/{engagement.activity}")


def _agreement(agreement: AgreementFields) -> Line:
    signed = f"signed {long_day(agreement.signed)}" if agreement.signed else "date of signature not recorded"
    ends = f", ends {long_day(agreement.expires)}" if agreement.expires else ""
    return Line(f"{agreement.name}, {signed}{ends}", "" if agreement.signed else "?", f"agreement/{agreement.key}")


def _transfers(view: View, party: PartyFields) -> Iterator[Line]:
    """Each recorded transfer to the party, and each crossing to it with its verdict and reasons."""
    for transfer in view.register.transfers_to(party.key):
        yield Line(f"recorded: {record_title(view, transfer)}", target=f"transfer/{transfer.key}")
    said = set()
    for number, crossing in crossing_numbers(view):
        if crossing.importer != f"party/{party.key}":
            continue
        lines = tuple(verdict_lines(crossing, indent=1))
        activity = view.register.activities[crossing.edge.activity].name
        country = crossing.country and LawBook.in_use().country_name(crossing.country)
        words = "" if crossing.transfer else "; no transfer is recorded"
        mark = "" if crossing.transfer else "?"
        yield Line(f"{activity}, to {country or 'a country not recorded'}{words}", mark, f"crossing/{number}")
        if lines in said:
            yield Line(f"{lines[0].text}: as above", lines[0].mark, indent=1)
        else:
            said.add(lines)
            yield from lines
