"""What vendors announced, in words for a terminal and as values for a program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ropa.records.change import AnnouncementFields
from ropa.rules.dates import long_date
from ropa.services.findings.announcements import announcement_clock, passing_on
from ropa.services.layout import iso, plain_reasons, sourced, wrapped
from ropa.services.steps.announcements import DECISIONS, Noted
from ropa.services.wording import CHANGE_KINDS, NOT_RECORDED, away, listed
from ropa.services.workspace import View


def noted_lines(noted: Noted) -> list[str]:
    """What was done with an announcement."""
    lines = wrapped(f"{'✓ ' if noted.changed else ''}{noted.words}", 0, 2)
    for remark in noted.remarks:
        lines += wrapped(remark, 2, 2)
    return lines


def announcements_text(views: Sequence[View]) -> str:
    """The announcements of each register: what is undecided first, by the last day to object."""
    lines: list[str] = []
    for view in views:
        lines += [f"{view.register.organisation.name} · {long_date(view.on)}", ""]
        for each in _ordered(view):
            lines += _entry(view, each)
        lines += [] if view.register.announcements else ["  No announcement of a vendor is recorded.", ""]
    return "\n".join(lines).rstrip()


def announcements_values(views: Sequence[View]) -> list[dict[str, Any]]:
    """The announcements as plain values; null is "not recorded"."""
    found = []
    for view in views:
        for each in _ordered(view):
            clock = announcement_clock(view.register, each, view.on)
            found.append(
                {
                    "organisation": view.register.organisation.key,
                    **each.model_dump(mode="json"),
                    "last_day": iso(clock.last_day),
                    "days_left": clock.days_left,
                    "reasons": plain_reasons(clock.reasons),
                    "passed_on_as": [change.key for change in passing_on(view.register, each.key, view.on)],
                }
            )
    return found


def _ordered(view: View) -> list[AnnouncementFields]:
    def pressure(each: AnnouncementFields) -> tuple[object, ...]:
        left = announcement_clock(view.register, each, view.on).days_left
        return each.decision is not None, left is None, left or 0, each.key

    return sorted(view.register.announcements.values(), key=pressure)


def _entry(view: View, each: AnnouncementFields) -> list[str]:
    register, clock = view.register, announcement_clock(view.register, each, view.on)
    sample = " (invented sample data)" if each.invented else ""
    lines = wrapped(f"{each.key}: {each.name}{sample}", 2, 2)
    about = f": {register.parties[each.about].name}" if each.about else ""
    arrived = f"received {long_date(each.received)}" if each.received else f"? day of receipt {NOT_RECORDED}"
    begins = f"takes effect {long_date(each.effective)}" if each.effective else f"? start {NOT_RECORDED}"
    vendor = register.parties[each.vendor].name
    lines += wrapped(" · ".join((f"{vendor} announced: {CHANGE_KINDS[each.kind]}{about}", arrived, begins)), 4, 2)
    if each.decision is not None:
        when = f" on {long_date(each.decided)}" if each.decided else ""
        by = f" by {each.decided_by}" if each.decided_by else ""
        why = f": {each.grounds}" if each.grounds else ""
        lines += wrapped(f"✓ {DECISIONS[each.decision]}{when}{by}{why}", 4, 2)
    elif clock.days_left is not None:
        sign = "✖" if clock.days_left < 0 else "!"
        over = "the time to object is over" if clock.days_left < 0 else "time to object ends"
        lines += wrapped(f"{sign} not decided; {over}, {away(clock.days_left)}", 4, 2)
    else:
        lines.append("    ? not decided")
    lines += [line for reason in clock.reasons for line in wrapped(f"- {sourced(reason)}", 4, 2)]
    passed = [f"{change.key} ({change.state})" for change in passing_on(register, each.key, view.on)]
    if passed:
        lines += wrapped(f"Customers are told of it by the change {listed(passed)}.", 4, 2)
    elif each.decision != "not-concerned":
        lines.append("    Customers are not told of it by any change.")
    return [*lines, ""]
