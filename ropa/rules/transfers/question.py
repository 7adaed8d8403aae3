"""What every legal question is given, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
        return self.book.country_name(self.place)

    @property
    def borrowed(self) -> bool:
        """Whether the regime's law was another's on that day."""
        return self.law.regime != self.regime


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question concludes by itself; the best answer decides, the others are told beside it."""

    status: Status
    reasons: tuple[Reason, ...]
    remedies: tuple[str, ...] = ()
    warnings: tuple[Reason, ...] = ()
    rests_on: tuple[str, ...] = ()
    until: date | None = None
    fallback: bool = False


def earliest(*days: date | None) -> date | None:
    """The first of the days that are known."""
    return min((day for day in days if day is not None), default=None)


def sentence(text: str) -> str:
    """The text with a capital first letter and one full stop at its end."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
