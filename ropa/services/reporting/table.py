"""What the table reports share: how records, documents, places and findings become items of a cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

from ropa.flows.edge import stands
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.agreement import DocumentFields
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.reports.page import Item, Mark, missing
from ropa.reports.tables import Items
from ropa.rules.dates import long_date
from ropa.rules.finding import Finding
from ropa.services.findings.accepting import acceptance
from ropa.services.subjects import findings_about
from ropa.services.wording import listed

if TYPE_CHECKING:
    from ropa.services.workspace import View

_SIGNS: dict[str, Mark] = {"?": "?", "✖": "✖", "!": "!"}


def running(view: View) -> list[ActivityFields]:
    """The activities that run on the date."""
    return [each for each in view.register.activities.values() if stands(each, view.on)]


def left_out(view: View) -> Items:
    """A remark on the activities that do not run on the date, where there are any."""
    number = len(view.register.activities) - len(running(view))
    noun = "activity that does" if number == 1 else "activities that do"
    return (Item(f"{number} {noun} not run on {long_date(view.on)} left out."),) if number else ()


def of(record: Fields, text: str, mark: Mark = "") -> Item:
    """Words about a record, with where it is stated and whether it is made up."""
    return Item(text, mark, record.source or "", record.invented)


def named(records: Iterable[Fields]) -> Items:
    """The names of records that have one."""
    return tuple(Item(str(getattr(each, "name", each.key)), invented=each.invented) for each in records)


def dashed(word: str | None) -> str:
    """A word of a list of choices as people write it: joint-controller is joint controller."""
    return "" if word is None else word.replace("-", " ")


def places(codes: Iterable[str]) -> str:
    """Countries by name."""
    law = LawBook.in_use()
    return ", ".join(law.country_name(each) for each in dict.fromkeys(codes))


def within(codes: Iterable[str]) -> str:
    """Countries as they stand in a sentence: the United Kingdom and India."""
    law = LawBook.in_use()
    return listed([law.place_phrase(each) for each in dict.fromkeys(codes)])


def ends(day: dt.date | None, on: dt.date, ahead: str, past: str) -> Items:
    """Until when something holds: `expires 1 March 2027`, `✖ expired 1 March 2025`; none where no end is recorded."""
    if day is None:
        return ()
    return (Item(f"{past} {long_date(day)}", "✖"),) if day < on else (Item(f"{ahead} {long_date(day)}"),)


def document_items(record: DocumentFields, on: dt.date) -> Items:
    """A document kept as evidence: its title and date, whether it still holds, and when it is to be looked at."""
    made = f"{record.name}, {long_date(record.date)}" if record.date else record.name
    title = of(record, made)
    found = [title] if record.date else [title, missing(what=f"{record.name}: its date is not recorded")]
    found += ends(record.expires, on, "expires", "expired")
    if record.review is not None:
        overdue = record.review < on
        words = "review was due" if overdue else "review by"
        found.append(Item(f"{words} {long_date(record.review)}", "!" if overdue else ""))
    if record.location:
        found.append(Item(f"kept at: {record.location}"))
    return tuple(found)


def document_cell(register: Register, key: str | None, on: dt.date) -> Items:
    """The document of this key; none where no key is recorded."""
    return () if key is None else document_items(register.documents[key], on)


def found_items(view: View, subject: str, rules: Container[str]) -> Items:
    """What these rules find about a record or what belongs to it, worst first, with the risks that were accepted."""
    name = getattr(view.register.of_kind(subject.partition("/")[0]).get(subject.partition("/")[2]), "name", "")
    found = [each for _, each in findings_about(view, subject) if each.rule in rules]
    return tuple(dict.fromkeys(finding_item(view, each, name) for each in found))


def finding_item(view: View, finding: Finding, name: str = "") -> Item:
    """A finding in words: its title without the name of what it is about, and its source."""
    words = finding.title.removeprefix(f"{name}: ")
    note = acceptance(view.register, finding, view.on)
    if note is not None:
        until = f" until {long_date(note.until)}" if note.until else ""
        words += f" (accepted as a risk{until})"
    source = "; ".join(dict.fromkeys(reason.source for reason in finding.reasons if reason.source))
    return Item(words, _SIGNS[finding.symbol], source)


def or_gap(found: Sequence[Item], article: str = "", what: str = "not recorded") -> Items:
    """The items, or the words that there is none."""
    return tuple(found) or (missing(article, what),)


def or_words(found: Sequence[Item], words: str) -> Items:
    """The items, or words that say why there is none and that none is asked for."""
    return tuple(found) or (Item(words),)
