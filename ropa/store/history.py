"""The history: every row that is added, changed or removed leaves an entry in the same transaction.

The entries are written by triggers in the database itself (`triggers`), so no path can forget them, not even a
statement typed into another program. `writer` holds who is writing and why while one of our transactions is open.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, Column, Connection, Index, Integer, String, Table, func, select

from ropa.records.tables import LINKS, METADATA, table
from ropa.store import triggers

PUT_BACK = "the history's triggers were missing or changed, and were put back; changes before this may have no entry"

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
    # What a machine calls its users and files need not be text.
    who, why = (each.encode("utf-8", "backslashreplace").decode("utf-8") for each in (who, why))
    moment = at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    batch = connection.exec_driver_sql("SELECT coalesce(max(batch), 0) + 1 FROM history").scalar_one()
    connection.execute(WRITER.delete())
    connection.execute(WRITER.insert().values(id=1, batch=batch, at=moment, who=who, why=why))
    yield int(batch)
    connection.execute(WRITER.delete())


def mend(connection: Connection) -> None:
    """Put the triggers back where they are missing or were changed, and note that in the history of every register.

    To be called in a transaction that writes.
    """
    if triggers.in_place(connection):
        return
    triggers.install(connection)
    rows = table("organisation").columns
    with signed(connection, "ropa", PUT_BACK, dt.datetime.now(dt.UTC)) as batch:
        signature = connection.execute(select(WRITER.c.at, WRITER.c.who, WRITER.c.why)).mappings().one()
        for organisation in connection.execute(select(rows.key).order_by(rows.id)).scalars().all():
            entry = {"organisation": organisation, "kind": "history", "key": "triggers", "action": "change"}
            connection.execute(HISTORY.insert().values(batch=batch, **signature, **entry))


def newest(connection: Connection, organisation: str) -> int:
    """The number of the newest entry of a register, 0 where it has none."""
    query = select(func.max(HISTORY.c.id)).where(HISTORY.c.organisation == organisation)
    return connection.execute(query).scalar() or 0


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
