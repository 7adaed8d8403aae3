"""The record of Article 30: the controller's (30(1)) and, where it is one, the processor's (30(2))."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from ropa.flows.edges import stands
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.reports.article_30 import ActivityEntry, ControllerEntry, Part, Record, Role, render_record
from ropa.reports.page import Item, Line, line, missing
from ropa.services.contacts import contact_items, identity_items
from ropa.services.record.asked import roles_of
from ropa.services.record.further import further_lines
from ropa.services.record.lines import asked_lines, required_lines
from ropa.services.record.transfers import country_items, loose_items, mechanism_items

if TYPE_CHECKING:
    from ropa.services.workspace import View


def article_30(view: View, fmt: Literal["md", "html"]) -> str:
    """The record of one organisation on the view's date, as Markdown or one HTML page."""
    return render_record(record_of(view), fmt)


def record_of(view: View, role: Role | None = None) -> Record:
    """The record as a tree of plain values; with `role`, that of the two records alone, whether or not it is empty."""
    owner = view.register.organisation
    regimes = " and ".join(LawBook.in_use().regime(each).name for each in view.regimes)
    parts = [_part(view, each) for each in roles_of(view, role)]
    return Record(owner.key, owner.legal_name or owner.name, view.on, regimes or "not recorded", tuple(parts))


_TITLES = {"controller": "Record as controller", "processor": "Record as processor"}
_ARTICLES = {"controller": "Art. 30(1)", "processor": "Art. 30(2)"}


def _part(view: View, role: Role) -> Part:
    """One of the two records."""
    mine = [each for each in view.register.activities.values() if (each.role == "processor") == (role == "processor")]
    running = [each for each in mine if stands(each, view.on)]
    return Part(
        role=role,
        title=_TITLES[role],
        article=_ARTICLES[role],
        identity=tuple(_identity(view, role)),
        controllers=tuple(_controllers(view, running)) if role == "processor" else (),
        activities=tuple(_activity(view, each) for each in running),
        left_out=len(mine) - len(running),
    )


def _activity(view: View, activity: ActivityFields) -> ActivityEntry:
    return ActivityEntry(
        key=activity.key,
        name=activity.name,
        role=(activity.role or "? not recorded").replace("-", " "),
        source=activity.source or "",
        invented=activity.invented,
        required=tuple(required_lines(view, activity)),
        asked=tuple(asked_lines(view, activity)),
        further=tuple(further_lines(view, activity)),
        by_controller=tuple(_for_each(view, activity)) if activity.role == "processor" else (),
    )


def _for_each(view: View, activity: ActivityFields) -> Iterator[tuple[Line, ...]]:
    """For each of several controllers who it is and where its data goes; another one's sending is not its own."""
    for key in activity.controllers if len(activity.controllers) > 1 else ():
        alone = activity.model_copy(update={"controllers": (key,)})
        where = country_items(view, (activity,), "Art. 30(2)(c)", controller=key)
        who = next(each for each in required_lines(view, alone) if each.id == "controllers")
        covered = mechanism_items(view, activity, controller=key)
        yield (
            who,
            line("transfers", "Transfers", where, "Art. 30(2)(c)", required=True),
            Line("mechanism", "What covers the transfers", covered, "Art. 44-49"),
        )


def _identity(view: View, role: Role) -> Iterator[Line]:
    """Who keeps the record (a): name and contact, data protection officer, representative."""
    owner = view.register.organisation
    article = f"{_ARTICLES[role]}(a)"
    names = [owner.legal_name or owner.name]
    names += [f"known as {owner.name}"] if owner.legal_name not in (None, owner.name) else []
    names += [f"company number {owner.registration}"] if owner.registration else []
    yield line("name", role.capitalize(), tuple(Item(each) for each in names), article, required=True)
    if owner.group_entities:
        yield line("entities", "Other entities", tuple(Item(each) for each in owner.group_entities), article)
    address = (Item(owner.address),) if owner.address else ()
    contact = tuple(dict.fromkeys((*address, *contact_items(owner.contact))))
    yield line("contact", "Contact details", contact, article, required=True)
    officer = contact_items(owner.dpo) or (missing("Art. 37", "none recorded; needed where one is designated"),)
    yield line("dpo", "Data protection officer", officer, article)
    yield _representative(view, article)
    if loose := loose_items(view, f"{_ARTICLES[role]}({'e' if role == 'controller' else 'c'})"):
        yield line("loose-transfers", "Transfers of no recorded activity", loose, f"{_ARTICLES[role]}", required=True)


def _representative(view: View, article: str) -> Line:
    """Asked for under each regime in whose territory the organisation is not established (Art. 27)."""
    owner, law = view.register.organisation, LawBook.in_use()
    recorded = contact_items(owner.representative)
    if recorded or owner.country is None or not view.regimes:
        return line("representative", "Representative", recorded or (missing("Art. 27"),), article)
    outside = [law.regime(each).name for each in view.regimes if not law.inside(owner.country, each, view.on)]
    if outside:
        what = f"none recorded; established outside the territory of the {' and '.join(outside)}"
        return line("representative", "Representative", (missing("Art. 27", what),), article, required=True)
    where = law.place_phrase(owner.country)
    return line("representative", "Representative", (Item(f"not needed: established in {where} (Art. 27)"),), article)


def _controllers(view: View, running: list[ActivityFields]) -> Iterator[ControllerEntry]:
    """A row for each controller on whose behalf the organisation processes."""
    for key in dict.fromkeys(key for each in running for key in each.controllers):
        party = view.register.parties[key]
        mine = [each for each in running if key in each.controllers]
        yield ControllerEntry(key, party.name, party.invented, tuple(_row(view, key, mine)))


def _row(view: View, key: str, mine: list[ActivityFields]) -> Iterator[Line]:
    party = view.register.parties[key]
    yield line("contact", "Contact details", identity_items(party), "Art. 30(2)(a)", required=True)
    for id_, label, contact in (
        ("representative", "Its representative", party.representative),
        ("dpo", "Its data protection officer", party.dpo),
    ):
        nobody = missing("Art. 30(2)(a)", "none recorded; needed where there is one")
        yield line(id_, label, contact_items(contact) or (nobody,), "Art. 30(2)(a)")
    yield line("processing", "Categories of processing", _done(mine), "Art. 30(2)(b)", required=True)
    where = country_items(view, mine, "Art. 30(2)(c)", controller=key)
    yield line("transfers", "Transfers", where, "Art. 30(2)(c)", required=True)
    security = tuple(Item(each) for each in dict.fromkeys(word for activity in mine for word in activity.security))
    yield line("security", "Security measures", security, "Art. 30(2)(d)", required=True)


def _done(mine: list[ActivityFields]) -> tuple[Item, ...]:
    """What is done for a controller: the categories of processing of each activity, and where none are recorded."""
    found = []
    for each in mine:
        if each.processing:
            found.append(Item(f"{each.name}: {', '.join(each.processing)}"))
        else:
            found.append(missing("Art. 30(2)(b)", f"{each.name}: what is done is not recorded"))
    return tuple(found)
