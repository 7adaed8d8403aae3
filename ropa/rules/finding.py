"""What a rule concludes, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["high", "medium", "low"]
Kind = Literal["finding", "gap"]

SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the reasoning: a sentence, and the article, decision or document that carries it."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One conclusion about one subject of a register.

    `kind` is `gap` where something is not recorded, `finding` where what is recorded is wrong or doubtful.
    `subject` is `kind/key` of the record it is about, `field` the field of it that would mend it, and `detail` what
    tells it from other findings of the rule on the same subject: of a transfer, the country.
    """

    rule: str
    severity: Severity
    kind: Kind
    organisation: str
    subject: str
    title: str
    message: str
    reasons: tuple[Reason, ...] = ()
    remedy: str = ""
    field: str = ""
    detail: str = ""

    @property
    def symbol(self) -> str:
        """The sign that stands beside the words: wrong, doubtful or not recorded."""
        if self.kind == "gap":
            return "?"
        return "✖" if self.severity == "high" else "!"


def sort_key(finding: Finding) -> tuple[int, int, str, str, str]:
    """Worst first; what is wrong before what is missing; then by rule and subject."""
    order = SEVERITIES.index(finding.severity)
    return (order, finding.kind == "gap", finding.rule, finding.subject, finding.message)
