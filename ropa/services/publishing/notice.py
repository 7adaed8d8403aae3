"""What an organisation promises every customer about changes of subprocessor, in sentences for the public list."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law.holidays import calendar_words
from ropa.records.organisation import NoticeTerms
from ropa.rules.notice_counting import notice_words
from ropa.rules.period import Period

_STARTS = {
    "sent": "the day on which the notice is sent",
    "received": "the day on which the notice arrives",
    "page-updated": "the day on which this list is updated",
}
_AUTHORISATIONS = {
    "general": "Customers authorise subprocessors in general: a change needs notice, and no consent of its own.",
    "specific": "Each change needs the customer's consent.",
    "mixed": "Some changes need the customer's consent; the contract says which.",
}
_COUNTING = {
    "clear-days": "Neither the day from which it is counted nor the day of the change is part of that time.",
    "ordinary-days": "The change may take effect on the day on which that time ends.",
}


def notice_sentences(terms: NoticeTerms | None) -> Iterator[str]:
    """Each term that is recorded, in a sentence; nothing is inferred from another one."""
    said = list(_sentences(terms)) if terms is not None else []
    yield from said or ["No terms that hold for every customer are stated here."]
    yield "Where a customer's own contract says otherwise, the contract counts."


def _sentences(terms: NoticeTerms) -> Iterator[str]:
    if terms.period:
        from_ = f", counted from {_STARTS[terms.clock]}" if terms.clock else ""
        length = notice_words(Period.parse(terms.period), terms.counting)
        yield f"A change is announced at least {length} before it takes effect{from_}."
        if terms.counting:
            yield _COUNTING[terms.counting]
    elif terms.clock:
        yield f"The time of notice is counted from {_STARTS[terms.clock]}."
    if terms.authorisation:
        yield _AUTHORISATIONS[terms.authorisation]
    if terms.objection:
        start = terms.objection_clock or terms.clock
        from_ = f", counted from {_STARTS[start]}" if start else ""
        yield f"A customer may object within {_words(terms.objection)}{from_}."
    if terms.business_days:
        yield f"Business days leave out weekends and public holidays ({_calendar(terms.business_days)})."
    if terms.emergency:
        yield _emergency(terms.emergency, terms)
    if terms.channel:
        yield f"How customers are told: {_ended(terms.channel)}"
    if terms.remedy:
        yield f"Where an objection is not resolved: {_ended(terms.remedy)}"


def _emergency(clause: str, terms: NoticeTerms) -> str:
    period = terms.emergency_notice
    if clause == "not-allowed":
        return "An emergency allows no shorter notice."
    if clause == "shorter-notice":
        length = notice_words(Period.parse(period), terms.counting) if period else ""
        shorter = f"{length} before it takes effect" if length else "the time is not stated"
        return f"A change in an emergency may be announced later: {shorter}."
    within = f" within {_words(period)}" if period else ""
    return f"In an emergency a subprocessor may be replaced at once; customers are then told afterwards{within}."


def _calendar(code: str) -> str:
    try:
        return calendar_words(code)
    except ValueError:
        return code


def _words(period: str) -> str:
    return Period.parse(period).words()


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
