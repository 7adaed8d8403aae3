"""Where something is, as people write it in a cell: the countries that are understood, and what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ropa.law.lawbook import LawBook

_NOTHING = frozenset(("", "-", "–", "—", "n/a", "na", "none", "tbd", "tbc", "unknown", "?"))
_GROUP = re.compile(r"\band/or\b|[;\n|/•]+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:&|\+|\b(?:and|or|und|et)\b)\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LEAD = re.compile(r".*\b(?:in|within|from|of)\s+(?:the\s+)?", re.IGNORECASE | re.DOTALL)
_STATES = """
AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA
RI SC SD TN TX UT VT VA WA WV WI WY
"""
_WIDE = """
global globally worldwide international various multiple europe emea apac amer americas asia africa latam mena anz
nordics
"""
_FRENCH = {
    same: code
    for code, names in {
        "US": "états-unis, états-unis d'amérique, etats-unis, etats-unis d'amérique, usa", "GB": "royaume-uni",
        "IN": "inde", "CH": "suisse", "CN": "chine", "JP": "japon", "KR": "corée du sud, corée", "BR": "brésil",
        "AU": "australie", "NZ": "nouvelle-zélande", "IL": "israël", "AR": "argentine", "MX": "mexique",
        "MA": "maroc", "TN": "tunisie", "DZ": "algérie", "SN": "sénégal", "ZA": "afrique du sud", "TR": "turquie",
        "RU": "russie", "UA": "ukraine", "RS": "serbie", "SG": "singapour", "PH": "philippines", "TH": "thaïlande",
        "MY": "malaisie", "ID": "indonésie", "TW": "taïwan", "AE": "émirats arabes unis", "CL": "chili",
        "CO": "colombie", "PE": "pérou", "LB": "liban", "EG": "égypte", "JO": "jordanie", "DE": "allemagne",
        "AT": "autriche", "BE": "belgique", "BG": "bulgarie", "HR": "croatie", "CY": "chypre", "DK": "danemark",
        "ES": "espagne", "EE": "estonie", "FI": "finlande", "GR": "grèce", "HU": "hongrie", "IE": "irlande",
        "IT": "italie", "LV": "lettonie", "LT": "lituanie", "MT": "malte", "NL": "pays-bas", "PL": "pologne",
        "RO": "roumanie", "SK": "slovaquie", "SI": "slovénie", "SE": "suède", "CZ": "tchéquie, république tchèque",
        "IS": "islande", "NO": "norvège", "JE": "jersey", "GG": "guernesey", "AD": "andorre", "MC": "monaco",
    }.items()
    for same in names.split(", ")
}  # fmt: skip
"""Countries as the CNIL's own sheet and those who fill it in call them."""
_GERMAN = {
    same: code
    for code, names in {
        "DE": "deutschland", "AT": "österreich", "CH": "schweiz", "FR": "frankreich", "IE": "irland", "US":
        "vereinigte staaten, vereinigte staaten von amerika", "GB": "vereinigtes königreich, großbritannien",
        "NL": "niederlande", "BE": "belgien", "LU": "luxemburg", "ES": "spanien", "IT": "italien", "PL": "polen",
        "CZ": "tschechien", "DK": "dänemark", "SE": "schweden", "FI": "finnland", "NO": "norwegen", "IN": "indien",
        "HU": "ungarn", "RO": "rumänien", "BG": "bulgarien", "GR": "griechenland", "TR": "türkei", "BR": "brasilien",
    }.items()
    for same in names.split(", ")
}  # fmt: skip
_STATE_CODES = frozenset(_STATES.split())
"""Where one of these follows a town it is a state of the United States: `Wilmington, DE` is not in Germany."""
_WIDE_WORDS = frozenset(_WIDE.split())


