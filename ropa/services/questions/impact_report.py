"""What `ropa impact` says: for people as text, for programs as plain values described in docs/chains-json.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ropa.flows.crossings import name_of
from ropa.records.register import Register
from ropa.services.layout import address_of, contact_of, country_of, known, plain_party, wrapped
from ropa.services.questions.impact import RECORDED, Duty, Impact
from ropa.services.wording import NOT_RECORDED, listed, long_day

FORMAT = 1
_ROLES = {
    "processor": "As processor",
    "controller": "As controller",
    "joint-controller": "As joint controller",
    "": "In a role that is not recorded, and so as a controller would",
}


def as_text(found: Impact) -> str:
    """The impact for people: duties first, since they have a clock."""
    register = found.view.register
    lines = [f"Impact of {found.name} ({found.subject}) · {register.organisation.name} · {long_day(found.view.on)}", ""]
    if not found.reach.activities:
        lines += wrapped("No flow of this register has to do with it on this day, by what is recorded.", 0, 2)
        lines += ["", *_idle(found)]
        return "\n".join(lines).rstrip() + "\n"
    lines += ["Who must be told of a personal data breach", *_duties(found), ""]
    lines += ["What is affected", *_affected(found), ""]
    lines += ["Upstream: where the data comes from", *_nodes(register, found.reach.upstream), ""]
    lines += ["Downstream: where the data goes on to", *_nodes(register, found.reach.downstream), ""]
    lines += [*_idle(found)]
    lines += ["Contacts", *_contacts(found)]
    return "\n".join(lines).rstrip() + "\n"


def _duties(found: Impact) -> Iterator[str]:
    register = found.view.register
    for duty in found.duties:
        names = listed([register.activities[key].name for key in duty.activities])
        yield from wrapped(f"{_ROLES[duty.role]} ({names}): {duty.text} ({duty.source})", 2, 2)
        for key in duty.tell:
            party = register.parties[key]
            yield from wrapped(f"→ {party.name}: {known(contact_of(party))}", 4, 2)
        for key in duty.unnamed:
            words = "controllers" if duty.role == "processor" else "joint controllers"
            yield from wrapped(f"→ ? The {words} of {register.activities[key].name} are {NOT_RECORDED}.", 4, 2)
    yield from wrapped(f"{RECORDED[0]} ({RECORDED[1]})", 2, 2)


def _affected(found: Impact) -> Iterator[str]:
    register = found.view.register
    for each in found.reach.activities:
        activity = register.activities[each.activity]
        yield from wrapped(activity.name, 2, 2)
        data = ", ".join(data_words(register, key) for key in each.data)
        people = ", ".join(people_words(register, key) for key in activity.subject_categories)
        yield from wrapped(f"Data    {data or f'? {NOT_RECORDED}'}", 4, 8)
        yield from wrapped(f"People  {people or f'? {NOT_RECORDED}'}", 4, 8)


def data_words(register: Register, key: str) -> str:
    """A data category with what makes it weigh more: special category (Art. 9), criminal offences (Art. 10)."""
    category = register.data_categories[key]
    special = "" if category.special is None else category.special.replace("-", " ")
    marks = [f"special category: {special}"] if special else []
    marks += ["criminal offences"] if category.criminal else []
    return f"{category.name} (! {'; '.join(marks)})" if marks else category.name


def people_words(register: Register, key: str) -> str:
    """A category of people, with the mark of those who cannot easily object."""
    category = register.subject_categories[key]
    return f"{category.name} (! vulnerable)" if category.vulnerable else category.name


def _nodes(register: Register, nodes: Sequence[str]) -> Iterator[str]:
    kinds = {"subject": "people", "system": "system", "party": "party", "organisation": "the organisation"}
    for node in nodes:
        kind, _, key = node.partition("/")
        where = f", {known(country_of(register.parties[key]))}" if kind == "party" else ""
        if kind == "system" and (operator := register.systems[key].operator):
            where = f" of {register.parties[operator].name}"
        yield from wrapped(f"- {name_of(register, node)} ({kinds[kind]}{where})", 2, 4)
    if not nodes:
        yield "  nobody that is recorded"


def _idle(found: Impact) -> Iterator[str]:
    register = found.view.register
    if found.idle:
        yield "Engaged too, without receiving data"
        for each in found.idle:
            work = f" ({each.service})" if each.service else ""
            yield from wrapped(f"- {register.activities[each.activity].name}{work}", 2, 4)
        yield ""


def _contacts(found: Impact) -> Iterator[str]:
    register = found.view.register
    if not found.parties:
        yield "  nobody but the organisation itself is concerned"
    for key in found.parties:
        party = register.parties[key]
        legal = "" if party.legal_name in (None, party.name) else f" ({party.legal_name})"
        words = f"{party.name}{legal}: {known(contact_of(party))}; address: {known(address_of(party))}"
        yield from wrapped(words, 2, 4)


def as_json(found: Sequence[Impact]) -> dict[str, Any]:
    """The impacts as plain values."""
    return {
        "format": FORMAT,
        "on": found[0].view.on.isoformat() if found else None,
        "impacts": [_plain(each) for each in found],
    }


def _plain(found: Impact) -> dict[str, Any]:
    register = found.view.register
    return {
        "organisation": register.organisation.key,
        "subject": found.subject,
        "name": found.name,
        "activities": [
            {
                "key": each.activity,
                "role": register.activities[each.activity].role,
                "data_categories": list(each.data),
                "upstream": list(each.upstream),
                "downstream": list(each.downstream),
            }
            for each in found.reach.activities
        ],
        "upstream": list(found.reach.upstream),
        "downstream": list(found.reach.downstream),
        "people": [
            {"key": key, "name": register.subject_categories[key].name,
             "vulnerable": register.subject_categories[key].vulnerable}
            for key in found.people
        ],
        "data_categories": [
            {"key": key, "name": register.data_categories[key].name, "special": register.data_categories[key].special,
             "criminal": register.data_categories[key].criminal}
            for key in found.data
        ],
        "duties": [_plain_duty(each) for each in found.duties],
        "contacts": [plain_party(key, register.parties[key]) for key in found.parties],
        "engaged_without_data": [each.activity for each in found.idle],
    }  # fmt: skip


def _plain_duty(duty: Duty) -> dict[str, Any]:
    return {
        "role": duty.role,
        "activities": list(duty.activities),
        "hours": duty.hours,
        "text": duty.text,
        "source": duty.source,
        "tell": list(duty.tell),
        "not_recorded": list(duty.unnamed),
    }
