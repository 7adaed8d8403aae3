"""The lines of one activity in the record of Article 30, as controller (30(1)) or as processor (30(2))."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ropa.flows.edges import edges, receivers
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields, RetentionFields
from ropa.records.party import PartyFields
from ropa.records.register import Register
from ropa.reports.page import Item, Line, line, missing, quoted
from ropa.rules.period import Period
from ropa.services.contacts import contact_items, party_name
from ropa.services.record.transfers import country_items, crossings_for, mechanism_items
from ropa.services.record.unmade import unmade
from ropa.services.record.values import document_words

if TYPE_CHECKING:
    from ropa.services.workspace import View


def required_lines(view: View, activity: ActivityFields) -> Iterator[Line]:
    """What Article 30 requires of this activity, in the order of its letters."""
    register = view.register
    security = tuple(Item(each) for each in activity.security)
    if activity.role == "processor":
        yield _parties(register, "controllers", "For which controllers", activity.controllers, "Art. 30(2)(a)")
        done = tuple(Item(each) for each in activity.processing)
        yield line("processing", "Categories of processing", done, "Art. 30(2)(b)", required=True)
        where = country_items(view, (activity,), "Art. 30(2)(c)")
        yield line("transfers", "Transfers", where, "Art. 30(2)(c)", required=True)
        yield line("security", "Security measures", security, "Art. 30(2)(d)", required=True)
        return
    if activity.role == "joint-controller" or activity.joint_controllers:
        yield _parties(register, "joint", "Joint controllers", activity.joint_controllers, "Art. 30(1)(a)")
    yield line("purposes", "Purposes", _words(activity.purposes), "Art. 30(1)(b)", required=True)
    yield line("subjects", "Whose data", _subjects(register, activity), "Art. 30(1)(c)", required=True)
    yield line("data", "Which data", _data(register, activity), "Art. 30(1)(c)", required=True)
    yield line("recipients", "Recipients", _recipients(view, activity), "Art. 30(1)(d)", required=True)
    where = country_items(view, (activity,), "Art. 30(1)(e)")
    yield line("transfers", "Transfers", where, "Art. 30(1)(e)", required=True)
    yield line("retention", "Time limits", _retention(register, activity), "Art. 30(1)(f)", required=True)
    yield line("security", "Security measures", security, "Art. 30(1)(g)", required=True)


def asked_lines(view: View, activity: ActivityFields) -> Iterator[Line]:
    """What Article 30 does not require and every authority, customer and auditor asks for."""
    register = view.register
    if activity.role == "processor":
        yield line("purposes", "Purposes", _words(activity.purposes), "Art. 28(3)", required=True)
        yield line("subjects", "Whose data", _subjects(register, activity), "Art. 28(3)", required=True)
        yield line("data", "Which data", _data(register, activity), "Art. 28(3)", required=True)
        recipients = _recipients(view, activity)
        yield line("recipients", "Subprocessors and recipients", recipients, "Art. 28(2)", required=True)
        if retention := _retention(register, activity):
            yield line("retention", "Time limits", retention, "Art. 28(3)(g)")
    else:
        yield line("lawful-basis", "Lawful basis", tuple(_bases(register, activity)), "Art. 6(1)", required=True)
    marked = [register.data_categories[key] for key in activity.data_categories]
    recorded = tuple(_conditions(register, activity))
    if recorded or (activity.role != "processor" and any(each.special or each.criminal for each in marked)):
        article = "Art. 9(2)" if any(each.special for each in marked) else "Art. 10"
        yield line("condition", "Condition", recorded, article, required=True)
    if crossings_for(view, (activity,)) or unmade(view, (activity,)):
        yield line("mechanism", "What covers the transfers", mechanism_items(view, activity), "Art. 44-49")


def _words(values: tuple[str, ...]) -> tuple[Item, ...]:
    return tuple(Item(each) for each in values)


def _parties(register: Register, name: str, label: str, keys: tuple[str, ...], article: str) -> Line:
    found = []
    for key in keys:
        party = register.parties[key]
        reached = ", ".join(_reached(party))
        if reached:
            found.append(Item(f"{party_name(party)}: {reached}", invented=party.invented))
        else:
            found.append(missing(article, f"{party_name(party)}: contact details not recorded"))
    return line(name, label, tuple(found), article, required=True)


def _reached(party: PartyFields) -> list[str]:
    """Address and contact details, each once."""
    address = [party.address] if party.address else []
    return list(dict.fromkeys((*address, *(each.text for each in contact_items(party.contact)))))


def _subjects(register: Register, activity: ActivityFields) -> tuple[Item, ...]:
    found = (register.subject_categories[key] for key in activity.subject_categories)
    return tuple(
        Item(f"{each.name} (vulnerable)" if each.vulnerable else each.name, invented=each.invented) for each in found
    )


def _data(register: Register, activity: ActivityFields) -> tuple[Item, ...]:
    found = []
    for key in activity.data_categories:
        each = register.data_categories[key]
        marks = [f"special category, Art. 9: {each.special.replace('-', ' ')}"] if each.special else []
        marks += ["criminal-offence data, Art. 10"] if each.criminal else []
        marks += [f"classified: {each.classification}"] if each.classification else []
        marked = f" ({'; '.join(marks)})" if marks else ""
        holds = f": {each.examples}" if each.examples else ""
        found.append(Item(f"{each.name}{marked}{holds}", invented=each.invented))
    return tuple(found)


def _recipients(view: View, activity: ActivityFields) -> tuple[Item, ...]:
    """Categories as recorded, and every party that the data goes to, by name, with its part in it."""
    register = view.register
    inside = (f"{each} (inside the organisation)" for each in activity.internal_recipients)
    found: dict[str, Item] = {each: Item(each, source="") for each in (*inside, *activity.recipients)}
    sources = {each.party: each for each in register.engagements_of(activity.key)}
    flows = edges(register, view.on, activity.key)
    for key in receivers(register, activity.key, view.on):
        if key in activity.controllers:
            continue
        party, node = register.parties[key], f"party/{key}"
        edge = next(each for each in flows if each.receiver == node)
        words = [party_name(party), edge.role.replace("-", " ") or "role not recorded"]
        words += [edge.service] if edge.service else []
        words += _reached(party) if activity.role == "processor" else []
        said = sources[key].source if key in sources else None
        shown = "" if said == activity.source else said or ""
        found.setdefault(node, Item(", ".join(words), source=shown, invented=party.invented))
    return tuple(found.values())


def _retention(register: Register, activity: ActivityFields) -> tuple[Item, ...]:
    return tuple(item for rule in register.retention_of(activity.key) for item in _kept(register, activity, rule))


def _kept(register: Register, activity: ActivityFields, rule: RetentionFields) -> Iterator[Item]:
    """One time limit; words that are no period are quoted, and it is said that they are none."""
    source = "" if rule.source == activity.source else rule.source or ""
    names = ", ".join(register.data_categories[key].name for key in rule.data_categories)
    whose = f"{names}: " if names else ""
    article = "Art. 28(3)(g)" if activity.role == "processor" else "Art. 30(1)(f)"
    why = f" ({rule.reason})" if rule.reason else ""
    if words := limit_words(rule):
        yield Item(f"{whose}{words}{why}", source=source, invented=rule.invented)
    if rule.period is not None and not rule.trigger:
        yield missing(article, f"{whose}what the period is counted from is not recorded")
    if rule.stated is not None:
        yield quoted(rule.stated, source)
    if rule.period is None and rule.until is None:
        yield missing(article, f"{whose}no period is stated")


def limit_words(rule: RetentionFields) -> str:
    """`6 years, counted from: the last order, or until: an objection`; empty where no clear limit is recorded."""
    if rule.period is None:
        return f"until: {rule.until}" if rule.until else ""
    trigger = f", counted from: {rule.trigger}" if rule.trigger else ""
    until = f", or until: {rule.until}" if rule.until else ""
    return f"{Period.parse(rule.period).words()}{trigger}{until}"


def _bases(register: Register, activity: ActivityFields) -> Iterator[Item]:
    law = LawBook.in_use()
    for each in register.lawful_bases_of(activity.key):
        known = law.lawful_basis(each.basis)
        words = f"{known.name}, {known.article}" if known else each.basis
        words += f", for: {each.purpose}" if each.purpose else ""
        words += f". {each.justification}" if each.justification else ""
        source = "" if each.source == activity.source else each.source or ""
        yield Item(words, source=source, invented=each.invented)
        if each.assessment is not None:
            yield Item(f"assessment: {document_words(register, each.assessment)}")
        elif each.basis == "legitimate-interests":
            yield missing("Art. 6(1)(f)", "legitimate-interests assessment not recorded")
        if each.consent_record is not None:
            yield Item(f"record of consent: {each.consent_record}", source=source, invented=each.invented)


def _conditions(register: Register, activity: ActivityFields) -> Iterator[Item]:
    for each in register.conditions_of(activity.key):
        known = LawBook.in_use().condition(each.condition)
        words = f"{known.name}, {known.article}" if known else each.condition
        data = ", ".join(register.data_categories[key].name for key in each.data_categories)
        words += f", for: {data}" if data else ""
        words += f". {each.justification}" if each.justification else ""
        yield Item(words, source=each.source or "", invented=each.invented)
        if each.policy_document is not None:
            yield Item(f"policy document: {document_words(register, each.policy_document)}")
        if each.policy_followed is not None:
            because = f": {each.policy_departure}" if each.policy_departure else ""
            yield Item("the policy is followed" if each.policy_followed else f"the policy is not followed{because}")
