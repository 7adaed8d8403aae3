"""Validation errors in words that the writer of a register file can act on."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import ValidationError

from ropa.exchange.yaml_document import Document
from ropa.records.errors import Problem
from ropa.records.kinds import Kind
from ropa.records.values import SLUG, Part

_WORDS = {
    "missing": "it is required",
    "bool_type": "it must be true or false",
    "bool_parsing": "it must be true or false",
    "tuple_type": "it must be a list, as in [one, two]",
    "model_type": "it must have its own fields below it",
    "dict_type": "it must have its own fields below it",
    "model_attributes_type": "it must have its own fields below it",
    "int_type": "it must be a whole number",
    "date_type": "it must be a date, as in 2026-11-21",
    "date_parsing": "there is no such day; write a date as in 2026-11-21",
    "date_from_datetime_parsing": "there is no such day; write a date as in 2026-11-21",
    "string_too_short": "it is empty; leave it out where nothing is recorded",
    "string_too_long": "it is too long",
}


def field_problems(
    document: Document, kind: Kind, error: ValidationError, path: tuple[str | int, ...], inside: set[str]
) -> list[Problem]:
    """One problem for each field that was refused, with its line."""
    found: list[Problem] = []
    for detail in error.errors(include_url=False):
        here = (*path, *detail["loc"])
        if kind.parent and _is_of_the_parent(kind, detail):
            continue  # told once, where the parent stands
        if detail["loc"] == ("key",) and not kind.parent and kind.name != "organisation":
            here = path  # the key is what stands before the colon
        found.append(document.problem(here, _in_words(document, kind, detail, here, inside)))
    return found


def _is_of_the_parent(kind: Kind, detail: Any) -> bool:
    """Whether what is wrong with a record is the key of the record that it stands in."""
    local = str(detail["input"]).rpartition("/")[2]
    return detail["loc"] == (kind.parent,) or (detail["loc"] == ("key",) and bool(re.fullmatch(SLUG, local)))


def _in_words(document: Document, kind: Kind, detail: Any, path: tuple[str | int, ...], inside: set[str]) -> str:
    sort = detail["type"]
    if sort in _WORDS:
        return _WORDS[sort]
    if sort == "string_type":
        typed = document.written(path)
        quoted = f', as in "{typed}"' if typed else ""
        return (
            "it is empty; leave it out where nothing is recorded"
            if detail["input"] is None
            else (f"it must be text; put it in quotes{quoted}")
        )
    if sort == "extra_forbidden":
        known = _known_fields(kind, detail["loc"], inside)
        close = get_close_matches(str(path[-1]), known, n=1)
        return "there is no such field here" + (f"; did you mean {close[0]!r}?" if close else "")
    if sort == "literal_error":
        return f"it must be one of {detail['ctx']['expected'].replace(chr(39), '')}, not {detail['input']!r}"
    message = str(detail["msg"])
    return message.removeprefix("Value error, ")


def _known_fields(kind: Kind, place: tuple[str | int, ...], inside: set[str]) -> list[str]:
    """The fields that may stand where an unknown one was found: of the entry, or of a part such as a contact."""
    if len(place) == 1:
        hidden = {kind.parent} if kind.parent or kind.name == "organisation" else {"key"}
        return [name for name in (*kind.fields.model_fields, *inside) if name not in hidden]
    annotation = kind.fields.model_fields[str(place[0])].annotation
    parts = [each for each in (annotation, *get_args(annotation)) if isinstance(each, type) and issubclass(each, Part)]
    return [name for part in parts for name in part.model_fields]
