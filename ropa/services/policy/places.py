"""Countries: where a privacy policy says that data goes, and where the register's flows go."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from ropa.flows.edges import edges
from ropa.law.entries import Territory
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.services.policy.findings import Compared, Difference, Same, Sure, places_of
from ropa.services.policy.known import known_names
from ropa.services.policy.mentions import Mentions
from ropa.services.policy.words import Names, Word, sentence
from ropa.services.wording import listed

_OUTSIDE = re.compile(
    r"(?:\b(?:outside|beyond)(?: of)?(?: (?:either|both))?(?: the)?|\bnon-|\b(?:leaves?|out of)(?: the)?)\s*$",
    re.IGNORECASE,
)
_OUTSIDE_OF_SEVERAL = re.compile(r"\b(?:outside|beyond)\b[^.;]{0,60}$", re.IGNORECASE)
_NEVER = re.compile(r"\b(?:not|never|no|don['’]?t|won['’]?t|doesn['’]?t|neither|nor)\b[^.;:]{0,90}$", re.IGNORECASE)
_NOT_USED = re.compile(
    r"\b(?:we|our|us|company|group|sites?|websites?|apps?)\b[^.;:]{0,40}"
    r"\b(?:(?:do|does|did|will) not|don['’]?t|doesn['’]?t|won['’]?t|never|no longer|neither|stopped|ceased)\b"
    r"[^.;:]{0,60}$",
    re.IGNORECASE,
)
_UNLESS = re.compile(r"\b(?:unless|without|except|only|other than|where)\b", re.IGNORECASE)
_ABOUT_PLACES = re.compile(
    r"\b(?:transfer\w*|stor\w+|host\w*|server\w*|locat\w+|process\w*|data cent\w+|outside|abroad|overseas"
    r"|send\w*|sent|based|access\w*"
    r"|cloud|back(?:ed)?[- ]?up\w*|held|keep|kept|international\w*|third countr\w+|reside\w*|situated"
    r"|subsidiar\w+|offices?)\b",
    re.IGNORECASE,
)
_LETTERS = frozenset(("EU", "EEA", "US", "USA", "UK", "UAE", "U.S.", "U.S.A.", "U.K."))
_FORMS = frozenset(("ltd", "inc", "llc", "llp", "plc", "gmbh", "corp", "bv", "ag", "sas", "sarl"))
_NEIGHBOURS = frozenset(("of", "the", "and", "or", "in"))


def compare_countries(found: Mentions, register: Register, on: dt.date) -> Compared:
    """The countries and groups of countries that both name, and that one of them names.

    The organisation's own country is no difference, whoever names it. A country of the register is covered by a group
    that the policy names: Ireland by the EU.
    """
    law = LawBook.in_use()
    inside: dict[str, list[tuple[int, int]]] = {}
    outside: dict[str, list[tuple[int, int]]] = {}
    for start, end, code in _named(found):
        (outside if _is_outside(found.policy.text, start) else inside).setdefault(code, []).append((start, end))
    recorded = _recorded(register, on)
    home = register.organisation.country
    differences: list[Difference] = []
    same: list[Same] = []
    covered: set[str] = {home} if home else set()
    for code, spans in inside.items():
        members = law.members(code, on)
        held = [each for each in recorded if each in members]
        covered |= set(members)
        if code == home:
            continue
        places = places_of(found.policy, spans)
        if held:
            same.append(
                Same(
                    "country",
                    law.country_name(code),
                    places,
                    tuple(dict.fromkeys(r for c in held for r in recorded[c])),
                )
            )
        elif home is None or home not in members:
            is_group = len(members) > 1
            if is_group and not any(_ABOUT_PLACES.search(_sentence(found, start, end)) for start, end in spans):
                continue  # what its law says, and not where data goes
            around = [_sentence(found, start, end) + found.policy.section(start) for start, end in spans]
            clear = any(map(_ABOUT_PLACES.search, around))
            sure: Sure = "clear" if clear else "possible"
            words = (
                "No flow of the register goes there."
                if clear
                else "No flow of the register goes there; the policy may mean something else."
            )
            because = "" if clear else "the words around it do not speak of where data goes"
            if all(is_denied(found, *span) for span in spans):
                clear, sure = False, "possible"
                because = "the sentence may say that no data goes there"
            differences.append(
                Difference(
                    "policy", "country", law.country_name(code), words, "!" if clear else "?", sure, because, places
                )
            )
    differences += _beyond(found, outside, recorded, register, on)
    unnamed = [code for code in recorded if code not in covered]
    for code in unnamed:
        words = "The register has flows there, and the policy does not name it."
        if outside:
            words += f" It says only that data goes outside {listed([law.place_phrase(each) for each in outside])}."
        source = "Art. 13(1)(f), 14(1)(f): that data goes to a third country, and by which safeguard"
        differences.append(
            Difference("register", "country", law.country_name(code), words, records=recorded[code], source=source)
        )
    return Compared(tuple(differences), tuple(same))


def _beyond(
    found: Mentions,
    outside: dict[str, list[tuple[int, int]]],
    recorded: dict[str, tuple[str, ...]],
    register: Register,
    on: dt.date,
) -> Iterator[Difference]:
    """What the policy says of data that leaves a group of countries, and the register does not bear out."""
    law = LawBook.in_use()
    for code, spans in outside.items():
        members = law.members(code, on) | ({register.organisation.country} if register.organisation.country else set())
        beyond = [each for each in recorded if each not in members]
        denied = [span for span in spans if is_denied(found, *span)]
        name = f"outside {law.place_phrase(code)}"
        if denied and beyond:
            where = listed([law.place_phrase(each) for each in beyond])
            words = f"The policy says that data does not go there; the register has flows to {where}."
            records = tuple(dict.fromkeys(record for each in beyond for record in recorded[each]))
            places = places_of(found.policy, denied)
            because = "by a no or not in the sentence; read it"
            yield Difference("differently", "country", name, words, "!", "likely", because, places, records)
        elif not beyond and (said := [span for span in spans if span not in denied]):
            words = "The policy says that data goes there; the register has no such flow."
            yield Difference("policy", "country", name, words, "!", "likely", "", places_of(found.policy, said))


def is_denied(found: Mentions, start: int, end: int) -> bool:
    """Whether the sentence says no or not before what stands there, and makes no exception."""
    begin, _ = sentence(found.policy.text, start, end)
    before = found.policy.text[begin:start]
    return bool(_NEVER.search(before)) and not _UNLESS.search(_sentence(found, start, end))


def is_not_used(found: Mentions, start: int, end: int) -> bool:
    """Whether the sentence says of us that we do not use what stands there, and makes no exception."""
    begin, _ = sentence(found.policy.text, start, end)
    before = found.policy.text[begin:start]
    return bool(_NOT_USED.search(before)) and not _UNLESS.search(_sentence(found, start, end))


def _is_outside(text: str, start: int) -> bool:
    """Whether what is named is what data leaves: `outside of the EU`, `outside the UK or the EEA`."""
    before = text[max(0, start - 80) : start]
    if _OUTSIDE.search(before):
        return True
    several = _OUTSIDE_OF_SEVERAL.search(before)
    between = re.findall(r"\w+", several[0])[1:] if several else ()
    return several is not None and all(each.casefold() in _NEIGHBOURS or each[0].isupper() for each in between)


def _recorded(register: Register, on: dt.date) -> dict[str, tuple[str, ...]]:
    """The countries of the register's flows on a date, each with the records that say so."""
    found: dict[str, dict[str, None]] = {}
    for edge in edges(register, on):
        places = set(edge.places)
        kind, _, key = edge.receiver.partition("/")
        if kind == "party" and (country := register.parties[key].country) is not None:
            places.add(country)
        for place in sorted(places):
            found.setdefault(place, {})[edge.via] = None
    return {place: tuple(records) for place, records in found.items()}


