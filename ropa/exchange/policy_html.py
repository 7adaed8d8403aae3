"""The running text of an HTML page: what a reader sees of it, with its links, headings and lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from ropa.exchange.html_marks import tamed
from ropa.exchange.policy_text import Line, PolicyText, assembled, seen, text_of

_UNREAD = frozenset(("script", "style", "template", "svg", "select", "datalist", "head", "iframe", "object"))
"""Elements whose content is no text of the page; a list of countries to choose from names no country."""
_INLINE_TAGS = """
a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub
sup time tt u var wbr
"""
_INLINE = frozenset(_INLINE_TAGS.split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


def html_policy(content: bytes, name: str) -> PolicyText:
    """The text of a page from its bytes. Raises InputError where it is no text, or has none."""
    page = _read(_decoded(content, name))
    return assembled(name, page.lines, page.links)


def html_text(markup: str) -> Iterator[tuple[int, str]]:
    """The lines of text in a piece of markup, each with its number."""
    return ((line.line, line.text) for line in _read(markup).lines if line.text.strip())


def _decoded(content: bytes, name: str) -> str:
    """The text by its mark or as UTF-8, else as the page says, else as any other text file."""
    declared = _CHARSET.search(content[:4000])
    if declared and not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        for encoding in ("utf-8", declared[1].decode("ascii")):
            try:
                return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
            except (UnicodeError, LookupError):
                continue
    return text_of(content, name)


def _read(markup: str) -> _Page:
    page = _Page()
    page.feed(tamed(markup))
    page.close()
    page.end_block()
    return page


class _Page(HTMLParser):
    """Blocks as lines: an element that is not inline begins a new one, and so does a line of the file."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.links: list[tuple[int, int, int, str]] = []
        self._unread: list[str] = []
        self._text = ""
        self._line = 1
        self._heading = False
        self._link: tuple[int, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a link or a heading."""
        if tag in _UNREAD:
            self._unread.append(tag)
        if self._unread:
            if tag == "body":
                self._unread.clear()  # a head that was never closed
            return
        if tag == "img":
            self._words(f" {dict(attrs).get('alt') or ''} ")
        elif tag not in _INLINE:
            self.end_block()
            self._heading = tag in _HEADINGS
        elif tag == "a":
            self._end_link()
            self._link = (len(self._text), dict(attrs).get("href") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content, as XHTML writes it."""
        if tag not in _UNREAD:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """End what it ends; one that nothing began ends nothing."""
        if self._unread:
            if tag in self._unread:
                del self._unread[self._unread.index(tag) :]
            return
        if tag == "a":
            self._end_link()
        elif tag not in _INLINE:
            self.end_block()

    def handle_data(self, data: str) -> None:
        """Words, with a line for each line of the file."""
        if self._unread:
            return
        first, *rest = data.split("\n")
        self._words(first)
        for offset, words in enumerate(rest, 1):
            if self._text.strip():
                self._keep(ends_block=False)
            self._line = self.getpos()[0] + offset
            self._words(words)

    def end_block(self) -> None:
        """Keep what was read as the end of a block."""
        self._keep(ends_block=True)
        self._heading = False

    def _words(self, words: str) -> None:
        if not self._text:
            self._line = max(self._line, self.getpos()[0])
        self._text += seen(words)

    def _keep(self, *, ends_block: bool) -> None:
        link = self._link
        self._end_link()
        if self._text.strip() or (ends_block and self.lines and not self.lines[-1].ends_block):
            self.lines.append(Line(self._text, self._line, heading=self._heading, ends_block=ends_block))
        self._text = ""
        if link is not None and not ends_block:
            self._link = (0, link[1])

    def _end_link(self) -> None:
        if self._link is not None and self._link[0] < len(self._text):
            self.links.append((len(self.lines), self._link[0], len(self._text), self._link[1]))
        self._link = None
