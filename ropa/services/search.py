"""Search over everything that a register says: names, aliases, countries, categories, notes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ropa.law.lawbook import LawBook
from ropa.records.kinds import KINDS, PLACES
from ropa.records.values import Fields, Part
from ropa.services.subjects import record_title
from ropa.services.workspace import View

LIMIT = 300


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that answers a search. `where` is the text that matched, if it is not the title."""

    kind: str
    kind_title: str
    subject: str
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class _Entry:
    subject: str
    kind: str
    title: str
    folded_title: str
    texts: tuple[tuple[str, str], ...]
    everything: str


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that can be found in one view, folded once, so that each key pressed is answered quickly."""

    entries: tuple[_Entry, ...]

    def find(self, text: str, limit: int = LIMIT) -> tuple[Hit, ...]:
        """The records that hold every word of `text`, in any case and without accents; titles first, then by kind."""
        words = fold(text).split()
        if not words:
            return ()
        found = [entry for entry in self.entries if all(_holds(entry, word) for word in words)]
        order = list(_SEARCHED)
        found.sort(key=lambda each: (not all(word in each.folded_title for word in words), order.index(each.kind)))
        return tuple(_hit(entry, words) for entry in found[:limit])


def _holds(entry: _Entry, word: str) -> bool:
    """Whether a word is in what the reader can see of an entry, or begins the name of its kind."""
    return word in entry.everything or any(part.startswith(word) for part in fold(_SEARCHED[entry.kind]).split())


def index(view: View) -> Index:
    """The index of a view: every record, and every finding by its words."""
    return Index((*_records(view), *_findings(view)))


def fold(text: str) -> str:
    """Small letters without accents: what two spellings of one word have in common."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


# Kinds in the order in which results are shown.
_SEARCHED = {
    "activity": "Activity",
    "party": "Party",
    "system": "System",
    "transfer": "Transfer",
    "finding": "Finding",
    "agreement": "Agreement",
    "document": "Document",
    "change": "Change",
    "data_category": "Data",
    "subject_category": "People",
    "engagement": "Engagement",
    "flow": "Flow",
    "lawful_basis": "Lawful basis",
    "condition": "Condition",
    "retention": "Retention",
    "safeguard": "Safeguard",
    "notice": "Notice",
    "acknowledgement": "Accepted risk",
    "organisation": "Organisation",
}


def _records(view: View) -> Iterator[_Entry]:
    for kind in KINDS:
        for key, record in view.register.of_kind(kind).items():
            title = record_title(view, record)
            yield _entry(kind, f"{kind}/{key}", title, [key, *_texts(record)])


def _findings(view: View) -> Iterator[_Entry]:
    for number, finding in enumerate(view.findings):
        texts = [finding.rule, finding.message, finding.remedy, *(reason.text for reason in finding.reasons)]
        yield _entry("finding", f"finding/{number}", finding.title, texts)


def _entry(kind: str, subject: str, title: str, texts: list[str]) -> _Entry:
    pairs = tuple((text, fold(text)) for text in texts if text)
    folded = fold(title)
    everything = "\n".join((folded, *(pair[1] for pair in pairs)))
    return _Entry(subject, kind, title, folded, pairs, everything)


def _texts(record: Fields) -> Iterator[str]:
    for name in type(record).model_fields:
        if name not in ("key", "name", "invented"):
            yield from _words(name, getattr(record, name))


def _words(field: str, value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield LawBook.in_use().country_name(value) if field in PLACES else value
    elif isinstance(value, tuple):
        for each in value:
            yield from _words(field, each)
    elif isinstance(value, Part):
        for name in type(value).model_fields:
            yield from _words(name, getattr(value, name))


def _hit(entry: _Entry, words: list[str]) -> Hit:
    rest = [word for word in words if word not in entry.folded_title]
    where = next((text for text, folded in entry.texts if rest and any(word in folded for word in rest)), "")
    return Hit(entry.kind, _SEARCHED[entry.kind], entry.subject, entry.title, " ".join(where.split()))
