"""Whose data a change of subprocessor reaches, through which activity, and on which path. It comes from the graph."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ropa.flows.edges import ORGANISATION, Edge, edges, stands
from ropa.records.activity import ActivityFields
from ropa.records.change import ChangeFields
from ropa.records.register import Register

_DAY = dt.timedelta(days=1)
_OF_THE_PARTY = ("remove", "new-location", "new-data", "new-legal-entity", "rename")
"""The kinds of change of a party that works already, wherever it does."""

_GOES_ON = ("new-location", "new-data", "rename", "remove")
"""The kinds of change by which the party's work itself becomes no other."""


@dataclass(frozen=True)
class Told:
    """One activity through which a change reaches a customer, with the data that is concerned.

    `path` are the legal entities from the organisation to the party that changes, as in `Edge`.
    """

    activity: str
    data: tuple[str, ...]
    path: tuple[str, ...] = ()


def took_effect(change: ChangeFields, on: dt.date) -> bool:
    """Whether it had taken effect by the date: it is recorded as effective, and not from a later day on."""
    return change.state == "effective" and (change.effective is None or change.effective <= on)


def reached_by(register: Register, change: ChangeFields, on: dt.date) -> list[Told]:
    """The processor activities that a change reaches: as it names them, else those that it is about by the graph.

    An activity that ends before the change takes effect is not reached.
    """
    flows = edges(register, on)
    if change.activities:
        found = {key: register.data_of(key, change.data_categories) for key in change.activities}
    else:
        found = _about(register, change, flows, on)
    day = change.effective or on
    ours = {key: data for key, data in found.items() if _is_done(register.activities[key], day)}
    return [Told(key, data, _path(register, change, flows, key)) for key, data in ours.items()]


def left_out(register: Register, change: ChangeFields, on: dt.date) -> tuple[str, ...]:
    """The activities that a change of the party itself would reach too, where it names only some."""
    if not change.activities or change.kind not in _OF_THE_PARTY:
        return ()
    whole = reached_by(register, change.model_copy(update={"activities": ()}), on)
    return tuple(each.activity for each in whole if each.activity not in change.activities)


def names_before(register: Register, change: ChangeFields) -> tuple[str, ...]:
    """What a party was called before a rename: its name, or, where that is the new one already, its other names."""
    party = register.parties[change.party]
    if party.name != change.new_name:
        return (party.name,)
    return tuple(each for each in party.aliases if each != change.new_name)


def services_of(register: Register, change: ChangeFields, activities: Iterable[str], on: dt.date) -> tuple[str, ...]:
    """What the party does: as the change says; else, of one that goes on doing it, as its engagements say."""
    if change.service:
        return (change.service,)
    if change.beneath is not None or change.kind not in _GOES_ON:
        return ()
    found = [each for key in activities for each in register.engagements_of(key) if each.party == change.party]
    running = [each for each in found if each.until is None or each.until >= on]
    return tuple(dict.fromkeys(each.service for each in running or found if each.service))


def kept_before(register: Register, change: ChangeFields, activities: Iterable[str], on: dt.date) -> tuple[str, ...]:
    """Where the party keeps the data before it takes effect; empty where that is not stated for all of it.

    Where the party is established is not taken for it.
    """
    if took_effect(change, on):
        if change.effective is None or change.effective == dt.date.min:
            return ()
        on = change.effective - _DAY
    found: list[tuple[str, ...]] = []
    for key in activities:
        engaged = [each for each in register.engagements_of(key) if each.party == change.party and stands(each, on)]
        named = [each for each in engaged if each.service and each.service == change.service] or engaged
        wanted = set(register.data_of(key, change.data_categories))
        for each in named:
            if each.receives_data and wanted & set(register.data_of(key, each.data_categories)):
                found.append(each.countries or (register.systems[each.system].hosting if each.system else ()))
    return tuple(dict.fromkeys(place for each in found for place in each)) if all(found) else ()


def _about(register: Register, change: ChangeFields, flows: Sequence[Edge], on: dt.date) -> dict[str, tuple[str, ...]]:
    """The activities that a change is about, each with its data: today, and on the eve of the change.

    Once it took effect, the party that left works nowhere: then the eve counts, else where the new party works.
    """
    eve = change.effective - _DAY if change.effective is not None and change.effective > dt.date.min else None
    if took_effect(change, on):
        before = _touched(edges(register, eve), change) if eve is not None else {}
        return before or _touched(flows, change) or _works_in(flows, change, change.party)
    found = _touched(flows, change)
    if eve is not None and eve > on:
        later = _touched(edges(register, eve), change)
        found = {key: _both(found.get(key, ()), later.get(key, ())) for key in (*found, *later)}
    return found


def _touched(flows: Sequence[Edge], change: ChangeFields) -> dict[str, tuple[str, ...]]:
    """Where the one works whose place is taken, or who changes; else where the one works that engages it."""
    first = change.replaces or (change.party if change.kind in _OF_THE_PARTY or change.beneath is None else None)
    found = _works_in(flows, change, first) if first else {}
    return found or (_works_in(flows, change, change.beneath) if change.beneath else {})


def _works_in(flows: Sequence[Edge], change: ChangeFields, party: str) -> dict[str, tuple[str, ...]]:
    """The activities in which a party gets data, each with its data, or with what the change names.

    Of a party that another one engages, those in which it gets them from that one, where the graph says so.
    """
    into = [edge for edge in flows if edge.receiver == f"party/{party}"]
    if change.beneath not in (None, party):
        into = [edge for edge in into if edge.sender == f"party/{change.beneath}"] or into
    found: dict[str, tuple[str, ...]] = {}
    for edge in into:
        found[edge.activity] = change.data_categories or _both(found.get(edge.activity, ()), edge.data)
    return found


def _both(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _is_done(activity: ActivityFields, day: dt.date) -> bool:
    """Whether an activity is done for customers, and has not ended by the day."""
    return activity.role == "processor" and (activity.until is None or activity.until >= day)


def _path(register: Register, change: ChangeFields, flows: Sequence[Edge], activity: str) -> tuple[str, ...]:
    """The shortest way of the data from the organisation to the party, by today's flows and the planned one."""
    onward: dict[str, list[str]] = {}
    for edge in flows:
        if edge.activity == activity:
            onward.setdefault(edge.sender, []).append(edge.receiver)
    before = f"party/{change.beneath}" if change.beneath else ORGANISATION
    party = f"party/{change.party}"
    if change.kind != "remove":
        onward.setdefault(before, []).append(party)
    came: dict[str, str] = {ORGANISATION: ""}
    waiting = deque(came)
    while waiting:
        node = waiting.popleft()
        for each in onward.get(node, ()):
            if each not in came and each.removeprefix("party/") not in register.activities[activity].controllers:
                came[each] = node
                waiting.append(each)
    if party not in came:
        return (ORGANISATION, *((before,) if change.beneath else ()), party)
    path = [party]
    while came[path[-1]]:
        path.append(came[path[-1]])
    return tuple(reversed(path))
