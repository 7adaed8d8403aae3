"""Asking the law book: places, regimes by day, decisions by day, and books that a user changed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.law.entries import PACKAGED, Adequacy, LawfulBasis, Term
from ropa.law.lawbook import LawBook
from ropa.law.loading import LawError, parse

BOOK = LawBook.packaged()
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US", "US"), ("usa", "US"), ("United States of America", "US"), ("the United States", "US"),
        ("UK", "GB"), ("Great Britain", "GB"), ("England", "GB"), ("South Korea", "KR"), ("Holland", "NL"),
        ("Cote d'Ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("CURAÇAO", "CW"), (" france ", "FR"), ("Norway", "NO"),
        ("EEA", "EEA"), ("European Economic Area", "EEA"), ("the EU", "EU"), ("European Union", "EU"),
        ("Trinidad & Tobago", "TT"), ("Narnia", None), ("", None), ("[/]", None), ("org:EPO", None),
        ("UK-TERRITORY", None),
    ],
)  # fmt: skip
def test_countries_as_people_write_them(text: str, code: str | None) -> None:
    assert BOOK.country(text) == code


def test_organisations_have_ids_of_their_own() -> None:
    for text in ("EPO", "org:EPO", "org:epo", "European Patent Organisation"):
        assert BOOK.organisation(text) == "org:EPO"
    assert BOOK.organisation("France") is None
    assert BOOK.country("European Patent Organisation") is None


def test_names_for_sentences() -> None:
    assert BOOK.country_name("US") == "United States"
    assert BOOK.place_phrase("US") == "the United States"
    assert BOOK.place_phrase("BR") == "Brazil"
    assert BOOK.country_name("ZZ") == "ZZ"
    assert BOOK.country_name("org:WHO") == "WHO"


@given(st.text())
def test_no_text_breaks_the_look_up_of_places(text: str) -> None:
    found = BOOK.country(text)
    assert found is None or BOOK.territory(found) is not None
    assert BOOK.organisation(text) in (None, "org:EPO", "org:EU")


def test_the_regime_of_a_place_by_day() -> None:
    assert BOOK.regimes_of("FR", TODAY) == {"eu"}
    assert BOOK.regimes_of("NO", TODAY) == {"eu"}
    assert BOOK.regimes_of("GB", TODAY) == {"uk"}
    assert BOOK.regimes_of("GB", date(2021, 1, 1)) == {"uk"}
    assert BOOK.regimes_of("GB", date(2020, 12, 31)) == {"eu"}
    assert BOOK.regimes_of("US", TODAY) == frozenset()
    assert BOOK.regimes_of("GI", TODAY) == frozenset()


def test_inside_and_outside_by_day() -> None:
    assert BOOK.inside("GB", "eu", date(2020, 12, 31))
    assert not BOOK.inside("GB", "eu", date(2021, 1, 1))
    assert BOOK.inside("FR", "uk", date(2020, 12, 31)), "UK law before 2021 is the EU's"
    assert not BOOK.inside("FR", "uk", date(2021, 1, 1))
    assert BOOK.inside("GB", "uk", date(2021, 1, 1))
    assert BOOK.bridge("GB", "eu", date(2021, 6, 27)) is not None
    assert BOOK.bridge("GB", "eu", date(2021, 6, 28)) is None
    assert BOOK.bridge("GI", "eu", date(2021, 3, 1)) is None


def test_the_law_of_a_regime_by_day() -> None:
    ids = [
        (date(2018, 5, 24), "eu-directive-95"),
        (date(2018, 5, 25), "eu-gdpr"),
        (date(2020, 12, 31), "eu-gdpr"),
        (date(2021, 1, 1), "uk-gdpr-2021"),
        (date(2026, 2, 4), "uk-gdpr-2021"),
        (date(2026, 2, 5), "uk-gdpr-2026"),
    ]
    assert [(day, BOOK.law("uk", day).id) for day, _ in ids] == ids
    assert BOOK.law("eu", TODAY).id == "eu-gdpr"
    with pytest.raises(KeyError):
        BOOK.law("swiss", TODAY)


def test_adequacy_by_place_regime_and_day() -> None:
    found = BOOK.adequacy("US", regime="uk", on=date(2018, 6, 1))
    assert found is not None
    assert found.source == "(EU) 2016/1250"
    assert BOOK.adequacy("US", regime="uk", on=date(2022, 1, 1)) is None
    assert [d.source for d in BOOK.decisions("BR", regime="eu", on=TODAY)] == ["(EU) 2026/179"]


def _decision(**changes: object) -> Adequacy:
    values: dict[str, object] = {
        "id": "uk-in-2027", "name": "India", "explain": "Our counsel says so.", "source": "SI 2027/1", "regime": "uk",
        "place": "IN", "start": date(2027, 1, 1), **changes,
    }  # fmt: skip
    return Adequacy(**values)  # type: ignore[arg-type]  # a test's shorthand


def test_a_users_entry_is_added_and_says_whose_it_is() -> None:
    book = BOOK.extended([_decision()], origin="our-law.yaml")
    found = book.adequacy("IN", regime="uk", on=date(2027, 1, 1))
    assert found is not None
    assert found.origin == "our-law.yaml"
    assert BOOK.adequacy("IN", regime="uk", on=date(2027, 1, 1)) is None, "the packaged book is untouched"


def test_a_users_entry_comes_before_a_packaged_one_for_the_same_place() -> None:
    mine = _decision(id="mine", place="NZ", start=date(2026, 1, 1), source="opinion of counsel")
    found = BOOK.extended([mine], origin="our-law.yaml").adequacy("NZ", regime="uk", on=TODAY)
    assert found is not None
    assert found.source == "opinion of counsel"


def test_a_users_entry_overrules_by_id_and_only_its_own_kind() -> None:
    book = BOOK.extended([_decision(id="uk-nz", place="NZ", until=date(2027, 6, 30))], origin="our-law.yaml")
    assert book.adequacy("NZ", regime="uk", on=date(2027, 7, 1)) is None
    basis = LawfulBasis(id="uk-nz", name="x", explain="x", source="x", letter="z", article="x", terms={"uk": Term()})
    with pytest.raises(LawError, match="uk-nz"):
        BOOK.extended([basis], origin="our-law.yaml")


def test_an_entry_with_a_loose_end_is_refused() -> None:
    with pytest.raises(LawError, match="Narnia"):
        BOOK.extended([_decision(place="Narnia")], origin="our-law.yaml")


def test_what_if_a_scheme_falls() -> None:
    book = BOOK.ended("eu-us-dpf", since=date(2026, 12, 1), origin="what if")
    assert book.adequacy("US", regime="eu", on=date(2026, 11, 30)) is not None
    assert book.adequacy("US", regime="eu", on=date(2026, 12, 1)) is None
    assert book.adequacy("US", regime="uk", on=date(2026, 12, 1)) is not None
    assert BOOK.adequacy("US", regime="eu", on=date(2026, 12, 1)) is not None
    with pytest.raises(KeyError):
        BOOK.ended("no-such-thing", since=TODAY, origin="what if")


def test_what_if_a_tool_falls() -> None:
    instrument = BOOK.ended("uk-idta", since=TODAY, origin="what if").instrument("uk-idta")
    assert instrument is not None
    assert instrument.terms["uk"].until == date(2026, 11, 20)
    assert instrument.origin == "what if"


def test_what_if_a_lawful_basis_fell() -> None:
    book = BOOK.ended("consent", since=TODAY, origin="what if")
    assert "consent" in {b.id for b in book.lawful_bases(regime="uk", on=date(2026, 11, 20))}
    assert "consent" not in {b.id for b in book.lawful_bases(regime="uk", on=TODAY)}


def test_what_if_a_scheme_had_never_begun() -> None:
    book = BOOK.ended("eu-us-dpf", since=date(2020, 1, 1), origin="what if")
    for day in (date(2019, 12, 31), date(2020, 12, 31), date(2023, 7, 10), TODAY):
        found = book.adequacy("US", regime="eu", on=day)
        assert found is None or found.id == "eu-us-privacy-shield-2016"


def test_what_if_a_membership_ended() -> None:
    book = BOOK.ended("eea-efta-states", since=TODAY, origin="what if")
    assert book.inside("NO", "eu", date(2026, 11, 20))
    assert not book.inside("NO", "eu", TODAY)


def test_lawful_bases_by_id() -> None:
    basis = BOOK.lawful_basis("legitimate-interests")
    assert basis is not None
    assert basis.article == "Art. 6(1)(f)"
    assert BOOK.lawful_basis("art9-a") is None, "a condition is no lawful basis"
    assert BOOK.instrument("consent") is None
    assert BOOK.entry("org:EPO") is not None


def test_ending_what_has_ended_changes_nothing() -> None:
    book = BOOK.ended("privacy-shield", since=TODAY, origin="what if")
    instrument = book.instrument("privacy-shield")
    assert instrument is not None
    assert instrument.origin == PACKAGED


ROW = {"id": "x", "name": "X", "explain": "Something.", "source": "somewhere", "regime": "eu", "place": "US"}


@pytest.mark.parametrize(
    ("section", "change", "message"),
    [
        ("adequacy", {"source": " "}, "x: source is empty"),
        ("adequacy", {"until": date(2000, 1, 1), "from": date(2001, 1, 1)}, "until 2000-01-01 is before from"),
        ("adequacy", {"from": "soon"}, "'soon' is no date"),
        ("adequacy", {"from": 20260101}, "20260101 is no date"),
        ("adequacy", {"scope": "mostly"}, "'mostly' is none of full"),
        ("adequacy", {"confidence": "sure"}, "'sure' is none of checked"),
        ("adequacy", {"colour": "red"}, "colour: no such field"),
        ("adequacy", {"place": False}, "False is no text; quote it"),
        ("adequacy", {"extension": "yes"}, "'yes' is neither true nor false"),
        ("memberships", {"places": [False]}, "no such field"),
        ("opinions", {}, "opinions: no such kind of entry"),
    ],
)
def test_a_law_file_with_a_mistake_is_refused_by_name(section: str, change: dict[str, object], message: str) -> None:
    with pytest.raises(LawError, match=message) as caught:
        list(parse({section: [{**ROW, **change}]}, file="our-law.yaml"))
    assert str(caught.value).startswith("our-law.yaml: ")


def test_a_law_file_entry_without_a_source_is_refused() -> None:
    row = {key: value for key, value in ROW.items() if key != "source"}
    with pytest.raises(LawError, match="source"):
        list(parse({"adequacy": [row]}, file="our-law.yaml"))


def test_norway_unquoted_is_refused() -> None:
    countries = {"defaults": {"explain": "A country.", "source": "ISO"}, "names": {False: "Norway"}}
    with pytest.raises(LawError, match="quote it"):
        list(parse({"countries": countries}, file="our-law.yaml"))


def test_the_same_id_twice_is_refused() -> None:
    entries = list(BOOK.entries())
    with pytest.raises(LawError, match="stated twice"):
        LawBook([*entries, entries[0]], as_of=TODAY)
