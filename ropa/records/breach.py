"""Personal data breaches (Art. 4(12)) as Article 33(5) has them documented, and who was told of each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from ropa.records.values import (
    ActivityKeys,
    DataKeys,
    Day,
    Fields,
    Key,
    Moment,
    Name,
    PartyKey,
    PartyKeys,
    Ref,
    SubjectKeys,
    SystemKey,
    Text,
    choice,
    day,
    distinct,
    required,
    several,
    text,
)

Nature = Literal["confidentiality", "integrity", "availability"]
BreachRole = Literal["controller", "processor"]
Told = Literal["authority", "people", "customer", "other"]


class BreachFields(Fields):
    """A personal data breach: the facts, its effects and the remedial action (Art. 33(5)), told or not."""

    name: Name = required("Name", "What happened, in a few words.")
    facts: Text | None = text("What happened", "The facts: how it came about and was found.")
    discovered: Moment | None = text(
        "Became aware", "When the organisation became aware of it, with time and zone: the 72 hours begin here."
    )
    occurred: Day | None = day("Began", "When it happened or began, where that is known.")
    ended: Day | None = day("Ended", "When it was over.")
    nature: Annotated[tuple[Nature, ...], AfterValidator(distinct)] = several(
        "What was lost", "Confidentiality, integrity, availability: one or more."
    )
    roles: Annotated[tuple[BreachRole, ...], AfterValidator(distinct)] = several(
        "Concerned as", "controller, processor or both. Left empty, it follows from the activities."
    )
    party: PartyKey | None = text("Where", "The vendor or customer where it happened, if it was not here.")
    system: SystemKey | None = text("In system", "The system in which it happened.")
    activities: ActivityKeys = several("Which activities", "Those that it reaches.")
    customers: PartyKeys = several("Which customers", "Empty: all for whom those activities are done.")
    data_categories: DataKeys = several("Which data", "Categories of the data concerned (Art. 33(3)(a)).")
    subject_categories: SubjectKeys = several("Whose data", "Categories of people concerned (Art. 33(3)(a)).")
    people: Name | None = text("How many people", "About how many: 250, or in words (Art. 33(3)(a)).")
    records: Name | None = text("How many records", "About how many: 3,000, or in words (Art. 33(3)(a)).")
    consequences: Text | None = text("Consequences", "What it did or is likely to do to people (Art. 33(3)(c), 33(5)).")
    measures: Text | None = text(
        "Measures", "What was and will be done against it and its effects (Art. 33(3)(d), 33(5))."
    )
    risk: Literal["unlikely", "risk", "high"] | None = choice("Risk", "To people's rights and freedoms.")
    risk_reasons: Text | None = text("Why this risk", "The reasoning behind it.")
    authority_untold: Text | None = text(
        "Authority not told because", "Where a risk is unlikely nobody need be told; say so here (Art. 33(1))."
    )
    late_because: Text | None = text(
        "Told late because", "The reasons for telling the authority after 72 hours (Art. 33(1))."
    )
    people_untold: Text | None = text(
        "People not told because", "Encrypted data, risk removed, or a public notice instead (Art. 34(3))."
    )
    lessons: Text | None = text("Lessons", "What is done so that it does not happen again.")
    closed: Day | None = day("Closed", "When the matter was closed.")
    location: Text | None = text("Where its papers are", "A file name, folder or address.")


class BreachNoticeFields(Fields):
    """Somebody who was told of a breach: the authority, the people, a customer (Art. 33(1), 33(2), 34)."""

    breach: Annotated[Key, Ref("breach")] = required("Breach", "Which breach it is about.")
    recipient: Told = required("To whom", "authority, people, customer or other.")
    party: PartyKey | None = text("Who", "The customer or authority, where it is recorded as a party.")
    name: Name | None = text("Called", "Who it was, where that is no recorded party: Information Commissioner.")
    told: Moment | None = text("Told", "When, with time and zone; empty: not yet.")
    channel: Name | None = text("Channel", "How: the authority's form, e-mail, telephone, letter.")
    reference: Name | None = text("Reference", "The number that they gave it.")
    evidence: Text | None = text("Evidence", "What shows it: a message id, a file.")
