"""Making the markup of other people safe for Python's HTML parser, without moving a line."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LONG_TAG = re.compile(r"<[A-Za-z/!?][^<>]{2000,}>?")
"""A tag as long as this holds a picture or the like."""
_OPEN_MARK = re.compile(r"<(?=[!?/]?[^<>]{0,2000}(?:<|\Z))")


def tamed(markup: str) -> str:
    """The markup without comments, without tags of absurd length, and with signs that open no tag as text.

    The parser looks for the end of each mark anew: a page of nothing but beginnings would keep it for hours. Lines
    keep their numbers.
    """
    for pattern in (_COMMENT, _LONG_TAG):
        markup = pattern.sub(lambda found: "\n" * found[0].count("\n"), markup)
    return _OPEN_MARK.sub("&lt;", markup)
