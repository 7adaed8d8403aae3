"""One change of subprocessor with everything there is to it, in words for a terminal and as values for a program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from ropa.records.register import Register
from ropa.rules.change_life import Obstacle, Stage, Step, obstacles
from ropa.rules.dates import days, long_date
from ropa.rules.finding import Reason
from ropa.services.boards.words import (
    arrangement_lines,
    customer_name,
    facts_lines,
    unserved_lines,
    why_told,
)
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice
from ropa.services.changes.verdict import plain_onward
from ropa.services.layout import iso, plain_crossing, plain_reasons, sourced, wrapped
from ropa.services.notices.gathering import STATE_MARKS
from ropa.services.wording import NOT_RECORDED, away

_NEXT: dict[Stage, Step] = {
    "proposed": "approve",
    "approved": "make effective",
    "notified": "make effective",
    "objection window": "make effective",
}


def show_text(register: Register, status: ChangeStatus, on: dt.date) -> str:
    """Everything about one change: where it stands, what it is, its transfers, every customer, and the next step."""
    change = status.change
    head = f"{register.organisation.key}/{change.key} · judged on {long_date(on)}"
    lines = [*wrapped(change.name, 0, 2), head + (" · invented sample data" if change.invented else ""), ""]
    lines += facts_lines(register, status, on)
    lines += ["", *arrangement_lines(register, status), "", *_customers(register, status), *_next(status)]
    return "\n".join(lines).rstrip()


def change_values(register: Register, status: ChangeStatus) -> dict[str, Any]:
    """One change as plain values; null is "not recorded". Dates are as in 2026-11-21."""
    step, against = next_step(status)
    return {
        "organisation": register.organisation.key,
        **status.change.model_dump(mode="json"),
        "stage": status.stage,
        "activities_concerned": list(status.activities),
        "activities_without_customers": list(status.unserved),
        "earliest": iso(status.earliest),
        "judged": status.judged.isoformat(),
        "customers": [_customer_values(register, each) for each in status.customers],
        "transfers": [verdict for each in status.crossings for verdict in plain_crossing(each)],
        "onward": plain_onward(status),
        "next_step": step,
        "obstacles": [{**plain, "final": each.final} for each in against for plain in plain_reasons([each.reason])],
    }


def _customer_values(register: Register, each: CustomerNotice) -> dict[str, Any]:
    clock = each.clock
    return {
        "customer": each.customer,
        "name": register.parties[each.customer].name,
        "must_be_told": bool(each.why),
        "why": [{"activity": told.activity, "data": list(told.data), "path": list(told.path)} for told in each.why],
        "state": clock.state,
        "last_day": iso(clock.last_day),
        "days_left": clock.days_left,
        "late_by": clock.late_by,
        "closes": iso(clock.closes),
        "earliest": iso(clock.earliest),
        "reasons": plain_reasons(clock.reasons),
        "not_recorded": list(clock.gaps),
        "notice": None if each.notice is None else each.notice.model_dump(mode="json", exclude={"change", "customer"}),
    }


def next_step(status: ChangeStatus) -> tuple[Step | None, tuple[Obstacle, ...]]:
    """The step that a change takes next, None where its life is over, and what stands in its way today."""
    step = _NEXT.get(status.stage)
    return step, () if step is None else obstacles(step, status.facts)


def _customers(register: Register, status: ChangeStatus) -> Iterator[str]:
    if not status.customers:
        yield "Customers"
        yield "  ? No customer is recorded whose data it reaches."
        yield ""
    else:
        yield "Customers, the most pressing first"
    for each in status.customers:
        clock, notice = each.clock, each.notice
        yield from wrapped(f"{STATE_MARKS[clock.state]} {customer_name(register, each)}: {_state(each)}".strip(), 2, 2)
        yield from wrapped(
            f"why told: {why_told(register, each)}" if each.why else "the change does not reach it", 6, 2
        )
        if notice is not None and each.is_told:
            sent = f"sent {long_date(notice.sent)}" if notice.sent else f"sent: {NOT_RECORDED}"
            parts = [sent, f"received {long_date(notice.received)}" if notice.received else "", notice.channel or ""]
            shown = f"evidence: {notice.evidence or f'? {NOT_RECORDED}'}"
            mark = f"SHA-256 {notice.fingerprint[:12]}…" if notice.fingerprint else ""
            yield from wrapped(" · ".join(filter(None, [*parts, shown, mark])), 6, 2)
        if notice is not None and notice.consented:
            yield f"      ✓ agreed {long_date(notice.consented)}"
        if notice is not None and notice.objected:
            late = " (after the window)" if clock.closes is not None and notice.objected > clock.closes else ""
            yield from wrapped(f"objected {long_date(notice.objected)}{late}: {notice.grounds or NOT_RECORDED}", 6, 2)
            if notice.resolved:
                how = "; ".join(filter(None, (notice.resolution, notice.remedy)))
                yield from wrapped(f"resolved {long_date(notice.resolved)}: {how or NOT_RECORDED}", 6, 2)
        contract = None if each.agreement is None else each.agreement.name
        if contract is not None:
            yield from wrapped(f"contract: {contract}", 6, 2)
        for reason in clock.reasons:
            rest = "; ".join(part for part in reason.source.split("; ") if part != contract)
            yield from wrapped(f"- {sourced(Reason(reason.text, rest))}", 6, 2)
        yield ""
    yield from unserved_lines(status)


def _next(status: ChangeStatus) -> Iterator[str]:
    step, against = next_step(status)
    if step is None:
        return
    yield f"Next step: {step}" + ("" if against else "; nothing stands in the way today")
    for each in against:
        yield from wrapped(f"✖ {sourced(each.reason)}", 2, 2)


def _state(each: CustomerNotice) -> str:
    clock = each.clock
    if clock.state == "late":
        return f"LATE by {days(clock.late_by)}: not told"
    late = f"told {days(clock.late_by)} LATE" if clock.is_late else ""
    if clock.state == "sent late":
        return late
    when = f" {away(clock.days_left)}" if clock.state == "due" and clock.days_left is not None else ""
    return ", ".join(filter(None, (late, f"{clock.state}{when}")))
