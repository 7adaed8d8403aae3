"""What `ropa what-if` says: by activity, customer and data category, with what is on file to fall back on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ropa.flows.crossings import name_of
from ropa.law.entries import Adequacy
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.rules.verdict import Verdict
from ropa.services.findings.transfers import heading
from ropa.services.layout import sourced, wrapped
from ropa.services.questions.suppositions import ORIGIN, ended_already
from ropa.services.questions.what_if import Fallback, Shift, WhatIf, customers_of
from ropa.services.wording import NOT_RECORDED, counted, listed, long_day, verdict_mark, verdict_words


def as_text(found: WhatIf) -> str:
    """The answer for people."""
    register = found.register
    regimes = " and ".join(register.regimes(found.on)) or "regime not recorded"
    lines = wrapped(_question(found), 0, 2)
    lines += [f"{register.organisation.name} · {regimes} · judged on {long_day(found.on)}; nothing is written", ""]
    for id_ in found.supposition.invalidate:
        old = ended_already(LawBook.in_use(), id_, found.supposition.since or found.on)
        if old is not None:
            lines += [*wrapped(f"! {old.name} ended on {old.until} already, so nothing rests on it.", 0, 2), ""]
    for other in _of_the_same_list(found):
        words = f"! {other.name} rests on the same list and is a decision of its own, which is left standing here; "
        lines += [*wrapped(f"{words}--invalidate {other.id} as well asks what follows if both fall.", 0, 2), ""]
    if found.failing:
        lines += [f"✖ {counted(len(_hops(found.failing)), 'transfer')} would newly fail", ""]
        lines += _failing(found)
        lines += _groups(found)
    else:
        lines += ["✓ No transfer would newly fail.", ""]
    lines += _others(found)
    return "\n".join(lines).rstrip() + "\n"


def _question(found: WhatIf) -> str:
    law, supposed = LawBook.in_use(), found.supposition
    parts = []
    names = [entry.name for entry in map(law.entry, supposed.invalidate) if entry is not None]
    if names:
        parts.append(f"{listed(names)} held no longer from {long_day(supposed.since or found.on)}")
    gone = [found.register.parties[key].name for key in supposed.remove if key in found.register.parties]
    if gone:
        parts.append(f"{listed(gone)} were gone")
    for key, country in supposed.move:
        if key in found.register.parties:
            parts.append(f"{found.register.parties[key].name} were established in {law.place_phrase(country)}")
    return f"What if {listed(parts)}?"


def _of_the_same_list(found: WhatIf) -> list[Adequacy]:
    """Decisions for the same place that rest on the same list under another regime, and are not supposed to end."""
    law = found.supposition.law(found.on)
    ended = [each for each in law.of_kind(Adequacy) if each.scope == "listed" and each.ended_by == ORIGIN]
    places = {each.place for each in ended}
    others = (each for each in law.of_kind(Adequacy) if each.scope == "listed" and each.place in places)
    bound = found.register.regimes(found.on)
    return [each for each in others if each not in ended and each.regime in bound and each.in_force(found.on)]


def _hops(shifts: Iterable[Shift]) -> list[tuple[object, ...]]:
    """The transfers, one for each hop and country, whatever regimes and activities are in it."""
    hops = (each.crossing for each in shifts)
    return list(dict.fromkeys((each.exporter, each.importer, each.country) for each in hops))


def _failing(found: WhatIf) -> Iterator[str]:
    by_activity: dict[str, list[Shift]] = {}
    for shift in found.failing:
        by_activity.setdefault(shift.crossing.edge.activity, []).append(shift)
    told: set[str] = set()
    for activity, shifts in by_activity.items():
        register = found.supposed
        yield register.activities[activity].name
        customers = [register.parties[key].name for key in customers_of(register, activity)]
        if register.activities[activity].role == "processor":
            yield from wrapped(f"Done for {listed(customers) or f'customers that are {NOT_RECORDED}'}", 2, 2)
        for shift in shifts:
            head, body = _head(register, shift), _body(shift)
            again = head + str(body) in told
            told.add(head + str(body))
            yield from wrapped(head, 2, 4)
            yield from wrapped(f"Data: {_data(register, shift)}", 6, 2)
            for line in ("As above.",) if again else body:
                yield from wrapped(line, 6, 2)
        yield ""


def _head(register: Register, shift: Shift) -> str:
    law, after = LawBook.in_use(), shift.after
    was = "no transfer out of the territory today" if shift.before is None else verdict_words(shift.before.status)
    where = f"{heading(register, shift.crossing, law)}, {law.regime(after.regime).name}"
    return f"{verdict_mark(after.status)} {where}: {was} → {verdict_words(after.status)}"


def _body(shift: Shift) -> tuple[str, ...]:
    """Why, what is on file to fall back on, and what would mend it."""
    return (
        " ".join(map(sourced, shift.after.reasons)),
        *(map(_fallback, shift.fallbacks) if shift.fallbacks else ("✖ No fallback is on file.",)),
        *(f"→ {remedy}" for remedy in shift.after.remedies),
    )


def _fallback(fallback: Fallback) -> str:
    names = listed(_tools(fallback.verdict)) or "what it records"
    where = f"transfer/{fallback.transfer}"
    if fallback.own:
        return f"! Fallback on file in {where}, and not complete: {names}."
    return f"✓ Fallback on file in {where}: {names} would carry this too. Record it for this transfer if it covers it."


def _tools(verdict: Verdict) -> list[str]:
    entries = map(LawBook.in_use().entry, verdict.rests_on)
    return [entry.name for entry in entries if entry is not None]


def _data(register: Register, shift: Shift) -> str:
    return ", ".join(_marked(register, key) for key in shift.crossing.edge.data) or NOT_RECORDED


def _marked(register: Register, key: str) -> str:
    category = register.data_categories[key]
    marks = [word for word, there in (("special", category.special), ("criminal", category.criminal)) if there]
    return f"{category.name} ({' and '.join(marks)})" if marks else category.name


def _groups(found: WhatIf) -> Iterator[str]:
    register = found.supposed
    customers: dict[str, dict[str, None]] = {}
    data: dict[str, dict[str, None]] = {}
    for shift in found.failing:
        activity = shift.crossing.edge.activity
        for key in customers_of(register, activity):
            where = f"{register.activities[activity].name} → {heading(register, shift.crossing, LawBook.in_use())}"
            customers.setdefault(register.parties[key].name, {})[where] = None
        for key in shift.crossing.edge.data or ("",):
            name = _marked(register, key) if key else f"Data categories {NOT_RECORDED}"
            data.setdefault(name, {})[heading(register, shift.crossing, LawBook.in_use())] = None
    for title, group in (("By customer", customers), ("By data category", data)):
        if group:
            yield title
            for name, places in group.items():
                yield from wrapped(f"{name}: {'; '.join(places)}", 2, 2)
            yield ""


def _others(found: WhatIf) -> Iterator[str]:
    law = LawBook.in_use()
    if found.held:
        yield "Would hold by a fallback on file"
        for shift in found.held:
            names = listed(_tools(shift.after)) or verdict_words(shift.after.status)
            where = f"{heading(found.supposed, shift.crossing, law)}, {law.regime(shift.after.regime).name}"
            activity = found.supposed.activities[shift.crossing.edge.activity].name
            yield from wrapped(f"✓ {activity}: {where}: {names}", 2, 2)
        yield ""
    for title, shifts in (("Fails today and would go on failing", found.still), ("Would no longer fail", found.mended)):
        if shifts:
            yield title
            for shift in shifts:
                where = f"{heading(found.supposed, shift.crossing, law)}, {law.regime(shift.after.regime).name}"
                activity = found.supposed.activities[shift.crossing.edge.activity].name
                status = shift.after.status
                yield from wrapped(f"{verdict_mark(status)} {activity}: {where}: {verdict_words(status)}", 2, 2)
            yield ""
    if found.lost:
        yield "Would be gone"
        for line in _lost(found):
            yield from wrapped(line, 2, 2)
        yield ""
    if found.findings:
        yield "Further findings that would be new"
        for finding in found.findings:
            yield from wrapped(f"{finding.symbol} {finding.title}  [{finding.rule}]", 2, 2)


def _lost(found: WhatIf) -> Iterator[str]:
    register = found.register
    said: dict[str, dict[str, None]] = {}
    for edge in found.lost:
        activity = register.activities[edge.activity]
        customers = [register.parties[key].name for key in customers_of(register, activity.key)]
        whom = f", done for {listed(customers)}" if customers else ""
        work = f" ({edge.service})" if edge.service else ""
        ends = f"{name_of(register, edge.origin)} → {name_of(register, edge.destination)}"
        data = (_marked(register, key) for key in edge.data)
        said.setdefault(f"{activity.name}: {ends}{work}{whom}", {}).update(dict.fromkeys(data))
    for line, names in said.items():
        yield f"- {line}: {', '.join(names) or f'data categories {NOT_RECORDED}'}"
