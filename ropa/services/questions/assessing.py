"""One hypothetical transfer, judged with no register: what `ropa assess` asks and answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ropa.law.lawbook import LawBook
from ropa.records.errors import InputError, Problem
from ropa.rules.hop import Hop, SafeguardFacts
from ropa.rules.transfers import judge
from ropa.rules.verdict import Verdict

SAFE = ("not-restricted", "adequate", "safeguarded", "derogation")
_TRUTHS = {"yes": True, "no": False}
_DATA = ("hr", "criminal", "special", "journalistic", "credit")


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdicts on one hop, one for each regime asked about."""

    on: dt.date
    verdicts: tuple[Verdict, ...]

    @property
    def safe(self) -> bool:
        """Whether every regime lets the transfer go ahead on what was said."""
        return all(verdict.status in SAFE for verdict in self.verdicts)


def assess(hop: Hop, regimes: Sequence[str], on: dt.date, law: LawBook | None = None) -> Assessment:
    """Judge a hop under the regimes named, else those that bind its exporter's country, else every one."""
    book = law or LawBook.in_use()
    asked: Sequence[str] = regimes
    if not asked and hop.exporter_country is not None:
        asked = sorted(book.regimes_of(hop.exporter_country, on), reverse=True)
        if not asked:
            name = book.country_name(hop.exporter_country)
            raise InputError(
                [Problem(f"no regime known here binds an exporter in {name} by itself; say --regime uk or eu")]
            )
    known = [regime.id for regime in book.regimes()]
    return Assessment(on, tuple(judge(hop, regime, book, on) for regime in asked or known))


def safeguard(text: str) -> SafeguardFacts:
    """A safeguard as the command line writes it: `ID[:module=2][:signed=DATE][:until=DATE][:approved=uk]` and so on.

    Raises InputError for an unknown instrument, name or value.
    """
    book = LawBook.in_use()
    name, *parts = text.split(":")
    if book.instrument(name) is None:
        known = ", ".join(each.id for each in book.instruments())
        raise _wrong(text, f"{name!r} is no instrument; one of: {known}")
    values: dict[str, Any] = {"instrument": name}
    for part in parts:
        field, sign, value = part.partition("=")
        if not sign or field in values:
            raise _wrong(text, f"{part!r} is not of the form name=value, each name once")
        values[_NAMES.get(field, field)] = _value(text, field, value)
    return SafeguardFacts(**values)


_NAMES = {"assessed": "assessment", "met": "conditions_met", "refused": "conditions_refused"}


def _value(text: str, field: str, value: str) -> Any:
    if field == "module":
        if value not in ("1", "2", "3", "4"):
            raise _wrong(text, "the module is 1, 2, 3 or 4")
        return value
    if field in ("signed", "until", "assessed"):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise _wrong(text, f"{value!r} is not a date; write it as in 2026-11-21") from None
    if field == "approved":
        return tuple(_one_of(text, each, ("uk", "eu")) for each in value.split(","))
    if field in ("commitments", "unchanged"):
        return _TRUTHS[_one_of(text, value, tuple(_TRUTHS))]
    if field in ("met", "refused"):
        instrument = LawBook.in_use().instrument(text.split(":")[0])
        ids = tuple(each.id for each in instrument.conditions) if instrument else ()
        return frozenset(_one_of(text, each, ids) for each in value.split(","))
    raise _wrong(
        text,
        f"{field!r} is not known; one of: module, signed, until, assessed, approved, commitments, "
        "unchanged, met, refused",
    )


def data_marks(texts: Sequence[str]) -> frozenset[str]:
    """The marks of the data that goes, from words that may stand together with commas between."""
    words = [word.strip() for text in texts for word in text.split(",")]
    return frozenset(_one_of("--data", word, _DATA) for word in words)


def place(text: str | None, what: str) -> str | None:
    """The code of a country given by name or code. Raises InputError for one that is not known."""
    if text is None:
        return None
    code = LawBook.in_use().country(text)
    if code is None:
        raise _wrong(what, f"{text!r} is not a country that is known here; write its name or ISO code")
    return code


def organisation(text: str | None) -> str | None:
    """The id of an international organisation given by name or id. Raises InputError for one that is not known."""
    if text is None:
        return None
    found = LawBook.in_use().organisation(text)
    if found is None:
        # An organisation that the law data does not name has no decision of its own; it is judged as such.
        return text if text.startswith("org:") else f"org:{text}"
    return found


def as_json(found: Assessment) -> dict[str, Any]:
    """The assessment as plain values."""
    return {
        "on": found.on.isoformat(),
        "verdicts": [
            {
                "regime": verdict.regime,
                "status": verdict.status,
                "reasons": [{"text": each.text, "source": each.source} for each in verdict.reasons],
                "warnings": [{"text": each.text, "source": each.source} for each in verdict.warnings],
                "remedies": list(verdict.remedies),
                "rests_on": list(verdict.rests_on),
                "until": None if verdict.until is None else verdict.until.isoformat(),
            }
            for verdict in found.verdicts
        ],
    }


def _one_of(text: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise _wrong(text, f"{value!r} is none of {', '.join(allowed) or 'the conditions of this instrument'}")
    return value


def _wrong(text: str, message: str) -> InputError:
    return InputError([Problem(message, field=text)])
