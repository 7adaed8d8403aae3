"""What one rule is, apart from how it is answered."""

from __future__ import annotations

from dataclasses import dataclass

from ropa.rules.finding import Kind, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One legal question. `kind` is `gap` where it concludes that something is not recorded.

    `title` is what it finds in a few plain words, for lists; `asks` is the question in full.
    """

    id: str
    title: str
    severity: Severity
    kind: Kind
    source: str
    asks: str
    remedy: str
