"""Notices of subprocessor changes: what is wrong, what is due, and the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ropa.records.register import Register
from ropa.rules.catalogue import conclude
from ropa.rules.dates import days, long_date
from ropa.rules.finding import Finding
from ropa.rules.notice_terms import needs_consent
from ropa.services.changes import ChangeStatus, CustomerNotice, open_changes, status_of

_TERMS = {"authorisation": "the authorisation (general or specific)", "period": "the notice period"}


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due on a date, or was: `subject` is the record it is about, as kind/key."""

    on: dt.date
    text: str
    subject: str


def notice_findings(register: Register, on: dt.date) -> list[Finding]:
    """What is late, lacks consent or cannot be counted, for every change that is not withdrawn."""
    found: list[Finding] = []
    for change in register.changes.values():
        if change.state != "withdrawn":
            status = status_of(register, change, on)
            for each in status.owed:
                found += _late(register, status, each)
                found += _consent(register, status, each)
            if change.state != "effective":
                found += _unknown_terms(register, status)
    return found


def _late(register: Register, status: ChangeStatus, each: CustomerNotice) -> Iterator[Finding]:
    change, name, last = status.change, register.parties[each.customer].name, each.clock.last_day
    if not each.clock.is_late or last is None:
        return
    told = each.clock.days_left is None
    if told:
        title = f"{change.name}: {name} was told {days(each.clock.late_by)} late"
        first = f"The notice to {name} began to count {days(each.clock.late_by)} after {long_date(last)}"
    elif change.state == "effective":
        title = f"{change.name}: no notice to {name} is recorded"
        first = f"The change took effect and no notice to {name} is recorded; it was due by {long_date(last)}"
    else:
        title = f"{change.name}: {name} has not been told, {days(each.clock.late_by)} late"
        first = f"{name} has not been told; the last day was {long_date(last)}"
    message = f"{first}, for the planned date of {long_date(change.effective)}." if change.effective else f"{first}."
    earliest = each.clock.earliest
    move = f"move the change to {long_date(earliest)} or later" if earliest else "move the change"
    remedy = f"{'For' if told else f'Tell {name} now, and for'} this customer {move}, or agree otherwise in writing."
    yield conclude(
        "notice-late",
        register.organisation.key,
        f"change/{change.key}",
        title,
        message,
        reasons=each.clock.reasons,
        remedy=remedy,
        field="effective",
    )


def _consent(register: Register, status: ChangeStatus, each: CustomerNotice) -> Iterator[Finding]:
    notice = each.notice
    if not needs_consent(each.terms.authorisation.value) or (notice is not None and notice.consented is not None):
        return
    name = register.parties[each.customer].name
    asked = f"told on {long_date(notice.sent)}" if notice is not None and notice.sent else "not asked yet"
    yield conclude(
        "consent-missing",
        register.organisation.key,
        f"change/{status.change.key}",
        f"{status.change.name}: no consent from {name}",
        f"{name} must consent to this change and was {asked}. No consent is recorded, and silence is refusal.",
        reasons=tuple(reason for reason in each.clock.reasons if "onsent" in reason.text),
        field="notices",
    )


def _unknown_terms(register: Register, status: ChangeStatus) -> Iterator[Finding]:
    for each in status.owed:
        gaps = [words for field, words in _TERMS.items() if field in each.clock.gaps]
        if gaps:
            name = register.parties[each.customer].name
            subject = f"agreement/{each.agreement.key}" if each.agreement else f"party/{each.customer}"
            yield conclude(
                "notice-terms-missing",
                register.organisation.key,
                subject,
                f"{name}: notice terms not recorded",
                f"“{status.change.name}” reaches {name}, and neither its agreement nor the organisation's own promise "
                f"says {' or '.join(gaps)}.",
                field="notice",
            )


def due_dates(register: Register, on: dt.date) -> list[Due]:
    """The last days to tell customers, the late ones included, and the closings of objection windows; by date."""
    found: list[Due] = []
    for status in open_changes(register, on):
        subject = f"change/{status.change.key}"
        for each in status.owed:
            name = register.parties[each.customer].name
            if each.clock.days_left is not None and each.clock.last_day is not None:
                found.append(Due(each.clock.last_day, f"tell {name}: {status.change.name}", subject))
            elif each.clock.closes is not None and each.clock.closes >= on:
                text = f"objection window closes: {name}, {status.change.name}"
                found.append(Due(each.clock.closes, text, subject))
    return sorted(found, key=lambda due: (due.on, due.text, due.subject))


def notice_report(registers: Sequence[Register], on: dt.date, fmt: Literal["md", "html"]) -> str:
    """Every open change of these registers and the clock of every customer, as Markdown or one HTML page."""
    from ropa.reports.notice_report import NoticePage, render_notices
    from ropa.services.notice_pages import organisation_page

    return render_notices(NoticePage(on, tuple(organisation_page(each, on) for each in registers)), fmt)
