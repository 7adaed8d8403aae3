"""Other legal entities, and the systems where data lives."""

from __future__ import annotations

from typing import Literal

from ropa.records.organisation import Contact
from ropa.records.values import (
    Day,
    Fields,
    Name,
    Names,
    PartyKey,
    Place,
    Places,
    Regimes,
    Text,
    Truth,
    choice,
    day,
    flag,
    part,
    required,
    several,
    text,
)


class PartyFields(Fields):
    """Any legal entity other than the organisation: vendor, customer, joint controller, authority, recipient."""

    name: Name = required("Name", "The name people use, as the source writes it.")
    legal_name: Name | None = text("Legal name", "The legal entity that the data goes to today.")
    aliases: Names = several("Also known as", "Earlier and other names.")
    country: Place | None = text("Country", "Where the legal entity is established.")
    address: Text | None = text("Address", "Postal address (EDPB Opinion 22/2024: name, address, contact).")
    contact: Contact | None = part("Contact", "Who to reach there about data protection.")
    dpo: Contact | None = part("Data protection officer", "Of a controller that we act for (Art. 30(2)(a)).")
    representative: Contact | None = part("Representative", "Of a controller that we act for (Art. 27, 30(2)(a)).")
    website: Name | None = text("Website", "Its public address or privacy policy.")
    parent: Name | None = text("Parent", "The group it belongs to.")
    sector: Literal["bank", "insurer", "telecom", "public-authority", "other"] | None = choice(
        "Sector", "Some sectors cannot use some decisions: a bank is not eligible for the DPF."
    )
    regimes: Regimes = several("Bound by", "uk, eu or both. Left empty, it follows from the country.")
    intra_group: Truth | None = flag("Same group", "Whether it belongs to the organisation's own group.")
    in_scope: Literal["yes", "no"] | None = choice(
        "Within the decision",
        "Whether it falls within its country's partial adequacy decision (Canada, Japan, Korea).",
    )
    dpf: Literal["active", "lapsed", "none"] | None = choice(
        "DPF list", "Its entry on the Data Privacy Framework list; empty where nobody looked."
    )
    dpf_uk_extension: Truth | None = flag("DPF UK Extension", "Whether the entry has the UK Extension.")
    dpf_hr: Truth | None = flag("DPF covers HR data", "Whether the certification covers HR data.")
    dpf_from: Day | None = day("DPF entry since", "When the entry became active.")
    dpf_checked: Day | None = day("DPF checked on", "When the list was looked at.")
    dpf_until: Day | None = day("DPF entry until", "When the entry is due for renewal.")


class SystemFields(Fields):
    """Where data lives or is worked on."""

    name: Name = required("Name", "What people call it.")
    own: Truth | None = flag("Our own", "True where the organisation runs it itself; empty: not recorded.")
    operator: PartyKey | None = text("Operated by", "The party that runs it; empty: our own, or not recorded.")
    hosting: Places = several("Hosted in", "Countries where the data lies.")
    remote_access: Places = several("Reached from", "Further countries from which people work on the data.")
    technology: Text | None = text("Technology", "What it is made of, where that matters.")
