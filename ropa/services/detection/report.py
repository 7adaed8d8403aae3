"""What was found between two states of a list of subprocessors, in words and as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ropa.law.lawbook import LawBook
from ropa.records.change import ChangeKind
from ropa.services.changes.reach import reached_by
from ropa.services.detection.detecting import Comparison
from ropa.services.detection.differences import Detected
from ropa.services.detection.entries import Entry, State, merged
from ropa.services.detection.proposals import Proposal
from ropa.services.layout import iso, wrapped
from ropa.services.steps.step import with_records
from ropa.services.wording import counted, listed, long_day

FORMAT = 1
_INDENT = 4
_COUNTED: dict[ChangeKind, tuple[str, str]] = {
    "add": ("joins", "join"),
    "remove": ("leaves", "leave"),
    "rename": ("has another name", "have another name"),
    "new-legal-entity": ("is another legal entity", "are another legal entity"),
    "new-location": ("is in other places", "are in other places"),
    "new-activity": ("does other work", "do other work"),
    "new-data": ("gets other data", "get other data"),
}
_SIGNS = {"add": "+", "remove": "-"}


def detection_text(comparison: Comparison) -> str:
    """The comparison for people: what was compared, each difference with what it rests on, and what becomes of it."""
    old, new = comparison.old, comparison.new
    lines = [f"Subprocessors on {long_day(comparison.on)}", ""]
    lines += wrapped(f"Before  {old.words}: {_size(old)}", 2, 8)
    lines += wrapped(f"After   {new.words}: {_size(new)}", 2, 8)
    lines += [line for each in (*old.remarks, *new.remarks) for line in wrapped(f"! {each}", 2, 2)]
    lines.append("")
    for each in comparison.proposals:
        lines += [*_difference(comparison, each), ""]
    lines += _summary(comparison)
    return "\n".join(lines)


def _size(state: State) -> str:
    number = len(merged(state.entries))
    words = counted(number, "subprocessor") if number else "no subprocessor"
    rows = len(state.entries)
    return words if rows == number else f"{words} in {counted(rows, 'row')}"


def headline(found: Detected) -> str:
    """One line: who it is and what changed."""
    who = found.entry.name
    if found.kind == "add":
        return f"+ {who} joins"
    if found.kind == "remove":
        return f"- {who} leaves"
    if found.kind == "rename":
        perhaps = "perhaps " if found.doubts else ""
        return f"~ {found.went[0]} is {perhaps}now called {found.came[0]}"
    if found.kind == "new-legal-entity":
        return f"~ {who}: another legal entity, {found.came[0]} instead of {found.went[0]}"
    came, went = (listed(_names(found, each)) for each in (found.came, found.went))
    label = {"new-location": "place", "new-activity": "work", "new-data": "data"}[found.kind]
    parts = [f"now also {came}" if came and not went else came and f"now {came}", went and f"no longer {went}"]
    return f"~ {who}, {label}: {', '.join(filter(None, parts))}"


def _names(found: Detected, values: Sequence[str]) -> list[str]:
    law = LawBook.in_use()
    return [law.country_name(each) for each in values] if found.kind == "new-location" else list(values)


def _difference(comparison: Comparison, proposal: Proposal) -> Iterator[str]:
    found = proposal.found
    yield from wrapped(headline(found), 0, 2)
    if found.kind in ("add", "remove"):
        for label, value in _stated(found.entry):
            yield from wrapped(f"{label:<12}{value}", _INDENT, 12)
    for label, entry in (("Before", found.old), ("After", found.new)):
        if entry is not None:
            yield from wrapped(f"{label:<12}{entry.name}, {entry.place}", _INDENT, 12)
    if found.by:
        yield from wrapped(f"The same by {found.by}", _INDENT, 12)
    for doubt in found.doubts:
        yield from wrapped(f"! Perhaps no change: {doubt}.", _INDENT, 2)
    for each in found.perhaps:
        words = f"! Perhaps the same as {each.name} ({each.place}): the names are alike, and nothing else says so."
        yield from wrapped(words, _INDENT, 2)
    if words := _fate(comparison, proposal):
        yield from wrapped(words, _INDENT, 2)
    if proposal.party is not None and comparison.written:
        words = f"+ party/{proposal.party.key} recorded, with what the list states of it and nothing else"
        yield from wrapped(words, _INDENT, 2)
    if _reaches_nobody(comparison, proposal):
        words = "? It reaches no customer by what is recorded: say for which activities it works."
        yield from wrapped(words, _INDENT, 2)


def _stated(entry: Entry) -> Iterator[tuple[str, str]]:
    """What a state says of an entry; what it does not say is left out."""
    seat = " (where the company is)" if entry.seat else ""
    rows = (
        ("Legal name", entry.legal_name if entry.legal_name != entry.name else ""),
        ("For", listed(entry.services)),
        ("Activity", listed([name for _, name in entry.activities])),
        ("Data", listed(entry.data)),
        ("Place", f"{entry.location}{seat}" if entry.location else ""),
        ("Since", long_day(entry.since) if entry.since else ""),
    )
    return ((label, value) for label, value in rows if value)


def _fate(comparison: Comparison, proposal: Proposal) -> str:
    """What becomes of a difference."""
    if proposal.recorded:
        return f"✓ recorded already: change/{proposal.recorded}"
    if proposal.left:
        return f"→ not proposed: {proposal.left}"
    if proposal.change is not None:
        return f"→ proposed as change/{proposal.change.key}" if comparison.written else "→ --propose records it"
    return ""


def _reaches_nobody(comparison: Comparison, proposal: Proposal) -> bool:
    if proposal.change is None or comparison.register is None or not comparison.written:
        return False
    party = [("party", proposal.party)] if proposal.party is not None else []
    register = with_records(comparison.register, [*party, ("change", proposal.change)])
    return not reached_by(register, proposal.change, comparison.on)


def _summary(comparison: Comparison) -> Iterator[str]:
    found = [each.found for each in comparison.proposals]
    if not found:
        yield "✓ Nothing changed between the two by what they state."
        return
    counts = Counter(each.kind for each in found)
    parts = [f"{number} {_COUNTED[kind][number > 1]}" for kind in _COUNTED if (number := counts[kind])]
    yield f"{counted(len(found), 'difference')}: {', '.join(parts)}."
    made = sum(each.change is not None for each in comparison.proposals)
    if comparison.written:
        yield f"{counted(made, 'change')} recorded as proposed; nobody was told." if made else "No change to record."
    elif made:
        yield f"Nothing was written. With --propose, {counted(made, 'change')} would be recorded as proposed."
    elif comparison.register is None:
        yield "To propose them: --propose --organisation ORG."


def detection_values(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain values: null or an empty list is "not stated"."""
    return {
        "format": FORMAT,
        "on": iso(comparison.on),
        "before": _side(comparison.old),
        "after": _side(comparison.new),
        "written": comparison.written,
        "differences": [_plain(each) for each in comparison.proposals],
    }


