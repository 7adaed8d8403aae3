"""What a record must hold (Article 30): one small rule for each question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from ropa.law.lawbook import LawBook
from ropa.rules.activity_facts import ActivityFacts, DataFacts, OrganisationFacts, RetentionFacts
from ropa.rules.catalogue import conclude
from ropa.rules.dates import long_date
from ropa.rules.finding import Finding, Severity

ActivityRule = Callable[[ActivityFacts, LawBook, date], Iterator[Finding]]


def gdpr_applies(law: LawBook, regimes: tuple[str, ...], on: date) -> bool:
    """Whether any of the regimes (of all, where none is known) was the GDPR on the date (Art. 99(2)).

    The law data knows the bases of Article 6 from the day on which each regime applied it, and none before.
    """
    asked = regimes or tuple(each.id for each in law.regimes())
    return any(law.lawful_bases(regime=law.law(each, on).regime, on=on) for each in asked)


def about(
    activity: ActivityFacts,
    rule: str,
    title: str,
    message: str,
    field: str,
    source: str = "",
    *,
    detail: str = "",
    severity: Severity | None = None,
) -> Finding:
    """A finding about an activity, headed by its name."""
    return conclude(
        rule,
        activity.organisation,
        f"activity/{activity.key}",
        f"{activity.name}: {title}",
        message,
        field=field,
        source=source,
        detail=detail,
        severity=severity,
    )


def role(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """The role decides which record is owed (Art. 30(1) or 30(2)), and to whom."""
    if not activity.role:
        words = "Whether the organisation acts here as controller or as processor is not recorded."
        yield about(activity, "role-missing", "role not recorded", words, "role")


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
    """Time limits for erasure, where possible (Art. 30(1)(f)): a period and what starts it, or a clear end.

    Of a processor only what it says is asked to be clear: at the end of the service it returns or deletes
    (Art. 28(3)(g)).
    """
    vague = [rule for rule in activity.retention if rule.period is None and rule.until is None]
    if activity.role == "processor":
        clear = [rule for rule in activity.retention if rule not in vague]
        for rules in _alike(rule for rule in vague if not any(each.data in ((), rule.data) for each in clear)):
            words = f"{_vague(rules)} At the end of the service a processor returns or deletes the data, as its "
            words += "controller chooses."
            yield _retained(activity, rules, "no clear end", words, "retention-missing", "Art. 28(3)(g)")
        return
    if not activity.retention:
        words = "How long the data is kept is not recorded."
        yield about(activity, "retention-missing", "no retention period recorded", words, "retention")
    for rules in _alike(vague):
        yield _retained(activity, rules, "no retention period", _vague(rules), "retention-missing")
    for rules in _alike(rule for rule in activity.retention if rule.period is not None and rule.trigger is None):
        words = "A period is recorded, and not from when it is counted."
        yield _retained(activity, rules, "what starts the period", words, "retention-trigger-missing")
    covered = {data.key for rule in activity.retention for data in rule.data}
    left = [data.name for data in activity.data if data.key not in covered]
    if left and activity.retention and all(rule.data for rule in activity.retention):
        words = f"The recorded time limits are for other data. How long is not recorded for: {', '.join(left)}."
        yield about(activity, "retention-data-uncovered", "data without a retention period", words, "retention")


def _alike(rules: Iterable[RetentionFacts]) -> Iterator[list[RetentionFacts]]:
    """The rules for the same data together: what is wrong with them is one thing to mend."""
    found: dict[tuple[DataFacts, ...], list[RetentionFacts]] = {}
    for rule in rules:
        found.setdefault(rule.data, []).append(rule)
    yield from found.values()


def _vague(rules: list[RetentionFacts]) -> str:
    stated = " and ".join(f"“{rule.stated}”" for rule in rules if rule.stated)
    return f"What is stated, {stated}, is no period." if stated else "No period is recorded."


def _retained(
    activity: ActivityFacts, rules: list[RetentionFacts], title: str, message: str, name: str, source: str = ""
) -> Finding:
    rule = rules[0]
    which = f" for {', '.join(data.name for data in rule.data)}" if rule.data else ""
    detail = " ".join(data.key for data in rule.data)
    return about(activity, name, f"{title}{which}", message, f"retention/{rule.key}", source, detail=detail)


def security(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """A general description of security measures, where possible (Art. 30(1)(g), 30(2)(d))."""
    if not activity.security:
        source = "Art. 30(2)(d), 32(1)" if activity.role == "processor" else "Art. 30(1)(g), 32(1)"
        words = "The technical and organisational measures are not described."
        yield about(activity, "security-missing", "no security measures recorded", words, "security", source)


def controllers(activity: ActivityFacts, _law: LawBook, _on: date) -> Iterator[Finding]:
    """A processor names each controller (Art. 30(2)(a)); with a basis of its own it decides itself (Art. 28(10)).

    Controllers that sample data made up are no answer to the second question.
    """
    if activity.role != "processor":
        return
    if activity.bases and not activity.stated_controllers:
        words = (
            "It is recorded as done on behalf of others, and rests on a lawful basis of its own. A basis is the "
            "controller's to have, and whoever determines purposes and means is the controller. No controller "
            "that it would be done for is stated. Check whether the role is right."
        )
        title = "called a processor, and rests on a lawful basis of its own"
        yield about(activity, "processor-decides", title, words, "role")
    elif not activity.controllers:
        words = "A processor's record names each controller on behalf of which it acts. None is recorded."
        yield about(activity, "controllers-missing", "for which controllers is not recorded", words, "controllers")


def joint(activity: ActivityFacts, _law: LawBook, on: date) -> Iterator[Finding]:
    """Joint controllers are named (Art. 30(1)(a)) and have an arrangement between them (Art. 26)."""
    if activity.role == "joint-controller" and not activity.joint_controllers:
        words = "Purposes and means are decided together with somebody. With whom is not recorded."
        title = "joint controllers not recorded"
        yield about(activity, "joint-controllers-missing", title, words, "joint_controllers")
    for other in activity.joint_controllers:
        arranged = [each for each in other.agreements if each.type == "joint-controller"]
        if any(each.runs(on) for each in arranged):
            continue
        words = "Joint controllers determine their responsibilities by an arrangement between them. "
        if arranged:
            last = max(arranged, key=lambda each: each.expires or date.max)
            ended = last.expires is not None and last.expires < on
            when = f"expired on {long_date(last.expires)}" if last.expires and ended else "was not yet concluded"
            words += f"{last.name} {when}, and no other is recorded."
        else:
            words += "None is recorded."
        title = f"no arrangement with {other.name} recorded"
        yield about(activity, "joint-arrangement-missing", title, words, "agreements", detail=other.key)


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


ACTIVITY_RULES: tuple[ActivityRule, ...] = (
    role,
    purpose,
    people_and_data,
    recipients,
    retention,
    security,
    controllers,
    joint,
)
