"""Chains: who stands below a party, hop by hop, and what is on record for each hop.

Every hop is judged for whoever exports it: as a transfer where a regime binds it, else by its onward terms.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ropa.flows.crossings import Crossing, name_of, regimes_of
from ropa.flows.edges import Edge, hops, uses
from ropa.law.lawbook import LawBook
from ropa.records.agreement import AgreementFields
from ropa.records.register import Register
from ropa.rules.onward import Onward, OnwardFacts, onward

DEEPEST = 60
"""How many hops below a party are shown, unless the caller says otherwise."""


@dataclass(frozen=True, slots=True)
class Link:
    """One party handing data to another, over all activities. Both are keys of parties.

    `crossings` are judged for the exporter, empty where no regime binds it or the data stays inside; `facts` are
    those of the onward terms, `onward` what they come to.
    """

    exporter: str
    importer: str
    edges: tuple[Edge, ...]
    crossings: tuple[Crossing, ...]
    agreements: tuple[AgreementFields, ...]
    facts: OnwardFacts
    onward: Onward


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the tree below a party: a hop, at a depth that counts from 1.

    `path` are the parties from the top to the importer. Each party is opened once, where it is nearest: `again`
    marks its other places, and of these `loop` those that lead back to a party above.
    """

    depth: int
    link: Link
    path: tuple[str, ...]
    again: bool = False
    loop: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """All hops below one party, in the order of a tree. `hidden` counts those deeper than `limit`."""

    top: str
    steps: tuple[Step, ...]
    limit: int
    hidden: int = 0


def links(
    register: Register, on: dt.date, found: Iterable[Crossing], law: LawBook | None = None
) -> Mapping[str, tuple[Link, ...]]:
    """The hops between parties on a date, by exporter; `found` are the register's crossings on that date."""
    book = law or LawBook.in_use()
    used = uses(register, on)
    crossed: dict[Edge, list[Crossing]] = {}
    above: dict[str, dict[str, None]] = {}
    for each in found:
        crossed.setdefault(each.edge, []).append(each)
        kept = (entry for verdict in each.verdicts if not verdict.is_finding for entry in verdict.rests_on)
        above.setdefault(each.importer, {}).update(dict.fromkeys(kept))
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for exporter, importer, edge in hops(register, on):
        pairs.setdefault((exporter, importer), []).append(edge)
    made: dict[str, list[Link]] = {}
    for (exporter, importer), each_edge in pairs.items():
        regimes = regimes_of(register, exporter, on, book)
        if not regimes:  # the tool above goes on to count below, nearest hops coming first
            above.setdefault(importer, {}).update(above.get(exporter, {}))
        one, other = exporter.removeprefix("party/"), importer.removeprefix("party/")
        agreements = used.get(one, {}).get(other, ())
        facts = _facts(register, one, other, regimes, agreements, tuple(above.get(exporter, ())), on)
        judged = tuple(crossing for edge in each_edge for crossing in crossed.get(edge, ()))
        made.setdefault(one, []).append(Link(one, other, tuple(each_edge), judged, agreements, facts, onward(facts)))
    return {key: tuple(group) for key, group in made.items()}


def onward_on(register: Register, link: Link, on: dt.date) -> Onward:
    """What the onward terms of a hop come to on another day, by the agreements that run then."""
    facts = link.facts
    return onward(_facts(register, link.exporter, link.importer, facts.regimes, link.agreements, facts.above, on))


def tree(below: Mapping[str, Sequence[Link]], top: str, limit: int = DEEPEST) -> Tree:
    """Everything below a party: each hop once, each party opened at its shortest way from the top.

    The work is linear in the hops: no path is walked twice, however many there are and whatever loops.
    """
    depth, parent = {top: 0}, {top: ""}
    waiting = deque([top])
    while waiting:
        party = waiting.popleft()
        for link in below.get(party, ()):
            if link.importer not in depth:
                depth[link.importer], parent[link.importer] = depth[party] + 1, party
                waiting.append(link.importer)

    steps: list[Step] = []
    path: list[str] = [top]
    stack = list(reversed(below.get(top, ()))) if limit > 0 else []
    while stack:
        hop = stack.pop()
        level = depth[hop.exporter] + 1
        del path[level:]
        again = parent[hop.importer] != hop.exporter
        steps.append(Step(level, hop, (*path, hop.importer), again, loop=again and hop.importer in path))
        if not again:
            path.append(hop.importer)
            if level < limit:
                stack += reversed(below.get(hop.importer, ()))
    every = sum(len(below.get(party, ())) for party in depth)
    return Tree(top, tuple(steps), limit, every - len(steps))


def users_of(below: Mapping[str, Sequence[Link]], party: str) -> list[Link]:
    """The hops that lead to a party from other parties."""
    return [link for group in below.values() for link in group if link.importer == party]


def engaged_for(edges: Iterable[Edge], party: str) -> list[Edge]:
    """The flows by which data reaches a party from somebody who is no party: the organisation, its systems, people."""
    node = f"party/{party}"
    return [each for each in edges if each.receiver == node and not each.sender.startswith("party/")]


def _facts(
    register: Register,
    exporter: str,
    importer: str,
    regimes: tuple[str, ...],
    agreements: Sequence[AgreementFields],
    above: tuple[str, ...],
    on: dt.date,
) -> OnwardFacts:
    """One running agreement that binds is enough; one that nobody has read leaves it open."""
    running = [each for each in agreements if each.expires is None or on <= each.expires]
    terms = [each.onward_terms for each in running]
    said = True if True in terms else None if None in terms or not terms else False
    by = next((each for each in running if each.onward_terms is said), None)
    ended = max((each for each in agreements if each.expires), key=lambda each: each.expires or on, default=None)
    last = None if running else ended
    return OnwardFacts(
        exporter=name_of(register, f"party/{exporter}"),
        importer=name_of(register, f"party/{importer}"),
        regimes=regimes,
        placed=register.parties[exporter].country is not None,
        terms=said,
        agreement=by.name if by else last.name if last else "",
        expired=last.expires if last else None,
        above=above,
    )
