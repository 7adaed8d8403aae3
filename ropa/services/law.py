"""The law data for people: what is in it, how old it is, and files that add to it or overrule it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ropa.exchange.file_name import as_text
from ropa.exchange.yaml_document import Value, read_document
from ropa.law.entries import PACKAGED, Entry
from ropa.law.lawbook import LawBook
from ropa.law.loading import LawError, parse
from ropa.records.errors import InputError, NotFoundError, Problem
from ropa.services.input_file import yaml_of

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_COMMON = ("id", "name", "explain", "source", "start", "until", "confidence", "doubt", "origin")


@dataclass(frozen=True, slots=True)
class LawStatus:
    """How the law data stands: when it was last gone through, and what nobody could check."""

    as_of: dt.date
    age: int
    entries: int
    unverified: tuple[Entry, ...]
    added: tuple[Entry, ...]


def use_law_files(paths: Sequence[Path]) -> None:
    """Add law files to the packaged data for this process, in order; a later file overrules an earlier one.

    Raises InputError, naming file, line and entry; then the packaged data stands as it was.
    """
    book = LawBook.packaged()
    for path in paths:
        book = with_file(book, path)
    book.use()


def with_file(book: LawBook, path: Path) -> LawBook:
    """A book with the entries of one law file added. Raises InputError for a file that cannot be law data."""
    try:
        document = read_document(yaml_of(path), str(path))
    except OSError as error:
        raise InputError([Problem(error.strerror or str(error), str(path))]) from error
    if not isinstance(document.root, dict):
        raise InputError([Problem("it should hold sections such as `adequacy:` and `instruments:`", str(path), 1)])
    content = _dated(document.root)
    as_of = content.pop("as_of", None)
    if as_of is not None and not isinstance(as_of, dt.date):
        raise InputError([document.problem(("as_of",), "it must be a date, as in 2026-11-21")])
    try:
        return book.extended(parse(content, file=str(path), origin=origin(path)), origin=origin(path))
    except LawError as error:
        raise InputError(
            [Problem(str(error).removeprefix(f"{path}: "), str(path), _line(str(error), document))]
        ) from error
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        words = f"a section is not written as in the packaged files ({error})"
        raise InputError([Problem(words, str(path))]) from error


def origin(path: Path) -> str:
    """What the entries of a law file say of where they come from."""
    return as_text(path.name)


def status(on: dt.date) -> LawStatus:
    """How the law data in use stands on a date."""
    book = LawBook.in_use()
    entries = list(book.entries())
    return LawStatus(
        as_of=book.as_of,
        age=book.age(on),
        entries=len(entries),
        unverified=tuple(each for each in entries if each.confidence == "unverified"),
        added=tuple(each for each in entries if each.origin != PACKAGED),
    )


def listed(kind: str | None = None) -> list[Entry]:
    """The entries in use, of one kind or of all but plain countries. Raises NotFoundError for an unknown kind."""
    entries = list(LawBook.in_use().entries())
    kinds = sorted({each.kind for each in entries})
    if kind is None:
        return [each for each in entries if each.kind != "territory"]
    if kind not in kinds:
        raise NotFoundError(f"the law data has no kind {kind!r}; one of: {', '.join(kinds)}")
    return [each for each in entries if each.kind == kind]


def shown(id_: str) -> list[tuple[str, str]]:
    """One entry as (field, text) pairs: what every entry has first, what its kind adds after. Raises NotFoundError."""
    entry = LawBook.in_use().entry(id_)
    if entry is None:
        raise NotFoundError(f"the law data has no entry {id_!r}; `ropa law list` names them")
    pairs = [("kind", entry.kind)]
    names = [*_COMMON, *(each.name for each in fields(entry) if each.name not in _COMMON)]
    for name in names:
        value = getattr(entry, name)
        if value not in (None, "", (), {}, False):
            pairs.append(("from" if name == "start" else name, _text(value)))
    return pairs


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(_text(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(each)}" for key, each in value.items())
    if hasattr(value, "__dataclass_fields__"):
        parts = ((each.name, getattr(value, each.name)) for each in fields(value))
        return ", ".join(f"{name} {_text(each)}" for name, each in parts if each not in (None, "", (), False))
    return "yes" if value is True else str(value)


def _dated(value: Value) -> Any:
    """The document with its dates as dates, as the packaged files are read; our reader keeps them as text."""
    if isinstance(value, dict):
        return {key: _dated(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_dated(each) for each in value]
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _line(message: str, document: Any) -> int:
    """The line of the entry that a message names by its id, 0 where it cannot be told."""
    for section, content in document.root.items():
        rows = content if isinstance(content, list) else content.get("entries", []) if isinstance(content, dict) else []
        for index, row in enumerate(rows if isinstance(rows, list) else []):
            if isinstance(row, dict) and row.get("id") and str(row["id"]) in message:
                path = (section, index) if isinstance(content, list) else (section, "entries", index)
                return int(document.line(path))
    return 0
