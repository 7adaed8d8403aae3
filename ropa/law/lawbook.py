"""What the law says on a day: the one place that rules ask, so that no rule holds a country or a date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property
from typing import Any

from ropa.law.changes import ended, overruled
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
    Regime,
    Term,
)
from ropa.law.loading import read_packaged
from ropa.law.places import normal
from ropa.law.shelf import Shelf

_IN_USE: list[LawBook] = []


class LawBook(Shelf):
    """Dated law entries with look-ups by place, regime and day. Immutable: changes give a new book."""

    @staticmethod
    @cache
    def packaged() -> LawBook:
        """The law data that comes with the product, read once."""
        entries, as_of = read_packaged()
        return LawBook(entries, as_of=as_of)

    @classmethod
    def in_use(cls) -> LawBook:
        """The book that this process judges by: the packaged one, unless a user's law files were added to it."""
        return _IN_USE[-1] if _IN_USE else cls.packaged()

    def use(self) -> None:
        """Judge by this book from now on, in the whole process."""
        _IN_USE[:] = [self]

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
        known = self._law_on.get((regime, on))
        if known is None:
            own = self.own_law(self.regime(regime).id, on)
            if own is None:
                raise KeyError(f"{regime}: no law on {on}")
            known = self.law(own.follows, on) if own.follows else own
            self._law_on[regime, on] = known
        return known

    @cached_property
    def _law_on(self) -> dict[tuple[str, date], Law]:
        return {}

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
        known = self._regimes_on.get((country, on))
        if known is None:
            own = (r.id for r in self.regimes() if self.law(r.id, on).regime == r.id)
            known = self._regimes_on[country, on] = frozenset(each for each in own if self.inside(country, each, on))
        return known

    @cached_property
    def _regimes_on(self) -> dict[tuple[str, date], frozenset[str]]:
        return {}

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

    def needing(self, id: str, regime: str) -> tuple[Instrument, ...]:  # noqa: A002 (the field's own name)
        """The instruments that a regime accepts only together with this one (the Addendum and the EU clauses)."""
        return tuple(i for i in self.instruments() if regime in i.terms and id in i.terms[regime].needs)

    def advised(self, regime: str, on: date) -> tuple[str, ...]:
        """What to suggest where no safeguard holds: the tools that can be signed under the regime on that day."""
        law = self.law(regime, on).regime
        terms = (i.terms[law] for i in self.instruments() if law in i.terms)
        return tuple(
            t.advice for t in terms if t.advice and _holds(t, on) and (t.signed_until is None or on <= t.signed_until)
        )

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
        known = self._bases_on.get((regime, on))
        if known is None:
            known = tuple(b for b in self.of_kind(LawfulBasis) if self._known(b.terms, regime, on))
            self._bases_on[regime, on] = known
        return known

    @cached_property
    def _bases_on(self) -> dict[tuple[str | None, date | None], tuple[LawfulBasis, ...]]:
        return {}

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
        self,
        *,
        of: str | None = None,
        regime: str | None = None,
        on: date | None = None,
    ) -> tuple[Condition, ...]:
        """The conditions of Article 9, Article 10 and Schedule 1; `of` picks `article-9` and so on."""
        known = self._conditions_on.get((of, regime, on))
        if known is None:
            wanted = (c for c in self.of_kind(Condition) if of is None or c.set == of)
            known = tuple(c for c in wanted if self._known(c.terms, regime, on))
            self._conditions_on[of, regime, on] = known
        return known

    @cached_property
    def _conditions_on(self) -> dict[tuple[str | None, str | None, date | None], tuple[Condition, ...]]:
        return {}

    def _known(self, terms: Any, regime: str | None, on: date | None) -> bool:
        if regime is None:
            return True
        laws = {regime} | ({self.law(regime, on).regime} if on else frozenset())
        held: list[Term] = [terms[r] for r in laws if r in terms]
        return any(on is None or _holds(term, on) for term in held)

    # -- other books ---------------------------------------------------------------------------------------

    def extended(self, entries: Iterable[Entry], *, origin: str) -> LawBook:
        """A book with more entries, each marked with its origin; an entry with a known id overrules it.

        Raises LawError where an entry overrules one of another kind, or names one that is not there.
        """
        return LawBook(overruled(self._entries, entries, origin=origin), as_of=self.as_of)

    def ended(self, id: str, *, since: date, origin: str) -> LawBook:  # noqa: A002 (the field's own name)
        """A book in which an entry, and every decision that it stands for, holds no longer from `since` on.

        Raises KeyError for an unknown id.
        """
        changed = ended(self._entries, self._entries[id], since=since, by=origin)
        return self.extended(changed, origin=origin)


def _holds(term: Term, on: date) -> bool:
    return (term.start is None or term.start <= on) and (term.until is None or on <= term.until)
