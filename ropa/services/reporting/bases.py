"""The overview of lawful bases and Article 9 and 10 conditions: what each rests on, and what the rules find."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields, ConditionFields, LawfulBasisFields
from ropa.reports.page import Item, missing
from ropa.reports.tables import Column, Items, Report, Row, Section
from ropa.rules.questions.lawfulness import RULES
from ropa.services.reporting.table import (
    document_cell,
    finding_item,
    found_items,
    left_out,
    named,
    of,
    or_gap,
    or_words,
    running,
)
from ropa.services.subjects import findings_about

if TYPE_CHECKING:
    from ropa.services.workspace import View

_COLUMNS = (
    Column("activity", "Activity", 3),
    Column("for", "For which purpose or data", 3),
    Column("basis", "Basis or condition", 3),
    Column("justification", "Justification", 3),
    Column("evidence", "Evidence and its state", 3),
    Column("findings", "What the rules find", 4),
)
_OF_CONDITIONS = frozenset(
    {"article-9-condition-missing", "schedule-1-condition-missing", "article-10-condition-missing"}
    | {"policy-document-missing"}
)
_OF_BASES = frozenset(rule.id for rule in RULES) - _OF_CONDITIONS - {"dpia-missing"}
_OF_ONE_BASIS = {"lia-missing": "legitimate-interests", "vital-interests-doubtful": "vital-interests"}
_NOTHING = "no rule finds anything here"


def bases_overview(view: View) -> Report:
    """The lawful bases of one organisation on the view's date."""
    owner = view.register.organisation
    mine = [each for each in running(view) if each.role != "processor"]
    others = [each for each in running(view) if each.role == "processor"]
    sections = []
    if mine:
        sections.append(Section("Own purposes", tuple(row for each in mine for row in _rows(view, each))))
    if others:
        rows = tuple(row for each in others for row in _recorded(view, each))
        words = "Done on behalf of others: the lawful basis is the controller's to have. Activities: "
        words += f"{', '.join(each.name for each in others)}."
        sections.append(Section("On behalf of others", rows, (Item(words, source="Art. 4(8), 6(1), 28(3)"),)))
    return Report(
        id="bases",
        title="Lawful bases",
        law="Art. 5(2), 6(1), 9(2), 10",
        organisation=owner.legal_name or owner.name,
        on=view.on,
        unit="Record",
        columns=_COLUMNS,
        sections=tuple(sections),
        remarks=left_out(view) if sections else (missing(what="no running activity is recorded"),),
    )


def _rows(view: View, activity: ActivityFields) -> Iterator[Row]:
    """A row for each basis and each condition; one that says so where there should be one and is none."""
    register = view.register
    recorded = list(_recorded(view, activity))
    name = (Item(activity.name, invented=activity.invented),)
    if not register.lawful_bases_of(activity.key):
        purposes = tuple(Item(each) for each in activity.purposes)
        gap = (missing("Art. 6(1)"),)
        found = or_gap(found_items(view, f"activity/{activity.key}", _OF_BASES), "Art. 6(1)")
        yield (name, or_gap(purposes, "Art. 30(1)(b)", "purposes not recorded"), gap, gap, gap, found)
    yield from recorded
    marked = [register.data_categories[key] for key in activity.data_categories]
    marked = [each for each in marked if each.special or each.criminal]
    if marked and not register.conditions_of(activity.key):
        article = "Art. 9(2)" if any(each.special for each in marked) else "Art. 10"
        gap = (missing(article),)
        found = or_gap(found_items(view, f"activity/{activity.key}", _OF_CONDITIONS), article)
        yield (name, named(marked), gap, gap, gap, found)


def _recorded(view: View, activity: ActivityFields) -> Iterator[Row]:
    for basis in view.register.lawful_bases_of(activity.key):
        yield _basis(view, activity, basis)
    for condition in view.register.conditions_of(activity.key):
        yield _condition(view, activity, condition)


def _basis(view: View, activity: ActivityFields, basis: LawfulBasisFields) -> Row:
    known = LawBook.in_use().lawful_basis(basis.basis)
    purposes = (Item(basis.purpose),) if basis.purpose else tuple(Item(each) for each in activity.purposes)
    return (
        (Item(activity.name, invented=activity.invented),),
        or_gap(purposes, "Art. 30(1)(b)", "purposes not recorded"),
        (of(basis, f"{known.name}, {known.article}" if known else basis.basis),),
        or_gap([Item(basis.justification)] if basis.justification else [], "Art. 5(2)"),
        _evidence(view, basis),
        or_words(_found(view, activity, basis.basis), _NOTHING),
    )


def _found(view: View, activity: ActivityFields, basis: str) -> Items:
    """What the rules find about an activity's bases, without what they find about another one than this."""
    found = [
        each
        for _, each in findings_about(view, f"activity/{activity.key}")
        if (each.rule in _OF_BASES and _OF_ONE_BASIS.get(each.rule, basis) == basis) or each.rule == "processor-decides"
    ]
    mine = [each for each in found if each.rule != "lawful-basis-not-available" or each.detail.startswith(f"{basis} ")]
    return tuple(dict.fromkeys(finding_item(view, each, activity.name) for each in mine))


def _evidence(view: View, basis: LawfulBasisFields) -> Items:
    """The assessment of legitimate interests with its state, the record of consent; what the basis asks for."""
    found = list(document_cell(view.register, basis.assessment, view.on))
    if basis.basis == "legitimate-interests" and not found:
        found.append(missing("Art. 6(1)(f), 5(2)", "legitimate-interests assessment (LIA) not recorded"))
    if basis.consent_record:
        found.append(Item(f"record of consent: {basis.consent_record}"))
    elif basis.basis == "consent":
        found.append(missing("Art. 7(1)", "record of consent not recorded"))
    return or_words(found, "this basis asks for no assessment and no record of consent")


def _condition(view: View, activity: ActivityFields, condition: ConditionFields) -> Row:
    register = view.register
    known = LawBook.in_use().condition(condition.condition)
    keys = condition.data_categories or tuple(
        key
        for key in activity.data_categories
        if register.data_categories[key].special or register.data_categories[key].criminal
    )
    data = named(register.data_categories[key] for key in keys)
    return (
        (Item(activity.name, invented=activity.invented),),
        or_gap(data, what="no data of the activity is marked as special or as about offences"),
        (of(condition, f"{known.name}, {known.article}" if known else condition.condition),),
        or_gap([Item(condition.justification)] if condition.justification else [], "Art. 5(2)"),
        tuple(_policy(view, condition)),
        or_words(found_items(view, f"activity/{activity.key}", _OF_CONDITIONS), _NOTHING),
    )


def _policy(view: View, condition: ConditionFields) -> Iterator[Item]:
    """The appropriate policy document, and whether the data is kept as it says (DPA 2018 Sch. 1 Part 4)."""
    known = LawBook.in_use().condition(condition.condition)
    found = document_cell(view.register, condition.policy_document, view.on)
    asked = known.policy_document if known else ""
    if not found and not asked:
        yield Item("this condition asks for no policy document")
        return
    part_4 = "DPA 2018 Sch. 1 Part 4"
    yield from or_gap(found, part_4, "appropriate policy document not recorded")
    if condition.policy_followed is None:
        yield missing("DPA 2018 Sch. 1 para. 41(c)", "whether the policy is followed is not recorded")
    elif condition.policy_followed:
        yield Item("policy followed")
    else:
        yield Item(f"policy not followed: {condition.policy_departure or 'why is not recorded'}", "!", part_4)
