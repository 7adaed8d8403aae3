"""Which entries an entry names, so that a book with a loose end is refused."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law.entries import (
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
    Territory,
)


def references(entry: Entry) -> Iterator[str]:
    """The ids that the entry names."""
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
        case Instrument(terms=terms, decisions=decisions, successor=successor, versions=versions):
            yield from (*terms, *decisions, *versions, *(need for term in terms.values() for need in term.needs))
            yield from (successor,) if successor else ()
        case LawfulBasis(terms=terms):
            yield from terms
        case Condition(terms=terms, goes_with=goes_with):
            yield from (*terms, *goes_with)
        case _:
            return
