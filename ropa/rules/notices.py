"""The clock of one customer for one planned change of subprocessor (Art. 28(2)).

Contracts state two lengths of time, and neither is ever inferred from the other: how long before the change the
customer is told, and how long the customer may object. What a contract does not say stays "not recorded".
"""

from __future__ import annotations

from datetime import date, timedelta

from ropa.rules.dates import days, is_weekend, long_date, weekday
from ropa.rules.finding import Reason
from ropa.rules.notice_terms import NoticeClock, NoticeFacts, State, needs_consent
from ropa.rules.period import Period, add, latest_start

ARTICLE = "Art. 28(2)"
OPINION = "EDPB Opinion 22/2024"
GUIDELINES = "EDPB Guidelines 07/2020 (as recalled; not checked against its text)"
_DAY = timedelta(days=1)


def clock(facts: NoticeFacts) -> NoticeClock:
    """The clock of one customer for one change."""
    facts = _as_known(facts)
    start, told = _start(facts)
    last_day, reasons = _last_day(facts)
    missed = start if start is not None else facts.sent
    reference = missed if missed is not None else facts.on
    late_by = max((reference - last_day).days, 0) if last_day is not None else 0
    window = facts.terms.objection.value
    closes = _end(start, window)
    earliest, why = _earliest(facts, start)
    return NoticeClock(
        state=_state(facts, start, late_by, closes),
        last_day=last_day,
        days_left=(last_day - facts.on).days if last_day is not None and facts.sent is None else None,
        late_by=late_by,
        closes=closes,
        earliest=earliest,
        reasons=(*_authorised(facts), *told, *reasons, *_window(facts, closes), *why),
        gaps=_gaps(facts),
    )


def _as_known(facts: NoticeFacts) -> NoticeFacts:
    """The facts as they stood on the day: a later date has not happened; what arrived was sent."""

    def known(day: date | None) -> date | None:
        return day if day is not None and day <= facts.on else None

    received = known(facts.received)
    return NoticeFacts(
        terms=facts.terms,
        on=facts.on,
        effective=facts.effective,
        sent=known(facts.sent) or received,
        received=received,
        consented=known(facts.consented),
        objected=known(facts.objected),
        resolved=known(facts.resolved),
    )


def _start(facts: NoticeFacts) -> tuple[date | None, tuple[Reason, ...]]:
    """The day from which the contract counts, once the notice is out, and what has to be said about it."""
    stated = facts.terms.clock
    if stated.value == "received":
        if facts.sent is not None and facts.received is None:
            text = "The contract counts from receipt, and no day of receipt is recorded; nothing can be counted yet."
            return None, (Reason(text, stated.basis),)
        return facts.received, (Reason("The clock starts when the customer receives the notice.", stated.basis),)
    if stated.value == "page-updated":
        text = (
            "The clock starts when the page is updated, and the day recorded as sent is taken as that day. "
            "A page that changes silently is not enough: each customer is told."
        )
        return facts.sent, (Reason(text, f"{stated.basis}; {GUIDELINES}"),)
    if stated.value == "sent":
        return facts.sent, (Reason("The clock starts when the notice is sent.", stated.basis),)
    text = "What starts the clock is not recorded; the later of sending and receipt is counted from."
    days_known = [day for day in (facts.sent, facts.received) if day is not None]
    return max(days_known, default=None), (Reason(text, ARTICLE),)


def _last_day(facts: NoticeFacts) -> tuple[date | None, tuple[Reason, ...]]:
    """The last day on which the clock may start so that notice and window fit before the planned date."""
    period, window, effective = facts.terms.period, facts.terms.objection, facts.effective
    if effective is None:
        return None, (Reason("No planned date is recorded, so there is no last day to send.", ARTICLE),)
    try:
        if period.value is None:
            return None, (Reason("The notice period is not recorded, so there is no last day to send.", ARTICLE),)
        last = latest_start(effective, period.value)
        text = f"{period.value.words()} before {long_date(effective)} is {long_date(last)}."
        reasons = [Reason(text, period.basis)]
        if window.value is not None and (sooner := latest_start(effective - _DAY, window.value)) < last:
            last = sooner
            text = (
                f"The {window.value.words()} to object must be over before the change, "
                f"which makes it {long_date(last)}."
            )
            reasons.append(Reason(text, window.basis))
    except (ValueError, OverflowError):
        return None, (Reason("The last day to send lies outside the calendar.", period.basis),)
    if period.value.business_days or (window.value is not None and window.value.business_days):
        text = "Business days leave out Saturdays and Sundays; no public holidays are known here, so allow for them."
        reasons.append(Reason(text, period.basis))
    if facts.sent is None and is_weekend(last):
        reasons.append(Reason(f"{long_date(last)} is a {weekday(last)}."))
    return last, tuple(reasons)


