"""The fields of the model that a column of a spreadsheet may hold."""

from __future__ import annotations

from typing import Literal

from ropa.records.kinds import KINDS

Reading = Literal[
    "text", "names", "day", "word", "truth", "parties", "subjects", "data", "special", "systems", "document",
    "processors", "agreement", "importer", "countries", "safeguards", "retention", "bases", "basis-text",
    "basis-document", "conditions", "condition-truth", "condition-text", "condition-document", "note", "ignore",
]  # fmt: skip
"""How the cells of a column are understood."""

IGNORE = "ignore"
NOTE = "note"

FIELDS: dict[str, Reading] = {
    **dict.fromkeys(
        (
            "activity.name", "activity.reference", "activity.description", "activity.business_function",
            "activity.owner", "activity.data_source", "activity.combination", "activity.location",
            "activity.risk", "activity.mitigation", "activity.consultation", "activity.automated_detail",
        ),
        "text",
    ),
    **dict.fromkeys(
        (
            "activity.purposes", "activity.processing", "activity.internal_recipients", "activity.recipients",
            "activity.security", "activity.rights",
        ),
        "names",
    ),
    **dict.fromkeys(("activity.since", "activity.until", "activity.recorded", "activity.updated"), "day"),
    **dict.fromkeys(
        ("activity.role", "activity.dpia", "activity.dpia_progress", "activity.automated_decisions"), "word"
    ),
    "activity.core": "truth",
    "activity.controllers": "parties",
    "activity.joint_controllers": "parties",
    "activity.subject_categories": "subjects",
    "activity.data_categories": "data",
    "data_category.special": "special",
    "activity.systems": "systems",
    "activity.dpia_document": "document",
    "activity.privacy_notice": "document",
    "activity.retention_policy": "document",
    "engagement.party": "processors",
    "agreement.document": "agreement",
    "transfer.importer": "importer",
    "transfer.country": "countries",
    "transfer.safeguards": "safeguards",
    "retention": "retention",
    "lawful_basis": "bases",
    "lawful_basis.justification": "basis-text",
    "lawful_basis.consent_record": "basis-text",
    "lawful_basis.assessment": "basis-document",
    "condition.article_9": "conditions",
    "condition.schedule_1": "conditions",
    "condition.policy_document": "condition-document",
    "condition.policy_followed": "condition-truth",
    "condition.policy_departure": "condition-text",
    NOTE: "note",
    IGNORE: "ignore",
}  # fmt: skip
"""Every field that a mapping may name, and how its cells are read."""

_SEVERAL = frozenset(
    ("names", "parties", "subjects", "data", "special", "systems", "processors", "countries", "safeguards",
     "retention", "bases", "conditions", "note", "ignore", "importer")
)  # fmt: skip
_OWN_TITLES = {
    NOTE: "kept as a note",
    IGNORE: "left out",
    "retention": "Time limits",
    "lawful_basis": "Lawful basis",
    "condition.article_9": "Condition of Article 9 or 10",
    "condition.schedule_1": "Condition of Schedule 1",
    "engagement.party": "Processors",
    "agreement.document": "Contract with the processor",
    "transfer.importer": "Recipient of the transfer",
    "transfer.country": "Country of the transfer",
    "transfer.safeguards": "Safeguards of the transfer",
    "data_category.special": "Special categories of data",
}


def may_repeat(field: str) -> bool:
    """Whether several columns may hold the field."""
    return FIELDS[field] in _SEVERAL


def title_of(field: str) -> str:
    """What people call a field. Raises KeyError for one that is unknown."""
    if field in _OWN_TITLES:
        return _OWN_TITLES[field]
    kind, _, name = field.partition(".")
    return str(KINDS[kind].fields.model_fields[name].title)
