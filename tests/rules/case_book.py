"""The case book as one page for a lawyer to review: `python -m tests.rules.case_book FILE`."""

from __future__ import annotations

import sys
from dataclasses import fields
from itertools import groupby
from pathlib import Path
from typing import Any

from ropa.law.lawbook import LawBook
from ropa.rules.hop import Hop, SafeguardFacts
from tests.rules.transfer_cases import TransferCase, read_cases

_HEAD = """\
# The case book of transfer law

Each row is a case that the program is tested against: the facts, the day, the verdict expected under the law of the
EU and of the UK, and the source that decides it. The cases stand in `tests/cases/*.yaml`; this page is made from them
(`make docs`). What is not among the facts is not recorded.

Verdicts: `not-restricted`, `adequate`, `safeguarded`, `derogation` let a transfer go ahead; `incomplete`, `unknown` and
`unsafeguarded` are findings.
"""


def render(cases: list[TransferCase]) -> str:
    """The page as Markdown: a section for each file, a table row for each day of each case."""
    parts = [_HEAD]
    number = 0
    for file, group in groupby(cases, key=lambda case: case.file):
        parts += [f"\n## {file.replace('-', ' ').capitalize()}\n"]
        parts += ["| no. | case | facts | day | EU | UK | decided by |", "|---|---|---|---|---|---|---|"]
        for case in group:
            number += 1
            source = "; ".join(
                text if regime == "any" else f"{regime.upper()}: {text}" for regime, text in case.sources.items()
            )
            cells = (str(number), case.name, _facts(case.hop), case.on.isoformat(), case.expected["eu"])
            parts.append(f"| {' | '.join((*cells, case.expected['uk'], source))} |")
    return "\n".join(parts) + "\n"


def _facts(hop: Hop) -> str:
    words = [f"to {LawBook.packaged().country_name(hop.place)}" if hop.place else "no country"]
    for each in fields(hop):
        value = getattr(hop, each.name)
        if each.name not in ("importer_country", "importer_organisation", "safeguards") and value != each.default:
            words.append(f"{each.name.replace('_', ' ')}: {_text(value)}")
    words += [_safeguard(each) for each in hop.safeguards]
    return "; ".join(words)


def _safeguard(safeguard: SafeguardFacts) -> str:
    details = [
        f"{each.name.replace('_', ' ')} {_text(getattr(safeguard, each.name))}"
        for each in fields(safeguard)
        if each.name != "instrument" and getattr(safeguard, each.name) != each.default
    ]
    return safeguard.instrument + (f" ({', '.join(details)})" if details else "")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(sorted(map(str, value))) if isinstance(value, frozenset | tuple) else str(value)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render(read_cases()), encoding="utf-8")
