"""Names of companies that nobody knows beforehand, found in a privacy policy by the words around them.

Each guess says what it rests on. They are guesses: a reader decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ropa.law.lawbook import LawBook
from ropa.services.detection.names import bare, spelt
from ropa.services.policy.findings import Sure
from ropa.services.policy.known import known_names
from ropa.services.policy.mentions import Mentions, host_of, is_guidance
from ropa.services.policy.words import Word, begins_sentence, joined, sentence

WITH_FORM = "a capitalised name with a company's legal form"
ITS_POLICY = "the policy points to its privacy policy"
LISTED = "a capitalised name where the policy says whom it uses"
IN_A_LIST = "an item of a list of vendors"

_FORM = re.compile(
    r"(?:\b(?:Ltd|LTD|Limited|LIMITED|Inc|INC|LLC|LLP|GmbH|plc|PLC|Plc|Corp|Corporation|AG|AB|Oy|OÜ|SAS|SARL|ApS"
    r"|Pty|BV|NV|SpA|KG)\b"
    r"|\bB\.\s?V\.|\bN\.\s?V\.|\bS\.\s?A\.(?:\s?S\.)?|\b[sS]\.\s?[rR]\.\s?[oOlL]\.|\bS\.\s?p\.\s?A\.|\bA/S\b)"
)
_CUE = re.compile(
    r"\b(?:such as|includ(?:e|es|ed|ing)|for example|e\.\s?g\.|namely|like|we (?:also |currently )*use|us(?:es"
    r"|ing)|makes? use of"
    r"|provided by|supplied by|powered by|host(?:s|ed|ing)?(?: (?:by|on|with|at))?|operated by|managed by"
    r"|processed by|run by|carried out by"
    r"|(?:stored|held) (?:by|with|on|in)|via|through|called|known as|sub-?processors?(?: is| are)?|partners?"
    r"|suppliers?|providers?"
    r"|processors?|platform|software|systems?|tools?|plug-?in|company|agency|bureau|agent|with)\b[^.;\n]{0,160}?",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?:third[- ]part(?:y|ies)|suppliers?|providers?|sub-?processors?|processors?|vendors?|partners?|software"
    r"|platforms?|plug-?ins?|tools?"
    r"|host(?:s|ed|ing)?|crm|cloud|analytics|cookies?|payments?|payroll|mailing|newsletters?"
    r"|e-?mail (?:marketing|service|provider)|chat"
    r"|ticketing|accountan\w+|backups?|back up|data cent\w+|agency|bureau|recruit\w+|surveys?|telephony|messaging)\b",
    re.IGNORECASE,
)
_PRIVACY = re.compile(
    r"(?:['’]s?)?\s+(?:own\s+)?(?:Privacy|privacy|Data Protection|data protection)\s+(?:and\s+\w+\s+)?(?:Policy"
    r"|policy|Notice|notice|Statement|statement|Cent(?:er|re))"
)
_VENDOR_SECTION = re.compile(
    r"\b(?:sub-?processors?|third[- ]part(?:y|ies)|suppliers?|vendors?|service providers?|partners?"
    r"|who (?:do )?we share)\b",
    re.IGNORECASE,
)
_APART = re.compile(r"\s+[-–—]\s*|\s*[:|(\[]\s*|\t")
_BULLET = re.compile(r"^\s*(?:[•◦‣▪●○*·–-]|\(?(?:[0-9]{1,3}|[a-z])[.)])\s+")
_IN_A_PLACE = re.compile(
    r"(?<!stored )(?<!held )(?<!kept )\b(?:in|near) (?:the )?(?:[A-Z]\w+(?: [A-Z]\w+)?(?:, | and | or |, and ))*$"
)
_ORDINAL = re.compile(r"[0-9]+(?:st|nd|rd|th)?")
_LONGEST_ITEM = 120
_MOST = 6
_CONNECTS = ("&", "and", "of", "de", "van", "von", "for")


@dataclass(frozen=True, slots=True)
class Guess:
    """A name where it stands, and why it is taken for a company's."""

    name: str
    start: int
    end: int
    sure: Sure
    because: str


