"""What stands behind the transfers to a subprocessor, in a line for a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ropa.flows.crossings import Judged, crossings_of
from ropa.flows.edges import Edge
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.rules.verdict import Status
from ropa.services.wording import verdict_words


@dataclass(frozen=True, slots=True)
class TransferWords:
    """What stands behind data that leaves the organisation's, or a subprocessor's, own territory, under one regime.

    `instruments` are those on record, by their names in the law data; whether they hold is what `status` says.
    """

    country: str | None
    regime: str
    status: Status
    instruments: tuple[str, ...]

    @property
    def words(self) -> str:
        """`United States, UK GDPR: safeguard on record: UK Addendum`."""
        law = LawBook.in_use()
        where = "country not recorded" if self.country is None else law.country_name(self.country)
        by = f": {', '.join(self.instruments)}" if self.instruments else ""
        return f"{where}, {law.regime(self.regime).name}: {verdict_words(self.status)}{by}"


def transfer_words(register: Register, flows: Sequence[Edge], on: dt.date, verdicts: Judged) -> Iterator[TransferWords]:
    """What stands behind each crossing that some flows make, restricted transfers only; one may come again."""
    law = LawBook.in_use()
    for edge in flows:
        for crossing in crossings_of(register, edge, on, law, verdicts):
            names = [
                each.name if (each := law.entry(record.instrument)) is not None else record.instrument
                for transfer in crossing.transfers
                for record in register.safeguards_of(transfer)
            ]
            for verdict in crossing.verdicts:
                if verdict.status != "not-restricted":
                    words = tuple(dict.fromkeys(names))
                    yield TransferWords(crossing.country, verdict.regime, verdict.status, words)
