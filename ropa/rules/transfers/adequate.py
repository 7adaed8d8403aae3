"""Does an adequacy decision cover this transfer? (Art. 45 GDPR; Art. 45A UK GDPR)

A decision that covers only some importers or some data covers nothing until the record says which this is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ropa.law.entries import Adequacy
from ropa.rules.finding import Reason
from ropa.rules.period import Period, add
from ropa.rules.transfers.question import Answer, Case, earliest, period
from ropa.rules.verdict import Status

# Scopes that cover an importer without a word about it on record.
OPEN = ("full", "limited")
A_YEAR = Period(months=12)


@dataclass(frozen=True, slots=True)
class Miss:
    """Why a decision does not cover a transfer: it is out (`no`), or nobody recorded whether it is in."""

    kind: Literal["no", "unknown", "nothing-recorded"]
    text: str


Test = Callable[[Adequacy, Case], Miss | None]


def claimed(decision: Adequacy, case: Case) -> bool:
    """Whether a safeguard on record names this decision and holds on that day."""
    return any(
        s.instrument == decision.claim
        and (s.signed is None or s.signed <= case.on)
        and (s.until is None or case.on <= s.until)
        for s in case.hop.safeguards
    )


def importer_in_scope(decision: Adequacy, case: Case) -> Miss | None:
    """Decisions for some importers only."""
    if decision.scope not in ("importer", "limited"):
        return None
    if case.hop.in_scope == "no":
        return Miss("no", f"It covers {decision.limits}, and {case.hop.importer} is recorded as outside.")
    if decision.scope == "importer" and case.hop.in_scope == "unknown":
        return Miss("unknown", f"It covers {decision.limits}. Whether {case.hop.importer} is inside is not recorded.")
    return None


def joined(decision: Adequacy, case: Case) -> Miss | None:
    """Schemes of the past: the recorded claim is the evidence."""
    if decision.scope != "claimed" or claimed(decision, case):
        return None
    return Miss("nothing-recorded", f"It covered {decision.limits}, and none of that is recorded.")


def listed(decision: Adequacy, case: Case) -> Miss | None:
    """Schemes with a list: the importer's entry must be active on the day."""
    if decision.scope != "listed":
        return None
    hop = case.hop
    match hop.dpf:
        case "none":
            return Miss("no", f"It covers {decision.limits}, and {hop.importer} is recorded as not on the list.")
        case "lapsed":
            return Miss("no", f"It covers {decision.limits}, and the entry of {hop.importer} has lapsed.")
        case "unknown":
            text = f"It covers {decision.limits}. Whether {hop.importer} is on the list is not recorded."
            return Miss("unknown" if claimed(decision, case) else "nothing-recorded", text)
    if hop.dpf_from is not None and case.on < hop.dpf_from:
        return Miss("no", f"The entry of {hop.importer} on the list begins on {hop.dpf_from}.")
    if hop.dpf_from is None and hop.dpf_checked is not None and case.on < hop.dpf_checked:
        text = (
            f"It covers {decision.limits}. {hop.importer} was found on the list on {hop.dpf_checked}; "
            f"since when it is there is not recorded."
        )
        return Miss("unknown", text)
    if hop.dpf_until is not None and hop.dpf_until < case.on:
        return Miss("no", f"The entry of {hop.importer} on the list ended on {hop.dpf_until}.")
    return None


def extension(decision: Adequacy, case: Case) -> Miss | None:
    """The list entry must have joined the extension that the decision asks for."""
    if not decision.extension or case.hop.dpf != "active":
        return None
    if case.hop.dpf_uk_extension is False:
        return Miss("no", f"{case.hop.importer} is on the DPF list without the UK Extension.")
    if case.hop.dpf_uk_extension is None:
        return Miss("unknown", f"Whether the DPF entry of {case.hop.importer} has the UK Extension is not recorded.")
    return None


def staff_data(decision: Adequacy, case: Case) -> Miss | None:
    """Staff data needs an entry that covers it."""
    if not decision.hr_cover or "hr" not in case.hop.data or case.hop.dpf != "active":
        return None
    if case.hop.dpf_hr is False:
        return Miss("no", f"The data is staff data (HR), which the entry of {case.hop.importer} does not cover.")
    if case.hop.dpf_hr is None:
        return Miss(
            "unknown",
            f"The data is staff data (HR). Whether the entry of {case.hop.importer} covers it is not recorded.",
        )
    return None


def sector(decision: Adequacy, case: Case) -> Miss | None:
    """Sectors that the decision leaves out."""
    if case.hop.importer_sector not in decision.excludes_sectors:
        return None
    return Miss("no", f"The importer's sector ({case.hop.importer_sector}) is outside the decision.")


