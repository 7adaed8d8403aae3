"""The SQLModel tables, one for each kind, made from the same declarations as everything else.

A table class inherits its kind's validated fields and adds what only the database needs: an id, the
organisation it belongs to and a version. References are composite foreign keys on (organisation, key), so
that a record can never point into another organisation's register, and no id has to leave the store. Lists
of references have a link table each.
"""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, MetaData, Table, UniqueConstraint
from sqlmodel import Field, Integer, SQLModel, String
from sqlmodel._compat import SQLModelConfig

from ropa.records.kinds import KINDS, NODE_KINDS, Kind

NAMING = {
    "ix": "ix_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

METADATA = MetaData(naming_convention=NAMING)


class Row(SQLModel):
    """What the database adds to a record."""

    model_config = SQLModelConfig(frozen=False)
    metadata: ClassVar[MetaData] = METADATA

    id: int | None = Field(default=None, primary_key=True)
    organisation: str = Field(sa_type=String, title="Organisation")
    version: int = Field(default=1, sa_type=Integer, title="Version")


def link_name(kind: Kind, name: str) -> str:
    """The name of the table that holds one list of references."""
    return f"{kind.name}__{name}"


def node_columns(name: str) -> dict[str, str]:
    """The columns that a node reference is kept in, by the word that stands before its slash."""
    return {word: f"{name}_{word}" for word in NODE_KINDS}


def _words(annotation: Any) -> tuple[Any, ...]:
    """The words that a field allows, None aside: of `Literal[...]` or `Literal[...] | None`, not of a list."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if get_origin(annotation) is Annotated:
        return _words(get_args(annotation)[0])
    if get_origin(annotation) in (UnionType, Union):
        return tuple(word for argument in get_args(annotation) for word in _words(argument))
    return ()


def _quoted(word: object) -> str:
    return str(word) if isinstance(word, int) else "'" + str(word).replace("'", "''") + "'"


def _reference(columns: list[str], target: str, *, owned: bool) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["organisation", *columns],
        [f"{target}.organisation", f"{target}.key"],
        onupdate="CASCADE",
        ondelete="CASCADE" if owned else "NO ACTION",
        deferrable=True,
        initially="DEFERRED",
    )


def _constraints(kind: Kind) -> list[Any]:
    found: list[Any] = [
        CheckConstraint("length(key) > 0", name="key_given"),
        CheckConstraint("version >= 1", name="version_positive"),
        CheckConstraint("invented IN (0, 1)", name="invented_truth"),
    ]
    if kind.name == "organisation":
        found += [UniqueConstraint("key"), CheckConstraint("organisation = key", name="own_register")]
    else:
        found.append(UniqueConstraint("organisation", "key"))
        found.append(
            ForeignKeyConstraint(["organisation"], ["organisation.key"], onupdate="CASCADE", ondelete="CASCADE")
        )
    for name, target in kind.refs.items():
        found.append(_reference([name], target, owned=target == kind.parent))
    for name in kind.nodes:
        columns = node_columns(name)
        for word, column in columns.items():
            found.append(_reference([column], NODE_KINDS[word], owned=False))
        given = " + ".join(f"({column} IS NOT NULL)" for column in columns.values())
        found.append(CheckConstraint(f"{given} <= 1", name=f"{name}_one_node"))
    for name, info in kind.fields.model_fields.items():
        if words := _words(info.annotation):
            allowed = ", ".join(_quoted(word) for word in words)
            found.append(CheckConstraint(f"{name} IN ({allowed})", name=f"{name}_word"))
        elif info.is_required() and name != "key" and name not in kind.nodes:
            found.append(CheckConstraint(f"length({name}) > 0", name=f"{name}_given"))
    return found


def _table(kind: Kind) -> type[SQLModel]:
    """The table class of a kind: its fields, less the lists that have link tables, plus `Row`."""
    outside = (*kind.lists, *kind.nodes)
    body: dict[str, Any] = {
        "__module__": __name__,
        "__doc__": f"Table of {kind.title.lower()}.",
        "__tablename__": kind.name,
        "__table_args__": tuple(_constraints(kind)),
        "__annotations__": {
            "model_config": ClassVar[SQLModelConfig],
            **dict.fromkeys(outside, ClassVar[Any]),
            **{column: str | None for name in kind.nodes for column in node_columns(name).values()},
        },
        "model_config": SQLModelConfig(frozen=False),
        **dict.fromkeys(outside, None),
        **{
            column: Field(default=None, sa_type=String) for name in kind.nodes for column in node_columns(name).values()
        },
    }
    name = "".join(part.title() for part in kind.name.split("_"))
    meta: Any = type(SQLModel)
    made: type[SQLModel] = meta(name, (kind.fields, Row), body, table=True)
    return made


def _link(kind: Kind, name: str, target: str) -> Table:
    return Table(
        link_name(kind, name),
        METADATA,
        Column("organisation", String, nullable=False, primary_key=True),
        Column("owner", String, nullable=False, primary_key=True),
        Column("member", String, nullable=False, primary_key=True),
        Column("position", Integer, nullable=False),
        ForeignKeyConstraint(
            ["organisation", "owner"],
            [f"{kind.name}.organisation", f"{kind.name}.key"],
            onupdate="CASCADE",
            ondelete="CASCADE",
            deferrable=True,
            initially="DEFERRED",
        ),
        _reference(["member"], target, owned=False),
        CheckConstraint("position >= 0", name="position_counts"),
        sqlite_with_rowid=False,
    )


TABLES: dict[str, type[SQLModel]] = {kind.name: _table(kind) for kind in KINDS.values()}
"""The table class of each kind, by the kind's name."""

LINKS: dict[tuple[str, str], Table] = {
    (kind.name, name): _link(kind, name, target) for kind in KINDS.values() for name, target in kind.lists.items()
}
"""The link table of each list of references, by kind and field."""


def table(kind: str) -> Table:
    """The database table of a kind."""
    found: Table = METADATA.tables[kind]
    return found
