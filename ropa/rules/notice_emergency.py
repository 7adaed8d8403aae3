"""What a contract's emergency clause does to the notice of one change (Art. 28(2)).

The clause counts only where the change is one in an emergency, and only as far as the contract says. A clause that
shortens the notice gives no consent beforehand; one that lets the customer be told afterwards does.
"""

from __future__ import annotations

from dataclasses import dataclass

from ropa.rules.finding import Reason
from ropa.rules.notice_counting import notice_words
from ropa.rules.notice_terms import ARTICLE, NoticeFacts, Stated, needs_consent
from ropa.rules.period import Period


@dataclass(frozen=True, slots=True)
class Course:
    """Which notice is owed: `period` before the change, or after it where `afterwards`.

    `applies` says that the emergency clause is what counts; `gaps` what is not recorded and would be needed.
    """

    period: Stated[Period]
    applies: bool = False
    afterwards: bool = False
    reasons: tuple[Reason, ...] = ()
    gaps: tuple[str, ...] = ()

    def waits_for_consent(self, authorisation: str | None) -> bool:
        """Whether silence is refusal here; the contract that lets a customer be told afterwards consented already."""
        return needs_consent(authorisation) and not self.afterwards


def course(facts: NoticeFacts) -> Course:
    """The notice that one customer is owed about one change."""
    terms = facts.terms
    period, clause, notice = terms.period, terms.emergency, terms.emergency_notice
    unknown = ("period",) if period.value is None else ()
    if not facts.emergency:
        return Course(period, gaps=unknown)
    if clause.value is None:
        text = (
            "This is a change in an emergency. What the contract allows then is not recorded, so the ordinary terms "
            "count."
        )
        return Course(period, reasons=(Reason(text, ARTICLE),), gaps=(*unknown, "emergency"))
    if clause.value == "not-allowed":
        text = "This is a change in an emergency. The contract allows no shorter way then: the ordinary terms count."
        return Course(period, reasons=(Reason(text, clause.basis),), gaps=unknown)
    gaps = ("emergency_notice",) if notice.value is None else ()
    if clause.value == "shorter-notice":
        text = "In an emergency the contract asks for a shorter notice"
        length = notice_words(notice.value, terms.counting.value) if notice.value else ""
        how = f": {length}." if length else "; how long it is, is not recorded."
        return Course(notice, True, False, (Reason(text + how, notice.basis or clause.basis),), gaps)
    text = (
        "In an emergency the contract lets the change come first and the customer be told afterwards; consent is not "
        "waited for, because the contract gave it beforehand."
    )
    reasons = [Reason(text, clause.basis)]
    if notice.value is None:
        reasons.append(Reason("How soon afterwards the customer must be told is not recorded.", clause.basis))
    return Course(notice, True, True, tuple(reasons), gaps)
