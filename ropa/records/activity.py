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
    Truth,
    choice,
    day,
    flag,
    required,
    several,
    text,
)


class ActivityFields(Fields):
    """One purpose-bound processing (Art. 30(1)), or what is done on behalf of controllers (Art. 30(2))."""

    name: Name = required("Name", "A short name that people recognise.")
    reference: Name | None = text("Reference", "The number that people know it by in the record.")
    role: Literal["controller", "joint-controller", "processor"] | None = choice(
        "Role", "controller: decides why and how; processor: acts for its customers."
    )
    purposes: Names = several("Purposes", "Why the data is processed (Art. 30(1)(b)).")
    description: Text | None = text("Description", "What is done, in a sentence or two.")
    business_function: Name | None = text("Business function", "Sales, support, HR ...")
    core: Truth | None = flag(
        "Main activity", "Yes: the organisation's main business; no: it supports it, as payroll does."
    )
    owner: Name | None = text("Owner", "Who answers for it inside the organisation.")
    controllers: PartyKeys = several("For which controllers", "Where the role is processor: on whose behalf.")
    joint_controllers: PartyKeys = several("Joint controllers", "With whom purposes and means are decided.")
    processing: Names = several(
        "Categories of processing", "What is done with the data; a processor must say it (Art. 30(2)(b))."
    )
    subject_categories: SubjectKeys = several("Whose data", "Categories of people (Art. 30(1)(c)).")
    data_categories: DataKeys = several("Which data", "Categories of personal data (Art. 30(1)(c)).")
    data_source: Text | None = text("Where it comes from", "From the people themselves, or from whom.")
    combination: Text | None = text("Combined with", "With which other data it is matched or combined.")
    systems: SystemKeys = several("Systems", "Where the data lives and is worked on.")
    location: Text | None = text("Where it is kept", "A place that is no system: a cabinet, an archive, an office.")
    internal_recipients: Names = several(
        "Recipients inside", "Departments and people inside the organisation who see it."
    )
    recipients: Names = several("Recipients", "Categories of recipients that are not named (Art. 30(1)(d)).")
    security: Names = several("Security measures", "Technical and organisational (Art. 30(1)(g), 32(1)).")
    automated_decisions: Literal["no", "yes"] | None = choice(
        "Automated decisions", "Decisions without a person, with legal or similar effect (Art. 22)."
    )
    automated_detail: Text | None = text(
        "Decisions and profiling", "What is decided or predicted, how, and what it means for people (Art. 13(2)(f))."
    )
    rights: Names = several("Rights", "Which rights people have here: access, erasure, to object ... (Art. 12 to 22).")
    privacy_notice: SourceKey | None = text("Privacy notice", "What tells people about it (Art. 13, 14).")
    retention_policy: SourceKey | None = text("Retention policy", "The policy that its time limits come from.")
    risk: Text | None = text("Risk", "What could happen to people through it, and how likely and grave it would be.")
    mitigation: Text | None = text("Against the risk", "What is done so that it does not happen.")
    dpia: Literal["required", "not-required"] | None = choice(
        "Impact assessment", "Whether a DPIA is required (Art. 35)."
    )
    dpia_progress: Literal["not-started", "in-progress", "completed"] | None = choice(
        "Progress", "How far the impact assessment has come."
    )
    dpia_document: SourceKey | None = text("DPIA", "The assessment, once made.")
    consultation: Text | None = text(
        "Prior consultation", "Whether and when the authority was consulted, and what it said (Art. 36)."
    )
    since: Day | None = day("Since", "When it began.")
    until: Day | None = day("Until", "When it ended.")
    recorded: Day | None = day("Recorded", "When this entry of the record was first made.")
    updated: Day | None = day("Brought up to date", "When somebody last went through this entry.")


class LawfulBasisFields(Fields):
    """Why an activity is lawful: one basis of Article 6(1), with what supports it."""

    activity: ActivityKey = required("Activity", "Which activity it is for.")
    basis: Basis = required("Lawful basis", "What makes it lawful: one basis of Article 6(1), such as a contract.")
    purpose: Text | None = text("For", "Which of the activity's purposes; empty: all.")
    justification: Text | None = text("Justification", "Why this basis holds.")
    assessment: SourceKey | None = text("Assessment", "The legitimate-interests assessment (LIA).")
    consent_record: Text | None = text(
        "Record of consent", "Where it is shown who consented, when, to what (Art. 7(1))."
    )


class ConditionFields(Fields):
    """Why special-category or criminal-offence data may be processed (Art. 9(2), Art. 10, DPA 2018 Sch. 1)."""

    activity: ActivityKey = required("Activity", "Which activity it is for.")
    condition: Condition = required(
        "Condition", "What allows special or criminal data: Article 9(2), Article 10 or DPA 2018 Schedule 1."
    )
    data_categories: DataKeys = several("For which data", "Empty: all marked data of the activity.")
    justification: Text | None = text("Justification", "Why this condition holds.")
    policy_document: SourceKey | None = text("Appropriate policy document", "Where Schedule 1 Part 4 asks for one.")
    policy_followed: Truth | None = flag(
        "Policy followed", "Whether the data is kept and erased as that document says (Schedule 1 para. 41(c))."
    )
    policy_departure: Text | None = text("Not followed because", "Why it is not (Schedule 1 para. 41(c)).")


class RetentionFields(Fields):
    """How long data is kept: a period and what starts it (Art. 30(1)(f))."""

    activity: ActivityKey = required("Activity", "Which activity it is for.")
    period: PeriodText | None = text("Period", "6 years, 18 months, P6Y. Empty where the source gives none.")
    trigger: Text | None = text("Counted from", "What starts the period: the end of the relationship.")
    until: Text | None = text("Until", "An event that ends it, where there is no period: withdrawal of consent.")
    data_categories: DataKeys = several("For which data", "Empty: all data of the activity.")
    stated: Text | None = text("As stated", "The source's own words, where they are no clear period.")
    reason: Text | None = text("Reason", "Why that long.")
