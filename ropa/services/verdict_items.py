"""Verdicts in words for a report: the sign, the status, the law, and the reasons, each with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ropa.flows.crossings import Crossing
from ropa.law.lawbook import LawBook
from ropa.reports.page import Item, Mark
from ropa.rules.verdict import Verdict
from ropa.services.wording import verdict_mark, verdict_words

_MARKS: dict[str, Mark] = {"✓": "", "!": "!", "?": "?", "✖": "✖"}


def verdict_items(found: Iterable[Crossing]) -> Iterator[Item]:
    """Each verdict of each crossing once, with the place it is about."""
    law = LawBook.in_use()
    items: dict[Item, None] = {}
    for crossing in found:
        where = law.country_name(crossing.country) if crossing.country else "Country not recorded"
        for verdict in crossing.verdicts:
            items.update(dict.fromkeys(_items(verdict, where, law)))
    yield from items


def _items(verdict: Verdict, where: str, law: LawBook) -> Iterator[Item]:
    # A verdict in order carries no sign: a tick would say "done" of a question that the next day may open again.
    mark = _MARKS[verdict_mark(verdict.status)]
    yield Item(f"{where}, {law.regime(verdict.regime).name}: {verdict_words(verdict.status)}", mark)
    if verdict.reasons:
        source = "; ".join(dict.fromkeys(reason.source for reason in verdict.reasons if reason.source))
        yield Item(" ".join(reason.text for reason in verdict.reasons), source=source)
    for warning in verdict.warnings:
        yield Item(warning.text, "!", warning.source)
    for remedy in verdict.remedies:
        yield Item(f"To mend it: {remedy}")
