"""The register of an organisation as it was kept before a write of its history: that write and all since undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Table, select

from ropa.records.errors import StoreError
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.records.tables import LINKS, table
from ropa.store.history import entries
from ropa.store.rows import record_of

EVERY = -1
"""SQLite's word for "no limit"."""

Rows = dict[object, dict[str, Any]]


def register_before(connection: Connection, organisation: str, batch: int) -> Register | None:
    """The register before a batch of the history; None where the organisation was not there yet.

    Raises StoreError where the history has a gap since then, because its triggers were missing for a while.
    """
    tables = {kind: table(kind) for kind in KINDS} | {link.name: link for link in LINKS.values()}
    rows = {name: _now(connection, each, organisation) for name, each in tables.items()}
    for entry in entries(connection, organisation, limit=EVERY):
        if entry.batch < batch:
            break
        if entry.kind == "history":
            raise StoreError(
                f"what the register of {organisation!r} was before entry {batch} cannot be told: {entry.why}"
            )
        found = rows[entry.kind]
        if entry.after is not None:
            found.pop(_mark(entry.after), None)
        if entry.before is not None:
            found[_mark(entry.before)] = _typed(tables[entry.kind], entry.before)
    return _register(rows, organisation)


def _now(connection: Connection, columns: Table, organisation: str) -> Rows:
    query = select(columns).where(columns.c.organisation == organisation)
    return {_mark(row): row for row in map(dict, connection.execute(query).mappings())}


def _mark(row: Mapping[str, Any]) -> object:
    """What tells a row of a table from the others."""
    return row["id"] if "id" in row else (row["owner"], row["member"])


def _typed(columns: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the history as the table would give it; a column that came later was not recorded."""
    values: dict[str, Any] = {}
    for column in columns.columns:
        value = row.get(column.name)
        if value is not None and isinstance(column.type, Date):
            value = dt.date.fromisoformat(value)
        elif value is not None and isinstance(column.type, Boolean):
            value = bool(value)
        values[column.name] = value
    return values


def _register(rows: Mapping[str, Rows], organisation: str) -> Register | None:
    lists: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    for (kind, name), link in LINKS.items():
        for row in sorted(rows[link.name].values(), key=lambda each: (each["owner"], each["position"])):
            found = lists.setdefault((kind, row["owner"]), {})
            found[name] = (*found.get(name, ()), row["member"])
    sections: dict[str, Any] = {}
    for each in KINDS.values():
        own = sorted(rows[each.name].values(), key=lambda row: int(row["id"]))
        records = (record_of(each, row, lists.get((each.name, row["key"]), {})) for row in own)
        sections[each.section] = {record.key: record for record in records}
    owner = sections.pop("organisation")
    return Register(organisation=owner[organisation], **sections) if organisation in owner else None
