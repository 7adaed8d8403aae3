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
    """(Re)make the triggers for the tables as they are now; run after every migration.

    They write the entries, raise the version of what another program changes, and refuse what would leave no trace:
    a change of the history, and REPLACE, which removes a row without telling any trigger.
    """
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'history!_%' ESCAPE '!'"
    ).scalars()
    for name in list(names):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for kind in TABLES:
        table = METADATA.tables[kind]
        raised = f"UPDATE {kind} SET version = OLD.version + 1 WHERE id = NEW.id AND NEW.version <= OLD.version;"  # noqa: S608
        _install_for(connection, table, "key", {"UPDATE": raised})
        _refuse_replacing(connection, table, ("organisation", "key"), "id = NEW.id OR ")
    for (kind, _), table in LINKS.items():
        _install_for(
            connection, table, "owner", {event: _touch(kind, event) for event in ("INSERT", "UPDATE", "DELETE")}
        )
        _refuse_replacing(connection, table, ("organisation", "owner", "member"))
    connection.exec_driver_sql(
        "CREATE TRIGGER history_kept_insert BEFORE INSERT ON history "
        "WHEN EXISTS (SELECT 1 FROM history WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END"
    )
    for event in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER history_kept_{event.lower()} BEFORE {event} ON history "
            "BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END"
        )


def _touch(owner: str, event: str) -> str:
    """Raise the version of a list's owner where another program changes the list; our own writes have done so."""
    side = "OLD" if event == "DELETE" else "NEW"
    return (
        f"UPDATE {owner} SET version = version + 1 WHERE organisation = {side}.organisation "  # noqa: S608
        f"AND key = {side}.owner AND NOT EXISTS (SELECT 1 FROM writer);"
    )


def _refuse_replacing(connection: Connection, table: Table, unique: tuple[str, ...], also: str = "") -> None:
    same = " AND ".join(f"{column} = NEW.{column}" for column in unique)
    moved = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in unique)
    taken = f"EXISTS (SELECT 1 FROM {table.name} WHERE {also}({same}))"  # noqa: S608
    # A change of the id alone is a move as well: it could push out the row that has that id.
    other = f"EXISTS (SELECT 1 FROM {table.name} WHERE id <> OLD.id AND (id = NEW.id OR ({same})))" if also else taken  # noqa: S608
    when = f"({moved} OR OLD.id <> NEW.id) AND {other}" if also else f"({moved}) AND {other}"
    refuse = "BEGIN SELECT RAISE(ABORT, 'there is a record of this key already'); END"
    for event, condition in (("INSERT", taken), ("UPDATE", when)):
        connection.exec_driver_sql(
            f"CREATE TRIGGER history_{table.name}_kept_{event.lower()} BEFORE {event} ON {table.name} "
            f"WHEN {condition} {refuse}"
        )


def _install_for(connection: Connection, table: Table, key: str, then: dict[str, str]) -> None:
    for event, action, sides in (
        ("INSERT", "add", ("NULL", "NEW")),
        ("UPDATE", "change", ("OLD", "NEW")),
        ("DELETE", "remove", ("OLD", "NULL")),
    ):
        alive = "OLD" if event == "DELETE" else "NEW"
        before, after = (_as_json(table, side, raised=event == "UPDATE" and side == "NEW") for side in sides)
        # Every part of the statement is a name or word of this program; none comes from a user.
        connection.exec_driver_sql(
            f"CREATE TRIGGER history_{table.name}_{action} AFTER {event} ON {table.name} BEGIN "  # noqa: S608
            "INSERT INTO history (batch, at, who, why, organisation, kind, key, action, before, after) VALUES ("
            "coalesce((SELECT batch FROM writer), (SELECT coalesce(max(batch), 0) + 1 FROM history)), "
            "coalesce((SELECT at FROM writer), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), "
            f"coalesce((SELECT who FROM writer), '{OUTSIDE}'), "
            "coalesce((SELECT why FROM writer), ''), "
            f"{alive}.organisation, '{table.name}', {alive}.{key}, '{action}', {before}, {after}); "
            f"{then.get(event, '')} END"
        )


def _as_json(table: Table, side: str, *, raised: bool = False) -> str:
    """The row as a JSON object; `raised`: with the version that it will have in the end."""
    if side == "NULL":
        return "NULL"
    pairs = []
    for column in table.columns:
        value = f'{side}."{column.name}"'
        if raised and column.name == "version":
            value = "max(NEW.version, OLD.version + 1)"
        pairs.append(f"'{column.name}', " + (f"json({value})" if isinstance(column.type, JSON) else value))
    return f"json_object({', '.join(pairs)})"
