"""Names in a running text: found at word boundaries, whatever their case, accents, hyphens and line breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Generic, TypeVar

from ropa.services.detection.names import spelt

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+|&")
_GAP = re.compile(r"[^\S\n]*['’‘`´.,()\[\]\"“”]{0,2}[^\S\n]*\n?[^\S\n]*[(\[\"“‘']?|[-‐–/'’.]\n?[^\S\n]*")
_SENTENCE = re.compile(
    r"(?<![A-Z.])[.!?]+[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*\n|\n\s*(?:[•◦‣▪●○*·–-]|[0-9a-z]{1,3}[.)])\s|[;•]\s"
)
_SHORT = 3
_ACRONYM = 5
_MOST_WORDS = 12
_MOST_SIGNS = 90

_spelt = lru_cache(maxsize=1 << 16)(spelt)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: `plain` is without case and accents, its legal form in one way (`ltd` for `Limited`)."""

    plain: str
    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital, or a figure."""
        return self.text[0].isupper() or self.text[0].isdigit()


def words_of(text: str) -> list[Word]:
    """The words of a text, `&` among them."""
    return [Word(_spelt(found[0]), found[0], found.start(), found.end()) for found in _WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A name where it stands: words `first` to before `last`, and what it was entered for."""

    start: int
    end: int
    first: int
    last: int
    what: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class _Form(Generic[T]):
    """One way to write a name.

    `capitals`: those of the name have to stand in the text, too. `parts`: a name of one word may stand there as two, as
    in `Go Cardless`.
    """

    words: tuple[str, ...]
    what: T
    capitals: bool
    parts: bool


@dataclass
class Names(Generic[T]):
    """Names to look for, each with what it stands for."""

    _forms: dict[str, list[_Form[T]]] = field(default_factory=dict)
    _longest: int = 1

    def add(self, name: str, what: T, *, capitals: bool = False, parts: bool = False) -> None:
        """Enter a name; one that holds no word is no name."""
        words = tuple(each.text for each in words_of(name))
        key = "".join(map(_spelt, words))
        if not key or len(words) > _MOST_WORDS:
            return
        self._forms.setdefault(key, []).append(_Form(words, what, capitals, parts))
        self._longest = max(self._longest, len(words) + parts)

    def find(self, text: str, words: Sequence[Word], fits: Callable[[Word, Word, T], bool]) -> Iterator[Hit[T]]:
        """Every name in the text, the longest first where several begin with one word; none lies within another.

        `fits` has the last say: it gets the first and last word of a name and what it stands for.
        """
        index = 0
        while index < len(words):
            hit = self._at(text, words, index, fits)
            if hit is not None:
                yield hit
            index = index + 1 if hit is None else hit.last

    def _at(self, text: str, words: Sequence[Word], index: int, fits: Callable[[Word, Word, T], bool]) -> Hit[T] | None:
        key, ends = "", []
        for last in range(index, min(index + self._longest, len(words))):
            if last > index and not joined(text, words[last - 1], words[last]):
                break
            key += words[last].plain
            if len(key) > _MOST_SIGNS:
                break
            if key in self._forms:
                ends.append((last + 1, key))
        for end, known in reversed(ends):
            span = words[index:end]
            found = dict.fromkeys(
                form.what
                for form in self._forms[known]
                if _written(text, form, span) and fits(span[0], span[-1], form.what)
            )
            if found:
                return Hit(span[0].start, span[-1].end, index, end, tuple(found))
        return None


def joined(text: str, one: Word, two: Word) -> bool:
    """Whether two neighbouring words may belong to one name: no sentence and no block ends between them."""
    gap = text[one.end : two.start]
    if not _GAP.fullmatch(gap):
        return False
    mark = gap.strip()
    if mark.endswith(".") and gap[-1].isspace():
        return len(one.text) <= _SHORT
    return True


def _written(text: str, form: _Form[T], span: Sequence[Word]) -> bool:
    """Whether the words stand there as the name has to be written."""
    names = form.words
    if len(span) > len(names):  # `Mail-` and `Chimp` on two lines, or a name in two words
        broken = all(re.fullmatch(r"[-‐]\n\s*", text[a.end : b.start]) for a, b in pairwise(span))
        return broken or (form.parts and all(each.capital for each in span))
    if len(span) < len(names):
        if all(len(name) < _SHORT for name in names):  # `U.S.` and `us`
            return all(word.text.isupper() for word in span)
        return not form.capitals or span[0].capital or len(span[0].text) > _ACRONYM
    for name, word in zip(names, span, strict=True):
        strict = name.isupper() and len(name) <= (_ACRONYM if len(names) == 1 else _SHORT)
        if strict and word.text != name and not (len(names) == 1 and len(name) > _SHORT and word.text == name.title()):
            return False
        if len(names) == 1 and len(name) <= _SHORT and word.text != name:
            return False
        if form.capitals and name[0].isupper() and not word.capital:
            return False
    return True


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence, or item of a list, around a place."""
    first, last = 0, len(text)
    low = max(0, start - 1500)
    for found in _SENTENCE.finditer(text, low, min(len(text), start + 2)):
        if found.end() <= start:
            first = found.end()
    following = _SENTENCE.search(text, end, min(len(text), end + 1500))
    if following:
        last = following.start() + 1
    return max(first, low), min(last, end + 1500)


def begins_sentence(text: str, start: int) -> bool:
    """Whether a place is the first of its sentence or item."""
    return not text[sentence(text, start, start)[0] : start].strip(" \t\n\"'“‘(•-–*")
