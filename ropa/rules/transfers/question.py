"""What every legal question is given, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ropa.law.entries import Law
from ropa.law.lawbook import LawBook
from ropa.rules.finding import Reason
from ropa.rules.hop import Hop
from ropa.rules.verdict import Status


@dataclass(frozen=True, slots=True)
class Case:
    """One hop before one law on one day. `law` is the law that the regime was then (the UK's was the EU's)."""

    hop: Hop
    regime: str
    law: Law
    book: LawBook
    on: date

    @property
    def place(self) -> str:
        """The importer's place; empty where not recorded."""
        return self.hop.place or ""

    @property
    def place_name(self) -> str:
        """The importer's place as a sentence names it."""
        return self.book.place_phrase(self.place)

    @property
    def borrowed(self) -> bool:
        """Whether the regime's law was another's on that day."""
        return self.law.regime != self.regime


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question concludes by itself; the best answer decides, the others are told beside it.

    `ground` says what kind of thing was looked at; `foreign` marks a mechanism of another regime, which nobody
    needs to hear about where something else carries the transfer.
    """

    status: Status
    reasons: tuple[Reason, ...]
    remedies: tuple[str, ...] = ()
    warnings: tuple[Reason, ...] = ()
    rests_on: tuple[str, ...] = ()
    until: date | None = None
    ground: Literal["restriction", "adequacy", "tool", "scheme", "derogation"] = "restriction"
    foreign: bool = False


def earliest(*days: date | None) -> date | None:
    """The first of the days that are known."""
    return min((day for day in days if day is not None), default=None)


def period(start: date | None, until: date | None) -> str:
    """`in force since …`, `in force until …` or `in force from … until …`."""
    if start is None:
        return f"in force until {until}" if until else "in force"
    return f"in force from {start} until {until}" if until else f"in force since {start}"


def sentence(text: str) -> str:
    """The text with a capital first letter and one full stop at its end."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
