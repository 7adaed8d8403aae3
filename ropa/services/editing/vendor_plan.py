"""What the form of a vendor writes: the party, its agreement, its engagement, the transfers and their safeguards.

The engagement implies the flow. A transfer is recorded for each third country that the data goes to, so that nobody
has to ask where it goes a second time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ropa.flows.crossings import Crossing, crossings_of
from ropa.flows.edges import ORGANISATION, edges
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.engagement import EngagementFields
from ropa.records.kinds import KINDS
from ropa.records.references import references
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.services.browsing.search import fold
from ropa.services.editing.preview import with_records
from ropa.services.editing.values import REQUIRED, Texts, new_key, read
from ropa.services.workspace import View

PARTY = {"new_party": "name", "new_legal_name": "legal_name", "new_country": "country"}
AGREEMENT = {"new_agreement": "name", "agreement_type": "type", "agreement_signed": "signed", "clauses": "clauses"}
ENGAGEMENT = ("service", "role", "data_categories", "countries", "remote_access", "since", "authorisation")
SAFEGUARD = ("module", "signed", "assessed", "assessment")
"""Which fields of the form are which fields of a record, where their names differ."""


@dataclass
class VendorPlan:
    """The records that would be written, in order, and what stands in the way, by field of the form.

    `register` is the register with them, `on` the day on which the engagement is judged: today, or when it begins.
    """

    register: Register
    on: dt.date
    problems: dict[str, str] = field(default_factory=dict)
    records: list[tuple[str, Fields]] = field(default_factory=list)
    engagement: EngagementFields | None = None

    @property
    def crossings(self) -> list[Crossing]:
        """The crossings that the engagement makes, judged with everything that the form says."""
        return list(self._crossings())

    def _crossings(self) -> Iterator[Crossing]:
        if self.engagement is None:
            return
        law = LawBook.in_use()
        for edge in edges(self.register, self.on, self.engagement.activity):
            if edge.via == f"engagement/{self.engagement.key}":
                yield from crossings_of(self.register, edge, self.on, law)

    def add(self, kind: str, record: Fields | None) -> None:
        """Put a record into the register as it would be."""
        if record is not None:
            self.records.append((kind, record))
            self.register = with_records(self.register, [(kind, record)])

    def read(self, kind: str, texts: Texts, names: Mapping[str, str], **fixed: str) -> Fields | None:
        """A record from fields of the form (`names`: theirs to the record's), with its problems told by them."""
        given = {own: texts[name] for name, own in names.items() if name in texts}
        parent = fixed.pop("parent", "")
        found = read(kind, {**given, **fixed}, parent=parent)
        back = {own: name for name, own in names.items()}
        self.problems |= {back.get(name, name): message for name, message in found.problems.items()}
        if found.record is None:
            return None
        taken: set[str] = set(self.register.of_kind(kind))
        if kind == "engagement":
            taken |= set(self.register.transfers)  # its transfer has its key
        key = new_key(kind, found.record.model_dump(), taken, parent)
        return found.record.model_copy(update={"key": key})


def planned(view: View, activity: str, texts: Texts) -> VendorPlan:
    """What the form would write for an activity. Raises KeyError where there is no such activity."""
    plan = VendorPlan(view.register, view.on)
    owner = view.register.activities[activity]
    party = _party(plan, texts)
    if party is None:
        return plan
    agreement = _agreement(plan, texts, party)
    fixed = {"party": party, **({"agreement": agreement} if agreement else {})}
    made = plan.read("engagement", texts, {name: name for name in ENGAGEMENT}, parent=activity, **fixed)
    if not isinstance(made, EngagementFields) or not _there(plan, "engagement", made):
        return plan
    plan.engagement = made
    plan.on = max(view.on, made.since or view.on)
    plan.add("engagement", made)
    _transfers(plan, texts, owner)
    return plan


def _party(plan: VendorPlan, texts: Texts) -> str | None:
    """The key of the party engaged, which is added where it is new."""
    key = str(texts.get("party") or "").strip()
    if not any(_said(texts, name) for name in PARTY):
        if not key:
            plan.problems["party"] = REQUIRED
        elif key not in plan.register.parties:
            plan.problems["party"] = f"there is no party {key!r}"
        return None if "party" in plan.problems else key
    if key:
        plan.problems["new_party"] = "a party is chosen already; clear one of the two"
        return None
    name = fold(str(texts.get("new_party") or "").strip())
    for each in plan.register.parties.values():
        if name and name in map(fold, (each.name, each.legal_name or "", *each.aliases)):
            plan.problems["new_party"] = f"there is a party of that name already, {each.name}; choose it"
            return None
    made = plan.read("party", texts, PARTY)
    plan.add("party", made)
    return None if made is None else made.key


def _agreement(plan: VendorPlan, texts: Texts, party: str) -> str | None:
    """The key of the agreement, if there is one; it is added where it is new."""
    key = str(texts.get("agreement") or "").strip()
    said = [name for name in ("new_agreement", "agreement_signed", "clauses") if _said(texts, name)]
    if not said:
        known = plan.register.agreements.get(key)
        if key and known is None:
            plan.problems["agreement"] = f"there is no agreement {key!r}"
        elif known is not None and party not in (known.party, known.between):
            plan.problems["agreement"] = f"it is with {plan.register.parties[known.party].name}, not with this party"
        return key or None
    if key:
        plan.problems[said[0]] = "an agreement is chosen already; clear one of the two"
        return None
    made = plan.read("agreement", texts, AGREEMENT, party=party)
    plan.add("agreement", made)
    return None if made is None else made.key


def _transfers(plan: VendorPlan, texts: Texts, activity: ActivityFields) -> None:
    """The transfers of the crossings that no record documents yet, and those that the safeguard is for."""
    engagement = plan.engagement
    assert engagement is not None  # noqa: S101 it was made before
    given = texts.get("instruments")
    instruments = given if isinstance(given, list | tuple) else str(given or "").split("\n")
    chosen = list(dict.fromkeys(part for each in instruments for part in str(each).strip().split("+") if part))
    if not chosen and (said := next((name for name in SAFEGUARD if _said(texts, name)), None)):
        plan.problems[said] = "choose the safeguard that this is about first"
    leaving = [each for each in plan.crossings if each.exporter == ORGANISATION and _restricted(each)]
    if chosen and not leaving:
        plan.problems["instruments"] = _nothing_leaves(plan, activity)
    wanting = [each for each in leaving if each.worst.status != "adequate"] or leaving[:1]
    for crossing in leaving:
        covering = chosen if crossing in wanting and not _recorded(plan, crossing, chosen) else []
        if (crossing.transfer is None and crossing.country is not None) or covering:
            _transfer(plan, texts, crossing, covering, engagement)


def _transfer(
    plan: VendorPlan, texts: Texts, crossing: Crossing, instruments: list[str], engagement: EngagementFields
) -> None:
    values: dict[str, Any] = {
        "importer": engagement.party,
        "activity": engagement.activity,
        "country": crossing.country or "",
        "data_categories": engagement.data_categories,
        "frequency": texts.get("frequency") or "",
    }
    own = engagement.key
    other = new_key("transfer", {"importer": f"{own}-{crossing.country}".replace("/", " ")}, plan.register.transfers)
    found = read("transfer", values, key=other if own in plan.register.transfers else own)
    plan.problems |= found.problems
    if found.record is None:
        return
    plan.add("transfer", found.record)
    modular = [each for each in instruments if _modules(each)] or instruments[:1]
    for instrument in instruments:
        names = {name: name for name in SAFEGUARD if name != "module" or instrument in modular}
        safeguard = plan.read("safeguard", texts, names, parent=found.record.key, instrument=instrument)
        if "instrument" in plan.problems:
            plan.problems["instruments"] = plan.problems.pop("instrument")
        if safeguard is not None and _there(plan, "safeguard", safeguard):
            plan.add("safeguard", safeguard)


def _modules(instrument: str) -> bool:
    known = LawBook.in_use().instrument(instrument)
    return known is not None and bool(known.modules)


def _restricted(crossing: Crossing) -> bool:
    return crossing.worst.status != "not-restricted"


def _recorded(plan: VendorPlan, crossing: Crossing, instruments: Iterable[str]) -> bool:
    """Whether the transfers that document a crossing have these safeguards already."""
    there = {each.instrument for key in crossing.transfers for each in plan.register.safeguards_of(key)}
    return bool(crossing.transfers) and set(instruments) <= there


def _nothing_leaves(plan: VendorPlan, activity: ActivityFields) -> str:
    if not plan.register.regimes(plan.on):
        return "which law binds the organisation is not recorded, so no transfer can be told; record its country first"
    if activity.until is not None and activity.until < plan.on:
        return "the activity has ended, so nothing goes there; clear it"
    return "by what is said here no data leaves the territory, so there is no transfer for it; clear it"


def _there(plan: VendorPlan, kind: str, record: Fields) -> bool:
    """Whether everything that a record refers to is there; told by field where not."""
    missing = {
        name: f"there is no {target.replace('_', ' ')} {key!r}"
        for name, target, key in references(KINDS[kind], record)
        if name != KINDS[kind].parent and key not in plan.register.of_kind(target)
    }
    plan.problems |= missing
    return not missing


def _said(texts: Texts, name: str) -> bool:
    given = texts.get(name)
    return bool(given.strip() if isinstance(given, str) else given)
