"""What saving a record would change: the findings that would go and come, and the verdicts before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ropa.flows.crossings import Crossing, name_of
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.reports.page import Item
from ropa.rules.finding import Finding
from ropa.rules.verdict import Status
from ropa.services.findings.touching import Reach, part_of, touched
from ropa.services.verdict_items import verdict_items
from ropa.services.workspace import View


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A crossing whose verdict under a regime would change; None where there is no such crossing before or after."""

    importer: str
    country: str | None
    activity: str
    regime: str
    before: Status | None
    after: Status | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The register as it would be, and what that changes. `lines` are the verdicts that are new, in words."""

    view: View
    gone: tuple[Finding, ...]
    come: tuple[Finding, ...]
    verdicts: tuple[VerdictChange, ...]
    lines: tuple[Item, ...]


def with_records(register: Register, records: Iterable[tuple[str, Fields]]) -> Register:
    """The register with these records put in, or in place of those of their keys."""
    changed: dict[str, dict[str, Fields]] = {}
    owner = register.organisation
    for kind, record in records:
        if kind == "organisation":
            owner = record  # type: ignore[assignment]  # a record of that kind is one
        else:
            section = KINDS[kind].section
            changed.setdefault(section, dict(register.of_kind(kind)))[record.key] = record
    return replace(register, organisation=owner, **changed)  # type: ignore[arg-type]  # each section holds its own kind


def preview(view: View, kind: str, record: Fields) -> Preview:
    """What follows if a record is saved as it stands. It judges all that the record touches: call it off the event
    loop.

    Raises KeyError where the record refers to one that is not there.
    """
    return preview_all(view, [(kind, record)])


def preview_all(view: View, records: Iterable[tuple[str, Fields]]) -> Preview:
    """What follows if several records are saved together."""
    put = list(records)
    full = View(with_records(view.register, put), view.on, view.history)
    now, then, _ = parts(view, full, put)
    before, after = dict.fromkeys(now.findings), dict.fromkeys(then.findings)
    old, new = _statuses(now), _statuses(then)
    changes = tuple(
        VerdictChange(name_of(_having(full, view, importer), importer), country, activity, regime,
                      old.get(key), new.get(key))
        for key in dict.fromkeys((*old, *new))
        if old.get(key) != new.get(key)
        for importer, country, activity, regime in [key]
    )  # fmt: skip
    known = {_told(each) for each in now.crossings}
    return Preview(
        full,
        gone=tuple(each for each in before if each not in after),
        come=tuple(each for each in after if each not in before),
        verdicts=changes,
        lines=tuple(item for each in then.crossings if _told(each) not in known for item in verdict_items([each])),
    )


def parts(now: View, then: View, records: Iterable[tuple[str, Fields]]) -> tuple[View, View, Reach | None]:
    """The two views, cut down to what the records can make a difference to; None for the reach where that is all."""
    put = list(records)
    old = [(kind, there) for kind, each in put if (there := now.register.of_kind(kind).get(each.key)) is not None]
    first, second = touched(now.register, [*old, *put]), touched(then.register, [*old, *put])
    if first is None or second is None:
        return now, then, None
    reach = Reach(first.activities | second.activities, first.parties | second.parties)
    return View(part_of(now.register, reach), now.on), View(part_of(then.register, reach), then.on), reach


Key = tuple[str, str | None, str, str]


def _statuses(view: View) -> Mapping[Key, Status]:
    """The worst verdict for each importer, country, activity and regime."""
    found: dict[Key, Status] = {}
    ranks: dict[Key, int] = {}
    for crossing in view.crossings:
        for verdict in crossing.verdicts:
            key = (crossing.importer, crossing.country, crossing.edge.activity, verdict.regime)
            if verdict.rank >= ranks.get(key, -1):
                found[key], ranks[key] = verdict.status, verdict.rank
    return found


def _told(crossing: Crossing) -> tuple[object, ...]:
    return (crossing.exporter, crossing.importer, crossing.country, crossing.edge.activity, crossing.verdicts)


def _having(then: View, now: View, node: str) -> Register:
    kind, _, key = node.partition("/")
    there = {"party": then.register.parties, "system": then.register.systems}.get(kind, {})
    return then.register if not key or key in there else now.register
