"""Turns: the days ahead on which a verdict changes by itself, found by judging again and never by guessing.

A hop is judged again on each day on which anything that it rests on could begin or end: the law, the contract, the
list entry, and whatever day the verdict itself names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from ropa.flows.crossings import Crossing, crossings_of
from ropa.flows.edges import Edge, edges, stands
from ropa.law.entries import Condition, Instrument, LawfulBasis
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.rules.verdict import Verdict

_DAY = dt.timedelta(days=1)
Judged = dict[tuple[str | None, str], tuple[Crossing, Verdict]]
Ends = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Turn:
    """A verdict that is another from a day on: `crossing` as it is judged then, or was if it is none any more.

    `before` is None where the hop begins that day, `after` where it is no transfer out of the territory any longer.
    """

    on: dt.date
    crossing: Crossing
    regime: str
    before: Verdict | None
    after: Verdict | None


def turns(register: Register, on: dt.date, until: dt.date | None = None, law: LawBook | None = None) -> list[Turn]:
    """Every turn after `on`, up to and with `until`, in order. Flows that begin later are followed from their start.

    A flow that ends makes no turn: nothing is left to judge.
    """
    book = law or LawBook.in_use()
    last = until or dt.date.max
    days = _law_days(book, on, last)
    standing = _Standing(register)
    found: list[Turn] = []
    seen: set[tuple[str, Ends]] = set()
    for start in (on, *_starts(register, on, last)):
        for edge in edges(register, start):
            name = (edge.activity, _ends(edge))
            if name not in seen:
                seen.add(name)
                found += _followed(register, edge, start, last, days, book, standing, begins=start > on)
    return sorted(found, key=lambda each: each.on)


class _Standing:
    """Whether a flow still stands on a day: what its own record says, or for a hop of a chain all that is above it."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._known: dict[tuple[str, dt.date], set[Ends]] = {}

    def has(self, edge: Edge, on: dt.date) -> bool:
        kind, _, record = edge.via.partition("/")
        if not stands(self._register.activities[edge.activity], on):
            return False
        if kind != "agreement":
            return kind != "engagement" or stands(self._register.engagements[record], on)
        key = (edge.activity, on)
        if key not in self._known:
            self._known[key] = {_ends(each) for each in edges(self._register, on, edge.activity)}
        return _ends(edge) in self._known[key]


def _ends(edge: Edge) -> Ends:
    return edge.origin, edge.destination, edge.via


def _followed(
    register: Register,
    edge: Edge,
    start: dt.date,
    last: dt.date,
    law_days: Sequence[dt.date],
    law: LawBook,
    standing: _Standing,
    *,
    begins: bool,
) -> Iterator[Turn]:
    """The turns of one flow, from its first day on."""
    current = _judged(register, edge, start, law)
    if begins:
        for (_, regime), (crossing, verdict) in current.items():
            yield Turn(start, crossing, regime, None, verdict)
    waiting = [day for day in (*law_days, *_own_days(register, current)) if start < day]
    heapify(waiting)
    seen = start
    while waiting:
        day = heappop(waiting)
        if day <= seen:
            continue
        if day > last:
            return
        seen = day
        new = _judged(register, edge, day, law)
        changed = [key for key in {**current, **new} if _differs(current, new, key)]
        if changed and not standing.has(edge, day):
            return
        for key in changed:
            crossing = (new.get(key) or current[key])[0]
            before, after = current.get(key), new.get(key)
            yield Turn(day, crossing, key[1], before[1] if before else None, after[1] if after else None)
        for _, verdict in new.values():
            _push(waiting, verdict.until)
        current = new


def _judged(register: Register, edge: Edge, on: dt.date, law: LawBook) -> Judged:
    return {
        (crossing.country, verdict.regime): (crossing, verdict)
        for crossing in crossings_of(register, edge, on, law)
        for verdict in crossing.verdicts
    }


def _differs(before: Judged, after: Judged, key: tuple[str | None, str]) -> bool:
    one, other = before.get(key), after.get(key)
    return one is None or other is None or one[1].status != other[1].status


def _own_days(register: Register, judged: Judged) -> Iterator[dt.date]:
    """The days on which something recorded for these hops begins, and those after its last."""
    for crossing, verdict in judged.values():
        yield from _after(verdict.until)
        party = register.parties.get(crossing.importer.removeprefix("party/"))
        if party is not None:
            yield from (day for day in (party.dpf_from, party.dpf_checked) if day is not None)
            yield from _after(party.dpf_until)
        for each in (safeguard for key in crossing.transfers for safeguard in register.safeguards_of(key)):
            paper = None if each.assessment is None else register.documents[each.assessment].date
            yield from (day for day in (each.signed, each.assessed, paper) if day is not None)
            yield from _after(each.until)


def _law_days(law: LawBook, on: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """Every day ahead on which any entry of the law begins, and the day after any ends."""
    days: set[dt.date] = set()
    for entry in law.entries():
        days |= {day for day in (entry.start, *_after(entry.until)) if day is not None}
        if isinstance(entry, (Instrument, LawfulBasis, Condition)):
            for term in entry.terms.values():
                starts = (term.start, term.assessment_from)
                days |= {day for day in (*starts, *_after(term.until), *_after(term.signed_until)) if day is not None}
    return tuple(sorted(day for day in days if on < day <= last))


def _starts(register: Register, on: dt.date, last: dt.date) -> list[dt.date]:
    """The days ahead on which a flow may begin."""
    days = {each.since for each in register.activities.values()}
    days |= {each.since for each in register.engagements.values()}
    days |= {each.signed for each in register.agreements.values() if each.between is not None}
    return sorted(day for day in days if day is not None and on < day <= last)


def _after(day: dt.date | None) -> tuple[dt.date, ...]:
    return () if day is None or day == dt.date.max else (day + _DAY,)


def _push(waiting: list[dt.date], day: dt.date | None) -> None:
    for following in _after(day):
        heappush(waiting, following)
