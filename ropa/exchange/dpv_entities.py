"""Who and what a record names, in DPV terms: the organisation, parties, systems, categories and documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from ropa.exchange.dpv_terms import Concepts, Node, dpv, ref
from ropa.records.organisation import Contact
from ropa.records.party import PartyFields, SystemFields
from ropa.records.register import Register


class Entities:
    """The nodes of a register that activities refer to, and the IRIs of all of its records."""

    def __init__(self, register: Register, on: dt.date) -> None:
        self.register = register
        self.on = on
        self.concepts = Concepts(register.regimes(on))

    def iri(self, kind: str, key: str) -> str:
        """The IRI of a record: `urn:ropa:ORGANISATION:KIND:KEY`."""
        return f"urn:ropa:{self.register.organisation.key}:{kind.replace('_', '-')}:{key}"

    def ref(self, kind: str, key: str | None) -> Node | None:
        """A reference to a record, None where there is no key."""
        return ref(self.iri(kind, key)) if key else None

    def refs(self, kind: str, keys: Iterable[str]) -> list[Node]:
        """References to records of a kind."""
        return [ref(self.iri(kind, key)) for key in keys]

    @property
    def owner(self) -> Node:
        """A reference to the organisation."""
        return ref(self.iri("organisation", self.register.organisation.key))

    def place(self, code: str | None) -> Node | None:
        """The term for a country, None where none is recorded."""
        return self.concepts.place(code) if code else None

    def places(self, codes: Iterable[str]) -> list[Node]:
        """The terms for countries."""
        return [self.concepts.place(code) for code in codes]

    def organisation(self) -> Node:
        """Whose record it is."""
        owner = self.register.organisation
        officer = self._contact(owner.dpo, "dpo", owner.key)
        proxy = self._contact(owner.representative, "representative", owner.key)
        values = {
            "dpv:hasName": owner.name,
            "ropa:legalName": owner.legal_name,
            "ropa:registration": owner.registration,
            "ropa:website": owner.website,
            "dpv:hasAddress": [each for each in (owner.address, owner.contact and owner.contact.address) if each],
            "dpv:hasContact": _reached(owner.contact),
            "dpv:hasCountry": self.place(owner.country),
            "dpv:hasDataProtectionOfficer": officer,
            "dpv:hasRepresentative": proxy,
            "dpv:hasRecordOfActivity": ref(f"urn:ropa:{owner.key}:record"),
        }
        return node(self.owner["@id"], ["dpv:Organisation"], values)

    def _contact(self, contact: Contact | None, what: str, key: str) -> Node | None:
        if contact is None or not contact.model_dump(exclude_none=True):
            return None
        sort = "dpv:DataProtectionOfficer" if what.endswith("dpo") else "dpv:Representative"
        values = {"dpv:hasName": contact.name, "dpv:hasAddress": contact.address, "dpv:hasContact": _reached(contact)}
        return node(self.iri(what, key), [sort], values)

    def party(self, party: PartyFields) -> Node:
        """Another legal entity."""
        values = {
            "dpv:hasName": party.name,
            "ropa:legalName": party.legal_name,
            "ropa:website": party.website,
            "dpv:hasAddress": [each for each in (party.address, party.contact and party.contact.address) if each],
            "dpv:hasContact": _reached(party.contact),
            "dpv:hasCountry": self.place(party.country),
            "dpv:hasDataProtectionOfficer": self._contact(party.dpo, "party-dpo", party.key),
            "dpv:hasRepresentative": self._contact(party.representative, "party-representative", party.key),
        }
        return node(self.iri("party", party.key), ["dpv:LegalEntity"], values)

    def system(self, system: SystemFields) -> Node:
        """A system: technology, who provides it and where it is."""
        run_by = self.ref("party", system.operator) or (self.owner if system.own else None)
        values = {
            "dct:title": system.name,
            "dct:description": system.technology,
            "dpv:hasServiceProvider": run_by,
            "dpv:hasLocation": self.places(system.hosting),
            "ropa:reachedFrom": self.places(system.remote_access),
        }
        return node(self.iri("system", system.key), ["dpv:Technology"], values)

    def data(self) -> Iterable[Node]:
        """Categories of personal data, special ones marked."""
        for each in self.register.data_categories.values():
            special = dpv()["special"].get(each.special) if each.special else None
            broader = [special, dpv()["criminal"] if each.criminal else None]
            sorts = ["dpv:PersonalData", *(["dpv:SpecialCategoryPersonalData"] if each.special else [])]
            values = {
                "dct:title": each.name,
                "dct:description": each.examples,
                "skos:broader": [ref(term) for term in broader if term],
                "ropa:specialCategory": each.special,
            }
            yield node(self.iri("data_category", each.key), sorts, values)

    def subjects(self) -> Iterable[Node]:
        """Categories of people."""
        for each in self.register.subject_categories.values():
            sorts = ["dpv:DataSubject", *(["dpv:VulnerableDataSubject"] if each.vulnerable else [])]
            yield node(self.iri("subject_category", each.key), sorts, {"dct:title": each.name})

    def documents(self) -> Iterable[Node]:
        """Assessments, agreements and other evidence."""
        sorts = {"dpia": "dpv:DPIA", "lia": "dpv:LegitimateInterestAssessment", "dpa": "dpv:DataProcessingAgreement"}
        sorts |= dict.fromkeys(("tia", "tra"), "dpv:DataTransferImpactAssessment")
        for each in self.register.documents.values():
            values = {"dct:title": each.name, "dct:date": day_of(each.date), "ropa:whereItIs": each.location}
            known = [sorts[each.type]] if each.type in sorts else ["ropa:Document"]
            yield node(self.iri("document", each.key), known, values)


def _reached(contact: Contact | None) -> list[str]:
    return [each for each in (contact.email, contact.phone) if each] if contact else []


def day_of(day: dt.date | None) -> Node | None:
    """A date as linked data has it."""
    return {"@value": day.isoformat(), "@type": "xsd:date"} if day else None


def node(iri: str, sorts: list[str], values: dict[str, Any]) -> Node:
    """A node with what is recorded of it."""
    given = {name: value for name, value in values.items() if value is not None and value != []}
    return {"@id": iri, "@type": sorts, **given}
