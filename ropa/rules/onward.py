"""Do the duties travel with the data? The onward terms of each hop between two parties of a chain.

A hop whose exporter no regime binds is no restricted transfer of its own: what is asked there is whether the tool
above it goes on to bind the next in line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ropa.rules.catalogue import conclude
from ropa.rules.finding import Finding, Reason

Standing = Literal["held", "missing", "unknown", "not-asked"]

DUTIES = Reason(
    "A processor that engages another binds it to the same data protection obligations.", "Art. 28(4) GDPR and UK GDPR"
)
_CLAUSES = Reason(
    "The EU clauses of 2021 let the importer hand data on only under the same clauses, or as they otherwise allow.",
    "(EU) 2021/914, clauses 8.8 and 9",
)
_LIST = "Whoever is on the Data Privacy Framework list answers for what it hands on, and binds the next by contract."

TOOLS_ABOVE: dict[str, Reason] = {
    "eu-scc-2021": _CLAUSES,
    "uk-addendum": Reason(
        "The Addendum takes over the EU clauses of 2021, with what they ask of data that is handed on.",
        "Addendum version B1.0; (EU) 2021/914, clauses 8.8 and 9",
    ),
    "eu-us-dpf-2023": Reason(_LIST, "(EU) 2023/1795, accountability for onward transfer"),
    "uk-us-bridge-2023": Reason(_LIST, "SI 2023/1028; DPF, accountability for onward transfer"),
}
"""What the tool above a hop says of data that is handed on, by the id of its entry in the law data."""


@dataclass(frozen=True, slots=True)
class OnwardFacts:
    """One hop between two parties, neither of them the organisation.

    `regimes` bind the exporter; `placed` says whether it is recorded where the exporter is, without which nobody can
    tell. `terms` is what the agreement between the two says, None where that is not recorded; `agreement` is its
    name, and `expired` the day on which the last of them ended where none is running. `above` are ids of the law
    entries by which the data came to the exporter.
    """

    exporter: str
    importer: str
    regimes: tuple[str, ...] = ()
    placed: bool = True
    terms: bool | None = None
    agreement: str = ""
    expired: date | None = None
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Onward:
    """The conclusion on one hop; `not-asked` where a regime binds the exporter and judges the hop itself."""

    standing: Standing
    reasons: tuple[Reason, ...]


def onward(facts: OnwardFacts) -> Onward:
    """Whether the onward terms of a hop are on record.

    Where a regime binds the exporter only a recorded "no" counts here; all else is for the verdict on the transfer.
    """
    if facts.terms is False:
        text = f"{_named(facts)} is recorded as not binding {facts.importer} to the duties of {facts.exporter}."
        return Onward("missing", (Reason(text), *_asked(facts)))
    if facts.regimes:
        return Onward("not-asked", ())
    if facts.expired is not None:
        text = f"{_named(facts)} expired on {facts.expired}. What binds {facts.importer} since then is not recorded."
        return Onward("unknown", (Reason(text), *_asked(facts)))
    if facts.terms is None and not facts.agreement:
        text = f"No agreement between {facts.exporter} and {facts.importer} is recorded."
        return Onward("unknown", (Reason(text), *_asked(facts)))
    if facts.terms is None:
        text = f"Whether {_named(facts)} binds {facts.importer} to the same duties is not recorded."
        return Onward("unknown", (Reason(text), *_asked(facts)))
    if not facts.placed:
        text = (
            f"{_named(facts)} binds {facts.importer} to the same duties. Where {facts.exporter} is established is not "
            "recorded, so nobody can tell whether this is a restricted transfer of its own."
        )
        return Onward("unknown", (Reason(text, "Art. 30(1)(e), 44"),))
    return Onward(
        "held",
        (Reason(f"{_named(facts)} is recorded as binding {facts.importer} to the same duties."), *_asked(facts)),
    )


def onward_finding(facts: OnwardFacts, organisation: str, subject: str, heading: str, what: str) -> Iterator[Finding]:
    """The finding or gap of a hop: `heading` names the two, `what` the activities and data that go."""
    concluded = onward(facts)
    if concluded.standing not in ("missing", "unknown"):
        return
    missing = concluded.standing == "missing"
    yield conclude(
        "onward-terms-missing" if missing else "onward-terms-unknown",
        organisation,
        subject,
        f"{heading}: onward terms {'missing' if missing else 'not recorded'}",
        f"{what}. {' '.join(reason.text for reason in concluded.reasons)}",
        reasons=concluded.reasons,
        remedy="" if facts.placed or facts.terms is None else f"Record the country of {facts.exporter}.",
        field="onward_terms",
    )


def _named(facts: OnwardFacts) -> str:
    return f"“{facts.agreement}”" if facts.agreement else "the agreement between the two"


def _asked(facts: OnwardFacts) -> tuple[Reason, ...]:
    """What asks for onward terms here: the tool above the hop where it is known, else Article 28(4)."""
    tools = dict.fromkeys(TOOLS_ABOVE[each] for each in facts.above if each in TOOLS_ABOVE)
    return tuple(tools) if tools and not facts.regimes else (DUTIES,)
