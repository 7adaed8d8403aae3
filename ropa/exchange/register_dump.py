"""Writing a register as the file that it could have been read from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ropa.exchange.register_file import FORMAT, INLINE_TRANSFER, local_key
from ropa.exchange.yaml_write import write_document
from ropa.law.lawbook import LawBook
from ropa.records.kinds import KINDS, PERIODS, PLACES, Kind, children
from ropa.records.register import Register
from ropa.records.values import Fields, Part
from ropa.rules.period import Period


def dump_register(register: Register, header: str = "") -> str:
    """The register as YAML text; `read_register` makes the same register of it."""
    document: dict[str, Any] = {"format": FORMAT}
    inline = {
        transfer.key
        for transfer in register.transfers.values()
        if (engagement := register.engagements.get(transfer.key)) is not None
        and (engagement.party, engagement.activity) == (transfer.importer, transfer.activity)
        and transfer.exporter is None
    }
    for kind in KINDS.values():
        if kind.parent:
            continue
        entries = {
            key: _entry(register, kind, record, inline)
            for key, record in register.of_kind(kind.name).items()
            if not (kind.name == "transfer" and key in inline)
        }
        if kind.name == "organisation":
            owner = register.organisation.key
            document["organisation"] = {"key": owner, **entries[owner]}
        elif entries:
            document[kind.section] = {key: _short(values) for key, values in entries.items()}
    return write_document(document, header)


def _short(values: dict[str, Any]) -> Any:
    """An entry that has a name and nothing else is written as its name."""
    return values["name"] if list(values) == ["name"] else values


def _entry(register: Register, kind: Kind, record: Fields, inline: set[str]) -> dict[str, Any]:
    values = _plain(record, [name for name in kind.order if name not in ("key", kind.parent)])
    if kind.name == "engagement" and record.key in inline:
        transfer = register.transfers[record.key]
        inner = _entry(register, KINDS["transfer"], transfer, inline)
        values[INLINE_TRANSFER] = {name: value for name, value in inner.items() if name not in ("importer", "activity")}
    for child in children(kind.name):
        if items := _children(register, child, record.key, inline):
            values[child.section] = items
    return values


def _children(register: Register, kind: Kind, owner: str, inline: set[str]) -> list[Any]:
    items: list[Any] = []
    taken: dict[str, int] = {}
    for index, record in enumerate(_owned(register, kind, owner)):
        values = _entry(register, kind, record, inline)
        local = record.key.removeprefix(f"{owner}/")
        counted = dict(taken)
        if local_key(kind, values, index, counted) != local:
            values = {"key": local, **values}  # a key that is given is not counted when the file is read
            items.append(values)
            continue
        taken = counted
        if len(kind.stem) == 1 and list(values) == [kind.stem[0]]:
            items.append(values[kind.stem[0]])
            continue
        items.append(values)
    return items


def _owned(register: Register, kind: Kind, owner: str) -> tuple[Fields, ...]:
    group: tuple[Fields, ...] = {
        "lawful_basis": register.lawful_bases_of,
        "condition": register.conditions_of,
        "retention": register.retention_of,
        "engagement": register.engagements_of,
        "flow": register.flows_of,
        "safeguard": register.safeguards_of,
        "notice": register.notices_of,
        "breach_notice": register.breach_notices_of,
    }[kind.name](owner)
    return group


def _plain(record: Fields | Part, names: Iterable[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in names:
        info = type(record).model_fields[name]
        value = getattr(record, name)
        if value is None or (value == info.default and not info.is_required()):
            continue
        values[name] = _value(name, value)
    return values


def _value(name: str, value: Any) -> Any:
    if isinstance(value, Part):
        return _plain(value, type(value).model_fields)
    if isinstance(value, tuple):
        return [_value(name, each) for each in value]
    if name in PLACES:
        return _place(value)
    if name in PERIODS:
        return Period.parse(value).words()
    return value


def _place(code: str) -> str:
    """The country's name where it reads back as the same country, else its code."""
    book = LawBook.in_use()
    name = book.country_name(code)
    return name if book.country(name) == code else code
