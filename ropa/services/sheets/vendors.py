"""Bringing a published list of vendors into a register: matched with the parties it has, shown, and written at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ropa.exchange.file_name import as_text
from ropa.exchange.vendor_list import LARGEST, SUFFIXES, read_vendor_list
from ropa.exchange.vendor_row import ListedVendor
from ropa.law.lawbook import LawBook
from ropa.records.errors import InputError, NotFoundError, Problem
from ropa.records.kinds import KINDS
from ropa.records.party import PartyFields
from ropa.services.detection.names import bare, has_form, same_text, spelt
from ropa.services.input_file import content_of
from ropa.services.loading import user
from ropa.services.sheets.activity import kinds_in_order
from ropa.services.sheets.beginning import Owner, basis_of
from ropa.services.sheets.records import AmbiguousError, Records
from ropa.store.store import Store
from ropa.store.writer import Put

_ENTITY = re.compile(r"([^()]+?)\s*\(([^()]+)\)")
"""A name with its legal entity in brackets: `Mailer (Mailer Ltd)`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a record: what the register has, what the list says, and whether the list's is taken."""

    kind: str
    field: str
    before: str
    after: str
    taken: bool


@dataclass(slots=True)
class VendorRow:
    """What becomes of one row of a list. `party` is empty where nobody could be told; `gap` then says why."""

    line: int
    name: str
    party: str = ""
    new: bool = False
    engaged: bool = False
    differences: list[Difference] = field(default_factory=list)
    gap: str = ""


@dataclass(frozen=True, slots=True)
class VendorPlan:
    """What an import of a list would write, row by row. `begins` is not empty where the register begins with it."""

    organisation: str
    file: str
    activity: str
    rows: tuple[VendorRow, ...]
    remarks: tuple[str, ...]
    writes: tuple[Put, ...] = field(default=(), repr=False)
    name: str = ""
    begins: str = ""


def plan_vendors(
    store: Store | None, owner: Owner | str, path: Path, *, activity: str | None = None, update: bool = False
) -> VendorPlan:
    """What the import of a list would write. Nothing is written; with `update`, what differs is taken from the list.

    With `activity`, each vendor is engaged in it as processor. Raises InputError, naming file and row, where the list
    cannot be read or recorded, and NotFoundError where file or activity is not there, or the organisation is not and
    nobody says its name; with a name its register begins with the list.
    """
    name = as_text(path)
    if path.suffix.lower() not in SUFFIXES:
        raise InputError([Problem(f"a list of vendors is a file of one of: {', '.join(SUFFIXES)}", name)])
    basis = basis_of(store, Owner(owner) if isinstance(owner, str) else owner)
    snapshot, organisation = basis.snapshot, basis.organisation.key
    if activity is not None and activity not in snapshot.register.activities:
        known = ", ".join(snapshot.register.activities) or "none yet"
        raise NotFoundError(f"{organisation} has no activity {activity!r}; there is: {known}")
    listed = read_vendor_list(content_of(path, LARGEST, "; this is no list of vendors"), name)
    taking = _Taking(basis.records(), as_text(path.name), activity, update=update)
    problems: list[Problem] = []
    rows: list[VendorRow] = []
    for vendor in listed.vendors:
        try:
            rows.append(taking.row(vendor))
        except ValueError as error:
            problems.append(Problem(str(error), name, vendor.line))
    if problems:
        raise InputError(problems)
    writes = []
    for kind, key in kinds_in_order(taking.records.new):
        record = taking.records.new[kind, key]
        before = snapshot.register.of_kind(kind).get(key) if (kind, key) in snapshot.versions else None
        if record != before:
            writes.append(Put(kind, record, None if before is None else snapshot.versions[kind, key]))
    return VendorPlan(
        organisation, name, activity or "", tuple(rows), listed.remarks, tuple(writes), basis.organisation.name,
        basis.named,
    )  # fmt: skip


def carry_out(store: Store, made: VendorPlan, *, who: str | None = None) -> int:
    """Write a plan in one transaction with its history; returns the number of the entry, 0 where nothing is new.

    Raises StaleRecordError where somebody changed the register since the plan was made; then nothing is written.
    """
    if not made.writes:
        return 0
    why = f"import vendors {as_text(Path(made.file).name)}"
    return store.apply(made.organisation, made.writes, who=who or user(), why=why, at=dt.datetime.now(dt.UTC))


