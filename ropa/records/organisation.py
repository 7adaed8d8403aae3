"""Whose register it is, and the people and terms that come with it."""

from __future__ import annotations

from typing import Literal

from sqlmodel import Field

from ropa.records.values import (
    Calendar,
    Fields,
    Name,
    Names,
    Part,
    PeriodText,
    Place,
    Regimes,
    Text,
    part,
    required,
    several,
    text,
)


class Contact(Part):
    """Name and contact details of a person or body, as Article 30(1)(a) asks for them."""

    name: Name | None = text("Name", "The person or the office.")
    address: Text | None = text("Address", "Postal address.")
    email: Name | None = text("E-mail", "E-mail address.")
    phone: Name | None = text("Telephone", "Telephone number.")


class NoticeTerms(Part):
    """What a contract promises about a change of subprocessor (Article 28(2)); every part may be unrecorded."""

    authorisation: Literal["general", "specific", "mixed"] | None = Field(
        default=None,
        title="Authorisation",
        description="general: may change after notice; specific: each change needs consent; mixed: both occur.",
    )
    period: PeriodText | None = text("Notice", "How long before the change the customer is told: 30 days.")
    clock: Literal["sent", "received", "page-updated"] | None = Field(
        default=None, title="Clock starts", description="What starts the notice period."
    )
    counting: Literal["clear-days", "ordinary-days"] | None = Field(
        default=None,
        title="Days counted",
        description="clear-days: neither the day of the notice nor the day of the change counts; ordinary-days: the "
        "change may come on the day the notice ends. Left out: as ordinary-days, and that is said.",
    )
    objection: PeriodText | None = text(
        "Objection window",
        "How long the customer may object, from the notice. Its own length: never inferred.",
    )
    objection_clock: Literal["sent", "received", "page-updated"] | None = Field(
        default=None,
        title="Objection starts",
        description="What starts the objection window; left out: it is counted like the notice, and that is said.",
    )
    business_days: Calendar | None = text(
        "Business days in",
        "Whose public holidays are no business days, where a period is in business days: GB-ENG, GB-SCT, DE.",
    )
    emergency: Literal["shorter-notice", "told-afterwards", "not-allowed"] | None = Field(
        default=None,
        title="Emergency",
        description="What the contract allows where a subprocessor must be replaced in an emergency.",
    )
    emergency_notice: PeriodText | None = text(
        "Emergency notice", "How long before it (shorter-notice) or after it (told-afterwards) the customer is told."
    )
    channel: Name | None = text("Channel", "How the notice must go out: e-mail, in the product, a page.")
    contact: Name | None = text("Sent to", "The address that the contract names for notices; several with commas.")
    remedy: Text | None = text("Remedy", "What the customer may do where an objection is not resolved.")


class OrganisationFields(Fields):
    """The controller or processor whose register this is. One file or database section for each."""

    name: Name = required("Name", "The name people know it by.")
    legal_name: Name | None = text("Legal name", "The name of the legal entity.")
    group_entities: Names = several("Other entities", "Further legal entities that this register covers.")
    registration: Name | None = text("Registration", "Company number.")
    country: Place | None = text("Country", "Where it is established.")
    address: Text | None = text("Address", "Registered or postal address.")
    contact: Contact | None = part("Contact", "Where people reach it about personal data (Art. 30(1)(a)).")
    dpo: Contact | None = part("Data protection officer", "Where one is designated (Art. 37).")
    representative: Contact | None = part("Representative", "Where one is needed (Art. 27).")
    website: Name | None = text("Website", "Its public address.")
    regimes: Regimes = several("Bound by", "uk, eu or both. Left empty, it follows from the country.")
    notice: NoticeTerms | None = part(
        "Notice promised",
        "What it promises every customer about subprocessor changes, unless a contract differs.",
    )
