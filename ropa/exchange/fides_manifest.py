"""The files of a Fides manifest: their resources, each value with the line it stands on, and what was left over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ropa.exchange.yaml_document import Document, format_path, read_document
from ropa.exchange.yaml_path import PathStep
from ropa.records.errors import InputError, Problem

SECTIONS = ("organization", "system", "dataset", "data_category", "data_subject", "data_use")
"""The sections that are read; `policy`, `evaluation` and older ones are told and left."""

_KEY = re.compile(r"[A-Za-z0-9_.<>-]+")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of a manifest that the register has no field for, or that a person should look at.

    `kept` says that it went into a note; otherwise it is in the report alone.
    """

    file: str
    line: int
    field: str
    words: str
    kept: bool = False

    def __str__(self) -> str:
        return f"{self.file}: line {self.line}: {self.field}: {self.words}"


@dataclass
class Gathering:
    """What was noticed while files are read: mistakes, which stop it, and remarks, which do not."""

    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def stop(self) -> None:
        """Raise InputError where a mistake was found."""
        if self.problems:
            raise InputError(sorted(self.problems, key=lambda problem: (problem.file, problem.line)))


class Values:
    """A mapping of a manifest. What is asked for is taken; `rest` is what nobody asked for."""

    def __init__(self, document: Document, path: Sequence[PathStep], values: Mapping[str, object], into: Gathering):
        self.document = document
        self.path = tuple(path)
        self._values = values
        self._into = into
        self._taken: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return not _is_usual(self._values.get(name))

    def key(self) -> str:
        """The `fides_key`, which is required; empty where it cannot be used, which is a problem then."""
        found = self.text("fides_key")
        if found is None:
            self.refuse("fides_key", "it is required")
        elif not _KEY.fullmatch(found):
            self.refuse("fides_key", "a key has letters, digits and . _ < > - alone")
            return ""
        return found or ""

    def text(self, name: str) -> str | None:
        """A text, None where there is none; numbers and the like as they were typed."""
        return self._text(self._take(name), (name,))

    def line(self, name: str) -> str | None:
        """A text for one line: line breaks and tabs become spaces."""
        found = self.text(name)
        return found if found is None or not re.search(r"[\n\t]", found) else " ".join(found.split())

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, each once; one text alone is a list of one."""
        value = self._take(name)
        if not isinstance(value, list):
            found = self._text(value, (name,))
            return () if found is None else (found,)
        texts = (self._text(each, (name, index)) for index, each in enumerate(value))
        return tuple(dict.fromkeys(each for each in texts if each is not None))

    def flag(self, name: str) -> bool:
        """Whether something is true; left out is not."""
        value = self._take(name)
        if value is not None and not isinstance(value, bool):
            self.refuse(name, "it must be true or false")
        return value is True

    def part(self, name: str) -> Values | None:
        """A mapping inside this one, or None."""
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.refuse(name, "this should have its own fields below it")
            return None
        return Values(self.document, (*self.path, name), value, self._into)

    def empty(self, name: str) -> Values:
        """A mapping inside this one that says nothing, in place of one that is not there."""
        return Values(self.document, (*self.path, name), {}, self._into)

    def parts(self, name: str) -> list[Values]:
        """A list of mappings; empty where there is none."""
        value = self._take(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(name, "this should be a list: each entry begins with `- `")
            return []
        found = []
        for index, each in enumerate(value):
            if isinstance(each, dict):
                found.append(Values(self.document, (*self.path, name, index), each, self._into))
            else:
                self.refuse((name, index), "this should be an entry with its fields")
        return found

    def leave(self, *names: str) -> None:
        """Take values without using them: they say nothing about processing, or only what is the usual case."""
        self._taken.update(names)

    def hide(self, *names: str) -> None:
        """Read no more of values that are there for readers alone."""
        self._values = {name: value for name, value in self._values.items() if name not in names}

    def rest(self) -> list[tuple[str, str]]:
        """What nobody took, by name, each as text; the usual values of Fides (false, empty) are left out."""
        return [
            (name, _as_text(value))
            for name, value in self._values.items()
            if name not in self._taken and not _is_usual(value)
        ]

    def refuse(self, name: PathStep | tuple[PathStep, ...], message: str) -> None:
        """Note a mistake, which stops the reading at its end."""
        self._into.problems.append(self.document.problem((*self.path, *_steps(name)), message))

    def remark(self, name: PathStep | tuple[PathStep, ...], words: str, *, kept: bool = False) -> None:
        """Note something for the report."""
        path = (*self.path, *_steps(name))
        line = self.document.key_line(path)
        self._into.remarks.append(Remark(self.document.name, line, format_path(path), words, kept))

    def _take(self, name: str) -> object:
        self._taken.add(name)
        return self._values.get(name)

    def _text(self, value: object, place: tuple[PathStep, ...]) -> str | None:
        if isinstance(value, dict | list):
            self.refuse(place, "this should be text")
            return None
        if value is not None and not isinstance(value, str):
            value = self.document.written((*self.path, *place)) or str(value)
        return (value or "").strip() or None


def gather(files: Iterable[tuple[str, bytes]], into: Gathering) -> dict[str, list[Values]]:
    """The resources of all files by section, in their order. `files` are names and contents.

    A section, a file or a key that cannot be used is a problem; a section that is not read is a remark.
    """
    found: dict[str, list[Values]] = {name: [] for name in SECTIONS}
    for name, content in files:
        try:
            document = read_document(content, name)
        except InputError as error:
            into.problems += error.problems
            continue
        if not isinstance(document.root, dict):
            words = "this is no Fides manifest: it should begin with `system:`, `dataset:`, `organization:` or the like"
            into.problems.append(Problem(words, name))
            continue
        root = Values(document, (), document.root, into)
        for section in SECTIONS:
            found[section] += root.parts(section)
        for section, _ in root.rest():
            root.remark(section, "this section is not read: the register has nothing like it")
    for section, resources in found.items():
        _once(section, resources)
    return found


def _once(section: str, resources: Sequence[Values]) -> None:
    seen: dict[str, Values] = {}
    for each in resources:
        key = each.key()
        if key in seen:
            document, path = seen[key].document, seen[key].path
            where = f"{document.name}, line {document.line(path)}"
            each.refuse("fides_key", f"{section} {key!r} is already described in {where}")
        elif key:
            seen[key] = each


def _is_usual(value: object) -> bool:
    """Whether a value says no more than one that is left out."""
    return value is None or value is False or value in ("", [], {})


def _steps(name: PathStep | tuple[PathStep, ...]) -> Iterator[PathStep]:
    yield from name if isinstance(name, tuple) else (name,)


def _as_text(value: object) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
