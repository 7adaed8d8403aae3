"""The case book of `tests/cases`: facts, a day, the status expected under each regime, and what decides it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ropa.rules.hop import Hop, SafeguardFacts

FOLDER = Path(__file__).parent.parent / "cases"
NAMES = {"to": "importer_country", "organisation": "importer_organisation", "bound": "exporter_regimes"}
SETS = {"data", "exporter_regimes", "conditions_met", "conditions_refused"}


@dataclass(frozen=True)
class TransferCase:
    """One line of the case book. `sources` is by regime, or under `any` where one of the verdicts must name it."""

    file: str
    name: str
    hop: Hop
    on: date
    expected: dict[str, str]
    sources: dict[str, str]

    @property
    def id(self) -> str:
        return f"{self.file}: {self.name} on {self.on}"


def _facts(raw: dict[str, Any]) -> dict[str, Any]:
    named = {NAMES.get(key, key): value for key, value in raw.items()}
    return {key: frozenset(value) if key in SETS else value for key, value in named.items()}


def _safeguard(raw: Any) -> SafeguardFacts:
    facts: dict[str, Any] = {"instrument": raw} if isinstance(raw, str) else _facts(raw)
    if "approved" in facts:
        facts["approved"] = tuple(facts["approved"])
    return SafeguardFacts(**facts)


def read_cases() -> list[TransferCase]:
    found: list[TransferCase] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for entry in document if isinstance(document, list) else ():
            facts = _facts(entry["facts"])
            facts["safeguards"] = tuple(_safeguard(s) for s in facts.get("safeguards", ()))
            hop = Hop(**facts)
            for row in entry["expect"]:
                source = row["source"]
                sources = source if isinstance(source, dict) else {"any": source}
                expected = {regime: row[regime] for regime in ("eu", "uk")}
                found.append(TransferCase(path.stem, entry["case"], hop, row["day"], expected, sources))
    return found
