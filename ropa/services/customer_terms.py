"""What each customer was promised about changes of subprocessor: by its contract, else by the organisation to all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ropa.records.agreement import AgreementFields
from ropa.records.organisation import NoticeTerms
from ropa.records.register import Register
from ropa.rules.notice_terms import Stated, Terms
from ropa.rules.period import Period


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
        objection=period("objection"),
        objection_clock=stated("objection_clock"),
        business_days=stated("business_days"),
        emergency=stated("emergency"),
        emergency_notice=period("emergency_notice"),
    )
    return terms, {field: stated(field) for field in ("channel", "contact", "remedy")}
