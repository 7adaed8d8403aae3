"""Which finding an accepted risk is for."""

from __future__ import annotations

import datetime as dt

from ropa.records.change import AcknowledgementFields
from ropa.records.register import Register
from ropa.rules.finding import Finding


def accepts(note: AcknowledgementFields, finding: Finding) -> bool:
    """Whether an acknowledgement is for this finding: rule, subject and detail are the same.

    One without a detail is for findings without a detail only, even where the rule has found a single thing about
    the subject today: what is found tomorrow in its place (another country, another customer) was accepted by nobody.
    """
    return (note.rule, note.subject, note.detail or "") == (finding.rule, finding.subject, finding.detail)


def stands(note: AcknowledgementFields, on: dt.date) -> bool:
    """Whether an acknowledgement was made by the date and need not be looked at again yet."""
    return (note.on is None or note.on <= on) and (note.until is None or on <= note.until)


def acceptance(register: Register, finding: Finding, on: dt.date) -> AcknowledgementFields | None:
    """The accepted risk that stands beside a finding on a date; of several, the last recorded."""
    notes = (each for each in register.acknowledgements.values() if stands(each, on) and accepts(each, finding))
    return max(notes, key=lambda each: each.on or dt.date.min, default=None)


def without_detail(register: Register, finding: Finding, on: dt.date) -> bool:
    """Whether somebody accepted a risk of this rule and subject and did not say, or said otherwise, which one."""
    return bool(finding.detail) and any(
        stands(each, on) and (each.rule, each.subject) == (finding.rule, finding.subject) and not accepts(each, finding)
        for each in register.acknowledgements.values()
    )
