"""What Article 28 asks about each processor and subprocessor, and about documents kept as evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from ropa.rules.activity_facts import AgreementFacts, DocumentFacts, PartyFacts
from ropa.rules.catalogue import conclude
from ropa.rules.finding import Finding

PartyRule = Callable[[PartyFacts, date], Iterator[Finding]]

ARTICLE_28_CLAUSES = {
    "a": "instructions",
    "b": "confidentiality",
    "c": "security",
    "d": "subprocessors",
    "e": "requests of people",
    "f": "assistance with Articles 32 to 36",
    "g": "deletion or return",
    "h": "information and audits",
}
"""Article 28(3)(a) to (h), in a few words each."""

_COVERING = ("dpa", "terms")


def agreement(party: PartyFacts, on: date) -> Iterator[Finding]:
    """A contract with each processor (Art. 28(3)), running and complete."""
    if not party.as_processor:
        return
    covering = [each for each in party.agreements if each.type in _COVERING]
    running = [each for each in covering if each.expires is None or on <= each.expires]
    if not covering:
        words = f"{party.name} works as processor for {_listed(party.as_processor)}. No agreement is recorded."
        yield _about(party, "agreement-missing", "no Article 28 agreement recorded", words, "agreements")
    elif not running:
        last = max(covering, key=lambda each: each.expires or on)
        words = f"{last.name} expired on {last.expires}. {party.name} still works for {_listed(party.as_processor)}."
        yield _about(party, "agreement-expired", "the agreement has expired", words, f"agreement/{last.key}")
    else:
        yield from _clauses(party, running)


def _clauses(party: PartyFacts, running: list[AgreementFacts]) -> Iterator[Finding]:
    """One complete agreement is enough; else the fullest that somebody has read is the one to mend."""
    read = [each for each in running if each.clauses is not None]
    if not read:
        words = f"Which clauses of Article 28(3) {running[0].name} holds is not recorded."
        yield _about(party, "agreement-unread", "clauses not recorded", words, f"agreement/{running[0].key}")
        return
    fullest = max(read, key=lambda each: len(each.clauses or ()))
    missing = [
        f"({letter}) {what}" for letter, what in ARTICLE_28_CLAUSES.items() if letter not in (fullest.clauses or ())
    ]
    if missing:
        words = f"{fullest.name} lacks {', '.join(missing)}."
        yield _about(party, "agreement-incomplete", "the agreement is incomplete", words, f"agreement/{fullest.key}")


def identity(party: PartyFacts, _on: date) -> Iterator[Finding]:
    """Controllers have each subprocessor's name, address and contact at hand (EDPB Opinion 22/2024)."""
    facts = (("legal name", party.legal_name), ("address", party.address), ("contact", party.reachable))
    missing = [word for word, there in facts if not there]
    if party.as_subprocessor and missing:
        words = f"Controllers must have the identity of each subprocessor at hand. Not recorded: {', '.join(missing)}."
        yield _about(party, "subprocessor-identity-missing", f"{', '.join(missing)} not recorded", words, missing[0])


def authorised(party: PartyFacts, _on: date) -> Iterator[Finding]:
    """A subprocessor needs the controllers' prior written authorisation (Art. 28(2))."""
    if party.unauthorised:
        words = f"How the controllers authorised it for {_listed(party.unauthorised)} is not recorded."
        yield _about(party, "subprocessor-authorisation-missing", "authorisation not recorded", words, "authorisation")


def document(facts: DocumentFacts, on: date) -> Iterator[Finding]:
    """Evidence that has expired, or was to be looked at again (Art. 5(2), 24(1))."""
    subject = f"document/{facts.key}"
    if facts.expires is not None and facts.expires < on:
        words = f"It expired on {facts.expires}."
        yield conclude("document-expired", facts.organisation, subject, f"{facts.name}: expired", words)
    elif facts.review is not None and facts.review < on:
        words = f"It was to be reviewed by {facts.review}."
        yield conclude("document-overdue", facts.organisation, subject, f"{facts.name}: review overdue", words)


def _about(party: PartyFacts, rule: str, title: str, message: str, field: str) -> Finding:
    return conclude(rule, party.organisation, f"party/{party.key}", f"{party.name}: {title}", message, field=field)


def _listed(names: tuple[str, ...], most: int = 3) -> str:
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


PARTY_RULES: tuple[PartyRule, ...] = (agreement, identity, authorised)
