"""From a finding to the form that mends it: which record, which field, and what is known already."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from ropa.law.lawbook import LawBook
from ropa.records.errors import NotFoundError
from ropa.records.kinds import KINDS, children
from ropa.rules.finding import Finding
from ropa.services.editing.fields import form
from ropa.services.subjects import crossing_of, split
from ropa.services.workspace import View

VENDOR = "vendor"
"""Not a kind of record: the form by which somebody comes to work for an activity."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A form to open: of the record `key`, or of a new one (key None), in `parent` where its kind stands in another.

    `texts` is what is known of a new record, `field` where the cursor belongs. The kind `vendor` has a form of its own.
    """

    kind: str
    key: str | None = None
    parent: str | None = None
    field: str = ""
    texts: Mapping[str, object] = dataclasses.field(default_factory=dict)


def mend(view: View, finding: Finding) -> Mend | None:
    """The form that mends a finding; None where no record of the register is the place for it."""
    kind, key = split(finding.subject)
    if kind not in KINDS or key not in view.register.of_kind(kind):
        return None
    head, _, rest = finding.field.partition("/")
    name = head.replace(" ", "_")
    if head in KINDS and rest in view.register.of_kind(head):
        return Mend(head, rest)
    if kind == "party" and (found := _of_party(view, key, name, finding)) is not None:
        return found
    if kind == "activity" and name == "recipients":
        return Mend(VENDOR, parent=key)
    for child in children(kind):
        if child.section == name:
            return _child(view, child.name, key, rest, finding)
    if any(each.name == name for each in form(kind).fields):
        return Mend(kind, key, field=name)
    return Mend(kind, key)


def of_crossing(view: View, number: str) -> Mend:
    """The form of the transfer that documents a crossing; a new one with what is known where none does.

    Raises NotFoundError where the view has no such crossing.
    """
    crossing = crossing_of(view, number)
    if crossing is None:
        raise NotFoundError(f"there is no crossing {number}")
    if crossing.transfer is not None:
        return Mend("transfer", crossing.transfer)
    kind, _, key = crossing.importer.partition("/")
    if kind == "system":
        return Mend("system", key, field="operator")
    texts: dict[str, object] = {"importer": key, "activity": crossing.edge.activity}
    if crossing.country:
        texts["country"] = LawBook.in_use().country_name(crossing.country)
    if crossing.exporter.startswith("party/"):
        texts["exporter"] = crossing.exporter.removeprefix("party/")
    return Mend("transfer", texts=texts, field="country")


def _of_party(view: View, key: str, name: str, finding: Finding) -> Mend | None:
    """What is missing about a party is often a record of another kind that names it."""
    register = view.register
    if name == "agreements":
        return Mend("agreement", texts={"party": key}, field="name")
    if name in ("transfers", "safeguards"):
        if not finding.detail and register.parties[key].country is None:
            return Mend("party", key, field="country")
        place = finding.detail
        country = LawBook.in_use().country_name(place) if place else ""
        return Mend("transfer", texts={"importer": key, "country": country}, field="country")
    if name == "authorisation":
        for each in register.engagements_with(key):
            if register.activities[each.activity].role == "processor" and each.authorisation is None:
                return Mend("engagement", each.key, each.activity, "authorisation")
    return None


def _child(view: View, kind: str, parent: str, rest: str, finding: Finding) -> Mend:
    """A record inside the one that the finding is about: the one that it names, the only one, or a new one."""
    own = KINDS[kind].parent
    there = [each for each in view.register.of_kind(kind).values() if getattr(each, own) == parent]
    for each in there:
        if each.key in (f"{parent}/{rest}", f"{parent}/{finding.detail}") or finding.detail in _names(each):
            return Mend(kind, each.key, parent)
    nothing = f"{kind.replace('_', '-')}-missing"
    if there and not finding.rule.endswith(nothing) and kind != "safeguard":
        weak = [each for each in there if "legitimate" in " ".join(_names(each))] if "lia" in finding.rule else there
        return Mend(kind, (weak or there)[0].key, parent)
    whose = {"customer": finding.detail} if kind == "notice" and finding.detail in view.register.parties else {}
    return Mend(kind, None, parent, texts=whose)


def _names(record: object) -> tuple[str, ...]:
    """The words by which a finding may name a record inside another: its customer, its basis."""
    words = (getattr(record, name, None) for name in ("customer", "basis", "condition", "party", "instrument"))
    return tuple(word for word in words if isinstance(word, str))
