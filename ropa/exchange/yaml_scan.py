"""From YAML text to plain values, one parser event at a time.

The tree is built from events and without recursion: the limits hold before anything deep is built, and a file of
100,000 opening brackets gives a message where the C loader's own `load` ends the process.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from ropa.exchange.yaml_path import PathStep, format_path, quote
from ropa.exchange.yaml_words import plain_words
from ropa.records.errors import InputError, Problem

Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | float | bool | None"

_LOADER: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_MAX_PROBLEMS = 20
_IF_TEXT = "put the value in quotes if it is text"
MAX_NUMBER = 300  # characters; Python itself refuses to print integers of some thousand digits
_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_MAYBE_NUMBER = frozenset("-+.0123456789")


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a document may be: bytes of UTF-8, levels of nesting, values (keys not counted)."""

    size: int = 20_000_000
    depth: int = 50
    nodes: int = 1_000_000


class Marks:
    """Where the parts of one list or mapping were written; lines count from 1.

    `parts` holds a line for a scalar and `Marks` for a list or mapping; `written` the text of plain scalars that
    were read as something else than a string.
    """

    __slots__ = ("keys", "line", "parts", "written")

    def __init__(self, line: int) -> None:
        self.line = line
        self.keys: dict[PathStep, int] = {}
        self.parts: dict[PathStep, int | Marks] = {}
        self.written: dict[PathStep, str] = {}


