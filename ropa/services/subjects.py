"""What a record is called, and which findings are about it.

A subject is `kind/key`: a kind of record with its key, or `finding/N` and `crossing/N`, the Nth of a view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ropa.flows.crossings import Crossing, name_of
from ropa.law.lawbook import LawBook
from ropa.records.activity import ConditionFields, LawfulBasisFields, RetentionFields
from ropa.records.breach import BreachNoticeFields
from ropa.records.change import AcknowledgementFields, NoticeFields
from ropa.records.engagement import EngagementFields, FlowFields
from ropa.records.kinds import KINDS
from ropa.records.transfer import SafeguardFields, TransferFields
from ropa.records.values import Fields
from ropa.rules.finding import Finding

if TYPE_CHECKING:
    from ropa.services.workspace import View


def split(subject: str) -> tuple[str, str]:
    """The kind and the key of a subject; a key may hold slashes of its own."""
    kind, _, key = subject.partition("/")
    return kind, key


def record_of(view: View, subject: str) -> Fields | None:
    """The record that a subject names, or None."""
    kind, key = split(subject)
    return view.register.of_kind(kind).get(key) if kind in KINDS else None


def crossing_of(view: View, key: str) -> Crossing | None:
    """The crossing of this number, or None."""
    return view.crossings[int(key)] if key.isdecimal() and int(key) < len(view.crossings) else None


def finding_of(view: View, key: str) -> Finding | None:
    """The finding of this number, or None."""
    return view.findings[int(key)] if key.isdecimal() and int(key) < len(view.findings) else None


def title_of(view: View, subject: str) -> str:
    """What people call the record; the subject itself where it is not there."""
    kind, key = split(subject)
    if kind == "crossing" and (crossing := crossing_of(view, key)):
        return crossing_title(view, crossing)
    if kind == "finding" and (finding := finding_of(view, key)):
        return finding.title
    record = record_of(view, subject)
    return subject if record is None else record_title(view, record)


def record_title(view: View, record: Fields) -> str:
    """The name of a record, or what stands for one where its kind has none."""
    register, law = view.register, LawBook.in_use()
    match record:
        case EngagementFields():
            return f"{register.parties[record.party].name} for {register.activities[record.activity].name}"
        case TransferFields():
            importer = register.parties[record.importer].name
            return f"{importer} ({law.country_name(record.country)})" if record.country else importer
        case FlowFields():
            return f"{name_of(register, record.origin)} → {name_of(register, record.destination)}"
        case LawfulBasisFields():
            return _law_name(law, record.basis)
        case ConditionFields():
            return _law_name(law, record.condition)
        case SafeguardFields():
            return f"{_law_name(law, record.instrument)} with {title_of(view, f'transfer/{record.transfer}')}"
        case RetentionFields():
            return f"Retention of {register.activities[record.activity].name}"
        case NoticeFields():
            return f"Notice to {register.parties[record.customer].name}"
        case BreachNoticeFields():
            who = register.parties[record.party].name if record.party else record.name
            return f"{record.recipient}: {who}" if who else record.recipient
        case AcknowledgementFields():
            return f"{record.rule}: {title_of(view, record.subject)}"
    name = getattr(record, "name", None)
    return name if isinstance(name, str) else record.key


def _law_name(law: LawBook, id_: str) -> str:
    entry = law.entry(id_)
    return entry.name if entry else id_


def crossing_title(view: View, crossing: Crossing) -> str:
    """`MailChimp (United States)`: the importer of a crossing and the country."""
    country = LawBook.in_use().country_name(crossing.country) if crossing.country else "country not recorded"
    return f"{name_of(view.register, crossing.importer)} ({country})"


def activity_of(view: View, kind: str, key: str) -> str:
    """The key of the activity that a subject is or belongs to; empty where it belongs to none."""
    if kind == "activity":
        return key if key in view.register.activities else ""
    if kind == "crossing" and (crossing := crossing_of(view, key)):
        return crossing.edge.activity
    if kind == "finding" and (finding := finding_of(view, key)):
        return activity_of(view, *split(finding.subject))
    return getattr(record_of(view, f"{kind}/{key}"), "activity", None) or ""


def findings_about(view: View, subject: str) -> list[tuple[int, Finding]]:
    """The findings, with their numbers, about a record or about what belongs to it, worst first."""
    return [(number, view.findings[number]) for number in view.found_about.get(subject, ())]


def same_in(before: View, subject: str, after: View) -> str:
    """The subject in a later state of the register; empty where it is not there any more.

    Findings and crossings have numbers for names, which mean others once something was written: they are found again
    by what they say. Judged views answer at once.
    """
    kind, key = split(subject)
    if kind == "finding" and (finding := finding_of(before, key)):
        known = _what_it_finds(finding)
        numbers = after.found_about.get(finding.subject, ())
        return next((f"finding/{each}" for each in numbers if _what_it_finds(after.findings[each]) == known), "")
    if kind == "crossing" and (crossing := crossing_of(before, key)):
        where = (crossing.exporter, crossing.importer, crossing.country)
        of_activity = after.crossed.get(crossing.edge.activity, ())
        hops = ((number, after.crossings[number]) for number in of_activity)
        return next((f"crossing/{n}" for n, each in hops if (each.exporter, each.importer, each.country) == where), "")
    return subject if kind not in KINDS or record_of(after, subject) is not None else ""


def _what_it_finds(finding: Finding) -> tuple[str, ...]:
    return finding.rule, finding.subject, finding.detail, finding.field


def owners(view: View, subject: str) -> set[str]:
    """The activity, party, transfer, change and breach that a record belongs to."""
    record = record_of(view, subject)
    links = {name: name for name in ("activity", "party", "transfer", "change", "breach")} | {"importer": "party"}
    return {f"{kind}/{key}" for field, kind in links.items() if isinstance(key := getattr(record, field, None), str)}
