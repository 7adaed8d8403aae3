"""A law book changed: entries added or overruled, or ended from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from ropa.law.entries import Adequacy, Condition, Entry, Instrument, LawfulBasis
from ropa.law.loading import LawError


def overruled(known: Mapping[str, Entry], entries: Iterable[Entry], *, origin: str) -> tuple[Entry, ...]:
    """The known entries with others added, each marked with its origin; an equal id overrules.

    Raises LawError where an entry overrules one of another kind.
    """
    merged = dict(known)
    for entry in entries:
        old = merged.get(entry.id)
        if old is not None and type(old) is not type(entry):
            raise LawError(f"{entry.id}: this is a {old.kind}, which a {entry.kind} cannot overrule")
        merged[entry.id] = replace(entry, origin=origin)
    return tuple(merged.values())


def ended(known: Mapping[str, Entry], entry: Entry, *, since: date, by: str) -> tuple[Entry, ...]:
    """The entry, and every decision that it stands for, each holding no longer from `since` on."""
    last = since - timedelta(days=1)
    decisions = entry.decisions if isinstance(entry, Instrument) else ()
    each = (entry, *(known[decision] for decision in decisions))
    return tuple(_ended(e, last, by) for e in each if e.until is None or e.until > last)


def _ended(entry: Entry, last: date, by: str) -> Entry:
    # What had not begun by its last day never holds: both ends go to the first day that there is.
    begun = entry.start is None or entry.start <= last
    start, until = (entry.start, last) if begun else (date.min, date.min)
    if isinstance(entry, Adequacy):
        return replace(entry, start=start, until=until, ended_by=by)
    if isinstance(entry, (Instrument, LawfulBasis, Condition)):
        terms = {r: replace(t, until=min(t.until or last, last)) for r, t in entry.terms.items()}
        return replace(entry, start=start, until=until, terms=terms)
    return replace(entry, start=start, until=until)
