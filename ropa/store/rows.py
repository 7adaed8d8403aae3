"""Between a record and its row: the only place that knows how fields are laid out in columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.types import JSON

from ropa.records.kinds import Kind
from ropa.records.tables import node_columns, table
from ropa.records.values import Fields

Row = Sequence[Any]
Lists = Mapping[str, tuple[str, ...]]
_OWN = "organisation"


def values_of(kind: Kind, record: Fields) -> dict[str, Any]:
    """The column values of a record, without id, organisation and version; lists of references left out."""
    nested = record.model_dump(mode="json", include=set(_json_fields(kind)))
    values: dict[str, Any] = {}
    for name in kind.fields.model_fields:
        if name in kind.lists:
            continue
        if name in kind.nodes:
            values.update(_node_values(name, getattr(record, name)))
        else:
            values[name] = nested[name] if name in nested else getattr(record, name)
    return values


def record_of(kind: Kind, row: Mapping[str, Any], lists: Lists) -> Fields:
    """The record of one row by the names of its columns; for many rows, see `reader_of`."""
    return reader_of(kind, tuple(row))(tuple(row.values()), lists)


@cache
def reader_of(kind: Kind, columns: tuple[str, ...]) -> Callable[[Row, Lists], Fields]:
    """What makes the record of a row that has these columns in this order, and the lists of references beside it.

    What the database holds was validated on its way in and is not validated again: the record is put together as
    `model_construct` would do it, with all that can be known of a kind beforehand worked out once.
    """
    place = {name: number for number, name in enumerate(columns)}
    fields = kind.fields
    adapters = _json_fields(kind)
    plain = [(name, place[name]) for name in fields.model_fields if name in place and name not in adapters]
    parts = [(name, place[name], adapter) for name, adapter in adapters.items()]
    nodes = [(name, [(word, place[column]) for word, column in node_columns(name).items()]) for name in kind.nodes]
    order, lists, given = tuple(fields.model_fields), tuple(kind.lists), set(fields.model_fields)

    def record(row: Row, found: Lists) -> Fields:
        values: dict[str, Any] = {name: row[number] for name, number in plain}
        for name in lists:
            values[name] = found.get(name, ())
        for name, number, adapter in parts:
            value = row[number]
            if isinstance(value, dict):
                value = adapter.validate_python(value)
            elif value is not None:
                value = tuple(value)
            values[name] = value
        for name, ends in nodes:
            values[name] = next((f"{word}/{row[number]}" for word, number in ends if row[number] is not None), _OWN)
        made: Fields = fields.__new__(fields)
        for name, value in (
            ("__dict__", {name: values[name] for name in order}),
            ("__pydantic_fields_set__", given),  # one set for all of a kind: records are frozen
            ("__pydantic_extra__", None),
            ("__pydantic_private__", None),
        ):
            object.__setattr__(made, name, value)
        return made

    return record


def _node_values(name: str, node: str) -> dict[str, str | None]:
    word, _, key = node.partition("/")
    return {column: key if word == each else None for each, column in node_columns(name).items()}


@cache
def _json_adapters(kind: str, fields: type[Fields]) -> dict[str, TypeAdapter[Any]]:
    columns = table(kind).columns
    return {
        name: _adapter(info.annotation)
        for name, info in fields.model_fields.items()
        if name in columns and isinstance(columns[name].type, JSON)
    }


def _json_fields(kind: Kind) -> dict[str, TypeAdapter[Any]]:
    return _json_adapters(kind.name, kind.fields)


def _adapter(annotation: Any) -> TypeAdapter[Any]:
    return TypeAdapter(annotation)
