"""The CNIL's model of the record: a sheet for each activity, labels with values beside them, in sections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ropa.exchange.time_limit import with_stated
from ropa.flows.edges import receivers, stands
from ropa.records.activity import ActivityFields
from ropa.records.values import Fields
from ropa.reports.article_30 import Role
from ropa.reports.article_30_layout import LayoutEntry, LayoutPart
from ropa.reports.page import Item, Line, line, missing
from ropa.reports.sheet import Cell
from ropa.rules.dates import long_date
from ropa.services.contacts import party_name
from ropa.services.record.asked import running
from ropa.services.record.lines import limit_words
from ropa.services.record.rows import article, value
from ropa.services.record.transfer_cells import transfer_rows
from ropa.services.record.values import GAP, lines_of

if TYPE_CHECKING:
    from ropa.services.workspace import View

FormRow = tuple[Cell, ...]
"""A label and what stands beside it; a section's title stands with the headings of its columns."""

_SPECIAL = "Données sensibles"
_OUTSIDE = "Organisme externe"
_DATA = "Catégories de données personnelles concernées"


def form_rows(view: View, activity: ActivityFields) -> Iterator[FormRow]:
    """The rows of an activity's sheet, as `ropa import spreadsheet --layout cnil` reads them."""
    yield "Nom du traitement", activity.name
    yield "N° / RÉF", activity.reference
    yield "Date de création du traitement", activity.recorded
    yield "Mise à jour du traitement", activity.updated
    yield "Responsable(s) conjoint(s)", value(view, activity, "activity.joint_controllers").text or None
    if activity.role == "processor":
        yield "Pour le compte de", value(view, activity, "activity.controllers").text or None
        yield "Catégories de traitement", value(view, activity, "activity.processing").text or None
    yield "Logiciel", value(view, activity, "activity.systems").text or None
    yield "Finalité principale", lines_of(activity.purposes[:1]) or GAP
    for number, each in enumerate(activity.purposes[1:], start=1):
        yield f"Sous-finalité {number}", lines_of((each,))
    yield "Base légale", value(view, activity, "lawful_basis").text or None
    yield from _data(view, activity)
    yield "Catégories de personnes concernées", "Description"
    for number, name in enumerate(_named(view, activity, "activity.subject_categories"), start=1):
        yield f"Catégorie de personnes {number}", name
    yield "Destinataires", "Type de destinataire", "Précisions"
    for number, (sort, name) in enumerate(_recipients(view, activity), start=1):
        if sort == _OUTSIDE:  # a reader takes a kind beside the name for a part of the name
            yield f"{_OUTSIDE} {number}", None, name
        else:
            yield f"Destinataire {number}", sort, name
    yield "Transferts hors UE", "Organisme destinataire", "Pays", "Type de garanties", "Lien vers la documentation"
    rows = list(transfer_rows(view, activity))
    for number, (who, country, safeguards, documents) in enumerate(rows, start=1):
        yield f"Organisme destinataire {number}", who, country or GAP, safeguards or GAP, documents or None
    if not rows and GAP in value(view, activity, "transfer.country").text:
        yield "Organisme destinataire 1", GAP, GAP
    yield "Mesures de sécurité", "Description"
    for number, name in enumerate(activity.security or (GAP,), start=1):
        yield f"Mesure {number}", name


def _data(view: View, activity: ActivityFields) -> Iterator[FormRow]:
    records = [view.register.data_categories[key] for key in activity.data_categories]
    for title, marked in ((_DATA, False), (_SPECIAL, True)):
        yield title, "Description", "Durée de conservation"
        for each in records:
            if bool(each.special or each.criminal) == marked:
                yield each.name, each.examples, _kept(view, activity, each.key) or GAP
    if not records:
        yield _DATA, GAP


