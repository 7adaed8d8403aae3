"""What is recorded about some activities and a layout has no column for; nothing is dropped without being named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from ropa.flows.edges import stands
from ropa.records.activity import ActivityFields
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.reports.article_30_layout import LeftOut
from ropa.services.record.fields import template

_TEMPLATES = {
    "ico": {"controller": "ico-controller", "processor": "ico-processor"},
    "cnil": {"controller": "cnil", "processor": "cnil"},
    "cnpd": {"controller": "cnpd", "processor": "cnpd"},
}
_PLUMBING = frozenset(
    ("key", "invented", "activity.name", "activity.role", "activity.since", "lawful_basis.activity",
     "condition.activity", "retention.activity", "engagement.activity", "transfer.activity", "safeguard.transfer")
)  # fmt: skip
"""Fields that say which record it is, or that it stands in the record at all."""
_NAMED = frozenset(("ico", "cnpd"))
"""Layouts without a column for the name of an activity."""
_ALSO: dict[str, dict[str, tuple[str, ...]]] = {
    "ico": {"processor": ("party.name", "party.legal_name", "activity.controllers")},
    "cnil": {
        "controller": ("lawful_basis.basis", "safeguard.suitable"),
        "processor": ("lawful_basis.basis", "safeguard.suitable", "activity.controllers", "activity.processing"),
    },
    "cnpd": {
        "controller": ("safeguard.suitable",),
        "processor": ("safeguard.suitable", "activity.controllers", "activity.processing"),
    },
}
"""Places that a layout has a line for beyond its template."""


def left_out(register: Register, layout: str, activities: Iterable[ActivityFields], on: dt.date) -> tuple[LeftOut, ...]:
    """The recorded fields of these activities, and of what belongs to them, without a place in a layout.

    An engagement that does not run on the date is no part of the record of that date.
    """
    found: dict[str, dict[str, None]] = {}
    for activity in activities:
        role = "processor" if activity.role == "processor" else "controller"
        places = (*template(_TEMPLATES[layout][role]).all_fields,)
        covered = {place for each in places for place in each.places} | set(_ALSO.get(layout, {}).get(role, ()))
        for kind, record in _records(register, activity, on):
            for name in _recorded(record):
                place = f"{kind}.{name}"
                plain = place in _PLUMBING or name in _PLUMBING
                if place == "activity.name" and layout in _NAMED:
                    plain = False
                if not plain and place not in covered and not any(each.startswith(f"{place}.") for each in covered):
                    found.setdefault(place, {})[activity.name] = None
    return tuple(LeftOut(place, _title(place), tuple(names)) for place, names in found.items())


def _title(place: str) -> str:
    kind, _, name = place.partition(".")
    title = KINDS[kind].fields.model_fields[name].title or name.replace("_", " ").capitalize()
    return title if kind == "activity" else f"{title} ({kind.replace('_', ' ')})"


def _recorded(record: Fields) -> Iterator[str]:
    for name, field in type(record).model_fields.items():
        if getattr(record, name) not in (None, (), field.default):
            yield name


def _records(register: Register, activity: ActivityFields, on: dt.date) -> Iterator[tuple[str, Fields]]:
    """The activity and all that belongs to it alone, and the categories that it names."""
    key = activity.key
    yield "activity", activity
    engaged = [each for each in register.engagements_of(key) if stands(each, on)]
    for kind, records in (
        ("lawful_basis", register.lawful_bases_of(key)), ("condition", register.conditions_of(key)),
        ("retention", register.retention_of(key)), ("engagement", engaged),
    ):  # fmt: skip
        for each in records:
            yield kind, each
    for name in activity.data_categories:
        yield "data_category", register.data_categories[name]
    for name in activity.subject_categories:
        yield "subject_category", register.subject_categories[name]
    for transfer in register.transfers.values():
        if transfer.activity == key:
            yield "transfer", transfer
            for safeguard in register.safeguards_of(transfer.key):
                yield "safeguard", safeguard
