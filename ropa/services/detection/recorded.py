"""What a difference says in the terms of a change, and whether a change of the register says it already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ropa.law.lawbook import LawBook
from ropa.records.change import ChangeFields
from ropa.records.register import Register
from ropa.services.detection.differences import Detected
from ropa.services.detection.names import bare, same_text

JOINS = ("add", "replace", "emergency", "new-legal-entity")
"""The kinds of change by which a party joins."""


def recorded_for(register: Register, found: Detected, party: str) -> str:
    """The key of the change that says the same of a party already; empty where there is none.

    That is one that is open, or the last one that took effect of those by which the party joined, left or changed.
    """
    about = [each for each in register.changes.values() if party in (each.party, each.replaces)]
    running = [each for each in about if each.state not in ("effective", "withdrawn")]
    done = sorted((each for each in about if each.state == "effective"), key=lambda each: each.effective or dt.date.min)
    if found.kind in ("add", "remove"):
        done = [each for each in done if _joins(each, party) or _leaves(each, party)][-1:]
    return next((each.key for each in (*running, *reversed(done)) if _says(register, each, found, party)), "")


def activities_of(register: Register, found: Detected) -> tuple[str, ...]:
    """The activities that it is about, as far as the two states say: for further work those that are new."""
    entry = found.entry
    pairs = entry.activities
    if found.kind == "new-activity" and found.old is not None:
        fresh = tuple(pair for pair in pairs if pair[0] not in dict(found.old.activities))
        pairs = fresh or pairs
    return tuple(key for key, _ in pairs if key in register.activities and register.activities[key].role == "processor")


def service_of(found: Detected) -> str:
    """The services that are new."""
    names = {name for _, name in found.entry.activities}
    return "; ".join(each for each in found.came if each not in names)


def countries_of(places: Sequence[str]) -> tuple[str, ...]:
    """The countries among some places, by id; words that name none are left out."""
    law = LawBook.in_use()
    return tuple(each for each in places if law.territory(each) is not None)


def data_keys(register: Register, names: Sequence[str]) -> tuple[str, ...]:
    """The keys of the register's data categories that go by one of these names."""
    keys = {same_text(each.name): each.key for each in register.data_categories.values()}
    return tuple(dict.fromkeys(keys[same_text(each)] for each in names if same_text(each) in keys))


def _says(register: Register, change: ChangeFields, found: Detected, party: str) -> bool:
    """Whether a change that is about a party says what was found of it."""
    if found.kind == "add":
        return _joins(change, party)
    if found.kind == "remove":
        return _leaves(change, party)
    if found.kind == "new-legal-entity":
        return change.kind == "new-legal-entity"
    if change.party != party or change.kind != found.kind:
        return False
    if found.kind == "rename":
        return bare(change.new_name or "") == bare(found.came[0])
    if found.kind == "new-location":
        return set(countries_of(found.came)) <= set(change.countries)
    if found.kind == "new-activity":
        activities, service = activities_of(register, found), service_of(found)
        return set(activities) <= set(change.activities) and same_text(service) == same_text(change.service or "")
    return set(data_keys(register, found.came)) <= set(change.data_categories)


def _joins(change: ChangeFields, party: str) -> bool:
    return change.party == party and change.kind in JOINS


def _leaves(change: ChangeFields, party: str) -> bool:
    return change.replaces == party or (change.party == party and change.kind == "remove")
