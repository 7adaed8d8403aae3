"""The privacy declarations of Fides systems as activities, with their bases, conditions, retention, flows and parties.

A declaration is one activity. An export of this register writes an activity once for each of its systems and
purposes, and says below `meta.ropa` which declarations are one activity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ropa.exchange.fides_carrier import Carrier, of_the_system
from ropa.exchange.fides_law import Basis, joined, retention_of
from ropa.exchange.fides_manifest import Values
from ropa.exchange.fides_stated import Stated
from ropa.exchange.fides_terms import terms
from ropa.exchange.fides_words import Words
from ropa.exchange.register_file import local_key
from ropa.records.kinds import KINDS

USER = "user"
"""Fides' word for the people themselves as the other end of a flow."""


@dataclass
class Declarations:
    """The declarations of all systems; `nodes` are the systems here by Fides key, `held` the data of datasets."""

    stated: Stated
    words: Words
    nodes: Mapping[str, str]
    held: Mapping[str, tuple[str, ...]]
    datasets: set[str] = field(default_factory=set)
    _purposes: dict[str, dict[str | None, None]] = field(default_factory=dict)
    _bases: dict[str, list[tuple[Basis, Values]]] = field(default_factory=dict)
    _children: dict[tuple[str, str], list[tuple[dict[str, Any], Values]]] = field(default_factory=dict)

    def read(self, carrier: Carrier) -> None:
        """Read the declarations of one system."""
        entries = {(each.text("name"), each.text("data_use")): each for each in carrier.own.parts("activities")}
        found = []
        for each in carrier.values.parts("privacy_declarations"):
            name, use = each.line("name"), each.text("data_use")
            if use is None:
                each.refuse("data_use", "it is required: the purpose, by its key in the taxonomy")
                continue
            entry = entries.get((name, use)) or each.empty("ropa")
            each.hide(*entry.texts("text_only"))
            key = entry.text("activity")
            if key is None:
                origin = f"{carrier.values.key()} {name} {use}"
                key = self.stated.key("activity", origin, f"{carrier.values.key()}-{name or use}")
            if carrier.kind == "party":
                self._engage(carrier, each, entry, key)
            else:
                self._activity(carrier, each, key, entry, use)
                found.append((each, key))
        if carrier.kind != "party":
            self._flows(carrier, found)

    def finish(self) -> None:
        """State what belongs to activities as a whole: bases, conditions, retention and flows, with their keys."""
        for activity, given in self._bases.items():
            for values, place in joined(given, set(self._purposes[activity])):
                self._child("lawful_basis", activity, place, values)
        for (kind, activity), items in self._children.items():
            taken: dict[str, int] = {}
            for index, (values, place) in enumerate(items):
                key = f"{activity}/{local_key(KINDS[kind], values, index, taken)}"
                self.stated.put(kind, key, place, activity=activity, **values)

    def _activity(self, carrier: Carrier, each: Values, key: str, entry: Values, use: str) -> None:
        name = entry.line("called") or each.line("name")
        purpose = self.words.data_use(use, each)
        self._purposes.setdefault(key, {})[purpose] = None
        data = self._data(each)
        systems = [carrier.key] if carrier.kind else []
        for place in (each, carrier.values):
            for fides in place.texts("dataset_references"):
                if fides in self.held:
                    self.datasets.add(fides)
                    systems.append(self.nodes[fides])
                    data += self.held[fides]
                else:
                    self.stated.note("activity", key, f"Fides dataset: {fides}")
                    words = f"the files have no dataset {fides}; kept in the note of activity/{key}"
                    place.remark("dataset_references", words, kept=True)
        subjects = [self.words.data_subject(one, each, "data_subjects") for one in each.texts("data_subjects")]
        self.stated.put(
            "activity",
            key,
            each,
            name=name or f"{carrier.values.line('name') or carrier.values.key()}: {purpose or use}",
            purposes=(purpose,) if purpose else (),
            data_categories=tuple(data),
            subject_categories=tuple(subjects),
            systems=tuple(dict.fromkeys(systems)),
            recipients=self.stated.short("activity", key, each, "third_parties"),
            **of_the_system(carrier, self.stated, key, entry.text("role")),
        )
        if each.flag("data_shared_with_third_parties") and "third_parties" not in each:
            self.stated.note("activity", key, "Fides: data is shared with third parties that are not named")
            each.remark("data_shared_with_third_parties", "with whom is not said; record the recipients", kept=True)
        self._law(each, key, purpose)
        if carrier.party:
            self._engage(carrier, each, each.empty("ropa"), key)
        self.stated.keep_rest("activity", key, each)

    def _law(self, each: Values, key: str, purpose: str | None) -> None:
        """Lawful basis, condition of Article 9 and retention of one declaration."""
        location = each.text("impact_assessment_location")
        if words := each.text("legal_basis_for_processing"):
            if basis := terms().lawful_basis(words):
                assessment = f"{key}-lia" if location else None
                self._bases.setdefault(key, []).append((Basis(purpose, basis, assessment), each))
            else:
                self._unread("legal_basis_for_processing", words, each, key)
        if location:
            name = f"Legitimate-interests assessment: {each.line('name') or key}"
            self.stated.put("document", f"{key}-lia", each, name=name[:300], type="lia", location=location)
        if words := each.text("special_category_legal_basis"):
            if condition := terms().condition(words):
                self._child("condition", key, each, {"condition": condition})
            else:
                self._unread("special_category_legal_basis", words, each, key)
        if words := each.text("retention_period"):
            self._child("retention", key, each, retention_of(words))
        if each.flag("processes_special_category_data") and not self._is_special(key):
            words = "none of its data categories is marked as special; mark the one that is"
            each.remark("processes_special_category_data", words)
        each.leave("flexible_legal_basis_for_processing", "egress", "ingress")

    def _is_special(self, key: str) -> bool:
        records = self.stated.records
        data = records["activity"][key].get("data_categories", ())
        return any("special" in records["data_category"][each] for each in data)

    def _unread(self, name: str, words: str, each: Values, key: str) -> None:
        self.stated.note("activity", key, f"Fides {name}: {words}")
        each.remark(name, f"{words}: not known here; kept in the note of activity/{key}", kept=True)

    def _engage(self, carrier: Carrier, each: Values, entry: Values, activity: str) -> None:
        """The party that works for an activity: as exported from here, or whom a foreign system names."""
        party = carrier.party or carrier.key
        values: dict[str, Any] = {"party": party, "activity": activity}
        if carrier.kind == "party":
            each.leave("name", "data_use", "data_subjects")
            data = self._data(each)
            values["data_categories"] = () if "all_data" in entry else tuple(data)
            values["role"] = entry.text("role")
            values["receives_data"] = False if "only_software" in entry else None
            self.stated.keep_rest("activity", activity, each)
        else:
            values["system"] = carrier.key
            words = f"engagement/{activity}/{party}: taken to be a processor; Fides does not say which role it has"
            carrier.values.remark("legal_name", words)
        self.stated.put("engagement", f"{activity}/{local_key(KINDS['engagement'], values, 0, {})}", each, **values)

    def _flows(self, carrier: Carrier, found: list[tuple[Values, str]]) -> None:
        for side in ("ingress", "egress"):
            named = [(each, key, each.texts(side)) for each, key in found]
            for flow in carrier.values.parts(side):
                fides, sort = flow.key(), flow.text("type")
                users = [(each, key) for each, key, names in named if fides in names] or (
                    found if len(found) == 1 else []
                )
                ends = self._ends(fides, sort, users)
                if not ends or not carrier.kind:
                    words = f"{sort or 'resource'} {fides}"
                    why = "no declaration names it" if not users else f"the files have no {words}"
                    kind, key = (carrier.kind, carrier.key) if carrier.kind else ("activity", found[0][1])
                    data = ", ".join(flow.texts("data_categories"))
                    self.stated.note(kind, key, f"Fides {side}: {words}" + (f" ({data})" if data else ""))
                    flow.remark((), f"{why}; kept in the note of {kind}/{key}", kept=True)
                values = {"data_categories": tuple(self._data(flow)) if ends else ()}
                for activity, other in ends:
                    here = f"system/{carrier.key}"
                    pair = (other, here) if side == "ingress" else (here, other)
                    self._child("flow", activity, flow, {"origin": pair[0], "destination": pair[1], **values})
                for name, text in flow.rest():
                    flow.remark(name, f"{text}: the register has no such field of a flow")

    def _ends(self, fides: str, sort: str | None, users: Iterable[tuple[Values, str]]) -> list[tuple[str, str]]:
        """The activities of a flow, each with its other end."""
        if fides != USER and sort != USER:
            return [(key, f"system/{self.nodes[fides]}") for _, key in users] if fides in self.nodes else []
        activities = self.stated.records["activity"]
        return [(key, f"subject/{each}") for _, key in users for each in activities[key].get("subject_categories", ())]

    def _data(self, place: Values) -> list[str]:
        return [self.words.data_category(one, place, "data_categories") for one in place.texts("data_categories")]

    def _child(self, kind: str, activity: str, place: Values, values: dict[str, Any]) -> None:
        """Remember an entry of an activity, each once."""
        items = self._children.setdefault((kind, activity), [])
        if values not in [each for each, _ in items]:
            items.append((values, place))
