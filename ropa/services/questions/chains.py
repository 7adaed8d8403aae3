"""`ropa chain`: everybody below a party, with who they are, how they are reached and what covers each hop.

The controller has the identity of all processors and subprocessors at hand at all times (EDPB Opinion 22/2024).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ropa.flows.chains import Link, Step, Tree, engaged_for, links, tree, users_of
from ropa.flows.crossings import Crossing
from ropa.flows.edges import Edge, edges, uses
from ropa.law.lawbook import LawBook
from ropa.records.party import PartyFields
from ropa.records.register import Register
from ropa.services.findings.onward import carried
from ropa.services.keys import views_with_party
from ropa.services.layout import (
    address_of,
    contact_of,
    country_of,
    iso,
    known,
    plain_crossing,
    plain_party,
    plain_reasons,
    sourced,
    verdict_lines,
    wrapped,
)
from ropa.services.wording import NOT_RECORDED, counted, listed, long_day
from ropa.services.workspace import View

FORMAT = 1
_DEEPEST_INDENT = 8
_ONWARD = {
    "held": ("✓", "onward terms on record"),
    "missing": ("✖", "onward terms missing"),
    "unknown": ("?", "onward terms not recorded"),
}


@dataclass(frozen=True, slots=True)
class Chain:
    """One party of one register: how it is reached, and the tree below it.

    `from_us` are the flows to it from the organisation, `crossings` those judged of them, `users` the hops that lead
    to it from other parties. `idle` counts the parties that agreements put below it and that no data reaches.
    """

    register: Register
    view: View
    party: PartyFields
    from_us: tuple[Edge, ...]
    crossings: tuple[Crossing, ...]
    users: tuple[Link, ...]
    tree: Tree
    idle: int


def chains_below(views: Sequence[View], party: str, depth: int) -> list[Chain]:
    """The chain below a party in every register that has it. Raises NotFoundError where none has."""
    key, having = views_with_party(views, party)
    return [_chain(view, key, depth) for view in having]


def _chain(view: View, key: str, depth: int) -> Chain:
    register = view.register
    below = links(register, view.on, view.crossings)
    from_us = tuple(engaged_for(edges(register, view.on), key))
    ours = set(from_us)
    reached = {link.importer for link in below.get(key, ())}
    return Chain(
        register=register,
        view=view,
        party=register.parties[key],
        from_us=from_us,
        crossings=tuple(each for each in view.crossings if each.edge in ours),
        users=tuple(users_of(below, key)),
        tree=tree(below, key, depth),
        idle=len(uses(register, view.on).get(key, {}).keys() - reached),
    )


def as_text(chain: Chain) -> str:
    """The chain for people: the party, then each hop below it with whoever receives, indented by depth."""
    law, found, party = LawBook.in_use(), chain.tree, chain.party
    head = f"{party.name} and everybody below · register of {chain.register.organisation.name}"
    lines = [f"{head} · {long_day(chain.view.on)}", ""]
    lines += _identity(party, 2)
    lines += _ways_in(chain, law)
    lines += ["", *_summary(chain), ""]
    for step in found.steps:
        lines += [*_step(chain.register, step, law), ""]
    if found.hidden:
        lines += wrapped(
            f"? {counted(found.hidden, 'further hop')} lie more than {counted(found.limit, 'hop')} below {party.name} "
            "and are not shown; --depth shows more.",
            0,
            2,
        )
    return "\n".join(lines).rstrip() + "\n"


def _summary(chain: Chain) -> Iterator[str]:
    found = chain.tree
    parties = {step.link.importer for step in found.steps} - {found.top}
    if not found.steps:
        yield "Nobody below it is recorded."
    else:
        deepest = max(step.depth for step in found.steps)
        yield f"{counted(len(parties), 'party', 'parties')} below it, up to {counted(deepest, 'hop')} deep"
    if chain.idle:
        words = "1 more stands" if chain.idle == 1 else f"{chain.idle} more stand"
        yield from wrapped(f"{words} below it by agreement, but no data reaches them on this day.", 0)


def _identity(party: PartyFields, indent: int) -> Iterator[str]:
    rows = (
        ("Legal name", party.legal_name),
        ("Address", address_of(party)),
        ("Contact", contact_of(party)),
        ("Location", country_of(party)),
    )
    for label, value in rows:
        yield from wrapped(f"{label:<12}{known(value)}", indent, 12)


def _ways_in(chain: Chain, law: LawBook) -> Iterator[str]:
    register, found = chain.register, False
    services: dict[tuple[str, ...], list[Edge]] = {}
    for edge in chain.from_us:
        services.setdefault(edge.data, []).append(edge)
    for flows in services.values():
        found = True
        works = [_work(register, each) for each in flows]
        data = ", ".join(register.data_categories[key].name for key in flows[0].data)
        words = f"{register.organisation.name} → it, for {listed(list(dict.fromkeys(works)))}: "
        yield from wrapped(f"Reached     {words}{data or f'data categories {NOT_RECORDED}'}", 2, 12)
    for line in verdict_lines(chain.crossings, law):
        yield from wrapped(line, 14, 2)
    for link in chain.users:
        found = True
        words = f"{link.facts.exporter} → it, {_by(link)}: {carried(register, link.edges)}"
        yield from wrapped(f"Reached     {words}", 2, 12)
    if not found:
        yield from wrapped("Reached     ? no data reaches it on this day by what is recorded", 2, 12)


def _work(register: Register, edge: Edge) -> str:
    name = register.activities[edge.activity].name
    return f"{name} ({edge.service})" if edge.service else name


def _by(link: Link) -> str:
    names = [f"“{each.name}”" for each in link.agreements]
    return f"by {listed(names)}" if names else "by a recorded flow, with no agreement between the two on record"


def _step(register: Register, step: Step, law: LawBook) -> Iterator[str]:
    link, party = step.link, register.parties[step.link.importer]
    indent = 2 * min(step.depth - 1, _DEEPEST_INDENT)
    where = f"  [hop {step.depth}]"
    if step.again:
        note = "a loop: it stands above" if step.loop else "shown with whoever is below it in another place"
        yield from wrapped(f"→ {party.name} again, {note}{where}", indent, 2)
    else:
        yield from wrapped(f"→ {party.name}{where}", indent, 2)
        yield from _identity(party, indent + 4)
    path = " → ".join(register.parties[key].name for key in step.path[-3:])
    path = f"… → {path}" if len(step.path) > 3 else path
    yield from wrapped(f"{'Reached':<12}{path}, {_by(link)}", indent + 4, 12)
    yield from wrapped(f"{'For':<12}{carried(register, link.edges)}", indent + 4, 12)
    for line in safeguard_lines(link, law):
        yield from wrapped(line, indent + 4, 2)


def safeguard_lines(link: Link, law: LawBook) -> list[str]:
    """What covers a hop, in words: the verdicts on it as a transfer, or its onward terms."""
    lines = verdict_lines(link.crossings, law)
    if link.onward.standing != "not-asked":
        mark, words = _ONWARD[link.onward.standing]
        lines.append(" ".join((f"{mark} {words}.", *map(sourced, link.onward.reasons))))
    if not lines:
        names = listed([law.regime(each).name for each in link.facts.regimes])
        lines.append(f"✓ not a restricted transfer: the data stays within the territory of the {names}.")
    return lines


def as_json(chains: Sequence[Chain]) -> dict[str, Any]:
    """The chains as plain values; the shape is described in docs/chains-json.md."""
    return {
        "format": FORMAT,
        "on": iso(chains[0].view.on) if chains else None,
        "chains": [_plain(each) for each in chains],
    }


def _plain(chain: Chain) -> dict[str, Any]:
    register, found = chain.register, chain.tree
    return {
        "organisation": register.organisation.key,
        "party": plain_party(found.top, chain.party),
        "reached": [
            *(
                {
                    "from": each.origin,
                    "via": each.via,
                    "agreements": [],
                    "activities": [each.activity],
                    "data_categories": list(each.data),
                }
                for each in chain.from_us
            ),
            *({"from": f"party/{each.exporter}", **_hop(each)} for each in chain.users),
        ],
        "verdicts": [verdict for each in chain.crossings for verdict in plain_crossing(each)],
        "below": [
            {
                "depth": step.depth,
                "party": plain_party(step.link.importer, register.parties[step.link.importer]),
                "path": list(step.path),
                "again": step.again,
                "loop": step.loop,
                **_hop(step.link),
                "verdicts": [verdict for each in step.link.crossings for verdict in plain_crossing(each)],
                "onward": {
                    "standing": step.link.onward.standing,
                    "reasons": plain_reasons(step.link.onward.reasons),
                },
            }
            for step in found.steps
        ],
        "limit": found.limit,
        "hidden": found.hidden,
    }


def _hop(link: Link) -> dict[str, Any]:
    return {
        "via": link.edges[0].via,
        "agreements": [each.key for each in link.agreements],
        "activities": list(dict.fromkeys(each.activity for each in link.edges)),
        "data_categories": list(dict.fromkeys(key for each in link.edges for key in each.data)),
    }
