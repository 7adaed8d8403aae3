"""Plain values as YAML that looks written by hand, and means the same to YAML 1.2 and YAML 1.1 tools."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from ropa.exchange.yaml_path import PathStep, format_path
from ropa.exchange.yaml_scan import MAX_NUMBER, Limits

_WIDTH = 100
_FLOW_ITEM = 32  # longest item of a list that is written on one line
_LONGEST_KEY = 900  # YAML wants longer keys (1,024) marked with "?"
_BIG_ENTRY = 3  # lines; where an entry of a section has more, blank lines part its entries
_DEPTH = Limits().depth

_WORDS_1_1 = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<"})
_LIKE_A_NUMBER = re.compile(r"[-+.]*[0-9][0-9a-fA-F_:.,+xo-]*|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_LIKE_A_TIME = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t])[ \t0-9].*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPECIAL_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`=<~")
_FLOW_SIGNS = re.compile(r"[,\[\]{}:?]")
_SINGLE_SPACE = re.compile(r"(?<=[^ ]) (?=[^ ])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BESIDES_PRINTABLE = frozenset("\u00a0\u200c\u200d")  # no-break space and the joiners are part of ordinary text
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_document(data: Mapping[str, object], header: str = "") -> str:
    """`data` as a YAML document that `read_document` reads back as the same values, keys in the order given.

    Values are mappings with text keys, sequences, strings, integers, finite floats, booleans, None, and dates,
    which read back as ISO strings. `header` becomes comment lines at the top. Raises TypeError for any other value
    and ValueError for what a document cannot hold (half of a surrogate pair, infinity, more than 50 levels).
    """
    lines = [f"# {_visible(line)}".rstrip() for line in header.splitlines()]
    if lines:
        lines.append("")
    lines += _mapping(data, (), _WIDTH) if data else ["{}"]
    return "\n".join(lines) + "\n"


def _mapping(data: Mapping[str, object], path: tuple[PathStep, ...], width: int) -> list[str]:
    entries: list[list[str]] = []
    for key, value in data.items():
        if not isinstance(key, str):
            raise TypeError(f"{format_path(path) or 'the document'}: the key {key!r} is not text")
        here = (*path, key)
        name = _one_line(key, here)
        marked = ["? " + name] if len(name) > _LONGEST_KEY else []
        lead = "" if marked else name
        block = _block(value, here, width)
        if block is None:
            first, *rest = _inline(value, here, width, len(lead) + 2)
            entries.append([*marked, f"{lead}: {first}", *_indent(rest)])
        else:
            entries.append([*marked, f"{lead}:", *_indent(block)])
    return _join(entries, path)


def _sequence(items: Sequence[object], path: tuple[PathStep, ...], width: int) -> list[str]:
    entries: list[list[str]] = []
    for index, value in enumerate(items):
        here = (*path, index)
        first, *rest = _block(value, here, width) or _inline(value, here, width, 2)
        entries.append([f"- {first}", *_indent(rest)])
    return _join(entries, path)


def _block(value: object, path: tuple[PathStep, ...], width: int) -> list[str] | None:
    """The lines of a list or mapping that is written below its key; None for what is written beside it."""
    if not isinstance(value, Mapping | Sequence) or isinstance(value, str | bytes):
        return None
    if len(path) >= _DEPTH:
        raise ValueError(f"{format_path(path[:3])}…: nested more than {_DEPTH} levels deep")
    room = width - 2
    if isinstance(value, Mapping):
        return _mapping(value, path, room) if value else None
    if not value or _flow(value, path, room - len(str(path[-1]))) is not None:
        return None
    return _sequence(value, path, room)


def _join(entries: list[list[str]], path: tuple[PathStep, ...]) -> list[str]:
    """The entries one below the other, parted by blank lines where that helps to find one's way."""
    if path:
        # One record's own fields stay together; a section of records is parted.
        big = sum(len(entry) > _BIG_ENTRY for entry in entries)
        apart = [len(path) == 1 and big * 2 >= len(entries)] * len(entries)
    else:
        apart = [len(entry) > 1 for entry in entries]
    lines: list[str] = []
    for index, entry in enumerate(entries):
        if index and (apart[index] or apart[index - 1]):
            lines.append("")
        lines += entry
    return lines


