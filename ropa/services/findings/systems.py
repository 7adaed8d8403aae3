"""Systems that are used although nobody recorded who runs them, or where the data lies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ropa.flows.edges import UNPLACED, edges, entity, stands
from ropa.records.register import Register
from ropa.rules.catalogue import conclude
from ropa.rules.finding import Finding
from ropa.services.wording import listed


@dataclass(frozen=True, slots=True)
class Unknown:
    """A system in use of which it is not recorded who runs it (`unrun`) or where it is hosted (`unplaced`).

    `activities` are the keys of those that use it.
    """

    system: str
    activities: tuple[str, ...]
    unrun: bool
    unplaced: bool


def system_findings(register: Register, on: dt.date) -> Iterator[Finding]:
    """One finding for each system of a running activity: where it is hosted if that is missing, else who runs it."""
    for each in unknown_systems(register, on):
        name = register.systems[each.system].name
        used = f"{name} is used for {listed([register.activities[key].name for key in each.activities])}."
        runs = "Who runs it, the organisation itself or somebody else, is not recorded"
        if each.unplaced:
            yield conclude(
                "hosting-missing",
                register.organisation.key,
                f"system/{each.system}",
                f"{name}: where it is hosted{' and who runs it' if each.unrun else ''} is not recorded",
                f"{used} {UNPLACED}" + (f" {runs} either." if each.unrun else ""),
                remedy="Record the countries where the data lies, and who runs it." if each.unrun else "",
                field="hosting",
            )
        else:
            yield conclude(
                "system-operator-missing",
                register.organisation.key,
                f"system/{each.system}",
                f"{name}: who runs it is not recorded",
                f"{used} {runs}, so nobody can tell to whom the data goes.",
                field="operator",
            )


def unknown_systems(register: Register, on: dt.date, activity: str | None = None) -> list[Unknown]:
    """The systems in use on a date, by one activity or by any, of which something is not recorded."""
    names = [activity] if activity is not None else list(register.activities)
    used: dict[str, dict[str, None]] = {}
    placed: set[str | None] = set()
    for name in names:
        if stands(register.activities[name], on):
            for key in register.activities[name].systems:
                used.setdefault(key, {})[name] = None
            running = (each for each in register.engagements_of(name) if stands(each, on))
            placed |= {each.system for each in running if each.countries}
    for edge in edges(register, on, activity):
        for kind, _, key in (edge.origin.partition("/"), edge.destination.partition("/")):
            if kind == "system":
                used.setdefault(key, {})[edge.activity] = None
    found = (
        Unknown(
            system=key,
            activities=tuple(activities),
            unrun=entity(register, f"system/{key}") == f"system/{key}",
            unplaced=not register.systems[key].hosting and key not in placed,
        )
        for key, activities in used.items()
    )
    return [each for each in found if each.unrun or each.unplaced]
