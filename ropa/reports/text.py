"""The two ways out for text from a register: one for HTML, one for Markdown.

Names and sentences come from other companies' documents. Whatever they hold, they come out as text: every
expression of a template passes through `for_html` or `for_markdown`, and nothing else writes into a report.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ropa.reports.page import Item

Format = Literal["md", "html"]

_LINES = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
# Format characters that shape a script or an emoji and cannot reorder or hide what stands beside them.
_JOINERS = frozenset("\u200c\u200d\u00ad")
_SPECIAL = re.compile(r"[\\`*_\[\]~|$]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# At the start of a block these would make a heading, a list, a rule or a numbered list.
_OPENING = re.compile(r"^([#+=-])")
# At the end of a heading these would close it.
_CLOSING = re.compile(r"(#+)$")
_NUMBERED = re.compile(r"^(\d+)([.)])")


class Safe(str):
    """Markdown made by this package itself, which passes as it is."""

    __slots__ = ()


def visible(text: str) -> str:
    """The text on one line, with every control and direction mark shown by its number instead of taking effect."""
    return "".join(c if _harmless(c) else f"⟨U+{ord(c):04X}⟩" for c in _LINES.sub(" ", text).replace("\t", " "))


def _harmless(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn") or character in _JOINERS


def for_html(value: object) -> Markup | str:
    """What an expression of an HTML template becomes; the environment escapes it. Raises ValueError for None."""
    if isinstance(value, Markup):
        return value
    return visible(_given(value))


def for_markdown(value: object) -> str:
    """What an expression of a Markdown template becomes: plain text, in a table cell too. ValueError for None."""
    if isinstance(value, Safe):
        return value
    text = visible(_given(value)).strip()
    text = _SPECIAL.sub(r"\\\g<0>", _ENTITY.sub("&amp;", text)).replace("<", "&lt;").replace(">", "&gt;")
    text = _CLOSING.sub(r"\\\1", text)
    return _NUMBERED.sub(r"\1\\\2", _OPENING.sub(r"\\\1", text))


def _given(value: object) -> str:
    if value is None:
        raise ValueError("a report must say what is not recorded; it was given nothing to print")
    return str(value)


@cache
def environment(fmt: Format) -> Environment:
    """The template environment of a format.

    HTML escapes by itself for every template name: `select_autoescape` would leave `*.html.j2` alone.
    """
    made = Environment(
        loader=PackageLoader("ropa.reports"),
        autoescape=fmt == "html",  # noqa: S701  Markdown has a way out of its own
        finalize=for_html if fmt == "html" else for_markdown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["anchor"] = anchor
    made.filters["items"] = markdown_items
    return made


def markdown_items(items: Iterable[Item], *, sources: bool = False, between: str = "; ") -> Safe:
    """Items in a Markdown line, each text through `for_markdown`; `sources` adds where each is stated."""
    return Safe(between.join(_markdown_item(item, sources=sources) for item in items))


def _markdown_item(item: Item, *, sources: bool) -> str:
    text = for_markdown(item.text)
    words = [f"{item.mark} " if item.mark else "", f"“{text}”" if item.quoted else text]
    words.append(" *(invented sample data)*" if item.invented else "")
    words.append(f" *[{for_markdown(item.source)}]*" if sources and item.source else "")
    return "".join(words)


def anchor(text: str) -> str:
    """An HTML id made of a key: letters, digits and hyphens, and never empty."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "part"


def render(template: str, fmt: Format, **values: object) -> str:
    """A report as text, ending in one line feed; three empty lines and more are one."""
    text = environment(fmt).get_template(f"{template}.{fmt}.j2").render(**values)
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


__all__ = ["Format", "Safe", "anchor", "for_html", "for_markdown", "markdown_items", "render", "visible"]
