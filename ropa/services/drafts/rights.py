"""When a change begins for one customer, until when it may object, and what its contract makes of silence (Art. 28(2)).

No message is out yet, so the dates are counted as if it went out on the day, and that is said wherever they stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ropa.records.change import NoticeFields
from ropa.records.register import Register
from ropa.rules.dates import long_date
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice, status_of, took_effect

_FROM = {"sent": "from sending", "received": "from receipt", "page-updated": "from the update of our page"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a customer is told, or else what has to be asked first; neither where there is nothing to say."""

    text: str = ""
    ask: str = ""


def draft_dates(register: Register, status: ChangeStatus, on: dt.date) -> ChangeStatus:
    """The same change as if every customer who has not been told were told on the day, and got it the same day."""
    change = status.change
    notices = dict(register.notices)
    for each in status.owed:
        had = next((notice for notice in register.notices_of(change.key) if notice.customer == each.customer), None)
        known = each.notice
        sent = each.out or on
        received = (known.received if known else None) or sent
        told = {"sent": sent, "received": received}
        made = had or NoticeFields(key=f"{change.key}/{each.customer}", change=change.key, customer=each.customer)
        notices[made.key] = made.model_copy(update=told)
    return status_of(replace(register, notices=notices), change, on)


def counted(each: CustomerNotice, on: dt.date) -> str:
    """How the dates of a draft are counted: `if sent on 22 November 2026`. `each` is as things stand."""
    sent = each.out
    words = f"as sent on {long_date(sent)}" if sent else f"if sent on {long_date(on)}"
    starts = (each.terms.clock.value, each.terms.objection_clock.value)
    waits = "received" in starts and not (each.notice and each.notice.received)
    return f"{words} and received on the same day" if waits else words


def start_of(status: ChangeStatus, each: CustomerNotice) -> Answer:
    """The planned date; where the customer's own terms do not allow it any more, what has to be settled first."""
    planned = status.change.effective
    if planned is None:
        return Answer(ask="when it takes effect")
    if not each.clock.is_late or took_effect(status.change, status.facts.on):
        return Answer(long_date(planned))
    earliest = each.clock.earliest
    bound = f"not before {long_date(earliest)}" if earliest else "that leaves the agreed notice"
    return Answer(ask=f"a start {bound}; {long_date(planned)} was planned, and this notice comes too late for that")


def until_of(each: CustomerNotice) -> Answer:
    """The last day to object; no question where consent is asked for anyhow and no window is recorded."""
    closes, window = each.clock.closes, each.terms.objection.value
    if closes is not None and window is not None:
        return Answer(long_date(closes))
    return Answer() if window is None and each.asks_consent else Answer(ask="the last day to object")


def terms_of_silence(status: ChangeStatus, each: CustomerNotice) -> Answer:
    """What follows where the customer says nothing; of a change that took effect, that this notice comes after it."""
    if took_effect(status.change, status.facts.on):
        why = ", as the terms agreed with you allow in an emergency" if each.clock.afterwards else ""
        return Answer(f"The change took effect before this notice{why}.")
    if each.terms.authorisation.value is None:
        return Answer(ask="what follows where you do not object, by the terms agreed with you")
    if each.asks_consent and each.terms.authorisation.value == "mixed":
        return Answer(ask="whether this change needs your consent; the terms agreed with you know both kinds")
    if each.asks_consent:
        return Answer("The change needs your consent; without it, it does not go ahead for you. Silence is a refusal.")
    return Answer("Unless you object in time, the change goes ahead as planned.")


def how_to_answer(each: CustomerNotice, until: str, contact: str, planned: str) -> Iterator[str]:
    """By when and to whom: `until` and `contact` as the customer is told them, `planned` empty where unsettled."""
    if each.asks_consent:
        when = f" before {planned}" if planned else ""
        yield f"Please tell us{when} whether you consent: {contact}."
    if until:
        yield f"You may object until the end of {until}{_counting(each)}."
    if not each.asks_consent:
        yield f"To object, or to ask a question, write to us: {contact}."


def _counting(each: CustomerNotice) -> str:
    """How the window is counted, in brackets; nothing where no day follows from it."""
    window, clock = each.terms.objection.value, each.terms.objection_clock.value or each.terms.clock.value
    if window is None or each.clock.closes is None or each.notice is None:
        return ""
    start = each.notice.received if clock == "received" else each.notice.sent
    how = f"{window.words()}, counted {_FROM[clock]}" if clock else window.words()
    on = ", if that is on" if clock == "received" else " on"  # nobody knows yet when a draft arrives
    return f" ({how}{f'{on} {long_date(start)}' if start else ''})"
