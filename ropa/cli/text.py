"""The one way from a text to the terminal: nothing that users wrote can steer it."""

from __future__ import annotations

import json
import sys
import unicodedata
from contextlib import suppress

import click

_KEPT = "\n\t"


def safe(text: str) -> str:
    """The text with everything that a terminal would obey or that would reorder it shown as its code point."""
    return "".join(
        sign if sign in _KEPT or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else _shown(sign)
        for sign in text
    )


def say(text: str = "") -> None:
    """Write a line to stdout."""
    click.echo(safe(text))


def complain(text: str) -> None:
    """Write a line about what is wrong to stderr; where nobody can be told, the exit code says it alone."""
    with suppress(OSError):
        click.echo(f"ropa: {safe(text)}", err=True)


def say_document(text: str) -> None:
    """Write a whole document to stdout: in UTF-8 with `\\n` line ends, as into a file, unless a person is looking."""
    click.echo(text if sys.stdout is not None and sys.stdout.isatty() else text.encode("utf-8"), nl=False)


def say_json(value: object) -> None:
    """Write JSON to stdout, exact and yet unable to steer a terminal: what could is written as an escape code."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    say_document(
        "".join(sign if sign == "\n" or safe(sign) == sign else json.dumps(sign)[1:-1] for sign in text) + "\n"
    )


def _shown(sign: str) -> str:
    # The joiners are part of ordinary text in several scripts and in emoji.
    return sign if sign in "\u200c\u200d" else f"<U+{ord(sign):04X}>"
