"""Processing activities, with the bases, conditions and retention rules that belong to each."""

from __future__ import annotations

from typing import Literal

from ropa.records.values import (
    ActivityKey,
    Basis,
    Condition,
    DataKeys,
    Day,
    Fields,
    Name,
    Names,
    PartyKeys,
    PeriodText,
    SourceKey,
    SubjectKeys,
    SystemKeys,
    Text,
    choice,
    day,
    required,
    several,
    text,
)


class ActivityFields(Fields):
    """One purpose-bound processing (Art. 30(1)), or what is done on behalf of controllers (Art. 30(2))."""

    name: Name = required("Name", "A short name that people recognise.")
    role: Literal["controller", "joint-controller", "processor"] | None = choice(
        "Role", "controller: decides why and how; processor: acts for its customers."
    )
    purposes: Names = several("Purposes", "Why the data is processed (Art. 30(1)(b)).")
    description: Text | None = text("Description", "What is done, in a sentence or two.")
    business_function: Name | None = text("Business function", "Sales, support, HR ...")
    owner: Name | None = text("Owner", "Who answers for it inside the organisation.")
    controllers: PartyKeys = several("For which controllers", "Where the role is processor: on whose behalf.")
    joint_controllers: PartyKeys = several("Joint controllers", "With whom purposes and means are decided.")
    processing: Names = several("Categories of processing", "What is done for the controllers (Art. 30(2)(b)).")
    subject_categories: SubjectKeys = several("Whose data", "Categories of people (Art. 30(1)(c)).")
    data_categories: DataKeys = several("Which data", "Categories of personal data (Art. 30(1)(c)).")
    data_source: Text | None = text("Where it comes from", "From the people themselves, or from whom.")
    systems: SystemKeys = several("Systems", "Where the data lives and is worked on.")
    recipients: Names = several("Recipients", "Categories of recipients that are not named (Art. 30(1)(d)).")
    security: Names = several("Security measures", "Technical and organisational (Art. 30(1)(g), 32(1)).")
    automated_decisions: Literal["no", "yes"] | None = choice(
        "Automated decisions", "Decisions without a person, with legal or similar effect (Art. 22)."
    )
    dpia: Literal["required", "not-required"] | None = choice(
        "Impact assessment", "Whether a DPIA is required (Art. 35)."
    )
    dpia_document: SourceKey | None = text("DPIA", "The assessment, once made.")
    since: Day | None = day("Since", "When it began.")
    until: Day | None = day("Until", "When it ended.")


class LawfulBasisFields(Fields):
    """Why an activity is lawful: one basis of Article 6(1), with what supports it."""

    activity: ActivityKey = required("Activity", "Which activity it is for.")
    basis: Basis = required("Lawful basis", "consent, contract, legal-obligation, legitimate-interests ...")
    purpose: Text | None = text("For", "Which of the activity's purposes; empty: all.")
    justification: Text | None = text("Justification", "Why this basis holds.")
    assessment: SourceKey | None = text("Assessment", "The legitimate-interests assessment (LIA).")


class ConditionFields(Fields):
    """Why special-category or criminal-offence data may be processed (Art. 9(2), Art. 10, DPA 2018 Sch. 1)."""

    activity: ActivityKey = required("Activity", "Which activity it is for.")
    condition: Condition = required("Condition", "Of Article 9(2), Article 10 or DPA 2018 Schedule 1.")
    data_categories: DataKeys = several("For which data", "Empty: all marked data of the activity.")
    justification: Text | None = text("Justification", "Why this condition holds.")
    policy_document: SourceKey | None = text("Appropriate policy document", "Where Schedule 1 Part 4 asks for one.")


class RetentionFields(Fields):
    """How long data is kept: a period and what starts it (Art. 30(1)(f))."""

    activity: ActivityKey = required("Activity", "Which activity it is for.")
    period: PeriodText | None = text("Period", "6 years, 18 months, P6Y. Empty where the source gives none.")
    trigger: Text | None = text("Counted from", "What starts the period: the end of the relationship.")
    until: Text | None = text("Until", "An event that ends it, where there is no period: withdrawal of consent.")
    data_categories: DataKeys = several("For which data", "Empty: all data of the activity.")
    stated: Text | None = text("As stated", "The source's own words, where they are no clear period.")
    reason: Text | None = text("Reason", "Why that long.")
