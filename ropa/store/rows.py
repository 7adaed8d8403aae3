"""Between a record and its row: the only place that knows how fields are laid out in columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.types import JSON

from ropa.records.kinds import Kind
from ropa.records.tables import node_columns, table
from ropa.records.values import Fields


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


def record_of(kind: Kind, row: Mapping[str, Any], lists: Mapping[str, tuple[str, ...]]) -> Fields:
    """The record of a row. What the database holds was validated on its way in and is not validated again."""
    values: dict[str, Any] = {}
    for name in kind.fields.model_fields:
        if name in kind.lists:
            values[name] = lists.get(name, ())
        elif name in kind.nodes:
            values[name] = _node_of(name, row)
        else:
            values[name] = row[name]
    for name, adapter in _json_fields(kind).items():
        value = values[name]
        if isinstance(value, dict):
            values[name] = adapter.validate_python(value)
        elif value is not None:
            values[name] = tuple(value)
    return kind.fields.model_construct(**values)


def _node_values(name: str, node: str) -> dict[str, str | None]:
    word, _, key = node.partition("/")
    return {column: key if word == each else None for each, column in node_columns(name).items()}


def _node_of(name: str, row: Mapping[str, Any]) -> str:
    for word, column in node_columns(name).items():
        if row[column] is not None:
            return f"{word}/{row[column]}"
    return "organisation"


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
