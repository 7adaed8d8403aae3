"""Personal data breaches: what is documented, the 72 hours, and who is told (Art. 33, 34; alike in both regimes).

The 72 hours are counted strictly: hour by hour from the moment of becoming aware, weekends and holidays included,
whatever the clocks of the place did meanwhile. Nothing here is later than any reading of the law allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from ropa.rules.catalogue import conclude
from ropa.rules.finding import Finding, Reason
from ropa.rules.moment import moment_words

HOURS = 72
TIME = timedelta(hours=HOURS)

Risk = Literal["unlikely", "risk", "high"]


@dataclass(frozen=True, slots=True)
class ToldFacts:
    """Somebody who is owed word of a breach, and when it was first told; None: no notice with a time is recorded."""

    key: str
    name: str
    told: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachFacts:
    """One breach as it stood at the moment `now`; moments have a zone.

    `controller` and `processor` say in which roles it concerns the organisation; neither: not known. `authority` and
    `people` are the moments at which they were first told. `customers` are the controllers to be told, `unnamed` the
    activities, by name, done for nobody that is recorded. `missing` is what Article 33(5) asks for and nobody wrote.
    """

    organisation: str
    key: str
    name: str
    now: datetime
    discovered: datetime | None = None
    controller: bool = False
    processor: bool = False
    risk: Risk | None = None
    unlikely_because: bool = False
    authority: datetime | None = None
    late_because: bool = False
    people: datetime | None = None
    people_untold_because: bool = False
    customers: tuple[ToldFacts, ...] = ()
    unnamed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def deadline(discovered: datetime) -> datetime:
    """The end of the 72 hours, in the zone of the moment that they are counted from.

    Raises ValueError for a moment without a zone: nobody could say when it was.
    """
    if discovered.tzinfo is None:
        raise ValueError("a moment without a zone cannot be counted from")
    # Through UTC: within one zone Python adds to what the clock shows, and clocks are put forward and back.
    return (discovered.astimezone(UTC) + TIME).astimezone(discovered.tzinfo)


def is_known(facts: BreachFacts) -> bool:
    """Whether the organisation was aware of it by then; one without a moment counts as known."""
    return facts.discovered is None or facts.discovered <= facts.now


def as_controller(facts: BreachFacts) -> bool:
    """Whether what a controller owes is asked for: also where the role is not known."""
    return facts.controller or not facts.processor


def owes_authority(facts: BreachFacts) -> bool:
    """Whether the authority is still to be told: as controller, unless a risk is unlikely (Art. 33(1))."""
    return as_controller(facts) and facts.risk != "unlikely" and not told_by(facts.authority, facts.now)


def told_by(told: datetime | None, now: datetime) -> bool:
    """Whether somebody had been told by a moment."""
    return told is not None and told <= now


def _about(
    facts: BreachFacts, rule: str, title: str, message: str, field: str, since: Reason | None = None, detail: str = ""
) -> Finding:
    reasons = (since, Reason(message, "Art. 33(1)")) if since else ()
    head, subject = f"{facts.name}: {title}", f"breach/{facts.key}"
    return conclude(rule, facts.organisation, subject, head, message, reasons=reasons, field=field, detail=detail)


def recorded(facts: BreachFacts) -> Iterator[Finding]:
    """What the documentation of a breach must hold (Art. 33(5)), and what else nothing can be judged without."""
    if facts.discovered is None:
        words = "When the organisation became aware of it is not recorded, so no time limit can be counted."
        yield _about(facts, "breach-discovered-missing", "when it became known is not recorded", words, "discovered")
    if not facts.controller and not facts.processor:
        words = (
            "Neither the activities that it reaches are recorded nor the role in which it concerns the organisation."
        )
        yield _about(facts, "breach-role-missing", "in which role is not recorded", words, "activities")
    if facts.missing:
        words = "A breach is documented with its facts, its effects and the remedial action. Not recorded: "
        words += f"{', '.join(facts.missing)}."
        yield _about(facts, "breach-undocumented", "documentation incomplete", words, "facts")


def authority(facts: BreachFacts) -> Iterator[Finding]:
    """The controller tells the authority within 72 hours unless a risk is unlikely, later with reasons (Art. 33(1))."""
    if not as_controller(facts):
        return
    if facts.risk is None:
        words = "Whether it is a risk to people is not recorded. Unless one is unlikely, the authority must be told."
        yield _about(facts, "breach-risk-missing", "risk not assessed", words, "risk")
    told = told_by(facts.authority, facts.now)
    if facts.risk == "unlikely" and not told and not facts.unlikely_because:
        words = "It is recorded that a risk to people is unlikely, and not why."
        yield _about(facts, "breach-untold-unexplained", "why nobody was told is not recorded", words, "risk_reasons")
    if facts.discovered is None:
        return
    end = deadline(facts.discovered)
    since = Reason(f"The organisation became aware of it at {moment_words(facts.discovered)}.")
    if owes_authority(facts) and end <= facts.now:
        words = (
            f"The {HOURS} hours run until {moment_words(end)}. That the authority was told, and when, is not recorded."
        )
        title = f"authority to be told by {moment_words(end)}"
        yield _about(facts, "breach-authority-untold", title, words, "breach_notices", since)
    unexplained = told and facts.risk != "unlikely" and not facts.late_because
    if unexplained and facts.authority is not None and facts.authority > end:
        words = f"The authority was told at {moment_words(facts.authority)}; the {HOURS} hours ran until "
        words += f"{moment_words(end)}. No reasons for the delay are recorded."
        yield _about(facts, "breach-told-late", "authority told late, without reasons", words, "late_because", since)


def people(facts: BreachFacts) -> Iterator[Finding]:
    """Where the risk is high the people are told without undue delay, or a condition of Art. 34(3) is recorded."""
    untold = not told_by(facts.people, facts.now) and not facts.people_untold_because
    if as_controller(facts) and facts.risk == "high" and untold:
        words = "The risk to people is recorded as high. That they were told is not recorded, nor why not."
        yield _about(facts, "breach-people-untold", "people not told", words, "breach_notices")


def customers(facts: BreachFacts) -> Iterator[Finding]:
    """The processor tells each controller without undue delay after becoming aware, whatever the risk (Art. 33(2))."""
    if not facts.processor:
        return
    untold = [each for each in facts.customers if not told_by(each.told, facts.now)]
    for each in untold:
        words = f"It reaches what is done on behalf of {each.name}. That {each.name} was told is not recorded."
        title = f"{each.name} not told"
        yield _about(facts, "breach-customers-untold", title, words, "breach_notices", detail=each.key)
    if facts.unnamed:
        words = f"It reaches what is done for customers that nobody has recorded: {', '.join(facts.unnamed)}."
        yield _about(facts, "breach-customers-unnamed", "whom to tell is not recorded", words, "customers")
    elif not facts.customers:
        words = "It concerns the organisation as processor. Which customers it reaches is not recorded."
        yield _about(facts, "breach-customers-unnamed", "whom to tell is not recorded", words, "customers")


BREACH_RULES: tuple[Callable[[BreachFacts], Iterator[Finding]], ...] = (recorded, authority, people, customers)


def breach(facts: BreachFacts) -> Iterator[Finding]:
    """Everything that is wrong or missing about one breach; nothing of one that was not known by then."""
    if is_known(facts):
        for rule in BREACH_RULES:
            yield from rule(facts)
