"""Whether what is recorded makes an activity lawful: its bases (Art. 6) and its impact assessment (Art. 35)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.law.lawbook import LawBook
from ropa.rules.activity_facts import ActivityFacts
from ropa.rules.completeness import ActivityRule, about
from ropa.rules.conditions import criminal_condition, policy_document, special_condition
from ropa.rules.dates import long_date
from ropa.rules.finding import Finding


def basis_recorded(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """Processing is lawful only on a basis of Article 6(1), which the controller must be able to show (Art. 5(2))."""
    if activity.role != "processor" and not activity.bases:
        words = "Processing needs one of the bases of Article 6(1), and the controller must be able to show which."
        yield about(activity, "lawful-basis-missing", "no lawful basis recorded", words, "lawful_bases")


def purposes_covered(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """Each purpose needs a basis; one that names no purpose is for all. Purposes are matched by their words."""
    if activity.role == "processor" or not activity.bases or not activity.purposes:
        return
    known = {_words(purpose) for purpose in activity.purposes}
    named = {_words(basis.purpose) for basis in activity.bases if basis.purpose is not None}
    if all(basis.purpose is not None for basis in activity.bases):
        left = [purpose for purpose in activity.purposes if _words(purpose) not in named]
        if left:
            words = f"Each recorded basis names the purpose that it is for, and none names: {'; '.join(left)}."
            yield about(activity, "lawful-basis-incomplete", "purposes without a lawful basis", words, "lawful_bases")
    strange = dict.fromkeys(
        basis.purpose for basis in activity.bases if basis.purpose is not None and _words(basis.purpose) not in known
    )
    if strange:
        quoted = ", ".join(f"“{purpose}”" for purpose in strange)
        words = f"A lawful basis is recorded for what is, in these words, no purpose of the activity: {quoted}."
        title = "a basis for a purpose that is not recorded"
        yield about(activity, "lawful-basis-unmatched", title, words, "lawful_bases")


def _words(purpose: str) -> str:
    return " ".join(purpose.split()).casefold()


def basis_in_force(activity: ActivityFacts, law: LawBook, on: date) -> Iterator[Finding]:
    """A basis must exist in each regime that binds the organisation, on the date."""
    for regime in activity.regimes:
        today = law.law(regime, on)
        known = {each.id for each in law.lawful_bases(regime=today.regime, on=on)}
        for basis in activity.bases:
            entry = law.lawful_basis(basis.basis)
            # A regime that was not the GDPR yet knows no basis at all, which says nothing about this one.
            if entry is not None and known and basis.basis not in known:
                name = entry.name.lower()
                words = f"{entry.name} is not among the lawful bases of the {today.name} on this date."
                yield about(
                    activity,
                    "lawful-basis-not-available",
                    f"{name} is no lawful basis here",
                    words,
                    "lawful_bases",
                    entry.source,
                    detail=f"{basis.basis} {regime}",
                )


def interests_assessed(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """Legitimate interests hold only once weighed against the person's; the weighing must be shown (Art. 5(2))."""
    bare = [basis for basis in activity.bases if basis.basis == "legitimate-interests" and not basis.assessed]
    if bare:
        later = next((basis.still_to_come for basis in bare if basis.still_to_come), None)
        words = "Legitimate interests hold only where the person's interests do not override them. " + (
            f"The assessment on record is dated {long_date(later)}, which is after this date."
            if later
            else "No assessment that weighed the two is on record."
        )
        title = f"legitimate interests, {'not assessed yet' if later else 'no assessment recorded'}"
        yield about(activity, "lia-missing", title, words, "lawful_bases")


def vital_interests(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """Vital interests are about somebody's life (recital 46); doubtful where nothing recorded has to do with it."""
    if any(basis.basis == "vital-interests" for basis in activity.bases) and not activity.about_life:
        words = (
            "Vital interests cover what is essential to somebody's life, and only where no other basis fits. Nothing "
            "recorded here (no health data, no vulnerable people) has to do with life."
        )
        yield about(activity, "vital-interests-doubtful", "vital interests hardly fit", words, "lawful_bases")


def impact_assessment(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """Where an impact assessment is required, it is made before processing (Art. 35(1))."""
    if activity.unassessed_dpia:
        title, state = "none recorded", "none is on record"
        if activity.dpia_progress:
            title, state = "not finished", f"it is recorded as {activity.dpia_progress}"
        elif activity.dpia_to_come:
            title = "not made yet"
            state = f"the one on record is dated {long_date(activity.dpia_to_come)}, which is after this date"
        words = f"An impact assessment is marked as required, and {state}."
        yield about(activity, "dpia-missing", f"impact assessment required, {title}", words, "dpia_document")


LAWFULNESS_RULES: tuple[ActivityRule, ...] = (
    basis_recorded,
    purposes_covered,
    basis_in_force,
    interests_assessed,
    vital_interests,
    special_condition,
    criminal_condition,
    policy_document,
    impact_assessment,
)
