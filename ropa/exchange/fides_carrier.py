"""A system of a Fides manifest that carries declarations, and what it says once for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ropa.exchange.fides_manifest import Values
from ropa.exchange.fides_stated import Stated
from ropa.exchange.fides_terms import NOT_DEFINED, terms


@dataclass
class Carrier:
    """A Fides system that carries declarations: a system here, a party, or nothing but its declarations.

    `own` is what an export of this register says about it below `meta.ropa`; `party` is whom a foreign manifest
    names as its legal entity.
    """

    values: Values
    meta: Values
    own: Values
    key: str = ""
    party: str | None = None

    @property
    def kind(self) -> str:
        """What it is here: system, party, or nothing (empty)."""
        return "party" if "party" in self.own else "" if "nothing" in self.own else "system"

    @property
    def is_own_export(self) -> bool:
        """Whether an export of this register wrote it."""
        return any(name in self.own for name in ("system", "party", "nothing"))


def of_the_system(carrier: Carrier, stated: Stated, key: str, role: str | None) -> dict[str, Any]:
    """What a manifest says once for a system, as fields of one activity; `role` is what an export says of that."""
    place = carrier.values
    department = place.line("administrating_department")
    said = [*place.texts("responsibility"), *place.texts("data_responsibility_title")]
    roles = {terms().role(words) for words in said}
    role = next(iter(roles)) if len(roles) == 1 else role
    if said and (role is None or "Sub-Processor" in said):
        stated.note("activity", key, f"Fides responsibility: {', '.join(said)}")
        place.remark("responsibility", f"{', '.join(said)}: kept in the note of activity/{key}", kept=True)
    old = place.part("data_protection_impact_assessment") or place.empty("data_protection_impact_assessment")
    needed = place.flag("requires_data_protection_assessments") or old.flag("is_required")
    where = place.text("dpa_location") or old.text("link")
    progress = place.line("dpa_progress") or old.line("progress")
    if progress:
        stated.note("activity", key, f"Fides impact assessment: {progress}")
    document = f"{key}-dpia" if where else None
    if document:
        name = f"Impact assessment: {place.line('name') or place.key()}"
        stated.put("document", document, place, name=name[:300], type="dpia", location=where)
    return {
        "business_function": None if department == NOT_DEFINED else department,
        "role": role,
        "security": stated.short("activity", key, place, "data_security_practices"),
        "dpia": "required" if needed else None,
        "dpia_document": document,
        "joint_controllers": _joint(stated, place),
    }


def _joint(stated: Stated, place: Values) -> tuple[str, ...]:
    """The joint controller whom older manifests name with contact details."""
    part = place.part("joint_controller")
    name = part.line("name") if part else None
    if part is None or name is None:
        return ()
    key = stated.key("party", f"legal name {name.casefold()}", name)
    contact = {each: text for each in ("email", "phone") if (text := part.line(each))}
    stated.put("party", key, place, name=name, address=part.text("address"), contact=contact or None)
    return (key,)