def _side(state: State) -> dict[str, Any]:
    return {"name": state.words, "entries": len(state.entries), "remarks": list(state.remarks)}


def _plain(proposal: Proposal) -> dict[str, Any]:
    found = proposal.found
    return {
        "kind": found.kind,
        "words": headline(found),
        "before": None if found.old is None else _plain_entry(found.old),
        "after": None if found.new is None else _plain_entry(found.new),
        "came": list(found.came),
        "went": list(found.went),
        "same_by": found.by or None,
        "doubts": list(found.doubts),
        "perhaps": [_plain_entry(each) for each in found.perhaps],
        "change": None if proposal.change is None else proposal.change.model_dump(mode="json", exclude_defaults=True),
        "new_party": None if proposal.party is None else proposal.party.model_dump(mode="json", exclude_defaults=True),
        "recorded": proposal.recorded or None,
        "not_proposed": proposal.left or None,
    }


def _plain_entry(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "legal_name": entry.legal_name or None,
        "aliases": list(entry.aliases),
        "party": entry.key or None,
        "services": list(entry.services),
        "activities": [key for key, _ in entry.activities],
        "data": list(entry.data),
        "countries": list(entry.countries),
        "location": entry.location or None,
        "unread": list(entry.unread),
        "since": iso(entry.since),
        "place": entry.place,
    }
