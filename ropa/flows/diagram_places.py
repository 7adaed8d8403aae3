"""Where the nodes of a diagram stand: the territories that transfer law knows, by date and regime."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ropa.flows.diagram_words import and_list, people_date
from ropa.flows.edges import ORGANISATION, Edge
from ropa.law.lawbook import LawBook
from ropa.records.register import Register

Sort = Literal["home", "regime", "adequate", "third", "unrecorded"]
SORTS: tuple[Sort, ...] = ("home", "regime", "adequate", "third", "unrecorded")

_TITLES = {"EEA": "EU / EEA", "UK-TERRITORY": "United Kingdom"}
_WHOLE = ("full", "limited")


@dataclass(frozen=True, slots=True, order=True)
class Territory:
    """A frame of the diagram. `place` is the id of the territory of a regime, empty for the other sorts."""

    order: int
    sort: Sort
    place: str = ""


class Territories:
    """Which frame a place belongs to for one organisation on one date."""

    def __init__(self, register: Register, on: dt.date, law: LawBook) -> None:
        self.on, self.law = on, law
        self.regimes = register.regimes(on) or tuple(regime.id for regime in law.regimes())
        own = [law.regime(regime).territory for regime in self.regimes]
        others = [regime.territory for regime in law.regimes() if regime.territory not in own]
        home = register.organisation.country
        # The organisation's own first: a place that lies in two (the UK in 2019) stands where fewer places do.
        self._own = sorted(own, key=lambda each: home is not None and home not in law.members(each, on))
        self._others = others

    def of(self, country: str | None) -> Territory:
        """The frame of a country; None is "not recorded"."""
        if country is None:
            return Territory(len(SORTS), "unrecorded")
        inside = [each for each in (*self._own, *self._others) if country in self.law.members(each, self.on)]
        if inside:
            place = min(inside, key=lambda each: len(self.law.members(each, self.on)))
            return Territory(0, "home", place) if place in self._own else Territory(1, "regime", place)
        return Territory(2, "adequate") if self.adequate(country) else Territory(3, "third")

    def adequate(self, country: str) -> bool:
        """Whether a decision covers the whole country under every regime that it lies outside of."""
        outside = [each for each in self.regimes if not self.law.inside(country, each, self.on)]
        decisions = [self.law.adequacy(country, regime=each, on=self.on) for each in outside]
        return all(decision is not None and decision.scope in _WHOLE for decision in decisions)

    def furthest(self, countries: Iterable[str]) -> Territory | None:
        """The frame of the place that the law worries about most; None of none."""
        return max((self.of(country) for country in countries), default=None)

    def title(self, territory: Territory, countries: Iterable[str]) -> tuple[str, str]:
        """What stands over a frame: its name, and what the law says of the countries in it."""
        places = tuple(dict.fromkeys(countries))
        names = ", ".join(map(self.law.country_name, places))
        under = self._under(self.regimes)
        match territory.sort:
            case "home" | "regime":
                name = _TITLES.get(territory.place, self.law.country_name(territory.place))
                outside = [r for r in self.regimes if not all(self.law.inside(c, r, self.on) for c in places)]
                adequate = bool(outside) and all(map(self.adequate, places))
                return name, f"adequate {self._under(outside)}" if adequate else ""
            case "adequate":
                return f"Adequate countries: {names}", under
            case "third":
                return f"Third countries: {names}", f"no adequacy decision for the whole country {under}"
            case _:
                return "Where: not recorded", "the law cannot be applied before the country is known"

    def _under(self, regimes: Iterable[str]) -> str:
        return f"under {and_list(self.law.regime(each).name for each in regimes)} on {people_date(self.on)}"


def countries_of(register: Register, node: str, flows: Iterable[Edge]) -> tuple[str, ...]:
    """Where a node is, as far as recorded.

    A party is where it is established, or else where its data lies; a system where it is hosted, or else where
    whoever runs it for the organisation is established.
    """
    kind, _, key = node.partition("/")
    if kind == ORGANISATION:
        return () if register.organisation.country is None else (register.organisation.country,)
    if kind == "system":
        system = register.systems[key]
        run_from = None if system.operator is None else register.parties[system.operator].country
        return system.hosting or (() if run_from is None else (run_from,))
    if kind == "party":
        country = register.parties[key].country
        found = (place for flow in flows if flow.destination == node for place in flow.places)
        return (country,) if country is not None else tuple(dict.fromkeys(found))
    return ()


def further_places(register: Register, node: str, flows: Iterable[Edge]) -> tuple[str, ...]:
    """The other countries in which the data of a party or system lies, or from which it is reached."""
    there = countries_of(register, node, flows)
    found = [place for flow in flows if flow.destination == node for place in flow.places]
    if node.startswith("system/"):
        found += register.systems[node.removeprefix("system/")].remote_access
    return tuple(place for place in dict.fromkeys(found) if place not in there)
