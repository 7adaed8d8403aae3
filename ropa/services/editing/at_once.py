"""The register with the records that were saved a moment ago, judged again only where they make a difference.

It is what the database holds, as far as the view that one was looking at was; the whole reading that follows it says
what others have written meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ropa.flows.crossings import Crossing, Judged, crossings_of
from ropa.flows.edges import edges_of
from ropa.law.lawbook import LawBook
from ropa.records.values import Fields
from ropa.rules.finding import Finding, sort_key
from ropa.services.editing.preview import parts, with_records
from ropa.services.findings.touching import Reach
from ropa.services.workspace import RECENT, View, Workspace


def saved_in(workspace: Workspace, view: View, records: Sequence[tuple[str, Fields]]) -> View | None:
    """The view with saved records in place and all of it judged; None where only the whole reading can tell.

    It reads the history and judges what the records touch: call it off the event loop. Raises KeyError where one of
    them refers to a record that this view does not have.
    """
    if not view.judged:
        return None
    history = tuple(workspace.store.history(view.register.organisation.key, limit=RECENT))
    full = View(with_records(view.register, records), view.on, history)
    now, then, reach = parts(view, full, records)
    if reach is None:
        return None
    findings = _changed(view.findings, now.findings, then.findings)
    if findings is None:
        return None
    return full.with_judgement(tuple(_crossings(view, full, reach)), findings)


def _changed(
    known: tuple[Finding, ...], before: tuple[Finding, ...], after: tuple[Finding, ...]
) -> tuple[Finding, ...] | None:
    """The findings of the whole, with those that go left out and those that come put in."""
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    left = []
    for each in known:
        if gone[each]:
            gone[each] -= 1
        else:
            left.append(each)
    return None if +gone else tuple(sorted((*left, *come.elements()), key=sort_key))


def _crossings(view: View, full: View, reach: Reach) -> Iterator[Crossing]:
    """Every crossing, in the order of the activities; judged anew are those of the activities that were reached."""
    judged = edges_of(full.register, full.on, reach.activities)
    law = LawBook.in_use()
    verdicts: Judged = {}
    for key in full.register.activities:
        if key in reach.activities:
            for edge in judged[key]:
                yield from crossings_of(full.register, edge, full.on, law, verdicts)
        else:
            yield from (view.crossings[number] for number in view.crossed.get(key, ()))
