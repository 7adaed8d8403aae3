"""The entries of a law book, and the places that they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from ropa.law.entries import Entry, Membership, Territory
from ropa.law.loading import LawError
from ropa.law.places import Places
from ropa.law.references import references

E = TypeVar("E", bound=Entry)


class Shelf:
    """Entries by id and by kind, and the look-up of places. Immutable."""

    def __init__(self, entries: Iterable[Entry], *, as_of: date) -> None:
        """Index the entries. Raises LawError where two have one id, or one names another that is not there."""
        self._entries: dict[str, Entry] = {}
        self.as_of = as_of
        for entry in entries:
            if entry.id in self._entries:
                raise LawError(f"{entry.id}: stated twice")
            self._entries[entry.id] = entry
        self._by_kind: dict[type[Entry], list[Any]] = {}
        for entry in self._entries.values():
            self._by_kind.setdefault(type(entry), []).append(entry)
        self._check_references()

    def entries(self) -> Iterator[Entry]:
        """Every entry, with its source, dates, confidence and origin."""
        return iter(self._entries.values())

    def entry(self, id: str) -> Entry | None:  # noqa: A002 (the field's own name)
        """Any entry by id."""
        return self._entries.get(id)

    def age(self, on: date) -> int:
        """Days from the day on which the packaged data was last gone through to `on`."""
        return (on - self.as_of).days

    def of_kind(self, kind: type[E]) -> tuple[E, ...]:
        """All entries of one kind, in the order of the files."""
        return tuple(self._by_kind.get(kind, ()))

    @cached_property
    def _places(self) -> Places:
        return Places(self.of_kind(Territory))

    def country(self, text: str) -> str | None:
        """`"United States of America"`, `"usa"`, `"US"` → `"US"`; a group gives `"EU"` or `"EEA"`; else None."""
        return self._places.country(text)

    def organisation(self, text: str) -> str | None:
        """`"EPO"`, `"org:EPO"`, `"European Patent Organisation"` → `"org:EPO"`; else None."""
        return self._places.organisation(text)

    def country_name(self, code: str) -> str:
        """The English name of a country, group or organisation; what nobody knows is given back as it is."""
        territory = self.territory(code)
        return territory.name if territory else code.removeprefix("org:")

    def place_phrase(self, code: str) -> str:
        """The name as a sentence has it: `the United States`, `Brazil`."""
        territory = self.territory(code)
        return f"the {territory.name}" if territory and territory.definite else self.country_name(code)

    def territory(self, code: str) -> Territory | None:
        """The entry of a country, group or organisation by id."""
        entry = self._entries.get(code)
        return entry if isinstance(entry, Territory) else None

    def members(self, group: str, on: date) -> frozenset[str]:
        """The group's own id and the ids of every place in it on that day, groups within it included."""
        known = self._members.get((group, on))
        if known is None:
            territory = self.territory(group)
            inner = territory.includes if territory else ()
            own = (m.places for m in self.of_kind(Membership) if m.group == group and m.in_force(on))
            known = frozenset({group}.union(*own, *(self.members(g, on) for g in inner)))
            self._members[group, on] = known
        return known

    @cached_property
    def _members(self) -> dict[tuple[str, date], frozenset[str]]:
        return {}

    def memberships_of(self, place: str) -> tuple[Membership, ...]:
        """The memberships, of any day, that name the place itself."""
        return tuple(m for m in self.of_kind(Membership) if place in m.places)

    def _check_references(self) -> None:
        for entry in self._entries.values():
            missing = [ref for ref in references(entry) if ref not in self._entries]
            if missing:
                raise LawError(f"{entry.id}: names {', '.join(missing)}, which no entry states")
