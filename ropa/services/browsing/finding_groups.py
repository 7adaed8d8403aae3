"""The findings in groups: all of one rule with one sign, under the words that they share."""

from __future__ import annotations

from collections.abc import Sequence

from ropa.rules.finding import Finding
from ropa.services.workspace import View

_FEW = 3  # fewer words than that say too little


def groups(view: View) -> dict[tuple[str, str], list[Finding]]:
    """The findings by rule and sign, in their own order: worst first."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in view.findings:
        found.setdefault((finding.rule, finding.symbol), []).append(finding)
    return found


def group_title(group: Sequence[Finding]) -> str:
    """The words that the titles of a group begin with, their subjects apart; else the rule's id in words.

    `…` stands where all of them go on.
    """
    said = [finding.title.rpartition(": ")[2].split() for finding in group]
    common = [words[0] for words in zip(*said, strict=False) if len(set(words)) == 1]
    alike = common == said[0][: len(common)] and len(common) >= min(_FEW, *map(len, said))
    if not alike:
        return group[0].rule.replace("-", " ")
    return " ".join([*common, *(["…"] if all(len(words) > len(common) for words in said) else [])])
