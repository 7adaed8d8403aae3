"""What the columns of a published list of vendors are, by the words of their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Column = Literal["name", "legal_name", "services", "data", "countries", "website", "since"]

LONGEST = 6
"""Words of a heading that is looked at; more are a sentence."""
LONGEST_ALONE = 3
"""Words of the heading of names where no other column means anything."""

_NO_WORD = re.compile(r"[\W_]+")

_PHRASES: dict[str, Column] = {
    "service provider": "name",
    "service provider name": "name",
    "name of service provider": "name",
    "data processor": "name",
    "data sub processor": "name",
    "data subprocessor": "name",
    "data importer": "name",
    "legal entity": "legal_name",
    "legal entity name": "legal_name",
    "entity legal name": "legal_name",
    "nature of processing": "services",
    "nature and purpose of processing": "services",
    "subject matter": "services",
    "what for": "services",
    "used for": "services",
    "what they do": "services",
    "what it does": "services",
    "what we use it for": "services",
    "role": "services",
    "why": "services",
    "where": "countries",
    "who": "name",
    "what": "services",
    "as of": "since",
    "in use since": "since",
}

_SPELT: tuple[tuple[Column | None, str], ...] = (
    (None, "mechanism safeguard safeguards subjects subject retention dpa contact email address protection"),
    (
        "countries",
        "location locations country countries region regions hosting territory territories jurisdiction place places "
        "standort land pays",
    ),
    ("since", "since date added effective started start"),
    ("website", "website url link links web homepage site"),
    ("legal_name", "legal registered"),
    (
        "services",
        "purpose purposes service services activity activities function functions description task tasks usage use "
        "zweck",
    ),
    ("data", "data categories category information types"),
    (
        "name",
        "entity entities subprocessor subprocessors processor processors company companies vendor vendors name "
        "supplier suppliers provider providers recipient recipients organisation organization partner party affiliate",
    ),
)
_WORDS = tuple((column, frozenset(text.split())) for column, text in _SPELT)
"""In order: the `country of the entity` is a place, the `purpose of the data processing` a service."""
_COMPANY_PLACE = frozenset(("company", "corporate", "entity", "headquarters", "incorporation", "registered", "office"))
_DATA_PLACE = frozenset(("data", "processing", "hosting", "storage", "processed", "stored", "server", "servers"))


def columns_of(headings: Sequence[str]) -> dict[int, Column]:
    """What each column is, by its place in the row; a column that means nothing known is not in it.

    Where several could be the same, the first is it, and of places the one that speaks of the data rather than of the
    company. Where nothing else is a name, the legal entity is one.
    """
    found: dict[int, Column] = {}
    for index, heading in enumerate(headings):
        column = _column(heading)
        if column is None:
            continue
        earlier = next((at for at, each in found.items() if each == column), None)
        if earlier is None:
            found[index] = column
        elif column == "countries" and _of_the_data(heading) and not _of_the_data(headings[earlier]):
            del found[earlier]
            found[index] = column
    if "name" not in found.values():
        found = {index: "name" if column == "legal_name" else column for index, column in found.items()}
    return found


def recognised(headings: Sequence[str]) -> int:
    """How many of the headings of a row mean something; 0 where none of them is a name."""
    found = columns_of(headings)
    name = next((headings[index] for index, column in found.items() if column == "name"), None)
    if name is None or (len(found) == 1 and len(_words(name).split()) > LONGEST_ALONE):
        return 0
    return len(found)


def _words(heading: str) -> str:
    text = _NO_WORD.sub(" ", heading.casefold()).strip()
    return re.sub(r"\bsub (?=processor)", "sub", text) if text not in _PHRASES else text


def _column(heading: str) -> Column | None:
    text = _words(heading)
    if text in _PHRASES:
        return _PHRASES[text]
    words = text.split()
    if not words or len(words) > LONGEST:  # a sentence is no heading
        return None
    return next((column for column, known in _WORDS if not known.isdisjoint(words)), None)


def is_of_the_company(heading: str) -> bool:
    """Whether a column of places says where the company is, rather than where the data lies."""
    return not _COMPANY_PLACE.isdisjoint(_words(heading).split()) and not _of_the_data(heading)


def _of_the_data(heading: str) -> bool:
    return not _DATA_PLACE.isdisjoint(_words(heading).split())
