"""What one customer is owed about one change: its contract, what had happened by the date, and the clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from ropa.records.agreement import AgreementFields
from ropa.records.change import ChangeFields, NoticeFields
from ropa.records.register import Register
from ropa.rules.notice_terms import NoticeClock, NoticeFacts, Stated, Terms, is_open, needs_consent
from ropa.rules.notices import clock
from ropa.services.changes.customer_terms import agreement_of, business_days, ended_terms, terms_of
from ropa.services.changes.known import known_notice
from ropa.services.changes.reach import Told


@dataclass(frozen=True)
class CustomerNotice:
    """What one customer is owed about one change.

    `why` is empty where a notice is recorded for a customer whom the change does not reach. `agreement` is the
    contract that was read, `terms` what it and the organisation's own promise come to, `text` the rest of what they
    say (channel, contact, remedy), each with its basis, and `notice` what had happened by the date.
    """

    customer: str
    why: tuple[Told, ...]
    agreement: AgreementFields | None
    terms: Terms
    text: dict[str, Stated[str]]
    notice: NoticeFields | None
    clock: NoticeClock

    @property
    def out(self) -> dt.date | None:
        """The day on which the notice went out: sent, else received; None where the customer was not told."""
        return None if self.notice is None else self.notice.sent or self.notice.received

    @property
    def is_told(self) -> bool:
        """Whether the notice went out."""
        return self.out is not None

    @property
    def objects(self) -> bool:
        """Whether an objection waits for its settlement."""
        return self.notice is not None and is_open(self.notice.objected, self.notice.resolved)

    @property
    def objected_late(self) -> bool:
        """Whether the objection came after the window had closed."""
        objected, closes = None if self.notice is None else self.notice.objected, self.clock.closes
        return objected is not None and closes is not None and closes < objected

    @property
    def asks_consent(self) -> bool:
        """Whether silence is refusal; a contract that lets the customer be told afterwards consented beforehand."""
        return needs_consent(self.terms.authorisation.value) and not self.clock.afterwards

    @property
    def waits_for_consent(self) -> bool:
        """Whether consent is needed and not there."""
        return self.asks_consent and (self.notice is None or self.notice.consented is None)

    @property
    def must_arrive(self) -> bool:
        """Whether the contract counts from receipt: by the last day the notice has arrived and is not on its way."""
        return self.terms.clock.value == "received"

    @property
    def waits_for_receipt(self) -> bool:
        """Whether a notice went out, the contract counts from receipt, and the day of receipt is not recorded."""
        notice = self.notice
        sent = notice is not None and notice.sent is not None and notice.received is None
        return sent and self.must_arrive


def customer_notice(
    register: Register,
    change: ChangeFields,
    customer: str,
    why: tuple[Told, ...],
    notice: NoticeFields | None,
    on: dt.date,
) -> CustomerNotice:
    """What one customer is owed about one change on a date; `why` are the activities through which it reaches it."""
    notice = None if notice is None else known_notice(notice, on)
    agreement = agreement_of(register, customer, on)
    terms, text = terms_of(register, agreement)
    free = business_days(register, customer, terms)
    facts = NoticeFacts(
        terms=terms,
        on=on,
        effective=change.effective,
        emergency=change.kind == "emergency",
        holidays=free.holidays,
        calendar=free.calendar,
        calendar_note=free.note,
        sent=notice.sent if notice else None,
        received=notice.received if notice else None,
        consented=notice.consented if notice else None,
        objected=notice.objected if notice else None,
        resolved=notice.resolved if notice else None,
    )
    found, ended = clock(facts), ended_terms(register, customer, on)
    if ended is not None:
        found = replace(found, reasons=(ended, *found.reasons))
    return CustomerNotice(customer, why, agreement, terms, text, notice, found)
