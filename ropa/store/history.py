"""The history: every row that is added, changed or removed leaves an entry in the same transaction.

The entries are written by triggers in the database itself, so no path can forget them, not even a statement
typed into another program. `writer` holds who is writing and why while one of our transactions is open.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, Column, Connection, Index, Integer, String, Table, select
from sqlalchemy.types import JSON

from ropa.records.tables import LINKS, METADATA, TABLES

OUTSIDE = "unknown, outside ropa"

HISTORY = Table(
    "history",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("batch", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("why", String, nullable=False),
    Column("organisation", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),
    Column("action", String, nullable=False),
    Column("before", String),
    Column("after", String),
    CheckConstraint("action IN ('add', 'change', 'remove')", name="action_word"),
    Index("ix_history_subject", "organisation", "kind", "key"),
)

WRITER = Table(
    "writer",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1", name="only_one"), primary_key=True),
    Column("batch", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("why", String, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row's change. `kind` is the table; `kind__field` is a link between two records."""

    id: int
    batch: int
    at: str
    who: str
    why: str
    organisation: str
    kind: str
    key: str
    action: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@contextmanager
def signed(connection: Connection, who: str, why: str, at: dt.datetime) -> Iterator[int]:
    """Sign all that is written inside with who, why and when (UTC). Yields the number of the batch."""
    moment = at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    batch = connection.exec_driver_sql("SELECT coalesce(max(batch), 0) + 1 FROM history").scalar_one()
    connection.execute(WRITER.delete())
    connection.execute(WRITER.insert().values(id=1, batch=batch, at=moment, who=who, why=why))
    yield int(batch)
    connection.execute(WRITER.delete())


def entries(connection: Connection, organisation: str, kind: str = "", key: str = "", limit: int = 200) -> list[Entry]:
    """The newest entries of a register, newest first; of one kind or one record if named."""
    query = select(HISTORY).where(HISTORY.c.organisation == organisation)
    if kind:
        query = query.where(HISTORY.c.kind.in_([kind, *(t.name for (k, _), t in LINKS.items() if k == kind)]))
    if key:
        query = query.where(HISTORY.c.key == key)
    rows = connection.execute(query.order_by(HISTORY.c.id.desc()).limit(limit))
    return [
        Entry(**{**row._mapping, "before": _loaded(row.before), "after": _loaded(row.after)})  # noqa: SLF001 public in SQLAlchemy
        for row in rows
    ]


def _loaded(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)


def install(connection: Connection) -> None:
    """(Re)make the triggers for the tables as they are now; run after every migration."""
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'history!_%' ESCAPE '!'"
    ).scalars()
    for name in list(names):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for kind in TABLES:
        _install_for(connection, METADATA.tables[kind], "key")
    for table in LINKS.values():
        _install_for(connection, table, "owner")
    for event in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER history_kept_{event.lower()} BEFORE {event} ON history "
            "BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END"
        )


def _install_for(connection: Connection, table: Table, key: str) -> None:
    for event, action, sides in (
        ("INSERT", "add", ("NULL", "NEW")),
        ("UPDATE", "change", ("OLD", "NEW")),
        ("DELETE", "remove", ("OLD", "NULL")),
    ):
        alive = "OLD" if event == "DELETE" else "NEW"
        before, after = (_as_json(table, side) for side in sides)
        # Every part of the statement is a name or word of this program; none comes from a user.
        connection.exec_driver_sql(
            f"CREATE TRIGGER history_{table.name}_{action} AFTER {event} ON {table.name} BEGIN "  # noqa: S608
            "INSERT INTO history (batch, at, who, why, organisation, kind, key, action, before, after) VALUES ("
            "coalesce((SELECT batch FROM writer), (SELECT coalesce(max(batch), 0) + 1 FROM history)), "
            "coalesce((SELECT at FROM writer), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), "
            f"coalesce((SELECT who FROM writer), '{OUTSIDE}'), "
            "coalesce((SELECT why FROM writer), ''), "
            f"{alive}.organisation, '{table.name}', {alive}.{key}, '{action}', {before}, {after}); END"
        )


def _as_json(table: Table, side: str) -> str:
    if side == "NULL":
        return "NULL"
    pairs = []
    for column in table.columns:
        value = f'{side}."{column.name}"'
        pairs.append(f"'{column.name}', " + (f"json({value})" if isinstance(column.type, JSON) else value))
    return f"json_object({', '.join(pairs)})"
