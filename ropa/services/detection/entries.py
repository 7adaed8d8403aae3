"""The states of a list of subprocessors that can be compared: of a register on a date, and of a published file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ropa.exchange.file_name import as_text
from ropa.exchange.vendor_list import LARGEST, SUFFIXES, read_vendor_list
from ropa.exchange.vendor_row import ListedVendor
from ropa.law.lawbook import LawBook
from ropa.records.errors import InputError, NotFoundError, Problem
from ropa.records.register import Register
from ropa.services.detection.names import bare
from ropa.services.input_file import yaml_of
from ropa.services.publishing.subprocessor_list import Subprocessor, subprocessors
from ropa.services.wording import listed, long_day

if TYPE_CHECKING:
    from ropa.store.store import Store

REGISTERS = (".yaml", ".yml")
_BEFORE = re.compile(r"before-([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One subprocessor as one state of the list has it. Empty is "not stated".

    `key` is its party in the register, where it has one; `activities` are pairs of key and name. `countries` are
    ids, `location` the words they come from, `unread` those of them that name no known country; with `seat` they
    say where the company is, not where the data lies. `place` says where all this stands, `from_file` whether that
    is a published list rather than a register.
    """

    name: str
    place: str
    legal_name: str = ""
    aliases: tuple[str, ...] = ()
    key: str = ""
    services: tuple[str, ...] = ()
    activities: tuple[tuple[str, str], ...] = ()
    data: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    location: str = ""
    unread: tuple[str, ...] = ()
    seat: bool = False
    beneath: tuple[str, ...] = ()
    website: str = ""
    since: dt.date | None = None
    from_file: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One side of a comparison: what to call it, its entries, and what was not understood in it.

    `words` name it as it was given, `name` as a record keeps it: a file by its name alone.
    `register` is the register that it is a state of, None for a published list, and `organisation` its key where it
    is the one in the database.
    """

    words: str
    name: str
    entries: tuple[Entry, ...]
    remarks: tuple[str, ...] = ()
    register: Register | None = None
    organisation: str = ""


def entries_of(register: Register, on: dt.date) -> tuple[Entry, ...]:
    """The list of a register on a date."""
    place = f"register of {register.organisation.name}, {on.isoformat()}"
    return tuple(_of_register(register, each, place) for each in subprocessors(register, on, judged=False))


def state_of(given: str, on: dt.date, store: Callable[[], Store]) -> State:
    """What is named on the command line: a register file, a published list, an organisation, or one `@` a date or
    `@before-` the number of an entry of its history.

    A file is told by its suffix; `store` is asked for only where an organisation is named. Raises NotFoundError,
    InputError or StoreError.
    """
    path = Path(given)
    if path.suffix.lower() in (*REGISTERS, *SUFFIXES) or (path.suffix and path.is_file()):
        return _of_file(path, on)
    key, at, when = given.partition("@")
    if number := _BEFORE.fullmatch(when):
        register = store().before(key, int(number[1]))
        words = f"the register of {register.organisation.name} as it was kept before entry {number[1]} of its history"
        return State(words=words, name=words, entries=entries_of(register, on), organisation=key)
    if at:
        on = _day(given, when)
    register = store().snapshot(key).register
    words = f"the register of {register.organisation.name} on {long_day(on)}"
    return State(words=words, name=words, entries=entries_of(register, on), register=register, organisation=key)


def known_to(register: Register, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries, each with the key of the one party of the register that goes by one of its names."""
    names: dict[str, set[str]] = {}
    for party in register.parties.values():
        for name in (party.name, party.legal_name, *party.aliases):
            if name:
                names.setdefault(bare(name), set()).add(party.key)
    return tuple(each if each.key else replace(each, key=_known(names, each)) for each in entries)


def _known(names: dict[str, set[str]], entry: Entry) -> str:
    """The party that an entry is: by its legal entity first, then its name, then what else it is called."""
    for name in (entry.legal_name, entry.name, *entry.aliases):
        found = names.get(bare(name), set()) if name else set()
        if len(found) == 1:
            return next(iter(found))
    return ""


