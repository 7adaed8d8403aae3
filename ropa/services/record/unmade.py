"""What Article 30(1)(e) asks for beside a country: transfers that no flow makes, and documented suitable safeguards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ropa.flows.edges import stands
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.register import Register
from ropa.records.transfer import SafeguardFields, TransferFields
from ropa.reports.page import Item, missing
from ropa.services.record.values import document_words

if TYPE_CHECKING:
    from ropa.services.workspace import View

COMPELLING = "art49-cli"
"""The one derogation whose suitable safeguards the record itself must document."""


def unmade(view: View, activities: Iterable[ActivityFields]) -> tuple[TransferFields, ...]:
    """The recorded transfers of these activities that no flow makes on the date, though they leave the territory.

    One to a party whose work for the activity is over, or has not begun, is no transfer of that date.
    """
    keys = {each.key for each in activities}
    return tuple(
        each for each in view.unmade if each.activity in keys and _leaves(view, each) and not _idle(view, each)
    )


def nowhere(view: View) -> tuple[TransferFields, ...]:
    """The recorded transfers that name no activity and that no flow makes: they stand with no activity."""
    return tuple(
        each for each in view.unmade if each.activity is None and each.exporter is None and _leaves(view, each)
    )


def _leaves(view: View, transfer: TransferFields) -> bool:
    country = place(view.register, transfer)
    law = LawBook.in_use()
    return country is None or not view.regimes or any(not law.inside(country, one, view.on) for one in view.regimes)


def _idle(view: View, transfer: TransferFields) -> bool:
    engaged = [each for each in view.register.engagements_with(transfer.importer) if each.activity == transfer.activity]
    return bool(engaged) and not any(stands(each, view.on) for each in engaged)


def place(register: Register, transfer: TransferFields) -> str | None:
    """Where a recorded transfer goes: its country, else where the importer is established."""
    return transfer.country or register.parties[transfer.importer].country


def suitable_items(register: Register, safeguards: Iterable[SafeguardFields], who: str, article: str) -> Iterator[Item]:
    """The documentation of suitable safeguards for compelling legitimate interests, or that there is none."""
    for each in safeguards:
        words = [each.suitable] if each.suitable else []
        words += [document_words(register, each.document)] if each.document else []
        if each.instrument != COMPELLING:
            continue
        head = f"{who}: suitable safeguards (Art. 49(1) second subparagraph)"
        if words:
            yield Item(f"{head}: {'; '.join(words)}", source=each.source or "", invented=each.invented)
        else:
            yield missing(article, f"{head}: their documentation is not recorded")
