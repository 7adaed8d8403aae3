"""Does a safeguard of Article 46 on record carry this transfer: right regime, in force, complete?"""

from __future__ import annotations

from dataclasses import replace

from ropa.law.entries import Instrument
from ropa.rules.finding import Reason
from ropa.rules.hop import SafeguardFacts
from ropa.rules.transfers.question import Answer, Case, period
from ropa.rules.transfers.tool_checks import CHECKS, Recorded
from ropa.rules.verdict import Status, rank


def tools(case: Case) -> tuple[Answer, ...]:
    """One answer for each Article 46 tool on record."""
    answers: list[Answer] = []
    for facts in case.hop.safeguards:
        instrument = case.book.instrument(facts.instrument)
        if instrument is None:
            text = f"Recorded: “{facts.instrument}”, which is no safeguard that the law data knows."
            answers.append(Answer("unsafeguarded", (Reason(text, case.law.articles["tools"]),), ground="tool"))
        elif instrument.family == "tool":
            answers.extend(_tool(facts, instrument, case))
    return tuple(answers)


def _tool(facts: SafeguardFacts, instrument: Instrument, case: Case) -> tuple[Answer, ...]:
    if instrument.versions:
        return (_loose_name(facts, instrument, case),)
    term = instrument.terms.get(case.law.regime)
    if term is None:
        return _foreign(instrument, case)
    rec = Recorded(facts, instrument, term)
    flaws = [flaw for check in CHECKS if (flaw := check(rec, case)) is not None]
    standing: list[Status] = ["safeguarded", *(flaw.status for flaw in flaws)]
    status = max(standing, key=rank)
    head = Reason(f"Recorded: {rec.name}.", case.law.articles["tools"])
    # Where a safeguard cannot carry the transfer at all, what it lacks besides is noise.
    heard = ("unsafeguarded",) if status == "unsafeguarded" else ("incomplete",)
    told = [Reason(flaw.text, flaw.source) for flaw in flaws if flaw.status in heard]
    mild = [flaw for flaw in flaws if flaw.status == "safeguarded"] if status != "unsafeguarded" else []
    doubts = tuple(Reason(f"{rec.name}: {flaw.text}", flaw.source) for flaw in mild)
    if status == "safeguarded":
        told = [_carries(rec, case)]
        if facts.signed is None:
            doubts = (*doubts, Reason(f"{rec.name}: the day of signature is not recorded.", instrument.source))
    remedies = tuple(flaw.remedy for flaw in flaws if flaw.remedy) if status == "incomplete" else ()
    until = rec.lasts(case)
    return (Answer(status, (head, *told), remedies, doubts, (instrument.id,), until, ground="tool"),)


def _loose_name(facts: SafeguardFacts, instrument: Instrument, case: Case) -> Answer:
    """A name that may mean several tools is never read as the best of them."""
    versions = [v for v in map(case.book.instrument, instrument.versions) if v is not None]
    possible = [
        version
        for version in versions
        if any(a.status != "unsafeguarded" for a in _tool(replace(facts, instrument=version.id), version, case))
    ]
    head = Reason(f"Recorded: {instrument.name}.", case.law.articles["tools"])
    if not possible:
        reason = Reason(f"None of the clauses that this may mean holds under {case.law.name} here.", instrument.source)
        return Answer("unsafeguarded", (head, reason), rests_on=(instrument.id,), ground="tool")
    names = ", ".join(version.source for version in possible)
    reason = Reason(f"It would have to be {names}, and which was signed is not recorded.", instrument.source)
    remedy = f"Record which clauses were signed, and when; to count they must be {names}."
    return Answer("incomplete", (head, reason), (remedy,), rests_on=(instrument.id,), ground="tool")


def _carries(rec: Recorded, case: Case) -> Reason:
    text = f"It is {period(rec.term.start, rec.term.until)} under {case.law.name}"
    made = [day for day in (rec.facts.assessment, case.hop.assessment) if day is not None and day <= case.on]
    if rec.term.assessment and made:
        text += f", with a {case.law.assessment.name} of {max(made)}"
    return Reason(f"{text}.", rec.instrument.source)


def _foreign(instrument: Instrument, case: Case) -> tuple[Answer, ...]:
    """A tool of the other regime. It says nothing where it serves as part of a tool of this one."""
    partners = case.book.needing(instrument.id, case.law.regime)
    if {p.id for p in partners} & {s.instrument for s in case.hop.safeguards}:
        return ()
    text = f"Recorded: {instrument.name}, {instrument.source}, which is no safeguard under {case.law.name}"
    if partners:
        text += f" without the {partners[0].name}"
    reason = Reason(f"{text}.", case.law.articles["tools"])
    return (Answer("unsafeguarded", (reason,), rests_on=(instrument.id,), ground="tool", foreign=True),)
