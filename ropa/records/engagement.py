"""Parties that work for an activity, and flows that an engagement does not say."""

from __future__ import annotations

from typing import Literal

from ropa.records.values import (
    ActivityKey,
    AgreementKey,
    DataKeys,
    Day,
    Fields,
    NodeKey,
    PartyKey,
    Places,
    SystemKey,
    Text,
    Truth,
    choice,
    day,
    flag,
    required,
    several,
    text,
)


class EngagementFields(Fields):
    """A party working for an activity. It implies the flow of its data from the organisation to the party.

    A party engaged in an activity where the organisation is the processor is a subprocessor: derived, never
    recorded.
    """

    activity: ActivityKey = required("Activity", "Which activity it is for.")
    party: PartyKey = required("Who", "The legal entity that is engaged.")
    service: Text | None = text("For", "The service it provides.")
    role: Literal["processor", "controller", "joint-controller"] = choice(
        "Role", "processor: acts for us; controller: decides for itself (a bank, an authority).", "processor"
    )
    receives_data: Truth = flag("Receives data", "No where it only supplies software that we run.", default=True)
    data_categories: DataKeys = several("Which data", "Empty: all data of the activity.")
    from_system: SystemKey | None = text("From system", "The system the data leaves; empty: the organisation.")
    system: SystemKey | None = text("Into system", "The party's system that the data goes into.")
    countries: Places = several("Where", "Where the data lies; empty: where the system or the party is.")
    remote_access: Places = several("Reached from", "Further countries from which it is worked on.")
    since: Day | None = day("Since", "When it began.")
    until: Day | None = day("Until", "When it ended.")
    authorisation: Literal["general", "specific"] | None = choice(
        "Authorised", "For a subprocessor: how the controllers authorised it (Art. 28(2))."
    )
    agreement: AgreementKey | None = text("Agreement", "The contract that covers it (Art. 28(3)).")


class FlowFields(Fields):
    """Data going from one node to another within an activity, where no engagement implies it."""

    activity: ActivityKey = required("Activity", "Which activity it is part of.")
    origin: NodeKey = required("From", "organisation, party/KEY, system/KEY or subject/KEY.")
    destination: NodeKey = required("To", "organisation, party/KEY, system/KEY or subject/KEY.")
    data_categories: DataKeys = several("Which data", "Empty: all data of the activity.")
    description: Text | None = text("What happens", "How and why it goes there.")
