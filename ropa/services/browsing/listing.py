"""Any kind of record as a table of plain text, for `ropa list` and for the lists on screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ropa.flows.crossings import Crossing, name_of
from ropa.law.lawbook import LawBook
from ropa.records.errors import NotFoundError
from ropa.records.kinds import KINDS, Kind
from ropa.records.register import Register
from ropa.records.values import Fields, LawId, Part
from ropa.rules.period import Period
from ropa.services.workspace import View

DERIVED = ("subprocessor", "customer", "crossing", "finding")
"""Kinds that are worked out from the others and never recorded."""

_COLUMNS: dict[str, tuple[str, ...]] = {
    "party": ("name", "legal_name", "country", "website"),
    "activity": ("name", "role", "purposes", "subject_categories", "data_categories"),
    "engagement": ("activity", "party", "service", "role", "data_categories", "agreement"),
    "transfer": ("importer", "country", "activity", "stated"),
    "safeguard": ("transfer", "instrument", "module", "signed", "until", "assessed"),
    "lawful_basis": ("activity", "basis", "purpose", "justification", "assessment"),
    "retention": ("activity", "period", "trigger", "until", "stated", "data_categories"),
    "breach": ("name", "discovered", "party", "activities", "risk", "closed"),
    "organisation": ("name", "legal_name", "country", "registration", "regimes"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its key and its cells as text. `mark` is the sign of its worst finding, if it has one."""

    key: str
    cells: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A kind's records. `columns` are the headings of `cells`; `key` stands before them."""

    kind: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def kinds() -> tuple[str, ...]:
    """The kinds that can be listed."""
    return (*KINDS, *DERIVED)


def listing(view: View, kind: str) -> Listing:
    """Every record of a kind, in the order in which they were entered. Raises NotFoundError for an unknown kind."""
    if kind in DERIVED:
        return _derived(view, kind)
    if kind not in KINDS:
        raise NotFoundError(f"there is no kind {kind!r}; one of: {', '.join(kinds())}")
    return _recorded(view, KINDS[kind], view.register.of_kind(kind))


def plain(view: View, kind: str) -> list[dict[str, Any]]:
    """The same records for programs: every field by its own name, keys as keys, codes as codes, dates as ISO text.

    Raises NotFoundError for an unknown kind.
    """
    if kind == "finding":
        return [{"key": each.rule, **asdict(each)} for each in view.findings]
    if kind == "crossing":
        return [_plain_crossing(each) for each in view.crossings]
    keys = {"subprocessor": view.register.subprocessors, "customer": view.register.customers}.get(kind)
    if keys is not None:
        return [view.register.parties[key].model_dump(mode="json") for key in keys]
    if kind not in KINDS:
        raise NotFoundError(f"there is no kind {kind!r}; one of: {', '.join(kinds())}")
    return [record.model_dump(mode="json") for record in view.register.of_kind(kind).values()]


def _plain_crossing(crossing: Crossing) -> dict[str, Any]:
    return {
        "key": crossing.edge.via,
        "activity": crossing.edge.activity,
        "exporter": crossing.exporter,
        "importer": crossing.importer,
        "country": crossing.country,
        "data_categories": list(crossing.edge.data),
        "transfer": crossing.transfer,
        "verdicts": {verdict.regime: verdict.status for verdict in crossing.verdicts},
    }


def _recorded(view: View, kind: Kind, records: Mapping[str, Fields], name: str = "", title: str = "") -> Listing:
    columns = _COLUMNS.get(kind.name) or _all_columns(kind)
    marks = _marks(view)
    rows = tuple(
        Row(
            key,
            tuple(show(view.register, kind, column, getattr(record, column)) for column in columns),
            marks.get(f"{kind.name}/{key}", ""),
        )
        for key, record in records.items()
    )
    titles = tuple(str(kind.fields.model_fields[column].title) for column in columns)
    return Listing(name or kind.name, title or kind.title, titles, rows)


def _all_columns(kind: Kind) -> tuple[str, ...]:
    """Every field, less the key and what nobody reads in a table."""
    return tuple(name for name in kind.fields.model_fields if name not in ("key", "source", "note", "invented"))


def show(register: Register, kind: Kind, field: str, value: Any) -> str:
    """One value as text for people: keys as names, codes as countries, empty for what is not recorded."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        # A mark that is off by default says nothing where nobody set it: "no" would.
        unset = value is False and kind.fields.model_fields[field].default is False
        return "yes" if value else "" if unset else "no"
    if isinstance(value, Part):
        given = value.model_dump(exclude_none=True)
        return ", ".join(_words(kind, name, part) for name, part in given.items())
    if isinstance(value, tuple):
        return ", ".join(show(register, kind, field, each) for each in value)
    target = kind.refs.get(field) or kind.lists.get(field)
    if target is not None:
        return str(getattr(register.of_kind(target)[value], "name", value))
    if field in kind.nodes:
        return name_of(register, value)
    return _words(kind, field, value)


def _words(kind: Kind, field: str, value: Any) -> str:
    law = LawBook.in_use()
    if field in ("period", "objection", "emergency_notice"):
        return Period.parse(value).words()
    if field in ("country", "countries", "hosting", "remote_access"):
        return law.country_name(value)
    info = kind.fields.model_fields.get(field)  # none for a field of a part, such as a contact's e-mail
    if info is not None and any(isinstance(mark, LawId) for mark in info.metadata):
        entry = law.entry(value)
        return value if entry is None else entry.name
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _marks(view: View) -> dict[str, str]:
    """The sign of the worst finding of each subject."""
    found: dict[str, str] = {}
    for finding in view.findings:
        found.setdefault(finding.subject, finding.symbol)
    return found


def _derived(view: View, kind: str) -> Listing:
    register = view.register
    if kind in ("subprocessor", "customer"):
        keys: Iterable[str] = register.subprocessors if kind == "subprocessor" else register.customers
        parties = {key: register.parties[key] for key in keys}
        return _recorded(view, KINDS["party"], parties, kind, f"{kind.title()}s")
    if kind == "finding":
        columns = ("Severity", "Kind", "Subject", "What", "Remedy")
        rows = [
            Row(each.rule, (each.severity, each.kind, each.subject, each.title, each.remedy), each.symbol)
            for each in view.findings
        ]
        return Listing(kind, "Findings", columns, tuple(rows))
    law = LawBook.in_use()
    rows = [
        Row(
            each.edge.via,
            (
                name_of(register, each.exporter),
                name_of(register, each.importer),
                "" if each.country is None else law.country_name(each.country),
                register.activities[each.edge.activity].name,
                each.transfer or "",
                ", ".join(f"{verdict.regime}: {verdict.status}" for verdict in each.verdicts),
            ),
        )
        for each in view.crossings
    ]
    return Listing(kind, "Crossings", ("From", "To", "Country", "Activity", "Transfer", "Verdict"), tuple(rows))
