"""The words that every front end uses for dates, counts and verdicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ropa.rules.verdict import Status

NOT_RECORDED = "not recorded"

MARKS: dict[str, str] = {
    "✖": "wrong",
    "!": "doubtful",
    "?": "not recorded",
    "✓": "done",
}
"""The signs that stand beside words, and what each means; no sign and no colour stands alone."""

CHANGE_KINDS: dict[str, str] = {
    "add": "a subprocessor joins",
    "replace": "one subprocessor replaces another",
    "remove": "a subprocessor leaves",
    "new-location": "a subprocessor works in another place",
    "new-activity": "a subprocessor does further work",
    "new-data": "a subprocessor gets further data",
    "new-legal-entity": "another legal entity takes over",
    "rename": "a subprocessor gets another name",
    "emergency": "an emergency replacement",
}
"""What each kind of change is, in plain words."""

_VERDICTS: dict[Status, tuple[str, str]] = {
    "not-restricted": ("✓", "not a restricted transfer"),
    "adequate": ("✓", "adequate"),
    "safeguarded": ("✓", "safeguard on record"),
    "derogation": ("✓", "derogation on record"),
    "incomplete": ("!", "incomplete"),
    "unknown": ("?", "cannot be told"),
    "unsafeguarded": ("✖", "no valid safeguard"),
}


def verdict_mark(status: Status) -> str:
    """The sign of a verdict's status."""
    return _VERDICTS[status][0]


def verdict_words(status: Status) -> str:
    """What a verdict's status says, in plain words."""
    return _VERDICTS[status][1]


def long_day(day: dt.date) -> str:
    """A date for people: 21 November 2026."""
    return f"{day.day} {day:%B %Y}"


def short_day(day: dt.date) -> str:
    """A date for people where room is short: 21 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 party`, `3 parties`: the number with the right form of the word."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def away(days: int) -> str:
    """How far off a date is: `in 4 d`, `today`, `9 d late`."""
    if days == 0:
        return "today"
    return f"in {days} d" if days > 0 else f"{-days} d late"


def listed(words: Sequence[str]) -> str:
    """`a, b and c`; empty for none."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


CLOCK_WORDS: dict[str, str] = {
    "sent": "from sending",
    "received": "from receipt",
    "page-updated": "from the update of the page",
}
"""From what a contract counts, for each start of a clock."""

COUNTING_WORDS: dict[str, str] = {
    "clear-days": "clear: neither the day of the notice nor that of the change counts",
    "ordinary-days": "no clear days: the change may come on the day the notice ends",
}
"""How a contract counts the days of its notice."""


def short_fingerprint(fingerprint: str) -> str:
    """As much of a fingerprint as tells two files apart on a page: `SHA-256 1a2b3c4d5e6f…`."""
    return f"SHA-256 {fingerprint[:12]}…"
