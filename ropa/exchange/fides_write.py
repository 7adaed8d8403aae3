"""A register as a Fides manifest: its systems, who works for it, and its activities as privacy declarations.

An activity is declared once for each of its systems and purposes; one without a system stands on a system that says
so. Who is engaged has a system of its own, as vendors have in Fides. What belongs together is said below `meta.ropa`,
which also names the fields that are there for readers alone (`text_only`): they say less, or more, than the register.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ropa.exchange.fides_declarations import USER
from ropa.exchange.fides_law import LawSaid, given, listed
from ropa.exchange.fides_read import CONTACTS, officer_of
from ropa.exchange.fides_terms import NOT_RECORDED, terms
from ropa.exchange.fides_vocabulary import Vocabulary, fides_key
from ropa.exchange.register_file import local_key
from ropa.exchange.yaml_write import write_document
from ropa.records.activity import ActivityFields
from ropa.records.engagement import FlowFields
from ropa.records.kinds import KINDS
from ropa.records.party import PartyFields, SystemFields
from ropa.records.register import Register

_NO_SYSTEM = "without_a_system"
_ADDRESS = re.compile(r"https?://[^\s/]+(?:/\S*)?\Z")  # Fides takes no other text for an address


def write_manifest(register: Register, header: str = "") -> str:
    """The manifest as YAML; `read_manifests` reads back what Fides can hold. `header` becomes comments at the top."""
    return write_document(_Writing(register).document(), header)


class _Writing:
    def __init__(self, register: Register) -> None:
        self.register = register
        self.words = Vocabulary(register)
        self.law = LawSaid(register)

    def document(self) -> dict[str, Any]:
        """The sections of the manifest."""
        systems = [self._system(each) for each in self.register.systems.values()]
        engaged = [each.party for each in self.register.engagements.values()]
        run_by = [each.operator for each in self.register.systems.values()]
        for key in dict.fromkeys(key for key in (*run_by, *engaged) if key):
            systems.append(self._party(self.register.parties[key]))
        bare = [each for each in self.register.activities.values() if not each.systems]
        if bare:
            name = "Activities with no recorded system"
            carrier = {"fides_key": _NO_SYSTEM, "name": name, "system_type": NOT_RECORDED}
            systems.append(self._carrier(carrier, {"nothing": True}, None, bare))
        return {"organization": [self._organisation()], **self.words.sections, "system": systems}

    def _organisation(self) -> dict[str, Any]:
        owner = self.register.organisation
        contacts = {theirs: getattr(owner, ours) for theirs, ours in CONTACTS.items()}
        parts = {name: each.model_dump(exclude_none=True) for name, each in contacts.items() if each is not None}
        return given({"fides_key": owner.key, "name": owner.name, "description": owner.note, **parts})

    def _system(self, system: SystemFields) -> dict[str, Any]:
        activities = [each for each in self.register.activities.values() if system.key in each.systems]
        values = given(
            {
                "fides_key": fides_key(system.key),
                "name": system.name,
                "description": system.note,
                "system_type": system.technology or NOT_RECORDED,
            }
        )
        own = {"system": system.key, "operator": system.operator}
        readers: dict[str, Any] = {}
        if system.operator:
            readers = self._legal(self.register.parties[system.operator])
        elif system.own:
            values["legal_name"] = self.register.organisation.name
        return self._carrier(values, own, system, activities, readers)

    def _party(self, party: PartyFields) -> dict[str, Any]:
        values = {"fides_key": f"party.{fides_key(party.key)}", "name": party.name, "description": party.note}
        legal = self._legal(party)
        legal["legal_name"] = party.legal_name
        readers = ["does_international_transfers", "legal_basis_for_transfers"]
        exact = officer_of(legal["dpo"] or "") == (party.contact.model_dump(exclude_none=True) if party.contact else {})
        transfers = given({name: legal.pop(name) for name in (*readers, *([] if exact else ["dpo"]))})
        found: list[dict[str, Any]] = []
        entries: list[dict[str, Any]] = []
        for engagement in self.register.engagements_with(party.key):
            activity = self.register.activities[engagement.activity]
            wanted = local_key(KINDS["engagement"], {"party": party.key}, 0, {})
            if engagement.key != f"{activity.key}/{wanted}":
                continue
            data = self.register.data_of(activity.key, engagement.data_categories)
            for purpose in activity.purposes or (None,):
                declaration = self._named(activity, purpose, entries)
                entries[-1]["all_data"] = True if not engagement.data_categories else None
                entries[-1]["role"] = engagement.role if engagement.role != "processor" else None
                entries[-1]["only_software"] = None if engagement.receives_data else True
                found.append({**declaration, **self._whose(activity, data)})
        own = {"party": party.key, "text_only": list(transfers), "activities": [given(each) for each in entries]}
        sort = {"system_type": "Third Party"}
        return given({**values, **sort, **legal, **transfers, "meta": {"ropa": given(own)}}) | _declared(found)

    def _legal(self, party: PartyFields) -> dict[str, Any]:
        transfers = self.register.transfers_to(party.key)
        tools = [each.instrument for one in transfers for each in self.register.safeguards_of(one.key)]
        return {
            "legal_name": party.legal_name or party.name,
            "legal_address": party.address,
            "dpo": (party.contact.email or party.contact.name) if party.contact else None,
            "privacy_policy": party.website if _ADDRESS.match(party.website or "") else None,
            "does_international_transfers": True if transfers else None,
            "legal_basis_for_transfers": list(dict.fromkeys(map(terms().transfer_word, tools))) or None,
        }

    def _carrier(
        self,
        values: dict[str, Any],
        own: dict[str, Any],
        system: SystemFields | None,
        activities: Sequence[ActivityFields],
        readers: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """A system with the declarations of its activities, and what is said once for all of them."""
        shared, only = self._shared(activities)
        readers = given({**(readers or {}), **only})
        entries: list[dict[str, Any]] = []
        found = []
        flows: dict[str, dict[str, dict[str, Any]]] = {"ingress": {}, "egress": {}}
        for activity in activities:
            named = self._flows(activity, system, flows)
            for purpose in activity.purposes or (None,):
                declaration = self._named(activity, purpose, entries)
                law, text_only = self.law.said(activity, purpose)
                entries[-1]["text_only"] = text_only
                entries[-1]["role"] = activity.role if "responsibility" not in shared else None
                whose = self._whose(activity, activity.data_categories)
                found.append({**declaration, **whose, **named, **law})
        own = {**own, "text_only": list(readers), "activities": [given(each) for each in entries]}
        ends = {side: list(each.values()) for side, each in flows.items()}
        return given({**values, **shared, **readers, **ends, "meta": {"ropa": given(own)}}) | _declared(found)

    def _named(self, activity: ActivityFields, purpose: str | None, entries: list[dict[str, Any]]) -> dict[str, Any]:
        """The name and purpose of a declaration, which its entry below `meta.ropa` is found by."""
        use = self.words.use(purpose)
        name = activity.name
        if (name, use) in [(each["name"], each["data_use"]) for each in entries]:
            name = f"{activity.name} ({activity.key})"
        called = activity.name if name != activity.name else None
        entries.append({"name": name, "data_use": use, "activity": activity.key, "called": called})
        return {"name": name, "data_use": use}

    def _whose(self, activity: ActivityFields, data: Iterable[str]) -> dict[str, Any]:
        return {
            "data_categories": [self.words.data[key] for key in data],
            "data_subjects": [self.words.subjects[key] for key in activity.subject_categories],
        }

    def _shared(self, activities: Sequence[ActivityFields]) -> tuple[dict[str, Any], dict[str, Any]]:
        """What Fides says once for a system, where its activities agree; and what is for readers alone."""

        def agreed(values: Iterable[Any]) -> Any:
            first, *others = values or (None,)
            return first if all(each == first for each in others) else None

        if not activities:
            return {}, {}
        security = agreed([each.security for each in activities]) or ()
        roles = list(dict.fromkeys(terms().written("roles", each.role or "") for each in activities))
        required = [each.dpia == "required" for each in activities]
        where = [self.register.documents[key].location for each in activities if (key := each.dpia_document)]
        joint = agreed([each.joint_controllers for each in activities]) or ()
        shared = {
            "administrating_department": agreed([each.business_function for each in activities]),
            "responsibility": roles if len(roles) == 1 and all(roles) else None,
            "data_security_practices": listed(security) or None,
            "requires_data_protection_assessments": True if all(required) else None,
        }
        only = {
            "responsibility": roles if len(roles) > 1 and all(roles) else None,
            "data_security_practices": "; ".join(security) if security and not listed(security) else None,
            "requires_data_protection_assessments": True if any(required) and not all(required) else None,
            "dpa_location": next(filter(None, where), None),
            "joint_controller_info": "; ".join(self.register.parties[key].name for key in joint) or None,
        }
        return given(shared), given(only)

    def _flows(
        self, activity: ActivityFields, system: SystemFields | None, into: dict[str, dict[str, dict[str, Any]]]
    ) -> dict[str, list[str]]:
        """The other ends of an activity's flows at a system, which are put among the system's own."""
        named: dict[str, list[str]] = {}
        for flow in self.register.flows_of(activity.key) if system else ():
            side, end = self._end(activity, flow, f"system/{system.key}" if system else "")
            data = [self.words.data[key] for key in flow.data_categories]
            entry = given({"fides_key": end, "type": USER if end == USER else "system", "data_categories": data})
            wanted = local_key(KINDS["flow"], {"origin": flow.origin, "destination": flow.destination}, 0, {})
            if side and flow.key == f"{activity.key}/{wanted}" and into[side].setdefault(end, entry) == entry:
                named.setdefault(side, []).append(end)
        return {side: list(dict.fromkeys(ends)) for side, ends in named.items()}

    def _end(self, activity: ActivityFields, flow: FlowFields, here: str) -> tuple[str, str]:
        """Which side of a system a flow is on, and what Fides calls its other end; empty where it cannot say it."""
        for side, near, far in (("egress", flow.origin, flow.destination), ("ingress", flow.destination, flow.origin)):
            kind, _, key = far.partition("/")
            at_home = side == "ingress" and kind == "system" and key in activity.systems  # said at its origin
            if near != here or at_home:
                continue
            if kind == "system":
                return side, fides_key(key)
            if kind == "subject" and activity.subject_categories == (key,):
                return side, USER
        return "", ""


def _declared(found: list[dict[str, Any]]) -> dict[str, Any]:
    return {"privacy_declarations": found}
