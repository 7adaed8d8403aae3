"""Questions about processors, their agreements and evidence (Articles 5(2), 24 and 28)."""

from __future__ import annotations

from ropa.rules.questions.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "agreement-missing", "no agreement",
        "medium", "gap", "Art. 28(3)",
        "Is there a contract with each processor?",
        "Record the agreement, or conclude one.",
    ),
    Rule(
        "agreement-unread", "clauses not recorded",
        "low", "gap", "Art. 28(3)(a)-(h)",
        "Is it recorded which of the eight clauses each agreement with a processor holds?",
        "Read it and record the clauses a to h that it holds.",
    ),
    Rule(
        "agreement-incomplete", "agreement incomplete",
        "high", "finding", "Art. 28(3)(a)-(h)",
        "Does each agreement with a processor hold all eight clauses?",
        "Have the missing clauses agreed.",
    ),
    Rule(
        "agreement-expired", "agreement expired",
        "high", "finding", "Art. 28(3)",
        "Is each agreement that is relied on still running?",
        "Renew it, or record the agreement that took its place.",
    ),
    Rule(
        "agreement-not-signed", "agreement not yet signed",
        "high", "finding", "Art. 28(3)",
        "Was each agreement that is relied on concluded by the date?",
        "Have it signed before the data goes, or record the agreement that covered the time before.",
    ),
    Rule(
        "agreement-not-current", "engagement names another agreement",
        "low", "finding", "Art. 28(3), 5(2)",
        "Does each engagement name the agreement that covers it today?",
        "Name the agreement that runs and is complete on the engagement.",
    ),
    Rule(
        "subprocessor-identity-missing", "subprocessor not identified",
        "low", "gap", "Art. 28(2), 28(4); EDPB Opinion 22/2024",
        "Are name, address and contact of each subprocessor at hand for the controllers?",
        "Record what is missing on the party.",
    ),
    Rule(
        "subprocessor-authorisation-missing", "authorisation not recorded",
        "low", "gap", "Art. 28(2)",
        "Is it recorded how the controllers authorised each subprocessor?",
        "Record general or specific on the engagement; where a system is all that is recorded, record the engagement.",
    ),
    Rule(
        "customer-agreement-missing", "no contract with a customer",
        "medium", "gap", "Art. 28(3)",
        "Is there a contract with each controller that the organisation works for?",
        "Record the agreement, or conclude one: it binds the processor as well.",
    ),
    Rule(
        "document-overdue", "review overdue",
        "low", "finding", "Art. 5(2), 24(1)",
        "Has each document been reviewed by the day recorded for it?",
        "Review it and record the next day.",
    ),
    Rule(
        "document-expired", "evidence expired",
        "medium", "finding", "Art. 5(2), 28(1)",
        "Does each document that serves as evidence still hold?",
        "Get the current one.",
    ),
)  # fmt: skip
