"""The pieces that every report is made of: an item with its sign and source, and a labelled line of items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mark = Literal["", "✖", "!", "?", "✓"]

WORDS: dict[Mark, str] = {"": "", "✖": "wrong", "!": "doubtful", "?": "not recorded", "✓": "done"}
"""What each sign means, for the legend; a sign never stands alone."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is recorded, or the words that say it is not.

    `source` is the document and section that states it, `quoted` marks the source's own words, `invented` sample data
    that no source states.
    """

    text: str
    mark: Mark = ""
    source: str = ""
    invented: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled part of a report. `id` names it for whatever reads the record by field; `article` asks for it."""

    id: str
    label: str
    items: tuple[Item, ...]
    article: str = ""
    required: bool = False

    @property
    def missing(self) -> bool:
        """Whether nothing is recorded here."""
        return any(item.mark == "?" for item in self.items)


def missing(article: str = "", what: str = "not recorded") -> Item:
    """The words for what is not there: `? not recorded — Art. 30(1)(f)`."""
    return Item(f"{what} — {article}" if article else what, "?")


def line(id: str, label: str, items: tuple[Item, ...], article: str = "", *, required: bool = False) -> Line:  # noqa: A002 (the field's own name)
    """A line that says so where it has no item."""
    return Line(id, label, items or (missing(article if required else ""),), article, required)


def quoted(text: str, source: str = "") -> Item:
    """The source's own words; words that bring quotation marks of their own keep those."""
    return Item(text, source=source, quoted=not any(mark in text for mark in '"“”'))
