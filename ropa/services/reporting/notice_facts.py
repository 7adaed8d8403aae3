"""The facts of a privacy notice (Art. 13, 14): what each category of people must be told, and what is missing.

It gathers what is recorded for a person who writes the notice; it is no notice, and it decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.category import SubjectCategoryFields
from ropa.reports.page import Item, Line, missing
from ropa.reports.tables import Column, Items, Report, Row, Section
from ropa.services.contacts import contact_items, party_name
from ropa.services.record.lines import asked_lines, required_lines
from ropa.services.record.transfers import crossings_for
from ropa.services.record.unmade import COMPELLING
from ropa.services.reporting.notice_law import Right, complaints, facts, rights
from ropa.services.reporting.table import left_out, of, or_gap, or_words, running

if TYPE_CHECKING:
    from ropa.services.workspace import View

_COLUMNS = (
    Column("activity", "Activity", 2),
    Column("what", "What people are told", 2),
    Column("recorded", "What is recorded", 6),
    Column("article", "Asked for by", 2),
)
_EVERY = "All activities"
_NO_RIGHT = "none that is known here was in force on this date"
_ARTICLE = re.compile(r" — Art\. [0-9a-z(), to-]+$")  # what `missing` puts behind the words


def notice_facts(view: View) -> Report:
    """What a notice to each category of people must say, by what is recorded on the view's date."""
    register, owner = view.register, view.register.organisation
    mine = [each for each in running(view) if each.role != "processor"]
    by_people = {key: [each for each in mine if key in each.subject_categories] for key in register.subject_categories}
    sections = [_section(view, register.subject_categories[key], found) for key, found in by_people.items() if found]
    nobody = [each for each in mine if not each.subject_categories]
    if nobody:
        rows = (*_general(view, nobody), *(row for each in nobody for row in _of_activity(view, each)))
        gap = missing("Art. 30(1)(c)", "whom these activities are about")
        sections.append(Section("People who are not recorded", rows, (gap,)))
    others = sum(each.role == "processor" for each in running(view))
    remarks = [Item("What is done on behalf of others is told by its controllers.", source="Art. 13(1), 14(1)")]
    return Report(
        id="notice-facts",
        title="Facts for privacy notices",
        law="Art. 12, 13, 14",
        organisation=owner.legal_name or owner.name,
        on=view.on,
        unit="People",
        columns=_COLUMNS,
        sections=tuple(sections),
        remarks=(
            *(() if sections else (missing(what="no activity as controller that runs is recorded"),)),
            *(remarks if others else ()),
            *left_out(view),
        ),
    )


def _section(view: View, people: SubjectCategoryFields, activities: Sequence[ActivityFields]) -> Section:
    rows = (*_general(view, activities), *(row for each in activities for row in _of_activity(view, each)))
    remarks = []
    if people.vulnerable:
        words = "Recorded as vulnerable: information is given in language that they understand."
        remarks.append(Item(words, source="Art. 12(1)"))
    notices = dict.fromkeys(each.privacy_notice for each in activities)
    for key in notices:
        if key is not None:
            document = view.register.documents[key]
            remarks.append(of(document, f"Told today by: {document.name}"))
    if None in notices:
        without = ", ".join(each.name for each in activities if each.privacy_notice is None)
        remarks.append(missing("Art. 13, 14", f"which notice tells of: {without}"))
    return Section(people.name, rows, tuple(remarks), people.invented)


def _row(activity: Item, name: str, recorded: Items) -> Row:
    """A row; a gap names the article that asks."""
    fact = facts()[name]
    told = tuple(_asking(each, fact.asked) for each in recorded)
    return ((activity,), (Item(fact.title),), told, (Item(fact.asked),))


def _asking(item: Item, article: str) -> Item:
    """The item; one for what is not recorded names the article of the notice in place of the record's."""
    if item.mark != "?":
        return item
    return missing(article, _ARTICLE.sub("", item.text))


def _general(view: View, activities: Sequence[ActivityFields]) -> Iterator[Row]:
    """What is the same for every activity: who is responsible, how to reach them, where to complain."""
    owner, register = view.register.organisation, view.register
    every = Item(_EVERY)
    address = (Item(owner.address),) if owner.address else ()
    reached = tuple(dict.fromkeys((*address, *contact_items(owner.contact))))
    contact = or_gap(reached, what="contact details not recorded")
    who = Item(owner.legal_name or owner.name, invented=owner.invented)
    yield _row(every, "controller", tuple(dict.fromkeys((who, *contact))))
    joint = dict.fromkeys(key for each in activities for key in each.joint_controllers)
    for key in joint:
        party = register.parties[key]
        address = (Item(party.address),) if party.address else ()
        where = or_gap(
            tuple(dict.fromkeys((*address, *contact_items(party.contact)))), what="contact details not recorded"
        )
        who = Item(f"joint controller: {party_name(party)}", invented=party.invented)
        yield _row(every, "controller", (who, *where))
    if (found := contact_items(owner.representative)) or _needs_representative(view):
        yield _row(every, "representative", or_gap(found))
    officer = or_gap(contact_items(owner.dpo), what="none recorded; told where one is designated")
    yield _row(every, "dpo", officer)
    told = tuple(_right_item(each) for each in complaints() if each.holds(view.regimes, view.on))
    yield _row(every, "complaint", or_words(told, _NO_RIGHT))


