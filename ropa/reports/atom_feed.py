"""The feed of subprocessor changes (Atom, RFC 4287), for whoever wants to be told and not to look."""

from __future__ import annotations

import datetime as dt
import uuid
from xml.etree import ElementTree as ET

from ropa.reports.public_list import FILES, GENERATOR, INVENTED, NOT_STATED, PublicChange, PublicList
from ropa.reports.text import visible
from ropa.rules.dates import long_date

ATOM = "http://www.w3.org/2005/Atom"
UNDATED = dt.date(1970, 1, 1)
"""Stands for a day that is not recorded, as every entry must have one (RFC 4287, 4.1.2); the text says so."""

_NAMESPACE = uuid.UUID("5d0f2a37-4f0e-5c53-9d0a-6b6f7c1f2e84")  # of these feeds; another one would make all entries new


def atom_feed(found: PublicList) -> str:
    """Every change as an entry, what was last updated first.

    Ids follow from the keys of the organisation and the change alone, dates from the records.
    """
    owner = found.publisher
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _text(feed, "generator", GENERATOR)
    _text(feed, "id", _urn(owner.key))
    title = f"Subprocessor changes: {owner.legal_name}"
    _text(feed, "title", f"{title} ({INVENTED.lower()})" if found.invented else title)
    _text(feed, "updated", _moment(found.updated))
    author = ET.SubElement(feed, "author")
    _text(author, "name", owner.legal_name)
    _link(feed, "self", FILES["feed"], "application/atom+xml")
    _link(feed, "alternate", FILES["page"], "text/html")
    for each in sorted(found.changes, key=lambda one: one.updated or UNDATED, reverse=True):
        _entry(feed, owner.key, each)
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written.decode("utf-8") + "\n"


def _entry(feed: ET.Element, owner: str, change: PublicChange) -> None:
    entry = ET.SubElement(feed, "entry")
    _text(entry, "id", _urn(owner, change.key))
    _text(entry, "title", f"{change.title} ({INVENTED.lower()})" if change.invented else change.title)
    _text(entry, "updated", _moment(change.updated))
    if change.announced:
        _text(entry, "published", _moment(change.announced))
    _link(entry, "alternate", f"{FILES['page']}#{change.anchor}", "text/html")
    ET.SubElement(entry, "category", {"term": change.state})
    _text(entry, "content", _content(change)).set("type", "text")


def _content(change: PublicChange) -> str:
    """The change in sentences."""
    parts = [f"{change.status}."]
    parts.append(f"Announced: {long_date(change.announced) if change.announced else NOT_STATED}.")
    named = (
        ("Legal entity", change.legal_name),
        ("Address", change.address),
        ("Engaged by", change.engaged_by),
        ("What for", change.service),
        ("Personal data", ", ".join(change.data)),
        ("Where", ", ".join(each.words for each in change.countries)),
        ("Safeguard", change.safeguard),
    )
    parts += [f"{label}: {text.rstrip('.')}." for label, text in named if text]
    parts += [f"{INVENTED}."] if change.invented else []
    return " ".join(parts)


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    """The one way of a text into the feed: what XML does not allow is shown by its number, the rest is escaped."""
    made = ET.SubElement(parent, name)
    made.text = visible(text)
    return made


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "href": href, "type": kind})


def _urn(*keys: str) -> str:
    return uuid.uuid5(_NAMESPACE, "\n".join(keys)).urn


def _moment(day: dt.date | None) -> str:
    return f"{(day or UNDATED).isoformat()}T00:00:00Z"
