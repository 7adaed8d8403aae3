"""The board of subprocessors: who, what for, where, since when, under which safeguard, what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.services.browsing.browse import Browse, Item, worst_of_subjects
from ropa.services.browsing.detail_parts import Detail, Line, Part
from ropa.services.browsing.search import fold
from ropa.services.publishing.subprocessor_list import Location, Subprocessor, subprocessors
from ropa.services.wording import NOT_RECORDED, short_day
from ropa.services.workspace import View

SUBPROCESSOR = "subprocessor"
_HEADINGS = ("Subprocessor", "For", "Where", "Coming change", "Since", "Safeguard", "Next review")
_EMPTY = (
    "By what is recorded, nobody processes customers' data behind the organisation. A party that is engaged for an "
    "activity in which the organisation is the processor stands here: a, then v on the activity."
)
# What is coming stands before what a narrow screen may leave out.
_GAP = f"? {NOT_RECORDED}"


def subprocessors_list(view: View) -> Browse:
    """The list, derived from the graph: nobody types it in. Call it off the event loop."""
    return Browse(SUBPROCESSOR, "Subprocessors", _HEADINGS, tuple(_items(view)), _EMPTY)


FACT = 15
"""The cells for the name of a fact."""


def facts(item: Item) -> Detail:
    """A row in full: every cell behind its heading."""
    lines = [Line(f"{heading:<{FACT}}{cell}") for heading, cell in zip(_HEADINGS[1:], item.cells[1:], strict=True)]
    return Detail(SUBPROCESSOR, item.subject, item.cells[0], "", (Part("By the flows", tuple(lines)),))


def _items(view: View) -> Iterator[Item]:
    worst = worst_of_subjects(view)
    for each in subprocessors(view.register, view.on):
        review = _review(view.register, each.key, view.on)
        name = each.name if not each.through else f"{each.name}, behind {_names(view.register, each.through)}"
        cells = (
            name,
            ", ".join(each.services) or _GAP,
            ", ".join(dict.fromkeys(map(_place, each.locations))) or _GAP,
            _coming(view, each) or "–",
            short_day(each.since) if each.since else _GAP,
            "; ".join(dict.fromkeys(words.words for words in each.transfers)) or "–",
            short_day(review) if review else _GAP,
        )
        tags = tuple(filter(None, (each.legal_name, *each.aliases)))
        yield Item(
            f"party/{each.key}", worst.get(f"party/{each.key}", ""), cells, tags, fold("\n".join((*cells, *tags)))
        )


def _names(register: Register, keys: Iterable[str]) -> str:
    return ", ".join(register.parties[key].name for key in keys)


def _place(location: Location) -> str:
    name = LawBook.in_use().country_name(location.country)
    return f"{name} (seat)" if location.basis == "establishment" else name


def _review(register: Register, key: str, on: dt.date) -> dt.date | None:
    """The first day ahead, or the first missed, on which a paper about the party must be looked at."""
    days = [
        *(each.review or each.expires for each in register.documents.values() if each.about == key),
        *(each.expires for each in register.agreements_with(key) if each.between is None),
        register.parties[key].dpf_until,
        *(each.until for transfer in register.transfers_to(key) for each in register.safeguards_of(transfer.key)),
    ]
    known = sorted(day for day in days if day is not None)
    return next((day for day in known if day >= on), known[-1] if known else None)


def _day(day: dt.date | None) -> str:
    return short_day(day) if day else ""


def _coming(view: View, each: Subprocessor) -> str:
    """The open changes about the party."""
    return "; ".join(
        ", ".join(filter(None, (_day(change.effective), f"{change.kind.replace('-', ' ')} ({change.state})")))
        for change in view.register.changes.values()
        if each.key in (change.party, change.replaces) and change.state not in ("effective", "withdrawn")
    )
