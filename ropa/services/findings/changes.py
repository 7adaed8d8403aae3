"""What is wrong with changes of subprocessor: what is late, lacks consent, is objected to, or cannot be counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ropa.flows.crossings import name_of
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.rules.catalogue import conclude
from ropa.rules.dates import days, long_date
from ropa.rules.finding import Finding, Reason
from ropa.rules.notice_terms import needs_consent
from ropa.rules.onward import onward_finding
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice, known_changes, status_of, took_effect
from ropa.services.findings.onward import carried, party_heading
from ropa.services.wording import listed

_TERMS = {
    "authorisation": "the authorisation (general or specific)",
    "period": "the notice period",
    "emergency": "what counts in an emergency",
    "emergency_notice": "the notice in an emergency",
}


def change_findings(register: Register, on: dt.date) -> list[Finding]:
    """What is late, lacks consent, is objected to or cannot be counted, for every change that is not withdrawn.

    Terms that are not recorded are asked for as long as somebody is to be told, and after a change that told nobody.
    """
    found: list[Finding] = []
    ahead: list[ChangeStatus] = []
    for change in known_changes(register, on):
        if change.state == "withdrawn":
            continue
        status = status_of(register, change, on)
        for each in status.owed:
            found += _late(register, status, each)
            found += _consent(register, status, each, on)
        for each in status.customers:
            found += _objection(register, status, each, on)
        done = took_effect(change, on)
        if not done:
            found += _uncovered(register, status)
        if not done or not all(each.is_told for each in status.owed):
            ahead.append(status)
    return found + list(_unknown_terms(register, ahead))


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
    after = "the change in an emergency" if each.clock.afterwards else "the planned date"
    message = f"{first}, for {after} of {long_date(change.effective)}." if change.effective else f"{first}."
    earliest = each.clock.earliest
    move = f"move the change to {long_date(earliest)} or later" if earliest else "move the change"
    remedy = f"{'For' if told else f'Tell {name} now, and for'} this customer {move}, or agree otherwise in writing."
    if each.clock.afterwards:
        remedy = f"Settle with {name} in writing what the late notice means." if told else f"Tell {name} now."
    yield conclude(
        "notice-late",
        register.organisation.key,
        f"change/{change.key}",
        title,
        message,
        reasons=each.clock.reasons,
        remedy=remedy,
        field="effective",
        detail=each.customer,
    )


def _consent(register: Register, status: ChangeStatus, each: CustomerNotice, on: dt.date) -> Iterator[Finding]:
    """Where silence is refusal: consent that is waited for, and a change that did not wait for it."""
    change, notice, authorisation = status.change, each.notice, each.terms.authorisation.value
    consented = None if notice is None else notice.consented
    if not needs_consent(authorisation) or each.clock.afterwards:
        return
    name, effective, done = register.parties[each.customer].name, change.effective, took_effect(change, on)
    when = f"took effect on {long_date(effective)}" if effective else "took effect"
    if done and authorisation == "specific":
        if consented is None:
            words = f"The change {when}, and {name}, who must consent to it, did not. Silence is refusal."
        elif effective is not None and effective < consented:
            words = f"The change {when}, and {name}, who must consent to it first, did so on {long_date(consented)}."
        else:
            return
        title = f"{change.name}: took effect without the consent of {name}"
        yield _of_change(register, status, each, "change-without-consent", title, words, _asks_consent(each))
    elif consented is None:
        asked = f"told on {long_date(notice.sent)}" if notice is not None and notice.sent else "not asked yet"
        if authorisation == "specific":
            words = f"{name} must consent to this change and was {asked}. "
        else:
            words = f"{name} must consent to some changes, which of them is not recorded, and was {asked}. "
        if done:
            words += f"The change {when}. "
        elif effective is not None and effective <= on:
            words += f"The planned date, {long_date(effective)}, is reached. "
        words += "No consent is recorded, and silence is refusal."
        title = f"{change.name}: no consent from {name}"
        yield _of_change(register, status, each, "consent-missing", title, words, _asks_consent(each))


def _asks_consent(each: CustomerNotice) -> tuple[Reason, ...]:
    """What the contract says about consent, and which text says so."""
    return tuple(reason for reason in each.clock.reasons if "onsent" in reason.text)


def _objection(register: Register, status: ChangeStatus, each: CustomerNotice, on: dt.date) -> Iterator[Finding]:
    """An objection that nobody settled; one that came after its window had closed never weighs as much."""
    change, notice, closes = status.change, each.notice, each.clock.closes
    if notice is None or notice.objected is None or not each.objects:
        return
    name, effective = register.parties[each.customer].name, change.effective
    late = closes is not None and closes < notice.objected and not needs_consent(each.terms.authorisation.value)
    words = f"{name} objected on {long_date(notice.objected)}"
    words += f", after its time to object was over on {long_date(closes)}. " if late and closes else ". "
    words += f"Its grounds: “{notice.grounds}”. " if notice.grounds else "Its grounds are not recorded. "
    words += "No settlement is recorded"
    reached = took_effect(change, on) or (effective is not None and effective <= on)
    if took_effect(change, on):
        words += f", and the change took effect{f' on {long_date(effective)}' if effective else ''}."
    else:
        words += f", and the planned date, {long_date(effective)}, is reached." if reached and effective else "."
    rule = "objection-unresolved" if reached and not late else "objection-open"
    title = f"{change.name}: the objection of {name} is not resolved"
    yield _of_change(register, status, each, rule, title, words)


def _uncovered(register: Register, status: ChangeStatus) -> Iterator[Finding]:
    """What the planned arrangement would send where nothing covers it; known before anybody is told."""
    for crossing in dict.fromkeys(each for each in status.crossings if each.worst.is_finding):
        place = crossing.country
        where = LawBook.in_use().country_name(place) if place else "a country that is not recorded"
        name = name_of(register, crossing.importer)
        reasons = crossing.worst.reasons
        yield conclude(
            "change-uncovered",
            register.organisation.key,
            f"change/{status.change.key}",
            f"{status.change.name}: nothing would cover the transfer to {name}",
            f"The change would send data to {name} in {where}. {' '.join(each.text for each in reasons)}",
            reasons=reasons,
            remedy=" ".join(crossing.worst.remedies),
            field="safeguard",
            detail=f"{crossing.importer} {place or ''}".strip(),
        )
    for link in status.onward:
        heading = f"{status.change.name}: {link.facts.exporter} to "
        heading += party_heading(register, link.importer, LawBook.in_use())
        what, change = f"The change would hand on {carried(register, link.edges)}", f"change/{status.change.key}"
        for each in onward_finding(link.facts, register.organisation.key, change, heading, what):
            yield replace(each, field="safeguard", detail=f"party/{link.importer}")


def _of_change(
    register: Register,
    status: ChangeStatus,
    each: CustomerNotice,
    rule: str,
    title: str,
    words: str,
    reasons: tuple[Reason, ...] = (),
) -> Finding:
    return conclude(
        rule,
        register.organisation.key,
        f"change/{status.change.key}",
        title,
        words,
        reasons=reasons,
        field="notices",
        detail=each.customer,
    )


def _unknown_terms(register: Register, changes: Sequence[ChangeStatus]) -> Iterator[Finding]:
    """What a contract does not say about changes, once for each customer that one of them reaches."""
    reached: dict[str, list[tuple[ChangeStatus, CustomerNotice]]] = {}
    for status in changes:
        for each in status.owed:
            reached.setdefault(each.customer, []).append((status, each))
    for customer, found in reached.items():
        each = found[0][1]
        missing = {gap for _, one in found for gap in one.clock.gaps}
        gaps = [words for field, words in _TERMS.items() if field in missing]
        if gaps:
            name = register.parties[customer].name
            changing = listed([f"“{status.change.name}”" for status, _ in found])
            yield conclude(
                "notice-terms-missing",
                register.organisation.key,
                f"agreement/{each.agreement.key}" if each.agreement else f"party/{customer}",
                f"{name}: notice terms not recorded",
                f"{changing} {'reaches' if len(found) == 1 else 'reach'} {name}, and neither its agreement nor the "
                f"organisation's own promise says {' or '.join(gaps)}.",
                field="notice",
            )
