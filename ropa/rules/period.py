"""Lengths of time as contracts and policies state them, and exact arithmetic with dates."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import astuple, dataclass
from datetime import date, timedelta

_LONGEST = 9999  # of any unit; the calendar ends with the year 9999
_MONTHS_A_YEAR = 12
_SATURDAY = 5
_DAY = timedelta(days=1)
_NO_HOLIDAYS: frozenset[date] = frozenset()

_UNITS = ("year", "month", "week", "day", "business day")
_ISO = re.compile(r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?", re.IGNORECASE)
_PART = re.compile(
    r"([0-9]+)[ -]?(?:(?:full|calendar|whole) )?((?:business|working) days?|years?|months?|weeks?|days?)"
)
_BETWEEN = re.compile(r",? and |, ?| ")
_TOO_SHORT = re.compile(r"\b(hours?|hrs?|minutes?|mins?|seconds?)\b", re.IGNORECASE)
_CLEAR = 'write "30 days" here, and that clear days are meant under counting in the notice terms'
_EXAMPLES = 'write it like "6 years", "1 year and 6 months", "30 days", "10 business days" or "P6Y"'


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in the units that were written: 18 months is not the same Period as 1 year and 6 months.

    Business days stand alone, and the others may be combined. Raises ValueError for a negative or absurd number
    and for a combination with business days.
    """

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    business_days: int = 0

    def __post_init__(self) -> None:
        numbers = astuple(self)
        if any(number < 0 for number in numbers):
            raise ValueError("a period cannot be negative")
        if any(number > _LONGEST for number in numbers):
            raise ValueError(f"a period cannot have more than {_LONGEST} of a unit")
        if self.business_days and any(numbers[:-1]):
            raise ValueError("business days cannot be combined with other units; state one or the other")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `P6Y`, `18 months`, `1 year and 6 months`, `10 business days` and the like.

        Calendar days are days; working days are business days. Raises ValueError, in words for whoever wrote it.
        """
        words = " ".join(text.split())
        if re.search(r"[0-9] clear\b", words, re.IGNORECASE):
            raise ValueError(f'"{_short(text)}" says how the days are counted too; {_CLEAR}')
        iso = _ISO.fullmatch(words)
        if iso and len(words) > 1:
            return cls(*(_number(group or "0", text) for group in iso.groups()))
        if _TOO_SHORT.search(words) or re.match(r"P[0-9YMWD]*T", words, re.IGNORECASE):
            raise ValueError(f'"{_short(text)}" is in hours or less; a period is in days or longer')
        if re.search(r"[0-9][.,][0-9]", words):
            raise ValueError(f'"{_short(text)}" has a fraction; use whole numbers of a smaller unit ("18 months")')
        numbers = [0] * len(_UNITS)
        last = -1
        for number, name in _parts(words.lower(), text):
            unit = _UNITS.index(name.removesuffix("s").replace("working", "business"))
            if unit <= last:
                raise ValueError(f'"{_short(text)}" names its units twice or out of order; {_EXAMPLES}')
            numbers[unit] = _number(number, text)
            last = unit
        return cls(*numbers)

    def __str__(self) -> str:
        """ISO 8601 (`P18M`); business days, which it lacks, as `10 business days`. `parse` reads both back."""
        if self.business_days:
            return self.words()
        parts = zip(astuple(self), "YMWD", strict=False)
        return "P" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0D")

    def words(self) -> str:
        """For people: `18 months`, `1 year and 6 months`. `parse` reads it back."""
        parts = [
            f"{number} {unit}" if number == 1 else f"{number} {unit}s"
            for number, unit in zip(astuple(self), _UNITS, strict=True)
            if number
        ]
        if not parts:
            return "0 days"
        return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def add(day: date, period: Period, holidays: Container[date] = _NO_HOLIDAYS) -> date:
    """The date `period` after `day`.

    Years and months first, kept inside the month (31 January and 1 month: the last day of February), then weeks
    and days. Business days are counted from the day after `day`, leaving out Saturdays, Sundays and `holidays`.
    Raises ValueError past the year 9999.
    """
    return _move(day, period, holidays, 1)


def subtract(day: date, period: Period, holidays: Container[date] = _NO_HOLIDAYS) -> date:
    """The date `period` before `day`, by the same steps as `add`, backwards. Raises ValueError before the year 1.

    Months differ in length, so this is not the inverse of `add`; for "the last day to begin" ask `latest_start`.
    """
    return _move(day, period, holidays, -1)


def latest_start(deadline: date, period: Period, holidays: Container[date] = _NO_HOLIDAYS) -> date:
    """The last date whose `add(date, period, holidays)` is not after `deadline`; it may be a weekend or holiday.

    Raises ValueError where that lies before the year 1.
    """
    start = subtract(deadline, period, holidays)
    # `add` never decreases as its date grows, and `subtract` lands within days of the answer: walk the rest.
    while start > date.min and not _in_time(start, deadline, period, holidays):
        start -= _DAY
    while start < deadline and _in_time(start + _DAY, deadline, period, holidays):
        start += _DAY
    return start


def _in_time(start: date, deadline: date, period: Period, holidays: Container[date]) -> bool:
    try:
        return add(start, period, holidays) <= deadline
    except ValueError:
        return False  # past the year 9999, and so past any deadline


def _move(day: date, period: Period, holidays: Container[date], sign: int) -> date:
    try:
        moved = _add_months(day, sign * (period.years * _MONTHS_A_YEAR + period.months))
        moved += sign * timedelta(weeks=period.weeks, days=period.days)
        for _ in range(period.business_days):
            moved += sign * _DAY
            while moved.weekday() >= _SATURDAY or moved in holidays:
                moved += sign * _DAY
    except OverflowError as error:
        where = "after" if sign > 0 else "before"
        raise ValueError(f"{period.words()} {where} {day} is outside the years 1 to 9999") from error
    return moved


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 + months, _MONTHS_A_YEAR)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    month += 1
    if month == _MONTHS_A_YEAR:
        return day.replace(year=year, month=month)  # December has 31 days
    last = (date(year, month + 1, 1) - _DAY).day
    return date(year, month, min(day.day, last))


def _parts(words: str, text: str) -> list[tuple[str, str]]:
    """The numbers and unit names of `words`, in order; ValueError if they hold anything else."""
    parts: list[tuple[str, str]] = []
    position = 0
    while part := _PART.match(words, position):
        parts.append((part[1], part[2]))
        position = part.end()
        if position == len(words):
            return parts
        between = _BETWEEN.match(words, position)
        if not between:
            break
        position = between.end()
    raise ValueError(f'"{_short(text)}" is not a period; {_EXAMPLES}')


def _number(digits: str, text: str) -> int:
    if len(digits.lstrip("0")) > len(str(_LONGEST)):
        raise ValueError(f'"{_short(text)}" is too long a period')
    return int(digits)


def _short(text: str, length: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
