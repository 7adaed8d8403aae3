"""Every rule, run over one register on one date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from ropa.flows.crossings import Crossing, crossings
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.rules.catalogue import conclude
from ropa.rules.completeness import ACTIVITY_RULES, bound_by, contact, gdpr_applies
from ropa.rules.finding import SEVERITIES, Finding, Severity, sort_key
from ropa.rules.lawfulness import LAWFULNESS_RULES
from ropa.rules.processors import PARTY_RULES, customer, document
from ropa.services.findings.announcements import announcement_findings
from ropa.services.findings.breaches import breach_findings
from ropa.services.findings.changes import change_findings
from ropa.services.findings.facts import activity_facts, customer_facts, document_facts, organisation_facts, party_facts
from ropa.services.findings.onward import onward_findings
from ropa.services.findings.squeeze import squeeze_findings
from ropa.services.findings.transfers import transfer_findings

Run = Callable[[], Iterable[Finding]]


def findings_of(
    register: Register, on: dt.date, found: Sequence[Crossing] | None = None, law: LawBook | None = None
) -> tuple[Finding, ...]:
    """Every finding and gap of a register on a date, worst first. A rule that crashes becomes a finding itself.

    `found` are its crossings on that date where they are known already; `law` is the packaged law if left out.
    """
    book = law or LawBook.in_use()
    crossed = crossings(register, on, book) if found is None else found
    key = register.organisation.key
    results = (
        each for name, subject, run in _runs(register, crossed, on, book) for each in _safely(key, name, subject, run)
    )
    return tuple(sorted(results, key=sort_key))


def at_or_above(findings: Iterable[Finding], level: Severity) -> list[Finding]:
    """The findings that weigh as much as the level or more."""
    return [each for each in findings if SEVERITIES.index(each.severity) <= SEVERITIES.index(level)]


def _runs(register: Register, crossed: Sequence[Crossing], on: dt.date, law: LawBook) -> Iterator[tuple[str, str, Run]]:
    """Each rule with what it is run on, as (name of the rule, subject, call).

    Transfers are judged by the law of the day; what only the GDPR asks is not asked of a day before it applied.
    """
    whole = f"organisation/{register.organisation.key}"
    yield "transfer_findings", whole, partial(transfer_findings, register, crossed, on, law)
    yield "onward_findings", whole, partial(onward_findings, register, crossed, on, law)
    owner = organisation_facts(register, on)
    yield bound_by.__name__, whole, partial(bound_by, owner)
    if not gdpr_applies(law, owner.regimes, on):
        return
    yield "change_findings", whole, partial(change_findings, register, on)
    yield "squeeze_findings", whole, partial(squeeze_findings, register, on)
    yield "announcement_findings", whole, partial(announcement_findings, register, on)
    for each in register.breaches.values():
        yield "breach_findings", f"breach/{each.key}", partial(breach_findings, register, each, on)
    yield contact.__name__, whole, partial(contact, owner)
    for activity in activity_facts(register, on):
        for rule in (*ACTIVITY_RULES, *LAWFULNESS_RULES):
            yield rule.__name__, f"activity/{activity.key}", partial(rule, activity, law, on)
    for party in party_facts(register, on):
        for check in PARTY_RULES:
            yield check.__name__, f"party/{party.key}", partial(check, party, on)
    for client in customer_facts(register, on):
        yield customer.__name__, f"party/{client.key}", partial(customer, client, on)
    for paper in document_facts(register):
        yield document.__name__, f"document/{paper.key}", partial(document, paper, on)


def _safely(organisation: str, name: str, subject: str, run: Run) -> list[Finding]:
    try:
        return list(run())
    except Exception as error:
        words = f"The rule {name} failed here ({type(error).__name__}: {error}). Until that is mended, it says nothing."
        return [conclude("internal-error", organisation, subject, f"The rule {name} could not be run", words)]
