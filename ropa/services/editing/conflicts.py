"""Two people with one record open: what each of them changed, and what the second to save can do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ropa.records.values import Fields
from ropa.services.browsing.detail_parts import Detail, Line, Part
from ropa.services.editing.fields import Field, form
from ropa.services.editing.values import texts_of
from ropa.services.wording import NOT_RECORDED
from ropa.store.history import Entry

Side = Literal["mine", "theirs"]
What = Literal["changed", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Writing:
    """Who wrote, and when (UTC)."""

    who: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that the two records do not agree on; the values are as a form shows them.

    `touched` says who changed it since it was opened; where only one side did, that side's value is no contradiction.
    """

    field: str
    title: str
    before: object
    mine: object
    theirs: object
    touched: Literal["mine", "theirs", "both"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What stood in the way of saving; nothing was written.

    `what` says what the others did: they changed the record, removed it, or added one of the same key. `theirs` is
    the record as it is now, with its version; None where it is gone. `fields` is empty unless they changed it.
    """

    what: What
    kind: str
    key: str
    by: tuple[Writing, ...]
    mine: Fields
    theirs: Fields | None
    version: int | None
    fields: tuple[Clash, ...]

    @property
    def undecided(self) -> tuple[Clash, ...]:
        """The fields that both changed: a person has to choose."""
        return tuple(each for each in self.fields if each.touched == "both")

    def texts(self, choose: Mapping[str, Side] | None = None) -> dict[str, object]:
        """What to save over theirs: for each field the side that is chosen, else the only side that changed it.

        Raises KeyError for a field that both changed and nobody chose.
        """
        chosen = choose or {}
        found = texts_of(self.kind, self.theirs if self.theirs is not None else self.mine)
        for each in self.fields:
            side = chosen[each.field] if each.touched == "both" else chosen.get(each.field, each.touched)
            found[each.field] = each.mine if side == "mine" else each.theirs
        return found

    def all_mine(self) -> dict[str, object]:
        """What to save over theirs where mine is kept as it stands."""
        return texts_of(self.kind, self.mine)


def clashes(kind: str, before: Fields | None, mine: Fields, theirs: Fields) -> tuple[Clash, ...]:
    """The fields on which two records differ, in the order of the form."""
    ours, others = texts_of(kind, mine), texts_of(kind, theirs)
    first = {} if before is None else texts_of(kind, before)
    found = []
    for field in form(kind).fields:
        name = field.name
        old = None if before is None else getattr(before, name)
        here, there = getattr(mine, name), getattr(theirs, name)
        if here != there:
            touched: Literal["mine", "theirs", "both"] = "both"
            if before is not None and there == old:
                touched = "mine"
            elif before is not None and here == old:
                touched = "theirs"
            found.append(Clash(name, field.title, first.get(name), ours[name], others[name], touched))
    return tuple(found)


def sides(kind: str, clash: Clash, label: Callable[[str, str], str]) -> Detail:
    """A field in full: as it was when it was opened, as you have it, as they left it; a line for each entry of a list.

    `label` gives the words for a value of a field.
    """
    field = form(kind).field(clash.field)
    shown = (("Yours", clash.mine), ("Theirs", clash.theirs), ("It was", clash.before))
    parts = [
        Part(title, tuple(Line(each) for each in _side(field, clash.field, value, label))) for title, value in shown
    ]
    return Detail("conflict", "", "", "", tuple(parts))


def side_words(kind: str, name: str, value: object, label: Callable[[str, str], str]) -> str:
    """What one side of a field holds, in one line."""
    return "; ".join(_side(form(kind).field(name), name, value, label))


def _side(field: Field, path: str, value: object, label: Callable[[str, str], str]) -> list[str]:
    found: list[str] = []
    if isinstance(value, Mapping):
        for inner in field.part:
            words = _side(inner, f"{path}.{inner.name}", value.get(inner.name), label)
            found += [f"{inner.title}: {'; '.join(words)}"] if words != [NOT_RECORDED] else []
    elif isinstance(value, tuple | list):
        found = [label(path, str(each)) for each in value]
    elif isinstance(value, str) and value:
        found = label(path, value).splitlines()
    return found or [NOT_RECORDED]


def writers(entries: list[Entry], since: int) -> tuple[Writing, ...]:
    """Who wrote a record after the version `since`, newest first, each batch once. `entries` are newest first."""
    batches: dict[int, Writing] = {}
    for entry in entries:
        row = entry.after or entry.before or {}
        if "version" not in row:
            continue  # a link: the row of its record has an entry of its own
        if entry.action != "remove" and row["version"] <= since:
            break
        batches.setdefault(entry.batch, Writing(entry.who, dt.datetime.fromisoformat(entry.at)))
    return tuple(batches.values())
