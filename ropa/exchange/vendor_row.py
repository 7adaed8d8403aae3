"""One row of a published list of vendors: its cells into what is compared, the rest kept with its headings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from ropa.exchange.markdown_table import LIST_HEADINGS
from ropa.exchange.place_text import read_places
from ropa.exchange.vendor_headings import Column, is_of_the_company
from ropa.exchange.vendor_table import Row, Table

LONGEST_NAME = 300
LONGEST_CELL = 5_000

FORMERLY = re.compile(
    r"\s*[(\[]\s*(?:formerly(?:\s+known\s+as)?|previously|f/?k/?a|now|also\s+known\s+as|a/?k/?a|d/?b/?a|doing\s+business\s+as"
    r"|trading\s+as|t/a)\b[:.]?\s*([^()\[\]]+)[)\]]",
    re.IGNORECASE,
)
"""What a name says in brackets of another name."""
_BLANK = frozenset(("not stated", "not recorded", "not applicable", "n/a", "none", "tbd", "-", "–", "—"))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_REMARK = re.compile(r"\s*\(([a-z][^()]{2,80})\)$")
_SHORT = re.compile(r"\s*\(([A-Z][A-Z0-9&]{1,9})\)\s*$")
_ITEMS = re.compile(r"[;\n•]+|,(?![^(]*\))")
_LINES = re.compile(r"[;\n•]+")
_DATES = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%d-%b-%Y", "%Y/%m/%d")


@dataclass(frozen=True, slots=True)
class ListedVendor:
    """One row of a list.

    `location` is the cell as it stands, `countries` the ids of the countries and groups that are understood of it and
    `unread` its other parts; with `seat` they say where the company is, not where the data lies. `since` is None where
    the cell is no clear day. `other` are the cells that no field takes, with their headings. `line` is where the
    row begins.
    """

    name: str
    line: int
    legal_name: str = ""
    aliases: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    location: str = ""
    countries: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    seat: bool = False
    website: str = ""
    since: dt.date | None = None
    other: tuple[tuple[str, str], ...] = ()


def listed_vendor(table: Table, columns: Mapping[int, Column], row: Row, group: str) -> ListedVendor:
    """One row, with the title that it stands under.

    Raises ValueError where it has no name, a sign that no text has, or far more text than a cell has.
    """
    texts: dict[Column, str] = {}
    link = ""
    seat = False
    other: list[tuple[str, str]] = []
    for index, cell in enumerate(row.cells):
        if control := _CONTROL.search(cell.text):
            raise ValueError(f"it holds the control character U+{ord(control[0]):04X}")
        if len(cell.text) > LONGEST_CELL:
            raise ValueError(f"a cell is longer than {LONGEST_CELL:,} signs; is a quotation mark missing?")
        column = columns.get(index)
        if column is not None:
            texts[column] = "" if cell.text.casefold() in _BLANK else cell.text
            seat = seat or (column == "countries" and is_of_the_company(table.headings[index]))
            if cell.link and column in ("name", "website") and (not link or column == "website"):
                link = cell.link
        elif cell.text:
            heading = table.headings[index] if index < len(table.headings) else ""
            other.append((heading or f"column {index + 1}", cell.text))
    said = _REMARK.search(texts.get("name", "")) if table.headings == LIST_HEADINGS else None
    if said is not None and not FORMERLY.search(said[0]):  # `Slack (support channel)`: what it is for
        texts["name"] = texts["name"][: said.start()]
        texts["services"] = "\n".join(filter(None, (said[1], texts.get("services", ""))))
    name, aliases = _name(texts.get("name", ""))
    if not name:
        raise ValueError("there is no name in this row, and it is not empty")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"the name is longer than {LONGEST_NAME} signs; is a quotation mark missing?")
    location = texts.get("countries", "") or (group if "countries" not in columns.values() else "")
    countries, unread = read_places(location)
    if "countries" not in columns.values() and not countries:
        location, unread = "", ()  # a heading about something else
    website = link or texts.get("website", "")
    legal, more = _name(texts.get("legal_name", ""))
    return ListedVendor(
        name=name,
        line=row.line,
        legal_name=legal,
        aliases=tuple(dict.fromkeys((*aliases, *more))),
        services=_items(texts.get("services", ""), _LINES),
        data=_items(texts.get("data", ""), _ITEMS),
        location="; ".join(map(_one_line, location.splitlines())),
        countries=countries,
        unread=unread,
        seat=seat,
        website=website if website.lower().startswith(("https://", "http://", "www.")) else "",
        since=_day(texts.get("since", "")),
        other=(*other, *_kept(texts, website)),
    )


def _kept(texts: Mapping[Column, str], website: str) -> list[tuple[str, str]]:
    """What stands in a known column and is not of its sort."""
    found = []
    if texts.get("since") and _day(texts["since"]) is None:
        found.append(("since", texts["since"]))
    if website and not website.lower().startswith(("https://", "http://", "www.")):
        found.append(("website", website))
    return found


def _name(text: str) -> tuple[str, tuple[str, ...]]:
    """A name without what it was called before, or is called for short: `Sinch (formerly Mailgun)`."""
    text = _one_line(text)
    aliases = [each.strip() for each in FORMERLY.findall(text)]
    text = FORMERLY.sub("", text).strip()
    if (short := _SHORT.search(text)) and short[1] in _initials(text[: short.start()]):
        aliases.append(short[1])
        text = text[: short.start()]
    return text.strip(" *†‡"), tuple(each for each in aliases if each)


def _initials(text: str) -> set[str]:
    """The initials of a name, with and without what its legal form adds at the end."""
    letters = "".join(word[0] for word in re.findall(r"\w+", text)).upper()
    return {letters[:end] for end in range(2, len(letters) + 1)}


def _items(text: str, apart: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (_one_line(each) for each in apart.split(text)))))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _day(text: str) -> dt.date | None:
    """A day that can mean one thing only: not 01/02/2024."""
    for form in _DATES:
        with suppress(ValueError):
            return dt.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 a day has no time zone
    return None
