"""What is public of a change of subprocessor; `publishing.values` says which fields that may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ropa.law.lawbook import LawBook
from ropa.records.change import ChangeFields
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.reports.public_list import PublicChange
from ropa.services.changes.arrangement import NOTHING_NEW, planned_arrangement
from ropa.services.changes.reach import Told, names_before, reached_by, services_of, took_effect
from ropa.services.layout import address_of
from ropa.services.publishing.places import at_home, data_names, places
from ropa.services.publishing.subprocessor_list import Basis
from ropa.services.wording import listed


def public_change(register: Register, change: ChangeFields, on: dt.date) -> PublicChange | None:
    """What is public of a change on a date; None where nothing is: it is only proposed, or no customer's affair."""
    notices = register.notices_of(change.key)
    sent = [day for each in notices if (day := each.sent or each.received) is not None]
    began = min([*sent, *([change.approved] if change.approved else [])], default=None)
    effective = took_effect(change, on)
    withdrawn = change.state == "withdrawn" and (change.withdrawn is None or change.withdrawn <= on)
    told = min((day for day in sent if day <= on), default=None)
    if change.state == "proposed" and told is None:
        return None
    if began is None and change.state == "withdrawn":
        return None
    if began is not None and began > on and not effective:
        return None
    reached = reached_by(register, change, on)
    if not reached and not _may_concern_customers(register, change):
        return None
    decided = change.approved if change.approved is not None and change.approved <= on else None
    parties = [register.parties[key] for key in (change.party, change.replaces, change.beneath) if key is not None]
    data = tuple(dict.fromkeys(key for each in reached for key in each.data)) or change.data_categories
    party = register.parties[change.party]
    shown: list[Fields] = [change, *parties, *notices, *(register.data_categories[key] for key in data)]
    where_to: list[tuple[str, Basis]] = [(code, "data") for code in change.countries]
    if not where_to and party.country:
        where_to = [(party.country, "establishment")]
    where = {code for code, _ in where_to} | ({party.country} if party.country else set())
    safeguard = change.safeguard or ("none needed" if at_home(register, where, on) else None)
    if safeguard is None and not effective and not withdrawn:
        safeguard = _adequate(register, change, reached, on)
    return PublicChange(
        key=change.key,
        state="effective" if effective else "withdrawn" if withdrawn else "upcoming",
        kind=change.kind,
        title=_title(register, change),
        party=party.name,
        legal_name=party.legal_name,
        address=address_of(party),
        replaces=register.parties[change.replaces].name if change.replaces else None,
        engaged_by=register.parties[change.beneath].name if change.beneath else None,
        service="; ".join(services_of(register, change, [each.activity for each in reached], on)) or None,
        data=data_names(register, data),
        countries=places(where_to),
        safeguard=safeguard,
        announced=told,
        decided=decided,
        day=change.effective,
        withdrawn=change.withdrawn if withdrawn else None,
        overdue=not effective and not withdrawn and change.effective is not None and change.effective < on,
        invented=any(each.invented for each in shown),
    )


def _adequate(register: Register, change: ChangeFields, reached: Sequence[Told], on: dt.date) -> str | None:
    """The decision that covers all of a planned arrangement by itself; what else covers it is for a person to say."""
    if change.kind in NOTHING_NEW or not reached:
        return None
    planned, behind = planned_arrangement(register, change, reached, max(on, change.effective or on))
    if behind or not planned or any(each.worst.status != "adequate" for each in planned):
        return None
    law = LawBook.in_use()
    names = dict.fromkeys(law.country_name(each.country) for each in planned if each.country)
    return "; ".join(f"{name}: adequacy decision" for name in names) or None


def _may_concern_customers(register: Register, change: ChangeFields) -> bool:
    """Whether a change that reaches no customer's data today may still: nothing says that it is about our own."""
    keys = {change.party, change.replaces, change.beneath} - {None}
    engaged = [each.activity for each in register.engagements.values() if each.party in keys]
    roles = {register.activities[key].role for key in change.activities or engaged}
    return not roles or "processor" in roles


def _title(register: Register, change: ChangeFields) -> str:
    """The change in a line. Its own name was written for those inside."""
    who = register.parties[change.party].name
    instead = register.parties[change.replaces].name if change.replaces else None
    words = {
        "add": f"{who} joins",
        "replace": f"{who} replaces {instead}" if instead else f"{who} replaces another subprocessor",
        "remove": f"{who} leaves",
        "new-location": f"{who}: new location",
        "new-activity": f"{who}: further work",
        "new-data": f"{who}: further data",
        "new-legal-entity": f"{who} takes over from {instead}" if instead else f"{who}: another legal entity",
        "rename": _renamed(register, change),
        "emergency": f"{who} replaces {instead} in an emergency" if instead else f"{who} joins in an emergency",
    }[change.kind]
    return f"{words}, engaged by {register.parties[change.beneath].name}" if change.beneath else words


def _renamed(register: Register, change: ChangeFields) -> str:
    before = listed(names_before(register, change))
    if not change.new_name:
        return f"{before} is renamed"
    return f"{before} is renamed {change.new_name}" if before else f"{change.new_name}: new name"
