"""The taxonomy of an exported manifest: Fides keys where a category or purpose is theirs, else entries of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ropa.exchange.fides_terms import NOT_RECORDED, TAG, slug, terms
from ropa.records.category import DataCategoryFields, SubjectCategoryFields
from ropa.records.register import Register

_FLAGS = ("criminal", "hr", "credit", "journalistic", "vulnerable")
_LONGEST = 100


def fides_key(key: str) -> str:
    """A key of this register as Fides may have it: a key with a slash has an underscore there."""
    return key.replace("/", "_")


@dataclass
class Vocabulary:
    """What the categories and purposes of a register are called in Fides, and the entries that it needs for them."""

    register: Register
    data: dict[str, str] = field(init=False)
    subjects: dict[str, str] = field(init=False)
    _entries: dict[str, list[dict[str, Any]]] = field(init=False)
    _uses: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        activities = self.register.activities.values()
        used = {key for each in activities for key in each.data_categories}
        self._entries = {"data_category": [], "data_subject": [], "data_use": []}
        known = terms().keys_of("data_categories")
        self.data = {
            key: self._category(each, known if key in used else {})
            for key, each in self.register.data_categories.items()
        }
        used = {key for each in activities for key in each.subject_categories}
        known = terms().keys_of("data_subjects")
        self.subjects = {
            key: self._subject(each, known if key in used else {})
            for key, each in self.register.subject_categories.items()
        }

    @property
    def sections(self) -> dict[str, list[dict[str, Any]]]:
        """The sections of the manifest that hold the entries of our own."""
        return {name: entries for name, entries in self._entries.items() if entries}

    def use(self, purpose: str | None) -> str:
        """The key of a purpose; of none, the one that says so."""
        name = purpose or ""
        if name not in self._uses:
            self._uses[name] = self._use(purpose)
        return self._uses[name]

    def _category(self, each: DataCategoryFields, known: Mapping[str, str]) -> str:
        theirs = known.get(each.name)
        term = terms().data_category(theirs) if theirs else None
        if theirs and term:
            values = {"name": term.name, "special": term.special, "criminal": term.criminal}
            like = DataCategoryFields.model_validate({"key": slug(theirs.removeprefix("user.")), **values})
            if like == each:
                return theirs
        key = f"user.{fides_key(each.key)}"
        return self._entry("data_category", key, each, parent_key="user", description=each.examples)

    def _subject(self, each: SubjectCategoryFields, known: Mapping[str, str]) -> str:
        theirs = known.get(each.name)
        term = terms().data_subject(theirs) if theirs else None
        if theirs and term:
            like = SubjectCategoryFields(key=slug(theirs), name=term.name, vulnerable=term.vulnerable)
            if like == each:
                return theirs
        return self._entry("data_subject", fides_key(each.key), each)

    def _entry(self, section: str, key: str, each: DataCategoryFields | SubjectCategoryFields, **more: Any) -> str:
        find = terms().data_category if section == "data_category" else terms().data_subject
        key = f"{key}-own" if find(key) else key
        special = getattr(each, "special", None)
        tags = [f"{TAG}key={each.key}", *([f"{TAG}special={special}"] if special else [])]
        tags += [f"{TAG}{name}" for name in _FLAGS if getattr(each, name, False)]
        values = {"fides_key": key, "name": each.name, **more, "tags": tags}
        self._entries[section].append({name: value for name, value in values.items() if value is not None})
        return key

    def _use(self, purpose: str | None) -> str:
        if purpose is None:
            self._entries["data_use"].append({"fides_key": NOT_RECORDED, "name": "Not recorded"})
            return NOT_RECORDED
        theirs = terms().keys_of("data_uses").get(purpose)
        if theirs and not terms().is_former(theirs):
            return theirs
        stem = slug(purpose)[:_LONGEST].strip("-") or "purpose"
        key, number = stem, 1
        while key in self._uses.values() or terms().data_use(key):
            number += 1
            key = f"{stem}-{number}"
        self._entries["data_use"].append({"fides_key": key, "name": purpose})
        return key
