"""The contracts and transfers of a draft into records, as far as its rows say whom they are with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from ropa.flows.edges import edges
from ropa.law.lawbook import LawBook
from ropa.records.transfer import TransferFields
from ropa.services.sheets.draft import Draft, Told
from ropa.services.sheets.merge import Merging
from ropa.services.sheets.records import Records

NO_SAFEGUARD = "no safeguard that the law knows was understood in it: its words are recorded as they stand"


class Transfers(Merging):
    """Records contracts and transfers, each once."""

    def __init__(self, records: Records, told: list[Told], on: dt.date, *, update: bool) -> None:
        super().__init__(records, told, on, update=update)
        self._covered: dict[str, set[str]] = {}

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


def _instrument(key: str) -> str:
    known = LawBook.in_use().instrument(key)
    return known.name if known else key
