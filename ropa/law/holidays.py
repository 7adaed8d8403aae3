"""Public holidays by country and part of a country, for periods that contracts state in business days.

They come from the `holidays` library, which works them out by rule: a day proclaimed after its release is not known,
and nothing is known for years outside those that it covers (for the United Kingdom, 1777 to 2100).
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ropa.law.lawbook import LawBook


@dataclass(frozen=True, slots=True)
class _Calendar(Container[date]):
    """The public holidays of the parts of a country, or of the whole where there are none."""

    country: str
    parts: tuple[str | None, ...]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _of_year(self.country, self.parts, day.year)


@dataclass(frozen=True, slots=True)
class _Union(Container[date]):
    """Every day that is in any of some calendars."""

    calendars: tuple[Container[date], ...]

    def __contains__(self, day: object) -> bool:
        return any(day in each for each in self.calendars)


@lru_cache(maxsize=64)
def public_holidays(calendar: str) -> Container[date]:
    """The public holidays of `GB-ENG`, `DE-BY`, `FR`: an ISO 3166 country, and a part of it where holidays differ.

    A country with parts and none named, as `GB`, means a day that is a public holiday in any of them: 2 January and
    3 August count although they are holidays in Scotland alone. The library itself would take only those that all
    parts share, and count a working day too many. Raises ValueError, in words, for a calendar that is not known.
    """
    from holidays import country_holidays  # 0.15 s that `ropa --help` does not need

    country, dash, part = calendar.partition("-")
    if not country.isupper() or (dash and not part):
        raise ValueError(f"{calendar!r} is no calendar; {_EXAMPLE}")
    try:
        parts = tuple(country_holidays(country).subdivisions)
    except NotImplementedError as error:
        raise ValueError(f"no public holidays are known for {calendar!r}; {_EXAMPLE}") from error
    if part and part not in parts:
        known = f"known are {', '.join(parts)}" if parts else "its holidays are the same everywhere; name it alone"
        raise ValueError(f"no part {part!r} of {country} is known; {known}")
    return _Calendar(country, (part,) if part else (None, *parts))


@lru_cache(maxsize=256)
def any_of(calendars: tuple[str, ...]) -> Container[date]:
    """The days that are public holidays in any of these calendars. Raises ValueError for one that is not known."""
    return _Union(tuple(public_holidays(each) for each in calendars))


def calendar_words(calendar: str) -> str:
    """Whose holidays they are: `United Kingdom, SCT`; `United Kingdom, any part`; `Malta`, which has no parts.

    Raises ValueError for a calendar that is not known.
    """
    found = public_holidays(calendar)
    country, _, part = calendar.partition("-")
    law = LawBook.in_use()
    name = law.country_name(law.country(country) or country)
    if part:
        return f"{name}, {part}"
    return f"{name}, any part" if isinstance(found, _Calendar) and len(found.parts) > 1 else name


_EXAMPLE = "write a country's two-letter code, with its part where holidays differ: GB-ENG, DE-BY, FR"


@lru_cache(maxsize=2048)
def _of_year(country: str, parts: tuple[str | None, ...], year: int) -> frozenset[date]:
    """The holidays of any of the parts in one year; never changed afterwards, so that threads may share it."""
    from holidays import country_holidays

    return frozenset().union(*(country_holidays(country, subdiv=part, years=year, expand=False) for part in parts))