class _Taking:
    """Takes rows of a list, one after the other, into what is to be written."""

    def __init__(self, records: Records, file: str, activity: str | None, *, update: bool) -> None:
        register = records.register
        self.records, self.register = records, register
        self.file, self.activity, self.update = file, activity, update
        self._own: set[tuple[str, str]] = set()
        self._engaged = {
            each.party: each.key for each in (register.engagements_of(activity) if activity is not None else ())
        }

    def row(self, vendor: ListedVendor) -> VendorRow:
        """One vendor of the list. Raises ValueError where what it says cannot be recorded."""
        inner = _ENTITY.fullmatch(vendor.name)
        if inner and not vendor.legal_name and has_form(inner[2]):
            vendor = replace(vendor, name=inner[1], legal_name=inner[2])
        row = VendorRow(vendor.line, vendor.name)
        source = f"{self.file}, row {vendor.line}"
        try:
            key = self._party(vendor)
        except AmbiguousError as error:
            row.gap = f"{error}; nothing of this row is taken"
            return row
        parts = [part for part in re.split(r"\s+/\s+", vendor.name) if has_form(part)]
        if key is None and len(parts) > 1:
            row.gap = "it names several companies and is recorded as one; record each of them by hand"
            if any(self._known(part) for part in parts):
                row.gap = "it names several companies, of which one is known; nothing of this row is taken"
                return row
        notes = list(_notes(vendor, engaged=self.activity is not None))
        if key is None:
            key = self._new_party(vendor, notes, source)
            row.new = True
            _show_new(
                row, "party", self.records.of("party", key), ("legal_name", "aliases", "country", "website", "note")
            )
        else:
            self._fill("party", key, _party_values(vendor), row)
            self._aliases(key, vendor, row)
            self._note("party", key, notes, row)
        row.party = key
        if self.activity is not None:
            self._engage(vendor, key, row, source)
        return row

    def _party(self, vendor: ListedVendor) -> str | None:
        """The party that a row is: by its legal entity first, then its name, then what else it is called."""
        for name in (vendor.legal_name, vendor.name, *vendor.aliases):
            if name and (key := self.records.party(name)) is not None:
                return key
        return None

    def _known(self, name: str) -> bool:
        try:
            return self.records.party(name) is not None
        except AmbiguousError:
            return True

    def _new_party(self, vendor: ListedVendor, notes: Sequence[str], source: str) -> str:
        values = {**_party_values(vendor), "name": vendor.name, "note": "\n".join(notes), "source": source}
        values["aliases"] = tuple(each for each in vendor.aliases if each != vendor.name)
        key = self.records.add("party", values)
        self.records.name_party(key, (vendor.name, vendor.legal_name, *vendor.aliases))
        self._own.add(("party", key))
        return key

    def _fill(self, kind: str, key: str, values: dict[str, Any], row: VendorRow) -> None:
        """Take what a record lacks; show what differs, and take it only where that was asked for."""
        record = self.records.of(kind, key)
        new: dict[str, Any] = {}
        for name, value in values.items():
            before = getattr(record, name)
            if value in (None, "", ()) or _same(name, before, value):
                continue
            mine = (kind, key) in self._own and name in ("service", "countries")  # two rows of one vendor
            if mine:
                value = _both(before, value)
            taken = before in (None, ()) or self.update or mine
            row.differences.append(Difference(kind, name, _shown(before), _shown(value), taken))
            if taken:
                new[name] = value
        if new:
            self.records.put(kind, KINDS[kind].fields.model_validate({**record.model_dump(), **new}))

    def _aliases(self, key: str, vendor: ListedVendor, row: VendorRow) -> None:
        """A name that the party is not known by becomes one more name of it."""
        party: PartyFields = self.records.of("party", key)
        there = {spelt(each) for each in (party.name, party.legal_name or "", *party.aliases) if each}
        names = [each for each in (vendor.name, *vendor.aliases) if spelt(each) not in there]
        names = list({spelt(each): each for each in names if bare(each)}.values())
        if names:
            after = (*party.aliases, *names)
            row.differences.append(Difference("party", "aliases", _shown(party.aliases), _shown(after), taken=True))
            self.records.put("party", PartyFields.model_validate({**party.model_dump(), "aliases": after}))
            self.records.name_party(key, names)

    def _note(self, kind: str, key: str, notes: Sequence[str], row: VendorRow) -> None:
        record = self.records.of(kind, key)
        there = (record.note or "").split("\n")
        more = [line for note in notes for line in note.split("\n") if line not in there]
        if more:
            row.differences.append(Difference(kind, "note", "", "; ".join(more), taken=True))
            text = "\n".join(filter(None, (record.note, *more)))
            self.records.put(kind, KINDS[kind].fields.model_validate({**record.model_dump(), "note": text}))

    def _engage(self, vendor: ListedVendor, party: str, row: VendorRow, source: str) -> None:
        assert self.activity is not None  # noqa: S101 asked by the caller
        values: dict[str, Any] = {"service": "; ".join(vendor.services), "since": vendor.since}
        values["countries"] = () if vendor.seat else vendor.countries
        own = self.register.activities[self.activity].data_categories
        names = {same_text(self.register.data_categories[key].name): key for key in own}
        data = [names.get(same_text(each)) for each in vendor.data]
        notes = []
        if data and None not in data:
            values["data_categories"] = tuple(dict.fromkeys(each for each in data if each is not None))
        elif vendor.data:
            notes.append(f"Data as listed: {'; '.join(vendor.data)}")
        key = self._engaged.get(party)
        if key is not None:
            self._fill("engagement", key, values, row)
            self._note("engagement", key, notes, row)
            return
        given = {**values, "party": party, "note": "\n".join(notes), "source": source}
        key = self._engaged[party] = self.records.add("engagement", given, self.activity)
        self._own.add(("engagement", key))
        row.engaged = True
        made = self.records.of("engagement", key)
        _show_new(row, "engagement", made, ("service", "countries", "data_categories", "since", "note"))


