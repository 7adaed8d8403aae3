"""Questions about lawfulness (Articles 6, 9, 10 and 35; DPA 2018 Schedule 1)."""

from __future__ import annotations

from ropa.rules.questions.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "lawful-basis-missing", "no lawful basis",
        "medium", "gap", "Art. 6(1), 5(2)",
        "Is a lawful basis recorded for what the organisation does as controller?",
        "Record the lawful basis and why it holds.",
    ),
    Rule(
        "lawful-basis-incomplete", "purpose without a basis",
        "medium", "gap", "Art. 6(1), 5(2)",
        "Is a lawful basis recorded for each purpose of an activity?",
        "Record the lawful basis of each purpose and why it holds.",
    ),
    Rule(
        "lawful-basis-unmatched", "basis for no recorded purpose",
        "low", "finding", "Art. 6(1), 5(2)",
        "Is each purpose for which a lawful basis is recorded among the purposes of the activity?",
        "Write the purpose on the basis as it stands on the activity, or add the purpose.",
    ),
    Rule(
        "lawful-basis-not-available", "basis the law does not know",
        "high", "finding", "Art. 6(1)",
        "Does the regime that binds the organisation know the recorded basis on the date?",
        "Record the basis that holds under this regime.",
    ),
    Rule(
        "lia-missing", "interests not weighed",
        "medium", "gap", "Art. 6(1)(f), 5(2)",
        "Is the weighing behind legitimate interests on record?",
        "Record the legitimate-interests assessment, or make one.",
    ),
    Rule(
        "vital-interests-doubtful", "vital interests doubtful",
        "medium", "finding", "Art. 6(1)(d), recital 46",
        "Has an activity on vital interests anything to do with somebody's life?",
        "Record the basis that fits: often contract or legitimate interests.",
    ),
    Rule(
        "article-9-condition-missing", "no Article 9 condition",
        "high", "gap", "Art. 9(1), 9(2)",
        "Is a condition recorded for special-category data?",
        "Record the condition and why it holds.",
    ),
    Rule(
        "schedule-1-condition-missing", "no Schedule 1 condition",
        "medium", "gap", "DPA 2018 s. 10, Sch. 1",
        "Is the UK's second condition recorded where the Article 9 condition needs one?",
        "Record the paragraph of Schedule 1.",
    ),
    Rule(
        "article-10-condition-missing", "no Article 10 condition",
        "high", "gap", "Art. 10; DPA 2018 s. 10(5), Sch. 1",
        "Is there authority in law for criminal-offence data?",
        "Record the condition and why it holds.",
    ),
    Rule(
        "policy-document-missing", "no policy document",
        "medium", "gap", "DPA 2018 Sch. 1 Part 4",
        "Is there an appropriate policy document where a Schedule 1 condition needs one?",
        "Record the document, or write one.",
    ),
    Rule(
        "dpia-missing", "no impact assessment",
        "high", "gap", "Art. 35(1)",
        "Is a required impact assessment on record?",
        "Record the assessment, or make one.",
    ),
)  # fmt: skip
