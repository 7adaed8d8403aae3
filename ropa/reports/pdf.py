"""The one way from a report to PDF: tagged, with a title and a language, and the same bytes on each run.

A template gets its values as JSON and inserts them as content, so that nothing in a register is ever read as Typst
markup. It reads no file outside `templates` and nothing from the network.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

from ropa.records.errors import StoreError
from ropa.reports.text import visible

_TEMPLATES = Path(__file__).parent / "templates"
_EPOCH = 0  # of a document that carries no date
_UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_LOOKS = 8  # for one script after another; each costs a whole run
_OURS = frozenset("✖✓⟨⟩")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def pdf(template: str, data: Mapping[str, object]) -> bytes:
    """A PDF/UA-1 document made of `templates/TEMPLATE.typ`, which finds `data` as `data` of `document.typ`.

    `data` holds texts, numbers, booleans, and lists and mappings of them. The fonts that typst brings along are asked
    first, then the machine's own; scripts that none of them has are written by number (⟨U+65E5⟩), since an empty box
    would lose what it says. Raises ValueError for None, and StoreError where typst is not installed.
    """
    typst = _typst()
    values = json.dumps(_shown(data), ensure_ascii=False, sort_keys=True)
    fonts, looks = "brought along", 0
    while True:
        try:
            made: bytes = typst.compile(
                _TEMPLATES / f"{template}.typ",
                root=_TEMPLATES,
                ignore_system_fonts=fonts == "brought along",
                format="pdf",
                sys_inputs={"data": values},
                pdf_standards=["ua-1"],
                timestamp=_EPOCH,
            )
        except typst.TypstError as error:
            undrawn = _UNDRAWN.search(str(error))
            if undrawn is None:
                raise
            if fonts == "the machine's, too":
                looks += 1
                numbered = _without(_scripts(undrawn[1]), values) if looks < _LOOKS else values
                numbered = numbered if numbered != values else _without(None, values)
                if numbered == values:
                    raise
                values = numbered
            fonts = "the machine's, too"
        else:
            return made


def _scripts(complaint: str) -> frozenset[str]:
    """The scripts of signs as typst's messages show them."""
    return frozenset(map(_script, _ESCAPED.sub(lambda match: chr(int(match[1], 16)), complaint)))


def _without(scripts: frozenset[str] | None, values: str) -> str:
    """The values with these scripts by number; with None, all but the signs that every font has."""

    def drawn(sign: str) -> bool:
        if sign.isascii() or sign in _OURS:
            return True
        if scripts is None:
            return sign < "\u0180" or "\u2010" <= sign <= "\u2044"  # Western Latin and common punctuation
        return _script(sign) not in scripts

    return "".join(sign if drawn(sign) else f"⟨U+{ord(sign):04X}⟩" for sign in values)


def _script(sign: str) -> str:
    """What a sign belongs to, by its Unicode name: CJK, HIRAGANA, THAI; of an emoji hardly more than itself."""
    return unicodedata.name(sign, sign).split(" ", 1)[0].split("-", 1)[0]


def _typst() -> ModuleType:
    try:
        import typst
    except ImportError as error:
        raise StoreError('PDF needs a further package; install it with: pip install "ropa[pdf]"') from error
    return typst


def _shown(value: object) -> object:
    """The value with every text of it as `visible` shows it. Raises ValueError for None, TypeError for the rest."""
    if value is None:
        raise ValueError("a document must say what is not recorded; it was given nothing to print")
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): _shown(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [_shown(each) for each in value]
    raise TypeError(f"a document cannot print {type(value).__name__}")
