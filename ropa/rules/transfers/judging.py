"""One hop, one regime, one day: the questions in order, and the verdict that their answers come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from ropa.law.entries import PACKAGED
from ropa.law.lawbook import LawBook
from ropa.rules.finding import Reason
from ropa.rules.hop import Hop
from ropa.rules.transfers.adequate import covered
from ropa.rules.transfers.claims import derogations, schemes
from ropa.rules.transfers.question import Answer, Case, earliest, sentence
from ropa.rules.transfers.restriction import QUESTIONS
from ropa.rules.transfers.tools import tools
from ropa.rules.verdict import FINDINGS, Verdict, rank

Grounds = Callable[[Case], tuple[Answer, ...]]

# Everything that can carry a restricted transfer. All are asked; the best answer decides.
GROUNDS: tuple[Grounds, ...] = (schemes, tools, derogations, covered)


def judge(hop: Hop, regime: str, lawbook: LawBook, on: date) -> Verdict:
    """Whether the hop may be made under the regime on that day, and why.

    Raises KeyError for a regime that the law data does not know.
    """
    case = Case(hop, regime, lawbook.law(regime, on), lawbook, on)
    for question in QUESTIONS:
        answer = question(case)
        if answer is not None:
            return _verdict(case, answer)
    answers = [answer for grounds in GROUNDS for answer in grounds(case)]
    return _verdict(case, _decide(case, answers))


def judge_all(hop: Hop, lawbook: LawBook, on: date) -> tuple[Verdict, ...]:
    """One verdict for each regime that binds the exporter, or for every regime where that is not recorded."""
    regimes = hop.exporter_regimes
    known = [regime.id for regime in lawbook.regimes()]
    return tuple(judge(hop, r, lawbook, on) for r in known if regimes is None or r in regimes)


def _decide(case: Case, answers: list[Answer]) -> Answer:
    """The best answer, with what the others say: why nothing else carries the transfer, or what lies beside it."""
    best = min(answers, key=lambda answer: rank(answer.status))
    if best.status in FINDINGS:
        return _finding(case, best, answers)
    others = [answer for answer in answers if answer is not best]
    # What is claimed and does not hold is worth a warning; what is merely incomplete beside it changes nothing.
    heads = [a.reasons for a in others if a.status == "unsafeguarded" and not a.foreign and a.ground != "adequacy"]
    beside = tuple(_beside(reasons) for reasons in heads)
    warnings = best.warnings
    if any(other.status == "safeguarded" for other in others):
        cautions = {d.caution for d in case.book.decisions(case.place, regime=case.law.regime, on=case.on)}
        warnings = tuple(warning for warning in warnings if warning.text not in cautions)
    ends = [answer.until for answer in answers if answer.status == best.status]
    until = None if None in ends else max(day for day in ends if day is not None)
    return replace(best, warnings=warnings + beside, until=until)


def _beside(reasons: tuple[Reason, ...]) -> Reason:
    """What is on record too and carries nothing, as a warning."""
    text = " ".join(reason.text for reason in reasons)
    return Reason(text.replace("Recorded: ", "Also recorded: ", 1), reasons[0].source)


def _finding(case: Case, best: Answer, answers: list[Answer]) -> Answer:
    """Nothing carries the transfer: every reason for that, and what would mend it under this regime."""
    others = [answer for answer in answers if answer is not best]
    nothing = Reason("No safeguard is recorded for this transfer.", case.law.articles["tools"])
    if best.status == "unsafeguarded":
        told = [reason for answer in answers for reason in answer.reasons]
        told = told if case.hop.safeguards else [nothing, *told]
        until = next((a.until for a in answers if a.ground == "adequacy"), None)
    else:
        told = [*best.reasons, *(reason for answer in others if not answer.foreign for reason in answer.reasons)]
        told = told if case.hop.safeguards else [*told, nothing]
        until = best.until
    asks = [remedy for answer in answers if answer.status in ("unsafeguarded", "unknown") for remedy in answer.remedies]
    remedies = best.remedies if best.status == "incomplete" else (_mend(case, asks),)
    rests_on = tuple(dict.fromkeys(entry for answer in answers for entry in answer.rests_on))
    return replace(best, reasons=tuple(told), remedies=remedies, rests_on=rests_on, until=until)


def _mend(case: Case, asks: list[str]) -> str:
    """What would mend it under this regime: record what is missing, or sign what can be signed that day."""
    tools_of_the_day = ", or ".join(case.book.advised(case.regime, case.on))
    if tools_of_the_day and case.law.assessment.source:
        tools_of_the_day += f", and a {case.law.assessment.name}"
    if tools_of_the_day and not asks:
        tools_of_the_day = f"put in place {tools_of_the_day}"
    return sentence("; else ".join(dict.fromkeys(part for part in (*asks, tools_of_the_day) if part)))


def _verdict(case: Case, answer: Answer) -> Verdict:
    reasons, warnings = answer.reasons, answer.warnings
    rests_on = answer.rests_on
    own = case.book.own_law(case.regime, case.on)
    until = answer.until
    if case.borrowed and own is not None:
        reasons = (*reasons, Reason(f"Until {own.until} it is the law of the EU that counts here.", own.source))
        rests_on = (*rests_on, own.id)
        until = earliest(until, own.until)
    for entry in filter(None, map(case.book.entry, rests_on)):
        if entry.origin != PACKAGED:
            warnings = (
                *warnings,
                Reason(f"This rests on “{entry.name}” as stated by {entry.origin}.", entry.source),
            )
        if entry.confidence == "unverified":
            what = entry.doubt or "the entry"
            text = f"The law data on “{entry.name}” was not checked against its source: {what}."
            warnings = (*warnings, Reason(text, entry.source))
    return Verdict(case.regime, answer.status, reasons, answer.remedies, warnings, rests_on, until)
