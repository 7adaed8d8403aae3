"""Who a privacy policy names: parties of the register, well-known vendors, the organisation itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from ropa.exchange.policy_text import PolicyText
from ropa.records.register import Register
from ropa.services.detection.names import bare, spelt
from ropa.services.policy.known import Known, known_names
from ropa.services.policy.words import Hit, Names, Word, begins_sentence, joined, sentence, words_of

By = Literal["name", "alias", "legal"]

_ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}|(?:https?://|www\.)[^\s<>()\"“”]{1,500}"
    r"|(?<![\w.@-])(?:[a-z0-9-]{1,63}\.){1,8}(?:com|org|net|io|ai|co\.uk|org\.uk|gov\.uk|uk|eu|ie|de|fr|nl|cz|us|app|dev"
    r"|cloud)\b(?:/[^\s<>()\"“”]*)?",
    re.IGNORECASE,
)
_ABOUT_VENDORS = re.compile(
    r"\b(?:provid\w+|processors?|sub-?processors?|suppl(?:y|ie[sd]|iers?)|vendors?|partners?|third[- ]part\w+"
    r"|host\w*|servers?"
    r"|software|platforms?|plug-?ins?|tools?|apps?|systems?|services?|cookies?|analytics|payments?|cards?|crm|e-?mails?"
    r"|newsletters?|chat|video\w*|messag\w+|store[sd]?|storage|cloud|us(?:e|es|ed|ing)|via|through|powered"
    r"|operated|privacy"
    r"|invoic\w+|account\w*|payroll|survey\w*|advert\w+|market\w+|market place|inc|ltd|limited|llc|such as"
    r"|including)\b",
    re.IGNORECASE,
)
_AFTER_A_NAME = re.compile(
    r"(?:['’]s?\b|\s*(?:[-–—:,()/;.]|\n|$|(?:is|are|and|or|provides?|uses?|hosts?|stores?|process\w*|collects?|helps?|acts?"
    r"|will|may|for|to|who"
    r"|which|that|has|cookies?|privacy|inc|ltd|limited|llc|technologies|payments|account)\b))",
    re.IGNORECASE,
)
_BOXED = re.compile(r"(?:\bP\.?\s?O\.?|\bpost office|\btick|\bcheck|\binbox|\bthis|\bthe)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Own:
    """The organisation itself."""


@dataclass(frozen=True, slots=True)
class OfParty:
    """A party of the register, and which of its names it is."""

    key: str
    by: By
    name: str


@dataclass(frozen=True, slots=True)
class Mechanism:
    """What a transfer may rest on, by its id in the law data."""

    id: str


Named = Own | OfParty | Known | Mechanism


@dataclass
class Mentions:
    """A policy's text, its words, and every name that is known in it.

    `hits` are the organisation and the parties of its register; `known` are well-known names and mechanisms. A name
    may be both; `Microsoft` is also within `Microsoft Azure`.
    """

    policy: PolicyText
    words: list[Word]
    hits: list[Hit[Named]] = field(default_factory=list)
    known: list[Hit[Named]] = field(default_factory=list)
    addresses: list[tuple[int, int, str]] = field(default_factory=list)

    def of(self, start: int, end: int) -> bool:
        """Whether any known name lies over a span."""
        return any(_over(hits, start, end) is not None for hits in (self.hits, self.known))

    def longer(self, start: int, end: int) -> Known | None:
        """The well-known name, of a service or of nobody, that a shorter name is only part of."""
        hit = _over(self.known, start, end)
        whole = hit is None or (hit.start == start and hit.end == end)
        return None if hit is None or whole else next((each for each in hit.what if isinstance(each, Known)), None)

    def as_written(self, start: int, end: int) -> str:
        """The words of a span on one line; a word that is parted between two is put together."""
        return " ".join(re.sub(r"[-‐]\n\s*", "", self.policy.text[start:end]).split())

    def address(self, start: int) -> str | None:
        """The host of the address that a place lies in: empty for an e-mail address, None outside every one."""
        index = bisect_right(self.addresses, start, key=lambda each: each[0]) - 1
        if index >= 0 and start < self.addresses[index][1]:
            return self.addresses[index][2]
        return None


def _over(hits: Sequence[Hit[Named]], start: int, end: int) -> Hit[Named] | None:
    """The hit that lies over a span; hits are in order, and none lies within another."""
    index = bisect_right(hits, start, key=lambda each: each.end)
    return hits[index] if index < len(hits) and hits[index].start < end else None


def mentions(policy: PolicyText, register: Register) -> Mentions:
    """Every name of the register's parties and systems and of well-known vendors in a policy."""
    found = Mentions(policy, words_of(policy.text), addresses=list(_addresses(policy.text)))
    recorded: Names[Named] = Names()
    _enter(recorded, register)
    famous: Names[Named] = Names()
    for name, known in known_names().names:
        famous.add(name, known, capitals=" " in name and known.sort not in ("other", "supervisor"))
    for name, id_ in known_names().mechanisms:
        famous.add(name, Mechanism(id_))
    places = {word.start: index for index, word in enumerate(found.words)}

    def fits(first: Word, last: Word, what: Named) -> bool:
        return _fits(found, places, first, last, what)

    found.known = list(famous.find(policy.text, found.words, fits))
    for hit in recorded.find(policy.text, found.words, fits):
        within = found.longer(hit.start, hit.end)
        by_company = all(isinstance(what, OfParty) and what.by == "legal" for what in hit.what)
        # `Google Chrome` is nobody, and `Google Analytics` does not name another service of the same company.
        if within is None or not (within.sort == "other" or (within.sort == "service" and by_company)):
            found.hits.append(hit)
    return found


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _ADDRESS.finditer(text):
        yield found.start(), found.end(), "" if "@" in found[0] else host_of(found[0])


