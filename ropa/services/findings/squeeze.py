"""Subprocessors whose notice to us is shorter than what the customers behind them were promised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator
from functools import cache, partial

from ropa.law.holidays import public_holidays
from ropa.records.agreement import AgreementFields
from ropa.records.register import Register
from ropa.rules.finding import Finding
from ropa.rules.notice_terms import Stated
from ropa.rules.period import Period
from ropa.rules.squeeze import VendorFacts, vendor_notice
from ropa.services.changes.customer_terms import agreement_of, promise_to
from ropa.services.changes.dependence import dependence, promises_behind


def squeeze_findings(register: Register, on: dt.date) -> Iterator[Finding]:
    """One conclusion at most for each subprocessor that tells the organisation of its changes itself.

    A party further down the chain tells whoever engaged it, and that one tells us; it is asked here only where the
    organisation has an agreement with it.
    """
    promise = cache(partial(promise_to, register, on=on))
    for vendor, each in dependence(register, on).items():
        agreement = vendor_agreement(register, vendor, on)
        if each.direct or agreement is not None:
            yield from vendor_notice(
                VendorFacts(
                    organisation=register.organisation.key,
                    subject=f"agreement/{agreement.key}" if agreement else f"party/{vendor}",
                    name=register.parties[vendor].name,
                    on=on,
                    period=vendor_period(agreement, "period"),
                    promises=promises_behind(register, each, promise),
                    counting=None if agreement is None or agreement.notice is None else agreement.notice.counting,
                    holidays=vendor_holidays(agreement),
                )
            )


def vendor_agreement(register: Register, vendor: str, on: dt.date) -> AgreementFields | None:
    """The organisation's agreement with a vendor that runs on the date.

    Of a party that is a customer as well, only one that an engagement names: what we promised it as our customer is
    not what it promises us.
    """
    if vendor not in register.customers:
        return agreement_of(register, vendor, on)
    named = {each.agreement for each in register.engagements_with(vendor)}
    for each in register.agreements_with(vendor):
        begun = each.signed is None or each.signed <= on
        if each.key in named and each.party == vendor and begun and (each.expires is None or on <= each.expires):
            return each
    return None


def vendor_period(agreement: AgreementFields | None, name: str) -> Stated[Period]:
    """A length of time (`period`, `objection`) that an agreement with a vendor states."""
    text = getattr(agreement.notice, name) if agreement is not None and agreement.notice is not None else None
    return Stated() if text is None or agreement is None else Stated(Period.parse(text), agreement.name)


def vendor_holidays(agreement: AgreementFields | None) -> Container[dt.date]:
    """The holidays that an agreement with a vendor names; none where it names none, or one that is not known.

    Fewer holidays make what the vendor gives us end earlier, which is the careful reading of a promise made to us.
    """
    named = agreement.notice.business_days if agreement is not None and agreement.notice is not None else None
    try:
        return public_holidays(named) if named is not None else frozenset()
    except ValueError:
        return frozenset()
