"""The list of rules, and how a finding is drawn from one."""

from __future__ import annotations

from ropa.rules.finding import Finding, Reason, Severity
from ropa.rules.questions import breaches, changes, contents, lawfulness, processors, transfers
from ropa.rules.questions.rule import Rule

__all__ = ["CATALOGUE", "Rule", "conclude", "known_rule"]

CATALOGUE: dict[str, Rule] = {
    rule.id: rule
    for subject in (transfers.RULES, contents.RULES, lawfulness.RULES, processors.RULES, changes.RULES, breaches.RULES)
    for rule in subject
}
"""Every rule by its id, by subject; what each subject asks stands in `ropa/rules/questions/`."""


def known_rule(rule: str) -> str:
    """The id of a rule, as it is. Raises ValueError for an id that no rule has."""
    if rule not in CATALOGUE:
        raise ValueError(f"{rule!r} is no rule; `ropa explain` lists them")
    return rule


def conclude(
    rule: str,
    organisation: str,
    subject: str,
    title: str,
    message: str,
    *,
    reasons: tuple[Reason, ...] = (),
    remedy: str = "",
    field: str = "",
    source: str = "",
    detail: str = "",
    severity: Severity | None = None,
) -> Finding:
    """A finding of a rule, with the rule's weight, source and remedy where none of its own is given.

    `detail` tells it from other findings of the rule on the same subject, so that a risk accepted for one is not
    accepted for the next; a rule that can conclude twice on one subject gives it.
    """
    entry = CATALOGUE[rule]
    return Finding(
        rule=rule,
        severity=severity or entry.severity,
        kind=entry.kind,
        organisation=organisation,
        subject=subject,
        title=title,
        message=message,
        reasons=reasons or (Reason(message, source or entry.source),),
        remedy=remedy or entry.remedy,
        field=field,
        detail=detail,
    )
