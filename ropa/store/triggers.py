"""The triggers that write the history: what they say, and putting back those that are gone or were changed.

They write the entries, raise the version of what another program changes, and refuse what would leave no trace:
a change of the history, and REPLACE, which removes a row without telling any trigger.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sqlalchemy import Connection, Table
from sqlalchemy.types import JSON

from ropa.records.tables import LINKS, METADATA, TABLES

OUTSIDE = "unknown, outside ropa"

_OURS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'history!_%' ESCAPE '!'"


def install(connection: Connection) -> None:
    """(Re)make the triggers for the tables as they are now."""
    for name in _installed(connection):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for statement in _wanted().values():
        connection.exec_driver_sql(statement)


def in_place(connection: Connection) -> bool:
    """Whether the database has the triggers of this program, to the letter, and no others of their names."""
    return _installed(connection) == _wanted()


def _installed(connection: Connection) -> dict[str, str]:
    return {row.name: row.sql for row in connection.exec_driver_sql(_OURS)}


@cache
def _wanted() -> dict[str, str]:
    """The statements that make the triggers, by name. SQLite keeps each as it was written.

    Every part of them is a name or a word of this program; none comes from a user.
    """
    return {f"history_{name}": f"CREATE TRIGGER history_{name} {rest}" for name, rest in _triggers()}


def _triggers() -> Iterator[tuple[str, str]]:
    for kind in TABLES:
        table = METADATA.tables[kind]
        raised = f"UPDATE {kind} SET version = OLD.version + 1 WHERE id = NEW.id AND NEW.version <= OLD.version;"  # noqa: S608
        yield from _entries(table, "key", {"UPDATE": raised})
        yield from _no_replacing(table, ("organisation", "key"), "id = NEW.id OR ")
    for (kind, _), table in LINKS.items():
        yield from _entries(table, "owner", {event: _touch(kind, event) for event in ("INSERT", "UPDATE", "DELETE")})
        yield from _no_replacing(table, ("organisation", "owner", "member"))
    refuse = "BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END"
    taken = "WHEN EXISTS (SELECT 1 FROM history WHERE id = NEW.id)"
    yield "kept_insert", f"BEFORE INSERT ON history {taken} {refuse}"
    for event in ("UPDATE", "DELETE"):
        yield f"kept_{event.lower()}", f"BEFORE {event} ON history {refuse}"


def _touch(owner: str, event: str) -> str:
    """Raise the version of a list's owner where another program changes the list; our own writes have done so."""
    side = "OLD" if event == "DELETE" else "NEW"
    return (
        f"UPDATE {owner} SET version = version + 1 WHERE organisation = {side}.organisation "  # noqa: S608
        f"AND key = {side}.owner AND NOT EXISTS (SELECT 1 FROM writer);"
    )


def _no_replacing(table: Table, unique: tuple[str, ...], also: str = "") -> Iterator[tuple[str, str]]:
    same = " AND ".join(f"{column} = NEW.{column}" for column in unique)
    moved = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in unique)
    taken = f"EXISTS (SELECT 1 FROM {table.name} WHERE {also}({same}))"  # noqa: S608
    # A change of the id alone is a move as well: it could push out the row that has that id.
    other = f"EXISTS (SELECT 1 FROM {table.name} WHERE id <> OLD.id AND (id = NEW.id OR ({same})))" if also else taken  # noqa: S608
    when = f"({moved} OR OLD.id <> NEW.id) AND {other}" if also else f"({moved}) AND {other}"
    refuse = "BEGIN SELECT RAISE(ABORT, 'there is a record of this key already'); END"
    for event, condition in (("INSERT", taken), ("UPDATE", when)):
        yield f"{table.name}_kept_{event.lower()}", f"BEFORE {event} ON {table.name} WHEN {condition} {refuse}"


def _entries(table: Table, key: str, then: dict[str, str]) -> Iterator[tuple[str, str]]:
    for event, action, sides in (
        ("INSERT", "add", ("NULL", "NEW")),
        ("UPDATE", "change", ("OLD", "NEW")),
        ("DELETE", "remove", ("OLD", "NULL")),
    ):
        alive = "OLD" if event == "DELETE" else "NEW"
        before, after = (_as_json(table, side, raised=event == "UPDATE" and side == "NEW") for side in sides)
        yield (
            f"{table.name}_{action}",
            f"AFTER {event} ON {table.name} BEGIN "  # noqa: S608
            "INSERT INTO history (batch, at, who, why, organisation, kind, key, action, before, after) VALUES ("
            "coalesce((SELECT batch FROM writer), (SELECT coalesce(max(batch), 0) + 1 FROM history)), "
            "coalesce((SELECT at FROM writer), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), "
            f"coalesce((SELECT who FROM writer), '{OUTSIDE}'), "
            "coalesce((SELECT why FROM writer), ''), "
            f"{alive}.organisation, '{table.name}', {alive}.{key}, '{action}', {before}, {after}); "
            f"{then.get(event, '')} END",
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
