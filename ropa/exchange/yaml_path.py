"""Where something stands in a document, and how a message says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

PathStep: TypeAlias = str | int

_SIMPLE_KEY = re.compile(r"[\w-]+")
_SHOWN = 60


def format_path(path: Sequence[PathStep]) -> str:
    """A path into a document as a person would write it: `activities.newsletter.engagements[0].party`.

    A key that has more than letters, digits, `_` and `-` in it stands in quotes: `parties["Acme Ltd"]`.
    """
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _SIMPLE_KEY.fullmatch(step) and len(step) <= _SHOWN:
            text += f".{step}" if text else step
        else:
            text += f"[{quote(step)}]"
    return text


def quote(text: str) -> str:
    """`text` in double quotes for a message: on one line, shortened, everything invisible as an escape code."""
    short = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    escaped = short.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else ascii(c)[1:-1] for c in escaped) + '"'