def _needs_representative(view: View) -> bool:
    """Whether the organisation is established outside the territory of a regime that binds it (Art. 27)."""
    country, law = view.register.organisation.country, LawBook.in_use()
    return country is not None and any(not law.inside(country, regime, view.on) for regime in view.regimes)


def _of_activity(view: View, activity: ActivityFields) -> Iterator[Row]:
    """What depends on the activity, in the order of Article 13."""
    lines = {each.id: each for each in (*required_lines(view, activity), *asked_lines(view, activity))}
    name = Item(activity.name, invented=activity.invented)
    yield _row(name, "purposes", _items(lines, "purposes"))
    conditions = tuple(_conditions(view, activity)) if "condition" in lines else ()
    asked = lines["condition"].items if "condition" in lines and not conditions else ()
    yield _row(name, "bases", (*or_gap(list(_bases(view, activity))), *conditions, *asked))
    if interests := tuple(_interests(view, activity)):
        yield _row(name, "interests", interests)
    yield _row(name, "data", _items(lines, "data"))
    yield _row(name, "recipients", _items(lines, "recipients"))
    covered = lines["mechanism"].items if "mechanism" in lines else ()
    yield _row(name, "transfers", (*_items(lines, "transfers"), *covered, *_copies(view, activity)))
    yield _row(name, "retention", _items(lines, "retention"))
    yield _row(name, "rights", or_words(tuple(_rights(view, activity)), _NO_RIGHT))
    yield _row(name, "obliged", (missing(what="no field of the register holds it; see the contract or the law"),))
    yield _row(name, "source", or_gap([Item(activity.data_source)] if activity.data_source else []))
    yield _row(name, "automated", tuple(_automated(activity)))


def _items(lines: Mapping[str, Line], name: str) -> Items:
    return lines[name].items if name in lines else (missing(),)


def _bases(view: View, activity: ActivityFields) -> Iterator[Item]:
    """Each basis and its purpose; that it was assessed is shown to the authority, and no part of a notice."""
    for each in view.register.lawful_bases_of(activity.key):
        known = LawBook.in_use().lawful_basis(each.basis)
        words = f"{known.name}, {known.article}" if known else each.basis
        yield of(each, f"{words}, for: {each.purpose}" if each.purpose else words)


def _conditions(view: View, activity: ActivityFields) -> Iterator[Item]:
    """Each condition and its data; the policy document and whether it is followed are no part of a notice."""
    for each in view.register.conditions_of(activity.key):
        known = LawBook.in_use().condition(each.condition)
        words = f"{known.name}, {known.article}" if known else each.condition
        data = ", ".join(view.register.data_categories[key].name for key in each.data_categories)
        yield of(each, f"{words}, for: {data}" if data else words)


def _copies(view: View, activity: ActivityFields) -> Iterator[Item]:
    """That people must be told where they get a copy of what covers a transfer, where something signed does."""
    law = LawBook.in_use()
    used = [
        each
        for crossing in crossings_for(view, (activity,))
        for key in crossing.transfers
        for each in view.register.safeguards_of(key)
    ]
    known = [law.instrument(each.instrument) for each in used]
    if any(each is not None and (each.family == "tool" or each.id == COMPELLING) for each in known):
        yield missing(what="no field of the register holds how people get a copy of these safeguards")


def _interests(view: View, activity: ActivityFields) -> Iterator[Item]:
    """The interests that legitimate interests are about: the justification says them, or nobody has recorded any."""
    for each in view.register.lawful_bases_of(activity.key):
        if each.basis == "legitimate-interests":
            whose = f"{each.purpose}: " if each.purpose else ""
            if each.justification:
                yield of(each, f"{whose}{each.justification}")
            else:
                yield missing(what=f"{whose}which interest is not recorded")


def _rights(view: View, activity: ActivityFields) -> Iterator[Item]:
    """The rights that follow from what is recorded, and those that somebody recorded for this activity."""
    bases = [each.basis for each in view.register.lawful_bases_of(activity.key)]
    conditions = [each.condition for each in view.register.conditions_of(activity.key)]
    automated = activity.automated_decisions == "yes"
    for right in rights():
        if right.holds(view.regimes, view.on) and right.follows_from(bases, conditions, automated=automated):
            yield _right_item(right, bases)
    if not bases:
        yield missing(what="which further rights there are cannot be told: lawful basis not recorded")
    for each in activity.rights:
        yield of(activity, f"recorded for this activity: {each}")


def _right_item(right: Right, bases: Sequence[str] = ()) -> Item:
    limits = [right.limits[each] for each in dict.fromkeys(bases) if each in right.limits]
    words = "; ".join((right.text, *limits))
    if right.doubt:
        return Item(f"{words} (not checked against its source: {right.doubt})", "!", right.source)
    return Item(words, source=right.source)


def _automated(activity: ActivityFields) -> Iterator[Item]:
    """Whether there are such decisions; where there are, the logic and what it means for people."""
    if activity.automated_decisions == "yes":
        yield Item("yes")
        yield from or_gap(
            [Item(activity.automated_detail)] if activity.automated_detail else [],
            what="the logic, and what it means for people, is not recorded",
        )
    else:
        said = [Item("none")] if activity.automated_decisions == "no" else [missing()]
        yield from said
        if activity.automated_detail:
            yield Item(activity.automated_detail)
