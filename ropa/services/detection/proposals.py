"""What was found between two states of a list, as changes to propose: each once, and none that is recorded already."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ropa.law.lawbook import LawBook
from ropa.records.change import ChangeFields
from ropa.records.errors import InputError
from ropa.records.kinds import KINDS
from ropa.records.party import PartyFields
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.services.detection.differences import Detected
from ropa.services.detection.entries import Entry, known_to
from ropa.services.detection.recorded import activities_of, countries_of, data_keys, recorded_for, service_of
from ropa.services.steps.step import free_key, validated, with_records
from ropa.services.wording import listed

F = TypeVar("F", bound=Fields)

_NAMED_CHANGE = replace(KINDS["change"], stem=("name",))
_NAMED_PARTY = replace(KINDS["party"], stem=("name",))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What becomes of one difference.

    `change` is what would be recorded, with `party` where the register lacks it. Else `recorded` is the key of the
    change that says the same already, or `left` says why no change can be made of it.
    """

    found: Detected
    change: ChangeFields | None = None
    party: PartyFields | None = None
    recorded: str = ""
    left: str = ""


def proposals(
    register: Register, found: Sequence[Detected], *, reason: str, on: dt.date, beneath: str = ""
) -> tuple[Proposal, ...]:
    """One for each difference, in order. `beneath` is the vendor whose list it is, where it is not our own.

    Raises InputError, naming the row, where what a list states cannot be recorded.
    """
    made: list[Proposal] = []
    entries = list(dict.fromkeys(entry for each in found for entry in (each.new, each.old) if entry is not None))
    keys = {entry: known.key for entry, known in zip(entries, known_to(register, entries), strict=True)}
    for each in found:
        proposal = _two_parties(register, each, keys) or _proposal(
            register, each, _party_of(register, each, keys), reason, on, beneath
        )
        made.append(proposal)
        if proposal.party is not None:  # further differences of the same party
            keys.update({entry: proposal.party.key for entry in (each.new, each.old) if entry is not None})
        new: list[tuple[str, Fields]] = []
        if proposal.party is not None:
            new.append(("party", proposal.party))
        if proposal.change is not None:
            new.append(("change", proposal.change))
        register = with_records(register, new)
    return tuple(made)


def _proposal(register: Register, found: Detected, key: str, reason: str, on: dt.date, beneath: str) -> Proposal:
    if found.doubts:
        return Proposal(found, left="it may be no change at all: look, and propose it by hand if it is one")
    if not found.is_more:
        return Proposal(found, left="something only ends, and customers' data goes nowhere new")
    entry = found.entry
    if key and (same := recorded_for(register, found, key)):
        return Proposal(found, recorded=same)
    if not key and entry.key:
        return Proposal(found, left=f"the register has no party {entry.key!r}, and a change must name one")
    if key and key == beneath:
        return Proposal(found, left="it is the vendor itself")
    party = None if key else _new_party(register, entry)
    if party is not None:
        register = with_records(register, [("party", party)])
        key = party.key
    values: dict[str, Any] = {
        "name": _name(found),
        "kind": found.kind,
        "party": key,
        "beneath": beneath or next((each for each in entry.beneath if each in register.parties and each != key), None),
        "reason": _reason(found, reason),
        "proposed": on,
        "source": entry.place,
        "invented": register.parties[key].invented,
    }
    if left := _filled(register, found, key, values, beneath):
        return Proposal(found, left=left)
    if entry.since is not None and entry.since > on and found.kind == "add":
        values["effective"] = entry.since
    stem = values["name"] if _spellable(entry.name) else f"{key} {found.kind}"
    values["key"] = free_key(_NAMED_CHANGE, {"name": stem}, register.changes)
    return Proposal(found, _checked(register, "change", ChangeFields, values, entry), party)


def _party_of(register: Register, found: Detected, keys: Mapping[Entry, str]) -> str:
    """The key of the register's party, by the newer entry or, where nothing is known by that, by the older."""
    known = [keys[entry] for entry in (found.new, found.old) if entry is not None]
    return next((key for key in known if key in register.parties), "")


def _two_parties(register: Register, found: Detected, keys: Mapping[Entry, str]) -> Proposal | None:
    """Another name that the register has as another party: the one takes the place of the other, and is not renamed."""
    if found.kind not in ("rename", "new-legal-entity") or found.old is None or found.new is None:
        return None
    old, new = keys[found.old], keys[found.new]
    if old == new or old not in register.parties or new not in register.parties:
        return None
    for change in register.changes.values():
        if (change.party, change.replaces) == (new, old) and change.state != "withdrawn":
            return Proposal(found, recorded=change.key)
    if found.kind == "new-legal-entity":
        return None
    names = listed([register.parties[old].name, register.parties[new].name])
    return Proposal(
        found, left=f"the register has two parties, {names}: propose by hand that the one replaces the other"
    )


