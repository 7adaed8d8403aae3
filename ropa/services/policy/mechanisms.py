"""Transfer mechanisms: what a privacy policy relies on, what the register records, and whether it holds on the date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ropa.flows.crossings import crossings
from ropa.law.entries import Adequacy, Instrument
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.services.policy.findings import Compared, Difference, Same, Sure, places_of
from ropa.services.policy.mentions import Mechanism, Mentions
from ropa.services.policy.words import sentence
from ropa.services.wording import listed, long_day

_GIVEN_UP = re.compile(
    r"\b(?:no longer|invalid\w*|struck down|former\w*|previous\w*|repealed|replaced|ceased|until \w+ 20\d\d"
    r"|(?:do|does|did) not rely|not rel(?:y|ied))\b",
    re.IGNORECASE,
)
_DAY = dt.timedelta(days=1)
_DECISION = "adequacy"
_LIKE = {"bcr-c": ("bcr-p",)}


def compare_mechanisms(found: Mentions, register: Register, on: dt.date) -> Compared:
    """The mechanisms that both name, that one of them names, and those of the policy that hold no longer, or not alone,
    under the law that binds the organisation on the date."""
    law = LawBook.in_use()
    spans: dict[str, list[tuple[int, int]]] = {}
    for hit in found.known:
        for what in hit.what:
            if isinstance(what, Mechanism):
                spans.setdefault(what.id, []).append((hit.start, hit.end))
    recorded = _recorded(register, on)
    differences: list[Difference] = []
    same: list[Same] = []
    matched: set[str] = set()
    for id_, every in spans.items():
        instrument = law.instrument(id_)
        if instrument is None:
            continue
        places = places_of(found.policy, every)
        held = [each for each in recorded if each in _equal(instrument, law)]
        matched |= set(held)
        records = tuple(dict.fromkeys(record for each in held for record in recorded[each]))
        if held:
            same.append(Same("mechanism", instrument.name, places, records))
            if id_ not in held:
                names = listed([_name(each, law) for each in held])
                words = f"The policy does not say which; the register has {names}."
                differences.append(
                    Difference("differently", "mechanism", instrument.name, words, "?", places=places, records=records)
                )
        else:
            words = "The register has no transfer that rests on it."
            differences.append(Difference("policy", "mechanism", instrument.name, words, places=places))
        differences += _not_holding(found, instrument, every, set(spans), register, on, records)
    for id_, names_ in recorded.items():
        if id_ not in matched:
            words = "The register records it for a transfer, and the policy does not name it."
            source = "Art. 13(1)(f), 14(1)(f): the safeguard, and how to get a copy"
            if id_ == _DECISION and not any(each.startswith("safeguard/") for each in names_):
                words = "By the law data flows of the register rest on one, and the policy does not say so."
                source = "Art. 13(1)(f), 14(1)(f): whether there is an adequacy decision"
            differences.append(
                Difference("register", "mechanism", _name(id_, law), words, records=names_, source=source)
            )
    return Compared(tuple(differences), tuple(same))


def _name(id_: str, law: LawBook) -> str:
    instrument = law.instrument(id_)
    return id_ if instrument is None else instrument.name


def _equal(instrument: Instrument, law: LawBook) -> set[str]:
    """What may be recorded for what a policy calls so: any version of the clauses, any decision."""
    found = {instrument.id, *instrument.versions, *_LIKE.get(instrument.id, ())}
    found |= {each.id for each in law.instruments() if instrument.id in each.versions}
    return found


def _recorded(register: Register, on: dt.date) -> dict[str, tuple[str, ...]]:
    """What the recorded transfers rest on, by id; adequacy where a crossing is so by a decision for its country."""
    found: dict[str, dict[str, None]] = {}
    for each in register.safeguards.values():
        found.setdefault(each.instrument, {})[f"safeguard/{each.key}"] = None
    decided = [
        crossing.edge.via
        for crossing in crossings(register, on)
        if any(verdict.status == "adequate" for verdict in crossing.verdicts)
        and not any(register.safeguards_of(transfer) for transfer in crossing.transfers)
    ]
    if decided:
        found.setdefault(_DECISION, {}).update(dict.fromkeys(decided))
    return {id_: tuple(records) for id_, records in found.items()}


def _not_holding(
    found: Mentions,
    instrument: Instrument,
    spans: list[tuple[int, int]],
    named: set[str],
    register: Register,
    on: dt.date,
    records: tuple[str, ...],
) -> Iterator[Difference]:
    """Where the policy relies on what does not hold under a regime on the date; told once where it ended for all."""
    law = LawBook.in_use()
    relied = [span for span in spans if not _is_given_up(found, *span)]
    places = places_of(found.policy, relied or spans)
    mark, because = ("✖", "") if relied else ("?", "the words around it may say that it is no longer relied on")
    sure: Sure = "clear" if relied else "possible"
    if instrument.until is not None and instrument.until < on:
        words = f"It holds no longer since {long_day(instrument.until + _DAY)}{_by(instrument, law)}."
        if instrument.successor and (after := law.instrument(instrument.successor)) is not None and after.in_force(on):
            later = "came after it; it covers importers on its own list alone and has to be named itself"
            words += f" The {after.name} {later}."
        source = _source(instrument, law)
        yield Difference("law", "mechanism", instrument.name, words, mark, sure, because, places, records, source)
        return
    for regime in register.regimes(on):
        if words := _under(instrument, regime, named, on, law):
            worse = "✖" if mark == "✖" and "holds no longer" in words and not instrument.versions else "!"
            name, source = instrument.name, instrument.source
            yield Difference("law", "mechanism", name, words, worse, sure, because, places, records, source)


def _under(instrument: Instrument, regime: str, named: set[str], on: dt.date, law: LawBook) -> str:
    """Why an instrument does not carry a transfer by itself under a regime; empty where it can."""
    bound = law.law(regime, on)
    name = law.regime(regime).name
    if instrument.decisions:
        decisions = [each for each in map(law.entry, instrument.decisions) if isinstance(each, Adequacy)]
        if any(each.regime == bound.regime and each.in_force(on) for each in decisions):
            return ""
        others = [
            each.name
            for each in law.instruments()
            if any(
                isinstance(decision, Adequacy) and decision.regime == bound.regime and decision.in_force(on)
                for decision in map(law.entry, each.decisions)
            )
        ]
        instead = (
            f" Under it there is the {listed(others)}." if others and not _other_is_named(others, named, law) else ""
        )
        return f"It is no decision under the {name}.{instead}" if not _other_is_named(others, named, law) else ""
    if not instrument.terms and not instrument.versions:
        return ""  # adequacy in general
    tools = [each for each in map(law.instrument, instrument.versions or (instrument.id,)) if each is not None]
    terms = [(tool, tool.terms[bound.regime]) for tool in tools if bound.regime in tool.terms]
    if any((term.start is None or term.start <= on) and (term.until is None or on <= term.until) for _, term in terms):
        return ""
    with_others = list({each.id: each for tool in tools for each in law.needing(tool.id, bound.regime)}.values())
    if any(each.id in named for each in with_others):
        return ""
    ends = [term.until for _, term in terms if term.until is not None and term.until < on]
    ended = f" The older versions hold no longer since {long_day(max(ends) + _DAY)}." if ends and with_others else ""
    if with_others:
        needed = listed([f"the {each.name}" for each in with_others])
        return f"Alone it is no safeguard under the {name}: it needs {needed}, which the policy does not name.{ended}"
    if ends:
        return f"Under the {name} it holds no longer since {long_day(max(ends) + _DAY)}."
    return f"It is no safeguard under the {name}."


def _other_is_named(names: list[str], named: set[str], law: LawBook) -> bool:
    return any(each.name in names for each in map(law.instrument, named) if each is not None)


def _is_given_up(found: Mentions, start: int, end: int) -> bool:
    begin, stop = sentence(found.policy.text, start, end)
    return bool(_GIVEN_UP.search(found.policy.text, begin, stop))


def _by(instrument: Instrument, law: LawBook) -> str:
    """By which judgment its decisions ended, where the data says so."""
    by = [
        each.ended_by for each in map(law.entry, instrument.decisions) if isinstance(each, Adequacy) and each.ended_by
    ]
    return f" ({', '.join(dict.fromkeys(by))})" if by else ""


def _source(instrument: Instrument, law: LawBook) -> str:
    decisions = [each for each in map(law.entry, instrument.decisions) if isinstance(each, Adequacy)]
    ended = [each.ended_by for each in decisions if each.ended_by]
    return "; ".join(dict.fromkeys((instrument.source, *ended)))
