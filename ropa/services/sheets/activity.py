"""A draft of an activity into records: a new activity, or what a known one lacks; what differs is left and told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from ropa.flows.edges import receivers
from ropa.records.activity import ActivityFields
from ropa.records.kinds import KINDS
from ropa.records.values import Fields
from ropa.services.sheets.draft import Draft, Told
from ropa.services.sheets.records import AmbiguousError, Records
from ropa.services.sheets.transfers import Transfers

LONGEST_NAME = 120
_RECIPIENTS = ("recipients", "internal_recipients")
_SAME_RULE = ("period", "trigger", "until", "stated")


class Activities(Transfers):
    """Turns drafts into records. With `update`, what differs is taken from the sheet."""

    def __init__(self, records: Records, told: list[Told], on: dt.date, *, update: bool) -> None:
        super().__init__(records, told, on, update=update)
        self._matched: set[str] = set()
        self._like: dict[tuple[object, ...], list[str]] = {}
        for key, activity in records.register.activities.items():
            values = activity.model_dump()
            self._like.setdefault(_marks(values), []).append(key)
            if activity.role == "processor":  # a processor's sheet says what is done, and neither why nor for whom
                alone = {"processing": activity.processing}
                self._like.setdefault(_marks(alone), []).append(key)

    def finish(self, draft: Draft, role: str) -> str:
        """Write a draft; returns the activity's key. Raises ValueError where something cannot be recorded."""
        if role:
            draft.values.setdefault("role", "joint-controller" if _joint(draft, role) else role)
        key = self._known(draft)
        engaged = {each.party for each in self.records.register.engagements_of(key)} if key else set()
        reached = set(receivers(self.records.register, key, self._on)) if key else set()
        self._drop_engaged(draft, engaged | set(draft.engaged) | reached)
        transfers = self._transfers(draft, [*engaged, *(each for each in draft.engaged if each not in engaged)])
        contract = self._contract(draft, {*engaged, *draft.engaged})
        self._nobody(key, draft, engaged)
        if key is None:
            draft.values.setdefault("name", _name(draft))
            values = {**draft.values, "note": "\n".join(draft.notes), "source": draft.source}
            key = self.records.add("activity", values)
        else:
            self._merge("activity", key, draft.values, draft.spots)
            self._note(key, draft)
        self._matched.add(key)
        self._bases(key, draft)
        self._retention(key, draft)
        for party in draft.engaged:
            if party not in engaged:
                own = {
                    "party": party,
                    "source": draft.source,
                    **({"agreement": contract[1]} if contract and contract[0] == party else {}),
                }
                self.records.add("engagement", own, key)
        for importer, country in transfers:
            self._transfer(key, importer, country, draft)
        return key

    def _known(self, draft: Draft) -> str | None:
        """The activity of the register that a draft is: by its name, else by its function and purposes."""
        name = draft.values.get("name")
        if name is not None:
            key = self.records.known("activity", name)
        else:
            like = self._like.get(_marks(draft.values), []) if any(_marks(draft.values)) else []
            key = next((each for each in like if each not in self._matched), None)
            if key is None:
                key = self.records.known("activity", _name(draft))
                if key is not None and self.records.of("activity", key).business_function != draft.values.get(
                    "business_function"
                ):
                    key = None
        return None if key in self._matched else key

    def _note(self, key: str, draft: Draft) -> None:
        record = self.records.of("activity", key)
        there = (record.note or "").split("\n")
        more = [line for note in draft.notes for line in note.split("\n") if line not in there]
        if more:
            text = "\n".join(filter(None, (record.note, *more)))
            self.records.put("activity", ActivityFields.model_validate({**record.model_dump(), "note": text}))

    def _drop_engaged(self, draft: Draft, engaged: set[str]) -> None:
        """Recipients that are named as parties already are not said a second time."""
        found = []
        for name in draft.values.get("recipients", ()):
            try:
                key = self.records.party(name) or self.records.party(name.partition(",")[0])
            except AmbiguousError:
                key = None
            if key not in engaged:
                found.append(name)
        if "recipients" in draft.values:
            draft.values["recipients"] = tuple(found)

    def _nobody(self, key: str | None, draft: Draft, engaged: set[str]) -> None:
        """That there are no recipients, where nothing else that is recorded says otherwise."""
        if draft.nobody is None:
            return
        there = self.records.of("activity", key) if key else None
        if any(draft.values.get(name) for name in _RECIPIENTS) or draft.engaged:
            words = "other cells of this activity name recipients"
        elif engaged or (there is not None and any(getattr(there, name) for name in _RECIPIENTS)):
            said = () if there is None else there.recipients
            words = "" if said == (draft.nobody.text,) else "the register has recipients of this activity"
        else:
            draft.values["recipients"] = (draft.nobody.text,)
            return
        if words:
            draft.note(draft.nobody)
            self._tell(draft.nobody, "kept", f"{words}; its words are kept in the note")

    def _bases(self, key: str, draft: Draft) -> None:
        there: dict[str, list[Fields]] = {}
        for basis_there in self.records.register.lawful_bases_of(key):
            there.setdefault(basis_there.basis, []).append(basis_there)
        for condition_there in self.records.register.conditions_of(key):
            there.setdefault(condition_there.condition, []).append(condition_there)
        for kind, name, drafted in (
            ("lawful_basis", "basis", draft.bases),
            ("condition", "condition", draft.conditions),
        ):
            for which, values in drafted.items():
                if known := there.get(which):
                    new = {field: value for field, value in values.items() if not _said(known, field, value)}
                    self._merge(kind, known[0].key, new, {field: draft.ground_spots[which, field] for field in new})
                else:
                    self.records.add(kind, {name: which, "source": draft.source, **values}, key)

    def _retention(self, key: str, draft: Draft) -> None:
        there = self.records.register.retention_of(key)
        known = {_rule(each) for each in there}
        for kept, names in draft.retention.items():
            values = {name: getattr(kept, name) for name in _SAME_RULE}
            if _rule(kept) in known:
                continue
            if there and not self.update:
                for spot in draft.limits.get(kept, []):
                    self._tell(
                        spot, "differs", "the register has other time limits for this activity; left as they are"
                    )
                continue
            data = tuple(names) if len(draft.retention) > 1 or kept in draft.explicit else ()
            before = [each for each in there if set(each.data_categories) == set(data)]
            if len(before) == 1 and ("retention", before[0].key) not in self.records.new:
                new = {name: value or None for name, value in values.items()}
                record = type(before[0]).model_validate({**before[0].model_dump(), **new})
                self.records.put("retention", record)
                continue
            self.records.add("retention", {**values, "data_categories": data, "source": draft.source}, key)


