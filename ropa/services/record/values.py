"""One field of a regulator's sheet: its items for a page, and the text of its cell, which can be read back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ropa.exchange.cell_text import items as read_items
from ropa.records.organisation import Contact
from ropa.records.party import PartyFields
from ropa.records.register import Register
from ropa.reports.page import Item, missing
from ropa.rules.dates import long_date
from ropa.services.contacts import party_name

GAP = "? not recorded"
"""What the line of a cell begins with that says what is missing; a reader of the sheet passes over it."""


@dataclass(frozen=True, slots=True)
class Value:
    """One field of one activity: its items, and the text that a cell of a spreadsheet holds; both may be empty."""

    items: tuple[Item, ...] = ()
    text: str = ""


def lines_of(values: Iterable[str]) -> str:
    """Values of a cell below one another, with bullets where they would be read as other values without."""
    found = [" ".join(each.split()) for each in values]
    text = "\n".join(found)
    return text if read_items(text) == tuple(found) else "\n".join(f"• {each}" for each in found)


def several(values: Iterable[str], invented: Iterable[bool] = ()) -> Value:
    """Several values, each an item and a line of its own."""
    found = list(values)
    marks = list(invented) or [False] * len(found)
    return Value(tuple(Item(each, invented=mark) for each, mark in zip(found, marks, strict=True)), lines_of(found))


def one(text: str | None) -> Value:
    """One text; nothing where there is none."""
    return Value((Item(text),), text) if text else Value()


def below(texts: Iterable[str]) -> Value:
    """Texts below one another as they are."""
    found = list(texts)
    return Value(tuple(map(Item, found)), "\n".join(found))


def document_place(register: Register, key: str) -> str:
    """A document by its name and where it is, as a cell holds it."""
    document = register.documents[key]
    return f"{document.name}: {document.location}" if document.location else document.name


def document_words(register: Register, key: str) -> str:
    """A document by its name, its date and where it is."""
    document = register.documents[key]
    date = f", {long_date(document.date)}" if document.date else ""
    return f"{document.name}{date}" + (f" ({document.location})" if document.location else "")


def parties(found: Iterable[PartyFields], articles: str) -> Value:
    """Parties with their details, a blank line between two, as a reader of the sheet tells them apart.

    Without any way to reach one, that is said.
    """
    shown: list[Item] = []
    blocks: list[str] = []
    for party in found:
        contact = party.contact or Contact()
        person = f"for {contact.name}" if contact.name else None
        details = [each for each in (party.address or contact.address, person, contact.email, contact.phone) if each]
        words = " ".join(", ".join(details).replace(";", ",").split())
        whole = f"{party_name(party)}: {words}" if words else party_name(party)
        shown.append(Item(whole, invented=party.invented))
        if not words:
            shown.append(missing(articles, f"{party.name}: contact details not recorded"))
            whole += f"\n{GAP}: contact details of {party.name}"
        blocks.append(whole)
    return Value(tuple(shown), "\n\n".join(blocks))
