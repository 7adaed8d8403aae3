"""The law data that comes with the product: sourced, in order, without overlaps, and complete."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import pytest
from babel import Locale

from ropa.law.entries import (
    PACKAGED,
    Adequacy,
    Condition,
    Entry,
    Instrument,
    Law,
    LawfulBasis,
    Term,
    Territory,
)
from ropa.law.lawbook import LawBook

BOOK = LawBook.packaged()
ENTRIES = list(BOOK.entries())
EU_27 = """
    AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE
""".split()  # noqa: SIM905 (a list of 27 is harder to check by eye)


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.id for entry in ENTRIES])
def test_every_entry_can_be_shown_and_checked(entry: Entry) -> None:
    assert entry.name.strip()
    assert len(entry.explain) > 20
    assert entry.explain.endswith(".")
    assert any(c.isalnum() for c in entry.source)
    assert entry.origin == PACKAGED
    assert entry.from_ == entry.start
    if entry.start and entry.until:
        assert entry.start <= entry.until
    assert (entry.confidence == "unverified") == bool(entry.doubt), "a doubt says what it is about"


def _terms() -> Iterator[tuple[str, Term]]:
    for entry in ENTRIES:
        if isinstance(entry, (Instrument, LawfulBasis, Condition)):
            for regime, term in entry.terms.items():
                yield f"{entry.id} {regime}", term


@pytest.mark.parametrize(("name", "term"), list(_terms()), ids=[name for name, _ in _terms()])
def test_the_dates_of_a_term_are_in_order(name: str, term: Term) -> None:
    days = [day for day in (term.start, term.signed_until, term.until) if day is not None]
    assert days == sorted(days), name
    if term.signed_until:
        assert term.until is not None, "what cannot be signed any more ends some day"


def _overlaps(entries: Iterable[Entry]) -> list[str]:
    ordered = sorted(entries, key=lambda e: e.start or date.min)
    return [
        f"{a.id} and {b.id}"
        for a, b in itertools.pairwise(ordered)
        if a.until is None or a.until >= (b.start or date.min)
    ]


def test_no_two_decisions_for_one_place_overlap() -> None:
    by_place: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in ENTRIES:
        if isinstance(entry, Adequacy):
            by_place[entry.regime, entry.place].append(entry)
    assert [pair for series in by_place.values() for pair in _overlaps(series)] == []


def test_the_laws_of_a_regime_follow_each_other_without_a_gap() -> None:
    for regime in BOOK.regimes():
        laws = sorted(
            (law for law in BOOK.of_kind(Law) if law.regime == regime.id), key=lambda law: law.start or date.min
        )
        assert laws[0].start is None
        assert laws[-1].until is None
        for law, following in itertools.pairwise(laws):
            assert law.until is not None
            assert following.start == law.until + timedelta(days=1)


def test_a_claimable_scheme_and_its_decisions_have_the_same_dates() -> None:
    for instrument in BOOK.instruments():
        decisions = [BOOK.entry(id_) for id_ in instrument.decisions]
        for decision in decisions:
            assert isinstance(decision, Adequacy)
            assert decision.claim == instrument.id
            assert (decision.start, decision.until, decision.source) == (
                instrument.start, instrument.until, instrument.source
            )  # fmt: skip


def test_what_fell_in_court_says_by_which_judgment() -> None:
    fallen = {e.id: e.ended_by for e in ENTRIES if isinstance(e, Adequacy) and e.scope == "claimed"}
    assert fallen == {"eu-us-safe-harbour-2000": "C-362/14", "eu-us-privacy-shield-2016": "C-311/18"}


def test_every_iso_country_has_a_name_and_is_found_by_it() -> None:
    reserved = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
    babel = {str(code) for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", str(code))} - reserved
    countries = {e.id: e for e in ENTRIES if isinstance(e, Territory) and e.sort == "country"}
    assert set(countries) == babel
    for code, territory in countries.items():
        for way in (code, code.lower(), territory.name, territory.name.upper(), *territory.aliases):
            assert BOOK.country(way) == code, way


def test_the_eu_has_27_members_and_the_eea_three_more() -> None:
    today = date(2026, 11, 21)
    eu = {place for place in BOOK.members("EU", today) if len(place) == 2 and place != "EU"}
    assert set(EU_27) | {"AX", "GF", "GP", "MQ", "YT", "RE", "MF"} == eu
    eea = {place for place in BOOK.members("EEA", today) if len(place) == 2}
    assert eea - eu == {"IS", "LI", "NO", "EU"}
    assert "CH" not in eea


OUTSIDE = (
    "GL",
    "FO",
    "NC",
    "PF",
    "WF",
    "PM",
    "BL",
    "TF",
    "AW",
    "CW",
    "SX",
    "BQ",
    "SJ",
    "GI",
    "GG",
    "JE",
    "IM",
    "CH",
    "GB",
)


@pytest.mark.parametrize("code", OUTSIDE)
def test_places_that_look_like_the_eu_are_outside(code: str) -> None:
    assert not BOOK.inside(code, "eu", date(2026, 11, 21))
    assert code == "GB" or not BOOK.inside(code, "uk", date(2026, 11, 21))


def test_lawful_bases_by_regime_and_day() -> None:
    six = ["consent", "contract", "legal-obligation", "vital-interests", "public-task", "legitimate-interests"]
    assert [b.letter for b in BOOK.lawful_bases(regime="eu", on=date(2026, 11, 21))] == list("abcdef")
    assert [b.id for b in BOOK.lawful_bases(regime="uk", on=date(2026, 2, 4))] == six
    assert [b.id for b in BOOK.lawful_bases(regime="uk", on=date(2026, 2, 5))] == [
        *six,
        "recognised-legitimate-interests",
    ]
    assert [b.id for b in BOOK.lawful_bases(regime="eu", on=date(2018, 5, 25))] == six
    assert BOOK.lawful_bases(regime="eu", on=date(2018, 5, 24)) == ()
    assert [b.id for b in BOOK.lawful_bases(regime="uk", on=date(2020, 12, 31))] == six
    assert [b.id for b in BOOK.lawful_bases(regime="uk", on=date(2021, 1, 1))] == six
    assert [b.id for b in BOOK.lawful_bases(regime="eu")] == six
    assert len(BOOK.lawful_bases()) == 7


def test_conditions_and_what_goes_with_them() -> None:
    article_9 = BOOK.conditions(of="article-9")
    assert [c.letter for c in article_9] == list("abcdefghij")
    assert {c.letter for c in article_9 if c.schedule_1} == set("bghij")
    schedule = BOOK.conditions(of="schedule-1")
    assert [c.id for c in schedule] == [f"sch1-{n}" for n in range(1, 38) if n != 5]
    assert {c.part for c in schedule} == {1, 2, 3}
    assert [c.id for c in schedule if c.policy_document == "required"] == ["sch1-1", "sch1-35"]
    assert BOOK.conditions(of="schedule-1", regime="eu", on=date(2026, 11, 21)) == ()
    supported = {id_ for c in schedule for id_ in c.goes_with}
    assert {c.id for c in article_9 if c.schedule_1} <= supported


def test_a_condition_is_found_by_a_word_for_it() -> None:
    for word, id_ in (("employment", "art9-b"), ("Explicit consent", "art9-a"), ("art9-g", "art9-g")):
        found = BOOK.condition(word)
        assert found is not None
        assert found.id == id_
    assert BOOK.condition("because we want to") is None
    assert BOOK.condition("consent") is None, "a lawful basis is no condition"


def test_unverified_facts_are_marked() -> None:
    unverified = {e.id for e in ENTRIES if e.confidence == "unverified"}
    assert {"eu-il", "eu-br", "eu-areas-with-own-code", "XK", "GL"} <= unverified
    assert "FR" not in unverified


def test_the_data_says_how_old_it_is() -> None:
    assert BOOK.as_of == date(2026, 11, 21)
    assert BOOK.age(date(2026, 12, 1)) == 10


@pytest.mark.parametrize("entry", [*BOOK.of_kind(LawfulBasis), *BOOK.of_kind(Condition)], ids=lambda entry: entry.id)
def test_each_basis_and_condition_is_known_from_its_first_day_and_not_before(entry: LawfulBasis | Condition) -> None:
    for regime, term in entry.terms.items():
        assert term.start is not None
        shelf = BOOK.lawful_bases if isinstance(entry, LawfulBasis) else BOOK.conditions
        known = [entry.id in {each.id for each in shelf(regime=regime, on=day)} for day in _around(term.start)]
        own = BOOK.own_law(regime, term.start - timedelta(days=1))
        # Until 2021 the UK's law was the EU's, which knew it already.
        borrowed = own is not None and bool(own.follows) and own.follows in entry.terms
        assert known == [borrowed, True]


def _around(day: date) -> tuple[date, date]:
    return day - timedelta(days=1), day
