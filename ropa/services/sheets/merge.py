"""What a sheet says into a record that the register has: what it lacks is filled in, what differs is left and told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ropa.exchange.cell_text import is_none
from ropa.flows.edges import edges
from ropa.records.values import Fields
from ropa.services.sheets.draft import Spot, Told
from ropa.services.sheets.records import Records


class Merging:
    """Fills in records. With `update`, what differs is taken from the sheet; `on` is the day that flows are read on."""

    def __init__(self, records: Records, told: list[Told], on: dt.date, *, update: bool) -> None:
        self.records = records
        self._on = on
        edges(records.register, on)  # of all at once, since each by itself would look at every agreement again
        self.update = update
        self._told: dict[Spot, list[Told]] = {}
        for each in told:
            self._told.setdefault(each.spot, []).append(each)
        self._all = told

    def _merge(self, kind: str, key: str, values: Mapping[str, Any], spots: Mapping[str, list[Spot]]) -> None:
        """Fill in what a record lacks and add to its lists; tell what differs."""
        record: Fields = self.records.of(kind, key)
        new: dict[str, Any] = {}
        for name, value in values.items():
            before = getattr(record, name)
            if name == "recipients" and value and len(before) == 1 and is_none(before[0]) and value != before:
                if self.update:
                    new[name] = value
                else:
                    for spot in spots.get(name, []):
                        self._tell(spot, "differs", f"the register says {before[0]!r}; left as it is")
            elif isinstance(value, tuple):
                more = tuple(each for each in value if each not in before)
                if more:
                    new[name] = (*before, *more)
            elif before is None or self.update:
                if before != value:
                    new[name] = value
            elif before != value:
                words = f"the register says {str(before)[:80]!r}; left as it is"
                for spot in spots.get(name, []):
                    self._tell(spot, "differs", words)
        if new:
            self.records.put(kind, type(record).model_validate({**record.model_dump(), **new}))

    def _tell(self, spot: Spot, fate: str, gap: str) -> None:
        for each in self._told.get(spot, []):
            each.fate, each.gap = fate, gap  # type: ignore[assignment]  # one of the fates, by every caller

    def _late(self, spot: Spot, fate: str, words: str, gap: str = "") -> None:
        self._all.append(Told(spot, fate, words, gap))  # type: ignore[arg-type]  # one of the fates, by every caller
