"""The terms of the Data Privacy Vocabulary, from `dpv_terms.yaml`, and the IRIs of our own where it has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from ropa.exchange.yaml_document import read_document
from ropa.law.lawbook import LawBook

Node = dict[str, Any]


class Concepts:
    """The terms that a document uses for law and places; those that DPV lacks become concepts of the document.

    `regimes` are those that bind the organisation: terms of the EU's regulation are used where it is one of them,
    terms of our own beside them for the United Kingdom's, and DPV's general ones where no law is recorded.
    """

    def __init__(self, regimes: Sequence[str]) -> None:
        self._regimes = tuple(regimes)
        self._own: dict[str, Node] = {}

    @property
    def own(self) -> list[Node]:
        """The concepts of our own that were used, each described."""
        return list(self._own.values())

    def lawful_basis(self, basis: str) -> list[Node]:
        """The terms for a lawful basis of Article 6(1)."""
        found = LawBook.in_use().lawful_basis(basis)
        return self._by_law("lawful_bases", basis, found.name if found else basis)

    def condition(self, condition: str) -> list[Node]:
        """The terms for a condition of Article 9(2), Article 10 or Schedule 1."""
        found = LawBook.in_use().condition(condition)
        return self._by_law("conditions", condition, found.name if found else condition)

    def instrument(self, instrument: str, country: str | None) -> list[Node]:
        """The terms for an instrument of transfer: DPV's, the decision on that country, and the instrument itself."""
        found = LawBook.in_use().instrument(instrument)
        theirs = dpv()["instruments"].get(instrument)
        nodes = [ref(theirs)] if theirs and "eu" in self._regimes else []
        if instrument == "adequacy" and "eu" in self._regimes and country in dpv()["adequacy_of"]:
            nodes.append(ref(f"legal-eu:Adequacy-EU-{country}"))
        wider = {"skos:broader": ref(theirs)} if theirs else {}
        return [
            *nodes,
            self._concept(instrument, found.name if found else instrument, "dpv:DataTransferLegalBasis", wider),
        ]

    def place(self, code: str) -> Node:
        """The term for a country."""
        if code not in dpv()["no_location"]:
            return ref(f"loc:{code}")
        return self._concept(f"place-{code}", LawBook.in_use().country_name(code), "dpv:Location", {})

    def _by_law(self, table: str, key: str, name: str) -> list[Node]:
        theirs = dpv()[table].get(key)
        nodes = [ref(theirs)] if theirs and "eu" in self._regimes else []
        if "uk" in self._regimes or (not theirs and self._regimes):
            close = {"skos:closeMatch": ref(theirs)} if theirs else {}
            nodes.append(self._concept(f"uk-{key}" if theirs else key, name, "dpv:LegalBasis", close))
        if not nodes:
            general = dpv()["lawful_bases_of_any_law"].get(key) if table == "lawful_bases" else None
            nodes.append(ref(general) if general else self._concept(key, name, "dpv:LegalBasis", {}))
        return nodes

    def _concept(self, key: str, name: str, sort: str, more: Node) -> Node:
        iri = f"ropa:{key}"
        self._own[iri] = {"@id": iri, "@type": ["skos:Concept", sort], "skos:prefLabel": name, **more}
        return ref(iri)


def ref(iri: str) -> Node:
    """A reference to a term or a node."""
    return {"@id": iri}


@cache
def dpv() -> Mapping[str, Any]:
    """The packaged terms."""
    name = "dpv_terms.yaml"
    root = read_document(resources.files("ropa.exchange").joinpath(name).read_bytes(), name).root
    if not isinstance(root, dict):
        raise TypeError(f"{name} holds no mapping")
    return root
