"""What people must be told and which rights they have, as data: `notice_law.yaml` and the look-up over it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Right:
    """One right, on what it depends, and where the law gives it. No bases and conditions: it depends on neither."""

    id: str
    text: str
    source: str
    start: dt.date
    until: dt.date | None = None
    regimes: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    automated: bool = False
    limits: dict[str, str] = field(default_factory=dict)
    doubt: str = ""

    def holds(self, regimes: Collection[str], on: dt.date) -> bool:
        """Whether a regime that binds the controller gives it on the date; with no regime known, any."""
        if on < self.start or (self.until is not None and self.until < on):
            return False
        return not self.regimes or not regimes or bool({*self.regimes} & {*regimes})

    def follows_from(self, bases: Collection[str], conditions: Collection[str], *, automated: bool) -> bool:
        """Whether it is there for processing on these bases and conditions."""
        if self.automated:
            return automated
        if not self.bases and not self.conditions:
            return True
        return bool({*self.bases} & {*bases} or {*self.conditions} & {*conditions})


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that people must be told, and the article that says so."""

    title: str
    asked: str


@cache
def facts() -> dict[str, Fact]:
    """What people must be told, by a short name."""
    return {name: Fact(each["title"], each["asked"]) for name, each in _table()["facts"].items()}


@cache
def rights() -> tuple[Right, ...]:
    """The rights that follow from how data is processed."""
    return tuple(map(_right, _table()["rights"]))


@cache
def complaints() -> tuple[Right, ...]:
    """To whom people can complain."""
    return tuple(map(_right, _table()["complaints"]))


@cache
def _table() -> Any:
    return yaml.safe_load(resources.files("ropa.services.reporting").joinpath("notice_law.yaml").read_text("utf-8"))


def _right(entry: dict[str, Any]) -> Right:
    lists = {name: tuple(entry.get(name, ())) for name in ("regimes", "bases", "conditions")}
    unsure = entry.get("doubt", "all of it") if entry.get("confidence") == "unverified" else ""
    return Right(
        id=entry["id"],
        text=entry["text"],
        source=entry["source"],
        start=entry["from"],
        until=entry.get("until"),
        automated=entry.get("automated", False),
        limits=dict(entry.get("limits", {})),
        doubt=unsure,
        **lists,
    )
