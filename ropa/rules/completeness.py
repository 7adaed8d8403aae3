"""What a record must hold (Article 30): one small rule for each question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from ropa.law.lawbook import LawBook
from ropa.rules.activity_facts import ActivityFacts, OrganisationFacts
from ropa.rules.catalogue import conclude
from ropa.rules.finding import Finding

ActivityRule = Callable[[ActivityFacts, LawBook, date], Iterator[Finding]]
OrganisationRule = Callable[[OrganisationFacts], Iterator[Finding]]


def about(activity: ActivityFacts, rule: str, title: str, message: str, field: str, source: str = "") -> Finding:
    """A finding about an activity, headed by its name."""
    return conclude(
        rule,
        activity.organisation,
        f"activity/{activity.key}",
        f"{activity.name}: {title}",
        message,
        field=field,
        source=source,
    )


def purpose(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """A controller records why (Art. 30(1)(b)); a processor what it does for the controller (Art. 30(2)(b))."""
    if activity.role == "processor":
        if not activity.processing:
            words = "A processor's record names what is carried out for each controller. Nothing is recorded."
            yield about(activity, "processing-missing", "what is done is not recorded", words, "processing")
    elif not activity.purposes:
        words = "The record must name the purposes of the processing. None is recorded."
        yield about(activity, "purpose-missing", "no purpose recorded", words, "purposes")


def people_and_data(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """Categories of people and of data (Art. 30(1)(c)); asked of a processor by its contract (Art. 28(3))."""
    source = "Art. 28(3)" if activity.role == "processor" else "Art. 30(1)(c)"
    if not activity.subjects:
        words = "The categories of people whom the data is about are not recorded."
        yield about(activity, "subjects-missing", "whose data is not recorded", words, "subject_categories", source)
    if not activity.data:
        words = "Which categories of personal data are processed is not recorded."
        yield about(activity, "data-missing", "no data categories recorded", words, "data_categories", source)


def recipients(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """Categories of recipients (Art. 30(1)(d)); that there are none may be true, and must be said."""
    if activity.role != "processor" and not activity.recipients:
        words = "To whom the data is disclosed is not recorded: neither a party nor a category of recipients."
        yield about(activity, "recipients-missing", "no recipients recorded", words, "recipients")


def retention(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """Time limits for erasure, where possible (Art. 30(1)(f)): a period and what starts it, or a clear end."""
    if activity.role == "processor":
        return
    if not activity.retention:
        words = "How long the data is kept is not recorded."
        yield about(activity, "retention-missing", "no retention period recorded", words, "retention")
    for rule in activity.retention:
        which = f" for {', '.join(rule.data)}" if rule.data else ""
        field = f"retention/{rule.key}"
        if rule.period is None and rule.until is None:
            words = f"What is stated, “{rule.stated}”, is no period." if rule.stated else "No period is recorded."
            yield about(activity, "retention-missing", f"no retention period{which}", words, field)
        elif rule.period is not None and rule.trigger is None:
            words = "A period is recorded, and not from when it is counted."
            yield about(activity, "retention-trigger-missing", f"what starts the period{which}", words, field)


def security(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """A general description of security measures, where possible (Art. 30(1)(g), 30(2)(d))."""
    if not activity.security:
        source = "Art. 30(2)(d), 32(1)" if activity.role == "processor" else "Art. 30(1)(g), 32(1)"
        words = "The technical and organisational measures are not described."
        yield about(activity, "security-missing", "no security measures recorded", words, "security", source)


def controllers(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """A processor names each controller (Art. 30(2)(a)); with a basis of its own it decides itself (Art. 28(10))."""
    if activity.role != "processor" or activity.controllers:
        return
    if activity.bases:
        words = (
            "It is recorded as done on behalf of others, names no controller, and rests on a lawful basis of its own. "
            "A basis is the controller's to have: whoever determines purposes and means is the controller."
        )
        yield about(activity, "processor-decides", "called a processor, acts as a controller", words, "role")
    else:
        words = "A processor's record names each controller on behalf of which it acts. None is recorded."
        yield about(activity, "controllers-missing", "for which controllers is not recorded", words, "controllers")


def contact(organisation: OrganisationFacts) -> Iterator[Finding]:
    """The record names the organisation with contact details (Art. 30(1)(a), 30(2)(a))."""
    facts = (("address", organisation.address), ("e-mail or telephone", organisation.reachable))
    missing = [word for word, there in facts if not there]
    if missing:
        words = f"The record holds the organisation's contact details. Not recorded: {' and '.join(missing)}."
        yield _whose(organisation, "contact-missing", f"{' and '.join(missing)} not recorded", words, "contact")


def bound_by(organisation: OrganisationFacts) -> Iterator[Finding]:
    """Without a country or a regime nothing can be judged (Art. 3)."""
    if not organisation.regimes:
        words = "Neither a country whose law is known here nor a regime is recorded, so no transfer can be judged."
        yield _whose(organisation, "regime-unknown", "which law binds it is not recorded", words, "country")


def _whose(organisation: OrganisationFacts, rule: str, title: str, message: str, field: str) -> Finding:
    key = organisation.key
    return conclude(rule, key, f"organisation/{key}", f"{organisation.name}: {title}", message, field=field)


ACTIVITY_RULES: tuple[ActivityRule, ...] = (purpose, people_and_data, recipients, retention, security, controllers)
ORGANISATION_RULES: tuple[OrganisationRule, ...] = (contact, bound_by)
