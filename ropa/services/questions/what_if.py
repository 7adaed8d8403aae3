"""`ropa what-if`: what would newly fail if the law, or the parties, were otherwise, and what would hold instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ropa.flows.crossings import Crossing, crossings, judged_with
from ropa.flows.edges import ORGANISATION, Edge, edges
from ropa.law.lawbook import LawBook
from ropa.records.errors import NotFoundError
from ropa.records.register import Register
from ropa.records.transfer import TransferFields
from ropa.rules.finding import Finding
from ropa.rules.verdict import Verdict
from ropa.services.findings.checking import findings_of
from ropa.services.questions.suppositions import Supposition
from ropa.services.workspace import View

_TRANSFER_RULES = ("transfer-unsafeguarded", "transfer-incomplete", "transfer-unknown", "transfer-warning")


@dataclass(frozen=True, slots=True)
class Fallback:
    """A recorded safeguard that would carry a transfer, or would once something is added.

    `transfer` is the key of its record, `own` whether that is the record of this very hop; `verdict` is what the hop
    would come to with it.
    """

    transfer: str
    own: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Shift:
    """One hop under one regime whose verdict would change: `before` is None where there is no such hop today."""

    crossing: Crossing
    before: Verdict | None
    after: Verdict
    fallbacks: tuple[Fallback, ...] = ()


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would follow for one register, judged on one day as it is and as supposed.

    `failing` are hops that would newly be findings, `still` those that would go elsewhere and be findings as today,
    `held` those that rest on something that ended and would stand on something else, `mended` those that would be
    findings no longer. `findings` are new ones of other rules, `lost` the flows that would be gone with a party.
    `register` is the one that is recorded, `supposed` the other.
    """

    register: Register
    supposed: Register
    supposition: Supposition
    on: dt.date
    failing: tuple[Shift, ...]
    still: tuple[Shift, ...]
    held: tuple[Shift, ...]
    mended: tuple[Shift, ...]
    findings: tuple[Finding, ...]
    lost: tuple[Edge, ...]


def what_if(views: list[View], supposition: Supposition) -> list[WhatIf]:
    """The answer for each register that it concerns.

    Raises NotFoundError where a party that it names is in none of them.
    """
    missing = [key for key in supposition.parties if not any(key in view.register.parties for view in views)]
    if missing:
        where = views[0].register.organisation.name if len(views) == 1 else "no organisation here"
        words = "has no party" if len(views) == 1 else "has any party"
        raise NotFoundError(f"{where} {words} {missing[0]!r}; `ropa list party` names those that there are")
    named = set(supposition.parties)
    concerned = [view for view in views if supposition.invalidate or named & view.register.parties.keys()]
    return [_answer(view, supposition) for view in concerned]


def _answer(view: View, supposition: Supposition) -> WhatIf:
    register, on = view.register, supposition.judged_on(view.on)
    law, book = LawBook.in_use(), supposition.law(on)
    supposed = supposition.register(register)
    before = crossings(register, on, law)
    after = crossings(supposed, on, book)
    old = {_hop(each, verdict): verdict for each in before for verdict in each.verdicts}
    failing: list[Shift] = []
    still: list[Shift] = []
    held: list[Shift] = []
    mended: list[Shift] = []
    for each in after:
        for index, verdict in enumerate(each.verdicts):
            same = old.get(_hop(each, verdict))
            was = same or old.get(_hop(each, verdict, _place_before(register, supposition, each)))
            if verdict.is_finding and same is None and was is not None and was.is_finding:
                still.append(Shift(each, was, verdict))
            elif verdict.is_finding and (was is None or not was.is_finding):
                failing.append(Shift(each, was, verdict, tuple(_fallbacks(supposed, each, index, on, book))))
            elif was is not None and was.is_finding and not verdict.is_finding:
                mended.append(Shift(each, was, verdict))
            elif was is not None and not verdict.is_finding and _lost_ground(was, verdict, supposition, law):
                held.append(Shift(each, was, verdict))
    known = {(each.rule, each.subject, each.title) for each in findings_of(register, on, before, law)}
    fresh = tuple(
        each
        for each in findings_of(supposed, on, after, book)
        if each.rule not in _TRANSFER_RULES and (each.rule, each.subject, each.title) not in known
    )
    lost = tuple(_lost(register, supposed, on)) if supposition.remove else ()
    shifts = tuple(failing), tuple(still), tuple(held), tuple(mended)
    return WhatIf(register, supposed, supposition, on, *shifts, fresh, lost)


def _hop(crossing: Crossing, verdict: Verdict, country: str | None = None) -> tuple[object, ...]:
    """What makes a hop the same one before and after, whatever covers it; `country` where it went elsewhere before."""
    edge = crossing.edge
    return (edge.activity, edge.via, edge.origin, edge.destination, country or crossing.country, verdict.regime)


def _place_before(register: Register, supposition: Supposition, crossing: Crossing) -> str | None:
    """Where a hop to a party that is supposed to have moved goes today; None for any other hop."""
    key = crossing.importer.removeprefix("party/")
    moved = dict(supposition.move).get(key)
    return register.parties[key].country if moved is not None and moved == crossing.country else None


def _lost_ground(was: Verdict, now: Verdict, supposition: Supposition, law: LawBook) -> bool:
    """Whether what a verdict rested on ended, so that it stands on something else."""
    ended = set(supposition.invalidate)
    for id_ in supposition.invalidate:
        instrument = law.instrument(id_)
        ended |= set(instrument.decisions) if instrument is not None else set()
    return bool(ended & set(was.rests_on)) and now.rests_on != was.rests_on


def _fallbacks(register: Register, crossing: Crossing, index: int, on: dt.date, law: LawBook) -> Iterator[Fallback]:
    """What is on file between the two: what the hop's own record still holds, and other records that would carry it."""
    own = crossing.verdicts[index]
    if crossing.transfer is not None and own.status == "incomplete":
        yield Fallback(crossing.transfer, True, own)
    for transfer in _between(register, crossing):
        if transfer.key not in crossing.transfers and register.safeguards_of(transfer.key):
            verdict = judged_with(register, crossing, transfer, on, law)[index]
            if not verdict.is_finding:
                yield Fallback(transfer.key, False, verdict)


def _between(register: Register, crossing: Crossing) -> tuple[TransferFields, ...]:
    if not crossing.importer.startswith("party/"):
        return ()
    sender = None if crossing.exporter == ORGANISATION else crossing.exporter.removeprefix("party/")
    return register.transfers_between(sender, crossing.importer.removeprefix("party/"))


def _lost(register: Register, supposed: Register, on: dt.date) -> Iterator[Edge]:
    """The flows that would be gone, those further down a chain included."""
    left = {(each.activity, each.origin, each.destination) for each in edges(supposed, on)}
    yield from (each for each in edges(register, on) if (each.activity, each.origin, each.destination) not in left)


def customers_of(register: Register, activity: str) -> tuple[str, ...]:
    """The keys of the customers that an activity is done for; none where the organisation decides itself."""
    record = register.activities[activity]
    return record.controllers if record.role == "processor" else ()
