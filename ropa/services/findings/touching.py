"""The part of a register that a change of some records can make any difference to, so that it is judged quickly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ropa.records.kinds import KINDS
from ropa.records.references import references
from ropa.records.register import Register
from ropa.records.values import Fields

Record = tuple[str, Fields]
_OF_ACTIVITIES = tuple(kind for kind in KINDS.values() if kind.parent == "activity")
_CATEGORIES = ("data_category", "subject_category")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a change can make a difference to: keys of activities, and of all parties that have to do with them."""

    activities: frozenset[str]
    parties: frozenset[str]


def touched(register: Register, records: Iterable[Record]) -> Reach | None:
    """The activities whose findings, or whose place in a finding, these records can change; None: all of them.

    What is said of a party names every activity that it works for, so with one of them all of them are judged.
    """
    links = _links(register)
    seeds = _Seeds()
    for kind, record in records:
        if kind == "organisation":
            return None
        seeds.add(register, kind, record)
    for change in register.changes.values():
        seeds.add(register, "change", change)
    first = links.activities(seeds)
    named = seeds.parties.union(*(links.parties_of.get(key, ()) for key in first))
    # A system of which nobody recorded who runs it is judged by itself, for all that use it.
    used = seeds.systems.union(*(links.systems_of.get(key, ()) for key in first))
    systems = {key for key in used if (each := register.systems.get(key)) and each.operator is None and not each.own}
    activities = links.activities(_Seeds(parties=named, systems=systems))
    return Reach(frozenset(first | activities), frozenset(named.union(*(links.parties_of[key] for key in activities))))


def _links(register: Register) -> _Links:
    """What hangs together with what, worked out once: a form asks at each pause of who types."""
    known = register.derived.get("links")
    if not isinstance(known, _Links):
        known = register.derived["links"] = _Links(register)
    return known


def part_of(register: Register, reach: Reach) -> Register:
    """The register with these activities alone, and the transfers that may be theirs; all else as it is."""
    activities = reach.activities
    inner: dict[str, Mapping[str, Fields]] = {
        kind.section: {key: each for key, each in register.of_kind(kind.name).items() if _of(each) in activities}
        for kind in _OF_ACTIVITIES
    }
    transfers = {
        key: each
        for key, each in register.transfers.items()
        if each.activity in activities or {each.importer, each.exporter} & reach.parties
    }
    safeguards = {key: each for key, each in register.safeguards.items() if each.transfer in transfers}
    inner |= {"activities": _only(register.activities, activities), "transfers": transfers, "safeguards": safeguards}
    return replace(register, **inner)  # type: ignore[arg-type]  # each section holds its own kind


def _only(records: Mapping[str, Fields], keys: frozenset[str]) -> dict[str, Fields]:
    return {key: each for key, each in records.items() if key in keys}


def _of(record: Fields) -> str:
    return str(getattr(record, "activity", ""))


@dataclass
class _Seeds:
    """What the records name: where to begin."""

    activities: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    systems: set[str] = field(default_factory=set)
    categories: set[tuple[str, str]] = field(default_factory=set)

    def add(self, register: Register, kind: str, record: Fields) -> None:
        """Take in a record, and what it names."""
        self._take(register, kind, record.key)
        for _, target, key in references(KINDS[kind], record):
            if target not in _CATEGORIES:  # that it names a category changes nothing for others that name it
                self._take(register, target, key)
        if kind == "agreement":
            for engagement in register.engagements.values():
                if engagement.agreement == record.key:
                    self._take(register, "engagement", engagement.key)
        if kind == "document":
            for safeguard in register.safeguards.values():
                if safeguard.assessment == record.key:
                    self._take(register, "transfer", safeguard.transfer)

    def _take(self, register: Register, kind: str, key: str) -> None:
        if kind == "activity":
            self.activities.add(key)
        elif kind == "party":
            self.parties.add(key)
        elif kind == "system":
            self.systems.add(key)
        elif kind in _CATEGORIES:
            self.categories.add((kind, key))
        elif kind in ("agreement", "transfer", "engagement") and key in register.of_kind(kind):
            for _, target, each in references(KINDS[kind], register.of_kind(kind)[key]):
                if target in ("activity", "party", "system"):
                    self._take(register, target, each)


class _Links:
    """Which activity has to do with which party, system and category; which parties use each other."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.parties_of: dict[str, set[str]] = {}
        self.systems_of: dict[str, set[str]] = {}
        self._categories_of: dict[str, set[tuple[str, str]]] = {}
        for kind in (KINDS["activity"], *_OF_ACTIVITIES):
            for record in register.of_kind(kind.name).values():
                self._link(record.key if kind.name == "activity" else _of(record), references(kind, record))
        self._together = _components(register)

    def _link(self, activity: str, named: Iterable[tuple[str, str, str]]) -> None:
        parties = self.parties_of.setdefault(activity, set())
        for _, target, key in named:
            if target == "party":
                parties.add(key)
            elif target == "system":
                self.systems_of.setdefault(activity, set()).add(key)
                system = self.register.systems.get(key)
                if system is not None and system.operator is not None:
                    parties.add(system.operator)
            elif target in _CATEGORIES:
                self._categories_of.setdefault(activity, set()).add((target, key))

    def activities(self, seeds: _Seeds) -> set[str]:
        """The activities that have to do with any of these."""
        systems = (self.register.systems.get(key) for key in seeds.systems)
        run = {each.operator for each in systems if each is not None and each.operator is not None}
        groups = {self._together.get(key, key) for key in seeds.parties | run}
        found = {key for key in seeds.activities if key in self.register.activities}
        for activity, parties in self.parties_of.items():
            if any(self._together.get(key, key) in groups for key in parties):
                found.add(activity)
        for activity, of_systems in self.systems_of.items():
            if of_systems & seeds.systems:
                found.add(activity)
        for activity, of_categories in self._categories_of.items():
            if of_categories & seeds.categories:
                found.add(activity)
        return found


def _components(register: Register) -> dict[str, str]:
    """For each party in a chain of agreements, one party that stands for all that it is linked with."""
    import networkx

    pairs = ((each.between, each.party) for each in register.agreements.values() if each.between is not None)
    graph: networkx.Graph[str] = networkx.Graph(pairs)
    return {key: min(group) for group in networkx.connected_components(graph) for key in group}
