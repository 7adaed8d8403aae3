"""From judged crossings to findings: one for each importer, country and conclusion, with the activities named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from ropa.flows.crossings import Crossing, name_of, undocumented, without_crossing
from ropa.flows.edges import ORGANISATION
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.records.transfer import TransferFields
from ropa.rules.catalogue import conclude
from ropa.rules.finding import Finding, Reason
from ropa.rules.verdict import Verdict
from ropa.services.findings.systems import system_findings

_RULES = {
    "unsafeguarded": ("transfer-unsafeguarded", "no valid safeguard"),
    "incomplete": ("transfer-incomplete", "safeguard incomplete"),
    "unknown": ("transfer-unknown", "cannot be judged"),
}


def transfer_findings(register: Register, crossed: Sequence[Crossing], on: dt.date, law: LawBook) -> Iterator[Finding]:
    """What the transfers of a register give rise to on a date."""
    for group in _grouped(crossed):
        yield from _verdicts(register, group, law)
    for group in _grouped(each for each in undocumented(crossed) if each.country is not None):
        yield _undocumented(register, group, law)
    for transfer in without_crossing(register, crossed, on):
        yield _fictional(register, transfer, on, law)
    for transfer in register.transfers.values():
        yield from _gaps(register, transfer)
    yield from _uncovered(register, crossed)
    yield from system_findings(register, on)


def _grouped(crossed: Iterable[Crossing]) -> list[list[Crossing]]:
    groups: dict[tuple[object, ...], list[Crossing]] = {}
    for each in crossed:
        verdicts = tuple((verdict.regime, verdict.status, verdict.reasons) for verdict in each.verdicts)
        key = (each.exporter, each.importer, each.country, each.transfers, verdicts)
        groups.setdefault(key, []).append(each)
    return list(groups.values())


def heading(register: Register, crossing: Crossing, law: LawBook) -> str:
    """The importer and where it is: `HubSpot (HubSpot, Inc., United States)`.

    Where several transfers to it are recorded, the activity tells them apart.
    """
    name = name_of(register, crossing.importer)
    where = "country not recorded" if crossing.country is None else law.country_name(crossing.country)
    legal = None
    if crossing.importer.startswith("system/"):
        where = f"who runs it is not recorded, {where}"
    elif crossing.importer != ORGANISATION:
        key = crossing.importer.removeprefix("party/")
        legal = register.parties[key].legal_name
        transfer = register.transfers.get(crossing.transfer or "")
        if transfer is not None and transfer.activity is not None and len(register.transfers_to(key)) > 1:
            name = f"{name} for {register.activities[transfer.activity].name}"
    shown = f"{name} ({where})" if legal in (None, name) else f"{name} ({legal}, {where})"
    return shown if crossing.exporter == ORGANISATION else f"{name_of(register, crossing.exporter)} to {shown}"


def subject_of(group: Sequence[Crossing]) -> str:
    """The record to open: the recorded transfer, else the party."""
    first = group[0]
    return f"transfer/{first.transfer}" if first.transfer is not None else first.importer


def _verdicts(register: Register, group: list[Crossing], law: LawBook) -> Iterator[Finding]:
    first = group[0]
    for status, (rule, title) in _RULES.items():
        bad = [verdict for verdict in first.verdicts if verdict.status == status]
        if bad:
            yield conclude(
                rule,
                register.organisation.key,
                subject_of(group),
                f"{heading(register, first, law)}: {title}",
                f"{what(register, group)}. {_said(bad)}",
                reasons=tuple(_reasons(bad)),
                remedy=" ".join(dict.fromkeys((*_who(register, first), *(each for v in bad for each in v.remedies)))),
                field="safeguards",
                detail=first.country or "",
            )
    warnings = [each for verdict in first.verdicts if not verdict.is_finding for each in verdict.warnings]
    if warnings:
        yield conclude(
            "transfer-warning",
            register.organisation.key,
            subject_of(group),
            f"{heading(register, first, law)}: covered, with a warning",
            f"{what(register, group)}. {' '.join(dict.fromkeys(each.text for each in warnings))}",
            reasons=tuple(dict.fromkeys(warnings)),
            field="safeguards",
            detail=first.country or "",
        )


def _who(register: Register, crossing: Crossing) -> Iterator[str]:
    """No contract can be recorded with somebody unknown: who runs the system comes first."""
    if crossing.importer.startswith("system/"):
        yield f"Record who runs {name_of(register, crossing.importer)}, or that it is your own. If it is somebody else:"


def what(register: Register, group: Sequence[Crossing]) -> str:
    """The activities and the data that go, in words."""
    activities = dict.fromkeys(register.activities[each.edge.activity].name for each in group)
    data = dict.fromkeys(register.data_categories[key].name for each in group for key in each.edge.data)
    return f"{', '.join(activities)} · {', '.join(data) or 'data categories not recorded'}"


def _said(verdicts: Sequence[Verdict]) -> str:
    """The conclusion in sentences; said once where several regimes conclude the same."""
    said: dict[str, list[str]] = {}
    for verdict in verdicts:
        words = " ".join(reason.text for reason in verdict.reasons)
        said.setdefault(words, []).append(verdict.regime)
    if len(said) == 1:
        return next(iter(said))
    return " ".join(
        f"Under {' and '.join(each.upper() for each in regimes)} law: {words}" for words, regimes in said.items()
    )


def _reasons(verdicts: Sequence[Verdict]) -> Iterator[Reason]:
    yield from dict.fromkeys(reason for verdict in verdicts for reason in verdict.reasons)


def _undocumented(register: Register, group: list[Crossing], law: LawBook) -> Finding:
    words = f"{what(register, group)}. The data leaves the territory here, and no transfer is recorded."
    return conclude(
        "crossing-undocumented",
        register.organisation.key,
        group[0].importer,
        f"{heading(register, group[0], law)}: no transfer recorded",
        words,
        reasons=(Reason("A transfer is recorded with the country it goes to.", "Art. 30(1)(e), 30(2)(c)"),),
        remedy=" ".join(_who(register, group[0])) and "Record who runs it; then record the transfer to that party.",
        field="transfers",
        detail=group[0].country or "",
    )


def _fictional(register: Register, transfer: TransferFields, on: dt.date, law: LawBook) -> Finding:
    party = register.parties[transfer.importer]
    where = "" if transfer.country is None else f" ({law.country_name(transfer.country)})"
    return conclude(
        "transfer-without-crossing",
        register.organisation.key,
        f"transfer/{transfer.key}",
        f"{party.name}{where}: no flow makes this transfer",
        f"A transfer to {party.name}{where} is recorded, and no engagement or flow on {on} goes there.",
        field="activity",
        detail=transfer.country or "",
    )


def _gaps(register: Register, transfer: TransferFields) -> Iterator[Finding]:
    if transfer.country is None:
        name = register.parties[transfer.importer].name
        yield conclude(
            "transfer-country-missing",
            register.organisation.key,
            f"transfer/{transfer.key}",
            f"{name}: the transfer's country is not recorded",
            f"A transfer to {name} is recorded without the country that it goes to.",
            field="country",
        )


def _uncovered(register: Register, crossed: Iterable[Crossing]) -> Iterator[Finding]:
    """Data that goes although no transfer which documents the hop names it."""
    for each in crossed:
        covering = [register.transfers[key].data_categories for key in each.transfers]
        named = {key for keys in covering for key in keys}
        left_out = [register.data_categories[key].name for key in each.edge.data if key not in named]
        if covering and all(covering) and left_out:
            name = name_of(register, each.importer)
            activity = register.activities[each.edge.activity].name
            yield conclude(
                "transfer-data-uncovered",
                register.organisation.key,
                f"transfer/{each.transfer}",
                f"{name}: data goes that the transfer does not name",
                f"{activity} sends {', '.join(left_out)} as well; the recorded transfer does not name it.",
                field="data_categories",
                detail=each.country or "",
            )
