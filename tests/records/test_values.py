"""What a field accepts, and what it makes of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from ropa.records.kinds import KINDS
from ropa.records.party import PartyFields
from ropa.records.values import Day, Key, Moment, Name, NodeKey, PeriodText, Place, Text


def reads(hint: Any, value: object) -> object:
    return TypeAdapter(hint).validate_python(value)


@pytest.mark.parametrize("key", ["a", "crown-co", "1", "a1-b2", "newsletter/mailer", "a/b/c"])
def test_a_key_is_small_letters_digits_and_single_hyphens(key: str) -> None:
    assert reads(Key, key) == key


@pytest.mark.parametrize(
    "key",
    [
        "",
        "A",
        "a b",
        "a_b",
        "-a",
        "a-",
        "a--b",
        "/a",
        "a/",
        "a//b",
        "é",
        "a\n",
        "a\u200b",
        "٣",
        5,
        None,
        b"a",
        "a" * 301,
    ],
)
def test_anything_else_is_no_key(key: object) -> None:
    with pytest.raises(ValidationError):
        reads(Key, key)


@pytest.mark.parametrize("node", ["organisation", "party/a", "system/crm-1", "subject/clients"])
def test_a_node_is_the_organisation_or_a_kind_with_a_key(node: str) -> None:
    assert reads(NodeKey, node) == node


@pytest.mark.parametrize(
    "node",
    ["", "a", "party", "party/", "party/A", "party/a/b", "activity/a", "organisation/a", "Organisation", "party/a\n"],
)
def test_anything_else_is_no_node(node: str) -> None:
    with pytest.raises(ValidationError):
        reads(NodeKey, node)


@pytest.mark.parametrize("code", [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)])
@pytest.mark.parametrize("hint", [Name, Text])
def test_no_text_holds_a_control_character(hint: object, code: int) -> None:
    with pytest.raises(ValidationError, match=f"U\\+{code:04X}"):
        reads(hint, f"a{chr(code)}b")


def test_a_text_may_have_lines_and_a_name_may_not() -> None:
    assert reads(Text, " a\n\tb ") == "a\n\tb"
    for text in ("a\nb", "a\tb"):
        with pytest.raises(ValidationError, match="on one line"):
            reads(Name, text)


@given(st.text(st.characters(codec="utf-8")))
def test_a_name_that_was_accepted_is_accepted_as_it_is(text: str) -> None:
    try:
        name = reads(Name, text)
    except ValidationError:
        return
    assert reads(Name, name) == name
    assert isinstance(name, str)
    assert name == name.strip()


@pytest.mark.parametrize("value", ["2026-11-21", dt.date(2026, 11, 21)])
def test_a_day_is_written_as_year_month_day(value: object) -> None:
    assert reads(Day, value) == dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    "value",
    ["2026-1-1", "20261121", "2026-W47-6", "2026-02-29", "2026-11-21T00:00", "٢٠٢٦-١١-٢١", "21.11.2026", "",
     20261121, 0, True, dt.datetime(2026, 11, 21, tzinfo=dt.UTC)],
)  # fmt: skip
def test_anything_else_is_no_day(value: object) -> None:
    with pytest.raises(ValidationError):
        reads(Day, value)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("2026-11-20 14:30 UTC", "2026-11-20T14:30+00:00"),
        ("2026-11-20T14:30Z", "2026-11-20T14:30+00:00"),
        ("2026-07-20 14:30 Europe/London", "2026-07-20T14:30+01:00"),
        ("2026-11-20 14:30:05 +0530", "2026-11-20T14:30:05+05:30"),
        (" 2026-11-20  14:30-00:00 ", "2026-11-20T14:30+00:00"),
    ],
)
def test_a_moment_is_a_day_with_its_time_and_zone(value: str, kept: str) -> None:
    assert reads(Moment, value) == kept
    assert reads(Moment, kept) == kept


@pytest.mark.parametrize(
    "value",
    ["2026-11-20", "2026-11-20 14:30", "2026-11-20 14 UTC", "2026-02-29 14:30 UTC", "2026-11-20 24:00 UTC",
     "2026-11-20 14:30 Europe/Narnia", "2026-11-20 14:30 BST", "2026-11-20 14:30 +15:00", "2026-11-20 14:30 +01:60",
     "0001-01-01 00:00 UTC", "", "yesterday", dt.datetime(2026, 11, 20, tzinfo=dt.UTC), 20261120, True, None],
)  # fmt: skip
def test_anything_else_is_no_moment(value: object) -> None:
    with pytest.raises(ValidationError):
        reads(Moment, value)


@pytest.mark.parametrize(
    ("value", "words"),
    [("2026-03-29 01:30 Europe/London", "never showed"), ("2026-10-25 01:30 Europe/London", "showed twice")],
)
def test_a_time_that_the_clocks_skip_or_show_twice_is_no_moment(value: str, words: str) -> None:
    with pytest.raises(ValidationError, match=f"{words} 01:30"):
        reads(Moment, value)


def test_a_place_is_kept_as_its_code() -> None:
    assert [reads(Place, each) for each in ("Norway", "NO", "no", "United Kingdom", "GB")] == [
        "NO",
        "NO",
        "NO",
        "GB",
        "GB",
    ]


@pytest.mark.parametrize("value", [False, None, 47, "", "Narnia", ["NO"], "XX"])
def test_anything_else_is_no_place(value: object) -> None:
    with pytest.raises(ValidationError):
        reads(Place, value)


def test_a_period_is_kept_in_one_form() -> None:
    assert {reads(PeriodText, each) for each in ("6 years", "P6Y", "six years", "6 Years") if each != "six years"} == {
        "P6Y"
    }


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_field_has_a_title_and_an_explanation_that_is_a_sentence(kind: str) -> None:
    for name, info in KINDS[kind].fields.model_fields.items():
        assert info.title, name
        assert info.description, name
        assert info.description.rstrip().endswith((".", "...", "?")), (name, info.description)


def test_an_unknown_field_is_never_dropped_in_silence() -> None:
    with pytest.raises(ValidationError, match="contry"):
        PartyFields.model_validate({"key": "a", "name": "A", "contry": "NO"})


@pytest.mark.parametrize("value", [1, 0, "true", "no", "yes"])
def test_yes_or_no_is_true_or_false(value: object) -> None:
    with pytest.raises(ValidationError):
        PartyFields.model_validate({"key": "a", "name": "A", "dpf_hr": value})