def guesses(found: Mentions) -> list[Guess]:
    """Every name in the text that may be a company's and that nothing known lies over, the surer first."""
    every = [*_with_forms(found), *_with_policies(found), *_linked(found), *_items(found), *_in_sentences(found)]
    taken: list[tuple[int, int]] = []
    kept: list[Guess] = []
    for each in every:
        if _FORM.fullmatch(each.name) or LawBook.in_use().country(each.name):
            continue
        if found.of(each.start, each.end) or any(start < each.end and each.start < end for start, end in taken):
            continue
        taken.append((each.start, each.end))
        kept.append(each)
    return _with_later(found, kept, taken)


def _with_later(found: Mentions, kept: list[Guess], taken: list[tuple[int, int]]) -> list[Guess]:
    """The guesses, and the other places where the same names stand."""
    first: dict[str, Guess] = {}
    for each in kept:
        first.setdefault(bare(each.name), each)
    for run in _runs(found):
        name = found.policy.text[run[0].start : run[-1].end]
        known = first.get(bare(name))
        over = (run[0].start, run[-1].end)
        if known and not any(start < over[1] and over[0] < end for start, end in taken) and not found.of(*over):
            kept.append(Guess(known.name, *over, known.sure, known.because))
    return kept


def _with_forms(found: Mentions) -> Iterator[Guess]:
    """`Acme Widgets Ltd`, `Crown & Co Accountants Limited`."""
    text, words = found.policy.text, found.words
    starts = {word.start: index for index, word in enumerate(words)}
    for form in _FORM.finditer(text):
        index = starts.get(form.start())
        if index is None:
            continue
        run = _back(found, index)
        if run and not all(word.text.casefold() in known_names().generic for word in run):
            start, end = run[0].start, form.end()
            yield Guess(_one_line(text[start:end]), start, end, "clear", WITH_FORM)


def _back(found: Mentions, index: int) -> list[Word]:
    """The capitalised words before a legal form, the nearest run of them."""
    text, words = found.policy.text, found.words
    run: list[Word] = []
    while index - len(run) > 0 and len(run) < _MOST:
        word, after = words[index - len(run) - 1], words[index - len(run)]
        gap = text[word.end : after.start]
        if "\n\n" in gap or not joined(text, word, after) or ("," in gap and run) or "/" in gap:
            break
        if not (word.capital and not word.text.isdigit()) and word.text not in _CONNECTS:
            break
        run.insert(0, word)
    return _trimmed(run)


def _with_policies(found: Mentions) -> Iterator[Guess]:
    """`Acme's privacy policy`."""
    text = found.policy.text
    for run in _runs(found):
        mark = _PRIVACY.match(text, run[-1].end)
        if mark and not found.policy.is_heading(run[0].start):
            yield Guess(_one_line(text[run[0].start : run[-1].end]), run[0].start, run[-1].end, "likely", ITS_POLICY)


def _linked(found: Mentions) -> Iterator[Guess]:
    """A link that says privacy and leads to another site; the site's name stands for whoever it is."""
    text = found.policy.text
    named = {host for _, _, host in found.addresses if host}
    for link in found.policy.links:
        host = host_of(link.target)
        words = text[link.start : link.end]
        if not host or is_guidance(host) or "privacy" not in f"{words} {link.target}".casefold():
            continue
        begin, end = sentence(text, link.start, link.end)
        if host not in named and (not found.of(begin, end) or _is_another(found, host, begin, end)):
            yield Guess(host, link.start, link.end, "possible", f"{ITS_POLICY}, by a link to {host}")


def _is_another(found: Mentions, host: str, begin: int, end: int) -> bool:
    """Whether a site is a well-known vendor's that the sentence, which names somebody, does not name."""
    labels = {spelt(label) for label in host.split(".") if len(label) > 3}
    known = {spelt(name) for name, each in known_names().names if not each.ordinary and each.sort == "vendor"}
    said = spelt(found.policy.text[begin:end])
    return any(label in known and label not in said for label in labels)


