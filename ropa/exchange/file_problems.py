"""Validation errors in words that the writer of a register file can act on."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from ropa.exchange.yaml_document import Document
from ropa.records.errors import Problem
from ropa.records.kinds import Kind

_WORDS = {
    "missing": "it is required",
    "bool_type": "it must be true or false",
    "bool_parsing": "it must be true or false",
    "tuple_type": "it must be a list, as in [one, two]",
    "model_type": "it must have its own fields below it",
    "dict_type": "it must have its own fields below it",
    "int_type": "it must be a whole number",
    "int_parsing": "it must be a whole number",
    "string_too_short": "it is empty; leave it out where nothing is recorded",
    "string_too_long": "it is too long",
}


def field_problems(
    document: Document, kind: Kind, error: ValidationError, path: tuple[str | int, ...], inside: set[str]
) -> list[Problem]:
    """One problem for each field that was refused, with its line."""
    found: list[Problem] = []
    for detail in error.errors(include_url=False):
        place = [step for step in detail["loc"] if isinstance(step, int) or not _is_type_tag(step)]
        here = (*path, *place)
        if place == ["key"]:
            here = path
        found.append(document.problem(here, _in_words(document, kind, detail, here, inside)))
    return found


def _is_type_tag(step: str) -> bool:
    """Whether a step of a location names a branch of a union rather than a field."""
    return "[" in step or step in ("str", "date", "none", "constrained-str")


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
        known = [*kind.fields.model_fields, *inside]
        close = get_close_matches(str(path[-1]), known, n=1)
        return "there is no such field here" + (f"; did you mean {close[0]!r}?" if close else "")
    if sort == "literal_error":
        return f"it must be one of {detail['ctx']['expected'].replace(chr(39), '')}, not {detail['input']!r}"
    message = str(detail["msg"])
    return message.removeprefix("Value error, ")
