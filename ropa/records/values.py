"""The types that fields are made of, and how a field is declared.

One declaration of a field (its type, title and explanation) serves the file format, the database and every
form: nothing about a field is said twice.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Strict, StringConstraints
from sqlmodel import JSON, Boolean, Date, Field, Integer, SQLModel, String
from sqlmodel._compat import SQLModelConfig

from ropa.law.lawbook import LawBook
from ropa.rules.moment import EXAMPLES as MOMENT_EXAMPLES
from ropa.rules.moment import moment_text, read_moment
from ropa.rules.period import Period

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CALENDAR = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(rf"{SLUG}(?:/{SLUG})*")
_NODE = re.compile(rf"organisation|(?:party|system|subject)/{SLUG}")


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field that holds the key of another record of this kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Refs:
    """Marks a field that holds the keys of several records of this kind, in order, each once."""

    kind: str


@dataclass(frozen=True, slots=True)
class Node:
    """Marks a field that names a node of a flow: `organisation`, `party/KEY`, `system/KEY`, `subject/KEY`."""


@dataclass(frozen=True, slots=True)
class LawId:
    """Marks a field that holds the id of an entry of the law book: an instrument, basis or condition."""

    shelf: Literal["instrument", "lawful-basis", "condition"]


@dataclass(frozen=True, slots=True)
class OfInstrument:
    """Marks a field that holds conditions of the instrument that is recorded beside it."""


def _printable(value: str) -> str:
    if match := _CONTROL.search(value):
        raise ValueError(f"it holds the control character U+{ord(match[0]):04X}")
    return value


def _one_line(value: str) -> str:
    if "\n" in value or "\t" in value:
        raise ValueError("it holds a line break or a tab; this is written on one line")
    return value


def _key(value: str) -> str:
    if not _KEY.fullmatch(value):
        raise ValueError(f"{value!r} is not a key: small letters, digits and single hyphens, as in 'crown-co'")
    return value


def _node(value: str) -> str:
    if not _NODE.fullmatch(value):
        raise ValueError(f"{value!r} is not a node: write organisation, party/KEY, system/KEY or subject/KEY")
    return value


def _place(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("it must be a country's name or two-letter code, in quotes")
    code = LawBook.in_use().country(value)
    if code is None:
        raise ValueError(f"{value!r} is not a country that is known here; write its name or ISO code")
    return code


def _period(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("it must be a period, such as 6 years, 18 months or P6Y")
    return str(Period.parse(value))


def _calendar(value: object) -> object:
    if not isinstance(value, str) or not _CALENDAR.fullmatch(value):
        raise ValueError("it must be a country code, with its part where holidays differ: GB-ENG, DE-BY, FR")
    return value


def _date(value: object) -> object:
    if isinstance(value, dt.datetime) or not isinstance(value, str | dt.date):
        raise ValueError("it must be a date, as in 2026-11-21")
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError(f"{value!r} is not a date; write it as in 2026-11-21")
    return value


def _moment(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError(f"it must be a date with a time and its zone, in quotes; {MOMENT_EXAMPLES}")
    return moment_text(read_moment(value))


def _sha256(value: object) -> object:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError("it must be a SHA-256 fingerprint: 64 digits and letters a to f")
    return value


def whole(value: object) -> object:
    """Refuse what Python takes for a whole number and nobody else does: true, and 1.0."""
    if isinstance(value, bool | float):
        raise ValueError("it must be a whole number")
    return value


def distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    """The values, of which none may be there twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{value!r} is named twice")
        seen.add(value)
    return values


def law_ids(shelf: str) -> list[str]:
    """The ids that the law book knows on a shelf, in its order."""
    return [entry.id for entry in LawBook.in_use().entries() if entry.kind == shelf]


def known_law(shelf: str) -> Callable[[str], str]:
    """A validator that refuses ids which the law book does not know on this shelf."""

    def check(value: str) -> str:
        ids = law_ids(shelf)
        if value not in ids:
            raise ValueError(f"{value!r} is not known; one of: {', '.join(ids)}")
        return value

    return check


