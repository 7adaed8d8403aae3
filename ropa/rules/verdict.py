"""The verdict on one transfer under one regime on one day, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from ropa.rules.finding import Reason

Status = Literal["not-restricted", "adequate", "safeguarded", "derogation", "incomplete", "unknown", "unsafeguarded"]

# From nothing to ask about to nothing on record.
STATUSES: tuple[Status, ...] = get_args(Status)
FINDINGS: frozenset[Status] = frozenset({"incomplete", "unknown", "unsafeguarded"})


def rank(status: Status) -> int:
    """The place of a status from best (0) to worst."""
    return STATUSES.index(status)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows for one transfer under one regime on one day.

    `reasons` are the steps that led here, `warnings` what does not change the status and deserves a look,
    `remedies` what would mend it, `rests_on` the ids of the law entries used, and `until` the last day on which
    the verdict holds by itself (a sunset, an expiry), or None where no such day is known.
    """

    regime: str
    status: Status
    reasons: tuple[Reason, ...] = ()
    remedies: tuple[str, ...] = ()
    warnings: tuple[Reason, ...] = ()
    rests_on: tuple[str, ...] = ()
    until: date | None = None

    @property
    def is_finding(self) -> bool:
        """Whether something is missing, not known or wrong."""
        return self.status in FINDINGS

    @property
    def rank(self) -> int:
        """The place of the status from best (0) to worst, to sort by."""
        return rank(self.status)


def worst_of(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The first verdict of the worst status, or None of none."""
    return max(verdicts, key=lambda verdict: verdict.rank, default=None)
