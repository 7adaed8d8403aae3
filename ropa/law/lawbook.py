"""What the law says on a day: the one place that rules ask, so that no rule holds a country or a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any, TypeVar

from ropa.law.entries import (
    PACKAGED,
    Adequacy,
    Bridge,
    Condition,
    Entry,
    Exemption,
    Instrument,
    Law,
    LawfulBasis,
    Membership,
    Regime,
    Term,
    Territory,
)
from ropa.law.loading import LawError, read_packaged
from ropa.law.places import Places, normal

E = TypeVar("E", bound=Entry)


class LawBook:
    """Dated law entries with look-ups by place, regime and day. Immutable: changes give a new book."""

    def __init__(self, entries: Iterable[Entry], *, as_of: date) -> None:
        """Index the entries. Raises LawError where two have one id, or one names another that is not there."""
        self._entries: dict[str, Entry] = {}
        self.as_of = as_of
        for entry in entries:
            if entry.id in self._entries:
                raise LawError(f"{entry.id}: stated twice")
            self._entries[entry.id] = entry
        self._by_kind: dict[type[Entry], list[Any]] = {}
        for entry in self._entries.values():
            self._by_kind.setdefault(type(entry), []).append(entry)
        self._check_references()

    @staticmethod
    @cache
    def packaged() -> LawBook:
        """The law data that comes with the product, read once."""
        entries, as_of = read_packaged()
        return LawBook(entries, as_of=as_of)

    # -- what there is -------------------------------------------------------------------------------------

    def entries(self) -> Iterator[Entry]:
        """Every entry, with its source, dates, confidence and origin."""
        return iter(self._entries.values())

    def entry(self, id: str) -> Entry | None:  # noqa: A002 (the field's own name)
        """Any entry by id."""
        return self._entries.get(id)

    def age(self, on: date) -> int:
        """Days from the day on which the packaged data was last gone through to `on`."""
        return (on - self.as_of).days

    def of_kind(self, kind: type[E]) -> tuple[E, ...]:
        """All entries of one kind, in the order of the files."""
        return tuple(self._by_kind.get(kind, ()))

    # -- places --------------------------------------------------------------------------------------------

    @cached_property
    def _places(self) -> Places:
        return Places(self.of_kind(Territory))

    def country(self, text: str) -> str | None:
        """`"United States of America"`, `"usa"`, `"US"` → `"US"`; a group gives `"EU"` or `"EEA"`; else None."""
        return self._places.country(text)

    def organisation(self, text: str) -> str | None:
        """`"EPO"`, `"org:EPO"`, `"European Patent Organisation"` → `"org:EPO"`; else None."""
        return self._places.organisation(text)

    def country_name(self, code: str) -> str:
        """The English name of a country, group or organisation; what nobody knows is given back as it is."""
        territory = self.territory(code)
        return territory.name if territory else code

    def territory(self, code: str) -> Territory | None:
        """The entry of a country, group or organisation by id."""
        entry = self._entries.get(code)
        return entry if isinstance(entry, Territory) else None

    def members(self, group: str, on: date) -> frozenset[str]:
        """The group's own id and the ids of every place in it on that day, groups within it included."""
        known = self._members.get((group, on))
        if known is None:
            territory = self.territory(group)
            inner = territory.includes if territory else ()
            own = (m.places for m in self.of_kind(Membership) if m.group == group and m.in_force(on))
            known = frozenset({group}.union(*own, *(self.members(g, on) for g in inner)))
            self._members[group, on] = known
        return known

    @cached_property
    def _members(self) -> dict[tuple[str, date], frozenset[str]]:
        return {}

    # -- regimes -------------------------------------------------------------------------------------------

    def regimes(self) -> tuple[Regime, ...]:
        """The regimes that the data knows."""
        return self.of_kind(Regime)

    def regime(self, id: str) -> Regime:  # noqa: A002 (the field's own name)
        """A regime by id. Raises KeyError for an unknown one."""
        entry = self._entries.get(id)
        if not isinstance(entry, Regime):
            raise KeyError(id)
        return entry

    def law(self, regime: str, on: date) -> Law:
        """The law that a regime was on that day, with a borrowed law (the UK before 2021) followed.

        Raises KeyError for an unknown regime.
        """
        own = self.regime(regime).id
        for law in self._laws.get(own, ()):
            if law.in_force(on):
                return self.law(law.follows, on) if law.follows else law
        raise KeyError(f"{regime}: no law on {on}")

    def own_law(self, regime: str, on: date) -> Law | None:
        """The entry of the regime itself on that day, borrowed or not."""
        return next((law for law in self._laws.get(regime, ()) if law.in_force(on)), None)

    @cached_property
    def _laws(self) -> dict[str, list[Law]]:
        laws: dict[str, list[Law]] = {}
        for law in self.of_kind(Law):
            laws.setdefault(law.regime, []).append(law)
        return laws

    def inside(self, place: str, regime: str, on: date) -> bool:
        """Whether the place lies inside the regime's own territory: EU → EEA (GB until 2020), UK → GB."""
        return place in self.members(self.regime(self.law(regime, on).regime).territory, on)

    def regimes_of(self, country: str, on: date) -> frozenset[str]:
        """The regimes of a place by where it lies: EEA → eu, GB → uk (eu before 2021), elsewhere none."""
        return frozenset(
            r.id
            for r in self.regimes()
            if self.law(r.id, on).regime == r.id and self.inside(country, r.id, on)
        )

    def bridge(self, place: str, regime: str, on: date) -> Bridge | None:
        """The bridge by which a place outside was not treated as a third country on that day."""
        law = self.law(regime, on).regime
        bridges = self.of_kind(Bridge)
        return next((b for b in bridges if b.regime == law and place in b.places and b.in_force(on)), None)

    def exemptions(self, regime: str, on: date) -> tuple[Exemption, ...]:
        """The disclosures that the regime does not count as restricted transfers on that day."""
        law = self.law(regime, on).regime
        return tuple(e for e in self.of_kind(Exemption) if e.regime == law and e.in_force(on))

    # -- adequacy and instruments --------------------------------------------------------------------------

    def adequacy(self, place: str, *, regime: str, on: date) -> Adequacy | None:
        """The adequacy decision for a place (or the group it is in) under the regime's law of that day."""
        law = self.law(regime, on).regime
        decisions = self.decisions(place, regime=law, on=on)
        return next((decision for decision in decisions if decision.in_force(on)), None)

    def decisions(self, place: str, *, regime: str, on: date) -> tuple[Adequacy, ...]:
        """All decisions of a regime's own for a place, past and future too; groups as they are on `on`."""
        found = list(self._adequacies.get((regime, place), ()))
        for group in self._adequate_groups.get(regime, ()):
            if group != place and place in self.members(group, on):
                found.extend(self._adequacies[regime, group])
        return tuple(found)

    @cached_property
    def _adequacies(self) -> dict[tuple[str, str], list[Adequacy]]:
        found: dict[tuple[str, str], list[Adequacy]] = {}
        # A user's own statement comes before the packaged one for the same place.
        for entry in sorted(self.of_kind(Adequacy), key=lambda a: a.origin == PACKAGED):
            found.setdefault((entry.regime, entry.place), []).append(entry)
        return found

    @cached_property
    def _adequate_groups(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for regime, place in self._adequacies:
            territory = self.territory(place)
            if territory and territory.sort == "group":
                groups.setdefault(regime, []).append(place)
        return groups

    def instrument(self, id: str) -> Instrument | None:  # noqa: A002 (the field's own name)
        """An instrument by id, or None."""
        entry = self._entries.get(id)
        return entry if isinstance(entry, Instrument) else None

    def instruments(self) -> tuple[Instrument, ...]:
        """Every instrument: tools of Article 46, derogations, adequacy decisions that a document may claim."""
        return self.of_kind(Instrument)

    # -- lawful bases and conditions -----------------------------------------------------------------------

    def lawful_basis(self, id: str) -> LawfulBasis | None:  # noqa: A002 (the field's own name)
        """A lawful basis by id, or None."""
        entry = self._entries.get(id)
        return entry if isinstance(entry, LawfulBasis) else None

    def lawful_bases(self, *, regime: str | None = None, on: date | None = None) -> tuple[LawfulBasis, ...]:
        """The lawful bases; with a regime, those that its law knows; with a day too, on that day."""
        return tuple(b for b in self.of_kind(LawfulBasis) if self._known(b.terms, regime, on))

    def condition(self, id: str) -> Condition | None:  # noqa: A002 (the field's own name)
        """A condition by id (`art9-b`, `sch1-18`) or by a word for it (`employment`), or None."""
        entry = self._entries.get(id)
        if isinstance(entry, Condition):
            return entry
        return self._condition_words.get(normal(id))

    @cached_property
    def _condition_words(self) -> dict[str, Condition]:
        return {normal(word): c for c in self.of_kind(Condition) for word in c.aliases}

    def conditions(
        self, *, set: str | None = None, regime: str | None = None, on: date | None = None  # noqa: A002 (the field's own name)
    ) -> tuple[Condition, ...]:
        """The conditions of Article 9, Article 10 and Schedule 1; `set` picks `article-9` and so on."""
        wanted = (c for c in self.of_kind(Condition) if set is None or c.set == set)
        return tuple(c for c in wanted if self._known(c.terms, regime, on))

    def _known(self, terms: Any, regime: str | None, on: date | None) -> bool:
        if regime is None:
            return True
        laws = {regime} | ({self.law(regime, on).regime} if on else frozenset())
        held: list[Term] = [terms[r] for r in laws if r in terms]
        return any(on is None or _holds(term, on) for term in held)

    # -- other books ---------------------------------------------------------------------------------------

    def extended(self, entries: Iterable[Entry], *, origin: str) -> LawBook:
        """A book with more entries, each marked with its origin; an entry with a known id overrules it.

        Raises LawError where an entry overrules one of another kind.
        """
        merged = dict(self._entries)
        for entry in entries:
            known = merged.get(entry.id)
            if known is not None and type(known) is not type(entry):
                raise LawError(f"{entry.id}: this is a {known.kind}, which a {entry.kind} cannot overrule")
            merged[entry.id] = replace(entry, origin=origin)
        return LawBook(merged.values(), as_of=self.as_of)

    def ended(self, id: str, *, since: date, origin: str) -> LawBook:  # noqa: A002 (the field's own name)
        """A book in which an entry, and every decision that it stands for, holds no longer from `since` on.

        Raises KeyError for an unknown id.
        """
        entry = self._entries[id]
        last = since - timedelta(days=1)
        decisions = entry.decisions if isinstance(entry, Instrument) else ()
        changed: list[Entry] = []
        for each in (entry, *(self._entries[d] for d in decisions)):
            if each.until is not None and each.until <= last:
                continue
            start = min(each.start, last) if each.start else None
            ended: Entry = replace(each, start=start, until=last)
            if isinstance(ended, Adequacy):
                ended = replace(ended, ended_by=ended.ended_by or origin)
            if isinstance(ended, Instrument):
                terms = {r: replace(t, until=min(t.until or last, last)) for r, t in ended.terms.items()}
                ended = replace(ended, terms=terms)
            changed.append(ended)
        return self.extended(changed, origin=origin)

    def _check_references(self) -> None:
        for entry in self._entries.values():
            missing = [ref for ref in _references(entry) if ref not in self._entries]
            if missing:
                raise LawError(f"{entry.id}: names {', '.join(missing)}, which no entry states")


def _holds(term: Term, on: date) -> bool:
    return (term.start is None or term.start <= on) and (term.until is None or on <= term.until)


def _references(entry: Entry) -> Iterator[str]:
    match entry:
        case Membership(group=group, places=places):
            yield from (group, *places)
        case Bridge(regime=regime, places=places):
            yield from (regime, *places)
        case Territory(includes=includes):
            yield from includes
        case Regime(territory=territory):
            yield territory
        case Law(regime=regime, follows=follows):
            yield from (regime, *((follows,) if follows else ()))
        case Exemption(regime=regime):
            yield regime
        case Adequacy(regime=regime, place=place, claim=claim):
            yield from (regime, place, *((claim,) if claim else ()))
        case Instrument(terms=terms, decisions=decisions, successor=successor):
            yield from (*terms, *decisions, *(need for term in terms.values() for need in term.needs))
            yield from (successor,) if successor else ()
        case LawfulBasis(terms=terms):
            yield from terms
        case Condition(terms=terms, goes_with=goes_with):
            yield from (*terms, *goes_with)
        case _:
            return
