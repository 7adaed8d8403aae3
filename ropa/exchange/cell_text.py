"""What people write into the cells of a record: lists, yes and no, and how long something is kept.

Nothing is guessed: what is not understood comes back as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from ropa.rules.period import Period

MOST_WORDS = 5
"""Words between two commas, where the commas part a list rather than a sentence."""

LONGEST_LIMIT = 400
"""Signs of a time limit that is looked at; more is a policy."""

_NOTHING = frozenset(
    [
        "-",
        "–",
        "—",
        ".",
        "/",
        "?",
        "n/a",
        "na",
        "n.a.",
        "n.a",
        "none",
        "nil",
        "nobody",
        "nothing",
        "non",
        "nein",
        "no",
        "not",
        "applicable",
        "tbc",
        "tbd",
        "tba",
        "unknown",
        "unsure",
        "sans",
        "objet",
        "so",
        "s.o.",
        "s/o",
        "néant",
        "neant",
        "aucun",
        "aucune",
        "keine",
        "entfällt",
    ]
) | {"not applicable", "not known", "to be confirmed", "to be completed", "sans objet", "not recorded", "not stated"}
NONE_NEEDED = "none needed: an adequacy decision covers it"
"""What a sheet says for the safeguards of a transfer that needs none and has none on record."""
_NONE = frozenset(
    ("none", "no", "nil", "nobody", "nothing", "non", "nein", "néant", "neant", "aucun", "aucune", "keine")
)
_OPEN = frozenset(("?", "tbc", "tbd", "tba", "unknown", "unsure", "not known", "to be confirmed", "to be completed"))
_BULLET = re.compile(r"^\s*[•·▪◦‣●○∙*–—-]\s+")
_NUMBERED = re.compile(r"^\s*\(?(?:[0-9]{1,2}|[a-z])[.)]\s+")
_BRACKETS = {")": "(", "]": "["}
_SEMICOLONS = re.compile(r"[;•|]")
_COMMAS = re.compile(r",(?![0-9]{3}\b)")
_LAST = re.compile(r"(?:and|or|et|und|&)\s+", re.IGNORECASE)
_NO_LIST = re.compile(
    r"(?:inc|ltd|llc|llp|plc|corp|co|sa|gmbh|limited|incorporated|including|such as|which|where|who|whose|that|if|but|"
    r"unless|except|so|because|as|when|while|e\.?g|i\.?e|with|for|to|then)\b|.*[.:!?](?:\s|$)",
    re.IGNORECASE,
)

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
_YES = re.compile(r"(?:yes|y|true|oui|ja|x|✓|✔|☑|vrai|wahr)(?![\w/])", re.IGNORECASE)
_NO = re.compile(r"(?:no|n|false|non|nein|✗|✘|☐|faux|falsch|not required)(?![\w/])", re.IGNORECASE)


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing to say: `N/A`, `–`, `none`, or that it is not recorded."""
    plain = " ".join(without_gaps(text).casefold().split())
    return plain.strip(" .") in _NOTHING or plain in _NOTHING or not plain


def is_none(text: str) -> bool:
    """Whether a cell answers that there is none: `None`, `No`, `néant`; not `N/A` or `TBC`, which answer nothing."""
    return " ".join(without_gaps(text).casefold().split()).strip(" .") in _NONE


def is_open(text: str) -> bool:
    """Whether a cell says that the answer is not known yet: `TBC`, `unknown`, `?`."""
    return " ".join(text.casefold().split()).strip(" .") in _OPEN


def without_gaps(text: str) -> str:
    """The text without the lines by which a record says what nobody recorded: `? not recorded: the period`."""
    return "\n".join(line for line in text.split("\n") if not line.startswith("? not recorded"))


def items(text: str) -> tuple[str, ...]:
    """The several values of one cell, each once: parted by line breaks, semicolons or bullets, by commas where safe.

    Commas part a list only where every piece is a few words and none is the rest of a sentence or of a name:
    `name, address, phone` are three, `Acme, Inc.` is one. Where lines begin with bullets, these alone part.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if any(_BULLET.match(line) for line in lines):
        found: list[str] = []
        for line in lines:
            if mark := _BULLET.match(line):
                found.append(line[mark.end() :].strip())
            elif found:
                found[-1] = f"{found[-1]} {line.strip()}"
            else:
                found.append(line.strip())
        return _each(found)
    if len(lines) > 1 and all(_NUMBERED.match(line) for line in lines):
        lines = [_NUMBERED.sub("", line, count=1) for line in lines]
    pieces = [piece for line in lines for piece in _parted(line, _SEMICOLONS)]
    if len(pieces) == 1:
        pieces = _by_commas(pieces[0])
    elif len(lines) > 1:
        pieces = [piece.strip().rstrip(",") for piece in pieces]
    return _each(pieces)


def joined(values: Sequence[str]) -> str:
    """A cell from which `items` gives back these values, each of one line, as people write it or in bullets."""
    for text in ("; ".join(values), "\n".join(values)):
        if items(text) == tuple(values) and (len(values) == 1 or "\n" in text or len(text) <= 60):
            return text
    return "\n".join(f"• {value}" for value in values)


def _each(pieces: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.strip() for piece in pieces if piece.strip()))


def _parted(text: str, signs: re.Pattern[str]) -> list[str]:
    """The pieces between signs that stand in no brackets; a bracket that is never closed holds nothing together."""
    waiting: list[tuple[str, int]] = []
    ends: dict[int, int] = {}
    for at, sign in enumerate(text):
        if sign in "([":
            waiting.append((sign, at))
        elif waiting and _BRACKETS.get(sign) == waiting[-1][0]:
            ends[waiting.pop()[1]] = at
    pieces: list[str] = []
    start = shut = 0
    opened = iter(sorted(ends))
    upcoming = next(opened, None)
    for found in signs.finditer(text):
        while upcoming is not None and upcoming < found.start():
            shut = max(shut, ends[upcoming])
            upcoming = next(opened, None)
        if found.start() >= shut:
            pieces.append(text[start : found.start()])
            start = found.end()
    return [*pieces, text[start:]]


def _by_commas(text: str) -> list[str]:
    pieces = [piece.strip() for piece in _parted(text, _COMMAS)]
    if len(pieces) < 2 or not all(pieces):
        return [text]
    pieces[-1] = _LAST.sub("", pieces[-1], count=1) if _LAST.match(pieces[-1]) else pieces[-1]
    plain = [piece.removesuffix(".") if piece.lower() == "etc." else piece for piece in pieces]
    if any(_NO_LIST.match(piece) or len(piece.split()) > MOST_WORDS for piece in plain):
        return [text]
    return pieces


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


def truth(text: str) -> tuple[bool | None, str]:
    """Yes or no, with what else the cell says; None where it says neither first."""
    plain = text.strip()
    for pattern, value in ((_YES, True), (_NO, False)):
        if found := pattern.match(plain):
            return value, plain[found.end() :].strip(" .,;:-–—")
    return None, plain
