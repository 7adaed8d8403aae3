"""Reading Fides manifests: what their systems, datasets and taxonomy say in the terms of a register.

A system becomes a system and, where it names a legal entity, a party; each privacy declaration an activity (see
`fides_declarations`); a dataset a system, its data categories those of the activities that refer to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ropa.exchange.fides_carrier import Carrier
from ropa.exchange.fides_declarations import Declarations
from ropa.exchange.fides_manifest import Gathering, Remark, Values, gather
from ropa.exchange.fides_stated import Stated
from ropa.exchange.fides_terms import DEFAULT_ORGANISATION, NOT_RECORDED, slug
from ropa.exchange.fides_words import Words
from ropa.records.errors import InputError, Problem
from ropa.records.register import Register

CONTACTS = {"controller": "contact", "data_protection_officer": "dpo", "representative": "representative"}
"""Whom an organisation of Fides names, and the fields here."""

_CONTACT_FIELDS = ("name", "address", "email", "phone")


def read_manifests(
    files: Iterable[tuple[str, bytes]], organisation: str, known: Register | None = None
) -> tuple[Stated, list[Remark]]:
    """What manifests state, for the organisation of that key, and what is to be told about it.

    `files` are names and contents; `known` is the register that it goes into, None where there is none yet. Raises
    InputError with file, line and path of everything that cannot be read.
    """
    into = Gathering()
    found = gather(files, into)
    into.stop()
    reading = _Reading(organisation, known)
    reading.organisation(found["organization"])
    reading.words.read(found)
    reading.datasets(found["dataset"])
    reading.systems(found["system"])
    into.stop()
    return reading.stated, into.remarks


class _Reading:
    def __init__(self, organisation: str, known: Register | None) -> None:
        self.stated = Stated()
        self.words = Words(self.stated)
        self._owner = organisation
        self._fides_owner = DEFAULT_ORGANISATION
        self._known = known
        self._nodes: dict[str, str] = {}
        self._held: dict[str, tuple[str, ...]] = {}
        names = (known.organisation.name, known.organisation.legal_name) if known else ()
        self._own_names = {each.casefold() for each in names if each}

    def organisation(self, resources: list[Values]) -> None:
        """Whose register it is: of several the one whose key it is, else the only one."""
        named = [each for each in resources if slug(each.key()) == self._owner]
        chosen = (named or resources)[0] if named or len(resources) == 1 else None
        for each in resources:
            if each is not chosen:
                each.remark((), f"another organisation than {self._owner}; it and its systems are left out")
        if chosen is None:
            if self._known is None:
                keys = ", ".join(each.key() for each in resources) or "none"
                words = f"there is no organisation {self._owner!r} yet, and the files do not say which it is ({keys})"
                raise InputError([Problem(words)])
            return
        self._fides_owner = chosen.key()
        name = chosen.line("name") or (None if self._known else self._fides_owner)
        self._own_names |= {name.casefold()} if name else set()
        contacts: dict[str, Any] = {}
        for theirs, ours in CONTACTS.items():
            if part := chosen.part(theirs):
                contacts[ours] = _contact(part) or None
                self.stated.keep_rest("organisation", self._owner, part, theirs)
        note = chosen.text("description")
        self.stated.put("organisation", self._owner, chosen, name=name, note=note, **contacts)
        self.stated.keep_rest("organisation", self._owner, chosen)

    def datasets(self, resources: list[Values]) -> None:
        """Each dataset as a system, and the data categories that it holds."""
        for each in filter(self._is_ours, resources):
            fides = each.key()
            key = self.stated.key("system", f"dataset {fides}", fides)
            self._nodes[fides] = key
            name, note = each.line("name") or fides, each.text("description")
            self.stated.put("system", key, each, name=name, note=note)
            held: dict[str, None] = {}
            count = self._fields(each, "collections", held) + self._categories(each, held)
            self._held[fides] = tuple(held)
            if count:
                words = "the register keeps the categories of its data, not its collections and fields"
                each.remark("collections", f"{count} collections and fields: {words}")
            self.stated.keep_rest("system", key, each)

    def systems(self, resources: list[Values]) -> None:
        """Each system, who runs it, and its declarations."""
        carriers = []
        for each in filter(self._is_ours, resources):
            meta = each.part("meta") or each.empty("meta")
            carrier = Carrier(each, meta, meta.part("ropa") or meta.empty("ropa"))
            if own := carrier.own.text(carrier.kind):
                carrier.key = own
            elif carrier.kind:
                carrier.key = self.stated.key("system", f"system {each.key()}", each.key())
            if carrier.kind == "system":
                self._nodes[each.key()] = carrier.key
            carriers.append(carrier)
        declarations = Declarations(self.stated, self.words, self._nodes, self._held)
        for carrier in carriers:
            self._system(carrier)
            declarations.read(carrier)
            self._leave(carrier)
        declarations.finish()
        for fides in self._held.keys() - declarations.datasets:
            key = self._nodes[fides]
            words = f"no declaration refers to it: its data categories are in no activity (system/{key})"
            self.stated.places["system", key].remark("fides_key", words)

    def _system(self, carrier: Carrier) -> None:
        each = carrier.values
        each.hide(*carrier.own.texts("text_only"))
        name, note = each.line("name") or each.key(), each.text("description")
        sort = each.text("system_type")
        if carrier.kind == "party":
            self._party(carrier.key, each, name=name, note=note)
        elif carrier.kind == "system":
            operator = carrier.own.text("operator")
            own = None
            if operator is None and (legal := each.line("legal_name")):
                own = True if legal.casefold() in self._own_names else None
                operator = None if own else self._named(each, legal)
                carrier.party = None if carrier.is_own_export else operator
            values = {"operator": operator, "own": own, "technology": None if sort == NOT_RECORDED else sort}
            self.stated.put("system", carrier.key, each, name=name, note=note, **values)

    def _named(self, each: Values, legal: str) -> str:
        """The party of that legal name: the one that the register knows by it, else a new one."""
        parties = () if self._known is None else self._known.parties.values()
        for party in parties:
            if legal.casefold() in [name.casefold() for name in (party.name, party.legal_name or "", *party.aliases)]:
                self._party(party.key, each, legal=party.legal_name or legal)
                return party.key
        key = self.stated.key("party", f"legal name {legal.casefold()}", legal)
        self._party(key, each, name=legal, legal=legal)
        return key

    def _party(
        self, key: str, each: Values, *, name: str | None = None, legal: str | None = None, note: str | None = None
    ) -> None:
        contact = officer_of(each.line("dpo") or "") or None
        values = {"legal_name": legal or each.line("legal_name"), "address": each.text("legal_address")}
        website = each.line("privacy_policy")
        self.stated.put("party", key, each, name=name, note=note, contact=contact, website=website, **values)

    def _leave(self, carrier: Carrier) -> None:
        """Keep what is left of a system in the note of what it became."""
        each = carrier.values
        each.leave("organization_fides_key", "processes_personal_data")
        kind, key = (carrier.kind, carrier.key) if carrier.kind else ("organisation", self._owner)
        if not carrier.kind:
            each.leave("name", "description", "system_type")
        self.stated.keep_rest(kind, key, carrier.meta, "meta")
        self.stated.keep_rest(kind, key, each)

    def _categories(self, place: Values, into: dict[str, None]) -> int:
        for fides in place.texts("data_categories"):
            into[self.words.data_category(fides, place, "data_categories")] = None
        return 0

    def _fields(self, place: Values, name: str, into: dict[str, None]) -> int:
        """Gather the data categories of collections or fields, those inside them included; returns how many."""
        parts = place.parts(name)
        count = len(parts)
        for each in parts:
            self._categories(each, into)
            count += self._fields(each, "fields", into)
            each.leave("name", "description", "fides_meta", "fidesops_meta")
            for left, text in each.rest():
                each.remark(left, f"{text}: the register keeps nothing about fields and collections")
        return count

    def _is_ours(self, each: Values) -> bool:
        owner = each.text("organization_fides_key") or DEFAULT_ORGANISATION
        if owner in (self._fides_owner, DEFAULT_ORGANISATION) or slug(owner) == self._owner:
            return True
        each.remark("organization_fides_key", f"it belongs to another organisation, {owner}; left out")
        return False


def officer_of(text: str) -> dict[str, str]:
    """The contact that the one text of Fides for it says: an address, or who it is."""
    return {"email" if "@" in text else "name": text} if text else {}


def _contact(part: Values) -> dict[str, str]:
    found = {name: part.text(name) if name == "address" else part.line(name) for name in _CONTACT_FIELDS}
    return {name: text for name, text in found.items() if text}
