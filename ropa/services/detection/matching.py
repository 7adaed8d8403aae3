"""Which entry of one state of a list is which of the other: every entry of both is in one pair, exactly once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ropa.services.detection.entries import Entry, merged
from ropa.services.detection.names import CROWD, alike, bare, marks_of, spelt

Mark = Callable[[Entry], object]


@dataclass(frozen=True, slots=True)
class Pair:
    """The same subprocessor in two states of the list; None where it is on one of them only.

    `by` says what makes the two the same. Where it is in one only, `perhaps` are the entries of the other state, in
    one only as well, whose names are like its own: nobody can say from the names whether they are the same.
    """

    old: Entry | None
    new: Entry | None
    by: str = ""
    perhaps: tuple[Entry, ...] = ()


def _whole(entry: Entry) -> object:
    return (entry.key, entry.name.casefold(), entry.legal_name.casefold())


def _legal(entry: Entry) -> object:
    return spelt(entry.legal_name) if entry.legal_name else None


def _name_and_legal(entry: Entry) -> object:
    return (bare(entry.name), spelt(entry.legal_name))


_PASSES: tuple[tuple[str, Mark], ...] = (
    ("the same name and legal entity", _whole),
    ("the same name and legal entity", _name_and_legal),
    ("the same party of the register", lambda entry: entry.key or None),
    ("the same legal entity", _legal),
    ("the same name", lambda entry: bare(entry.name)),
)
"""What makes two entries the same, the surest first."""

KNOWN_AS = "a name by which it is also known"


def matched(old: Sequence[Entry], new: Sequence[Entry]) -> tuple[Pair, ...]:
    """The pairs of two states: those in both first, in the order of the old one, then who left, then who came.

    Rows of one legal entity are one entry. The work grows with the number of entries, and exchanging the states
    gives the same pairs the other way round.
    """
    before, after = merged(old), merged(new)
    left, right = dict(enumerate(before)), dict(enumerate(after))
    found: list[tuple[int, int, str]] = []
    for by, mark in _PASSES:
        holders = _holders(left, mark), _holders(right, mark)
        for value in holders[0].keys() & holders[1].keys():
            found += _paired(left, right, holders[0][value], holders[1][value], by)
    names = _by_name(left), _by_name(right)
    for name in sorted(names[0].keys() & names[1].keys()):
        found += _paired(left, right, names[0][name], names[1][name], KNOWN_AS)
    pairs = [Pair(before[one], after[two], by) for one, two, by in sorted(found)]
    pairs += [Pair(each, None, perhaps=_perhaps(each, around)) for each, around in _near(left, right)]
    pairs += [Pair(None, each, perhaps=_perhaps(each, around)) for each, around in _near(right, left)]
    return tuple(pairs)


def _holders(entries: dict[int, Entry], mark: Mark) -> dict[object, list[int]]:
    found: dict[object, list[int]] = {}
    for index, entry in entries.items():
        if (value := mark(entry)) is not None:
            found.setdefault(value, []).append(index)
    return found


def _by_name(entries: dict[int, Entry]) -> dict[str, list[int]]:
    """The entries by each name that they go by."""
    found: dict[str, list[int]] = {}
    for index, entry in entries.items():
        for name in {bare(each) for each in names_of(entry)}:
            found.setdefault(name, []).append(index)
    return found


def names_of(entry: Entry) -> tuple[str, ...]:
    """Every name that an entry goes by."""
    return tuple(filter(None, (entry.name, entry.legal_name, *entry.aliases)))


def _paired(
    left: dict[int, Entry], right: dict[int, Entry], ones: Sequence[int], twos: Sequence[int], by: str
) -> Iterator[tuple[int, int, str]]:
    """Pair what is still free; where several are the same by this, in an order that both states have."""
    free = sorted((index for index in ones if index in left), key=lambda index: _order(left[index]))
    other = sorted((index for index in twos if index in right), key=lambda index: _order(right[index]))
    for one, two in zip(free, other, strict=False):
        del left[one], right[two]
        yield one, two, by


def _order(entry: Entry) -> tuple[object, ...]:
    return (spelt(entry.name), spelt(entry.legal_name), entry.key, entry.services, entry.location, entry.data)


def _near(entries: dict[int, Entry], others: dict[int, Entry]) -> Iterator[tuple[Entry, list[Entry]]]:
    """Each entry with those of the other state that share a word with it, unless many have that word."""
    shared: dict[str, list[int]] = {}
    crowd: dict[str, int] = {}
    for index, other in others.items():
        for mark in {mark for name in names_of(other) for mark in marks_of(name)}:
            shared.setdefault(mark, []).append(index)
    for entry in entries.values():
        for mark in {mark for name in names_of(entry) for mark in marks_of(name)}:
            crowd[mark] = crowd.get(mark, 0) + 1
    for entry in entries.values():
        marks = {mark for name in names_of(entry) for mark in marks_of(name)}
        telling = (mark for mark in marks if crowd[mark] <= CROWD and len(shared.get(mark, ())) <= CROWD)
        yield entry, [others[index] for index in sorted({index for mark in telling for index in shared.get(mark, ())})]


def _perhaps(entry: Entry, others: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(each for each in others if any(alike(name, names_of(each)) for name in names_of(entry)))
