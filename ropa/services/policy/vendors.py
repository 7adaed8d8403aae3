"""Vendors: who a privacy policy names, and who the register says gets data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ropa.flows.edge import stands
from ropa.flows.edges import edges
from ropa.records.register import Register
from ropa.services.detection.names import bare, same_text, spelt
from ropa.services.policy.findings import Compared, Difference, Same, places_of
from ropa.services.policy.known import Known, known_names
from ropa.services.policy.mentions import Mentions, Named, OfParty, distinct, names_of
from ropa.services.policy.names import Guess, guesses
from ropa.services.policy.places import is_denied, is_not_used
from ropa.services.policy.words import Hit
from ropa.services.wording import counted, listed, long_day

Uses = Mapping[str, Sequence[tuple[Hit[Named], OfParty]]]

WELL_KNOWN = "a well-known vendor"
ORDINARY = "a well-known vendor's name that is an ordinary word, too; the words around it fit"
DENIED = "a well-known vendor's name, but the sentence may say that it is not used"
AUTHORITY = "a public body that data is given to"


@dataclass(frozen=True, slots=True)
class _Parties:
    """The parties that a policy is expected to name, and those that it is not, with when they stopped."""

    expected: tuple[str, ...]
    ended: dict[str, dt.date]


def compare_vendors(found: Mentions, register: Register, on: dt.date) -> Compared:
    """The vendors that both name, that one of them names, and that they name differently.

    Customers are not expected in a policy, nor are parties that get nothing on the date.
    """
    parties = _parties(register, on)
    named = distinct(found.hits, OfParty)
    differences: list[Difference] = []
    same: list[Same] = []
    for key, uses in named.items():
        party = register.parties[key]
        places = places_of(found.policy, [(hit.start, hit.end) for hit, _ in uses])
        record = (f"party/{key}",)
        if key in parties.ended:
            words = f"The policy still names it, and by the register its work ended on {long_day(parties.ended[key])}."
            differences.append(Difference("differently", "vendor", party.name, words, places=places, records=record))
            continue
        if all(is_not_used(found, hit.start, hit.end) for hit, _ in uses) and key in parties.expected:
            words = "The policy seems to say that it is not used; by the register data goes to it."
            because = "by a no or not in the sentence; read it"
            differences.append(
                Difference("differently", "vendor", party.name, words, "!", "likely", because, places, record)
            )
            continue
        same.append(Same("vendor", party.name, places, record))
        if not any(what.by == "name" for _, what in uses):
            differences.append(_other_name(register, key, uses, found))
    unrecorded = list(_unrecorded(found, register, named))
    perhaps = {
        record.removeprefix("party/") for each in unrecorded for record in each.records if each.group == "differently"
    }
    differences += _unnamed(register, parties, {*named, *perhaps})
    differences += unrecorded
    left = [key for key in register.customers if key not in named]
    remarks = []
    if left:
        remarks.append(f"{counted(len(left), 'customer')} of the register left out: a policy does not name them.")
    others = [key for key in register.parties if key not in (*parties.expected, *parties.ended, *named, *left)]
    if others:
        names = listed([register.parties[key].name for key in others])
        remarks.append(f"In the register and left out, because on this date no data goes to them: {names}.")
    return Compared(tuple(differences), tuple(same), tuple(remarks))


def _parties(register: Register, on: dt.date) -> _Parties:
    reached: dict[str, None] = {}
    for edge in edges(register, on):
        for node in (edge.receiver, edge.destination):
            if node.startswith("party/"):
                reached[node.removeprefix("party/")] = None
    ended: dict[str, dt.date] = {}
    for each in register.engagements.values():
        if stands(each, on):
            reached[each.party] = None
    for each in register.engagements.values():
        if each.until is not None and each.until < on and each.party not in reached:
            ended[each.party] = max(each.until, ended.get(each.party, each.until))
    customers = set(register.customers)
    return _Parties(tuple(key for key in reached if key not in customers), ended)


def _other_name(
    register: Register, key: str, uses: Sequence[tuple[Hit[Named], OfParty]], found: Mentions
) -> Difference:
    """A party that the policy calls by another of its names."""
    party = register.parties[key]
    spans = [
        (hit.start, hit.end) for hit in found.hits if any(isinstance(w, OfParty) and w.key == key for w in hit.what)
    ]
    said = list(dict.fromkeys(found.as_written(*span) for span in spans))
    by_company = all(what.by == "legal" for _, what in uses)
    words = f"The policy calls it {listed(said)}; the register {party.name}."
    if by_company:
        words = f"The policy names only the company, {listed(said)}; the register {party.name} of {party.legal_name}."
    places = places_of(found.policy, spans)
    return Difference("differently", "vendor", party.name, words, places=places, records=(f"party/{key}",))


def _unnamed(register: Register, parties: _Parties, named: Container[str]) -> Iterator[Difference]:
    for key in parties.expected:
        if key in named:
            continue
        party = register.parties[key]
        works = register.engagements_with(key)
        services = list(dict.fromkeys(each.service for each in works if each.service))
        what = f" It is recorded for: {'; '.join(services)}." if services else ""
        invented = " (Invented sample data.)" if party.invented else ""
        yield Difference(
            "register",
            "vendor",
            party.name,
            f"The policy does not name it.{what}{invented}",
            records=(f"party/{key}", *(f"engagement/{each.key}" for each in works)),
            source="Art. 13(1)(e), 14(1)(e): the recipients, or their categories",
        )


def _unrecorded(found: Mentions, register: Register, named: Uses) -> Iterator[Difference]:
    spans: dict[Known, list[tuple[int, int]]] = {}
    for hit in found.known:
        if any(each.start <= hit.start and hit.end <= each.end for each in found.hits):
            continue
        for what in hit.what:
            if isinstance(what, Known) and what.sort not in ("supervisor", "other"):
                spans.setdefault(what, []).append((hit.start, hit.end))
                break
    merged: dict[tuple[str, str], tuple[Known, list[tuple[int, int]]]] = {}
    for known, places in spans.items():
        kept, every = merged.setdefault((known.name, known.sort), (known, []))
        every += places
        if kept.ordinary and not known.ordinary:
            merged[known.name, known.sort] = (known, every)
    held = _resolved(register)
    # A party that is one service of a company is not its other services.
    services = {bare(each.name) for _, each in known_names().names if each.owner}
    of_services = {known.owner for known, _ in merged.values()}
    for known, places in merged.values():
        keys = held.get(known.name, ()) or tuple(
            key for key in held.get(known.owner, ()) if bare(register.parties[key].name) not in services
        )
        where = places_of(found.policy, places)
        if known.name in of_services and all(found.address(start) is not None for start, _ in places):
            continue  # the address of a page about the service
        if keys:
            if any(key in named for key in keys):
                continue
            names = listed([register.parties[key].name for key in keys])
            words = f"The policy names {known.name}; the register has {names}."
            records = tuple(f"party/{key}" for key in keys)
            yield Difference("differently", "vendor", known.name, words, places=where, records=records)
            continue
        if _is_a_system(known, register):
            continue
        said = found.as_written(*places[0])
        if like := _alike(register, known.name):
            names = listed([register.parties[key].name for key in like])
            words = f"The register has {names}, which may be the same; if it is, record {said} as another name of it."
            records = tuple(f"party/{key}" for key in like)
            yield Difference(
                "differently", "vendor", said, words, sure="likely", because=WELL_KNOWN, places=where, records=records
            )
            continue
        denied = all(is_denied(found, start, end) for start, end in places)
        because = AUTHORITY if known.sort == "authority" else ORDINARY if known.ordinary else WELL_KNOWN
        owner = f" It is a service of {known.owner}." if known.owner else ""
        also = f" In the list of well-known names it is {known.name}." if bare(said) != bare(known.name) else ""
        yield Difference(
            "policy",
            "vendor",
            said,
            f"The register has no such party.{also}{owner}{_in_words(register, known.name)}",
            mark="?" if denied else "!",
            sure="possible" if denied else "likely" if known.ordinary else "clear",
            because=DENIED if denied else because,
            places=where,
            records=_in_text(register, known.name),
        )
    yield from _guessed(found, register)


def _guessed(found: Mentions, register: Register) -> Iterator[Difference]:
    groups: dict[str, list[Guess]] = {}
    for each in guesses(found):
        groups.setdefault(bare(each.name), []).append(each)
    own = {bare(name) for name in _own(register)}
    for key, every in groups.items():
        first = every[0]
        if key in own or any(key.endswith(each) or each.startswith(key) for each in own if len(key) > 3):
            continue
        places = places_of(found.policy, [(each.start, each.end) for each in every])
        words = f"The register has no such party.{_in_words(register, first.name)}"
        mark = "!" if first.sure != "possible" else "?"
        yield Difference(
            "policy",
            "vendor",
            first.name,
            words,
            mark,
            first.sure,
            first.because,
            places,
            _in_text(register, first.name),
        )


def _own(register: Register) -> Iterator[str]:
    organisation = register.organisation
    yield from filter(None, (organisation.name, organisation.legal_name, *organisation.group_entities))


def _resolved(register: Register) -> dict[str, tuple[str, ...]]:
    """The parties that each well-known name is: by their own names, a company by their legal names, too."""
    by_spelling: dict[str, set[str]] = {}
    companies: set[str] = set()
    for name, known in known_names().names:
        if known.sort in ("vendor", "service", "authority"):
            by_spelling.setdefault(bare(name), set()).add(known.name)
            if not known.owner:
                companies.add(known.name)
    held: dict[str, dict[str, None]] = {}
    for key in register.parties:
        for name, by in names_of(register, key):
            for known_name in by_spelling.get(bare(name), ()):
                if by != "legal" or known_name in companies:
                    held.setdefault(known_name, {})[key] = None
    return {name: tuple(keys) for name, keys in held.items()}


def _alike(register: Register, name: str) -> tuple[str, ...]:
    """The parties whose names begin with this one: Hetzner Online GmbH for Hetzner."""
    asked = same_text(name)
    return tuple(
        key
        for key in register.parties
        if any(same_text(each).startswith(f"{asked} ") for each, _ in names_of(register, key))
    )


def _is_a_system(known: Known, register: Register) -> bool:
    """Whether a system of the register is made of it, or called so."""
    key = spelt(known.name)
    return any(
        key in spelt(f"{each.name} {each.technology or ''}") for each in register.systems.values() if len(key) > 3
    )


def _in_text(register: Register, name: str) -> tuple[str, ...]:
    """Records that mention a name in words alone."""
    key = spelt(name)
    if len(key) < 4:
        return ()
    found = [
        f"activity/{each.key}"
        for each in register.activities.values()
        if key in spelt(" ".join(each.recipients) or "-")
    ]
    found += [f"engagement/{each.key}" for each in register.engagements.values() if key in spelt(each.service or "-")]
    return tuple(found)


def _in_words(register: Register, name: str) -> str:
    where = _in_text(register, name)
    return f" Only words of it mention the name: {listed(where[:3])}." if where else ""
