"""An activity while the rows of a sheet are read into it, and what became of every cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from ropa.exchange.time_limit import Kept

Fate = Literal["used", "kept", "differs", "ignored"]
"""used for a field; kept as text; not taken because the register says something else; left out, and why."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell: where it is, under which heading, what it says, and the day or link that it holds."""

    sheet: str
    address: str
    row: int
    heading: str
    text: str
    day: dt.date | None = None
    link: str = ""

    @property
    def place(self) -> str:
        """Where a link leads; the text, where there is none."""
        return self.link or self.text


@dataclass(slots=True)
class Told:
    """What became of a cell. `gap` says what somebody should look at; empty where all is well."""

    spot: Spot
    fate: Fate
    words: str
    gap: str = ""


@dataclass(slots=True)
class Transfer:
    """What a row says of transfers: whom to, where, by what; each may be missing."""

    importers: list[str] = field(default_factory=list)
    countries: list[tuple[str | None, str]] = field(default_factory=list)
    instruments: list[str] = field(default_factory=list)
    own: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    """Instruments and words that a cell gives for one party alone."""
    stated: list[str] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    onward: bool = False
    """Whether the countries are only those to which parties hand the data on."""
    unread: set[Spot] = field(default_factory=set)
    """Cells of safeguards in which none that the law knows was understood."""


@dataclass(slots=True)
class Draft:
    """One activity as the sheet has it. `values` are its own fields, `spots` the cells each came from.

    `limits` are the cells that each time limit came from; `nobody` is the one that says that there are no recipients.
    """

    source: str
    first: Spot
    values: dict[str, Any] = field(default_factory=dict)
    spots: dict[str, list[Spot]] = field(default_factory=dict)
    bases: dict[str, dict[str, Any]] = field(default_factory=dict)
    conditions: dict[str, dict[str, Any]] = field(default_factory=dict)
    retention: dict[Kept, dict[str, None]] = field(default_factory=dict)
    explicit: set[Kept] = field(default_factory=set)
    limits: dict[Kept, list[Spot]] = field(default_factory=dict)
    row_data: tuple[str, ...] = ()
    engaged: dict[str, str | None] = field(default_factory=dict)
    contracts: list[tuple[str, Spot]] = field(default_factory=list)
    transfer: Transfer = field(default_factory=Transfer)
    notes: dict[str, None] = field(default_factory=dict)
    nobody: Spot | None = None
    ground_spots: dict[tuple[str, str], list[Spot]] = field(default_factory=dict)
    """The cells that each field of a lawful basis or condition came from, by which one it is and the field."""

    def note(self, spot: Spot) -> None:
        """Keep a cell's text with its heading."""
        self.notes[f"{spot.heading}: {spot.text}" if spot.heading else spot.text] = None

    def several(self, name: str, values: Iterable[str], spot: Spot) -> None:
        """Add to a list, each once."""
        self.values[name] = tuple(dict.fromkeys((*self.values.get(name, ()), *values)))
        self.spots.setdefault(name, []).append(spot)

    def single(self, name: str, value: Any, spot: Spot) -> bool:
        """Set a field that holds one value; False where it holds another one already."""
        if self.values.setdefault(name, value) != value:
            return False
        self.spots.setdefault(name, []).append(spot)
        return True
