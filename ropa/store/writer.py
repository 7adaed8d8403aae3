"""Writing records: the only module that adds, changes or removes rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, tuple_, update

from ropa.records.errors import StaleRecordError
from ropa.records.kinds import KINDS, Kind
from ropa.records.tables import LINKS, table
from ropa.records.values import Fields
from ropa.store.rows import values_of


@dataclass(frozen=True, slots=True)
class Put:
    """Add a record, or change the one of its key.

    `version` is the version that the change was made from: None adds, and fails where the key is taken.
    """

    kind: str
    record: Fields
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove a record, together with the records that are written inside it."""

    kind: str
    key: str
    version: int


def write(connection: Connection, organisation: str, writes: Iterable[Put | Remove]) -> None:
    """Carry out writes in order.

    Raises StaleRecordError where a record has another version than the write was made from: somebody else changed
    or removed it. References are checked when the transaction ends.
    """
    adding: dict[str, list[Fields]] = {}
    for item in writes:
        kind = KINDS[item.kind]
        if isinstance(item, Remove):
            _remove(connection, organisation, kind, item)
        elif item.version is None:
            adding.setdefault(kind.name, []).append(item.record)
        else:
            _change(connection, organisation, kind, item.record, item.version)
    for name, records in adding.items():
        _add(connection, organisation, KINDS[name], records)


def _add(connection: Connection, organisation: str, kind: Kind, records: list[Fields]) -> None:
    rows = [{**values_of(kind, record), "organisation": organisation, "version": 1} for record in records]
    _refuse_taken(connection, organisation, kind, [record.key for record in records])
    connection.execute(table(kind.name).insert(), rows)
    for name in kind.lists:
        members = [row for record in records for row in _link_rows(organisation, record, name)]
        if members:
            connection.execute(LINKS[kind.name, name].insert(), members)


def _refuse_taken(connection: Connection, organisation: str, kind: Kind, keys: list[str]) -> None:
    rows = table(kind.name).columns
    for start in range(0, len(keys), 500):
        wanted = [(organisation, key) for key in keys[start : start + 500]]
        query = select(rows.key).where(tuple_(rows.organisation, rows.key).in_(wanted))
        if taken := connection.execute(query).scalars().first():
            raise StaleRecordError(kind.name, taken, "it was added by somebody else meanwhile")


def _change(connection: Connection, organisation: str, kind: Kind, record: Fields, version: int) -> None:
    columns = table(kind.name)
    statement = (
        update(columns)
        .where(columns.c.organisation == organisation, columns.c.key == record.key, columns.c.version == version)
        .values(**values_of(kind, record), version=version + 1)
    )
    if connection.execute(statement).rowcount != 1:
        raise StaleRecordError(kind.name, record.key, "it was changed or removed by somebody else meanwhile")
    for name in kind.lists:
        _relink(connection, organisation, kind, record, name)


def _relink(connection: Connection, organisation: str, kind: Kind, record: Fields, name: str) -> None:
    link = LINKS[kind.name, name]
    mine = (link.c.organisation == organisation) & (link.c.owner == record.key)
    query = select(link.c.member).where(mine).order_by(link.c.position)
    if tuple(connection.execute(query).scalars()) == getattr(record, name):
        return
    connection.execute(link.delete().where(mine))
    if rows := _link_rows(organisation, record, name):
        connection.execute(link.insert(), rows)


def _link_rows(organisation: str, record: Fields, name: str) -> list[dict[str, Any]]:
    return [
        {"organisation": organisation, "owner": record.key, "member": member, "position": position}
        for position, member in enumerate(getattr(record, name))
    ]


def _remove(connection: Connection, organisation: str, kind: Kind, item: Remove) -> None:
    columns = table(kind.name)
    statement = columns.delete().where(
        columns.c.organisation == organisation, columns.c.key == item.key, columns.c.version == item.version
    )
    if connection.execute(statement).rowcount != 1:
        raise StaleRecordError(kind.name, item.key, "it was changed or removed by somebody else meanwhile")