def data_left_out(decision: Adequacy, case: Case) -> Miss | None:
    """Kinds of data that the decision leaves out."""
    out = sorted(case.hop.data.intersection(decision.excludes_data))
    return Miss("no", f"The decision leaves out this kind of data: {', '.join(out)}.") if out else None


TESTS: tuple[Test, ...] = (
    importer_in_scope, joined, listed, extension, staff_data, sector, data_left_out
)  # fmt: skip


def covered(case: Case) -> tuple[Answer, ...]:
    """The answer of the decision in force for the place, or why there is none."""
    decision = case.book.adequacy(case.place, regime=case.regime, on=case.on)
    if decision is None:
        return (not_covered(case),)
    misses = [miss for test in TESTS if (miss := test(decision, case)) is not None]
    held = period(decision.start, decision.until)
    text = f"For {case.place_name} the adequacy decision “{decision.name}” is {held}."
    if claimed(decision, case):
        text = f"Recorded: {decision.name}. {text}"
    head = Reason(text, decision.source)
    if misses:
        return (_missed(decision, case, head, misses),)
    warnings: list[Reason] = []
    if decision.scope == "limited":
        warnings.append(
            Reason(f"The decision has limits: {decision.limits}. Check that they do not apply.", decision.source)
        )
    if case.hop.importer_sector in decision.doubtful_sectors:
        text = (
            f"Importers of this sector ({case.hop.importer_sector}) are not usually eligible for the list. "
            f"Check the entry."
        )
        warnings.append(Reason(text, decision.source))
    warnings += _looked_long_ago(decision, case)
    if decision.caution:
        warnings.append(Reason(decision.caution, decision.source))
    until = earliest(_lasts(decision, case), case.hop.dpf_until if decision.scope == "listed" else None)
    if decision.scope == "claimed":
        until = earliest(until, *(s.until for s in case.hop.safeguards if s.instrument == decision.claim))
    within = Reason(f"Recorded as within it: {decision.limits}.", decision.source)
    reasons = (head,) if decision.scope in OPEN else (head, within)
    return (
        Answer("adequate", reasons, warnings=tuple(warnings), rests_on=(decision.id,), until=until, ground="adequacy"),
    )


def _looked_long_ago(decision: Adequacy, case: Case) -> list[Reason]:
    """Entries on a list are renewed every year: an older look says little."""
    checked = case.hop.dpf_checked
    if decision.scope != "listed" or checked is None or case.on <= add(checked, A_YEAR):
        return []
    text = f"The list was last looked at on {checked}, more than 12 months before {case.on}. Look again."
    return [Reason(text, decision.source)]


def _lasts(decision: Adequacy, case: Case) -> date | None:
    """The last day of the decision, or of those that renew it without a gap and with the same scope."""
    series = case.book.decisions(case.place, regime=case.law.regime, on=case.on)
    until = decision.until
    while until is not None:
        renewed = [d for d in series if d.start == until + timedelta(days=1) and d.scope == decision.scope]
        if not renewed or decision.scope == "claimed":
            break
        until = renewed[0].until
    return until


def _missed(decision: Adequacy, case: Case, head: Reason, misses: list[Miss]) -> Answer:
    reasons = (head, *(Reason(f"{miss.text[:1].upper()}{miss.text[1:]}", decision.source) for miss in misses))
    kinds = {miss.kind for miss in misses}
    ask = (decision.ask.format(importer=case.hop.importer),) if decision.ask and "no" not in kinds else ()
    status: Status = "unknown" if kinds == {"unknown"} else "unsafeguarded"
    return Answer(status, reasons, ask, rests_on=(decision.id,), ground="adequacy")


def not_covered(case: Case) -> Answer:
    """What to say where no decision is in force for the place: none at all, not yet, or no longer."""
    law = case.law
    decisions = case.book.decisions(case.place, regime=law.regime, on=case.on)
    text = f"Under {law.name} no adequacy decision is in force for {case.place_name} on {case.on}."
    reasons = [Reason(text, law.articles["transfers"])]
    until: date | None = None
    ended = [d for d in decisions if d.until is not None and d.until < case.on]
    coming = [d for d in decisions if d.start is not None and d.start > case.on]
    if ended:
        last = max(ended, key=lambda d: d.until or case.on)
        text = f"{last.name} ({last.source}) held until {last.until}."
        reasons.append(Reason(text, last.ended_by or last.source))
    if coming:
        following = min(coming, key=lambda d: d.start or case.on)
        reasons.append(
            Reason(f"{following.name} ({following.source}) applies from {following.start}.", following.source)
        )
        until = following.start - timedelta(days=1) if following.start and following.scope in OPEN else None
    told = tuple(d.id for d in ended + coming)
    return Answer("unsafeguarded", tuple(reasons), rests_on=told, until=until, ground="adequacy")
