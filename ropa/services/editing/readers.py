"""One typed text read as what its field holds: a day, a country, a word, yes or no.

Each raises ValueError with a message for whoever typed it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from difflib import get_close_matches

from ropa.law.entries import Territory
from ropa.law.lawbook import LawBook
from ropa.rules.dates import long_date
from ropa.rules.moment import moment_text, read_moment

_MONTHS = tuple(dt.date(2000, month, 1) for month in range(1, 13))
_MONTH_NAMES = tuple(long_date(each).split()[1].lower() for each in _MONTHS)
_LEAST = 3  # letters that tell a month from the others
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]*(?:of )?([a-z]+)\.?,?[ -]*([0-9]{4})")
_MONTH_FIRST = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_NUMBERS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[-/. ](?:[0-9]{1,2}|[a-z]+)[-/. ]'?[0-9]{2}")
_TIMED = re.compile(r"(.+?)(?:[Tt]|,? (?:at )?)([0-9]{1,2})[:.]([0-9]{2}(?::[0-9]{2})?) ?(\S*)")
_EXAMPLES = "write it as in 2026-11-21 or 21 Nov 2026"
_MONTHS_A_YEAR = 12


def typed_day(text: str) -> dt.date:
    """2026-11-21, 21 Nov 2026, November 21, 2026 or 21/11/2026.

    What can be read as two different days (03/04/2026) is refused, and so is a year of two digits.
    """
    words = " ".join(text.lower().split())
    if match := _ISO.fullmatch(words):
        return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if match := _DAY_FIRST.fullmatch(words):
        return _day(int(match[3]), _month(match[2], text), int(match[1]), text)
    if match := _MONTH_FIRST.fullmatch(words):
        return _day(int(match[3]), _month(match[1], text), int(match[2]), text)
    if match := _NUMBERS.fullmatch(words):
        return _numbers(int(match[1]), int(match[2]), int(match[3]), text)
    if _SHORT_YEAR.fullmatch(words):
        raise ValueError(f"{text!r}: write the year with four digits, as in 21 Nov 2026")
    raise ValueError(f"{text!r} is not a date; {_EXAMPLES}")


def _numbers(first: int, second: int, year: int, text: str) -> dt.date:
    if first != second and max(first, second) <= _MONTHS_A_YEAR and min(first, second) > 0:
        one, other = _day(year, second, first, text), _day(year, first, second, text)
        raise ValueError(
            f"{text!r} can be {long_date(one)} or {long_date(other)}; "
            f"write {one.day} {long_date(one).split()[1][:3]} {year}, or {one}"
        )
    day, month = (second, first) if second > _MONTHS_A_YEAR else (first, second)
    return _day(year, month, day, text)


def _month(name: str, text: str) -> int:
    for number, month in enumerate(_MONTH_NAMES, start=1):
        if len(name) >= _LEAST and month.startswith(name.replace("sept", "sep") if name == "sept" else name):
            return number
    raise ValueError(f"{text!r} is not a date: there is no month {name!r}; {_EXAMPLES}")


def _day(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError(f"{text!r}: there is no such day; {_EXAMPLES}") from None


def typed_moment(text: str) -> str:
    """A day as `typed_day` reads it, with a time and its zone: 28 Nov 2026 9:00 Europe/London."""
    words = " ".join(text.split())
    if match := _TIMED.fullmatch(words):
        words = f"{typed_day(match[1])} {match[2]:0>2}:{match[3]} {match[4]}".rstrip()
    return moment_text(read_moment(words))


def typed_place(text: str) -> str:
    """The code of a country that is written by name, in short or as its two letters."""
    law = LawBook.in_use()
    code = law.country(text)
    if code is None:
        known = {way.casefold(): each.name for each in _countries(law) for way in (*each.aliases, each.name)}
        close = get_close_matches(text.strip().casefold(), list(known), n=3, cutoff=0.7)
        names = list(dict.fromkeys(known[each] for each in close))
        hint = f"; did you mean {' or '.join(names)}?" if names else "; write its name or two-letter code"
        raise ValueError(f"{text!r} is not a country that is known here{hint}")
    return code


def typed_places(texts: Iterable[str]) -> tuple[str, ...]:
    """The codes of several countries; one text may hold several with commas. Raises ValueError for one named twice."""
    law = LawBook.in_use()
    words: list[str] = []
    for text in (part.strip() for each in texts for part in each.split(";")):
        # A name may hold a comma of its own.
        words += [text] if law.country(text) else [part.strip() for part in text.split(",") if part.strip()]
    codes: dict[str, None] = {}
    for word in words:
        code = typed_place(word)
        if code in codes:
            raise ValueError(f"{law.country_name(code)} is named twice")
        codes[code] = None
    return tuple(codes)


def place_text(code: str) -> str:
    """The name of a country as it is read back; its code where the name alone would not do."""
    law = LawBook.in_use()
    name = law.country_name(code)
    return name if law.country(name) == code else code


def _countries(law: LawBook) -> list[Territory]:
    return [each for each in law.of_kind(Territory) if each.sort == "country" or each.aliases]


def typed_word(text: str, words: tuple[str, ...]) -> str:
    """One of the words of a field, in any case and with spaces or hyphens."""
    asked = "-".join(text.lower().split())
    for word in words:
        if asked == word.lower():
            return word
    close = get_close_matches(asked, words, n=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    raise ValueError(f"{text!r} is none of the words that this holds{hint or ': ' + ', '.join(words[:12])}")


def typed_truth(text: str) -> bool:
    """Yes or no."""
    word = text.strip().lower()
    if word in ("yes", "y", "no", "n"):
        return word.startswith("y")
    raise ValueError("answer yes or no")
