"""The lawful bases, conditions and instruments that a cell names, in the many ways in which people name them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ropa.law.lawbook import LawBook

LONGEST = 1_000
"""Signs of a text in which the law is looked for; more is an essay."""

_ARTICLE = r"(?:\b(?:uk\s*|eu\s*)?(?:gdpr|rgpd)?\s*(?:art(?:icle)?s?\.?\s*)?"
_LETTER = r"(?:(?:lit|letter|point|buchst|let)\b\.?)?\s*"
_BASIS = re.compile(
    rf"{_ARTICLE})\b6\s*[.(]?\s*(?:abs(?:atz)?\b\.?|§)?\s*\(?1?\)?\s*[.(]?\s*{_LETTER}(ea|[a-f])\b\)?", re.IGNORECASE
)
_CONDITION = re.compile(
    rf"{_ARTICLE})\b9\s*[.(]?\s*(?:abs(?:atz)?\b\.?|§)?\s*\(?2?\)?\s*[.(]?\s*{_LETTER}([a-j])\b\)?", re.IGNORECASE
)
_AND_LETTER = re.compile(
    r"\s*(?:,|/|&|\+|\b(?:and|or|et|und|ou|oder)\b)+\s*(?:\(([a-j])\)|(?<=/)([a-f])\b)", re.IGNORECASE
)
"""A further letter of the same paragraph: `6(1)(a) and (f)`."""
_PARAGRAPH = re.compile(
    r"(?:\bschedule\s*1\b|\bsch\.?\s*1\b)?[,\s]*(?:\(?part\s*[1-4]\)?[,\s]*)?"
    r"(?:\b(?:para(?:graph)?s?|condition|no)\b\.?|§)\s*\(?([0-9]{1,2})\)?",
    re.IGNORECASE,
)
_PART = re.compile(r"\bpart\s*[1-4]\W*\(([0-9]{1,2})\)", re.IGNORECASE)
_DEROGATION = re.compile(rf"{_ARTICLE})\b49\s*[.(]?\s*\(?1?\)?\s*[.(]?\s*([a-g])\b\)?", re.IGNORECASE)

_BASES = {
    "recognised-legitimate-interests": r"recogni[sz]ed legitimate interests?",
    "legitimate-interests": r"legit(?:imate|\.)? (?:business )?interests?|intérêts? légitimes?"
    r"|berechtigtes? interessen?",
    "legal-obligation": r"(?:compliance with (?:a |our )?)?(?:legal|statutory|regulatory)"
    r" (?:obligations?|duty|requirements?)"
    r"|obligations? légales?|rechtliche verpflichtung",
    "vital-interests": r"vital interests?|intérêts? vita(?:l|ux)",
    "public-task": r"public (?:task|interest|duty)|official authority|mission d['’]intérêt public",
    "contract": r"(?:performance of (?:a |the )?|perform(?:ing)? (?:a |the )?)?contract(?:ual)?"
    r"(?: (?:necessity|obligations?|performance))?|(?:exécution d['’]un |exécution du )?contrat|vertrag(?:serfüllung)?",
    "consent": r"(?:explicit )?consent(?:ement)?|einwilligung",
}
_CONDITIONS = {
    "art9-a": r"explicit consent",
    "art9-b": r"employment(?:,? (?:and )?social (?:security|protection)(?: and social protection)?)?(?: law)?",
    "art9-c": r"vital interests?",
    "art9-d": r"not[- ]for[- ]profit(?: bod(?:y|ies))?",
    "art9-e": r"(?:manifestly )?made public(?: by the data subject)?",
    "art9-f": r"legal claims?(?: (?:or|and) judicial acts?)?",
    "art9-g": r"(?:reasons of )?substantial public interest",
    "art9-h": r"health (?:or|and) social care|occupational (?:health|medicine)",
    "art9-i": r"public health",
    "art9-j": r"archiving,? (?:in the public interest)?|(?:scientific )?research(?: (?:and|or) statistics)?",
}
_INSTRUMENTS = {
    "eu-scc-2021": r"(?:new |2021 |2021/914 )(?:eu )?(?:scc'?s?|standard contractual clauses)|2021/914"
    r"|(?:scc'?s?|standard contractual clauses) \(?(?:of )?2021(?:/914)?\)?",
    "eu-scc-2010": r"2010/87(?:/EU)?",
    "eu-scc-2004": r"2004/915(?:/EC)?",
    "eu-scc-2001": r"2001/497(?:/EC)?",
    "uk-idta": r"(?:uk )?(?:\(?idta'?s?\)?|international data transfer agreement)(?: \(idta\))?",
    "uk-addendum": r"(?:(?:uk|ico|international data transfer) )?addendum"
    r"(?: to (?:the )?(?:eu )?(?:scc'?s?|standard contractual clauses))?",
    "eu-scc": r"(?:eu )?(?:\(?scc'?s?\)?|standard (?:contractual|data protection) clauses|model (?:contract )?clauses"
    r"|clauses contractuelles types?|cct)(?: \(sccs?\))?",
    "bcr-c": r"(?:bcr|binding corporate rules)[ -](?:c\b|\(?(?:for )?controllers?\)?)",
    "bcr-p": r"(?:bcr|binding corporate rules)[ -](?:p\b|\(?(?:for )?processors?\)?)",
    "privacy-shield": r"(?:eu-us )?privacy shield",
    "safe-harbour": r"safe harbou?r",
    "uk-us-bridge": r"(?:uk-us )?data bridge|uk[- ]extension(?: to the (?:eu-us )?(?:dpf|data privacy framework))?",
    "eu-us-dpf": r"(?:eu-us )?(?:data privacy framework|dpf)(?: \(dpf\))?",
    "adequacy": r"(?:(?:uk |eu )?(?:gdpr )?art(?:icle)?\.? ?45a?\b[ :,–-]*)?(?:an |uk |eu )?adequacy"
    r"(?: (?:decisions?|regulations?))?"
    r"|(?:gdpr )?art(?:icle)?\.? ?45a?\b|décision d['’]adéquation|pays adéquat",
    "art49-cli": r"compelling legitimate interests?",
    "code": r"(?:approved )?codes? of conduct|code de conduite",
    "certification": r"(?:approved )?certification",
}
_EMPTY = frozenset(
    [
        "art",
        "article",
        "articles",
        "gdpr",
        "uk",
        "eu",
        "rgpd",
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "et",
        "in",
        "for",
        "under",
        "on",
        "to",
        "with",
        "our",
        "basis",
        "bases",
        "lawful",
        "legal",
        "condition",
        "conditions",
        "processing",
        "necessary",
        "necessity",
        "s",
        "is",
        "are",
        "by",
        "it",
        "we",
        "rely",
        "upon",
        "place",
        "part",
        "schedule",
        "sch",
        "dpa",
        "2018",
        "act",
        "data",
        "protection",
        "via",
        "signed",
        "abs",
        "lit",
        "dsgvo",
        "du",
        "un",
    ]
)


_DENIED = re.compile(
    r"\b(?:no|not|never|without|neither|lacks?|lacking|missing|expired|pas de|sans|awaiting|awaited|pending|tb[acd]"
    r"|to be (?:obtained|confirmed|agreed|determined|decided))\b(?!-for|[- ]for[- ])|\?",
    re.IGNORECASE,
)
"""Words that may turn around what stands beside them, or put it off: `no SCC in place`, `consent to be obtained`."""
_TO_COME = re.compile(
    r"\b(?:in progress|to be|to follow|planned|proposed|draft(?:ed)?|requested|outstanding|will|should|being"
    r"|under negotiation|en cours|à signer|prévue?s?)\b",
    re.IGNORECASE,
)
"""Words by which an instrument is still to come: `SCCs to be signed`."""


@dataclass(frozen=True, slots=True)
class Named:
    """The ids that a text names, in its order, and whether it says more than that."""

    ids: tuple[str, ...]
    more: bool


def bases(text: str) -> Named:
    """The lawful bases of Article 6: by number (`6(1)(f)`, `Art. 6.1.f`) or in words."""
    law = LawBook.in_use()
    letters = {each.letter: each.id for each in law.lawful_bases()}
    names = {each.name: each.id for each in law.lawful_bases()}
    if text.strip(" .") == "LI":
        return Named(("legitimate-interests",), more=False)
    return _named(text, names, [(_BASIS, letters)], _BASES)


def conditions(text: str, schedule: bool = False) -> Named:
    """The conditions of Articles 9 and 10, or with `schedule` those of Schedule 1, by number or in words."""
    known = [each for each in LawBook.in_use().conditions() if (each.set == "schedule-1") == schedule]
    names = {each.name: each.id for each in known}
    if schedule:
        numbers = {each.id.removeprefix("sch1-"): each.id for each in known}
        return _named(text, names, [(_PARAGRAPH, numbers), (_PART, numbers)], {})
    letters = {each.letter: each.id for each in known if each.letter}
    return _named(text, names, [(_CONDITION, letters)], _CONDITIONS)


def instruments(text: str) -> Named:
    """The instruments of a transfer: `SCC`, `IDTA`, `Article 45 Adequacy`, `Art. 49(1)(a)`.

    Binding corporate rules for nobody knows whom stay words.
    """
    known = LawBook.in_use().instruments()
    names = {each.name: each.id for each in known}
    ids = {each.id for each in known}
    letters = {letter: f"art49-{letter}" for letter in "abcdefg"}
    words = {each: pattern for each, pattern in _INSTRUMENTS.items() if each in ids}
    if any(_TO_COME.search(line) for line in text.split("\n") if line not in names):
        return Named((), more=True)
    return _named(text, names, [(_DEROGATION, letters)], words)


def _named(
    text: str, names: dict[str, str], numbered: Iterable[tuple[re.Pattern[str], dict[str, str]]], words: dict[str, str]
) -> Named:
    """What is found is taken out of the text, the surest first, so that nothing is counted twice."""
    if len(text) > LONGEST:
        return Named((), more=True)
    found: list[tuple[int, str]] = []
    rest = " ".join(text.split())
    for name in sorted(names, key=len, reverse=True):
        rest = _taken(rest, _whole_words(re.escape(name)), found, names[name])
    if _DENIED.search(rest):
        return Named((), more=True)
    for pattern, ids in numbered:
        for hit in pattern.finditer(rest):
            if hit[1].lower() in ids:
                found.append((hit.start(), ids[hit[1].lower()]))
                rest = _blanked(rest, hit)
                while (more := _AND_LETTER.match(rest, hit.end())) and (letter := (more[1] or more[2]).lower()) in ids:
                    found.append((more.start(), ids[letter]))
                    rest = _blanked(rest, more)
                    hit = more
    for each, words_of_it in words.items():
        rest = _taken(rest, _whole_words(words_of_it), found, each)
    left = [word for word in re.findall(r"\w+", rest.casefold()) if word not in _EMPTY]
    return Named(tuple(dict.fromkeys(each for _, each in sorted(found))), bool(left))


@lru_cache(maxsize=1024)
def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def _taken(text: str, pattern: re.Pattern[str], found: list[tuple[int, str]], each: str) -> str:
    for hit in pattern.finditer(text):
        found.append((hit.start(), each))
        text = _blanked(text, hit)
    return text


def _blanked(text: str, hit: re.Match[str]) -> str:
    return text[: hit.start()] + " " * (hit.end() - hit.start()) + text[hit.end() :]
