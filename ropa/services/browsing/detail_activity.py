"""A processing activity in words: why, whose, what, how long, where it goes, how it is kept safe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ropa.flows.crossings import name_of, places_of
from ropa.flows.edges import ORGANISATION, Edge, edges
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.category import DataCategoryFields, SubjectCategoryFields
from ropa.records.party import PartyFields
from ropa.records.register import Register
from ropa.rules.period import Period
from ropa.services.browsing.detail_parts import Detail, Line, Part, needs_part, part, sources, verdict_lines
from ropa.services.browsing.detail_record import field_lines
from ropa.services.wording import long_day
from ropa.services.workspace import View

ROLES: dict[str | None, str] = {
    "controller": "controller",
    "joint-controller": "joint controller",
    "processor": "processor",
    None: "? role not recorded",
}

_SAID = frozenset(
    {
        "key", "name", "role", "purposes", "description", "business_function", "owner", "controllers",
        "joint_controllers", "processing", "subject_categories", "data_categories", "data_source", "systems",
        "recipients", "security", "since", "until", "source", "note", "invented",
    }
)  # fmt: skip
"""The fields that a part of their own shows."""


def activity_detail(view: View, activity: ActivityFields) -> Detail:
    """The detail of an activity, the findings about it first."""
    subject = f"activity/{activity.key}"
    parts = [
        *needs_part(view, subject),
        *part("Why", list(_why(view, activity))),
        *_for_whom(view.register, activity),
        *part("Whose", _subjects(view.register.subject_categories, activity.subject_categories)),
        *part("What", _data(view.register.data_categories, activity.data_categories)),
        *part("From", [Line(activity.data_source)] if activity.data_source else [], ask=False),
        *part("Keeps", list(_keeps(view.register, activity))),
        *part("Goes to", list(_goes(view, activity)) + [Line(name) for name in activity.recipients], ask=False),
        *part("Security", [Line(measure) for measure in activity.security]),
        *part("Systems", [_system(view.register, key) for key in activity.systems], ask=False),
        *part("Since", [Line(_time(activity))] if activity.since or activity.until else [], ask=False),
        *part("Also", field_lines(view, activity, _SAID), ask=False),
        *sources(activity),
    ]
    subtitle = " · ".join(filter(None, (ROLES[activity.role], activity.business_function, activity.owner)))
    return Detail("activity", activity.key, activity.name, subtitle, tuple(parts))


def _why(view: View, activity: ActivityFields) -> Iterator[Line]:
    law = LawBook.in_use()
    yield from (Line(purpose) for purpose in activity.purposes)
    yield from (Line(f"on behalf of its controllers: {words}") for words in activity.processing)
    if activity.description:
        yield Line(activity.description)
    bases = view.register.lawful_bases_of(activity.key)
    if not bases and activity.role != "processor":
        yield Line("lawful basis not recorded", "?")
    for basis in bases:
        entry = law.lawful_basis(basis.basis)
        purpose = f", for {basis.purpose}" if basis.purpose else ""
        yield Line(f"{entry.name if entry else basis.basis}{purpose}", target=f"lawful_basis/{basis.key}")
        if basis.justification:
            yield Line(basis.justification, indent=1)
        if basis.assessment:
            name = view.register.documents[basis.assessment].name
            yield Line(f"assessment: {name}", target=f"document/{basis.assessment}", indent=1)
    for condition in view.register.conditions_of(activity.key):
        stated = law.condition(condition.condition)
        yield Line(stated.name if stated else condition.condition, target=f"condition/{condition.key}")


def _for_whom(register: Register, activity: ActivityFields) -> list[Part]:
    found = part("For", _parties(register.parties, activity.controllers), ask=activity.role == "processor")
    return found + part("Together", _parties(register.parties, activity.joint_controllers), ask=False)


def _parties(parties: Mapping[str, PartyFields], keys: Iterable[str]) -> list[Line]:
    return [Line(parties[key].name, target=f"party/{key}") for key in keys]


def _subjects(known: Mapping[str, SubjectCategoryFields], keys: Iterable[str]) -> list[Line]:
    return [
        Line(known[key].name + (" (vulnerable)" if known[key].vulnerable else ""), target=f"subject_category/{key}")
        for key in keys
    ]


def _data(known: Mapping[str, DataCategoryFields], keys: Iterable[str]) -> list[Line]:
    found = []
    for key in keys:
        category = known[key]
        marks = [f"special category: {category.special.replace('-', ' ')}, Art. 9"] if category.special else []
        marks += ["criminal-offence data, Art. 10"] if category.criminal else []
        text = f"{category.name} ({'; '.join(marks)})" if marks else category.name
        found.append(Line(text, target=f"data_category/{key}"))
    return found


def _keeps(register: Register, activity: ActivityFields) -> Iterator[Line]:
    for rule in register.retention_of(activity.key):
        which = ", ".join(register.data_categories[key].name for key in rule.data_categories)
        words = [Period.parse(rule.period).words()] if rule.period else []
        words += [f"from {rule.trigger}"] if rule.trigger else []
        words += [f"until {rule.until}"] if rule.until else []
        text = " ".join(words)
        text = f"{which}: {text}" if which and text else text or which
        target = f"retention/{rule.key}"
        if text and words:
            yield Line(text, target=target)
        else:
            yield Line(f"{which}: no period recorded" if which else "no period recorded", "?", target)
        if rule.stated:
            yield Line(f"as stated: “{rule.stated}”", indent=1)


def _goes(view: View, activity: ActivityFields) -> Iterator[Line]:
    """Each flow to somebody else with the verdict on it; flows that stay inside say where the data lies."""
    law = LawBook.in_use()
    crossed: dict[Edge, list[int]] = {}
    for number in view.crossed.get(activity.key, ()):
        crossed.setdefault(view.crossings[number].edge, []).append(number)
    for edge in edges(view.register, view.on, activity.key):
        if not edge.receiver.startswith(("party/", "system/")):
            continue
        places = list(filter(None, places_of(view.register, edge)))
        where = ", ".join(law.country_name(place) for place in places) or "country not recorded"
        arrow = "" if edge.sender == ORGANISATION else f"↳ from {name_of(view.register, edge.sender)}: "
        unknown = "who runs it is not recorded, " if edge.receiver.startswith("system/") else ""
        service = f": {edge.service}" if edge.service else ""
        mark = "" if places and not unknown else "?"
        yield Line(f"{arrow}{name_of(view.register, edge.receiver)} ({unknown}{where}){service}", mark, edge.receiver)
        for number in crossed.get(edge, ()):
            crossing = view.crossings[number]
            yield from verdict_lines(crossing, target=f"crossing/{number}", reasons=False)


def _system(register: Register, key: str) -> Line:
    system = register.systems[key]
    law = LawBook.in_use()
    where = ", ".join(law.country_name(place) for place in system.hosting) or "where it is hosted is not recorded"
    return Line(f"{system.name} ({where})", "" if system.hosting else "?", f"system/{key}")


def _time(activity: ActivityFields) -> str:
    began = f"since {long_day(activity.since)}" if activity.since else ""
    ended = f"until {long_day(activity.until)}" if activity.until else ""
    return " ".join(filter(None, (began, ended)))
