"""The order of a form: what is needed first, the rest in groups that stay closed until somebody wants them.

Only names of fields stand here, and the titles of groups. A field that is named nowhere is in the form all the same,
in its last group but one; a part is a group of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ropa.services.editing.fields import Field, Form

Inner = tuple[str, ...]
"""The title of a group, then the names of its fields."""

LAST: Inner = ("Source and notes", "source", "note", "invented")
MORE = "More"

ORDER: Mapping[str, tuple[str | Inner, ...]] = {
    "organisation": ("name", "legal_name", "country", "address", "regimes", "contact", "dpo", "representative",
                     "notice"),
    "party": ("name", "legal_name", "country", "address", "contact",
              ("Data Privacy Framework", "dpf", "dpf_uk_extension", "dpf_hr", "dpf_from", "dpf_checked", "dpf_until"),
              ("Other names, its group", "aliases", "parent", "intra_group", "website"),
              ("Which law it is under", "regimes", "sector", "in_scope"),
              "dpo", "representative"),
    "activity": ("name", "role", "purposes", "subject_categories", "data_categories", "systems", "security",
                 "privacy_notice", "controllers", "processing",
                 ("Where the data comes from and goes", "data_source", "combination", "location",
                  "internal_recipients", "recipients"),
                 ("Decisions, rights, risk", "automated_decisions", "automated_detail", "rights", "risk", "mitigation"),
                 ("Impact assessment", "dpia", "dpia_progress", "dpia_document", "consultation"),
                 ("Who, since when", "description", "reference", "owner", "business_function", "core",
                  "joint_controllers", "retention_policy", "since", "until", "recorded", "updated")),
    "engagement": ("party", "service", "role", "data_categories", "countries", "remote_access", "agreement",
                   "authorisation", "since", "until", ("Systems", "receives_data", "from_system", "system")),
    "transfer": ("importer", "country", "activity", "data_categories", "frequency", "stated", "exporter"),
    "safeguard": ("instrument", "module", "signed", "assessed", "assessment", "document", "reference", "until",
                  ("Derogations, rules of a group, codes of conduct", "conditions_met", "conditions_refused",
                   "suitable", "approved", "commitments", "unchanged")),
    "agreement": ("name", "type", "party", "signed", "expires", "clauses", "onward_terms", "document", "between",
                  "notice"),
    "announcement": ("name", "vendor", "kind", "about", "received", "effective", "object_by", "channel", "evidence",
                     ("The decision", "decision", "decided", "decided_by", "grounds"), "window"),
    "change": ("name", "kind", "party", "replaces", "new_name", "service", "activities", "data_categories",
               "countries", "effective", "reason",
               ("Where it stands", "state", "proposed", "approved", "approved_by", "withdrawn", "withdrawn_because"),
               ("What it follows from", "announcement", "beneath"), "safeguard", "override"),
    "notice": ("customer", "sent", "channel", "evidence", "received",
               ("What the customer said", "consented", "objected", "grounds", "resolved", "resolution", "remedy")),
    "breach": ("name", "facts", "discovered", "occurred", "ended", "nature", "activities", "data_categories",
               "subject_categories", "people", "records", "risk", "risk_reasons", "consequences", "measures",
               ("Who was involved", "roles", "party", "system", "customers"),
               ("If somebody is not told, or late", "authority_untold", "people_untold", "late_because"),
               ("When it is over", "lessons", "closed", "location")),
    "acknowledgement": ("reason", "who", "on", "until", "rule", "subject", "detail"),
    "vendor": ("party",
               ("A party that is not recorded yet", "new_party", "new_legal_name", "new_country"),
               "service", "role", "data_categories", "countries", "agreement",
               ("An agreement that is not recorded yet", "new_agreement", "agreement_type", "agreement_signed",
                "clauses"),
               "instruments", "module", "signed", "assessed", "authorisation",
               ("More", "remote_access", "since", "assessment", "frequency")),
}  # fmt: skip
"""For each form that needs one, its fields in order. The others show all that they have, in their own."""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together, as (path, field): `contact.email`. Without a title they are always in sight."""

    title: str
    fields: tuple[tuple[str, Field], ...]


def groups(form: Form) -> tuple[Group, ...]:
    """All fields of a form, each once, those of a part one by one."""
    return tuple(_groups(form))


def _groups(form: Form) -> Iterator[Group]:
    left = {field.name: field for field in form.fields}
    last = [(name, left.pop(name)) for name in LAST[1:] if name in left]
    for each in ORDER.get(form.kind, tuple(left)):
        names = (each,) if isinstance(each, str) else each[1:]
        found = [(name, left.pop(name)) for name in names]
        if isinstance(each, str) and found[0][1].part:
            yield _of_part(found[0][1])
        else:
            yield Group("" if isinstance(each, str) else each[0], tuple(found))
    parts = [left.pop(field.name) for field in tuple(left.values()) if field.part]
    yield from map(_of_part, parts)
    if left:
        yield Group(MORE, tuple(left.items()))
    if last:
        yield Group(LAST[0], tuple(last))


def _of_part(field: Field) -> Group:
    return Group(field.title, tuple((f"{field.name}.{inner.name}", inner) for inner in field.part))