@lru_cache(maxsize=4)
def _territories(law: LawBook) -> Names[str]:
    names: Names[str] = Names()
    for each in law.of_kind(Territory):
        if each.sort == "organisation" or (each.sort == "group" and not each.aliases):
            continue
        for name in (each.name, *each.aliases, *({each.id} & _LETTERS)):
            if len(name) > 3 or name in _LETTERS:
                names.add(name, each.id, capitals=True)
    return names


def _named(found: Mentions) -> Iterator[tuple[int, int, str]]:
    """Every country and group in the text that is no part of another name."""
    at = {word.start: index for index, word in enumerate(found.words)}

    def fits(first: Word, last: Word, _: str) -> bool:
        return not _within_a_name(found, at[first.start], at[last.start])

    for hit in _territories(LawBook.in_use()).find(found.policy.text, found.words, fits):
        if not found.of(hit.start, hit.end) and found.address(hit.start) is None:
            yield hit.start, hit.end, hit.what[0]


def _within_a_name(found: Mentions, first: int, last: int) -> bool:
    """Whether a capitalised word stands right beside: `New Jersey`, `Michael Jordan`, `Bank of America`."""
    text, words = found.policy.text, found.words
    plain = known_names().not_names - {
        *("north", "south", "new", "bank", "america", "street", "road", "avenue", "lane", "house", "square")
    }
    before, after = (words[first - 1] if first else None), (words[last + 1] if last + 1 < len(words) else None)
    if before is not None and text[before.end : words[first].start] == " ":
        if (
            before.capital
            and not before.text.isdigit()
            and before.plain not in _FORMS
            and before.text.casefold() not in plain
        ):
            return True
        if before.text == "of" and first > 1 and words[first - 2].text in ("Bank", "University", "Church", "Republic"):
            return True
    if after is None or text[words[last].end : after.start] != " " or not after.capital:
        return False
    if after.plain in _FORMS:
        return True
    return after.text.casefold() not in plain and not after.text[0].isdigit() and not words[last].text.isupper()


def _sentence(found: Mentions, start: int, end: int) -> str:
    begin, stop = sentence(found.policy.text, start, end)
    return found.policy.text[begin:stop]