def _kept(view: View, activity: ActivityFields, data: str) -> str:
    """How long one category is kept: its own time limits, else those of all data of the activity."""
    rules = view.register.retention_of(activity.key)
    own = [each for each in rules if data in each.data_categories]
    found = own or [each for each in rules if not each.data_categories]
    texts = [text for each in found if (text := with_stated(limit_words(each), each.stated or ""))]
    unclear = any(each.period is None and each.until is None for each in found)
    return "\n".join([*texts, f"{GAP}: no period is stated"] if unclear else texts)


def _named(view: View, activity: ActivityFields, field: str) -> list[str]:
    return [each.text for each in value(view, activity, field).items if each.mark != "?"] or [GAP]


def _recipients(view: View, activity: ActivityFields) -> Iterator[tuple[str, str]]:
    register = view.register
    there = receivers(register, activity.key, view.on)
    engaged = [each for each in register.engagements_of(activity.key) if each.party in there and stands(each, view.on)]
    found = [("Destinataire interne", each) for each in activity.internal_recipients]
    found += [(_OUTSIDE, each) for each in activity.recipients]
    for each in engaged:
        sort = "Sous-traitant" if each.role == "processor" else _OUTSIDE
        found.append((sort, party_name(register.parties[each.party])))
    names = {name for _, name in found}
    for item in value(view, activity, "activity.recipients").items:
        if item.mark != "?" and item.text.removesuffix(" (internal)") not in names:
            found.append((_OUTSIDE, item.text))
    yield from found or [("", GAP)]


def cnil_part(view: View, role: Role) -> LayoutPart:
    """The sheets of one of the two records, each activity's labels with what stands beside them."""
    entries = (
        LayoutEntry(each.key, each.name, each.invented, tuple(_lines(view, each))) for each in running(view, role)
    )
    return LayoutPart(role, role.capitalize(), (), tuple(entries))


def _lines(view: View, activity: ActivityFields) -> Iterator[Line]:
    """The rows of the sheet, each section one line."""
    rows = list(form_rows(view, activity))
    made_up = invented_names(view, activity)
    titles = {_DATA, _SPECIAL, "Catégories de personnes concernées", "Destinataires", "Transferts hors UE",
              "Mesures de sécurité"}  # fmt: skip
    section, items = "", list[Item]()
    for label, *rest in rows:
        if label in titles and rest[0] != GAP:
            if items:
                yield line(section, section, tuple(items))
            section, items = str(label), []
            continue
        numbered = section in titles - {_DATA, _SPECIAL}
        kind = [_OUTSIDE] if str(label).startswith(_OUTSIDE) else []
        beside = " — ".join([*kind, *(_shown(each) for each in rest if each is not None)])
        if not section:
            if beside:
                yield line(str(label), str(label), (_item(beside, made_up),))
        elif label == _DATA:
            yield line(_DATA, _DATA, (missing(article(activity, "activity.data_categories")),))
        else:
            items.append(_item(beside if numbered else f"{label} — {beside}", made_up))
    if items:
        yield line(section, section, tuple(items))


def _item(text: str, made_up: Iterable[str]) -> Item:
    """A line of a sheet for a page; a mark inside it stands before it."""
    invented = any(each in text for each in made_up)
    if GAP in text:
        return Item(text.replace(GAP, "not recorded"), "?", invented=invented)
    return Item(text, invented=invented)


def invented_names(view: View, activity: ActivityFields) -> list[str]:
    """Names in the sheet of an activity that are sample data and that no source states."""
    register = view.register
    keys = (*activity.controllers, *activity.joint_controllers, *receivers(register, activity.key, view.on))
    records: list[Fields] = [register.parties[key] for key in keys]
    records += [register.data_categories[key] for key in activity.data_categories]
    records += [register.subject_categories[key] for key in activity.subject_categories]
    records += [register.systems[key] for key in activity.systems]
    found = [str(getattr(each, "name", "")) for each in records if each.invented]
    return list(dict.fromkeys([activity.name, *found] if activity.invented else found))


def _shown(cell: Cell) -> str:
    if isinstance(cell, dt.date):
        return long_date(cell)
    return " / ".join(line.removeprefix("• ") for line in str(cell).split("\n") if line.strip())
