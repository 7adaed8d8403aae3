"""The life of a subprocessor change: where it stands, and which step it may take next (Art. 28(2)).

proposed, approved, notified, objection window, effective; or withdrawn, at any time before it took effect. A step
that may not be taken says why, each reason with what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ropa.rules.dates import long_date
from ropa.rules.finding import Reason
from ropa.rules.notice_terms import ARTICLE, OPINION, NoticeClock, is_open, needs_consent

Stage = Literal["proposed", "approved", "notified", "objection window", "effective", "withdrawn"]
Step = Literal["approve", "notify", "make effective", "withdraw"]

TRANSFERS = "Art. 44-46 EU GDPR; Art. 44A-46 UK GDPR"

STAGES: tuple[Stage, ...] = ("proposed", "approved", "notified", "objection window", "effective", "withdrawn")
"""Every stage, in the order in which a change goes through them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerStanding:
    """One customer who must be told: what the contract asks and what has happened by the day."""

    name: str
    authorisation: str | None
    clock: NoticeClock
    sent: date | None = None
    told: date | None = None
    consented: date | None = None
    objected: date | None = None
    resolved: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFacts:
    """One change on the day `on`.

    `state` is what is recorded, `customers` are those who must be told; `unserved` names activities for which no
    customer is recorded; `uncovered` names transfers that the new arrangement would leave without a safeguard.
    """

    state: str
    on: date
    effective: date | None = None
    customers: tuple[CustomerStanding, ...] = ()
    unserved: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a step may not be taken. `final` ones cannot be overridden: the step makes no sense at all."""

    reason: Reason
    final: bool = False


def stage(facts: ChangeFacts) -> Stage:
    """Where a change stands, by what is recorded and by what has happened to its customers."""
    if facts.state == "withdrawn":
        return "withdrawn"
    if facts.state == "effective" and (facts.effective is None or facts.effective <= facts.on):
        return "effective"
    told = [each for each in facts.customers if each.sent is not None and each.sent <= facts.on]
    if facts.customers and len(told) == len(facts.customers):
        return "objection window"
    if told or facts.state == "notified":
        return "notified"
    return "approved" if facts.state in ("approved", "effective") else "proposed"


def obstacles(step: Step, facts: ChangeFacts, planned: date | None = None) -> tuple[Obstacle, ...]:
    """What stands in the way of a step on the day; empty where nothing does.

    `planned` is the day on which it is to take effect, for "make effective"; the day itself where left out.
    """
    return tuple(_STEPS[step](facts, planned or facts.on))


def _closed(facts: ChangeFacts, doing: str) -> Iterator[Obstacle]:
    if facts.state == "withdrawn":
        yield _final(f"It was withdrawn and cannot be {doing}; propose a new change.")
    elif facts.state == "effective":
        yield _final(f"It is recorded as effective{_since(facts)} and cannot be {doing}.")


def _since(facts: ChangeFacts) -> str:
    return f" from {long_date(facts.effective)}" if facts.effective else ""


def _approve(facts: ChangeFacts, _day: date) -> Iterator[Obstacle]:
    yield from _closed(facts, "approved")
    if facts.state in ("approved", "notified"):
        yield _final("It is approved already.")


def _notify(facts: ChangeFacts, _day: date) -> Iterator[Obstacle]:
    """Also once it took effect: some contracts let the customer be told afterwards, and a late notice is owed still."""
    if facts.state == "withdrawn":
        yield from _closed(facts, "announced")
    elif facts.state == "proposed":
        yield _final("It is only proposed; approve it before customers are told.")


def _withdraw(facts: ChangeFacts, _day: date) -> Iterator[Obstacle]:
    if facts.state == "withdrawn":
        yield _final("It is withdrawn already.")
    elif facts.state == "effective":
        yield _final(f"It is recorded as effective{_since(facts)}; to take it back, propose the change that undoes it.")


def _make_effective(facts: ChangeFacts, day: date) -> Iterator[Obstacle]:
    closed = list(_closed(facts, "made effective"))
    yield from closed
    if closed:
        return
    if facts.state == "proposed":
        yield _final("It is only proposed; approve it first.")
        return
    if day > facts.on:
        yield _final(f"{long_date(day)} is still to come; what has not happened cannot be recorded.")
        return
    for words in facts.unserved:
        yield _obstacle(f"{words}: for which customers it is done is not recorded, so some may not have been told.")
    if not facts.customers and not facts.unserved:
        yield _obstacle("No customer is recorded whom it reaches, so it is not shown that everybody was told.")
    for name in dict.fromkeys(facts.uncovered):
        yield Obstacle(Reason(f"Nothing that is recorded would cover the transfer to {name}.", TRANSFERS))
    for each in facts.customers:
        yield from _customer(each, facts.on, day)


def _customer(each: CustomerStanding, on: date, day: date) -> Iterator[Obstacle]:
    """What one customer's contract has against the day, by what had happened on `on`, the later of the two."""
    name, clock = each.name, each.clock
    sent, consented, objected, resolved = (
        None if when is None or when > on else when
        for when in (each.sent, each.consented, each.objected, each.resolved)
    )
    if objected is not None and is_open(objected, resolved):
        yield _obstacle(f"{name}: the objection of {long_date(objected)} is not resolved.", OPINION)
    if clock.afterwards:
        if objected is not None and resolved is not None and objected <= day < resolved:
            yield _obstacle(f"{name}: the objection of {long_date(objected)} was settled after that day only.", OPINION)
        return
    refused = needs_consent(each.authorisation) and consented is None
    if sent is None:
        yield _obstacle(f"{name} has not been told.")
    if refused:
        yield _obstacle(f"{name} must consent and has not; silence is refusal.", OPINION)
    if sent is None or refused:
        return
    if is_open(objected, resolved):
        return
    if each.told is not None and day < each.told:
        yield _obstacle(f"{name} was told that it starts on {long_date(each.told)}; {long_date(day)} is earlier.")
    if clock.earliest is None:
        why = clock.reasons[-1].text if clock.reasons else "The earliest date cannot be told."
        yield _obstacle(f"{name}: {why}")
    elif day < clock.earliest:
        yield _obstacle(f"{name}: the earliest lawful date is {long_date(clock.earliest)}.")


def _obstacle(text: str, *sources: str) -> Obstacle:
    return Obstacle(Reason(text, "; ".join((ARTICLE, *sources))))


def _final(text: str) -> Obstacle:
    return Obstacle(Reason(text, ARTICLE), final=True)


_STEPS = {"approve": _approve, "notify": _notify, "make effective": _make_effective, "withdraw": _withdraw}
