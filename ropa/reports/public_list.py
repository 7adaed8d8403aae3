"""The public list of subprocessors: what is on it, and its forms as a page and as Markdown.

Everything here is meant for everybody. What is public is what these classes hold, and nothing else of a register.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from ropa.reports.text import Safe, render
from ropa.rules.dates import long_date

GENERATOR = "ropa publish"
"""What every file says it was made by."""

INVENTED = "Invented sample data"
NOT_STATED = "not stated"
FILES = {
    "page": "index.html",
    "json": "subprocessors.json",
    "csv": "subprocessors.csv",
    "md": "subprocessors.md",
    "feed": "feed.xml",
}
"""The files of a published list, by form."""

_WEB_ADDRESS = re.compile(r"https?://[!#-;=?-Z\[\]_a-z~%]+", re.IGNORECASE)
_MAIL_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its code and name, and what is there.

    `data`: the data lies there; `access`: people reach it from there; `establishment`: where the data lies is not
    stated, and the company is established there.
    """

    code: str
    name: str
    basis: Literal["data", "access", "establishment"] = "data"

    @property
    def words(self) -> str:
        """`United States (access only)`."""
        return self.name + {"data": "", "access": " (access only)", "establishment": " (established there)"}[self.basis]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Whose list it is, and where questions and objections go; `contact` are (label, text) in reading order."""

    key: str
    name: str
    legal_name: str
    address: str | None
    website: str | None
    contact: tuple[tuple[str, str], ...]
    invented: bool


@dataclass(frozen=True, slots=True)
class PublicSubprocessor:
    """One present subprocessor.

    `safeguards` is None where the data stays where it needs none, and empty where it leaves and none is stated.
    `engaged_by` names the subprocessors through which it works; empty: the organisation engages it.
    """

    key: str
    name: str
    legal_name: str | None
    address: str | None
    website: str | None
    services: tuple[str, ...]
    data: tuple[str, ...]
    countries: tuple[Country, ...]
    safeguards: tuple[str, ...] | None
    engaged_by: tuple[str, ...]
    since: dt.date | None
    invented: bool

    @property
    def anchor(self) -> str:
        """Its id on the page, the same as long as its key is."""
        return _anchor("subprocessor", self.key)


@dataclass(frozen=True, slots=True)
class PublicChange:
    """One change that customers are or were told of.

    `announced` is the first day on which anybody is recorded as told, `decided` the day on which it was decided to
    tell; `day` is the planned date of an upcoming change, the date of an effective one, and what had been planned of
    a withdrawn one. `overdue` is an upcoming one whose planned date has passed.
    """

    key: str
    state: Literal["upcoming", "effective", "withdrawn"]
    kind: str
    title: str
    party: str
    legal_name: str | None
    address: str | None
    replaces: str | None
    engaged_by: str | None
    service: str | None
    data: tuple[str, ...]
    countries: tuple[Country, ...]
    safeguard: str | None
    announced: dt.date | None
    decided: dt.date | None
    day: dt.date | None
    withdrawn: dt.date | None
    overdue: bool
    invented: bool

    @property
    def anchor(self) -> str:
        """Its id on the page, the same as long as its key is."""
        return _anchor("change", self.key)

    @property
    def updated(self) -> dt.date | None:
        """The day of the last thing that happened to it; None where no day is recorded."""
        happened = (self.announced or self.decided, self.day if self.state == "effective" else None, self.withdrawn)
        return max((day for day in happened if day is not None), default=None)

    @property
    def moves(self) -> bool:
        """Whether data may go to a place where it did not go before."""
        return self.kind not in ("remove", "rename")

    @property
    def standing(self) -> tuple[str | dt.date, ...]:
        """Where it stands: the words and dates of a sentence without its full stop, in order."""
        if self.state == "effective":
            return ("In effect since ", self.day) if self.day else ("In effect; since when is not stated",)
        if self.state == "withdrawn":
            when = ("Withdrawn on ", self.withdrawn) if self.withdrawn else ("Withdrawn",)
            return (*when, "; it had been planned for ", self.day) if self.day else when
        if self.day is None:
            return ("Planned; the date is not stated",)
        return (
            ("Was planned for ", self.day, "; it has not taken effect") if self.overdue else ("Planned for ", self.day)
        )

    @property
    def status(self) -> str:
        """Where it stands, in words."""
        return "".join(each if isinstance(each, str) else long_date(each) for each in self.standing)


@dataclass(frozen=True, slots=True)
class PublicList:
    """The whole list: present ones by name, upcoming changes the next first, history the latest first.

    `notice` is what every customer is promised about changes, in sentences. `updated` is the last day on which
    something dated on it changed, never the day on which it was made.
    """

    publisher: Publisher
    notice: tuple[str, ...]
    present: tuple[PublicSubprocessor, ...]
    upcoming: tuple[PublicChange, ...]
    history: tuple[PublicChange, ...]
    updated: dt.date | None

    @property
    def changes(self) -> tuple[PublicChange, ...]:
        """Every change, upcoming ones first."""
        return (*self.upcoming, *self.history)

    @property
    def invented(self) -> bool:
        """Whether any of it is sample data that no source states."""
        marked = [self.publisher.invented, *(each.invented for each in self.present)]
        return any(marked) or any(each.invented for each in self.changes)


def web_address(text: str | None) -> str:
    """The text where it is an address that may be followed: http or https to a host, with no name before it."""
    if text is None or not _WEB_ADDRESS.fullmatch(text):
        return ""
    try:
        parts = urlsplit(text)
        return text if parts.hostname and "@" not in parts.netloc else ""
    except ValueError:
        return ""


def mail_address(text: str) -> str:
    """The text where it is a plain e-mail address that may stand in a `mailto:` link."""
    return text if _MAIL_ADDRESS.fullmatch(text) else ""


def page(found: PublicList) -> str:
    """The list as one self-contained page."""
    return render("public/index", "html", **_values(found))


def markdown(found: PublicList) -> str:
    """The list as Markdown, a table for each part."""
    return render("public/subprocessors", "md", **_values(found))


def _values(found: PublicList) -> dict[str, Any]:
    return {
        "public": found,
        "mark": Safe(f"<!-- {GENERATOR} -->"),
        "files": FILES,
        "generator": GENERATOR,
        "invented": INVENTED,
        "not_stated": NOT_STATED,
        "long_date": long_date,
        "web_address": web_address,
        "mail_address": mail_address,
    }


def _anchor(kind: str, key: str) -> str:
    # A key never holds two hyphens in a row, so that no two keys share an anchor.
    return f"{kind}-{key.replace('/', '--')}"
