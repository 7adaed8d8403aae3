"""The questions of a form as data, how what was typed is read, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ropa.rules.dates import long_date, weekday
from ropa.services.editing.fields import NO, YES
from ropa.services.editing.readers import typed_day

Sort = Literal["text", "date", "choice", "yes/no"]

NEW = "+"
"""Stands in a list for what is not recorded yet; no key is called that."""
YES_NO = ((YES, "yes"), (NO, "no"))


class Answers:
    """What was typed into a form, read by the sort of each question. What was not asked for is empty."""

    def __init__(self, typed: Mapping[str, str], today: dt.date) -> None:
        self._typed = dict(typed)
        self._today = today

    def text(self, name: str) -> str:
        """The text or choice of an answer; empty where nothing was given."""
        return self._typed.get(name, "").strip()

    def day(self, name: str) -> dt.date | None:
        """The date of an answer, or None where none was given or what was typed is none."""
        try:
            return read_day(self.text(name), self._today)
        except ValueError:
            return None

    def yes(self, name: str) -> bool:
        """Whether a question was answered with yes."""
        return self.text(name) == YES


@dataclass(frozen=True, slots=True)
class Question:
    """One input of a form. `name` is an identifier, `value` what stands in it at first, as it would be typed.

    `choices` are value and words of what can be chosen; `hint` says what belongs here; `check` tells what is wrong
    with a text (empty: nothing); `asked` says whether it is asked for at all, by what else was answered. `make` is the
    kind of record that is chosen, where one that is missing can be made from here.
    """

    name: str
    label: str
    sort: Sort = "text"
    value: str = ""
    hint: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    check: Callable[[str], str] | None = None
    asked: Callable[[Answers], bool] | None = None
    make: str = ""

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """What can be chosen; empty where one types."""
        return YES_NO if self.sort == "yes/no" else self.choices

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        """What stands in its list: what can be chosen, and the making of what is missing."""
        return (*self.options, (NEW, f"record another {self.make} …")) if self.make else self.options

    def wrong(self, typed: str, today: dt.date) -> str:
        """What is wrong with what was typed; empty where nothing is."""
        text = typed.strip()
        if not text:
            return "this is needed" if self.required else ""
        if self.sort == "date":
            try:
                read_day(text, today)
            except ValueError as error:
                return str(error)
        if self.options and text not in dict(self.options):
            return "choose one of the list"
        return self.check(text) if self.check is not None else ""

    def remark(self, typed: str, today: dt.date) -> str:
        """What to say below an input that is right: a date in full, so that nobody mistakes the month."""
        if self.sort == "date" and typed.strip():
            day = read_day(typed, today)
            return f"{weekday(day)}, {long_date(day)}"
        return self.hint


def read_day(text: str, today: dt.date) -> dt.date:
    """A date as people type it, or `today`. Raises ValueError with a message for whoever typed it."""
    return today if text.strip().lower() == "today" else typed_day(text)
