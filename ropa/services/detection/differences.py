"""What changed between two states of a list of subprocessors: a comparison, without a database or a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ropa.law.lawbook import LawBook
from ropa.records.change import ChangeKind
from ropa.services.detection.entries import Entry
from ropa.services.detection.matching import Pair, matched
from ropa.services.detection.names import bare, has_form, same_text, spelt

OF_THE_COMPANY = "one of them says where the company is, the other where the data lies"
WORDED = "one is a published list and the other a register, which word it in ways of their own"
NO_COUNTRY = "a place is stated that names no known country"
KNOWN_ALREADY = "the register has it as another name of the same party"
LEGAL_NAME_ONLY = "the register calls it by its legal name, so nothing tells since when it has the other name"
FROM_THE_NAME = "a legal entity is taken from the name, for none is stated"


@dataclass(frozen=True, slots=True)
class Detected:
    """One difference: `kind` is that of the change which it would be.

    `old` and `new` are the entry in each state, None where it is not there. `came` and `went` are what is stated in
    the one and not in the other: ids of countries (or the words for a place) of a new-location, names of activities
    and services of a new-activity, of data of new-data, the name or the legal entity itself of the other two.
    `by` says what makes the two entries the same. `doubts` say why it may be no change at all: empty where both
    states are clear about it. `perhaps` are entries of the other state with a name like this one's.
    """

    kind: ChangeKind
    old: Entry | None
    new: Entry | None
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    by: str = ""
    doubts: tuple[str, ...] = ()
    perhaps: tuple[Entry, ...] = ()

    @property
    def entry(self) -> Entry:
        """The newest entry that there is of it."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a difference between two entries of which neither is there")
        return found

    @property
    def is_more(self) -> bool:
        """Whether something comes: what only ends puts no data anywhere else."""
        return self.kind in ("add", "remove") or bool(self.came)


def detect(old: Sequence[Entry], new: Sequence[Entry]) -> tuple[Detected, ...]:
    """Every difference between two states of the list.

    The same subprocessor under another name is renamed, never removed and added: it is the same by the key of its
    party, its legal entity, its name or a name by which the one state knows the other's. Names that are only alike
    make nothing the same; `perhaps` says so. What one of the states does not state at all is no difference.
    """
    return tuple(each for pair in matched(old, new) for each in _differences(pair))


def _differences(pair: Pair) -> Iterator[Detected]:
    old, new = pair.old, pair.new
    if old is None or new is None:
        yield Detected("remove" if new is None else "add", old, new, perhaps=pair.perhaps)
        return
    found = (_renamed(old, new), _legal_entity(old, new), _moved(old, new), _works(old, new), _data(old, new))
    for kind, came, went, doubts in filter(None, found):
        yield Detected(kind, old, new, came, went, pair.by, doubts)


_Found = tuple[ChangeKind, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _renamed(old: Entry, new: Entry) -> _Found | None:
    """Another name in use. That one state has the legal name where the other has the usual one is none.

    A usual name that a register lacks may be new all the same, where the register has the legal name alone.
    """
    if _entity_renamed(old, new):
        return "rename", (new.legal_name,), (old.legal_name,), ()
    if bare(old.name) == bare(new.name):
        return None
    one_register = not old.from_file and not new.from_file
    formal = bare(new.name) == bare(old.legal_name) or bare(old.name) == bare(new.legal_name)
    register, listed = (new, old) if old.from_file else (old, new)
    by_a_list = old.from_file != new.from_file
    known = by_a_list and bare(listed.name) in set(map(bare, register.aliases))
    if formal and not one_register:
        in_use = by_a_list and not known and bare(listed.name) not in (bare(old.legal_name), bare(new.legal_name))
        return ("rename", (new.name,), (old.name,), (LEGAL_NAME_ONLY,)) if in_use else None
    return "rename", (new.name,), (old.name,), (KNOWN_ALREADY,) if known else ()


def _entity_renamed(old: Entry, new: Entry) -> bool:
    """Whether the legal entity itself is what has another name: one state says that it was, or will be, the other."""
    if not old.legal_name or not new.legal_name or spelt(old.legal_name) == spelt(new.legal_name):
        return False
    return spelt(old.legal_name) in set(map(spelt, new.aliases)) or spelt(new.legal_name) in set(
        map(spelt, old.aliases)
    )


def _legal_entity(old: Entry, new: Entry) -> _Found | None:
    one, two = _entity(old), _entity(new)
    if not one or not two or spelt(one) == spelt(two) or _entity_renamed(old, new):
        return None
    doubts = () if old.legal_name and new.legal_name else (FROM_THE_NAME,)
    return "new-legal-entity", (two,), (one,), doubts


def _entity(entry: Entry) -> str:
    """The legal entity that an entry states, if it does."""
    return entry.legal_name or (entry.name if has_form(entry.name) else "")


def _moved(old: Entry, new: Entry) -> _Found | None:
    """Other countries. A country within a group that the other names, as in the EU, is no other country."""
    if not old.location or not new.location:
        return None
    came, went = _beyond(new, old), _beyond(old, new)
    doubts: list[str] = []
    if not came and not went:
        if same_text(old.location) == same_text(new.location) or not (old.from_file and new.from_file):
            return None
        came, went = (new.location,), (old.location,)
        doubts.append("the countries are the same, and the words for the place are others")
    if old.seat != new.seat:
        doubts.append(OF_THE_COMPANY)
    if old.unread or new.unread:
        doubts.append(NO_COUNTRY)
    return "new-location", came, went, tuple(doubts)


def _beyond(entry: Entry, other: Entry) -> tuple[str, ...]:
    """The places of an entry that the other does not have, words that name no country included."""
    law = LawBook.in_use()
    within = {place for code in other.countries for place in law.members(code, law.as_of)}
    words = {same_text(each) for each in other.unread}
    found = [code for code in entry.countries if code not in within]
    return (*found, *(each for each in entry.unread if same_text(each) not in words))


def _works(old: Entry, new: Entry) -> _Found | None:
    """Other activities or services."""
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    if old.activities and new.activities:
        keys = {key for key, _ in old.activities}, {key for key, _ in new.activities}
        came = tuple(name for key, name in new.activities if key not in keys[0])
        went = tuple(name for key, name in old.activities if key not in keys[1])
    if old.services and new.services:
        came, went = (*came, *_other(new.services, old.services)), (*went, *_other(old.services, new.services))
    return ("new-activity", came, went, _worded(old, new)) if came or went else None


def _data(old: Entry, new: Entry) -> _Found | None:
    if not old.data or not new.data:
        return None
    came, went = _other(new.data, old.data), _other(old.data, new.data)
    return ("new-data", came, went, _worded(old, new)) if came or went else None


def _other(texts: Sequence[str], than: Sequence[str]) -> tuple[str, ...]:
    known = set(map(same_text, than))
    return tuple(each for each in texts if same_text(each) not in known)


def _worded(old: Entry, new: Entry) -> tuple[str, ...]:
    return (WORDED,) if old.from_file != new.from_file else ()
