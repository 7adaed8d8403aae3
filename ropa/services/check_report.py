"""What `ropa check` says: for people as text, for programs as JSON of a stable shape."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ropa.law.lawbook import LawBook
from ropa.records.change import AcknowledgementFields
from ropa.records.kinds import KINDS
from ropa.rules.finding import SEVERITIES, Finding
from ropa.services.findings.accepting import acceptance, without_detail
from ropa.services.wording import counted, long_day
from ropa.services.workspace import View

FORMAT = 1
INVENTED = "(invented sample data)"
_WIDTH = 100
_INDENT = "    "


def as_text(view: View) -> str:
    """The findings of one register, worst first, each with what is recorded, why it matters and what mends it."""
    register = view.register
    lines = [
        f"{register.organisation.name} · {' and '.join(view.regimes) or 'regime not recorded'} · {long_day(view.on)}",
    ]
    known = LawBook.in_use().as_of
    if view.on > known:
        lines.append(f"By the law as it was known on {long_day(known)}; what has changed since is not in it.")
    lines.append("")
    for finding in view.findings:
        lines += _finding(view, finding)
    lines.append(summary(view))
    lines.append("")
    return "\n".join(lines)


def summary(view: View) -> str:
    """One line that counts findings by weight, and gaps."""
    found = [each for each in view.findings if each.kind == "finding"]
    gaps = len(view.findings) - len(found)
    weights = Counter(each.severity for each in found)
    by_weight = ", ".join(f"{weights[each]} {each}" for each in SEVERITIES if weights[each])
    words = counted(len(found), "finding") + (f" ({by_weight})" if by_weight else "")
    tail = f" · ropa explain {view.findings[0].rule}" if view.findings else ""
    return f"{words}, {counted(gaps, 'gap')}{tail}"


def as_json(views: Sequence[View]) -> dict[str, Any]:
    """The findings of several registers as plain values; the shape is described in docs/check-json.md."""
    return {
        "format": FORMAT,
        "on": views[0].on.isoformat() if views else None,
        "organisations": [
            {
                "key": view.register.organisation.key,
                "name": view.register.organisation.name,
                "regimes": list(view.regimes),
                "findings": sum(each.kind == "finding" for each in view.findings),
                "gaps": sum(each.kind == "gap" for each in view.findings),
            }
            for view in views
        ],
        "findings": [each for view in views for each in _plain(view)],
    }


def open_findings(view: View) -> list[Finding]:
    """The findings that nobody has accepted; only these make a check fail."""
    return [each for each in view.findings if acceptance(view.register, each, view.on) is None]


def _plain(view: View) -> Iterator[dict[str, Any]]:
    for each in view.findings:
        note = acceptance(view.register, each, view.on)
        yield {
            "rule": each.rule,
            "severity": each.severity,
            "kind": each.kind,
            "organisation": each.organisation,
            "subject": each.subject,
            "detail": each.detail,
            "field": each.field,
            "title": each.title,
            "message": each.message,
            "reasons": [{"text": reason.text, "source": reason.source} for reason in each.reasons],
            "remedy": each.remedy,
            "invented": about_invented(view, each),
            "acknowledged": None if note is None else _acknowledgement(note),
        }


def _acknowledgement(note: AcknowledgementFields) -> dict[str, str | None]:
    return {
        "who": note.who,
        "reason": note.reason,
        "on": None if note.on is None else note.on.isoformat(),
        "until": None if note.until is None else note.until.isoformat(),
    }


def about_invented(view: View, finding: Finding) -> bool:
    """Whether a finding is about a record that is marked as invented sample data."""
    kind, _, key = finding.subject.partition("/")
    record = view.register.of_kind(kind).get(key) if kind in KINDS else None
    return record is not None and record.invented


def _finding(view: View, finding: Finding) -> list[str]:
    head = f"{finding.symbol} {finding.title}"
    rule = f"[{finding.rule}]"
    gap = " " * max(2, _WIDTH - len(head) - len(rule))
    lines = [f"{head}{gap}{rule}", *_why(finding)]
    if about_invented(view, finding):
        lines += _wrapped(INVENTED)
    if finding.remedy:
        lines += _wrapped(f"→ {finding.remedy}", "  ")
    accepted = acceptance(view.register, finding, view.on)
    if accepted is not None:
        until = "" if accepted.until is None else f" until {long_day(accepted.until)}"
        lines += _wrapped(f"✓ accepted by {accepted.who}{until}: {accepted.reason}", "  ")
    elif without_detail(view.register, finding, view.on):
        words = f"! A risk is accepted for this rule and subject, and not for this one (detail: {finding.detail})."
        lines += _wrapped(words, "  ")
    return [*lines, ""]


def _why(finding: Finding) -> list[str]:
    """What is said, with one line for each reason and its source where the message is made of several."""
    steps = " ".join(reason.text for reason in finding.reasons)
    sources = ", ".join(dict.fromkeys(reason.source for reason in finding.reasons if reason.source))
    if len(finding.reasons) < 2 or not finding.message.endswith(steps):
        return _wrapped(f"{finding.message} ({sources})" if sources else finding.message)
    lines = _wrapped(finding.message.removesuffix(steps).strip())
    for reason in finding.reasons:
        lines += _wrapped(f"{reason.text} ({reason.source})" if reason.source else reason.text)
    return lines


def _wrapped(text: str, hanging: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT + hanging) or [_INDENT]
