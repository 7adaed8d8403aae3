"""Breaches in words for a terminal and as values for a program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from ropa.records.breach import BreachFields
from ropa.rules.breaches import HOURS, BreachFacts, as_controller, deadline, owes_authority, told_by
from ropa.rules.dates import long_date
from ropa.rules.moment import moment_text, moment_words, read_moment
from ropa.services.breaches.verbs import Kept, Reached, moment_of
from ropa.services.browsing.detail_record import field_lines
from ropa.services.findings.breaches import breach_facts, known_by
from ropa.services.layout import wrapped
from ropa.services.subjects import findings_about, record_title, title_of
from ropa.services.wording import NOT_RECORDED, counted
from ropa.services.workspace import View

_BASE = frozenset({"key", "name", "source", "note", "invented"})
_HOURS_SHOWN = 100
_MOST_MINUTES = 90
RISKS = {"unlikely": "a risk to people is unlikely", "risk": "a risk to people", "high": "a high risk to people"}


def hours_away(end: dt.datetime, now: dt.datetime) -> str:
    """How far off a moment is: `in 5 h`, `in 40 min`, `9 h late`, `12 d late`; parts of an hour are left out."""
    away = time_between(now, end)
    return f"{away} late" if end <= now else f"in {away}"


def time_between(one: dt.datetime, other: dt.datetime) -> str:
    """The time between two moments: `40 min`, `5 h`, `12 d`; parts are left out."""
    minutes = int(abs((other - one).total_seconds()) // 60)
    if minutes < _MOST_MINUTES:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes // 60 < _HOURS_SHOWN else f"{minutes // 60 // 24} d"


def kept_lines(kept: Kept, on: dt.date) -> list[str]:
    """What was done with a breach, and where its clock stands."""
    lines = wrapped(f"{'✓ ' if kept.changed else ''}{kept.words}", 0, 2)
    for line in _standing(_facts(View(kept.register, on), kept.breach)):
        lines += wrapped(line, 2, 2)
    return lines


def breaches_text(views: Sequence[View]) -> str:
    """The log of each register, the latest first."""
    lines: list[str] = []
    for view in views:
        lines += [f"{view.register.organisation.name} · {long_date(view.on)}", ""]
        found = known_breaches(view)
        for record in found:
            lines += _entry(view, record)
        later = len(view.register.breaches) - len(found)
        lines += [f"  {counted(later, 'breach', 'breaches')} of a later date left out.", ""] if later else []
        lines += [] if view.register.breaches else ["  No breach is recorded.", ""]
    return "\n".join(lines).rstrip()


def breach_text(view: View, key: str) -> str:
    """One breach: where it stands, all that is recorded, who was told, and what is wrong or missing."""
    record = view.register.breaches[key]
    lines = [f"{view.register.organisation.name} · {long_date(view.on)}", "", *_entry(view, record)]
    if not known_by(record, view.on):
        lines += [f"  ! It was not known yet on {long_date(view.on)}.", ""]
    lines += ["  Recorded"]
    for line in field_lines(view, record, _BASE):
        lines += wrapped(line.text, 4, 2)
    lines += ["", "  Told"]
    for notice in view.register.breach_notices_of(key):
        told = moment_words(read_moment(notice.told)) if notice.told else f"? when is {NOT_RECORDED}"
        how = [each for each in (notice.channel, notice.reference, notice.evidence) if each]
        lines += wrapped(" · ".join((record_title(view, notice), told, *how)), 4, 2)
    lines += [] if view.register.breach_notices_of(key) else ["    Nobody, as far as it is recorded."]
    found = findings_about(view, f"breach/{key}")
    lines += ["", "  To do" if found else "  Nothing is wrong or missing by what is recorded."]
    for _, finding in found:
        lines += wrapped(f"{finding.symbol} {finding.title}", 4, 2)
        lines += wrapped(f"{finding.message} {finding.remedy}", 6, 0)
    return "\n".join(lines)


def breaches_values(views: Sequence[View]) -> list[dict[str, Any]]:
    """The breaches as plain values, with their notices and the end of the 72 hours; null is "not recorded"."""
    found = []
    for view in views:
        for record in known_breaches(view):
            facts = _facts(view, record)
            end = deadline(facts.discovered) if facts.discovered else None
            found.append(
                {
                    "organisation": view.register.organisation.key,
                    **record.model_dump(mode="json"),
                    "told": [each.model_dump(mode="json") for each in view.register.breach_notices_of(record.key)],
                    "deadline": moment_text(end) if end else None,
                    "authority_owed": owes_authority(facts),
                    "customers_owed": [each.key for each in facts.customers if not told_by(each.told, facts.now)],
                }
            )
    return found


def reached_text(view: View, found: Reached) -> str:
    """What the graph proposes for a breach, by name, before anything is written."""
    register = view.register
    where = title_of(view, found.place)
    lines = wrapped(f"{found.breach.name}: what {where} reaches on {long_date(found.on)}", 0, 2)
    sections = (
        ("activities", found.activities, register.activities),
        ("data", found.data_categories, register.data_categories),
        ("people", found.subject_categories, register.subject_categories),
    )
    for title, keys, records in sections:
        names = [records[key].name for key in keys]
        lines += wrapped(f"+ {title}: {', '.join(names)}", 2, 2) if names else []
    if not found.adds:
        lines.append("  Nothing that the breach does not hold already.")
    if found.customers:
        names = [register.parties[key].name for key in found.customers]
        lines += wrapped(f"Customers to be told (Art. 33(2)): {', '.join(names)}", 2, 2)
    return "\n".join(lines)


def known_breaches(view: View) -> list[BreachFields]:
    """Those known on the date, the latest first; one without a moment before all others: its clock may run."""

    def latest(record: BreachFields) -> tuple[bool, float, str]:
        at = read_moment(record.discovered).timestamp() if record.discovered else 0
        return record.discovered is not None, -at, record.key

    known = [each for each in view.register.breaches.values() if known_by(each, view.on)]
    return sorted(known, key=latest)


def _facts(view: View, record: BreachFields) -> BreachFacts:
    like = read_moment(record.discovered) if record.discovered else dt.datetime.now(dt.UTC)
    return breach_facts(view.register, record, moment_of(view.on, like))


def standing_lines(view: View, record: BreachFields) -> tuple[str, ...]:
    """Where the duties to tell of a breach stand on the view's date, each line with its sign."""
    return tuple(_standing(_facts(view, record)))


