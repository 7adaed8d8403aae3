"""What people write into the cells of a record: lists, yes and no, nothing at all.

Nothing is guessed: what is not understood comes back as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MOST_WORDS = 5
"""Words between two commas, where the commas part a list rather than a sentence."""

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


def truth(text: str) -> tuple[bool | None, str]:
    """Yes or no, with what else the cell says; None where it says neither first."""
    plain = text.strip()
    for pattern, value in ((_YES, True), (_NO, False)):
        if found := pattern.match(plain):
            return value, plain[found.end() :].strip(" .,;:-–—")
    return None, plain
