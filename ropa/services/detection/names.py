"""Names of companies as different lists write them: when two are the same, and when they are only alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

ALIKE = 0.85
CROWD = 20
"""A word that more names than this share says nothing about them."""

_SEVERAL = re.compile(r"\b(?:sp z oo|pty ltd|pte ltd|co ltd|gmbh and co kg|societe anonyme|private limited|pvt ltd)$")
_SAME_FORM = {"limited": "ltd", "incorporated": "inc", "corporation": "corp", "company": "co", "private": "pvt"}
_OTHER_FORMS = """
ltd inc corp co llc llp lp plc gmbh ag kg ug se sa sas sarl srl spa bv nv ab as aps oy oyj pty pte pvt kk kft sro dac
unlimited ооо оао ао
"""
_FORMS = {**{form: form for form in _OTHER_FORMS.split()}, **_SAME_FORM}
_JOINED = ("株式会社", "有限会社", "合同会社", "有限公司", "주식회사")
_DOT = re.compile(r"['’.](?=\w|$|\s|,)")


def spelt(name: str) -> str:
    """The name without case, punctuation, spaces and accents, its legal form in one way: `acmeltd` for `ACME Limited.`.

    Never empty for a name that is not blank.
    """
    words = [_FORMS.get(word, word) for word in _words(name)]
    return "".join(words) or "".join(name.casefold().split())


@lru_cache(maxsize=1 << 16)
def bare(name: str) -> str:
    """The name as `spelt`, without its legal form: `gocardless` for `Go Cardless Ltd`.

    What differs in its legal form alone may be another legal entity with the same name. Never empty for a name that
    is not blank.
    """
    return "".join(_without_form(name)) or spelt(name)


def has_form(name: str) -> bool:
    """Whether the name has its legal form with it, and so names a legal entity."""
    return bool(name.strip()) and bare(name) != spelt(name)


def same_text(text: str) -> str:
    """A text without case, punctuation and accents, for telling whether two cells say the same."""
    return " ".join(_words(text)) or text.strip().casefold()


def alike(name: str, others: Iterable[str]) -> bool:
    """Whether a name is like one of the others: one has all words of the other, or they are spelt nearly alike."""
    words, plain = set(_without_form(name)), bare(name)
    for other in others:
        theirs, text = set(_without_form(other)), bare(other)
        one, two = sorted((plain, text))  # a ratio depends on the order
        if (words and theirs and (words <= theirs or theirs <= words)) or SequenceMatcher(
            None, one, two
        ).ratio() >= ALIKE:
            return True
    return False


def marks_of(name: str) -> set[str]:
    """What two names that are alike have in common, one at least: their words, and how they begin."""
    plain = bare(name)
    return {*_without_form(name), f"<{plain[:4]}", f"{plain[-4:]}>"}


def _words(name: str) -> list[str]:
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    plain = _DOT.sub("", _unaccented(text))
    # A vowel sign of an Indian script is no letter to Python, and yet part of the word.
    return "".join(sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else " " for sign in plain).split()


def _unaccented(text: str) -> str:
    """Without the accents of Latin, Greek and Cyrillic letters; other scripts' marks are letters of their own."""
    kept: list[str] = []
    base = ""
    for sign in unicodedata.normalize("NFKD", text):
        if not unicodedata.combining(sign):
            base = sign
        elif ord(base or " ") < 0x0530:
            continue
        kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))


def _without_form(name: str) -> list[str]:
    words = _words(name)
    text = _SEVERAL.sub("", " ".join(words)).strip()
    words = text.split() or words
    while len(words) > 1 and words[-1] in _FORMS:
        words = words[:-1]
    while len(words) > 1 and words[0] in ("ооо", "оао", "ао", "the"):
        words = words[1:]
    for form in _JOINED:
        words = [stripped for word in words if (stripped := word.removeprefix(form).removesuffix(form))] or words
    return words
