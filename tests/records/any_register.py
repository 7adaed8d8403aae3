"""Whole registers for property tests: every kind, every field, and texts that files and screens stumble over."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from ropa.exchange.register_file import local_key
from ropa.law.lawbook import LawBook
from ropa.records.change import RuleId
from ropa.records.kinds import KINDS, NODE_KINDS, Kind
from ropa.records.register import Register
from ropa.records.values import (
    Calendar,
    Day,
    Fields,
    Fingerprint,
    LawId,
    Moment,
    Name,
    Names,
    Part,
    PeriodText,
    Place,
    Places,
    Regime,
    Regimes,
    Text,
    law_ids,
)
from ropa.rules.catalogue import CATALOGUE

KEYS = [
    "a", "b", "no", "on", "null", "true", "y", "1", "010", "1-0", "12", "0x1f", "1e3", "crown-co", "consent-2", "name",
    "key", "organisation", "format",
]  # fmt: skip

NASTY = [
    "NO", "yes", "on", "null", "~", "true", "0x1F", "010", "1.10", "1e3", ".5", "12:30:00", "2026-11-21", "<<", "=",
    "- a", "-", "a: b", "a:", ": a", "# a", "a # b", "&a", "*a", "!!str a", "!", "%a", "@a", "`a`", "{a}", "[a]", "[",
    "'", '"', "it's", 'say "a"', "back\\slash", "|", ">", "?", "? a", "---", "...", "a,b", "=1+1", "+44 1", "@SUM(A)",
    "[/] Ltd", "[bold]A[/bold]", "<script>alert(1)</script>", "<b>", "&amp;", "\\n", "{{ x }}", "{% x %}", "A\u202eB",
    "A\u200bB", "A\u200dB", "A\u2028B", "A\ufeffB", "\u00a0A", "A\u00adB", "né", "ﬀ", "日本", "👩‍👩‍👧", "x" * 299,
    "word " * 50 + "end", "\U0010ffff", "\uffff", "C:\\data", "${HOME}", "%s", "1,5",
]  # fmt: skip

LONG = [
    "one\ntwo", "one\n\ntwo", "one\n  two", "a:\n- b", "tab\tinside", "one \ntwo", "one\n# two", "x" * 2000,
    "many words " * 60, "many words\n" * 30, "one\n\n\n two  three\n", "- a\n- b", "---\na",
]  # fmt: skip


MOMENTS = [
    "2026-11-20T14:30+00:00", "2026-11-20 14:30 UTC", "2026-11-20 14:30:59 Europe/London", "1900-01-01T00:00-14:00",
    "2999-12-31T23:59:59+14:00", "2026-06-20 00:00 Asia/Kolkata",
]  # fmt: skip


def _letters(*, lines: bool) -> st.SearchStrategy[str]:
    allowed = "\n\t" if lines else ""
    return st.text(
        st.characters(exclude_categories=["Cs"], include_characters=allowed).filter(
            lambda sign: sign in allowed or not re.fullmatch(r"[\x00-\x1f\x7f-\x9f]", sign)
        ),
        min_size=1,
        max_size=40,
    ).filter(lambda text: bool(text.strip()))


NAMES = st.one_of(st.sampled_from(NASTY), _letters(lines=False), st.just("Plain"))
TEXTS = st.one_of(st.sampled_from(LONG), NAMES, _letters(lines=True))
DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
PERIODS = st.sampled_from(["P6Y", "P18M", "P30D", "P1Y6M", "P2W", "10 business days", "P0D"])


@cache
def _places() -> st.SearchStrategy[str]:
    book = LawBook.packaged()
    codes = [f"{a}{b}" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    return st.sampled_from([code for code in codes if book.country(code) == code])


def _by_type(hint: Any) -> st.SearchStrategy[Any]:
    if hint == Text:
        return TEXTS
    if hint == Name:
        return NAMES
    if hint == RuleId:
        return st.sampled_from(list(CATALOGUE))
    if hint == Day:
        return DAYS
    if hint == Place:
        return _places()
    if hint == PeriodText:
        return PERIODS
    if hint == Moment:
        return st.sampled_from(MOMENTS)
    if hint == Calendar:
        return st.sampled_from(["GB", "GB-ENG", "DE-BY", "NO"])
    if hint == Fingerprint:
        return st.sampled_from(["0" * 64, "1e3" + "a" * 61, "1" * 64])
    if hint == Names:
        return st.lists(NAMES, max_size=3, unique_by=str.strip)
    if hint == Places:
        return st.lists(_places(), max_size=3, unique=True)
    if hint == Regimes:
        return st.lists(st.sampled_from(get_args(Regime)), max_size=2, unique=True)
    if get_origin(hint) is Annotated:
        for mark in hint.__metadata__:
            if isinstance(mark, LawId):
                return st.sampled_from(law_ids(mark.shelf))
        return _by_type(get_args(hint)[0])
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if hint is bool:
        return st.booleans()
    if get_origin(hint) is tuple:
        return st.lists(_by_type(get_args(hint)[0]), max_size=3, unique=True)
    if isinstance(hint, type) and issubclass(hint, Part):
        fields = _by_field(hint)
        must = {name: fields.pop(name) for name, info in hint.model_fields.items() if info.is_required()}
        return st.fixed_dictionaries(must, optional=fields)
    raise TypeError(f"no values for {hint}")


def _by_field(model: type[Fields] | type[Part]) -> dict[str, st.SearchStrategy[Any]]:
    found = {}
    for name, hint in get_type_hints(model, include_extras=True).items():
        if name in model.model_fields and not name.startswith("model_"):
            found[name] = _by_type(_given(hint))
    return found


def _given(hint: Any) -> Any:
    """The type without `| None`."""
    if get_origin(hint) is Union or type(hint).__name__ == "UnionType":
        (hint,) = (each for each in get_args(hint) if each is not type(None))
    return hint


@cache
def _free_fields(kind: str) -> dict[str, st.SearchStrategy[Any]]:
    """The values of every field that is no key and no reference."""
    fields = KINDS[kind].fields
    tied = {"key", *KINDS[kind].refs, *KINDS[kind].lists, *KINDS[kind].nodes}
    hints = get_type_hints(fields, include_extras=True)
    return {name: _by_type(_given(hints[name])) for name in fields.model_fields if name not in tied}


@st.composite
def registers(draw: Callable[[st.SearchStrategy[Any]], Any], most: int = 3) -> Register:
    """Any register that the product can hold; at most `most` records of a kind (of an owner, for those inside)."""
    records: dict[str, dict[str, Fields]] = {name: {} for name in KINDS}
    for kind in KINDS.values():
        if kind.parent:
            for owner in list(records[kind.parent]):
                for _ in range(draw(st.integers(0, most))):
                    _add(draw, kind, records, owner)
        else:
            count = 1 if kind.name == "organisation" else draw(st.integers(0, most))
            for _ in range(count):
                _add(draw, kind, records, "")
    whose = next(iter(records.pop("organisation").values()))
    return Register(whose, **{KINDS[name].section: found for name, found in records.items()})  # type: ignore[arg-type]  # each section holds its own kind


def _add(
    draw: Callable[[st.SearchStrategy[Any]], Any], kind: Kind, records: dict[str, dict[str, Fields]], owner: str
) -> None:
    values: dict[str, Any] = {kind.parent: owner} if kind.parent else {}
    for name, info in kind.fields.model_fields.items():
        if name in values or name == "key":
            continue
        must = info.is_required()
        if not must and draw(st.integers(0, 3)):
            continue
        if name in kind.refs:
            pool = list(records[kind.refs[name]])
            if not pool and must:
                return
            if pool:
                values[name] = draw(st.sampled_from(pool))
        elif name in kind.lists:
            pool = list(records[kind.lists[name]])
            values[name] = draw(st.lists(st.sampled_from(pool), max_size=3, unique=True)) if pool else []
        elif name in kind.nodes:
            nodes = [
                f"{word}/{key}" for word, target in NODE_KINDS.items() for key in records[target] if "/" not in key
            ]
            values[name] = draw(st.sampled_from(["organisation", *nodes]))
        else:
            values[name] = draw(_free_fields(kind.name)[name])
    key = draw(st.sampled_from(KEYS))
    if kind.parent:
        stem = local_key(kind, values, draw(st.integers(0, 2)), {})
        key = f"{owner}/" + draw(st.sampled_from([stem, stem, stem, f"{stem}-2", f"{stem}-3", key]))
    if kind.name == "transfer" and records["engagement"] and draw(st.booleans()):
        engagement: Any = records["engagement"][draw(st.sampled_from(list(records["engagement"])))]
        key = engagement.key
        values |= {"importer": engagement.party, "activity": engagement.activity}
    if key not in records[kind.name]:
        records[kind.name][key] = kind.fields.model_validate({**values, "key": key})
