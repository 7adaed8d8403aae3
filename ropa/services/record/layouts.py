"""The record in the layouts that regulators publish: the ICO's, the CNIL's, the CNPD's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ropa.records.activity import ActivityFields
from ropa.records.organisation import Contact
from ropa.reports.article_30 import Role
from ropa.reports.article_30_layout import LayoutEntry, LayoutPart, LayoutRecord, LeftOut
from ropa.reports.page import Item, Line, missing
from ropa.services.record.asked import roles_of, running
from ropa.services.record.fields import template
from ropa.services.record.left_out import left_out
from ropa.services.record.rows import value
from ropa.services.record.unmade import nowhere
from ropa.services.record.values import GAP, Value
from ropa.services.sheets.mapping import layouts

if TYPE_CHECKING:
    from ropa.services.workspace import View

Layout = Literal["plain", "ico", "cnil", "cnpd"]
LAYOUTS: tuple[Layout, ...] = ("plain", "ico", "cnil", "cnpd")
NAMES = {
    "ico": "the ICO's documentation template",
    "cnil": "the CNIL's model of the record",
    "cnpd": "the CNPD's model of the record",
}
_UNREAD = {
    "Has a personal data breach occurred?": "breach.activities",
    "Link to record of personal data breach": "breach.name",
    "Name and contact details of controller's representative (if applicable)": "party.representative",
}
"""The fields of headings that a reader of the sheet keeps as text."""
_CNPD = (
    "activity.purposes", "activity.subject_categories", "activity.data_categories", "activity.recipients",
    "transfer.country", "retention", "activity.security",
)  # fmt: skip
_POLICY_BASIS = "GDPR Article 6 lawful basis for processing"


@dataclass(frozen=True, slots=True)
class Row:
    """One activity: under each heading what it has there."""

    activity: ActivityFields
    values: tuple[Value, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a layout: the blocks above the headings, the headings, a row for each activity."""

    role: Role
    title: str
    head: tuple[tuple[str, tuple[tuple[str, Value], ...]], ...]
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def tables(view: View, layout: Layout, role: Role | None) -> tuple[Table, ...]:
    """The sheets of the ICO's or the CNPD's layout."""
    return tuple(_table(view, layout, each) for each in roles_of(view, role))


def _table(view: View, layout: Layout, role: Role) -> Table:
    columns = list(_columns(layout, role))
    rows = [
        Row(each, tuple(_value(view, each, heading, field) for heading, field in columns))
        for each in running(view, role)
    ]
    if layout == "ico" and role == "processor":
        rows = [split for each in rows for split in _by_controller(view, each, columns)]
    return Table(role, role.capitalize(), _head(view, role), tuple(heading for heading, _ in columns), tuple(rows))


def _columns(layout: Layout, role: Role) -> Iterator[tuple[str, str]]:
    if layout == "cnpd":
        if role == "processor":  # what Article 30(2) asks for, and the model has no column for
            yield "Controllers", "activity.controllers"
            yield "Categories of processing", "activity.processing"
        yield from zip((each.heading for each in template("cnpd").fields), _CNPD, strict=True)
        return
    for each in layouts()["ico" if role == "controller" else "ico-processor"].columns:
        yield each.heading, _UNREAD.get(each.heading, each.field)


def _value(view: View, activity: ActivityFields, heading: str, field: str) -> Value:
    if heading == _POLICY_BASIS and not value(view, activity, "condition.schedule_1").items:
        return Value()  # the column belongs to the condition of Schedule 1
    if heading == "Transfers":
        both = (value(view, activity, "transfer.country"), value(view, activity, "transfer.safeguards"))
        texts = filter(None, (each.text for each in both))
        return Value(tuple(item for each in both for item in each.items), "\n".join(texts))
    return value(view, activity, field)


def _by_controller(view: View, row: Row, columns: Sequence[tuple[str, str]]) -> Iterator[Row]:
    """A row for each controller on whose behalf (Art. 30(2)), with its own transfers; one where none is recorded."""
    if len(row.activity.controllers) < 2:
        yield row
        return
    for key in row.activity.controllers:
        party = view.register.parties[key]
        alone = row.activity.model_copy(update={"controllers": (key,)})
        yield Row(row.activity, tuple(_value(view, alone, heading, field) for heading, field in columns), party.name)


def _head(view: View, role: Role) -> tuple[tuple[str, tuple[tuple[str, Value], ...]], ...]:
    owner = view.register.organisation
    contact = owner.contact or Contact()
    mine = Contact(
        name=owner.legal_name or owner.name, address=owner.address or contact.address, email=contact.email,
        phone=contact.phone,
    )  # fmt: skip
    return (
        (role.capitalize(), _block(mine, required=True)),
        ("Data protection officer (if applicable)", _block(owner.dpo)),
        ("Representative (if applicable)", _block(owner.representative)),
    )


def _block(contact: Contact | None, *, required: bool = False) -> tuple[tuple[str, Value], ...]:
    """Name, address, e-mail and telephone; of an officer or a representative who is not recorded, that he is not."""
    found = []
    for label, text in zip(("Name", "Address", "Email", "Telephone"), _parts(contact), strict=True):
        gap = required or (label == "Name" and contact is None)
        empty = Value((missing(),), GAP) if gap else Value()
        found.append((label, Value((Item(text),), text) if text else empty))
    return tuple(found)


def _parts(contact: Contact | None) -> tuple[str | None, ...]:
    given = contact or Contact()
    return given.name, given.address, given.email, given.phone


def layout_record(view: View, layout: Layout, role: Role | None) -> LayoutRecord:
    """The record in a regulator's layout, as a tree from which pages are drawn."""
    owner = view.register.organisation
    if layout == "cnil":
        from ropa.services.record.cnil import cnil_part

        parts = tuple(cnil_part(view, each) for each in roles_of(view, role))
    else:
        parts = tuple(_part(each) for each in tables(view, layout, role))
    asked = [activity for each in roles_of(view, role) for activity in running(view, each)]
    return LayoutRecord(
        owner.key, owner.legal_name or owner.name, view.on, layout, NAMES[layout], parts,
        (*left_out(view.register, layout, asked, view.on), *_loose(view)),
    )  # fmt: skip


def _loose(view: View) -> tuple[LeftOut, ...]:
    """The recorded transfers that stand in no row, since they name no activity and no flow makes them."""
    names = tuple(view.register.parties[each.importer].name for each in nowhere(view))
    return (LeftOut("transfer.activity", "Transfers of no recorded activity", names),) if names else ()


def _part(table: Table) -> LayoutPart:
    head = [
        Line(f"{title}-{label}", f"{title}: {label}", value.items)
        for title, block in table.head
        for label, value in block
        if value.items
    ]
    return LayoutPart(table.role, table.title, tuple(head), tuple(_entry(table, each) for each in table.rows))


def _entry(table: Table, row: Row) -> LayoutEntry:
    name = f"{row.activity.name}, for {row.name}" if row.name else row.activity.name
    pairs = zip(table.headings, row.values, strict=True)
    lines = tuple(Line(heading, heading, value.items) for heading, value in pairs)
    return LayoutEntry(row.activity.key, name, row.activity.invented, lines)