def _entry(view: View, record: BreachFields) -> list[str]:
    facts = _facts(view, record)
    sample = " (invented sample data)" if record.invented else ""
    lines = wrapped(f"{record.key}: {record.name}{sample}", 2, 2)
    aware = f"known since {moment_words(facts.discovered)}" if facts.discovered else f"? since when is {NOT_RECORDED}"
    roles = [word for word, holds in (("controller", facts.controller), ("processor", facts.processor)) if holds]
    role = f"as {' and '.join(roles)}" if roles else f"? in which role is {NOT_RECORDED}"
    risk = RISKS[record.risk] if record.risk else "? risk not assessed"
    closed = (f"closed {long_date(record.closed)}",) if record.closed else ()
    lines += wrapped(" · ".join((aware, role, risk, *closed)), 4, 2)
    for line in _standing(facts):
        lines += wrapped(line, 4, 2)
    return [*lines, ""]


def _standing(facts: BreachFacts) -> Iterator[str]:
    """Where the duties to tell stand, one line for each."""
    if as_controller(facts):
        yield _authority(facts)
        if facts.people is not None and told_by(facts.people, facts.now):
            yield f"✓ people told at {moment_words(facts.people)}{_after(facts, facts.people)}"
        elif facts.risk == "high":
            yield "! people not told; why is recorded" if facts.people_untold_because else "✖ people not told (Art. 34)"
    owed = [each.name for each in facts.customers if not told_by(each.told, facts.now)]
    if facts.processor and owed:
        ago = f"; it became known {time_between(facts.discovered, facts.now)} ago" if facts.discovered else ""
        yield f"✖ {counted(len(owed), 'customer')} not told (Art. 33(2)): {', '.join(owed)}{ago}"
    if facts.processor and (facts.unnamed or not facts.customers):
        yield f"? which customers are to be told is {NOT_RECORDED} (Art. 33(2))"
    for each in facts.customers if facts.processor else ():
        if each.told is not None and told_by(each.told, facts.now):
            yield f"✓ {each.name} told at {moment_words(each.told)}{_after(facts, each.told)}"


def _after(facts: BreachFacts, told: dt.datetime) -> str:
    """How long after becoming aware: no law counts these hours, and "without undue delay" is judged by them."""
    if facts.discovered is None:
        return ""
    return f", {time_between(facts.discovered, told)} after it became known"


def _authority(facts: BreachFacts) -> str:
    if facts.authority is not None and told_by(facts.authority, facts.now):
        late = facts.discovered is not None and facts.authority > deadline(facts.discovered)
        return f"{'!' if late else '✓'} authority told at {moment_words(facts.authority)}" + (
            f", after {HOURS} hours" if late else ""
        )
    if not owes_authority(facts):
        return "✓ authority need not be told" if facts.unlikely_because else "? authority not told; why is not recorded"
    if facts.discovered is None:
        return f"? authority not told; the {HOURS} hours cannot be counted"
    end = deadline(facts.discovered)
    sign = "✖" if end <= facts.now else "!"
    # The clocks may have been put back or forward since: the same moment by a clock that never is.
    plain = f", which is {moment_words(end.astimezone(dt.UTC))}" if end.utcoffset() else ""
    return f"{sign} authority not told; {HOURS} hours end at {moment_words(end)}{plain}, {hours_away(end, facts.now)}"