def _new_party(register: Register, entry: Entry) -> PartyFields:
    """A party as a list states it: what the list does not state is not recorded."""
    where = f"Location as listed: {entry.location}." if entry.location else None
    values = {
        "key": free_key(_NAMED_PARTY, {"name": entry.name if _spellable(entry.name) else "vendor"}, register.parties),
        "name": entry.name,
        "legal_name": entry.legal_name or None,
        "aliases": tuple(each for each in dict.fromkeys(entry.aliases) if each != entry.name),
        "country": entry.countries[0] if entry.seat and len(entry.countries) == 1 and not _is_group(entry) else None,
        "website": entry.website or None,
        "source": entry.place,
        "note": where,
    }
    return _checked(register, "party", PartyFields, values, entry)


def _spellable(name: str) -> bool:
    """Whether a key can be made of a name: it has a letter or digit that keys are written in."""
    return any(sign.isascii() and sign.isalnum() for sign in unicodedata.normalize("NFKD", name))


def _is_group(entry: Entry) -> bool:
    territory = LawBook.in_use().territory(entry.countries[0])
    return territory is None or territory.sort != "country"


def _filled(register: Register, found: Detected, key: str, values: dict[str, Any], beneath: str) -> str:
    """Add to the values what a change of its kind says; returns why it cannot be said, else nothing."""
    entry = found.entry
    notes: list[str] = []
    if found.kind == "rename":
        values["new_name"] = found.came[0]
    elif found.kind in ("add", "new-location"):
        values["countries"] = () if entry.seat else entry.countries
        if found.kind == "new-location":
            if not countries_of(found.came):
                return "no country is known of where it goes"
            values["countries"] = countries_of(entry.countries)  # all places: what stays must not be lost
        elif entry.unread:
            notes.append(f"Also listed as its place: {listed(entry.unread)}.")
    values["activities"] = activities_of(register, found) or _of_vendor(register, beneath)
    if found.kind == "new-activity":
        values["service"] = service_of(found) or None
        values["activities"] = values["activities"] or _works_for(register, key)
        if not values["activities"]:
            return "the register does not say for which activity it works"
    elif found.kind == "add":
        values["service"] = "; ".join(entry.services) or None
    if found.kind in ("add", "new-data"):
        stated = found.came if found.kind == "new-data" else entry.data
        values["data_categories"] = data_keys(register, stated)
        unknown = [each for each in stated if not data_keys(register, (each,))]
        if found.kind == "new-data" and unknown:
            return f"the register has no data category of that name: {listed(unknown)}"
        if unknown:
            values["data_categories"] = ()
            notes.append(f"Data as listed: {listed(entry.data)}.")
    values["note"] = " ".join(notes) or None
    return ""


def _works_for(register: Register, party: str) -> tuple[str, ...]:
    """The processor activities for which a party is engaged."""
    found = dict.fromkeys(each.activity for each in register.engagements_with(party))
    return tuple(key for key in found if register.activities[key].role == "processor")


def _of_vendor(register: Register, beneath: str) -> tuple[str, ...]:
    return _works_for(register, beneath) if beneath else ()


def _name(found: Detected) -> str:
    """What the change is called: what happens, in a few words."""
    who = found.entry.name[:200]
    law = LawBook.in_use()
    words = {
        "add": f"{who} joins",
        "remove": f"{who} leaves",
        "rename": f"{found.went[0][:90] if found.went else who} becomes {found.came[0][:90] if found.came else who}",
        "new-legal-entity": f"{who} is another legal entity",
        "new-location": f"{who} in {listed([law.country_name(each) for each in countries_of(found.came)])}"[:290],
        "new-activity": f"{who} does further work",
        "new-data": f"{who} gets further data",
    }
    return words[found.kind]


def _reason(found: Detected, reason: str) -> str:
    """Why it is proposed, with the other legal entity and those that it may be."""
    parts = [reason]
    if found.kind == "new-legal-entity":
        parts.append(f"Legal entity: {found.went[0]}, then {found.came[0]}.")
    if found.perhaps:
        parts.append(f"Perhaps it is the same as {listed([each.name for each in found.perhaps])}.")
    return " ".join(parts)


def _checked(register: Register, kind: str, fields: type[F], values: Mapping[str, Any], entry: Entry) -> F:
    """The record. Raises InputError that names the row which it comes from."""
    try:
        return validated(register, kind, fields, values)
    except InputError as error:
        raise InputError([replace(each, file=entry.place) for each in error.problems]) from error
