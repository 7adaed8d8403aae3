"""What a comparison of a privacy policy with the register finds, subject by subject."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ropa.exchange.policy_text import Place, PolicyText
from ropa.records.register import Register

Subject = Literal["vendor", "country", "mechanism", "retention", "deadline"]
Group = Literal["law", "policy", "register", "differently"]
Sure = Literal["clear", "likely", "possible"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the policy and the register, or the policy and the law, do not say alike.

    `group` is `law` (the policy relies on or promises what the law of the day does not give), `policy` (named in the
    policy and not in the register), `register` (the other way round) or `differently`. `mark` is one of ✖ ! ?.
    `because` says what makes it likely that it is one, empty where it is plain. `records` are kind/key.
    """

    group: Group
    subject: Subject
    name: str
    words: str
    mark: str = "!"
    sure: Sure = "clear"
    because: str = ""
    places: tuple[Place, ...] = ()
    records: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Same:
    """Something that both name."""

    subject: Subject
    name: str
    places: tuple[Place, ...] = ()
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """What the comparison of one subject gave. `remarks` say what was left out, and why."""

    differences: tuple[Difference, ...] = ()
    same: tuple[Same, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyCheck:
    """A policy compared with a register on a date."""

    register: Register
    on: dt.date
    file: str
    differences: tuple[Difference, ...]
    same: tuple[Same, ...]
    remarks: tuple[str, ...]


def places_of(policy: PolicyText, spans: Sequence[tuple[int, int]]) -> tuple[Place, ...]:
    """The places of these spans, in order, each line once."""
    found: dict[tuple[int, int, str], Place] = {}
    for start, end in sorted(spans):
        place = policy.place(start, end)
        found.setdefault((place.line, place.page, place.quote), place)
    return tuple(found.values())
