"""Reading a published privacy policy: the suffix of its name says how."""

from __future__ import annotations

from pathlib import PurePath

from ropa.exchange.policy_html import html_policy
from ropa.exchange.policy_markdown import markdown_policy
from ropa.exchange.policy_text import Line, PolicyText, assembled, marked, text_of
from ropa.records.errors import InputError, Problem

LARGEST = 5_000_000
"""Bytes of a text, Markdown or HTML file; a larger one is something else."""
LARGEST_PDF = 20_000_000

PLAIN = (".txt", ".text")
MARKDOWN = (".md", ".markdown")
HTML = (".html", ".htm", ".xhtml")
PDF = (".pdf",)


def policy_of(content: bytes, name: str) -> PolicyText:
    """The text of a policy from the bytes of a file called `name`. The suffix says which sort of file it is.

    Raises InputError, naming the file, where it is too large, of no known sort, cannot be read or has no text in it.
    """
    suffix = PurePath(name).suffix.lower()
    limit = LARGEST_PDF if suffix in PDF else LARGEST
    if len(content) > limit:
        raise InputError([Problem(f"it is larger than {limit // 1_000_000} MB; this is not a privacy policy", name)])
    if suffix in PDF:
        from ropa.exchange.policy_pdf import pdf_lines

        return assembled(name, marked(pdf_lines(content, name)))
    if suffix in HTML:
        return html_policy(content, name)
    if suffix in MARKDOWN:
        return markdown_policy(text_of(content, name), name)
    if suffix in PLAIN:
        lines = text_of(content, name).split("\n")
        return assembled(name, marked(Line(line, number, ends_block=False) for number, line in enumerate(lines, 1)))
    known = ", ".join((*PLAIN[:1], *MARKDOWN[:1], *HTML[:1], *PDF))
    raise InputError([Problem(f"its suffix must be one of {known}, for that says how to read it", name)])
