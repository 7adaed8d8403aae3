"""What is said of a new arrangement beside the verdicts on its transfers: that there is none, and what goes on behind
a vendor that no law recorded here binds as exporter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ropa.flows.chains import Link
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.reports.page import Item, Mark
from ropa.services.changes.statuses import ChangeStatus
from ropa.services.layout import plain_reasons
from ropa.services.wording import listed

_STAYS = "No restricted transfer: by what is recorded, the data does not leave the territory."
_STANDING: dict[str, tuple[Mark, str]] = {
    "held": ("", "onward terms on record"),
    "missing": ("✖", "onward terms missing"),
    "unknown": ("?", "onward terms not recorded"),
}


def beside_verdicts(register: Register, status: ChangeStatus) -> Iterator[Item]:
    """Why there is no verdict where there is none, and the onward terms of what a vendor hands on."""
    above = status.change.beneath
    if not status.crossings and not status.onward:
        vendor = register.parties[above].name if above else ""
        inside = f"No restricted transfer: by what is recorded, {vendor} hands the data on inside its own territory."
        yield Item(inside if above else _STAYS)
    for link in status.onward:
        yield from _onward(register, status, link)


def abroad(register: Register, status: ChangeStatus) -> tuple[str, ...]:
    """Where the data of the new arrangement would be, outside the territory of a law that binds the organisation."""
    law, change = LawBook.in_use(), status.change
    own = register.parties[change.party].country
    codes = dict.fromkeys((*change.countries, *((own,) if own else ())))
    bound = register.regimes(status.judged)
    return tuple(each for each in codes if any(not law.inside(each, regime, status.judged) for regime in bound))


def plain_onward(status: ChangeStatus) -> list[dict[str, Any]]:
    """The onward terms as plain values."""
    return [
        {
            "exporter": f"party/{each.exporter}",
            "importer": f"party/{each.importer}",
            "standing": each.onward.standing,
            "reasons": plain_reasons(each.onward.reasons),
        }
        for each in status.onward
    ]


def _onward(register: Register, status: ChangeStatus, link: Link) -> Iterator[Item]:
    exporter, importer = link.facts.exporter, link.facts.importer
    mark, words = _STANDING[link.onward.standing]
    law = LawBook.in_use()
    places = listed([law.country_name(each) for each in abroad(register, status)])
    yield Item(f"{exporter} to {importer}{f' ({places})' if places else ''}: {words}", mark)
    yield Item(
        f"{exporter} hands the data on, and no law that is recorded binds it as the exporter: this is no restricted "
        f"transfer of its own, and what binds {importer} is the contract between the two."
    )
    for reason in link.onward.reasons:
        yield Item(reason.text, source=reason.source)
