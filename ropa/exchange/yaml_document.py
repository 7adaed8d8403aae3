"""A YAML file as plain values, each with the line it was written on: strict, safe, and with errors for people.

What is read is YAML without its surprises: one document, no anchors, references, tags or merge keys, no key
twice, keys that are text. Plain scalars follow YAML 1.2 (`NO` is Norway, `12:30:00` and `2020-07-16` are text);
see `yaml_scan.resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ropa.exchange.yaml_path import PathStep, format_path
from ropa.exchange.yaml_scan import Limits, Marks, Value, scan
from ropa.exchange.yaml_words import LINE_END
from ropa.exchange.yaml_write import write_document
from ropa.records.errors import InputError, Problem

__all__ = ["DEFAULT_LIMITS", "Document", "Limits", "Value", "format_path", "read_document", "write_document"]

DEFAULT_LIMITS = Limits()

# Everything but YAML's printable characters; with them U+0085, U+2028 and U+2029, which end a line (and a
# comment) for some YAML tools and not for others; U+FEFF inside the text.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_INVISIBLE = {
    0x85: "next line",
    0x2028: "line separator",
    0x2029: "paragraph separator",
    0xFEFF: "byte order mark",
}


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: `root` is its value, `name` what messages call it.

    A path is a sequence of keys and list positions (from 0), as in `("activities", "newsletter", "vendors", 0)`.
    """

    name: str
    root: Value
    marks: Marks

    def line(self, path: Sequence[PathStep]) -> int:
        """The line (from 1) where the value at `path` begins; for a block below a key, the line of that key.

        Where nothing stands at `path`, as when a field is missing, the line of the list or mapping around it.
        """
        marks, step = self._find(path)
        if step is None:
            return marks.line
        part = marks.parts[step]
        return part.line if isinstance(part, Marks) else part

    def key_line(self, path: Sequence[PathStep]) -> int:
        """The line of the key that ends `path`; of the item, where it ends in a list; else as `line`."""
        marks, step = self._find(path)
        if step is not None and step in marks.keys:
            return marks.keys[step]
        return self.line(path)

    def written(self, path: Sequence[PathStep]) -> str | None:
        """How a value that was read as a number, a truth value or nothing was typed (`1.10`); None for others."""
        marks, step = self._find(path)
        return None if step is None or step != path[-1] else marks.written.get(step)

    def problem(self, path: Sequence[PathStep], message: str) -> Problem:
        """A problem with the value at `path`, with file, line and field filled in."""
        return Problem(message, self.name, self.line(path), format_path(path))

    def _find(self, path: Sequence[PathStep]) -> tuple[Marks, PathStep | None]:
        """The innermost marks on the way to `path` and the step in them that ends it, None if they are its end."""
        marks = self.marks
        for position, step in enumerate(path):
            part = marks.parts.get(step)
            if part is None:
                return marks, None
            if position == len(path) - 1 or not isinstance(part, Marks):
                return marks, step
            marks = part
        return marks, None


def read_document(text: str | bytes, name: str, *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read one YAML document; `name` is what errors call it. An empty file has the root None.

    Bytes are UTF-8, with or without a byte order mark. Raises InputError, with every problem that could be
    found, for text that is not valid, not in the subset described above, or beyond `limits`.
    """
    size = len(text.encode("utf-8", "surrogatepass")) if isinstance(text, str) else len(text)
    if size > limits.size:
        raise InputError([Problem(f"larger than {limits.size:,} bytes", name)])
    if isinstance(text, bytes):
        text = _decode(text, name)
    text = text.removeprefix("\ufeff")
    found = _FORBIDDEN.search(text)
    if found:
        raise InputError([Problem(_describe(found[0]), name, _line_at(text, found.start()))])
    root, marks = scan(text, name, limits)
    return Document(name, root, marks)


def _decode(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError([Problem("saved as UTF-16; save it as UTF-8", name)])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_at(data[: error.start].decode("utf-8"), error.start)
        message = f"not valid UTF-8 (byte 0x{data[error.start]:02x}); save the file as UTF-8"
        raise InputError([Problem(message, name, line)]) from error


def _line_at(text: str, offset: int) -> int:
    return len(LINE_END.findall(text[:offset])) + 1


def _describe(character: str) -> str:
    code = ord(character)
    label = f"U+{code:04X}" + (f", {_INVISIBLE[code]}" if code in _INVISIBLE else "")
    return f"an invisible character ({label}) that cannot stand in a register file; delete it"
