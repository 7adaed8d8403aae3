"""What can be wrong with a safeguard of Article 46 on record: one small check for each condition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ropa.law.entries import Instrument, Term
from ropa.rules.hop import SafeguardFacts
from ropa.rules.transfers.question import Case, earliest
from ropa.rules.verdict import Status


@dataclass(frozen=True, slots=True)
class Recorded:
    """A safeguard on record beside the instrument that it is, and what the law of the day asks of that."""

    facts: SafeguardFacts
    instrument: Instrument
    term: Term

    @property
    def name(self) -> str:
        """How a sentence names it."""
        return f"{self.instrument.name}, {self.instrument.source}"

    def companions(self, need: str, case: Case) -> tuple[SafeguardFacts, ...]:
        """The contracts on record that are what this safeguard needs beside it and hold on the day."""
        return tuple(
            s
            for s in case.hop.safeguards
            if s.instrument == need
            and (s.signed is None or s.signed <= case.on)
            and (s.until is None or case.on <= s.until)
        )

    def lasts(self, case: Case) -> date | None:
        """The last day of the contract, of its companions and of the instrument; None where none is known."""
        days = [self.term.until, self.facts.until]
        for need in self.term.needs:
            ends = [companion.until for companion in self.companions(need, case)]
            days.append(None if None in ends else max((day for day in ends if day), default=None))
        return earliest(*days)


@dataclass(frozen=True, slots=True)
class Flaw:
    """One condition that a recorded safeguard does not meet. A warning where `status` leaves it standing."""

    status: Status
    text: str
    source: str
    remedy: str = ""


Check = Callable[[Recorded, Case], Flaw | None]


def too_early(rec: Recorded, case: Case) -> Flaw | None:
    """The instrument did not exist yet."""
    start = rec.term.start
    if start is None or start <= case.on:
        return None
    return Flaw("unsafeguarded", f"It can be used under {case.law.name} from {start}.", rec.instrument.source)


def too_late(rec: Recorded, case: Case) -> Flaw | None:
    """The instrument has ended for everybody."""
    until = rec.term.until
    if until is None or case.on <= until:
        return None
    return Flaw(
        "unsafeguarded",
        f"Under {case.law.name} it held until {until}, for old contracts too.",
        rec.instrument.source,
    )


def not_signed_yet(rec: Recorded, case: Case) -> Flaw | None:
    """A contract that is signed later carries nothing today."""
    signed = rec.facts.signed
    if signed is None or signed <= case.on:
        return None
    return Flaw(
        "unsafeguarded", f"It is recorded as signed on {signed}, which is after {case.on}.", rec.instrument.source
    )


def expired(rec: Recorded, case: Case) -> Flaw | None:
    """The contract itself has run out; its last day still counts."""
    until = rec.facts.until
    if until is None or case.on <= until:
        return None
    return Flaw("unsafeguarded", f"It is recorded as valid until {until}, and has ended.", rec.instrument.source)


def new_contract_on_old_clauses(rec: Recorded, case: Case) -> Flaw | None:
    """Old clauses could not be signed after a day, and lived on in older contracts for a while."""
    last, signed = rec.term.signed_until, rec.facts.signed
    if last is None or case.on <= last:
        return None
    source = rec.instrument.source
    if signed is None:
        text = f"Contracts signed after {last} could not use it. The day of signature is not recorded."
        return Flaw("incomplete", text, source, "Record the day on which the clauses were signed.")
    if signed <= last:
        return None
    return Flaw("unsafeguarded", f"It was signed on {signed}; contracts after {last} could not use it.", source)


def companion_missing(rec: Recorded, case: Case) -> Flaw | None:
    """The Addendum is nothing without the EU clauses of 2021."""
    missing = [case.book.instrument(need) for need in rec.term.needs if not rec.companions(need, case)]
    names = " and ".join(f"{i.name}, {i.source}" for i in missing if i)
    if not names:
        return None
    return Flaw(
        "incomplete", f"It needs the {names}, which are not on record for this transfer.", rec.instrument.source,
        f"Record the {names} with it.",
    )  # fmt: skip


def wrong_module(rec: Recorded, case: Case) -> Flaw | None:
    """The module that was signed must be the one for these roles; the Addendum's clauses have modules too."""
    own = _module_flaw(rec.facts, rec.instrument, case)
    if own is not None:
        return own
    for need in rec.term.needs:
        companion = case.book.instrument(need)
        flaws = [_module_flaw(facts, companion, case) for facts in rec.companions(need, case)] if companion else []
        if flaws and None not in flaws:
            return flaws[0]
    return None


