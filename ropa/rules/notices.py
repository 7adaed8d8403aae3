"""The clock of one customer for one planned change of subprocessor (Art. 28(2)).

Contracts state two lengths of time, and neither is ever inferred from the other: how long before the change the
customer is told, and how long the customer may object. What a contract does not say stays "not recorded".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ropa.rules.dates import days, long_date
from ropa.rules.finding import Reason
from ropa.rules.notice_counting import counting_reason, first_day
from ropa.rules.notice_emergency import Course, course
from ropa.rules.notice_last_day import LastDay, last_day
from ropa.rules.notice_starts import Start, notice_start, window_start
from ropa.rules.notice_terms import ARTICLE, OPINION, NoticeClock, NoticeFacts, State, is_open
from ropa.rules.period import Period, add

__all__ = ["ARTICLE", "OPINION", "clock"]

_DAY = timedelta(days=1)


def clock(facts: NoticeFacts) -> NoticeClock:
    """The clock of one customer for one change."""
    facts = _as_known(facts)
    way = course(facts)
    notice = notice_start(facts)
    window = window_start(facts, notice)
    last = last_day(facts, way)
    late_by = _late_by(facts, last, notice, window)
    closes = _end(facts, window.day, facts.terms.objection.value)
    earliest, why = _earliest(facts, way, notice, window)
    return NoticeClock(
        state=_state(facts, way, notice, late_by, closes),
        last_day=last.day,
        days_left=(last.day - facts.on).days if last.day is not None and facts.sent is None else None,
        late_by=late_by,
        closes=closes,
        earliest=earliest,
        reasons=(
            *way.reasons,
            *_authorised(facts, way),
            *notice.reasons,
            *last.reasons,
            *_counting(facts, way),
            *window.reasons,
            *_window(facts, closes),
            *_business_days(facts, way),
            *why,
        ),
        gaps=_gaps(facts, way),
        emergency=way.applies,
        afterwards=way.afterwards,
    )


def _as_known(facts: NoticeFacts) -> NoticeFacts:
    """The facts as they stood on the day: a later date has not happened; what arrived was sent.

    What was settled before the objection came settled another one.
    """

    def known(day: date | None) -> date | None:
        return day if day is not None and day <= facts.on else None

    received, objected, resolved = known(facts.received), known(facts.objected), known(facts.resolved)
    return replace(
        facts,
        sent=known(facts.sent) or received,
        received=received,
        consented=known(facts.consented),
        objected=objected,
        resolved=None if is_open(objected, resolved) else resolved,
    )


def _late_by(facts: NoticeFacts, last: LastDay, notice: Start, window: Start) -> int:
    """By how many days the notice, or the time to object, began to count too late; up to today where it has not."""

    def over(limit: date | None, start: Start) -> int:
        reference = start.day or facts.sent or facts.on
        return (reference - limit).days if limit is not None else 0

    return max(over(last.notice, notice), over(last.window, window), 0)


def _authorised(facts: NoticeFacts, way: Course) -> tuple[Reason, ...]:
    stated = facts.terms.authorisation
    if way.afterwards:
        return ()
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


def _counting(facts: NoticeFacts, way: Course) -> tuple[Reason, ...]:
    """Which way the days before the change were counted; what is told after it has no such two ends."""
    if way.period.value is None or way.afterwards:
        return ()
    return (counting_reason(facts.terms.counting, way.period.basis),)


def _business_days(facts: NoticeFacts, way: Course) -> tuple[Reason, ...]:
    """Which days are no business days, where a length that counts here is in business days."""
    window = facts.terms.objection
    counted = next((each for each in (way.period, window) if each.value is not None and each.value.business_days), None)
    if counted is None:
        return ()
    if facts.calendar:
        text = f"Business days leave out Saturdays, Sundays and {facts.calendar}."
    else:
        text = "Business days leave out Saturdays and Sundays; no public holidays are known here, so allow for them."
    note = f" {facts.calendar_note}" if facts.calendar_note else ""
    return (Reason(text + note, facts.terms.business_days.basis or counted.basis),)


def _earliest(facts: NoticeFacts, way: Course, notice: Start, window: Start) -> tuple[date | None, tuple[Reason, ...]]:
    """The first day on which the change may take effect for this customer, and what bounds it."""
    terms = facts.terms
    if facts.objected is not None and facts.resolved is None:
        text = f"The objection of {long_date(facts.objected)} is not resolved."
        return None, (Reason(text, ARTICLE),)
    if way.afterwards:
        first = min(facts.on, facts.effective or facts.on)
        if facts.objected is not None and facts.resolved is not None and facts.objected <= first:
            first = max(first, facts.resolved)
        return first, (Reason("For this customer the change may take effect at once.", terms.emergency.basis),)
    if way.waits_for_consent(terms.authorisation.value) and facts.consented is None:
        return None, (Reason("No consent is recorded, so there is no date on which the change may start.", ARTICLE),)
    if way.period.value is None:
        return None, (Reason("Without a notice period nobody can say when the change may start.", ARTICLE),)
    told = facts.sent is not None
    counts_window = terms.objection.value is not None and not way.applies
    if told and (notice.day is None or (counts_window and window.day is None)):
        text = "Without the day of receipt nobody can say when the change may start."
        return None, (Reason(text, terms.clock.basis),)
    begun, opened = notice.day or facts.on, window.day or facts.on
    bounds = [begun, facts.consented or begun, facts.resolved or begun]
    over = _over(facts, begun, way.period.value)
    closes = _end(facts, opened, terms.objection.value) if counts_window else None
    if over is None or (counts_window and closes in (None, date.max)):
        return None, (Reason("The notice period ends outside the calendar.", way.period.basis),)
    bounds += [over] if closes is None else [over, closes + _DAY]
    found = max(bounds)
    how = f"counted from {long_date(begun)}" if told else f"if the notice went out on {long_date(begun)}"
    if terms.authorisation.value is None and facts.consented is None:
        text = f"If the authorisation is general: {long_date(found)}, {how}. Until that is recorded nobody can say."
        return None, (Reason(text, ARTICLE),)
    return found, (Reason(f"Earliest date for this customer: {long_date(found)}, {how}.", way.period.basis),)


def _end(facts: NoticeFacts, start: date | None, period: Period | None) -> date | None:
    """The day on which a period ends; None without both, and past the end of the calendar."""
    if start is None or period is None:
        return None
    try:
        return add(start, period, facts.holidays)
    except ValueError:
        return None


def _over(facts: NoticeFacts, start: date | None, period: Period) -> date | None:
    """The first day on which the change may take effect by the notice alone; None as in `_end`."""
    if start is None:
        return None
    try:
        return first_day(start, period, facts.terms.counting.value, facts.holidays)
    except ValueError:
        return None


def _state(facts: NoticeFacts, way: Course, notice: Start, late_by: int, closes: date | None) -> State:
    terms, told = facts.terms, facts.sent is not None
    if facts.objected is not None and facts.resolved is None:
        return "blocked by objection"
    if not told and late_by:
        return "late"
    if way.waits_for_consent(terms.authorisation.value) and facts.consented is None:
        return "waiting for consent" if told else "due"
    if told and late_by:
        return "sent late"
    if way.period.value is None or (terms.authorisation.value is None and not way.afterwards):
        return "terms not recorded"
    if not told:
        return "due"
    if closes is not None and facts.on <= closes:
        return "objection open"
    if terms.objection.value is not None and closes is None:
        return "sent"
    over = notice.day if way.afterwards else _over(facts, notice.day, way.period.value)
    return "sent" if over is None or facts.on < over else "done"


def _gaps(facts: NoticeFacts, way: Course) -> tuple[str, ...]:
    """What is not recorded and matters: a notice period counts also where consent is needed."""
    terms = facts.terms
    window = terms.objection.value
    lengths = (way.period.value, window)
    missing = {
        "authorisation": terms.authorisation.value is None,
        **dict.fromkeys(way.gaps, True),
        "clock": terms.clock.value is None,
        "counting": terms.counting.value is None and way.period.value is not None and not way.afterwards,
        "objection": window is None,
        "objection_clock": window is not None and terms.objection_clock.value is None,
        "business_days": terms.business_days.value is None and any(each and each.business_days for each in lengths),
    }
    return tuple(name for name, is_missing in missing.items() if is_missing)
