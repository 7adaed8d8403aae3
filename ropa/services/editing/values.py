"""Between what stands in a form and a record: texts as typed, checked field by field, and back.

`Texts` holds for each field a text, a tuple of texts (or one text with a line for each), for a part a mapping of its
own fields, and None for what is not recorded. References are keys. What a field does not hold stays as it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import ValidationError

from ropa.exchange.register_file import local_key
from ropa.records.kinds import KINDS, Kind
from ropa.records.values import Fields, Part
from ropa.rules.period import Period
from ropa.services.editing.fields import NO, YES, Field, form
from ropa.services.editing.readers import (
    place_text,
    typed_day,
    typed_moment,
    typed_place,
    typed_places,
    typed_truth,
    typed_word,
)

Texts = Mapping[str, object]

REQUIRED = "it is required"

_STEMS = {"transfer": ("importer", "country"), "acknowledgement": ("rule", "subject")}
_WORDS = {
    "missing": REQUIRED,
    "string_too_short": "it is empty",
    "string_too_long": "it is too long",
}


@dataclass(frozen=True, slots=True)
class Read:
    """What was typed: the record, or None where something stands in its way, and the message for each such field.

    A problem's field may be one of a part: `contact.email`.
    """

    record: Fields | None
    problems: Mapping[str, str]


def read(kind: str, texts: Texts, base: Fields | None = None, *, key: str = "", parent: str = "") -> Read:
    """The record that a form holds; no register is looked at, so it is quick enough for each key pressed.

    `base` is the record that is edited: fields that `texts` leaves out keep its values. A new record has `key`, or
    one made from its name that may be taken, and stands in `parent` where its kind is written inside another.
    Raises KeyError for a field that the kind does not have.
    """
    known, problems = KINDS[kind], dict[str, str]()
    values: dict[str, Any] = {} if base is None else {name: getattr(base, name) for name in known.fields.model_fields}
    if base is None and known.parent:
        values[known.parent] = parent
    for name, given in texts.items():
        field = form(kind).field(name)
        before = values.pop(name, None)
        value = _value(field, given, name, before, problems)
        if value is not None or (not field.required and not field.several):
            values[name] = value
        elif field.nullable:
            values[name] = None
    values["key"] = key or (base.key if base is not None else new_key(kind, values, parent=parent))
    try:
        record = known.fields.model_validate(values)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            where = ".".join(each for each in detail["loc"] if isinstance(each, str))
            problems.setdefault(where, _in_words(detail))
        return Read(None, problems)
    return Read(None if problems else record, problems)


def misread(fields: Iterable[Field], texts: Texts) -> dict[str, str]:
    """What cannot be read of a form that is no record's own: the message for each such field."""
    problems: dict[str, str] = {}
    for field in fields:
        _value(field, texts.get(field.name), field.name, None, problems)
    return problems


def _value(field: Field, given: object, path: str, before: object, problems: dict[str, str]) -> Any:
    if field.widget == "part":
        return _part(field, given, path, before, problems)
    try:
        if field.several:
            return _several(field, given)
        text = _text(given)
        if not text.strip():
            if field.required:
                problems[path] = REQUIRED
            return None
        return _single(field, text)
    except ValueError as error:
        problems[path] = str(error)
        return None


def _part(field: Field, given: object, path: str, before: object, problems: dict[str, str]) -> dict[str, Any] | None:
    if not isinstance(given, Mapping) or not any(_holds(each) for each in given.values()):
        # A part that is there and says nothing stays; one that is emptied goes.
        said_nothing = isinstance(before, Part) and not before.model_dump(exclude_none=True)
        return {} if said_nothing and given is not None else None
    inner = {each.name: each for each in field.part}
    found = {
        name: _value(inner[name], each, f"{path}.{name}", getattr(before, name, None), problems)
        for name, each in given.items()
    }
    return {name: value for name, value in found.items() if value is not None}


