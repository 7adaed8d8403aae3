"""Contracts between parties, and documents kept as evidence."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from ropa.records.organisation import NoticeTerms
from ropa.records.values import (
    Day,
    Fields,
    Name,
    PartyKey,
    SourceKey,
    Text,
    Truth,
    choice,
    day,
    flag,
    part,
    required,
    text,
)

Clause = Literal["a", "b", "c", "d", "e", "f", "g", "h"]


def _distinct(values: tuple[Clause, ...]) -> tuple[Clause, ...]:
    if len(set(values)) < len(values):
        raise ValueError("a clause is named twice")
    return values


class AgreementFields(Fields):
    """A contract between the organisation and a party, or between two parties of a chain."""

    name: Name = required("Name", "What people call it.")
    type: Literal["dpa", "terms", "joint-controller", "scc", "idta", "other"] = choice(
        "Type", "dpa: an Article 28 agreement; terms: a contract that holds the Article 28 clauses.", "dpa"
    )
    party: PartyKey = required("With", "The other party: vendor, or customer.")
    between: PartyKey | None = text("Between", "The first party; empty: the organisation.")
    signed: Day | None = day("Signed", "When it was concluded.")
    expires: Day | None = day("Expires", "When it ends, if it does.")
    clauses: Annotated[tuple[Clause, ...], AfterValidator(_distinct)] | None = part(
        "Article 28(3) clauses", "Which of a to h it holds; left out: nobody has looked."
    )
    onward_terms: Truth | None = flag("Onward terms", "Whether the same duties bind those below (Art. 28(4)).")
    document: SourceKey | None = text("Document", "The signed text.")
    notice: NoticeTerms | None = part("Notice", "What it says about a change of subprocessor.")


class DocumentFields(Fields):
    """Evidence: a policy, a signed contract, an assessment, a certificate."""

    name: Name = required("Name", "Its title.")
    type: Literal[
        "policy",
        "notice",
        "dpa",
        "scc",
        "tia",
        "tra",
        "lia",
        "dpia",
        "certificate",
        "appropriate-policy",
        "other",
    ] = choice("Type", "What kind of evidence it is.", "other")
    about: PartyKey | None = text("About", "The party it is about; empty: the organisation.")
    date: Day | None = day("Date", "When it was made.")
    review: Day | None = day("Review by", "When it must be looked at again.")
    expires: Day | None = day("Expires", "When it stops being evidence.")
    location: Text | None = text("Where it is", "A file name, folder or address.")