def host_of(address: str) -> str:
    """The host of a link, without `www.`; empty where there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").lower()


def is_guidance(host: str) -> bool:
    """Whether a site is one that policies link to for the reader's information."""
    return any(host == each or host.endswith(f".{each}") for each in known_names().guidance)


def names_of(register: Register, key: str) -> Iterator[tuple[str, By]]:
    """Every name of a party, and which one it is."""
    party = register.parties[key]
    yield party.name, "name"
    for alias in party.aliases:
        yield alias, "alias"
    if party.legal_name:
        yield party.legal_name, "legal"


def _enter(names: Names[Named], register: Register) -> None:
    organisation = register.organisation
    for own in (organisation.name, organisation.legal_name, *organisation.group_entities):
        for form in _forms(own or ""):
            names.add(form, Own(), capitals=" " not in form)
    for key in register.parties:
        for name, by in names_of(register, key):
            for form in _forms(name):
                # A name whose legal form is left out may be two ordinary words.
                names.add(form, OfParty(key, by, name), capitals=form != name, parts=True)


def _forms(name: str) -> Iterator[str]:
    """A name as it is, and without its legal form, a leading `The` or the end of a web address."""
    if not name:
        return
    yield name
    words = words_of(name)
    plain = bare(name)
    for first in range(min(2, len(words))):
        for last in range(len(words), first, -1):
            if "".join(each.plain for each in words[first:last]) == plain and (first, last) != (0, len(words)):
                yield name[words[first].start : words[last - 1].end]
                return
    if len(words) == 2 and words[1].text in ("com", "io", "net"):
        yield words[0].text


def _fits(found: Mentions, places: dict[int, int], first: Word, last: Word, what: Named) -> bool:
    """Whether a name really is one where it stands."""
    text = found.policy.text
    host = found.address(first.start)
    if host is not None:
        # In an address only the host says who it is, and of an e-mail address nothing does.
        label = spelt(text[first.start : last.end])
        return bool(host) and not is_guidance(host) and label in {spelt(host), *map(spelt, host.split("."))}
    written = text[first.start : last.end]
    one = first is last
    ordinary = one and (
        what.ordinary if isinstance(what, Known) else spelt(written) in known_names().ordinary or len(written) <= 3
    )
    if isinstance(what, Own | Mechanism) or not ordinary:
        return True
    if not first.capital or _within_a_name(found, places[first.start], places[last.start]):
        return False
    if _BOXED.search(text, max(0, first.start - 20), first.start) and written == "Box":
        return False
    if begins_sentence(text, first.start) and not _AFTER_A_NAME.match(text, last.end):
        return False
    if isinstance(what, OfParty):
        return True
    begin, end = sentence(text, first.start, last.end)
    around = text[begin : first.start] + " " + text[last.end : end]
    return bool(_ABOUT_VENDORS.search(around) or _ABOUT_VENDORS.search(found.policy.section(first.start)))


def _within_a_name(found: Mentions, first: int, last: int) -> bool:
    """Whether a capitalised word stands right beside, so that the two are a name together: `Market Square`."""
    text, words = found.policy.text, found.words
    plain = known_names().not_names
    before = words[first - 1] if first else None
    after = words[last + 1] if last + 1 < len(words) else None
    beside = before is not None and text[before.end : words[first].start] == " "
    if before is not None and beside and before.capital and before.text.casefold() not in plain:
        return True
    return (
        after is not None
        and text[words[last].end : after.start] == " "
        and after.capital
        and after.text.casefold() not in plain
        and not any(
            after.plain == spelt(form) for form in ("Inc", "LLC", "Ltd", "Technologies", "Payments", "UK", "Pay")
        )
        and joined(text, words[last], after)
    )


def distinct(hits: Sequence[Hit[Named]], kind: type[OfParty]) -> dict[str, list[tuple[Hit[Named], OfParty]]]:
    """The mentions of parties by key."""
    found: dict[str, list[tuple[Hit[Named], OfParty]]] = {}
    for hit in hits:
        for what in hit.what:
            if isinstance(what, kind):
                found.setdefault(what.key, []).append((hit, what))
    return found
