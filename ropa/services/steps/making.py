"""The outcome of a change as it is put together: records to write, keys that they take, and what has to be said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from ropa.records.change import ChangeFields
from ropa.records.engagement import EngagementFields
from ropa.records.kinds import KINDS, Kind
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.services.steps.step import free_key

Carried = tuple[str, Fields | None, Fields]
"""A record that is written: its kind, what it was (None: it is new), what it becomes."""


@dataclass(frozen=True)
class Outcome:
    """What is to be written once a change takes effect, and what a person must know about it."""

    records: tuple[Carried, ...] = ()
    said: tuple[str, ...] = ()


@dataclass
class Making:
    """One outcome in the making: the register before it, the change, and the day on which it takes effect."""

    register: Register
    change: ChangeFields
    day: dt.date
    records: list[Carried] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """What was found."""
        return Outcome(tuple(self.records), tuple(self.said))

    def say(self, words: str) -> None:
        """Keep something that a person must know."""
        self.said.append(words)

    def add(self, kind: str, record: Fields) -> None:
        """A record that is new."""
        self.records.append((kind, None, record))

    def put(self, kind: str, old: Fields, new: Fields) -> None:
        """A record that changes."""
        self.records.append((kind, old, new))

    def key(self, kind: Kind, values: dict[str, object], owner: str = "") -> str:
        """A key that no record has, those of this outcome included."""
        made = (record.key for name, _, record in self.records if name == kind.name)
        return free_key(kind, values, (*self.register.of_kind(kind.name), *made), owner)

    def engagement_key(self, activity: str, party: str) -> str:
        """A free key for an engagement of a party in an activity."""
        return self.key(KINDS["engagement"], {"party": party}, activity)

    def engaged(self, activity: str, party: str) -> list[EngagementFields]:
        """The party's engagements in an activity that have not ended by the day."""
        found = self.register.engagements_of(activity)
        return [each for each in found if each.party == party and (each.until is None or each.until >= self.day)]

    def party(self, key: str) -> str:
        """The name of a party."""
        return self.register.parties[key].name

    def within(self, activity: str) -> str:
        """The name of an activity, which what is said about it begins with."""
        return self.register.activities[activity].name

    def runs(self, node: str) -> str | None:
        """The key of the party that a node of a flow is, or that runs the system that it is."""
        kind, _, key = node.partition("/")
        return self.register.systems[key].operator if kind == "system" else key if kind == "party" else None
