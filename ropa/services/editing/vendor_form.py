"""A vendor added to an activity in one form: who, what for, what data, where, under which agreement and safeguard.

The verdict is shown before anything is saved, and everything is saved together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ropa.law.lawbook import LawBook
from ropa.records.errors import InputError, NotFoundError, StaleRecordError
from ropa.reports.page import Item, Mark
from ropa.rules.dates import long_date
from ropa.services.editing.choices import Choice, Offer, made, offer
from ropa.services.editing.effects import explained
from ropa.services.editing.fields import Field, Form, form
from ropa.services.editing.records import Refused, Saved
from ropa.services.editing.values import Texts, empty
from ropa.services.editing.vendor_plan import AGREEMENT, ENGAGEMENT, PARTY, SAFEGUARD, VendorPlan, planned
from ropa.services.verdict_items import verdict_items
from ropa.services.workspace import View, Workspace
from ropa.store.writer import Put

_TITLES = {
    "new_party": "New party",
    "new_agreement": "New agreement",
    "agreement_type": "Type of the new agreement",
    "agreement_signed": "Agreement signed",
    "signed": "Safeguard signed",
}
_UNSAID = {"countries": "in the vendor's country", "instruments": "none recorded"}


@cache
def vendor_form() -> Form:
    """The form, its fields made from the declarations of those that they become."""
    return Form("vendor", "Add a vendor", tuple(_fields()))


def _fields() -> list[Field]:
    one = {name: form("party").field(own) for name, own in PARTY.items()}
    two = {name: form("agreement").field(own) for name, own in AGREEMENT.items()}
    work = {name: form("engagement").field(name) for name in ("party", *ENGAGEMENT, "agreement")}
    cover = {name: form("safeguard").field(name) for name in ("instrument", *SAFEGUARD)}
    safeguard = replace(cover.pop("instrument"), title="Safeguard", several=True)
    ordered = {
        "party": work.pop("party"),
        **one,
        **{name: work.pop(name) for name in ENGAGEMENT},
        **work,
        **two,
        "instruments": safeguard,
        **cover,
        "frequency": form("transfer").field("frequency"),
    }
    optional = {"party", *PARTY, "new_agreement", "instruments"}
    return [
        replace(
            field,
            name=name,
            title=_TITLES.get(name, field.title),
            required=field.required and name not in optional,
            unsaid=_UNSAID.get(name, field.unsaid),
        )
        for name, field in ordered.items()
    ]


def vendor_blank() -> dict[str, object]:
    """What the form shows at first."""
    return {field.name: empty(field) for field in vendor_form().fields}


def _declared(name: str) -> tuple[str, str]:
    """The kind and the field that a field of the form becomes."""
    if name in PARTY or name in AGREEMENT:
        return ("party", PARTY[name]) if name in PARTY else ("agreement", AGREEMENT[name])
    if name in (*SAFEGUARD, "instruments"):
        return "safeguard", "instrument" if name == "instruments" else name
    return ("transfer" if name == "frequency" else "engagement"), name


def vendor_explained(name: str, values: Sequence[str] = ()) -> str:
    """What a field of the form is for, or what the one thing means that is chosen in it."""
    kind, own = _declared(name)
    return explained(kind, own, [each.partition("+")[0] for each in values])


def vendor_offer(view: View, name: str) -> Offer:
    """What a field of the form can hold; the safeguards with those that are nothing without another joined to it."""
    law = LawBook.in_use()
    if name != "instruments":
        return offer(view, *_declared(name))
    joined = []
    for each in offer(view, "safeguard", "instrument").choices:
        known = law.instrument(each.value)
        terms = () if known is None else known.terms.items()
        needs = dict.fromkeys(need for regime, term in terms if regime in view.regimes for need in term.needs)
        others = [found for need in needs if (found := law.instrument(need)) is not None]
        if others:
            label = f"{each.label}, with {' and '.join(other.name for other in others)}"
            joined.append(Choice("+".join((each.value, *needs)), label, each.explain, each.also))
        else:
            joined.append(each)
    return made(joined)


def verdict(view: View, activity: str, texts: Texts) -> tuple[Item, ...]:
    """The verdict for each regime on the register as it would be, in words; what stands in the way where none can be
    told yet. Raises NotFoundError where there is no such activity.
    """  # fmt: skip
    plan = _plan(view, activity, texts)
    if plan.engagement is None:
        return tuple(_not_yet(plan))
    if not {*SAFEGUARD, "frequency"}.isdisjoint(plan.problems):
        return tuple(_not_yet(plan))  # without what cannot be read yet, the verdict would be another one
    found = plan.crossings
    lines = [item for each in found for item in verdict_items([each])] or [_no_crossing(plan)]
    begins = [Item(f"As it will be on {long_date(plan.on)}, when it begins")] if plan.on > view.on else []
    return (*begins, *lines, *_not_yet(plan))


def _not_yet(plan: VendorPlan) -> list[Item]:
    titles = {each.name: each.title for each in vendor_form().fields}
    mark: Mark = "?"
    return [Item(f"{titles.get(name, name)}: {message}", mark) for name, message in plan.problems.items()]


def _no_crossing(plan: VendorPlan) -> Item:
    regimes = plan.register.regimes(plan.on)
    if not regimes:
        return Item(
            "It cannot be told whether this is a transfer: which law binds the organisation is not recorded", "?"
        )
    if plan.engagement is not None and not plan.engagement.receives_data:
        return Item("No data goes there")
    activity = plan.register.activities[plan.engagement.activity] if plan.engagement is not None else None
    if activity is not None and activity.until is not None and activity.until < plan.on:
        return Item(f"No data goes there: the activity ended on {long_date(activity.until)}")
    return Item("No restricted transfer: by what is said here the data stays inside the territory")


def save(workspace: Workspace, organisation: str, activity: str, texts: Texts, *, who: str) -> Saved | Refused:
    """Write everything that the form says, in one transaction; nothing where something stands in the way.

    Raises NotFoundError where there is no such activity, and StoreError where the file cannot be written.
    """
    try:
        return _written(workspace, organisation, activity, texts, who)
    except StaleRecordError:  # somebody took one of the keys a moment ago: look again
        return _written(workspace, organisation, activity, texts, who)


def _written(workspace: Workspace, organisation: str, activity: str, texts: Texts, who: str) -> Saved | Refused:
    plan = _plan(workspace.view(organisation), activity, texts)
    if plan.problems or plan.engagement is None:
        return Refused(plan.problems)
    party = plan.register.parties[plan.engagement.party].name
    why = f"add {party} to {plan.register.activities[activity].name}"
    writes = [Put(kind, record) for kind, record in plan.records]
    try:
        batch = workspace.store.apply(organisation, writes, who=who, why=why, at=dt.datetime.now(dt.UTC))
    except InputError as error:  # something that the form names was removed a moment ago
        return Refused({"": str(error)})
    return Saved("engagement", plan.engagement.key, plan.engagement, batch, tuple(plan.records))


def _plan(view: View, activity: str, texts: Texts) -> VendorPlan:
    if activity not in view.register.activities:
        raise NotFoundError(f"activity/{activity}: there is no such record in {view.register.organisation.name}")
    return planned(view, activity, texts)
