"""How long something is kept, as people write it into a cell. What is not understood comes back as text."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace

from ropa.rules.period import Period

LONGEST_LIMIT = 400
"""Signs of a time limit that is looked at; more is a policy."""

_WORD_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
        ],
        1,
    )
} | {"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90"}
_LENGTH = (
    r"(?:[0-9]{1,4}(?:\s*\((?:[a-z]+)\))?[ -]?(?:full |calendar |whole |consecutive )?"
    r"(?:(?:business|working) days?|years?|yrs?|ans?|jahr(?:en?)?|months?|mths?|mois|monat(?:en?)?|weeks?|wks?"
    r"|semaines?|wochen?|days?|jours?|tag(?:en?)?))"
)
_SPAN = rf"{_LENGTH}(?:(?:,? (?:and|et) |, ?| ){_LENGTH})*"
_AFTER = (
    r"(?:after|from|following|since|counted from:?|starting (?:from|with)|once|post|après|à compter de|depuis"
    r"|nach|ab|seit)"
)
_KEPT = (
    r"(?:(?:is |are )?(?:(?:keep|kept|retain|retained|stored|store|held|hold)"
    r"|(?:deleted|erased|destroyed)(?: after(?= [0-9]))?)\s+)?"
)
_KEEPING = re.compile(_KEPT, re.IGNORECASE)
_HOW = (
    r"(?:for |within |pendant )?(?:(?:up to|a maximum of|maximum of|max\.?|not? (?:more|longer) than) )?"
    r"(?:a period of )?"
)
_DESTROYED = (
    r"(?:,? *(?:and )?(?:then |thereafter )?(?:securely |permanently )?"
    r"(?:deleted|destroyed|erased|shredded|disposed of)(?: securely)?)?"
)
_PERIOD = re.compile(
    rf"{_KEPT}{_HOW}({_SPAN})(?:,? *(?:{_AFTER} |post-)(.+?))?(?:,? or until:? (.+?))?{_DESTROYED}\.?",
    re.IGNORECASE | re.DOTALL,
)
_PLUS = re.compile(
    rf"{_KEPT}(?:(?:until|till) )?(.+?)\s*(?:\+|\bplus\b|\band then\b)\s*(?:a further |another )?({_SPAN})\.?",
    re.IGNORECASE | re.DOTALL,
)
_UNTIL = re.compile(rf"{_KEPT}(?:until|till|jusqu['’]à|jusqu['’]au):? (.+?)\.?", re.IGNORECASE | re.DOTALL)
_VAGUE = re.compile(
    r"no longer (?:be )?(?:needed|required|necessary|relevant)|as long as|necessary|plus nécessaire|plus utile",
    re.IGNORECASE,
)
"""Words of an end that nobody can tell when it comes."""
_END = re.compile(
    r"(?:the )?(?:end|termination|expiry) of [^0-9]{3,80}|(?:la )?fin (?:du|de la|de l'|des) [^0-9]{3,80}",
    re.IGNORECASE,
)
_PENDANT = re.compile(r"(?:pendant )?(?:toute )?(?:la )?durée (du|de la|de l'|des) ?([^0-9]{3,80})", re.IGNORECASE)
_DURING = re.compile(
    r"(?:for |pendant )?(?:the |la )?(?:duration|length|term|durée) (?:of|de) "
    r"(?!time\b|.*\b(?:may|might|will|can|could|is|are|was|depends?|depending|varies|we|you|that|which)\b)(.+)",
    re.IGNORECASE | re.DOTALL,
)
_AS_STATED = re.compile(r"(.+?) \(as stated: (.+)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Kept:
    """How long something is kept: a period in ISO form and what starts it, or an event that ends it; else the words.

    Where `stated` is there, the words were not understood and the others are empty; both are there only where a
    record that this program wrote has both: `6 years (as stated: at least 6 years)`.
    """

    period: str = ""
    trigger: str = ""
    until: str = ""
    stated: str = ""


def kept_for(text: str) -> Kept:
    """How long, as `7 years`, `until end of contract`, `6 months after migration`, `end of contract + 6 years` say it.

    A least time ("at least 7 years") is no limit, and stays words.
    """
    words = " ".join(text.split())
    plain = _with_digits(words)
    if found := _AS_STATED.fullmatch(words):
        clear = kept_for(found[1])
        return Kept(stated=text.strip()) if clear.stated else replace(clear, stated=found[2])
    if len(plain) > LONGEST_LIMIT:
        return Kept(stated=text.strip())
    with suppress(ValueError):
        return Kept(str(Period.parse(plain)))
    if found := _PERIOD.fullmatch(plain):
        if (period := _period(found[1])) is not None:
            return Kept(period, _event(found[2]), _event(found[3]))
    elif _VAGUE.search(plain):
        return Kept(stated=text.strip())
    elif found := _PLUS.fullmatch(plain):
        if (period := _period(found[2])) is not None:
            during = _DURING.fullmatch(found[1])
            since = "the current year" if found[1].casefold() == "current" else found[1]
            return Kept(period, _event(f"the end of {during[1]}" if during else since))
    elif (found := _UNTIL.fullmatch(plain)) and not re.search(_LENGTH, plain):
        return Kept(until=_event(found[1]))
    elif (found := _DURING.fullmatch(_KEEPING.sub("", plain, count=1))) and not re.search(_LENGTH, plain):
        return Kept(until=_event(f"the end of {found[1]}"))
    elif _END.fullmatch(plain):
        return Kept(until=_event(plain))
    elif found := _PENDANT.fullmatch(plain):
        return Kept(until=_event(f"la fin {found[1]}{'' if found[1].endswith(chr(39)) else ' '}{found[2]}"))
    return Kept(stated=text.strip())


def with_stated(limit: str, stated: str) -> str:
    """A time limit with the words that it was made of, as `kept_for` reads it."""
    words = " ".join(stated.split())
    return f"{limit} (as stated: {words})" if limit and words else limit or words


def _event(text: str | None) -> str:
    return (text or "").strip(" .,;:")


def _with_digits(text: str) -> str:
    """Numbers below a hundred that stand before a length of time, as digits."""
    words = "|".join(_WORD_NUMBERS)
    return re.sub(
        rf"\b({words})(?=(?:\s*\([0-9]+\))?[ -](?:full |calendar )?(?:year|month|week|day|working|business))",
        lambda found: _WORD_NUMBERS[found[1].lower()],
        re.sub(rf"\b({words})\s*\(([0-9]+)\)", r"\2", text, flags=re.IGNORECASE),
        flags=re.IGNORECASE,
    )


def _period(text: str) -> str | None:
    plain = re.sub(r"\s*\([a-z]+\)", "", text.lower())
    for short, long in (
        (r"(?<=[0-9])(?=[a-z])", " "), (r"\bjahr(?:en?)?\b", "years"), (r"\bmonat(?:en?)?\b", "months"),
        (r"\bwochen?\b", "weeks"), (r"\btag(?:en?)?\b", "days"),
        (r"\b(?:yrs?|ans?)\b", "years"), (r"\b(?:mths?|mois)\b", "months"), (r"\b(?:wks?|semaines?)\b", "weeks"),
        (r"\bjours?\b", "days"), (r"\bconsecutive ", ""), (r" et ", " and "),
    ):  # fmt: skip
        plain = re.sub(short, long, plain)
    try:
        return str(Period.parse(plain))
    except ValueError:
        return None