def resolve(text: str) -> str | int | float | bool | None:
    """What a plain (unquoted) scalar means: the core schema of YAML 1.2, stricter where people are caught out.

    Not as in YAML 1.1: `NO`, `on`, `12:30:00`, `1_000` and `2020-07-16` are strings. Stricter than YAML 1.2:
    digits with a leading zero or a plus (`010`, `+441632960000`) stay the string that was written, because they
    are identifiers and telephone numbers. Raises ValueError for numbers that no register can hold (`.inf`, `.nan`,
    `1e999`, more than 300 characters).
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _MAYBE_NUMBER:
        return text
    number: int | float
    if _INTEGER.fullmatch(text):
        _check_length(text)
        return int(text)
    if text[:2] in ("0o", "0x") and re.fullmatch(r"0o[0-7]+|0x[0-9a-fA-F]+", text):
        _check_length(text)
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        _check_length(text)
        number = float(text)
        if math.isfinite(number):
            return number
    elif not _NOT_FINITE.fullmatch(text):
        return text
    raise ValueError(f"{text} is not a number that can be kept; put it in quotes if it is text")


def _check_length(text: str) -> None:
    if len(text) > MAX_NUMBER:
        raise ValueError(f"a number of {len(text)} characters; put it in quotes if it is text")


class _Frame:
    """A list or mapping that is being read; `key` is the key whose value comes next (None: a key comes next)."""

    __slots__ = ("items", "key", "marks", "pairs")

    def __init__(self, line: int, *, mapping: bool) -> None:
        self.marks = Marks(line)
        self.pairs: dict[str, Value] | None = {} if mapping else None
        self.items: list[Value] = []
        self.key: str | None = None


class _Builder:
    """Takes events in order and holds the tree; problems that do not stop the reading are collected."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.problems: list[Problem] = []
        self.frames: list[_Frame] = []
        self.nodes = 0
        self.documents = 0
        self.root: Value = None
        self.marks: Marks | int = 1

    def problem(self, line: int, message: str, *more: PathStep, fatal: bool = False) -> None:
        path: list[PathStep] = []
        for frame in self.frames:
            if frame.pairs is None:
                path.append(len(frame.items))
            elif frame.key is not None:
                path.append(frame.key)
        self.problems.append(Problem(message, self.name, line, format_path([*path, *more])))
        if fatal or len(self.problems) >= _MAX_PROBLEMS:
            raise InputError(self.problems)

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self.check_node(event)
            self.scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.check_node(event)
            self.open(event, mapping=isinstance(event, yaml.MappingStartEvent))
        elif isinstance(event, yaml.CollectionEndEvent):
            frame = self.frames.pop()
            self.place(frame.items if frame.pairs is None else frame.pairs, frame.marks)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.document(event)
        elif isinstance(event, yaml.AliasEvent):
            what = f"*{str(event.anchor)[:40]}: references are not allowed; {_IF_TEXT}"
            self.problem(_line(event), what, fatal=True)

    def document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.problem(_line(event), "a second document begins here (---); a file holds one", fatal=True)
        if event.tags or (event.version is not None and tuple(event.version) != (1, 2)):
            what = "directives (lines that begin with %) are not allowed, except %YAML 1.2"
            self.problem(_line(event), what, fatal=True)

    def check_node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self.problem(_line(event), f"&{event.anchor[:40]}: anchors are not allowed; {_IF_TEXT}")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.problem(_line(event), f"{quote(tag)}: tags (!) are not allowed; {_IF_TEXT}")

    def scalar(self, event: yaml.ScalarEvent) -> None:
        text, line = event.value, _line(event)
        value: Value = text
        plain = not event.style
        if plain:
            try:
                value = resolve(text)
            except ValueError as error:
                self.problem(line, str(error))
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.pairs is not None and frame.key is None:
            self.key(frame, text, line, value, plain=plain)
            return
        if frame is not None and not isinstance(value, str):
            frame.marks.written[len(frame.items) if frame.key is None else frame.key] = text
        self.place(value, line)

    def key(self, frame: _Frame, text: str, line: int, value: Value, *, plain: bool) -> None:
        if plain and text == "<<":
            self.problem(line, "merge keys (<<) are not allowed; write the fields out")
        elif not isinstance(value, str):
            what = "an empty key" if text == "" else f"the key {text} is not read as text"
            self.problem(line, f'{what}; put it in quotes: "{text}"')
        if text in frame.marks.keys:
            first = frame.marks.keys[text]
            self.problem(line, f"the key is used twice in the same place, first on line {first}", text)
        frame.key = text
        frame.marks.keys[text] = line

    def open(self, event: yaml.CollectionStartEvent, *, mapping: bool) -> None:
        line = _line(event)
        if self.frames:
            above = self.frames[-1]
            if above.pairs is not None and above.key is None:
                self.problem(line, "a list or mapping cannot be a key; keys are text", fatal=True)
            if above.key is not None and not event.flow_style:
                line = above.marks.keys[above.key]  # people look for a block where its name stands
        if len(self.frames) >= self.limits.depth:
            message = f"nested more than {self.limits.depth} levels deep"
            # The path is as long as the nesting, and says nothing that the line does not.
            raise InputError([*self.problems, Problem(message, self.name, line)])
        self.frames.append(_Frame(line, mapping=mapping))

    def place(self, value: Value, marks: Marks | int) -> None:
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            raise InputError([*self.problems, Problem(f"more than {self.limits.nodes:,} values", self.name)])
        if not self.frames:
            self.root, self.marks = value, marks
            return
        frame = self.frames[-1]
        if frame.pairs is None:
            frame.marks.parts[len(frame.items)] = marks
            frame.items.append(value)
        elif frame.key is not None:
            frame.marks.parts[frame.key] = marks
            frame.pairs[frame.key] = value
            frame.key = None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def scan(text: str, name: str, limits: Limits) -> tuple[Value, Marks]:
    """The plain values of one YAML document, and where they stand.

    `text` must hold printable characters only. Raises InputError with the lines of what is wrong: syntax,
    anchors, aliases, tags, merge keys, several documents, equal keys, keys that are not text, and whatever exceeds
    `limits`.
    """
    builder = _Builder(name, limits)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        message, line = plain_words(error, text)
        raise InputError([*builder.problems, Problem(message, name, line)]) from error
    if builder.problems:
        raise InputError(builder.problems)
    marks = builder.marks if isinstance(builder.marks, Marks) else Marks(builder.marks)
    return builder.root, marks
