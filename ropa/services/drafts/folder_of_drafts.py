"""Drafts to send about one change: an e-mail and a calendar file for each customer, and a manifest. Nothing is sent."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ropa.records.errors import InputError, Problem, RefusedError
from ropa.records.register import Register
from ropa.reports.email_message import Attachment, addresses, email_message
from ropa.reports.email_message import Draft as Message
from ropa.reports.page import Item
from ropa.reports.pdf import pdf
from ropa.rules.change_life import obstacles
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice, status_of, took_effect
from ropa.services.drafts.attachments import deadlines, sheet_of
from ropa.services.drafts.remarks import remarks_of, warnings_of
from ropa.services.drafts.rights import counted, draft_dates
from ropa.services.drafts.templates import WordingTemplates
from ropa.services.drafts.transfer import verdict_of
from ropa.services.drafts.wording import NOT_APPROVED, is_sample, wording_of
from ropa.store.history import Entry

MANIFEST_FORMAT = 1
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))]
)
_LONGEST_STEM = 100


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """The draft for one customer.

    `missing` is what could not be filled, `complete` that none of it is in the wording, `warnings` what whoever sends
    it has to know; `planned` is the date of the change that it states, None where it states none; `counted` says from
    which day its dates count (`on`, where the customer has not been told), `last_day` is the last day to send by the
    customer's own terms.
    """

    customer: str
    name: str
    to: tuple[str, ...]
    stem: str
    eml: bytes
    ics: bytes
    approved: bool
    planned: dt.date | None
    on: dt.date
    last_day: dt.date | None
    counted: str
    missing: tuple[str, ...]
    complete: bool
    warnings: tuple[Item, ...]
    sample: bool

    @property
    def files(self) -> dict[str, bytes]:
        """Its files, by name."""
        return {f"{self.stem}.eml": self.eml, f"{self.stem}.ics": self.ics}

    def entry(self) -> dict[str, Any]:
        """What the manifest says about it."""
        return {
            "name": self.name,
            "to": list(self.to),
            "eml": f"{self.stem}.eml",
            "ics": f"{self.stem}.ics",
            "sha256": hashlib.sha256(self.eml).hexdigest(),
            "ics_sha256": hashlib.sha256(self.ics).hexdigest(),
            "status": "approved" if self.approved else NOT_APPROVED,
            "planned": None if self.planned is None else self.planned.isoformat(),
            "on": self.on.isoformat(),
            "last_day": None if self.last_day is None else self.last_day.isoformat(),
            "counted": self.counted,
            "missing": list(self.missing),
            "complete": self.complete,
            "warnings": [f"{each.mark} {each.text}".strip() for each in self.warnings],
            "sample": self.sample,
        }


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of one change on one day. `verdict` is what the law makes of the change: to be read before sending.

    `chosen` says that only some customers were asked for.
    """

    organisation: str
    change: str
    name: str
    planned: dt.date | None
    took_effect: bool
    on: dt.date
    approved: bool
    verdict: tuple[Item, ...]
    remarks: tuple[Item, ...]
    customers: tuple[CustomerDraft, ...]
    chosen: bool

    def manifest(self) -> dict[str, Any]:
        """What is in the folder, for people and for `ropa notice sent`."""
        return {
            "format": MANIFEST_FORMAT,
            "change": self.change,
            "organisation": self.organisation,
            "planned": None if self.planned is None else self.planned.isoformat(),
            "on": self.on.isoformat(),
            "status": "approved" if self.approved else NOT_APPROVED,
            "verdict": [f"{each.mark} {each.text}".strip() for each in self.verdict],
            "customers": {each.customer: each.entry() for each in self.customers},
        }


