"""What a diagram says in words: who somebody is, and what the law says of a transfer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ropa.flows.crossings import Crossing
from ropa.flows.edges import UNPLACED, Edge, unplaced
from ropa.law.entries import Adequacy, Instrument
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.rules.verdict import Status, Verdict

Shape = Literal[
    "people", "organisation", "system", "authority", "customer", "subprocessor", "processor", "joint-controller",
    "controller", "recipient",
]  # fmt: skip

WORDS: dict[Shape, str] = {
    "people": "data subjects",
    "organisation": "organisation",
    "system": "system",
    "authority": "public authority",
    "customer": "customer",
    "subprocessor": "subprocessor",
    "processor": "processor",
    "joint-controller": "joint controller",
    "controller": "controller in its own right",
    "recipient": "role: not recorded",
}

PLURALS: dict[Shape, str] = {
    "system": "systems",
    "authority": "public authorities",
    "customer": "customers",
    "subprocessor": "subprocessors",
    "processor": "processors",
    "joint-controller": "joint controllers",
    "controller": "controllers in their own right",
    "recipient": "recipients, role not recorded",
}


MARKS: dict[Status, str] = {"unsafeguarded": "✖ ", "incomplete": "! ", "unknown": "? "}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the law says of one transfer: its status, that in words, details to it, and all reasons for a tooltip."""

    status: Status
    head: str
    details: tuple[str, ...]
    reasons: str


def people_date(day: dt.date) -> str:
    """`21 November 2026`."""
    return f"{day.day} {day:%B} {day.year}"


def and_list(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def shortened(words: Sequence[str], most: int) -> str:
    """The first words, and how many more there are: `name, e-mail + 3 more`."""
    shown = most if len(words) > most + 1 else len(words)  # "+ 1 more" takes the room that the one would
    rest = len(words) - shown
    return ", ".join(words[:shown]) + (f" + {rest} more" if rest else "")


def roles_of(register: Register, node: str, activities: Iterable[str]) -> list[Shape]:
    """What a node is in these activities, the weightiest first; a party may be several things."""
    kind, _, key = node.partition("/")
    if kind != "party":
        return ["people" if kind == "subject" else "system" if kind == "system" else "organisation"]
    found: set[Shape] = set()
    for name in activities:
        activity = register.activities[name]
        if key in activity.controllers:
            found.add("customer")
        if key in activity.joint_controllers:
            found.add("joint-controller")
        for engagement in register.engagements_of(name):
            if engagement.party == key:
                sub = engagement.role == "processor" and activity.role == "processor"
                found.add("subprocessor" if sub else engagement.role)
    authority = register.parties[key].sector == "public-authority"
    if authority and not found & {"customer", "processor", "subprocessor"}:
        found = {"authority", *(found - {"controller"})}
    return [shape for shape in WORDS if shape in found] or ["recipient"]


def standings(register: Register, crossing: Crossing, home: Sequence[str], law: LawBook, on: dt.date) -> list[Standing]:
    """What each regime says of a crossing; `home` are the countries that the picture shows the receiver in."""
    found = [_standing(register, crossing, verdict, law, on) for verdict in crossing.verdicts]
    alike = len({(each.head, each.details) for each in found}) == 1
    place = ""
    if crossing.country is not None and crossing.country not in home:
        place = f"{law.country_name(crossing.country)}: "
    return [
        replace(
            each,
            head=MARKS.get(each.status, "")
            + place
            + ("" if alike else f"{law.regime(verdict.regime).name}: ")
            + each.head,
        )
        for each, verdict in zip(found, crossing.verdicts, strict=True)
    ]


def hosting_standing(register: Register, flow: Edge, crossed: Sequence[Crossing]) -> list[Standing]:
    """What is not known of data that goes into a system, where the law finds nothing wrong with what is known."""
    if not unplaced(register, flow) or any(each.worst.is_finding for each in crossed):
        return []
    return [Standing("unknown", "? not recorded", ("where it is hosted",), UNPLACED)]


def _standing(register: Register, crossing: Crossing, verdict: Verdict, law: LawBook, on: dt.date) -> Standing:
    recorded = _recorded(register, crossing, law)
    entries = [entry for entry in map(law.entry, verdict.rests_on) if entry is not None]
    tools = tuple(entry.name for entry in entries if isinstance(entry, Instrument))
    details: tuple[str, ...]
    match verdict.status:
        case "unsafeguarded":
            head = "no valid safeguard"
            details = tuple(_why(each, verdict.regime, law, on) for each in recorded) or ("none is recorded",)
        case "unknown":
            head = "not recorded"
            details = ("the country",) if crossing.country is None else (_missing(verdict),)
        case "incomplete":
            head = "incomplete safeguard"
            details = (*(tools or tuple(each.name for each in recorded)), f"not recorded: {_missing(verdict)}")
        case "adequate":
            head, details = "adequacy decision", tuple(e.name for e in entries if isinstance(e, Adequacy))
        case "safeguarded":
            head, details = "safeguard", tools
        case "derogation":
            head, details = "derogation", tools
        case _:
            head, details = "not a restricted transfer", ()
    reasons = " ".join(reason.text for reason in (*verdict.reasons, *verdict.warnings))
    return Standing(verdict.status, head, details, f"{law.regime(verdict.regime).name}: {verdict.status}. {reasons}")


def _recorded(register: Register, crossing: Crossing, law: LawBook) -> list[Instrument]:
    found = (law.instrument(each.instrument) for key in crossing.transfers for each in register.safeguards_of(key))
    return [each for each in found if each is not None]


def _why(instrument: Instrument, regime: str, law: LawBook, on: dt.date) -> str:
    """Why an instrument on record carries nothing, in a few words."""
    name = instrument.name.split(",")[0]
    decisions = [each for each in map(law.entry, instrument.decisions) if each is not None]
    ends = [each.until for each in decisions if each.until is not None and each.until < on]
    if ends and len(ends) == len(decisions):
        return f"{name} fell {max(ends) + dt.timedelta(days=1)}"
    term = instrument.terms.get(law.law(regime, on).regime)
    if term is not None and term.until is not None and term.until < on:
        return f"{name} ended {term.until}"
    return f"not carried by {name}"


def _missing(verdict: Verdict) -> str:
    """What is not on record, from the first remedy, which says to record it."""
    if not verdict.remedies:
        return "see the findings"
    first = verdict.remedies[0].split("; else ")[0].rstrip(".")
    return first[:1].lower() + first[1:] if not first.lower().startswith("record ") else first[len("record ") :]
