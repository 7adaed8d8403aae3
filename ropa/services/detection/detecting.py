"""Comparing two states of a list of subprocessors, and writing what was found as proposed changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from ropa.records.errors import InputError, Problem
from ropa.records.party import PartyFields
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.services.detection.differences import detect
from ropa.services.detection.entries import Entry, State, known_to, state_of
from ropa.services.detection.proposals import Proposal, proposals
from ropa.services.steps.step import known, save
from ropa.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states of a list and what was found between them, on a date.

    `register` is the one by which parties are known and whose changes are looked at, None where no register takes part;
    then nothing can be said of proposals. `written` says whether they were recorded.
    """

    old: State
    new: State
    on: dt.date
    proposals: tuple[Proposal, ...]
    register: Register | None
    written: bool = False


def compare(
    old: str,
    new: str,
    on: dt.date,
    database: Callable[[], Workspace],
    *,
    organisation: str | None = None,
    beneath: str | None = None,
    propose: bool = False,
    who: str = "",
) -> Comparison:
    """Compare two states as `state_of` reads them; with `propose`, record what was found, all in one transaction.

    `organisation` is whose register knows the parties and holds the changes; left out, that of the state which is one.
    `beneath` is the vendor whose list it is, where those on it work behind that vendor. The database is opened only
    where something in it is named. Raises InputError, NotFoundError or StoreError; then nothing was written.
    """
    before, after = (state_of(each, on, lambda: database().store) for each in (old, new))
    owner = organisation or after.organisation or before.organisation
    if propose and not owner:
        raise InputError([Problem("say whose register the changes are for: --organisation ORG")])
    snapshot = database().store.snapshot(owner) if owner else None
    register = snapshot.register if snapshot is not None else after.register or before.register
    if beneath is not None:
        if register is None:
            raise InputError([Problem("say whose vendor that is: --organisation ORG")])
        known(register, "party", beneath, PartyFields)
    found = detect(_known(register, before.entries), _known(register, after.entries))
    reason = f"Found by comparing {before.name} with {after.name}."
    if register is None:
        return Comparison(before, after, on, tuple(map(Proposal, found)), None)
    made = proposals(register, found, reason=reason, on=on, beneath=beneath or "")
    records: list[tuple[str, Fields]] = []
    for each in made:
        records += [("party", each.party)] if each.party is not None else []
        records += [("change", each.change)] if each.change is not None else []
    if not propose or snapshot is None:
        return Comparison(before, after, on, made, register)
    if records:
        why = f"propose what changed between {before.name} and {after.name}"
        save(database(), owner, snapshot, records, who=who, why=why)
    return Comparison(before, after, on, made, register, written=True)


def _known(register: Register | None, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return entries if register is None else known_to(register, entries)
