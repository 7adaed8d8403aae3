"""Law data files read into entries, each checked: nothing unknown, nothing without a source."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib import resources
from typing import Any, get_args, get_type_hints

import yaml

from ropa.law.entries import (
    PACKAGED,
    Adequacy,
    Assessment,
    Bridge,
    Condition,
    Entry,
    Exemption,
    Instrument,
    Law,
    LawfulBasis,
    Membership,
    Module,
    Regime,
    Requirement,
    Term,
    Territory,
)

FILES = ("territories.yaml", "regimes.yaml", "adequacy.yaml", "instruments.yaml", "bases.yaml")

_SECTIONS: dict[str, type[Entry]] = {
    "groups": Territory,
    "organisations": Territory,
    "memberships": Membership,
    "bridges": Bridge,
    "regimes": Regime,
    "laws": Law,
    "exemptions": Exemption,
    "adequacy": Adequacy,
    "instruments": Instrument,
    "lawful_bases": LawfulBasis,
    "conditions": Condition,
}
_PARTS: dict[str, type[Any]] = {"modules": Module, "conditions": Requirement, "assessment": Assessment}
_SORTS = {"groups": "group", "organisations": "organisation"}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LawError(ValueError):
    """A law file says something that cannot be law data. The message names file, entry and field."""


def read_packaged() -> tuple[tuple[Entry, ...], date]:
    """All entries that come with the product, and the day on which they were last gone through."""
    entries: list[Entry] = []
    days: list[date] = []
    folder = resources.files("ropa.law").joinpath("data")
    for name in FILES:
        document = yaml.load(folder.joinpath(name).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 (safe loader)
        days.append(document.pop("as_of"))
        entries.extend(parse(document, file=name))
    return tuple(entries), min(days)


def parse(document: Mapping[str, Any], *, file: str, origin: str = PACKAGED) -> Iterator[Entry]:
    """The entries of one parsed law file, in its order.

    Raises LawError for an unknown section or field, a missing field, an entry without source, and dates that are
    none or out of order.
    """
    for section, content in document.items():
        if section == "countries":
            yield from _countries(content, file=file, origin=origin)
            continue
        if section not in _SECTIONS:
            raise LawError(f"{file}: {section}: no such kind of entry")
        defaults, rows = ({}, content) if isinstance(content, list) else (content["defaults"], content["entries"])
        for row in rows:
            extra = {"sort": _SORTS[section]} if section in _SORTS else {}
            yield _entry(_SECTIONS[section], {**defaults, **row, **extra, "origin": origin}, file=file)


def _countries(content: Mapping[str, Any], *, file: str, origin: str) -> Iterator[Entry]:
    defaults, names = content["defaults"], content["names"]
    aliases, notes = content.get("aliases", {}), content.get("notes", {})
    unverified, definite = set(content.get("unverified", ())), set(content.get("definite", ()))
    for code in {*aliases, *notes, *unverified, *definite} - set(names):
        raise LawError(f"{file}: countries: {code!r} has no name")
    for code, name in names.items():
        if not (isinstance(code, str) and len(code) == 2 and isinstance(name, str)):
            raise LawError(f"{file}: countries: {code!r} is no two-letter code; quote it")
        doubtful = code in unverified
        yield Territory(
            id=code,
            name=name,
            explain=notes.get(code, defaults["explain"]),
            source=defaults["source"],
            aliases=tuple(aliases.get(code, ())),
            definite=code in definite,
            confidence="unverified" if doubtful else "checked",
            doubt="the note" if doubtful else "",
            origin=origin,
        )


def _entry(kind: type[Entry], row: Mapping[str, Any], *, file: str) -> Entry:
    where = f"{file}: {row.get('id', 'an entry without id')}"
    entry = _build(kind, row, where=where)
    if not isinstance(entry, Entry):
        raise LawError(f"{where}: no entry")
    for field in ("id", "name", "explain", "source"):
        if not getattr(entry, field).strip():
            raise LawError(f"{where}: {field} is empty")
    return entry


def _build(kind: type[Any], row: Mapping[str, Any], *, where: str) -> Any:
    """A dataclass from a mapping, `from` read as `start`, lists as tuples, nested parts built too."""
    hints = _hints(kind)
    values: dict[str, Any] = {}
    for key, value in row.items():
        name = "start" if key == "from" else key
        if name not in hints:
            raise LawError(f"{where}: {key}: no such field")
        values[name] = _value(kind, name, value, hints[name], where=f"{where}.{key}")
    try:
        built = kind(**values)
    except TypeError as error:
        raise LawError(f"{where}: {error}") from error
    start, until = getattr(built, "start", None), getattr(built, "until", None)
    if start and until and until < start:
        raise LawError(f"{where}: until {until} is before from {start}")
    return built


def _value(kind: type[Any], name: str, value: Any, hint: Any, *, where: str) -> Any:
    if name == "terms":
        return {regime: _build(Term, term, where=f"{where}.{regime}") for regime, term in value.items()}
    if name in _PARTS and issubclass(kind, (Instrument, Law)):
        if isinstance(value, Mapping):
            return _build(_PARTS[name], value, where=where)
        return tuple(_build(_PARTS[name], part, where=where) for part in value)
    if date in get_args(hint) and (not isinstance(value, date) or isinstance(value, datetime)):
        raise LawError(f"{where}: {value!r} is no date")
    if hint is str and not isinstance(value, str):
        raise LawError(f"{where}: {value!r} is no text; quote it")
    if hint is bool and not isinstance(value, bool):
        raise LawError(f"{where}: {value!r} is neither true nor false")
    if isinstance(value, list):
        if not all(isinstance(item, str) for item in value):
            raise LawError(f"{where}: every item must be text; quote it")
        return tuple(value)
    allowed = get_args(hint)
    if allowed and all(isinstance(choice, str) for choice in allowed) and value not in allowed:
        raise LawError(f"{where}: {value!r} is none of {', '.join(filter(None, allowed))}")
    return value


_HINTS: dict[type[Any], dict[str, Any]] = {}


def _hints(kind: type[Any]) -> dict[str, Any]:
    if kind not in _HINTS:
        known = get_type_hints(kind)
        _HINTS[kind] = {field.name: known[field.name] for field in dataclasses.fields(kind)}
    return _HINTS[kind]
