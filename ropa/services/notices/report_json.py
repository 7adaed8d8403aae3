"""What `ropa notice report` says to a program: plain values of a stable shape, described in docs/notice-json.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from ropa.flows.hop_facts import name_of
from ropa.records.change import ChangeFields
from ropa.records.register import Register
from ropa.rules.notice_terms import Stated
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice
from ropa.services.changes.verdict import plain_onward
from ropa.services.layout import iso, plain_crossing, plain_party, plain_reasons
from ropa.services.notices.evidence import DATES, Evidence, Span, as_day
from ropa.services.notices.gathering import (
    Announced,
    Gathered,
    by_urgency,
    in_general,
    in_the_way,
    pressing,
)
from ropa.services.notices.to_do import to_do

FORMAT = 1
_TERMS = ("authorisation", "period", "clock", "counting", "objection", "objection_clock", "business_days")


def as_json(found: Sequence[Gathered], on: dt.date, span: Span | None) -> dict[str, Any]:
    """The report as plain values."""
    return {
        "format": FORMAT,
        "on": on.isoformat(),
        "period": None if span is None else {"from": iso(span.start), "until": span.end.isoformat()},
        "organisations": [
            {
                "key": each.register.organisation.key,
                "name": each.register.organisation.name,
                "legal_name": each.register.organisation.legal_name,
                "regimes": list(each.register.regimes(on)),
            }
            for each in found
        ],
        "to_do": [
            {
                "organisation": row.gathered.register.organisation.key,
                "change": row.status.change.key,
                "customer": row.each.customer,
                "what": [item.text for item in to_do(row.status, row.each)],
            }
            for row in pressing(found)
        ],
        "changes": [_change(each.register, status) for each in found for status in each.changes],
        "took_effect_with_override": [_change(each.register, status) for each in found for status in each.overridden],
        "announcements": [_announced(each.register, one) for each in found for one in each.announcements],
        "evidence": None
        if span is None
        else [_evidence(each.register, one) for each in found for one in each.evidence or ()],
    }


def _change(register: Register, status: ChangeStatus) -> dict[str, Any]:
    change = status.change
    return {
        "organisation": register.organisation.key,
        "key": change.key,
        "name": change.name,
        "kind": change.kind,
        "stage": status.stage,
        "state": change.state,
        "party": plain_party(change.party, register.parties[change.party]),
        "replaces": change.replaces,
        "beneath": change.beneath,
        "new_name": change.new_name,
        "announcement": change.announcement,
        "activities": list(status.activities),
        "activities_without_customer": list(status.unserved),
        "service": change.service,
        "data_categories": list(change.data_categories),
        "countries": list(change.countries),
        "safeguard": change.safeguard,
        "reason": change.reason,
        "proposed": iso(change.proposed),
        "approved": iso(change.approved),
        "approved_by": change.approved_by,
        "effective": iso(change.effective),
        "earliest": iso(status.earliest),
        "late": bool(status.late),
        "override": _override(change),
        "blocked_by": plain_reasons(in_general(status)),
        "transfers_judged_on": status.judged.isoformat() if status.arrangement else None,
        "transfers": [plain for crossing in status.crossings for plain in plain_crossing(crossing)],
        "onward": plain_onward(status),
        "customers": [_customer(register, status, each) for each in by_urgency(status)],
        "not_reached": [each.customer for each in status.customers if not each.why],
        "invented": change.invented,
    }


def _override(change: ChangeFields) -> dict[str, Any] | None:
    override = change.override
    if override is None:
        return None
    return {"who": override.who, "why": override.why, "on": iso(override.on), "against": override.against}


def _customer(register: Register, status: ChangeStatus, each: CustomerNotice) -> dict[str, Any]:
    clock, notice, party = each.clock, each.notice, register.parties[each.customer]
    return {
        "key": each.customer,
        "name": party.name,
        "state": clock.state,
        "last_day": iso(clock.last_day),
        "days_left": clock.days_left,
        "late_by": clock.late_by,
        "emergency": clock.emergency,
        "afterwards": clock.afterwards,
        "sent": None if notice is None else iso(notice.sent),
        "received": None if notice is None else iso(notice.received),
        "receipt_missing": each.waits_for_receipt,
        "channel": None if notice is None else notice.channel,
        "evidence": None if notice is None else notice.evidence,
        "fingerprint": None if notice is None else notice.fingerprint,
        "told": None if notice is None else iso(notice.told),
        "consented": None if notice is None else iso(notice.consented),
        "window_closes": iso(clock.closes),
        "objection": _objection(each),
        "earliest": iso(clock.earliest),
        "blocked_by": plain_reasons(in_the_way(status, each)),
        "why": [
            {
                "activity": told.activity,
                "data_categories": list(told.data),
                "path": [{"node": node, "name": name_of(register, node)} for node in told.path],
            }
            for told in each.why
        ],
        "agreement": None if each.agreement is None else each.agreement.key,
        "terms": _terms(each),
        "gaps": list(clock.gaps),
        "reasons": plain_reasons(clock.reasons),
        "invented": party.invented or (notice is not None and notice.invented),
    }


def _objection(each: CustomerNotice) -> dict[str, Any] | None:
    notice = each.notice
    if notice is None or notice.objected is None:
        return None
    return {
        "on": notice.objected.isoformat(),
        "late": each.objected_late,
        "open": each.objects,
        "grounds": notice.grounds,
        "resolved": iso(notice.resolved),
        "resolution": notice.resolution,
        "remedy": notice.remedy,
    }


def _terms(each: CustomerNotice) -> dict[str, Any]:
    stated: dict[str, Stated[Any]] = {
        name: getattr(each.terms, name) for name in (*_TERMS, "emergency", "emergency_notice")
    }
    return {
        name: None if value.value is None else {"value": str(value.value), "basis": value.basis}
        for name, value in {**stated, **each.text}.items()
    }


def _announced(register: Register, found: Announced) -> dict[str, Any]:
    each, clock = found.announcement, found.clock
    return {
        "organisation": register.organisation.key,
        "key": each.key,
        "name": each.name,
        "vendor": each.vendor,
        "vendor_name": register.parties[each.vendor].name,
        "kind": each.kind,
        "about": each.about,
        "received": iso(each.received),
        "channel": each.channel,
        "evidence": each.evidence,
        "effective": iso(each.effective),
        "last_day_to_object": iso(clock.last_day),
        "days_left": clock.days_left,
        "reasons": plain_reasons(clock.reasons),
        "decision": each.decision,
        "decided": iso(each.decided),
        "decided_by": each.decided_by,
        "grounds": each.grounds,
        "passed_on_by": [change.key for change in found.passed_on],
        "invented": each.invented,
    }


def _evidence(register: Register, found: Evidence) -> dict[str, Any]:
    party, change = register.parties.get(found.customer), register.changes.get(found.change)
    values = {name: iso(as_day(value)) if name in DATES else value for name, value in found.values.items()}
    return {
        "organisation": register.organisation.key,
        "change": found.change,
        "change_name": None if change is None else change.name,
        "customer": found.customer,
        "customer_name": None if party is None else party.name,
        "standing": found.standing,
        **values,
        "in_time": found.in_time,
        "late_by": None if found.in_time is None or found.owed is None else found.owed.clock.late_by,
        "last_day": None if found.owed is None else iso(found.owed.clock.last_day),
        "objected_late": found.owed is not None and found.standing == "recorded" and found.owed.objected_late,
        "recorded": [
            {
                "at": each.at,
                "who": each.who,
                "why": each.why,
                "action": each.action,
                "fields": [{"field": name, "before": before, "after": after} for name, before, after in each.fields],
            }
            for each in found.recorded
        ],
        "invented": found.invented or (party is not None and party.invented),
    }
