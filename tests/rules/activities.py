"""Facts of a small activity of a controller with nothing wrong, for tests that break one thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from ropa.law.lawbook import LawBook
from ropa.rules.activity_facts import ActivityFacts, BasisFacts, ConditionFacts, DataFacts, RetentionFacts
from ropa.rules.finding import Finding

ON = dt.date(2026, 11, 21)
NAME, HEALTH, FAITH = DataFacts("name", "Name"), DataFacts("health", "Health"), DataFacts("faith", "Faith")
RECORDS = DataFacts("records", "Criminal records")


def activity(**changed: Any) -> ActivityFacts:
    """An activity of a British controller; `changed` are the fields that differ."""
    fields: dict[str, Any] = {
        "organisation": "acme",
        "key": "work",
        "name": "Work",
        "role": "controller",
        "regimes": ("uk",),
        "purposes": ("pay staff",),
        "processing": 0,
        "controllers": 0,
        "stated_controllers": 0,
        "joint_controllers": (),
        "subjects": 1,
        "data": (NAME,),
        "recipients": 1,
        "security": 1,
        "special": (),
        "criminal": (),
        "about_life": False,
        "bases": (basis(),),
        "conditions": (),
        "retention": (kept(),),
        "unassessed_dpia": False,
    }
    return ActivityFacts(**(fields | changed))


def basis(name: str = "contract", purpose: str | None = None) -> BasisFacts:
    """A lawful basis for one purpose, or for all."""
    return BasisFacts("b", name, purpose, True, True)


def under(condition: str, *data: DataFacts, policy: bool = True) -> ConditionFacts:
    """A condition, for some data or for all."""
    return ConditionFacts(condition, tuple(each.key for each in data), policy)


def kept(*data: DataFacts, period: str | None = "P6Y", until: str | None = None, stated: str = "") -> RetentionFacts:
    """A retention rule, for some data or for all."""
    return RetentionFacts("r", period, "the end" if period else None, until, stated or None, data)


def ask(
    rule: Callable[[ActivityFacts, LawBook, dt.date], Iterable[Finding]], facts: ActivityFacts, on: dt.date = ON
) -> list[Finding]:
    """What a rule concludes about an activity under the packaged law."""
    return list(rule(facts, LawBook.packaged(), on))
