"""What allows sensitive data: Articles 9 and 10, and the United Kingdom's second condition (DPA 2018 Schedule 1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ropa.law.entries import Condition
from ropa.law.lawbook import LawBook
from ropa.rules.activity_facts import ActivityFacts, ConditionFacts, DataFacts
from ropa.rules.completeness import about
from ropa.rules.dates import long_date
from ropa.rules.finding import Finding

Recorded = tuple[ConditionFacts, Condition]
"""A condition as recorded, and what the law data says of it."""

_OFFICIAL = "art10-official-authority"


def special_condition(activity: ActivityFacts, law: LawBook, on: date) -> Iterator[Finding]:
    """Special-category data is forbidden unless a condition of Article 9(2) holds for it.

    Where the law of the regime has a Schedule 1, some of those conditions need one of its paragraphs beside them,
    one that supports this condition and is recorded for this data (DPA 2018 s. 10).
    """
    if not activity.special or activity.role == "processor":
        return
    uncovered: dict[str, None] = {}
    lacking: dict[str, dict[str, None]] = {}
    paragraphs: list[Recorded] = []
    for regime in _asked(activity):
        chosen = _recorded(activity, law, regime, on)
        articles = [each for each in chosen if each[1].set == "article-9"]
        second = _has_schedule(law, regime, on)
        paragraphs = [each for each in chosen if each[1].set == "schedule-1"] or paragraphs
        for data in activity.special:
            covering = [entry for facts, entry in articles if facts.covers(data)]
            if not covering:
                uncovered[data.name] = None
            elif second and not any(_complete(entry, data, chosen) for entry in covering):
                for entry in covering:
                    lacking.setdefault(entry.id, {})[data.name] = None
    if uncovered:
        names = ", ".join(uncovered)
        words = (
            "Special-category data may be processed only under a condition of Article 9(2). "
            f"None is recorded for: {names}."
        )
        yield about(activity, "article-9-condition-missing", "no Article 9 condition recorded", words, "conditions")
    for id_, covered in lacking.items():
        if (needing := law.condition(id_)) is not None:
            yield _without_paragraph(activity, needing, tuple(covered), paragraphs)


def _complete(entry: Condition, data: DataFacts, chosen: Sequence[Recorded]) -> bool:
    """Whether an Article 9 condition needs no paragraph of Schedule 1, or has one that supports it, for this data."""
    return not entry.schedule_1 or any(
        other.set == "schedule-1" and entry.id in other.goes_with and facts.covers(data) for facts, other in chosen
    )


def _without_paragraph(
    activity: ActivityFacts, entry: Condition, data: tuple[str, ...], paragraphs: Sequence[Recorded]
) -> Finding:
    words = (
        f"{entry.name} ({entry.source}) needs a condition of Schedule 1 to the Data Protection Act 2018 beside it, "
        f"here for {', '.join(data)}. "
    )
    other = [f"{each.name} ({each.article})" for _, each in paragraphs if entry.id not in each.goes_with]
    fitting = [f"{each.name} ({each.article})" for _, each in paragraphs if entry.id in each.goes_with]
    if fitting:
        words += f"{', '.join(fitting)} is recorded for other data."
    elif other:
        words += f"What is recorded, {', '.join(other)}, does not go with it."
    else:
        words += "None is recorded."
    title = "no Schedule 1 condition recorded"
    return about(activity, "schedule-1-condition-missing", title, words, "conditions", detail=entry.id)


def criminal_condition(activity: ActivityFacts, law: LawBook, on: date) -> Iterator[Finding]:
    """Criminal-offence data needs official authority, or authority in law, under each regime (Art. 10).

    In the United Kingdom the law that authorises it is Schedule 1, in any of its Parts 1 to 3 (DPA 2018 s. 10(5)).
    """
    if not activity.criminal or activity.role == "processor":
        return
    for regime in _asked(activity):
        chosen = _recorded(activity, law, regime, on)
        second = _has_schedule(law, regime, on)
        sets = ["schedule-1"] if second else ["article-10"] if regime else ["article-10", "schedule-1"]
        allowing = [facts for facts, entry in chosen if entry.id == _OFFICIAL or entry.set in sets]
        left = [data.name for data in activity.criminal if not any(each.covers(data) for each in allowing)]
        if not left:
            continue
        name = law.law(regime, on).name if regime else "GDPR"
        if second:
            need = "a condition of Part 1, 2 or 3 of Schedule 1 to the Data Protection Act 2018"
            source = "Art. 10; DPA 2018 s. 10(5), Sch. 1"
        else:
            need = "a law that authorises it" + (", of the Union or of a member state" if regime else "")
            source = "Art. 10"
        words = (
            f"Under the {name}, criminal-offence data needs the control of official authority or {need}. "
            f"Neither is recorded for: {', '.join(left)}."
        )
        title = f"no condition for criminal-offence data recorded ({name})"
        yield about(activity, "article-10-condition-missing", title, words, "conditions", source, detail=regime or "")


def policy_document(activity: ActivityFacts, law: LawBook, on: date) -> Iterator[Finding]:
    """Some Schedule 1 conditions need an appropriate policy document (DPA 2018 Sch. 1 Part 4), of the controller."""
    if activity.role == "processor":
        return
    asked: dict[str, Condition] = {}
    later: dict[str, date] = {}
    for regime in _asked(activity):
        for facts, entry in _recorded(activity, law, regime, on):
            if entry.policy_document and not facts.policy_document:
                asked[entry.id] = entry
                if facts.still_to_come:
                    later[entry.id] = facts.still_to_come
    for entry in asked.values():
        certain = entry.policy_document == "required"
        need = "needs an appropriate policy document" if certain else "usually needs an appropriate policy document"
        found = (
            f"The one recorded is dated {long_date(later[entry.id])} only" if entry.id in later else "None is recorded"
        )
        rest = f"{found}." if certain else f"{found}; check the paragraph."
        yield about(
            activity,
            "policy-document-missing",
            "no appropriate policy document recorded",
            f"{entry.name} ({entry.article}) {need}. {rest}",
            "conditions",
            f"{entry.source}; DPA 2018 Sch. 1 Part 4",
            detail=entry.id,
            severity="medium" if certain else "low",
        )


def _asked(activity: ActivityFacts) -> tuple[str | None, ...]:
    """The regimes to ask; None alone where it is not known which bind, for what both ask."""
    return activity.regimes or (None,)


def _has_schedule(law: LawBook, regime: str | None, on: date) -> bool:
    """Whether the regime has conditions of a Schedule 1: the United Kingdom's alone has."""
    return regime is not None and bool(law.conditions(of="schedule-1", regime=regime, on=on))


def _recorded(activity: ActivityFacts, law: LawBook, regime: str | None, on: date) -> list[Recorded]:
    """The activity's conditions that the regime knows on the date."""
    known = {each.id for each in law.conditions(regime=regime, on=on)}
    found = ((each, law.condition(each.condition)) for each in activity.conditions)
    return [(each, entry) for each, entry in found if entry is not None and entry.id in known]
