"""The overview: what needs somebody, what is coming up, how much there is, where the data goes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ropa.flows.crossings import Crossing, places_of
from ropa.flows.edges import ORGANISATION, Edge, edges, unplaced
from ropa.law.lawbook import LawBook
from ropa.rules.finding import Finding
from ropa.services.browsing.finding_groups import group_title, groups
from ropa.services.due import Due, coming_up
from ropa.services.subjects import title_of
from ropa.services.wording import counted, short_day, verdict_mark
from ropa.services.workspace import View

ADEQUATE, THIRD, UNKNOWN = "adequate", "third", "not recorded"
_INSIDE = {"uk": "UK", "eu": "EEA"}


@dataclass(frozen=True, slots=True)
class Need:
    """All findings of one rule: the worst sign among them, how many, what is wrong and whom it concerns."""

    rule: str
    mark: str
    count: int
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many records of a kind there are; `hint` says what they are made of. `kind` names the list to open."""

    kind: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """How many flows end in one kind of territory; `marks` counts the signs of the verdicts on them."""

    label: str
    count: int
    marks: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first screen says of one organisation on one date."""

    organisation: str
    name: str
    regimes: tuple[str, ...]
    on: dt.date
    needs: tuple[Need, ...]
    coming: tuple[Due, ...]
    counts: tuple[Count, ...]
    places: tuple[Place, ...]


def overview(view: View) -> Overview:
    """The overview of a view. Everything derived is asked for here, so call it off the event loop."""
    owner = view.register.organisation
    return Overview(
        organisation=owner.key,
        name=owner.name,
        regimes=view.regimes,
        on=view.on,
        needs=needs(view),
        coming=coming_up(view),
        counts=tuple(_counts(view)),
        places=places(view),
    )


def needs(view: View) -> tuple[Need, ...]:
    """The findings grouped by rule and sign, in their own order: worst first."""
    return tuple(
        Need(rule, mark, len(group), group_title(group), _whom(view, group))
        for (rule, mark), group in groups(view).items()
    )


def _whom(view: View, group: list[Finding]) -> str:
    return ", ".join(dict.fromkeys(title_of(view, finding.subject) for finding in group))


def _counts(view: View) -> Iterator[Count]:
    register = view.register
    roles = Counter(activity.role or "role not recorded" for activity in register.activities.values())
    made_of = " · ".join(f"{number} {role.partition('-')[0]}" for role, number in sorted(roles.items()))
    yield Count("activity", counted(len(register.activities), "activity", "activities"), made_of)
    below = len(register.subprocessors)
    yield Count("party", counted(len(register.parties), "party", "parties"), counted(below, "subprocessor"))
    ours = [each for each in view.crossings if each.exporter == ORGANISATION]
    without = sum(1 for each in ours if each.transfer is None)
    documented = f"{len(ours) - without} documented · {without} not"
    yield Count("crossing", counted(len(ours), "crossing"), documented)
    if register.changes:
        open_ = sum(1 for each in register.changes.values() if each.state not in ("effective", "withdrawn"))
        yield Count("change", counted(len(register.changes), "change"), f"{open_} open")
    if view.history:
        last = view.history[0]
        yield Count("history", "last change", f"{short_day(dt.datetime.fromisoformat(last.at).date())}, {last.who}")


def places(view: View) -> tuple[Place, ...]:
    """Where the organisation's flows to others end, one count for each country of each flow.

    Territories of the regimes first, then adequate and third countries as judged, then those of which no country
    is recorded. A flow whose verdicts say nothing (it leaves no territory) is counted by where it ends.
    """
    register, law = view.register, LawBook.in_use()
    judged: dict[tuple[Edge, str | None], Crossing] = {(each.edge, each.country): each for each in view.crossings}
    order = [*_INSIDE.values(), ADEQUATE, THIRD, UNKNOWN]
    totals: Counter[str] = Counter()
    marks: dict[str, Counter[str]] = {label: Counter() for label in order}
    for edge in edges(register, view.on):
        if not edge.receiver.startswith(("party/", "system/")):
            continue
        for place in places_of(register, edge) or (None,):
            crossing = judged.get((edge, place))
            label = _label(law, view, place, crossing)
            totals[label] += 1
            if crossing is not None and crossing.worst.is_finding:
                marks[label][verdict_mark(crossing.worst.status)] += 1
            elif unplaced(register, edge):
                marks[label][verdict_mark("unknown")] += 1
    return tuple(
        Place(label, totals[label], tuple((sign, marks[label][sign]) for sign in "✖!?" if marks[label][sign]))
        for label in order
        if totals[label] or label != UNKNOWN
    )


def _label(law: LawBook, view: View, place: str | None, crossing: Crossing | None) -> str:
    if place is None:
        return UNKNOWN
    for regime, label in _INSIDE.items():
        if law.inside(place, regime, view.on):
            return label
    if crossing is not None:
        return ADEQUATE if crossing.worst.status == "adequate" else THIRD
    decisions = [law.adequacy(place, regime=regime, on=view.on) for regime in view.regimes]
    return ADEQUATE if any(each is not None and each.scope == "full" for each in decisions) else THIRD
