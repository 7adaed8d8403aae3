"""What a due-diligence sheet says of where a vendor's data goes: its list entry, who is behind it, its transfers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ropa.flows.chains import Link, tree
from ropa.flows.edges import edges
from ropa.flows.hop_facts import name_of
from ropa.law.entries import Adequacy
from ropa.law.lawbook import LawBook
from ropa.records.party import PartyFields
from ropa.records.transfer import SafeguardFields
from ropa.reports.page import Item, Mark, missing, quoted
from ropa.rules.dates import long_date
from ropa.services.contacts import party_name
from ropa.services.reporting.table import ends, of, places, within
from ropa.services.reporting.vendor_agreements import NOT_ASKED, is_processor
from ropa.services.verdict_items import verdict_items

if TYPE_CHECKING:
    from ropa.services.workspace import View

Below = Mapping[str, Sequence[Link]]

_ONWARD: dict[str, tuple[Mark, str]] = {
    "held": ("", "onward terms on record"),
    "missing": ("✖", "onward terms missing"),
    "unknown": ("?", "onward terms not recorded"),
    "not-asked": ("", "judged as a transfer of its own"),
}


def framework_items(view: View, party: PartyFields) -> Iterator[Item]:
    """Its entry on the list; asked for only where it is established in a country that has such a list."""
    if party.dpf is None:
        if party.country is None:
            yield missing("Art. 45", "cannot be told: its country is not recorded")
        elif any(each.scope == "listed" for regime in view.regimes for each in _decisions(view, regime, party.country)):
            yield missing("Art. 45", "whether it is on the list is not recorded")
        else:
            yield Item(f"not asked: no decision for {within([party.country])} rests on such a list")
        return
    words = {"active": "active", "lapsed": "lapsed", "none": "no entry"}[party.dpf]
    yield Item(words, "✖" if party.dpf == "lapsed" else "")
    if party.dpf_checked is None:
        yield missing("Art. 5(2)", "when the list was looked at is not recorded")
    else:
        yield Item(f"list looked at on {long_date(party.dpf_checked)}")
    if party.dpf == "none":
        return
    yield from _said(party.dpf_uk_extension, "UK Extension")
    yield from _said(party.dpf_hr, "covers HR data")
    if party.dpf_from:
        yield Item(f"entry since {long_date(party.dpf_from)}")
    yield from ends(party.dpf_until, view.on, "due for renewal", "renewal was due")


def _decisions(view: View, regime: str, country: str) -> tuple[Adequacy, ...]:
    return LawBook.in_use().decisions(country, regime=regime, on=view.on)


def _said(flag: bool | None, what: str) -> Iterator[Item]:
    if flag is None:
        yield missing("Art. 45", f"{what}: not recorded")
    else:
        yield Item(f"{what}: {'yes' if flag else 'no'}")


def behind_items(view: View, party: PartyFields, below: Below) -> Iterator[Item]:
    """Everybody below it, each once, with its country and the onward terms of the hop."""
    register = view.register
    found = tree(below, party.key)
    seen = set()
    for step in found.steps:
        key = step.link.importer
        if key in seen or key == party.key:
            continue
        seen.add(key)
        other = register.parties[key]
        by = name_of(register, f"party/{step.link.exporter}")
        where = places([other.country]) if other.country else "country not recorded"
        mark, words = _ONWARD[step.link.onward.standing]
        yield Item(f"{party_name(other)}, {where}, engaged by {by}: {words}", mark, invented=other.invented)
    if not seen and not is_processor(view, party):
        yield Item(NOT_ASKED, source="Art. 28(4)")
    elif not seen:
        yield missing("Art. 28(4)", "nobody is recorded; that does not say that there is nobody")


def transfer_items(view: View, party: PartyFields) -> Iterator[Item]:
    """What goes to it across a border: the instruments on record and the verdicts."""
    register = view.register
    crossed = [each for each in view.crossings if each.importer == f"party/{party.key}"]
    if not view.regimes:
        yield missing("Art. 3", "cannot be told: which law binds the organisation is not recorded")
    elif not crossed:
        coming = [each for each in edges(register, view.on) if each.receiver == f"party/{party.key}"]
        if not coming:
            yield Item("no data goes to it, by what is recorded")
        elif party.country is None:
            yield missing("Art. 30(1)(e)", "cannot be told: its country is not recorded")
        elif all(each.places for each in coming):
            yield Item("none, by what is recorded")
        else:
            yield missing("Art. 30(1)(e)", "none to where it is established; where the data lies is not recorded")
    for transfer in register.transfers_to(party.key):
        sender = name_of(register, f"party/{transfer.exporter}" if transfer.exporter else "organisation")
        where = within([transfer.country]) if transfer.country else "a country that is not recorded"
        activity = f" for {register.activities[transfer.activity].name}" if transfer.activity else ""
        yield of(transfer, f"recorded: from {sender} to {where}{activity}", "" if transfer.country else "?")
        if transfer.stated:
            yield quoted(transfer.stated, transfer.source or "")
        safeguards = register.safeguards_of(transfer.key)
        for safeguard in safeguards:
            yield from _safeguard(view, safeguard)
        if not safeguards:
            yield Item("no instrument is recorded for it; the verdict says whether one is needed")
    yield from verdict_items(crossed)


def _safeguard(view: View, safeguard: SafeguardFields) -> Iterator[Item]:
    known = LawBook.in_use().instrument(safeguard.instrument)
    words = [known.name if known else safeguard.instrument]
    words += [f"module {safeguard.module}"] if safeguard.module else []
    words += [f"signed {long_date(safeguard.signed)}"] if safeguard.signed else []
    words += [f"risk assessed {long_date(safeguard.assessed)}"] if safeguard.assessed else []
    words += [f"reference {safeguard.reference}"] if safeguard.reference else []
    yield of(safeguard, f"instrument: {', '.join(words)}")
    yield from ends(safeguard.until, view.on, "ends", "ended")
