"""Whose public holidays are no business days."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from ropa.law.holidays import any_of, calendar_words, public_holidays

CHRISTMAS = dt.date(2026, 12, 25)
SCOTTISH = dt.date(2026, 8, 3)
ENGLISH = dt.date(2026, 8, 31)


def test_each_part_of_a_country_has_its_own_holidays() -> None:
    assert SCOTTISH in public_holidays("GB-SCT")
    assert SCOTTISH not in public_holidays("GB-ENG")
    assert ENGLISH in public_holidays("GB-ENG")
    assert ENGLISH not in public_holidays("GB-SCT")


def test_a_country_without_its_part_counts_the_holidays_of_every_part() -> None:
    whole = public_holidays("GB")
    assert all(day in whole for day in (CHRISTMAS, SCOTTISH, ENGLISH))
    assert dt.date(2026, 11, 24) not in whole


def test_a_holiday_that_falls_on_a_weekend_is_taken_on_the_monday_after() -> None:
    assert dt.date(2026, 12, 28) in public_holidays("GB-ENG")


def test_several_calendars_together_hold_the_days_of_each() -> None:
    both = any_of(("GB-ENG", "FR"))
    assert dt.date(2026, 7, 14) in both
    assert ENGLISH in both
    assert dt.date(2026, 7, 15) not in both


@pytest.mark.parametrize("calendar", ["XX", "EU", "gb", "", "-", "GB-", "ZZ-ENG"])
def test_a_calendar_nobody_knows_is_refused_in_words(calendar: str) -> None:
    with pytest.raises(ValueError, match="GB-ENG, DE-BY, FR"):
        public_holidays(calendar)


def test_a_part_nobody_knows_is_refused_with_the_parts_that_are_known() -> None:
    with pytest.raises(ValueError, match="known are ENG, NIR, SCT, WLS"):
        public_holidays("GB-XYZ")
    with pytest.raises(ValueError, match="the same everywhere"):
        public_holidays("MT-1")


def test_it_is_said_whose_holidays_they_are() -> None:
    assert calendar_words("GB-SCT") == "United Kingdom, SCT"
    assert calendar_words("GB") == "United Kingdom, any part"
    assert calendar_words("MT") == "Malta"


@pytest.mark.parametrize("year", [1, 1900, 2100, 9999])
def test_no_year_fails(year: int) -> None:
    assert isinstance(dt.date(year, 12, 25) in public_holidays("GB"), bool)


def test_what_is_no_day_is_no_holiday() -> None:
    assert "2026-12-25" not in public_holidays("GB")


def test_the_library_is_loaded_only_when_somebody_asks() -> None:
    code = "import sys, ropa.law.holidays, ropa.services.findings.checking; print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
