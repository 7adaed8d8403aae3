"""The kinds of record: one list that the file format, the store, the schema and the screens all read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, get_args, get_type_hints

from ropa.records.activity import ActivityFields, ConditionFields, LawfulBasisFields, RetentionFields
from ropa.records.agreement import AgreementFields, DocumentFields
from ropa.records.breach import BreachFields, BreachNoticeFields
from ropa.records.category import DataCategoryFields, SubjectCategoryFields
from ropa.records.change import AcknowledgementFields, AnnouncementFields, ChangeFields, NoticeFields
from ropa.records.engagement import EngagementFields, FlowFields
from ropa.records.organisation import OrganisationFields
from ropa.records.party import PartyFields, SystemFields
from ropa.records.transfer import SafeguardFields, TransferFields
from ropa.records.values import Fields, Moment, Node, Part, PeriodText, Place, Places, Ref, Refs

NODE_KINDS = {"party": "party", "system": "system", "subject": "subject_category"}


@dataclass(frozen=True)
class Kind:
    """One kind of record.

    `section` is its heading in a register file and its attribute on `Register`. A kind with a `parent` is
    written inside that record; `stem` names the fields that make its key where none is given.
    """

    name: str
    section: str
    title: str
    fields: type[Fields]
    parent: str = ""
    stem: tuple[str, ...] = ()
    refs: dict[str, str] = field(init=False, compare=False, default_factory=dict)
    lists: dict[str, str] = field(init=False, compare=False, default_factory=dict)
    nodes: tuple[str, ...] = field(init=False, compare=False, default=())

    def __post_init__(self) -> None:
        nodes = []
        for name, info in self.fields.model_fields.items():
            for mark in _marks(info):
                if isinstance(mark, Ref):
                    self.refs[name] = mark.kind
                elif isinstance(mark, Refs):
                    self.lists[name] = mark.kind
                elif isinstance(mark, Node):
                    nodes.append(name)
        object.__setattr__(self, "nodes", tuple(nodes))

    @property
    def order(self) -> tuple[str, ...]:
        """The names of the fields as a reader wants them: what it is first, where that is stated last."""
        last = [name for name in Fields.model_fields if name != "key"]
        return (*(name for name in self.fields.model_fields if name not in last), *last)


def _marks(info: Any) -> Iterator[object]:
    """The markers of a field, also those inside `X | None`."""
    yield from info.metadata
    for argument in getattr(info.annotation, "__args__", ()):
        yield from getattr(argument, "__metadata__", ())


_TOLD = ("recipient", "party")
_RULE = ("period", "until", "trigger", "data_categories", "stated")

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("organisation", "organisation", "Organisation", OrganisationFields),
        Kind("document", "documents", "Documents", DocumentFields),
        Kind("party", "parties", "Parties", PartyFields),
        Kind("system", "systems", "Systems", SystemFields),
        Kind("data_category", "data_categories", "Data categories", DataCategoryFields),
        Kind("subject_category", "subject_categories", "Data subjects", SubjectCategoryFields),
        Kind("agreement", "agreements", "Agreements", AgreementFields),
        Kind("activity", "activities", "Activities", ActivityFields),
        Kind("lawful_basis", "lawful_bases", "Lawful bases", LawfulBasisFields, "activity", ("basis",)),
        Kind("condition", "conditions", "Conditions", ConditionFields, "activity", ("condition",)),
        Kind("retention", "retention", "Retention", RetentionFields, "activity", _RULE),
        Kind("engagement", "engagements", "Engagements", EngagementFields, "activity", ("party",)),
        Kind("flow", "flows", "Flows", FlowFields, "activity", ("origin", "destination")),
        Kind("transfer", "transfers", "Transfers", TransferFields),
        Kind("safeguard", "safeguards", "Safeguards", SafeguardFields, "transfer", ("instrument",)),
        Kind("announcement", "announcements", "Vendors' announcements", AnnouncementFields),
        Kind("change", "changes", "Subprocessor changes", ChangeFields),
        Kind("notice", "notices", "Notices", NoticeFields, "change", ("customer",)),
        Kind("breach", "breaches", "Breaches", BreachFields),
        Kind("breach_notice", "breach_notices", "Told of the breach", BreachNoticeFields, "breach", _TOLD),
        Kind("acknowledgement", "acknowledgements", "Accepted risks", AcknowledgementFields),
    )
}
"""Every kind, in an order in which a record comes after the records it refers to, agreements of chains apart."""


ROOTS: tuple[str, ...] = tuple(name for name, kind in KINDS.items() if not kind.parent and name != "organisation")
"""The kinds that a list of their own is made of, and that can be added anywhere."""


def _holding(types: tuple[object, ...]) -> frozenset[str]:
    """The names of the fields, of records and of their parts, that are declared with one of these types."""
    found: set[str] = set()
    models: list[type[Fields] | type[Part]] = [kind.fields for kind in KINDS.values()]
    for model in models:
        for name, hint in get_type_hints(model, include_extras=True).items():
            given = [each for each in (hint, *get_args(hint)) if each is not type(None)]
            found |= {name for each in given if each in types}
            models += [each for each in given if isinstance(each, type) and issubclass(each, Part)]
    return frozenset(found)


PERIODS = _holding((PeriodText,))
"""The fields that hold a length of time."""

MOMENTS = _holding((Moment,))
"""The fields that hold a day with its time and zone."""

PLACES = _holding((Place, Places))
"""The fields that hold countries."""


def children(parent: str) -> tuple[Kind, ...]:
    """The kinds that are written inside this one."""
    return tuple(kind for kind in KINDS.values() if kind.parent == parent)
