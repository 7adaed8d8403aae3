"""Lines of text for a terminal, and the same things as plain values for a program."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable
from typing import Any

from ropa.flows.crossings import Crossing
from ropa.law.lawbook import LawBook
from ropa.records.party import PartyFields
from ropa.rules.finding import Reason
from ropa.rules.verdict import Verdict
from ropa.services.wording import NOT_RECORDED, verdict_mark, verdict_words

WIDTH = 100


def wrapped(text: str, indent: int, hanging: int = 0) -> list[str]:
    """A paragraph in lines, indented; later lines `hanging` further."""
    first, later = " " * indent, " " * (indent + hanging)
    width = max(WIDTH, indent + hanging + 40)
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=later) or [first.rstrip()]


def known(value: str | None) -> str:
    """The value, or words that say that there is none."""
    return value or f"? {NOT_RECORDED}"


def sourced(reason: Reason) -> str:
    """A reason with what carries it in brackets, unless it ends with that itself."""
    said = not reason.source or reason.text.endswith(f"({reason.source}).")
    return reason.text if said else f"{reason.text} ({reason.source})"


def contact_of(party: PartyFields) -> str | None:
    """Who to reach at a party and how, in a line; None where nothing is recorded."""
    contact = party.contact
    found = () if contact is None else (contact.name, contact.email, contact.phone)
    return ", ".join(filter(None, found)) or None


def address_of(party: PartyFields) -> str | None:
    """The postal address of a party; None where nothing is recorded."""
    return party.address or (None if party.contact is None else party.contact.address)


def country_of(party: PartyFields) -> str | None:
    """The country of a party by name; None where it is not recorded."""
    return None if party.country is None else LawBook.in_use().country_name(party.country)


def verdict_line(country: str | None, verdict: Verdict, law: LawBook) -> str:
    """`✓ United States, UK GDPR: adequate. For the United States ...`."""
    where = f"country {NOT_RECORDED}" if country is None else law.country_name(country)
    head = f"{verdict_mark(verdict.status)} {where}, {law.regime(verdict.regime).name}: {verdict_words(verdict.status)}"
    return " ".join((f"{head}.", *map(sourced, verdict.reasons)))


def verdict_lines(found: Iterable[Crossing], law: LawBook) -> list[str]:
    """The verdicts of some crossings, each once."""
    lines = (verdict_line(each.country, verdict, law) for each in found for verdict in each.verdicts)
    return list(dict.fromkeys(lines))


def plain_reasons(reasons: Iterable[Reason]) -> list[dict[str, str]]:
    """Reasons as plain values."""
    return [{"text": each.text, "source": each.source} for each in reasons]


def plain_crossing(crossing: Crossing) -> list[dict[str, Any]]:
    """The verdicts of a crossing as plain values."""
    return [
        {
            "activity": crossing.edge.activity,
            "exporter": crossing.exporter,
            "importer": crossing.importer,
            "country": crossing.country,
            "transfer": crossing.transfer,
            "regime": verdict.regime,
            "status": verdict.status,
            "reasons": plain_reasons(verdict.reasons),
            "warnings": plain_reasons(verdict.warnings),
            "remedies": list(verdict.remedies),
            "rests_on": list(verdict.rests_on),
            "until": iso(verdict.until),
        }
        for verdict in crossing.verdicts
    ]


def plain_party(key: str, party: PartyFields) -> dict[str, Any]:
    """Who a party is, as plain values; null is "not recorded"."""
    contact = party.contact
    return {
        "key": key,
        "name": party.name,
        "legal_name": party.legal_name,
        "country": party.country,
        "address": address_of(party),
        "contact": None if contact is None else contact.model_dump(exclude={"address"}),
    }


def iso(day: dt.date | None) -> str | None:
    """A date for machines."""
    return None if day is None else day.isoformat()
