"""The retention schedule: by activity and data category how long, from when, what then, and where that is stated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ropa.records.activity import ActivityFields, RetentionFields
from ropa.records.register import Register
from ropa.reports.page import Item, missing, quoted
from ropa.reports.tables import Column, Items, Report, Row, Section
from ropa.rules.period import Period
from ropa.services.reporting.table import document_cell, left_out, named, or_gap, running

if TYPE_CHECKING:
    from ropa.services.workspace import View

_COLUMNS = (
    Column("activity", "Activity", 3),
    Column("data", "Data", 3),
    Column("period", "How long", 4),
    Column("trigger", "Counted from", 2),
    Column("then", "What happens then", 3),
    Column("reason", "Why that long", 2),
    Column("stated", "Where stated", 3),
)
_THEN = {
    True: Item("deleted or returned, as the controller chooses", source="Art. 28(3)(g)"),
    False: Item("erased or made anonymous", source="Art. 5(1)(e), 17(1)(a)"),
}
_PARTS = (
    ("As controller", ("controller", "joint-controller")),
    ("As processor", ("processor",)),
    ("Role not recorded", (None,)),
)


def retention_schedule(view: View) -> Report:
    """The retention schedule of one organisation on the view's date."""
    owner = view.register.organisation
    sections = []
    for title, roles in _PARTS:
        mine = [each for each in running(view) if each.role in roles]
        if mine:
            sections.append(Section(title, tuple(row for each in mine for row in _rows(view, each))))
    note = "What happens at the end is what the law asks; a note of the register stands beside it where there is one."
    return Report(
        id="retention",
        title="Retention schedule",
        law="Art. 5(1)(e), 30(1)(f)",
        organisation=owner.legal_name or owner.name,
        on=view.on,
        unit="Record",
        columns=_COLUMNS,
        sections=tuple(sections),
        remarks=(Item(note), *left_out(view)) if sections else (missing(what="no running activity is recorded"),),
    )


def _rows(view: View, activity: ActivityFields) -> Iterator[Row]:
    """A row for each rule and the data that it is for; data without a rule last, and marked."""
    register = view.register
    rules = register.retention_of(activity.key)
    for rule in rules:
        yield _row(view, activity, _data(register, rule.data_categories or activity.data_categories), rule)
    ruled = {key for rule in rules for key in rule.data_categories or activity.data_categories}
    left = [key for key in activity.data_categories if key not in ruled]
    if left or not rules:
        yield _row(view, activity, _data(register, left), None)


def _data(register: Register, keys: tuple[str, ...] | list[str]) -> Items:
    return or_gap(named(register.data_categories[key] for key in keys), "Art. 30(1)(c)")


def _row(view: View, activity: ActivityFields, data: Items, rule: RetentionFields | None) -> Row:
    processor = activity.role == "processor"
    article = "Art. 28(3)(g)" if processor else "Art. 30(1)(f)"
    name = (Item(activity.name, invented=activity.invented),)
    policy = document_cell(view.register, activity.retention_policy, view.on)
    if rule is None:
        gap = (missing(article),)
        return (name, data, gap, gap, (_THEN[processor],), gap, policy or gap)
    then = [_THEN[processor], *([quoted(rule.note)] if rule.note else [])]
    stated = [Item(source)] if (source := rule.source or activity.source) else []
    return (
        name,
        data,
        tuple(_period(rule, article)),
        _counted(rule, article),
        tuple(then),
        or_gap([Item(rule.reason)] if rule.reason else [], "Art. 5(1)(e), 5(2)"),
        or_gap([*stated, *policy]),
    )


def _period(rule: RetentionFields, article: str) -> Iterator[Item]:
    """The period, the event that ends it, and the source's own words; words that are no period are not one."""
    if rule.period is not None:
        yield Item(Period.parse(rule.period).words(), invented=rule.invented)
    if rule.until is not None:
        yield Item(f"{'or ' if rule.period else ''}until: {rule.until}", invented=rule.invented)
    if rule.stated is not None:
        yield quoted(rule.stated)
    if rule.period is None and rule.until is None:
        yield missing(article, "no period is stated" if rule.stated else "no period is recorded")


def _counted(rule: RetentionFields, article: str) -> Items:
    if rule.trigger is not None:
        return (Item(rule.trigger),)
    if rule.period is None and rule.until is not None:
        return (Item("no period to count"),)
    return (missing(article),)
