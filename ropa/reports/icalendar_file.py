"""The one way from dates to a calendar file: all-day events that any calendar program takes, and again as the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ropa.reports.text import visible

_MORNING_BEFORE = dt.timedelta(hours=-15)  # nine o'clock on the day before, since an all-day event begins at midnight


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day. `uid` stays the same when the file is written again; `alarm` rings the morning before."""

    uid: str
    day: dt.date
    title: str
    text: str
    alarm: bool = False


def icalendar_file(name: str, events: Sequence[Event], stamp: dt.date) -> bytes:
    """An .ics file; `stamp` is the day that stands for when the events were made, so that bytes stay the same."""
    from icalendar import Alarm, Calendar
    from icalendar import Event as Entry

    calendar = Calendar()
    calendar.add("prodid", "-//ropa//subprocessor notices//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", visible(name))
    for each in events:
        entry = Entry()
        entry.add("uid", visible(each.uid))
        entry.add("dtstamp", dt.datetime.combine(stamp, dt.time(), dt.UTC))
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
