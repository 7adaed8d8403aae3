"""Changes of subprocessor in words, for a terminal: the list, one change with all there is, and what a step did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from ropa.flows.hop_facts import name_of
from ropa.law.lawbook import LawBook
from ropa.records.change import ChangeFields
from ropa.records.register import Register
from ropa.rules.change_life import STAGES
from ropa.rules.dates import days, long_date
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice
from ropa.services.changes.verdict import beside_verdicts
from ropa.services.layout import verdict_lines, wrapped
from ropa.services.notices.gathering import STATE_MARKS
from ropa.services.steps.step import Done
from ropa.services.wording import CHANGE_KINDS, NOT_RECORDED, away, counted, listed
from ropa.services.workspace import View

_LABEL = 16


def by_pressure(statuses: Iterable[ChangeStatus]) -> list[ChangeStatus]:
    """By stage in the order of a change's life; within it what is late first, then what has the fewest days left."""

    def pressure(status: ChangeStatus) -> tuple[object, ...]:
        left = soonest(status)
        planned = status.change.effective or dt.date.max
        return STAGES.index(status.stage), not status.late, left is None, left or 0, planned, status.change.key

    return sorted(statuses, key=pressure)


def soonest(status: ChangeStatus) -> int | None:
    """The days left until the first customer must be told, negative where that is over; None where nobody waits."""
    if status.stage in ("effective", "withdrawn"):
        return None
    return min((each.clock.days_left for each in status.owed if each.clock.days_left is not None), default=None)


def list_text(found: Sequence[tuple[View, Sequence[ChangeStatus]]]) -> str:
    """The changes of each register, by stage."""
    lines: list[str] = []
    for view, statuses in found:
        lines += [f"{view.register.organisation.name} · {long_date(view.on)}", ""]
        stage = None
        for status in by_pressure(statuses):
            if status.stage != stage:
                stage = status.stage
                lines.append(stage.capitalize())
            lines += _entry(view.register, status, view.on)
        lines += [] if statuses else ["  No change of a subprocessor is recorded.", ""]
    return "\n".join(lines).rstrip()


def _entry(register: Register, status: ChangeStatus, on: dt.date) -> Iterator[str]:
    change = status.change
    sample = " (invented sample data)" if change.invented else ""
    yield from wrapped(f"{change.key}: {change.name}{sample}", 2, 2)
    yield from wrapped(" · ".join((_planned(change, on), _told(status))), 4, 2)
    if status.late and status.stage != "withdrawn":
        yield from wrapped(f"✖ late for {_late(register, status)}", 4, 2)
    left = soonest(status)
    if left is not None and left >= 0:
        yield from wrapped(
            f"! {days(left)} left to tell the first" if left else "! today is the last day to tell", 4, 2
        )
    if any(each.worst.status == "unsafeguarded" for each in status.crossings) and status.stage != "withdrawn":
        yield "    ✖ it would make a transfer that no valid safeguard covers"
    if any(each.onward.standing == "missing" for each in status.onward) and status.stage != "withdrawn":
        yield "    ✖ it would hand data on without the onward terms that it needs"
    yield ""


def proposal_text(done: Done, on: dt.date) -> str:
    """What a proposal means before anybody is told: who would be, by when, and what the law makes of it."""
    register, status = done.register, done.status
    lines = [*done_lines(done), "", *facts_lines(register, status, on), "", *arrangement_lines(register, status), ""]
    if status.owed:
        lines.append(f"{counted(len(status.owed), 'customer')} must be told:")
        for each in status.owed:
            arrive = " (to arrive)" if each.must_arrive else ""
            last = f"by {long_date(each.clock.last_day)}{arrive}" if each.clock.last_day else ""
            last = last or f"by when is {NOT_RECORDED}"
            late = f", {days(each.clock.late_by)} ago already" if each.clock.is_late else ""
            sign = STATE_MARKS[each.clock.state]
            lines += wrapped(
                f"{sign} {customer_name(register, each)}: {last}{late}. {why_told(register, each)}.".strip(), 2, 2
            )
    else:
        lines.append("? No customer is recorded whose data it reaches.")
    lines += unserved_lines(status)
    return "\n".join(lines).rstrip()


def done_lines(done: Done) -> list[str]:
    """What a step did, and what must be known besides."""
    lines = wrapped(f"{'✓ ' if done.changed else ''}{done.words}", 0, 2)
    for remark in done.remarks:
        lines += wrapped(remark, 2, 2)
    return lines


def arrangement_lines(register: Register, status: ChangeStatus) -> Iterator[str]:
    """What the law makes of the transfers of the new arrangement; what nothing covers comes first."""
    yield "Transfers of the new arrangement"
    for each in dict.fromkeys(each for each in status.crossings if each.worst.status == "unsafeguarded"):
        place = f" in {LawBook.in_use().place_phrase(each.country)}" if each.country else ""
        words = (
            f"✖ It would send data to {name_of(register, each.importer)}{place}, and no valid safeguard covers that."
        )
        yield from wrapped(words, 2, 2)
    if status.change.kind in ("remove", "rename"):
        yield "  Nothing to judge: no data goes where it did not go before."
    elif not status.arrangement:
        yield "  ? It cannot be told: no activity is recorded that the change reaches."
    elif not register.regimes(status.judged):
        yield "  ? It cannot be told: which law binds the organisation is not recorded."
    else:
        for item in beside_verdicts(register, status):
            source = f" ({item.source})" if item.source else ""
            yield from wrapped(f"{item.mark} {item.text}{source}".lstrip(), 2, 2)
    for line in verdict_lines(status.crossings, LawBook.in_use()):
        yield from wrapped(line, 2, 2)
    for remedy in dict.fromkeys(words for each in status.crossings for words in each.worst.remedies):
        yield from wrapped(f"To mend it: {remedy}", 4, 2)


