"""The days from which a contract counts: the notice period, and the time to object, which may start on another day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ropa.rules.finding import Reason
from ropa.rules.notice_terms import ARTICLE, NoticeFacts, Stated
from ropa.rules.notice_terms import Start as StartsWith

GUIDELINES = "EDPB Guidelines 07/2020 (as recalled; not checked against its text)"


@dataclass(frozen=True, slots=True)
class Start:
    """The day on which something begins to count, None where it has not or nobody can say, and what is to be said."""

    day: date | None
    reasons: tuple[Reason, ...] = ()


def notice_start(facts: NoticeFacts) -> Start:
    """From when the notice counts."""
    stated = facts.terms.clock
    if stated.value is None:
        text = "What starts the clock is not recorded; the later of sending and receipt is counted from."
        known = [day for day in (facts.sent, facts.received) if day is not None]
        return Start(max(known, default=None), (Reason(text, ARTICLE),))
    if _arrival_unknown(facts, stated):
        text = "The contract counts from receipt, and no day of receipt is recorded; nothing can be counted yet."
        return Start(None, (Reason(text, stated.basis),))
    text = {
        "received": "The clock starts when the customer receives the notice.",
        "sent": "The clock starts when the notice is sent.",
        "page-updated": "The clock starts when the page is updated, and the day recorded as sent is taken as that day. "
        "A page that changes silently is not enough: each customer is told.",
    }[stated.value]
    basis = f"{stated.basis}; {GUIDELINES}" if stated.value == "page-updated" else stated.basis
    return Start(_day(facts, stated), (Reason(text, basis),))


def window_start(facts: NoticeFacts, notice: Start) -> Start:
    """From when the time to object counts; like the notice where the contract does not say."""
    stated, window = facts.terms.objection_clock, facts.terms.objection
    if window.value is None:
        return Start(None)
    if stated.value is None:
        text = "What starts the time to object is not recorded; it is counted like the notice."
        return Start(notice.day, (Reason(text, window.basis),))
    if _arrival_unknown(facts, stated):
        text = "The time to object counts from receipt, and no day of receipt is recorded; nobody can say when it ends."
        return Start(None, (Reason(text, stated.basis),))
    if stated.value == facts.terms.clock.value:
        return Start(notice.day)
    text = {
        "received": "The time to object starts when the customer receives the notice.",
        "sent": "The time to object starts when the notice is sent.",
        "page-updated": "The time to object starts when the page is updated; the day recorded as sent is taken as it.",
    }[stated.value]
    return Start(_day(facts, stated), (Reason(text, stated.basis),))


def _arrival_unknown(facts: NoticeFacts, stated: Stated[StartsWith]) -> bool:
    return stated.value == "received" and facts.sent is not None and facts.received is None


def _day(facts: NoticeFacts, stated: Stated[StartsWith]) -> date | None:
    return facts.received if stated.value == "received" else facts.sent