def read_places(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the countries and groups that a cell names, and the parts of it that name none that is known.

    `EU (Frankfurt)` is the EU, `Frankfurt, Germany` Germany, `EU (Ireland)` Ireland; of `Global` nothing is known.
    """
    if text.strip().casefold() in _NOTHING:
        return (), ()
    known: dict[str, None] = {}
    unread: dict[str, None] = {}
    for code, words in _places(text):
        if code:
            known[code] = None
        else:
            unread[words] = None
    return tuple(known), tuple(unread)


def _country(text: str) -> str | None:
    text = text.strip(" .,:*")
    if len(text) < 2 or (len(text) == 2 and not text.isupper()):  # `in`, `no`, `us` are words, too
        return None
    law = LawBook.in_use()
    return law.country(text) or law.country(text.replace(".", "")) or law.country(_abroad(text))


def _abroad(text: str) -> str:
    """The code of a country by its French or German name; empty where it is neither."""
    plain = text.casefold().replace("’", "'")
    if code := _GERMAN.get(plain):
        return code
    return _FRENCH.get(plain.removeprefix("les ").removeprefix("le ").removeprefix("la ").removeprefix("l'"), "")


def _places(text: str) -> Iterator[tuple[str, str]]:
    """Each place of a cell as (id, words); the id is empty where no country is known."""
    text = re.sub(r",\s*the(?=\s*(?:$|[,;\n]))", "", text, flags=re.IGNORECASE)  # `Netherlands, The`
    if code := _country(text):
        yield code, text.strip()
        return
    for part in filter(None, map(str.strip, _GROUP.split(_shielded(text)))):
        yield from _list(part)


def _shielded(text: str) -> str:
    """The text with what separates places inside brackets made commas, so that brackets stay whole."""
    return _BRACKETS.sub(lambda found: f"({_GROUP.sub(',', found[1])})", text)


def _list(text: str) -> Iterator[tuple[str, str]]:
    """The places of a text with commas; a town is told with the country that follows it."""
    if code := _country(_BRACKETS.sub("", text)):
        yield from _with_brackets(code, text)
        return
    town = ""
    pieces = list(filter(None, map(str.strip, re.split(r",(?![^(\[]*[)\]])", text))))
    for index, piece in enumerate(pieces):
        following = _country(pieces[index + 1]) if index + 1 < len(pieces) else None
        in_a_state = (town and piece in _STATE_CODES) or (piece == "Georgia" and following == "US")
        found = [] if in_a_state else list(_piece(piece))
        if any(code for code, _ in found):
            if town and (found[0][0] == "" or _is_wide(town)):
                yield "", town
            yield from found
            town = ""
        elif _is_wide(piece):
            if town:
                yield "", town
            yield "", piece
            town = ""
        else:
            town = f"{town}, {piece}" if town else piece
    if town:
        yield "", town


def _piece(text: str) -> Iterator[tuple[str, str]]:
    """The places of a text without commas."""
    bare = _BRACKETS.sub("", text).strip()
    if code := _country(bare):
        yield from _with_brackets(code, text)
        return
    inner = [each for found in _BRACKETS.findall(text) for each in _inside(found)]
    parts = [each for each in _AND.split(bare) if each]
    if len(parts) > 1:
        for part in parts:
            code = _country(part) or _country(_LEAD.sub("", part, count=1))
            yield (code or "", part.strip())
        yield from ((code, "") for code in inner)
    elif inner:
        yield from ((code, text) for code in inner)
    else:
        yield (_country(_LEAD.sub("", bare, count=1)) or "", text)


def _with_brackets(code: str, text: str) -> Iterator[tuple[str, str]]:
    """A country, or the countries in brackets behind a group: `EU (Ireland)`."""
    law = LawBook.in_use()
    inner = [each for found in _BRACKETS.findall(text) for each in _inside(found)]
    within = law.members(code, law.as_of)
    narrower = [each for each in inner if each in within and each != code]
    for each in narrower or [code]:
        yield each, text
    for each in inner:
        if each not in within:
            yield each, text


def _inside(text: str) -> Iterator[str]:
    """The countries named in brackets; two letters there may as well be a state or an abbreviation."""
    for part in _AND.split(text.replace(",", "&")):
        if len(part.strip()) > 2 and (code := _country(part)):
            yield code


def _is_wide(text: str) -> bool:
    return not _WIDE_WORDS.isdisjoint(re.findall(r"\w+", text.casefold()))
