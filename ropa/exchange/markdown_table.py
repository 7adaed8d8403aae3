"""The tables of a Markdown page, and its lists under headings, as rows of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ropa.exchange.vendor_table import Cell, Row, Table

if TYPE_CHECKING:
    from markdown_it.token import Token

LIST_HEADINGS = ("Name", "Service")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_APART = re.compile(r"\s+[-–—]\s+|\s*:\s+|\s+[-–—]$")


def read_markdown(text: str) -> tuple[list[Table], list[Table]]:
    """The pipe tables of a page, and its lists as tables of a name and what follows it, with the section of each.

    Only the outermost items of a list are rows; what stands inside an item belongs to it.
    """
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    tables: list[Table] = []
    lists: list[Table] = []
    section = ""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open":
            section = _cell(tokens[index + 1]).text
        elif token.type in ("table_open", "bullet_list_open", "ordered_list_open"):
            end = _end(tokens, index)
            own = tokens[index : end + 1]
            if token.type == "table_open":
                tables.append(_table(own, section))
            else:
                lists.append(_list(own, section))
            index = end
        index += 1
    return tables, lists


def _end(tokens: Sequence[Token], start: int) -> int:
    """The place of the token that closes what one opens."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _table(tokens: Sequence[Token], section: str) -> Table:
    rows: list[Row] = []
    cells: list[Cell] = []
    line = 0
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            cells, line = [], _line(token)
        elif token.type in ("th_open", "td_open"):
            cells.append(_cell(tokens[index + 1]))
        elif token.type == "tr_close":
            rows.append(Row(line, tuple(cells)))
    head, *body = rows
    filled = (row for row in body if any(cell.text for cell in row.cells))
    return Table(tuple(cell.text for cell in head.cells), head.line, tuple(filled), section)


def _list(tokens: Sequence[Token], section: str) -> Table:
    rows: list[Row] = []
    outer = tokens[0].level + 1
    found: list[Token] = []
    for token in tokens:
        if token.type == "list_item_open" and token.level == outer:
            found = []
        elif token.type == "inline":
            found.append(token)
        elif token.type == "list_item_close" and token.level == outer and found:
            rows.append(_item(found))
    return Table(LIST_HEADINGS, _line(tokens[0]), tuple(rows), section)


def _item(tokens: Sequence[Token]) -> Row:
    """The name that an item begins with, and the rest of it."""
    cell = _cell(tokens[0])
    name, mark, rest = cell.text, "", ""
    if found := _APART.search(cell.text):
        name, mark, rest = cell.text[: found.start()], found[0], cell.text[found.end() :]
    more = [each for each in (rest, *(_cell(token).text for token in tokens[1:])) if each]
    name = name if name or not mark else cell.text
    return Row(_line(tokens[0]), (Cell(name.rstrip(" :"), cell.link), Cell("\n".join(more))))


def _cell(token: Token) -> Cell:
    """The text of an inline token, with the address of its first link; a `<br>` is a new line."""
    texts: list[str] = []
    link = ""
    for child in _leaves(token):
        if child.type == "link_open" and not link:
            link = str(child.attrs.get("href", ""))
        elif child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and _BREAK.fullmatch(child.content)
        ):
            texts.append("\n")
        elif child.type in ("text", "code_inline", "html_inline", "image"):
            texts.append(child.content)
    return Cell("".join(texts).strip(), link)


def _leaves(token: Token) -> Iterator[Token]:
    yield from token.children or ()


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
