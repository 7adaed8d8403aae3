"""What a notice says about a transfer to another country, and the verdict that its writer is shown first."""

from __future__ import annotations

from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.reports.page import Item
from ropa.services.changes.statuses import ChangeStatus
from ropa.services.changes.verdict import abroad, beside_verdicts
from ropa.services.drafts.rights import Answer
from ropa.services.verdict_items import verdict_items
from ropa.services.wording import listed


def safeguard_of(register: Register, status: ChangeStatus) -> Answer:
    """The safeguard as recorded, else what follows where none is needed, else the question."""
    change, law = status.change, LawBook.in_use()
    if change.safeguard:
        return Answer(change.safeguard)
    if change.kind in ("remove", "rename"):
        return Answer()
    party = register.parties[change.party]
    if not status.arrangement or not register.regimes(status.judged):
        return Answer(ask=f"whether data goes to another country through {party.name}, and what protects it there")
    if status.onward and (beyond := abroad(register, status)):
        places = listed([law.place_phrase(each) for each in beyond])
        if all(each.onward.standing == "held" for each in status.onward):
            vendor = status.onward[0].facts.exporter
            return Answer(f"To {places}; {vendor} binds {party.name} by contract to the same data protection duties.")
        return Answer(ask=f"what protects the data in {places}")
    restricted = [each for each in status.crossings if each.worst.status != "not-restricted"]
    if not restricted:
        return Answer("None that needs a safeguard.")
    places = listed(list(dict.fromkeys(law.place_phrase(each.country) for each in restricted if each.country)))
    if all(each.worst.status == "adequate" for each in restricted):
        return Answer(f"To {places}, whose protection of personal data is recognised as adequate.")
    return Answer(ask=f"what protects the data in {places}" if places else "what protects the data abroad")


def verdict_of(register: Register, status: ChangeStatus) -> tuple[Item, ...]:
    """The verdict on the new arrangement, for whoever is about to tell customers: it is said before anyone is told."""
    if status.change.kind in ("remove", "rename"):
        return (Item("No new transfer: nothing goes where it did not go before."),)
    if not status.arrangement:
        return (Item("The transfer cannot be judged: no activity is recorded that the change reaches.", "?"),)
    if not register.regimes(status.judged):
        return (Item("The transfer cannot be judged: which law binds the organisation is not recorded.", "?"),)
    if not status.crossings and not status.onward:
        return (Item("No restricted transfer, by what is recorded."),)
    return (*verdict_items(status.crossings), *beside_verdicts(register, status))
