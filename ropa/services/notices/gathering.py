"""What the notice report is about, gathered once, so that every format says the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from ropa.records.change import AnnouncementFields, ChangeFields
from ropa.records.register import Register
from ropa.reports.page import Mark
from ropa.rules.announcements import ObjectionClock
from ropa.rules.change_life import ChangeFacts, obstacles
from ropa.rules.dates import long_date
from ropa.rules.finding import Reason
from ropa.rules.notice_terms import ARTICLE, STATES, State
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice, known_changes, status_of, took_effect
from ropa.services.findings.announcements import announcement_clock, passing_on
from ropa.services.notices.evidence import Evidence, Span, evidence_of
from ropa.store.history import Entry

STATE_MARKS: dict[State, Mark] = {
    "late": "✖",
    "blocked by objection": "✖",
    "sent late": "✖",
    "due": "!",
    "terms not recorded": "?",
    "waiting for consent": "!",
    "objection open": "",
    "sent": "",
    "done": "✓",
}
"""The sign of each state of a customer's clock."""


@dataclass(frozen=True)
class Announced:
    """A vendor's announcement that is open: as known on the date, until when to object, and what passes it on."""

    announcement: AnnouncementFields
    clock: ObjectionClock
    passed_on: tuple[ChangeFields, ...]


@dataclass(frozen=True)
class Gathered:
    """One organisation's changes on a date, the most pressing first.

    `changes` are those that are open (`ChangeStatus.is_open`), and those that took effect with somebody untold;
    `overridden` are those that took effect with an override. `announcements` are what vendors announced and is
    undecided, not passed on, or passed on by a change that is open, the first to decide first. `evidence` is what went
    out in the span; None where nobody asked for one.
    """

    register: Register
    on: dt.date
    changes: tuple[ChangeStatus, ...]
    overridden: tuple[ChangeStatus, ...]
    announcements: tuple[Announced, ...]
    evidence: tuple[Evidence, ...] | None = None


@dataclass(frozen=True)
class Pressing:
    """One customer of one open change."""

    gathered: Gathered
    status: ChangeStatus
    each: CustomerNotice


def gather(register: Register, on: dt.date, span: Span | None = None, history: Iterable[Entry] = ()) -> Gathered:
    """Everything that the report says about one organisation; `history` are the entries about its notices."""
    judged = [status_of(register, each, on) for each in known_changes(register, on) if each.state != "withdrawn"]
    # A change that is recorded as effective from a later day on is still open.
    running = [each for each in judged if each.is_open or _forgotten(each)]
    done = [each for each in judged if took_effect(each.change, on) and each.change.override is not None]
    return Gathered(
        register=register,
        on=on,
        changes=tuple(sorted(running, key=_first)),
        overridden=tuple(sorted(done, key=lambda each: each.change.effective or on, reverse=True)),
        announcements=tuple(_announced(register, on, {each.change.key for each in running})),
        evidence=None if span is None else evidence_of(register, history, span, on),
    )


def _forgotten(status: ChangeStatus) -> bool:
    """Whether it took effect with somebody untold and nobody answering for that by an override."""
    untold = any(each.clock.days_left is not None or each.notice is None for each in status.owed)
    return status.change.state == "effective" and status.change.override is None and untold


def _announced(register: Register, on: dt.date, running: Container[str]) -> list[Announced]:
    found: list[Announced] = []
    for each in register.announcements.values():
        if each.received is not None and each.received > on:
            continue
        known = each
        if each.decided is not None and each.decided > on:
            known = each.model_copy(update=dict.fromkeys(("decision", "decided", "decided_by", "grounds")))
        passing = passing_on(register, each.key, on)
        waits = not passing or any(change.key in running for change in passing)
        if known.decision is None or (known.decision != "not-concerned" and waits):
            found.append(Announced(known, announcement_clock(register, each, on), tuple(passing)))
    return sorted(found, key=lambda row: (row.clock.days_left is None, row.clock.last_day or dt.date.max))


def urgency(each: CustomerNotice) -> tuple[bool, int, int]:
    """What is late first, then the most pressing."""
    return (not each.clock.is_late, *each.clock.rank)


def by_urgency(status: ChangeStatus) -> list[CustomerNotice]:
    """The customers of a change who must be told, what is late first."""
    return sorted(status.owed, key=urgency)


def pressing(found: Iterable[Gathered]) -> list[Pressing]:
    """Every customer of every open change of every organisation, the most pressing first."""
    rows = [Pressing(each, status, owed) for each in found for status in each.changes for owed in status.owed]
    return sorted(rows, key=lambda row: urgency(row.each))


def _first(status: ChangeStatus) -> tuple[tuple[bool, int, int], dt.date]:
    calm = (True, len(STATES), 0)
    return min(map(urgency, status.owed), default=calm), status.change.effective or dt.date.max


def in_the_way(status: ChangeStatus, each: CustomerNotice) -> tuple[Reason, ...]:
    """What stands between one customer and the planned date; empty where nothing does."""
    # The standing that was made of this clock: names may be those of two customers.
    mine = tuple(standing for standing in status.facts.customers if standing.clock is each.clock)
    common = _common(status)
    found = [reason for reason in _against(status, replace(status.facts, customers=mine)) if reason not in common]
    planned, earliest = status.change.effective, each.clock.earliest
    if not each.is_told and found and planned is not None and earliest is not None and planned < earliest:
        text = f"Told today, the earliest lawful date is {long_date(earliest)}, after the planned one."
        found.append(Reason(text, ARTICLE))
    return tuple(found)


def in_general(status: ChangeStatus) -> tuple[Reason, ...]:
    """What stands between the change and its planned date, whoever the customer is."""
    announced = obstacles("notify", status.facts) if status.facts.state == "proposed" else ()
    common = _common(status)
    return (
        *(found.reason for found in announced),
        *(each for each in _against(status, status.facts) if each in common),
    )


def _common(status: ChangeStatus) -> tuple[Reason, ...]:
    return _against(status, replace(status.facts, customers=()))


def _against(status: ChangeStatus, facts: ChangeFacts) -> tuple[Reason, ...]:
    """What would stand in the way on the planned day, were that day come, by what has happened until now."""
    if status.stage == "effective":
        return ()
    planned = max(status.change.effective or status.earliest or status.facts.on, status.facts.on)
    found = obstacles("make effective", replace(facts, on=planned, state="approved"), planned)
    return tuple(each.reason for each in found)
