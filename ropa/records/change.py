"""Changes of subprocessors, what each customer is owed about them, and accepted risks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from ropa.records.values import (
    ActivityKeys,
    DataKeys,
    Day,
    Fields,
    Fingerprint,
    Key,
    Name,
    Part,
    PartyKey,
    PeriodText,
    Places,
    Ref,
    Text,
    choice,
    day,
    part,
    required,
    several,
    text,
)
from ropa.rules.catalogue import known_rule

RuleId = Annotated[Name, AfterValidator(known_rule)]


ChangeKind = Literal[
    "add",
    "replace",
    "remove",
    "new-location",
    "new-activity",
    "new-data",
    "new-legal-entity",
    "rename",
    "emergency",
]


class Override(Part):
    """A decision to go ahead although something stood in the way; it stands in every report from then on."""

    who: Name = required("Who", "Who decided it.")
    why: Text = required("Why", "Why it could not wait.")
    on: Day | None = day("On", "When.")
    against: Text | None = text("Against", "What stood in the way at that time.")


class AnnouncementFields(Fields):
    """A vendor's own notice to the organisation about a change among those behind it (Art. 28(4))."""

    name: Name = required("Name", "What it announces, in a few words.")
    vendor: PartyKey = required("Who announces", "The vendor that tells the organisation.")
    kind: ChangeKind = choice("Kind", "What sort of change it is.", "add")
    about: PartyKey | None = text("About", "The party that joins, changes or leaves behind the vendor, where recorded.")
    received: Day | None = day("Received", "When it reached the organisation.")
    channel: Name | None = text("Channel", "How it came.")
    evidence: Text | None = text("Evidence", "What shows it: a message id, a file, an address.")
    effective: Day | None = day("Effective", "When the vendor means it to take effect.")
    object_by: Day | None = day("Object by", "The last day to object, where it states one.")
    window: PeriodText | None = text(
        "Objection window", "How long it gives to object, where it states no last day; counted from receipt."
    )
    decision: Literal["accepted", "objected", "not-concerned"] | None = choice(
        "Decision", "not-concerned: what changes does not touch the data that the vendor has from us."
    )
    decided: Day | None = day("Decided", "When.")
    decided_by: Name | None = text("Decided by", "Who decided it.")
    grounds: Text | None = text("Grounds", "Why.")


class ChangeFields(Fields):
    """A planned or past change among the subprocessors (Art. 28(2))."""

    name: Name = required("Name", "What changes, in a few words.")
    kind: ChangeKind = choice("Kind", "What sort of change it is.", "add")
    party: PartyKey = required("Who", "The party that joins, changes or leaves.")
    replaces: PartyKey | None = text("Instead of", "The party it replaces.")
    beneath: PartyKey | None = text("Engaged by", "The subprocessor that engages it; empty: the organisation does.")
    announcement: Annotated[Key, Ref("announcement")] | None = text(
        "Announced in", "The vendor's announcement that this passes on to customers."
    )
    new_name: Name | None = text("New name", "What the party will be called, where only its name changes.")
    activities: ActivityKeys = several("For which activities", "Where it will work.")
    service: Text | None = text("For", "The service it provides.")
    data_categories: DataKeys = several("Which data", "Empty: all data of those activities.")
    countries: Places = several("Where", "Where the data will lie; empty: where the party is established.")
    safeguard: Text | None = text("Safeguard", "What will cover the transfer, where there is one.")
    reason: Text | None = text("Reason", "Why.")
    proposed: Day | None = day("Proposed", "When it was put forward.")
    approved: Day | None = day("Approved", "When it was decided to go ahead, and to tell customers.")
    approved_by: Name | None = text("Approved by", "Who decided that.")
    effective: Day | None = day("Effective", "When it is planned to take effect; once it has, when it did.")
    withdrawn: Day | None = day("Withdrawn", "When it was given up.")
    withdrawn_because: Text | None = text("Withdrawn because", "Why it was given up.")
    override: Override | None = part(
        "Override", "Who let it take effect although something stood in the way, and why. Every report shows it."
    )
    state: Literal["proposed", "approved", "notified", "effective", "withdrawn"] = choice(
        "State", "Where it stands.", "proposed"
    )


class NoticeFields(Fields):
    """What happened between the organisation and one customer about one change."""

    change: Annotated[Key, Ref("change")] = required("Change", "Which change it is about.")
    customer: PartyKey = required("Customer", "Who was told.")
    sent: Day | None = day("Sent", "When the notice went out; empty: not sent.")
    received: Day | None = day("Received", "When it arrived, where the contract counts from that.")
    channel: Name | None = text("Channel", "How it went.")
    evidence: Text | None = text("Evidence", "What shows it: a message id, a file.")
    fingerprint: Fingerprint | None = text("Fingerprint", "SHA-256 of what was sent, so that it can be shown later.")
    told: Day | None = day("Date told", "The date of the change that the notice stated.")
    consented: Day | None = day("Consented", "When the customer agreed, where consent is needed.")
    objected: Day | None = day("Objected", "When the customer objected.")
    grounds: Text | None = text("Grounds", "Why the customer objects.")
    resolved: Day | None = day("Resolved", "When the objection was settled.")
    resolution: Text | None = text("Resolution", "How it was settled.")
    remedy: Text | None = text("Remedy", "What the customer was given: left out of the change, contract ended.")


class AcknowledgementFields(Fields):
    """An accepted risk: it stands beside the finding and never removes it.

    It is for one finding: rule, subject and detail must all be the finding's. Where the finding has a detail and this
    has none, it accepts nothing.
    """

    rule: RuleId = required("Rule", "Which rule's finding.")
    subject: Name = required("Subject", "Which record the finding is about, as kind/key.")
    detail: Name | None = text("Which one", "What tells it from others of that rule: of a transfer, the country.")
    reason: Text = required("Reason", "Why it is accepted.")
    who: Name = required("Who", "Who accepted it.")
    on: Day | None = day("On", "When.")
    until: Day | None = day("Until", "When it must be looked at again.")
