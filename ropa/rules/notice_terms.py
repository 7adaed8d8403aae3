"""The facts of the clock for one customer, promised and happened, and what the clock answers."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, TypeVar

from ropa.rules.finding import Reason
from ropa.rules.period import Period

ARTICLE = "Art. 28(2)"
OPINION = "EDPB Opinion 22/2024"

T = TypeVar("T")

Authorisation = Literal["general", "specific", "mixed"]
Start = Literal["sent", "received", "page-updated"]
Counting = Literal["clear-days", "ordinary-days"]
Emergency = Literal["shorter-notice", "told-afterwards", "not-allowed"]
State = Literal[
    "late",
    "blocked by objection",
    "due",
    "sent late",
    "terms not recorded",
    "waiting for consent",
    "objection open",
    "sent",
    "done",
]

STATES: tuple[State, ...] = (
    "late",
    "blocked by objection",
    "sent late",
    "due",
    "terms not recorded",
    "waiting for consent",
    "objection open",
    "sent",
    "done",
)
"""Every state, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A term as a contract states it, and which text it rests on; None where nothing says it."""

    value: T | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one customer was promised about changes, each part with the text that it rests on."""

    authorisation: Stated[Authorisation] = field(default_factory=Stated)
    period: Stated[Period] = field(default_factory=Stated)
    clock: Stated[Start] = field(default_factory=Stated)
    counting: Stated[Counting] = field(default_factory=Stated)
    objection: Stated[Period] = field(default_factory=Stated)
    objection_clock: Stated[Start] = field(default_factory=Stated)
    business_days: Stated[str] = field(default_factory=Stated)
    emergency: Stated[Emergency] = field(default_factory=Stated)
    emergency_notice: Stated[Period] = field(default_factory=Stated)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """One customer, one change, on the day `on`; what is dated after `on` has not happened yet.

    `emergency` says that the change is one in an emergency; `holidays` are the days that are no business days,
    weekends aside, and `calendar` says in words whose they are (empty: nobody's, only weekends are left out).
    `calendar_note` is what has to be said about that choice, where the contract does not make it.
    """

    terms: Terms
    on: date
    effective: date | None = None
    emergency: bool = False
    holidays: Container[date] = frozenset()
    calendar: str = ""
    calendar_note: str = ""
    sent: date | None = None
    received: date | None = None
    consented: date | None = None
    objected: date | None = None
    resolved: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeClock:
    """What follows for one customer.

    `last_day` is the last day on which the notice may start its clock so that everything fits before the planned
    date; `days_left` counts to it (negative: late) and is None once the notice is out; `late_by` is in days, 0 where
    nothing is known to be late. `closes` is the last day to object. `earliest` is the first day on which the change
    may take effect for this customer, as if told on `on` where that has not happened; None where nobody can say.
    `gaps` are the fields that are not recorded. `emergency` says that the contract's emergency clause is what counts
    here, `afterwards` that by it the customer may be told after the change: `last_day` then is the last day for that.
    """

    state: State
    last_day: date | None = None
    days_left: int | None = None
    late_by: int = 0
    closes: date | None = None
    earliest: date | None = None
    reasons: tuple[Reason, ...] = ()
    gaps: tuple[str, ...] = ()
    emergency: bool = False
    afterwards: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the notice is overdue, or went out too late for the planned date."""
        return self.late_by > 0

    @property
    def rank(self) -> tuple[int, int]:
        """The most pressing first; among equals, what has the fewest days left."""
        return STATES.index(self.state), self.days_left if self.days_left is not None else -self.late_by


def needs_consent(authorisation: str | None) -> bool:
    """Whether silence is refusal: under specific authorisation, and where it is not known which applies."""
    return authorisation in ("specific", "mixed")


def is_open(objected: date | None, resolved: date | None) -> bool:
    """Whether an objection waits for its settlement; what was settled before it came settled another one."""
    return objected is not None and (resolved is None or resolved < objected)