def drafts(
    register: Register,
    change: str,
    on: dt.date,
    customers: Sequence[str] = (),
    templates: WordingTemplates | None = None,
    history: Sequence[Entry] = (),
) -> Drafts:
    """The draft for each customer who must be told about a change, or for those named.

    `history` are the newest entries of the register, the newest first: they tell since when the deadlines are these.
    Of a change that took effect, for each who has not been told. Raises RefusedError for a change that was withdrawn
    and where nobody is to be told, InputError for a customer who need not be told and for a template that cannot be
    used, StoreError without what writes PDF.
    """
    status = status_of(register, register.changes[change], on)
    proposed = status.change.state == "proposed"
    against = [each.reason.text for each in obstacles("notify", status.facts)]
    if against and not proposed:
        raise RefusedError(against)
    owed = _chosen(status, on, customers)
    words = templates or WordingTemplates()
    newest = history[0] if history else None
    counting = {each.customer: each for each in draft_dates(register, status, on).owed}
    return Drafts(
        organisation=register.organisation.key,
        change=change,
        name=status.change.name,
        planned=status.change.effective,
        took_effect=took_effect(status.change, on),
        on=on,
        approved=not proposed,
        verdict=verdict_of(register, status),
        remarks=tuple(remarks_of(register, status)),
        customers=tuple(_draft(register, status, each, counting[each.customer], on, words, newest) for each in owed),
        chosen=bool(customers),
    )


def _chosen(status: ChangeStatus, on: dt.date, customers: Sequence[str]) -> tuple[CustomerNotice, ...]:
    owed = {each.customer: each for each in status.owed}
    if not owed:
        what = "no customer is recorded whose data this change reaches, so there is nobody to tell"
        raise RefusedError([f"{status.change.key}: {what}"])
    if problems := [
        Problem(f"{key!r} is not among those who must be told: {', '.join(owed)}")
        for key in customers
        if key not in owed
    ]:
        raise InputError(problems)
    if took_effect(status.change, on) and not customers:
        untold = tuple(each for each in owed.values() if not each.is_told)
        if not untold:
            raise RefusedError([f"{status.change.key}: it took effect, and everybody who must be told has been told"])
        return untold
    return tuple(each for each in owed.values() if not customers or each.customer in customers)


def _draft(
    register: Register,
    status: ChangeStatus,
    each: CustomerNotice,
    counting: CustomerNotice,
    on: dt.date,
    templates: WordingTemplates,
    newest: Entry | None,
) -> CustomerDraft:
    owner, party = register.organisation, register.parties[each.customer]
    wording = wording_of(register, status, counting)
    worded = templates.words(wording)
    missing = list(wording.missing)
    named = each.agreement.notice.contact if each.agreement and each.agreement.notice else None
    to, bad = addresses(named or (party.contact.email if party.contact else None) or "")
    sender, wrong = addresses((owner.contact.email if owner.contact else None) or "")
    if not to:
        missing.append(f"To: the e-mail address of {party.name}")
    missing += [f"To: {text!r} is no e-mail address" for text in bad]
    if not sender:
        missing.append(f"From: the e-mail address of {owner.name}")
    missing += [f"From: {text!r} is no e-mail address" for text in wrong]
    sample = is_sample(register, status, each)
    # Here as well as in the text, which a user's template may leave out.
    marks = {
        "NOT APPROVED": status.change.state == "proposed",
        "INCOMPLETE": bool(wording.missing),
        "Sample data": sample,
    }
    prefix = "".join(f"[{mark}] " for mark, holds in marks.items() if holds)
    sheet = Attachment(f"{_stem(status.change.key)}-change-sheet.pdf", pdf("change_sheet", sheet_of(status, wording)))
    message = Message(
        sender_name=owner.legal_name or owner.name,
        sender=sender[0] if sender else "",
        to=to,
        subject=prefix + worded.subject,
        text=worded.text,
        html=worded.html,
        attachment=sheet,
    )
    return CustomerDraft(
        customer=each.customer,
        name=party.name,
        to=to,
        stem=_stem(each.customer),
        eml=email_message(message),
        ics=deadlines(register, status, each, counting, on, newest),
        approved=status.change.state != "proposed",
        planned=status.change.effective if wording.states_date else None,
        on=each.out or on,
        last_day=each.clock.last_day,
        counted=counted(each, on),
        missing=tuple(missing),
        complete=not wording.missing,
        warnings=tuple(warnings_of(status, each, counting, party.name)),
        sample=sample,
    )


def _stem(key: str) -> str:
    """A key as the name of a file on every system: of two keys never the same."""
    stem = key.replace("/", "_")
    if len(stem) > _LONGEST_STEM:
        stem = f"{stem[:_LONGEST_STEM]}_{hashlib.sha256(key.encode()).hexdigest()[:12]}"
    return f"{stem}_" if stem.split("_", 1)[0] in _RESERVED else stem
