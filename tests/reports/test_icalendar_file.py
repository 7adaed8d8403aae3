"""Deadlines land on their days in any calendar, once, and with a warning the day before."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from ropa.reports.icalendar_file import Event, icalendar_file
from ropa.reports.text import visible

DAY = dt.date(2026, 12, 21)
STAMP = dt.datetime(2026, 11, 10, 14, 30, 5, tzinfo=dt.UTC)


def made(title: str = "Last day", text: str = "Tell them", *, alarm: bool = True) -> bytes:
    return icalendar_file(title, [Event("acme/change/north/last-day@ropa", DAY, title, text, alarm)], STAMP)


def test_an_event_is_the_whole_day_and_rings_the_morning_before() -> None:
    (event,) = Calendar.from_ical(made()).walk("VEVENT")
    assert event.decoded("dtstart") == DAY
    assert event.decoded("dtend") == DAY + dt.timedelta(days=1)
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == dt.timedelta(hours=-15)
    assert not Calendar.from_ical(made(alarm=False)).walk("VALARM")


def test_a_file_made_again_is_the_same_and_is_taken_for_the_same_event() -> None:
    assert made() == made()
    (event,) = Calendar.from_ical(made("Other title")).walk("VEVENT")
    assert event["uid"] == "acme/change/north/last-day@ropa"
    assert event.decoded("dtstamp") == STAMP


def test_a_later_revision_takes_the_place_of_an_earlier_one_and_an_absurd_one_stays_a_number() -> None:
    def sequence(revised: dt.datetime, number: int = 0) -> int:
        file = icalendar_file("Move", [Event("x", DAY, "Move", "Move")], revised, number)
        (event,) = Calendar.from_ical(file).walk("VEVENT")
        return int(event.decoded("sequence"))

    assert sequence(STAMP) < sequence(STAMP + dt.timedelta(seconds=1))
    assert sequence(STAMP) < sequence(STAMP, 1)
    assert sequence(dt.datetime(1, 1, 1, tzinfo=dt.UTC)) == 0
    assert sequence(dt.datetime(9999, 12, 31, tzinfo=dt.UTC)) == 2**31 - 1


def test_it_invites_nobody() -> None:
    found = Calendar.from_ical(made())
    assert "METHOD" not in found
    assert not any("ATTENDEE" in each or "ORGANIZER" in each for each in found.walk())


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_text_adds_a_line_or_an_event(title: str, text: str) -> None:
    found = Calendar.from_ical(made(title, f"{text}\r\nEND:VEVENT\r\nBEGIN:VEVENT"))
    (event,) = found.walk("VEVENT")
    assert str(event["summary"]) == visible(title)
    assert "BEGIN:VEVENT" in str(event["description"])
    assert set(event) == {"UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"}


def test_the_last_day_of_the_calendar_is_a_day_too() -> None:
    file = icalendar_file("End", [Event("x", dt.date.max, "End", "End")], STAMP)
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event.decoded("dtstart") == dt.date.max
