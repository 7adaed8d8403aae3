"""Questions about transfers and onward terms (Articles 28(4), 44 to 49)."""

from __future__ import annotations

from ropa.rules.questions.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "transfer-unsafeguarded", "no valid safeguard",
        "high", "finding", "Art. 44-46, 49 EU GDPR; Art. 44A-46, 49 UK GDPR",
        "Does a decision, an instrument or a derogation in force cover each transfer out of the territory?",
        "Record what covers it; if nothing does, conclude an instrument or stop the transfer.",
    ),
    Rule(
        "transfer-incomplete", "safeguard incomplete",
        "medium", "finding", "Art. 46; EDPB Recommendations 01/2020",
        "Is everything there that the recorded instrument needs: its assessment, and the clauses below an Addendum?",
        "Record what is missing, or make it.",
    ),
    Rule(
        "transfer-unknown", "transfer cannot be judged",
        "medium", "gap", "Art. 30(1)(e), 45, 46",
        "Is enough recorded to say whether the transfer is covered?",
        "Record the country, and whether the importer falls within its country's decision.",
    ),
    Rule(
        "transfer-warning", "covered, with a warning",
        "low", "finding", "Art. 45",
        "Is there a doubt about what covers a transfer?",
        "Record what is doubtful; where it rests on one decision alone, keep an instrument ready as a fallback.",
    ),
    Rule(
        "crossing-undocumented", "transfer not recorded",
        "medium", "gap", "Art. 30(1)(e), 30(2)(c)",
        "Is every flow out of the territory recorded as a transfer, with its country?",
        "Record the transfer: importer, country, and what covers it.",
    ),
    Rule(
        "transfer-without-crossing", "transfer without a flow",
        "medium", "finding", "Art. 30(1)(e), 5(2)",
        "Does each recorded transfer belong to a flow that leaves the territory?",
        "Record the engagement or flow that makes it, correct its country, or remove it.",
    ),
    Rule(
        "transfer-country-missing", "country not named",
        "medium", "gap", "Art. 30(1)(e), 30(2)(c)",
        "Is the third country of each transfer named?",
        "Record the country.",
    ),
    Rule(
        "system-operator-missing", "operator not recorded",
        "low", "gap", "Art. 28, 30(1)(d)",
        "Is it recorded who runs each system that is used?",
        "Record the party that operates it, or that it is your own.",
    ),
    Rule(
        "hosting-missing", "hosting not recorded",
        "medium", "gap", "Art. 30(1)(e), 30(2)(c)",
        "Is it recorded where each system that is used is hosted?",
        "Record the countries where the data lies.",
    ),
    Rule(
        "transfer-data-uncovered", "data the transfer does not cover",
        "medium", "finding", "Art. 30(1)(e), 46",
        "Does the recorded transfer cover all the data that goes?",
        "Add the data categories to the transfer, or record another.",
    ),
    Rule(
        "onward-terms-missing", "no onward terms",
        "high", "finding", "Art. 28(4), 44",
        "Do the same duties bind each party further down a chain?",
        "Have the onward terms agreed between the two, or have the data kept from the second.",
    ),
    Rule(
        "onward-terms-unknown", "onward terms not recorded",
        "medium", "gap", "Art. 28(4), 44",
        "Is it recorded whether the same duties bind each party further down, where no regime binds who hands it on?",
        "Ask for the agreement between the two, and record on it whether the same duties bind the second.",
    ),
)  # fmt: skip