def _module_flaw(facts: SafeguardFacts, instrument: Instrument, case: Case) -> Flaw | None:
    if not instrument.modules or facts.module is None:
        return None
    source = instrument.source
    chosen = next((m for m in instrument.modules if m.id == str(facts.module)), None)
    if chosen is None:
        text = f"Module {facts.module} is recorded, and there is none of that number."
        return Flaw("incomplete", text, source, "Record which module was signed.")
    exporter, importer = case.hop.exporter_role, case.hop.importer_role
    if (exporter is None or exporter in chosen.exporter) and (importer is None or importer in chosen.importer):
        return None
    text = f"Module {chosen.id} ({chosen.name}) was signed, and the roles recorded are {exporter} to {importer}."
    fitting = [m for m in instrument.modules if exporter in (None, *m.exporter) and importer in (None, *m.importer)]
    names = " or ".join(f"module {m.id} ({m.name})" for m in fitting)
    return Flaw("incomplete", text, source, f"Sign {names}, or correct the roles." if names else "Correct the roles.")


def module_not_recorded(rec: Recorded, case: Case) -> Flaw | None:
    """Clauses in modules are a contract of one module: which, decides whether it fits the roles."""
    recorded = [rec.facts] if rec.instrument.modules else []
    for need in rec.term.needs:
        companion = case.book.instrument(need)
        beside = rec.companions(need, case)
        if companion is not None and companion.modules and beside and all(each.module is None for each in beside):
            recorded += beside
    if not any(each.module is None for each in recorded):
        return None
    return Flaw("safeguarded", "which module was signed is not recorded.", rec.instrument.source)


def not_approved(rec: Recorded, case: Case) -> Flaw | None:
    """Binding corporate rules and clauses of one's own need the authority of each regime."""
    if not rec.term.approval or {case.regime, case.law.regime} & set(rec.facts.approved):
        return None
    source = rec.instrument.source
    if rec.facts.approved:
        known = (case.book.entry(regime) for regime in rec.facts.approved)
        names = ", ".join(entry.name if entry else r for entry, r in zip(known, rec.facts.approved, strict=True))
        text = f"It is recorded as approved under {names} alone, not under {case.law.name}."
        return Flaw("unsafeguarded", text, source)
    text = f"An approval by the authority under {case.law.name} is not recorded."
    return Flaw("incomplete", text, source, f"Record the approval under {case.law.name}.")


def outside_the_group(rec: Recorded, case: Case) -> Flaw | None:
    """Binding corporate rules bind the members of one group."""
    if not rec.term.intra_group or case.hop.intra_group is True:
        return None
    source = rec.instrument.source
    if case.hop.intra_group is False:
        text = f"It covers transfers within one group, and {case.hop.importer} is recorded as outside it."
        return Flaw("unsafeguarded", text, source)
    text = f"It covers transfers within one group. Whether {case.hop.importer} belongs to the group is not recorded."
    return Flaw("safeguarded", text, source)


def processing_changed(rec: Recorded, case: Case) -> Flaw | None:
    """Old clauses live on only while the processing stays as it was."""
    last = rec.term.signed_until
    if not rec.term.unchanged or last is None or case.on <= last or rec.facts.unchanged is True:
        return None
    source = rec.instrument.source
    if rec.facts.unchanged is False:
        return Flaw(
            "unsafeguarded",
            f"After {last} it held only while the processing stayed the same, and it changed.",
            source,
        )
    text = f"After {last} it holds only while the processing stays the same, which is not recorded."
    return Flaw("safeguarded", text, source)


def no_commitments(rec: Recorded, case: Case) -> Flaw | None:
    """Codes and certificates need the importer's binding and enforceable commitments."""
    if not rec.term.commitments or rec.facts.commitments is True:
        return None
    source = rec.instrument.source
    if rec.facts.commitments is False:
        return Flaw("unsafeguarded", "The importer's binding commitments are recorded as missing.", source)
    text = "Binding and enforceable commitments of the importer are not recorded."
    return Flaw("incomplete", text, source, f"Record the binding commitments of {case.hop.importer}.")


def no_assessment(rec: Recorded, case: Case) -> Flaw | None:
    """A signed tool with no assessment of the transfer's risk is half of a safeguard."""
    term = rec.term
    if not term.assessment or (term.assessment_from is not None and case.on < term.assessment_from):
        return None
    days = [day for day in (rec.facts.assessment, case.hop.assessment) if day is not None]
    if any(day <= case.on for day in days):
        return None
    asked = case.law.assessment
    if days:
        text = f"The {asked.name} ({asked.short}) is dated {min(days)}, which is after {case.on}."
    else:
        text = f"It is in force; no {asked.name} ({asked.short}) is on record."
    return Flaw("incomplete", text, asked.source, f"Record a {asked.name} ({asked.short}) for {case.place_name}.")


CHECKS: tuple[Check, ...] = (
    too_early, too_late, not_signed_yet, expired, new_contract_on_old_clauses, companion_missing, wrong_module,
    module_not_recorded, not_approved, outside_the_group, processing_changed, no_commitments, no_assessment,
)  # fmt: skip
