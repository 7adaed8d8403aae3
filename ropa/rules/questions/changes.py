"""Questions about changes among subprocessors: what customers are told of, and what vendors tell us of (Art. 28)."""

from __future__ import annotations

from ropa.rules.questions.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "notice-late", "notice late",
        "high", "finding", "Art. 28(2)",
        "Was each customer told of a planned change in the time that its contract gives?",
        "Tell the customer now, and move the change to the earliest lawful date.",
    ),
    Rule(
        "notice-terms-missing", "notice terms not recorded",
        "medium", "gap", "Art. 28(2)",
        "Is it recorded how long before a change each customer must be told?",
        "Record the notice terms on the agreement with the customer.",
    ),
    Rule(
        "consent-missing", "consent awaited",
        "high", "gap", "Art. 28(2); EDPB Opinion 22/2024",
        "Has each customer that must consent to a change done so?",
        "Ask for consent; until it comes, silence is refusal.",
    ),
    Rule(
        "change-without-consent", "changed without consent",
        "high", "finding", "Art. 28(2); EDPB Opinion 22/2024",
        "Did each customer that must consent to a change do so before it took effect?",
        "Take it back for this customer, or agree with it in writing on what was done.",
    ),
    Rule(
        "objection-unresolved", "objection not resolved",
        "high", "finding", "Art. 28(2); EDPB Opinion 22/2024",
        "Was every objection settled before the change took effect?",
        "Settle it with the customer; until then, keep its data from the subprocessor.",
    ),
    Rule(
        "objection-open", "objection open",
        "medium", "finding", "Art. 28(2)",
        "Is every objection to a planned change settled?",
        "Settle it with the customer before the change, or leave its data out of the change.",
    ),
    Rule(
        "change-uncovered", "change without a safeguard",
        "high", "finding", "Art. 44-46 EU GDPR; Art. 44A-46 UK GDPR",
        "Would each planned change leave every transfer covered?",
        "Conclude what covers it before anybody is told, or do not make the change.",
    ),
    Rule(
        "notice-squeezed", "vendor's notice too short",
        "medium", "finding", "Art. 28(2), 28(4)",
        "Does each subprocessor tell us of a change early enough for what every customer was promised?",
        "Agree a longer notice with the vendor, or a shorter one with the customer; until then, object in time.",
    ),
    Rule(
        "vendor-notice-missing", "vendor's notice not recorded",
        "low", "gap", "Art. 28(2), 28(4)",
        "Is it recorded how long before a change each subprocessor tells us?",
        "Read the agreement with the vendor, and record its notice terms.",
    ),
    Rule(
        "announcement-undecided", "announcement not decided",
        "medium", "finding", "Art. 28(2), 28(4)",
        "Was it decided in time whether to object to each change that a vendor announced?",
        "Decide, record who did and why, and object in writing where it is not acceptable.",
    ),
    Rule(
        "announcement-not-passed-on", "announcement not passed on",
        "high", "finding", "Art. 28(2), 28(4)",
        "Are customers told of each change that a vendor announced and that touches their data?",
        "Record the change that passes it on, and tell customers; or record on what grounds they are not concerned.",
    ),
    Rule(
        "announcement-undated", "last day to object not known",
        "low", "gap", "Art. 28(2)",
        "Is it known until when the organisation may object to each change that a vendor announced?",
        "Record when it was received, and the last day to object or the window that it states.",
    ),
)  # fmt: skip
