"""Who somebody is and how to reach them, in words for a report."""

from __future__ import annotations

from ropa.law.lawbook import LawBook
from ropa.records.organisation import Contact
from ropa.records.party import PartyFields
from ropa.reports.page import Item, missing


def contact_items(contact: Contact | None) -> tuple[Item, ...]:
    """Name and contact details, one item each; none where nothing is recorded."""
    if contact is None:
        return ()
    found = (contact.name, contact.address, contact.email, contact.phone)
    return tuple(Item(each) for each in found if each)


def identity_items(party: PartyFields) -> tuple[Item, ...]:
    """Legal name, address, country and contact of a party; words for the contact where there is none."""
    found = [Item(party.legal_name)] if party.legal_name not in (None, party.name) and party.legal_name else []
    found += [Item(party.address)] if party.address else []
    found += [Item(LawBook.in_use().country_name(party.country))] if party.country else []
    reached = contact_items(party.contact)
    if not reached and not party.address:
        return (*found, missing("Art. 30(2)(a)", "contact details not recorded"))
    return (*found, *reached)


def party_name(party: PartyFields) -> str:
    """The name in use, with the legal entity where that is another."""
    return party.name if party.legal_name in (None, party.name) else f"{party.name} ({party.legal_name})"
