"""Search over everything that a register says: names, aliases, countries, categories, notes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
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
    texts: tuple[str, ...]
    everything: str


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that can be found in one view, folded once, so that each key pressed is answered quickly."""

    entries: Mapping[str, tuple[_Entry, ...]]
    """By kind, in the order in which results are shown."""

    def find(self, text: str, limit: int = LIMIT) -> tuple[Hit, ...]:
        """The records that hold every word of `text`, in any case and without accents; titles first, then by kind."""
        words = fold(text).split()
        if not words:
            return ()
        titled: list[_Entry] = []
        others: list[_Entry] = []
        for kind, entries in self.entries.items():
            if len(titled) >= limit:
                break
            found: Sequence[_Entry] = entries
            for word in words:
                if not _names(kind, word):
                    found = [entry for entry in found if word in entry.everything]
            for entry in found:
                in_title = all(word in entry.folded_title for word in words)
                (titled if in_title else others).append(entry)
        return tuple(_hit(entry, words) for entry in (*titled, *others)[:limit])


def _names(kind: str, word: str) -> bool:
    """Whether a word begins a word of the name of a kind; then it says no more about its records."""
    return any(part.startswith(word) for part in fold(_SEARCHED[kind]).split())


def index(view: View) -> Index:
    """The index of a view: every record, and every finding by its words."""
    found: dict[str, list[_Entry]] = {kind: [] for kind in _SEARCHED}
    for entry in (*_records(view), *_findings(view)):
        found[entry.kind].append(entry)
    return Index({kind: tuple(entries) for kind, entries in found.items()})


def fold(text: str) -> str:
    """Small letters without accents: what two spellings of one word have in common."""
    if text.isascii():
        return text.lower()
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
    "announcement": "Announcement",
    "breach": "Breach",
    "data_category": "Data",
    "subject_category": "People",
    "engagement": "Engagement",
    "flow": "Flow",
    "lawful_basis": "Lawful basis",
    "condition": "Condition",
    "retention": "Retention",
    "safeguard": "Safeguard",
    "notice": "Notice",
    "breach_notice": "Told of the breach",
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
    given, folded = tuple(filter(None, texts)), fold(title)
    return _Entry(subject, kind, title, folded, given, "\n".join((folded, fold("\n".join(given)))))


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
    where = next((text for text in entry.texts if rest and any(word in fold(text) for word in rest)), "")
    return Hit(entry.kind, _SEARCHED[entry.kind], entry.subject, entry.title, " ".join(where.split()))
