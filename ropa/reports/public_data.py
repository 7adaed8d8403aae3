"""The public list of subprocessors for programs: JSON, and CSV for spreadsheets."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from ropa.reports.csv_text import csv_text
from ropa.reports.public_list import (
    GENERATOR,
    INVENTED,
    NOT_STATED,
    Country,
    PublicChange,
    PublicList,
    PublicSubprocessor,
)

COLUMNS = (
    "key", "name", "legal_entity", "what_for", "data_categories", "countries", "country_codes", "safeguard",
    "engaged_by", "since", "address", "website", "invented",
)  # fmt: skip
"""The columns of the CSV file. Columns may be added at the end; none is renamed or removed."""


def csv_list(found: PublicList) -> str:
    """The present subprocessors as CSV, in `COLUMNS`; several values in a cell stand apart by "; "."""
    return csv_text([COLUMNS, *(_row(each) for each in found.present)])


def json_list(found: PublicList) -> str:
    """The list as JSON in ASCII; docs/subprocessors-json.md describes it."""
    owner = found.publisher
    value = {
        "generator": GENERATOR,
        "format": 1,
        "publisher": {
            "key": owner.key,
            "name": owner.name,
            "legal_name": owner.legal_name,
            "address": owner.address,
            "website": owner.website,
            "contact": [{"label": label, "text": text} for label, text in owner.contact],
            "invented": owner.invented,
        },
        "notice": list(found.notice),
        "updated": _iso(found.updated),
        "invented": found.invented,
        "subprocessors": [_plain_subprocessor(each) for each in found.present],
        "upcoming": [_plain_change(each) for each in found.upcoming],
        "history": [_plain_change(each) for each in found.history],
    }
    return json.dumps(value, indent=2) + "\n"


def _row(each: PublicSubprocessor) -> tuple[str, ...]:
    return (
        each.key,
        each.name,
        each.legal_name or "",
        "; ".join(each.services),
        "; ".join(each.data),
        "; ".join(country.words for country in each.countries),
        "; ".join(country.code for country in each.countries),
        "none needed" if each.safeguards is None else "; ".join(each.safeguards) or NOT_STATED,
        "; ".join(each.engaged_by),
        _iso(each.since) or "",
        each.address or "",
        each.website or "",
        INVENTED if each.invented else "",
    )


def _plain_subprocessor(each: PublicSubprocessor) -> dict[str, Any]:
    return {
        "key": each.key,
        "anchor": each.anchor,
        "name": each.name,
        "legal_name": each.legal_name,
        "address": each.address,
        "website": each.website,
        "what_for": list(each.services),
        "data_categories": list(each.data),
        "countries": _plain_countries(each.countries),
        "safeguards": None if each.safeguards is None else list(each.safeguards),
        "engaged_by": list(each.engaged_by),
        "since": _iso(each.since),
        "invented": each.invented,
    }


def _plain_change(each: PublicChange) -> dict[str, Any]:
    return {
        "key": each.key,
        "anchor": each.anchor,
        "state": each.state,
        "kind": each.kind,
        "title": each.title,
        "subprocessor": each.party,
        "legal_name": each.legal_name,
        "address": each.address,
        "replaces": each.replaces,
        "engaged_by": each.engaged_by,
        "what_for": each.service,
        "data_categories": list(each.data),
        "countries": _plain_countries(each.countries),
        "safeguard": each.safeguard,
        "announced": _iso(each.announced),
        "date": _iso(each.day),
        "withdrawn": _iso(each.withdrawn),
        "updated": _iso(each.updated),
        "invented": each.invented,
    }


def _plain_countries(countries: tuple[Country, ...]) -> list[dict[str, str]]:
    return [{"code": each.code, "name": each.name, "basis": each.basis} for each in countries]


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
