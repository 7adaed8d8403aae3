"""The kinds of entry in the law data: each one sentence of the law, with its source and its dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

Confidence = Literal["checked", "unverified"]
Scope = Literal["full", "limited", "importer", "listed", "claimed"]
Family = Literal["tool", "derogation", "adequacy"]
PolicyDocument = Literal["", "required", "usually"]

PACKAGED = "packaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One dated statement of the law. `start` and `until` are inclusive; None means open at that end.

    `confidence` is `unverified` where nobody has checked the entry against its source, and `doubt` names the
    part that is meant. `origin` says who stated it: the packaged data, or a file of the user's.
    """

    kind: ClassVar[str] = "entry"

    id: str
    name: str
    explain: str
    source: str
    start: date | None = None
    until: date | None = None
    confidence: Confidence = "checked"
    doubt: str = ""
    origin: str = PACKAGED

    @property
    def from_(self) -> date | None:
        """The first day, under the name that the files use."""
        return self.start

    def in_force(self, on: date) -> bool:
        """Whether the entry holds on this day."""
        return (self.start is None or self.start <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory(Entry):
    """A country or area (two-letter code), a group such as the EEA, or an organisation (`org:EPO`).

    `definite` says that a sentence puts "the" before its name.
    """

    kind: ClassVar[str] = "territory"
    sort: Literal["country", "group", "organisation"] = "country"
    aliases: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    definite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Entry):
    """The places that belong to a group for the entry's dates."""

    kind: ClassVar[str] = "membership"
    group: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge(Entry):
    """Places outside a regime's territory that were not treated as a third country for the entry's dates."""

    kind: ClassVar[str] = "bridge"
    regime: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime(Entry):
    """A body of data protection law and the group of places that is its own territory.

    `inside` is the sentence that says that a `{place}` lies in that territory.
    """

    kind: ClassVar[str] = "regime"
    territory: str
    inside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What a regime calls the assessment of a transfer's risk, and where it asks for one."""

    name: str
    short: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Law(Entry):
    """What a regime's transfer law was for the entry's dates. `follows` names the regime whose law it was."""

    kind: ClassVar[str] = "law"
    regime: str
    articles: Mapping[str, str]
    assessment: Assessment
    follows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption(Entry):
    """A disclosure that a regime does not count as a restricted transfer, where all of `when` holds."""

    kind: ClassVar[str] = "exemption"
    regime: str
    when: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adequacy(Entry):
    """A decision that a place protects personal data well enough, for the scope that it states."""

    kind: ClassVar[str] = "adequacy"
    regime: str
    place: str
    scope: Scope = "full"
    limits: str = ""
    claim: str = ""
    extension: bool = False
    hr_cover: bool = False
    excludes_data: tuple[str, ...] = ()
    excludes_sectors: tuple[str, ...] = ()
    doubtful_sectors: tuple[str, ...] = ()
    ended_by: str = ""
    caution: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One of the modules of a model contract: the roles that it is written for."""

    id: str
    name: str
    exporter: tuple[str, ...]
    importer: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What one regime asks of an instrument, and when it accepts it. `signed_until` bars newer contracts."""

    start: date | None = None
    until: date | None = None
    signed_until: date | None = None
    assessment: bool = False
    assessment_from: date | None = None
    approval: bool = False
    intra_group: bool = False
    unchanged: bool = False
    commitments: bool = False
    needs: tuple[str, ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A condition that has to be recorded one by one."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Entry):
    """Something that a document relies on for a transfer: a tool, a derogation, or a decision by name.

    `conditions` are what it asks for; where it is `strict`, each has to be recorded before it carries anything.
    `decisions` are the adequacy decisions that a claimed scheme stands for, `successor` the scheme that came after
    it, and `versions` the tools that a loose name may mean.
    """

    kind: ClassVar[str] = "instrument"
    family: Family
    terms: Mapping[str, Term] = field(default_factory=dict)
    modules: tuple[Module, ...] = ()
    conditions: tuple[Requirement, ...] = ()
    strict: bool = False
    decisions: tuple[str, ...] = ()
    successor: str = ""
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LawfulBasis(Entry):
    """A lawful basis of Article 6, with the dates on which each regime knows it."""

    kind: ClassVar[str] = "lawful-basis"
    letter: str
    article: str
    terms: Mapping[str, Term]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Entry):
    """A condition of Article 9, Article 10 or the UK's Schedule 1.

    `schedule_1` says that UK law asks for a Schedule 1 condition beside it; `goes_with` names the Article 9 or 10
    conditions that a Schedule 1 condition supports; `policy_document` whether it asks for an appropriate policy
    document (`usually`: unless the paragraph says otherwise).
    """

    kind: ClassVar[str] = "condition"
    set: Literal["article-9", "article-10", "schedule-1"]
    article: str
    terms: Mapping[str, Term]
    letter: str = ""
    part: int = 0
    aliases: tuple[str, ...] = ()
    schedule_1: bool = False
    goes_with: tuple[str, ...] = ()
    policy_document: PolicyDocument = ""
