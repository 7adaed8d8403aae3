"""Moments: read in any zone, kept in one form, never guessed."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.rules.moment import end_of_day, moment_text, moment_words, read_moment

ZONES = ["Europe/London", "Europe/Dublin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]
MOMENTS = st.integers(63_072_000, 4_102_000_000).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))


def reading(text: str) -> dt.datetime | str:
    """The moment of a text, or what is said about a text that is none."""
    try:
        return read_moment(text)
    except ValueError as error:
        return str(error)


@given(MOMENTS, st.sampled_from(ZONES))
def test_the_clock_of_a_place_is_the_moment_that_it_shows_or_is_refused(moment: dt.datetime, zone: str) -> None:
    local = moment.replace(microsecond=0).astimezone(ZoneInfo(zone))
    found = reading(f"{local:%Y-%m-%d %H:%M:%S} {zone}")
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        assert "showed twice" in str(found)
    else:
        assert found == local
        assert isinstance(found, dt.datetime)
        assert read_moment(moment_text(found)) == found


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_an_error_in_words(text: str) -> None:
    found = reading(text)
    assert found if isinstance(found, str) else found.utcoffset() is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-11-21 14:30 Europe/London", "14:30 on 21 November 2026 (UTC)"),
        ("2026-07-01 09:05 Europe/London", "09:05 on 1 July 2026 (UTC+01:00)"),
        ("2026-07-01 09:05:07 -0330", "09:05:07 on 1 July 2026 (UTC-03:30)"),
    ],
)
def test_a_moment_in_words_says_the_zone(text: str, words: str) -> None:
    assert moment_words(read_moment(text)) == words


def test_a_day_ends_in_the_zone_of_the_other_moment() -> None:
    end = end_of_day(dt.date(2026, 11, 21), read_moment("2026-11-20T09:00+05:30"))
    assert end.astimezone(dt.UTC).isoformat(timespec="minutes") == "2026-11-21T18:29+00:00"
