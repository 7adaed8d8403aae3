"""Moments: a day with its time and zone, for what the law counts in hours."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ropa.rules.dates import long_date

EXAMPLES = "write it as in 2026-11-21 14:30 Europe/London, 2026-11-21 14:30 UTC or 2026-11-21T14:30+01:00"

_WRITTEN = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?) ?"
    r"([Zz]|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}|[A-Z][A-Za-z_]+(?:/[A-Za-z_+-]+)+)?"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2999  # far from the ends of the calendar, so that hours can be added
_FURTHEST = timedelta(hours=14)


def read_moment(text: str) -> datetime:
    """The moment of a text, with a fixed distance from UTC.

    The zone may be UTC, a distance from it or the name of a place (Europe/London). Raises ValueError where there is
    none, and for a time that the clocks of that place showed twice or never.
    """
    match = _WRITTEN.fullmatch(" ".join(text.split()))
    if match is None:
        raise ValueError(f"{text[:60]!r} is not a date with a time; {EXAMPLES}")
    try:
        local = datetime.combine(date.fromisoformat(match[1]), time.fromisoformat(match[2]))
    except ValueError:
        raise ValueError(f"{text!r}: there is no such day or time; {EXAMPLES}") from None
    if not _FIRST_YEAR <= local.year <= _LAST_YEAR:
        raise ValueError(f"{text!r}: the year must be one from {_FIRST_YEAR} to {_LAST_YEAR}")
    if match[3] is None:
        raise ValueError(f"{text!r} does not say in which zone; {EXAMPLES}")
    if "/" in match[3]:
        return _at(local, match[3])
    return local.replace(tzinfo=_fixed(match[3]))


def _fixed(zone: str) -> timezone:
    if zone.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = zone[1:].replace(":", "")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if away > _FURTHEST or int(digits[2:]) > 59:
        raise ValueError(f"{zone!r} is no distance from UTC")
    return timezone(-away if zone[0] == "-" else away)


def _at(local: datetime, zone: str) -> datetime:
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError(f"{zone!r} is no zone that is known here; {EXAMPLES}") from None
    early, late = (local.replace(tzinfo=place, fold=fold).utcoffset() for fold in (0, 1))
    if early is None or late is None or early.microseconds or early.seconds % 60:
        raise ValueError(f"the clocks of {zone} cannot be told for {local:%Y-%m-%d}; write the distance from UTC")
    if early != late:
        # A gap's first reading is behind its second, an hour that comes twice the other way round.
        what = "never showed" if early < late else "showed twice"
        raise ValueError(
            f"the clocks of {zone} {what} {local:%H:%M} on {long_date(local)}; write the distance from UTC"
        )
    return local.replace(tzinfo=timezone(early))


def moment_text(moment: datetime) -> str:
    """The one form in which a moment is kept: 2026-11-21T14:30+00:00, seconds where there are any."""
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def moment_words(moment: datetime) -> str:
    """14:30 on 21 November 2026 (UTC), (UTC+01:00)."""
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return f"{clock} on {long_date(moment)} ({zone_words(moment)})"


def zone_words(moment: datetime) -> str:
    """UTC, UTC+01:00."""
    away = moment.isoformat()[-6:]
    return "UTC" if away in ("+00:00", "-00:00") else f"UTC{away}"


def end_of_day(day: date, like: datetime) -> datetime:
    """The last moment of a day, in the zone of another moment."""
    return datetime.combine(day, time.max, tzinfo=like.tzinfo)
