"""Whose data a change of subprocessor reaches, through which activity, and on which path. It comes from the graph."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from ropa.flows.edges import ORGANISATION, Edge, edges
from ropa.records.change import ChangeFields
from ropa.records.register import Register


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
    """The processor activities that a change reaches: as it names them, else those that the party works in.

    Once it took effect, the party that left works nowhere: then the eve counts, else where the new party works.
    """
    leaving = change.replaces or change.beneath or change.party
    flows = edges(register, on)
    if change.activities:
        found = {key: register.data_of(key, change.data_categories) for key in change.activities}
    else:
        found = _works_in(flows, change, leaving)
        if not found and took_effect(change, on):
            eve = change.effective - dt.timedelta(days=1) if change.effective else on
            found = _works_in(edges(register, eve), change, leaving) or _works_in(flows, change, change.party)
    ours = {key: data for key, data in found.items() if register.activities[key].role == "processor"}
    return [Told(key, data, _path(register, change, flows, key)) for key, data in ours.items()]


def _works_in(flows: Sequence[Edge], change: ChangeFields, party: str) -> dict[str, tuple[str, ...]]:
    """The activities in which a party gets data, each with its data, or with what the change names."""
    found: dict[str, tuple[str, ...]] = {}
    for edge in flows:
        if edge.receiver == f"party/{party}":
            data = dict.fromkeys((*found.get(edge.activity, ()), *edge.data))
            found[edge.activity] = tuple(change.data_categories or data)
    return found


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
