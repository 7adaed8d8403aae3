"""Where each field of Article 30 and of regulators' templates stands in the register, as data.

The table is `record_fields.yaml`; `docs/record-fields.md` shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from ropa.services.editing.fields import Field, form


@dataclass(frozen=True, slots=True)
class RecordField:
    """One field of a template by its published heading.

    `places` are where it is recorded, as kind.field or kind.field.part, `derived` how it follows from what is recorded
    elsewhere; at least one of them is there.
    """

    heading: str
    places: tuple[str, ...] = ()
    derived: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """What one law or regulator asks for: `head` once for each record, `fields` for each activity, in their order."""

    id: str
    title: str
    source: str
    fields: tuple[RecordField, ...]
    head: tuple[RecordField, ...] = ()

    @property
    def all_fields(self) -> tuple[RecordField, ...]:
        """The head's fields, then those of each activity."""
        return (*self.head, *self.fields)


@cache
def templates() -> tuple[Template, ...]:
    """Every template, in the order of the table."""
    text = resources.files("ropa.services.record").joinpath("record_fields.yaml").read_text("utf-8")
    return tuple(
        Template(each["template"], each["title"], each["source"], _fields(each, "fields"), _fields(each, "head"))
        for each in yaml.safe_load(text)
    )


def template(id_: str) -> Template:
    """A template by its id: article-30-1, article-30-2, ico-controller ... Raises KeyError for an unknown one."""
    return {each.id: each for each in templates()}[id_]


def places() -> tuple[str, ...]:
    """Every place that a template's field stands in, each once."""
    return tuple(dict.fromkeys(place for each in templates() for field in each.all_fields for place in field.places))


def field_at(place: str) -> Field:
    """The declaration of the field at a place. Raises KeyError where there is none."""
    kind, _, name = place.partition(".")
    return form(kind).field(name)


def _fields(entry: dict[str, Any], name: str) -> tuple[RecordField, ...]:
    return tuple(_field(each) for each in entry.get(name, ()))


def _field(each: dict[str, Any]) -> RecordField:
    return RecordField(each["field"], tuple(each.get("in", ())), each.get("derived", ""))
