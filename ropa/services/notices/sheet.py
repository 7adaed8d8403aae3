"""`ropa notice report` as a workbook: customers, changes, announcements and evidence, a sheet for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from ropa.law.lawbook import LawBook
from ropa.records.change import NoticeFields
from ropa.records.register import Register
from ropa.reports.page import Item
from ropa.reports.sheet import Cell, Sheet
from ropa.services.changes.reach import services_of
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice
from ropa.services.layout import sourced
from ropa.services.notices.evidence import Evidence, Span, as_day
from ropa.services.notices.facts import data_of, places_of, transfer_items
from ropa.services.notices.gathering import (
    Announced,
    Gathered,
    Pressing,
    in_general,
    pressing,
)
from ropa.services.notices.rows import blocked_items, customer_item, path_words, state_item, term_items
from ropa.services.notices.tables import in_time_item, override_item, recorded_items
from ropa.services.notices.to_do import to_do
from ropa.services.steps.announcements import DECISIONS
from ropa.services.wording import CHANGE_KINDS, NOT_RECORDED, listed

T = TypeVar("T")
Columns = tuple[tuple[str, Callable[[Register, T], Cell]], ...]
"""The columns of a sheet: the heading, and what a row holds there."""

_WHOLE = "the JSON form of this report"
_GAP = f"? {NOT_RECORDED}"


def sheets(found: Sequence[Gathered], span: Span | None) -> list[Sheet]:
    """The sheets of the report; where no period was asked about, the sheet of evidence says so."""
    evidence = _sheet("Evidence", _EVIDENCE, [(each.register, one) for each in found for one in each.evidence or ()])
    if span is None:
        nothing: list[Cell] = ["No period was asked about: --from DATE --until DATE"]
        evidence = Sheet(evidence.title, evidence.columns, [nothing + [None] * (len(_EVIDENCE) - 1)], _WHOLE)
    changes = [(each.register, one) for each in found for one in _changes(each)]
    announced = [(each.register, one) for each in found for one in each.announcements]
    return [
        _sheet("Customers", _CUSTOMERS, [(row.gathered.register, row) for row in pressing(found)]),
        _sheet("Changes", _CHANGES, changes),
        _sheet("Announcements", _ANNOUNCEMENTS, announced),
        evidence,
    ]


def _sheet(title: str, columns: Columns[T], rows: Iterable[tuple[Register, T]]) -> Sheet:
    headings = [heading for heading, _ in columns]
    return Sheet(title, headings, [[cell(register, one) for _, cell in columns] for register, one in rows], _WHOLE)


def _changes(found: Gathered) -> list[ChangeStatus]:
    """The open changes and those with an override, each once."""
    return [*found.changes, *(each for each in found.overridden if each not in found.changes)]


def _of_notice(value: Callable[[NoticeFields], Cell], gap: Cell = None) -> Callable[[Register, Pressing], Cell]:
    """A field of the notice; `gap` where the notice went out and the field is not recorded."""

    def cell(_register: Register, row: Pressing) -> Cell:
        notice = row.each.notice
        found = None if notice is None else value(notice)
        return gap if found is None and row.each.is_told else found

    return cell


_CUSTOMERS: Columns[Pressing] = (
    ("Customer", lambda register, row: register.parties[row.each.customer].name),
    ("Organisation", lambda register, _: register.organisation.name),
    ("Change", lambda _, row: row.status.change.name),
    ("What to do", lambda _, row: _lines(to_do(row.status, row.each))),
    ("State", lambda _, row: _lines([state_item(row.each)])),
    ("Last day to send", lambda _, row: row.each.clock.last_day),
    ("Days left", lambda _, row: row.each.clock.days_left),
    ("Days late", lambda _, row: row.each.clock.late_by),
    ("Sent", _of_notice(lambda notice: notice.sent)),
    ("Received", _of_notice(lambda notice: notice.received)),
    ("How", _of_notice(lambda notice: notice.channel, _GAP)),
    ("Date told", _of_notice(lambda notice: notice.told)),
    ("Evidence", _of_notice(lambda notice: notice.evidence, _GAP)),
    ("Fingerprint (SHA-256)", _of_notice(lambda notice: notice.fingerprint, _GAP)),
    ("Consented", _of_notice(lambda notice: notice.consented)),
    ("Window closes", lambda _, row: row.each.clock.closes),
    ("Objected", _of_notice(lambda notice: notice.objected)),
    ("Objection came late", lambda _, row: _came_late(row.each)),
    ("Grounds", _of_notice(lambda notice: notice.grounds)),
    ("Objection open", lambda _, row: "yes" if row.each.objects else None),
    ("Resolved", _of_notice(lambda notice: notice.resolved)),
    ("Resolution", _of_notice(lambda notice: notice.resolution)),
    ("Remedy", _of_notice(lambda notice: notice.remedy)),
    ("Blocked by", lambda register, row: _lines(blocked_items(register, row.status, row.each))),
    ("Earliest lawful date", lambda _, row: row.each.clock.earliest),
    ("Planned or effective", lambda _, row: row.status.change.effective),
    ("Told because of", lambda register, row: _why(register, row.each)),
    ("Path", lambda register, row: "\n".join(path_words(register, told) for told in row.each.why)),
    ("Contract", lambda _, row: _lines(term_items(row.each))),
    ("How each date was reached", lambda _, row: "\n".join(map(sourced, row.each.clock.reasons))),
    ("Sample data", lambda register, row: _sample(customer_item(register, row.each).invented)),
)

_CHANGES: Columns[ChangeStatus] = (
    ("Change", lambda _, status: status.change.name),
    ("Organisation", lambda register, _: register.organisation.name),
    ("Key", lambda _, status: status.change.key),
    ("What happens", lambda _, status: CHANGE_KINDS[status.change.kind]),
    ("Stage", lambda _, status: status.stage),
    ("OVERRIDE", lambda _, status: _lines(filter(None, [override_item(status.change)]))),
    ("Who", lambda register, status: register.parties[status.change.party].name),
    ("Instead of", lambda register, status: _party(register, status.change.replaces)),
    ("Engaged by", lambda register, status: _party(register, status.change.beneath)),
    ("New name", lambda _, status: status.change.new_name),
    ("Proposed", lambda _, status: status.change.proposed),
    ("Approved", lambda _, status: status.change.approved),
    ("Approved by", lambda _, status: status.change.approved_by),
    ("Planned or effective", lambda _, status: status.change.effective or _GAP),
    ("Earliest lawful date", lambda _, status: status.earliest),
    ("Customers", lambda _, status: len(status.owed)),
    ("Customers told late or overdue", lambda _, status: len(status.late)),
    ("Blocked by", lambda _, status: "\n".join(map(sourced, in_general(status)))),
    ("What the law makes of it", lambda register, status: _lines(transfer_items(register, status))),
    ("For which activities", lambda register, status: listed([register.activities[k].name for k in status.activities])),
    ("Service", lambda register, status: "; ".join(_services(register, status)) or _GAP),
    (
        "Data",
        lambda register, status: listed([register.data_categories[k].name for k in data_of(status)]) or _GAP,
    ),
    (
        "Where",
        lambda register, status: (
            listed([LawBook.in_use().country_name(k) for k in places_of(register, status)]) or _GAP
        ),
    ),
    ("Safeguard, as stated", lambda _, status: status.change.safeguard),
    ("Reason", lambda _, status: status.change.reason),
    ("Sample data", lambda _, status: _sample(status.change.invented)),
)

_ANNOUNCEMENTS: Columns[Announced] = (
    ("Vendor", lambda register, found: register.parties[found.announcement.vendor].name),
    ("Organisation", lambda register, _: register.organisation.name),
    ("What", lambda _, found: found.announcement.name),
    ("Received", lambda _, found: found.announcement.received or _GAP),
    ("Last day to object", lambda _, found: found.clock.last_day or "? not known"),
    ("Days left", lambda _, found: found.clock.days_left),
    ("Decision", lambda _, found: DECISIONS[found.announcement.decision] if found.announcement.decision else _DECIDE),
    ("Decided", lambda _, found: found.announcement.decided),
    ("Decided by", lambda _, found: found.announcement.decided_by),
    ("Grounds", lambda _, found: found.announcement.grounds),
    ("Takes effect", lambda _, found: found.announcement.effective or _GAP),
    ("Passed on by", lambda _, found: "\n".join(each.name for each in found.passed_on) or "! no change passes it on"),
    ("How the last day was reached", lambda _, found: "\n".join(map(sourced, found.clock.reasons))),
    ("Evidence", lambda _, found: found.announcement.evidence or _GAP),
    ("Sample data", lambda _, found: _sample(found.announcement.invented)),
)
_DECIDE = "! none recorded: decide"

_EVIDENCE: Columns[Evidence] = (
    ("Customer", lambda register, found: _party(register, found.customer)),
    ("Organisation", lambda register, _: register.organisation.name),
    ("Change", lambda register, found: _change(register, found.change)),
    ("Sent", lambda _, found: as_day(found.values["sent"])),
    ("Received", lambda _, found: as_day(found.values["received"])),
    ("How", lambda _, found: found.values["channel"] or _GAP),
    ("In time", lambda _, found: _lines([in_time_item(found)])),
    ("Days late", lambda _, found: found.owed.clock.late_by if found.owed and found.in_time is not None else None),
    ("Last day to send", lambda _, found: found.owed.clock.last_day if found.owed else None),
    ("Date told", lambda _, found: as_day(found.values["told"])),
    ("Evidence", lambda _, found: found.values["evidence"] or _GAP),
    ("Fingerprint (SHA-256)", lambda _, found: found.values["fingerprint"] or _GAP),
    ("Consented", lambda _, found: as_day(found.values["consented"])),
    ("Objected", lambda _, found: as_day(found.values["objected"])),
    ("Objection came late", lambda _, found: _came_late(found.owed) if found.owed else None),
    ("Grounds", lambda _, found: found.values["grounds"]),
    ("Resolved", lambda _, found: as_day(found.values["resolved"])),
    ("Resolution", lambda _, found: found.values["resolution"]),
    ("Remedy", lambda _, found: found.values["remedy"]),
    ("Recorded (UTC)", lambda _, found: _lines(recorded_items(found))),
    ("Sample data", lambda register, found: _sample(found.invented or _made_up(register, found.customer))),
)


def _came_late(each: CustomerNotice) -> str | None:
    if each.notice is None or each.notice.objected is None:
        return None
    return "yes" if each.objected_late else "no" if each.clock.closes else "? not known"


def _why(register: Register, each: CustomerNotice) -> str:
    return "\n".join(
        f"{register.activities[told.activity].name}: "
        + (", ".join(register.data_categories[key].name for key in told.data) or f"data {NOT_RECORDED}")
        for told in each.why
    )


def _services(register: Register, status: ChangeStatus) -> tuple[str, ...]:
    return services_of(register, status.change, status.activities, status.facts.on)


def _party(register: Register, key: str | None) -> str | None:
    return register.parties[key].name if key is not None and key in register.parties else key


def _change(register: Register, key: str) -> str:
    return register.changes[key].name if key in register.changes else key


def _made_up(register: Register, customer: str) -> bool:
    return customer in register.parties and register.parties[customer].invented


def _lines(items: Iterable[Item]) -> str:
    return "\n".join(f"{item.mark} {item.text}" if item.mark else item.text for item in items)


def _sample(invented: bool) -> str | None:
    return "invented sample data" if invented else None
