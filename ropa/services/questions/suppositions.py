"""A register and a law book as they would be if something were otherwise. Nothing here is written anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from ropa.law.entries import Adequacy, Bridge, Condition, Entry, Exemption, Instrument, LawfulBasis
from ropa.law.lawbook import LawBook
from ropa.records.errors import InputError, NotFoundError, Problem
from ropa.records.kinds import KINDS
from ropa.records.references import references
from ropa.records.register import Register
from ropa.records.values import Fields

ORIGIN = "this supposition"
"""Who is named in a verdict as having ended an entry of the law."""

# What may be left empty when the record that it names is gone. Anywhere else an empty field would say something
# else than before (a transfer without exporter is the organisation's), and so the record goes too.
_MAY_BE_EMPTY = {
    ("document", "about"),
    ("activity", "dpia_document"),
    ("lawful_basis", "assessment"),
    ("condition", "policy_document"),
    ("engagement", "agreement"),
    ("engagement", "from_system"),
    ("engagement", "system"),
    ("safeguard", "assessment"),
    ("safeguard", "document"),
    ("agreement", "document"),
}
_ENDING = (Adequacy, Instrument, LawfulBasis, Condition, Bridge, Exemption)


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed: ids of law entries that hold no longer `since` a day, parties gone, parties moved."""

    invalidate: tuple[str, ...] = ()
    since: dt.date | None = None
    remove: tuple[str, ...] = ()
    move: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(
        cls,
        invalidate: Sequence[str] = (),
        since: dt.date | None = None,
        remove: Sequence[str] = (),
        move: Sequence[str] = (),
    ) -> Supposition:
        """From the words of a command: `move` items are `PARTY=COUNTRY`.

        Raises InputError where nothing is supposed, for a move in any other form and for an unknown country, and
        NotFoundError for an id that the law data does not know or that cannot end.
        """
        law = LawBook.in_use()
        for id_ in invalidate:
            if not isinstance(law.entry(id_), _ENDING):
                raise NotFoundError(_unknown_law(law, id_))
        if not (invalidate or remove or move):
            words = "nothing is supposed; say what with --invalidate ID, --remove-party KEY or --move PARTY=COUNTRY"
            raise InputError([Problem(words)])
        if since is not None and not invalidate:
            raise InputError([Problem("--from says since when the law of --invalidate holds no longer; name that too")])
        parties = tuple(dict.fromkeys(each.removeprefix("party/") for each in remove))
        moves = tuple(_move(each, law) for each in move)
        twice = {party for party, _ in moves} & set(parties)
        if twice or len({party for party, _ in moves}) < len(moves):
            raise InputError([Problem("a party can be moved once, and not moved and removed as well")])
        return cls(tuple(dict.fromkeys(invalidate)), since, parties, moves)

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties that it names."""
        return (*self.remove, *(party for party, _ in self.move))

    def judged_on(self, on: dt.date) -> dt.date:
        """The day to judge on: a law that ends later changes nothing before."""
        return max(on, self.since) if self.since is not None else on

    def law(self, on: dt.date) -> LawBook:
        """The law as it would be, ending on `on` where no day is given."""
        book = LawBook.in_use()
        for id_ in self.invalidate:
            instrument = book.instrument(id_)
            # A name that may mean several clauses stands for each of them.
            for each in (id_, *(instrument.versions if instrument is not None else ())):
                book = book.ended(each, since=self.since or on, origin=ORIGIN)
        return book

    def register(self, register: Register) -> Register:
        """The register as it would be; parties that it does not have are passed over."""
        moved = dict(register.parties)
        for key, country in self.move:
            if key in moved:
                moved[key] = moved[key].model_copy(update={"country": country})
        return without(replace(register, parties=moved), [f"party/{key}" for key in self.remove])


def without(register: Register, subjects: Sequence[str]) -> Register:
    """The register without some records, and without those that say nothing once these are gone."""
    kept: dict[str, dict[str, Fields]] = {name: dict(register.of_kind(name)) for name in KINDS}
    gone: set[tuple[str, str]] = set()
    for subject in subjects:
        word, _, key = subject.partition("/")
        if kept[word].pop(key, None) is not None:
            gone.add((word, key))
    fresh = gone
    while fresh:  # what goes may take others with it
        following: set[tuple[str, str]] = set()
        for name, kind in KINDS.items():
            for key, record in list(kept[name].items()):
                hit = [field for field, target, used in references(kind, record) if (target, used) in fresh]
                if not hit:
                    continue
                if all(field in kind.lists or (name, field) in _MAY_BE_EMPTY for field in hit):
                    kept[name][key] = record.model_copy(update=_emptied(record, kind.lists, hit, fresh))
                else:
                    del kept[name][key]
                    following.add((name, key))
        gone |= following
        fresh = following
    kept.pop("organisation")
    return replace(register, **{KINDS[name].section: records for name, records in kept.items()})  # type: ignore[arg-type]  # each section keeps the kind of record that it had


def _emptied(
    record: Fields, lists: Mapping[str, str], fields: Sequence[str], gone: set[tuple[str, str]]
) -> dict[str, object]:
    return {
        field: tuple(key for key in getattr(record, field) if (lists[field], key) not in gone)
        if field in lists
        else None
        for field in fields
    }


def _move(text: str, law: LawBook) -> tuple[str, str]:
    party, sign, country = text.partition("=")
    if not (party and sign and country):
        raise InputError([Problem(f"{text!r}: write it as PARTY=COUNTRY, as in hubspot=India")])
    code = law.country(country.strip())
    if code is None:
        raise InputError([Problem(f"{country!r} is not a country that is known here; write its name or ISO code")])
    return party.strip().removeprefix("party/"), code


def _unknown_law(law: LawBook, id_: str) -> str:
    ids = [entry.id for entry in law.entries() if isinstance(entry, _ENDING)]
    if law.entry(id_) is not None:
        return f"{id_} is nothing that a court or a government could end; name a decision or an instrument"
    alike = [each for each in ids if len(id_) > 1 and id_.lower() in each]
    close = list(dict.fromkeys((*get_close_matches(id_, ids, n=4), *alike)))[:6]
    hint = f"did you mean {' or '.join(close)}?" if close else "`ropa law list` names those that there are"
    return f"the law data has no entry {id_!r}; {hint}"


def ended_already(law: LawBook, id_: str, since: dt.date) -> Entry | None:
    """The entry where it had ended before `since` by itself, else None."""
    entry = law.entry(id_)
    return entry if entry is not None and entry.until is not None and entry.until < since else None
