"""What can be added where somebody stands: inside a record, or beside it with what is known of it filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ropa.records.kinds import KINDS, ROOTS, children
from ropa.services.editing.choices import Choice
from ropa.services.editing.mending import VENDOR
from ropa.services.subjects import split


@dataclass(frozen=True, slots=True)
class Addition:
    """A form of something new: its kind (or `vendor`), the record that it stands in, what is known of it."""

    label: str
    kind: str
    parent: str | None = None
    texts: Mapping[str, object] = field(default_factory=dict)

    @property
    def choice(self) -> Choice:
        """It as something to choose from a list."""
        explain = _FOR if self.kind == VENDOR else (KINDS[self.kind].fields.__doc__ or "").split("\n")[0]
        return Choice(self.label, self.label, explain)


_FOR = "Who works for it, with which data, where, under which agreement and safeguard: one form for all of it."

_INSIDE = {
    "lawful_basis": "a lawful basis",
    "condition": "a condition for special or criminal data",
    "retention": "a retention rule",
    "engagement": "an engagement of a party that is recorded",
    "flow": "a flow that no engagement implies",
    "safeguard": "a safeguard",
    "notice": "a notice to a customer",
    "breach_notice": "somebody who was told of it",
}

# Kind, then the kind of what may be added beside it, the label, and the field that names the record.
_BESIDE = {
    "activity": (("transfer", "a recorded transfer", "activity"),),
    "party": (
        ("agreement", "an agreement with it", "party"),
        ("transfer", "a recorded transfer to it", "importer"),
        ("system", "a system that it runs", "operator"),
        ("document", "a document about it", "about"),
        ("announcement", "an announcement that it made", "vendor"),
        ("change", "a change of subprocessor about it", "party"),
    ),
    "announcement": (("change", "the change that passes it on", "announcement"),),
}


def additions(subject: str) -> tuple[Addition, ...]:
    """What can be added at a record, as kind/key: the vendor's form first, then what stands inside, then beside it."""
    kind, key = split(subject)
    found = [Addition("a vendor that works for it", VENDOR, key)] if kind == "activity" else []
    found += [Addition(_INSIDE[child.name], child.name, key) for child in children(kind)]
    found += [Addition(label, name, texts={field_name: key}) for name, label, field_name in _BESIDE.get(kind, ())]
    return tuple(found)


_FIRST = ("activity", "party", "transfer", "agreement")
_ALSO = {
    "party": ("vendor", "supplier", "processor", "customer", "authority", "company"),
    "activity": ("processing",),
    "transfer": ("safeguard",),
    "document": ("evidence", "assessment", "policy"),
    "subject_category": ("people",),
    "breach": ("incident",),
}
_OTHER = "Another organisation, with a register of its own."


def new_choices() -> tuple[Choice, ...]:
    """What can be added anywhere, what is added most often first; found by other names, too."""
    return kind_choices((*_FIRST, *(name for name in ROOTS if name not in _FIRST), "organisation"))


def kind_choices(kinds: Iterable[str]) -> tuple[Choice, ...]:
    """Kinds of records to choose from."""
    return tuple(
        Choice(
            name,
            name.replace("_", " ").capitalize(),
            _OTHER if name == "organisation" else (KINDS[name].fields.__doc__ or "").split("\n")[0],
            (KINDS[name].title, *_ALSO.get(name, ())),
        )
        for name in kinds
    )
