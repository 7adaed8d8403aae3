"""The running text of a Markdown page: without its markup, with its links and headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ropa.exchange.policy_html import html_text
from ropa.exchange.policy_text import LONGEST, Line, PolicyText, assembled, seen
from ropa.records.errors import InputError, Problem

if TYPE_CHECKING:
    from markdown_it.token import Token


def markdown_policy(text: str, name: str) -> PolicyText:
    """The text of a Markdown page. Raises InputError where there is none, or too much."""
    from markdown_it import MarkdownIt

    if len(text) > LONGEST:  # before it is parsed, which takes long where the marks are hostile
        raise InputError([Problem(f"it has more than {LONGEST:,} signs; this is not a privacy policy", name)])
    page = _Page()
    heading, line = False, 1
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.map:
            line = token.map[0] + 1
        if token.type == "heading_open":
            heading = True
        elif token.type == "inline":
            page.block(token, line, heading)
            heading = False
        elif token.type in ("code_block", "fence"):
            for offset, words in enumerate(token.content.splitlines()):
                page.add(words, line + offset + (token.type == "fence"))
        elif token.type == "html_block":
            for offset, words in html_text(token.content):
                page.add(words, line + offset - 1)
    return assembled(name, page.lines, page.links)


class _Page:
    """Lines and links as they come."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.links: list[tuple[int, int, int, str]] = []
        self._text = ""
        self._open: list[tuple[int, str]] = []

    def add(self, text: str, line: int, *, heading: bool = False, ends_block: bool = True) -> None:
        """One line."""
        self.lines.append(Line(seen(text), line, heading=heading, ends_block=ends_block))

    def block(self, token: Token, line: int, heading: bool) -> None:
        """The words of a paragraph, a heading or a cell, a line for each of its lines."""
        self._text = ""
        self._open = []
        for each in token.children or ():
            if each.type in ("softbreak", "hardbreak"):
                self._cut()
                self.add(self._text, line, heading=heading, ends_block=False)
                self._text, line = "", line + 1
                self._open = [(0, target) for _, target in self._open]
            elif each.type == "link_open":
                self._open.append((len(self._text), str(each.attrGet("href") or "")))
            elif each.type == "link_close":
                self._cut()
                self._open = self._open[:-1]
            elif each.type in ("text", "code_inline", "image"):
                self._text += seen(each.content)
        self._cut()
        self.add(self._text, line, heading=heading)

    def _cut(self) -> None:
        """Keep what is linked so far on the present line."""
        for start, target in self._open:
            if start < len(self._text):
                self.links.append((len(self.lines), start, len(self._text), target))
