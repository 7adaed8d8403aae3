"""The text of a published privacy policy, whatever file it comes in, with the place of every word in it.

Plain text, Markdown, HTML and PDF all become one running text whose offsets lead back to the line (of a PDF: the page)
and to the heading above it. Nothing of the wording is changed but signs that nobody sees.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ropa.exchange.vendor_table import decoded
from ropa.records.errors import InputError, Problem

LONGEST = 400_000
"""Signs of text in it; the longest policies that are published have half of it."""
AROUND = 70
"""Signs quoted on each side of a word."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"\s+")
_ITEM = re.compile(r"\s*(?:[•◦‣▪●○·*–—-]|\(?(?:[0-9]{1,3}|[a-z]|[ivx]{1,5})[.)])\s+")
_NUMBERED = re.compile(r"\s*(?:[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}\.?|[A-Z]\.)[\s\u00a0]+(?=\S)")
_HEADING_LENGTH = 90
_HEADING_WORDS = 14
_LINE = 45
"""Signs that the lines of a wrapped paragraph have at least, its last apart."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: `line` counts from 1 and is 0 in a PDF, which has a `page` instead. `section` is the
    heading above it, empty where there is none; `quote` are the words around it, on one line."""

    line: int
    page: int
    section: str
    quote: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one block of a page, as a reader of a format hands it over."""

    text: str
    line: int
    page: int = 0
    heading: bool = False
    ends_block: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """Words of the running text that lead to an address."""

    start: int
    end: int
    target: str


@dataclass(frozen=True)
class PolicyText:
    """The running text of a policy. Two line breaks part its blocks; one is a line break inside a block.

    `name` is what messages call the file.
    """

    name: str
    text: str
    links: tuple[Link, ...] = ()
    _starts: tuple[int, ...] = field(default=(), repr=False)
    _lines: tuple[Line, ...] = field(default=(), repr=False)
    _headings: tuple[tuple[int, str], ...] = field(default=(), repr=False)

    def place(self, start: int, end: int) -> Place:
        """The place of the words from `start` to `end`."""
        line = self._lines[bisect_right(self._starts, start) - 1]
        before = bisect_right(self._headings, start, key=lambda each: each[0]) - 1
        section = self._headings[before][1] if before >= 0 else ""
        return Place(line.line, line.page, section, self._quote(start, end))

    def section(self, start: int) -> str:
        """The heading above an offset; empty where there is none."""
        return self.place(start, start).section

    def is_heading(self, start: int) -> bool:
        """Whether the offset stands in a heading."""
        return self._lines[bisect_right(self._starts, start) - 1].heading

    def _quote(self, start: int, end: int) -> str:
        """The words around, cut between words."""
        first, last = max(0, start - AROUND), min(len(self.text), end + AROUND)
        # Not past the block: what stands there is about something else.
        first = max(first, self.text.rfind("\n\n", first, start) + 2 if "\n\n" in self.text[first:start] else first)
        gap = self.text.find("\n\n", end, last)
        last = gap if gap >= 0 else last
        head = self.text[first:start]
        if first and not self.text[first - 1].isspace() and (cut := re.search(r"\s", head)):
            head = head[cut.end() :]
        tail = self.text[end:last]
        if last < len(self.text) and not self.text[last].isspace() and (cut := re.search(r"\s\S*$", tail)):
            tail = tail[: cut.start()]
        words = _SPACES.sub(" ", head + self.text[start:end] + tail).strip()
        more = self.text[last : last + 1] not in ("", "\n") or len(tail) < last - end
        return f"{'…' if len(head) < start - first or _inside(self.text, first) else ''}{words}{'…' if more else ''}"


def _inside(text: str, offset: int) -> bool:
    return offset > 0 and text[offset - 1] != "\n"


def text_of(content: bytes, name: str) -> str:
    """The text of a file with plain line breaks. Raises InputError where it is no text."""
    try:
        text = decoded(content, name)
    except InputError as error:
        raise InputError([Problem("it is not a text file", name)]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def assembled(name: str, lines: Iterable[Line], links: Iterable[tuple[int, int, int, str]] = ()) -> PolicyText:
    """The running text of lines. `links` are (number of the line, start and end in it, address).

    Raises InputError where there is no text, or too much of it.
    """
    kept: list[Line] = []
    starts: list[int] = []
    pieces: list[str] = []
    headings: list[tuple[int, str]] = []
    length = 0
    found = sorted(links)
    for line in lines:
        kept.append(line)
        starts.append(length)
        if line.heading and (words := section_name(line.text)):
            headings.append((length, words))
        pieces.append(line.text + ("\n\n" if line.ends_block else "\n"))
        length += len(pieces[-1])
        if length > LONGEST:
            words = f"it has more than {LONGEST:,} signs of text; this is not a privacy policy"
            raise InputError([Problem(words, name)])
    text = "".join(pieces)
    if not text.strip():
        raise InputError([Problem("there is no text in it", name)])
    spans = tuple(Link(starts[number] + start, starts[number] + end, target) for number, start, end, target in found)
    return PolicyText(name, text, spans, tuple(starts), tuple(kept), tuple(headings))


def seen(text: str) -> str:
    """The text without what nobody sees: soft hyphens, marks of direction, control signs. Its length may differ."""
    return _UNSEEN.sub("", text)


def section_name(text: str) -> str:
    """A heading on one line, without its number."""
    return _SPACES.sub(" ", _NUMBERED.sub("", seen(text), count=1)).strip(" .:#")


def marked(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines of a text without markup, those that look like headings marked as such."""
    every = [Line(seen(each.text), each.line, each.page, ends_block=each.ends_block) for each in lines]
    last: Line | None = None
    for index, line in enumerate(every):
        following = every[index + 1].text if index + 1 < len(every) else ""
        heading = _is_heading(line.text, last, following)
        if last is not None:
            yield replace(last, ends_block=last.ends_block or heading)
        last = replace(line, heading=heading, ends_block=line.ends_block or heading)
    if last is not None:
        yield last


def _is_heading(text: str, before: Line | None, after: str) -> bool:
    """A short line of its own that ends no sentence and is no item of a list."""
    words = text.strip()
    if not words or len(words) > _HEADING_LENGTH or len(words.split()) > _HEADING_WORDS or words[-1] in ",;:-–":
        return False
    following = after.strip()
    if following and (following[0].islower() or (len(words) > _LINE and len(following) < 2 * _LINE)):
        return False  # the first line of a paragraph that goes on
    numbered = _NUMBERED.match(text)
    if numbered:
        beside = (before.text if before is not None else "", after)
        in_list = any(_NUMBERED.match(each) for each in beside)
        return not in_list and text[numbered.end()].isupper() and words[-1] not in "!"
    if _ITEM.match(text) or not (words[0].isupper() or words[0].isdigit()):
        return False
    if words[-1] == "." and not words.endswith(("Policy.", "Notice.", "Statement.", "POLICY.", "NOTICE.")):
        return False
    alone = before is None or not before.text.strip() or before.heading or before.text.rstrip()[-1] in '.!?:)”"'
    return alone and any(sign.isalpha() for sign in words)
