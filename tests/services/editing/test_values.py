"""What is typed becomes the record that was meant, or a message beside the field; what is shown reads back the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.records.values import Fields, Part
from ropa.services.editing.readers import typed_day
from ropa.services.editing.values import blank, new_key, read, texts_of
from tests.records.any_register import registers

PARENTS = {"activity": "a", "transfer": "t", "change": "c"}


def read_new(kind: str, **texts: object) -> Any:
    parent = PARENTS.get(KINDS[kind].parent, "")
    return read(kind, {**blank(kind), **texts}, parent=parent)


def problem(kind: str, field: str, typed: object) -> str:
    found = read_new(kind, **{field: typed})
    assert found.record is None
    return str(found.problems[field])


def value(kind: str, field: str, typed: object) -> Any:
    named = {"name": "Name"} if "name" in KINDS[kind].fields.model_fields else {}
    found = read_new(kind, **named, **{field: typed})
    assert found.problems == {}
    return getattr(found.record, field)


def without_empty_parts(record: Fields) -> dict[str, object]:
    """The values of a record; a nested value that says nothing is as good as none."""
    values = {name: getattr(record, name) for name in type(record).model_fields}
    return {
        name: None if isinstance(each, Part) and not each.model_dump(exclude_none=True) else each
        for name, each in values.items()
    }


@given(registers())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
def test_every_record_that_a_file_can_hold_can_be_shown_saved_and_typed_anew(register: Register) -> None:
    for kind in KINDS:
        for key, record in register.of_kind(kind).items():
            shown = texts_of(kind, record)
            edited = read(kind, shown, record)
            assert edited.problems == {}
            assert edited.record == record
            parent = getattr(record, KINDS[kind].parent) if KINDS[kind].parent else ""
            typed = read(kind, shown, key=key, parent=parent)
            assert typed.problems == {}
            assert typed.record is not None
            assert without_empty_parts(typed.record) == without_empty_parts(record)


@given(registers(), st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
def test_whatever_is_typed_into_a_field_gives_a_record_or_a_message_beside_it(register: Register, data: Any) -> None:
    kind = data.draw(st.sampled_from(list(KINDS)))
    record = next(iter(register.of_kind(kind).values()), None)
    if record is None:
        return
    shown = texts_of(kind, record)
    name = data.draw(st.sampled_from(list(shown)))
    typed: object = data.draw(st.text(max_size=30))
    before = shown[name]
    if isinstance(before, dict):
        typed = dict.fromkeys(before, typed)
    elif before is None and name != "clauses":
        typed = None
    found = read(kind, {**shown, name: typed}, record)
    assert (found.record is None) == bool(found.problems)
    assert all(each.partition(".")[0] == name for each in found.problems)


@pytest.mark.parametrize(
    "typed",
    ["2026-11-21", "21 Nov 2026", "21 November 2026", "21st november, 2026", "November 21, 2026", "21/11/2026",
     "21.11.2026", "11/21/2026", " 21-nov-2026 ", "2026/11/21"],
)  # fmt: skip
def test_a_day_may_be_written_in_every_way_that_has_one_meaning(typed: str) -> None:
    assert typed_day(typed) == dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("03/04/2026", "can be 3 April 2026 or 4 March 2026; write 3 Apr 2026, or 2026-04-03"),
        ("21/11/26", "four digits"),
        ("31 Feb 2026", "no such day"),
        ("2026-13-01", "no such day"),
        ("0/4/2026", "no such day"),
        ("21 Foo 2026", "no month 'foo'"),
        ("soon", "is not a date"),
        ("٢١ Nov 2026", "is not a date"),
    ],
)
def test_a_day_with_two_meanings_or_none_is_refused_and_says_why(typed: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        typed_day(typed)


def test_the_same_number_for_day_and_month_has_one_meaning() -> None:
    assert typed_day("04/04/2026") == dt.date(2026, 4, 4)


@given(st.dates())
def test_every_day_is_read_back_as_it_is_shown(day: dt.date) -> None:
    assert typed_day(day.isoformat()) == day


@pytest.mark.parametrize(("typed", "code"), [("usa", "US"), ("united states", "US"), ("NO", "NO"), ("España", "ES")])
def test_a_country_is_named_or_given_by_its_code(typed: str, code: str) -> None:
    assert value("party", "country", typed) == code


def test_a_country_that_is_not_known_is_met_with_one_that_is_meant() -> None:
    assert "did you mean United States?" in problem("party", "country", "Untied States")


def test_several_countries_may_stand_on_one_line() -> None:
    assert value("system", "hosting", "Norway, Saint Martin (French part); US") == ("NO", "MF", "US")
    assert problem("system", "hosting", ("USA", "United States")) == "United States is named twice"


@pytest.mark.parametrize(("typed", "kept"), [("6 years", "P6Y"), ("18 months", "P18M"), ("P1Y6M", "P1Y6M")])
def test_a_period_is_written_in_words(typed: str, kept: str) -> None:
    assert value("retention", "period", typed) == kept


def test_a_period_that_is_none_says_what_one_looks_like() -> None:
    assert "6 years" in problem("retention", "period", "a while")


def test_yes_no_and_not_recorded_are_three_answers() -> None:
    answers = [value("party", "intra_group", typed) for typed in ("yes", "No", "")]
    assert answers == [True, False, None]
    assert problem("party", "intra_group", "perhaps") == "answer yes or no"


def test_nobody_looked_is_not_that_there_is_none() -> None:
    assert read_new("agreement", name="A", party="p", clauses=None).record.clauses is None
    assert read_new("agreement", name="A", party="p", clauses=()).record.clauses == ()
    assert read_new("agreement", name="A", party="p", clauses=("a", "b")).record.clauses == ("a", "b")


def test_a_word_of_a_choice_may_be_typed_as_people_write_it() -> None:
    assert value("party", "sector", "Public authority") == "public-authority"
    assert "did you mean public-authority?" in problem("party", "sector", "public authorty")


def test_what_is_required_says_so_beside_its_field() -> None:
    assert problem("party", "name", "  ") == "it is required"
    assert problem("document", "type", "") == "it is required"


def test_a_name_that_does_not_fit_is_refused_in_plain_words() -> None:
    assert problem("party", "name", "x" * 301) == "it is too long"
    assert "one line" in problem("party", "name", "two\nlines")
    assert "U+0007" in problem("party", "name", "bell\a")


def test_line_ends_of_another_system_are_read_as_line_ends() -> None:
    assert value("party", "address", "1 High Street\r\nLeeds") == "1 High Street\nLeeds"


def test_a_problem_in_a_nested_value_names_the_field_in_it() -> None:
    found = read_new("party", name="A", contact={"email": "a\nb", "name": "Ann"})
    assert list(found.problems) == ["contact.email"]


def test_a_nested_value_that_is_emptied_is_not_recorded() -> None:
    before = read_new("party", name="A", contact={"email": "a@b.example"}).record
    assert before.contact.email == "a@b.example"
    after = read("party", {"contact": {"email": "", "name": ""}}, before)
    assert after.record is not None
    assert after.record.model_dump()["contact"] is None


def test_a_field_that_the_form_leaves_out_keeps_what_it_held() -> None:
    before = read_new("party", name="A", country="Norway").record
    after = read("party", {"name": "B"}, before).record
    assert after is not None
    assert (after.model_dump()["name"], after.model_dump()["country"]) == ("B", "NO")


def test_every_problem_is_told_at_once() -> None:
    found = read_new("party", country="Nowhere at all", dpf_from="soon")
    assert set(found.problems) == {"name", "country", "dpf_from"}


def test_a_field_that_the_kind_does_not_have_is_never_swallowed() -> None:
    with pytest.raises(KeyError, match=r"party\.colour"):
        read("party", {"name": "A", "colour": "red"})


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("HubSpot, Inc.", (), "hubspot-inc"),
        ("Crédit Agricole", (), "credit-agricole"),
        ("Hub", ("hub", "hub-2"), "hub-3"),
        ("日本電気", (), "party"),
        ("Ελλάδα", ("party",), "party-2"),
        ("[/] <b>Ltd", (), "b-ltd"),
    ],
)
def test_a_new_record_has_a_key_made_of_its_name(name: str, taken: tuple[str, ...], key: str) -> None:
    assert new_key("party", {"name": name}, taken) == key


def test_a_record_inside_another_has_the_key_that_a_file_would_give_it() -> None:
    assert new_key("engagement", {"party": "hub"}, ("a/hub", "b/x"), "a") == "a/hub-2"
    assert new_key("retention", {"period": "P6Y", "trigger": "the end"}, (), "a") == "a/6-years-the-end"
    assert new_key("safeguard", {"instrument": "uk-idta"}, (), "a/hub") == "a/hub/uk-idta"


@given(st.text(min_size=1, max_size=80), st.sampled_from(list(KINDS)))
def test_whatever_a_record_is_called_it_has_a_key_that_can_be_saved(name: str, kind: str) -> None:
    stem = KINDS[kind].stem or ("name", "importer", "rule")
    key = new_key(kind, dict.fromkeys(stem, name), (), "a" if KINDS[kind].parent else "")
    assert KINDS["party"].fields.model_validate({"key": key, "name": "A"}).key == key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("28 Nov 2026 9:00 Europe/London", "2026-11-28T09:00+00:00"),
        ("2026-11-28 09:00 UTC", "2026-11-28T09:00+00:00"),
        ("2026-11-28T09:00+01:00", "2026-11-28T09:00+01:00"),
        ("1 July 2026, at 14.30 Europe/London", "2026-07-01T14:30+01:00"),
    ],
)
def test_a_moment_is_read_as_people_write_days(typed: str, kept: str) -> None:
    found = read("breach", {"name": "Lost", "discovered": typed})
    assert getattr(found.record, "discovered", None) == kept
    assert read("breach", texts_of("breach", found.record)).record == found.record  # type: ignore[arg-type]  # it was read


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("yesterday", "not a date with a time"),
        ("28 Nov 2026 9:00", "does not say in which zone"),
        ("3/4/2026 9:00 UTC", "can be 3 April 2026 or 4 March 2026"),
        ("28 Nov 2026 25:00 UTC", "no such day or time"),
    ],
)
def test_a_moment_that_can_be_misread_is_refused(typed: str, said: str) -> None:
    assert said in read("breach", {"name": "Lost", "discovered": typed}).problems["discovered"]
