"""What a vendor announced to us: until when to object, and whether customers were told in turn (Art. 28(2), (4))."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ropa.rules.catalogue import conclude
from ropa.rules.dates import days, long_date
from ropa.rules.finding import Finding, Reason
from ropa.rules.notice_terms import ARTICLE, Stated
from ropa.rules.period import Period, add
from ropa.rules.squeeze import Promise, few, shortfalls

SOON = 7
"""How many days before the last day to object a missing decision is a finding."""

_NONE: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementFacts:
    """One announcement on the day `on`.

    `agreed` is the time to object that our agreement with the vendor gives, for announcements that state none.
    `promises` are those of the customers whose data the vendor has, `unserved` the activities it works for without a
    recorded customer; `passed_on` are the changes, by name, that tell customers of it.
    """

    organisation: str
    key: str
    name: str
    vendor: str
    on: date
    received: date | None = None
    object_by: date | None = None
    window: Period | None = None
    agreed: Stated[Period]
    holidays: Container[date] = _NONE
    effective: date | None = None
    decision: Literal["accepted", "objected", "not-concerned"] | None = None
    decided: date | None = None
    grounds: str | None = None
    promises: tuple[Promise, ...] = ()
    unserved: tuple[str, ...] = ()
    passed_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectionClock:
    """The last day to object, None where it cannot be told, and why; `days_left` to it (negative: over).

    `days_left` is None once it is decided.
    """

    last_day: date | None
    days_left: int | None
    reasons: tuple[Reason, ...]


def objection_clock(facts: AnnouncementFacts) -> ObjectionClock:
    """Until when the organisation may object: as the announcement says, else as the agreement with the vendor does."""
    facts = _as_known(facts)
    last, reason = _last_day(facts)
    waits = last is not None and facts.decision is None
    return ObjectionClock(last, (last - facts.on).days if last is not None and waits else None, (reason,))


def has_arrived(facts: AnnouncementFacts) -> bool:
    """Whether it had reached the organisation by the day; one without a day of receipt counts as there."""
    return facts.received is None or facts.received <= facts.on


def announcement(facts: AnnouncementFacts) -> Iterator[Finding]:
    """What is wrong with one announcement: nobody decided, customers were not told, or nothing can be counted."""
    if not has_arrived(facts):
        return
    facts = _as_known(facts)
    yield from _undecided(facts, objection_clock(facts))
    yield from _not_passed_on(facts)


def _as_known(facts: AnnouncementFacts) -> AnnouncementFacts:
    """The facts as they stood on the day: what was decided later was not decided yet."""
    if facts.decided is None or facts.decided <= facts.on:
        return facts
    return replace(facts, decision=None, decided=None, grounds=None)


def _last_day(facts: AnnouncementFacts) -> tuple[date | None, Reason]:
    if facts.object_by is not None:
        return facts.object_by, Reason(f"The announcement lets us object until {long_date(facts.object_by)}.", ARTICLE)
    window = facts.window or facts.agreed.value
    basis = f"what {facts.vendor} announced" if facts.window else facts.agreed.basis
    if window is None:
        text = "Neither the announcement nor our agreement with the vendor says how long we may object."
        return None, Reason(text, ARTICLE)
    if facts.received is None:
        return None, Reason(f"We may object for {window.words()}; from when is not recorded.", basis)
    try:
        last = add(facts.received, window, facts.holidays)
    except ValueError:
        return None, Reason("The last day to object lies outside the calendar.", basis)
    text = f"We may object for {window.words()} from {long_date(facts.received)}, that is until {long_date(last)}."
    return last, Reason(text, basis)


def _undecided(facts: AnnouncementFacts, clock: ObjectionClock) -> Iterator[Finding]:
    if facts.decision is not None:
        return
    last, left = clock.last_day, clock.days_left
    if last is None or left is None:
        yield conclude(
            "announcement-undated",
            facts.organisation,
            f"announcement/{facts.key}",
            f"{facts.vendor}, {facts.name}: the last day to object is not known",
            clock.reasons[0].text,
            reasons=clock.reasons,
            field="object_by" if facts.received else "received",
        )
    elif left < 0:
        words = (
            f"The time to object to “{facts.name}” of {facts.vendor} was over on {long_date(last)}, {days(-left)} ago, "
            "and no decision is recorded. Silence usually counts as acceptance, unless the contract says otherwise."
        )
        title = f"{facts.vendor}, {facts.name}: the time to object passed without a decision"
        yield _open(facts, clock, title, words)
    elif left <= SOON:
        when = "today" if left == 0 else f"in {days(left)}, on {long_date(last)}"
        words = (
            f"The time to object to “{facts.name}” of {facts.vendor} ends {when}, and no decision is recorded. Silence "
            "usually counts as acceptance, unless the contract says otherwise."
        )
        yield _open(facts, clock, f"{facts.vendor}, {facts.name}: decide by {long_date(last)}", words, soon=True)


def _open(facts: AnnouncementFacts, clock: ObjectionClock, title: str, words: str, *, soon: bool = False) -> Finding:
    return conclude(
        "announcement-undecided",
        facts.organisation,
        f"announcement/{facts.key}",
        title,
        words,
        reasons=clock.reasons,
        field="decision",
        detail="closing" if soon else "past",
        severity="low" if soon else None,
    )


def _not_passed_on(facts: AnnouncementFacts) -> Iterator[Finding]:
    """The onward duty: customers whose data the vendor has are told of what changes behind it."""
    if facts.passed_on or not (facts.promises or facts.unserved):
        return
    groundless = facts.decision == "not-concerned"
    if groundless and facts.grounds:
        return
    names = [each.name for each in facts.promises] + [f"those of {each}, not recorded" for each in facts.unserved]
    words = f"{facts.vendor} has data of customers ({few(names)}), and no change passes “{facts.name}” on to them."
    if groundless:
        words += " It is recorded that their data is not concerned, and not why."
    remedy = (
        "Record the change that passes it on, and tell the customers; or record on what grounds they are not concerned"
    )
    remedy += " (the vendor gave it up, the data is not touched)."
    reasons = [Reason(words, "Art. 28(2), 28(4)")]
    if facts.effective is not None:
        reasons.append(
            Reason(
                f"{facts.vendor} means it to take effect on {long_date(facts.effective)}.",
                f"what {facts.vendor} announced",
            )
        )
        remedy += _too_early(facts, facts.effective)
    yield conclude(
        "announcement-not-passed-on",
        facts.organisation,
        f"announcement/{facts.key}",
        f"{facts.vendor}, {facts.name}: not passed on to customers",
        words,
        reasons=tuple(reasons),
        remedy=remedy,
        field="decision",
    )


def _too_early(facts: AnnouncementFacts, effective: date) -> str:
    """Whom the announced date comes too early for, even if they are told today."""
    short = shortfalls(facts.promises, facts.on, effective)
    if not short:
        return ""
    worst = short[0]
    words = (
        f" {long_date(effective)} is too early for {worst.promise.name}, who had to be told by "
        f"{long_date(worst.last_day)}, {days(worst.short)} ago"
    )
    if worst.earliest is not None:
        words += f"; told today, the change may start for it on {long_date(worst.earliest)}"
    others = few([each.promise.name for each in short[1:]])
    words += f". Too early also for {others}." if others else "."
    return f"{words} Ask {facts.vendor} for a later date, or object."
