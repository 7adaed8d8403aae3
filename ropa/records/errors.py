"""What can go wrong for reasons outside the program; each message is one that a person can act on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

PathStep = str | int

_SIMPLE_KEY = re.compile(r"[\w-]+")
_QUOTED_KEY_LENGTH = 60


class RopaError(Exception):
    """The family of every error that a front end shows as a message and never as a traceback."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input.

    `file` is the name the user gave, `line` counts from 1 (0: no line is known), and `field` is a path such as
    `activities[1].country` (see `format_path`).
    """

    message: str
    file: str = ""
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        where = (self.file, f"line {self.line}" if self.line else "", self.field)
        return ": ".join([*filter(None, where), self.message])


class InputError(RopaError):
    """An input that cannot be used, with everything that is wrong with it; nothing was written.

    `str()` gives one line for each problem.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        if not problems:
            raise ValueError("an InputError needs at least one problem")
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NotFoundError(RopaError):
    """Something was named that is not there: a database, an organisation, a record."""


class StoreError(RopaError):
    """The database file cannot be used as it is."""


class StaleRecordError(RopaError):
    """A record is not as it was when the change to it began."""

    def __init__(self, kind: str, key: str, what: str) -> None:
        super().__init__(f"{kind}/{key}: {what}")
        self.kind = kind
        self.key = key


def format_path(path: Sequence[PathStep]) -> str:
    """A path into a document as a person would write it: `activities.newsletter.engagements[0].party`.

    A key that is not made of letters, digits, `_` and `-` alone stands in brackets and quotes:
    `parties["Acme Ltd"]`.
    """
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _SIMPLE_KEY.fullmatch(step) and len(step) <= _QUOTED_KEY_LENGTH:
            text += f".{step}" if text else step
        else:
            text += f"[{quote(step)}]"
    return text


def quote(text: str, length: int = _QUOTED_KEY_LENGTH) -> str:
    """`text` in double quotes for a message: shortened to `length`, everything invisible escaped, on one line."""
    short = text if len(text) <= length else text[: length - 1] + "…"
    escaped = short.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else ascii(c)[1:-1] for c in escaped) + '"'
