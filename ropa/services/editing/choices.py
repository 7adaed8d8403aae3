"""What can be chosen in a field, each with a plain explanation, and the choices that answer what is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from ropa.flows.edges import ORGANISATION
from ropa.law.entries import PACKAGED, Adequacy, Entry, Instrument, Term, Territory
from ropa.law.lawbook import LawBook
from ropa.records.kinds import KINDS, NODE_KINDS
from ropa.records.values import Fields
from ropa.rules.catalogue import CATALOGUE
from ropa.rules.dates import long_date
from ropa.services.browsing.search import fold
from ropa.services.editing.fields import Field, form, reference_kinds
from ropa.services.subjects import record_title
from ropa.services.wording import listed
from ropa.services.workspace import View

MOST = 30
_WHOLE = ("full", "limited")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what goes into the field, what people read, what it means, and its other names."""

    value: str
    label: str
    explain: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """All choices of a field, folded once, so that each key pressed is answered quickly."""

    choices: tuple[Choice, ...]
    folded: tuple[tuple[str, str], ...]

    def find(self, typed: str, most: int = MOST) -> tuple[Choice, ...]:
        """The choices that hold every word typed, in any part, case and accent; best first. All for nothing typed."""
        words = fold(typed).split()
        if not words:
            return self.choices[:most]
        whole = " ".join(words)
        ranked = [
            (_rank(whole, words, label, everything), index)
            for index, (label, everything) in enumerate(self.folded)
            if all(word in everything for word in words)
        ]
        return tuple(self.choices[index] for _, index in sorted(ranked)[:most])

    def label(self, value: str) -> str:
        """What people read for a value; the value itself where nothing of that name can be chosen."""
        return next((each.label for each in self.choices if each.value == value), value)


def _rank(whole: str, words: list[str], label: str, everything: str) -> int:
    """How well it answers: it is called that, begins with it, has words that begin so, holds it, by another name."""
    if f"\n{whole}\n" in f"\n{everything}\n":
        return 0
    if label.startswith(whole):
        return 1
    parts = label.replace("-", " ").replace("(", " ").split()
    if all(any(part.startswith(word) for part in parts) for word in words):
        return 2
    return 3 if all(word in label for word in words) else 4


def offer(view: View, kind: str, name: str, texts: Mapping[str, object] | None = None) -> Offer:
    """What a field of a kind (`contact.email` for one of a part) can hold. Empty where it is free text.

    `texts` is what stands in the form, for fields whose choices depend on another: a derogation's conditions.
    """
    return made(_choices(view, f"{kind}.{name}", form(kind).field(name), texts or {}))


def made(choices: Iterable[Choice]) -> Offer:
    """An offer of these choices."""
    found = tuple(choices)
    return Offer(found, tuple((fold(each.label), _everything(each)) for each in found))


def _everything(choice: Choice) -> str:
    return fold("\n".join((choice.label, choice.value, *choice.also)))


def _choices(view: View, path: str, field: Field, texts: Mapping[str, object]) -> Iterator[Choice]:
    if field.widget == "conditions":
        yield from _derogation_conditions(str(texts.get("instrument") or ""))
    elif path == "acknowledgement.rule":
        yield from (Choice(rule.id, rule.id, rule.asks) for rule in CATALOGUE.values())
    elif field.choices:
        for word in field.choices:
            said = word_explanation(path, word)
            name = f"{word}: {said}" if len(word) == 1 and field.several else _of_word(path, field, word)
            yield Choice(word, name, said, (said,))  # found by what it means, too
    elif field.widget == "node":
        yield Choice(ORGANISATION, view.register.organisation.name, "The organisation itself.")
        for word, kind in NODE_KINDS.items():
            yield from (_of_node(word, each) for each in _records(view, kind))
    elif field.widget in ("country", "countries"):
        yield from _countries(view)
    elif field.law_shelf:
        yield from _law(view, field.law_shelf)
    else:
        for kind in reference_kinds(field):
            yield from _records(view, kind)


def _of_node(word: str, choice: Choice) -> Choice:
    what = {"party": "a party", "system": "a system", "subject": "people"}[word]
    return Choice(f"{word}/{choice.value}", choice.label, ", ".join(filter(None, (what, choice.explain))), choice.also)


def _records(view: View, kind: str) -> Iterator[Choice]:
    records = view.register.of_kind(kind).values()
    for record in sorted(records, key=lambda each: fold(record_title(view, each))):
        yield Choice(record.key, record_title(view, record), *_about(record))


def _about(record: Fields) -> tuple[str, tuple[str, ...]]:
    """What tells a record from others of its name, and the other names that it goes by."""
    values: Any = record
    legal, country = getattr(values, "legal_name", None), getattr(values, "country", None)
    where = LawBook.in_use().country_name(country) if country else ""
    sort = getattr(values, "type", None)
    words = [legal if legal != getattr(values, "name", None) else "", where, word_label(sort) if sort else ""]
    return ", ".join(filter(None, words)), (*filter(None, (legal,)), *getattr(values, "aliases", ()))


def _countries(view: View) -> Iterator[Choice]:
    law = LawBook.in_use()
    for place in sorted(law.of_kind(Territory), key=lambda each: fold(each.name)):
        if law.country(place.name) == place.id:
            label = f"{place.name} ({territory_words(view, place.id)})"
            yield Choice(place.name, label, "", (place.id, *place.aliases))


