"""Lengths of time in a privacy policy: how long data is kept, and by when requests are answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ropa.exchange.policy_text import PolicyText
from ropa.rules.period import Period
from ropa.services.policy.words import sentence

Use = Literal["retention", "deadline", "extension"]
Length = tuple[int, int, int]
"""A period by what it amounts to: months, days, business days; 18 months is 1 year and 6 months."""

_NUMBERS = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_ONES = _NUMBERS.split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS = (
    {word: number for number, word in enumerate(_ONES, 1)} | _TENS | {"a": 1, "an": 1, "hundred": 100, "a hundred": 100}
)
_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_ONES[:9])}))?|{'|'.join(reversed(_ONES))}|a hundred)"
_NUMBER = rf"(?:[0-9]{{1,4}}|{_WORD}|an?)"
_UNIT = r"(?:business|working)\s+days?|calendar\s+months?|years?|months?|weeks?|days?"
_PART = (
    rf"\b(?P<number>{_NUMBER})(?:\s*\(\s*(?:[0-9]{{1,4}}"
    rf"|{_WORD})\s*\))?(?P<half>\s+and\s+a\s+half)?[\s-]+(?:(?:full|calendar|whole|further|additional|more"
    rf"|consecutive|tax|financial|complete)\s+)?(?P<unit>{_UNIT})\b"
)
_ONE = re.compile(_PART, re.IGNORECASE)
_RANGE = re.compile(rf"\b({_NUMBER})\s*(?:to|or|-|–|and)\s*$", re.IGNORECASE)
_THEN = re.compile(r"['’]?,?\s+(?:and\s+)?(?:a\s+further\s+)?|['’]?,\s*", re.IGNORECASE)
_AGE = re.compile(r"['’]?\s*(?:old\b|of age\b|and over\b|or over\b|or older\b|or under\b)", re.IGNORECASE)
_BACKWARDS = re.compile(
    r"\b(?:last|past|previous|preceding|aged|under|every|each|once|twice|over)\s+(?:the\s+)?$", re.IGNORECASE
)
_NOT_A = re.compile(r"\b(?:times?|once|twice|day)\s+$", re.IGNORECASE)
_KEEP = re.compile(
    r"\b(?:keep\w*|kept|retain\w*|retention|h[eo]ld(?:ing|s)?|stor(?:e[sd]?|age|ing)|delet\w+|destr\w+|eras\w+"
    r"|remov\w+|anonymi[sz]\w+|purg\w+|archiv\w+"
    r"|dispos\w+|expir\w+|lifespan|lifetime|lasts?|overwrit\w+|persist\w*|preserv\w+|duration|stays?|remains?)\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\b(?:respon[ds]\w*|repl(?:y|ies)|answer\w*|compl(?:y|ied)|act(?:ion)?\b(?= (?:on|upon|your))|fulfil\w*"
    r"|provid\w+|process\w*|deal(?:t)?|get back|request\w*)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:requests?|rights?|subject access|SAR|DSAR|enquir(?:y|ies)|quer(?:y|ies)|complaints?)\b", re.IGNORECASE
)
_WITHIN = re.compile(
    r"\b(?:within|in|no later than|not later than|takes?|up to|maximum of|under)\s+(?:a\s+(?:period"
    r"|maximum)\s+of\s+|the\s+|at most\s+|up to\s+)?$",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:exten\w+|further|additional|longer|another|complex\w*)\b", re.IGNORECASE)
_HOW_LONG = re.compile(r"\b(?:retention|retain|how long|keep|storage period|duration|expir\w+)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:sub-?processors?|prior to the change|notice of|breach(?:es)?|become aware)\b", re.IGNORECASE
)
_OURSELVES = re.compile(r"\b(?:trad(?:ed|ing)|experience|established|founded|in business|guarantee|warranty)\b", re.I)
_RIGHTS = re.compile(r"\b(?:your rights|rights|access)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """A period where it stands, and what it is for."""

    period: Period
    start: int
    end: int
    use: Use


def length(period: Period) -> Length:
    """What a period amounts to."""
    return period.years * 12 + period.months, period.weeks * 7 + period.days, period.business_days


def stated_in(policy: PolicyText) -> Iterator[Stated]:
    """Every period of a policy of which the words around say that it is one of keeping, or a time for answers."""
    for start, end, period in periods_in(policy.text):
        use = _use(policy, start, end)
        if use is not None:
            yield Stated(period, start, end, use)


def periods_in(text: str) -> Iterator[tuple[int, int, Period]]:
    """Every length of time in a text, in days or longer: `seven (7) years`, `1 year and 6 months`, `3 to 5 years`."""
    position = 0
    while found := _ONE.search(text, position):
        start, end = found.start(), found.end()
        parts = [found]
        while (then := _THEN.match(text, end)) and (more := _ONE.match(text, then.end())):
            if _rank(more) <= _rank(parts[-1]):
                break
            parts.append(more)
            end = more.end()
        position = end
        if (
            _AGE.match(text, end)
            or _BACKWARDS.search(text, max(0, start - 40), start)
            or _NOT_A.search(text, max(0, start - 20), start)
        ):
            continue
        period = _read(parts)
        if period is None:
            continue
        low = _RANGE.search(text, max(0, start - 30), start)
        if low and low[1].lower() not in ("a", "an") and (less := _period([(_number(low[1]), found["unit"])])):
            yield low.start(), end, less
        yield start, end, period


def _rank(part: re.Match[str]) -> int:
    return ("y", "m", "w", "d", "b").index(_unit(part["unit"])[0])


def _unit(words: str) -> str:
    plain = " ".join(words.lower().split()).replace("working", "business").removeprefix("calendar ")
    return plain.removesuffix("s")


def _read(parts: list[re.Match[str]]) -> Period | None:
    amounts: list[tuple[int, str]] = []
    for part in parts:
        amounts.append((_number(part["number"]), part["unit"]))
        if part["half"]:
            if _unit(part["unit"]) != "year" or len(parts) > 1:
                return None
            amounts.append((6, "months"))
    return _period(amounts)


def _period(amounts: list[tuple[int, str]]) -> Period | None:
    try:
        return Period.parse(" and ".join(f"{number} {_unit(unit)}s" for number, unit in amounts if number))
    except ValueError:
        return None


def _number(words: str) -> int:
    plain = words.lower().replace("-", " ").split()
    if plain[0].isdigit():
        return int(plain[0])
    if " ".join(plain) in _WORDS:
        return _WORDS[" ".join(plain)]
    return sum(_WORDS[each] for each in plain)


def _use(policy: PolicyText, start: int, end: int) -> Use | None:
    """What a period is for, by the nearest word about keeping or answering in its sentence, else by the heading."""
    begin, stop = sentence(policy.text, start, end)
    around = policy.text[begin:stop]
    here = start - begin
    within = _WITHIN.search(around, 0, here)
    if (
        within
        and _ANSWER.search(around)
        and (_REQUEST.search(around) or _RIGHTS.search(policy.section(start)))
        and not _OTHERS.search(around)
    ):
        return (
            "extension"
            if _MORE.search(around[max(0, here - 80) : here + 60]) and not _is_first(around, here)
            else "deadline"
        )
    if _MORE.search(around) and _REQUEST.search(around) and not _KEEP.search(around):
        return "extension"
    if _KEEP.search(around) and not _OTHERS.search(around):
        return "retention"
    if not _OTHERS.search(around) and not _OURSELVES.search(around) and _HOW_LONG.search(policy.section(start)):
        return "retention"
    return None


def _is_first(around: str, here: int) -> bool:
    """Whether no word of extending stands before the period: `within one month, or longer if it is complex`."""
    return not _MORE.search(around, 0, here)
