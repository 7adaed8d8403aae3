"""The records that an import makes: found among those of the register by their names, else new, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from ropa.exchange.cell_text import MOST_WORDS, items
from ropa.law.lawbook import LawBook
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.services.detection.names import bare, has_form, same_text, spelt
from ropa.services.editing.values import new_key

LONGEST_NAME = 300
_EMAIL = re.compile(r"[^\s<>,;:()@]{1,64}@[^\s<>,;:()@]{1,200}\.[A-Za-z]{2,24}")
_PHONE = re.compile(r"(?:tel(?:ephone)?\.?:?\s*|phone:?\s*)?(\+?[0-9(][0-9 ()./-]{6,24}[0-9])", re.IGNORECASE)
_FORM = re.compile(
    r"(?:inc|llc|l\.l\.c|ltd|limited|llp|plc|corp|corporation|co|gmbh|ag|s\.?a|s\.?a\.?r\.?l|sas|b\.?v|pty|oy|ab)\.?",
    re.IGNORECASE,
)
"""What stands after a company's name, and with a comma before it is no other company."""
_IN_BRACKETS = re.compile(r"(.+?)\s*\(([^()]+)\)")


class AmbiguousError(ValueError):
    """Several records of the register go by this name."""


class Records:
    """What is in the register and what an import adds to it, found by name."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.new: dict[tuple[str, str], Fields] = {}
        self._taken: dict[str, set[str]] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._parties: dict[str, dict[str, None]] = {}
        self._names: dict[str, dict[str, str]] = {}
        for party in register.parties.values():
            self.name_party(party.key, (party.name, party.legal_name, *party.aliases))
        for kind in ("data_category", "subject_category", "system", "activity"):
            for key, record in register.of_kind(kind).items():
                self._names.setdefault(kind, {}).setdefault(same_text(str(record.model_dump()["name"])), key)
        self._references = {each.reference for each in register.safeguards.values()}
        self._documents: dict[str, str] = {}
        for key, each in register.documents.items():
            self._documents.setdefault(each.location or each.name, key)
            self._documents.setdefault(each.name, key)
            self._documents.setdefault(f"{each.name}: {each.location}", key)

    def add(self, kind: str, values: Mapping[str, Any], parent: str = "") -> str:
        """Put in a new record; returns its key. Raises ValueError with words where a value cannot be recorded."""
        given = {name: value for name, value in values.items() if value not in (None, "", ())}
        if owner := KINDS[kind].parent:
            given[owner] = parent
        stem = new_key(kind, given, parent=parent)
        taken = self._taken.setdefault(kind, set(self.register.of_kind(kind)))
        key, number = stem, self._numbers.get((kind, stem), 1)
        while key in taken:
            number += 1
            key = f"{stem}-{number}"
        try:
            record = KINDS[kind].fields.model_validate({**given, "key": key})
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            where = ".".join(str(each) for each in detail["loc"] if isinstance(each, str))
            raise ValueError(f"{where}: {str(detail['msg']).removeprefix('Value error, ')}") from error
        self._numbers[kind, stem] = number
        taken.add(key)
        self.new[kind, key] = record
        return key

    def of(self, kind: str, key: str) -> Any:
        """A record, new or of the register."""
        return self.new.get((kind, key)) or self.register.of_kind(kind)[key]

    def put(self, kind: str, record: Fields) -> None:
        """Put in a record that takes the place of the one of its key."""
        self.new[kind, record.key] = record

    def named(self, kind: str, name: str, source: str, **values: object) -> str:
        """The key of the category or system of this name, which is added where there is none."""
        known = self._names.setdefault(kind, {})
        mark = same_text(name)
        if mark not in known:
            known[mark] = self.add(kind, {"name": name, "source": source, **values})
        return known[mark]

    def known(self, kind: str, name: str) -> str | None:
        """The key of the category, system or activity of this name, if there is one."""
        return self._names.get(kind, {}).get(same_text(name))

    def document(self, type_: str, name: str, location: str, source: str) -> str:
        """The key of the document at this place, which is added where there is none."""
        if location not in self._documents:
            values = {"name": name[:LONGEST_NAME], "type": type_, "location": location, "source": source}
            self._documents[location] = self.add("document", values)
        return self._documents[location]

    def knows_document(self, words: str) -> bool:
        """Whether this is the place, the name or the reference of a document that the register has."""
        return words in self._documents or words in self._references

    def party(self, name: str) -> str | None:
        """The key of the party that goes by this name, by its legal entity or by an alias; None for nobody.

        Raises AmbiguousError where it is the name of several.
        """
        for each in ways(name):
            found = self._parties.get(bare(each), {})
            if len(found) > 1:
                exact = {key for key in found if spelt(each) in {spelt(way) for way in self._ways_of(key)}}
                if len(exact) != 1:
                    names = ", ".join(self.of("party", key).name for key in found)
                    raise AmbiguousError(f"{name!r} may be each of {names}")
                found = dict.fromkeys(exact)
            if found:
                return next(iter(found))
        return None

    def is_onward(self, text: str) -> bool:
        """Whether this is `Cloud, from Mailer`: what one party of the register hands on to another, as it says."""
        name, between, sender = text.rpartition(", from ")
        try:
            importer, exporter = (self.party(name), self.party(sender)) if between else (None, None)
        except AmbiguousError:
            return False
        if importer is None or exporter is None:
            return False
        agreed = (each.between == exporter for each in self.register.agreements_with(importer))
        return bool(self.register.transfers_between(exporter, importer)) or any(agreed)

    def party_or_new(self, text: str, source: str) -> str:
        """The key of the party that a text names, which is added with the contact details beside its name."""
        name, details = _identity(text)
        key = self.party(name)
        if key is None:
            inner = _IN_BRACKETS.fullmatch(name) if len(name) <= LONGEST_NAME else None
            code = LawBook.in_use().country(inner[2]) if inner and len(inner[2]) > 2 else None
            if inner and (code or has_form(inner[2])):
                name = inner[1]
                details |= {"country": code} if code else {"legal_name": inner[2]}
            key = self.add("party", {"name": name, "source": source, **details})
            self.name_party(key, (name, details.get("legal_name")))
        return key

    def _ways_of(self, key: str) -> Iterable[str]:
        party = self.of("party", key)
        return filter(None, (party.name, party.legal_name, *party.aliases))

    def name_party(self, key: str, names: Iterable[str | None]) -> None:
        """Know a party by further names."""
        for name in names:
            if name:
                self._parties.setdefault(bare(name), {})[key] = None


def ways(name: str) -> list[str]:
    """A name whole, and `Mailer (Mailer Ltd)` as either."""
    found = _IN_BRACKETS.fullmatch(name) if len(name) <= LONGEST_NAME else None
    return [name, found[1], found[2]] if found else [name]


def _identity(text: str) -> tuple[str, dict[str, Any]]:
    """The name that a text begins with, and the address, e-mail address and telephone number that follow it."""
    first, _, rest = text.partition("\n")
    if ": " in first and not rest:
        first, _, rest = first.partition(": ")
    elif not rest and (_EMAIL.search(first) or re.search(r",\s*[0-9]", first)):
        first, _, rest = first.partition(",")
    email, phone = _EMAIL.search(rest), _PHONE.search(_EMAIL.sub("", rest))
    left = _EMAIL.sub("", rest)
    left = left.replace(phone[0], "") if phone else left
    pieces = [piece.strip(" ,;<>") for piece in re.split(r"\n|,", left) if piece.strip(" ,;<>.")]
    person = next((each for each in pieces if each.startswith("for ")), "")
    pieces = [each for each in pieces if each != person]
    contact = {
        "name": person.removeprefix("for ") or None,
        "email": email[0] if email else None,
        "phone": phone[1].strip() if phone else None,
    }
    details: dict[str, Any] = {}
    if any(contact.values()):
        details["contact"] = {key: value for key, value in contact.items() if value}
    if pieces:
        details["address"] = ", ".join(pieces)
    return " ".join(first.split()).strip(" ,;:"), details


def companies(text: str) -> list[str]:
    """The parties of one line: `Xero, AWS EMEA SARL, Cloudflare, Inc.` are three, `Acme, Inc.` is one."""
    pieces: list[str] = []
    for piece in re.split(r",\s+", text):
        if pieces and _FORM.fullmatch(piece):
            pieces[-1] += f", {piece}"
        else:
            pieces.append(piece)
    if len(pieces) < 2 or not any(_FORM.fullmatch(each.rpartition(" ")[2]) for each in pieces):
        return list(items(text))
    whole = all(each and len(each.split()) <= MOST_WORDS and "(" not in each for each in pieces)
    pieces[-1] = re.sub(r"^(?:and|&)\s+", "", pieces[-1])
    return pieces if whole else [text]


def separate_parties(text: str) -> list[str]:
    """The parties of a cell, each with its details: apart by blank lines or semicolons, or each on its line.

    A line goes on with the party above it where it is an e-mail address, a number or an address.
    """
    found: list[str] = []
    for block in re.split(r"\n\s*\n|;", text):
        own: list[str] = []
        for line in filter(None, (each.strip(" \t•-–*") for each in block.split("\n"))):
            goes_on = bool(own) and not has_form(line) and bool(re.search(r"[0-9@+]", line))
            if goes_on:
                own[-1] += f"\n{line}"
            else:
                own.append(line)
        found += own
    return found
