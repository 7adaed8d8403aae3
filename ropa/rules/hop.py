"""The facts of one hop: who hands data to whom, where, and what is on record for it.

None (or `unknown`) always means "not recorded", which is another thing than "no".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

ExporterRole = Literal["controller", "processor", "data-subject"]
ImporterRole = Literal["controller", "processor", "own-controller", "employee"]
InScope = Literal["yes", "no", "unknown"]
Listing = Literal["active", "lapsed", "none", "unknown"]


@dataclass(frozen=True, slots=True)
class SafeguardFacts:
    """One instrument that is recorded for a transfer.

    `instrument` is an id of the law data. `signed` and `until` are the first and last day of the contract,
    `assessment` the day of its transfer impact or risk assessment, `approved` the regimes whose authority approved
    or authorised it, `commitments` whether the importer made the binding promises of a code or certificate,
    `unchanged` whether the processing under old clauses stayed the same, `conditions_met` and `conditions_refused`
    the ids of a derogation's conditions that are recorded as met and as not met.
    """

    instrument: str
    module: str | None = None
    signed: date | None = None
    until: date | None = None
    assessment: date | None = None
    approved: tuple[str, ...] = ()
    commitments: bool | None = None
    unchanged: bool | None = None
    conditions_met: frozenset[str] = frozenset()
    conditions_refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One exporter handing data, or access to it, to one importer.

    Countries are ids of the law data (`US`, `EEA`), organisations too (`org:EPO`). `exporter_regimes` are
    the regimes that bind the exporter for this processing; None where that is left to the caller.
    `in_scope` says whether the importer falls within an adequacy decision that covers only some importers.
    `dpf` and the fields beside it are the importer's entry on the list of the Data Privacy Framework, `dpf_checked`
    the day on which somebody looked.
    `data` holds marks of what the data is: `hr`, `criminal`, `special`, `journalistic`, `credit`.
    `systematic` says whether the transfer is repeated.
    """

    exporter_country: str | None = None
    exporter_regimes: frozenset[str] | None = None
    exporter_role: ExporterRole | None = None
    exporter_name: str = ""
    importer_country: str | None = None
    importer_organisation: str | None = None
    importer_role: ImporterRole | None = None
    importer_name: str = ""
    importer_sector: str | None = None
    same_entity: bool | None = None
    in_scope: InScope = "unknown"
    dpf: Listing = "unknown"
    dpf_uk_extension: bool | None = None
    dpf_hr: bool | None = None
    dpf_from: date | None = None
    dpf_checked: date | None = None
    dpf_until: date | None = None
    data: frozenset[str] = frozenset()
    safeguards: tuple[SafeguardFacts, ...] = ()
    intra_group: bool | None = None
    systematic: bool | None = None
    assessment: date | None = None

    @property
    def place(self) -> str | None:
        """Where the importer is: its country, or the organisation that it is; None where not recorded."""
        return self.importer_organisation or self.importer_country or None

    @property
    def importer(self) -> str:
        """The importer as a sentence names it."""
        return self.importer_name or "the importer"
