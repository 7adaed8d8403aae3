"""The tables of an HTML page, and its lists under headings, as rows of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ropa.exchange.html_marks import tamed
from ropa.exchange.markdown_table import LIST_HEADINGS
from ropa.exchange.vendor_table import Cell, Row, Table

WIDEST_SPAN = 50
TALLEST_SPAN = 500
_UNSEEN = frozenset(
    ("script", "style", "template", "svg", "select", "datalist", "head", "iframe", "object", "noscript")
)
_BREAKS = frozenset(("br", "p", "div", "li", "ul", "ol", "dt", "dd", "tr"))
_APART = re.compile(r"\s+[-–—]\s+|\s*:\s+|\s+[-–—]$")


def read_html(text: str) -> tuple[list[Table], list[Table]]:
    """The tables of a page, and its outermost lists as tables of a name and what follows it, each with its section.

    A cell that spans rows or columns counts in each of them. Scripts, styles and what is never shown are not read.
    """
    page = _Page()
    page.feed(tamed(text))
    page.close()
    page.finish()
    return page.tables, page.lists


@dataclass
class _Open:
    """A table or list while it is read; `spans` are the cells that go on in later rows, by column."""

    sort: str
    line: int
    section: str
    rows: list[Row] = field(default_factory=list)
    cells: dict[int, Cell] = field(default_factory=dict)
    spans: dict[int, tuple[Cell, int]] = field(default_factory=dict)
    row_line: int = 0
    size: tuple[int, int] = (1, 1)
    texts: list[str] | None = None
    link: str = ""
    own: int = 0


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self.lists: list[Table] = []
        self._section = ""
        self._heading: list[str] | None = None
        self._unseen: list[str] = []
        self._open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a list, a row, a cell, a heading or a link."""
        if tag in _UNSEEN:
            self._unseen.append(tag)
        if self._unseen:
            if tag == "body":
                self._unseen.clear()
            return
        given = dict(attrs)
        here = self._open[-1] if self._open else None
        if tag in ("table", "ul", "ol"):
            if here is not None and here.texts is not None:
                here.texts.append("\n")
            if tag == "table" or not self._open:
                self._open.append(_Open("table" if tag == "table" else "list", self.getpos()[0], self._section))
            elif here is not None and here.sort == "list":
                here.size = (here.size[0] + 1, 1)  # a list inside an item belongs to it
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6") and here is None:
            self._heading = []
        elif here is not None and here.sort == "table":
            self._in_table(here, tag, given)
        elif here is not None and tag == "li" and here.size[0] == 1:
            self._end_item(here)
            here.texts, here.link, here.row_line = [], "", self.getpos()[0]
        elif here is not None and here.texts is not None and tag in _BREAKS:
            here.texts.append("\n")
        if tag == "a" and self._open and self._open[-1].texts is not None and not self._open[-1].link:
            self._open[-1].link = given.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        """End what it ends; one that nothing began ends nothing."""
        if self._unseen:
            if tag in self._unseen:
                del self._unseen[self._unseen.index(tag) :]
            return
        here = self._open[-1] if self._open else None
        if self._heading is not None and re.fullmatch(r"h[1-6]", tag):
            self._section, self._heading = " ".join("".join(self._heading).split()), None
        elif here is None:
            return
        elif tag == "table" and here.sort == "table":
            self._end_row(here)
            self._close(self._open.pop())
        elif tag in ("ul", "ol") and here.sort == "list":
            if here.size[0] > 1:
                here.size = (here.size[0] - 1, 1)
            else:
                self._end_item(here)
                self._close(self._open.pop())
        elif here.sort == "table" and tag in ("td", "th"):
            self._end_cell(here)
        elif here.sort == "table" and tag == "tr":
            self._end_row(here)

    def handle_data(self, data: str) -> None:
        """Words of a heading or a cell; the line ends of the file are spaces."""
        if self._unseen:
            return
        words = re.sub(r"\s+", " ", data)
        if self._heading is not None:
            self._heading.append(words)
        elif self._open and self._open[-1].texts is not None:
            self._open[-1].texts.append(words)

    def finish(self) -> None:
        """End what the page left open."""
        while self._open:
            here = self._open.pop()
            if here.sort == "table":
                self._end_row(here)
            else:
                self._end_item(here)
            self._close(here)

    def _in_table(self, here: _Open, tag: str, given: dict[str, str | None]) -> None:
        if tag == "tr":
            self._end_row(here)
            here.row_line = self.getpos()[0]
        elif tag in ("td", "th"):
            self._end_cell(here)
            here.row_line = here.row_line or self.getpos()[0]
            here.texts, here.link = [], ""
            here.own += 1
            here.size = (_span(given.get("colspan"), WIDEST_SPAN), _span(given.get("rowspan"), TALLEST_SPAN))
        elif here.texts is not None and tag in _BREAKS:
            here.texts.append("\n")

    def _end_cell(self, here: _Open) -> None:
        if here.texts is None:
            return
        cell = Cell(_plain(here.texts), here.link)
        columns, rows = here.size
        at = 0
        for _ in range(columns):
            while at in here.cells or (at in here.spans):
                at += 1
            here.cells[at] = cell
            if rows > 1:
                here.spans[at] = (cell, rows)
            at += 1
        here.texts = None

    def _end_row(self, here: _Open) -> None:
        self._end_cell(here)
        if here.cells:
            cells = {**{at: cell for at, (cell, _) in here.spans.items()}, **here.cells}
            width = max(cells) + 1
            if any(cell.text for cell in cells.values()):
                row = tuple(cells.get(at, Cell("")) for at in range(width))
                here.rows.append(Row(here.row_line, row, whole=here.own == 1 < len(here.cells)))
            here.spans = {at: (cell, left - 1) for at, (cell, left) in here.spans.items() if left > 1}
        here.cells, here.row_line, here.own = {}, 0, 0

    def _end_item(self, here: _Open) -> None:
        if here.texts is None:
            return
        text = _plain(here.texts)
        here.texts = None
        first, _, more = text.partition("\n")
        name, rest = first, more
        if found := _APART.search(first):
            name, rest = first[: found.start()], "\n".join(filter(None, (first[found.end() :], more)))
        if text:
            here.rows.append(Row(here.row_line, (Cell((name or first).rstrip(" :"), here.link), Cell(rest))))

    def _close(self, here: _Open) -> None:
        if here.sort == "list" and here.rows:
            self.lists.append(Table(LIST_HEADINGS, here.line, tuple(here.rows), here.section))
        elif here.rows:
            head, *body = here.rows
            self.tables.append(Table(tuple(each.text for each in head.cells), head.line, tuple(body), here.section))


def _plain(texts: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(texts).split("\n"))
    return "\n".join(line for line in lines if line)


def _span(text: str | None, most: int) -> int:
    return max(1, min(int(text), most)) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1