def _of_file(path: Path, on: dt.date) -> State:
    name, short, suffix = as_text(path), as_text(path.name), path.suffix.lower()
    if suffix not in (*REGISTERS, *SUFFIXES):
        known = listed([*REGISTERS, *SUFFIXES])
        raise InputError(
            [Problem(f"what it holds cannot be told from its name; it should end with one of {known}", name)]
        )
    try:
        if suffix in SUFFIXES and path.stat().st_size > LARGEST:
            raise InputError(
                [Problem(f"it is larger than {LARGEST // 1_000_000} MB; this is no list of vendors", name)]
            )
        content = yaml_of(path) if suffix in REGISTERS else path.read_bytes()
    except OSError as error:
        raise NotFoundError(f"{name}: {error.strerror or error}") from error
    if suffix in REGISTERS:
        from ropa.exchange.register_file import read_register

        register = read_register(content, name)
        return State(words=f"{name} on {long_day(on)}", name=short, entries=entries_of(register, on), register=register)
    found = read_vendor_list(content, name)
    entries = tuple(_of_list(each, path) for each in found.vendors)
    return State(words=name, name=short, entries=entries, remarks=tuple(f"{short}: {each}" for each in found.remarks))


def _day(given: str, day: str) -> dt.date:
    try:
        if len(day) != len("2026-11-21"):
            raise ValueError
        return dt.date.fromisoformat(day)
    except ValueError:
        words = f"{given!r}: {day!r} is not a date; write it as in 2026-11-21"
        raise InputError([Problem(words)]) from None


def _of_register(register: Register, each: Subprocessor, place: str) -> Entry:
    law = LawBook.in_use()
    countries = tuple(dict.fromkeys(found.country for found in each.locations))
    return Entry(
        name=each.name,
        place=place,
        legal_name=each.legal_name or "",
        aliases=each.aliases,
        key=each.key,
        services=each.services,
        activities=tuple((key, register.activities[key].name) for key in each.activities),
        data=tuple(register.data_categories[key].name for key in each.data),
        countries=countries,
        location=listed([law.country_name(code) for code in countries]),
        seat=all(found.basis == "establishment" for found in each.locations),
        beneath=each.through,
        website=each.website or "",
        since=each.since,
    )


def _of_list(vendor: ListedVendor, path: Path) -> Entry:
    return Entry(
        name=vendor.name,
        place=f"{as_text(path.name)}: line {vendor.line}",
        legal_name=vendor.legal_name,
        aliases=vendor.aliases,
        services=vendor.services,
        data=vendor.data,
        countries=vendor.countries,
        location=vendor.location,
        unread=vendor.unread,
        seat=vendor.seat,
        website=vendor.website,
        since=vendor.since,
        from_file=True,
    )


def merged(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with the rows of one legal entity made one, as lists name a vendor again for each service."""
    groups: dict[tuple[str, str, str], list[Entry]] = {}
    for each in entries:
        groups.setdefault((each.key, each.name.casefold(), each.legal_name.casefold()), []).append(each)
    return [_one(group) for group in groups.values()]


def _one(group: Sequence[Entry]) -> Entry:
    if len(group) == 1:
        return group[0]

    def every(field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for each in group for value in getattr(each, field)))

    days = [each.since for each in group if each.since is not None]
    return replace(
        group[0],
        place="; ".join(dict.fromkeys(each.place for each in group)),
        aliases=every("aliases"),
        services=every("services"),
        activities=tuple(dict.fromkeys(pair for each in group for pair in each.activities)),
        data=every("data"),
        countries=every("countries"),
        location="; ".join(dict.fromkeys(each.location for each in group if each.location)),
        unread=every("unread"),
        seat=all(each.seat for each in group if each.location),
        since=min(days) if days else None,
    )
