"""The list of any kind of record that stands by itself: its name, what tells it apart, what refers to it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from ropa.records.errors import NotFoundError
from ropa.records.kinds import KINDS, MOMENTS
from ropa.records.references import references
from ropa.records.values import Fields
from ropa.rules.moment import read_moment
from ropa.services.browsing.browse import Browse, Item, worst_of_subjects
from ropa.services.browsing.detail_record import field_words
from ropa.services.browsing.search import fold
from ropa.services.subjects import record_title
from ropa.services.wording import counted, short_day
from ropa.services.workspace import View

_SHOWN = {
    "system": ("operator", "hosting"),
    "document": ("type", "about", "date", "review", "expires"),
    "agreement": ("party", "type", "signed", "expires"),
    "data_category": ("special", "examples"),
    "subject_category": ("vulnerable", "note"),
    "announcement": ("vendor", "kind", "received", "effective", "object_by", "decision"),
    "breach": ("discovered", "risk", "people", "closed"),
    "acknowledgement": ("until", "who", "reason"),
}


def records_list(view: View, kind: str) -> Browse:
    """The list of one kind. Raises NotFoundError for a kind that there is not. Call it off the event loop."""
    if kind not in KINDS:
        raise NotFoundError(f"there is no list of {kind!r}")
    known = KINDS[kind]
    fields = known.fields.model_fields
    shown = [name for name in _SHOWN.get(kind, tuple(fields)[6:8]) if name in fields]
    headings = ("Name", *(str(fields[name].title) for name in shown), "Used by")
    items = tuple(_items(view, kind, shown))
    empty = f"Nothing of this kind is recorded yet. n adds the first: {_first_line(known.fields)}"
    return Browse(kind, known.title, headings, items, empty)


def _items(view: View, kind: str, shown: list[str]) -> Iterator[Item]:
    used = Counter(
        key
        for name, other in KINDS.items()
        if kind in (*other.refs.values(), *other.lists.values()) or other.nodes
        for record in view.register.of_kind(name).values()
        for _, target, key in references(other, record)
        if target == kind
    )
    worst = worst_of_subjects(view)
    for key, record in view.register.of_kind(kind).items():
        uses = counted(used[key], "record") if used[key] else "–"
        cells = (record_title(view, record), *(_cell(view, record, name) for name in shown), uses)
        yield Item(f"{kind}/{key}", worst.get(f"{kind}/{key}", ""), cells, (), fold("\n".join((key, *cells))))


def _cell(view: View, record: Fields, name: str) -> str:
    """What a field holds, dates in their short form and in UTC; `–` where it holds nothing."""
    value = getattr(record, name)
    if name in MOMENTS and value:
        moment = read_moment(value).astimezone(dt.UTC)
        return f"{short_day(moment.date())} {moment:%H:%M}"
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return short_day(value)
    return field_words(view, record, name) or "–"


def _first_line(fields: type[Fields]) -> str:
    return (fields.__doc__ or "").strip().split("\n")[0]