def _authorised(facts: NoticeFacts) -> tuple[Reason, ...]:
    stated = facts.terms.authorisation
    if stated.value == "general":
        text = "General authorisation: once the time to object is over, silence is acceptance."
    elif stated.value == "specific":
        text = "Specific authorisation: the change needs this customer's consent, and silence is refusal."
    elif stated.value == "mixed":
        text = (
            "Some changes need consent under this contract and others only notice. Which of the two this is, is not "
            "recorded, so consent is waited for."
        )
    else:
        text = "Whether the customer authorised changes in general or one by one is not recorded."
    return (Reason(text, "; ".join(filter(None, (stated.basis, ARTICLE, OPINION if stated.value else "")))),)


def _window(facts: NoticeFacts, closes: date | None) -> tuple[Reason, ...]:
    window = facts.terms.objection
    if window.value is None:
        text = "How long the customer may object is not recorded; it is not taken from the notice period."
        return (Reason(text, ARTICLE),)
    if closes is None:
        return (Reason(f"The customer may object for {window.value.words()}.", window.basis),)
    verb = "could" if closes < facts.on else "may"
    text = f"The customer {verb} object until the end of {long_date(closes)} ({window.value.words()})."
    reasons = [Reason(text, window.basis)]
    if facts.objected is not None and facts.objected > closes:
        over = days((facts.objected - closes).days)
        reasons.append(Reason(f"The objection came {over} after the window had closed.", window.basis))
    return tuple(reasons)


def _earliest(facts: NoticeFacts, start: date | None) -> tuple[date | None, tuple[Reason, ...]]:
    """The first day on which the change may take effect for this customer, and what bounds it."""
    terms = facts.terms
    if facts.objected is not None and facts.resolved is None:
        text = f"The objection of {long_date(facts.objected)} is not resolved."
        return None, (Reason(text, ARTICLE),)
    if needs_consent(terms.authorisation.value) and facts.consented is None:
        return None, (Reason("No consent is recorded, so there is no date on which the change may start.", ARTICLE),)
    if terms.period.value is None:
        return None, (Reason("Without a notice period nobody can say when the change may start.", ARTICLE),)
    if facts.sent is not None and start is None:
        return None, ()
    begun = start if start is not None else facts.on
    bounds = [begun, facts.consented or begun, facts.resolved or begun]
    over = _end(begun, terms.period.value)
    closes = _end(begun, terms.objection.value)
    if over is None or (terms.objection.value is not None and closes in (None, date.max)):
        return None, (Reason("The notice period ends outside the calendar.", terms.period.basis),)
    bounds += [over] if closes is None else [over, closes + _DAY]
    found = max(bounds)
    how = f"counted from {long_date(begun)}" if start is not None else f"if the notice went out on {long_date(begun)}"
    if terms.authorisation.value is None and facts.consented is None:
        text = f"If the authorisation is general: {long_date(found)}, {how}. Until that is recorded nobody can say."
        return None, (Reason(text, ARTICLE),)
    return found, (Reason(f"Earliest date for this customer: {long_date(found)}, {how}.", terms.period.basis),)


def _end(start: date | None, period: Period | None) -> date | None:
    """The day on which a period ends; None without both, and past the end of the calendar."""
    if start is None or period is None:
        return None
    try:
        return add(start, period)
    except ValueError:
        return None


def _state(facts: NoticeFacts, start: date | None, late_by: int, closes: date | None) -> State:
    terms = facts.terms
    if facts.objected is not None and facts.resolved is None:
        return "blocked by objection"
    if facts.sent is None and late_by:
        return "late"
    if needs_consent(terms.authorisation.value) and facts.consented is None:
        return "due" if facts.sent is None else "waiting for consent"
    if facts.sent is not None and late_by:
        return "sent late"
    if terms.period.value is None or terms.authorisation.value is None:
        return "terms not recorded"
    if facts.sent is None:
        return "due"
    if closes is not None and facts.on <= closes:
        return "objection open"
    over = _end(start, terms.period.value)
    return "sent" if over is None or facts.on < over else "done"


def _gaps(facts: NoticeFacts) -> tuple[str, ...]:
    """What is not recorded and matters: a notice period counts also where consent is needed."""
    terms = facts.terms
    named = {
        "authorisation": terms.authorisation.value,
        "period": terms.period.value,
        "clock": terms.clock.value,
        "objection": terms.objection.value,
    }
    return tuple(name for name, value in named.items() if value is None)