Text = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=20_000),
    AfterValidator(_printable),
]
Name = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=300),
    AfterValidator(_printable),
    AfterValidator(_one_line),
]
Key = Annotated[str, StringConstraints(strict=True, max_length=300), AfterValidator(_key)]
NodeKey = Annotated[str, StringConstraints(strict=True, max_length=300), AfterValidator(_node), Node()]
Place = Annotated[str, BeforeValidator(_place)]
PeriodText = Annotated[str, BeforeValidator(_period)]
Calendar = Annotated[str, BeforeValidator(_calendar)]
Fingerprint = Annotated[str, BeforeValidator(_sha256)]
Day = Annotated[dt.date, BeforeValidator(_date)]
Moment = Annotated[str, BeforeValidator(_moment)]
Truth = Annotated[bool, Strict()]
Regime = Literal["uk", "eu"]

Instrument = Annotated[str, AfterValidator(known_law("instrument")), LawId("instrument")]
Basis = Annotated[str, AfterValidator(known_law("lawful-basis")), LawId("lawful-basis")]
Condition = Annotated[str, AfterValidator(known_law("condition")), LawId("condition")]

Names = Annotated[tuple[Name, ...], AfterValidator(distinct)]
OwnConditions = Annotated[tuple[Name, ...], AfterValidator(distinct), OfInstrument()]
Places = Annotated[tuple[Place, ...], AfterValidator(distinct)]
Regimes = Annotated[tuple[Regime, ...], AfterValidator(distinct)]

SourceKey = Annotated[Key, Ref("document")]
PartyKey = Annotated[Key, Ref("party")]
SystemKey = Annotated[Key, Ref("system")]
ActivityKey = Annotated[Key, Ref("activity")]
AgreementKey = Annotated[Key, Ref("agreement")]
PartyKeys = Annotated[tuple[Key, ...], AfterValidator(distinct), Refs("party")]
SystemKeys = Annotated[tuple[Key, ...], AfterValidator(distinct), Refs("system")]
ActivityKeys = Annotated[tuple[Key, ...], AfterValidator(distinct), Refs("activity")]
DataKeys = Annotated[tuple[Key, ...], AfterValidator(distinct), Refs("data_category")]
SubjectKeys = Annotated[tuple[Key, ...], AfterValidator(distinct), Refs("subject_category")]


class Part(SQLModel):
    """A value that belongs to one record and has no key of its own; kept as JSON."""

    model_config = SQLModelConfig(extra="forbid", frozen=True)


class Fields(SQLModel):
    """What every kind of record has. Instances are immutable; an unknown field is an error."""

    model_config = SQLModelConfig(extra="forbid", frozen=True)

    key: Key = Field(sa_type=String, title="Key", description="The short name used in files and commands.")
    source: Text | None = Field(
        default=None,
        sa_type=String,
        title="Source",
        description="Where this is stated: the document and its section.",
    )
    note: Text | None = Field(
        default=None, sa_type=String, title="Note", description="Anything that fits no other field."
    )
    invented: Truth = Field(
        default=False,
        sa_type=Boolean,
        title="Invented",
        description="True for sample data that no source states; every page that shows it says so.",
    )


def required(title: str, explain: str) -> Any:
    """A text field that must be there."""
    return Field(sa_type=String, title=title, description=explain)


def text(title: str, explain: str) -> Any:
    """A text, key, place or period field that may be left empty."""
    return Field(default=None, sa_type=String, title=title, description=explain)


def choice(title: str, explain: str, default: str | None = None) -> Any:
    """A field that holds one of the words its type lists."""
    return Field(default=default, sa_type=String, title=title, description=explain)


def day(title: str, explain: str) -> Any:
    """A date field that may be left empty."""
    return Field(default=None, sa_type=Date, title=title, description=explain)


def flag(title: str, explain: str, default: bool | None = None) -> Any:
    """A yes-or-no field; None is "not recorded"."""
    return Field(default=default, sa_type=Boolean, title=title, description=explain)


def number(title: str, explain: str) -> Any:
    """A whole number that may be left empty."""
    return Field(default=None, sa_type=Integer, title=title, description=explain)


def several(title: str, explain: str) -> Any:
    """A list, empty by default."""
    return Field(default=(), sa_type=JSON, title=title, description=explain)


def part(title: str, explain: str) -> Any:
    """A nested value or list that may be left out, which is "not recorded"."""
    return Field(default=None, sa_type=JSON(none_as_null=True), title=title, description=explain)
