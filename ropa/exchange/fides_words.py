"""The taxonomy of a manifest: the packaged one, and the categories and purposes that its files add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ropa.exchange.fides_manifest import Values
from ropa.exchange.fides_stated import Stated
from ropa.exchange.fides_terms import NOT_RECORDED, TAG, terms

_FLAGS = ("criminal", "hr", "credit", "journalistic", "vulnerable")
_TABLES = {"data_category": "data_category", "data_subject": "subject_category"}


@dataclass
class Words:
    """What the keys of a taxonomy mean in the files at hand; a category that is asked for is recorded."""

    stated: Stated
    _keys: dict[tuple[str, str], str] = field(default_factory=dict)
    _uses: dict[str, str] = field(default_factory=dict)

    def read(self, found: Mapping[str, list[Values]]) -> None:
        """Take in the categories and purposes that the files themselves describe."""
        for each in found["data_use"]:
            self._uses[each.key()] = each.line("name") or each.key()
            each.leave("parent_key", "organization_fides_key", "is_default", "version_added")
            for name, _ in each.rest():
                each.remark(name, "the register keeps the name of a purpose alone")
        for section, kind in _TABLES.items():
            for each in found[section]:
                self._own(section, kind, each)

    def data_category(self, fides: str, place: Values, step: str) -> str:
        """The key of the data category that a manifest calls so."""
        if ("data_category", fides) not in self._keys:
            term = terms().data_category(fides)
            if term is None:
                place.remark(step, f"{fides}: no category of the taxonomy; recorded under its key, with no mark")
                self._record("data_category", place, fides, name=fides)
            else:
                if term.former:
                    place.remark(step, f"{fides}: an older spelling; taken for {term.key}")
                marks: dict[str, Any] = {"special": term.special, "criminal": term.criminal or None}
                self._record("data_category", place, term.key, name=term.name, **marks)
                self._keys["data_category", fides] = self._keys["data_category", term.key]
        return self._keys["data_category", fides]

    def data_subject(self, fides: str, place: Values, step: str) -> str:
        """The key of the category of people that a manifest calls so."""
        if ("data_subject", fides) not in self._keys:
            term = terms().data_subject(fides)
            if term is None:
                place.remark(step, f"{fides}: no category of the taxonomy; recorded under its key, with no mark")
                self._record("data_subject", place, fides, name=fides)
            else:
                self._record("data_subject", place, fides, name=term.name, vulnerable=term.vulnerable or None)
        return self._keys["data_subject", fides]

    def data_use(self, fides: str, place: Values) -> str | None:
        """The purpose that a manifest calls so, in words; None where it says that none is recorded."""
        if fides in self._uses:
            return None if fides == NOT_RECORDED else self._uses[fides]
        term = terms().data_use(fides)
        if term is None:
            place.remark("data_use", f"{fides}: no purpose of the taxonomy; taken as it stands")
            return fides
        if term.former:
            place.remark("data_use", f"{fides}: an older spelling; taken for {term.key}")
        return term.name

    def _own(self, section: str, kind: str, each: Values) -> None:
        fides = each.key()
        marks, key = _marks(each)
        if section == "data_category":
            above = terms().data_category(fides.rpartition(".")[0])
            marks = {**({"special": above.special, "criminal": above.criminal or None} if above else {}), **marks}
            marks["examples"] = each.text("description")
        self._record(section, each, fides, own_key=key, name=each.line("name") or fides, **marks)
        each.leave("parent_key", "organization_fides_key", "is_default", "version_added")
        self.stated.keep_rest(kind, self._keys[section, fides], each)

    def _record(self, section: str, place: Values, fides: str, own_key: str | None = None, **values: Any) -> None:
        kind = _TABLES[section]
        key = own_key or self.stated.key(kind, fides, fides.removeprefix("user."))
        self._keys[section, fides] = key
        self.stated.put(kind, key, place, **values)


def _marks(each: Values) -> tuple[dict[str, Any], str | None]:
    """The marks that tags of this register hold, and the key; other tags are remarked."""
    marks: dict[str, Any] = {}
    key = None
    others = []
    for tag in each.texts("tags"):
        name, _, value = tag.removeprefix(TAG).partition("=")
        if not tag.startswith(TAG):
            others.append(tag)
        elif name == "key":
            key = value
        elif name in _FLAGS and not value:
            marks[name] = True
        else:
            marks[name] = value
    for tag in others:
        each.remark("tags", f"{tag}: the register has no tags")
    return marks, key
