"""The list of rules: what each asks, how much it weighs, where the law says so, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass

from ropa.rules.finding import Finding, Kind, Reason, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One legal question. `kind` is `gap` where it concludes that something is not recorded."""

    id: str
    severity: Severity
    kind: Kind
    source: str
    asks: str
    remedy: str


def _rules(*rules: Rule) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules}


CATALOGUE: dict[str, Rule] = _rules(
    Rule(
        "transfer-unsafeguarded", "high", "finding", "Art. 44-46, 49 EU GDPR; Art. 44A-46, 49 UK GDPR",
        "Does a decision, an instrument or a derogation in force cover each transfer out of the territory?",
        "Record what covers it; if nothing does, conclude an instrument or stop the transfer.",
    ),
    Rule(
        "transfer-incomplete", "medium", "finding", "Art. 46; EDPB Recommendations 01/2020",
        "Is everything there that the recorded instrument needs: its assessment, and the clauses below an Addendum?",
        "Record what is missing, or make it.",
    ),
    Rule(
        "transfer-unknown", "medium", "gap", "Art. 30(1)(e), 45, 46",
        "Is enough recorded to say whether the transfer is covered?",
        "Record the country, and whether the importer falls within its country's decision.",
    ),
    Rule(
        "transfer-warning", "low", "finding", "Art. 45",
        "Does a transfer rest on something that deserves a second leg?",
        "Keep an instrument ready as a fallback.",
    ),
    Rule(
        "crossing-undocumented", "medium", "gap", "Art. 30(1)(e), 30(2)(c)",
        "Is every flow out of the territory recorded as a transfer, with its country?",
        "Record the transfer: importer, country, and what covers it.",
    ),
    Rule(
        "transfer-without-crossing", "medium", "finding", "Art. 30(1)(e), 5(2)",
        "Does each recorded transfer belong to a flow that leaves the territory?",
        "Record the engagement or flow that makes it, correct its country, or remove it.",
    ),
    Rule(
        "transfer-country-missing", "medium", "gap", "Art. 30(1)(e), 30(2)(c)",
        "Is the third country of each transfer named?",
        "Record the country.",
    ),
    Rule(
        "transfer-data-uncovered", "medium", "finding", "Art. 30(1)(e), 46",
        "Does the recorded transfer cover all the data that goes?",
        "Add the data categories to the transfer, or record another.",
    ),
    Rule(
        "onward-terms-missing", "high", "finding", "Art. 28(4), 44",
        "Do the same duties bind each party further down a chain?",
        "Have the onward terms agreed between the two, or have the data kept from the second.",
    ),
    Rule(
        "onward-terms-unknown", "medium", "gap", "Art. 28(4), 44",
        "Is it recorded whether the same duties bind each party further down, where no regime binds who hands it on?",
        "Ask for the agreement between the two, and record on it whether the same duties bind the second.",
    ),
    Rule(
        "purpose-missing", "medium", "gap", "Art. 30(1)(b)",
        "Are the purposes of each activity recorded?",
        "Record why the data is processed.",
    ),
    Rule(
        "processing-missing", "medium", "gap", "Art. 30(2)(b)",
        "Is it recorded what is done on behalf of each controller?",
        "Record what is done: hosting, support, backups.",
    ),
    Rule(
        "controllers-missing", "medium", "gap", "Art. 30(2)(a)",
        "Is each controller named for which the organisation acts as processor?",
        "Record the customers it is done for.",
    ),
    Rule(
        "processor-decides", "high", "finding", "Art. 28(10), 4(7)",
        "Does a processor that names no controller claim a lawful basis of its own?",
        "Record the role as controller, or name the controllers it is done for.",
    ),
    Rule(
        "subjects-missing", "medium", "gap", "Art. 30(1)(c), 28(3)",
        "Are the categories of people recorded?",
        "Record the categories of people: clients, staff, callers.",
    ),
    Rule(
        "data-missing", "medium", "gap", "Art. 30(1)(c), 28(3)",
        "Are the categories of personal data recorded?",
        "Record the categories of data.",
    ),
    Rule(
        "recipients-missing", "low", "gap", "Art. 30(1)(d)",
        "Are the recipients recorded, as parties or as categories?",
        "Record the recipients, or write that there are none.",
    ),
    Rule(
        "retention-missing", "medium", "gap", "Art. 30(1)(f), 5(1)(e)",
        "Is a time limit for erasure recorded: a period and what starts it, or the event that ends it?",
        "Record a period and what starts it.",
    ),
    Rule(
        "retention-trigger-missing", "low", "gap", "Art. 30(1)(f)",
        "Is it recorded from when each retention period is counted?",
        "Record what starts it: the end of the contract, the collection.",
    ),
    Rule(
        "security-missing", "low", "gap", "Art. 30(1)(g), 30(2)(d), 32(1)",
        "Are the technical and organisational security measures described?",
        "Describe them in general: encryption, access control.",
    ),
    Rule(
        "lawful-basis-missing", "medium", "gap", "Art. 6(1), 5(2)",
        "Is a lawful basis recorded for what the organisation does as controller?",
        "Record the lawful basis and why it holds.",
    ),
    Rule(
        "lawful-basis-not-available", "high", "finding", "Art. 6(1)",
        "Does the regime that binds the organisation know the recorded basis on the date?",
        "Record the basis that holds under this regime.",
    ),
    Rule(
        "lia-missing", "medium", "gap", "Art. 6(1)(f), 5(2)",
        "Is the weighing behind legitimate interests on record?",
        "Record the legitimate-interests assessment, or make one.",
    ),
    Rule(
        "vital-interests-doubtful", "medium", "finding", "Art. 6(1)(d), recital 46",
        "Has an activity on vital interests anything to do with somebody's life?",
        "Record the basis that fits: often contract or legitimate interests.",
    ),
    Rule(
        "article-9-condition-missing", "high", "gap", "Art. 9(1), 9(2)",
        "Is a condition recorded for special-category data?",
        "Record the condition and why it holds.",
    ),
    Rule(
        "schedule-1-condition-missing", "medium", "gap", "DPA 2018 s. 10, Sch. 1",
        "Is the UK's second condition recorded where the Article 9 condition needs one?",
        "Record the paragraph of Schedule 1.",
    ),
    Rule(
        "article-10-condition-missing", "high", "gap", "Art. 10; DPA 2018 s. 10(5), Sch. 1",
        "Is there authority in law for criminal-offence data?",
        "Record the condition and why it holds.",
    ),
    Rule(
        "policy-document-missing", "medium", "gap", "DPA 2018 Sch. 1 Part 4",
        "Is there an appropriate policy document where a Schedule 1 condition needs one?",
        "Record the document, or write one.",
    ),
    Rule(
        "dpia-missing", "high", "gap", "Art. 35(1)",
        "Is a required impact assessment on record?",
        "Record the assessment, or make one.",
    ),
    Rule(
        "agreement-missing", "medium", "gap", "Art. 28(3)",
        "Is there a contract with each processor?",
        "Record the agreement, or conclude one.",
    ),
    Rule(
        "agreement-unread", "low", "gap", "Art. 28(3)(a)-(h)",
        "Is it recorded which of the eight clauses each agreement with a processor holds?",
        "Read it and record the clauses a to h that it holds.",
    ),
    Rule(
        "agreement-incomplete", "high", "finding", "Art. 28(3)(a)-(h)",
        "Does each agreement with a processor hold all eight clauses?",
        "Have the missing clauses agreed.",
    ),
    Rule(
        "agreement-expired", "high", "finding", "Art. 28(3)",
        "Is each agreement that is relied on still running?",
        "Renew it, or record the agreement that took its place.",
    ),
    Rule(
        "subprocessor-identity-missing", "low", "gap", "Art. 28(2), 28(4); EDPB Opinion 22/2024",
        "Are name, address and contact of each subprocessor at hand for the controllers?",
        "Record what is missing on the party.",
    ),
    Rule(
        "subprocessor-authorisation-missing", "low", "gap", "Art. 28(2)",
        "Is it recorded how the controllers authorised each subprocessor?",
        "Record general or specific on the engagement.",
    ),
    Rule(
        "notice-late", "high", "finding", "Art. 28(2)",
        "Was each customer told of a planned change in the time that its contract gives?",
        "Tell the customer now, and move the change to the earliest lawful date.",
    ),
    Rule(
        "notice-terms-missing", "medium", "gap", "Art. 28(2)",
        "Is it recorded how long before a change each customer must be told?",
        "Record the notice terms on the agreement with the customer.",
    ),
    Rule(
        "consent-missing", "high", "gap", "Art. 28(2); EDPB Opinion 22/2024",
        "Has each customer that must consent to a change done so?",
        "Ask for consent; until it comes, silence is refusal.",
    ),
    Rule(
        "document-overdue", "low", "finding", "Art. 5(2), 24(1)",
        "Has each document been reviewed by the day recorded for it?",
        "Review it and record the next day.",
    ),
    Rule(
        "document-expired", "medium", "finding", "Art. 5(2), 28(1)",
        "Does each document that serves as evidence still hold?",
        "Get the current one.",
    ),
    Rule(
        "contact-missing", "medium", "gap", "Art. 30(1)(a), 30(2)(a)",
        "Does the record hold the organisation's contact details?",
        "Record how people reach the organisation about personal data.",
    ),
    Rule(
        "regime-unknown", "high", "gap", "Art. 3",
        "Is it recorded which law binds the organisation?",
        "Record the country, or uk or eu under `regimes`.",
    ),
    Rule(
        "internal-error", "high", "finding", "",
        "Could every rule be run?",
        "Please report this, with the register file if you can.",
    ),
)  # fmt: skip


def conclude(
    rule: str,
    organisation: str,
    subject: str,
    title: str,
    message: str,
    *,
    reasons: tuple[Reason, ...] = (),
    remedy: str = "",
    field: str = "",
    source: str = "",
) -> Finding:
    """A finding of a rule, with the rule's weight, source and remedy where none of its own is given."""
    entry = CATALOGUE[rule]
    return Finding(
        rule=rule,
        severity=entry.severity,
        kind=entry.kind,
        organisation=organisation,
        subject=subject,
        title=title,
        message=message,
        reasons=reasons or (Reason(message, source or entry.source),),
        remedy=remedy or entry.remedy,
        field=field,
    )
