"""The one way from dates to a calendar file: all-day events that any calendar program takes, and again as the same.

A calendar that has an event already takes a later file's instead, because its uid is the same and it counts as a later
revision (RFC 5545: SEQUENCE, DTSTAMP).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ropa.reports.text import visible

_FIRST_REVISION = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_HIGHEST = 2**31 - 1  # of an INTEGER of RFC 5545
_MORNING_BEFORE = dt.timedelta(hours=-15)  # nine o'clock on the day before, since an all-day event begins at midnight


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day. `uid` stays the same when the file is written again; `alarm` rings the morning before."""

    uid: str
    day: dt.date
    title: str
    text: str
    alarm: bool = False


def icalendar_file(name: str, events: Sequence[Event], revised: dt.datetime, number: int = 0) -> bytes:
    """An .ics file; `revised` is when what the events say became so, and not now, so that bytes stay the same.

    `number` rises with each revision, and tells those of the same second apart.
    """
    from icalendar import Alarm, Calendar
    from icalendar import Event as Entry

    calendar = Calendar()
    calendar.add("prodid", "-//ropa//subprocessor notices//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", visible(name))
    for each in events:
        entry = Entry()
        entry.add("uid", visible(each.uid))
        entry.add("dtstamp", revised)
        entry.add("sequence", _sequence(revised, number))
        entry.add("dtstart", each.day)
        if each.day < dt.date.max:
            entry.add("dtend", each.day + dt.timedelta(days=1))
        entry.add("summary", visible(each.title))
        entry.add("description", visible(each.text))
        entry.add("transp", "TRANSPARENT")
        if each.alarm:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", visible(each.title))
            alarm.add("trigger", _MORNING_BEFORE)
            entry.add_component(alarm)
        calendar.add_component(entry)
    made: bytes = calendar.to_ical()
    return made


def _sequence(revised: dt.datetime, number: int) -> int:
    """A number that is higher for every later revision, whichever database or folder it comes from."""
    return min(max(int((revised - _FIRST_REVISION).total_seconds()), 0) + number, _HIGHEST)
