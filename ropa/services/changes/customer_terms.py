"""What each customer was promised about changes of subprocessor: by its contract, else by the organisation to all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from ropa.law.holidays import any_of, calendar_words, public_holidays
from ropa.records.agreement import AgreementFields
from ropa.records.organisation import NoticeTerms
from ropa.records.register import Register
from ropa.rules.dates import long_date
from ropa.rules.finding import Reason
from ropa.rules.notice_terms import Stated, Terms
from ropa.rules.period import Period
from ropa.rules.squeeze import Promise


def agreement_of(register: Register, customer: str, on: dt.date) -> AgreementFields | None:
    """The organisation's own agreement with a customer that runs on the date; the last signed that has notice terms."""
    running = [
        each
        for each in register.agreements_with(customer)
        if each.party == customer
        and each.between is None
        and (each.signed is None or each.signed <= on)
        and (each.expires is None or on <= each.expires)
    ]
    return max(running, key=lambda each: (each.notice is not None, each.signed or dt.date.min), default=None)


def ended_terms(register: Register, customer: str, on: dt.date) -> Reason | None:
    """What has to be said where a customer's contract has ended and none has taken its place."""
    if agreement_of(register, customer, on) is not None:
        return None
    own = [each for each in register.agreements_with(customer) if each.party == customer and each.between is None]
    ended = [each for each in own if each.notice is not None and each.expires is not None and each.expires < on]
    last = max(ended, key=lambda each: each.expires or dt.date.min, default=None)
    if last is None or last.expires is None:
        return None
    words = f"The contract ended on {long_date(last.expires)}, and none that runs is recorded: what was promised every "
    return Reason(f"{words}customer is counted. Look whether the contract's own terms go on.", last.name)


def terms_of(register: Register, agreement: AgreementFields | None) -> tuple[Terms, dict[str, Stated[str]]]:
    """What a customer was promised: each part as its contract says, else as the organisation promises everyone."""
    owner = register.organisation
    sources: list[tuple[NoticeTerms, str]] = []
    if agreement is not None and agreement.notice is not None:
        sources.append((agreement.notice, agreement.name))
    if owner.notice is not None:
        sources.append((owner.notice, f"what {owner.name} promises every customer"))

    def stated(field: str) -> Stated[Any]:
        found = ((getattr(terms, field), basis) for terms, basis in sources)
        return next((Stated(value, basis) for value, basis in found if value is not None), Stated())

    def period(field: str) -> Stated[Period]:
        found = stated(field)
        return found if found.value is None else Stated(Period.parse(found.value), found.basis)

    terms = Terms(
        authorisation=stated("authorisation"),
        period=period("period"),
        clock=stated("clock"),
        counting=stated("counting"),
        objection=period("objection"),
        objection_clock=stated("objection_clock"),
        business_days=stated("business_days"),
        emergency=stated("emergency"),
        emergency_notice=period("emergency_notice"),
    )
    return terms, {field: stated(field) for field in ("channel", "contact", "remedy")}


@dataclass(frozen=True, slots=True)
class BusinessDays:
    """Which days are no business days, weekends aside; whose holidays they are, and what is to be said about it."""

    holidays: Container[dt.date] = frozenset()
    calendar: str = ""
    note: str = ""


def business_days(register: Register, customer: str | None, terms: Terms) -> BusinessDays:
    """The holidays that the terms of a customer leave out; none where no length of time is in business days.

    Where the contract names no calendar, they are those of the organisation's and the customer's countries together:
    more holidays can only make the last day to send earlier and a window longer.
    """
    lengths = (terms.period.value, terms.objection.value, terms.emergency_notice.value)
    if not any(each is not None and each.business_days for each in lengths):
        return BusinessDays()
    if (named := terms.business_days.value) is not None:
        try:
            return BusinessDays(public_holidays(named), f"public holidays ({calendar_words(named)})")
        except ValueError as error:
            return BusinessDays(note=f"The contract names a calendar that is not known here: {error}.")
    sides = (register.organisation.country, register.parties[customer].country if customer else None)
    countries = [country for country in dict.fromkeys(sides) if country is not None]
    known = [country for country in countries if _has_calendar(country)]
    if not known:
        return BusinessDays(note="Whose holidays count is not recorded, nor a country whose holidays are known.")
    whose = "; ".join(calendar_words(country) for country in known)
    note = (
        "Whose holidays count is not recorded; those of the countries of both sides are assumed, because that can only "
        "make the notice longer."
    )
    return BusinessDays(any_of(tuple(known)), f"public holidays ({whose})", note)


def _has_calendar(country: str) -> bool:
    try:
        public_holidays(country)
    except ValueError:
        return False
    return True


def promise_to(register: Register, customer: str | None, on: dt.date) -> Promise:
    """What a customer was promised on a date, by the contract that runs then; None: what all were, whoever they are."""
    terms, _ = terms_of(register, None if customer is None else agreement_of(register, customer, on))
    free = business_days(register, customer, terms)
    return Promise(
        key=customer or "",
        name="every customer" if customer is None else register.parties[customer].name,
        terms=terms,
        holidays=free.holidays,
        calendar=free.calendar,
        calendar_note=free.note,
    )
