"""The list of subprocessors: who processes customers' data behind the organisation on a date, from the graph."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ropa.flows.crossings import Judged
from ropa.flows.edges import ORGANISATION, Edge, edges, stands
from ropa.records.organisation import Contact
from ropa.records.register import Register
from ropa.services.layout import address_of
from ropa.services.publishing.subprocessor_transfers import TransferWords, transfer_words

__all__ = ["Basis", "Location", "Subprocessor", "TransferWords", "Work", "subprocessors"]

Basis = Literal["data", "access", "establishment"]


@dataclass(frozen=True, slots=True)
class Location:
    """A country (or group of countries) by its id, and what is there.

    `data`: the data lies there; `access`: people reach it from there; `establishment`: where the data lies is not
    recorded, and the legal entity is established there.
    """

    country: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Work:
    """What a subprocessor does in one activity.

    `service` is empty and `since` None where they are not recorded. `engaged` is False where no engagement says so: it
    runs a system of the activity, or data goes on to it. `through` are the keys of the subprocessors that
    engage it; empty where the organisation does. `role_recorded` is False where data goes there by a flow that does
    not say in which role.
    """

    activity: str
    service: str
    data: tuple[str, ...]
    locations: tuple[Location, ...]
    since: dt.date | None
    engaged: bool
    through: tuple[str, ...]
    role_recorded: bool


@dataclass(frozen=True, slots=True)
class Subprocessor:
    """One legal entity on the list, with all that a customer asks about it. Data and activities are keys.

    `since` is the first day on which it was engaged for any activity, None unless every engagement has a date: else an
    earlier day may lie behind the one without. `through` is empty where the organisation engages it for anything.
    """

    key: str
    name: str
    legal_name: str | None
    aliases: tuple[str, ...]
    country: str | None
    address: str | None
    contact: Contact | None
    website: str | None
    invented: bool
    works: tuple[Work, ...]
    transfers: tuple[TransferWords, ...] = ()

    @property
    def activities(self) -> tuple[str, ...]:
        """The activities that it works for."""
        return tuple(dict.fromkeys(each.activity for each in self.works))

    @property
    def services(self) -> tuple[str, ...]:
        """What it does, each service once."""
        return tuple(dict.fromkeys(each.service for each in self.works if each.service))

    @property
    def data(self) -> tuple[str, ...]:
        """Keys of the data categories that it gets."""
        return tuple(dict.fromkeys(key for each in self.works for key in each.data))

    @property
    def locations(self) -> tuple[Location, ...]:
        """Where the data is, each country once for each basis."""
        return tuple(dict.fromkeys(place for each in self.works for place in each.locations))

    @property
    def since(self) -> dt.date | None:
        """The first day, where every engagement has one."""
        days = [each.since for each in self.works if each.engaged]
        known = [day for day in days if day is not None]
        return min(known) if known and len(known) == len(days) else None

    @property
    def through(self) -> tuple[str, ...]:
        """Who engages it, where the organisation never does."""
        if any(not each.through for each in self.works):
            return ()
        return tuple(dict.fromkeys(key for each in self.works for key in each.through))


def subprocessors(register: Register, on: dt.date, *, judged: bool = True) -> tuple[Subprocessor, ...]:
    """Every subprocessor on a date, nearest first within the order of the activities.

    On the list is whoever gets customers' data from the organisation, or from another one on it, in an activity where
    the organisation is the processor. Not on it are: parties engaged as controller or joint controller, who decide for
    themselves (Art. 4(7)) and what lies behind them; parties that receive no data, because they process none (Art.
    4(8)); the customers of the activity; and systems of which nobody recorded who runs them, for no legal entity is
    known. A customer that works for other customers' activities is a subprocessor of those.

    Without `judged`, `transfers` stay empty: nothing is judged, which is quicker.
    """
    flows: dict[str, list[Edge]] = {}
    for edge in edges(register, on):
        if register.activities[edge.activity].role == "processor":
            flows.setdefault(edge.activity, []).append(edge)
    found: dict[str, dict[str, list[Edge]]] = {}
    for activity, own in flows.items():
        for key, into in _behind(register, activity, own, on).items():
            found.setdefault(key, {})[activity] = into
    verdicts: Judged = {}
    return tuple(_subprocessor(register, key, into, on, verdicts if judged else None) for key, into in found.items())


def _behind(register: Register, activity: str, flows: Sequence[Edge], on: dt.date) -> dict[str, list[Edge]]:
    """The flows of one activity into each party that processes behind us, by key, the nearest first."""
    onward: dict[str, list[Edge]] = {}
    for edge in flows:
        onward.setdefault(edge.sender, []).append(edge)
    customers = {f"party/{key}" for key in register.activities[activity].controllers}
    roles: dict[str, set[str]] = {}
    for engagement in register.engagements_of(activity):
        if stands(engagement, on):
            roles.setdefault(f"party/{engagement.party}", set()).add(engagement.role)
    found: dict[str, list[Edge]] = {}
    waiting, seen = deque([ORGANISATION]), {ORGANISATION}
    while waiting:
        for edge in onward.get(waiting.popleft(), ()):
            receiver = edge.receiver
            own = edge.via.startswith("engagement/") and edge.role  # what an engagement says of itself
            decides = {own} if own else roles.get(receiver, {edge.role})
            if not receiver.startswith("party/") or receiver in customers or decides.isdisjoint({"processor", ""}):
                continue
            if receiver != edge.sender:
                found.setdefault(receiver.removeprefix("party/"), []).append(edge)
            if receiver not in seen:
                seen.add(receiver)
                waiting.append(receiver)
    return found


def _subprocessor(
    register: Register, key: str, into: dict[str, list[Edge]], on: dt.date, verdicts: Judged | None
) -> Subprocessor:
    party = register.parties[key]
    every = [edge for own in into.values() for edge in own]
    return Subprocessor(
        key=key,
        name=party.name,
        legal_name=party.legal_name,
        aliases=party.aliases,
        country=party.country,
        address=address_of(party),
        contact=party.contact,
        website=party.website,
        invented=party.invented,
        works=tuple(work for own in into.values() for work in _works(register, key, own)),
        transfers=() if verdicts is None else tuple(dict.fromkeys(transfer_words(register, every, on, verdicts))),
    )


def _works(register: Register, key: str, flows: Sequence[Edge]) -> Iterator[Work]:
    """One work for each service; what only says where the data goes on to is told with it."""
    groups: dict[tuple[str, bool], list[Edge]] = {}
    for edge in flows:
        groups.setdefault((edge.service, edge.sender == ORGANISATION), []).append(edge)
    silent = [each for each in groups if not each[0]]
    for group in silent:  # a system that it runs for a service that is named
        named = next((each for each in groups if each[0] and each[1] == group[1]), None)
        if named is not None:
            groups[named] += groups.pop(group)
    for (service, direct), own in groups.items():
        activity = register.activities[own[0].activity]
        days = [_since(register, each) for each in own if each.via.startswith("engagement/")]
        known = [day for day in days if day is not None]
        places = tuple(dict.fromkeys(place for each in own for place in _locations(register, each)))
        if not places and (country := register.parties[key].country) is not None:
            places = (Location(country, "establishment"),)
        yield Work(
            activity=activity.key,
            service=service,
            data=tuple(dict.fromkeys(each for edge in own for each in edge.data)),
            locations=places,
            since=min(known) if known and len(known) == len(days) else None,
            engaged=bool(days),
            through=() if direct else tuple(dict.fromkeys(each.sender.removeprefix("party/") for each in own)),
            role_recorded=all(each.role for each in own),
        )


def _since(register: Register, edge: Edge) -> dt.date | None:
    """When an engagement began; what its activity states counts where that began later."""
    engagement = register.engagements[edge.via.removeprefix("engagement/")]
    began = register.activities[edge.activity].since
    return engagement.since if began is None or engagement.since is None else max(began, engagement.since)


def _locations(register: Register, edge: Edge) -> Iterator[Location]:
    """Where a flow puts the data, and from where else it is reached."""
    kind, _, key = edge.via.partition("/")
    engagement = register.engagements[key] if kind == "engagement" else None
    if engagement is not None and edge.receiver != f"party/{engagement.party}":
        engagement = None  # the second hop, into somebody else's system
    lying: set[str] = set()
    reached: set[str] = set()
    named = edge.destination if engagement is None or engagement.system is None else f"system/{engagement.system}"
    if named.startswith("system/"):
        system = register.systems[named.removeprefix("system/")]
        lying |= {*system.hosting}
        reached |= {*system.remote_access}
    if engagement is not None:
        lying |= {*engagement.countries}
        reached |= {*engagement.remote_access}
    for place in edge.places:
        yield Location(place, "access" if place in reached - lying else "data")
