"""What `ropa what-if` says to a program: plain values of a stable shape, described in docs/chains-json.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ropa.records.register import Register
from ropa.services.layout import iso, plain_reasons
from ropa.services.questions.suppositions import Supposition
from ropa.services.questions.what_if import Shift, WhatIf, customers_of

FORMAT = 1


def as_json(answers: Sequence[WhatIf], supposition: Supposition) -> dict[str, Any]:
    """The answers as plain values."""
    return {
        "format": FORMAT,
        "supposed": {
            "invalidate": list(supposition.invalidate),
            "from": iso(supposition.since),
            "remove_party": list(supposition.remove),
            "move": [{"party": party, "country": country} for party, country in supposition.move],
        },
        "organisations": [
            {
                "key": each.register.organisation.key,
                "judged_on": each.on.isoformat(),
                "failing": [_plain(each.supposed, shift) for shift in each.failing],
                "still_failing": [_plain(each.supposed, shift) for shift in each.still],
                "held": [_plain(each.supposed, shift) for shift in each.held],
                "mended": [_plain(each.supposed, shift) for shift in each.mended],
                "lost": [
                    {
                        "activity": flow.activity,
                        "customers": list(customers_of(each.register, flow.activity)),
                        "from": flow.origin,
                        "to": flow.destination,
                        "data_categories": list(flow.data),
                    }
                    for flow in each.lost
                ],
                "findings": [
                    {"rule": new.rule, "severity": new.severity, "kind": new.kind, "subject": new.subject,
                     "title": new.title}
                    for new in each.findings
                ],
            }
            for each in answers
        ],
    }  # fmt: skip


def _plain(register: Register, shift: Shift) -> dict[str, Any]:
    crossing = shift.crossing
    return {
        "activity": crossing.edge.activity,
        "customers": list(customers_of(register, crossing.edge.activity)),
        "data_categories": list(crossing.edge.data),
        "exporter": crossing.exporter,
        "importer": crossing.importer,
        "country": crossing.country,
        "transfer": crossing.transfer,
        "regime": shift.after.regime,
        "before": None if shift.before is None else shift.before.status,
        "after": shift.after.status,
        "reasons": plain_reasons(shift.after.reasons),
        "remedies": list(shift.after.remedies),
        "rests_on": list(shift.after.rests_on),
        "fallbacks": [
            {
                "transfer": each.transfer,
                "own": each.own,
                "status": each.verdict.status,
                "rests_on": list(each.verdict.rests_on),
            }
            for each in shift.fallbacks
        ],
    }
