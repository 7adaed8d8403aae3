"""What can go wrong for reasons outside the program; each message is one that a person can act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class RopaError(Exception):
    """The family of every error that a front end shows as a message and never as a traceback."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input.

    `file` is the name the user gave, `line` counts from 1 (0: no line is known), and `field` is a path such as
    `activities[1].country`.
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


class RefusedError(RopaError):
    """A step that may not be taken as things stand; nothing was written.

    `str()` gives one line for each reason.
    """

    def __init__(self, reasons: Sequence[str]) -> None:
        if not reasons:
            raise ValueError("a RefusedError needs at least one reason")
        self.reasons: tuple[str, ...] = tuple(reasons)
        super().__init__("\n".join(self.reasons))