def _said(known: Iterable[Fields], field: str, value: object) -> bool:
    """Whether records of one basis say this together already: a sheet has their texts in one cell, line by line."""
    texts = [getattr(each, field) for each in known]
    if not isinstance(value, str):
        return value in texts
    lines = {line for text in texts if isinstance(text, str) for line in text.split("\n")}
    return set(value.split("\n")) <= lines


def _rule(rule: object) -> tuple[str, ...]:
    """What tells one time limit from another, whatever lines its words were broken into."""
    return tuple(" ".join(str(getattr(rule, name) or "").split()).rstrip(".") for name in _SAME_RULE)


def _joint(draft: Draft, role: str) -> bool:
    return role == "controller" and bool(draft.values.get("joint_controllers"))


def _marks(values: Mapping[str, Any]) -> tuple[object, ...]:
    """What tells an activity where its name is not known."""
    return (
        str(values.get("business_function") or "").casefold(),
        tuple(each.casefold() for each in values.get("purposes") or ()),
        () if values.get("purposes") else tuple(each.casefold() for each in values.get("processing") or ()),
    )


def _name(draft: Draft) -> str:
    """A name for an activity whose sheet gives none: its purpose, else what is done, else its function."""
    values = draft.values
    texts = [*values.get("purposes", ()), *values.get("processing", ()), values.get("business_function") or ""]
    found = next(filter(None, texts), f"Row {draft.first.row}")
    return found if len(found) <= LONGEST_NAME else found[:LONGEST_NAME].rpartition(" ")[0] + "…"


def kinds_in_order(keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keys of records in the order in which they are written: what others refer to first."""
    order = {kind: index for index, kind in enumerate(KINDS)}
    return sorted(keys, key=lambda each: order[each[0]])
