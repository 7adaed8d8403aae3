"""The fields of an activity as a regulator's sheet has them: items for a page, and the text of a cell.

A cell's text is what `ropa import spreadsheet` reads back: each value on a line of its own, what is missing on a line
that begins with `? not recorded`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ropa.exchange.time_limit import with_stated
from ropa.flows.edges import receivers, stands
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.register import Register
from ropa.reports.page import Item, missing
from ropa.services.contacts import contact_items, party_name
from ropa.services.record.further import agreement_words, breach_words, breaches_of, system_words
from ropa.services.record.lines import limit_words
from ropa.services.record.transfer_cells import sheet_countries, sheet_safeguards
from ropa.services.record.values import GAP, Value, below, document_place, one, parties, several

if TYPE_CHECKING:
    from ropa.services.workspace import View

_LETTERS = {
    "activity.purposes": ("Art. 30(1)(b)", "Art. 28(3)"),
    "activity.subject_categories": ("Art. 30(1)(c)", "Art. 28(3)"),
    "activity.data_categories": ("Art. 30(1)(c)", "Art. 28(3)"), "activity.recipients": ("Art. 30(1)(d)", "Art. 28(2)"),
    "transfer.country": ("Art. 30(1)(e)", "Art. 30(2)(c)"), "transfer.safeguards": ("Art. 30(1)(e)", "Art. 30(2)(c)"),
    "retention": ("Art. 30(1)(f)", "Art. 28(3)(g)"), "activity.security": ("Art. 30(1)(g)", "Art. 30(2)(d)"),
    "lawful_basis": ("Art. 6(1)", ""), "activity.processing": ("", "Art. 30(2)(b)"),
    "activity.controllers": ("", "Art. 30(2)(a)"),
}  # fmt: skip
"""The article that asks a controller, or a processor, for a field."""


def value(view: View, activity: ActivityFields, field: str) -> Value:
    """What an activity has in a field, by the names of `sheets.fields`; a mandatory one that is empty says so.

    Raises KeyError for a field that no sheet has.
    """
    found = _VALUES[field](view, activity) if field in _VALUES else _plain(activity, field)
    if found.items or not _asked(view, activity, field):
        return found
    return Value((missing(article(activity, field)),), GAP)


def article(activity: ActivityFields, field: str) -> str:
    """The article that asks for a field; empty where none does."""
    controller, processor = _LETTERS.get(field, ("", ""))
    return processor if activity.role == "processor" else controller


def _asked(view: View, activity: ActivityFields, field: str) -> bool:
    if field == "activity.joint_controllers":
        return activity.role == "joint-controller"
    if field == "condition.article_9":
        marked = (view.register.data_categories[key] for key in activity.data_categories)
        return activity.role != "processor" and any(each.special or each.criminal for each in marked)
    if field == "lawful_basis.assessment":
        bases = view.register.lawful_bases_of(activity.key)
        return any(each.basis == "legitimate-interests" for each in bases)
    return field != "transfer.safeguards" and bool(article(activity, field))


def _plain(activity: ActivityFields, field: str) -> Value:
    """A field of the activity as it is recorded: a text, or several."""
    kind, _, name = field.partition(".")
    if kind != "activity" or name not in ActivityFields.model_fields:
        raise KeyError(field)
    recorded = getattr(activity, name)
    if recorded is None or recorded == ():
        return Value()
    if isinstance(recorded, tuple):
        return several(recorded)
    return one(str(recorded))


def _categories(register: Register, kind: str, keys: Iterable[str]) -> Value:
    records = [getattr(register, kind)[key] for key in keys]
    return several((each.name for each in records), (each.invented for each in records))


def _recipients(view: View, activity: ActivityFields) -> Value:
    """Those inside, categories as recorded, and every party that the data goes to."""
    register = view.register
    inside = [f"{each} (internal)" for each in activity.internal_recipients]
    elsewhere = {*activity.controllers, *activity.joint_controllers}  # who have a column of their own
    keys = [key for key in receivers(register, activity.key, view.on) if key not in elsewhere]
    named = [party_name(register.parties[key]) for key in keys]
    marks = [False] * (len(inside) + len(activity.recipients)) + [register.parties[key].invented for key in keys]
    return several([*inside, *activity.recipients, *named], marks)


def _contracts(view: View, activity: ActivityFields) -> Value:
    """The contract with each processor; where there is one processor only, its text alone is what a sheet holds."""
    register = view.register
    found: list[Item] = []
    texts: list[str] = []
    engaged = [each for each in register.engagements_of(activity.key) if stands(each, view.on)]
    for each in engaged:
        name = register.parties[each.party].name
        if each.agreement is None:
            if each.role == "processor" and each.receives_data:
                found.append(missing("Art. 28(3)", f"contract with {name} not recorded"))
                texts.append(f"{GAP}: contract with {name}")
            continue
        agreement = register.agreements[each.agreement]
        words = document_place(register, agreement.document) if agreement.document else agreement.name
        found.append(Item(f"{name}: {agreement_words(register, agreement)}", invented=agreement.invented))
        texts.append(words if len(engaged) == 1 else f"{name}: {words}")
    return Value(tuple(found), "\n".join(texts))


def _documents(register: Register, keys: Iterable[str | None]) -> Value:
    return below(document_place(register, key) for key in dict.fromkeys(keys) if key is not None)


def _retention(view: View, activity: ActivityFields) -> Value:
    found: list[Item] = []
    texts: list[str] = []
    for rule in view.register.retention_of(activity.key):
        names = ", ".join(view.register.data_categories[key].name for key in rule.data_categories)
        whose = f"{names}: " if names else ""
        if words := limit_words(rule):
            found.append(Item(f"{whose}{words}", invented=rule.invented))
        if rule.stated:
            found.append(Item(f"{whose}{rule.stated}", quoted=not names, invented=rule.invented))
        if words or rule.stated:
            texts.append(f"{whose}{with_stated(' '.join(words.split()), rule.stated or '')}")
        if rule.period is None and rule.until is None:
            found.append(missing(article(activity, "retention"), f"{whose}no period is stated"))
            texts.append(f"{GAP}: {whose}no period is stated")
    return Value(tuple(found), "\n".join(texts))


def _bases(view: View, activity: ActivityFields) -> Value:
    law, found = LawBook.in_use(), []
    for each in view.register.lawful_bases_of(activity.key):
        known = law.lawful_basis(each.basis)
        found.append(f"{known.name}, {known.article}" if known else each.basis)
    return several(dict.fromkeys(found))


def _basis_texts(name: str, basis: str) -> Callable[[View, ActivityFields], Value]:
    def read(view: View, activity: ActivityFields) -> Value:
        bases = view.register.lawful_bases_of(activity.key)
        return below(getattr(each, name) for each in bases if each.basis == basis and getattr(each, name))

    return read


def _assessments(view: View, activity: ActivityFields) -> Value:
    bases = view.register.lawful_bases_of(activity.key)
    return _documents(view.register, (each.assessment for each in bases if each.basis == "legitimate-interests"))


def _conditions(schedule: bool) -> Callable[[View, ActivityFields], Value]:
    def read(view: View, activity: ActivityFields) -> Value:
        law, found = LawBook.in_use(), []
        for each in view.register.conditions_of(activity.key):
            known = law.condition(each.condition)
            if (known is not None and known.set == "schedule-1") == schedule:
                found.append(f"{known.name}, {known.article}" if known else each.condition)
        return several(dict.fromkeys(found))

    return read


def _policies(view: View, activity: ActivityFields) -> Value:
    return _documents(view.register, (each.policy_document for each in view.register.conditions_of(activity.key)))


def _followed(view: View, activity: ActivityFields) -> Value:
    said = [each.policy_followed for each in view.register.conditions_of(activity.key)]
    return several(dict.fromkeys("Yes" if each else "No" for each in said if each is not None))


def _departures(view: View, activity: ActivityFields) -> Value:
    said = [each.policy_departure for each in view.register.conditions_of(activity.key)]
    return below(filter(None, said))


def _controllers(view: View, activity: ActivityFields) -> Value:
    return parties((view.register.parties[key] for key in activity.controllers), "Art. 30(2)(a)")


def _joint(view: View, activity: ActivityFields) -> Value:
    return parties((view.register.parties[key] for key in activity.joint_controllers), "Art. 30(1)(a)")


def _representatives(view: View, activity: ActivityFields) -> Value:
    found = []
    for key in activity.controllers:
        party = view.register.parties[key]
        if reached := [item.text for item in contact_items(party.representative)]:
            found.append(f"{party.name}: {', '.join(reached)}")
    return several(found)


def _automated(_view: View, activity: ActivityFields) -> Value:
    answer = {"yes": "Yes", "no": "No", None: ""}[activity.automated_decisions]
    return below(filter(None, (answer, activity.automated_detail)))


def _location(view: View, activity: ActivityFields) -> Value:
    systems = [system_words(view.register, key) for key in activity.systems]
    return below([*systems, *([activity.location] if activity.location else [])])


def _word(words: str | None) -> Value:
    return one(words.replace("-", " ").capitalize() if words else None)


def _breached(view: View, activity: ActivityFields) -> Value:
    if breaches_of(view.register, activity.key, view.on):
        return one("Yes")
    return Value((Item("no breach is recorded"),), f"{GAP} in the breach log")


def _breaches(view: View, activity: ActivityFields) -> Value:
    return several(breach_words(view.register, key) for key in breaches_of(view.register, activity.key, view.on))


_VALUES: dict[str, Callable[[View, ActivityFields], Value]] = {
    "activity.joint_controllers": _joint,
    "activity.controllers": _controllers,
    "party.representative": _representatives,
    "activity.subject_categories": lambda view, each: _categories(
        view.register, "subject_categories", each.subject_categories
    ),
    "activity.data_categories": lambda view, each: _categories(view.register, "data_categories", each.data_categories),
    "activity.systems": lambda view, each: _categories(view.register, "systems", each.systems),
    "activity.recipients": _recipients,
    "agreement.document": _contracts,
    "transfer.country": lambda view, each: Value(*sheet_countries(view, each, article(each, "transfer.country"))),
    "transfer.safeguards": lambda view, each: Value(
        *sheet_safeguards(view, each, article(each, "transfer.safeguards"))
    ),
    "retention": _retention,
    "lawful_basis": _bases,
    "condition.article_9": _conditions(schedule=False),
    "condition.schedule_1": _conditions(schedule=True),
    "lawful_basis.justification": _basis_texts("justification", "legitimate-interests"),
    "lawful_basis.consent_record": _basis_texts("consent_record", "consent"),
    "lawful_basis.assessment": _assessments,
    "activity.automated_decisions": _automated,
    "activity.location": _location,
    "activity.dpia": lambda _, each: _word(each.dpia),
    "activity.dpia_progress": lambda _, each: _word(each.dpia_progress),
    "activity.dpia_document": lambda view, each: _documents(view.register, (each.dpia_document,)),
    "breach.activities": _breached,
    "breach.name": _breaches,
    "condition.policy_document": _policies,
    "condition.policy_followed": _followed,
    "condition.policy_departure": _departures,
}