def facts_lines(register: Register, status: ChangeStatus, on: dt.date) -> Iterator[str]:
    """What a change is, where it stands, and who decided what."""
    change, parties = status.change, register.parties
    yield from _row("Stage", f"{status.stage}; {_told(status)}")
    yield from _row("What happens", CHANGE_KINDS[change.kind])
    yield from _row("Who", parties[change.party].name)
    if change.new_name:
        yield from _row("New name", change.new_name)
    if change.replaces:
        yield from _row("Instead of", parties[change.replaces].name)
    if change.beneath:
        yield from _row("Engaged by", parties[change.beneath].name)
    if change.announcement:
        yield from _row("Announced in", register.announcements[change.announcement].name)
    activities = [register.activities[key].name for key in status.activities]
    yield from _row("For", listed(activities) or f"? activities {NOT_RECORDED}")
    if change.service:
        yield from _row("Service", change.service)
    keys = dict.fromkeys(key for each in status.owed for told in each.why for key in told.data)
    data = [register.data_categories[key].name for key in keys or change.data_categories]
    yield from _row("Data", listed(data) or f"? {NOT_RECORDED}")
    places = change.countries or tuple(filter(None, (parties[change.party].country,)))
    yield from _row("Where", listed([LawBook.in_use().country_name(each) for each in places]) or f"? {NOT_RECORDED}")
    yield from _row("Effective" if change.state == "effective" else "Planned", _when(change, on))
    if status.stage not in ("effective", "withdrawn"):
        yield from _row("Earliest", _earliest(status))
    yield from _decisions(change)


def _decisions(change: ChangeFields) -> Iterator[str]:
    """Who decided what, and when."""
    if change.reason:
        yield from _row("Reason", change.reason)
    if change.proposed:
        yield from _row("Proposed", long_date(change.proposed))
    if change.approved or change.state not in ("proposed", "withdrawn"):
        when = long_date(change.approved) if change.approved else f"? {NOT_RECORDED}"
        yield from _row("Approved", f"{when} by {change.approved_by}" if change.approved_by else when)
    if change.withdrawn:
        yield from _row("Withdrawn", f"{long_date(change.withdrawn)}: {change.withdrawn_because or NOT_RECORDED}")
    if change.override:
        told = change.override
        when = f" on {long_date(told.on)}" if told.on else ""
        yield from _row("Override", f"! {told.who} let it take effect{when}: {told.why}")
        for line in (told.against or "").splitlines():
            yield from wrapped(f"against: {line}", _LABEL, 2)


def _row(label: str, value: str) -> list[str]:
    return wrapped(f"{label:<{_LABEL}}{value}", 0, _LABEL)


def unserved_lines(status: ChangeStatus) -> Iterator[str]:
    """The activities concerned for which no customer is recorded."""
    for name in status.facts.unserved:
        yield from wrapped(f"? {name}: for which customers it is done is {NOT_RECORDED}, so some may be missing.", 2, 2)


def why_told(register: Register, each: CustomerNotice) -> str:
    """Through which activities a change reaches a customer, with the data and the path."""
    return "; ".join(
        f"{register.activities[told.activity].name}"
        f" ({listed([register.data_categories[key].name for key in told.data]) or f'data {NOT_RECORDED}'})"
        f", {' → '.join(name_of(register, node) for node in told.path)}"
        for told in each.why
    )


def _planned(change: ChangeFields, on: dt.date) -> str:
    words = {"effective": "effective", "withdrawn": "was planned for"}.get(change.state, "planned for")
    return f"{words} {_when(change, on)}" if change.effective else _when(change, on)


def _when(change: ChangeFields, on: dt.date) -> str:
    if change.effective is None:
        return f"? date {NOT_RECORDED}"
    left = "" if change.state in ("effective", "withdrawn") else f", {away((change.effective - on).days)}"
    return f"{long_date(change.effective)}{left}"


def _told(status: ChangeStatus) -> str:
    if not status.owed:
        return f"? customers {NOT_RECORDED}"
    told = sum(each.sent is not None for each in status.facts.customers)
    return f"{told} of {counted(len(status.owed), 'customer')} told"


def _earliest(status: ChangeStatus) -> str:
    if status.earliest is not None:
        return long_date(status.earliest)
    who = [each.name for each in status.facts.customers if each.clock.earliest is None]
    return f"! none yet, because of {listed(who)}" if who else "? cannot be told"


def _late(register: Register, status: ChangeStatus) -> str:
    named = [f"{register.parties[each.customer].name} ({days(each.clock.late_by)})" for each in status.late]
    return listed(named)


def customer_name(register: Register, each: CustomerNotice) -> str:
    """The name of a customer; of invented sample data it says so."""
    party = register.parties[each.customer]
    return party.name + (" (invented)" if party.invented else "")
