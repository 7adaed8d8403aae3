"""Any record in words, from the declaration of its fields: no kind is without a detail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Set

from ropa.law.lawbook import LawBook
from ropa.records.kinds import KINDS, MOMENTS, PERIODS, PLACES, children
from ropa.records.references import referrers
from ropa.records.values import Fields, LawId, Part
from ropa.rules.moment import moment_words, read_moment
from ropa.rules.period import Period
from ropa.services.browsing.detail_parts import Detail, Line, needs_part, part, sources
from ropa.services.subjects import record_title, title_of
from ropa.services.wording import long_day
from ropa.services.workspace import View

_BASE = frozenset({"key", "name", "source", "note", "invented"})


def record_detail(view: View, kind: str, record: Fields) -> Detail:
    """The detail of a record of any kind: its fields, what is inside it, and what refers to it."""
    subject = f"{kind}/{record.key}"
    parts = [*needs_part(view, subject), *part("Recorded", field_lines(view, record, _BASE))]
    inside = {child.name for child in children(kind)}
    for child in children(kind):
        lines = [
            Line(record_title(view, each), target=f"{child.name}/{each.key}")
            for each in view.register.of_kind(child.name).values()
            if getattr(each, kind) == record.key
        ]
        parts += part(child.title, lines, ask=False)
    used = [
        Line(f"{KINDS[name].title}: {title_of(view, f'{name}/{key}')}", target=f"{name}/{key}")
        for name, key in dict.fromkeys((name, key) for name, key, _ in referrers(view.register, kind, record.key))
        if name not in inside
    ]
    parts += [*part("Used by", used, ask=False), *sources(record)]
    return Detail(kind, record.key, record_title(view, record), KINDS[kind].title, tuple(parts))


def field_lines(view: View, record: Fields, leave_out: Set[str]) -> list[Line]:
    """The recorded fields of a record, each as `Title: value`; a field that holds nothing is left out."""
    return [line for name in type(record).model_fields if name not in leave_out for line in _field(view, record, name)]


def field_words(view: View, record: Fields, name: str) -> str:
    """What one field holds, in words; empty where it holds nothing."""
    title = f"{type(record).model_fields[name].title or name}: "
    return ", ".join(line.text.removeprefix(title) for line in _field(view, record, name))


def _field(view: View, record: Fields, name: str) -> Iterator[Line]:
    info = type(record).model_fields[name]
    value = getattr(record, name)
    if value is None or value == ():
        return
    kind = KINDS[_kind_name(record)]
    title = info.title or name
    if name in kind.refs:
        subject = f"{kind.refs[name]}/{value}"
        yield Line(f"{title}: {title_of(view, subject)}", target=subject)
    elif name in kind.lists:
        for key in value:
            subject = f"{kind.lists[name]}/{key}"
            yield Line(f"{title}: {title_of(view, subject)}", target=subject)
    elif isinstance(value, Part):
        inner = [
            f"{each.title}: {words(each_name, getattr(value, each_name))}"
            for each_name, each in type(value).model_fields.items()
            if getattr(value, each_name) is not None
        ]
        yield Line(f"{title}: {'; '.join(inner) or 'nothing recorded'}")
    elif name in kind.nodes:
        yield Line(f"{title}: {_node(view, value)}")
    else:
        law = any(isinstance(mark, LawId) for mark in _marks(info))
        yield Line(f"{title}: {_law_name(str(value)) if law else words(name, value)}")


def words(field: str, value: object) -> str:
    """A value as people write it: dates and periods in words, countries by name, yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return long_day(value)
    if isinstance(value, tuple):
        return ", ".join(words(field, each) for each in value) or "none"
    text = str(value)
    if field in PLACES:
        return LawBook.in_use().country_name(text)
    if field in MOMENTS:
        return moment_words(read_moment(text))
    return Period.parse(text).words() if field in PERIODS else text


def _kind_name(record: Fields) -> str:
    return next(name for name, kind in KINDS.items() if type(record) is kind.fields)


def _marks(info: object) -> Iterator[object]:
    yield from getattr(info, "metadata", ())
    for argument in getattr(getattr(info, "annotation", None), "__args__", ()):
        yield from getattr(argument, "__metadata__", ())


def _law_name(id_: str) -> str:
    entry = LawBook.in_use().entry(id_)
    return entry.name if entry else id_


def _node(view: View, node: str) -> str:
    kind, _, key = node.partition("/")
    if not key:
        return view.register.organisation.name
    return title_of(view, f"{'subject_category' if kind == 'subject' else kind}/{key}")
