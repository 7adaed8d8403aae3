"""Names of countries, groups and organisations, as people write them, turned into ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ropa.law.entries import Territory

_NO_WORD = re.compile(r"[^\w:]+")


def normal(text: str) -> str:
    """Lower case, no accents, no punctuation, no article: `The Côte d'Ivoire` → `cote d ivoire`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = _NO_WORD.sub(" ", plain.casefold().replace("&", " and ")).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


class Places:
    """An index of every way to write a place; ids win over names, names over aliases."""

    def __init__(self, territories: Iterable[Territory]) -> None:
        # A group that nobody writes (a regime's own territory) has no aliases, and is no answer to a name.
        known = tuple(t for t in territories if t.sort != "group" or t.aliases)
        self._countries: dict[str, str] = {}
        self._organisations: dict[str, str] = {}
        for ways in (lambda t: t.aliases, lambda t: (t.name,), lambda t: (t.id,)):
            for territory in known:
                index = self._organisations if territory.sort == "organisation" else self._countries
                index.update({normal(way): territory.id for way in ways(territory)})

    def country(self, text: str) -> str | None:
        """The id of a country or group of countries, or None for a name that nobody knows."""
        return self._countries.get(normal(text))

    def organisation(self, text: str) -> str | None:
        """The id of an international organisation, with or without its `org:`, or None."""
        return self._organisations.get(normal(text))
