"""What a load changes in the list of subprocessors without a change that says so: customers may have to be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from ropa.exchange.file_name import as_text
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.services.detection.differences import Detected, detect
from ropa.services.detection.entries import entries_of
from ropa.services.detection.proposals import Proposal, proposals

LISTED = ("party", "system", "data_category", "agreement", "activity", "engagement", "flow", "transfer")
"""The kinds of record that the list is made of."""
LATER = 12
"""Later days, on which engagements begin or end, that the list is compared on as well."""


def list_changes(
    before: Register,
    file: Register,
    touched: Collection[tuple[str, str]],
    *,
    pruned: bool,
    on: dt.date,
    file_name: Path,
) -> tuple[Proposal, ...]:
    """What comes to be on the list, leaves it or is otherwise on it, as changes to propose.

    `touched` are the records that the load adds, changes or removes, by kind and key. The list is compared on the date
    and on the later days on which engagements among them begin or end. What only ends somewhere, what may be no change,
    and what a change says already are left out.
    """
    if not any(kind in LISTED for kind, _ in touched):
        return ()
    after = file if pruned else _with_what_stays(before, file)
    found: dict[tuple[object, ...], Detected] = {}
    for day in (on, *_turns(before, after, touched, on)):
        for each in detect(entries_of(before, day), entries_of(after, day)):
            found.setdefault((each.kind, each.entry.key, each.came, each.went), each)
    reason = f"Found when {as_text(file_name.name)} was loaded: the list of subprocessors was another before."
    made = proposals(after, list(found.values()), reason=reason, on=on)
    return tuple(each for each in made if each.found.is_more and not each.found.doubts and not each.recorded)


def _with_what_stays(before: Register, file: Register) -> Register:
    """The register of a file with the records that it does not have and the database keeps."""
    kept = {
        kind.section: {**before.of_kind(name), **file.of_kind(name)}
        for name, kind in KINDS.items()
        if name != "organisation"
    }
    return replace(file, **kept)  # type: ignore[arg-type]  # each section holds its own kind


def _turns(before: Register, after: Register, touched: Collection[tuple[str, str]], on: dt.date) -> list[dt.date]:
    """The days after the date on which an engagement that the load touches begins, or no longer stands."""
    days: set[dt.date] = set()
    for key in (key for kind, key in touched if kind == "engagement"):
        for engagement in (before.engagements.get(key), after.engagements.get(key)):
            if engagement is not None and engagement.since is not None:
                days.add(engagement.since)
            if engagement is not None and engagement.until is not None and engagement.until < dt.date.max:
                days.add(engagement.until + dt.timedelta(days=1))
    return sorted(day for day in days if day > on)[:LATER]
