"""Questions about what the record holds (Articles 3, 26 and 30), and the rule that stands for a broken one."""

from __future__ import annotations

from ropa.rules.questions.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "role-missing", "role not recorded",
        "medium", "gap", "Art. 4(7), 4(8), 30(1), 30(2)",
        "Is it recorded whether the organisation acts as controller, joint controller or processor?",
        "Record the role. Until then what a controller must record is asked for.",
    ),
    Rule(
        "purpose-missing", "no purpose",
        "medium", "gap", "Art. 30(1)(b)",
        "Are the purposes of each activity recorded?",
        "Record why the data is processed.",
    ),
    Rule(
        "processing-missing", "what is done not recorded",
        "medium", "gap", "Art. 30(2)(b)",
        "Is it recorded what is done on behalf of each controller?",
        "Record what is done: hosting, support, backups.",
    ),
    Rule(
        "controllers-missing", "for whom not recorded",
        "medium", "gap", "Art. 30(2)(a)",
        "Is each controller named for which the organisation acts as processor?",
        "Record the customers it is done for.",
    ),
    Rule(
        "processor-decides", "perhaps no processor",
        "medium", "finding", "Art. 4(7), 28(10)",
        "Does an activity that is done as processor, for no controller that is stated, rest on a basis of its own?",
        "Check the role: record it as controller, or name the controllers and take the basis out.",
    ),
    Rule(
        "joint-controllers-missing", "joint with whom not recorded",
        "medium", "gap", "Art. 30(1)(a), 26(1)",
        "Is it recorded with whom the organisation decides, where it is a joint controller?",
        "Name the joint controllers.",
    ),
    Rule(
        "joint-arrangement-missing", "no joint arrangement",
        "medium", "gap", "Art. 26",
        "Is there an arrangement with each joint controller?",
        "Record the arrangement (type joint-controller), or make one.",
    ),
    Rule(
        "subjects-missing", "whose data not recorded",
        "medium", "gap", "Art. 30(1)(c), 28(3)",
        "Are the categories of people recorded?",
        "Record the categories of people: clients, staff, callers.",
    ),
    Rule(
        "data-missing", "which data not recorded",
        "medium", "gap", "Art. 30(1)(c), 28(3)",
        "Are the categories of personal data recorded?",
        "Record the categories of data.",
    ),
    Rule(
        "recipients-missing", "no recipients",
        "low", "gap", "Art. 30(1)(d)",
        "Are the recipients recorded, as parties or as categories?",
        "Record the recipients, or write that there are none.",
    ),
    Rule(
        "retention-missing", "no retention period",
        "medium", "gap", "Art. 30(1)(f), 5(1)(e)",
        "Is a time limit for erasure recorded: a period and what starts it, or the event that ends it?",
        "Record a period and what starts it.",
    ),
    Rule(
        "retention-data-uncovered", "data without a period",
        "medium", "gap", "Art. 30(1)(f), 5(1)(e)",
        "Is a time limit for erasure recorded for all the data of each activity?",
        "Record how long the rest of the data is kept.",
    ),
    Rule(
        "retention-trigger-missing", "retention without a start",
        "low", "gap", "Art. 30(1)(f)",
        "Is it recorded from when each retention period is counted?",
        "Record what starts it: the end of the contract, the collection.",
    ),
    Rule(
        "security-missing", "no security measures",
        "low", "gap", "Art. 30(1)(g), 30(2)(d), 32(1)",
        "Are the technical and organisational security measures described?",
        "Describe them in general: encryption, access control.",
    ),
    Rule(
        "contact-missing", "contact details missing",
        "medium", "gap", "Art. 30(1)(a), 30(2)(a)",
        "Does the record hold the organisation's contact details?",
        "Record how people reach the organisation about personal data.",
    ),
    Rule(
        "regime-unknown", "law that binds it unknown",
        "high", "gap", "Art. 3",
        "Is it recorded which law binds the organisation?",
        "Record the country, or uk or eu under `regimes`.",
    ),
    Rule(
        "internal-error", "rule could not be run",
        "high", "finding", "",
        "Could every rule be run?",
        "Please report this, with the register file if you can.",
    ),
)  # fmt: skip
