"""The words of Fides manifests and what they are here, from `fides_terms.yaml`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ropa.exchange.yaml_document import read_document

DEFAULT_ORGANISATION = "default_organization"
NOT_DEFINED = "Not defined"
"""What Fides writes where no department is recorded."""

NOT_RECORDED = "not_recorded"
"""The purpose and the type of system that an export writes where none is recorded; Fides wants one."""

TAG = "ropa:"
"""How tags begin that hold marks of this register: `ropa:special=health`."""


@dataclass(frozen=True, slots=True)
class Term:
    """A category of data or of people, or a purpose, as the taxonomy has it.

    `former` says that the key was an older spelling of this one.
    """

    key: str
    name: str
    special: str | None = None
    criminal: bool = False
    vulnerable: bool = False
    former: bool = False


class Terms:
    """The packaged taxonomy, looked up by key; former spellings are understood."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def data_category(self, key: str) -> Term | None:
        """What a key of a data category means, with its marks, or None."""
        found = self._current(key, "data_categories")
        if found is None:
            return None
        special = next((self._data["special"][each] for each in _upwards(found) if each in self._data["special"]), None)
        criminal = any(each in self._data["criminal"] for each in _upwards(found))
        return Term(found, self._data["data_categories"][found], special, criminal, former=found != key)

    def data_subject(self, key: str) -> Term | None:
        """What a key of a category of people means, or None."""
        name = self._data["data_subjects"].get(key)
        return None if name is None else Term(key, name, vulnerable=key in self._data["vulnerable"])

    def data_use(self, key: str) -> Term | None:
        """What a key of a purpose means, or None."""
        found = self._current(key, "data_uses")
        return None if found is None else Term(found, self._data["data_uses"][found], former=found != key)

    def is_former(self, use: str) -> bool:
        """Whether a purpose goes by another key today."""
        return use in self._data["former_data_uses"]

    def lawful_basis(self, words: str) -> str | None:
        """The lawful basis that a manifest names, or None."""
        found: str | None = {**self._data["former_lawful_bases"], **self._data["lawful_bases"]}.get(words)
        return found

    def condition(self, words: str) -> str | None:
        """The condition of Article 9(2) that a manifest names, or None."""
        found: str | None = self._data["conditions"].get(words)
        return found

    def role(self, words: str) -> str | None:
        """The organisation's role that a manifest names, or None."""
        found: str | None = self._data["roles"].get(words)
        return found

    def written(self, table: str, value: str) -> str | None:
        """How Fides says a value of this register: the first word of a table that means it, or None."""
        return next((words for words, meant in self._data[table].items() if meant == value), None)

    def transfer_word(self, instrument: str) -> str:
        """How Fides says an instrument of transfer."""
        return str(self._data["transfer_words"].get(instrument, "Other"))

    def keys_of(self, table: str) -> dict[str, str]:
        """The keys of a taxonomy by their names; of two with one name the first."""
        found: dict[str, str] = {}
        for key, name in self._data[table].items():
            found.setdefault(name, key)
        return found

    def _current(self, key: str, table: str) -> str | None:
        """The key as the taxonomy spells it today, or None."""
        known = self._data[table]
        former = self._data[f"former_{table}"]
        for prefix in ("", *self._data["former_prefixes"]):
            bare = f"user.{key.removeprefix(prefix)}" if prefix and key.startswith(prefix) else key
            for each in (former.get(bare), bare):
                if each in known:
                    return str(each)
        return None


@cache
def terms() -> Terms:
    """The packaged taxonomy."""
    name = "fides_terms.yaml"
    root = read_document(resources.files("ropa.exchange").joinpath(name).read_bytes(), name).root
    if not isinstance(root, dict):
        raise TypeError(f"{name} holds no mapping")
    return Terms(root)


def slug(text: str) -> str:
    """A text as a key of this register: small letters, digits and single hyphens; empty where it has none."""
    plain = unicodedata.normalize("NFKD", text).lower()
    signs = (sign if sign.isalnum() and sign.isascii() else "-" for sign in plain if not unicodedata.combining(sign))
    return "-".join(word for word in "".join(signs).split("-") if word)


def _upwards(key: str) -> Iterator[str]:
    """The key and those that it is part of: `a.b.c`, `a.b`, `a`."""
    while key:
        yield key
        key = key.rpartition(".")[0]
