"""Changes of subprocessors, what each customer is owed about them, and accepted risks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from ropa.records.values import (
    ActivityKeys,
    DataKeys,
    Day,
    Fields,
    Key,
    Name,
    PartyKey,
    Places,
    Ref,
    Text,
    choice,
    day,
    required,
    several,
    text,
)
from ropa.rules.catalogue import known_rule

RuleId = Annotated[Name, AfterValidator(known_rule)]


class ChangeFields(Fields):
    """A planned or past change among the subprocessors (Art. 28(2))."""

    name: Name = required("Name", "What changes, in a few words.")
    kind: Literal["add", "replace", "remove", "new-location", "new-activity", "new-legal-entity", "emergency"] = choice(
        "Kind", "What sort of change it is.", "add"
    )
    party: PartyKey = required("Who", "The party that joins, changes or leaves.")
    replaces: PartyKey | None = text("Instead of", "The party it replaces.")
    activities: ActivityKeys = several("For which activities", "Where it will work.")
    service: Text | None = text("For", "The service it provides.")
    data_categories: DataKeys = several("Which data", "Empty: all data of those activities.")
    countries: Places = several("Where", "Where the data will lie; empty: where the party is established.")
    safeguard: Text | None = text("Safeguard", "What will cover the transfer, where there is one.")
    reason: Text | None = text("Reason", "Why.")
    proposed: Day | None = day("Proposed", "When it was put forward.")
    effective: Day | None = day("Effective", "When it is planned to take effect.")
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
    consented: Day | None = day("Consented", "When the customer agreed, where consent is needed.")
    objected: Day | None = day("Objected", "When the customer objected.")
    grounds: Text | None = text("Grounds", "Why the customer objects.")
    resolved: Day | None = day("Resolved", "When the objection was settled.")
    resolution: Text | None = text("Resolution", "How it was settled.")


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