def _indent(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" if line else "" for line in lines]


def _flow(items: Sequence[object], path: tuple[PathStep, ...], room: int) -> str | None:
    """`[name, email]`, where every item is short and all of them fit; else None."""
    texts: list[str] = []
    for index, item in enumerate(items):
        if isinstance(item, Mapping) or (isinstance(item, Sequence) and not isinstance(item, str)):
            return None
        text = _one_line(item, (*path, index), flow=True) if isinstance(item, str) else _plain(item, path)
        texts.append(text)
        if len(text) > _FLOW_ITEM:
            return None
    line = f"[{', '.join(texts)}]"
    return line if len(line) + 2 <= room else None


def _inline(value: object, path: tuple[PathStep, ...], width: int, used: int) -> list[str]:
    """What stands behind a key or hyphen, and the lines below it, not yet indented; `used` columns are taken."""
    if isinstance(value, Mapping):
        return ["{}"]
    if isinstance(value, str):
        return _text(value, path, width, used)
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_flow(value, path, sys.maxsize) or "[]"]
    return [_plain(value, path)]


def _plain(value: object, path: tuple[PathStep, ...]) -> str:
    """Everything that is not text, a list or a mapping."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, int | float):
        too_long = isinstance(value, int) and abs(value) >= 10 ** (MAX_NUMBER - 1)
        if too_long or not math.isfinite(value):
            raise ValueError(f"{format_path(path)}: not a number that a document can hold")
        text = repr(value)
        # YAML 1.1 tools take 1e+16 for text, and 1.0e+16 for the number.
        return text.replace("e", ".0e") if "e" in text and "." not in text else text
    raise TypeError(f"{format_path(path)}: a {type(value).__name__} cannot be written")


def _text(text: str, path: tuple[PathStep, ...], width: int, used: int) -> list[str]:
    line = _one_line(text, path)
    if len(line) + used <= width and "\n" not in text:
        return [line]
    paragraphs = text.removesuffix("\n").split("\n")
    # A block holds its text as it is, without escapes: not for what is invisible or would be lost at its ends.
    lost = text[:1] in ("", " ", "\n") or not paragraphs[-1]
    if lost or any(paragraph.endswith(" ") or not _is_visible(paragraph) for paragraph in paragraphs):
        return [line]
    chomp = "" if text.endswith("\n") else "-"
    if all(len(paragraph) + 2 <= width for paragraph in paragraphs) and len(paragraphs) > 1:
        return [f"|{chomp}", *paragraphs]
    if any(paragraph.startswith(" ") for paragraph in paragraphs):
        return [f"|{chomp}", *paragraphs]
    folded: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        folded += [""] if index and paragraph else []
        folded += _wrap(paragraph, width - 2)
    if len(folded) == 1:
        return [line]
    return [f">{chomp}", *folded]


def _wrap(paragraph: str, width: int) -> list[str]:
    """`paragraph` in lines of at most `width` columns where it has single spaces to break it at."""
    first, *rest = _SINGLE_SPACE.split(paragraph)
    lines = [first]
    for word in rest:
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _one_line(text: str, path: tuple[PathStep, ...], *, flow: bool = False) -> str:
    if _is_plain(text, flow=flow):
        return text
    if _is_visible(text):
        if ('"' in text or "\\" in text) and "'" not in text:
            return f"'{text}'"
    elif _SURROGATE.search(text):
        raise ValueError(f"{format_path(path)}: half of a surrogate pair, which no file can hold")
    return '"' + "".join(_ESCAPES.get(c) or _visible(c) for c in text) + '"'


@lru_cache(maxsize=4096)
def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether `text` without quotes reads back as this very text, in YAML 1.2 and in 1.1 (dates excepted)."""
    if not text or text != text.strip() or text[0] in _SPECIAL_FIRST or text.startswith("..."):
        return False
    if ": " in text or " #" in text or text.endswith(":") or (flow and _FLOW_SIGNS.search(text)):
        return False
    if text.lower() in _WORDS_1_1 or not _is_visible(text):
        return False
    return bool(_DATE.fullmatch(text)) or not (_LIKE_A_NUMBER.fullmatch(text) or _LIKE_A_TIME.fullmatch(text))


def _is_visible(text: str) -> bool:
    return text.isprintable() or all(c.isprintable() or c in _BESIDES_PRINTABLE for c in text)


def _visible(text: str) -> str:
    """`text` with everything that cannot be seen written as an escape code of double-quoted YAML."""
    return "".join(c if _is_visible(c) else _escape(ord(c)) for c in text)


def _escape(code: int) -> str:
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