def territory_words(view: View, country: str) -> str:
    """Where transfer law puts a country on the view's date: own territory, adequate, or third country."""
    law, on = LawBook.in_use(), view.on
    regimes = view.regimes or tuple(each.id for each in law.regimes())
    said = {each: _standing(law, country, each, on) for each in regimes}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "; ".join(f"{each}: {words}" for each, words in said.items())


def _standing(law: LawBook, country: str, regime: str, on: dt.date) -> str:
    if law.inside(country, regime, on):
        return "own territory"
    decision = law.adequacy(country, regime=regime, on=on)
    if decision is None:
        return "third country"
    return "adequate" if decision.scope in _WHOLE else "adequate for some importers only"


def _law(view: View, shelf: str) -> Iterator[Choice]:
    law, on = LawBook.in_use(), view.on
    regimes = view.regimes or tuple(each.id for each in law.regimes())
    found: dict[str, Entry] = {}
    for regime in regimes:
        if shelf == "lawful-basis":
            found |= {each.id: each for each in law.lawful_bases(regime=regime, on=on)}
        elif shelf == "condition":
            found |= {each.id: each for each in law.conditions(regime=regime, on=on)}
    if shelf == "instrument":
        # Whatever a document relies on can be recorded, also what holds no longer; what holds comes first.
        known = sorted(law.instruments(), key=lambda each: (not _holding(law, each, regimes, on), bool(each.versions)))
        found = {each.id: each for each in known}
    for entry in found.values():
        words = law_explanation(entry)
        if isinstance(entry, Instrument) and not entry.versions and not _holding(law, entry, regimes, on):
            names = listed([law.regime(each).name for each in regimes])
            words = f"{words} By itself it carries no transfer under {names} on {long_date(on)}."
        article = getattr(entry, "article", "")
        also = (entry.source, *getattr(entry, "aliases", ()))
        yield Choice(entry.id, f"{entry.name} ({article})" if article else entry.name, words, also)


def _holding(law: LawBook, entry: Instrument, regimes: Iterable[str], on: dt.date) -> bool:
    """Whether the law of the day accepts an instrument under one of the regimes."""
    if entry.family == "adequacy":
        decisions = [law.entry(each) for each in entry.decisions]
        own = [each for each in decisions if isinstance(each, Adequacy) and each.regime in regimes]
        return not entry.decisions or any(each.in_force(on) for each in own)
    terms = [entry.terms[each] for each in regimes if each in entry.terms]
    return any(_in_force(term, on) for term in terms)


def _in_force(term: Term, on: dt.date) -> bool:
    return (term.start is None or term.start <= on) and (term.until is None or on <= term.until)


def _derogation_conditions(instrument: str) -> Iterator[Choice]:
    entry = LawBook.in_use().instrument(instrument)
    for each in entry.conditions if entry is not None else ():
        yield Choice(each.id, word_label(each.id), f"{each.text[:1].upper()}{each.text[1:]}.")


_IN_FULL = {
    "dpa": "data processing agreement (DPA)",
    "scc": "standard contractual clauses (SCC)",
    "idta": "IDTA or UK Addendum",
    "tia": "transfer impact assessment (TIA)",
    "tra": "transfer risk assessment (TRA)",
    "lia": "legitimate interests assessment (LIA)",
    "dpia": "data protection impact assessment (DPIA)",
}


def word_label(word: str) -> str:
    """A word of a field as people read it: `new-legal-entity` is `new legal entity`, and `dpa` is said in full."""
    return _IN_FULL.get(word, word.replace("-", " "))


def word_explanation(path: str, word: str) -> str:
    """What a word of a field means: `activity.role`, `controller`. Raises KeyError where nothing is said."""
    if path == "acknowledgement.rule":
        return CATALOGUE[word].asks
    said: str = _explanations()["words"][path][word]
    return said


def law_explanation(entry: Entry) -> str:
    """What an entry of the law asks for or is, in plain words; a user's own entry is explained by itself."""
    return _explanations()["law"].get(entry.id, entry.explain) if entry.origin == PACKAGED else entry.explain


@cache
def _explanations() -> dict[str, dict[str, Any]]:
    text = resources.files("ropa.services.editing").joinpath("explanations.yaml").read_text("utf-8")
    # Every word is text here: `no` is no truth value.
    found: dict[str, dict[str, Any]] = yaml.load(text, yaml.BaseLoader)  # noqa: S506 it makes texts, lists and mappings
    return found


def label(view: View, kind: str, name: str, value: str) -> str:
    """What people read for one value of a field, without making the whole offer."""
    field = form(kind).field(name)
    law = LawBook.in_use()
    if field.law_shelf:
        entry = law.entry(value)
        return entry.name if entry is not None else value
    if field.widget == "node":
        word, _, key = value.partition("/")
        return view.register.organisation.name if not key else _title(view, NODE_KINDS.get(word, ""), key)
    if field.kind_of_reference:
        return _title(view, field.kind_of_reference, value)
    if field.widget == "conditions":
        return word_label(value)
    return _of_word(f"{kind}.{name}", field, value) if value in field.choices else value


def _of_word(path: str, field: Field, word: str) -> str:
    """A word as people read it; a number with what it stands for."""
    if field.widget == "number":
        return f"{word}: {word_explanation(path, word).partition('.')[0]}"
    return word_label(word)


def _title(view: View, kind: str, key: str) -> str:
    record = view.register.of_kind(kind).get(key) if kind in KINDS else None
    return record_title(view, record) if record is not None else key
