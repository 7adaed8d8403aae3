"""What do recorded adequacy schemes and derogations come to? A scheme that fell is never read as its successor."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from ropa.law.entries import Adequacy, Instrument
from ropa.rules.finding import Reason
from ropa.rules.hop import SafeguardFacts
from ropa.rules.transfers.question import Answer, Case, earliest


def schemes(case: Case) -> tuple[Answer, ...]:
    """One answer for each adequacy scheme on record that does not hold; one that holds is judged as adequacy."""
    answers: list[Answer] = []
    for facts in case.hop.safeguards:
        instrument = case.book.instrument(facts.instrument)
        if instrument is not None and instrument.family == "adequacy":
            answers.extend(_scheme(facts, instrument, case))
    return tuple(answers)


def _scheme(facts: SafeguardFacts, instrument: Instrument, case: Case) -> tuple[Answer, ...]:
    decision = case.book.adequacy(case.place, regime=case.regime, on=case.on)
    if not instrument.decisions:
        if decision is not None:
            return ()
        text = f"Recorded: {instrument.name}. There is none in force for {case.place_name}."
        return (_no(text, case.law.articles["transfers"], instrument),)
    named = [d for d in map(case.book.entry, instrument.decisions) if isinstance(d, Adequacy)]
    if decision is not None and decision in named:
        return _dates_of_claim(facts, instrument, decision, case)
    head = f"Recorded: {instrument.name}, {instrument.source}."
    fallen = [d for d in named if d.until is not None and d.until < case.on]
    if fallen:
        return (_fallen(head, instrument, fallen[-1], case),)
    coming = [d for d in named if d.start is not None and case.on < d.start]
    if coming:
        return (_no(f"{head} It applies from {coming[0].start}.", coming[0].source, instrument),)
    if case.law.regime not in {d.regime for d in named}:
        text = f"{head} It is no mechanism of {case.law.name}."
        return (replace(_no(text, case.law.articles["transfers"], instrument), foreign=True),)
    names = ", ".join(case.book.place_phrase(d.place) for d in named)
    text = f"{head} It is for transfers to {names}, not to {case.place_name}."
    return (_no(text, instrument.source, instrument),)


def _dates_of_claim(
    facts: SafeguardFacts, instrument: Instrument, decision: Adequacy, case: Case
) -> tuple[Answer, ...]:
    if facts.until is not None and facts.until < case.on:
        text = f"Recorded: {instrument.name}, {instrument.source}, valid until {facts.until}. It has ended."
        return (_no(text, decision.source, instrument),)
    if facts.signed is not None and case.on < facts.signed:
        text = f"Recorded: {instrument.name}, {instrument.source}, from {facts.signed}, which is after {case.on}."
        return (_no(text, decision.source, instrument),)
    return ()


def _fallen(head: str, instrument: Instrument, decision: Adequacy, case: Case) -> Answer:
    last = decision.until or case.on
    how = f" ({decision.ended_by})" if decision.ended_by else ""
    text = f"{head} It fell on {last + timedelta(days=1)}{how}"
    successor = case.book.instrument(instrument.successor) if instrument.successor else None
    follower = _latest_in_force(successor, case)
    text += f", and the {follower.name} did not take its place by itself." if follower else "."
    return _no(text, decision.ended_by or decision.source, instrument)


def _latest_in_force(successor: Instrument | None, case: Case) -> Instrument | None:
    """The first of the schemes that followed which is in force on the day."""
    while successor is not None:
        decisions = [d for d in map(case.book.entry, successor.decisions) if d is not None]
        if any(d.in_force(case.on) for d in decisions):
            return successor
        successor = case.book.instrument(successor.successor) if successor.successor else None
    return None


def _no(text: str, source: str, instrument: Instrument) -> Answer:
    ground: Literal["derogation", "scheme"] = "derogation" if instrument.family == "derogation" else "scheme"
    return Answer("unsafeguarded", (Reason(text, source),), rests_on=(instrument.id,), ground=ground)


def derogations(case: Case) -> tuple[Answer, ...]:
    """One answer for each derogation on record: occasional transfers only, each condition met (Art. 49)."""
    answers: list[Answer] = []
    for facts in case.hop.safeguards:
        instrument = case.book.instrument(facts.instrument)
        if instrument is not None and instrument.family == "derogation":
            answers.append(_derogation(facts, instrument, case))
    return tuple(answers)


def _derogation(facts: SafeguardFacts, instrument: Instrument, case: Case) -> Answer:
    head = f"Recorded: {instrument.name} ({instrument.source})."
    term = instrument.terms.get(case.law.regime)
    if term is None or (term.start is not None and case.on < term.start):
        return _no(f"{head} {case.law.name} does not know it on {case.on}.", instrument.source, instrument)
    if term.until is not None and term.until < case.on:
        return _no(f"{head} Under {case.law.name} it held until {term.until}.", instrument.source, instrument)
    if facts.until is not None and facts.until < case.on:
        return _no(f"{head} It is recorded as valid until {facts.until}, and has ended.", instrument.source, instrument)
    if facts.signed is not None and case.on < facts.signed:
        text = f"{head} It is recorded from {facts.signed}, which is after {case.on}."
        return _no(text, instrument.source, instrument)
    if case.hop.systematic is True:
        text = f"{head} A derogation is for occasional transfers, and this one is recorded as systematic."
        return _no(text, instrument.source, instrument)
    if case.hop.systematic is None:
        text = (
            f"{head} A derogation is for occasional transfers. Whether this one is occasional is not recorded, so "
            f"it is treated as systematic."
        )
        reason = Reason(text, instrument.source)
        ask = ("record it, if the transfer is occasional",)
        return Answer("unsafeguarded", (reason,), ask, rests_on=(instrument.id,), ground="derogation")
    refused = [c.text for c in instrument.conditions if c.id in facts.conditions_refused]
    if refused:
        return _no(f"{head} It is recorded that this is not met: {'; '.join(refused)}.", instrument.source, instrument)
    missing = [c.text for c in instrument.conditions if c.id not in facts.conditions_met]
    if missing and instrument.strict:
        reason = Reason(f"{head} Not recorded: {'; '.join(missing)}.", instrument.source)
        remedy = f"Record whether each of these is so: {'; '.join(missing)}."
        return Answer("incomplete", (reason,), (remedy,), rests_on=(instrument.id,), ground="derogation")
    reason = Reason(f"{head} The transfer is recorded as occasional.", instrument.source)
    until = earliest(facts.until, term.until)
    doubts = (Reason(f"{instrument.name}: not recorded: {'; '.join(missing)}.", instrument.source),) if missing else ()
    return Answer("derogation", (reason,), (), doubts, (instrument.id,), until, ground="derogation")
