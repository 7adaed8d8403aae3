"""What Article 28 asks about each processor and subprocessor, and about documents kept as evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from ropa.rules.activity_facts import AgreementFacts, CustomerFacts, DocumentFacts, PartyFacts
from ropa.rules.catalogue import conclude
from ropa.rules.dates import long_date
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
    """A contract with each processor (Art. 28(3)), concluded, running and complete.

    The agreement that an engagement names is judged first. Where it does not hold, another that runs and holds all
    the clauses covers the work, and what is left is that the engagement names the wrong one.
    """
    covering = [each for each in party.agreements if each.type in _COVERING]
    whole = next((each for each in covering if each.runs(on) and _missing(each) == []), None)
    named: dict[str, list[str]] = {}
    for work in party.as_processor:
        which = next((each.key for each in covering if each.key == work.agreement), "")
        named.setdefault(which, []).append(work.activity)
    for key, activities in named.items():
        if key:
            yield from _named(party, next(each for each in covering if each.key == key), whole, activities, on)
        elif whole is None:
            yield from _any(party, covering, activities, on, judged=set(named))


def _named(
    party: PartyFacts, each: AgreementFacts, whole: AgreementFacts | None, activities: list[str], on: date
) -> Iterator[Finding]:
    """One agreement that engagements name."""
    if whole is None:
        yield from _faults(party, each, activities, on)
    elif not each.runs(on) or _missing(each):
        trouble = _ended(each, on) or f"{each.name} lacks clauses"
        words = (
            f"{trouble}, and is the one named for {_listed(activities)}. {whole.name} runs and holds all the clauses."
        )
        title = "the engagement names an agreement that " + (_state(each, on) or "is incomplete")
        yield _about(party, "agreement-not-current", title, words, f"agreement/{each.key}", each.key)


def _any(
    party: PartyFacts, covering: list[AgreementFacts], activities: list[str], on: date, judged: set[str]
) -> Iterator[Finding]:
    """The agreements with a party where no engagement says which of them counts: the fullest that runs."""
    running = [each for each in covering if each.runs(on)]
    if not covering:
        words = f"{party.name} works as processor for {_listed(activities)}. No agreement is recorded."
        yield _about(party, "agreement-missing", "no Article 28 agreement recorded", words, "agreements")
        return
    read = [each for each in running if each.clauses is not None]
    best = max(read, key=lambda each: len(each.clauses or ())) if read else None
    best = best or next(iter(running), None) or max(covering, key=lambda each: each.expires or date.max)
    if best.key not in judged:
        yield from _faults(party, best, activities, on)


def _faults(party: PartyFacts, each: AgreementFacts, activities: list[str], on: date) -> Iterator[Finding]:
    """What is wrong with one agreement on which the work of a processor rests."""
    field = f"agreement/{each.key}"
    if not each.runs(on):
        expired = each.expires is not None and each.expires < on
        words = f"{_ended(each, on)}. {party.name} works as processor for {_listed(activities)}."
        rule = "agreement-expired" if expired else "agreement-not-signed"
        yield _about(party, rule, f"the agreement {_state(each, on)}", words, field, each.key)
    elif (missing := _missing(each)) is None:
        words = f"Which clauses of Article 28(3) {each.name} holds is not recorded."
        yield _about(party, "agreement-unread", "clauses not recorded", words, field, each.key)
    elif missing:
        words = f"{each.name} lacks {', '.join(missing)}."
        yield _about(party, "agreement-incomplete", "the agreement is incomplete", words, field, each.key)


def _missing(each: AgreementFacts) -> list[str] | None:
    """The clauses that it lacks; None where nobody has read it."""
    if each.clauses is None:
        return None
    return [f"({letter}) {what}" for letter, what in ARTICLE_28_CLAUSES.items() if letter not in each.clauses]


def _state(each: AgreementFacts, on: date) -> str:
    if each.expires is not None and each.expires < on:
        return "has expired"
    return "is not yet signed" if not each.runs(on) else ""


def _ended(each: AgreementFacts, on: date) -> str:
    """Why an agreement does not cover the date, in words; empty where it does."""
    if each.expires is not None and each.expires < on:
        return f"{each.name} expired on {long_date(each.expires)}"
    if each.signed is not None and on < each.signed:
        return f"{each.name} is signed on {long_date(each.signed)} only"
    return ""


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


def customer(facts: CustomerFacts, on: date) -> Iterator[Finding]:
    """A processor too is bound to have a contract with the controller (Art. 28(3))."""
    if not any(each.type in _COVERING and each.runs(on) for each in facts.agreements):
        words = (
            f"Data is processed for {facts.name} ({_listed(facts.activities)}), and no agreement that runs is recorded."
        )
        title = f"{facts.name}: no Article 28 agreement with this customer recorded"
        yield conclude(
            "customer-agreement-missing", facts.organisation, f"party/{facts.key}", title, words, field="agreements"
        )


def document(facts: DocumentFacts, on: date) -> Iterator[Finding]:
    """Evidence that has expired, or was to be looked at again (Art. 5(2), 24(1))."""
    subject = f"document/{facts.key}"
    if facts.expires is not None and facts.expires < on:
        words = f"It expired on {long_date(facts.expires)}."
        yield conclude("document-expired", facts.organisation, subject, f"{facts.name}: expired", words)
    elif facts.review is not None and facts.review < on:
        words = f"It was to be reviewed by {long_date(facts.review)}."
        yield conclude("document-overdue", facts.organisation, subject, f"{facts.name}: review overdue", words)


def _about(party: PartyFacts, rule: str, title: str, message: str, field: str, detail: str = "") -> Finding:
    return conclude(
        rule,
        party.organisation,
        f"party/{party.key}",
        f"{party.name}: {title}",
        message,
        field=field,
        detail=detail,
    )


def _listed(names: Sequence[str], most: int = 3) -> str:
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


PARTY_RULES: tuple[PartyRule, ...] = (agreement, identity, authorised)
