"""A draft of an activity into records: a new activity, or what a known one lacks; what differs is left and told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from ropa.exchange.cell_text import is_none
from ropa.flows.edges import edges, receivers
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.kinds import KINDS
from ropa.records.transfer import TransferFields
from ropa.records.values import Fields
from ropa.services.sheet_draft import Draft, Spot, Told
from ropa.services.sheet_records import AmbiguousError, Records

LONGEST_NAME = 120
NO_SAFEGUARD = "no safeguard that the law knows was understood in it: its words are recorded as they stand"
_RECIPIENTS = ("recipients", "internal_recipients")
_SAME_RULE = ("period", "trigger", "until", "stated")


class Activities:
    """Turns drafts into records. With `update`, what differs is taken from the sheet."""

    def __init__(self, records: Records, told: list[Told], on: dt.date, *, update: bool) -> None:
        self.records = records
        self._on = on
        edges(records.register, on)  # of all at once, since each by itself would look at every agreement again
        self.update = update
        self._told: dict[Spot, list[Told]] = {}
        for each in told:
            self._told.setdefault(each.spot, []).append(each)
        self._all = told
        self._matched: set[str] = set()
        self._covered: dict[str, set[str]] = {}
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

    def _merge(self, kind: str, key: str, values: Mapping[str, Any], spots: Mapping[str, list[Spot]]) -> None:
        """Fill in what a record lacks and add to its lists; tell what differs."""
        record: Fields = self.records.of(kind, key)
        new: dict[str, Any] = {}
        for name, value in values.items():
            before = getattr(record, name)
            if name == "recipients" and value and len(before) == 1 and is_none(before[0]) and value != before:
                if self.update:
                    new[name] = value
                else:
                    for spot in spots.get(name, []):
                        self._tell(spot, "differs", f"the register says {before[0]!r}; left as it is")
            elif isinstance(value, tuple):
                more = tuple(each for each in value if each not in before)
                if more:
                    new[name] = (*before, *more)
            elif before is None or self.update:
                if before != value:
                    new[name] = value
            elif before != value:
                words = f"the register says {str(before)[:80]!r}; left as it is"
                for spot in spots.get(name, []):
                    self._tell(spot, "differs", words)
        if new:
            self.records.put(kind, type(record).model_validate({**record.model_dump(), **new}))

    def _tell(self, spot: Spot, fate: str, gap: str) -> None:
        for each in self._told.get(spot, []):
            each.fate, each.gap = fate, gap  # type: ignore[assignment]  # one of the fates, by every caller

    def _late(self, spot: Spot, fate: str, words: str, gap: str = "") -> None:
        self._all.append(Told(spot, fate, words, gap))  # type: ignore[arg-type]  # one of the fates, by every caller

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

    def _contract(self, draft: Draft, engaged: set[str]) -> tuple[str, str] | None:
        """The processor and the agreement that a row's link is to, where there is one processor only."""
        found = None
        for place, spot in draft.contracts:
            if all(self._known_contract(line, engaged) for line in place.split("\n")):
                self._late(spot, "used", "Contract with the processor")
                continue
            if len(engaged) != 1:
                draft.note(spot)
                many = "no processor is" if not engaged else "several processors are"
                self._late(
                    spot,
                    "kept",
                    "kept in the note",
                    f"{many} recorded for this activity; which contract it is was not understood",
                )
                continue
            party = next(iter(engaged))
            name = self.records.of("party", party).name
            document = self.records.document("dpa", f"Contract with {name}"[:200], place, draft.source)
            own = (each for each in self._agreements() if (each.party, each.document) == (party, document))
            known = next(own, None)
            values = {
                "name": f"Contract with {name}"[:200],
                "party": party,
                "document": document,
                "source": draft.source,
            }
            found = (party, known.key if known else self.records.add("agreement", values))
            self._late(spot, "used", "Contract with the processor")
        return found

    def _known_contract(self, line: str, engaged: set[str]) -> bool:
        """Whether a line names a contract of the register with a processor of the activity: `Mailer: Mailer DPA`."""
        register = self.records.register
        for each in register.agreements.values():
            if each.party in engaged:
                document = register.documents.get(each.document or "")
                ways = (document.name, f"{document.name}: {document.location}") if document else (each.name,)
                if line in (*ways, *(f"{register.parties[each.party].name}: {way}" for way in ways)):
                    return True
        return False

    def _agreements(self) -> Iterable[Any]:
        yield from self.records.register.agreements.values()
        yield from (each for (kind, _), each in self.records.new.items() if kind == "agreement")

    def _transfers(self, draft: Draft, engaged: list[str]) -> list[tuple[str, str | None]]:
        """Whom to and where, as far as a row says both."""
        said = draft.transfer
        named = [(party, code) for party, code in said.countries if party]
        open_ = [code for party, code in said.countries if not party]
        importers = list(dict.fromkeys(said.importers))
        if taken := not importers and len(engaged) == 1 and not draft.values.get("recipients"):
            importers = engaged
        pairs: list[tuple[str, str | None]] = list(dict.fromkeys(named))
        understood = not open_ or len(importers) == 1 or (len(open_) == 1 and bool(importers))
        if understood:
            pairs += [(party, code) for party in importers for code in open_]
            pairs += [
                (party, None) for party in dict.fromkeys(said.importers) if party not in {each for each, _ in pairs}
            ]
        if not pairs or not understood:
            for spot in dict.fromkeys(said.spots):
                draft.note(spot)
                what = (
                    "who receives it is not said"
                    if not importers
                    else "which recipient is in which country is not said"
                )
                self._late(
                    spot, "kept", "kept in the note", f"{what}, so that no transfer can be recorded; record it by hand"
                )
            return pairs
        for spot in dict.fromkeys(said.spots):
            gap = "" if all(code for _, code in pairs) else "the country is not said"
            if taken and open_:
                name = self.records.of("party", importers[0]).name
                gap = f"taken to be about {name}, the only recipient that is recorded; check that"
            if spot in said.unread:
                gap = NO_SAFEGUARD
            self._late(spot, "used", f"Transfers, {len(pairs)}" if len(pairs) > 1 else "Transfer", gap)
        return pairs

    def _transfer(self, activity: str, importer: str, country: str | None, draft: Draft) -> None:
        said = draft.transfer
        instruments, words = said.own.get(importer, (said.instruments, said.stated))
        stated = "\n".join(dict.fromkeys(words))
        if there := self._same_transfers(activity, importer, country):
            key = there[0].key
            if there[0].country is None and country not in (None, *self._places(activity, importer)):
                self._merge("transfer", key, {"country": country}, {"country": said.spots})
            if stated:
                self._merge("transfer", key, {"stated": stated}, {"stated": said.spots})
            known = {each.instrument for each in self.records.register.safeguards_of(key)}
            if known and known != set(instruments) and instruments and not self.update:
                names = ", ".join(_instrument(each) for each in known)
                for spot in said.spots:
                    self._tell(spot, "differs", f"the register has other safeguards: {names}; left as they are")
                return
        else:
            values = {
                "importer": importer,
                "country": country,
                "activity": activity,
                "stated": stated,
                "source": draft.source,
            }
            key, known = self.records.add("transfer", values), set()
        known |= self._covered.setdefault(key, set())
        for each in dict.fromkeys(instruments):
            if each not in known:
                self._covered[key].add(each)
                self.records.add("safeguard", {"instrument": each, "source": draft.source}, key)

    def _same_transfers(self, activity: str, importer: str, country: str | None) -> list[TransferFields]:
        """The transfers of the register that a sheet's is: of the same country, else one that names none."""
        found = self.records.register.transfers_between(None, importer)
        own = [self.records.of("transfer", each.key) for each in found if each.activity in (None, activity)]
        exact = [each for each in own if each.country == country]
        return exact or [each for each in own if each.country is None or country is None]

    def _places(self, activity: str, importer: str) -> set[str | None]:
        """Where a recipient has the data of an activity, by what the register says without a transfer."""
        register = self.records.register
        if importer not in register.parties or activity not in register.activities:
            return set()
        flows = edges(register, self._on, activity)
        reached = {place for each in flows if each.receiver == f"party/{importer}" for place in each.places}
        return {register.parties[importer].country, *reached}


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


def _instrument(key: str) -> str:
    known = LawBook.in_use().instrument(key)
    return known.name if known else key


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