def _several(field: Field, given: object) -> tuple[str, ...] | None:
    if given is None:
        return None if field.nullable else ()
    lines = given.split("\n") if isinstance(given, str) else [_text(each) for each in _each(given)]
    texts = tuple(text.strip() for text in lines if text.strip())
    if field.widget == "countries":
        return typed_places(texts)
    if field.widget == "choices":
        texts = tuple(typed_word(text, field.choices) for text in texts)
    for index, text in enumerate(texts):
        if text in texts[:index]:
            raise ValueError(f"{text!r} is named twice")
    return texts


def _single(field: Field, text: str) -> object:
    match field.widget:
        case "date":
            return typed_day(text)
        case "moment":
            return typed_moment(text)
        case "country":
            return typed_place(text)
        case "yes-no" | "yes-no-unknown":
            return typed_truth(text)
        case "choice":
            return typed_word(text, field.choices)
        case "number":
            return int(typed_word(text, field.choices))
        case "text" | "long text":
            return text
    return text.strip()


def _text(given: object) -> str:
    if given is None:
        return ""
    if not isinstance(given, str):
        raise TypeError(f"a form holds texts, not {type(given).__name__}")
    return re.sub(r"\r\n?", "\n", given)


def _each(given: object) -> Iterable[object]:
    if not isinstance(given, list | tuple):
        raise TypeError(f"a form holds texts, not {type(given).__name__}")
    return given


def _holds(given: object) -> bool:
    return bool(given.strip() if isinstance(given, str) else given)


def _in_words(detail: Any) -> str:
    if detail["type"] in _WORDS:
        return _WORDS[detail["type"]]
    message = str(detail["msg"]).removeprefix("Value error, ")
    many = any(isinstance(each, int) for each in detail["loc"])
    return f"{detail['input']!r}: {message}" if many else message


def texts_of(kind: str, record: Fields) -> dict[str, object]:
    """What a form shows of a record; `read` gives the record back."""
    return {field.name: _shown(field, getattr(record, field.name)) for field in form(kind).fields}


def blank(kind: str) -> dict[str, object]:
    """What the form of a new record shows: what holds until somebody says otherwise."""
    return {field.name: empty(field) for field in form(kind).fields}


def empty(field: Field) -> object:
    """What a field shows where nobody has said anything: its default, or nothing."""
    if field.several:
        return None if field.nullable else ()
    return None if field.widget == "part" else field.default


def _shown(field: Field, value: Any) -> object:
    if value is None:
        return None if field.nullable or field.widget == "part" else ""
    match field.widget:
        case "part":
            return {each.name: _shown(each, getattr(value, each.name)) for each in field.part}
        case "countries":
            return tuple(place_text(code) for code in value)
        case "country":
            return place_text(value)
        case "period":
            return Period.parse(value).words()
        case "yes-no" | "yes-no-unknown":
            return YES if value else NO
    return tuple(value) if field.several else str(value)


def new_key(kind: str, values: Mapping[str, Any], taken: Iterable[str] = (), parent: str = "") -> str:
    """A key for a new record: the words of its name, numbered where they are taken, within its parent's key.

    A name without Latin letters or digits gives the word for its kind, so that every record has a key that can be
    typed.
    """
    known = _stemmed(kind)
    stem = known.stem
    words = {name: values.get(name) for name in stem}
    if not KINDS[kind].stem and not _latin("".join(str(each or "") for each in words.values())):
        words = {stem[0]: kind.replace("_", "-")}
    inside = f"{parent}/" if parent else ""
    there = {each.removeprefix(inside): 1 for each in taken if each.startswith(inside)}
    return inside + local_key(known, words, len(there), there)


@cache
def _stemmed(kind: str) -> Kind:
    """The kind with the fields that its key is made of, also where a register file asks for a key."""
    known = KINDS[kind]
    return known if known.stem else replace(known, stem=_STEMS.get(kind, ("name",)))


def _latin(text: str) -> bool:
    return any(sign.isascii() and sign.isalnum() for sign in unicodedata.normalize("NFKD", text))