def _show_new(row: VendorRow, kind: str, record: Any, names: Sequence[str]) -> None:
    """What a new record holds, told as a difference from nothing."""
    for name in names:
        if (value := getattr(record, name)) not in (None, "", ()):
            text = "; ".join(value.split("\n")) if isinstance(value, str) else _shown(value)
            row.differences.append(Difference(kind, name, "", _shown(text), taken=True))


def _party_values(vendor: ListedVendor) -> dict[str, Any]:
    """What a list says of the legal entity. Where the data lies is no fact about where a company is established."""
    country = vendor.countries[0] if vendor.seat and len(vendor.countries) == 1 and not vendor.unread else None
    return {"legal_name": vendor.legal_name or None, "country": country, "website": vendor.website or None}


def _notes(vendor: ListedVendor, *, engaged: bool) -> Iterator[str]:
    """What a list says and no field takes, in its own words."""
    if vendor.location and (
        vendor.unread or (not engaged and not vendor.seat) or (vendor.seat and len(vendor.countries) != 1)
    ):
        yield f"Location as listed: {vendor.location}"
    if not engaged and vendor.services:
        yield f"Service as listed: {'; '.join(vendor.services)}"
    if not engaged and vendor.data:
        yield f"Data as listed: {'; '.join(vendor.data)}"
    if not engaged and vendor.since:
        yield f"Listed since: {vendor.since.isoformat()}"
    for heading, text in vendor.other:
        yield f"{heading}: {text}"


def _same(name: str, before: object, value: object) -> bool:
    if name in ("service", "legal_name") and isinstance(before, str) and isinstance(value, str):
        return same_text(before) == same_text(value)
    if isinstance(before, tuple) and isinstance(value, tuple):
        return set(before) == set(value)
    if name == "website" and isinstance(before, str) and isinstance(value, str):
        return before.rstrip("/").casefold() == value.rstrip("/").casefold()
    return before == value


def _both(before: Any, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(dict.fromkeys((*before, *value)))
    return value if not before else before if value in before.split("; ") else f"{before}; {value}"


def _shown(value: object) -> str:
    if value in (None, ()):
        return ""
    law = LawBook.in_use()
    if isinstance(value, tuple):
        return ", ".join(law.country_name(each) if law.country(each) == each else str(each) for each in value)
    text = str(value)
    return law.country_name(text) if len(text) == 2 and law.country(text) == text else text
