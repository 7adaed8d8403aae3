"""Reading a register out of the database, as one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from ropa.records.errors import StoreError
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.records.tables import LINKS, table
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
        columns = table(kind.name)
        query = select(columns).where(columns.c.organisation == organisation).order_by(columns.c.id)
        records = {}
        try:
            names = tuple(columns.columns.keys())
            made, key_at, version_at = reader_of(kind, names), names.index("key"), names.index("version")
            for row in connection.execute(query):
                key = row[key_at]
                versions[kind.name, key] = row[version_at]
                records[key] = made(row, links.get((kind.name, key), _NO_LISTS))
        except (ValueError, TypeError) as error:  # a value that another program wrote there
            raise StoreError(f"a record under {kind.section} cannot be read: {error}") from error
        sections[kind.section] = records
    owner = sections.pop("organisation")
    if not owner:
        return None
    newest = history.newest(connection, organisation)
    return Snapshot(Register(organisation=owner[organisation], **sections), versions, newest)


def _links(connection: Connection, organisation: str) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    for (kind, name), link in LINKS.items():
        query = (
            select(link.c.owner, link.c.member)
            .where(link.c.organisation == organisation)
            .order_by(link.c.owner, link.c.position)
        )
        for owner, member in connection.execute(query):
            lists = found.setdefault((kind, owner), {})
            lists[name] = (*lists.get(name, ()), member)
    return found
