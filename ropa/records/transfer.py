"""What the organisation documents for data that leaves its territory."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator

from ropa.records.values import (
    ActivityKey,
    DataKeys,
    Day,
    Fields,
    Instrument,
    Key,
    Name,
    OwnConditions,
    PartyKey,
    Place,
    Ref,
    Regimes,
    SourceKey,
    Text,
    Truth,
    choice,
    day,
    flag,
    number,
    required,
    several,
    text,
    whole,
)

Module = Annotated[Literal[1, 2, 3, 4], BeforeValidator(whole)]


class TransferFields(Fields):
    """A recorded transfer: exporter, importer and country (Art. 30(1)(e), 30(2)(c))."""

    exporter: PartyKey | None = text("From", "Who sends; empty: the organisation.")
    importer: PartyKey = required("To", "The legal entity that receives.")
    country: Place | None = text("Country", "Where it goes; the law asks for it by name.")
    activity: ActivityKey | None = text("Activity", "Which activity; empty: every one with this importer.")
    data_categories: DataKeys = several("Which data", "Empty: all that goes to this importer.")
    frequency: Literal["systematic", "occasional"] | None = choice(
        "How often", "A derogation (Art. 49) never covers a systematic transfer."
    )
    stated: Text | None = text("As stated", "What the source says about safeguards, in its own words.")


class SafeguardFields(Fields):
    """An instrument relied on for a transfer (Art. 45, 46, 49)."""

    transfer: Annotated[Key, Ref("transfer")] = required("Transfer", "Which transfer it is for.")
    instrument: Instrument = required(
        "Instrument", "What the transfer relies on: model clauses, a framework, rules of a group, an exception."
    )
    module: Module | None = number(
        "Module", "Of the EU clauses of 2021: who sends and who receives; 2 is controller to processor."
    )
    signed: Day | None = day("Signed", "When it was concluded.")
    until: Day | None = day("Until", "When it ends, if it does.")
    approved: Regimes = several("Approved under", "For binding corporate rules: which authority approved them.")
    assessed: Day | None = day(
        "Assessed on", "Date of the transfer risk assessment (TRA; under the GDPR, TIA); empty: none recorded."
    )
    assessment: SourceKey | None = text("Assessment", "The transfer risk assessment itself (TRA or TIA).")
    conditions_met: OwnConditions = several(
        "Conditions met", "Of a derogation (Art. 49): those that hold, as `ropa law show art49-cli` lists them."
    )
    conditions_refused: OwnConditions = several(
        "Conditions not met", "Of a derogation: those that are known not to hold."
    )
    suitable: Text | None = text(
        "Suitable safeguards",
        "For compelling legitimate interests: the safeguards that the record documents (Art. 30(1)(e), 49(6)).",
    )
    commitments: Truth | None = flag(
        "Binding commitments", "For a code of conduct or a certification: whether the importer made them."
    )
    unchanged: Truth | None = flag(
        "Processing unchanged", "For old clauses under UK law: whether the processing is still what it was."
    )
    document: SourceKey | None = text("Document", "The signed instrument.")
    reference: Name | None = text("Reference", "Contract number or the like.")
