"""The one way by which text of a register reaches the screen.

Names come from other companies' documents. They are never markup, never move the cursor, and never turn the
reading direction around: what would is replaced by a sign that can be seen. Every widget takes its text from here.
"""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len, set_cell_size
from rich.highlighter import Highlighter
from rich.text import Text
from textual.content import Content

_INSTEAD = "\N{REPLACEMENT CHARACTER}"
# Controls, formatting signs (bidi overrides, zero-width signs), lone surrogates, private use, unassigned.
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BREAKS = frozenset("\t\n\r\u2028\u2029")


def clean(value: object) -> str:
    """`value` as one line of text that only draws signs: breaks become spaces, harmful signs become visible."""
    text = str(value)
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_sign, text))


def plain(value: object) -> Content:
    """`value` as content for a widget; whatever it holds, it is no markup."""
    return Content(clean(value))


def fitted(value: object, width: int) -> str:
    """`value` in exactly `width` cells: cut with `…`, or filled with spaces."""
    text = clean(value)
    if width <= 0:
        return ""
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    return set_cell_size(text, width)


def wrapped(value: object, width: int) -> list[str]:
    """`value` in lines of at most `width` cells, broken between words where that is possible."""
    text = clean(value)
    if cell_len(text) <= width:
        return [text]
    return [line.plain.rstrip() for line in Content(text).wrap(max(width, 1))]


def width_of(value: object) -> int:
    """How many cells `value` takes."""
    return cell_len(clean(value))


class Visible(Highlighter):
    """For inputs: what was typed or recorded stays as it is, and is drawn with its harmful signs made visible."""

    def highlight(self, text: Text) -> None:
        """Put a visible sign in the place of each harmful one."""
        text.plain = clean(text.plain)


def _sign(sign: str) -> str:
    if sign in _BREAKS:
        return " "
    return _INSTEAD if unicodedata.category(sign) in _HARMFUL else sign
