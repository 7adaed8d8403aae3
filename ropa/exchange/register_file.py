"""The register file: one YAML document for each organisation, written by hand and read back exactly."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from ropa.exchange.file_problems import field_problems
from ropa.exchange.yaml_document import Document, read_document
from ropa.records.errors import InputError, Problem
from ropa.records.kinds import KINDS, PERIODS, Kind, children
from ropa.records.references import references
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.rules.period import Period

FORMAT = 1
INLINE_TRANSFER = "transfer"
"""Inside an engagement: the transfer that goes with it, so that a vendor is one entry."""

"""Fields that hold a length of time, written in words."""

LONGEST_LOCAL = 56
"""Signs of a derived key within its parent, which leaves room for the number of one that comes again."""

Path = tuple[str | int, ...]


def read_register(text: str | bytes, name: str) -> Register:
    """The register that a file describes. `name` is what error messages call the file.

    Raises InputError with every problem found, each with its line and field.
    """
    return _Reading(read_document(text, name)).register()


@dataclass
class _Reading:
    """One pass over a document: records by kind and key, where each stood, and what was wrong."""

    document: Document
    problems: list[Problem] = field(default_factory=list)
    records: dict[str, dict[str, Fields]] = field(default_factory=lambda: {name: {} for name in KINDS})
    places: dict[tuple[str, str], Path] = field(default_factory=dict)

    def register(self) -> Register:
        root = self.document.root
        if not isinstance(root, dict):
            self._refuse((), "this is not a register file: it should begin with `format: 1`")
            raise InputError(self.problems)
        self._check_head(root)
        for kind in KINDS.values():
            if not kind.parent:
                self._section(kind, root.get(kind.section), (kind.section,))
        if not self.problems:
            self._check_references()
        if self.problems:
            raise InputError(sorted(self.problems, key=lambda problem: problem.line))
        owner = next(iter(self.records.pop("organisation").values()))
        return Register(owner, **{KINDS[name].section: found for name, found in self.records.items()})  # type: ignore[arg-type]  # each section holds its own kind

    def _check_head(self, root: Mapping[str, object]) -> None:
        sections = [kind.section for kind in KINDS.values() if not kind.parent]
        if "format" not in root:
            self._refuse((), "`format: 1` is missing; it says which version of the file format this is")
        elif root["format"] != FORMAT or isinstance(root["format"], bool):
            self._refuse(("format",), f"this version of ropa reads format {FORMAT}, not {root['format']!r}")
        if root.get("organisation") is None:
            self._refuse((), "`organisation:` is missing; it says whose register this is")
        for name in root:
            if name not in ("format", *sections):
                self._refuse((name,), f"there is no such section{_suggest(name, sections)}")

    def _section(self, kind: Kind, entries: object, path: Path) -> None:
        if entries is None:
            return
        if not isinstance(entries, dict):
            if kind.name == "organisation":
                self._refuse(path, "its fields should stand below it, `key:` and `name:` at least")
            else:
                self._refuse(path, "this should be a list of `key:` entries, each with its fields below it")
        elif kind.name == "organisation":
            values = dict(entries)
            key = values.pop("key", None)
            if not isinstance(key, str):
                self._refuse((*path, "key"), "it is required: a short name for commands, as in `outserve`")
                key = "organisation"
            self._record(kind, key, values, path)
        else:
            for key, values in entries.items():
                self._entry(kind, key, values, (*path, key))

    def _entry(self, kind: Kind, key: str, values: object, path: Path) -> None:
        if isinstance(values, str) and "name" in kind.fields.model_fields:
            values = {"name": values}
        if not isinstance(values, dict):
            self._refuse(path, "this should be an entry with its fields below it")
            return
        if "key" in values:
            self._refuse((*path, "key"), "the key is what stands before the colon; leave this out")
            return
        self._record(kind, key, dict(values), path)

    def _record(self, kind: Kind, key: str, values: dict[str, Any], path: Path) -> None:
        inside = {child: values.pop(child.section, None) for child in children(kind.name)}
        inline = values.pop(INLINE_TRANSFER, None) if kind.name == "engagement" else None
        try:
            record = kind.fields.model_validate({**values, "key": key})
        except ValidationError as error:
            self.problems += field_problems(self.document, kind, error, path, set(inside_names(kind)))
            record = None
        if record is not None:
            self._keep(kind, record, path)
        for child, items in inside.items():
            self._children(child, key, items, (*path, child.section))
        if inline is not None and record is not None:
            self._inline_transfer(record, inline, (*path, INLINE_TRANSFER))

    def _keep(self, kind: Kind, record: Fields, path: Path) -> None:
        if record.key in self.records[kind.name]:
            earlier = self.document.line(self.places[kind.name, record.key])
            self._refuse(path, f"the key {record.key!r} is already used on line {earlier}; give one of them a `key:`")
            return
        self.records[kind.name][record.key] = record
        self.places[kind.name, record.key] = path

    def _children(self, kind: Kind, owner: str, items: object, path: Path) -> None:
        if items is None:
            return
        if not isinstance(items, list):
            self._refuse(path, "this should be a list: each entry begins with `- `")
            return
        taken: dict[str, int] = {}
        for index, item in enumerate(items):
            here = (*path, index)
            if isinstance(item, str) and len(kind.stem) == 1:
                item = {kind.stem[0]: item}
            if not isinstance(item, dict):
                self._refuse(here, "this should be an entry with its fields")
                continue
            values = dict(item)
            if kind.parent in values:
                self._refuse((*here, kind.parent), "it is clear from where this stands; leave it out")
                continue
            local = values.pop("key", None)
            if local is None:
                local = local_key(kind, values, index, taken)
            elif not isinstance(local, str):
                self._refuse((*here, "key"), "it must be text")
                continue
            self._record(kind, f"{owner}/{local}", {kind.parent: owner, **values}, here)

    def _inline_transfer(self, engagement: Fields, values: object, path: Path) -> None:
        if not isinstance(values, dict):
            self._refuse(path, "this should hold the transfer's fields: country, safeguards ...")
            return
        implied = {"importer": engagement.party, "activity": engagement.activity}  # type: ignore[attr-defined]
        if "key" in values:
            self._refuse((*path, "key"), "it has the engagement's key; leave it out")
            return
        for name in (*implied, "exporter"):
            if name in values:
                self._refuse((*path, name), "it is clear from the engagement; leave it out")
                return
        self._record(KINDS["transfer"], engagement.key, {**implied, **values}, path)

    def _check_references(self) -> None:
        for name, records in self.records.items():
            kind = KINDS[name]
            for record in records.values():
                for field_name, target, key in references(kind, record):
                    if key not in self.records[target]:
                        path = (*self.places[name, record.key], field_name)
                        known = list(self.records[target])
                        section = KINDS[target].section
                        self._refuse(path, f"there is no {key!r} under `{section}:`{_suggest(key, known)}")

    def _refuse(self, path: Path, message: str) -> None:
        self.problems.append(self.document.problem(path, message))


def inside_names(kind: Kind) -> list[str]:
    """The names that may stand inside an entry of this kind besides its own fields."""
    names = [child.section for child in children(kind.name)]
    return [*names, INLINE_TRANSFER] if kind.name == "engagement" else names


def local_key(kind: Kind, values: Mapping[str, Any], index: int, taken: dict[str, int]) -> str:
    """The key of an entry that gives none: the words that tell it apart, numbered where they come again."""
    words = [word for name in kind.stem for word in _words(name, values.get(name))]
    stem = _shortened("-".join(words)) or str(index + 1)
    number = taken.get(stem, 0) + 1
    while number > 1 and f"{stem}-{number}" in taken:  # another entry's own words
        number += 1
    key = stem if number == 1 else f"{stem}-{number}"
    taken[stem] = number
    taken.setdefault(key, 1)
    return key


def _words(name: str, value: object) -> list[str]:
    """The words of a value as a key may hold them; the same ones however a period is spelt."""
    if isinstance(value, list | tuple):
        return [word for each in value for word in _words(name, each)]
    text = str(value or "")
    if name in PERIODS:
        with suppress(ValueError):  # told where the field is read
            text = Period.parse(text).words()
    # Taken apart first: a letter of another shape (ℕ) becomes a capital by that.
    plain = unicodedata.normalize("NFKD", text).lower().replace("/", "-").replace("'", "").replace("’", "")
    signs = (sign if sign.isalnum() and sign.isascii() else "-" for sign in plain if not unicodedata.combining(sign))
    return [word for word in "".join(signs).split("-") if word]


def _shortened(stem: str) -> str:
    """The key with as many whole words as a local key may have; the beginning of the first where that is longer."""
    if len(stem) <= LONGEST_LOCAL:
        return stem
    return stem[: LONGEST_LOCAL + 1].rpartition("-")[0] or stem[:LONGEST_LOCAL]


def _suggest(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
