"""Whether what is recorded makes an activity lawful: Articles 6, 9, 10 and 35, DPA 2018 Schedule 1."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.law.entries import Condition
from ropa.law.lawbook import LawBook
from ropa.rules.activity_facts import ActivityFacts
from ropa.rules.completeness import ActivityRule, about
from ropa.rules.finding import Finding


def basis_recorded(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """Processing is lawful only on a basis of Article 6(1), which the controller must be able to show (Art. 5(2))."""
    if activity.role != "processor" and not activity.bases:
        words = "Processing needs one of the bases of Article 6(1), and the controller must be able to show which."
        yield about(activity, "lawful-basis-missing", "no lawful basis recorded", words, "lawful_bases")


def basis_in_force(activity: ActivityFacts, law: LawBook, on: date) -> Iterator[Finding]:
    """A basis must exist in each regime that binds the organisation, on the date."""
    for regime in activity.regimes:
        known = {each.id for each in law.lawful_bases(regime=law.law(regime, on).regime, on=on)}
        for basis in activity.bases:
            entry = law.lawful_basis(basis.basis)
            # Before the GDPR applied the data knows no basis at all, which says nothing about this one.
            if entry is not None and known and basis.basis not in known:
                name = entry.name.lower()
                words = f"{entry.name} is not among the lawful bases of the {regime.upper()} GDPR on this date."
                yield about(
                    activity,
                    "lawful-basis-not-available",
                    f"{name} is no lawful basis here",
                    words,
                    "lawful_bases",
                    entry.source,
                )


def interests_assessed(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """Legitimate interests hold only once weighed against the person's; the weighing must be shown (Art. 5(2))."""
    if any(basis.basis == "legitimate-interests" and not basis.assessed for basis in activity.bases):
        words = (
            "Legitimate interests hold only where the person's interests do not override them. No assessment that "
            "weighed the two is on record."
        )
        yield about(activity, "lia-missing", "legitimate interests, no assessment recorded", words, "lawful_bases")


def vital_interests(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """Vital interests are about somebody's life (recital 46); doubtful where nothing recorded has to do with it."""
    if any(basis.basis == "vital-interests" for basis in activity.bases) and not activity.about_life:
        words = (
            "Vital interests cover what is essential to somebody's life, and only where no other basis fits. Nothing "
            "recorded here (no health data, no vulnerable people) has to do with life."
        )
        yield about(activity, "vital-interests-doubtful", "vital interests hardly fit", words, "lawful_bases")


def special_condition(activity: ActivityFacts, law: LawBook, _on: date) -> Iterator[Finding]:
    """Special-category data is forbidden unless a condition of Article 9(2) holds; UK law may ask for a second."""
    if not activity.special or activity.role == "processor":
        return
    chosen = _conditions(activity, law)
    if not any(entry.set == "article-9" for entry in chosen):
        words = (
            f"It holds special-category data ({', '.join(activity.special)}), which may be processed only under a "
            "condition of Article 9(2). None is recorded."
        )
        yield about(activity, "article-9-condition-missing", "no Article 9 condition recorded", words, "conditions")
    if "uk" not in activity.regimes or any(entry.set == "schedule-1" for entry in chosen):
        return
    for entry in chosen:
        if entry.schedule_1:
            words = (
                f"{entry.name} ({entry.source}) needs a condition of Schedule 1 to the Data Protection Act 2018 "
                "beside it. None is recorded."
            )
            yield about(
                activity, "schedule-1-condition-missing", "no Schedule 1 condition recorded", words, "conditions"
            )


def criminal_condition(activity: ActivityFacts, law: LawBook, _on: date) -> Iterator[Finding]:
    """Criminal-offence data needs official authority or authority in law (Art. 10; DPA 2018 Schedule 1)."""
    if not activity.criminal or activity.role == "processor":
        return
    if not any(entry.set in ("article-10", "schedule-1") for entry in _conditions(activity, law)):
        words = (
            f"It holds criminal-offence data ({', '.join(activity.criminal)}), which may be processed only under "
            "official authority or where the law authorises it. Nothing is recorded."
        )
        yield about(
            activity,
            "article-10-condition-missing",
            "no Article 10 condition recorded",
            words,
            "conditions",
        )


def policy_document(activity: ActivityFacts, law: LawBook, _on: date) -> Iterator[Finding]:
    """Some Schedule 1 conditions need an appropriate policy document (DPA 2018 Sch. 1 Part 4)."""
    for entry in _conditions(activity, law):
        if entry.policy_document and entry.id not in activity.policy_documents:
            words = f"{entry.name} needs an appropriate policy document. None is recorded."
            yield about(
                activity,
                "policy-document-missing",
                "no appropriate policy document recorded",
                words,
                "conditions",
                f"{entry.source}; DPA 2018 Sch. 1 Part 4",
            )


def impact_assessment(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """Where an impact assessment is required, it is made before processing (Art. 35(1))."""
    if activity.unassessed_dpia:
        words = "An impact assessment is marked as required, and none is on record."
        yield about(activity, "dpia-missing", "impact assessment required, none recorded", words, "dpia_document")


def _conditions(activity: ActivityFacts, law: LawBook) -> list[Condition]:
    return [entry for each in activity.conditions if (entry := law.condition(each)) is not None]


LAWFULNESS_RULES: tuple[ActivityRule, ...] = (
    basis_recorded,
    basis_in_force,
    interests_assessed,
    vital_interests,
    special_condition,
    criminal_condition,
    policy_document,
    impact_assessment,
)
