"""Reading a register out of the database, as one snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from ropa.records.errors import StoreError
from ropa.records.kinds import KINDS, Kind
from ropa.records.register import Register
from ropa.records.tables import LINKS, table
from ropa.records.values import Fields
from ropa.store import history
from ropa.store.rows import Lists, reader_of

_NO_LISTS: Lists = {}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A register, and the version of each of its records at that moment, by (kind, key).

    `newest` is the number of the newest entry of its history, 0 where it has none.
    """

    register: Register
    versions: dict[tuple[str, str], int]
    newest: int = 0


def organisations(connection: Connection) -> dict[str, str]:
    """The names of the organisations in the database, by key, in the order in which they were added."""
    rows = table("organisation").columns
    found = connection.execute(select(rows.key, rows.name).order_by(rows.id))
    return {row.key: row.name for row in found}


def snapshot(connection: Connection, organisation: str) -> Snapshot | None:
    """The whole register of an organisation, or None where there is none of that key.

    Raises StoreError for a value that no field can hold.
    """
    sections: dict[str, Any] = {}
    versions: dict[tuple[str, str], int] = {}
    links = _links(connection, organisation)
    for kind in KINDS.values():
        records = {}
        for record, version in _records(connection, organisation, kind, links):
            versions[kind.name, record.key] = version
            records[record.key] = record
        sections[kind.section] = records
    owner = sections.pop("organisation")
    if not owner:
        return None
    newest = history.newest(connection, organisation)
    return Snapshot(Register(organisation=owner[organisation], **sections), versions, newest)


def one(connection: Connection, organisation: str, kind: str, key: str) -> tuple[Fields, int] | None:
    """One record and its version, or None where there is none. Raises StoreError as `snapshot` does."""
    links = _links(connection, organisation, kind, key)
    return next(_records(connection, organisation, KINDS[kind], links, key), None)


def keys(connection: Connection, organisation: str, kind: str) -> frozenset[str]:
    """The keys of the records of a kind."""
    columns = table(kind).columns
    return frozenset(connection.execute(select(columns.key).where(columns.organisation == organisation)).scalars())


def _records(
    connection: Connection, organisation: str, kind: Kind, links: Mapping[tuple[str, str], Lists], key: str = ""
) -> Iterator[tuple[Fields, int]]:
    """The records of a kind, or the one of a key, each with its version, in the order in which they were added."""
    columns = table(kind.name)
    query = select(columns).where(columns.c.organisation == organisation).order_by(columns.c.id)
    if key:
        query = query.where(columns.c.key == key)
    names = tuple(columns.columns.keys())
    made, key_at, version_at = reader_of(kind, names), names.index("key"), names.index("version")
    try:
        for row in connection.execute(query):
            yield made(row, links.get((kind.name, row[key_at]), _NO_LISTS)), row[version_at]
    except (ValueError, TypeError) as error:  # a value that another program wrote there
        raise StoreError(f"a record under {kind.section} cannot be read: {error}") from error


def _links(
    connection: Connection, organisation: str, kind: str = "", key: str = ""
) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    """The lists of every record, or of the one named, by kind and key."""
    found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    for (owning, name), link in LINKS.items():
        query = (
            select(link.c.owner, link.c.member)
            .where(link.c.organisation == organisation)
            .order_by(link.c.owner, link.c.position)
        )
        if key:
            if owning != kind:
                continue
            query = query.where(link.c.owner == key)
        for owner, member in connection.execute(query):
            lists = found.setdefault((owning, owner), {})
            lists[name] = (*lists.get(name, ()), member)
    return found
