"""What one customer is told about one change: the values that the templates of a notice get, and what is missing.

EDPB Opinion 22/2024: name, address and contact of every subprocessor, and what it does; Art. 28(2): the intended
change, in time to object. What is not recorded is never told as a fact: it leaves a placeholder, and is listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ropa.law.lawbook import LawBook
from ropa.records.organisation import Contact
from ropa.records.register import Register
from ropa.services.changes.reach import kept_before, names_before, services_of
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice, took_effect
from ropa.services.drafts.happening import what_happens
from ropa.services.drafts.labels import row_labels
from ropa.services.drafts.rights import how_to_answer, start_of, terms_of_silence, until_of
from ropa.services.drafts.transfer import safeguard_of
from ropa.services.wording import listed

VALUES: dict[str, str] = {
    "organisation": "Who writes: the organisation's legal name, else its name.",
    "sender": "Name, e-mail and telephone of the organisation's contact.",
    "customer": "The customer's name.",
    "greeting": "The customer's contact person or office, else the customer's name.",
    "contract": "The name of the customer's contract; empty where none is recorded.",
    "headline": "The change in a few words, for a subject or a heading.",
    "happens": "`is to change`, or `has changed` once it took effect.",
    "what": "What happens, in a sentence.",
    "planned": "The planned date, 21 December 2026; empty where none is recorded, it is past, or the notice too late.",
    "start": "The planned date, since when it is so, or what has to be settled about it.",
    "subprocessor": "The name of the party that joins, changes or leaves.",
    "legal_name": "Its legal name.",
    "address": "Its address.",
    "contact": "Its contact details.",
    "location_before": "Where the data was until then; empty unless the place changes and the register knows it.",
    "location": "Where the data will be processed.",
    "service": "What it does for the organisation.",
    "replaces": "The party that it replaces; empty where there is none.",
    "engaged_by": "The subprocessor that engages it; empty where the organisation does.",
    "activities": "Which of the customer's processing is concerned; a list.",
    "data": "Which categories of the customer's data are concerned; a list.",
    "safeguard": "What covers a transfer to another country; empty where data goes nowhere new.",
    "reason": "Why, as recorded; empty where nothing is. Our templates leave it out.",
    "object_until": "The customer's own last day to object; empty where consent is asked for and no day is recorded.",
    "object_to": "Where objections and answers go.",
    "remedy": "What the contract provides where an objection is not resolved; empty where nothing is recorded.",
    "rights": "What the customer can do and what follows, in sentences; a list.",
    "rows": "Everything about the change, each with label, texts (a list) and complete (false: a placeholder).",
    "remarks": "What must stand above everything: sample data, a change that is not approved, a placeholder; a list.",
}
"""Every value that a template gets; what is not recorded and ought to be is a placeholder: [to be completed: ...]."""

NOT_APPROVED = "DRAFT - NOT APPROVED: this change is only proposed. Do not send this."
INCOMPLETE = "INCOMPLETE: what stands in [square brackets] is not recorded yet. Do not send this as it is."
SAMPLE = "This is sample data: the change, the companies or the contract are made up as an example."
_REPLACING = ("replace", "new-legal-entity")
_DATES = {"object_until": "Last day to object", "object_to": "Objections and answers to"}


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled part of a notice; not `complete` where a placeholder stands in it."""

    id: str
    label: str
    texts: tuple[str, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Wording:
    """One notice: the values that VALUES explains, and `missing`, what could not be filled, in words.

    `rows` are what changes, `dates` until when and to whom the customer may object.
    """

    values: Mapping[str, object]
    rows: tuple[Row, ...]
    dates: tuple[Row, ...]
    missing: tuple[str, ...]

    @property
    def states_date(self) -> bool:
        """Whether it states the date of the change, and no placeholder for it."""
        return any(row.id == "start" and row.complete for row in self.rows)


@dataclass
class _Filling:
    """The values as they are found, and what is not recorded and ought to be."""

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    gapped: set[str] = field(default_factory=set)

    def put(self, name: str, *texts: str | None, ask: str = "") -> None:
        """Fill a value; where nothing is known, with a placeholder for what is asked, if anything is."""
        known = tuple(text for text in texts if text)
        if not known and ask:
            known = (self.placeholder(ask),)
            self.gapped.add(name)
        self.values[name] = known

    def placeholder(self, ask: str) -> str:
        """A place that nobody can overlook."""
        self.missing[ask] = None
        return f"[to be completed: {ask}]"

    def text(self, name: str) -> str:
        """A value on one line."""
        return "; ".join(self.values[name])

    def row(self, name: str, label: str) -> Row:
        """A value with its label."""
        return Row(name, label, self.values[name], name not in self.gapped)


def wording_of(register: Register, status: ChangeStatus, each: CustomerNotice) -> Wording:
    """The notice to one customer; the clock of `each` is counted as if the customer were told (`draft_dates`)."""
    change, owner, found = status.change, register.organisation, _Filling()
    party, customer = register.parties[change.party], register.parties[each.customer]
    found.put("organisation", owner.legal_name or owner.name)
    found.put("sender", *_details(owner.contact), ask=f"how to reach {owner.name}")
    found.put("customer", customer.name)
    found.put("greeting", _greeted(customer.contact) or customer.name)
    found.put("contract", each.agreement.name if each.agreement else None)
    found.put("headline", f"Change of subprocessor: {party.name}")
    found.put("reason", change.reason)
    _who(register, status, found)
    _which(register, status, each, found)
    done = took_effect(change, status.facts.on)
    found.put("happens", "has changed" if done else "is to change")
    found.put("what", _what(register, status, found, done=done))
    for name, answer in (("start", start_of(status, each)), ("object_until", until_of(each))):
        found.put(name, answer.text, ask=answer.ask)
    start = "" if done or "start" in found.gapped else found.text("start")
    found.put("planned", start)
    found.put("object_to", found.text("sender"))
    found.put("remedy", each.text["remedy"].value)
    silence = terms_of_silence(status, each)
    found.put("silence", silence.text, ask=silence.ask)
    said = [
        *found.values["silence"],
        *how_to_answer(each, found.text("object_until"), found.text("object_to"), start),
        *(f"If we cannot agree: {text.rstrip('.')}." for text in found.values["remedy"]),
    ]
    labels = row_labels(change.kind, done=done).items()
    rows = tuple(found.row(name, label) for name, label in labels if found.values[name])
    lists = {"activities": found.values["activities"], "data": found.values["data"]}
    values: dict[str, object] = {name: lists.get(name, found.text(name)) for name in VALUES if name in found.values}
    remarks = _remarks(register, status, each, incomplete=bool(found.missing))
    values |= {"rights": tuple(said), "rows": rows, "remarks": remarks}
    dates = tuple(found.row(name, label) for name, label in _DATES.items() if found.values[name])
    return Wording(values=values, rows=rows, dates=dates, missing=tuple(found.missing))


def _who(register: Register, status: ChangeStatus, found: _Filling) -> None:
    """The party: of one that leaves, what is recorded is enough."""
    change = status.change
    party = register.parties[change.party]
    stays = change.kind != "remove"
    found.put("subprocessor", party.name)
    found.put("legal_name", party.legal_name, ask=f"legal name of {party.name}" if stays else "")
    found.put("address", party.address, ask=f"address of {party.name}" if stays else "")
    found.put("contact", *_details(party.contact), ask=f"contact of {party.name}" if stays else "")
    asked = f"whom {party.name} replaces" if change.kind in _REPLACING else ""
    found.put("replaces", register.parties[change.replaces].name if change.replaces else None, ask=asked)
    found.put("engaged_by", register.parties[change.beneath].name if change.beneath else None)


def _which(register: Register, status: ChangeStatus, each: CustomerNotice, found: _Filling) -> None:
    """The processing: this customer's own activities and data."""
    change, law = status.change, LawBook.in_use()
    party = register.parties[change.party]
    works = change.kind not in ("remove", "rename")
    places = change.countries or ((party.country,) if party.country else ())
    asked = f"where {party.name} processes the data" if works else ""
    found.put("location_before", *(law.country_name(code) for code in _left(register, status, each)))
    found.put("location", *(law.country_name(code) for code in places), ask=asked)
    mine = dict.fromkeys(told.activity for told in each.why)
    service = services_of(register, change, mine, status.facts.on)
    found.put("service", *service, ask=f"what {party.name} does" if works else "")
    keys = dict.fromkeys(key for told in each.why for key in told.data)
    found.put("activities", *dict.fromkeys(register.activities[told.activity].name for told in each.why))
    found.put("data", *(register.data_categories[key].name for key in keys), ask="which personal data is concerned")
    covered = safeguard_of(register, status)
    found.put("safeguard", covered.text, ask=covered.ask)


def _left(register: Register, status: ChangeStatus, each: CustomerNotice) -> tuple[str, ...]:
    """The places of this customer's data before they change; empty where they are not known, or the same."""
    change = status.change
    if change.kind != "new-location":
        return ()
    mine = dict.fromkeys(told.activity for told in each.why)
    before = kept_before(register, change, mine, status.facts.on)
    return () if set(before) == set(change.countries) else before


def _what(register: Register, status: ChangeStatus, found: _Filling, *, done: bool) -> str:
    change = status.change
    new_name = change.new_name
    if change.kind == "rename" and new_name is None:
        new_name = found.placeholder(f"the new name of {register.parties[change.party].name}")
    before = listed(names_before(register, change)) if change.kind == "rename" else found.text("subprocessor")
    sentence = what_happens(change.kind, done=done, replaces=change.replaces is not None)
    # `replace` would read braces in a name; `format` takes them as they are.
    return sentence.format(party=before or "A subprocessor", replaced=found.text("replaces"), new_name=new_name)


def _remarks(register: Register, status: ChangeStatus, each: CustomerNotice, *, incomplete: bool) -> tuple[str, ...]:
    said = {
        NOT_APPROVED: status.change.state == "proposed",
        INCOMPLETE: incomplete,
        SAMPLE: is_sample(register, status, each),
    }
    return tuple(text for text, holds in said.items() if holds)


def is_sample(register: Register, status: ChangeStatus, each: CustomerNotice) -> bool:
    """Whether the change, a party or the contract is invented sample data."""
    change, agreement = status.change, each.agreement
    parties = (change.party, change.replaces, change.beneath, each.customer)
    invented = any(register.parties[key].invented for key in parties if key is not None)
    return invented or change.invented or (agreement is not None and agreement.invented)


def _greeted(contact: Contact | None) -> str | None:
    """The contact as a letter addresses it: an office without its article, as `Dear Company Secretary`."""
    name = contact.name if contact is not None else None
    return name if name is None else re.sub(r"^the\s+(?=\S)", "", name, flags=re.IGNORECASE)


def _details(contact: Contact | None) -> tuple[str | None, ...]:
    return () if contact is None else (contact.name, contact.address, contact.email, contact.phone)
