"""Reading the cells that speak of the law: bases, conditions, time limits, and what covers a transfer."""

from __future__ import annotations

import re

from ropa.exchange.cell_text import items, truth
from ropa.exchange.law_text import bases, conditions, instruments
from ropa.exchange.place_text import read_places
from ropa.exchange.time_limit import kept_for
from ropa.law.lawbook import LawBook
from ropa.services.detection.names import bare
from ropa.services.sheets.draft import Draft, Spot, Told
from ropa.services.sheets.fields import title_of
from ropa.services.sheets.records import AmbiguousError, Records, ways

LONGEST_PLACES = 2_000
ONWARD = "Onward transfers of parties, which the register has"
_PARTED = (re.compile(r"(.+?)\s*(?::\s+|\s[-–—]\s)(.+)"), re.compile(r"(.+?)\s*\(([^()]+)\)"))


class LawCells:
    """Reads such cells into drafts. `told` is what became of each of them."""

    def __init__(self, records: Records, told: list[Told]) -> None:
        self.records = records
        self.told = told

    def _tell(self, spot: Spot, fate: str, words: str, gap: str = "") -> None:
        self.told.append(Told(spot, fate, words, gap))  # type: ignore[arg-type]  # one of the three, by every caller

    def used(self, field: str, spot: Spot, words: str = "", gap: str = "") -> None:
        """A cell was understood."""
        self._tell(spot, "used", words or title_of(field), gap)

    def kept(self, draft: Draft, spot: Spot, gap: str) -> None:
        """A cell was not understood: its text goes into the note."""
        draft.note(spot)
        self._tell(spot, "kept", "kept in the note", gap)

    def _agreement(self, draft: Draft, _field: str, spot: Spot) -> None:
        draft.contracts.append((spot.place, spot))

    def _countries(self, draft: Draft, field: str, spot: Spot) -> None:
        if len(spot.text) > LONGEST_PLACES:
            self.kept(draft, spot, "it is too long for a list of countries")
            return
        read: list[tuple[str | None, str]] = []
        more = False
        found = items(spot.text)
        own = [each for each in found if not self.records.is_onward(each.partition(": ")[2])]
        if found and not own:
            draft.transfer.onward = True
            self.used(field, spot, ONWARD)
            return
        for each in own:
            try:
                party, place = self._apart(draft, each)
            except ValueError as error:
                self.kept(draft, spot, str(error))
                return
            codes, unread = read_places(place)
            if not codes or unread:
                self.kept(draft, spot, f"{each!r} is no country that is known here")
                return
            more = more or (party is None and LawBook.in_use().country(each) is None)
            read += [(party, code) for code in codes]
        if more:
            draft.note(spot)  # it says more than the countries
        draft.transfer.countries += read
        draft.transfer.spots.append(spot)

    def _apart(self, draft: Draft, text: str) -> tuple[str | None, str]:
        """The party and the place of `United States: Mailer`, `Mailer (US)`; the party only where it is known.

        It is, too, where the same row names it as a recipient: it becomes a party then.

        Raises ValueError where a place stands beside something that is neither a known party nor a place.
        """
        law = LawBook.in_use()
        for found in filter(None, (each.fullmatch(text) for each in _PARTED if law.country(text) is None)):
            for name, place in ((found[1], found[2]), (found[2], found[1])):
                code = law.country(place.strip())
                if code is None:
                    continue
                if key := self.records.party(name.strip()) or self._recipient_named(draft, name.strip()):
                    return key, place
                if law.country(name.strip()) is None:
                    raise ValueError(f"{name.strip()!r} is no party that is known; record the transfer by hand")
        return None, text

    def _recipient_named(self, draft: Draft, name: str) -> str | None:
        """The party made of the only recipient of the row that goes by this name."""
        named = [each for each in draft.values.get("recipients", ()) if bare(name) in map(bare, ways(each))]
        return self.records.party_or_new(named[0], draft.source) if len(named) == 1 else None

    def _safeguards(self, draft: Draft, field: str, spot: Spot) -> None:
        if draft.transfer.onward:
            self.used(field, spot, ONWARD)
            return
        names = {each.name for each in LawBook.in_use().instruments()}
        rest = []
        for line in spot.text.split("\n"):
            party, words = self._for_party(line)
            if self.records.is_onward(line.partition(": ")[0]):
                continue  # it covers what a party hands on, and no transfer of our own
            if party:
                ids, stated = draft.transfer.own.setdefault(party, ([], []))
                ids += instruments(words).ids
                stated += [] if words in names else [words]
            else:
                rest.append(line)
        draft.transfer.instruments += instruments("\n".join(rest)).ids
        if left := "\n".join(line for line in rest if line not in names):
            draft.transfer.stated.append(left)
        if not instruments(spot.text).ids:
            draft.transfer.unread.add(spot)
        draft.transfer.spots.append(spot)

    def _for_party(self, line: str) -> tuple[str | None, str]:
        """The party and the words of `Mailer: standard contractual clauses`; no party where none is named."""
        name, colon, words = line.partition(": ")
        try:
            return (self.records.party(name) if colon else None), words
        except AmbiguousError:
            return None, line

    def _retention(self, draft: Draft, field: str, spot: Spot) -> None:
        unread = []
        for line in _limits(spot.text):
            names, words = self._whose(draft, line.strip(" •-–*"))
            kept = kept_for(words)
            draft.retention.setdefault(kept, {}).update(dict.fromkeys(names or draft.row_data))
            draft.explicit |= {kept} if names else set()
            draft.limits.setdefault(kept, []).append(spot)
            unread += [kept.stated] if kept.stated and not (kept.period or kept.until) else []
        if unread:
            gap = "no clear period in it: its words are recorded as they stand"
            self._tell(spot, "kept", "Time limits, as stated", gap)
        else:
            self.used(field, spot)

    def _whose(self, draft: Draft, text: str) -> tuple[list[str], str]:
        """The data that a time limit is for, where it begins with the name of data: `Payslips: 6 years`."""
        before, colon, after = text.partition(": ")
        whole = self.records.known("data_category", before) if colon else None
        names = items(before) if colon else ()
        keys = [whole] if whole else [self.records.known("data_category", each) for each in names]
        own = draft.values.get("data_categories", ())
        if keys and all(key is not None and key in own for key in keys):
            return [key for key in keys if key is not None], after.strip()
        return [], text

    def _bases(self, draft: Draft, field: str, spot: Spot) -> None:
        parts = [each for each in re.split(r"[\n;•]+", spot.text) if each.strip(" -–*")]
        read = [(part.strip(" -–*"), bases(part)) for part in parts]
        if not any(named.ids for _, named in read):
            self.kept(draft, spot, "which lawful basis of Article 6 is meant was not understood")
            return
        lost = []
        for part, named in read:
            lost += [] if named.ids else [part]
            for each in named.ids:
                basis = draft.bases.setdefault(each, {})
                if named.more:
                    _joined(basis, "justification", part)
                    _from(draft, each, "justification", spot)
        if lost:
            self.kept(draft, spot, f"part of it was not understood as a lawful basis: {'; '.join(lost)}")
        else:
            self.used(field, spot)

    def _basis_text(self, draft: Draft, field: str, spot: Spot) -> None:
        name = field.partition(".")[2]
        whose = "consent" if name == "consent_record" else "legitimate-interests"
        if whose not in draft.bases:
            self.kept(draft, spot, f"the activity has no lawful basis {whose.replace('-', ' ')} that this belongs to")
            return
        _joined(draft.bases[whose], name, spot.place)
        _from(draft, whose, name, spot)
        self.used(field, spot)

    def _basis_document(self, draft: Draft, field: str, spot: Spot) -> None:
        whose = draft.bases.get("legitimate-interests")
        if whose is None or "assessment" in whose:
            self.kept(draft, spot, "the activity has no basis legitimate interests that this assessment belongs to")
            return
        place = spot.place
        name = f"Legitimate interests assessment: {one_line(place)}"
        whose["assessment"] = self.records.document("lia", name, place, draft.source)
        _from(draft, "legitimate-interests", "assessment", spot)
        self.used(field, spot)

    def _conditions(self, draft: Draft, field: str, spot: Spot) -> None:
        named = conditions(spot.text, schedule=field.endswith("schedule_1"))
        if not named.ids:
            self.kept(draft, spot, f"{title_of(field)}: which one is meant was not understood")
            return
        for each in named.ids:
            condition = draft.conditions.setdefault(each, {})
            if named.more:
                _joined(condition, "justification", spot.text)
                _from(draft, each, "justification", spot)
        self.used(field, spot)

    def _condition_text(self, draft: Draft, field: str, spot: Spot) -> None:
        """What belongs to the Schedule 1 condition, or to the only one there is."""
        name = field.partition(".")[2]
        own = [each for each in draft.conditions if each.startswith("sch1-")] or list(draft.conditions)
        value: object = spot.place
        if name == "policy_followed":
            value, rest = truth(spot.text)
            if value is None or rest:
                self.kept(draft, spot, f"{title_of(field)}: neither yes nor no")
                return
        if len(own) != 1:
            self.kept(draft, spot, "the activity has no one condition that this belongs to")
            return
        if name == "policy_document":
            place = str(value)
            value = self.records.document(
                "appropriate-policy", f"Policy document: {one_line(place)}", place, draft.source
            )
        draft.conditions[own[0]].setdefault(name, value)
        _from(draft, own[0], name, spot)
        self.used(field, spot)


def _from(draft: Draft, which: str, field: str, spot: Spot) -> None:
    draft.ground_spots.setdefault((which, field), []).append(spot)


def _limits(text: str) -> list[str]:
    """The time limits of a cell: each on its line, or between semicolons where one of these is a clear limit."""
    found: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        pieces = [each for each in line.split(";") if each.strip()]
        apart = any(not kept_for(each.rpartition(": ")[2].strip()).stated for each in pieces)
        found += pieces if apart and "(as stated: " not in line else [line]
    return found


def _joined(values: dict[str, object], name: str, text: str) -> None:
    before = str(values.get(name, ""))
    if text not in before.split("\n"):
        values[name] = f"{before}\n{text}".strip()


def one_line(text: str) -> str:
    """The text on one line, its beginning where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= 120 else f"{line[:119]}…"