def _items(found: Mentions) -> Iterator[Guess]:
    """Items of a list, or cells of a table, where the heading or the line above says that it is one of vendors."""
    text = found.policy.text
    offset, intro = 0, ""
    for line in text.split("\n"):
        start, offset = offset, offset + len(line) + 1
        words = line.strip()
        if not words:
            continue
        bullet = _BULLET.match(line)
        section = found.policy.section(start)
        heading = found.policy.is_heading(start)
        listed = bool(bullet and _SUBJECT.search(intro)) or (
            not heading and bool(_VENDOR_SECTION.search(section)) and (bool(bullet) or len(words) < _LONGEST_ITEM // 2)
        )
        if not bullet:
            intro = words if words.endswith(":") else ""
        if not listed or heading or len(words) > _LONGEST_ITEM:
            continue
        begin = start + (bullet.end() if bullet else len(line) - len(line.lstrip()))
        yield from _item(found, begin, start + len(line))


def _item(found: Mentions, start: int, end: int) -> Iterator[Guess]:
    """The names in one item: before what parts it (`Acme – e-mails`), or after a label (`E-mails – Acme, Widgets`)."""
    text = found.policy.text
    apart = _APART.search(text, start, end)
    head_end = apart.start() if apart else end
    generic, plain = known_names().generic, known_names().not_names
    head = _words_between(found, start, head_end)
    if not head:
        return
    if all(word.text.casefold() in generic or word.text.casefold() in plain for word in head):
        if apart is None:
            return
        head_end, start = end, apart.end()
    elif len(head) > _MOST:
        return
    for run in _runs(found, start, head_end):
        whole = apart is not None or all(word.capital or word.text in _CONNECTS for word in head)
        if whole and not _is_common(run):
            yield Guess(_one_line(text[run[0].start : run[-1].end]), run[0].start, run[-1].end, "likely", IN_A_LIST)


def _words_between(found: Mentions, start: int, end: int) -> list[Word]:
    first = bisect_left(found.words, start, key=lambda word: word.start)
    last = bisect_left(found.words, end, key=lambda word: word.start)
    return found.words[first:last]


def _in_sentences(found: Mentions) -> Iterator[Guess]:
    """Capitalised names after words such as `provided by`, in a sentence about suppliers."""
    text = found.policy.text
    at = {word.start: index for index, word in enumerate(found.words)}
    for run in _runs(found):
        start, end = run[0].start, run[-1].end
        if found.policy.is_heading(start) or _is_common(run):
            continue
        before = found.words[index - 1] if (index := at[start]) else None
        if (
            before is not None
            and before.capital
            and text[before.end : start] == " "
            and not begins_sentence(text, before.start)
        ):
            continue  # the end of a title: `our Data Audit`
        begin, stop = sentence(text, start, end)
        if stop - begin > 1500 or not _SUBJECT.search(text, begin, stop):
            continue
        cue = deque(_CUE.finditer(text, begin, start), maxlen=1)
        quoted = text[start - 1 : start] in ("'", "‘", "“", '"')
        if _IN_A_PLACE.search(text, max(begin, start - 80), start):
            continue  # where it is, not who it is
        if cue and start - cue[0].end() <= 160 and (not begins_sentence(text, start) or quoted):
            yield Guess(_one_line(text[start:end]), start, end, "possible", LISTED)


def _runs(found: Mentions, start: int = 0, end: int | None = None) -> Iterator[list[Word]]:
    """Runs of capitalised words that stand together, without the small words at their ends."""
    text = found.policy.text
    words = found.words if end is None else _words_between(found, start, end)
    run: list[Word] = []
    for word in words:
        if run:
            gap = text[run[-1].end : word.start]
            if not _is_near(gap) or not (word.capital or (word.text in ("&", "of") and len(run) < _MOST)):
                yield from filter(None, [_trimmed(run)])
                run = []
        if found.of(word.start, word.end) or found.address(word.start) is not None:
            yield from filter(None, [_trimmed(run)])
            run = []
        elif run or (word.capital and not word.text[0].isdigit()):
            run.append(word)
    yield from filter(None, [_trimmed(run)])


def _is_near(gap: str) -> bool:
    return gap in (" ", "-", ".", "\n", "\u00a0", "")


def _trimmed(run: Sequence[Word]) -> list[Word]:
    """A run without what begins or ends no name."""
    plain = known_names().not_names
    kept = list(run)
    while kept and (
        kept[0].text.casefold() in plain
        or kept[0].text in _CONNECTS
        or kept[0].text == "s"
        or _ORDINAL.fullmatch(kept[0].text)
    ):
        kept.pop(0)
    while kept and (kept[-1].text.casefold() in plain or kept[-1].text in _CONNECTS or kept[-1].text.isdigit()):
        kept.pop()
    return kept


def _is_common(run: Sequence[Word]) -> bool:
    """Whether a run is made of ordinary words alone, or is a single letter."""
    names = known_names()
    every = all(word.text.casefold() in names.generic or word.text.casefold() in names.not_names for word in run)
    return every or all(len(word.text) < 2 for word in run) or len(run) > _MOST


def _one_line(text: str) -> str:
    return " ".join(text.split())
