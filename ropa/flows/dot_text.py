"""The one place where text becomes DOT: nothing that a user wrote reaches Graphviz but through here.

Two forms come out: a quoted string (`quoted`) and an HTML-like label (`label`). In both, every sign that means
something to DOT, to the label's markup or to SVG is written as a numeric entity.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

# Versions of Graphviz read `\N`, `\G` and the like in labels and tooltips a differing number of times, and drop a
# backslash before any other sign: no way of doubling it is right everywhere. This sign looks the same.
_BACKSLASH = "\u29f5"
_JOINERS = "\u200c\u200d"
_SPECIAL = frozenset("&<>\"'")
_UNKNOWN = "\ufffd"
_CUT = " …"
_LONGEST = 12_000
"""Bytes of a quoted string. Graphviz refuses a file with one of 16,384 or more."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a label: text of any content, and how it is set. `size` is in points; 0 is the node's own."""

    text: str
    bold: bool = False
    size: int = 0
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Markup:
    """An HTML-like label that is finished; made by `label` and `table` alone."""

    text: str


def clean(text: str) -> str:
    """The text on one line, with nothing invisible in it.

    Marks that change the direction of writing and other unseen signs go; control characters become U+FFFD, and so
    does a text of which nothing would be left.
    """
    visible = (char for char in text if unicodedata.category(char) != "Cf" or char in _JOINERS)
    line = " ".join("".join(visible).split())
    shown = (char if char.isprintable() or char in _JOINERS else _UNKNOWN for char in line)
    return "".join(shown).replace("\\", _BACKSLASH) or (_UNKNOWN if text else "")


def entities(text: str) -> str:
    """`clean(text)` with every special sign as a numeric entity: safe in quotes and in an HTML-like label."""
    return "".join(f"&#{ord(char)};" if char in _SPECIAL else char for char in clean(text))


def quoted(text: str) -> str:
    """A quoted DOT string; line breaks are kept, as tooltips have them, and what is too long is cut."""
    pieces: list[str] = []
    room = _LONGEST
    for char in "\n".join(map(clean, text.split("\n"))):
        piece = f"&#{ord(char)};" if char in _SPECIAL or char == "\n" else char
        room -= len(piece.encode())
        if room < 0:
            return '"' + "".join(pieces) + _CUT + '"'
        pieces.append(piece)
    return '"' + "".join(pieces) + '"'


def wrapped(text: str, width: int, most: int) -> list[str]:
    """The text in lines of at most `width` signs and at most `most` lines; what is cut off shows as an ellipsis."""
    return _wrap(clean(text), width, most)


def listed(words: Sequence[str], width: int, most: int) -> list[str]:
    """`a, b + 3 more` in at most `most` lines: as many words as there is room for, and always how many more."""
    names = [clean(word) for word in words]
    if not names:
        return []
    # Each word but the last takes a comma: more of them than there are signs never fit.
    for shown in range(min(len(names), width * most + 1), 0, -1):
        lines = _wrap(", ".join(names[:shown]) + _more(len(names) - shown), width, most)
        if not lines or not lines[-1].endswith(_CUT):
            return lines
    first = textwrap.wrap(names[0], width)[0]
    return _wrap(f"{first} …{_more(len(names) - 1)}", width, most + 1)


def _more(rest: int) -> str:
    return f" +\u00a0{rest}\u00a0more" if rest else ""


def _wrap(text: str, width: int, most: int) -> list[str]:
    return textwrap.wrap(text, width, max_lines=most, placeholder=_CUT)


def markup(lines: Iterable[Line], align: Literal["left", "center"] = "center") -> str:
    """Lines as the inside of an HTML-like label."""
    end = '<br align="left"/>' if align == "left" else "<br/>"
    parts = [_line(line) for line in lines if clean(line.text)]
    return end.join(parts) + (end if align == "left" and parts else "")


def label(lines: Iterable[Line], align: Literal["left", "center"] = "center") -> Markup:
    """Lines as an HTML-like label of their own; empty lines are left out."""
    return Markup(markup(lines, align))


def table(rows: Sequence[Sequence[str]], outer: Mapping[str, str], cell: Mapping[str, str]) -> Markup:
    """Cells made by `markup` as a table; `outer` and `cell` are the attributes of the table and of each cell."""
    inside = "".join(
        "<tr>" + "".join(f"<td{_html_attributes(cell)}>{each or ' '}</td>" for each in row) + "</tr>" for row in rows
    )
    return Markup(f"<table{_html_attributes(outer)}>{inside}</table>")


def attributes(values: Mapping[str, str | Markup]) -> str:
    """DOT attributes in brackets, each value quoted or a finished label; empty ones are left out."""
    pairs = (f"{name}={_value(value)}" for name, value in values.items() if value not in ("", Markup("")))
    return "[" + ", ".join(pairs) + "]"


def _value(value: str | Markup) -> str:
    return f"<{value.text}>" if isinstance(value, Markup) else quoted(value)


def _line(line: Line) -> str:
    text = entities(line.text)
    if line.bold:
        text = f"<b>{text}</b>"
    font = {"point-size": str(line.size) if line.size else "", "color": line.colour}
    return f"<font{_html_attributes(font)}>{text}</font>" if line.size or line.colour else text


def _html_attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{entities(value)}"' for name, value in values.items() if value)
